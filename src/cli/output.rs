//! Writing a run's folder: tables, pictures, inputs, manifest.

use std::path::{Path, PathBuf};

use super::args::{ChartFormat, RunArgs, TableFormat};
use super::outcome::{Failure, complain, said};
use crate::base::lang::Lang;
use crate::measure::cell::{Cell, Sheet};
use crate::measure::story::Story;
use crate::measure::{Run, tables};
use crate::write::folder::{Folder, Trouble, safe_name};
use crate::write::manifest::{About, manifest};
use crate::write::{csv, json};

/// A run and the words about each of its towns that is drawn (`None`: all towns together).
pub struct Told<'r> {
    /// The run.
    pub run: &'r Run,
    /// What is drawn, with its words.
    pub stories: Vec<(Option<usize>, Story)>,
    /// First and last year shown.
    pub years: (i32, i32),
}

/// When and how it was run.
pub struct When {
    /// `20261123-141205`
    pub stamp: String,
    /// As people read it.
    pub shown: String,
    /// When it started, for the duration.
    pub started: std::time::Instant,
}

impl When {
    /// Now.
    #[must_use]
    pub fn now() -> Self {
        let now = jiff::Zoned::now();
        Self { stamp: now.strftime("%Y%m%d-%H%M%S").to_string(), shown: now.strftime("%Y-%m-%d %H:%M").to_string(), started: std::time::Instant::now() }
    }
}

