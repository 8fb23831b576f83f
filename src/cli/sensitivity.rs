//! `fencheng sensitivity`: which inputs make results vary.

use serde_json::json;

use super::args::{Global, SensitivityArgs, StudyArgs};
use super::found::{Found, draw, evaluator};
use super::outcome::{Failure, Outcome, language, say};
use super::pictured::{self, Drawn};
use super::request::Request;
use super::study::{Studied, declared, failure, inputs, named, said, studied};
use super::summary::aligned_rows;
use super::target::{When, footer, ready, told_to_program};
use crate::base::lang::Lang;
use crate::diag::Code;
use crate::measure::finding::{money, percent};
use crate::scenario::study::Sweep;
use crate::study::condition;
use crate::study::inputs::Input;
use crate::study::math::bootstrap::Estimate;
use crate::study::math::indices::Warning;
use crate::study::measure::{Measure, Unit};
use crate::study::sensitivity::{Analysis, Index, Method, Plan, ranked, tables};
use crate::study::value::Target;
use crate::study::wrong::Wrong;

/// Base points of Sobol' indices unless asked otherwise.
const BASE: u64 = 1_024;
/// Trajectories of a Morris screening unless asked otherwise.
const TRAJECTORIES: u64 = 50;

/// What a study over drawn inputs starts from: the declared sweep whose inputs it takes, the scenario, the inputs.
pub struct Asked {
    /// The scenario.
    pub studied: Studied,
    /// Levers and uncertainties.
    pub inputs: Vec<Input>,
    /// The sweep declares correlations.
    pub correlation: Vec<(String, i64)>,
}

/// Reads scenario and inputs: those of a declared sweep, or typed.
///
/// # Errors
/// When the scenario is wrong or nothing is named.
pub fn drawn(args: &StudyArgs, command: &str, global: &Global) -> Result<Asked, Failure> {
    let plain = declared(args, global)?;
    let lang = language(global, Some(plain.lang));
    let typed = !args.lever.is_empty() || !args.uncertain.is_empty();
    let study = if typed && args.study.is_none() { None } else { named(&plain.studies.sweeps, args.study.as_deref(), |s| &s.id, lang)? };
    if study.is_none() && !typed {
        return Err(nothing(&plain.studies.sweeps, command, lang));
    }
    let studied = studied(args, study.and_then(|s| s.variant.as_deref()), global)?;
    let none = Vec::new();
    let inputs = inputs(args, study.map_or(&none, |s| &s.levers), study.map_or(&none, |s| &s.uncertain), &studied, global)?;
    Ok(Asked { studied, inputs, correlation: study.map_or_else(Vec::new, |s| s.correlation.clone()) })
}

fn nothing(sweeps: &[Sweep], command: &str, lang: Lang) -> Failure {
    let ids: Vec<&str> = sweeps.iter().map(|s| s.id.as_str()).collect();
    let (zh, en) = if ids.is_empty() {
        let typed = "--uncertain 路径~normal(0%,5%)";
        (format!("方案没有声明扫描；用 {typed} 写一个"), format!("the scenario declares no sweep; write an input with {typed}"))
    } else {
        (format!("用哪一项扫描的输入？有：{}", ids.join("、")), format!("the inputs of which sweep? There are: {}", ids.join(", ")))
    };
    said(&Wrong::coded(Code::E734, command, zh, en), lang)
}

