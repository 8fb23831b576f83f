//! `fencheng report`: results computed anew from their own inputs, told on one page.

use std::path::{Path, PathBuf};

use super::args::{CompareArgs, Global, ReportArgs, RunArgs};
use super::compare::{Results as Compared, Sides};
use super::outcome::{Failure, Outcome, language, said, say};
use super::output::Told;
use super::redo::redo;
use super::reported::{self, Facts, Part};
use super::request::Request;
use super::result::Results;
use super::run::Ran;
use super::target::{When, failure, free_name};
use super::unpack::Scratch;
use super::verify::files;
use crate::base::lang::Lang;
use crate::diag::Code;
use crate::write::folder::{put, safe_name};
use crate::write::report::Origin;

/// A result computed anew.
enum Again {
    Run(Box<(RunArgs, Ran)>),
    Compare(Box<(CompareArgs, Sides)>),
}

/// A result computed anew, and what is told of it.
enum Shown<'r> {
    Run(Vec<Told<'r>>),
    Compare(Compared<'r>),
}

/// `fencheng report`
///
/// # Errors
/// When a folder is no result of `run` or `compare`, was changed, or the file cannot be written.
pub fn report(args: &ReportArgs, global: &Global) -> Outcome {
    let (when, asked) = (When::now(), language(global, None));
    let results = args.results.iter().map(|folder| Results::open(folder, asked)).collect::<Result<Vec<_>, Failure>>()?;
    let silent = Global { silent: true, ..global.clone() };
    let again = results.iter().map(|result| computed(result, &silent, asked)).collect::<Result<Vec<_>, Failure>>()?;
    let lang = language(global, again.first().and_then(|(_, again)| again.lang()));
    let shown = again.iter().map(|(_, again)| again.shown(lang)).collect::<Result<Vec<_>, Failure>>()?;
    let facts = results.iter().zip(&again).map(|(result, _)| Facts { lang, origin: origin(result) });
    let parts: Vec<Part<'_>> = shown.iter().zip(facts).map(|(shown, facts)| shown.part(facts)).collect();
    let made: Vec<_> = parts.iter().map(Part::comparisons).collect();
    let page = reported::page(parts, &made);
    let scenario = results.first().and_then(|r| r.manifest["scenario"].as_str()).unwrap_or("fencheng");
    for format in &args.format {
        let (ending, bytes) = reported::bytes(&page, *format, lang)?;
        let path = place(args, scenario, ending, &when);
        if path.exists() && !args.replace {
            return Err(Failure::Said(said(Code::E813, &[("file", path.display().to_string())], lang)));
        }
        put(&path, &bytes).map_err(|trouble| failure(&trouble, lang))?;
        told(&path, bytes.len(), global, lang)?;
    }
    Ok(())
}

/// Where it goes: the file asked for with the ending of the format, or one under `output/`.
fn place(args: &ReportArgs, scenario: &str, ending: &str, when: &When) -> PathBuf {
    match &args.out {
        Some(path) if path.extension().is_some_and(|e| e == ending) || args.format.len() == 1 && path.extension().is_some() => path.clone(),
        Some(path) => path.with_extension(ending),
        None => free_name(&format!("{}-report-{}", safe_name(scenario), when.stamp), Some(ending)),
    }
}

fn told(path: &Path, size: usize, global: &Global, lang: Lang) -> Outcome {
    if global.json {
        return say(serde_json::json!({ "report": path.display().to_string(), "bytes": size }));
    }
    let kilobytes = size.div_ceil(1000);
    match (global.quiet, lang) {
        (true, _) => say(path.display()),
        (false, Lang::Zh) => say(format!("  报告  {}（{kilobytes} KB，双击用浏览器打开，不需要网络）", path.display())),
        (false, Lang::En) => say(format!("  Report  {} ({kilobytes} KB; opens in any browser, needs no network)", path.display())),
    }
}

/// Computes a result anew from its own inputs; refuses one that was changed or comes out otherwise.
fn computed<'r>(result: &'r Results, global: &Global, lang: Lang) -> Result<(&'r Results, Again), Failure> {
    let folder = || ("folder", result.folder.display().to_string());
    let changed: Vec<String> = files(result).into_iter().map(|difference| difference.file).collect();
    if !changed.is_empty() {
        return Err(Failure::Said(said(Code::E811, &[folder(), ("files", some(&changed))], lang)));
    }
    let command = || result.manifest["request"]["command"].as_str().or(result.manifest["study"].as_str()).unwrap_or("?").to_owned();
    let other = || Failure::Said(said(Code::E812, &[folder(), ("command", command())], lang));
    let request = result.request().and_then(|request| request.within(&result.folder, None)).ok_or_else(other)?;
    if result.version() != env!("CARGO_PKG_VERSION") {
        same_as_then(result, request.clone(), global, lang)?;
    }
    let again = match request {
        Request::Run(args) => Ran::of(&args, global).map(|ran| Again::Run(Box::new((args, ran))))?,
        Request::Compare(args) => Sides::of(&args, global).map(|sides| Again::Compare(Box::new((args, sides))))?,
        Request::Backtest(_) | Request::Sweep(_) | Request::Solve(_) | Request::Sensitivity(_) | Request::Discover(_) => return Err(other()),
    };
    Ok((result, again))
}

/// A result of another version is told only if this one computes the same tables.
fn same_as_then(result: &Results, request: Request, global: &Global, lang: Lang) -> Outcome {
    let scratch = Scratch::new(lang)?;
    let redone = redo(result, request, false, &scratch.path, global)?;
    if redone.differences.is_empty() {
        return Ok(());
    }
    let files: Vec<String> = redone.differences.into_iter().map(|difference| difference.file).collect();
    let args = [("folder", result.folder.display().to_string()), ("version", result.version().to_owned()), ("files", some(&files))];
    Err(Failure::Said(said(Code::E814, &args, lang)))
}

/// The first files of a list.
fn some(files: &[String]) -> String {
    let more = if files.len() > 3 { " …" } else { "" };
    format!("{}{more}", files.iter().take(3).cloned().collect::<Vec<_>>().join(" "))
}

/// What the manifest says of where the result comes from.
fn origin(result: &Results) -> Origin {
    let text = |key: &str| result.manifest[key].as_str().unwrap_or_default().to_owned();
    let command: Vec<String> = serde_json::from_value(result.manifest["command"].clone()).unwrap_or_default();
    Origin {
        scenario: text("scenario"),
        command: reported::spoken(&command),
        version: text("version"),
        started: text("started"),
        inputs: result.inputs().into_iter().map(|input| (input.file, input.sha256)).collect(),
    }
}

impl Again {
    fn lang(&self) -> Option<Lang> {
        match self {
            Self::Run(both) => both.1.lang(),
            Self::Compare(both) => Some(both.1.lang),
        }
    }

    fn shown(&self, lang: Lang) -> Result<Shown<'_>, Failure> {
        match self {
            Self::Run(both) => both.1.told(&both.0, lang).map(Shown::Run),
            Self::Compare(both) => both.1.results(&both.0).map(Shown::Compare),
        }
    }
}

impl<'r> Shown<'r> {
    fn part(&'r self, facts: Facts) -> Part<'r> {
        match self {
            Self::Run(told) => reported::of_told(told, facts),
            Self::Compare(results) => reported::of_results(results, facts),
        }
    }
}
