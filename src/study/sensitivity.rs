//! Sensitivity 敏感性分析: which inputs make a measure vary.
//!
//! Every input is one group, whatever the number of its years. With Sobol' indices the years of an input drawn every year vary
//! together but independently of each other, as they do in a sweep: the index is that of the whole series. With Morris the same
//! rank is taken in all years, so that an effect is that of a good or a bad run of years. Levers are even over their levels or
//! range. Both methods take inputs to be independent: correlations of a sweep are not used, which the command says.

use super::evaluate::{AT_ONCE, Evaluator};
use super::inputs::Input;
use super::math::bootstrap::{Bootstrap, Estimate};
use super::math::indices::{Matrix, Saltelli, Warning};
use super::math::morris::{Morris, Spacing};
use super::math::sobol::Sobol;
use super::math::uniform::Draws;
use super::measure::{Measure, Unit};
use super::wrong::Wrong;
use crate::diag::Code;
use crate::measure::cell::{Cell, Column, Row, Sheet, defined, plain};

/// Resamples behind every interval.
const RESAMPLES: u32 = 500;
/// Numbers of points held at most: 1.6 GB.
const MOST_NUMBERS: u64 = 200_000_000;
/// Levels of a Morris design.
const LEVELS: u32 = 4;
/// Streams of random numbers: points use the first two, resamples this.
const BOOTSTRAP_STREAM: u32 = 9;

/// How it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Sobol' indices from a Saltelli design.
    Sobol,
    /// Morris screening.
    Morris,
}

/// The points of an analysis.
#[derive(Clone, Debug)]
pub struct Plan {
    method: Method,
    /// Base points or trajectories.
    pub base: u64,
    seed: Draws,
    /// All points, one after another.
    pub values: Vec<i64>,
    /// How many points.
    pub points: u64,
}

/// What is said of an input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Index {
    /// First and total index.
    Sobol {
        /// Alone.
        first: Estimate,
        /// With all that involve it.
        total: Estimate,
    },
    /// Elementary effects.
    Morris {
        /// Mean.
        mu: f64,
        /// Mean of their sizes.
        mu_star: Estimate,
        /// Their standard deviation.
        sigma: f64,
    },
}

impl Index {
    /// By which inputs are ranked.
    #[must_use]
    pub const fn strength(&self) -> f64 {
        match self {
            Self::Sobol { total, .. } => total.value,
            Self::Morris { mu_star, .. } => mu_star.value,
        }
    }
}

/// What is said of a measure.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The measure.
    pub measure: &'static Measure,
    /// In the order of the inputs.
    pub indices: Vec<Index>,
    /// What speaks against trusting them.
    pub warnings: Vec<Warning>,
}

impl Plan {
    /// The points over some inputs; the base points of Sobol' indices are rounded up to a power of two.
    ///
    /// # Errors
    /// No inputs; too many points.
    pub fn new(inputs: &[Input], method: Method, base: u64, seed: u64) -> Result<Self, Wrong> {
        if inputs.is_empty() {
            return Err(Wrong::said("sensitivity", "没有政策变量，也没有不确定因素", "there is neither lever nor uncertainty"));
        }
        let seed = Draws::new(seed);
        let most = u64::try_from(crate::scenario::study::MOST_POINTS).unwrap_or(u64::MAX);
        let base = if method == Method::Sobol { base.checked_next_power_of_two().unwrap_or(most) } else { base };
        let rows = base.saturating_mul(inputs.len() as u64 + 2);
        let width = inputs.iter().map(Input::width).sum::<usize>().max(1) as u64;
        let fitting = most.min(MOST_NUMBERS / width);
        if rows > fitting {
            let fits = fitting / (inputs.len() as u64 + 2);
            return Err(Wrong::coded(
                Code::E732,
                "points",
                format!("共 {rows} 个点，放不进内存；这些因素 --points 最多 {fits}"),
                format!("{rows} points do not fit into memory; of these inputs at most --points {fits}"),
            ));
        }
        let (points, values) = match method {
            Method::Sobol => saltelli(inputs, base, seed)?,
            Method::Morris => morris(inputs, base, seed)?,
        };
        Ok(Self { method, base, seed, values, points })
    }

    /// The lowest and highest value of every number.
    #[must_use]
    pub fn ranges(&self, width: usize) -> Vec<(i64, i64)> {
        let mut ranges = vec![(i64::MAX, i64::MIN); width];
        for point in self.values.chunks_exact(width.max(1)) {
            ranges.iter_mut().zip(point).for_each(|(range, v)| *range = (range.0.min(*v), range.1.max(*v)));
        }
        ranges
    }

