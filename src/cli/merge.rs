//! `fencheng merge`: shards of a sweep, computed on several machines, become the whole, byte for byte.

use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::args::{Encoding, Global, MergeArgs, TableFormat, TargetArgs};
use super::outcome::{Failure, Outcome, complain, language, said as coded, say};
use super::pictured;
use super::request::Request;
use super::result::{self, Results};
use super::study::said;
use super::sweep::Planned;
use super::swept::{quantiles, table};
use super::swept_pictures::{Gathered, planned_again};
use super::swept_tables::{Formats, TableFile};
use super::target::{Target, When, told_to_program};
use super::verify::files;
use crate::base::{
    amount::{Fen, MoneyUnit},
    lang::Lang,
};
use crate::diag::Code;
use crate::measure::typed::Typed;
use crate::study::columns::Columns;
use crate::study::crossed::Crossed;
use crate::study::job::{Sum, gaps};
use crate::study::rows::Rows;
use crate::study::shown::Shown;
use crate::study::told::Summary;
use crate::study::wrong::Wrong;
use crate::write::manifest::{digest, outputs};

/// More years than a horizon has.
const MOST_YEARS: u64 = 1_000;
/// More than any file a scenario is read from.
const MOST_INPUT: u64 = 64 << 20;
/// More than a sweep says of itself.
const MOST_ABOUT: u64 = 256 << 20;
/// More than the sums and gaps of any sweep.
const MOST_WHOLE: u64 = 16 << 30;

/// One shard: what it says of itself.
struct Shard {
    folder: PathBuf,
    about: Value,
}

impl Shard {
    fn read(folder: &Path, lang: Lang) -> Result<Self, Failure> {
        let wrong = || wrong(folder, "不是扫描的结果（没有可读的 sweep.json）", "is no result of a sweep (no readable sweep.json)", lang);
        let text = result::read(&folder.join("sweep.json"), MOST_ABOUT).map_err(|_| wrong())?;
        let about: Value = serde_json::from_slice(&text).map_err(|_| wrong())?;
        let shard = Self { folder: folder.to_owned(), about };
        // What numbers and columns it claims is looked at before anything is made of them.
        let years = shard.about["years"].as_u64().is_some_and(|years| years <= MOST_YEARS);
        let ordered = shard.number("first") <= shard.number("end") && shard.number("end") <= shard.number("points");
        let fine = shard.about["format"] == 1 && years && ordered && shard.columns().is_some();
        if fine { Ok(shard) } else { Err(wrong()) }
    }

    /// The columns of its tables; nothing where there are none.
    fn columns(&self) -> Option<Columns> {
        let columns: Columns = serde_json::from_value(self.about["columns"].clone()).ok()?;
        (!columns.points.is_empty()).then_some(columns)
    }

    fn number(&self, key: &str) -> u64 {
        self.about[key].as_u64().unwrap_or(0)
    }

    /// Whether it has a row and a sum for each of its points.
    fn whole(&self, lang: Lang) -> Result<(), Failure> {
        let points = self.number("end").saturating_sub(self.number("first"));
        let table = self.folder.join("tables/points.csv");
        let lines = lines(&table).map_err(|e| wrong(&table, &e.to_string(), &e.to_string(), lang))?;
        let sums = u64::try_from(Sum::read(&self.file("sums.bin", lang)?).count()).unwrap_or(u64::MAX);
        if lines.checked_sub(1) == Some(points) && sums == points {
            Ok(())
        } else {
            Err(wrong(&self.folder, "不完整：行数与点数不符", "is not whole: rows and points do not agree", lang))
        }
    }

    /// The gaps behind the quantiles: one for every town and year of every point that could be computed.
    fn gaps(&self, lang: Lang) -> Result<Vec<Fen>, Failure> {
        let bytes = self.file("gaps.bin", lang)?;
        let towns = self.about["towns"].as_array().map_or(0, Vec::len);
        let fine = Sum::read(&self.file("sums.bin", lang)?).filter(|sum| sum.failed == 0).count();
        let asked = usize::try_from(self.number("years")).ok().and_then(|years| fine.checked_mul(towns)?.checked_mul(years)?.checked_mul(size_of::<Fen>()));
        if asked == Some(bytes.len()) {
            Ok(gaps(&bytes).collect())
        } else {
            let (zh, en) = ("分位数的底数（gaps.bin）不全", "the gaps behind the quantiles (gaps.bin) are incomplete");
            Err(wrong(&self.folder, zh, en, lang))
        }
    }

