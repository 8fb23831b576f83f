//! How a person lays out a table: a title and a unit above, headings of one to three rows, blank and total rows, notes below.
//!
//! Nothing here knows what a heading means, only which words name rows (镇, 县, 项目名称 …): that is how the headings are found.

use super::csv::{half_width, number};
use super::sheet::Cell;
use super::totals;
use crate::base::amount::MoneyUnit;
use crate::diag::{Code, Problem, Problems};

/// Rows looked through for headings; titles, notes and merged headings need fewer.
pub const MOST_ABOVE: usize = 40;
/// Rows of headings one over another.
const MOST_LEVELS: usize = 4;

/// Headings that name a town.
const TOWN: &[&str] = &["镇", "镇名", "乡镇", "镇街", "乡镇名称", "镇（街道）", "镇(街道)", "乡镇（街道）", "乡镇(街道)", "街镇", "town"];
/// Headings that name a county.
const COUNTY: &[&str] = &["县", "县（市、区）", "区县", "county"];
/// Headings that name a project.
const PROJECT: &[&str] = &["项目名称", "名称", "name"];
/// Other headings of the first columns of a table.
const OTHERS: &[&str] = &["编号", "项目编号", "序号", "项目", "收入项目", "收入", "体制名称", "年份", "年度", "年", "月份", "id", "item", "year", "month"];

/// What a table is for; it decides which worksheet of several is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// One row a town.
    Towns,
    /// One row a county.
    Counties,
    /// One row a project.
    Projects,
    /// Outturns, in whatever form; of several worksheets the first that fits.
    Outturns,
}

impl Role {
    /// By the table of a scenario that names it.
    #[must_use]
    pub fn of(head: &str) -> Self {
        match head {
            "counties" => Self::Counties,
            "projects" => Self::Projects,
            _ => Self::Towns,
        }
    }

    /// Whether headings are those of such a table.
    #[must_use]
    pub fn fits(self, headings: &[String]) -> bool {
        let has = |words: &[&str]| headings.iter().any(|h| words.contains(&plain(h).as_str()));
        let project = has(PROJECT) && has(&["总投资", "cost", "开工年", "start"]);
        let long = has(&["数额", "金额", "amount"]) && has(&["项目", "收入项目", "item"]);
        match self {
            Self::Towns => has(TOWN) && !project && !long && !has(&["年份", "年度", "year", "月份", "month"]),
            Self::Counties => has(COUNTY) && !has(TOWN) && !project && !long,
            Self::Projects => project,
            Self::Outturns => (has(TOWN) || has(COUNTY)) && !project,
        }
    }

    /// Whether two that fit are a question rather than a choice.
    #[must_use]
    pub fn is_one(self) -> bool {
        self != Self::Outturns
    }
}

/// A table taken apart.
#[derive(Debug)]
pub struct Laid {
    /// One heading a column.
    pub headings: Vec<Cell>,
    /// What stands over each heading, outermost first.
    pub over: Vec<Vec<String>>,
    /// The rows that count.
    pub rows: Vec<Vec<Cell>>,
    /// What stands above the headings, row by row.
    pub above: Vec<Cell>,
    /// The unit of money said above the headings.
    pub unit: Option<MoneyUnit>,
}

/// Takes a table apart; `None` when nothing stands in it. The second is whether rows stand under the headings.
pub fn lay(rows: Vec<Vec<Cell>>, problems: &mut Problems) -> (Option<Laid>, bool) {
    let mut rows: Vec<Vec<Cell>> = rows.into_iter().filter(|row| row.iter().any(|c| !c.text.is_empty())).collect();
    if rows.is_empty() {
        return (None, false);
    }
    let block = Block::find(&rows);
    let below = rows.split_off(block.end);
    let heads = rows.split_off(block.start);
    let above: Vec<Cell> = rows.into_iter().flatten().filter(|c| !c.text.is_empty()).collect();
    let width = heads.iter().map(Vec::len).max().unwrap_or(0);
    let (headings, over) = joined(&heads, width);
    let unit = above.iter().find_map(|cell| unit_said(cell, problems));
    let any = !below.is_empty();
    let rows = totals::without(below, &headings, block.naming, problems);
    (Some(Laid { headings, over, rows, above, unit }), any)
}

/// The rows of headings.
struct Block {
    start: usize,
    end: usize,
    /// The column that names rows.
    naming: usize,
}

