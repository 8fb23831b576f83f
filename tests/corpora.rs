//! The corpora of the fuzzer, and every finding it ever had, run by an ordinary test. `fuzz/` has the fuzzer itself.

mod fuzz;
#[path = "oracle/mod.rs"]
#[allow(dead_code, reason = "the oracle's own test uses the rest")]
mod oracle;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use fuzz::End;
use fuzz::results::Shard;

/// Every input of a corpus through a function; how many were computed.
fn replay(corpus: &str, of: impl Fn(&[u8]) -> End) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(corpus);
    let mut files: Vec<_> = fs::read_dir(&folder).expect("a corpus").flatten().map(|entry| entry.path()).collect();
    files.sort();
    assert!(files.len() >= 4, "{corpus} has hardly any input");
    let end = |file: &std::path::PathBuf| {
        eprintln!("{}", file.display());
        of(&fs::read(file).expect("an input"))
    };
    files.iter().map(end).filter(|end| *end == End::Computed).count()
}

/// The same of inputs that must not all be refused at the door: that would test nothing behind it.
fn reach(corpus: &str, of: impl Fn(&[u8]) -> End) {
    assert!(replay(corpus, of) > 0, "nothing of {corpus} was computed");
}

#[test]
fn scenarios() {
    reach("scenario", fuzz::scenario);
}

#[test]
fn variants_and_set() {
    reach("changes", fuzz::changes);
}

#[test]
fn csv() {
    reach("csv", fuzz::tables::csv);
}

#[test]
fn workbooks() {
    reach("workbook", fuzz::tables::workbook);
}

#[test]
fn forms_and_outturns() {
    replay("forms", fuzz::forms::forms);
}

#[test]
fn studies() {
    reach("studies", fuzz::studies::studies);
}

#[test]
fn program_and_oracle() {
    reach("agree", fuzz::agree::agree);
}

/// Runs the program; whatever it is handed, it ends by itself and not by a panic.
fn fencheng(arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_fencheng")).args(arguments).stdin(Stdio::null()).output().expect("the program");
    let code = output.status.code();
    // 4: whole, and not computed anew.
    assert!(matches!(code, Some(0 | 1 | 4)), "{arguments:?} {code:?}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn results() {
    let shard = Shard::new(&fencheng);
    replay("results", |bytes| shard.attack(bytes, &fencheng));
    // Every input there is a forgery; the result as it was written goes through the same door.
    assert_eq!(shard.attack(shard.manifest().as_bytes(), &fencheng), End::Computed);
}
