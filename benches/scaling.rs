//! How the cost of the fused program grows: with threads, towns, years, and one town at a million points.
//! `cargo bench --bench scaling`. Nanoseconds per town-year, everything varying; medians of runs that take turns.

#[path = "peers/by_hand.rs"]
#[expect(dead_code, reason = "only its totals are needed")]
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

use by_hand::Totals;
use fencheng::measure::Run;
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
    points: usize,
    chunk: usize,
    threads: usize,
}

impl Case {
    fn new(name: &str, towns: usize, years: usize, points: usize) -> Self {
        Self { name: name.to_owned(), run: run_of(towns, years), points, chunk: CHUNK, threads: 1 }
    }

    fn on(self, threads: usize) -> Self {
        // Small chunks, so that no thread waits long for the last.
        Self { name: format!("{}, {threads} thread(s)", self.name), chunk: 32, threads, ..self }
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
        let town_years = self.run.compiled.plan.towns * self.run.compiled.plan.years * self.points;
        start.elapsed().as_secs_f64() * 1e9 / town_years as f64
    }
}

/// The most memory the process has had, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or_else(|| "unknown".to_owned(), |line| line.trim().to_owned())
}

fn main() {
    let million = Case::new("1 town x 20 years, 1,000,000 points", 1, 20, 1_000_000);
    let ns = million.time(&Swept::of(&million.run, Vary::All));
    println!("{}, first time: {ns:.2} ns; most memory so far {}", million.name, peak());
    let mut cases = vec![million];
    for (towns, points) in [(30, 4_096), (304, 512), (3_040, 64), (20_000, 12)] {
        cases.push(Case::new(&format!("{towns} towns x 20 years, {points} points"), towns, 20, points));
    }
    // A scenario has at most 400,000 town-years.
    cases.push(Case::new("30400 towns x 13 years, 8 points", 30_400, 13, 8));
    for years in [1, 5, 50] {
        cases.push(Case::new(&format!("304 towns x {years} years, {} points", 5_120 / years), 304, years, 5_120 / years));
    }
    for threads in [1, 2] {
        cases.push(Case::new("304 towns x 20 years, 2,048 points", 304, 20, 2_048).on(threads));
    }
    let swept: Vec<Swept<'_>> = cases.iter().map(|case| Swept::of(&case.run, Vary::All)).collect();
    let mut times = vec![Vec::new(); cases.len()];
    for _ in 0..REPEATS {
        cases.iter().zip(&swept).zip(&mut times).for_each(|((case, swept), times)| times.push(case.time(swept)));
    }
    for (case, mut times) in cases.iter().zip(times) {
        times.sort_by(f64::total_cmp);
        println!("{:<62} {:>8.2} ns per town-year", case.name, times[REPEATS / 2]);
    }
}
