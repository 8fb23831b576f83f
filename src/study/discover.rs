//! Discover 情景发现: in which box of its inputs a study's results are of interest (PRIM).
//!
//! An input drawn every year counts by the mean of its years: a box says "prices low on the whole", not low in one of them.

use super::condition::{Condition, Who};
use super::evaluate::{AT_ONCE, Evaluator};
use super::inputs::Input;
use super::math::bootstrap::Bootstrap;
use super::math::prim::{self, Discovery, Limits, Region, Settings};
use super::math::uniform::Draws;
use super::measure::Figure;
use super::points::Points;
use super::shown::scatter::Scatter;
use super::subject::Failed;
use super::value::Target;
use super::wrong::Wrong;
use crate::base::lang::Lang;
use crate::diag::Code;
use crate::measure::cell::{Cell, Column, Row, Sheet, defined, plain};
use crate::measure::finding::percent;

/// Resamples behind how often an input is limited.
const RESAMPLES: u32 = 20;
/// Numbers held at most: about 2 GiB with what the search makes of them.
const MOST_NUMBERS: u64 = 40_000_000;
/// The stream of the resamples.
const STREAM: u32 = 9;

/// What is of interest: a condition, or its opposite.
#[derive(Clone, Debug)]
pub struct Interest {
    /// The condition.
    pub condition: Condition,
    /// It is of interest where the condition does not hold.
    pub opposite: bool,
}

impl Interest {
    /// Whether a figure is of interest; one that is not defined is not.
    #[must_use]
    pub fn is_met(&self, figure: Figure) -> bool {
        self.condition.measure.rank(figure).is_some() && (self.condition.missing(figure) <= 0.0) != self.opposite
    }

    /// In words: 项目资金保障率低于 100%
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let c = &self.condition;
        let by = c.by.map_or(String::new(), |year| if lang == Lang::Zh { format!("到 {year} 年") } else { format!(" by {year}") });
        let name = c.measure.words.get(lang);
        let bound = c.number(c.at_least.or(c.at_most).unwrap_or(0.0), lang);
        let (zh, en) = match (c.at_least.is_some(), self.opposite) {
            (true, false) => ("不低于", "of at least"),
            (true, true) => ("低于", "below"),
            (false, false) => ("不高于", "of at most"),
            (false, true) => ("高于", "above"),
        };
        if lang == Lang::Zh { format!("{by}{name}{zh} {bound}") } else { format!("{name} {en} {bound}{by}") }
    }
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Discovered {
    /// The search; nothing where no point, or every point, is of interest.
    pub discovery: Option<Discovery>,
    /// How often each input is limited over resampled points.
    pub reproducibility: Vec<f64>,
    /// Points of interest.
    pub hits: usize,
    /// All points that could be computed.
    pub points: usize,
    /// Points that could not, and are left out.
    pub failed: usize,
    /// Why the first of them could not.
    pub why: Option<Failed>,
    /// The points over the inputs that matter most, where a box was found.
    pub scatter: Option<Scatter>,
}

/// Computes the points and seeks the box.
///
/// # Errors
/// Points that cannot be computed.
pub fn discover(evaluator: &Evaluator, points: &Points, interest: &Interest, seed: u64) -> Result<Discovered, Wrong> {
    let wanted = evaluator.wanted(interest.condition.measure.by_town, false, interest.condition.by);
    let (mut held, mut flags) = (vec![Vec::new(); points.inputs.len()], Vec::new());
    let mut failed: (usize, Option<Failed>) = (0, None);
    for first in (0..points.count()).step_by(AT_ONCE) {
        let some: Vec<Vec<i64>> = (first..points.count().min(first + AT_ONCE as u64)).map(|n| points.point(n)).collect();
        let mut fine = Vec::with_capacity(some.len());
        for (point, result) in some.iter().zip(evaluator.points(&some.concat(), &wanted)) {
            match result {
                Ok(figures) => {
                    flags.push(interest.is_met(interest.condition.figure(&figures, Who::All)));
                    fine.push(point.clone());
                }
                Err(why) => failed = (failed.0 + 1, failed.1.or(Some(why))),
            }
        }
        held.iter_mut().zip(columns(&points.inputs, &fine)).for_each(|(whole, part)| whole.extend(part));
    }
    if let (true, Some(why)) = (flags.is_empty(), &failed.1) {
        let (zh, en) = (format!("没有一个点能计算：{}", why.message), format!("no point can be computed: {}", why.message));
        return Err(Wrong::coded(Code::E736, &why.code, zh, en));
    }
    let found = seek(&held, &flags, seed)?;
    Ok(Discovered { failed: failed.0, why: failed.1, ..found })
}

