//! How swept values reach the plan: by which rule each cell of each table follows from one of them.
//!
//! The rules are found by trying: the scenario is patched and compiled at several values, and a cell that follows one of the
//! known rules at all of them is computed by it from then on. A scenario whose structure changes, or a cell that follows none or
//! two values at once, is left to whole runs. Corners of the swept range and points within it are compared as well: what is rounded
//! twice looks at most values as if it were rounded once.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::math::uniform::Draws;
use super::rule::{Known, Rule};
use super::subject::Subject;
use super::value::Target;
use crate::base::{ratio::Ratio, when::Year};
use crate::plan::{Plan, TableId};
use crate::program::Points;
use crate::rules::param::Growth;
use crate::scenario::{Scenario, study::Acts};

/// A cell that follows one value.
#[derive(Clone, Copy, Debug)]
struct Cell {
    /// Which value, by its order in a point.
    value: usize,
    rule: Rule,
}

/// A table some cells of which follow values.
#[derive(Clone, Debug)]
struct Mapped {
    /// How many cells a year has: 1, or one a place.
    width: usize,
    cells: Vec<Cell>,
    /// For every year whether its cells differ from those of the year before.
    changes: Vec<bool>,
}

/// Why whole runs are needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmapped {
    /// The scenario is wrong at an end of the swept range: a point may fail by itself.
    Wrong,
    /// More values are swept than are tried one by one.
    Many,
    /// Something else than a table's values changes.
    Structure,
    /// A cell of this table follows no known rule.
    Table(String),
}

/// All tables that follow swept values.
#[derive(Clone, Debug)]
pub struct Maps {
    /// Which tables of the plan.
    pub tables: Vec<TableId>,
    mapped: Vec<Mapped>,
}

/// More values than this are not tried one by one: points are whole runs.
const MOST_VALUES: usize = 64;
/// Of more values than this not all corners are tried, but as many at random: any three values meet in each of their eight ways, more
/// likely than not several times.
const ALL_CORNERS: usize = 6;

/// How many points within the ranges are compared before the rules are trusted.
pub(super) const INNER: u64 = 64;

/// One of them, always the same.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a place within a range, near enough")]
pub(super) fn inner(ranges: &[(i64, i64)], draws: Draws, n: u64) -> Vec<i64> {
    let within = |(value, (low, high)): (u32, &(i64, i64))| (low + (draws.uniform(0, n, value) * (high - low) as f64) as i64).clamp(*low, *high);
    (0..).zip(ranges).map(within).collect()
}

/// The values a swept number is tried at, from its lowest to its highest.
///
/// The parts are uneven, so that a rule that only happens to hold at the ends and the middle is seen through; the second and the
/// last but one stand in for an end at which the plan is simpler (nothing is taken at 0 %).
fn trials((low, high): (i64, i64)) -> Vec<i64> {
    let span = high - low;
    let near = (span / 97).max(1).min(span);
    let mut trials = vec![low, low + near, low + span / 3, low + span / 7 * 4, high - near, high];
    trials.sort_unstable();
    trials.dedup();
    trials
}

impl Maps {
    /// Finds the rules; `middle` is the plan with every value at its middle, `ranges` are lowest and highest.
    ///
    /// # Errors
    /// Why it cannot be done.
    pub fn find(subject: &Subject, targets: &[Target], middle: &[i64], (scenario, plan): (&Scenario, &Plan), ranges: &[(i64, i64)]) -> Result<Self, Unmapped> {
        if ranges.len() > MOST_VALUES {
            return Err(Unmapped::Many);
        }
        let shape = structure(plan);
        let indices = indices(scenario);
        let compiled = |values: &[i64]| -> Result<Option<Plan>, Unmapped> {
            let (_, compiled) = subject.at(targets, values).compiled().map_err(|_| Unmapped::Wrong)?;
            Ok(Some(compiled.plan).filter(|plan| structure(plan) == shape))
        };
        let mut cells: BTreeMap<(usize, usize, usize), Cell> = BTreeMap::new();
        for (n, range) in ranges.iter().enumerate() {
            let (mut tried, mut plans) = (Vec::new(), Vec::new());
            let all = trials(*range);
            let at = |value: &i64| {
                let mut values = middle.to_vec();
                values[n] = *value;
                compiled(&values)
            };
            for (value, found) in all.iter().zip(all.par_iter().map(at).collect::<Vec<_>>()) {
                if let Some(plan) = found? {
                    tried.push(*value);
                    plans.push(plan);
                }
            }
            // At an end the plan may be simpler than between; elsewhere another plan is another model.
            let inner = all.get(1..all.len().saturating_sub(1)).unwrap_or(&[]);
            if tried.len() < 2.min(all.len()) || inner.iter().any(|value| !tried.contains(value)) {
                return Err(Unmapped::Structure);
            }
            let known = Known { amounts: amounts(&targets[n]), indices: &indices };
            follow(plan, &tried, &plans, (n, &known), &mut cells)?;
        }
        let maps = Self::of(plan, &cells);
        corners(ranges).into_par_iter().try_for_each(|corner| match compiled(&corner)? {
            Some(corner_plan) => maps.agree(&corner_plan, &corner, plan),
            None => Ok(()),
        })?;
        let draws = Draws::new(0);
        (0..INNER).into_par_iter().try_for_each(|n| {
            let within = inner(ranges, draws, n);
            let inner_plan = compiled(&within)?.ok_or(Unmapped::Structure)?;
            maps.agree(&inner_plan, &within, plan)
        })?;
        Ok(maps)
    }

