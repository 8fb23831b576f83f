//! Writing a run's folder: tables, pictures, inputs, manifest.

use std::path::PathBuf;

use super::args::RunArgs;
use super::collected::Collected;
use super::outcome::Failure;
use super::pictures::{Wanted, pictures};
use super::reported;
use super::request::Request;
use super::target::{Target, When};
use super::workbook::workbooks;
use crate::base::lang::Lang;
use crate::measure::cell::{Cell, Sheet};
use crate::measure::story::Story;
use crate::measure::town::TownView;
use crate::measure::{Run, rolling, tables};
use crate::write::manifest::manifest;

/// A run and the words about each of its towns that is drawn (`None`: all towns together).
pub struct Told<'r> {
    /// The run.
    pub run: &'r Run,
    /// What it is compared with.
    pub baseline: Option<&'r Run>,
    /// Its towns.
    pub towns: Vec<TownView<'r>>,
    /// What is drawn, with its words.
    pub stories: Vec<(Option<usize>, Story)>,
    /// First and last year shown.
    pub years: (i32, i32),
}

/// Writes everything and gives the folder its name.
///
/// # Errors
/// When something stands there already or the system refuses; nothing half-written stays.
pub fn write(told: &[Told<'_>], collected: Option<&Collected>, args: &RunArgs, when: &When, notes: Vec<String>, lang: Lang) -> Result<PathBuf, Failure> {
    let Some(first) = told.first() else { return Err(Failure::Said("nothing to write".to_owned())) };
    let mut target = Target::open(&args.target, &args.scenario.scenario, &first.run.scenario.id, when, lang)?;
    let outturn = || collected.map(|c| rolling::table(first.run, &c.estimates.rows));
    target.tables(|| told.iter().flat_map(sheets).chain(outturn()), first.run.scenario.unit)?;
    workbooks(told, args, lang, &mut target)?;
    pictures(told, &Wanted::of_run(args, lang)?, when, lang, &mut target)?;
    target.inputs(told.iter().map(|t| t.run))?;
    if let Some(collected) = collected {
        target.observed(&collected.path, &collected.file)?;
    }
    if !args.report.formats.is_empty() {
        let about = target.about(when, Vec::new(), None);
        let facts = reported::Facts { lang, origin: reported::origin(&about, env!("CARGO_PKG_VERSION"), &first.run.scenario.id) };
        reported::write(reported::of_told(told, facts), &args.report.formats, &mut target)?;
    }
    let runs: Vec<(&Run, [f64; 4])> = told.iter().map(|t| (t.run, t.stories.first().map_or([0.0; 4], |s| s.1.grades))).collect();
    let manifest = manifest(&runs, &target.about(when, notes, Some(&asked(told, args))));
    target.finish(&manifest)
}

/// What was asked for, the variants by their names.
fn asked(told: &[Told<'_>], args: &RunArgs) -> Request {
    let mut args = args.clone();
    args.scenario.variant = told.iter().map(|t| t.run.variant().to_owned()).collect();
    Request::Run(args)
}

/// The tables of a run as they are shown.
fn sheets<'r>(told: &'r Told<'r>) -> impl Iterator<Item = Sheet<'r>> {
    tables::against(told.run, &told.towns, told.baseline).into_iter().map(|sheet| shown(sheet, told))
}

/// Leaves out years and towns nobody asked to see; they were computed all the same.
pub(super) fn shown<'r>(sheet: Sheet<'r>, told: &'r Told<'r>) -> Sheet<'r> {
    let at = |key: &str| sheet.columns.iter().position(|c| c.key == key);
    let (year, town) = (at("year"), at("town_id"));
    let ids: Vec<&str> = told.stories.iter().filter_map(|(town, _)| town.map(|t| told.towns[t].id.as_str())).collect();
    let all_towns = told.stories.iter().any(|(town, _)| town.is_none());
    let rows = sheet.rows.filter(move |row| {
        let in_years = year.is_none_or(|at| !matches!(row[at], Cell::Year(y) if y < told.years.0 || y > told.years.1));
        let in_towns = all_towns || town.is_none_or(|at| matches!(&row[at], Cell::Text(id) if ids.contains(&id.as_ref())));
        in_years && in_towns
    });
    Sheet { rows: Box::new(rows), ..sheet }
}