/// Whether a number for every input of every point can be held, with what the search makes of them.
///
/// # Errors
/// More points than that, with how many fit.
pub fn fits(points: &Points) -> Result<(), Wrong> {
    let most = MOST_NUMBERS / points.inputs.len().max(1) as u64;
    if points.count() <= most {
        return Ok(());
    }
    let count = points.count();
    Err(Wrong::coded(
        Code::E732,
        "points",
        format!("{count} 个点放不进内存；这些因素最多 {most} 个，写 --points {most}"),
        format!("{count} points do not fit into memory; of these inputs at most {most}: write --points {most}"),
    ))
}

/// Seeks the box among points given by column, an input a column.
///
/// # Errors
/// What the mathematics refuses.
pub fn seek(columns: &[Vec<f64>], flags: &[bool], seed: u64) -> Result<Discovered, Wrong> {
    let hits = flags.iter().filter(|flag| **flag).count();
    let mut found = Discovered { discovery: None, reproducibility: Vec::new(), hits, points: flags.len(), failed: 0, why: None, scatter: None };
    if hits == 0 || hits == flags.len() {
        return Ok(found);
    }
    let fault = |fault| Wrong::of("prim", fault);
    let discovery = prim::discover(columns, flags, Settings::default()).map_err(fault)?;
    let bootstrap = Bootstrap { draws: Draws::new(seed), stream: STREAM, resamples: RESAMPLES };
    found.reproducibility = prim::reproducibility(columns, flags, Settings::default(), bootstrap).map_err(fault)?;
    found.scatter = Some(Scatter::of(columns, flags, &discovery));
    found.discovery = Some(discovery);
    Ok(found)
}

/// One column an input: its number, or the mean of its numbers.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "values below 10^15")]
pub fn columns(inputs: &[Input], points: &[Vec<i64>]) -> Vec<Vec<f64>> {
    let mut first = 0;
    let mut columns = Vec::new();
    for input in inputs {
        let own = first..first + input.width();
        first = own.end;
        columns.push(points.iter().map(|p| p[own.clone()].iter().map(|v| *v as f64).sum::<f64>() / own.len() as f64).collect());
    }
    columns
}

/// A limit of an input as it is written; of one drawn every year with few digits, as it is a mean.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "values below 10^15")]
pub fn limit(input: &Input, value: f64) -> String {
    let rounded = |unit: f64| (value / unit).round() as i64 * unit as i64;
    // Four digits are enough for a limit found among some thousand points.
    let mut unit = 1.0;
    while value.abs() / unit >= 10_000.0 {
        unit *= 10.0;
    }
    let shown = if input.targets.first().is_some_and(|t| t.words.is_empty()) { rounded(unit) } else { value as i64 };
    input.targets.first().map_or_else(String::new, |target: &Target| target.text(shown))
}

/// The limits of a box in words.
#[must_use]
pub fn limits(inputs: &[Input], region: &Region, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let one = |order: usize| {
        let (input, Limits { low, high }) = (&inputs[order], region.limits[order]);
        let mean = if input.width() > 1 { if zh { "（各年平均）" } else { " (mean of the years)" } } else { "" };
        let name = format!("{}{mean}", input.name);
        let at = |value: f64| limit(input, value);
        match (low, high) {
            (Some(low), Some(high)) if zh => format!("{name}在 {}—{} 之间", at(low), at(high)),
            (Some(low), Some(high)) => format!("{name} between {} and {}", at(low), at(high)),
            (Some(low), None) if zh => format!("{name}不低于 {}", at(low)),
            (Some(low), None) => format!("{name} at least {}", at(low)),
            (None, Some(high)) if zh => format!("{name}不高于 {}", at(high)),
            (None, Some(high)) => format!("{name} at most {}", at(high)),
            (None, None) => name,
        }
    };
    region.restricted().map(one).collect::<Vec<_>>().join(if zh { " 且 " } else { " and " })
}

/// What was found, in a sentence.
#[must_use]
pub fn sentence(found: &Discovered, inputs: &[Input], interest: &Interest, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let (what, points, hits) = (interest.say(lang), found.points, found.hits);
    let Some(discovery) = &found.discovery else {
        return match (hits, zh) {
            (0, true) => format!("{points} 个点里没有一个{what}"),
            (0, false) => format!("not one of {points} points has {what}"),
            (_, true) => format!("{points} 个点全都{what}：没有哪种情形例外"),
            (_, false) => format!("all {points} points have {what}: there is nothing to tell apart"),
        };
    };
    let region = &discovery.region;
    let (coverage, density, all) = (percent(region.coverage()), percent(region.density()), percent(hits as f64 / points as f64));
    if region.restricted().next().is_none() {
        return if zh {
            format!("{points} 个点里 {all} {what}；没有一个因素能把这些情形圈出来")
        } else {
            format!("{all} of {points} points have {what}; no input tells them from the others")
        };
    }
    let when = limits(inputs, region, lang);
    if zh {
        format!("当 {when} 时，{what}的情形有 {coverage} 落在这里，这里的点 {density} {what}（全部 {points} 个点里是 {all}）")
    } else {
        format!("{when}: {coverage} of the points with {what} lie here, and {density} of the points here have it ({all} of all {points})")
    }
}