/// `fencheng sensitivity`
///
/// # Errors
/// When the scenario or the study is wrong, a point cannot be computed, or results cannot be written.
pub fn sensitivity(args: &SensitivityArgs, global: &Global) -> Outcome {
    let when = When::now();
    let Asked { studied, inputs, correlation } = drawn(&args.study, "sensitivity", global)?;
    let lang = studied.lang;
    ready(&args.target, &args.study.scenario.scenario, lang)?;
    let method = if args.method == "morris" { Method::Morris } else { Method::Sobol };
    let keys = if args.measure.is_empty() { vec!["coverage".to_owned(), "gap".to_owned()] } else { args.measure.clone() };
    let measures: Result<Vec<&'static Measure>, Wrong> = keys.iter().map(|key| condition::named(key)).collect();
    let measures = measures.map_err(|wrong| failure(wrong, &studied, global))?;
    let base = args.study.points.unwrap_or(if method == Method::Sobol { BASE } else { TRAJECTORIES });
    let plan = Plan::new(&inputs, method, base, args.study.seed.unwrap_or(1)).map_err(|wrong| failure(wrong, &studied, global))?;
    let targets: Vec<Target> = inputs.iter().flat_map(|input| input.targets.clone()).collect();
    let ranges = plan.ranges(targets.len());
    let evaluator = evaluator(&studied, targets, &ranges, global)?;
    let analyses = plan.analyse(&evaluator, &inputs, &measures).map_err(|wrong| failure(wrong, &studied, global))?;
    let headlines: Vec<String> = analyses.iter().map(|a| headline(a, &inputs, lang)).collect();
    let told = json!({ "method": args.method, "base": plan.base, "points": plan.points, "seed": args.study.seed.unwrap_or(1), "inputs": inputs.iter().map(|i| &i.key).collect::<Vec<_>>() });
    let found = Found {
        studied: &studied,
        scenario: &args.study.scenario.scenario,
        kind: "sensitivity",
        told,
        headlines: &headlines,
        request: Some(Request::Sensitivity(args.clone())),
    };
    let drawn = |target: &mut super::target::Target| {
        let one = |(analysis, headline): (_, &String)| Drawn::Sensitivity(analysis, &inputs, headline.clone(), warnings(analysis, &inputs, lang));
        let all: Vec<Drawn<'_>> = analyses.iter().zip(&headlines).map(one).collect();
        draw(&all, line(&args.method, &plan, args.study.seed.unwrap_or(1), lang), &studied, &args.picture, (&when, global), target)
    };
    let folder = found.write(&args.target, || tables(&analyses, &inputs, plan.points, studied.scenario.unit), drawn, &when)?;
    if told_to_program(&folder, headlines.clone(), global)? {
        return Ok(());
    }
    for (analysis, line) in analyses.iter().zip(&headlines) {
        say(format!("  {line}"))?;
        warnings(analysis, &inputs, lang).into_iter().try_for_each(|line| say(format!("    ! {line}")))?;
        say("")?;
        table(analysis, &inputs, lang).into_iter().try_for_each(say)?;
        say("")?;
    }
    notes(&plan, method, !correlation.is_empty(), lang).into_iter().try_for_each(say)?;
    pictured::told(&folder, lang)?;
    footer(&folder, &args.study.scenario.scenario, studied.notes.len(), &when, lang)
}

/// The study, as it stands under its pictures.
fn line(method: &str, plan: &Plan, seed: u64, lang: Lang) -> String {
    let points = plan.points;
    match (method, lang) {
        ("morris", Lang::Zh) => format!("研究 敏感性（莫里斯，{} 条轨迹） · {points} 个点 · 种子 {seed}", plan.base),
        ("morris", Lang::En) => format!("study sensitivity (Morris, {} trajectories) · {points} points · seed {seed}", plan.base),
        (_, Lang::Zh) => format!("研究 敏感性（索博尔，{} 个基点） · {points} 个点 · 种子 {seed}", plan.base),
        (_, Lang::En) => format!("study sensitivity (Sobol', {} base points) · {points} points · seed {seed}", plan.base),
    }
}

/// The strongest inputs in a sentence.
fn headline(analysis: &Analysis, inputs: &[Input], lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let name = analysis.measure.words.get(lang);
    if analysis.indices.iter().all(|i| i.strength() <= 0.0) {
        return if zh {
            format!("{name}在所有点上都一样：这些因素左右不了它")
        } else {
            format!("{name} is the same at every point: none of the inputs moves it")
        };
    }
    let strongest = ranked(&analysis.indices).into_iter().take(3).filter(|o| analysis.indices[*o].strength() > 0.0);
    let said: Vec<String> = strongest.map(|o| format!("{} {}", inputs[o].name, strength(&analysis.indices[o], analysis.measure, lang))).collect();
    let said = said.join(if zh { "、" } else { ", " });
    match (&analysis.indices[0], zh) {
        (Index::Sobol { .. }, true) => format!("左右{name}的主要是：{said}（总效应占方差）"),
        (Index::Sobol { .. }, false) => format!("{name} varies mostly with {said} (total share of its variance)"),
        (Index::Morris { .. }, true) => format!("左右{name}的主要是：{said}（由低到高平均改变多少）"),
        (Index::Morris { .. }, false) => format!("{name} moves most with {said} (mean change from low to high)"),
    }
}

fn strength(index: &Index, measure: &Measure, lang: Lang) -> String {
    match index {
        Index::Sobol { total, .. } => percent(total.value),
        Index::Morris { mu_star, .. } => amount(mu_star.value, measure, lang),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "whole fen below 2^53")]
