//! Writing a run's folder: tables, pictures, inputs, manifest.

use std::path::PathBuf;

use super::args::{ChartFormat, RunArgs};
use super::outcome::{Failure, complain};
use super::request::Request;
use super::target::{Target, When};
use crate::base::lang::Lang;
use crate::measure::cell::{Cell, Sheet};
use crate::measure::story::Story;
use crate::measure::town::TownView;
use crate::measure::{Run, tables};
#[cfg(feature = "chart")]
use crate::write::folder::safe_name;
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
pub fn write(told: &[Told<'_>], args: &RunArgs, when: &When, notes: Vec<String>, lang: Lang) -> Result<PathBuf, Failure> {
    let Some(first) = told.first() else { return Err(Failure::Said("nothing to write".to_owned())) };
    let mut target = Target::open(&args.target, &args.scenario.scenario, &first.run.scenario.id, when, lang)?;
    target.tables(|| told.iter().flat_map(sheets), first.run.scenario.unit)?;
    pictures(told, &args.chart, when, lang, &mut target)?;
    target.inputs(told.iter().map(|t| t.run))?;
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
fn shown<'r>(sheet: Sheet<'r>, told: &'r Told<'r>) -> Sheet<'r> {
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

/// Draws every story in the formats asked for.
///
/// # Errors
/// When a format is not built in, or the system refuses.
#[cfg(feature = "chart")]
pub fn pictures(told: &[Told<'_>], chart: &[ChartFormat], when: &When, lang: Lang, target: &mut Target) -> Result<(), Failure> {
    use crate::write::chart::{Format, draw, render};
    use crate::write::picture::{Subject, funds};
    let formats: Vec<Format> = chart.iter().filter_map(|f| format_of(*f)).collect();
    if formats.is_empty() {
        return Ok(());
    }
    let fail = |e: crate::write::chart::ChartError| match (&e, lang) {
        (crate::write::chart::ChartError::Feature(name), Lang::Zh) => Failure::Said(format!("本程序编译时未带 {name}；请用 --features {name} 重新编译")),
        _ => Failure::Said(e.to_string()),
    };
    for told in told {
        let years = told.years;
        for (town, story) in &told.stories {
            let subject = Subject { run: told.run, town: *town, years, when: &when.shown };
            let drawing = draw(&funds(&subject, story, lang)).map_err(fail)?;
            for words in &drawing.dropped {
                complain(if lang == Lang::Zh { format!("图上放不下：{words}") } else { format!("no room in the picture for: {words}") });
            }
            for format in &formats {
                let bytes = render(&drawing.svg, *format, 1.0).map_err(fail)?;
                let outlines = if *format == Format::SvgOutlines { "-outlines" } else { "" };
                let name = target.folder.free_name(&format!("{}{outlines}", picture_name(told.run, *town, lang)), format.extension());
                target.write(&name, &bytes)?;
            }
        }
    }
    Ok(())
}

#[cfg(feature = "chart")]
const fn format_of(format: ChartFormat) -> Option<crate::write::chart::Format> {
    use crate::write::chart::Format;
    match format {
        ChartFormat::Png => Some(Format::Png),
        ChartFormat::Svg => Some(Format::Svg),
        ChartFormat::SvgOutlines => Some(Format::SvgOutlines),
        ChartFormat::Pdf => Some(Format::Pdf),
        ChartFormat::None => None,
    }
}

/// Says that no pictures are built in.
///
/// # Errors
/// Never.
#[cfg(not(feature = "chart"))]
pub fn pictures(_: &[Told<'_>], chart: &[ChartFormat], _: &When, lang: Lang, _: &mut Target) -> Result<(), Failure> {
    if chart.iter().any(|f| *f != ChartFormat::None) {
        complain(if lang == Lang::Zh { "本程序编译时未带图（--features chart），只写表" } else { "built without pictures (--features chart): tables only" });
    }
    Ok(())
}

#[cfg(feature = "chart")]
fn picture_name(run: &Run, town: Option<usize>, lang: Lang) -> String {
    let all = if lang == Lang::Zh { "全部镇" } else { "all-towns" };
    let several = |name: &str| run.scenario.towns.iter().filter(|t| t.name == name).count() > 1;
    let name = town.map_or(all.to_owned(), |t| {
        let town = &run.scenario.towns[t];
        if several(&town.name) { format!("{}-{}", town.county, town.name) } else { town.name.clone() }
    });
    match &run.scenario.variant {
        Some(variant) => safe_name(&format!("{name}-{}", variant.id)),
        None => safe_name(&name),
    }
}
