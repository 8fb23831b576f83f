//! Solve 求解: the lowest or highest value of a lever at which requirements hold.
//!
//! Where the lever has a step every level is computed. Where it has none, a coarse scan tells where the requirements hold and where
//! not, and every change between the two is narrowed down by halves; where they hold nowhere in the scan, it is repeated ever
//! closer around the value that comes nearest. All values that hold are told, not only the one asked for: a requirement on the
//! county may take from above what one on the towns takes from below.

mod line;
pub mod tables;
pub mod words;

use std::collections::BTreeMap;

pub use line::Line;

use super::condition::{Condition, Who};
use super::evaluate::Evaluator;
use super::figures::{Figures, Wanted};
use super::inputs::Input;
use super::measure::Figure;
use super::subject::Failed;
use super::wrong::Wrong;
use crate::base::when::Year;
use crate::measure::Run;

/// A lever's values as far as they were computed.
#[derive(Debug)]
pub struct Search<'e> {
    evaluator: &'e Evaluator,
    /// The lever.
    pub input: &'e Input,
    /// What must hold.
    pub conditions: Vec<Condition>,
    line: Line,
    /// Horizons asked for: the whole one, then that of every condition that ends earlier.
    horizons: Vec<(Option<Year>, Wanted)>,
    known: BTreeMap<i64, Result<Vec<Figures>, Failed>>,
}

/// A value that was tried, judged.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Verdict {
    value: i64,
    holds: bool,
    /// The largest shortfall of a condition, as a share of what it asks.
    worst: f64,
    /// All shortfalls together.
    all: f64,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// Of whom.
    pub who: Who,
    /// The lowest (or highest) value that meets everything.
    pub answer: Option<i64>,
    /// Where there is none: the value with the smallest worst shortfall.
    pub nearest: Option<i64>,
    /// All values that meet everything, from–to.
    pub intervals: Vec<(i64, i64)>,
    /// What fails one step beyond the answer, by order of the conditions.
    pub binding: Vec<usize>,
    /// Conditions whose measure rises and falls along the lever.
    pub uneven: Vec<usize>,
}

/// A condition at a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    /// What the measure is.
    pub figure: Figure,
    /// How much is missing; 0 where it holds.
    pub missing: f64,
}

impl<'e> Search<'e> {
    /// Over a lever. The evaluator's only number is the lever's.
    ///
    /// # Errors
    /// Too many levels, or none; nothing asked.
    pub fn new(evaluator: &'e Evaluator, input: &'e Input, conditions: Vec<Condition>) -> Result<Self, Wrong> {
        if conditions.is_empty() {
            return Err(Wrong::coded(crate::diag::Code::E735, &input.key, "没有写要求", "nothing is required"));
        }
        let mut horizons = vec![(None, evaluator.wanted(true, false, None))];
        for by in conditions.iter().filter_map(|c| c.by) {
            if !horizons.iter().any(|(known, _)| *known == Some(by)) {
                horizons.push((Some(by), evaluator.wanted(true, false, Some(by))));
            }
        }
        Ok(Self { evaluator, input, conditions, line: Line::of(input)?, horizons, known: BTreeMap::new() })
    }

    /// Finds the lowest (or highest) value for someone.
    pub fn solve(&mut self, who: Who, lowest: bool) -> Solution {
        let first = self.line.scan();
        self.try_all(&first);
        if self.line.is_fine() {
            self.close_in(who, lowest);
            self.halve(who);
        }
        self.solution(who, lowest)
    }

