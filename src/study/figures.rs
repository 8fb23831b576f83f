//! What is added up of a point while its years go by, the same for the fused program and for a whole run.

use std::ops::Range;

use super::measure::{Asked, Figure, TOWN_LANES};
use crate::engine::Outcome;
use crate::plan::{Domain, Plan};
use crate::program::{Observe, Seen};

/// \[分\] Sums of a point over its towns and years.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Planned project spending.
    pub planned: f64,
    /// Paid.
    pub paid: f64,
    /// Retained funds.
    pub retained: f64,
    /// General book.
    pub general: f64,
    /// Fund book.
    pub fund: f64,
    /// Three guarantees of the towns unpaid.
    pub guarantees_unpaid: f64,
    /// What the counties have of their towns, less what they pay to and for them.
    pub county: f64,
    /// Lowest cover of a county's three guarantees.
    pub cover: Option<f64>,
    /// County years in which resources fall short of the three guarantees.
    pub broken: Option<i64>,
    /// The counties' balance at the end.
    pub balance: Option<f64>,
    /// Town by town, in the order of the plan; empty unless asked for.
    pub towns: Vec<TownFigures>,
    /// \[分\] Unpaid by year and town, year after year; empty unless asked for.
    pub gaps: Vec<f64>,
    /// The first year of the horizon, for years.
    first_year: i64,
}

/// \[分\] Sums of a town.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TownFigures {
    /// Planned.
    pub planned: f64,
    /// Paid.
    pub paid: f64,
    /// Retained funds.
    pub retained: f64,
    /// Of it in the general book.
    pub general: f64,
    /// … in the fund book.
    pub fund: f64,
    /// Its three guarantees unpaid.
    pub guarantees_unpaid: f64,
    /// The first year (by its order) in which something stays unpaid.
    pub first_short: Option<usize>,
}

impl TownFigures {
    /// Coverage; `None` where nothing is planned.
    #[must_use]
    pub fn coverage(&self) -> Option<f64> {
        (self.planned != 0.0).then(|| self.paid / self.planned)
    }
}

impl Figures {
    /// The figures of one town in the place of all; the county's stay as they are.
    #[must_use]
    pub fn of_town(&self, town: usize) -> Self {
        let Some(own) = self.towns.get(town) else { return self.clone() };
        Self {
            planned: own.planned,
            paid: own.paid,
            retained: own.retained,
            general: own.general,
            fund: own.fund,
            guarantees_unpaid: own.guarantees_unpaid,
            towns: vec![*own],
            gaps: Vec::new(),
            ..self.clone()
        }
    }

    /// The lowest coverage of a town.
    #[must_use]
    pub fn lowest_coverage(&self) -> Figure {
        self.towns.iter().filter_map(TownFigures::coverage).min_by(f64::total_cmp).map_or(Figure::None, Figure::Ratio)
    }

    /// Towns in which something stays unpaid in some year.
    #[must_use]
    pub fn towns_short(&self) -> Figure {
        Figure::Whole(self.towns.iter().map(|t| i64::from(t.first_short.is_some())).sum())
    }

    /// The first year in which something stays unpaid anywhere.
    #[must_use]
    pub fn first_shortfall(&self) -> Figure {
        let first = self.towns.iter().filter_map(|t| t.first_short).min().and_then(|year| i64::try_from(year).ok());
        first.map_or(Figure::None, |year| Figure::Whole(self.first_year + year))
    }
}

/// What is wanted of every point.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The lanes.
    pub asked: Asked,
    /// Figures town by town.
    pub by_town: bool,
    /// Gaps by town and year.
    pub by_year: bool,
    /// How many years count.
    pub years: usize,
    /// How many towns there are in all.
    pub towns: usize,
    /// The first year.
    pub first_year: i32,
}

impl Wanted {
    /// Everything set to nothing.
    #[must_use]
    pub fn start(&self) -> Figures {
        Figures {
            broken: self.asked.account.map(|_| 0),
            balance: self.asked.account.map(|_| 0.0),
            towns: vec![TownFigures::default(); if self.by_town { self.towns } else { 0 }],
            gaps: vec![0.0; if self.by_year { self.towns * self.years } else { 0 }],
            first_year: i64::from(self.first_year),
            ..Figures::default()
        }
    }