/// Writes everything and gives the folder its name.
///
/// # Errors
/// When something stands there already or the system refuses; nothing half-written stays.
pub fn write(told: &[Told<'_>], args: &RunArgs, when: &When, notes: Vec<String>, lang: Lang) -> Result<PathBuf, Failure> {
    let Some(first) = told.first() else { return Err(Failure::Said("nothing to write".to_owned())) };
    let target = args.out.clone().unwrap_or_else(|| free_folder(&format!("{}-{}", safe_name(&first.run.scenario.id), when.stamp)));
    refuse_inputs(&target, &args.scenario.scenario, lang)?;
    let trouble = |t| Failure::Said(say_trouble(&t, lang));
    let mut folder = Folder::start(&target, args.replace).map_err(trouble)?;
    for sheet in joined(told) {
        let unit = first.run.scenario.unit;
        if args.format.contains(&TableFormat::Csv) {
            folder.write(&format!("tables/{}.csv", sheet.name), &csv::bytes(&sheet, unit)).map_err(trouble)?;
        }
        if args.format.contains(&TableFormat::Json) {
            folder.write(&format!("tables/{}.json", sheet.name), &json::bytes(&sheet, unit)).map_err(trouble)?;
        }
    }
    pictures(told, args, when, lang, &mut folder)?;
    inputs(told, &mut folder).map_err(trouble)?;
    let about = About {
        command: command(),
        started: when.shown.clone(),
        seconds: (when.started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0,
        notes,
        files: folder.files().to_vec(),
    };
    let runs: Vec<(&Run, [f64; 4])> = told.iter().map(|t| (t.run, t.stories.first().map_or([0.0; 4], |s| s.1.grades))).collect();
    let text = serde_json::to_string_pretty(&manifest(&runs, &about)).unwrap_or_default();
    folder.write("run.json", format!("{text}\n").as_bytes()).map_err(trouble)?;
    folder.finish().map_err(trouble)
}

/// A folder under `output/` that is not there yet: two runs may fall into the same second.
fn free_folder(name: &str) -> PathBuf {
    let output = Path::new("output");
    let others = (2..1_000).map(|n| output.join(format!("{name}-{n}")));
    std::iter::once(output.join(name)).chain(others).find(|folder| !folder.exists()).unwrap_or_else(|| output.join(name))
}

/// The command line, with the program by its name only.
fn command() -> Vec<String> {
    std::iter::once("fencheng".to_owned()).chain(std::env::args().skip(1)).collect()
}

/// The same tables of several variants, one under the other.
fn joined(told: &[Told<'_>]) -> Vec<Sheet> {
    let mut all: Vec<Sheet> = Vec::new();
    for (n, told) in told.iter().enumerate() {
        for mut sheet in tables::all(told.run) {
            show_only(&mut sheet, told);
            match all.iter_mut().find(|s| s.name == sheet.name) {
                Some(whole) if n > 0 && ["columns", "parameters"].contains(&sheet.name) => {
                    let new: Vec<_> = sheet.rows.into_iter().filter(|row| !whole.rows.contains(row)).collect();
                    whole.rows.extend(new);
                }
                Some(whole) => whole.rows.extend(sheet.rows),
                None => all.push(sheet),
            }
        }
    }
    all
}

/// Leaves out years and towns nobody asked to see; they were computed all the same.
fn show_only(sheet: &mut Sheet, told: &Told<'_>) {
    let at = |key: &str| sheet.columns.iter().position(|c| c.key == key);
    let (year, town) = (at("year"), at("town_id"));
    let shown: Vec<String> = told.stories.iter().filter_map(|(town, _)| town.map(|t| told.run.scenario.towns[t].id())).collect();
    let all_towns = told.stories.iter().any(|(town, _)| town.is_none());
    sheet.rows.retain(|row| {
        let in_years = year.is_none_or(|at| !matches!(row[at], Cell::Year(y) if y < told.years.0 || y > told.years.1));
        let in_towns = all_towns || town.is_none_or(|at| matches!(&row[at], Cell::Text(id) if shown.contains(id)));
        in_years && in_towns
    });
}

#[cfg(feature = "chart")]
fn pictures(told: &[Told<'_>], args: &RunArgs, when: &When, lang: Lang, folder: &mut Folder) -> Result<(), Failure> {
    use crate::write::chart::{Format, draw, render};
    use crate::write::picture::{Subject, funds};
    let formats: Vec<Format> = args.chart.iter().filter_map(|f| format_of(*f)).collect();
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
                let name = folder.free_name(&format!("{}{outlines}", picture_name(told.run, *town, lang)), format.extension());
                folder.write(&name, &bytes).map_err(|t| Failure::Said(say_trouble(&t, lang)))?;
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

#[cfg(not(feature = "chart"))]
fn pictures(_: &[Told<'_>], args: &RunArgs, _: &When, lang: Lang, _: &mut Folder) -> Result<(), Failure> {
    if args.chart.iter().any(|f| *f != ChartFormat::None) {
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

/// A copy of what was read, so that the folder explains itself.
fn inputs(told: &[Told<'_>], folder: &mut Folder) -> Result<(), Trouble> {
    let mut seen: Vec<String> = Vec::new();
    for file in told.iter().flat_map(|t| t.run.scenario.files.iter()) {
        if seen.contains(&file.shown) {
            continue;
        }
        seen.push(file.shown.clone());
        let name = match file.shown.strip_prefix("builtin:") {
            Some(rules) => format!("inputs/rules/{}.toml", safe_name(rules)),
            None => {
                let parts: Vec<String> = Path::new(&file.shown).iter().rev().take(2).map(|p| safe_name(&p.to_string_lossy())).collect();
                let is_variant = parts.get(1).is_some_and(|p| p == "variants");
                if is_variant { format!("inputs/variants/{}", parts[0]) } else { format!("inputs/{}", parts[0]) }
            }
        };
        if !folder.files().iter().any(|(known, _)| *known == name) {
            folder.write(&name, file.text.as_bytes())?;
        }
    }
    Ok(())
}

/// An output folder must not be, or hold, what is read.
fn refuse_inputs(target: &Path, scenario: &Path, lang: Lang) -> Result<(), Failure> {
    let source = if scenario.is_dir() { scenario.to_owned() } else { scenario.parent().map(Path::to_owned).unwrap_or_default() };
    let (Ok(target), Ok(source)) = (target.canonicalize(), source.canonicalize()) else { return Ok(()) };
    if source.starts_with(&target) {
        let words = if lang == Lang::Zh {
            format!("输出位置 {} 就是方案所在的文件夹；换一个 --out", target.display())
        } else {
            format!("the output {} holds the scenario itself; choose another --out", target.display())
        };
        return Err(Failure::Said(words));
    }
    Ok(())
}

fn say_trouble(trouble: &Trouble, lang: Lang) -> String {
    use crate::diag::Code;
    let (code, args) = match trouble {
        Trouble::Exists(path) => (Code::E702, vec![("folder", path.display().to_string())]),
        Trouble::Foreign(path) => (Code::E704, vec![("folder", path.display().to_string())]),
        Trouble::Io(path, error) => (Code::E703, vec![("file", path.display().to_string()), ("reason", error.to_string())]),
    };
    said(code, &args, lang)
}