    fn of(plan: &Plan, cells: &BTreeMap<(usize, usize, usize), Cell>) -> Self {
        let mut tables: Vec<usize> = cells.keys().map(|(table, _, _)| *table).collect();
        tables.dedup();
        let map = |table: &usize| {
            let uniform = plan.tables[*table].width == 1;
            let width = if uniform { 1 } else { plan.tables[*table].width };
            let cell = |year: usize, place: usize| {
                let fixed = Cell { value: 0, rule: Rule::Fixed(plan.tables[*table].at(year, place)) };
                cells.get(&(*table, year, place)).copied().unwrap_or(fixed)
            };
            let all: Vec<Cell> = (0..plan.years).flat_map(|year| (0..width).map(move |place| (year, place))).map(|(year, place)| cell(year, place)).collect();
            let same = |year: usize| {
                let row = |year: usize| &all[year * width..(year + 1) * width];
                row(year).iter().zip(row(year - 1)).all(|(a, b)| a.rule == b.rule && (a.value == b.value || matches!(a.rule, Rule::Fixed(_))))
            };
            let changes = (0..plan.years).map(|year| year == 0 || !same(year)).collect();
            Mapped { width, cells: all, changes }
        };
        let mapped = tables.iter().map(map).collect();
        let tables = tables.into_iter().map(|table| TableId(u32::try_from(table).unwrap_or(u32::MAX))).collect();
        Self { tables, mapped }
    }

    /// Whether the rules give a plan's own tables.
    fn agree(&self, plan: &Plan, values: &[i64], middle: &Plan) -> Result<(), Unmapped> {
        for (n, table) in plan.tables.iter().enumerate() {
            let mapped = self.tables.iter().position(|t| t.0 as usize == n).map(|at| &self.mapped[at]);
            let Some(mapped) = mapped else {
                // What follows no value alone must not follow several together.
                if table.values != middle.tables[n].values {
                    return Err(Unmapped::Table(table.name.clone()));
                }
                continue;
            };
            for year in 0..plan.years {
                for place in 0..mapped.width.max(table.width) {
                    let cell = mapped.at(year, place);
                    if cell.rule.at(values[cell.value]).to_bits() != table.at(year, place).to_bits() {
                        return Err(Unmapped::Table(table.name.clone()));
                    }
                }
            }
        }
        Ok(())
    }
}

impl Mapped {
    #[inline]
    fn at(&self, year: usize, place: usize) -> Cell {
        self.cells[year * self.width + if self.width == 1 { 0 } else { place }]
    }
}

/// Everything of a plan but the values of its tables and projects' amounts, as text.
fn structure(plan: &Plan) -> String {
    let names: Vec<(&str, usize)> = plan.lanes.iter().map(|lane| (lane.name.as_str(), lane.domain as usize)).collect();
    let tables: Vec<&str> = plan.tables.iter().map(|table| table.name.as_str()).collect();
    format!("{names:?}{tables:?}{:?}{:?}{:?}{:?}{:?}", plan.ops, plan.projects, plan.pools, plan.competitions, plan.closures)
}

