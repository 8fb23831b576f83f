//! The county's own account, year by year.

use super::Run;
use super::cell::{Cell, Sheet};
use super::columns;
use super::finding::percent;
use super::tables::unit;
use super::town::ratio;
use crate::base::{amount::Fen, lang::Lang, when::Year};

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
    /// Service of on-lent bonds and aid that towns bring back.
    pub returned: Fen,
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

    /// \[分\] The balance at the end of the year; `None` without a county account.
    #[must_use]
    pub fn balance(&self) -> Option<Fen> {
        self.account.map(|[_, _, _, _, balance]| balance)
    }

    /// The balance is below nothing.
    #[must_use]
    pub fn is_in_debt(&self) -> bool {
        self.balance().is_some_and(|balance| balance < 0)
    }

    /// \[分\] What the county has of its towns, less what it pays to and for them.
    #[must_use]
    pub const fn of_towns(&self) -> Fen {
        self.from_towns + self.held + self.returned - self.paid
    }
}

/// The lowest cover of a county's three guarantees.
#[derive(Clone, Debug, PartialEq)]
pub struct LowestCover {
    /// The county, where there are several.
    pub county: Option<String>,
    /// Resources ÷ three guarantees.
    pub cover: f64,
    /// The year.
    pub year: Year,
    /// How many counties fall short in some year.
    pub short: usize,
}

impl LowestCover {
    /// The cover, and whose and when it is.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let (cover, year, short) = (percent(self.cover), self.year, self.short);
        match (&self.county, lang) {
            (None, Lang::Zh) => format!("{cover}（{year} 年）"),
            (None, Lang::En) => format!("{cover} ({year})"),
            (Some(county), Lang::Zh) => format!("{cover}（{county} {year} 年；{short} 个县有不足 100% 的年份）"),
            (Some(county), Lang::En) => format!("{cover} ({county}, {year}; {short} counties fall below 100% in some year)"),
        }
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
                returned: lanes.returned.map_or(0, at),
                paid: at(lanes.paid),
                account,
            }
        };
        (0..self.years()).map(year).collect()
    }

    /// The counties looked at, by their place in the plan: that of a town, or all.
    pub(super) fn counties_of(&self, town: Option<usize>) -> Vec<usize> {
        let of = |name: &str| town.is_none_or(|t| self.scenario.towns[t].county == name);
        (0..self.compiled.counties.len()).filter(|c| of(&self.compiled.counties[*c])).collect()
    }

    /// The lowest cover of a county's three guarantees over the years: of a town's county, or of all counties.
    #[must_use]
    pub fn lowest_county_cover(&self, town: Option<usize>) -> Option<LowestCover> {
        let counties = self.counties_of(town);
        let years: Vec<Vec<CountyYear>> = counties.iter().map(|c| self.county_years(*c)).collect();
        let short = years.iter().filter(|years| years.iter().any(CountyYear::is_broken)).count();
        let all = counties.iter().zip(&years).flat_map(|(county, years)| years.iter().map(move |y| (*county, y)));
        let found = all.filter_map(|(county, y)| y.cover().map(|cover| (county, cover, y.year))).min_by(|a, b| a.1.total_cmp(&b.1))?;
        let (county, cover, year) = found;
        Some(LowestCover { county: (counties.len() > 1).then(|| self.compiled.counties[county].clone()), cover, year, short })
    }
}

/// The county table; a reform is compared with its baseline.
#[must_use]
pub fn table<'r>(run: &'r Run, baseline: Option<&Run>) -> Sheet<'r> {
    let mut rows = Vec::new();
    for (n, county) in run.compiled.counties.iter().enumerate() {
        let before = baseline.map(|b| b.years_of_county(county));
        let earlier = |year: Year| before.as_ref().map(|b| b.iter().find(|y| y.year == year));
        for y in run.county_years(n) {
            let part = |at: usize| Cell::or_empty(y.account, |a| Cell::Money(a[at]));
            let mut row = vec![Cell::key(run.label()), Cell::text(county), Cell::Year(y.year), unit(run), part(0)];
            row.extend([y.from_towns, y.remittances, y.held, y.returned, y.paid].map(Cell::Money));
            row.extend([part(1), part(2), part(3), part(4), Cell::or_empty(y.cover(), Cell::Ratio)]);
            row.extend([y.is_broken(), y.is_in_debt()].map(|flag| Cell::or_empty(y.account, |_| Cell::Whole(i64::from(flag)))));
            let by_reform = earlier(y.year).filter(|_| y.account.is_some()).map(|before| y.broken_since(before).is_some());
            row.push(Cell::or_empty(by_reform, |flag| Cell::Whole(i64::from(flag))));
            rows.push(row);
        }
    }
    Sheet::new("county", columns::COUNTY_TABLE, rows)
}