fn amount(x: f64, measure: &Measure, lang: Lang) -> String {
    match measure.unit {
        Unit::Money => money(x.round() as i64, lang),
        Unit::Ratio => percent(x),
        Unit::Count | Unit::Year => format!("{x:.2}"),
    }
}

fn table(analysis: &Analysis, inputs: &[Input], lang: Lang) -> Vec<String> {
    let sobol = matches!(analysis.indices.first(), Some(Index::Sobol { .. }));
    let heads = match (sobol, lang) {
        (true, Lang::Zh) => ["输入", "一阶指数", "95% 区间", "总效应指数", "95% 区间"],
        (true, Lang::En) => ["Input", "First", "95%", "Total", "95%"],
        (false, Lang::Zh) => ["输入", "μ*", "95% 区间", "μ", "σ"],
        (false, Lang::En) => ["Input", "μ*", "95%", "μ", "σ"],
    };
    let span = |e: &Estimate, show: &dyn Fn(f64) -> String| if e.half_width.is_finite() { format!("{}..{}", show(e.low()), show(e.high())) } else { "—".to_owned() };
    let of = |x: f64| amount(x, analysis.measure, lang);
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for order in ranked(&analysis.indices) {
        let name = inputs[order].name.clone();
        rows.push(match &analysis.indices[order] {
            Index::Sobol { first, total } => vec![name, percent(first.value), span(first, &percent), percent(total.value), span(total, &percent)],
            Index::Morris { mu, mu_star, sigma } => vec![name, of(mu_star.value), span(mu_star, &of), of(*mu), of(*sigma)],
        });
    }
    aligned_rows(&rows)
}

fn warnings(analysis: &Analysis, inputs: &[Input], lang: Lang) -> Option<String> {
    let zh = lang == Lang::Zh;
    let unbounded = |e: &Estimate| !e.half_width.is_finite();
    if analysis.indices.iter().any(|index| matches!(index, Index::Sobol { total, .. } if unbounded(total)) || matches!(index, Index::Morris { mu_star, .. } if unbounded(mu_star)))
    {
        let (zh_words, en_words) = (
            "只有一个基点或一条轨迹，看不出误差：数和名次都不可靠；用 --points 加点",
            "one base point or trajectory tells nothing of the error: neither numbers nor order can be trusted; take more with --points",
        );
        return Some(if zh { zh_words } else { en_words }.to_owned());
    }
    let wide: Vec<&str> = analysis.warnings.iter().filter_map(|w| if let Warning::WideInterval { input, .. } = w { Some(inputs[*input].name.as_str()) } else { None }).collect();
    let sums = analysis.warnings.iter().any(|w| matches!(w, Warning::FirstTooLarge(_) | Warning::TotalTooSmall(_)));
    if wide.is_empty() && !sums {
        return None;
    }
    let names = wide.join(if zh { "、" } else { ", " });
    let more = if zh { "点数偏少，名次还可能变；把 --points 加倍再看" } else { "too few points, the order may still change; double --points" };
    Some(match (wide.is_empty(), zh) {
        (true, _) => more.to_owned(),
        (false, true) => format!("{names}的区间太宽：{more}"),
        (false, false) => format!("the intervals of {names} are wide: {more}"),
    })
}

fn notes(plan: &Plan, method: Method, correlated: bool, lang: Lang) -> Vec<String> {
    let zh = lang == Lang::Zh;
    let (base, points) = (plan.base, plan.points);
    let mut said = vec![match (method, zh) {
        (Method::Sobol, true) => format!("  {base} 个基点，{points} 个点；每年抽一次的因素，各年一起变，算作一个"),
        (Method::Sobol, false) => format!("  {base} base points, {points} points; the years of an input drawn every year vary together and count as one"),
        (Method::Morris, true) => format!("  {base} 条轨迹，{points} 个点；每年抽一次的因素，各年取同一分位"),
        (Method::Morris, false) => format!("  {base} trajectories, {points} points; an input drawn every year has the same rank in all years"),
    }];
    if correlated {
        said.push(if zh {
            "  ! 本法假定各因素互不相关：扫描里写的相关系数没有用".to_owned()
        } else {
            "  ! The method takes inputs to be independent: the correlations of the sweep are not used".to_owned()
        });
    }
    said.push(String::new());
    said
}
