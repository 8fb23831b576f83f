//! CSV that opens right in Excel: UTF-8 with BOM, formula-like text made harmless.

use std::borrow::Cow;

use crate::base::amount::MoneyUnit;
use crate::measure::cell::{Cell, Sheet};

/// The bytes of a table as CSV.
#[must_use]
pub fn bytes(sheet: &Sheet, unit: MoneyUnit) -> Vec<u8> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let headings = sheet.columns.iter().map(|c| c.key);
    // Writing to memory cannot fail; a row is always as wide as the headings.
    let _ = writer.write_record(headings);
    for row in &sheet.rows {
        let _ = writer.write_record(row.iter().map(|cell| field(cell, unit)));
    }
    writer.into_inner().unwrap_or_default()
}

fn field(cell: &Cell, unit: MoneyUnit) -> String {
    match cell {
        Cell::Text(text) => harmless(text).into_owned(),
        other => other.print(unit),
    }
}

/// A user's text that a spreadsheet would run as a formula gets an apostrophe in front.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    let first = text.trim_start_matches([' ', '\u{3000}']).chars().next();
    if matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n')) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::cell::plain;

    #[test]
    fn a_cell_excel_would_run_is_made_harmless() {
        assert_eq!(harmless("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(harmless("　@SUM(A1)"), "'　@SUM(A1)");
        assert_eq!(harmless("濛阳大道改造"), "濛阳大道改造");
    }

    #[test]
    fn amounts_are_the_shortest_exact_decimal() {
        const COLUMNS: &[crate::measure::cell::Column] = &[plain("a", "", "", "money"), plain("b", "", "", "")];
        let rows = vec![vec![Cell::Money(-1_234_500), Cell::Empty], vec![Cell::Money(100_000_000), Cell::Ratio(0.5)]];
        let text = String::from_utf8(bytes(&Sheet { name: "t", columns: COLUMNS, rows }, MoneyUnit::WanYuan)).unwrap();
        assert_eq!(text, "\u{feff}a,b\r\n-1.2345,\r\n100,0.5\r\n");
    }
}
