//! How swept values reach the plan: by which rule each cell of each table follows from one of them.
//!
//! The rules are found by trying: the scenario is patched and compiled at several values, and a cell that follows one of the
//! known rules at all of them is computed by it from then on. A scenario whose structure changes, or a cell that follows none or
//! two values at once, is left to whole runs. Corners of the swept range and points within it are compared as well: what is rounded
//! twice looks at most values as if it were rounded once.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::math::uniform::Draws;
use super::subject::Subject;
use super::value::Target;
use crate::base::{
    decimal::divide_half_away,
    ratio::{Ratio, nudge},
};
use crate::plan::{Plan, TableId};
use crate::program::Points;
use crate::scenario::study::Acts;

/// By which rule a cell follows a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// It does not.
    Fixed(f64),
    /// The whole number itself.
    Itself,
    /// A nudged share.
    Share,
    /// What the share leaves, nudged.
    Rest,
    /// A nudged plain number.
    Number,
    /// A multiple of one of the amounts a draw acts on: `R(amount · value ÷ 10^6)`.
    Scaled(i64),
    /// A growth factor: `(constant + R(value · elasticity ÷ 1000)) ÷ 10^9`.
    Factor {
        /// What it is without growth, in 10^-9.
        constant: i64,
        /// Elasticity, in millionths.
        elasticity: i64,
    },
}

