//! A point of a sweep is a run of the patched scenario: random scenarios of every rule, one to six of their values swept over random
//! ranges, and at random points within them the fused program's figures are those of a whole run, bit for bit.
//!
//! `POINTS_FIRST=1234 POINTS_SCENARIOS=1 cargo test --test points` looks at one, `POINTS_SCENARIOS=5000` at more.

#[path = "oracle/generate/mod.rs"]
#[allow(dead_code, reason = "the oracle's test uses the rest")]
mod generate;

use std::path::Path;
use std::{env, fs, thread};

use fencheng::base::place::Place;
use fencheng::load::{Request, load};
use fencheng::rules::field::Quantity;
use fencheng::rules::param::Leaf;
use fencheng::scenario::Scenario;
use fencheng::scenario::study::Acts;
use fencheng::study::evaluate::Evaluator;
use fencheng::study::maps::Unmapped;
use fencheng::study::subject::Subject;
use fencheng::study::value::{Several, Spot, Target};
use generate::random::Random;

const SCENARIOS: u64 = 240;
const POINTS: usize = 12;

/// How a scenario was swept.
#[derive(Clone, Debug, PartialEq, Eq)]
enum End {
    /// By the fused program, as whole runs give it.
    Fused,
    /// By whole runs, for this reason.
    Whole(Unmapped),
    /// The middle of the ranges is no sound scenario.
    Unsound,
    Differs(String),
}

/// A value that can be swept, and the lowest and highest that make sense there.
fn target(leaf: &Leaf, random: &mut Random) -> Option<(Target, (i64, i64))> {
    let bounds = match leaf.quantity {
        Quantity::Share => (0, 1_000_000),
        Quantity::Rate => (-900_000.min(leaf.value), 2_000_000.max(leaf.value)),
        Quantity::SignedMoney => (-leaf.value.abs() * 2 - 100, leaf.value.abs() * 2 + 100),
        Quantity::Word(_) => return None,
        _ => (0, leaf.value.abs() * 2 + 100),
    };
    let changed = |spot, acts| {
        let several = Several { spots: vec![(spot, leaf.value)], acts, quantity: leaf.quantity };
        Target {
            paths: Vec::new(),
            quantity: if acts == Acts::Times { Quantity::Number } else { leaf.quantity },
            words: Vec::new(),
            change: None,
            several: Some(several),
        }
    };
    let path = leaf.from.map_or_else(|| leaf.path.clone(), |day| format!("{}@{day}", leaf.path));
    let by_cell = leaf.text.parse::<f64>().is_ok() && matches!(leaf.place, Place::Text { .. }) && leaf.path.contains('镇');
    Some(match random.within(0, 3) {
        _ if by_cell => (changed(Spot::Cell(leaf.place.clone()), Acts::Times), (0, 2_000_000)),
        0 if leaf.from.is_some() => (changed(Spot::Dated(path), Acts::Times), (0, 2_000_000)),
        _ => (Target { paths: vec![path], quantity: leaf.quantity, words: Vec::new(), several: None, change: None }, bounds),
    })
}

/// A part of the bounds, often about what stands there, sometimes hardly wider than a point.
fn range((low, high): (i64, i64), standing: i64, random: &mut Random) -> (i64, i64) {
    let standing = standing.clamp(low, high);
    match random.within(0, 5) {
        0 => (low, high),
        1 => (standing, (standing + random.within(0, 9)).min(high)),
        2 => ((standing - random.within(0, 3_000)).max(low), (standing + random.within(0, 3_000)).min(high)),
        3 => (low, standing),
        _ => {
            let (a, b) = (random.within(low, high), random.within(low, high));
            (a.min(b), a.max(b))
        }
    }
}