impl Block {
    /// The first row with a naming heading, unless a row above it is as wide; without any the first row.
    fn find(rows: &[Vec<Cell>]) -> Self {
        let first = Self { start: 0, end: 1, naming: 0 };
        let found = rows.iter().take(MOST_ABOVE).enumerate().find_map(|(at, row)| naming(row).filter(|_| distinct(row) > 1).map(|column| (at, column)));
        let Some((at, column)) = found else { return Self::wide(rows).unwrap_or(first) };
        if rows[..at].iter().any(|row| distinct(row) >= distinct(&rows[at]).max(3)) {
            return first;
        }
        let name = &rows[at][column].text;
        let under = |row: &Vec<Cell>| row.get(column).is_none_or(|c| c.text.is_empty() || c.text == *name);
        let mut block = Self { start: at, end: at + 1, naming: column };
        while block.end + 1 < rows.len() && block.end - at < MOST_LEVELS && under(&rows[block.end]) && divides(&rows[block.end - 1], &rows[block.end]) {
            block.end += 1;
        }
        while block.start > 0 && at - block.start < MOST_LEVELS && under(&rows[block.start - 1]) && spans(&rows[block.start - 1], column) {
            block.start -= 1;
        }
        block
    }

    /// Without a word that names rows: the first row of several words where above it stand titles only.
    fn wide(rows: &[Vec<Cell>]) -> Option<Self> {
        let at = rows.iter().take(MOST_ABOVE).position(|row| distinct(row) > 1)?;
        let words = rows[at].iter().all(|c| number(&c.text).is_none());
        (words && distinct(&rows[at]) > 2 && at + 1 < rows.len()).then_some(Self { start: at, end: at + 1, naming: 0 })
    }
}

fn naming(row: &[Cell]) -> Option<usize> {
    let known = |words: &[&str]| row.iter().position(|c| words.contains(&plain(&c.text).as_str()));
    [TOWN, PROJECT, COUNTY, OTHERS].into_iter().find_map(known)
}

/// How many different texts a row has.
fn distinct(row: &[Cell]) -> usize {
    let mut texts: Vec<&str> = row.iter().map(|c| c.text.as_str()).filter(|t| !t.is_empty()).collect();
    texts.sort_unstable();
    texts.dedup();
    texts.len()
}

/// Whether a row parts the headings above it: only words, and some of them under nothing or under a heading over several columns.
fn divides(above: &[Cell], row: &[Cell]) -> bool {
    let text = |row: &[Cell], n: usize| row.get(n).map_or(String::new(), |c| c.text.clone());
    let words = row.iter().filter(|c| !c.text.is_empty()).all(|c| number(&c.text).is_none() && !is_share(&c.text));
    let wide = |n: usize| text(above, n).is_empty() || (n > 0 && text(above, n) == text(above, n - 1)) || text(above, n) == text(above, n + 1);
    words && (0..row.len()).any(|n| !row[n].text.is_empty() && row[n].text != text(above, n) && wide(n))
}

fn is_share(text: &str) -> bool {
    half_width(text).strip_suffix('%').is_some_and(|digits| number(digits).is_some())
}

/// Whether a row above the naming one groups columns: words right of the naming column that are no remark about the table.
fn spans(row: &[Cell], naming: usize) -> bool {
    row.iter().skip(naming + 1).any(|c| !c.text.is_empty() && !is_remark(&c.text)) && row.iter().take(naming).all(|c| c.text.is_empty() || naming_word(&c.text))
}

fn naming_word(text: &str) -> bool {
    let word = plain(text);
    [TOWN, PROJECT, COUNTY, OTHERS].iter().any(|words| words.contains(&word.as_str()))
}

/// `单位：万元`, `编制单位：…`, `填报日期：…`, a year by itself.
fn is_remark(text: &str) -> bool {
    text.contains(['：', ':']) || text.starts_with("单位")
}

/// Headings of several rows as one: the lowest name, what stands over it kept apart; a name that stands twice with what is over it.
fn joined(rows: &[Vec<Cell>], width: usize) -> (Vec<Cell>, Vec<Vec<String>>) {
    let mut filled: Vec<Vec<Cell>> = rows.to_vec();
    for at in 0..filled.len().saturating_sub(1) {
        fill_right(&mut filled, at);
    }
    let mut headings = Vec::with_capacity(width);
    let mut over = Vec::with_capacity(width);
    for column in 0..width {
        let mut levels: Vec<&Cell> = Vec::new();
        for cell in filled.iter().filter_map(|row| row.get(column)).filter(|c| !c.text.is_empty()) {
            if levels.last().is_none_or(|last| last.text != cell.text) {
                levels.push(cell);
            }
        }
        let last = levels.pop();
        over.push(levels.iter().map(|c| tidy(&c.text)).collect::<Vec<_>>());
        let blank = || Cell { text: String::new(), place: rows.last().and_then(|r| r.last()).map_or_else(Default::default, |c| c.place.clone()) };
        headings.push(last.map_or_else(blank, |c| Cell { text: tidy(&c.text), place: c.place.clone() }));
    }
    let twice = |text: &str, all: &[Cell]| all.iter().filter(|c| c.text == text).count() > 1;
    let names: Vec<String> = headings
        .iter()
        .zip(&over)
        .map(|(heading, over)| match over.last() {
            Some(group) if twice(&heading.text, &headings) => format!("{}·{}", over.join("·"), heading.text).replacen(&format!("{group}·{group}"), group, 1),
            Some(group) => with_unit_of(group, &heading.text),
            None => heading.text.clone(),
        })
        .collect();
    headings.iter_mut().zip(names).for_each(|(heading, name)| heading.text = name);
    (headings, over)
}

