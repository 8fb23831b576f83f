//! The state capital book 国有资本经营预算 year by year; a table only where some source is in it.

use super::Run;
use super::cell::{Cell, Sheet};
use super::columns;
use super::tables::{head, town_years, unit};
use super::town::TownView;

impl Run {
    /// Whether some source is in the state capital book.
    #[must_use]
    pub fn has_state_capital(&self) -> bool {
        self.compiled.accounts.retained.is_some_and(|r| r.capital.is_some())
    }
}

/// Received, transferred, retained, carried over.
pub(super) fn table<'r>(run: &'r Run, towns: &'r [TownView<'r>]) -> Option<Sheet<'r>> {
    let lanes = run.compiled.accounts.retained?.capital?;
    let rows = town_years(run, towns).map(move |(town, year)| {
        let mut row = head(run, town);
        row.push(Cell::Year(run.year(year)));
        row.extend([lanes.received, lanes.transferred, lanes.kept, lanes.balance].map(|lane| Cell::Money(run.outcome.fen(lane, year, town.place))));
        row.push(unit(run));
        row
    });
    Some(Sheet::new(columns::CAPITAL_TABLE.0, columns::STATE_CAPITAL, rows))
}
