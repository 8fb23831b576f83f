//! A formula at one year and town: the plan's neutral expression with every reference made definite.
//!
//! What does not bear on the value at hand is left out (the branch not taken, a limit that repeats its own base), so that
//! the formula can be said aloud; it still gives the value to the fen.

use super::Key;
use crate::plan::expr::Expr;
use crate::plan::table::Shown;
use crate::plan::{Lane, Plan};

/// A formula over definite figures.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// A figure that is explained in turn.
    Key(Key),
    /// A number of the program.
    Number(f64),
    /// Sum of the first minus sum of the second.
    Sum(Vec<Self>, Vec<Self>),
    /// Product, from left to right.
    Product(Vec<Self>),
    /// Quotient; not defined where the divisor is nothing.
    Quotient(Box<Self>, Box<Self>),
    /// Rounded half away from zero.
    Round(Box<Self>),
    /// The first, which lies within the second: at most (`true`) or at least it.
    Within(Box<Self>, Box<Self>, bool),
    /// The first to the power of the second, to nine decimals.
    Power(Box<Self>, Box<Self>),
    /// What a town gets of a pool: left × weight ÷ weights in whole steps, and what it has of the residue.
    Share {
        /// \[分\] What is left for the towns at no limit.
        left: Key,
        /// The town's weight.
        weight: Key,
        /// Their weights.
        weights: Key,
        /// \[分\] The step.
        unit: f64,
        /// \[分\] Its part of the residue.
        residue: f64,
    },
    /// What a stage recorded, with what it looked at.
    Given(f64, Vec<Key>),
}

/// Where a formula is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    pub plan: &'a Plan,
    pub lane: Lane,
    pub year: usize,
    pub place: usize,
}

impl Formula {
    /// Its value, given those of the figures it names. What is not defined is no number.
    pub fn eval(&self, value: &dyn Fn(Key) -> f64) -> f64 {
        let of = |f: &Self| f.eval(value);
        let sum = |all: &[Self]| all.iter().map(of).sum::<f64>();
        match self {
            Self::Key(key) => value(*key),
            Self::Number(number) | Self::Given(number, _) => *number,
            Self::Sum(plus, minus) => sum(plus) - sum(minus),
            Self::Product(factors) => factors.iter().map(of).reduce(|a, b| a * b).unwrap_or(1.0),
            Self::Quotient(a, b) => {
                let divisor = of(b);
                if divisor == 0.0 { f64::NAN } else { of(a) / divisor }
            }
            Self::Round(inner) => round(of(inner)),
            Self::Within(inner, limit, true) => of(inner).min(of(limit)),
            Self::Within(inner, limit, false) => of(inner).max(of(limit)),
            Self::Power(base, exponent) => round(libm::pow(of(base), of(exponent)) * 1e9) / 1e9,
            Self::Share { left, weight, weights, unit, residue } => cut(value(*left), value(*weight), value(*weights), *unit) + residue,
        }
    }

    /// The figures it rests on, in the order they are named; of a limit that does not bind only what it limits, unless `all`.
    #[must_use]
    pub fn keys(&self, all: bool) -> Vec<Key> {
        let mut found = Vec::new();
        self.collect(all, &mut found);
        let mut seen = std::collections::HashSet::new();
        found.retain(|key| seen.insert(*key));
        found
    }

    fn collect(&self, all: bool, found: &mut Vec<Key>) {
        match self {
            Self::Key(key) => found.push(*key),
            Self::Number(_) => {}
            Self::Given(_, keys) => found.extend(keys),
            Self::Sum(plus, minus) => plus.iter().chain(minus).for_each(|f| f.collect(all, found)),
            Self::Product(factors) => factors.iter().for_each(|f| f.collect(all, found)),
            Self::Quotient(a, b) | Self::Power(a, b) => [a, b].into_iter().for_each(|f| f.collect(all, found)),
            Self::Round(inner) => inner.collect(all, found),
            Self::Within(inner, limit, _) => {
                inner.collect(all, found);
                // Where nothing else is named, the limit is what the value rests on.
                if all || found.is_empty() {
                    limit.collect(all, found);
                }
            }
            Self::Share { left, weight, weights, .. } => found.extend([left, weight, weights]),
        }
    }

    /// Whether it is nothing but another figure.
    #[must_use]
    pub const fn same(&self) -> Option<Key> {
        if let Self::Key(key) = self { Some(*key) } else { None }
    }

    /// Whether figures of nothing may be left out of it.
    #[must_use]
    pub const fn is_sum(&self) -> bool {
        matches!(self, Self::Sum(..) | Self::Given(..))
    }

