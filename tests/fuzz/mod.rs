//! What is fuzzed: bytes in, no panic, no hang, no books that do not close. The fuzzer in `fuzz/` and the replay of the corpora in
//! `tests/corpora.rs` run the same functions.
//!
//! An input is the text of one file; further files of the same folder follow, each behind a line `=== NAME`. What is not given is
//! taken from a small sound scenario, so that little text reaches far.

#![allow(dead_code, reason = "each fuzz target uses its own part")]

pub mod agree;
pub mod forms;
pub mod results;
pub mod studies;
pub mod tables;

use std::fs;
use std::path::Path;

use fencheng::base::lang::Lang;
use fencheng::diag::render;
use fencheng::load::{Request, load};
use fencheng::{check, compile, engine};
use tempfile::TempDir;

/// The scenario that stands where an input gives none.
pub const SCENARIO: &str = include_str!("base/scenario.toml");
/// Its towns.
pub const TOWNS: &str = include_str!("base/towns.csv");
/// Its projects.
pub const PROJECTS: &str = include_str!("base/projects.csv");

/// What a scenario folder may hold; other names are not written.
const NAMES: [&str; 7] = ["scenario.toml", "towns.csv", "projects.csv", "counties.csv", "towns.xlsx", "variants/v.toml", "rules.toml"];

/// How far an input came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Something is wrong with it, and is said.
    Refused,
    /// It was computed, and its books close.
    Computed,
}

/// The files of an input, the first under the name given.
pub fn files<'b>(bytes: &'b [u8], first: &'static str) -> Vec<(&'b str, &'b [u8])> {
    let (mut files, mut name, mut start, mut at) = (Vec::new(), first, 0, 0);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let heading = line.strip_prefix(b"=== ").and_then(|rest| std::str::from_utf8(rest).ok());
        if let Some(next) = heading {
            files.push((name, &bytes[start..at]));
            (name, start) = (next.trim_end(), at + line.len());
        }
        at += line.len();
    }
    files.push((name, &bytes[start..]));
    files
}

/// A folder with a sound scenario.
pub fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in [("scenario.toml", SCENARIO), ("towns.csv", TOWNS), ("projects.csv", PROJECTS)] {
        write(folder.path(), name, text.as_bytes());
    }
    folder
}

/// Writes a file that a scenario may have.
pub fn write(folder: &Path, name: &str, bytes: &[u8]) {
    if NAMES.contains(&name) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).and_then(|()| fs::write(path, bytes)).expect("a file of the temporary folder");
    }
}

/// `scenario.toml`, and whatever else an input brings.
pub fn scenario(bytes: &[u8]) -> End {
    let folder = folder();
    files(bytes, "scenario.toml").into_iter().for_each(|(name, text)| write(folder.path(), name, text));
    run(folder.path(), Vec::new(), Vec::new())
}

/// Lines of a variant; those that begin with `--set ` are arguments.
pub fn changes(bytes: &[u8]) -> End {
    let folder = folder();
    let text = String::from_utf8_lossy(bytes);
    let sets = text.lines().filter_map(|line| line.strip_prefix("--set ")).take(50).map(str::to_owned).collect();
    let variant: String = text.lines().filter(|line| !line.starts_with("--set ")).flat_map(|line| [line, "\n"]).collect();
    write(folder.path(), "variants/v.toml", variant.as_bytes());
    run(folder.path(), vec!["v".to_owned()], sets)
}

/// Reads, checks, compiles and computes; what is wrong must be said in both languages, and the books must close.
pub fn run(folder: &Path, variants: Vec<String>, set: Vec<String>) -> End {
    let loaded = load(&Request { scenario: folder.to_owned(), variants, set });
    let (scenario, problems) = check::check("fuzz", &loaded);
    for lang in [Lang::Zh, Lang::En] {
        assert!(problems.is_empty() || !render::render(&problems, &loaded.files, lang, false).is_empty());
        assert!(problems.is_empty() || !render::render_json(&problems, &loaded.files, lang).is_empty());
    }
    let Some(scenario) = scenario else {
        assert!(problems.has_errors(), "refused without a word");
        return End::Refused;
    };
    let compiled = match compile::compile(&scenario) {
        Ok(compiled) => compiled,
        Err(problems) => {
            assert!(problems.has_errors(), "not compiled without a word");
            return End::Refused;
        }
    };
    match engine::project(&compiled.plan) {
        Err(engine::Broken::Books { what, year, place, difference }) => panic!("the books do not close: {what} {year} {place} {difference}"),
        Err(_) => End::Refused,
        Ok(_) => End::Computed,
    }
}
