//! `fencheng check`, and reading scenarios for all commands.

use super::args::{Global, ScenarioArgs};
use super::outcome::{Failure, Outcome, language, report, say};
use crate::base::{
    lang::Lang,
    place::{Files, Place},
};
use crate::diag::{Code, Problems, render};
use crate::load::{self, Request};
use crate::measure::Run;
use crate::scenario::Scenario;
use crate::study::declared::{self, Under};
use crate::study::subject::Subject;

/// A scenario read, with what is doubtful about it.
pub struct Checked {
    /// The scenario.
    pub scenario: Scenario,
    /// Warnings.
    pub notes: Problems,
}

/// What is wrong with a scenario, not yet printed.
struct Wrong {
    problems: Problems,
    files: Files,
    lang: Lang,
}

/// Reads and checks a scenario with one variant; prints what is wrong.
///
/// # Errors
/// [`Failure::Reported`] after printing.
pub fn read(args: &ScenarioArgs, variant: Option<&str>, global: &Global) -> Result<Checked, Failure> {
    examine(args, variant, global).map_err(|wrong| {
        report(&wrong.problems, &wrong.files, wrong.lang, global);
        Failure::Reported
    })
}

fn examine(args: &ScenarioArgs, variant: Option<&str>, global: &Global) -> Result<Checked, Box<Wrong>> {
    let request = Request { scenario: args.scenario.clone(), variants: load::stack(variant), set: args.set.clone() };
    let loaded = load::load(&request);
    let id = loaded.folder.canonicalize().ok().and_then(|f| f.file_name().map(|n| n.to_string_lossy().into_owned()));
    let (scenario, notes) = crate::check::check(&id.unwrap_or_else(|| "scenario".to_owned()), &loaded);
    match scenario {
        Some(scenario) => Ok(Checked { scenario, notes }),
        None => {
            let lang = language(global, language_of(&loaded));
            Err(Box::new(Wrong { problems: notes, files: loaded.files, lang }))
        }
    }
}

/// Compiles and projects; prints what is wrong.
///
/// # Errors
/// [`Failure::Reported`] after printing.
pub fn project(scenario: Scenario, global: &Global) -> Result<Run, Failure> {
    let (files, lang): (Files, Lang) = (scenario.files.clone(), language(global, Some(scenario.lang)));
    Run::of(scenario).map_err(|problems| {
        report(&problems, &files, lang, global);
        Failure::Reported
    })
}

/// Reads, checks and projects every variant asked for; prints what is wrong. The problems are what is doubtful.
///
/// # Errors
/// [`Failure::Reported`] after printing.
pub fn projected(args: &ScenarioArgs, global: &Global) -> Result<(Vec<Run>, Problems), Failure> {
    let mut runs = Vec::new();
    let mut notes = Problems::default();
    let asked = variants(args);
    let several = asked.len() > 1;
    for variant in asked {
        let scenario = if several { only_known(args, variant.as_deref()) } else { args.clone() };
        let checked = read(&scenario, variant.as_deref(), global)?;
        notes.append(checked.notes);
        runs.push(project(checked.scenario, global)?);
    }
    Ok((runs, notes))
}

/// Of what `--set` says, what concerns a variant: a path that another variant brings does not exist in all of them.
/// What exists in none is kept, so that it is reported.
pub fn only_known(args: &ScenarioArgs, variant: Option<&str>) -> ScenarioArgs {
    let unknown = |set: &String, variant: Option<&str>| {
        let request = Request { scenario: args.scenario.clone(), variants: load::stack(variant), set: vec![set.clone()] };
        let loaded = load::load(&request);
        // A path may lead into what is there and still end at a key that this form does not have.
        let here = Place::Argument(format!("--set {set}").into());
        let misplaced = || crate::check::check("", &loaded).1.iter().any(|p| p.code == Code::E101 && p.place == here);
        loaded.problems.iter().any(|p| p.code == Code::E122) || misplaced()
    };
    let elsewhere = |set: &String| variants(args).iter().any(|v| !unknown(set, v.as_deref()));
    let set = args.set.iter().filter(|set| !unknown(set, variant) || !elsewhere(set)).cloned().collect();
    ScenarioArgs { set, ..args.clone() }
}

/// The variants asked for: none is the scenario itself, `all` is every one with the scenario first.
#[must_use]
pub fn variants(args: &ScenarioArgs) -> Vec<Option<String>> {
    let folder = if args.scenario.is_dir() { args.scenario.clone() } else { args.scenario.parent().map(Into::into).unwrap_or_default() };
    let mut found = Vec::new();
    for name in &args.variant {
        match name.as_str() {
            "all" => {
                found.push(None);
                found.extend(load::variants(&folder).into_iter().map(Some));
            }
            "baseline" => found.push(None),
            name => found.push(Some(name.to_owned())),
        }
    }
    if found.is_empty() {
        found.push(None);
    }
    let mut seen = Vec::new();
    found.retain(|v| {
        !seen.contains(v) && {
            seen.push(v.clone());
            true
        }
    });
    found
}

