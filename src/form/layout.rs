//! How the form a bureau fills in 填报表 is described: sheets, columns, what cells hold. It is written and read from the one
//! description in [`questions`](super::questions).

use super::questions::SHEETS;
use crate::base::lang::{Lang, Words};

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// Any text.
    Text,
    /// A number not below zero.
    Count,
    /// Money in the unit of the form.
    Money,
    /// A share from 0 % to 100 %.
    Share,
    /// A yearly rate, which may be negative.
    Rate,
    /// A year.
    Year,
    /// One of a closed set: what is written and what it means in a scenario.
    Choice(&'static [(Words, &'static str)]),
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// By what the program knows it.
    pub key: &'static str,
    /// Its heading.
    pub words: Words,
    /// What it holds.
    pub holds: Holds,
    /// Whether a row without it is a mistake.
    pub required: bool,
    /// What to write there, shown beside the cell.
    pub note: Words,
}

/// One sheet.
#[derive(Clone, Copy, Debug)]
pub struct FormSheet {
    /// By what the program knows it.
    pub key: &'static str,
    /// Its name.
    pub words: Words,
    /// What it is for, in its first row.
    pub about: Words,
    /// Its columns.
    pub columns: &'static [Column],
    /// A row to show how it is filled in; it is never read.
    pub example: &'static [Words],
}

impl FormSheet {
    /// A sheet by its key.
    #[must_use]
    pub fn of(key: &str) -> &'static Self {
        SHEETS.iter().find(|s| s.key == key).unwrap_or(&SHEETS[0])
    }

    /// A column by its key.
    #[must_use]
    pub fn column(&self, key: &str) -> Option<&'static Column> {
        self.columns.iter().find(|c| c.key == key)
    }
}

/// What a choice means, by either language.
#[must_use]
pub fn chosen(choices: &'static [(Words, &'static str)], text: &str) -> Option<&'static str> {
    let same = |words: &Words| words.zh == text || words.en.eq_ignore_ascii_case(text);
    choices.iter().find(|(words, _)| same(words)).map(|(_, meaning)| *meaning)
}

/// The choices as they are offered.
#[must_use]
pub fn offered(choices: &'static [(Words, &'static str)], lang: Lang) -> Vec<&'static str> {
    choices.iter().map(|(words, _)| words.get(lang)).collect()
}

/// A choice in a language, by what it means.
#[must_use]
pub fn said(choices: &'static [(Words, &'static str)], meaning: &'static str, lang: Lang) -> &'static str {
    choices.iter().find(|(_, known)| *known == meaning).map_or(meaning, |(words, _)| words.get(lang))
}
