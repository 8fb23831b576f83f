//! `fencheng explain`: a figure followed to the documents it rests on.

use super::args::{ExplainArgs, Global};
use super::check::{only_known, project, read};
use super::outcome::{Failure, Outcome, language, said, say};
use super::run::BASELINE;
use crate::base::lang::Lang;
use crate::diag::Code;
use crate::explain::item::Wrong;
use crate::explain::{Explainer, Key, json, lines, words::Teller};
use crate::measure::Run;

/// `fencheng explain`
///
/// # Errors
/// When the scenario is wrong, or what is asked for does not exist: E741–E744.
pub fn explain(args: &ExplainArgs, global: &Global) -> Outcome {
    let variant = args.scenario.variant.first().map(String::as_str).filter(|v| *v != BASELINE);
    let run = project(read(&args.scenario, variant, global)?.scenario, global)?;
    let lang = language(global, Some(run.scenario.lang));
    let explainer = Explainer::new(&run);
    let key = asked(&explainer, args, lang)?;
    let teller = Teller::new(&explainer, key, lang, args.exact);
    if let Some(other) = &args.against {
        let other = other_run(args, other, global)?;
        return against(&teller, key, &other, args, global);
    }
    let tree = explainer.tree(key, args.depth);
    if global.json {
        return say(serde_json::to_string_pretty(&json::tree(&teller, &tree)).unwrap_or_default());
    }
    lines::tree(&teller, &tree, args.depth).into_iter().try_for_each(say)
}

/// The run it is compared with; `--set` holds for it where the path exists there.
fn other_run(args: &ExplainArgs, name: &str, global: &Global) -> Result<Run, Failure> {
    let variant = (name != BASELINE).then_some(name);
    project(read(&only_known(&args.scenario, variant), variant, global)?.scenario, global)
}

fn against(teller: &Teller<'_, '_>, key: Key, other: &Run, args: &ExplainArgs, global: &Global) -> Outcome {
    let theirs = Explainer::new(other);
    let their_key = asked(&theirs, args, teller.lang)?;
    let their_teller = Teller::new(&theirs, their_key, teller.lang, args.exact);
    let pair = teller.explainer.against(key, &theirs, their_key, args.depth);
    if global.json {
        return say(serde_json::to_string_pretty(&json::against(teller, &their_teller, &pair)).unwrap_or_default());
    }
    lines::against(teller, &their_teller, &pair, args.depth).into_iter().try_for_each(say)
}

/// The figure asked for.
fn asked(explainer: &Explainer<'_>, args: &ExplainArgs, lang: Lang) -> Result<Key, Failure> {
    let told = |(code, holes): Wrong| Failure::Said(said(code, &holes, lang));
    let town = explainer.town(&args.town, lang).map_err(told)?;
    let year = explainer.year(args.year).map_err(told)?;
    let text = match &args.cell {
        Some(cell) if !cell.contains(':') => return Err(told((Code::E744, vec![("cell", cell.clone()), ("known", "summary.csv:gap".to_owned())]))),
        Some(cell) => cell,
        None => &args.item,
    };
    explainer.item(text, year, town, lang).map_err(told)
}
