//! The program and a slow, plain oracle that shares no code with it agree to the fen on random scenarios.
//!
//! `ORACLE_FEATURES=pool,bond` (or `all`) tries rules that are not switched on yet; `tests/oracle/generate/features.rs` lists them.
//! `ORACLE_SCENARIOS=5000 cargo test --test oracle` asks for more; `ORACLE_FIRST=1234 ORACLE_SCENARIOS=1` for one, `ORACLE_SHOWN=99` for all that fail.

#[path = "oracle/mod.rs"]
#[allow(dead_code, reason = "the fuzzer uses the rest")]
mod oracle;

use std::path::{Path, PathBuf};
use std::{env, fs, panic, thread};

use oracle::compare::{self, Refusal};
use oracle::{compute, generate};

const SCENARIOS: u64 = 1_200;

fn setting(name: &str, default: u64) -> u64 {
    env::var(name).ok().map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

/// No figure may reach this; a spreadsheet shows 15 digits.
const LIMIT: i128 = 1_000_000_000_000_000;

/// Runs one scenario through both; what is wrong, in words.
fn examine(seed: u64, folder: &Path) -> Result<usize, String> {
    generate::scenario(seed).write(folder);
    let oracle = panic::catch_unwind(|| compute(folder)).map_err(|_| "the oracle cannot compute it (see above)".to_owned())?;
    let program = match compare::of_program(folder) {
        Ok(program) => program,
        // A remittance that grows with revenue may run away: then the program must say so.
        Err(Refusal::TooLarge(_)) if oracle.values().any(|amount| amount.abs() >= LIMIT) => return Ok(0),
        Err(refusal) => return Err(format!("the program gives no figures: {refusal}")),
    };
    let differences = compare::differences(&oracle, &program);
    let Some(first) = differences.first() else { return Ok(program.len()) };
    let more: Vec<String> = differences.iter().take(12).map(|d| format!("  {} {} {}: oracle {:?}, program {:?}", d.town, d.year, d.item, d.oracle, d.program)).collect();
    Err(format!("{} figures differ, first {} {} {}\n{}", differences.len(), first.town, first.year, first.item, more.join("\n")))
}

/// What the oracle alone must be able to compute, whatever the program has learned.
const OF_EVERYTHING: u64 = 200;

#[test]
fn the_oracle_understands_all_that_is_generated() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (first, count) = (setting("ORACLE_FIRST", 0), setting("ORACLE_SCENARIOS", OF_EVERYTHING).min(OF_EVERYTHING));
    let fails = |seed: &u64| {
        generate::of_everything(*seed).write(folder.path());
        panic::catch_unwind(|| compute(folder.path())).is_err()
    };
    let failed: Vec<u64> = (first..first + count).filter(fails).collect();
    assert!(failed.is_empty(), "of all rules the oracle cannot compute the scenarios {failed:?} (see above)");
}

/// Keeps a scenario that failed where a person can look at it.
fn keep(seed: u64) -> PathBuf {
    let folder = env::temp_dir().join("fencheng-oracle").join(seed.to_string());
    fs::create_dir_all(&folder).expect("a temporary folder");
    generate::scenario(seed).write(&folder);
    folder
}

#[test]
fn program_and_oracle_agree_to_the_fen() {
    let (first, count) = (setting("ORACLE_FIRST", 0), setting("ORACLE_SCENARIOS", SCENARIOS));
    let threads = thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let share = |thread: u64| -> Vec<(u64, Result<usize, String>)> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        (first + thread..first + count).step_by(threads as usize).map(|seed| (seed, examine(seed, folder.path()))).collect()
    };
    let mut results: Vec<_> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|thread| scope.spawn(move || share(thread))).collect();
        running.into_iter().flat_map(|thread| thread.join().expect("a thread that ends")).collect()
    });
    results.sort_by_key(|(seed, _)| *seed);
    let figures: usize = results.iter().filter_map(|(_, result)| result.as_ref().ok()).sum();
    let failed = results.iter().filter_map(|(seed, result)| result.as_ref().err().map(|what| (seed, what)));
    let failures: Vec<String> = failed.map(|(seed, what)| format!("scenario {seed} ({}): {what}", keep(*seed).display())).collect();
    let shown: Vec<&str> = failures.iter().take(setting("ORACLE_SHOWN", 5) as usize).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} of {count} scenarios fail\n{}", failures.len(), shown.join("\n\n"));
    println!("{count} scenarios, {figures} figures agree");
}
