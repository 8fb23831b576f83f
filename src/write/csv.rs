//! CSV that opens right in Excel: UTF-8 with BOM, formula-like text made harmless.

use crate::base::amount::MoneyUnit;
use crate::measure::cell::{Cell, Column};

use super::table::{Form, Line};

/// CSV.
pub const CSV: Form = Form { ending: "csv", head, row, foot: |_, _| {} };

fn head(columns: &[Column], out: &mut Vec<u8>) {
    out.extend_from_slice("\u{feff}".as_bytes());
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
    let first = text.trim_start_matches([' ', '\u{3000}']).chars().next();
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
