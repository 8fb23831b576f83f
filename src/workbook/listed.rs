//! Tables as they are, under headings in the reader's language: projects 项目, counties 县级, parameters 参数与依据.

use rust_xlsxwriter::XlsxError;

use super::page::{Page, lines, wide};
use super::words::pick;
use super::{LAST_ROW, Writer};
use crate::base::lang::Lang;
use crate::measure::cell::{Cell, Column, Sheet};

/// How the worksheets are called, by the tables they hold.
const CALLED: &[(&str, &str, &str)] = &[("projects", "项目", "Projects"), ("county", "县级", "Counties"), ("parameters", "参数与依据", "Parameters and sources")];

/// Columns that say nothing here: the workbook is of one run.
const LEFT_OUT: &[&str] = &["variant"];
/// Texts wider than this are wrapped.
const WIDEST: usize = 44;

/// Writes a table; where there are more rows than fit it goes on on another worksheet.
///
/// # Errors
/// What the writer of workbooks refuses.
pub fn write(writer: &mut Writer<'_>, table: Sheet<'_>) -> Result<(), XlsxError> {
    let (_, zh, en) = CALLED.iter().find(|(key, ..)| *key == table.name).copied().unwrap_or((table.name, table.name, table.name));
    let (lang, labels) = (writer.lang, writer.labels);
    let shown: Vec<usize> = (0..table.columns.len()).filter(|n| !LEFT_OUT.contains(&table.columns[*n].key)).collect();
    // A path is said in words beside it.
    let said = shown.iter().any(|n| table.columns[*n].key == "path");
    let mut heads: Vec<&str> = shown.iter().map(|n| table.columns[*n].words.get(lang)).collect();
    if said {
        heads.insert(0, pick(lang, "参数", "parameter"));
    }
    let (first, mut rows) = (usize::from(said), table.rows.peekable());
    loop {
        let mut page = writer.long_page(zh, en)?;
        let head = page.top(pick(lang, zh, en), &[])?;
        page.head(head, 1, &heads)?;
        page.freeze(head + 1, 2)?;
        let mut widths: Vec<usize> = heads.iter().map(|head| wide(head) + 4).collect();
        let mut row = head;
        while row < LAST_ROW {
            let Some(cells) = rows.next() else { break };
            row += 1;
            let mut high = 1;
            if let (true, Cell::Key(path) | Cell::Text(path)) = (said, &cells[0]) {
                high = long(&mut page, row, 1, &labels.label(path), &mut widths[0])?;
            }
            for (n, of) in shown.iter().enumerate() {
                let (column, width) = (first + n, &mut widths[first + n]);
                match &cells[*of] {
                    Cell::Text(text) if wide(text) + 2 > WIDEST => high = high.max(long(&mut page, row, column + 1, text, width)?),
                    cell => put(&mut page, row, column + 1, cell, &cells, &table.columns[*of])?,
                }
                *width = (*width).max(width_of(&cells[*of]).min(WIDEST));
            }
            if high > 1 {
                page.height(row, high, 13.0)?;
            }
        }
        page.widths(1, &widths)?;
        page.filter(head, row, heads.len())?;
        if rows.peek().is_none() {
            return Ok(());
        }
    }
}

/// A text that may take several lines; says how many.
fn long(page: &mut Page<'_>, row: usize, column: usize, text: &str, width: &mut usize) -> Result<usize, XlsxError> {
    *width = (*width).max((wide(text) + 2).min(WIDEST));
    page.text(row, column, text, &page.style.wrapped)?;
    Ok(lines(text, WIDEST))
}

#[expect(clippy::cast_precision_loss, reason = "counts")]
fn put(page: &mut Page<'_>, row: usize, column: usize, cell: &Cell<'_>, cells: &[Cell<'_>], of: &Column) -> Result<(), XlsxError> {
    let style = page.style;
    match cell {
        Cell::Empty => page.text(row, column, "", &style.text),
        Cell::Key(text) => page.text(row, column, say(text, of, page.lang), &style.text),
        Cell::Text(text) => page.text(row, column, text, &style.text),
        Cell::Year(year) => page.number(row, column, f64::from(*year), &style.whole),
        Cell::Money(fen) => page.money(row, column, *fen, &style.money),
        Cell::Ratio(ratio) => page.number(row, column, *ratio, &style.share),
        Cell::Whole(number) if of.key == "used" => page.text(row, column, if *number == 0 { pick(page.lang, "否", "no") } else { pick(page.lang, "是", "yes") }, &style.text),
        Cell::Whole(number) => page.number(row, column, *number as f64, &style.whole),
        // A value may have any unit: as many decimals as it has.
        Cell::Decimal(text) => match text.parse::<f64>() {
            // A share is written in percent where it was.
            Ok(number) if cells.iter().any(|cell| matches!(cell, Cell::Text(text) if text.ends_with('%'))) => page.number(row, column, number, &style.share),
            Ok(number) if number.fract() == 0.0 => page.number(row, column, number, &style.count),
            Ok(number) => page.number(row, column, number, &style.any),
            Err(_) => page.text(row, column, text, &style.text),
        },
    }
}

/// What keys mean to a Chinese reader, where a table has keys for words.
fn say<'t>(key: &'t str, column: &Column, lang: Lang) -> &'t str {
    const STATUS: &[(&str, &str)] = &[("paid", "付清"), ("short", "有缺口"), ("delayed", "推迟"), ("open", "期末未完"), ("outside", "无镇级资金")];
    let known = STATUS.iter().find(|(known, _)| *known == key && column.key == "status" && lang == Lang::Zh);
    known.map_or(key, |(_, zh)| zh)
}

fn width_of(cell: &Cell<'_>) -> usize {
    match cell {
        Cell::Key(text) | Cell::Text(text) => wide(text) + 2,
        Cell::Money(fen) => 8 + fen.unsigned_abs().checked_ilog10().unwrap_or(0) as usize,
        Cell::Decimal(text) => text.len() + 3,
        _ => 8,
    }
}
