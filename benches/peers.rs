//! The engine beside its peers: the same scenario written by hand, and in NumPy. `cargo bench --bench peers`.
//!
//! Every peer gives six totals over towns and years for every point (see [`Point`]); they must agree to the fen before anything
//! is timed. One thread each; the repetitions take turns, so that a machine that slows down slows all alike.
//!
//! `-- --only TEXT` times the rows whose name has it; `-- --towns N --years N --repeats N` change the size; `-- --write FOLDER` writes the scenario and ends.

#[path = "peers/by_hand.rs"]
mod by_hand;
#[path = "../tests/common/mod.rs"]
mod common;
#[path = "peers/inputs.rs"]
mod inputs;
#[path = "peers/model.rs"]
mod model;
#[path = "peers/numpy.rs"]
mod numpy;
#[path = "peers/program.rs"]
mod program;
#[path = "peers/scenario.rs"]
mod scenario;

use std::cell::RefCell;
use std::hint::black_box;
use std::path::Path;
use std::rc::Rc;
use std::time::Instant;

use by_hand::{Prepared, Totals};
use fencheng::measure::Run;
use fencheng::scenario::Scenario;
use inputs::Inputs;
use model::{Model, Point};
use numpy::Numpy;
use program::{Swept, Vary};

/// How many points a run evaluates.
const POINTS: usize = 256;

/// A row of the table. Another peer is one more of these.
struct Peer<'a> {
    name: String,
    /// The name of the hand-written row it is measured against.
    beside: &'static str,
    /// Runs once; nanoseconds per town-year.
    run: Box<dyn FnMut() -> f64 + 'a>,
    /// The totals it gave for points, in order; they must be those of `expected`.
    totals: Vec<Totals>,
    expected: Vec<Totals>,
}

type Kernel = fn(&Inputs, &Prepared, &[Point], &mut [Totals]);

/// The hand-written kernels. The first and the fourth are what others are measured against; lanes of AVX2.
const BY_HAND: [(&str, &str, Kernel); 6] = [
    ("full, by hand", "full, by hand", by_hand::full),
    ("full and the land chain, by hand", "full, by hand", by_hand::chain),
    ("full, by hand, AVX-512 where there is", "full, by hand", by_hand::full_wide),
    ("shares only, by hand", "shares only, by hand", by_hand::shares),
    ("shares only, lower tiers prepared, by hand", "shares only, by hand", by_hand::top),
    ("shares only, lower tiers prepared, AVX-512 where there is", "shares only, by hand", by_hand::top_wide),
];

/// The scenario as the library reads it; shares come from the text, or as `--set` would change them.
fn read(folder: &Path, model: &Model, point: Point, set: bool) -> Scenario {
    let written = if set { Point { scale: point.scale, ..Point::PLAIN } } else { point };
    scenario::write(folder, model, written);
    let changes = scenario::changes(point);
    let changes: Vec<&str> = if set { changes.iter().map(String::as_str).collect() } else { Vec::new() };
    common::scenario(folder, None, &changes)
}

/// The totals of a run of the engine.
fn totals(run: &Run) -> Totals {
    let mut sum = Totals::default();
    for year in run.town_views().iter().flat_map(|town| &town.years) {
        sum.planned += year.planned;
        sum.paid += year.paid;
        sum.gap += year.gap();
        sum.general += year.retained_general;
        sum.fund += year.retained_fund;
        sum.guarantees_unpaid += year.guarantees_unpaid;
    }
    sum
}

fn by_hand(kernel: Kernel, inputs: &Inputs, prepared: &Prepared, points: &[Point]) -> Vec<Totals> {
    let mut out = vec![Totals::default(); points.len()];
    kernel(inputs, prepared, points, &mut out);
    out
}

/// The engine and all hand-written kernels on points that differ in every way, one with pools that are too small.
fn agree_with_the_engine(folder: &Path, model: &Model, inputs: &Inputs) {
    let others = [(900_000, 812_345, 333_333), (1_234_567, 50_000, 1_000_000), (250_000, 700_000, 0)];
    let others = others.map(|(scale, top, land)| Point { scale, top, land });
    for (point, set) in [(Point::PLAIN, false), (others[0], true), (others[0], false), (others[1], true), (others[2], true)] {
        let run = Run::of(read(folder, model, point, set)).expect("a scenario that can be computed");
        let (expected, prepared) = (totals(&run), Prepared::of(inputs, point.scale));
        for (name, _, kernel) in BY_HAND {
            assert_eq!(by_hand(kernel, inputs, &prepared, &[point]), [expected], "{name} and the engine at {point:?}");
        }
    }
}

/// Nanoseconds per town-year of some work.
fn timed(town_years: usize, work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1e9 / town_years as f64
}

fn hand_peers<'a>(inputs: &'a Inputs, prepared: &'a Prepared, points: &'a [Point]) -> Vec<Peer<'a>> {
    let town_years = inputs.towns * inputs.years.len() * points.len();
    let peer = |(name, beside, kernel): (&str, &'static str, Kernel)| Peer {
        name: name.to_owned(),
        beside,
        run: Box::new(move || timed(town_years, || drop(black_box(by_hand(kernel, inputs, prepared, black_box(points)))))),
        totals: Vec::new(),
        expected: Vec::new(),
    };
    BY_HAND.map(peer).into()
}

