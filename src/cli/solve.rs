//! `fencheng solve`: the least or greatest value of a lever that meets requirements.

use serde_json::{Value, json};

use super::args::{Global, SolveArgs, StudyArgs};
use super::found::{Found, evaluator};
use super::front;
use super::outcome::{Failure, Outcome, language, said as coded, say};
use super::request::Request;
use super::study::{Studied, declared, failure, inputs, named, said, studied};
use super::summary::aligned_rows;
use super::target::{When, footer, ready, told_to_program};
use crate::base::lang::Lang;
use crate::diag::{Code, nearest};
use crate::scenario::study::Solve;
use crate::study::condition::{Condition, Who};
use crate::study::inputs::Input;
use crate::study::solve::tables::tables;
use crate::study::solve::words::Teller;
use crate::study::solve::{Line, Search, Solution};
use crate::study::wrong::Wrong;

/// Values shown one by one; the table has them all.
const MOST_ROWS: usize = 12;

/// `fencheng solve`
///
/// # Errors
/// When the scenario or what is asked is wrong, when nothing meets the requirements ([`Failure::Unsolved`], after the answer was
/// printed), or when results cannot be written.
pub fn solve(args: &SolveArgs, global: &Global) -> Outcome {
    let when = When::now();
    let asked = StudyArgs { scenario: args.scenario.clone(), study: args.study.clone(), lever: args.lever.clone(), uncertain: Vec::new(), points: None, seed: None };
    let plain = declared(&asked, global)?;
    let lang = language(global, Some(plain.lang));
    let study = named(&plain.studies.solves, args.study.as_deref(), |s| &s.id, lang)?;
    let studied = studied(&asked, study.and_then(|s| s.variant.as_deref()), global)?;
    // The variant may change the study itself.
    let study = study.map(|s| studied.scenario.studies.solves.iter().find(|own| own.id == s.id).unwrap_or(s));
    ready(&args.target, &args.scenario.scenario, lang)?;
    let own: Vec<String> = study.iter().map(|s| s.lever.clone()).collect();
    let levers = inputs(&asked, &own, &[], &studied, global)?;
    if levers.is_empty() {
        return Err(nothing_asked(&plain.studies.solves, lang));
    }
    if let Some(measures) = &args.front {
        return front::front(args, measures, levers, &studied, &when, global);
    }
    let [lever] = &levers[..] else {
        return Err(said(&Wrong::said("--lever", "求解一次求一个政策变量；看两个用 --front", "a search has one lever; for two use --front"), lang));
    };
    let conditions = conditions(args, study, &studied, global)?;
    let line = Line::of(lever).map_err(|wrong| failure(wrong, &studied, global))?;
    let evaluator = evaluator(&studied, lever.targets.clone(), &[line.range()], global)?;
    let mut search = Search::new(&evaluator, lever, conditions).map_err(|wrong| failure(wrong, &studied, global))?;
    let whom = whom(&args.whom, &search.towns(), lang)?;
    let lowest = args.find.as_deref().map_or_else(|| study.is_none_or(|s| s.lowest), |find| find == "lowest");
    let solutions: Vec<Solution> = whom.into_iter().map(|who| search.solve(who, lowest)).collect();
    let teller = Teller { search: &search, lowest, lang };
    let headlines: Vec<String> = solutions.iter().map(|s| teller.headline(s)).collect();
    let found = Found {
        studied: &studied,
        scenario: &args.scenario.scenario,
        kind: "solve",
        told: told(&teller, &solutions, lever),
        headlines: &headlines,
        request: Some(Request::Solve(args.clone())),
    };
    let folder = found.write(&args.target, || tables(&search, &solutions, studied.scenario.unit), |_| Ok(()), &when)?;
    let unsolved = solutions.iter().any(|s| s.answer.is_none());
    if !told_to_program(&folder, headlines.clone(), global)? {
        print(&teller, &solutions, &headlines)?;
        footer(&folder, &args.scenario.scenario, studied.notes.len(), &when, lang)?;
    }
    if unsolved { Err(Failure::Unsolved) } else { Ok(()) }
}

fn nothing_asked(solves: &[Solve], lang: Lang) -> Failure {
    let ids: Vec<&str> = solves.iter().map(|s| s.id.as_str()).collect();
    let (zh, en) = if ids.is_empty() {
        let typed = "--lever 路径=0%..100% --require \"coverage>=100%@2020\"";
        (format!("方案没有声明求解；用 {typed} 写一个"), format!("the scenario declares no search; write one with {typed}"))
    } else {
        (format!("方案声明了几项求解，写出其中一项：{}", ids.join("、")), format!("the scenario declares several searches; name one: {}", ids.join(", ")))
    };
    said(&Wrong::coded(Code::E734, "solve", zh, en), lang)
}

/// What must hold: as typed, else as declared.
fn conditions(args: &SolveArgs, study: Option<&Solve>, studied: &Studied, global: &Global) -> Result<Vec<Condition>, Failure> {
    let scenario = &studied.scenario;
    let made: Result<Vec<Condition>, Wrong> = if args.require.is_empty() {
        study.map_or(&[][..], |s| &s.require).iter().map(|r| Condition::of(r, scenario)).collect()
    } else {
        args.require.iter().map(|text| Ok(Condition::typed(text, false, scenario)?.0)).collect()
    };
    made.map_err(|wrong| failure(wrong, studied, global))
}

