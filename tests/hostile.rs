//! Nothing a user hands in makes the program panic or hang: scenarios are damaged in thousands of ways, always the same
//! ways, and run as far as they go. What is wrong must come out as problems, or as `engine::Broken`.

mod damage;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use damage::{Dice, Text};
use fencheng::base::lang::Lang;
use fencheng::diag::render;
use fencheng::load::{Request, load};
use fencheng::{check, compile, engine};

/// How far a run came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Refused,
    NotCompiled,
    Broken,
    Computed,
}

/// Everything from files to figures. The horizon is kept short so that thousands of runs fit into seconds.
fn run(folder: &Path, variant: Option<&str>, set: &[String]) -> End {
    let loaded = load(&Request { scenario: folder.to_owned(), variants: fencheng::load::stack(variant), set: set.to_vec() });
    let (scenario, problems) = check::check("id", &loaded);
    for lang in [Lang::Zh, Lang::En] {
        assert!(problems.is_empty() || !render::render(&problems, &loaded.files, lang, false).is_empty());
    }
    let Some(scenario) = scenario else {
        assert!(problems.has_errors(), "refused without a word");
        return End::Refused;
    };
    match compile::compile(&scenario) {
        Err(problems) => {
            assert!(problems.has_errors());
            assert!(!render::render(&problems, &loaded.files, Lang::Zh, false).is_empty());
            End::NotCompiled
        }
        Ok(compiled) => match engine::project(&compiled.plan) {
            Err(engine::Broken::Books { what, year, place, difference }) => panic!("the books do not close: {what} {year} {place} {difference}"),
            Err(engine::Broken::Amount { .. } | engine::Broken::Pool { .. }) => End::Broken,
            Ok(_) => End::Computed,
        },
    }
}

/// Damages a scenario so many times, on all processors; gives how often each end was reached.
fn attack(name: &str, text: &Text, seed: u64, times: usize) -> [usize; 4] {
    let found = Mutex::new((Vec::new(), [0_usize; 4]));
    let threads = std::thread::available_parallelism().map_or(4, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let found = &found;
            scope.spawn(move || {
                let folder = tempfile::tempdir().unwrap();
                for n in (thread..times).step_by(threads) {
                    let damaged = text.damaged(&mut Dice(seed ^ (n as u64).wrapping_mul(0x1_0000_0001)));
                    damaged.write(folder.path());
                    let start = Instant::now();
                    let end = catch_unwind(AssertUnwindSafe(|| run(folder.path(), damaged.variant.as_deref(), &damaged.set)));
                    let slow = start.elapsed() > Duration::from_secs(10);
                    let mut found = found.lock().unwrap();
                    match end {
                        Ok(end) if !slow => found.1[end as usize] += 1,
                        end => {
                            let keep = std::env::temp_dir().join(format!("fencheng-hostile-{name}-{n}"));
                            damaged.write(&keep);
                            found.0.push(format!(
                                "{} variant {:?} set {:?}: {:?}, {:?}",
                                keep.display(),
                                damaged.variant,
                                damaged.set,
                                end.map_err(|e| e.downcast::<String>().ok()),
                                start.elapsed()
                            ));
                        }
                    }
                }
            });
        }
    });
    let (wrong, ends) = found.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} of {times} damaged scenarios panic or hang:\n{}", wrong.len(), wrong.join("\n"));
    ends
}

/// `HOSTILE_TIMES=20 HOSTILE_SEED=7` hunts longer and elsewhere.
fn times(many: usize) -> usize {
    asked("HOSTILE_TIMES").unwrap_or(1) * many
}

fn asked(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

fn seed() -> u64 {
    u64::try_from(asked("HOSTILE_SEED").unwrap_or(1)).unwrap().wrapping_mul(0x5851_f42d_4c95_7f2d)
}

#[test]
fn a_damaged_real_scenario_is_survived() {
    let text = Text::of_folder(Path::new("scenarios/mengyang"), true);
    let ends = attack("mengyang", &text, seed(), times(600));
    eprintln!("refused, not compiled, broken, computed: {ends:?}");
    // Damage that is always refused would test nothing behind the check.
    assert!(ends[End::Computed as usize] * 10 > ends.iter().sum::<usize>(), "{ends:?}");
}

#[test]
fn damaged_small_scenarios_are_survived() {
    let mut folders: Vec<PathBuf> = fs::read_dir("tests/errors").unwrap().flatten().map(|e| e.path()).filter(|p| p.join("scenario.toml").is_file()).collect();
    folders.sort();
    let mut all = [0_usize; 4];
    for (n, folder) in folders.iter().enumerate() {
        let text = Text::of_folder(folder, false);
        let ends = attack(folder.file_name().unwrap().to_str().unwrap(), &text, seed() ^ n as u64, times(14));
        all.iter_mut().zip(ends).for_each(|(all, n)| *all += n);
    }
    eprintln!("refused, not compiled, broken, computed: {all:?}");
}
