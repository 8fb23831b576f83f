//! The tree of a rule file, every key and value with its place. Keyed tables only, so every value has one path.

use std::sync::Arc;

use crate::base::{decimal::Decimal, place::Place, when::Day};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands.
    pub place: Place,
    /// Which layer set it: `""` the scenario itself, `"variant pilot-reform"`, `"--set"`, `"include china"`.
    pub layer: Arc<str>,
}

/// What can stand behind a key.
#[derive(Clone, Debug)]
pub enum Value {
    /// A quoted string.
    Text(String),
    /// An integer or float, exactly as written; `None` when it is not a plain decimal (1e9, nan, inf, hex, too long).
    Number(Option<Decimal>, String),
    /// true, false.
    Flag(bool),
    /// A bare date.
    Day(Day),
    /// Something TOML knows and scenarios do not (a time of day …), as written.
    Other(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

/// A table; entries in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// One key of a table.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_place: Place,
    /// Its value.
    pub node: Node,
}

impl Table {
    /// The entry of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.key == key)
    }
}

impl Node {
    /// The table, if it is one.
    #[must_use]
    pub const fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }
}