/// The language the scenario asks for, as far as it could be read.
fn language_of(loaded: &load::Loaded) -> Option<Lang> {
    use crate::load::node::Value;
    let head = loaded.root.get("scenario")?.node.table()?;
    match &head.get("lang")?.node.value {
        Value::Text(text) if text == "en" => Some(Lang::En),
        Value::Text(text) if text == "zh" => Some(Lang::Zh),
        _ => None,
    }
}

/// `fencheng check`
///
/// # Errors
/// When the scenario is wrong.
pub fn check(args: &ScenarioArgs, global: &Global) -> Outcome {
    let mut failed = studies(args, global).is_err();
    let mut told = Vec::new();
    // Unless variants are named, all of them are looked at: a slip in one is a slip in the scenario.
    let everything = ScenarioArgs { variant: vec!["all".to_owned()], ..args.clone() };
    let asked = variants(if args.variant.is_empty() { &everything } else { args });
    for (n, variant) in asked.into_iter().enumerate() {
        let checked = match examine(args, variant.as_deref(), global) {
            Ok(checked) => checked,
            Err(wrong) => {
                failed = true;
                report(&untold(&wrong, &mut told), &wrong.files, wrong.lang, global);
                continue;
            }
        };
        let lang = language(global, Some(checked.scenario.lang));
        let (files, count) = (checked.scenario.files.clone(), render::count_line(&checked.notes, lang));
        // What is doubtful about the shared rules was said with the first.
        if n == 0 {
            report(&checked.notes, &files, lang, global);
        }
        let Ok(run) = project(checked.scenario, global) else {
            failed = true;
            continue;
        };
        if !global.quiet && !global.json {
            say(sound(&run, &count, lang))?;
        }
    }
    if failed { Err(Failure::Reported) } else { Ok(()) }
}

/// What is wrong with the studies a scenario declares, under the variants they are of; of a scenario that is wrong itself nothing is said.
fn studies(args: &ScenarioArgs, global: &Global) -> Outcome {
    let Ok(plain) = examine(args, None, global) else { return Ok(()) };
    let declared = &plain.scenario.studies;
    if declared.levers.is_empty() && declared.uncertain.is_empty() && declared.sweeps.is_empty() && declared.solves.is_empty() {
        return Ok(());
    }
    let folder = if args.scenario.is_dir() { args.scenario.clone() } else { args.scenario.parent().map(Into::into).unwrap_or_default() };
    let known = load::variants(&folder);
    let named = declared.sweeps.iter().map(|s| &s.variant).chain(declared.solves.iter().map(|s| &s.variant)).flatten().cloned();
    let mut asked: Vec<Option<String>> = std::iter::once(None).chain(known.iter().cloned().chain(named).map(Some)).collect();
    asked.sort();
    asked.dedup();
    let under = |variant: Option<String>| {
        let checked = examine(args, variant.as_deref(), global).ok()?;
        let request = Request { scenario: args.scenario.clone(), variants: load::stack(variant.as_deref()), set: args.set.clone() };
        Some(Under { variant, subject: Subject::new(&checked.scenario.id, load::load(&request)), scenario: checked.scenario })
    };
    let all: Vec<Under> = asked.into_iter().filter_map(under).collect();
    let agreements = load::builtin::AGREEMENTS.iter().map(|(name, _)| (*name).to_owned());
    let problems = declared::problems(&all, &known.iter().cloned().chain(agreements).collect::<Vec<_>>());
    if problems.is_empty() {
        return Ok(());
    }
    report(&problems, &plain.scenario.files, language(global, Some(plain.scenario.lang)), global);
    Err(Failure::Reported)
}

/// What was not said of an earlier variant: the same words about the same line.
fn untold(wrong: &Wrong, told: &mut Vec<String>) -> Problems {
    let mut fresh = Problems::default();
    for problem in wrong.problems.iter() {
        let words = format!("{} {:?} {:?}", problem.code, wrong.files.line_of(&problem.place), problem.args);
        if !told.contains(&words) {
            told.push(words);
            fresh.push(problem.clone());
        }
    }
    fresh
}

fn sound(run: &Run, count: &str, lang: Lang) -> String {
    let s = &run.scenario;
    let (towns, years, sources, projects) = (s.towns.len(), run.years(), s.sources.len(), s.projects.len());
    match lang {
        Lang::Zh => format!("“{}”（{}）可以测算：{towns} 个镇，{years} 年，{sources} 项收入，{projects} 个项目；各项分尽，账目合拢。{count}", s.name, run.variant()),
        Lang::En => format!("“{}” ({}) can be run: {towns} towns, {years} years, {sources} sources, {projects} projects; books close. {count}", s.name, run.variant()),
    }
}