    /// The figures of a whole run.
    #[must_use]
    pub fn of_run(&self, plan: &Plan, outcome: &Outcome) -> Figures {
        let mut figures = [self.start()];
        let mut tally = Tally { wanted: self, towns: 0..plan.towns, figures: &mut figures };
        for year in 0..plan.years {
            let seen = |at: usize| {
                let lane = self.asked.lanes[at];
                let places = if plan.lane(lane).domain == Domain::Town { plan.towns } else { plan.counties.len() };
                Seen::row_of(outcome.row(lane, year), places)
            };
            tally.year(year, 1, &seen);
        }
        let [figures] = figures;
        figures
    }
}

/// Adds up a block's points, year by year.
pub(super) struct Tally<'t> {
    pub wanted: &'t Wanted,
    /// The towns of the group, by their place in the plan.
    pub towns: Range<usize>,
    /// The block's points.
    pub figures: &'t mut [Figures],
}

impl Observe for Tally<'_> {
    fn year<'a>(&mut self, year: usize, points: usize, asked: &dyn Fn(usize) -> Seen<'a>) {
        if year >= self.wanted.years {
            return;
        }
        let lanes: [Seen<'a>; TOWN_LANES] = std::array::from_fn(asked);
        for (point, figures) in self.figures.iter_mut().enumerate().take(points) {
            let [planned, paid, _, retained, general, fund, unmet] = lanes.map(|lane| lane.total(point));
            figures.planned += planned;
            figures.paid += paid;
            figures.retained += retained;
            figures.general += general;
            figures.fund += fund;
            figures.guarantees_unpaid += unmet;
        }
        self.towns(year, points, &lanes);
        self.counties(year, points, asked);
    }
}

impl Tally<'_> {
    fn towns(&mut self, year: usize, points: usize, [planned, paid, unpaid, retained, general, fund, unmet]: &[Seen<'_>; TOWN_LANES]) {
        for (point, figures) in self.figures.iter_mut().enumerate().take(points) {
            if self.wanted.by_town {
                for (n, town) in figures.towns[self.towns.clone()].iter_mut().enumerate() {
                    town.planned += planned.at(point, n);
                    town.paid += paid.at(point, n);
                    town.retained += retained.at(point, n);
                    town.general += general.at(point, n);
                    town.fund += fund.at(point, n);
                    town.guarantees_unpaid += unmet.at(point, n);
                    if town.first_short.is_none() && unpaid.at(point, n) > 0.0 {
                        town.first_short = Some(year);
                    }
                }
            }
            if self.wanted.by_year {
                let first = year * self.wanted.towns + self.towns.start;
                let row = &mut figures.gaps[first..first + self.towns.len()];
                row.iter_mut().enumerate().for_each(|(n, gap)| *gap = planned.at(point, n) - paid.at(point, n));
            }
        }
    }

    fn counties<'a>(&mut self, year: usize, points: usize, asked: &dyn Fn(usize) -> Seen<'a>) {
        if let Some((receipts, paid)) = &self.wanted.asked.county {
            let (receipts, paid): (Vec<Seen<'a>>, Seen<'a>) = (receipts.iter().map(|at| asked(*at)).collect(), asked(*paid));
            for (point, figures) in self.figures.iter_mut().enumerate().take(points) {
                let received: f64 = receipts.iter().map(|lane| lane.total(point)).sum();
                figures.county += received - paid.total(point);
            }
        }
        let Some(account) = self.wanted.asked.account else { return };
        let [resources, guarantees, balance] = account.map(asked);
        for (point, figures) in self.figures.iter_mut().enumerate().take(points) {
            for county in 0..resources.places() {
                let (have, need) = (resources.at(point, county), guarantees.at(point, county));
                if need != 0.0 {
                    figures.cover = Some(figures.cover.map_or(have / need, |lowest| lowest.min(have / need)));
                }
                figures.broken = figures.broken.map(|years| years + i64::from(have < need));
            }
            if year + 1 == self.wanted.years {
                figures.balance = figures.balance.map(|sum| sum + balance.total(point));
            }
        }
    }
}
