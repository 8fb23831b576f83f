//! What a replay took: the gross amounts used under both systems, observed or still projected.

use super::columns;
use crate::base::{amount::Fen, when::Year};
use crate::measure::Run;
use crate::measure::cell::{Cell, Sheet};
use crate::measure::tables::unit;

/// \[分\] Gross of a source by town and year under the baseline: what is used and what was projected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    /// The town, by its order.
    pub town: usize,
    /// The year.
    pub year: Year,
    /// The source, by its order.
    pub source: usize,
    /// Whether it was observed.
    pub observed: bool,
    /// What the baseline uses: the outturn, or a projection that may itself rest on outturns (a surcharge on an observed tax).
    pub amount: Fen,
    /// What was projected without outturns.
    pub projected: Fen,
}

/// The table; towns and sources are those of the run that was replayed.
#[must_use]
pub fn table<'r>(run: &'r Run, used: &'r [Used]) -> Sheet<'r> {
    let row = move |u: &'r Used| {
        let (town, source) = (&run.scenario.towns[u.town], &run.scenario.sources[u.source]);
        let status = if u.observed { "observed" } else { "projected" };
        let mut row = vec![Cell::text(town.id()), Cell::text(&town.name), Cell::Year(u.year), Cell::key(format!("source.{}", source.id)), Cell::text(&source.name)];
        row.extend([Cell::key(status), Cell::Money(u.amount), Cell::Money(u.projected), unit(run)]);
        row
    };
    Sheet::new("replay", columns::REPLAY, used.iter().map(row))
}