/// One to six targets of a scenario and their ranges; the same value is not set twice.
fn swept(scenario: &Scenario, random: &mut Random) -> (Vec<Target>, Vec<(i64, i64)>) {
    let mut leaves: Vec<&Leaf> = scenario.leaves.iter().map(|(_, leaf)| leaf).collect();
    random.shuffle(&mut leaves);
    let wanted = random.count(1, 6);
    let (mut targets, mut ranges) = (Vec::<Target>::new(), Vec::new());
    for leaf in leaves {
        if targets.len() == wanted {
            break;
        }
        let Some((target, bounds)) = target(leaf, random) else { continue };
        let is_known = targets.iter().any(|other| other.sets(0).eq(target.sets(0)) && target.sets(0).next().is_some());
        if !is_known {
            let standing = if target.several.is_some() { 1_000_000 } else { leaf.value };
            ranges.push(range(bounds, standing, random));
            targets.push(target);
        }
    }
    (targets, ranges)
}

fn points(ranges: &[(i64, i64)], random: &mut Random) -> Vec<i64> {
    (0..POINTS).flat_map(|_| ranges.iter().map(|(low, high)| random.within(*low, *high)).collect::<Vec<_>>()).collect()
}

fn examine(seed: u64, folder: &Path) -> End {
    generate::scenario(seed).write(folder);
    let subject = || Subject::new("points", load(&Request { scenario: folder.to_owned(), variants: Vec::new(), set: Vec::new() }));
    let Ok(scenario) = subject().scenario() else { return End::Unsound };
    let mut random = Random::new(seed ^ 0x5eed);
    let (targets, ranges) = swept(&scenario, &mut random);
    let Ok(evaluator) = Evaluator::new(subject(), targets.clone(), &ranges) else { return End::Unsound };
    if let Some(why) = evaluator.slow() {
        return End::Whole(why.clone());
    }
    let values = points(&ranges, &mut random);
    let Some(at) = evaluator.differs(&values, &evaluator.wanted(true, true, None)) else { return End::Fused };
    let point = &values[at * targets.len()..(at + 1) * targets.len()];
    let sets: Vec<String> = targets.iter().zip(point).flat_map(|(target, value)| [target.paths()].into_iter().chain(target.sets(*value)).chain([value.to_string()])).collect();
    End::Differs(format!("scenario {seed}, ranges {ranges:?}: {}", sets.join(" | ")))
}

fn setting(name: &str, default: u64) -> u64 {
    env::var(name).ok().map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

#[test]
fn a_point_is_a_run_of_the_patched_scenario() {
    let (first, count) = (setting("POINTS_FIRST", 0), setting("POINTS_SCENARIOS", SCENARIOS));
    let threads = thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let share = |thread: u64| -> Vec<End> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let one = |seed| {
            let _ = fs::remove_file(folder.path().join("projects.csv"));
            examine(seed, folder.path())
        };
        (first + thread..first + count).step_by(threads as usize).map(one).collect()
    };
    let ends: Vec<End> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|thread| scope.spawn(move || share(thread))).collect();
        running.into_iter().flat_map(|thread| thread.join().expect("a thread that ends")).collect()
    });
    let wrong: Vec<&String> = ends.iter().filter_map(|end| if let End::Differs(what) = end { Some(what) } else { None }).collect();
    if count <= 10 {
        eprintln!("{ends:#?}");
    }
    let of = |is: fn(&End) -> bool| ends.iter().filter(|end| is(end)).count();
    let fused = of(|end| *end == End::Fused);
    let table = of(|end| matches!(end, End::Whole(Unmapped::Table(_))));
    let structure = of(|end| matches!(end, End::Whole(Unmapped::Structure)));
    eprintln!(
        "fused {fused}, no rule {table}, other structure {structure}, wrong at an end {}, unsound {}",
        of(|end| matches!(end, End::Whole(Unmapped::Wrong))),
        of(|end| *end == End::Unsound)
    );
    assert!(wrong.is_empty(), "{} of {count} scenarios have points that are no runs\n{wrong:#?}", wrong.len());
    // A test that never reaches the fused program shows nothing.
    assert!(fused as u64 * 8 > count, "only {fused} of {count} were fused");
}
