//! Tables of coefficients: parameters made numbers, by year and town.

use crate::base::{
    leaf::LeafId,
    ratio::{Ratio, nudge},
};

/// A table by its order in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableId(pub u32);

/// How the numbers of a table are to be read by people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A nudged ratio; shown as a percentage.
    Share,
    /// Fen.
    Fen,
    /// A growth factor.
    Factor,
    /// 0 or 1.
    Flag,
    /// A plain number.
    Number,
}

/// How a coefficient is made of the whole number behind it (fen, millionths, 0.01 亩).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follows {
    /// It is that number.
    Whole,
    /// A nudged share or plain number of millionths.
    Share,
    /// What the share leaves of the whole, nudged.
    Rest,
    /// The whole and the share, nudged: `1 + growth`.
    Over,
    /// Millionths as they are, not nudged.
    Plain,
    /// What the first of two tables has over the second, never below nothing.
    Excess(TableId, TableId),
    /// The program makes it of several values, or of none.
    Program,
}

impl Follows {
    /// The coefficient of a whole number; none where it takes more than one.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "whole numbers of parameters stay below 2^53")]
    pub fn of(self, value: i64) -> Option<f64> {
        Some(match self {
            Self::Whole => value as f64,
            Self::Share => Ratio(value).coefficient(),
            Self::Rest => Ratio(value).rest().coefficient(),
            Self::Over => nudge(value.saturating_add(Ratio::ONE.0) as f64 / 1e6),
            Self::Plain => value as f64 / 1e6,
            Self::Excess(..) | Self::Program => return None,
        })
    }
}

/// One coefficient for every year and town.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The path of the parameter it comes from.
    pub name: String,
    /// How its numbers are read.
    pub shown: Shown,
    /// How they follow from the values behind them.
    pub follows: Follows,
    /// Year after year; within a year one value, or one a town.
    pub values: Vec<f64>,
    /// 1 when a year has one value for all towns, else the number of towns.
    pub width: usize,
    /// The leaf behind every value, in the same order; empty for tables made by the program.
    pub leaves: Vec<Option<LeafId>>,
}

impl Table {
    /// The value of a year and town.
    #[must_use]
    pub fn at(&self, year: usize, town: usize) -> f64 {
        self.values[year * self.width + if self.width == 1 { 0 } else { town }]
    }

    /// The leaf behind the value of a year and town.
    #[must_use]
    pub fn leaf(&self, year: usize, town: usize) -> Option<LeafId> {
        self.leaves.get(year * self.width + if self.width == 1 { 0 } else { town }).copied().flatten()
    }

    /// Whether every value is the given one.
    #[must_use]
    pub fn is_all(&self, value: f64) -> bool {
        self.values.iter().all(|v| *v == value)
    }

    /// The same table with one value a year where all towns agree.
    #[must_use]
    pub fn narrow(mut self, years: usize) -> Self {
        let width = self.width;
        let agrees = |row: &[f64]| row.windows(2).all(|w| w[0].to_bits() == w[1].to_bits());
        let same_leaf = |row: &[Option<LeafId>]| row.windows(2).all(|w| w[0] == w[1]);
        if width > 1 && self.values.chunks(width).all(agrees) && self.leaves.chunks(width).all(same_leaf) {
            self.values = (0..years).map(|y| self.values[y * width]).collect();
            if !self.leaves.is_empty() {
                self.leaves = (0..years).map(|y| self.leaves[y * width]).collect();
            }
            self.width = 1;
        }
        self
    }
}