/// A heading over several columns that are not merged stands over the first only.
fn fill_right(rows: &mut [Vec<Cell>], at: usize) {
    let under: Vec<bool> = rows[at + 1].iter().map(|c| !c.text.is_empty()).collect();
    let row = &mut rows[at];
    for column in 1..row.len().max(under.len()) {
        // The row may be shorter than the one under it.
        let group = row.get(column - 1).filter(|c| !c.text.is_empty() && under.get(column - 1) == Some(&true)).cloned();
        if let Some(group) = group.filter(|_| under.get(column) == Some(&true) && row.get(column).is_none_or(|c| c.text.is_empty())) {
            if column < row.len() { row[column] = group } else { row.push(group) }
        }
    }
}

/// The unit of a heading holds for what stands under it.
fn with_unit_of(group: &str, heading: &str) -> String {
    let (_, unit) = split_unit(group);
    match (unit, split_unit(heading).1) {
        (Some(unit), None) if !naming_word(heading) && !heading.is_empty() => format!("{heading}（{}）", unit.symbol()),
        _ => heading.to_owned(),
    }
}

/// A heading without blanks inside Chinese words and with plain digits: `镇　名`, `２０１２年税收`.
fn tidy(text: &str) -> String {
    let digits: Vec<char> = text.trim().chars().map(|c| if ('０'..='９').contains(&c) { half_width(&c.to_string()).chars().next().unwrap_or(c) } else { c }).collect();
    let wide = |at: Option<usize>| at.and_then(|n| digits.get(n)).is_none_or(|c| !c.is_ascii());
    let keep = |(n, c): (usize, &char)| if c.is_whitespace() && (wide(n.checked_sub(1)) || wide(Some(n + 1))) { None } else { Some(*c) };
    digits.iter().enumerate().filter_map(keep).collect()
}

/// A heading as it is compared: without its unit, in small letters.
fn plain(heading: &str) -> String {
    split_unit(&tidy(heading)).0.to_lowercase()
}

/// A heading split into its words and the money unit in brackets: `总投资（万元）`, `税收（单位：万元）`.
#[must_use]
pub fn split_unit(heading: &str) -> (String, Option<MoneyUnit>) {
    let trimmed = heading.trim();
    for (open, close) in [('（', '）'), ('(', ')')] {
        if let Some((words, unit)) = trimmed.strip_suffix(close).and_then(|h| h.rsplit_once(open))
            && let Some(unit) = unit_called(unit.trim_start_matches("单位").trim_start_matches(['：', ':']))
        {
            return (words.trim().to_owned(), Some(unit));
        }
    }
    (trimmed.to_owned(), None)
}

fn unit_called(text: &str) -> Option<MoneyUnit> {
    let text = text.trim().trim_start_matches("人民币");
    MoneyUnit::ALL.into_iter().find(|m| m.symbol() == text || m.english().eq_ignore_ascii_case(text))
}

/// The unit a line above the headings says; one nobody counts in here is a problem.
fn unit_said(cell: &Cell, problems: &mut Problems) -> Option<MoneyUnit> {
    let text: String = cell.text.chars().filter(|c| !c.is_whitespace() || c.is_ascii()).collect();
    let lower = text.to_lowercase();
    let said = ["金额单位：", "金额单位:", "单位：", "单位:", "unit:"].iter().find_map(|word| lower.rfind(word).map(|at| at + word.len()));
    let Some(said) = said else { return split_unit(&text).1 };
    let words = text.get(said..).unwrap_or("").trim().trim_end_matches(['）', ')']).split(['，', ',', '、', '；']).next().unwrap_or("");
    let unit = unit_called(words);
    if unit.is_none() && ["千元", "百万元", "百元", "万美元", "美元"].contains(&words) {
        problems.push(Problem::new(Code::E774, &cell.place).with("unit", words));
    }
    unit
}
