//! What may be written under a key: the one table from which reading, checking, the JSON Schema and the reference pages come.

use std::ops::Bound::{self, Excluded, Included};

use super::only::Only;
use crate::base::{
    amount::{Fen, LIMIT_FEN},
    lang::Words,
    ratio::Ratio,
};

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
    /// What holds when it is not written; `None` when nothing does.
    pub default: Option<Words>,
    /// What must stand beside it for it to have an effect; `None`: nothing.
    pub only: Option<Only>,
    /// A range narrower than that of its quantity.
    pub range: Option<Range>,
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
    /// A value as it is written, in quotation marks or not; what it measures shows later.
    Written,
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
    /// One town: its name, or 县/镇.
    Town,
    /// Which towns: `"all"`, a list of names, or conditions on columns.
    Towns,
    /// The id of a driver.
    Driver,
    /// The id of a driver, or this word.
    DriverOr(&'static str),
    /// The id of another table of the kind named.
    Name(&'static str),
    /// What a rule counts by: a column of the town table, or a count.
    Count,
    /// A list of texts.
    Texts,
    /// A list of texts that names at least one.
    SomeTexts,
    /// A list of shares that add up to the whole.
    Shares,
    /// A list of shares, each by itself.
    Levels,
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

/// The whole numbers (fen, millionths, 0.01 亩) a quantity may take.
pub type Range = (Bound<i64>, Bound<i64>);

/// 100 %, in millionths.
const ONE: i64 = Ratio::ONE.0;
/// \[分\] The largest amount.
#[expect(clippy::cast_possible_truncation, reason = "10^15 is a whole number")]
const MOST: Fen = LIMIT_FEN as Fen;

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

    /// The range 取值范围: what the reader enforces, the schema tells and the reference pages print.
    #[must_use]
    pub const fn range(self) -> Range {
        match self {
            Self::Share => (Included(0), Included(ONE)),
            Self::Rate => (Excluded(-ONE), Included(10 * ONE)),
            Self::Number => (Included(0), Included(1_000_000 * ONE)),
            Self::Money | Self::MoneyPerMu | Self::MoneyPerSquareMetre => (Included(0), Included(MOST)),
            Self::SignedMoney => (Included(-MOST), Included(MOST)),
            Self::Area => (Included(0), Excluded(1_000_000_000_000)),
            Self::Word(_) => (Included(0), Included(i64::MAX)),
        }
    }

    /// The range of a number without `%`: nobody means a growth of 1,300 %, a bare rate past 3 is a percentage without its sign.
    #[must_use]
    pub const fn bare_range(self) -> Range {
        match self {
            Self::Rate => (Excluded(-ONE), Included(3 * ONE)),
            _ => self.range(),
        }
    }

    /// Decimals at most; of money in 元.
    #[must_use]
    pub const fn places(self) -> u32 {
        match self {
            Self::Share | Self::Rate | Self::Number => 6,
            Self::Money | Self::SignedMoney | Self::MoneyPerMu | Self::MoneyPerSquareMetre | Self::Area => 2,
            Self::Word(_) => 0,
        }
    }

    /// What is wanted, in words.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Share | Self::Rate => Words::new("百分比", "a percentage"),
            Self::Number => Words::new("一个数", "a number"),
            Self::Money | Self::SignedMoney => Words::new("金额（元、万元、亿元）", "money"),
            Self::MoneyPerMu => Words::new("每亩金额", "money a mu"),
            Self::MoneyPerSquareMetre => Words::new("每平方米金额", "money a square metre"),
            Self::Area => Words::new("面积（亩）", "an area in mu"),
            Self::Word(_) => Words::new("一个词", "a word"),
        }
    }

    /// An example as it stands in a file.
    #[must_use]
    pub const fn example(self) -> &'static str {
        match self {
            Self::Share | Self::Rate => "\"60%\"",
            Self::Number => "2.0",
            Self::Money | Self::SignedMoney => "\"1,150万元\"",
            Self::MoneyPerMu => "\"90万元/亩\"",
            Self::MoneyPerSquareMetre => "\"45元/平方米\"",
            Self::Area => "\"150亩\"",
            Self::Word(_) => "\"general\"",
        }
    }
}

impl Field {
    /// The same with what holds when it is not written.
    #[must_use]
    pub const fn or(self, zh: &'static str, en: &'static str) -> Self {
        Self { default: Some(Words::new(zh, en)), ..self }
    }

    /// The same, read only beside another key that says one of these words (any word where there is none).
    #[must_use]
    pub const fn only(self, key: &'static str, words: &'static [&'static str]) -> Self {
        Self { only: Some(Only { key, words }), ..self }
    }

    /// The same within a narrower range, in the whole units of its quantity.
    #[must_use]
    pub const fn within(self, low: Bound<i64>, high: Bound<i64>) -> Self {
        Self { range: Some((low, high)), ..self }
    }
}

/// A key that must be there.
#[must_use]
pub const fn required(key: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Field {
    Field { key, kind, need: Need::Required, words: Words::new(zh, en), default: None, only: None, range: None }
}

/// A key that may be left out.
#[must_use]
pub const fn optional(key: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Field {
    Field { key, kind, need: Need::Optional, words: Words::new(zh, en), default: None, only: None, range: None }
}

/// Keys allowed on every table: where its numbers come from.
pub const PROVENANCE: [&str; 4] = ["source", "grade", "verified", "note"];
