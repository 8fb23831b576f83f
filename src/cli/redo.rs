//! Computing results anew: tables of runs as a whole, of sweeps some points or all of them, each as a whole run.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::Value;

use super::args::{ChartFormat, Global, Language, SweepArgs};
use super::outcome::Failure;
use super::request::Request;
use super::result::{Results, digest_of, open, read};
use super::sweep::{Planned, planned};
use super::swept::quantiles;
use super::verify::Difference;
use crate::study::columns::Columns;
use crate::study::job::{Chunk, Job, Sum, gaps};
use crate::study::rows::Rows;

/// Points computed anew unless all are asked for, the first and the last among them.
const SAMPLE: u64 = 10;
/// More bytes than a file of sums or quantiles of a sweep this program takes on.
const MOST_WHOLE: u64 = 16 << 30;

/// What was computed anew.
#[derive(Debug, Default)]
pub struct Redone {
    /// How many tables.
    pub tables: usize,
    /// Which points: how many, of how many.
    pub points: Option<(u64, u64)>,
    /// What came out otherwise.
    pub differences: Vec<Difference>,
}

/// Computes anew what a folder holds; `scratch` is where it may write.
///
/// # Errors
/// When what was asked for cannot be computed.
pub fn redo(results: &Results, request: Request, all: bool, scratch: &Path, global: &Global) -> Result<Redone, Failure> {
    // Workbooks have headings in the language of whoever made them, not of whoever looks.
    let lang = results.manifest["lang"].as_str().and_then(|lang| Language::from_str(lang, false).ok());
    let silent = Global { silent: true, lang: lang.or(global.lang), ..global.clone() };
    let out = scratch.join("again");
    let (again, chart) = (Some(out.clone()), vec![ChartFormat::None]);
    match request {
        Request::Run(mut args) => {
            (args.target.out, args.chart) = (again, chart);
            super::run::run(&args, &silent)?;
        }
        Request::Compare(mut args) => {
            (args.target.out, args.chart) = (again, chart);
            super::compare::compare(&args, &silent)?;
        }
        Request::Backtest(mut args) => {
            args.target.out = again;
            super::backtest::backtest(&args, &silent)?;
        }
        Request::Sweep(args) => return sweep(results, &args, all, &silent),
        Request::Solve(mut args) => {
            (args.target.out, args.picture.chart) = (again, chart);
            match super::solve::solve(&args, &silent) {
                Ok(()) | Err(Failure::Unsolved) => {}
                Err(failure) => return Err(failure),
            }
        }
        Request::Sensitivity(mut args) => {
            (args.target.out, args.picture.chart) = (again, chart);
            super::sensitivity::sensitivity(&args, &silent)?;
        }
        Request::Discover(mut args) => {
            (args.target.out, args.picture.chart) = (again, chart);
            super::discover::discover(&args, &silent)?;
        }
    }
    tables(results, &Results::open(&out, crate::base::lang::Lang::En)?)
}

/// Where manifests of searches hold what was found.
const ANSWERS: [&str; 5] = ["answer", "solve", "front", "sensitivity", "discover"];

/// An answer in a manifest, but for where the sweep stood that it was found in.
fn answer(results: &Results, key: &str) -> Value {
    let mut value = results.manifest[key].clone();
    if let Some(fields) = value.as_object_mut() {
        fields.remove("from");
    }
    value
}

/// Every table of two folders, byte for byte.
fn tables(results: &Results, again: &Results) -> Result<Redone, Failure> {
    let mut redone = Redone { differences: inputs(results, again.inputs().iter().map(|i| (i.file.as_str(), i.sha256.as_str()))), ..Redone::default() };
    let (old, new) = (results.tables(), again.tables());
    for name in &new {
        let (Some(path), Some(other)) = (results.path(name), again.path(name)) else { continue };
        redone.tables += 1;
        match digest_of(&path).ok() == digest_of(&other).ok() {
            true => {}
            false => redone.differences.push(Difference::recomputed(name, "重算的表不同", "the table comes out otherwise when computed anew")),
        }
    }
    let gone = old.iter().filter(|name| !new.contains(name));
    redone.differences.extend(gone.map(|name| Difference::recomputed(name, "重算时没有这张表", "there is no such table when computed anew")));
    if ANSWERS.iter().any(|key| answer(results, key) != answer(again, key)) {
        redone.differences.push(Difference::recomputed("run.json", "重算的答案不同", "the answer comes out otherwise when computed anew"));
    }
    Ok(redone)
}

