//! Sobol' indices 索博尔敏感性指数: which inputs make a result vary.
//!
//! The share of the variance an input explains alone (first index 一阶指数) and with all that involve it (total index 总效应指数). Design and
//! estimators of A. Saltelli et al., Computer Physics Communications 181 (2010) 259–270; the total index is that of M. J. W. Jansen (1999),
//! the second-order index that of Saltelli (2002). Layout, centring and intervals as `sobol.analyze` of SALib 1.6, so results can be compared.

use super::bootstrap::{Bootstrap, Estimate, mean};
use super::fault::{Fault, MOST_INPUTS, finite};

/// A share of the largest total index: intervals wider than this are called wide.
pub const WIDE: f64 = 0.10;

/// How far Σ first indices may exceed 1, or Σ total indices fall short of it, before that is called impossible.
pub const SLACK: f64 = 0.05;

/// The layout of a Saltelli design 设计矩阵: for every base point the rows A, AB₁ … AB_D, (BA₁ … BA_D,) B.
///
/// Base points have 2·D coordinates: the first D are a row of A, the others a row of B. AB_d is A with input d from B.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saltelli {
    base: u64,
    inputs: u32,
    second_order: bool,
}

/// Which matrix a row belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matrix {
    /// All inputs from the first half of the base point.
    A,
    /// All from the second half.
    B,
    /// A, but this input from B.
    Ab(u32),
    /// B, but this input from A.
    Ba(u32),
}

/// A row of the design: a base point and the matrix it is read into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The base point, from 0.
    pub base: u64,
    /// The matrix.
    pub matrix: Matrix,
    inputs: u32,
}

impl Row {
    /// The coordinate of the base point (0 … 2·D − 1) from which input `input` (0 … D − 1) is taken.
    #[must_use]
    pub const fn coordinate(self, input: u32) -> u32 {
        let from_b = match self.matrix {
            Matrix::A => false,
            Matrix::B => true,
            Matrix::Ab(other) => other == input,
            Matrix::Ba(other) => other != input,
        };
        if from_b { self.inputs.saturating_add(input) } else { input }
    }
}

impl Saltelli {
    /// `base` base points (a power of two with Sobol' points) of `inputs` inputs; `second_order` adds the rows BA for pairs.
    ///
    /// # Errors
    /// No point or input; more rows than 2^64 − 1, or inputs than 2^20.
    pub fn new(base: u64, inputs: u32, second_order: bool) -> Result<Self, Fault> {
        if base == 0 || inputs == 0 {
            return Err(Fault::Empty("points or inputs"));
        }
        let design = Self { base, inputs, second_order };
        let countable = base.checked_mul(design.step()).is_some() && inputs <= MOST_INPUTS;
        if countable { Ok(design) } else { Err(Fault::TooMany("rows or inputs")) }
    }

    /// Rows a base point.
    const fn step(&self) -> u64 {
        self.inputs as u64 * (1 + self.second_order as u64) + 2
    }

    /// Coordinates of a base point: 2·D.
    #[must_use]
    pub const fn coordinates(&self) -> u32 {
        self.inputs.saturating_mul(2)
    }

    /// Rows of the design: base points × (D + 2), or × (2·D + 2) with second order.
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.base * self.step()
    }

    /// Row `number`, from 0; `None` past the last.
    #[must_use]
    pub const fn row(&self, number: u64) -> Option<Row> {
        if number >= self.rows() {
            return None;
        }
        let place = number % self.step();
        let inputs = self.inputs as u64;
        let matrix = if place == 0 {
            Matrix::A
        } else if place == self.step() - 1 {
            Matrix::B
        } else if place <= inputs {
            Matrix::Ab((place - 1) as u32)
        } else {
            Matrix::Ba((place - 1 - inputs) as u32)
        };
        Some(Row { base: number / self.step(), matrix, inputs: self.inputs })
    }

    /// The indices of a result, from its value at every row in order.
    ///
    /// # Errors
    /// Another number of results than rows; a result that is not finite.
    pub fn analyse(&self, results: &[f64], bootstrap: Bootstrap) -> Result<Indices, Fault> {
        if results.len() as u64 != self.rows() {
            return Err(Fault::Lengths { what: "results", expected: u128::from(self.rows()), found: results.len() as u128 });
        }
        finite(results, "a result")?;
        let outcomes = Outcomes::of(self, results);
        let all = outcomes.shares(0..outcomes.points);
        let resampled: Vec<Vec<f64>> = (0..bootstrap.resamples).map(|number| outcomes.shares(bootstrap.resample(number, outcomes.points))).collect();
        let mut estimates = all.into_iter().enumerate().map(|(place, value)| {
            let values: Vec<f64> = resampled.iter().map(|shares| shares[place]).collect();
            Estimate::new(value, &values)
        });
        let inputs = self.inputs as usize;
        let first: Vec<Estimate> = estimates.by_ref().take(inputs).collect();
        let total: Vec<Estimate> = estimates.by_ref().take(inputs).collect();
        let second = pairs(inputs).filter(|_| self.second_order).zip(estimates).collect();
        Ok(Indices { warnings: warnings(&first, &total, outcomes.varies), first, total, second })
    }
}

