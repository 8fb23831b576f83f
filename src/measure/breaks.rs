//! Whether a reform funds the towns by breaking their county: its three guarantees or its balance fail where they did not before.

use super::Run;
use super::county::CountyYear;
use super::finding::{money, percent};
use crate::base::{amount::Fen, lang::Lang, when::Year};

/// How a county breaks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cause {
    /// Its resources no longer cover its three guarantees: the cover.
    Guarantees(f64),
    /// Its balance turns negative: \[分\] the balance.
    Balance(Fen),
}

/// A county that breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// The county.
    pub county: String,
    /// The first year.
    pub year: Year,
    /// Why, in that year.
    pub cause: Cause,
    /// \[分\] The most it lacks in any such year.
    pub missing: Fen,
}

/// The counties that break: the worst, and how many of how many.
#[derive(Clone, Debug, PartialEq)]
pub struct Breaks {
    /// The one that lacks most.
    pub worst: Break,
    /// How many break.
    pub count: usize,
    /// How many there are.
    pub of: usize,
}

impl CountyYear {
    /// How the county breaks in this year, and did not in the same year of the run compared with, or lacked less there.
    #[must_use]
    pub fn broken_since(&self, before: Option<&Self>) -> Option<Cause> {
        let worse = |fails: fn(&Self) -> bool| fails(self) && before.is_none_or(|b| !fails(b) || b.missing() < self.missing());
        if worse(Self::is_broken) {
            return self.cover().map(Cause::Guarantees);
        }
        self.balance().filter(|_| worse(Self::is_in_debt)).map(Cause::Balance)
    }

    /// \[分\] What it lacks for its three guarantees, or owes.
    fn missing(&self) -> Fen {
        self.account.map_or(0, |[_, resources, guarantees, _, balance]| (guarantees - resources).max(-balance).max(0))
    }
}

impl Run {
    /// The years of a county by its name, to compare with.
    #[must_use]
    pub fn years_of_county(&self, name: &str) -> Vec<CountyYear> {
        self.compiled.counties.iter().position(|c| c == name).map_or_else(Vec::new, |n| self.county_years(n))
    }

    /// The counties that break here and do not in the run compared with: a town's county, or all.
    #[must_use]
    pub fn broken_counties(&self, baseline: Option<&Self>, town: Option<usize>) -> Option<Breaks> {
        let counties = self.counties_of(town);
        let broken: Vec<Break> = counties.iter().filter_map(|n| self.broken_county(*n, &self.compiled.counties[*n], baseline)).collect();
        let (count, of) = (broken.len(), counties.len());
        // Of two that lack the same the first is named.
        let worst = broken.into_iter().rev().max_by_key(|b| b.missing)?;
        Some(Breaks { worst, count, of })
    }

    fn broken_county(&self, n: usize, county: &str, baseline: Option<&Self>) -> Option<Break> {
        let before = baseline.map(|b| b.years_of_county(county));
        let years = self.county_years(n);
        let earlier = |year: Year| before.as_ref().and_then(|b| b.iter().find(|y| y.year == year));
        let causes: Vec<(&CountyYear, Cause)> = years.iter().filter_map(|y| y.broken_since(earlier(y.year)).map(|cause| (y, cause))).collect();
        let (first, cause) = causes.first()?;
        let missing = causes.iter().map(|(y, _)| y.missing()).max().unwrap_or(0);
        Some(Break { county: county.to_owned(), year: first.year, cause: *cause, missing })
    }
}

impl Breaks {
    /// The clause that opens the headline.
    #[must_use]
    pub fn clause(&self, lang: Lang) -> String {
        let Break { county, year, cause, .. } = &self.worst;
        let one = match (cause, lang) {
            (Cause::Guarantees(_), Lang::Zh) => format!("{county}县级三保 {year} 年起不足 100%"),
            (Cause::Balance(_), Lang::Zh) => format!("{county}县级结余 {year} 年为负"),
            (Cause::Guarantees(_), Lang::En) => format!("{county}'s own three guarantees break in {year}"),
            (Cause::Balance(_), Lang::En) => format!("{county}'s own balance is negative in {year}"),
        };
        match (self.count, lang) {
            (1, Lang::Zh) => format!("{one}，"),
            (1, Lang::En) => format!("{one}; "),
            (n, Lang::Zh) => format!("{} 个县中 {n} 个县级账被打破，最重的是{one}，", self.of),
            (n, Lang::En) => format!("{n} of {} counties break, worst of all {one}; ", self.of),
        }
    }

    /// The warning of the summary: a reform that funds the towns this way.
    #[must_use]
    pub fn warning(&self, lang: Lang) -> String {
        let Break { county, year, cause, missing } = &self.worst;
        let lacks = money(*missing, lang);
        let how = match (cause, lang) {
            (Cause::Guarantees(cover), Lang::Zh) => format!("{county} {year} 年三保保障率降到 {}", percent(*cover)),
            (Cause::Balance(balance), Lang::Zh) => format!("{county} {year} 年结余降到 {}", money(*balance, lang)),
            (Cause::Guarantees(cover), Lang::En) => format!("{county} covers only {} of its three guarantees in {year}", percent(*cover)),
            (Cause::Balance(balance), Lang::En) => format!("the balance of {county} falls to {} in {year}", money(*balance, lang)),
        };
        let many = match (self.count, lang) {
            (1, _) => String::new(),
            (n, Lang::Zh) => format!("（{n} 个县如此，这是最重的）"),
            (n, Lang::En) => format!(" ({n} counties break; this is the worst)"),
        };
        match lang {
            Lang::Zh => format!("本方案以打破县级账为代价：{how}，最多缺 {lacks}{many}"),
            Lang::En => format!("this variant funds the towns by breaking the county: {how}, lacking up to {lacks}{many}"),
        }
    }
}