    /// Whether its files are still those it was written with.
    fn unaltered(&self, lang: Lang) -> Outcome {
        let results = Results::open(&self.folder, lang)?;
        // A table in another format, or a picture, may have been removed: nothing is joined from it.
        let needed = |name: &str| !name.ends_with(".parquet") && (name.starts_with("tables/") || name.starts_with("inputs/") || !name.contains('/'));
        let altered: Vec<String> = files(&results).into_iter().filter(|d| d.kind != "missing" || needed(&d.file)).map(|d| d.file).collect();
        if altered.is_empty() {
            return Ok(());
        }
        let args = [("folder", self.folder.display().to_string()), ("files", altered.join(if lang == Lang::Zh { "、" } else { ", " }))];
        Err(Failure::Said(coded(Code::E754, &args, lang)))
    }

    fn file(&self, name: &str, lang: Lang) -> Result<Vec<u8>, Failure> {
        result::read(&self.folder.join(name), MOST_WHOLE).map_err(|e| wrong(&self.folder.join(name), &e.to_string(), &e.to_string(), lang))
    }
}

/// How many lines a file has, read piece by piece.
fn lines(path: &Path) -> io::Result<u64> {
    let (mut reader, mut lines) = (BufReader::new(result::open(path)?), 0);
    loop {
        let piece = reader.fill_buf()?;
        if piece.is_empty() {
            return Ok(lines);
        }
        lines += piece.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        let length = piece.len();
        reader.consume(length);
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
    spared(&shards, &args.out, lang)?;
    let planned = planned(&shards[0], args, global, lang);
    let mut gathered = planned.as_ref().map_or_else(Gathered::default, |planned| Gathered::of(&planned.job, &args.picture));
    let asked = TargetArgs { out: Some(args.out.clone()), replace: args.replace, format: vec![TableFormat::Csv], encoding: Encoding::Utf8 };
    let mut out = Target::open(&asked, Path::new(""), "merge", &when, lang)?;
    let mut about = shards[0].about.clone();
    let columns = shards[0].columns().unwrap_or_default();
    for (table, columns) in columns.tables().into_iter().take(2).filter(|(_, columns)| !columns.is_empty()) {
        joined(&shards, (table, columns), formats, &mut out, lang)?;
    }
    if let Some(shown) = &mut gathered.shown {
        shards.iter().try_for_each(|shard| seen(shard, shown, lang))?;
    }
    let mut summary = Summary::of(&crossed(&shards[0]), 0);
    let mut bytes = Vec::new();
    for shard in &shards {
        bytes.extend(shard.file("sums.bin", lang)?);
    }
    Sum::read(&bytes).for_each(|sum| summary.add(sum));
    let gaps = spread(&shards, (&columns, formats), &mut out, lang)?;
    if let Some(planned) = &planned {
        gathered.gaps(&gaps, &planned.job, planned.studied.lang);
        gathered.draw(planned, about["name"].as_str().unwrap_or_default(), &summary, &args.picture, (&when, global), &mut out)?;
    }
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
    pictured::told(&folder, lang)?;
    say(format!("  {}  {}", if lang == Lang::Zh { "结果" } else { "Results" }, folder.display()))
}

/// The whole must not take the place of one of its shards.
fn spared(shards: &[Shard], out: &Path, lang: Lang) -> Outcome {
    let Ok(out) = out.canonicalize() else { return Ok(()) };
    match shards.iter().find(|shard| shard.folder.canonicalize().is_ok_and(|folder| folder.starts_with(&out) || out.starts_with(&folder))) {
        None => Ok(()),
        Some(shard) => Err(Failure::Said(coded(Code::E745, &[("folder", shard.folder.display().to_string())], lang))),
    }
}

/// The sweep as a whole, for its pictures, from the inputs in a shard; without it there are tables only.
fn planned(shard: &Shard, args: &MergeArgs, global: &Global, lang: Lang) -> Option<Planned> {
    if !args.picture.is_wanted() {
        return None;
    }
    let again = Results::open(&shard.folder, lang).and_then(|results| planned_again(&results, global));
    match again {
        Ok(planned) if shard.about["points"] == planned.job.points.count() => Some(planned),
        _ => {
            complain(if lang == Lang::Zh {
                "  提示：从分片里的输入副本还原不出这项扫描，没有画图"
            } else {
                "  note: the sweep cannot be laid out from the inputs in the shards: no pictures"
            });
            None
        }
    }
}

/// Shows the points of a shard to what gathers them for pictures.
fn seen(shard: &Shard, shown: &mut Shown, lang: Lang) -> Outcome {
    let path = shard.folder.join("tables/points.csv");
    let read = |e: io::Error| wrong(&path, &e.to_string(), &e.to_string(), lang);
    let bytes = shard.file("sums.bin", lang)?;
    let mut sums = Sum::read(&bytes);
    let mut lines = BufReader::new(result::open(&path).map_err(read)?);
    let mut line = Vec::new();
    lines.read_until(b'\n', &mut line).map_err(read)?;
    line.clear();
    while lines.read_until(b'\n', &mut line).map_err(read)? > 0 {
        shown.add(&line, sums.by_ref().take(1));
        line.clear();
    }
    Ok(())
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
    shards.iter().try_for_each(|shard| shard.unaltered(lang).and_then(|()| shard.whole(lang)))?;
    let first = &shards[0];
    if let Some(other) = shards.iter().find(|shard| shard.about["identity"] != first.about["identity"]) {
        let zh = format!("与 {} 不是同一项扫描（方案、取值、种子或程序版本不同）", first.folder.display());
        let en = format!("is not of the same sweep as {} (scenario, values, seed or version differ)", first.folder.display());
        return Err(wrong(&other.folder, &zh, &en, lang));
    }
    let mut next = 0;
    for shard in &shards {
        if shard.number("first") != next {
            let from = shard.number("first");
            let (zh, en) = if from < next {
                (format!("从第 {from} 点到第 {} 点与别的分片重复", next - 1), format!("points {from} to {} are in another shard too", next - 1))
            } else {
                (format!("缺第 {next} 点到第 {} 点", from - 1), format!("points {next} to {} are missing", from - 1))
            };
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
        let read = |e: io::Error| wrong(&path, &e.to_string(), &e.to_string(), lang);
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

/// The policies draws are crossed with.
fn crossed(shard: &Shard) -> Crossed {
    serde_json::from_value(shard.about["crossed"].clone()).unwrap_or_else(|_| Crossed { draws: shard.number("points"), combinations: vec![String::new()] })
}

/// Quantiles of all points, where the shards kept what they are made of; gives the gaps of all points, for pictures.
fn spread(shards: &[Shard], (columns, formats): (&Columns, Formats), out: &mut Target, lang: Lang) -> Result<Vec<Fen>, Failure> {
    if columns.quantiles.is_empty() {
        return Ok(Vec::new());
    }
    let mut write = |lines: &[u8]| table(&mut out.folder, ("quantiles", &columns.quantiles), lines, formats).map_err(|t| super::target::failure(&t, lang));
    if let [whole] = shards {
        let bytes = whole.file("tables/quantiles.csv", lang)?;
        let body = bytes.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        return write(&bytes[body..]).map(|()| Vec::new());
    }
    let mut all = Vec::new();
    for shard in shards {
        all.extend(shard.gaps(lang)?);
    }
    let about = &shards[0].about;
    let unit = MoneyUnit::ALL.into_iter().find(|unit| about["unit"] == unit.symbol()).unwrap_or(MoneyUnit::WanYuan);
    let towns: Vec<(String, String)> = serde_json::from_value(about["towns"].clone()).unwrap_or_default();
    let years = usize::try_from(shards[0].number("years")).unwrap_or(0);
    let first_year = about["first_year"].as_i64().and_then(|year| i32::try_from(year).ok()).unwrap_or(0);
    if towns.is_empty() || years == 0 {
        return Ok(all);
    }
    let rows = Rows { targets: Vec::new(), inputs: Vec::new(), mixed: 0, measures: Vec::new(), unit, towns };
    let mut fine = Vec::new();
    for shard in shards {
        fine.extend(Sum::read(&shard.file("sums.bin", lang)?).map(|sum| sum.failed == 0));
    }
    let crossed = crossed(&shards[0]);
    write(&quantiles((&all, &crossed.groups(0, fine.into_iter())), &rows, years, first_year))?;
    Ok(all)
}
