//! `fencheng merge`: shards of a sweep, computed on several machines, become the whole, byte for byte.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::args::{Global, MergeArgs, TableFormat, TargetArgs};
use super::outcome::{Failure, Outcome, complain, language, say};
use super::request::Request;
use super::result::{self, Results};
use super::study::said;
use super::swept::{quantiles, table};
use super::swept_tables::{Formats, TableFile};
use super::target::{Target, When, told_to_program};
use crate::base::{amount::MoneyUnit, lang::Lang};
use crate::diag::Code;
use crate::measure::typed::Typed;
use crate::study::columns::Columns;
use crate::study::job::{Sum, gaps};
use crate::study::rows::Rows;
use crate::study::told::Summary;
use crate::study::wrong::Wrong;
use crate::write::manifest::{digest, outputs};

/// More than any file a scenario is read from.
const MOST_INPUT: u64 = 64 << 20;

/// One shard: what it says of itself.
struct Shard {
    folder: PathBuf,
    about: Value,
}

impl Shard {
    fn read(folder: &Path, lang: Lang) -> Result<Self, Failure> {
        let wrong = || wrong(folder, "不是扫描的结果（没有可读的 sweep.json）", "is no result of a sweep (no readable sweep.json)", lang);
        let text = fs::read_to_string(folder.join("sweep.json")).map_err(|_| wrong())?;
        let about: Value = serde_json::from_str(&text).map_err(|_| wrong())?;
        if about["format"] == 1 { Ok(Self { folder: folder.to_owned(), about }) } else { Err(wrong()) }
    }

    fn number(&self, key: &str) -> u64 {
        self.about[key].as_u64().unwrap_or(0)
    }

    /// Whether it has a row and a sum for each of its points.
    fn whole(&self, lang: Lang) -> Result<(), Failure> {
        let points = self.number("end").saturating_sub(self.number("first"));
        let lines = self.file("tables/points.csv", lang)?.iter().filter(|byte| **byte == b'\n').count();
        let sums = Sum::read(&self.file("sums.bin", lang)?).count();
        let is = |count: usize, asked: u64| u64::try_from(count) == Ok(asked);
        if is(lines, points + 1) && is(sums, points) {
            Ok(())
        } else {
            Err(wrong(&self.folder, "不完整：行数与点数不符", "is not whole: rows and points do not agree", lang))
        }
    }

    fn file(&self, name: &str, lang: Lang) -> Result<Vec<u8>, Failure> {
        fs::read(self.folder.join(name)).map_err(|e| wrong(&self.folder.join(name), &e.to_string(), &e.to_string(), lang))
    }
}

fn wrong(what: &Path, zh: &str, en: &str, lang: Lang) -> Failure {
    said(&Wrong::coded(Code::E733, &what.display().to_string(), zh, en), lang)
}

/// `fencheng merge`
///
/// # Errors
/// When the shards are not those of one sweep, or do not make up the whole.
pub fn merge(args: &MergeArgs, global: &Global) -> Outcome {
    let (when, lang) = (When::now(), language(global, None));
    let formats = Formats::of(&args.format, lang)?;
    let shards = shards(&args.folders, lang)?;
    let asked = TargetArgs { out: Some(args.out.clone()), replace: args.replace, format: vec![TableFormat::Csv] };
    let mut out = Target::open(&asked, Path::new(""), "merge", &when, lang)?;
    let mut about = shards[0].about.clone();
    let columns: Columns = serde_json::from_value(about["columns"].clone()).unwrap_or_default();
    for (table, columns) in columns.tables().into_iter().take(2).filter(|(_, columns)| !columns.is_empty()) {
        joined(&shards, (table, columns), formats, &mut out, lang)?;
    }
    let mut summary = Summary::default();
    let mut bytes = Vec::new();
    for shard in &shards {
        bytes.extend(shard.file("sums.bin", lang)?);
    }
    Sum::read(&bytes).for_each(|sum| summary.add(sum));
    spread(&shards, (&columns, formats), &mut out, lang)?;
    out.write("tables/columns.csv", &shards[0].file("tables/columns.csv", lang)?)?;
    out.write("sums.bin", &bytes)?;
    (about["first"], about["end"]) = (0.into(), about["points"].clone());
    out.write("sweep.json", format!("{}\n", serde_json::to_string_pretty(&about).unwrap_or_default()).as_bytes())?;
    let manifest = manifest(&shards, &about, &mut out, &when, lang)?;
    let folder = out.finish(&manifest)?;
    let name = about["name"].as_str().unwrap_or_default();
    let words = summary.sentences(name, about["drawn"] == true, lang);
    if told_to_program(&folder, words.clone(), global)? {
        return Ok(());
    }
    words.into_iter().try_for_each(|line| say(format!("  {line}")))?;
    say(format!("  {}  {}", if lang == Lang::Zh { "结果" } else { "Results" }, folder.display()))
}

