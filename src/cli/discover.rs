//! `fencheng discover`: in which circumstances results are of interest.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::args::{DiscoverArgs, Global};
use super::found::{Found, draw, evaluator};
use super::from_sweep::{Taken, copy, take};
use super::inputs::SWEEP;
use super::outcome::{Failure, Outcome, say};
use super::pictured::{self, Drawn};
use super::request::Request;
use super::sensitivity::{Asked, drawn};
use super::study::{Studied, failure};
use super::summary::aligned_rows;
use super::target::{Target, When, footer, ready, told_to_program};
use crate::base::lang::Lang;
use crate::measure::finding::percent;
use crate::study::condition::Condition;
use crate::study::discover::{Discovered, Interest, discover as seek, fits, headline, limit, sentence, tables};
use crate::study::inputs::Input;
use crate::study::math::prim::Discovery;
use crate::study::points::{Design, Points};

/// Points unless asked otherwise.
const POINTS: u64 = 2_000;

/// What was sought among which points.
struct Sought {
    studied: Studied,
    inputs: Vec<Input>,
    interest: Interest,
    found: Discovered,
    /// How the points were chosen, for programs and under pictures.
    design: String,
    seed: u64,
    /// The sweep they were taken from.
    from: Option<PathBuf>,
}

/// `fencheng discover`
///
/// # Errors
/// When the scenario or the study is wrong, a point cannot be computed, or results cannot be written.
pub fn discover(args: &DiscoverArgs, global: &Global) -> Outcome {
    let when = When::now();
    let sought = match &args.from {
        Some(from) => taken(from, args, global)?,
        None => drawn_anew(args, global)?,
    };
    let Sought { studied, inputs, interest, found, .. } = &sought;
    let lang = studied.lang;
    let headlines = vec![sentence(found, inputs, interest, lang)];
    let result = Found {
        studied,
        scenario: &args.study.scenario.scenario,
        kind: "discover",
        told: told(&sought, args),
        headlines: &headlines,
        request: Some(asked(&sought, args)),
    };
    let drawn = |target: &mut Target| {
        let box_of = found.scatter.as_ref().map(|_| Drawn::Discovery(found, inputs, headline(found, inputs, interest, lang), interest.say(lang)));
        draw(box_of.as_slice(), line(&sought, lang), studied, &args.picture, (&when, global), target)
    };
    let copied = |target: &mut Target| sought.from.as_ref().map_or(Ok(()), |from| copy(from, target, lang)).and_then(|()| drawn(target));
    let folder = result.write(&args.target, || tables(found, inputs, lang), copied, &when)?;
    if told_to_program(&folder, headlines.clone(), global)? {
        return Ok(());
    }
    headlines.into_iter().try_for_each(|line| say(format!("  {line}")))?;
    left_out(found, lang).into_iter().try_for_each(|line| say(format!("    ! {line}")))?;
    if let Some(discovery) = &found.discovery {
        say("")?;
        table(found, discovery, inputs, lang).into_iter().try_for_each(say)?;
    }
    say("")?;
    pictured::told(&folder, lang)?;
    footer(&folder, &args.study.scenario.scenario, studied.notes.len(), &when, lang)
}

/// Points of a sweep that was computed before.
fn taken(from: &Path, args: &DiscoverArgs, global: &Global) -> Result<Sought, Failure> {
    let Taken { planned, interest, found, folder } = take(from, args, global)?;
    let design = planned.design.kind.clone();
    Ok(Sought { inputs: planned.job.points.inputs, studied: planned.studied, interest, found, design, seed: args.study.seed.unwrap_or(1), from: Some(folder) })
}

