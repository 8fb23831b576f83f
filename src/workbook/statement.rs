//! The settlement statement 年终结算单 as a bureau knows it: a block a town, lines numbered, years across.

use std::collections::HashMap;

use rust_xlsxwriter::XlsxError;

use super::page::Page;
use super::words::pick;
use super::{Subject, Writer};
use crate::measure::cell::Cell;
use crate::measure::settlement;
use crate::measure::town::TownView;

/// A line by year: `None` where the statement of the year has none of it.
struct Line {
    section: String,
    item: String,
    amounts: Vec<Option<i64>>,
    rules: Vec<String>,
}

/// Writes the worksheet.
///
/// # Errors
/// What the writer of workbooks refuses.
pub fn write(writer: &mut Writer<'_>, subject: &Subject<'_>) -> Result<(), XlsxError> {
    let (lang, orders) = (subject.lang, subject.orders());
    let mut page = writer.long_page("年终结算单", "Settlement")?;
    let unit = pick(lang, "金额单位见“结论”页。", "The unit of money stands on the first sheet.");
    let told = pick(
        lang,
        "一镇一表：体制分成、上级补助、上解、当年体制财力、县镇往来。空格表示当年没有这一行。",
        "A block a town: shares, grants, remittances, result, balances with the county. An empty cell: no such line in the year.",
    );
    let mut row = page.top(pick(lang, "县镇年终结算单", "Settlement statements"), &[format!("{told}{unit}")])?;
    let mut heads = vec![pick(lang, "行次", "line").to_owned(), pick(lang, "项目", "item").to_owned()];
    heads.extend(orders.iter().map(|order| subject.run.year(*order).to_string()));
    heads.push(pick(lang, "依据", "rule").to_owned());
    page.head(row, 1, &heads)?;
    page.freeze(row + 1, 3)?;
    row += 1;
    for view in subject.views() {
        row = block(&mut page, row, view, subject, &orders)? + 1;
    }
    page.widths(1, &[6, 44])?;
    page.widths(3, &vec![16; orders.len()])?;
    page.widths(3 + orders.len(), &[50])
}

/// One town; gives the next row.
fn block(page: &mut Page<'_>, mut row: usize, view: &TownView<'_>, subject: &Subject<'_>, orders: &[usize]) -> Result<usize, XlsxError> {
    let style = page.style;
    page.text(row, 1, &format!("{} {}", view.town.county, view.town.name), &style.section)?;
    row += 1;
    let mut section = String::new();
    for (n, line) in lines(view, subject, orders).into_iter().enumerate() {
        if line.section != section {
            page.text(row, 2, &line.section, &style.total_text)?;
            section.clone_from(&line.section);
            row += 1;
        }
        #[expect(clippy::cast_precision_loss, reason = "a number of lines")]
        page.number(row, 1, (n + 1) as f64, &style.whole)?;
        page.text(row, 2, &line.item, &style.text)?;
        for (n, amount) in line.amounts.iter().enumerate() {
            match amount {
                Some(fen) => page.money(row, 3 + n, *fen, &style.money)?,
                None => page.text(row, 3 + n, "", &style.text)?,
            }
        }
        page.text(row, 3 + orders.len(), &line.rules.join("；"), &style.text)?;
        row += 1;
    }
    Ok(row)
}

/// The lines of all years under each other, each once; what only stands in some years keeps its place among its section.
fn lines(view: &TownView<'_>, subject: &Subject<'_>, orders: &[usize]) -> Vec<Line> {
    let one = std::slice::from_ref(view);
    let mut found: Vec<Line> = Vec::new();
    let mut sections: Vec<String> = Vec::new();
    let at: HashMap<i32, usize> = orders.iter().enumerate().map(|(n, order)| (subject.run.year(*order), n)).collect();
    let (mut year, mut seen) = (0, HashMap::new());
    for cells in settlement::table(subject.run, one).rows {
        let [_, _, _, Cell::Year(now), _, Cell::Key(section), Cell::Text(item), Cell::Money(amount), _, Cell::Text(rule)] = &cells[..] else { continue };
        if *now != year {
            (year, seen) = (*now, HashMap::new());
        }
        let Some(column) = at.get(now) else { continue };
        if !sections.iter().any(|known| known == section) {
            sections.push(section.to_string());
        }
        // A line of the same words may stand twice in a year (two parts that share).
        let nth = *seen.entry((section.to_string(), item.to_string())).and_modify(|n| *n += 1).or_insert(0_usize);
        let same = |line: &&mut Line| line.section == *section && line.item == *item;
        let line = match found.iter().position(|line| line.section == *section && line.item == *item).and_then(|_| found.iter_mut().filter(same).nth(nth)) {
            Some(line) => line,
            None => {
                found.push(Line { section: section.to_string(), item: item.to_string(), amounts: vec![None; orders.len()], rules: Vec::new() });
                let last = found.len() - 1;
                &mut found[last]
            }
        };
        line.amounts[*column] = Some(*amount);
        if !line.rules.contains(&rule.to_string()) {
            line.rules.push(rule.to_string());
        }
    }
    found.sort_by_key(|line| sections.iter().position(|section| *section == line.section));
    found
}
