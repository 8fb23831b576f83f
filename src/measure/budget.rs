//! Steps of the year's money: reserve, stabilisation fund, transfer-in, aid, bonds; lines of nothing are left out.

use super::Run;
use super::cell::{Cell, Sheet};
use super::columns;
use super::tables::{head, unit};
use super::town::TownView;
use crate::base::lang::Lang;
use crate::plan::Lane;

/// Every step that is written, town by town and year by year.
#[must_use]
pub fn table(run: &Run, towns: &[TownView<'_>]) -> Sheet {
    let accounts = &run.compiled.accounts;
    let mut lanes: Vec<Lane> = accounts.steps.iter().map(|step| step.lane).collect();
    lanes.extend(accounts.bonds.iter().flat_map(|b| [b.lent, b.due, b.paid, b.owed]));
    let mut rows = Vec::new();
    for town in towns {
        for year in 0..run.years() {
            for lane in &lanes {
                let amount = run.outcome.fen(*lane, year, town.place);
                if amount == 0 {
                    continue;
                }
                let info = run.compiled.plan.lane(*lane);
                let name = if run.scenario.lang == Lang::Zh { &info.zh } else { &info.en };
                let mut row = head(run, town);
                row.extend([Cell::Year(run.year(year)), Cell::Key(info.name.clone()), Cell::Text(name.clone()), Cell::Money(amount), unit(run)]);
                rows.push(row);
            }
        }
    }
    Sheet { name: "budget", columns: columns::BUDGET, rows }
}
