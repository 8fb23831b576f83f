//! Steps of the year's money: reserve, stabilisation fund, transfer-in, aid, bonds; lines of nothing are left out.

use super::Run;
use super::cell::{Cell, Row, Sheet};
use super::columns;
use super::tables::{head, town_years, unit};
use super::town::TownView;
use crate::base::lang::Lang;
use crate::plan::Lane;

/// Every step that is written, town by town and year by year.
#[must_use]
pub fn table<'r>(run: &'r Run, towns: &'r [TownView<'r>]) -> Sheet<'r> {
    let accounts = &run.compiled.accounts;
    let lanes = move || {
        accounts.steps.iter().map(|step| step.lane).chain(accounts.bonds.iter().flat_map(|b| [b.lent, b.due, b.paid, b.owed])).chain(accounts.capital_stock.map(|(stock, _)| stock))
    };
    let rows = town_years(run, towns).flat_map(move |(town, year)| lanes().filter_map(move |lane| step(run, lane, town, year)));
    Sheet::new("budget", columns::BUDGET, rows)
}

fn step<'r>(run: &'r Run, lane: Lane, town: &'r TownView<'r>, year: usize) -> Option<Row<'r>> {
    let amount = run.outcome.fen(lane, year, town.place);
    if amount == 0 {
        return None;
    }
    let info = run.compiled.plan.lane(lane);
    let name = if run.scenario.lang == Lang::Zh { &info.zh } else { &info.en };
    let mut row = head(run, town);
    row.extend([Cell::Year(run.year(year)), Cell::key(&info.name), Cell::text(name), Cell::Money(amount), unit(run)]);
    Some(row)
}