    /// Computes all points and analyses measures.
    ///
    /// # Errors
    /// Points that cannot be computed, with how many and the first code; a measure that is not defined everywhere.
    pub fn analyse(&self, evaluator: &Evaluator, inputs: &[Input], measures: &[&'static Measure]) -> Result<Vec<Analysis>, Wrong> {
        let wanted = evaluator.wanted(measures.iter().any(|m| m.by_town), false, None);
        let (mut all, mut results) = (vec![Vec::new(); measures.len()], Vec::new());
        let width = evaluator.targets().len().max(1);
        for some in self.values.chunks(AT_ONCE * width) {
            for result in evaluator.points(some, &wanted) {
                if let Ok(figures) = &result {
                    all.iter_mut().zip(measures).for_each(|(numbers, measure)| numbers.push((measure.of)(figures).number()));
                }
                results.push(result.map(drop));
            }
        }
        computed(&results)?;
        let analyse = |(measure, numbers): (&&'static Measure, Vec<Option<f64>>)| {
            let missing = numbers.iter().filter(|n| n.is_none()).count();
            if missing > 0 {
                return Err(Wrong::coded(
                    Code::E736,
                    measure.key,
                    format!("{} 个点里有 {missing} 个没有这个数，不能分析；换一个指标", numbers.len()),
                    format!("not defined at {missing} of {} points; choose another measure", numbers.len()),
                ));
            }
            self.of(measure, inputs, &numbers.into_iter().flatten().collect::<Vec<_>>())
        };
        measures.iter().zip(all).map(analyse).collect()
    }

    fn of(&self, measure: &'static Measure, inputs: &[Input], results: &[f64]) -> Result<Analysis, Wrong> {
        let fault = |fault| Wrong::of(measure.key, fault);
        // Of one base point or trajectory every resample is the same: its interval is not narrow but unknown.
        let resamples = if self.base < 2 { 0 } else { RESAMPLES };
        let bootstrap = Bootstrap { draws: self.seed, stream: BOOTSTRAP_STREAM, resamples };
        let count = u32::try_from(inputs.len()).unwrap_or(u32::MAX);
        match self.method {
            Method::Sobol => {
                let found = Saltelli::new(self.base, count, false).and_then(|design| design.analyse(results, bootstrap)).map_err(fault)?;
                let indices = found.first.iter().zip(&found.total).map(|(first, total)| Index::Sobol { first: *first, total: *total }).collect();
                Ok(Analysis { measure, indices, warnings: found.warnings })
            }
            Method::Morris => {
                let effects = design(count, self.base, self.seed).and_then(|design| design.analyse(results, bootstrap)).map_err(fault)?;
                let indices = effects.iter().map(|e| Index::Morris { mu: e.mu, mu_star: e.mu_star, sigma: e.sigma }).collect();
                Ok(Analysis { measure, indices, warnings: Vec::new() })
            }
        }
    }
}

/// Whether all points could be computed; else how many could not and why the first.
fn computed(results: &[Result<(), super::subject::Failed>]) -> Result<(), Wrong> {
    let failed = results.iter().filter(|r| r.is_err()).count();
    if let Some(Err(first)) = results.iter().find(|r| r.is_err()) {
        let (all, code, message) = (results.len(), &first.code, &first.message);
        return Err(Wrong::coded(
            Code::E736,
            code,
            format!("{all} 个点里有 {failed} 个不能计算，第一个是：{message}"),
            format!("{failed} of {all} points cannot be computed, the first because: {message}"),
        ));
    }
    Ok(())
}

/// The rows of a Saltelli design: an input takes all its numbers from one half of the base point.
fn saltelli(inputs: &[Input], base: u64, seed: Draws) -> Result<(u64, Vec<i64>), Wrong> {
    let fault = |fault| Wrong::of("sobol", fault);
    let count = u32::try_from(inputs.len()).unwrap_or(u32::MAX);
    let design = Saltelli::new(base, count, false).map_err(fault)?;
    let width: usize = inputs.iter().map(Input::width).sum();
    let sobol = Sobol::new(u32::try_from(2 * width).unwrap_or(u32::MAX), seed, 0).map_err(fault)?;
    let mut values = Vec::new();
    for row in (0..design.rows()).filter_map(|n| design.row(n)) {
        let mut first = 0;
        for (order, input) in inputs.iter().enumerate() {
            let from_b = match row.matrix {
                Matrix::A => false,
                Matrix::B => true,
                Matrix::Ab(other) => other as usize == order,
                Matrix::Ba(other) => other as usize != order,
            };
            let start = first + if from_b { width } else { 0 };
            let uniforms: Vec<f64> = (start..start + input.width()).map(|c| sobol.value(row.base, u32::try_from(c).unwrap_or(u32::MAX)).unwrap_or(0.5)).collect();
            values.extend(input.values(&uniforms));
            first += input.width();
        }
    }
    Ok((design.rows(), values))
}

fn design(inputs: u32, trajectories: u64, seed: Draws) -> Result<Morris, super::math::Fault> {
    Morris::new(trajectories, inputs, LEVELS, Spacing::Middles, seed, 0)
}

/// The points of a Morris design: an input has the same rank in all its years.
fn morris(inputs: &[Input], trajectories: u64, seed: Draws) -> Result<(u64, Vec<i64>), Wrong> {
    let design = design(u32::try_from(inputs.len()).unwrap_or(u32::MAX), trajectories, seed).map_err(|fault| Wrong::of("morris", fault))?;
    let points = (0..design.points()).filter_map(|n| design.point(n));
    let values = points.flat_map(|point| inputs.iter().zip(point).flat_map(|(input, u)| input.values(&vec![u; input.width()])).collect::<Vec<_>>());
    Ok((design.points(), values.collect()))
}

/// `sensitivity`: a row a measure and input.
pub const SENSITIVITY: &[Column] = &[
    plain("measure", "指标", "measure", ""),
    plain("input", "输入", "input", ""),
    plain("name", "名称", "name", ""),
    defined("rank", ("名次", "rank"), "", ("按总效应指数，或 μ*", "by total index, or μ*"), ""),
    defined("first", ("一阶指数", "first index"), "1", ("单独解释的方差占比", "share of the variance it explains alone"), ""),
    plain("first_low", "一阶指数下限（95%）", "first index, lower end (95%)", "1"),
    plain("first_high", "一阶指数上限（95%）", "first index, upper end (95%)", "1"),
    defined("total", ("总效应指数", "total index"), "1", ("连同与其他输入的共同作用", "with all it does together with others"), ""),
    plain("total_low", "总效应指数下限（95%）", "total index, lower end (95%)", "1"),
    plain("total_high", "总效应指数上限（95%）", "total index, upper end (95%)", "1"),
    defined("mu", ("平均效应", "mean effect"), "", ("输入由最低到最高，指标变多少（莫里斯）", "change of the measure over the whole range of the input (Morris)"), "μ"),
    defined("mu_star", ("平均绝对效应", "mean absolute effect"), "", ("", ""), "μ*"),
    plain("mu_star_low", "平均绝对效应下限（95%）", "mean absolute effect, lower end (95%)", ""),
    plain("mu_star_high", "平均绝对效应上限（95%）", "mean absolute effect, upper end (95%)", ""),
    defined("sigma", ("效应的标准差", "standard deviation of effects"), "", ("大则有交互或非线性", "large where inputs interact or effects bend"), "σ"),
    plain("unit", "单位", "unit", ""),
    plain("points", "点数", "points", "个"),
];

/// The order of the inputs, the strongest first.
#[must_use]
pub fn ranked(indices: &[Index]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..indices.len()).collect();
    order.sort_by(|a, b| indices[*b].strength().total_cmp(&indices[*a].strength()));
    order
}