    /// Makes an expression definite.
    pub(super) fn of(expr: &Expr, at: At<'_>, value: &dyn Fn(Key) -> f64) -> Self {
        let make = |e: &Expr| Self::of(e, at, value);
        let worth = |f: &Self| f.eval(value);
        match expr {
            Expr::Lane(lane) => Self::Key(Key::Lane(*lane, at.year, at.place)),
            Expr::Before(lane, lag, _) if at.year >= *lag => Self::Key(Key::Lane(*lane, at.year - lag, at.place)),
            Expr::Before(_, _, opening) => make(opening),
            Expr::Table(table) => Self::Key(Key::Table(*table, at.year, at.place)),
            Expr::Number(number) => constant(*number, at),
            Expr::Sum(plus, minus) => match (&plus[..], &minus[..]) {
                ([one], []) => make(one),
                _ => Self::Sum(plus.iter().map(make).collect(), minus.iter().map(make).collect()),
            },
            Expr::Product(factors) => product(factors.iter().map(make).collect(), at, value),
            Expr::Quotient(a, b, none) => {
                let (b, none) = (make(b), make(none));
                if worth(&b) == 0.0 { none } else { Self::Quotient(Box::new(make(a)), Box::new(b)) }
            }
            Expr::Round(inner) => match make(inner) {
                whole if is_whole(&whole, at.plan) => whole,
                inner => Self::Round(Box::new(inner)),
            },
            Expr::Min(a, b) => within(make(a), make(b), true, value),
            Expr::Max(a, b) => within(make(a), make(b), false, value),
            Expr::If(a, b, yes, no) => {
                if worth(&make(a)) > worth(&make(b)) {
                    make(yes)
                } else {
                    make(no)
                }
            }
            Expr::OverTowns(lane) => {
                let towns = at.plan.counties.get(at.place).cloned().unwrap_or_default();
                match towns.len() {
                    1 => Self::Key(Key::Lane(*lane, at.year, towns.start)),
                    _ => Self::Sum(towns.map(|town| Self::Key(Key::Lane(*lane, at.year, town))).collect(), Vec::new()),
                }
            }
            Expr::Power(base, exponent) => Self::Power(Box::new(make(base)), Box::new(make(exponent))),
            Expr::Of(lane, from) => match from.get(at.place).copied().flatten() {
                Some(town) => Self::Key(Key::Lane(*lane, at.year, town)),
                None => Self::Number(0.0),
            },
        }
    }
}

/// A product without factors of one (a rule in force, a year without growth); of nothing where a switch is off.
pub(super) fn product(factors: Vec<Formula>, at: At<'_>, value: &dyn Fn(Key) -> f64) -> Formula {
    let is_made = |f: &Formula| matches!(f, Formula::Key(Key::Table(table, ..)) if matches!(at.plan.tables[table.0 as usize].shown, Shown::Flag | Shown::Factor));
    let is_on = |f: &Formula| is_made(f) && f.eval(value) == 1.0;
    let mut kept: Vec<Formula> = factors.into_iter().filter(|f| *f != Formula::Number(1.0) && !is_on(f)).collect();
    match kept.len() {
        0 => Formula::Number(1.0),
        1 => kept.remove(0),
        _ => Formula::Product(kept),
    }
}

/// The one of two that counts, within the other. A limit that is nothing, or what the amount is a part of, is not worth a word.
fn within(a: Formula, b: Formula, upper: bool, value: &dyn Fn(Key) -> f64) -> Formula {
    let (x, y) = (a.eval(value), b.eval(value));
    let takes_first = if upper { x <= y } else { x >= y };
    let zero = Formula::Number(0.0);
    // Nothing stands in for the figure only where the figure lies on the wrong side of it.
    if a == zero && !takes_first || b == zero && takes_first {
        return if a == zero { b } else { a };
    }
    let (chosen, limit) = if takes_first || x == y && b == zero { (a, b) } else { (b, a) };
    let known = chosen.keys(true);
    let is_known = !known.is_empty() && limit.keys(true).iter().all(|key| known.contains(key));
    if is_known { chosen } else { Formula::Within(Box::new(chosen), Box::new(limit), upper) }
}

/// Numbers the program itself brings: nothing and one, counts, units of area, scales.
fn is_of_program(number: f64) -> bool {
    number.fract() == 0.0 || is_unit(number)
}

/// 0.01 亩 to 亩, or to square metres.
pub(super) fn is_unit(number: f64) -> bool {
    (number - 0.01).abs() < 1e-9 || (number - 6.6667).abs() < 1e-9
}

fn constant(number: f64, at: At<'_>) -> Formula {
    if is_of_program(number) { Formula::Number(number) } else { Formula::Key(Key::Constant(number.to_bits(), at.lane)) }
}

/// Whether rounding changes nothing: a figure that is whole by itself.
fn is_whole(formula: &Formula, plan: &Plan) -> bool {
    match formula {
        Formula::Key(Key::Lane(lane, ..)) => plan.lane(*lane).unit != crate::plan::Unit::One,
        Formula::Key(Key::Table(table, ..)) => matches!(plan.tables[table.0 as usize].shown, Shown::Fen | Shown::Flag),
        Formula::Number(number) => number.fract() == 0.0,
        _ => false,
    }
}

fn round(x: f64) -> f64 {
    (x.abs() + 0.5).floor().copysign(x)
}

/// left × weight ÷ weights, cut down to whole steps, in whole numbers.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "whole numbers below 2^53")]
pub(super) fn cut(left: f64, weight: f64, weights: f64, unit: f64) -> f64 {
    let step = (weights as i128).saturating_mul(unit as i128);
    if step <= 0 { 0.0 } else { ((left as i128).saturating_mul(weight as i128) / step * unit as i128) as f64 }
}
