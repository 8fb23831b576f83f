//! `fencheng compare`: the old system and the new one side by side.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::args::{CompareArgs, Global, PictureArgs, ScenarioArgs};
use super::check::{only_known, project, read, variants};
use super::compared::{lines, replay_line};
use super::outcome::{Failure, Outcome, language, report, said, say};
use super::output::Told;
use super::pictured::{self, Drawn, Of, pictures as pictures_of_studies};
use super::pictures::{Wanted, pictures};
use super::reported;
use super::request::Request;
use super::run::BASELINE;
use super::target::{Target, When, footer, told_to_program};
use crate::base::{amount::MoneyUnit, lang::Lang, place::Place};
use crate::decompose::{Between, decompose};
use crate::diag::{Code, Problems};
use crate::load;
use crate::load::single::{self, Single};
use crate::measure::Run;
use crate::measure::backtest::Figures;
use crate::measure::compare::{Comparison, bases, decomposition::Decomposition, finding, replay, tables};
use crate::measure::evidence::shares;
use crate::measure::story::tell;
use crate::outturn::{Replay, Table};
use crate::scenario::Scenario;
use crate::write::manifest::{digest, manifest};

/// What is compared: the first scenario with each of the others.
struct Asked {
    scenario: ScenarioArgs,
    variants: Vec<Option<String>>,
}

/// The outturns of a replay and the file they come from.
struct Outturns {
    file: Single,
    replay: Replay,
    /// The baseline without them.
    projected: Run,
}

/// The runs of a comparison: the baseline, then each of the others.
pub struct Sides {
    asked: Asked,
    runs: Vec<Run>,
    outturns: Option<Outturns>,
    notes: Problems,
    /// The language asked for, else that of the scenario.
    pub lang: Lang,
}

/// All that is written and told.
pub struct Results<'r> {
    /// Every variant against the baseline.
    pub comparisons: Vec<Comparison<'r>>,
    /// What each changed rule brings, as far as that was asked for.
    pub decompositions: Vec<Decomposition>,
    outturns: Option<&'r Outturns>,
    /// What the baseline uses of every source in a replay.
    used: Vec<replay::Used>,
}

/// `fencheng compare`
///
/// # Errors
/// When a scenario or the file of outturns is wrong, nothing can be compared, or the results cannot be written.
pub fn compare(args: &CompareArgs, global: &Global) -> Outcome {
    let when = When::now();
    let sides = Sides::of(args, global)?;
    let (lang, notes) = (sides.lang, &sides.notes);
    let results = sides.results(args)?;
    let folder = write(&results, args, &sides.asked.request(args), notes, &when, lang)?;
    let headlines = results.comparisons.iter().map(|c| finding::headline(c, lang)).collect();
    if told_to_program(&folder, headlines, global)? {
        return Ok(());
    }
    if let Some(o) = results.outturns {
        say(replay_line(&o.replay, &results.used, lang))?;
    }
    for (n, comparison) in results.comparisons.iter().enumerate() {
        lines(comparison, results.decompositions.get(n), lang).into_iter().try_for_each(say)?;
    }
    pictured::told(&folder, lang)?;
    footer(&folder, &args.scenario.scenario, notes.len(), &when, lang)
}

impl Sides {
    /// Reads, checks and projects all of them, with outturns in the place of what is projected where they are given.
    ///
    /// # Errors
    /// When a scenario or the outturns are wrong; it was reported.
    pub fn of(args: &CompareArgs, global: &Global) -> Result<Self, Failure> {
        let asked = Asked::of(args, global)?;
        let (mut scenarios, mut notes) = (Vec::new(), Problems::default());
        for variant in &asked.variants {
            let checked = read(&only_known(&asked.scenario, variant.as_deref()), variant.as_deref(), global)?;
            notes.append(checked.notes);
            scenarios.push(checked.scenario);
        }
        let lang = language(global, scenarios.first().map(|s| s.lang));
        let outturns = outturns(args, &scenarios, &mut notes, lang, global)?;
        scenarios.iter_mut().for_each(|scenario| outturns.iter().for_each(|o| o.replay.put_into(scenario)));
        let runs = scenarios.into_iter().map(|s| project(s, global)).collect::<Result<Vec<Run>, Failure>>()?;
        Ok(Self { asked, runs, outturns, notes, lang })
    }

