//! The workbooks of `run`: one a run, beside the tables.

use super::args::{RunArgs, TableFormat};
use super::outcome::{Failure, said};
use super::output::{Told, shown};
use super::target::Target;
use crate::base::lang::Lang;
use crate::diag::{Code, nearest};
use crate::measure::story::{Story, tell};
use crate::measure::{Run, tables};
use crate::workbook::{Subject, book};
use crate::write::folder::safe_name;
use crate::write::manifest::input_digest;

/// Up to this many towns each has an audit sheet unless some are named.
const MOST_AUDITED: usize = 10;
/// The tables that stand in the workbook as they are.
const LISTED: [&str; 3] = ["projects", "county", "parameters"];

/// Writes a workbook a run, where they are asked for.
///
/// # Errors
/// E761 for a town that is not there; E762 where a workbook cannot be made; what the system says.
pub fn workbooks(told: &[Told<'_>], args: &RunArgs, lang: Lang, target: &mut Target) -> Result<(), Failure> {
    // Names are looked at even where nothing is written: a slip of the pen is told at once.
    let audited = told.iter().map(|told| audited(told.run, &args.audit, lang)).collect::<Result<Vec<_>, _>>()?;
    if !args.target.format.contains(&TableFormat::Xlsx) {
        return Ok(());
    }
    for (told, audited) in told.iter().zip(audited) {
        let run = told.run;
        let (story, shown_towns) = (story(told, lang), towns_shown(told));
        let digest = input_digest(run);
        let listed = tables::against(run, &told.towns, told.baseline).into_iter().filter(|sheet| LISTED.contains(&sheet.name)).map(|sheet| shown(sheet, told)).collect();
        let subject = Subject { run, towns: &told.towns, shown: shown_towns, years: told.years, story: &story, audited, digest: &digest, tables: listed, lang };
        let bytes = book(subject).map_err(|why| Failure::Said(said(Code::E762, &[("reason", why.to_string())], lang)))?;
        let name = match &run.scenario.variant {
            Some(variant) => format!("{}-{}", run.scenario.id, variant.id),
            None => run.scenario.id.clone(),
        };
        let name = target.folder.free_name(&safe_name(&name), "xlsx");
        target.write(&name, &bytes)?;
    }
    Ok(())
}

/// The words on the first sheet: those already found, else about all towns together.
fn story(told: &Told<'_>, lang: Lang) -> Story {
    match &told.stories[..] {
        [(_, story)] => story.clone(),
        _ => tell(told.run, told.baseline, None, lang),
    }
}

/// Towns shown, by their order.
fn towns_shown(told: &Told<'_>) -> Vec<usize> {
    let named: Vec<usize> = told.stories.iter().filter_map(|(town, _)| *town).collect();
    if named.is_empty() || told.stories.iter().any(|(town, _)| town.is_none()) { (0..told.towns.len()).collect() } else { named }
}

/// The towns with audit sheets: those named, else all where there are few.
fn audited(run: &Run, named: &[String], lang: Lang) -> Result<Vec<usize>, Failure> {
    let towns = &run.scenario.towns;
    if named.is_empty() {
        return Ok(if towns.len() <= MOST_AUDITED { (0..towns.len()).collect() } else { Vec::new() });
    }
    let mut found = Vec::new();
    for name in named {
        let at: Vec<usize> = (0..towns.len()).filter(|t| towns[*t].name == *name || towns[*t].id() == *name).collect();
        if at.is_empty() {
            let near = nearest(name, towns.iter().map(|t| t.name.as_str())).or_else(|| towns.first().map(|t| t.name.clone())).unwrap_or_default();
            return Err(Failure::Said(said(Code::E761, &[("name", name.clone()), ("known", near)], lang)));
        }
        found.extend(at);
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
