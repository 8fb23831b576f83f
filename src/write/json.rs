//! Tables as JSON: an array of objects under the same keys as the CSV.

use serde_json::{Map, Number, Value};

use crate::base::amount::MoneyUnit;
use crate::measure::cell::{Cell, Sheet};

/// A table as JSON text.
#[must_use]
pub fn bytes(sheet: &Sheet, unit: MoneyUnit) -> Vec<u8> {
    let rows: Vec<Value> = sheet.rows.iter().map(|row| Value::Object(object(sheet, row, unit))).collect();
    let mut text = serde_json::to_vec_pretty(&rows).unwrap_or_default();
    text.push(b'\n');
    text
}

fn object(sheet: &Sheet, row: &[Cell], unit: MoneyUnit) -> Map<String, Value> {
    sheet.columns.iter().zip(row).map(|(column, cell)| (column.key.to_owned(), value(cell, unit))).collect()
}

fn value(cell: &Cell, unit: MoneyUnit) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Key(text) | Cell::Text(text) => Value::String(text.clone()),
        Cell::Year(year) => Value::Number((*year).into()),
        Cell::Whole(number) => Value::Number((*number).into()),
        // The shortest decimal of a double goes back to the same fen below 2^51.
        Cell::Money(_) | Cell::Ratio(_) | Cell::Decimal(_) => {
            let text = cell.print(unit);
            text.parse().ok().and_then(Number::from_f64).map_or(Value::String(text), Value::Number)
        }
    }
}
