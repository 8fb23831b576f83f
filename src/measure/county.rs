//! The county's own account, year by year.

use super::Run;
use super::cell::{Cell, Sheet};
use super::columns;
use super::tables::unit;
use super::town::ratio;
use crate::base::{amount::Fen, when::Year};

/// \[分\] One year of a county.
#[derive(Clone, Debug)]
pub struct CountyYear {
    /// The year.
    pub year: Year,
    /// Parts of the towns' sources, remittances included.
    pub from_towns: Fen,
    /// Remittances and levies among them.
    pub remittances: Fen,
    /// Set-asides it holds.
    pub held: Fen,
    /// Paid to and for the towns.
    pub paid: Fen,
    /// Own revenue, resources, three guarantees, debt service, balance; `None` without a county account.
    pub account: Option<[Fen; 5]>,
}

impl CountyYear {
    /// Resources ÷ three guarantees.
    #[must_use]
    pub fn cover(&self) -> Option<f64> {
        self.account.and_then(|[_, resources, guarantees, _, _]| ratio(resources, guarantees))
    }

    /// Resources fall short of the three guarantees.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.account.is_some_and(|[_, resources, guarantees, _, _]| resources < guarantees)
    }
}

impl Run {
    /// The years of a county, by its place in the plan.
    #[must_use]
    pub fn county_years(&self, county: usize) -> Vec<CountyYear> {
        let Some(lanes) = &self.compiled.accounts.county else { return Vec::new() };
        let year = |y: usize| {
            let at = |lane| self.outcome.fen(lane, y, county);
            let account = lanes.account.map(|a| [a.own, a.resources, a.guarantees, a.debt, a.balance].map(at));
            CountyYear {
                year: self.year(y),
                from_towns: at(lanes.from_towns),
                remittances: at(lanes.remittances),
                held: at(lanes.held),
                paid: at(lanes.paid),
                account,
            }
        };
        (0..self.years()).map(year).collect()
    }

    /// The lowest cover of a county's three guarantees, and its year; over all counties.
    #[must_use]
    pub fn lowest_county_cover(&self) -> Option<(f64, Year)> {
        let all = (0..self.compiled.counties.len()).flat_map(|c| self.county_years(c));
        all.filter_map(|y| y.cover().map(|c| (c, y.year))).min_by(|a, b| a.0.total_cmp(&b.0))
    }
}

/// The county table.
#[must_use]
pub fn table(run: &Run) -> Sheet {
    let mut rows = Vec::new();
    for (n, county) in run.compiled.counties.iter().enumerate() {
        for y in run.county_years(n) {
            let part = |at: usize| Cell::or_empty(y.account, |a| Cell::Money(a[at]));
            let mut row = vec![Cell::Key(run.variant().to_owned()), Cell::Text(county.clone()), Cell::Year(y.year), unit(run), part(0)];
            row.extend([y.from_towns, y.remittances, y.held, y.paid].map(Cell::Money));
            row.extend([part(1), part(2), part(3), part(4), Cell::or_empty(y.cover(), Cell::Ratio)]);
            row.push(Cell::or_empty(y.account, |_| Cell::Whole(i64::from(y.is_broken()))));
            rows.push(row);
        }
    }
    Sheet { name: "county", columns: columns::COUNTY_TABLE, rows }
}
