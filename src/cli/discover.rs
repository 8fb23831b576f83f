//! `fencheng discover`: in which circumstances results are of interest.

use serde_json::json;

use super::args::{DiscoverArgs, Global};
use super::found::{Found, evaluator};
use super::outcome::{Outcome, say};
use super::sensitivity::{Drawn, drawn};
use super::study::failure;
use super::summary::aligned_rows;
use super::target::{When, footer, told_to_program};
use crate::base::lang::Lang;
use crate::measure::finding::percent;
use crate::study::condition::Condition;
use crate::study::discover::{Discovered, Interest, discover as seek, limit, sentence, tables};
use crate::study::inputs::Input;
use crate::study::math::prim::Discovery;
use crate::study::points::{Design, Points};

/// Points unless asked otherwise.
const POINTS: u64 = 2_000;

/// `fencheng discover`
///
/// # Errors
/// When the scenario or the study is wrong, a point cannot be computed, or results cannot be written.
pub fn discover(args: &DiscoverArgs, global: &Global) -> Outcome {
    let when = When::now();
    let Drawn { studied, inputs, correlation } = drawn(&args.study, "discover", global)?;
    let wrong = |wrong| failure(wrong, &studied, global);
    let (condition, opposite) = Condition::typed(&args.wanted, true, &studied.scenario).map_err(wrong)?;
    let interest = Interest { condition, opposite };
    let seed = args.study.seed.unwrap_or(1);
    let design = Design {
        kind: if correlation.is_empty() { "latin" } else { "monte_carlo" }.to_owned(),
        draws: args.study.points.unwrap_or(POINTS),
        seed,
        paired: true,
        correlation,
    };
    let points = Points::new(inputs, &design).map_err(wrong)?;
    let evaluator = evaluator(&studied, points.targets(), &points.ranges(), global)?;
    let found = seek(&evaluator, &points, &interest, seed).map_err(wrong)?;
    let lang = studied.lang;
    let headlines = vec![sentence(&found, &points.inputs, &interest, lang)];
    let told = json!({ "where": args.wanted, "points": found.points, "hits": found.hits, "seed": seed, "design": design.kind, "inputs": points.inputs.iter().map(|i| &i.key).collect::<Vec<_>>() });
    let result = Found { studied: &studied, scenario: &args.study.scenario.scenario, kind: "discover", told, headlines: &headlines };
    let folder = result.write(&args.target, || tables(&found, &points.inputs, lang), &when)?;
    if told_to_program(&folder, headlines.clone(), global)? {
        return Ok(());
    }
    headlines.into_iter().try_for_each(|line| say(format!("  {line}")))?;
    if let Some(discovery) = &found.discovery {
        say("")?;
        table(&found, discovery, &points.inputs, lang).into_iter().try_for_each(say)?;
    }
    say("")?;
    footer(&folder, &args.study.scenario.scenario, studied.notes.len(), &when, lang)
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
