//! The glossary 名词.

use rust_xlsxwriter::XlsxError;

use super::Writer;
use super::page::lines;
use super::words::pick;
use crate::reference::glossary::entries;

/// The widths of the columns.
const WIDTHS: [usize; 6] = [14, 24, 26, 54, 44, 38];

/// Writes the worksheet.
///
/// # Errors
/// What the writer of workbooks refuses.
pub fn write(writer: &mut Writer<'_>) -> Result<(), XlsxError> {
    let lang = writer.lang;
    let mut page = writer.page("名词", "Glossary")?;
    let style = page.style;
    let head = page.top(
        pick(lang, "名词", "Glossary"),
        &[pick(
            lang,
            "依据后的字母是等级：A 原文，B 二手资料，C 常识，D 假定。",
            "The letter behind a source is its grade: A official text, B secondary, C general knowledge, D assumption.",
        )
        .to_owned()],
    )?;
    let heads = [("类", "subject"), ("名词", "term"), ("另称", "other language"), ("意思", "meaning"), ("算式", "formula"), ("依据", "source")];
    page.head(head, 1, &heads.map(|(zh, en)| pick(lang, zh, en)))?;
    page.freeze(head + 1, 3)?;
    let mut row = head;
    for entry in entries() {
        row += 1;
        let other = match lang {
            crate::base::lang::Lang::Zh => entry.term.name.en,
            crate::base::lang::Lang::En => entry.term.name.zh,
        };
        let cells = [entry.subject.get(lang), entry.term.name.get(lang), other, entry.term.meaning.get(lang), entry.term.formula.get(lang), entry.term.law.get(lang)];
        for (n, text) in cells.into_iter().enumerate() {
            page.text(row, n + 1, text, &style.wrapped)?;
        }
        page.height(row, cells.iter().zip(WIDTHS).map(|(text, width)| lines(text, width)).max().unwrap_or(1), 13.0)?;
    }
    page.filter(head, row, heads.len())?;
    page.widths(1, &WIDTHS)
}