/// By what a value may have grown: the products of growth factors from any year to any later one, of every driver and every rate that is
/// written, sorted, each once.
fn indices(scenario: &Scenario) -> Vec<f64> {
    let rates = scenario.leaves.iter().map(|(_, leaf)| leaf).filter(|leaf| leaf.path.ends_with(".grows_by")).map(|leaf| Growth::from(Ratio(leaf.value)));
    let growths: Vec<Growth> = (0..scenario.drivers.factors.len()).map(Growth::Driver).chain(rates).collect();
    let dates = scenario.leaves.iter().filter_map(|(_, leaf)| leaf.from).map(|day| day.year);
    let since: BTreeSet<Year> = dates.filter(|year| (scenario.base_year - 50..scenario.last_year).contains(year)).collect();
    let index = |growth: &Growth, since: Year, year: Year| scenario.drivers.index(growth, since, year);
    let years = |since: Year| since.max(scenario.first_year - 1) + 1..=scenario.last_year;
    let mut indices: Vec<f64> = growths.iter().flat_map(|growth| since.iter().flat_map(move |from| years(*from).map(move |year| index(growth, *from, year)))).collect();
    indices.sort_unstable_by(f64::total_cmp);
    indices.dedup_by(|a, b| a.to_bits() == b.to_bits());
    indices
}

/// The amounts a draw multiplies, sorted, each once.
fn amounts(target: &Target) -> Vec<i64> {
    let multiplied = target.several.iter().filter(|several| several.acts == Acts::Times);
    let mut amounts: Vec<i64> = multiplied.flat_map(|several| several.spots.iter().map(|(_, old)| *old)).collect();
    amounts.sort_unstable();
    amounts.dedup();
    amounts
}

/// The rules of the cells that follow one value.
fn follow(middle: &Plan, tried: &[i64], plans: &[Plan], (value, known): (usize, &Known<'_>), cells: &mut BTreeMap<(usize, usize, usize), Cell>) -> Result<(), Unmapped> {
    for (table, own) in middle.tables.iter().enumerate() {
        let rows: Vec<_> = plans.iter().map(|plan| &plan.tables[table]).collect();
        if rows.iter().all(|row| row.values == own.values && row.width == own.width) {
            continue;
        }
        // A table that is the same for all towns at one value and not at another has no simple rule.
        if rows.iter().any(|row| row.width != own.width) {
            return Err(Unmapped::Table(own.name.clone()));
        }
        for year in 0..middle.years {
            for place in 0..own.width {
                let found: Vec<f64> = rows.iter().map(|row| row.at(year, place)).collect();
                if found.iter().all(|cell| cell.to_bits() == own.at(year, place).to_bits()) {
                    continue;
                }
                let rule = Rule::of(tried, &found, known).filter(|rule| !matches!(rule, Rule::Fixed(_))).ok_or_else(|| Unmapped::Table(own.name.clone()))?;
                if cells.insert((table, year, place), Cell { value, rule }).is_some() {
                    return Err(Unmapped::Table(own.name.clone()));
                }
            }
        }
    }
    Ok(())
}

/// Points to compare with whole runs before the rules are trusted: corners and ends, where the plan may be simpler, and the middle.
#[must_use]
pub fn samples(middle: &[i64], ranges: &[(i64, i64)]) -> Vec<Vec<i64>> {
    let ends = ranges.iter().enumerate().flat_map(|(n, (low, high))| {
        [*low, *high].map(|value| {
            let mut values = middle.to_vec();
            values[n] = value;
            values
        })
    });
    corners(ranges).into_iter().chain(ends).chain([middle.to_vec()]).collect()
}

/// Corners of the swept range: rules about sums of values hold between them if they hold at them. Of many values as many corners are
/// taken as of few, always the same.
fn corners(ranges: &[(i64, i64)]) -> Vec<Vec<i64>> {
    let few = ranges.len() <= ALL_CORNERS;
    let draws = Draws::new(1);
    let is_high = |bits: u64, n: u32| if few { bits >> n & 1 == 1 } else { draws.uniform(0, bits, n) < 0.5 };
    let corner = |bits: u64| (0..).zip(ranges).map(|(n, range)| if is_high(bits, n) { range.1 } else { range.0 }).collect();
    (0..1 << ranges.len().min(ALL_CORNERS)).map(corner).collect()
}

/// Points of a study: their values one after another, and the rules by which tables follow them.
#[derive(Clone, Copy, Debug)]
pub struct Mapping<'m> {
    /// The rules.
    pub maps: &'m Maps,
    /// All values, point after point.
    pub values: &'m [i64],
    /// How many values a point has.
    pub width: usize,
}

impl Points for Mapping<'_> {
    fn is_uniform(&self, table: usize) -> bool {
        self.maps.mapped[table].width == 1
    }

    #[inline]
    fn value(&self, table: usize, point: usize, year: usize, place: usize) -> f64 {
        let cell = self.maps.mapped[table].at(year, place);
        cell.rule.at(self.values[point * self.width + cell.value])
    }

    fn changes(&self, table: usize, year: usize) -> bool {
        self.maps.mapped[table].changes[year]
    }
}
