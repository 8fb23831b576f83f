//! The same bytes everywhere: digests of all tables of all bundled scenarios and variants, kept in the repository. Another machine,
//! another number of threads, another width of its vectors must give the same.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden` writes them anew where a change of results is meant.
//! `FENCHENG_RUNNER="qemu-x86_64 -cpu Nehalem"` runs the program behind another (a processor without AVX2).

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    found.sort();
    found
}

fn program(threads: &str) -> Command {
    let runner = std::env::var("FENCHENG_RUNNER").unwrap_or_default();
    let mut words = runner.split_whitespace().chain([env!("CARGO_BIN_EXE_fencheng")]);
    let mut command = Command::new(words.next().expect("a program"));
    command.args(words).env("RAYON_NUM_THREADS", threads);
    command
}

/// `scenario table digest`, a line a table.
fn digests(scenario: &Path, out: &Path, threads: &str) -> String {
    let name = scenario.file_name().and_then(|name| name.to_str()).expect("a plain name");
    let arguments = ["--variant", "all", "--chart", "none", "--format", "csv", "--lang", "zh", "--quiet", "--out"];
    let told = program(threads).arg("run").arg(scenario).args(arguments).arg(out).output().expect("the program");
    assert!(told.status.success(), "{name}: {}", String::from_utf8_lossy(&told.stderr));
    let mut lines = String::new();
    for table in sorted(&out.join("tables")) {
        let digest: String = Sha256::digest(fs::read(&table).expect("a table")).iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(lines, "{name} {} {digest}", table.file_name().and_then(|name| name.to_str()).expect("a plain name")).expect("a string takes all");
    }
    lines
}

fn all(threads: &str) -> String {
    let (root, home) = (Path::new(env!("CARGO_MANIFEST_DIR")), tempfile::tempdir().expect("a temporary folder"));
    let scenarios = sorted(&root.join("scenarios")).into_iter().filter(|folder| folder.join("scenario.toml").is_file());
    scenarios.enumerate().map(|(n, folder)| digests(&folder, &home.path().join(n.to_string()), threads)).collect()
}

#[test]
fn results_are_the_same_bytes_on_every_machine() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden.txt");
    let found = all("1");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &found).expect("a file of the repository");
    }
    let kept = fs::read_to_string(&path).expect("tests/golden.txt");
    let other: Vec<&str> = found.lines().filter(|line| !kept.lines().any(|kept| kept == *line)).collect();
    assert!(found == kept, "other bytes than in tests/golden.txt (UPDATE_GOLDEN=1 writes it anew where that is meant):\n{}", other.join("\n"));
    assert!(all("3") == kept, "three threads give other bytes than one");
}
