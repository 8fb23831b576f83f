//! A neutral table: typed cells under described columns, written as CSV, JSON or anything else.

use crate::base::amount::{Fen, MoneyUnit};
use crate::base::{lang::Words, when::Year};

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Not defined (a coverage of nothing planned).
    Empty,
    /// A text of the program (a key).
    Key(String),
    /// A text a user wrote.
    Text(String),
    /// A year.
    Year(Year),
    /// \[分\] Money.
    Money(Fen),
    /// A ratio; printed with six decimals at most.
    Ratio(f64),
    /// A whole number.
    Whole(i64),
    /// An exact decimal, as text.
    Decimal(String),
}

impl Cell {
    /// Empty when there is none.
    #[must_use]
    pub fn or_empty<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, cell)
    }

    /// As it is written: money as the shortest exact decimal in the unit.
    #[must_use]
    pub fn print(&self, unit: MoneyUnit) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Key(text) | Self::Text(text) | Self::Decimal(text) => text.clone(),
            Self::Year(year) => year.to_string(),
            Self::Money(fen) => unit.print(*fen),
            Self::Ratio(ratio) => print_ratio(*ratio),
            Self::Whole(number) => number.to_string(),
        }
    }
}

/// Six decimals at most, no trailing zeros.
fn print_ratio(ratio: f64) -> String {
    let text = format!("{ratio:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// What a column holds: one row of the dictionary `columns.csv`.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The key, the same in every language and format.
    pub key: &'static str,
    /// Its heading.
    pub words: Words,
    /// Its unit; `money` is the scenario's.
    pub unit: &'static str,
    /// What it means.
    pub definition: Words,
    /// How it is computed.
    pub formula: &'static str,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its name: the file without its ending.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A column without a formula of its own.
#[must_use]
pub const fn plain(key: &'static str, zh: &'static str, en: &'static str, unit: &'static str) -> Column {
    Column { key, words: Words::new(zh, en), unit, definition: Words::new("", ""), formula: "" }
}

/// A column with its definition and formula.
#[must_use]
pub const fn defined(key: &'static str, words: (&'static str, &'static str), unit: &'static str, definition: (&'static str, &'static str), formula: &'static str) -> Column {
    Column { key, words: Words::new(words.0, words.1), unit, definition: Words::new(definition.0, definition.1), formula }
}
