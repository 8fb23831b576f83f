//! How the cost of the fused program grows: with threads, towns, years, and one town at a million points.
//! `cargo bench --bench scaling`. Nanoseconds per town-year, everything varying; medians of runs that take turns.

#[path = "peers/by_hand.rs"]
#[expect(dead_code, reason = "one of its kernels is needed")]
mod by_hand;
#[path = "../tests/common/mod.rs"]
mod common;
#[path = "peers/inputs.rs"]
#[expect(dead_code, reason = "the hand-written kernels' own")]
mod inputs;
#[path = "peers/model.rs"]
mod model;
#[path = "peers/program.rs"]
#[expect(dead_code, reason = "everything varies here")]
mod program;
#[path = "peers/scenario.rs"]
#[expect(dead_code, reason = "only what is written is needed")]
mod scenario;

use std::hint::black_box;
use std::time::Instant;

use by_hand::{Prepared, Totals};
use fencheng::measure::Run;
use inputs::Inputs;
use model::{Model, Point};
use program::{Swept, Vary};
use rayon::prelude::*;

/// Points a thread takes at once.
const CHUNK: usize = 4_096;
/// How often everything is timed.
const REPEATS: usize = 7;

/// So many points, spread over what the peers' points cover.
fn points(range: std::ops::Range<usize>) -> Vec<Point> {
    let point = |n: i64| Point { scale: 800_000 + 1_501 * (n % 256), top: 500_000 + 1_507 * (n % 251), land: 200_000 + 1_753 * (n % 241) };
    range.map(|n| point(i64::try_from(n).unwrap())).collect()
}

/// A run of so many towns and years.
fn run_of(towns: usize, years: usize) -> Run {
    let folder = tempfile::tempdir().unwrap();
    scenario::write(folder.path(), &Model::new(towns, years), Point::PLAIN);
    Run::of(common::scenario(folder.path(), None, &[])).expect("a scenario that can be computed")
}

/// What is timed: points of a run, in chunks that threads take.
struct Case {
    name: String,
    run: Run,
    inputs: Inputs,
    prepared: Prepared,
    points: usize,
    chunk: usize,
    threads: usize,
}

impl Case {
    fn new(name: String, [towns, years, points, threads]: [usize; 4]) -> Self {
        // Small chunks, so that no thread waits long for the last.
        let chunk = if threads == 0 { CHUNK } else { 32 };
        let inputs = Inputs::of(&Model::new(towns, years));
        let prepared = Prepared::of(&inputs, Point::PLAIN.scale);
        Self { name, run: run_of(towns, years), inputs, prepared, points, chunk, threads: threads.max(1) }
    }

    /// Nanoseconds per town-year of the hand-written kernel on one thread: what the same work costs at this size.
    fn by_hand(&self) -> f64 {
        let (start, mut sum) = (Instant::now(), 0_i64);
        for first in (0..self.points).step_by(self.chunk) {
            let points = points(first..(first + self.chunk).min(self.points));
            let mut out = vec![Totals::default(); points.len()];
            by_hand::full(&self.inputs, &self.prepared, &points, &mut out);
            sum = out.iter().map(|totals| totals.paid).fold(sum, i64::wrapping_add);
        }
        black_box(sum);
        start.elapsed().as_secs_f64() * 1e9 / self.town_years()
    }

    fn town_years(&self) -> f64 {
        (self.run.compiled.plan.towns * self.run.compiled.plan.years * self.points) as f64
    }

    /// Nanoseconds per town-year; totals are folded as a sweep would write them out.
    fn time(&self, swept: &Swept<'_>) -> f64 {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads).build().unwrap();
        let chunks: Vec<usize> = (0..self.points).step_by(self.chunk).collect();
        let paid = |first: &usize| {
            let points = points(*first..(first + self.chunk).min(self.points));
            let mut out = vec![Totals::default(); points.len()];
            swept.run(&points, &mut out);
            out.iter().map(|totals| totals.paid).fold(0, i64::wrapping_add)
        };
        let start = Instant::now();
        black_box(pool.install(|| chunks.par_iter().map(paid).reduce(|| 0, i64::wrapping_add)));
        start.elapsed().as_secs_f64() * 1e9 / self.town_years()
    }
}

/// The most memory the process has had, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or_else(|| "unknown".to_owned(), |line| line.trim().to_owned())
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Every case, by its name: towns, years, points, threads (0: chunks as a sweep takes them).
fn cases() -> Vec<(String, [usize; 4])> {
    let mut cases = vec![("1 town x 20 years, 1,000,000 points".to_owned(), [1, 20, 1_000_000, 0])];
    for (towns, points) in [(30, 4_096), (304, 512), (3_040, 64), (20_000, 12)] {
        cases.push((format!("{towns} towns x 20 years, {points} points"), [towns, 20, points, 0]));
    }
    // A scenario has at most 400,000 town-years.
    cases.push(("30400 towns x 13 years, 8 points".to_owned(), [30_400, 13, 8, 0]));
    for years in [1, 5, 50] {
        cases.push((format!("304 towns x {years} years, {} points", 5_120 / years), [304, years, 5_120 / years, 0]));
    }
    for threads in [1, 2] {
        cases.push((format!("304 towns x 20 years, 2,048 points, {threads} thread(s)"), [304, 20, 2_048, threads]));
    }
    cases
}

/// `cargo bench --bench scaling -- "1 town"` times only the cases named like this.
fn main() {
    let named: Vec<String> = std::env::args().skip(1).filter(|name| !name.starts_with("--")).collect();
    let wanted = |name: &str| named.is_empty() || named.iter().any(|part| name.contains(part));
    let cases: Vec<Case> = cases().into_iter().filter(|(name, _)| wanted(name)).map(|(name, size)| Case::new(name, size)).collect();
    let swept: Vec<Swept<'_>> = cases.iter().map(|case| Swept::of(&case.run, Vary::All)).collect();
    let mut times = vec![[const { Vec::new() }; 2]; cases.len()];
    for _ in 0..REPEATS {
        for ((case, swept), [program, hand]) in cases.iter().zip(&swept).zip(&mut times) {
            program.push(case.time(swept));
            hand.push(case.by_hand());
        }
    }
    println!("{:<54} {:>8} {:>8} {:>7}", "nanoseconds per town-year, medians", "program", "by hand", "ratio");
    for (case, times) in cases.iter().zip(times) {
        let [program, hand] = times.map(median);
        println!("{:<54} {program:>8.2} {hand:>8.2} {:>6.2} ×", case.name, program / hand);
    }
    println!("most memory: {}", peak());
}
