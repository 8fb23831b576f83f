//! The compiled plan: lanes over towns, tables by year and town, and a short list of numeric operations.
//!
//! The plan knows numbers, not rules. Every rule form lowers to these operations; the engine runs them, the
//! print-out shows them, and every operation renders itself as an [`Expr`](expr::Expr) from which sentences and
//! spreadsheet formulas are made.

pub mod builder;
pub mod expr;
pub mod op;
pub mod pool;
pub mod print;
pub mod projects;
pub mod table;

use std::ops::Range;

use crate::base::when::Year;
pub use op::{Arg, Op};
pub use table::{Table, TableId};

/// A lane: one figure for every town (or county) and year, whole fen unless its unit says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lane(pub u32);

/// What a lane runs over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Domain {
    /// One value a town.
    Town,
    /// One value a county.
    County,
}

/// What a lane's numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Whole fen 分.
    Fen,
    /// Whole fen a unit: 亩, m², head.
    FenEach,
    /// Whole 0.01 亩.
    CentiMu,
    /// Whole m².
    SquareMetre,
    /// A pure number (index, flag), not rounded.
    One,
}

/// What is known about a lane.
#[derive(Clone, Debug)]
pub struct LaneInfo {
    /// Its path: where in the scenario it comes from, `source.vat/local`.
    pub name: String,
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
    /// What it runs over.
    pub domain: Domain,
    /// What its numbers are.
    pub unit: Unit,
}

/// A set of lanes that must add up to another, in every town and year, to the fen.
#[derive(Clone, Debug)]
pub struct Closure {
    /// What it is the closing of.
    pub name: String,
    /// The whole.
    pub whole: Lane,
    /// Its parts.
    pub parts: Vec<Lane>,
}

/// The compiled plan of one scenario.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The first year of every lane and table.
    pub first_year: Year,
    /// How many years.
    pub years: usize,
    /// How many towns; towns of a county stand together.
    pub towns: usize,
    /// For every county the towns it has, as a range.
    pub counties: Vec<Range<usize>>,
    /// All lanes.
    pub lanes: Vec<LaneInfo>,
    /// All tables.
    pub tables: Vec<Table>,
    /// What is done in a year, in order.
    pub ops: Vec<Op>,
    /// The projects and the money they may draw on.
    pub projects: projects::Projects,
    /// Pools, by their order in [`Op::Pool`].
    pub pools: Vec<pool::PoolPlan>,
    /// Competitions, by their order in [`Op::Compete`].
    pub competitions: Vec<pool::CompetePlan>,
    /// Something crosses counties, so all of them are computed together.
    pub one_block: bool,
    /// What must add up.
    pub closures: Vec<Closure>,
}

impl Plan {
    /// What is known about a lane.
    #[must_use]
    pub fn lane(&self, lane: Lane) -> &LaneInfo {
        &self.lanes[lane.0 as usize]
    }

    /// The years, in order.
    pub fn year_list(&self) -> impl Iterator<Item = Year> + use<> {
        let (first, count) = (self.first_year, self.years);
        (0..count).map(move |n| first + Year::try_from(n).unwrap_or(0))
    }
}
