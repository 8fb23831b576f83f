//! Tables as they are, under headings in the reader's language: projects 项目, counties 县级, parameters 参数与依据.

use rust_xlsxwriter::XlsxError;

use super::page::Page;
use super::words::pick;
use super::{LAST_ROW, Writer};
use crate::base::lang::Lang;
use crate::measure::cell::{Cell, Column, Sheet};

/// How the worksheets are called, by the tables they hold.
const CALLED: &[(&str, &str, &str)] = &[("projects", "项目", "Projects"), ("county", "县级", "Counties"), ("parameters", "参数与依据", "Parameters and sources")];

/// Writes a table; where there are more rows than fit it goes on on another worksheet.
///
/// # Errors
/// What the writer of workbooks refuses.
pub fn write(writer: &mut Writer<'_>, table: Sheet<'_>) -> Result<(), XlsxError> {
    let (_, zh, en) = CALLED.iter().find(|(key, ..)| *key == table.name).copied().unwrap_or((table.name, table.name, table.name));
    let lang = writer.lang;
    let (columns, mut rows) = (table.columns, table.rows.peekable());
    loop {
        let mut page = writer.long_page(zh, en)?;
        let head = page.top(pick(lang, zh, en), &[])?;
        page.head(head, 1, &columns.iter().map(|column| column.words.get(lang)).collect::<Vec<_>>())?;
        page.freeze(head + 1, 2)?;
        let mut widths: Vec<usize> = columns.iter().map(|column| wide(column.words.get(lang)) + 4).collect();
        let mut row = head;
        while row < LAST_ROW {
            let Some(cells) = rows.next() else { break };
            row += 1;
            for (n, cell) in cells.iter().enumerate() {
                put(&mut page, row, n + 1, cell, &columns[n])?;
                widths[n] = widths[n].max(width_of(cell));
            }
        }
        page.widths(1, &widths)?;
        page.filter(head, row, columns.len())?;
        if rows.peek().is_none() {
            return Ok(());
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts")]
fn put(page: &mut Page<'_>, row: usize, column: usize, cell: &Cell<'_>, of: &Column) -> Result<(), XlsxError> {
    let style = page.style;
    match cell {
        Cell::Empty => page.text(row, column, "", &style.text),
        Cell::Key(text) => page.text(row, column, say(text, of, page.lang), &style.text),
        Cell::Text(text) => page.text(row, column, text, &style.text),
        Cell::Year(year) => page.number(row, column, f64::from(*year), &style.whole),
        Cell::Money(fen) => page.money(row, column, *fen, &style.money),
        Cell::Ratio(ratio) => page.number(row, column, *ratio, &style.share),
        Cell::Whole(number) => page.number(row, column, *number as f64, &style.whole),
        // A value may have any unit: as many decimals as it has.
        Cell::Decimal(text) => match text.parse() {
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

/// The width of a text, a Chinese sign counting two.
fn wide(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

fn width_of(cell: &Cell<'_>) -> usize {
    match cell {
        Cell::Key(text) | Cell::Text(text) => wide(text) + 2,
        Cell::Money(fen) => 8 + fen.unsigned_abs().checked_ilog10().unwrap_or(0) as usize,
        Cell::Decimal(text) => text.len() + 3,
        _ => 8,
    }
}
