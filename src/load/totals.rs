//! Rows of a table that are not one of its things: totals, column numbers, examples, notes below. They are left out, and totals are checked.

use super::csv::number;
use super::sheet::Cell;
use crate::base::decimal::Decimal;
use crate::diag::{Code, Problem, Problems};

/// Columns a word such as 合计 may stand in.
const FIRST_COLUMNS: usize = 4;
/// More wrong totals than anybody mends at once.
const MOST_TOLD: usize = 20;
/// A place beyond any amount's.
const PLACES: u32 = 12;

/// Which rows a total adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// 合计, 总计: all rows.
    All,
    /// 小计: those since the last one.
    Group,
}

/// The rows that count. What is left out is said in one notice; a total that is not the sum of its rows in one each.
pub fn without(rows: Vec<Vec<Cell>>, headings: &[Cell], naming: usize, problems: &mut Problems) -> Vec<Vec<Cell>> {
    let mut kept: Vec<Vec<Cell>> = Vec::with_capacity(rows.len());
    let mut totals: Vec<(Of, usize, Vec<Cell>)> = Vec::new();
    let mut left_out: Vec<Cell> = Vec::new();
    for row in rows {
        if let Some((of, at)) = total(&row, naming) {
            left_out.push(row[at].clone());
            totals.push((of, kept.len(), row));
        } else if let Some(cell) = aside(&row) {
            left_out.push(cell.clone());
        } else {
            kept.push(row);
        }
    }
    // A table of nothing but totals is rather a table of things with odd names.
    if let Some(first) = left_out.first() {
        let words: Vec<String> = left_out.iter().map(|c| c.text.chars().take(12).collect()).collect();
        problems.push(Problem::new(Code::W771, &first.place).with("count", left_out.len()).with_list("rows", words));
    }
    check(&totals, &kept, headings, problems);
    kept
}

/// Whether a row is a total, and the cell that says so.
fn total(row: &[Cell], naming: usize) -> Option<(Of, usize)> {
    let last = FIRST_COLUMNS.max(naming + 1);
    row.iter().take(last).enumerate().take_while(|(_, c)| number(&c.text).is_none()).find_map(|(at, cell)| {
        let word: String = cell.text.chars().filter(|c| !c.is_whitespace() && !"：:（）()".contains(*c)).collect::<String>().to_lowercase();
        let short = word.chars().count() <= 8;
        match word.as_str() {
            "subtotal" => Some((Of::Group, at)),
            "total" | "sum" | "grandtotal" | "共计" | "总和" => Some((Of::All, at)),
            word if short && word.ends_with("小计") => Some((Of::Group, at)),
            word if short && (word.ends_with("合计") || word.ends_with("总计")) => Some((Of::All, at)),
            _ => None,
        }
    })
}

/// A row of column numbers, an example of how to fill in (（示例）…), or a note: one text that begins with 注：, 填表人： and the like.
fn aside(row: &[Cell]) -> Option<&Cell> {
    let first = row.iter().find(|c| !c.text.is_empty())?;
    let note = ["注", "附注", "备注", "说明", "填表", "填报", "制表", "审核", "复核", "负责人", "单位负责人", "资料来源", "数据来源", "note", "source"];
    let is_note = first.text.find(['：', ':']).is_some_and(|at| note.iter().any(|word| first.text[..at].to_lowercase().starts_with(word)));
    let alone = row.iter().filter(|c| !c.text.is_empty()).all(|c| number(&c.text).is_none());
    let is_example = ["（示例", "(示例", "(example"].iter().any(|mark| first.text.to_lowercase().starts_with(mark));
    (first.text == "栏次" || is_example || (is_note && alone)).then_some(first)
}

fn check(totals: &[(Of, usize, Vec<Cell>)], kept: &[Vec<Cell>], headings: &[Cell], problems: &mut Problems) {
    let mut told = 0;
    for (n, (of, end, row)) in totals.iter().enumerate() {
        let before = totals[..n].last().map_or(0, |(_, at, _)| *at);
        let after = totals.get(n + 1).map_or(kept.len(), |(_, at, _)| *at);
        for (column, cell) in row.iter().enumerate() {
            let Some(written) = whole(&cell.text).filter(|_| adds_up(headings.get(column))) else { continue };
            let sum = |range: std::ops::Range<usize>| sum(&kept[range], column);
            let all = sum(0..kept.len());
            let near = [sum(before..*end), sum(*end..after)];
            let fits = near.contains(&Some(written)) || (*of == Of::All && all == Some(written));
            let expected = if *of == Of::All { all } else { near[0] };
            if let Some(expected) = expected.filter(|_| !fits && told < MOST_TOLD) {
                let shown = Decimal::new(expected, PLACES);
                let heading = headings.get(column).map_or("", |h| h.text.as_str());
                problems.push(Problem::new(Code::W772, &cell.place).with("column", heading).with("text", &cell.text).with("sum", shown));
                told += 1;
            }
        }
    }
}

/// Shares, years and averages do not add up.
fn adds_up(heading: Option<&Cell>) -> bool {
    let text = heading.map_or("", |h| h.text.as_str());
    !text.is_empty() && !["率", "%", "％", "比例", "占比", "增长", "增幅", "人均", "工期", "开工", "序号", "批次", "年份", "优先级"].iter().any(|word| text.contains(word))
}

/// The sum of a column; `None` where a cell is no number.
fn sum(rows: &[Vec<Cell>], column: usize) -> Option<i128> {
    rows.iter().filter_map(|row| row.get(column)).filter(|c| !c.text.is_empty() && c.text != "-" && c.text != "—").try_fold(0_i128, |sum, cell| sum.checked_add(whole(&cell.text)?))
}

fn whole(text: &str) -> Option<i128> {
    number(text).and_then(|n| n.exact(PLACES))
}