    /// The values that were tried, in order.
    pub fn tried(&self) -> impl Iterator<Item = i64> + '_ {
        self.known.keys().copied()
    }

    /// The figures of a value over the whole horizon, or why there are none.
    #[must_use]
    pub fn figures(&self, value: i64) -> Option<&Result<Vec<Figures>, Failed>> {
        self.known.get(&value)
    }

    /// The lowest and highest value of the lever.
    #[must_use]
    pub fn range(&self) -> (i64, i64) {
        self.line.range()
    }

    /// Whether only the lever's own values were tried, and none between them.
    #[must_use]
    pub const fn is_stepped(&self) -> bool {
        !self.line.is_fine()
    }

    /// The figures of a value up to a year.
    #[must_use]
    pub fn figures_by(&self, value: i64, by: Option<Year>) -> Option<&Figures> {
        let all = self.known.get(&value)?.as_ref().ok()?;
        all.get(self.horizons.iter().position(|(known, _)| *known == by)?)
    }

    /// A condition at a value; `None` where the value was not tried or cannot be computed.
    #[must_use]
    pub fn reached(&self, value: i64, condition: &Condition, who: Who) -> Option<Reached> {
        let figure = condition.figure(self.figures_by(value, condition.by)?, who);
        Some(Reached { figure, missing: condition.missing(figure) })
    }

    /// Whether a value meets everything; `None` where it was not tried.
    #[must_use]
    pub fn holds(&self, value: i64, who: Who) -> Option<bool> {
        self.known.contains_key(&value).then(|| self.verdict(value, who).holds)
    }

    /// The largest shortfall at a value, as a share of what is asked.
    #[must_use]
    pub fn worst(&self, value: i64, who: Who) -> f64 {
        self.verdict(value, who).worst
    }

    /// A value as a run of its own, for what no measure tells: which county, in which year.
    #[must_use]
    pub fn run(&self, value: i64) -> Option<Run> {
        self.evaluator.run(&[value]).ok()
    }

    /// The names of the towns, in the order of the plan.
    #[must_use]
    pub fn towns(&self) -> Vec<&str> {
        let (scenario, plan) = (&self.evaluator.scenario, &self.evaluator.compiled);
        plan.towns.iter().map(|town| scenario.towns[*town].name.as_str()).collect()
    }

    fn try_all(&mut self, values: &[i64]) {
        let mut new: Vec<i64> = values.iter().copied().filter(|value| !self.known.contains_key(value)).collect();
        new.sort_unstable();
        new.dedup();
        if new.is_empty() {
            return;
        }
        let by_horizon: Vec<Vec<Result<Figures, Failed>>> = self.horizons.iter().map(|(_, wanted)| self.evaluator.points(&new, wanted)).collect();
        let mut columns: Vec<_> = by_horizon.into_iter().map(Vec::into_iter).collect();
        for value in new {
            let row: Result<Vec<Figures>, Failed> = columns.iter_mut().filter_map(Iterator::next).collect();
            self.known.insert(value, row);
        }
    }

    fn verdict(&self, value: i64, who: Who) -> Verdict {
        let shortfall = |c: &Condition| self.figures_by(value, c.by).map_or(f64::INFINITY, |figures| c.shortfall(figures, who));
        let shortfalls: Vec<f64> = self.conditions.iter().map(shortfall).collect();
        let worst = shortfalls.iter().copied().fold(0.0, f64::max);
        Verdict { value, holds: worst <= 0.0, worst, all: shortfalls.iter().sum() }
    }

    fn verdicts(&self, who: Who) -> Vec<Verdict> {
        self.known.keys().map(|value| self.verdict(*value, who)).collect()
    }

    /// Where nothing holds yet: the scan again, ever closer around what comes nearest.
    fn close_in(&mut self, who: Who, lowest: bool) {
        loop {
            let verdicts = self.verdicts(who);
            let Some(at) = nearest(&verdicts, lowest).filter(|_| verdicts.iter().all(|v| !v.holds)) else { return };
            let around = (at.saturating_sub(1), (at + 1).min(verdicts.len() - 1));
            let between = self.line.between(verdicts[around.0].value, verdicts[around.1].value);
            let before = self.known.len();
            self.try_all(&between);
            if self.known.len() == before {
                return;
            }
        }
    }

    /// Every change between holding and not, by halves down to the finest step.
    fn halve(&mut self, who: Who) {
        loop {
            let verdicts = self.verdicts(who);
            let changes = verdicts.windows(2).filter(|pair| pair[0].holds != pair[1].holds);
            let middles: Vec<i64> = changes.filter_map(|pair| self.line.middle(pair[0].value, pair[1].value)).collect();
            if middles.is_empty() {
                return;
            }
            self.try_all(&middles);
        }
    }

    fn solution(&self, who: Who, lowest: bool) -> Solution {
        let verdicts = self.verdicts(who);
        let runs: Vec<&[Verdict]> = verdicts.chunk_by(|a, b| a.holds == b.holds).collect();
        let holding = runs.iter().filter(|run| run[0].holds);
        let intervals: Vec<(i64, i64)> = holding.filter_map(|run| Some((run.first()?.value, run.last()?.value))).collect();
        let answer = if lowest { intervals.first().map(|i| i.0) } else { intervals.last().map(|i| i.1) };
        let nearest = if answer.is_some() { None } else { nearest(&verdicts, lowest).map(|at| verdicts[at].value) };
        let beyond = answer.and_then(|answer| {
            let at = verdicts.iter().position(|v| v.value == answer)?;
            if lowest { verdicts.get(at.checked_sub(1)?) } else { verdicts.get(at + 1) }
        });
        let fails = |value: i64, n: &usize| self.reached(value, &self.conditions[*n], who).is_some_and(|r| r.missing > 0.0);
        let all = 0..self.conditions.len();
        let binding = beyond.map_or_else(Vec::new, |v| all.clone().filter(|n| fails(v.value, n)).collect());
        let uneven = all.filter(|n| self.is_uneven(&self.conditions[*n], who)).collect();
        Solution { who, answer, nearest, intervals, binding, uneven }
    }

    fn is_uneven(&self, condition: &Condition, who: Who) -> bool {
        let figures: Vec<f64> = self.known.keys().filter_map(|v| condition.measure.rank(self.reached(*v, condition, who)?.figure)).collect();
        let (mut rises, mut falls) = (false, false);
        for pair in figures.windows(2) {
            rises |= pair[1] > pair[0];
            falls |= pair[1] < pair[0];
        }
        rises && falls
    }
}

/// The smallest worst shortfall, then the smallest sum of them; of equals the one asked for: the lowest or the highest value.
fn nearest(verdicts: &[Verdict], lowest: bool) -> Option<usize> {
    let order = |a: &Verdict, b: &Verdict| a.worst.total_cmp(&b.worst).then(a.all.total_cmp(&b.all)).then(if lowest { a.value.cmp(&b.value) } else { b.value.cmp(&a.value) });
    let computed = verdicts.iter().enumerate().filter(|(_, v)| v.worst.is_finite());
    computed.min_by(|a, b| order(a.1, b.1)).map(|(at, _)| at)
}