impl Rule {
    /// The cell at a value.
    #[inline]
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "values stay below 10^15")]
    pub fn at(self, value: i64) -> f64 {
        match self {
            Self::Fixed(cell) => cell,
            Self::Itself => value as f64,
            Self::Share => Ratio(value).coefficient(),
            Self::Rest => Ratio(value).rest().coefficient(),
            Self::Number => nudge(value as f64 / 1e6),
            Self::Scaled(amount) => divide_half_away(i128::from(amount) * i128::from(value), 1_000_000) as f64,
            Self::Factor { constant, elasticity } => {
                let growth = divide_half_away(i128::from(value) * i128::from(elasticity), 1_000);
                (i128::from(constant) + growth) as f64 / 1e9
            }
        }
    }

    /// The rule that gives these cells at these values; `amounts` are those a draw multiplies, sorted.
    fn of(values: &[i64], cells: &[f64], amounts: &[i64]) -> Option<Self> {
        let first = *cells.first()?;
        let candidates = [Self::Fixed(first), Self::Share, Self::Rest, Self::Number, Self::Itself];
        candidates
            .into_iter()
            .chain(Self::factor(values, cells))
            .chain(Self::scaled(values, cells, amounts))
            .find(|rule| values.iter().zip(cells).all(|(v, c)| rule.at(*v).to_bits() == c.to_bits()))
    }

    /// The only one of the amounts that gives these cells. No other amount is looked for: a product that is rounded twice follows
    /// some amount at most values, and not at all.
    #[expect(clippy::cast_possible_truncation, reason = "an amount, or refused by the comparison")]
    fn scaled(values: &[i64], cells: &[f64], amounts: &[i64]) -> Option<Self> {
        const MILLION: i128 = 1_000_000;
        let (mut low, mut high) = (0_i128, i128::from(i64::MAX));
        for (value, cell) in values.iter().zip(cells).filter(|(value, _)| **value != 0) {
            if *value < 0 || !(0.0..1e15).contains(cell) {
                return None;
            }
            let (twice, cell) = (2 * i128::from(*value), 2 * i128::from(*cell as i64));
            low = low.max(((cell - 1) * MILLION + twice - 1).div_euclid(twice));
            high = high.min(((cell + 1) * MILLION - 1).div_euclid(twice));
        }
        let first = amounts.partition_point(|amount| i128::from(*amount) < low);
        let fits = |at: usize| amounts.get(at).copied().filter(|amount| i128::from(*amount) <= high);
        // Amounts are there once each; of two that fit none is known.
        fits(first).filter(|_| fits(first + 1).is_none()).map(Self::Scaled)
    }

    #[expect(clippy::cast_possible_truncation, reason = "factors are small, and what does not fit is refused by the comparison")]
    fn factor(values: &[i64], cells: &[f64]) -> Option<Self> {
        let (last, span) = (values.len() - 1, values.last()? - values.first()?);
        let scaled = |cell: f64| crate::kernel::round(cell * 1e9) as i64;
        let (low, high) = (scaled(cells[0]), scaled(cells[last]));
        let elasticity = divide_half_away(i128::from(high - low) * 1_000, i128::from(span).max(1)) as i64;
        let growth = divide_half_away(i128::from(values[0]) * i128::from(elasticity), 1_000) as i64;
        // Of a narrower range the elasticity cannot be told from rounding.
        (span > 4_000).then_some(Self::Factor { constant: low - growth, elasticity })
    }
}

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
const MOST_VALUES: usize = 6;

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
    pub fn find(subject: &Subject, targets: &[Target], middle: &[i64], plan: &Plan, ranges: &[(i64, i64)]) -> Result<Self, Unmapped> {
        if ranges.len() > MOST_VALUES {
            return Err(Unmapped::Many);
        }
        let shape = structure(plan);
        let compiled = |values: &[i64]| -> Result<Option<Plan>, Unmapped> {
            let (_, compiled) = subject.at(targets, values).compiled().map_err(|_| Unmapped::Wrong)?;
            Ok(Some(compiled.plan).filter(|plan| structure(plan) == shape))
        };
        let mut cells: BTreeMap<(usize, usize, usize), Cell> = BTreeMap::new();
        for (n, range) in ranges.iter().enumerate() {
            let (mut tried, mut plans) = (Vec::new(), Vec::new());
            let all = trials(*range);
            for value in &all {
                let mut values = middle.to_vec();
                values[n] = *value;
                if let Some(plan) = compiled(&values)? {
                    tried.push(*value);
                    plans.push(plan);
                }
            }
            // At an end the plan may be simpler than between; elsewhere another plan is another model.
            let inner = all.get(1..all.len().saturating_sub(1)).unwrap_or(&[]);
            if tried.len() < 2.min(all.len()) || inner.iter().any(|value| !tried.contains(value)) {
                return Err(Unmapped::Structure);
            }
            follow(plan, &tried, &plans, (n, &amounts(&targets[n])), &mut cells)?;
        }
        let maps = Self::of(plan, &cells);
        for corner in corners(ranges) {
            if let Some(corner_plan) = compiled(&corner)? {
                maps.agree(&corner_plan, &corner, plan)?;
            }
        }
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

/// The amounts a draw multiplies, sorted, each once.
fn amounts(target: &Target) -> Vec<i64> {
    let multiplied = target.several.iter().filter(|several| several.acts == Acts::Times);
    let mut amounts: Vec<i64> = multiplied.flat_map(|several| several.spots.iter().map(|(_, old)| *old)).collect();
    amounts.sort_unstable();
    amounts.dedup();
    amounts
}

/// The rules of the cells that follow one value.
fn follow(middle: &Plan, tried: &[i64], plans: &[Plan], (value, amounts): (usize, &[i64]), cells: &mut BTreeMap<(usize, usize, usize), Cell>) -> Result<(), Unmapped> {
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
                let rule = Rule::of(tried, &found, amounts).filter(|rule| !matches!(rule, Rule::Fixed(_))).ok_or_else(|| Unmapped::Table(own.name.clone()))?;
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

/// Corners of the swept range: rules about sums of values hold between them if they hold at them.
fn corners(ranges: &[(i64, i64)]) -> Vec<Vec<i64>> {
    let corner = |bits: usize| ranges.iter().enumerate().map(|(n, range)| if bits >> n & 1 == 1 { range.1 } else { range.0 }).collect();
    // More values than a few are never asked for their corners.
    (0..1 << ranges.len().min(MOST_VALUES)).map(corner).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 + 1.1 × g + 0.5 %, in 10^-9: at 9 % 1.104, at 0 % 1.005.
    #[test]
    fn a_rule_is_seen_from_its_values() {
        let factor = |v: i64| (1_005_000_000 + v * 1_100) as f64 / 1e9;
        let values = [0, 30_000, 90_000];
        assert_eq!(Rule::of(&values, &values.map(factor), &[]), Some(Rule::Factor { constant: 1_005_000_000, elasticity: 1_100_000 }));
        assert_eq!(Rule::of(&values, &values.map(|v| Ratio(v).coefficient()), &[]), Some(Rule::Share));
        assert_eq!(Rule::of(&values, &values.map(|v| Ratio(v).rest().coefficient()), &[]), Some(Rule::Rest));
        assert_eq!(Rule::of(&[5, 700], &[5.0, 700.0], &[]), Some(Rule::Itself));
        assert_eq!(Rule::of(&[1, 2, 3], &[1.0, 4.0, 9.0], &[]), None);
        assert_eq!(Rule::of(&[1, 2], &[7.0, 7.0], &[]), Some(Rule::Fixed(7.0)));
    }

    /// 10 % of 532,480.118282 万元 is 53,248,011,828 fen, and of one fen more as well: both fit until the factor is larger.
    #[test]
    fn of_amounts_that_small_factors_leave_open_none_is_guessed() {
        let cell = |amount: i64, v: i64| divide_half_away(i128::from(amount) * i128::from(v), 1_000_000) as f64;
        let amount = 532_480_118_282;
        let scaled = |high: i64, amounts: &[i64]| Rule::scaled(&[100_000, high], &[cell(amount, 100_000), cell(amount, high)], amounts);
        assert_eq!(scaled(100_001, &[amount, amount + 1]), None);
        assert_eq!(scaled(100_001, &[5, amount, amount + 200]), Some(Rule::Scaled(amount)));
        assert_eq!(scaled(1_000_000, &[amount, amount + 1]), Some(Rule::Scaled(amount)));
        assert_eq!(scaled(1_000_000, &[]), None, "an amount nobody multiplies is not made up");
    }
}
