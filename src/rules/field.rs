//! What may be written under a key: the one table from which reading, checking, the JSON Schema and the reference pages come.

use crate::base::lang::Words;

/// One key of a rule.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key as it stands in the file.
    pub key: &'static str,
    /// What may stand behind it.
    pub kind: Kind,
    /// Whether it must be there.
    pub need: Need,
    /// What it means, in one sentence.
    pub words: Words,
}

/// Whether a key must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Its absence is an error.
    Required,
    /// It may be left out.
    Optional,
}

/// What may stand behind a key.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Any text.
    Text,
    /// true or false.
    Flag,
    /// A year.
    Year,
    /// A year, or `"cohort"`: the year in the town's row.
    Start,
    /// A whole number within bounds.
    Whole(i64, i64),
    /// A day; a bare year is its first day.
    Day,
    /// One of a closed set.
    Choice(&'static [&'static str]),
    /// Sources of revenue: the name of a group, or a list of ids.
    Sources,
    /// Another part of the same agreement: `kept.tax`, `over.tax`.
    Part,
    /// Which towns: `"all"`, a list of names, or conditions on columns.
    Towns,
    /// The id of a driver.
    Driver,
    /// The id of a driver, or this word.
    DriverOr(&'static str),
    /// The id of another table of the kind named.
    Name(&'static str),
    /// A list of texts.
    Texts,
    /// A list of shares that add up to the whole.
    Shares,
    /// A quantity, dated, by town or growing.
    Value(Quantity),
    /// The base of an agreement: an amount, `{ year = 2011 }` or `{ mean_of = 3 }`.
    Base,
    /// A table with keys of its own.
    Table(&'static [Field]),
    /// A table of quantities whose keys the user chooses.
    Map(Quantity),
    /// A table of tables whose keys the user chooses.
    Keyed(&'static [Field]),
}

/// What is measured, and so in which unit it is written and which bounds it must keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A share from 0 % to 100 %.
    Share,
    /// A rate that may exceed 100 % or be negative (growth, elasticity).
    Rate,
    /// A plain number such as a plot ratio, at most six decimals.
    Number,
    /// Money, not negative.
    Money,
    /// Money, may be negative.
    SignedMoney,
    /// Money per 亩.
    MoneyPerMu,
    /// Money per m².
    MoneyPerSquareMetre,
    /// An area in 亩, at most two decimals.
    Area,
    /// One of a closed set of words (which book, whose money), dated like any other value.
    Word(&'static [&'static str]),
}

impl Quantity {
    /// The unit as tables print it (`money` stands for the scenario's money unit).
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Share | Self::Rate | Self::Number | Self::Word(_) => "1",
            Self::Money | Self::SignedMoney => "money",
            Self::MoneyPerMu => "money/亩",
            Self::MoneyPerSquareMetre => "元/平方米",
            Self::Area => "亩",
        }
    }
}

/// A key that must be there.
#[must_use]
pub const fn required(key: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Field {
    Field { key, kind, need: Need::Required, words: Words::new(zh, en) }
}

/// A key that may be left out.
#[must_use]
pub const fn optional(key: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Field {
    Field { key, kind, need: Need::Optional, words: Words::new(zh, en) }
}

/// Keys allowed on every table: where its numbers come from.
pub const PROVENANCE: [&str; 4] = ["source", "grade", "verified", "note"];