/// What was found, as it stands over a picture: when results are mostly of interest, and how much of them that explains.
#[must_use]
pub fn headline(found: &Discovered, inputs: &[Input], interest: &Interest, lang: Lang) -> String {
    let Some(region) = found.discovery.as_ref().map(|d| &d.region).filter(|region| region.restricted().next().is_some()) else {
        return sentence(found, inputs, interest, lang);
    };
    let (when, what) = (limits(inputs, region, lang), interest.say(lang));
    let (coverage, density) = (percent(region.coverage()), percent(region.density()));
    if lang == Lang::Zh {
        format!("{when}时，{density} 的情形{what}；全部这类情形有 {coverage} 在此")
    } else {
        format!("With {when}, {density} of cases have {what}; {coverage} of all such cases lie here")
    }
}

/// `discover`: the boxes of the peeling, and the one chosen after pasting.
pub const DISCOVER: &[Column] = &[
    defined("step", ("步", "step"), "", ("剥离的次序；空：选定并回贴后的情景箱", "order of peeling; empty: the chosen box after pasting"), ""),
    plain("points", "箱内点数", "points inside", "个"),
    plain("hits", "箱内关心的点", "points of interest inside", "个"),
    defined("coverage", ("覆盖率", "coverage"), "1", ("关心的点有多少落在箱内", "share of the points of interest that lie inside"), "箱内关心的点 ÷ 全部关心的点"),
    defined("density", ("密度", "density"), "1", ("箱内的点有多少是关心的", "share of the points inside that are of interest"), "箱内关心的点 ÷ 箱内点数"),
    plain("mass", "占比", "mass", "1"),
    defined("chosen", ("选定", "chosen"), "", ("1：覆盖率与密度的调和平均最大", "1: the largest harmonic mean of coverage and density"), ""),
    plain("limits", "范围", "limits", ""),
];

/// `discover_limits`: the limits of the chosen box, an input a row.
pub const LIMITS: &[Column] = &[
    plain("input", "输入", "input", ""),
    plain("name", "名称", "name", ""),
    plain("low", "不低于", "at least", ""),
    plain("high", "不高于", "at most", ""),
    defined("p_value", ("准P值", "quasi-p-value"), "1", ("去掉这一限制后，单凭机会达到现在密度的可能", "how likely chance alone would reach the density without this limit"), ""),
    defined("reproducibility", ("重现率", "reproducibility"), "1", ("重抽样后仍受限制的次数占比", "how often the input is limited over resampled points"), ""),
];

/// Both tables.
#[must_use]
pub fn tables(found: &Discovered, inputs: &[Input], lang: Lang) -> Vec<Sheet<'static>> {
    let (mut steps, mut limited): (Vec<Row<'static>>, Vec<Row<'static>>) = (Vec::new(), Vec::new());
    if let Some(discovery) = &found.discovery {
        let boxes = discovery.trajectory.iter().enumerate().map(|(n, region)| (i64::try_from(n).ok(), region, n == discovery.chosen));
        steps.extend(boxes.chain([(None, &discovery.region, true)]).map(|(step, region, chosen)| row(step, region, chosen, inputs, lang)));
        for (order, input) in inputs.iter().enumerate() {
            let Limits { low, high } = discovery.region.limits[order];
            let p = discovery.p_values.iter().find(|(n, _)| *n == order).map(|(_, p)| *p);
            let at = |value: Option<f64>| Cell::or_empty(value, |v| Cell::text(limit(input, v)));
            let again = found.reproducibility.get(order).copied();
            limited.push(vec![Cell::key(input.key.clone()), Cell::text(input.name.clone()), at(low), at(high), Cell::or_empty(p, Cell::Ratio), Cell::or_empty(again, Cell::Ratio)]);
        }
    }
    vec![
        Sheet::new("discover", DISCOVER, steps),
        Sheet::new("discover_limits", LIMITS, limited),
        crate::measure::tables::dictionary(&[("discover", DISCOVER), ("discover_limits", LIMITS)]),
    ]
}

fn row(step: Option<i64>, region: &Region, chosen: bool, inputs: &[Input], lang: Lang) -> Row<'static> {
    let whole = |n: usize| Cell::Whole(i64::try_from(n).unwrap_or(i64::MAX));
    let ratios = [region.coverage(), region.density(), region.mass()].map(Cell::Ratio);
    let mut row = vec![Cell::or_empty(step, Cell::Whole), whole(region.points), whole(region.hits)];
    row.extend(ratios);
    row.extend([Cell::Whole(i64::from(chosen)), Cell::text(limits(inputs, region, lang))]);
    row
}
