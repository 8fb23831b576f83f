//! Tables as JSON: an array of objects under the same keys as the CSV.

use serde::Serialize;

use crate::base::amount::MoneyUnit;
use crate::measure::cell::Cell;

use super::table::{Form, Line};

/// JSON.
pub const JSON: Form = Form { ending: "json", head: |_, out| out.push(b'['), row, foot };

fn row(line: &Line<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(if line.number == 0 { b"\n  {" } else { b",\n  {" });
    for (n, (column, cell)) in line.columns.iter().zip(line.cells).enumerate() {
        out.extend_from_slice(if n == 0 { b"\n    " } else { b",\n    " });
        print(column.key, out);
        out.extend_from_slice(b": ");
        value(cell, line.unit, out);
    }
    out.extend_from_slice(b"\n  }");
}

fn foot(rows: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(if rows == 0 { b"]\n" } else { b"\n]\n" });
}

fn value(cell: &Cell<'_>, unit: MoneyUnit, out: &mut Vec<u8>) {
    match cell {
        Cell::Empty => print((), out),
        Cell::Key(text) | Cell::Text(text) => print(text, out),
        Cell::Year(_) | Cell::Whole(_) => cell.print(unit, out),
        // The shortest decimal of a double goes back to the same fen below 2^51.
        Cell::Money(_) | Cell::Ratio(_) | Cell::Decimal(_) => {
            let start = out.len();
            cell.print(unit, out);
            let text = String::from_utf8_lossy(&out[start..]).into_owned();
            out.truncate(start);
            match text.parse::<f64>().ok().filter(|number| number.is_finite()) {
                Some(number) => print(number, out),
                None => print(text, out),
            }
        }
    }
}

fn print(value: impl Serialize, out: &mut Vec<u8>) {
    // Texts and numbers can always be written to memory.
    let _ = serde_json::to_writer(out, &value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::cell::{Column, plain};

    #[test]
    fn it_is_the_json_others_print() {
        const COLUMNS: &[Column] = &[plain("a", "", "", "money"), plain("b", "", "", "")];
        let rows = [[Cell::Money(-1_234_500), Cell::text("say \"c\"\n")], [Cell::Decimal("3".to_owned()), Cell::Empty], [Cell::Decimal("a".to_owned()), Cell::Year(2012)]];
        let mut out = Vec::new();
        (JSON.head)(COLUMNS, &mut out);
        for (number, cells) in rows.iter().enumerate() {
            row(&Line { number, columns: COLUMNS, cells, unit: MoneyUnit::WanYuan }, &mut out);
        }
        foot(rows.len(), &mut out);
        let same = serde_json::json!([{ "a": -1.2345, "b": "say \"c\"\n" }, { "a": 3.0, "b": null }, { "a": "a", "b": 2012 }]);
        assert_eq!(String::from_utf8(out).unwrap(), format!("{}\n", serde_json::to_string_pretty(&same).unwrap()));
    }
}