    /// Compares them.
    ///
    /// # Errors
    /// Never: there are two runs at least.
    pub fn results(&self, args: &CompareArgs) -> Result<Results<'_>, Failure> {
        let [before, after @ ..] = &self.runs[..] else { return Err(Failure::Reported) };
        let outturns = self.outturns.as_ref();
        let ready = |scenario: &mut Scenario| outturns.iter().for_each(|o| o.replay.put_into(scenario));
        let years = outturns.map(|o| o.replay.years());
        let comparisons: Vec<Comparison<'_>> = after.iter().map(|run| Comparison::of(before, run, years.as_deref())).collect();
        let decompositions = if args.decompose { self.asked.decomposed(&comparisons, &ready) } else { Vec::new() };
        let used = outturns.map_or_else(Vec::new, |o| o.replay.used(&o.projected, before));
        Ok(Results { comparisons, decompositions, outturns, used })
    }
}

impl Results<'_> {
    /// Whether outturns stand in the place of what is projected.
    pub const fn is_replay(&self) -> bool {
        self.outturns.is_some()
    }
}

impl Asked {
    /// The baseline and what is compared with it: the variants named, else all there are.
    fn of(args: &CompareArgs, global: &Global) -> Result<Self, Failure> {
        let baseline = args.against.clone().unwrap_or_else(|| BASELINE.to_owned());
        let named = if args.scenario.variant.is_empty() && args.against.is_none() { vec!["all".to_owned()] } else { args.scenario.variant.clone() };
        let others = variants(&ScenarioArgs { variant: named, ..args.scenario.clone() });
        let baseline = (baseline != BASELINE).then_some(baseline);
        let others = others.into_iter().filter(|v| *v != baseline);
        let variants: Vec<Option<String>> = std::iter::once(baseline.clone()).chain(others).collect();
        if variants.len() < 2 && args.scenario.scenario.exists() {
            return Err(Failure::Said(said(Code::E705, &[], language(global, None))));
        }
        let names = variants.iter().map(|v| v.clone().unwrap_or_else(|| BASELINE.to_owned())).collect();
        Ok(Self { scenario: ScenarioArgs { variant: names, ..args.scenario.clone() }, variants })
    }

    /// What was asked for, the variants by their names.
    fn request(&self, args: &CompareArgs) -> Request {
        let mut args = args.clone();
        let mut names = self.scenario.variant.iter().cloned();
        args.against = names.next();
        args.scenario.variant = names.collect();
        Request::Compare(args)
    }