/// What was computed, with the inputs of the first shard: all have the same.
fn manifest(shards: &[Shard], about: &Value, out: &mut Target, when: &When, lang: Lang) -> Result<Value, Failure> {
    let first = Results::open(&shards[0].folder, lang)?;
    for input in first.inputs() {
        let path = first.path(&input.copy).ok_or_else(|| {
            wrong(&shards[0].folder, &format!("run.json 里的路径出了文件夹：{}", input.copy), &format!("run.json: a path leads out of the folder: {}", input.copy), lang)
        })?;
        let bytes = result::read(&path, MOST_INPUT).map_err(|e| wrong(&path, &e.to_string(), &e.to_string(), lang))?;
        out.input(&input.file, input.copy, &bytes)?;
    }
    let mut told = out.about(when, Vec::new(), None);
    if let Some(Request::Sweep(mut args)) = first.request() {
        args.shard = None;
        told.request = Request::Sweep(args).value();
    }
    let mut manifest = json!({
        "program": "fencheng",
        "version": env!("CARGO_PKG_VERSION"),
        "format": 1,
        "scenario": first.manifest["scenario"],
        "name": first.manifest["name"],
        "study": about["study"],
        "variant": first.manifest["variant"],
        "points": about["points"],
        "first": about["first"],
        "end": about["end"],
        "merged": shards.iter().map(|shard| json!({ "first": shard.number("first"), "end": shard.number("end"), "sweep": digest(shard.about.to_string().as_bytes()) })).collect::<Vec<_>>(),
        "unit": about["unit"],
        "inputs": told.inputs,
        "outputs": outputs(&told.files),
    });
    told.add_to(&mut manifest);
    Ok(manifest)
}

/// The shards in order; they must be of one sweep and make up all its points.
fn shards(folders: &[PathBuf], lang: Lang) -> Result<Vec<Shard>, Failure> {
    let mut shards = folders.iter().map(|folder| Shard::read(folder, lang)).collect::<Result<Vec<_>, _>>()?;
    shards.sort_by_key(|shard| (shard.number("first"), shard.number("end")));
    shards.iter().try_for_each(|shard| shard.whole(lang))?;
    let first = &shards[0];
    if let Some(other) = shards.iter().find(|shard| shard.about["identity"] != first.about["identity"]) {
        let zh = format!("与 {} 不是同一项扫描（方案、取值、种子或程序版本不同）", first.folder.display());
        let en = format!("is not of the same sweep as {} (scenario, values, seed or version differ)", first.folder.display());
        return Err(wrong(&other.folder, &zh, &en, lang));
    }
    let mut next = 0;
    for shard in &shards {
        if shard.number("first") != next {
            let (zh, en) = (format!("缺点 {next} 到 {}，或有重复", shard.number("first")), format!("points {next} to {} are missing, or there twice", shard.number("first")));
            return Err(wrong(&shard.folder, &zh, &en, lang));
        }
        next = shard.number("end");
    }
    let all = first.number("points");
    if next == all { Ok(shards) } else { Err(wrong(&first.folder, &format!("只有 {next} 个点，全部是 {all} 个"), &format!("only {next} of {all} points"), lang)) }
}

/// A table of all shards: the heading once.
fn joined(shards: &[Shard], (name, columns): (&str, &[Typed]), formats: Formats, out: &mut Target, lang: Lang) -> Outcome {
    let system = |t| super::target::failure(&t, lang);
    let mut table = TableFile::start(&out.folder, name, columns, Some(shards[0].number("chunk")), formats).map_err(system)?;
    for shard in shards {
        let path = shard.folder.join(format!("tables/{name}.csv"));
        let read = |e: std::io::Error| wrong(&path, &e.to_string(), &e.to_string(), lang);
        let mut lines = BufReader::new(result::open(&path).map_err(read)?);
        let mut line = Vec::new();
        lines.read_until(b'\n', &mut line).map_err(read)?;
        line.clear();
        while lines.read_until(b'\n', &mut line).map_err(read)? > 0 {
            table.lines(&line).map_err(system)?;
            line.clear();
        }
    }
    table.close(&mut out.folder).map_err(system)
}

/// Quantiles of all points, where the shards kept what they are made of.
fn spread(shards: &[Shard], (columns, formats): (&Columns, Formats), out: &mut Target, lang: Lang) -> Result<(), Failure> {
    if columns.quantiles.is_empty() {
        return Ok(());
    }
    let mut write = |lines: &[u8]| table(&mut out.folder, ("quantiles", &columns.quantiles), lines, formats).map_err(|t| super::target::failure(&t, lang));
    if let [whole] = shards {
        let bytes = whole.file("tables/quantiles.csv", lang)?;
        let body = bytes.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        return write(&bytes[body..]);
    }
    let mut all = Vec::new();
    for shard in shards {
        all.extend(gaps(&shard.file("gaps.bin", lang)?));
    }
    let about = &shards[0].about;
    let unit = MoneyUnit::ALL.into_iter().find(|unit| about["unit"] == unit.symbol()).unwrap_or(MoneyUnit::WanYuan);
    let towns: Vec<(String, String)> = serde_json::from_value(about["towns"].clone()).unwrap_or_default();
    let years = usize::try_from(shards[0].number("years")).unwrap_or(0);
    let first_year = about["first_year"].as_i64().and_then(|year| i32::try_from(year).ok()).unwrap_or(0);
    if towns.is_empty() || years == 0 || all.len() % (towns.len() * years) != 0 {
        complain(if lang == Lang::Zh { "分位数的底数不全，没有合并" } else { "the gaps behind the quantiles are incomplete: not joined" });
        return Ok(());
    }
    let rows = Rows { targets: Vec::new(), inputs: Vec::new(), measures: Vec::new(), unit, towns };
    write(&quantiles(&all, &rows, years, first_year))
}
