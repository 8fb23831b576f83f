//! Backtest 回测: a run beside observed outturns 决算数, figure by figure.
//!
//! Error 误差 = projected − observed; error % = error ÷ |observed|, not defined where nothing was observed.

pub mod columns;
pub mod finding;
pub mod item;
pub mod statistics;
pub mod tables;

pub use item::{Figure, Item, Scope};

use super::Run;
use super::cell::{Cell, Column, Sheet};
use super::town::ratio;
use crate::base::{amount::Fen, when::Year};
use crate::compile::accounts::Party;
use crate::plan::Lane;
use crate::rules::param::Grade;

/// Whose figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// A town, by its order in the scenario.
    Town(usize),
    /// A county, by its place in the plan.
    County(usize),
}

/// One observed figure.
#[derive(Clone, Debug)]
pub struct Observed {
    /// Whose.
    pub who: Who,
    /// Of which year.
    pub year: Year,
    /// Of what.
    pub item: Item,
    /// \[分\] How much.
    pub amount: Fen,
    /// Where it was read.
    pub source: String,
    /// How reliable that is.
    pub grade: Option<Grade>,
    /// A remark.
    pub note: String,
}

/// An observed figure and the projected one.
#[derive(Clone, Debug)]
pub struct Compared {
    /// What was observed.
    pub observed: Observed,
    /// \[分\] What was projected.
    pub projected: Fen,
}

impl Compared {
    /// \[分\] Projected − observed.
    #[must_use]
    pub const fn error(&self) -> Fen {
        self.projected - self.observed.amount
    }

    /// Error ÷ |observed|; `None` where nothing was observed.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        ratio(self.error(), self.observed.amount.abs())
    }
}

/// \[分\] The amounts of a table that holds one row a year for every town or county, in their order.
#[derive(Debug)]
struct Amounts {
    columns: &'static [Column],
    rows: Vec<Vec<Option<Fen>>>,
}

impl Amounts {
    fn of(sheet: Sheet<'_>) -> Self {
        let amount = |cell: &Cell<'_>| if let Cell::Money(fen) = cell { Some(*fen) } else { None };
        Self { columns: sheet.columns, rows: sheet.rows.map(|row| row.iter().map(amount).collect()).collect() }
    }

    fn at(&self, row: usize, key: &str) -> Option<Fen> {
        let column = self.columns.iter().position(|c| c.key == key)?;
        *self.rows.get(row)?.get(column)?
    }
}

/// The figures of a run that can be compared.
#[derive(Debug)]
pub struct Figures<'r> {
    run: &'r Run,
    places: Vec<usize>,
    summary: Amounts,
    county: Amounts,
}

impl<'r> Figures<'r> {
    /// Of a run.
    #[must_use]
    pub fn of(run: &'r Run) -> Self {
        let summary = Amounts::of(super::tables::summary(run, &run.town_views()));
        Self { run, places: run.places(), summary, county: Amounts::of(super::county::table(run, None)) }
    }

    /// The run.
    #[must_use]
    pub const fn run(&self) -> &'r Run {
        self.run
    }

    /// \[分\] What was projected; `None` outside the horizon, and where the scenario does not compute it.
    #[must_use]
    pub fn at(&self, who: Who, year: Year, item: Item) -> Option<Fen> {
        let order = usize::try_from(year - self.run.scenario.first_year).ok().filter(|y| *y < self.run.years())?;
        match (who, item.figure) {
            (Who::Town(town), Figure::Source(source)) => Some(self.of_source(source, item.scope?, order, self.places[town])),
            (Who::Town(town), Figure::Town(column)) => self.summary.at(town * self.run.years() + order, column.key),
            (Who::County(county), Figure::County(column)) => self.county.at(county * self.run.years() + order, column.key),
            _ => None,
        }
    }

    fn of_source(&self, source: usize, scope: Scope, year: usize, place: usize) -> Fen {
        let accounts = &self.run.compiled.accounts;
        let at = |lane: Lane| self.run.outcome.fen(lane, year, place);
        let lanes = accounts.sources.iter().find(|s| s.source == source);
        let of = |party: Party| accounts.postings.iter().filter(|p| p.source == Some(source) && p.party == party).map(|p| if p.is_paid { -at(p.lane) } else { at(p.lane) }).sum();
        match scope {
            Scope::Gross => lanes.map_or(0, |l| at(l.gross)),
            Scope::Local => lanes.map_or(0, |l| at(l.local)),
            Scope::Town => lanes.and_then(|l| l.town).map_or(0, at),
            Scope::County => lanes.and_then(|l| l.county).map_or(0, at),
            Scope::City => of(Party::City),
            Scope::Province => of(Party::Province),
            Scope::Central => of(Party::Central),
        }
    }
}