/// The table.
#[must_use]
pub fn tables(analyses: &[Analysis], inputs: &[Input], points: u64, unit: crate::base::amount::MoneyUnit) -> Vec<Sheet<'static>> {
    let mut rows: Vec<Row<'static>> = Vec::new();
    for analysis in analyses {
        let ranks = ranked(&analysis.indices);
        for (order, (index, input)) in analysis.indices.iter().zip(inputs).enumerate() {
            let rank = ranks.iter().position(|o| *o == order).map_or(0, |at| at + 1);
            let mut row = vec![Cell::key(analysis.measure.key), Cell::key(input.key.clone()), Cell::text(input.name.clone()), whole(rank as u64)];
            row.extend(cells(index, analysis.measure.unit));
            row.extend([if analysis.measure.unit == Unit::Money { Cell::key(unit.symbol()) } else { Cell::Empty }, whole(points)]);
            rows.push(row);
        }
    }
    vec![Sheet::new("sensitivity", SENSITIVITY, rows), crate::measure::tables::dictionary(&[("sensitivity", SENSITIVITY)])]
}

fn whole(count: u64) -> Cell<'static> {
    Cell::Whole(i64::try_from(count).unwrap_or(i64::MAX))
}

#[expect(clippy::cast_possible_truncation, reason = "whole fen below 2^53")]
fn cells(index: &Index, unit: Unit) -> Vec<Cell<'static>> {
    let amount = |x: f64| {
        if !x.is_finite() {
            Cell::Empty
        } else if unit == Unit::Money {
            Cell::Money(crate::kernel::round(x) as i64)
        } else {
            Cell::Ratio(x)
        }
    };
    match index {
        Index::Sobol { first, total } => {
            let ratios = [first.value, first.low(), first.high(), total.value, total.low(), total.high()].map(|x| if x.is_finite() { Cell::Ratio(x) } else { Cell::Empty });
            ratios.into_iter().chain(std::iter::repeat_n(Cell::Empty, 5)).collect()
        }
        Index::Morris { mu, mu_star, sigma } => {
            let amounts = [*mu, mu_star.value, mu_star.low(), mu_star.high(), *sigma].map(amount);
            std::iter::repeat_n(Cell::Empty, 6).chain(amounts).collect()
        }
    }
}