    /// What each changed rule brings, comparison by comparison.
    fn decomposed(&self, comparisons: &[Comparison<'_>], ready: &dyn Fn(&mut Scenario)) -> Vec<Decomposition> {
        let load = |variant: &Option<String>| {
            let known = only_known(&self.scenario, variant.as_deref());
            load::load(&load::Request { scenario: known.scenario, variants: load::stack(variant.as_deref()), set: known.set })
        };
        let Some((first, others)) = self.variants.split_first() else { return Vec::new() };
        let before = load(first);
        let each = others.iter().zip(comparisons);
        each.map(|(variant, comparison)| decompose(&Between { before: &before, after: &load(variant), ready }, comparison)).collect()
    }
}

/// Reads the outturns against the baseline as it is projected.
fn outturns(args: &CompareArgs, scenarios: &[Scenario], notes: &mut Problems, lang: Lang, global: &Global) -> Result<Option<Outturns>, Failure> {
    let (Some(path), Some(baseline)) = (&args.replay, scenarios.first()) else { return Ok(None) };
    let file = single::table(path, args.sheet.as_deref(), &Place::Argument(format!("--replay {}", path.display()).into()));
    let projected = project(baseline.clone(), global)?;
    let mut problems = file.problems.clone();
    let shown = file.files.iter().next().map_or(String::new(), |f| f.shown.clone());
    let replay = file.sheet.as_ref().map(|sheet| Table { sheet, shown: &shown, scope: args.scope.map(Into::into) });
    let replay = replay.map(|table| Replay::read(table, &Figures::of(&projected), &mut problems)).unwrap_or_default();
    report(&problems, &file.files, lang, global);
    if problems.has_errors() {
        return Err(Failure::Reported);
    }
    notes.append(problems);
    Ok(Some(Outturns { file, replay, projected }))
}

fn write(results: &Results<'_>, args: &CompareArgs, request: &Request, notes: &Problems, when: &When, lang: Lang) -> Result<PathBuf, Failure> {
    let Some(first) = results.comparisons.first() else { return Err(Failure::Reported) };
    let before = first.before;
    let mut target = Target::open(&args.target, &args.scenario.scenario, &format!("{}-compare", before.scenario.id), when, lang)?;
    tabulate(results, before.scenario.unit, &mut target)?;
    let runs: Vec<&Run> = std::iter::once(before).chain(results.comparisons.iter().map(|c| c.after)).collect();
    // A picture shows the whole horizon, a replay compares some of its years.
    if results.outturns.is_none() {
        draw(&runs, args, when, lang, &mut target)?;
    }
    apart(results, args, when, lang, &mut target)?;
    target.inputs(runs.iter().copied())?;
    if let (Some(o), Some(path)) = (results.outturns, &args.replay) {
        target.observed(path, &o.file)?;
    }
    if !args.report.formats.is_empty() {
        let about = target.about(when, Vec::new(), None);
        let facts = reported::Facts { lang, origin: reported::origin(&about, env!("CARGO_PKG_VERSION"), &before.scenario.id) };
        reported::write(reported::of_results(results, facts), &args.report.formats, &mut target)?;
    }
    let graded: Vec<(&Run, [f64; 4])> = runs.iter().map(|r| (*r, shares(r, r.evidence()))).collect();
    let codes = notes.iter().map(|p| p.code.to_string()).collect();
    let mut manifest = manifest(&graded, &target.about(when, codes, Some(request)));
    manifest["comparisons"] = results.comparisons.iter().map(|c| told(c, before.scenario.unit)).collect();
    if let Some(o) = results.outturns {
        manifest["replay"] = json!({ "sha256": digest(&o.file.bytes), "years": o.replay.years(), "observed": o.replay.len() });
    }
    target.finish(&manifest)
}

/// What a program wants to know of a comparison without reading tables.
fn told(comparison: &Comparison<'_>, unit: MoneyUnit) -> Value {
    let money = |fen| unit.print(fen);
    let (before, after) = comparison.sum(|y| y.retained);
    json!({
        "baseline": comparison.before.label(),
        "variant": comparison.after.label(),
        "years": comparison.years,
        "retained_before": money(before),
        "retained_after": money(after),
        "given_up": money(comparison.given_up()),
        "whole": money(comparison.whole()),
    })
}

fn tabulate(results: &Results<'_>, unit: MoneyUnit, target: &mut Target) -> Outcome {
    target.tables(
        || {
            let mut sheets: Vec<_> = results.comparisons.iter().flat_map(Comparison::tables).collect();
            let first = results.comparisons.first().map(|c| c.before);
            sheets.extend(first.into_iter().chain(results.comparisons.iter().map(|c| c.after)).map(|run| bases::table(run, unit)));
            sheets.extend(results.decompositions.iter().zip(&results.comparisons).map(|(d, c)| d.table(c)));
            if let (Some(_), Some(run)) = (results.outturns, first) {
                sheets.push(replay::table(run, &results.used));
            }
            let names: Vec<&str> = sheets.iter().map(|s| s.name).collect();
            sheets.push(tables::described(&names));
            sheets
        },
        unit,
    )
}

/// Every comparison taken apart in a picture.
fn apart(results: &Results<'_>, args: &CompareArgs, when: &When, lang: Lang, target: &mut Target) -> Result<(), Failure> {
    let picture = PictureArgs { chart: args.chart.clone(), paper: args.paper };
    if !picture.is_wanted() {
        return Ok(());
    }
    for (decomposition, comparison) in results.decompositions.iter().zip(&results.comparisons) {
        let study = match lang {
            Lang::Zh => format!("分解 {} → {}", comparison.before.label(), comparison.after.label()),
            Lang::En => format!("decomposition {} → {}", comparison.before.label(), comparison.after.label()),
        };
        pictures_of_studies(&[Drawn::Apart(decomposition, comparison)], &Of { run: comparison.after, study, when, lang }, &picture, target)?;
    }
    Ok(())
}

/// All variants in one picture, and every run in a picture of its own: of the town where there is one, else of all together.
fn draw(runs: &[&Run], args: &CompareArgs, when: &When, lang: Lang, target: &mut Target) -> Result<(), Failure> {
    let drawn: Vec<Told<'_>> = runs
        .iter()
        .enumerate()
        .map(|(n, run)| {
            let town = (run.scenario.towns.len() == 1).then_some(0);
            let baseline = runs.first().copied().filter(|_| n > 0);
            let stories = vec![(town, tell(run, baseline, town, lang))];
            Told { run, baseline, towns: run.town_views(), stories, years: (run.scenario.first_year, run.scenario.last_year) }
        })
        .collect();
    pictures(&drawn, &Wanted::of_compare(args), when, lang, target)
}
