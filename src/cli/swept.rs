//! The folder of a finished sweep, or of shards joined.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::{Global, SweepArgs, TableFormat};
use super::outcome::Failure;
use super::request::Request;
use super::run::BASELINE;
use super::sweep::Planned;
use super::swept_pictures::Gathered;
use super::swept_tables::{Formats, TableFile};
use super::target::{Target, When, failure};
use crate::base::amount::Fen;
use crate::base::decimal;
use crate::measure::cell::Cell;
use crate::measure::typed::Typed;
use crate::study::columns::Columns;
use crate::study::job::{Sum, gaps};
use crate::study::rows::Rows;
use crate::study::spread::Spread;
use crate::study::told::Summary;
use crate::write::chunks::Chunks;
use crate::write::folder::{Folder, Trouble};
use crate::write::manifest::{About, digest, outputs};

/// What a sweep is called, and what makes it the same one.
pub struct Kind {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its points are draws.
    pub drawn: bool,
    /// See [`Chunks`].
    pub identity: String,
}

/// A sweep all chunks of which are there.
pub struct Swept<'s> {
    /// The scenario and what was computed.
    pub planned: &'s Planned,
    /// What it is called.
    pub kind: &'s Kind,
    /// Its chunks.
    pub chunks: &'s Chunks,
    /// In which formats tables are written.
    pub formats: Formats,
}

/// Puts the chunks together; gives the folder and what was added up.
///
/// # Errors
/// What the system says; nothing half-written stays.
pub fn write(swept: &Swept<'_>, args: &SweepArgs, target: &Path, when: &When, global: &Global) -> Result<(PathBuf, Summary), Failure> {
    let (job, lang) = (&swept.planned.job, swept.planned.studied.lang);
    let mut asked = args.target.clone();
    (asked.out, asked.format) = (Some(target.to_owned()), vec![TableFormat::Csv]);
    let mut out = Target::open(&asked, &args.study.scenario.scenario, &swept.kind.id, when, lang)?;
    let system = |t| failure(&t, lang);
    let columns = Columns::of(&job.rows, job.by_town, job.wanted.by_year);
    let size = Some(job.size());
    let mut gathered = Gathered::of(job, &args.picture);
    points(&mut out.folder, &columns.points, swept, &mut gathered).map_err(system)?;
    if job.by_town {
        joined(&mut out.folder, ("points_towns", &columns.points_towns), size, swept, "towns").map_err(system)?;
    }
    if job.wanted.by_year {
        let mut all = Vec::new();
        for chunk in 0..job.chunks() {
            all.extend(gaps(&swept.chunks.read(chunk, "gaps").map_err(system)?));
        }
        let whole = job.first == 0 && job.end == job.points.count();
        if !whole {
            // A shard hands its gaps on: quantiles are of all points.
            let bytes: Vec<u8> = all.iter().flat_map(|gap| gap.to_le_bytes()).collect();
            out.write("gaps.bin", &bytes)?;
        }
        gathered.gaps(&all, job, lang);
        let crossed = job.points.crossed(job.rows.unit);
        let mut fine = Vec::new();
        for chunk in 0..job.chunks() {
            fine.extend(Sum::read(&swept.chunks.read(chunk, "sums").map_err(system)?).map(|sum| sum.failed == 0));
        }
        let groups = crossed.groups(job.first, fine.into_iter());
        let lines = quantiles((&all, &groups), &job.rows, job.wanted.years, job.wanted.first_year);
        table(&mut out.folder, ("quantiles", &columns.quantiles), &lines, swept.formats).map_err(system)?;
    }
    out.write("tables/columns.csv", &dictionary(&columns))?;
    let summary = sums(&mut out.folder, swept).map_err(system)?;
    gathered.draw(swept.planned, &swept.kind.name, &summary, &args.picture, (when, global), &mut out)?;
    out.write("sweep.json", about(swept, &columns).as_bytes())?;
    out.input_files(swept.planned.studied.scenario.files.iter())?;
    let mut request = args.clone();
    request.study.scenario.variant = vec![swept.planned.studied.variant.clone().unwrap_or_else(|| BASELINE.to_owned())];
    let manifest = manifest(swept, &out.about(when, swept.planned.studied.notes.clone(), Some(&Request::Sweep(request))));
    out.finish(&manifest).map(|folder| (folder, summary))
}

/// The table of points, of all chunks one after another, and what pictures need of them.
fn points(folder: &mut Folder, columns: &[Typed], swept: &Swept<'_>, gathered: &mut Gathered) -> Result<(), Trouble> {
    let job = &swept.planned.job;
    let mut file = TableFile::start(folder, "points", columns, Some(job.size()), swept.formats)?;
    for chunk in 0..job.chunks() {
        let lines = swept.chunks.read(chunk, "points")?;
        if let Some(shown) = &mut gathered.shown {
            shown.add(&lines, Sum::read(&swept.chunks.read(chunk, "sums")?));
        }
        file.lines(&lines)?;
    }
    file.close(folder)
}