/// Whether what is read now is what was read then.
fn inputs<'i>(results: &Results, now: impl Iterator<Item = (&'i str, &'i str)>) -> Vec<Difference> {
    let then = results.inputs();
    let now: Vec<(&str, &str)> = now.collect();
    let mut found = Vec::new();
    for input in then.iter().filter(|input| !now.iter().any(|(_, digest)| *digest == input.sha256)) {
        found.push(Difference::recomputed(&input.file, "重算时读到的不是当时的这个文件", "computed anew, another file was read than then"));
    }
    for (file, _) in now.iter().filter(|(_, digest)| !then.iter().any(|input| input.sha256 == *digest)) {
        found.push(Difference::recomputed(file, "重算时读了它，当时没有读", "read when computed anew, but not then"));
    }
    found
}

/// A sweep: rows of some or all points.
fn sweep(results: &Results, args: &SweepArgs, all: bool, global: &Global) -> Result<Redone, Failure> {
    let other = || Difference::recomputed("run.json", "点数与研究不符", "the number of points is not that of the study");
    // Points a manifest asks for but does not say it has are not laid out first.
    if args.study.points.is_some_and(|asked| args.design.as_deref() != Some("grid") && results.manifest["points"].as_u64().is_none_or(|points| points < asked)) {
        return Ok(Redone { differences: vec![other()], ..Redone::default() });
    }
    let Planned { studied, mut job, .. } = planned(args, global)?;
    job.evaluator = job.evaluator.by_whole_runs();
    let count = job.end - job.first;
    let mut redone = Redone { differences: inputs(results, studied.scenario.files.iter().map(|f| (f.shown.as_str(), f.digest.as_str()))), ..Redone::default() };
    if results.manifest["points"] != job.points.count() || results.manifest["first"] != job.first || results.manifest["end"] != job.end {
        redone.differences.push(other());
        return Ok(redone);
    }
    let again = Again { results, job: &job };
    let points = if all { again.every(&mut redone.differences) } else { again.sample(&mut redone.differences) };
    match points {
        Ok(points) => redone.points = Some((points, count)),
        Err((file, error)) => redone.differences.push(Difference::recomputed(&file, &format!("读不出：{error}"), &format!("cannot be read: {error}"))),
    }
    Ok(redone)
}

/// A file that cannot be read, and why.
type Unreadable = (String, io::Error);

/// A sweep being computed anew.
struct Again<'s> {
    results: &'s Results,
    job: &'s Job,
}

