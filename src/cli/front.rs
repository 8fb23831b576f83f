//! `fencheng solve --front`: what towns gain and the county gives up along one lever or two.

use serde_json::json;

use super::args::{Global, SolveArgs};
use super::found::{Found, draw, evaluator};
use super::outcome::{Outcome, say};
use super::pictured::{self, Drawn};
use super::request::Request;
use super::study::{Studied, failure};
use super::summary::aligned_rows;
use super::target::{When, footer, told_to_program};
use crate::base::lang::Lang;
use crate::measure::finding::{money, percent};
use crate::study::front::{Combination, Front, combinations, measures};
use crate::study::inputs::Input;
use crate::study::measure::{Figure, Unit};
use crate::study::shown::front::present;
use crate::study::value::Target;

/// Points of the front shown.
const MOST_ROWS: usize = 12;

/// The front.
///
/// # Errors
/// Measures or levers that cannot be; what the system says.
pub fn front(args: &SolveArgs, text: &str, levers: Vec<Input>, studied: &Studied, when: &When, global: &Global) -> Outcome {
    let wrong = |wrong| failure(wrong, studied, global);
    let measures = measures(text).map_err(wrong)?;
    let all = combinations(&levers).map_err(wrong)?;
    let targets: Vec<Target> = levers.iter().flat_map(|l| l.targets.clone()).collect();
    let range = |n: usize| (all.iter().map(|v| v[n]).min().unwrap_or(0), all.iter().map(|v| v[n]).max().unwrap_or(0));
    let ranges: Vec<(i64, i64)> = (0..targets.len()).map(range).collect();
    let evaluator = evaluator(studied, targets.clone(), &ranges, global)?;
    let found = Front::of(&evaluator, all, measures);
    let lang = studied.lang;
    let headlines = vec![headline(&found, &levers, lang)];
    let told = json!({ "levers": levers.iter().map(|l| &l.key).collect::<Vec<_>>(), "measures": measures.map(|m| m.key), "combinations": found.all.len(), "on_front": found.best().len() });
    let count = found.all.len();
    let study = if lang == Lang::Zh { format!("研究 县镇取舍 · {count} 种取值") } else { format!("study front · {count} combinations") };
    let folder = Found { studied, scenario: &args.scenario.scenario, kind: "front", told, headlines: &headlines, request: Some(Request::Solve(args.clone())) }.write(
        &args.target,
        || found.tables(&targets, studied.scenario.unit),
        |target| draw(&[Drawn::Front(&found, &levers, present(&evaluator, &levers, &found))], study, studied, &args.picture, (when, global), target),
        when,
    )?;
    if told_to_program(&folder, headlines.clone(), global)? {
        return Ok(());
    }
    headlines.into_iter().try_for_each(|line| say(format!("  {line}")))?;
    say("")?;
    table(&found, &levers, lang).into_iter().try_for_each(say)?;
    say("")?;
    pictured::told(&folder, lang)?;
    footer(&folder, &args.scenario.scenario, studied.notes.len(), when, lang)
}

fn said(figure: Figure, unit: Unit, lang: Lang) -> String {
    match (figure, unit) {
        (Figure::None, _) => "—".to_owned(),
        (Figure::Whole(fen), Unit::Money) => money(fen, lang),
        (Figure::Whole(whole), _) => whole.to_string(),
        (Figure::Ratio(ratio), _) => percent(ratio),
    }
}

fn headline(front: &Front, levers: &[Input], lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let (best, all) = (front.best(), front.all.len());
    let failed: Vec<&str> = front.all.iter().filter_map(|c| c.figures.as_ref().err()).map(|f| f.code.as_str()).collect();
    let Some((first, last)) = best.first().zip(best.last()) else {
        let code = failed.first().copied().unwrap_or("—");
        return if zh { format!("{all} 种取值没有一种能比较（{code}）") } else { format!("none of {all} combinations can be compared ({code})") };
    };
    let end = |c: &Combination| {
        let values: Vec<String> = levers.iter().zip(&c.values).map(|(l, v)| l.targets.first().map_or_else(String::new, |t| format!("{} {}", l.name, t.text(*v)))).collect();
        let [towns, county] = c.figures.clone().unwrap_or([Figure::None; 2]);
        let [towns, county] = [(0, towns), (1, county)].map(|(n, f)| format!("{} {}", front.measures[n].words.get(lang), said(f, front.measures[n].unit, lang)));
        if zh { format!("{county}、{towns}（{}）", values.join("，")) } else { format!("{county}, {towns} ({})", values.join(", ")) }
    };
    let more = match (failed.len(), zh) {
        (0, _) => String::new(),
        (count, true) => format!("；{count} 种不能计算（{}）", failed[0]),
        (count, false) => format!("; {count} cannot be computed ({})", failed[0]),
    };
    if zh {
        format!("{all} 种取值中 {} 种不被压倒（再没有两头都更好的）：从 {} 到 {}{more}", best.len(), end(first), end(last))
    } else {
        format!("{} of {all} combinations are on the front (none gives both more): from {} to {}{more}", best.len(), end(first), end(last))
    }
}

/// The front, evenly thinned.
fn table(front: &Front, levers: &[Input], lang: Lang) -> Vec<String> {
    let best = front.best();
    let heads = levers.iter().map(|l| l.name.clone()).chain([1, 0].map(|n| front.measures[n].words.get(lang).to_owned()));
    let mut rows: Vec<Vec<String>> = vec![heads.collect()];
    let shown = best.len().min(MOST_ROWS);
    for row in 0..shown {
        let Some(c) = best.get(row * best.len().saturating_sub(1) / shown.saturating_sub(1).max(1)) else { continue };
        let values = levers.iter().zip(&c.values).map(|(l, v)| l.targets.first().map_or_else(String::new, |t| t.text(*v)));
        let figures = c.figures.clone().unwrap_or([Figure::None; 2]);
        rows.push(values.chain([1, 0].map(|n| said(figures[n], front.measures[n].unit, lang))).collect());
    }
    aligned_rows(&rows)
}
