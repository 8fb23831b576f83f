//! A neutral table: typed cells under described columns, written as CSV, JSON or anything else.

use std::borrow::Cow;

use crate::base::amount::{Fen, MoneyUnit};
use crate::base::{decimal, lang::Words, when::Year};

/// A cell; texts are borrowed from the run wherever they stand there.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'r> {
    /// Not defined (a coverage of nothing planned).
    Empty,
    /// A text of the program (a key).
    Key(Cow<'r, str>),
    /// A text a user wrote.
    Text(Cow<'r, str>),
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

impl<'r> Cell<'r> {
    /// A text of the program.
    #[must_use]
    pub fn key(text: impl Into<Cow<'r, str>>) -> Self {
        Self::Key(text.into())
    }

    /// A text a user wrote.
    #[must_use]
    pub fn text(text: impl Into<Cow<'r, str>>) -> Self {
        Self::Text(text.into())
    }

    /// Empty when there is none.
    #[must_use]
    pub fn or_empty<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, cell)
    }

    /// Appends it as it is written: money as the shortest exact decimal in the unit.
    pub fn print(&self, unit: MoneyUnit, out: &mut Vec<u8>) {
        match self {
            Self::Empty => {}
            Self::Key(text) | Self::Text(text) => out.extend_from_slice(text.as_bytes()),
            Self::Decimal(text) => out.extend_from_slice(text.as_bytes()),
            Self::Year(year) => decimal::print(i64::from(*year), 0, out),
            Self::Money(fen) => decimal::print(*fen, unit.places(), out),
            Self::Ratio(ratio) => out.extend_from_slice(print_ratio(*ratio).as_bytes()),
            Self::Whole(number) => decimal::print(*number, 0, out),
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

/// A row: a cell for every column.
pub type Row<'r> = Vec<Cell<'r>>;

/// A row read by the keys of its columns.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a, 'r> {
    /// The columns.
    pub columns: &'static [Column],
    /// The row.
    pub row: &'a Row<'r>,
}

impl<'a, 'r> Line<'a, 'r> {
    fn cell(&self, key: &str) -> Option<&'a Cell<'r>> {
        self.row.get(self.columns.iter().position(|c| c.key == key)?)
    }

    /// A text; none where there is no such column, or nothing in it is a text.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&'a str> {
        match self.cell(key)? {
            Cell::Key(text) | Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A year.
    #[must_use]
    pub fn year(&self, key: &str) -> Option<Year> {
        if let Cell::Year(year) = self.cell(key)? { Some(*year) } else { None }
    }

    /// A whole number.
    #[must_use]
    pub fn whole(&self, key: &str) -> Option<i64> {
        if let Cell::Whole(number) = self.cell(key)? { Some(*number) } else { None }
    }
}

/// A table.
pub struct Sheet<'r> {
    /// Its name: the file without its ending.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Its rows, made one by one as they are asked for: a large table never stands in memory.
    pub rows: Box<dyn Iterator<Item = Row<'r>> + 'r>,
}

impl<'r> Sheet<'r> {
    /// A table of rows that are there, or that are made on the way.
    #[must_use]
    pub fn new(name: &'static str, columns: &'static [Column], rows: impl IntoIterator<Item = Row<'r>, IntoIter: 'r>) -> Self {
        Self { name, columns, rows: Box::new(rows.into_iter()) }
    }
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