/// Whose requirements are looked at, one after another.
fn whom(text: &str, towns: &[&str], lang: Lang) -> Result<Vec<Who>, Failure> {
    match text {
        "all" => Ok(vec![Who::All]),
        "each" => Ok((0..towns.len()).map(Who::Town).collect()),
        name => match towns.iter().position(|town| *town == name) {
            Some(town) => Ok(vec![Who::Town(town)]),
            None => {
                let near = nearest(name, towns.iter().copied()).or_else(|| towns.first().map(|t| (*t).to_owned())).unwrap_or_default();
                let args = [("option", "--for".to_owned()), ("text", name.to_owned()), ("example", format!("all, each, {near}"))];
                Err(Failure::Said(coded(Code::E701, &args, lang)))
            }
        },
    }
}

/// What a program wants to know of it.
fn told(teller: &Teller<'_>, solutions: &[Solution], lever: &Input) -> Value {
    let towns = teller.search.towns();
    let value = |value: Option<i64>| value.map(|v| teller.value(v));
    let one = |s: &Solution| {
        json!({
            "town": match s.who { Who::All => None, Who::Town(n) => towns.get(n) },
            "answer": value(s.answer),
            "set": s.answer.or(s.nearest).map(|v| lever.targets.iter().flat_map(|t| t.sets(v)).collect::<Vec<_>>()),
            "nearest": value(s.nearest),
            "hold": s.intervals.iter().map(|(from, to)| [teller.value(*from), teller.value(*to)]).collect::<Vec<_>>(),
            "binding": s.binding.iter().map(|n| teller.search.conditions[*n].measure.key).collect::<Vec<_>>(),
            "not_monotone": s.uneven.iter().map(|n| teller.search.conditions[*n].measure.key).collect::<Vec<_>>(),
        })
    };
    json!({
        "lever": lever.key,
        "find": if teller.lowest { "lowest" } else { "highest" },
        "require": teller.search.conditions.iter().map(|c| json!({ "measure": c.measure.key, "at_least": c.at_least, "at_most": c.at_most, "by": c.by })).collect::<Vec<_>>(),
        "found": solutions.iter().map(one).collect::<Vec<_>>(),
    })
}

fn print(teller: &Teller<'_>, solutions: &[Solution], headlines: &[String]) -> Outcome {
    for (solution, headline) in solutions.iter().zip(headlines) {
        say(format!("  {headline}"))?;
        teller.remarks(solution).into_iter().try_for_each(|line| say(format!("    {line}")))?;
    }
    say("")?;
    rows(teller, solutions).into_iter().try_for_each(say)?;
    let more = teller.search.tried().count().saturating_sub(MOST_ROWS);
    if more > 0 && solutions.len() == 1 {
        say(if teller.lang == Lang::Zh {
            format!("  共试 {} 个取值，见 tables/solve.csv", more + MOST_ROWS)
        } else {
            format!("  {} values were tried, see tables/solve.csv", more + MOST_ROWS)
        })?;
    }
    say("")
}

/// The values around the answer with what every requirement comes to; one row a town where each has its own.
fn rows(teller: &Teller<'_>, solutions: &[Solution]) -> Vec<String> {
    let (zh, search) = (teller.lang == Lang::Zh, teller.search);
    let by = |c: &Condition| c.by.map_or(String::new(), |year| format!(" {year}"));
    let names = search.conditions.iter().map(|c| format!("{}{} {}", c.measure.words.get(teller.lang), by(c), c.asked(teller.lang)));
    let towns = search.towns();
    let several = solutions.len() > 1;
    let head = match (several, zh) {
        (true, true) => "镇",
        (true, false) => "Town",
        (false, true) => "取值",
        (false, false) => "Value",
    };
    let mut table = vec![
        std::iter::once(head.to_owned())
            .chain(several.then(|| if zh { "取值" } else { "Value" }.to_owned()))
            .chain(names)
            .chain([if zh { "全部满足" } else { "All met" }.to_owned()])
            .collect::<Vec<_>>(),
    ];
    for solution in solutions {
        let middle = solution.answer.or(solution.nearest);
        let shown = if several { middle.into_iter().collect() } else { around(search.tried().collect(), middle) };
        for value in shown {
            let figure = |c: &Condition| search.reached(value, c, solution.who).map_or_else(|| "—".to_owned(), |r| c.say(r.figure, teller.lang));
            let town = match solution.who {
                Who::Town(n) if several => Some(towns.get(n).copied().unwrap_or_default().to_owned()),
                _ => None,
            };
            let holds = search.holds(value, solution.who) == Some(true);
            let mark = match (holds, zh) {
                (true, true) => "是",
                (false, true) => "否",
                (true, false) => "yes",
                (false, false) => "no",
            };
            table.push(town.into_iter().chain([teller.value(value)]).chain(search.conditions.iter().map(figure)).chain([mark.to_owned()]).collect());
        }
    }
    aligned_rows(&table)
}

/// The values next to one, at most so many.
fn around(all: Vec<i64>, middle: Option<i64>) -> Vec<i64> {
    let at = middle.and_then(|m| all.iter().position(|v| *v == m)).unwrap_or(0);
    let first = at.saturating_sub(MOST_ROWS / 2).min(all.len().saturating_sub(MOST_ROWS));
    all.into_iter().skip(first).take(MOST_ROWS).collect()
}
