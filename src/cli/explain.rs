//! `fencheng explain`: a figure followed to the documents it rests on.

use serde_json::Value;

use super::args::{ExplainArgs, Global};
use super::check::{only_known, project, read};
use super::outcome::{Failure, Outcome, language, said, say};
use super::run::BASELINE;
use crate::base::lang::Lang;
use crate::diag::Code;
use crate::explain::item::Wrong;
use crate::explain::row::{Narrow, Pointer};
use crate::explain::{Explainer, Key, json, lines, words::Teller};
use crate::measure::Run;

/// Levels told of one figure …
const DEPTH: usize = 4;
/// … and of each of many.
const DEPTH_OF_MANY: usize = 1;

/// What is told of a figure: for people, whether there is more, for programs.
struct Told {
    lines: Vec<String>,
    goes_on: bool,
    value: Value,
}

/// `fencheng explain`
///
/// # Errors
/// When the scenario is wrong, or what is asked for does not exist: E741–E748.
pub fn explain(args: &ExplainArgs, global: &Global) -> Outcome {
    let variants = &args.scenario.variant;
    if variants.len() > 1 {
        return Err(Failure::Said(said(Code::E748, &[("count", variants.len().to_string())], language(global, None))));
    }
    let variant = variants.first().map(String::as_str).filter(|v| *v != BASELINE);
    let run = project(read(&args.scenario, variant, global)?.scenario, global)?;
    let lang = language(global, Some(run.scenario.lang));
    let mut explainer = Explainer::new(&run);
    let keys = asked(&mut explainer, args, lang)?;
    let depth = args.depth.unwrap_or(if keys.len() > 1 { DEPTH_OF_MANY } else { DEPTH });
    let told = match &args.against {
        None => keys.iter().map(|key| tell(&Teller::new(&explainer, *key, lang, args.exact), *key, depth, args.all)).collect(),
        Some(other) => against(&explainer, &keys, &other_run(args, other, global)?, (args, lang, depth))?,
    };
    if global.json {
        let mut values: Vec<Value> = told.into_iter().map(|told| told.value).collect();
        let value = if values.len() == 1 { values.remove(0) } else { Value::from(values) };
        return say(serde_json::to_string_pretty(&value).unwrap_or_default());
    }
    let goes_on = told.iter().any(|told| told.goes_on);
    told.into_iter().flat_map(|told| told.lines).try_for_each(say)?;
    let Some(key) = keys.first().filter(|_| args.against.is_none()) else { return Ok(()) };
    lines::foot(&Teller::new(&explainer, *key, lang, args.exact), goes_on, depth).into_iter().try_for_each(say)
}

fn tell(teller: &Teller<'_, '_>, key: Key, depth: usize, all: bool) -> Told {
    let tree = |all: bool| teller.explainer.tree(key, depth, all);
    // Programs are told of every part.
    let shown = tree(all);
    Told { lines: lines::body(teller, &shown), goes_on: lines::is_cut(&shown), value: json::tree(teller, &tree(true)) }
}

/// The run it is compared with; `--set` holds for it where the path exists there.
fn other_run(args: &ExplainArgs, name: &str, global: &Global) -> Result<Run, Failure> {
    let variant = (name != BASELINE).then_some(name);
    project(read(&only_known(&args.scenario, variant), variant, global)?.scenario, global)
}

fn against(ours: &Explainer<'_>, keys: &[Key], other: &Run, (args, lang, depth): (&ExplainArgs, Lang, usize)) -> Result<Vec<Told>, Failure> {
    let mut theirs = Explainer::new(other);
    let mut pairs = Vec::new();
    for key in keys {
        let their_key = match args.cell {
            None => asked(&mut theirs, args, lang)?.first().copied(),
            Some(_) => ours.same_cell(*key, &mut theirs),
        };
        let holes = || [("cell", ours.identity(*key)), ("variant", other.label().to_owned())];
        pairs.push((*key, their_key.ok_or_else(|| Failure::Said(said(Code::E747, &holes(), lang)))?));
    }
    let tell = |(key, their_key): (Key, Key)| {
        let (a, b) = (Teller::new(ours, key, lang, args.exact), Teller::new(&theirs, their_key, lang, args.exact));
        let pair = ours.against(key, &theirs, their_key, depth);
        Told { lines: lines::against(&a, &b, &pair, depth), goes_on: false, value: json::against(&a, &b, &pair) }
    };
    Ok(pairs.into_iter().map(tell).collect())
}

/// The figures asked for.
fn asked(explainer: &mut Explainer<'_>, args: &ExplainArgs, lang: Lang) -> Result<Vec<Key>, Failure> {
    let told = |(code, holes): Wrong| Failure::Said(said(code, &holes, lang));
    let town = args.town.as_ref().map(|town| explainer.town(town, lang)).transpose().map_err(told)?;
    let year = args.year.map(|year| explainer.year(year)).transpose().map_err(told)?;
    if let Some(cell) = &args.cell {
        let pointer = Pointer::parse(cell, explainer.run, lang).map_err(told)?;
        let id = town.map(|place| explainer.town_id(place));
        let found = explainer.rows(&pointer, Narrow { town: id.as_deref(), year: args.year }, lang).map_err(told)?;
        return Ok(found.into_iter().map(|found| explainer.ask(found.told)).collect());
    }
    let (town, year) = (town.unwrap_or_default(), year.unwrap_or_default());
    explainer.item(&args.item, year, town, lang).map(|key| vec![key]).map_err(told)
}