/// Points drawn for this discovery.
fn drawn_anew(args: &DiscoverArgs, global: &Global) -> Result<Sought, Failure> {
    let Asked { studied, inputs, correlation } = drawn(&args.study, "discover", global)?;
    ready(&args.target, &args.study.scenario.scenario, studied.lang)?;
    let wrong = |wrong| failure(wrong, &studied, global);
    let (condition, opposite) = Condition::typed(&args.wanted, true, &studied.scenario).map_err(wrong)?;
    let interest = Interest { condition, opposite };
    let seed = args.study.seed.unwrap_or(1);
    let kind = if correlation.is_empty() { "latin" } else { "monte_carlo" }.to_owned();
    let design = Design { kind, draws: args.study.points.unwrap_or(POINTS), seed, paired: true, correlation };
    let points = Points::new(inputs, &design).map_err(wrong)?;
    fits(&points).map_err(wrong)?;
    let evaluator = evaluator(&studied, points.targets(), &points.ranges(), global)?;
    let found = seek(&evaluator, &points, &interest, seed).map_err(wrong)?;
    Ok(Sought { inputs: points.inputs, studied, interest, found, design: design.kind, seed, from: None })
}

/// What was asked for; the sweep is the copy beside the results.
fn asked(sought: &Sought, args: &DiscoverArgs) -> Request {
    let mut args = args.clone();
    args.from = sought.from.as_ref().map(|_| SWEEP.into());
    Request::Discover(args)
}

/// What a program wants to know of it.
fn told(sought: &Sought, args: &DiscoverArgs) -> Value {
    let (found, inputs) = (&sought.found, sought.inputs.iter().map(|i| &i.key).collect::<Vec<_>>());
    let mut told =
        json!({ "where": args.wanted, "points": found.points, "hits": found.hits, "failed": found.failed, "seed": sought.seed, "design": sought.design, "inputs": inputs });
    if let Some(from) = &sought.from {
        told["from"] = from.display().to_string().into();
    }
    told
}

/// Points that could not be computed.
fn left_out(found: &Discovered, lang: Lang) -> Option<String> {
    let (failed, why) = (found.failed, found.why.as_ref()?);
    Some(match lang {
        Lang::Zh => format!("{failed} 个点不能计算，不在内（{}：{}）", why.code, why.message),
        Lang::En => format!("{failed} points cannot be computed and are left out ({}: {})", why.code, why.message),
    })
}

/// The study, as it stands under its picture.
fn line(sought: &Sought, lang: Lang) -> String {
    let (points, seed) = (sought.found.points, sought.seed);
    let from = sought.from.as_ref().map(|folder| folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned());
    match (lang, from) {
        (Lang::Zh, None) => format!("研究 情景发现（PRIM） · {points} 个点 · 种子 {seed}"),
        (Lang::Zh, Some(from)) => format!("研究 情景发现（PRIM） · 扫描 {from} 的 {points} 个点"),
        (Lang::En, None) => format!("study discovery (PRIM) · {points} points · seed {seed}"),
        (Lang::En, Some(from)) => format!("study discovery (PRIM) · {points} points of the sweep {from}"),
    }
}

/// The limits with what speaks for each.
fn table(found: &Discovered, discovery: &Discovery, inputs: &[Input], lang: Lang) -> Vec<String> {
    let heads = match lang {
        Lang::Zh => ["输入", "不低于", "不高于", "准P值", "重抽样仍受限"],
        Lang::En => ["Input", "At least", "At most", "Quasi-p", "Again limited"],
    };
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for (order, input) in inputs.iter().enumerate() {
        let limits = discovery.region.limits[order];
        let at = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |v| limit(input, v));
        let p = discovery.p_values.iter().find(|(n, _)| *n == order).map_or_else(|| "—".to_owned(), |(_, p)| if *p < 0.0001 { "<0.0001".to_owned() } else { format!("{p:.4}") });
        rows.push(vec![input.name.clone(), at(limits.low), at(limits.high), p, found.reproducibility.get(order).map_or_else(|| "—".to_owned(), |r| percent(*r))]);
    }
    aligned_rows(&rows)
}