/// Sobol' indices of one result, in the order of the inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Indices {
    /// First indices S₁ 一阶指数: mean(B·(AB_d − A)) / V.
    pub first: Vec<Estimate>,
    /// Total indices S_T 总效应指数: mean((A − AB_d)²) / 2V.
    pub total: Vec<Estimate>,
    /// Second-order indices of pairs j < k 二阶指数: mean(BA_j·AB_k − A·B) / V − S_j − S_k; empty unless asked for.
    pub second: Vec<((usize, usize), Estimate)>,
    /// What speaks against trusting them.
    pub warnings: Vec<Warning>,
}

/// A sign of too few points 样本量不足 (or of nothing to explain).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Warning {
    /// The result is the same everywhere: all indices are 0.
    Constant,
    /// The interval of this input's first or total index is wider than [`WIDE`] of the largest total index.
    WideInterval {
        /// The input, from 0.
        input: usize,
        /// The width, from end to end, of the wider of its two intervals.
        width: f64,
    },
    /// First indices add up to clearly more than 1, which they cannot.
    FirstTooLarge(f64),
    /// Total indices add up to clearly less than 1, which they cannot where inputs are independent.
    TotalTooSmall(f64),
}

fn warnings(first: &[Estimate], total: &[Estimate], varies: bool) -> Vec<Warning> {
    if !varies {
        return vec![Warning::Constant];
    }
    let largest = total.iter().map(|index| index.value).fold(0.0, f64::max);
    let sum = |of: &[Estimate]| of.iter().map(|index| index.value).sum::<f64>();
    let widths = first.iter().zip(total).map(|(first, total)| 2.0 * first.half_width.max(total.half_width));
    let wide = widths.enumerate().filter(|(_, width)| *width > WIDE * largest);
    let mut found: Vec<Warning> = wide.map(|(input, width)| Warning::WideInterval { input, width }).collect();
    if sum(first) > 1.0 + SLACK {
        found.push(Warning::FirstTooLarge(sum(first)));
    }
    if sum(total) < 1.0 - SLACK {
        found.push(Warning::TotalTooSmall(sum(total)));
    }
    found
}

/// Pairs j < k, by rows.
fn pairs(inputs: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..inputs).flat_map(move |j| (j + 1..inputs).map(move |k| (j, k)))
}

/// Results in units of their standard deviation from their mean, by base point.
struct Outcomes {
    values: Vec<f64>,
    step: usize,
    inputs: usize,
    points: usize,
    second_order: bool,
    varies: bool,
}

impl Outcomes {
    fn of(design: &Saltelli, results: &[f64]) -> Self {
        let (low, high) = results.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), y| (low.min(*y), high.max(*y)));
        let step = design.step() as usize;
        let largest = low.abs().max(high.abs());
        // To within ±1 first: squares of large results must not overflow.
        let scaled: Vec<f64> = results.iter().map(|y| if largest > 0.0 { y / largest } else { 0.0 }).collect();
        let centre = mean(&scaled);
        let spread = mean(&scaled.iter().map(|y| (y - centre) * (y - centre)).collect::<Vec<_>>()).sqrt();
        let varies = low < high && spread > 0.0;
        let values = scaled.into_iter().map(|y| if varies { (y - centre) / spread } else { 0.0 }).collect();
        Self { values, step, inputs: design.inputs as usize, points: results.len() / step, second_order: design.second_order, varies }
    }

    /// First indices, total indices, then second-order ones, over these base points.
    fn shares(&self, points: impl Iterator<Item = usize>) -> Vec<f64> {
        let (inputs, mut moments) = (self.inputs, Moments::default());
        let mut first = vec![0.0; inputs];
        let mut total = vec![0.0; inputs];
        let mut second = vec![0.0; if self.second_order { inputs * (inputs - 1) / 2 } else { 0 }];
        for point in points {
            let row = &self.values[point * self.step..(point + 1) * self.step];
            let (a, b, ab) = (row[0], row[self.step - 1], &row[1..=inputs]);
            moments.add(a, b);
            for (d, ab) in ab.iter().enumerate() {
                first[d] += b * (ab - a);
                total[d] += (a - ab) * (a - ab);
            }
            if self.second_order {
                let ba = &row[1 + inputs..=2 * inputs];
                second.iter_mut().zip(pairs(inputs)).for_each(|(sum, (j, k))| *sum += ba[j] * ab[k] - a * b);
            }
        }
        let share = moments.share();
        first.iter_mut().for_each(|sum| *sum *= share);
        total.iter_mut().for_each(|sum| *sum *= share / 2.0);
        second.iter_mut().zip(pairs(inputs)).for_each(|(sum, (j, k))| *sum = *sum * share - first[j] - first[k]);
        first.into_iter().chain(total).chain(second).collect()
    }
}

/// Sums over A and B, from which the variance comes. The values are centred, so their squares may be added up plainly.
#[derive(Default)]
struct Moments {
    points: f64,
    sum: f64,
    squares: f64,
}

impl Moments {
    fn add(&mut self, a: f64, b: f64) {
        self.points += 1.0;
        self.sum += a + b;
        self.squares += a * a + b * b;
    }

    /// 1 / (points × variance of A and B together); 0 where they do not vary.
    fn share(&self) -> f64 {
        let centre = self.sum / (2.0 * self.points);
        let variance = self.squares / (2.0 * self.points) - centre * centre;
        if variance > f64::EPSILON { 1.0 / (variance * self.points) } else { 0.0 }
    }
}

#[cfg(test)]
mod tests;