impl Again<'_> {
    /// The first point, the last, and others evenly between them.
    fn sample(&self, differences: &mut Vec<Difference>) -> Result<u64, Unreadable> {
        let (first, count) = (self.job.first, self.job.end - self.job.first);
        let last = u128::from(count.saturating_sub(1));
        let spread = |n: u64| first + u64::try_from(u128::from(n) * last / u128::from(SAMPLE - 1)).unwrap_or(0);
        let mut numbers: Vec<u64> = if count == 0 { Vec::new() } else { (0..SAMPLE).map(spread).collect() };
        numbers.dedup();
        let mut tables = self.open(differences)?;
        let made = self.compared(&numbers, &mut tables, differences)?;
        let sums = self.whole("sums.bin")?;
        let sum = |n: &u64| usize::try_from(n - first).ok().and_then(|at| sums.get(at * Sum::BYTES..(at + 1) * Sum::BYTES));
        if !numbers.iter().zip(made.sums.chunks_exact(Sum::BYTES)).all(|(n, made)| sum(n) == Some(made)) {
            differences.push(other("sums.bin"));
        }
        Ok(numbers.len() as u64)
    }

    /// Every point, chunk by chunk, and what is made of all of them.
    fn every(&self, differences: &mut Vec<Difference>) -> Result<u64, Unreadable> {
        let mut tables = self.open(differences)?;
        let (mut sums, mut all) = (Vec::new(), Vec::new());
        for chunk in 0..self.job.chunks() {
            let from = self.job.first + chunk * self.job.size();
            let numbers: Vec<u64> = (from..(from + self.job.size()).min(self.job.end)).collect();
            let made = self.compared(&numbers, &mut tables, differences)?;
            sums.extend(made.sums);
            all.extend(gaps(&made.gaps));
        }
        for table in &mut tables {
            if !table.of(&[u64::MAX]).map_err(|e| (table.name.clone(), e))?.is_empty() {
                differences.push(Difference::recomputed(&table.name, "有多余的行", "there are lines too many"));
            }
        }
        if self.whole("sums.bin")? != sums {
            differences.push(other("sums.bin"));
        }
        if self.job.wanted.by_year {
            let mut lines = heading(&self.columns().quantiles);
            let crossed = self.job.points.crossed(self.job.rows.unit);
            let groups = crossed.groups(self.job.first, Sum::read(&sums).map(|sum| sum.failed == 0));
            lines.extend(quantiles((&all, &groups), &self.job.rows, self.job.wanted.years, self.job.wanted.first_year));
            if self.whole("tables/quantiles.csv")? != lines {
                differences.push(other("tables/quantiles.csv"));
            }
        }
        Ok(self.job.end - self.job.first)
    }

    fn columns(&self) -> Columns {
        Columns::of(&self.job.rows, self.job.by_town, self.job.wanted.by_year)
    }

    /// The tables of points, behind their headings.
    fn open(&self, differences: &mut Vec<Difference>) -> Result<Vec<Lines>, Unreadable> {
        let columns = self.columns();
        let mut tables = Vec::new();
        for (name, columns) in columns.tables().into_iter().take(2).filter(|(_, columns)| !columns.is_empty()) {
            let name = format!("tables/{name}.csv");
            let table = Lines::open(&name, self.results.folder.join(&name)).map_err(|e| (name.clone(), e))?;
            if table.heading != heading(columns) {
                differences.push(Difference::recomputed(&name, "表头不同", "the heading is another one"));
            }
            tables.push(table);
        }
        Ok(tables)
    }

    /// Some points computed anew beside their lines.
    fn compared(&self, numbers: &[u64], tables: &mut [Lines], differences: &mut Vec<Difference>) -> Result<Chunk, Unreadable> {
        let made = self.job.points(numbers);
        for (table, made) in tables.iter_mut().zip([&made.points, &made.towns]) {
            let found = table.of(numbers).map_err(|e| (table.name.clone(), e))?;
            if found != *made {
                let lines = |bytes: &[u8]| bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
                let (found, made) = (lines(&found), lines(made));
                let same = found.iter().zip(&made).take_while(|(a, b)| a == b).count();
                let point = made.get(same).or(found.get(same)).and_then(|line| number(line)).unwrap_or(0);
                differences.push(Difference::recomputed(&table.name, &format!("第 {point} 点重算的结果不同"), &format!("point {point} comes out otherwise when computed anew")));
            }
        }
        Ok(made)
    }

    fn whole(&self, name: &str) -> Result<Vec<u8>, Unreadable> {
        read(&self.results.folder.join(name), MOST_WHOLE).map_err(|e| (name.to_owned(), e))
    }
}

fn other(name: &str) -> Difference {
    Difference::recomputed(name, "重算的结果不同", "comes out otherwise when computed anew")
}

fn heading(columns: &[crate::measure::typed::Typed]) -> Vec<u8> {
    let mut line = Vec::new();
    Rows::print_heading(&columns.iter().map(|column| column.key.clone()).collect::<Vec<_>>(), &mut line);
    line
}

/// The lines of a table of points, read once from the first to the last.
struct Lines {
    name: String,
    reader: BufReader<File>,
    heading: Vec<u8>,
    /// The line to look at next; empty where it is not read yet.
    line: Vec<u8>,
}

impl Lines {
    fn open(name: &str, path: PathBuf) -> io::Result<Self> {
        let (mut reader, mut heading) = (BufReader::new(open(&path)?), Vec::new());
        reader.read_until(b'\n', &mut heading)?;
        Ok(Self { name: name.to_owned(), reader, heading, line: Vec::new() })
    }

    /// The lines of some points, in order; lines of no point are given too, so that they show.
    fn of(&mut self, numbers: &[u64]) -> io::Result<Vec<u8>> {
        let mut found = Vec::new();
        let last = numbers.last().copied().unwrap_or(0);
        loop {
            if self.line.is_empty() && self.reader.read_until(b'\n', &mut self.line)? == 0 {
                return Ok(found);
            }
            match number(&self.line) {
                Some(n) if n > last => return Ok(found),
                Some(n) if last < u64::MAX && numbers.binary_search(&n).is_err() => {}
                _ => found.extend_from_slice(&self.line),
            }
            self.line.clear();
        }
    }
}

/// The point of a line.
fn number(line: &[u8]) -> Option<u64> {
    let digits = line.split(|byte| *byte == b',').next()?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}
