//! Two runs side by side 新旧体制对比: who gains, who loses, what it costs the county, what keeping everyone whole would cost.
//!
//! Towns and counties are matched by their names; only years that both runs have are compared.

pub mod bases;
pub mod columns;
pub mod decomposition;
pub mod finding;
pub mod items;
pub mod replay;
pub mod tables;

use super::Run;
use super::county::CountyYear;
use super::town::{TownView, TownYear, ratio};
use crate::base::{amount::Fen, when::Year};

/// A run and the one it is compared with.
#[derive(Debug)]
pub struct Comparison<'r> {
    /// The baseline.
    pub before: &'r Run,
    /// The variant.
    pub after: &'r Run,
    /// The years compared.
    pub years: Vec<Year>,
    /// Every town of either run, in the order of the variant.
    pub towns: Vec<TownChange<'r>>,
    /// Every county of either run.
    pub counties: Vec<CountyChange>,
}

/// A town under both; without years where a run does not have it.
#[derive(Clone, Debug)]
pub struct TownChange<'r> {
    /// In the baseline.
    pub before: TownView<'r>,
    /// In the variant.
    pub after: TownView<'r>,
}

/// A county under both.
#[derive(Clone, Debug)]
pub struct CountyChange {
    /// Its name.
    pub name: String,
    /// In the baseline, over the years compared.
    pub before: Vec<CountyYear>,
    /// In the variant.
    pub after: Vec<CountyYear>,
    /// \[分\] What keeping its towns whole costs in each year compared.
    pub whole: Vec<Fen>,
}

/// How a town comes off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lot {
    /// Retains more.
    Winner,
    /// Retains less.
    Loser,
    /// Retains as much.
    Unchanged,
}

impl Lot {
    /// The key in tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        ["winner", "loser", "unchanged"][self as usize]
    }
}

impl<'r> Comparison<'r> {
    /// Compares two runs over the years both have, or those of them that are asked for.
    #[must_use]
    pub fn of(before: &'r Run, after: &'r Run, asked: Option<&[Year]>) -> Self {
        let (b, a) = (&before.scenario, &after.scenario);
        let both = b.first_year.max(a.first_year)..=b.last_year.min(a.last_year);
        let years: Vec<Year> = both.filter(|y| asked.is_none_or(|asked| asked.contains(y))).collect();
        let towns = towns(before, after, &years);
        let mut names: Vec<&String> = after.compiled.counties.iter().collect();
        names.extend(before.compiled.counties.iter().filter(|c| !after.compiled.counties.contains(c)));
        let counties = names.into_iter().map(|name| CountyChange::of(name, before, after, &years, &towns)).collect();
        Self { before, after, years, towns, counties }
    }

    /// \[分\] A figure of all towns over the years: before and after.
    pub fn sum(&self, of: impl Fn(&TownYear) -> Fen + Copy) -> (Fen, Fen) {
        (self.towns.iter().map(|t| t.before.sum(of)).sum(), self.towns.iter().map(|t| t.after.sum(of)).sum())
    }

    /// The towns that come off so, those that win or lose most first.
    #[must_use]
    pub fn of_lot(&self, lot: Lot) -> Vec<&TownChange<'r>> {
        let mut towns: Vec<&TownChange<'r>> = self.towns.iter().filter(|t| t.lot() == lot).collect();
        towns.sort_by_key(|t| -t.change().abs());
        towns
    }

    /// \[分\] All gains, or all losses.
    #[must_use]
    pub fn total(&self, lot: Lot) -> Fen {
        self.towns.iter().filter(|t| t.lot() == lot).map(TownChange::change).sum()
    }

    /// The part a town has of all gains or all losses; `None` where nothing changes for it.
    #[must_use]
    pub fn share(&self, town: &TownChange<'_>) -> Option<f64> {
        ratio(town.change(), self.total(town.lot()))
    }

    /// \[分\] What the counties have less of their towns than before: what the reform costs them.
    #[must_use]
    pub fn given_up(&self) -> Fen {
        self.counties.iter().map(CountyChange::given_up).sum()
    }

    /// \[分\] What keeping every town whole would cost beside.
    #[must_use]
    pub fn whole(&self) -> Fen {
        self.counties.iter().flat_map(|c| &c.whole).sum()
    }
}

/// The towns of both runs over the years compared.
fn towns<'r>(before: &'r Run, after: &'r Run, years: &[Year]) -> Vec<TownChange<'r>> {
    let limited = |mut view: TownView<'r>| {
        view.years.retain(|y| years.contains(&y.year));
        view
    };
    let without_years = |view: &TownView<'r>| TownView { years: Vec::new(), ..view.clone() };
    let mut old: Vec<TownView<'r>> = before.town_views().into_iter().map(limited).collect();
    let mut towns: Vec<TownChange<'r>> = Vec::new();
    for view in after.town_views().into_iter().map(limited) {
        let before = old.iter().position(|o| o.id == view.id).map_or_else(|| without_years(&view), |at| old.remove(at));
        towns.push(TownChange { before, after: view });
    }
    towns.extend(old.into_iter().map(|view| TownChange { after: without_years(&view), before: view }));
    towns
}

impl TownChange<'_> {
    /// \[分\] Retained funds after less before.
    #[must_use]
    pub fn change(&self) -> Fen {
        self.after.sum(|y| y.retained) - self.before.sum(|y| y.retained)
    }

    /// How it comes off.
    #[must_use]
    pub fn lot(&self) -> Lot {
        match self.change().signum() {
            1 => Lot::Winner,
            -1 => Lot::Loser,
            _ => Lot::Unchanged,
        }
    }

    /// A year under both; nothing where a run does not have it.
    #[must_use]
    pub fn year(&self, year: Year) -> (TownYear, TownYear) {
        let of = |view: &TownView<'_>| view.years.iter().find(|y| y.year == year).cloned().unwrap_or_default();
        (of(&self.before), of(&self.after))
    }

    /// \[分\] What must be added in a year so that it does not retain less than before.
    #[must_use]
    pub fn loss_of(&self, year: Year) -> Fen {
        let (before, after) = self.year(year);
        (before.retained - after.retained).max(0)
    }
}

impl CountyChange {
    fn of(name: &str, before: &Run, after: &Run, years: &[Year], towns: &[TownChange<'_>]) -> Self {
        let limited = |run: &Run| run.years_of_county(name).into_iter().filter(|y| years.contains(&y.year)).collect();
        let own = || towns.iter().filter(|t| t.after.town.county == name);
        let whole = years.iter().map(|year| own().map(|t| t.loss_of(*year)).sum()).collect();
        Self { name: name.to_owned(), before: limited(before), after: limited(after), whole }
    }

    /// \[分\] What it has of its towns: before and after.
    #[must_use]
    pub fn of_towns(&self) -> (Fen, Fen) {
        (self.before.iter().map(CountyYear::of_towns).sum(), self.after.iter().map(CountyYear::of_towns).sum())
    }

    /// \[分\] What it has less than before.
    #[must_use]
    pub fn given_up(&self) -> Fen {
        let (before, after) = self.of_towns();
        before - after
    }

    /// A year under both.
    #[must_use]
    pub fn year(&self, year: Year) -> (Option<&CountyYear>, Option<&CountyYear>) {
        let of = |years: &'_ [CountyYear]| years.iter().position(|y| y.year == year);
        (of(&self.before).map(|at| &self.before[at]), of(&self.after).map(|at| &self.after[at]))
    }
}
