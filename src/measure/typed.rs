//! The columns of a table of a study: what each holds, as a program that reads it wants to know.

use serde::{Deserialize, Serialize};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number.
    Whole,
    /// A year.
    Year,
    /// A number: money in the unit of the tables, a ratio.
    Number,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// Its heading.
    pub key: String,
    /// What it holds.
    pub kind: Kind,
    /// Its unit; empty where it has none.
    pub unit: String,
    /// What it means.
    pub zh: String,
    /// What it means.
    pub en: String,
}

impl Typed {
    /// A column.
    #[must_use]
    pub fn new(key: &str, kind: Kind, unit: &str, zh: &str, en: &str) -> Self {
        Self { key: key.to_owned(), kind, unit: unit.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
    }
}