/// A table of all chunks, one after another.
fn joined(folder: &mut Folder, (name, columns): (&str, &[Typed]), size: Option<u64>, swept: &Swept<'_>, part: &str) -> Result<(), Trouble> {
    let mut file = TableFile::start(folder, name, columns, size, swept.formats)?;
    for chunk in 0..swept.planned.job.chunks() {
        file.lines(&swept.chunks.read(chunk, part)?)?;
    }
    file.close(folder)
}

/// What was added up of every point, kept for shards and for the words.
fn sums(folder: &mut Folder, swept: &Swept<'_>) -> Result<Summary, Trouble> {
    let job = &swept.planned.job;
    let (mut summary, mut file) = (Summary::of(&job.points.crossed(job.rows.unit), job.first), folder.create("sums.bin")?);
    for chunk in 0..swept.planned.job.chunks() {
        let bytes = swept.chunks.read(chunk, "sums")?;
        Sum::read(&bytes).for_each(|sum| summary.add(sum));
        file.print(|out| out.extend_from_slice(&bytes))?;
    }
    folder.close(file)?;
    Ok(summary)
}

/// A table whose lines are there.
pub fn table(folder: &mut Folder, (name, columns): (&str, &[Typed]), lines: &[u8], formats: Formats) -> Result<(), Trouble> {
    let mut file = TableFile::start(folder, name, columns, None, formats)?;
    file.lines(lines)?;
    file.close(folder)
}

/// What must agree between shards, and what is needed to join them. It holds nothing of when or where it was computed.
fn about(swept: &Swept<'_>, columns: &Columns) -> String {
    let (job, kind) = (&swept.planned.job, swept.kind);
    // Shards are the same study but for which points they have.
    let same: String = kind.identity.lines().filter(|line| !line.starts_with("points ")).map(|line| format!("{line}\n")).collect();
    let value = json!({
        "format": 1,
        "study": kind.id,
        "name": kind.name,
        "identity": digest(same.as_bytes()),
        "points": job.points.count(),
        "first": job.first,
        "end": job.end,
        "drawn": kind.drawn,
        "first_year": job.wanted.first_year,
        "years": job.wanted.years,
        "unit": job.rows.unit.symbol(),
        "towns": job.rows.towns,
        "chunk": job.size(),
        "columns": columns,
        "crossed": job.points.crossed(job.rows.unit),
        "design": kind.identity.lines().find(|line| line.starts_with("Design")),
    });
    format!("{}\n", serde_json::to_string_pretty(&value).unwrap_or_default())
}

fn manifest(swept: &Swept<'_>, about: &About) -> serde_json::Value {
    let (job, scenario) = (&swept.planned.job, &swept.planned.studied.scenario);
    let mut manifest = json!({
        "program": "fencheng",
        "version": env!("CARGO_PKG_VERSION"),
        "format": 1,
        "scenario": scenario.id,
        "name": scenario.name,
        "study": swept.kind.id,
        "variant": scenario.variant.as_ref().map(|v| v.id.clone()),
        "points": job.points.count(),
        "first": job.first,
        "end": job.end,
        "whole_runs": job.evaluator.slow().is_some(),
        "unit": scenario.unit.symbol(),
        "inputs": about.inputs,
        "outputs": outputs(&about.files),
    });
    about.add_to(&mut manifest);
    manifest
}

/// How gaps spread, by town and year, as lines of CSV; `all` holds them point after point, `groups` says which points are of which
/// policy.
pub fn quantiles((all, groups): (&[Fen], &[(&str, Range<usize>)]), rows: &Rows, years: usize, first_year: i32) -> Vec<u8> {
    let mut out = Vec::new();
    let towns = rows.towns.len();
    let each = groups.iter().flat_map(|group| rows.towns.iter().enumerate().flat_map(move |town| (0..years).map(move |year| (group, town, year))));
    for ((policy, points), (town, (id, _)), year) in each {
        let size = towns * years;
        let gaps = all.get(points.start * size..points.end * size).unwrap_or(&[]).chunks_exact(size.max(1)).map(|point| point[year * towns + town]).collect();
        let Some(spread) = Spread::of(gaps) else { continue };
        out.extend_from_slice(format!("{policy}{id},{},gap,{}", first_year + i32::try_from(year).unwrap_or(0), spread.points).as_bytes());
        for quantile in spread.quantiles {
            out.push(b',');
            decimal::print(quantile, rows.unit.places(), &mut out);
        }
        for share in [spread.short.share, spread.short.low, spread.short.high] {
            out.push(b',');
            Cell::Ratio(share).print(rows.unit, &mut out);
        }
        out.extend_from_slice(b"\r\n");
    }
    out
}

/// What the columns mean.
fn dictionary(columns: &Columns) -> Vec<u8> {
    let mut out = Vec::new();
    Rows::print_heading(&["table", "column", "zh", "en", "unit"].map(str::to_owned), &mut out);
    for (table, columns) in columns.tables() {
        for Typed { key, zh, en, unit, .. } in columns {
            out.extend_from_slice(format!("{table},{key},{zh},{en},{unit}\r\n").as_bytes());
        }
    }
    out
}