/// The engine as `run` uses it: every lane kept, books checked. It evaluates one point at a time.
fn engine_peer<'a>(folder: &Path, model: &Model, expected: Totals) -> Peer<'a> {
    let run = Run::of(read(folder, model, Point::PLAIN, false)).expect("a scenario that can be computed");
    let found = totals(&run);
    let plan = run.compiled.plan;
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let town_years = plan.towns * plan.years;
    Peer {
        name: format!("full, engine, one point, all {} lanes kept", plan.lanes.len()),
        beside: "full, by hand",
        run: Box::new(move || timed(town_years, || drop(black_box(one.install(|| fencheng::engine::project(&plan)).unwrap())))),
        totals: vec![found],
        expected: vec![expected],
    }
}

/// The fused program. Of the shares-only rows the scale of all points is the plain one.
fn program_peers<'a>(run: &'a Run, inputs: &Inputs, prepared: &Prepared, points: &'a [Point]) -> Vec<Peer<'a>> {
    let town_years = inputs.towns * inputs.years.len() * points.len();
    let kinds: [(&str, &'static str, Vary, Kernel); 2] =
        [("full, program", "full, by hand", Vary::All, by_hand::full), ("shares only, program", "shares only, by hand", Vary::Shares, by_hand::shares)];
    let peer = |(name, beside, vary, kernel): (&str, &'static str, Vary, Kernel)| {
        let swept = Swept::of(run, vary);
        let totals = move |points: &[Point]| {
            let mut out = vec![Totals::default(); points.len()];
            swept.run(points, &mut out);
            out
        };
        Peer {
            name: name.to_owned(),
            beside,
            totals: totals(points),
            expected: by_hand(kernel, inputs, prepared, points),
            run: Box::new(move || timed(town_years, || drop(black_box(totals(black_box(points)))))),
        }
    };
    kinds.map(peer).into()
}

fn numpy_peers(numpy: &Rc<RefCell<Numpy>>, inputs: &Inputs, prepared: &Prepared, points: &[Point]) -> Vec<Peer<'static>> {
    let plain: Vec<Point> = points.iter().map(|point| Point { scale: Point::PLAIN.scale, ..*point }).collect();
    let kinds: [(&'static str, &'static str, Kernel, &[Point]); 2] =
        [("full", "full, by hand", by_hand::full, points), ("shares", "shares only, by hand", by_hand::shares, &plain)];
    let peer = |(kind, beside, kernel, points): (&'static str, &'static str, Kernel, &[Point])| {
        let process = Rc::clone(numpy);
        Peer {
            name: format!("{}, {}", beside.trim_end_matches(", by hand"), numpy.borrow().name(kind)),
            beside,
            run: Box::new(move || process.borrow_mut().run(kind)),
            totals: numpy.borrow().totals(kind),
            expected: by_hand(kernel, inputs, prepared, points),
        }
    };
    kinds.map(peer).into()
}

/// Lets all peers take turns, and gives the median of each.
fn measure(peers: &mut [Peer<'_>], repeats: usize) -> Vec<f64> {
    let mut found = vec![Vec::with_capacity(repeats); peers.len()];
    for _ in 0..repeats {
        for (peer, times) in peers.iter_mut().zip(&mut found) {
            times.push((peer.run)());
        }
    }
    let median = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    found.into_iter().map(median).collect()
}

fn print(peers: &[Peer<'_>], medians: &[f64]) {
    println!("{:<62} {:>16} {:>10}", "what", "ns per town-year", "by hand");
    for (peer, ns) in peers.iter().zip(medians) {
        let beside = peers.iter().position(|p| p.name == peer.beside).map_or(f64::NAN, |at| medians[at]);
        println!("{:<62} {ns:>16.2} {:>8.2} ×", peer.name, ns / beside);
    }
}

/// The value of an option.
fn option(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

fn size(name: &str, default: usize) -> usize {
    option(name).map_or(default, |value| value.parse().expect("a whole number"))
}

fn main() {
    let model = Model::new(size("--towns", 304), size("--years", 20));
    if let Some(folder) = option("--write") {
        std::fs::create_dir_all(&folder).unwrap();
        return scenario::write(Path::new(&folder), &model, Point::PLAIN);
    }
    let folder = tempfile::tempdir().unwrap();
    let inputs = Inputs::of(&model);
    agree_with_the_engine(folder.path(), &model, &inputs);

    let prepared = Prepared::of(&inputs, Point::PLAIN.scale);
    let point = |n: i64| Point { scale: 800_000 + 1_501 * n, top: 500_000 + 1_507 * n, land: 200_000 + 1_753 * n };
    let points: Vec<Point> = (0..POINTS as i64).map(point).collect();
    let plain = Run::of(read(folder.path(), &model, Point::PLAIN, false)).expect("a scenario that can be computed");
    let mut peers = hand_peers(&inputs, &prepared, &points);
    peers.extend(program_peers(&plain, &inputs, &prepared, &points));
    peers.push(engine_peer(folder.path(), &model, by_hand(by_hand::full, &inputs, &prepared, &[Point::PLAIN])[0]));
    if let Some(only) = option("--only") {
        peers.retain(|peer| peer.name.contains(&only) || peer.name == peer.beside);
        let medians = measure(&mut peers, size("--repeats", 25));
        return print(&peers, &medians);
    }
    match Numpy::start(folder.path(), &inputs, &prepared, &points) {
        Some(numpy) => peers.extend(numpy_peers(&Rc::new(RefCell::new(numpy)), &inputs, &prepared, &points)),
        None => println!("NumPy is left out: there is no python3 with numpy that can run benches/peers/numpy_peer.py."),
    }
    for peer in &peers {
        assert_eq!(peer.totals, peer.expected, "{} differs from {}", peer.name, peer.beside);
    }
    println!("{} towns x {} years, {POINTS} points a run; all totals agree to the fen.", inputs.towns, inputs.years.len());
    let medians = measure(&mut peers, size("--repeats", 25));
    print(&peers, &medians);
}
