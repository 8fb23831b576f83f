//! Values as users wrote them, with their source and grade.

use std::sync::Arc;

use super::field::Quantity;
use crate::base::{leaf::LeafId, place::Place, when::Day};

/// Evidence grade 依据等级: A read in an official text, B secondary, C general knowledge, D assumption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Read in an official text.
    A,
    /// Read in a secondary source.
    B,
    /// General knowledge, detail may be off.
    C,
    /// Assumption.
    D,
}

impl Grade {
    /// All grades.
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::D];

    /// From its letter.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|g| g.letter() == text)
    }

    /// Its letter.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Document and clause.
    pub source: Option<String>,
    /// Evidence grade; `None` when nobody wrote one (counted as D).
    pub grade: Option<Grade>,
    /// The day up to which the value was checked against its source.
    pub verified: Option<Day>,
    /// A remark.
    pub note: Option<String>,
}

impl Provenance {
    /// The grade that counts: what nobody graded is an assumption.
    #[must_use]
    pub fn weight(&self) -> Grade {
        self.grade.unwrap_or(Grade::D)
    }
}

/// One value as a user wrote it: the leaf of every explanation and one row of `parameters.csv`.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// The path that addresses it, the same in `--set`, errors and tables.
    pub path: String,
    /// From when it holds; `None` for a constant.
    pub from: Option<Day>,
    /// What is measured.
    pub quantity: Quantity,
    /// The value, in the whole units of its quantity (fen, millionths, 0.01 亩).
    pub value: i64,
    /// As it was written.
    pub text: String,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Where it stands.
    pub place: Place,
    /// Which layer set it.
    pub layer: Arc<str>,
}

/// All values of a scenario.
#[derive(Clone, Debug, Default)]
pub struct Leaves(Vec<Leaf>);

impl Leaves {
    /// Adds a value.
    pub fn add(&mut self, leaf: Leaf) -> LeafId {
        self.0.push(leaf);
        LeafId(u32::try_from(self.0.len() - 1).unwrap_or(u32::MAX))
    }

    /// The value of an id.
    #[must_use]
    pub fn get(&self, id: LeafId) -> &Leaf {
        &self.0[id.0 as usize]
    }

    /// All values, in the order they were read.
    pub fn iter(&self) -> impl Iterator<Item = (LeafId, &Leaf)> {
        self.0.iter().enumerate().map(|(n, leaf)| (LeafId(u32::try_from(n).unwrap_or(u32::MAX)), leaf))
    }
}
