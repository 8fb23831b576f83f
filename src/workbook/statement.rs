//! The settlement statement 年终结算单 as a bureau knows it: a block a town, lines numbered, years across.

use std::collections::HashMap;

use rust_xlsxwriter::XlsxError;

use super::page::{Page, lines as lines_of};
use super::words::pick;
use super::{Subject, Writer};
use crate::measure::settlement;
use crate::measure::town::TownView;
use crate::speak::Names as Labels;

/// The width of the items.
const ITEM: usize = 50;
/// … of the rules behind them.
const RULE: usize = 60;
/// What begins a line that is part of the one above.
const PART: char = '\u{3000}';

/// What a line is.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    section: String,
    /// The line it is part of, or itself.
    whole: String,
    item: String,
}

/// A line by year: `None` where the statement of the year has none of it.
struct Line {
    key: Key,
    amounts: Vec<Option<i64>>,
    rules: Vec<String>,
}

/// Writes the worksheet.
///
/// # Errors
/// What the writer of workbooks refuses.
pub fn write(writer: &mut Writer<'_>, subject: &Subject<'_>) -> Result<(), XlsxError> {
    let (lang, orders, labels) = (subject.lang, subject.orders(), writer.labels);
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
    let mut begins = Vec::new();
    for view in subject.views() {
        begins.push(row);
        row = block(&mut page, row, view, subject, &orders, labels)? + 1;
    }
    page.pages_begin(&begins[begins.len().min(1)..])?;
    page.across(&[6, ITEM], &[vec![13; orders.len()], vec![RULE]].concat())?;
    Ok(())
}

/// One town; gives the next row.
fn block(page: &mut Page<'_>, mut row: usize, view: &TownView<'_>, subject: &Subject<'_>, orders: &[usize], labels: &Labels<'_>) -> Result<usize, XlsxError> {
    let style = page.style;
    page.text(row, 1, &format!("{} {}", view.town.county, view.town.name), &style.section)?;
    row += 1;
    let mut section = String::new();
    for (n, line) in lines(view, subject, orders, labels).into_iter().enumerate() {
        if line.key.section != section {
            page.text(row, 2, &line.key.section, &style.total_text)?;
            section.clone_from(&line.key.section);
            row += 1;
        }
        #[expect(clippy::cast_precision_loss, reason = "a number of lines")]
        page.number(row, 1, (n + 1) as f64, &style.whole)?;
        page.text(row, 2, &line.key.item, &style.wrapped)?;
        for (n, amount) in line.amounts.iter().enumerate() {
            match amount {
                Some(fen) => page.money(row, 3 + n, *fen, &style.money)?,
                None => page.text(row, 3 + n, "", &style.text)?,
            }
        }
        // A grant is named by its path.
        let rules: Vec<String> = line.rules.iter().map(|rule| if rule.starts_with("transfer.") { labels.label(rule) } else { rule.clone() }).collect();
        let rules = rules.join(pick(page.lang, "；", "; "));
        page.text(row, 3 + orders.len(), &rules, &style.wrapped)?;
        page.height(row, lines_of(&line.key.item, ITEM).max(lines_of(&rules, RULE)), 13.0)?;
        row += 1;
    }
    Ok(row)
}

/// The lines of all years under each other, each once. A part (其中) belongs to the line above it: years differ in what they share.
fn lines(view: &TownView<'_>, subject: &Subject<'_>, orders: &[usize], labels: &Labels<'_>) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    for (column, order) in orders.iter().enumerate() {
        let mut whole = String::new();
        // A line of the same words may stand twice in a year (two parts that share the same).
        let mut seen: HashMap<Key, usize> = HashMap::new();
        for line in settlement::lines(subject.run, (view.order, view.place), *order, (subject.lang, &|name| labels.called(name))) {
            if !line.item.starts_with(PART) {
                whole = line.item.clone().into_owned();
            }
            let key = Key { section: line.section.get(subject.lang).to_owned(), whole: whole.clone(), item: line.item.into_owned() };
            let nth = *seen.entry(key.clone()).and_modify(|n| *n += 1).or_insert(0);
            let at = found.iter().enumerate().filter(|(_, known)| known.key == key).map(|(n, _)| n).nth(nth).unwrap_or_else(|| {
                let at = place(&found, &key);
                found.insert(at, Line { key, amounts: vec![None; orders.len()], rules: Vec::new() });
                at
            });
            found[at].amounts[column] = Some(line.amount);
            if !found[at].rules.contains(&line.rule) {
                found[at].rules.push(line.rule);
            }
        }
    }
    let sections = settlement::SECTIONS.map(|words| words.get(subject.lang));
    found.sort_by_key(|line| sections.iter().position(|section| *section == line.key.section));
    found
}

/// Where a new line goes: a part under the last line of its whole, anything else at the end.
fn place(found: &[Line], key: &Key) -> usize {
    let kin = |line: &Line| line.key.section == key.section && line.key.whole == key.whole;
    if key.item.starts_with(PART) { found.iter().rposition(kin).map_or(found.len(), |last| last + 1) } else { found.len() }
}
