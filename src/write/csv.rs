//! CSV that opens right in Excel: UTF-8 with BOM, or GB18030 for programs that know nothing else; formula-like text made harmless.

use encoding_rs::GB18030;

use crate::base::amount::MoneyUnit;
use crate::measure::cell::{Cell, Column};

use super::table::{Form, Line};

/// CSV.
pub const CSV: Form = Form { ending: "csv", head, row, foot: |_, _| {} };

/// CSV in GB18030, which holds every character of Unicode; without a mark, as Excel writes it in China.
pub const CSV_GB18030: Form = Form {
    ending: "csv",
    head: |columns, out| encoded(out, |out| headings(columns, out)),
    row: |line, out| encoded(out, |out| row(line, out)),
    foot: |_, _| {},
};

/// Prints in UTF-8 and appends the same text in GB18030.
fn encoded(out: &mut Vec<u8>, print: impl FnOnce(&mut Vec<u8>)) {
    let mut text = Vec::new();
    print(&mut text);
    let text = String::from_utf8_lossy(&text);
    out.extend_from_slice(&GB18030.encode(&text).0);
}

fn head(columns: &[Column], out: &mut Vec<u8>) {
    out.extend_from_slice("\u{feff}".as_bytes());
    headings(columns, out);
}

fn headings(columns: &[Column], out: &mut Vec<u8>) {
    fields(columns, out, |column, out| quoted(column.key, out));
}

fn row(line: &Line<'_>, out: &mut Vec<u8>) {
    fields(line.cells, out, |cell, out| field(cell, line.unit, out));
}

fn fields<T>(of: &[T], out: &mut Vec<u8>, print: impl Fn(&T, &mut Vec<u8>)) {
    for (n, field) in of.iter().enumerate() {
        if n > 0 {
            out.push(b',');
        }
        print(field, out);
    }
    out.extend_from_slice(b"\r\n");
}

fn field(cell: &Cell<'_>, unit: MoneyUnit, out: &mut Vec<u8>) {
    match cell {
        Cell::Text(text) if is_formula(text) => quoted(&format!("'{text}"), out),
        Cell::Text(text) | Cell::Key(text) => quoted(text, out),
        Cell::Decimal(text) => quoted(text, out),
        number => number.print(unit, out),
    }
}

/// A text a user wrote as a field: harmless to a spreadsheet, in quotation marks where it must be.
#[must_use]
pub fn user_text(text: &str) -> String {
    let mut out = Vec::new();
    field(&Cell::text(text), MoneyUnit::Yuan, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// In quotation marks where it holds what would end the field.
fn quoted(text: &str, out: &mut Vec<u8>) {
    if text.bytes().any(|b| matches!(b, b',' | b'"' | b'\r' | b'\n')) {
        out.extend_from_slice(format!("\"{}\"", text.replace('"', "\"\"")).as_bytes());
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

/// Whether a spreadsheet would run a user's text as a formula; it gets an apostrophe in front.
fn is_formula(text: &str) -> bool {
    let first = text.trim_start_matches([' ', '\u{3000}', '\u{a0}', '\u{feff}']).chars().next();
    matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::cell::plain;

    const COLUMNS: &[Column] = &[plain("a", "", "", "money"), plain("b", "", "", "")];

    fn printed(cells: [Cell<'_>; 2]) -> String {
        let mut out = Vec::new();
        row(&Line { number: 0, columns: COLUMNS, cells: &cells, unit: MoneyUnit::WanYuan }, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_cell_excel_would_run_is_made_harmless() {
        assert_eq!(printed([Cell::text("=cmd|' /C calc'!A0"), Cell::text("　@SUM(A1)")]), "'=cmd|' /C calc'!A0,'　@SUM(A1)\r\n");
        assert_eq!(printed([Cell::text("濛阳大道改造"), Cell::key("=")]), "濛阳大道改造,=\r\n");
    }

    #[test]
    fn gb18030_holds_every_character() {
        let mut out = Vec::new();
        (CSV_GB18030.head)(COLUMNS, &mut out);
        let cells = [Cell::text("㙟镇𠮷"), Cell::text("=1")];
        (CSV_GB18030.row)(&Line { number: 0, columns: COLUMNS, cells: &cells, unit: MoneyUnit::WanYuan }, &mut out);
        // 镇 is D5 F2 in GB2312; the other two need four bytes or GBK.
        assert!(out.windows(2).any(|w| w == [0xD5, 0xF2]));
        assert_eq!(GB18030.decode_without_bom_handling(&out).0, "a,b\r\n㙟镇𠮷,'=1\r\n");
    }

    #[test]
    fn what_would_end_a_field_is_quoted() {
        assert_eq!(printed([Cell::text("a,b"), Cell::text("say \"c\"")]), "\"a,b\",\"say \"\"c\"\"\"\r\n");
        assert_eq!(printed([Cell::key("a\nb"), Cell::text("-1,5")]), "\"a\nb\",\"'-1,5\"\r\n");
    }

    #[test]
    fn amounts_are_the_shortest_exact_decimal() {
        let mut out = Vec::new();
        head(COLUMNS, &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "\u{feff}a,b\r\n");
        assert_eq!(printed([Cell::Money(-1_234_500), Cell::Empty]), "-1.2345,\r\n");
        assert_eq!(printed([Cell::Money(100_000_000), Cell::Ratio(0.5)]), "100,0.5\r\n");
        assert_eq!(printed([Cell::Money(-1), Cell::Money(0)]), "-0.000001,0\r\n");
    }
}
