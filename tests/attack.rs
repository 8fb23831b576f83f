//! What others hand in, with real processes: collections and forms from Excel, results that somebody changed, names nobody
//! expects, questions about cells that are none. The program ends by itself, says what is wrong, and leaves nothing half done.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use fencheng::base::place::Place;
use fencheng::load::single;

/// A small sound scenario.
fn scenario(home: &Path) -> PathBuf {
    let folder = home.join("scenario");
    fs::create_dir(&folder).unwrap();
    for (name, text) in [
        ("scenario.toml", include_str!("fuzz/base/scenario.toml")),
        ("towns.csv", include_str!("fuzz/base/towns.csv")),
        ("projects.csv", include_str!("fuzz/base/projects.csv")),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

/// Runs the program in a folder; it must end within a minute and not by a panic.
fn ends(home: &Path, words: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fencheng")).args(words).current_dir(home).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let started = Instant::now();
    // What is said here fits into a pipe.
    while child.try_wait().unwrap().is_none() {
        if started.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            panic!("{words:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let output = child.wait_with_output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{words:?} {:?}\n{}", output.status, said(&output));
    assert!(output.status.success() || !said(&output).trim().is_empty(), "{words:?} refused without a word");
    output
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A result is there and whole where the program says so, and nothing of it where it refuses.
fn whole_or_none(home: &Path, out: &str, output: &Output) {
    let target = home.join(out);
    assert_eq!(target.exists(), output.status.success(), "{}", said(output));
    let rests: Vec<_> = fs::read_dir(home).unwrap().flatten().map(|e| e.file_name()).filter(|n| n.to_string_lossy().starts_with('.')).collect();
    assert!(rests.is_empty(), "{rests:?} is left");
    if target.exists() {
        fs::remove_dir_all(target).unwrap();
    }
}

/// A file cut, with a byte changed, with a part of it twice; and things that are no such file.
fn damaged(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![Vec::new(), vec![0; 4096], b"PK\x03\x04".to_vec(), "=1+1,\"".repeat(2000).into_bytes()];
    for n in 1..8 {
        let at = bytes.len() * n / 8;
        all.push(bytes[..at].to_vec());
        let mut other = bytes.to_vec();
        other[at] ^= 1 << n;
        all.push(other);
        all.push([&bytes[..at], &bytes[at / 2..]].concat());
    }
    all
}

#[test]
fn collections_and_forms_that_are_broken_are_refused() {
    let home = tempfile::tempdir().unwrap();
    scenario(home.path());
    ends(home.path(), &["new", "form", "--template", "xlsx"]);
    let form = fs::read_dir(home.path().join("form")).unwrap().flatten().next().unwrap().path();
    let mut files: Vec<PathBuf> = ["filled.xlsx", "offices.xlsx", "local.xlsx", "ordinary.xlsx"].map(|name| Path::new("tests/excel").join(name)).into();
    files.extend([form, PathBuf::from("scenarios/pilot-towns/observed.csv")]);
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let name = if file.extension().unwrap() == "csv" { "hostile.csv" } else { "hostile.xlsx" };
        for hostile in damaged(&bytes) {
            fs::write(home.path().join(name), hostile).unwrap();
            let output = ends(home.path(), &["new", "made", "--from", name]);
            whole_or_none(home.path(), "made", &output);
            let output = ends(home.path(), &["run", "scenario", "--outturn", name, "--chart", "none", "--out", "out"]);
            whole_or_none(home.path(), "out", &output);
        }
    }
}

/// Every command that reads a table by itself, and things that are no table: endless, a folder, a pipe nobody writes to, a link.
#[test]
fn devices_and_pipes_are_no_tables() {
    let home = tempfile::tempdir().unwrap();
    scenario(home.path());
    let path = |name: &str| home.path().join(name);
    symlink("/dev/zero", path("endless.csv")).unwrap();
    symlink("/dev/zero", path("endless.xlsx")).unwrap();
    symlink("round.csv", path("round.csv")).unwrap();
    fs::create_dir(path("folder.csv")).unwrap();
    for pipe in ["pipe.csv", "pipe.xlsx"] {
        assert!(Command::new("mkfifo").arg(path(pipe)).status().unwrap().success());
    }
    for name in ["endless.csv", "endless.xlsx", "round.csv", "folder.csv", "pipe.csv", "pipe.xlsx", "none.csv", "scenario/../none.xlsx", "a\nb.csv"] {
        for words in [
            &["new", "out", "--from", name][..],
            &["run", "scenario", "--outturn", name, "--out", "out"],
            &["backtest", "scenario", "--observed", name, "--out", "out"],
            &["compare", "scenario", "--replay", name, "--out", "out"],
        ] {
            let output = ends(home.path(), words);
            assert_eq!(output.status.code(), Some(1), "{words:?}: {}", said(&output));
            whole_or_none(home.path(), "out", &output);
        }
    }
}

#[test]
fn results_that_somebody_changed_break_no_reader() {
    let home = tempfile::tempdir().unwrap();
    scenario(home.path());
    assert!(ends(home.path(), &["run", "scenario", "--out", "good", "--chart", "none", "--quiet"]).status.success());
    let files = ["run.json", "tables/summary.csv", "tables/columns.csv", "inputs/scenario/scenario/scenario.toml"];
    for file in files.iter().filter(|file| home.path().join("good").join(file).exists()) {
        let (path, kept) = (home.path().join("good").join(file), home.path().join("kept"));
        fs::rename(&path, &kept).unwrap();
        let bytes = fs::read(&kept).unwrap();
        let deep = [b"{\"a\":".repeat(5000), b"1".to_vec(), b"}".repeat(5000)].concat();
        for hostile in [Vec::new(), bytes[..bytes.len() / 2].to_vec(), b"{}".to_vec(), b"\xff\xfe\0\0".to_vec(), deep] {
            fs::write(&path, hostile).unwrap();
            readers_end(home.path(), file);
            fs::remove_file(&path).unwrap();
        }
        for target in ["/dev/zero", "/etc/passwd", "nowhere"] {
            symlink(target, &path).unwrap();
            readers_end(home.path(), file);
            fs::remove_file(&path).unwrap();
        }
        fs::rename(&kept, &path).unwrap();
    }
    let output = ends(home.path(), &["verify", "good"]);
    assert!(output.status.success(), "{}", said(&output));
}

/// `verify` finds the change; the others may use what they do not read.
fn readers_end(home: &Path, file: &str) {
    let output = ends(home, &["verify", "good"]);
    assert_eq!(output.status.code(), Some(1), "{file}: {}", said(&output));
    for words in [
        &["report", "good", "--out", "page.html"][..],
        &["pack", "good", "--out", "packed.zip"],
        &["discover", "scenario", "--from", "good", "--out", "found"],
        &["merge", "good", "--out", "joined"],
    ] {
        let output = ends(home, words);
        let out = home.join(words[words.len() - 1]);
        if out.is_dir() {
            fs::remove_dir_all(&out).unwrap()
        } else {
            drop(fs::remove_file(&out))
        }
        assert!(output.status.success() || !out.exists(), "{words:?}: {}", said(&output));
    }
}

const NAMES: [&str; 12] = ["../../镇", "/etc/镇", "=HYPERLINK(\"x\")", "+1", "@SUM(1)", "<b>&amp;</b></script>", "[甲]:*?/\\镇", "'甲'", "CON", "甲\u{202e}乙", "👩‍👩‍👧‍👦", "History"];

/// Names go into pictures, sheets, reports and file names; whatever they are, the result is whole, stays in its folder and opens.
#[test]
fn names_are_names_in_pictures_workbooks_and_reports() {
    let long = ["长".repeat(200), "长".repeat(199) + "二", "x".repeat(5000)];
    for names in NAMES.chunks(4).map(|c| c.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>()).chain([long.to_vec()]) {
        let home = tempfile::tempdir().unwrap();
        let folder = scenario(home.path());
        let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
        let rows: String = names.iter().map(|name| format!("{},1000\n", quoted(name))).collect();
        fs::write(folder.join("towns.csv"), format!("镇,税收\n{rows}")).unwrap();
        let projects = include_str!("fuzz/base/projects.csv").replace("甲镇,", &format!("{},", quoted(&names[0]))).replace("乙镇,", &format!("{},", quoted(&names[1])));
        fs::write(folder.join("projects.csv"), projects).unwrap();
        let words = ["run", "scenario", "--format", "csv,xlsx", "--chart", "svg,png", "--picture", "all", "--towns", "all", "--report", "--out", "out", "--quiet"];
        let output = ends(home.path(), &words);
        if output.status.success() {
            assert!(ends(home.path(), &["verify", "out"]).status.success(), "{names:?}");
            opens(&home.path().join("out"), &names);
        }
        whole_or_none(home.path(), "out", &output);
        let mut left: Vec<_> = fs::read_dir(home.path()).unwrap().flatten().map(|e| e.file_name()).collect();
        left.retain(|name| name != "scenario");
        assert!(left.is_empty(), "{left:?}");
    }
}

/// Sheets bear names that Excel takes, each once; no cell of a CSV file is a formula.
fn opens(out: &Path, names: &[String]) {
    let tables: Vec<PathBuf> = fs::read_dir(out.join("tables")).unwrap().chain(fs::read_dir(out).unwrap()).flatten().map(|e| e.path()).collect();
    for table in &tables {
        if table.extension().is_some_and(|e| e == "xlsx") {
            let read = single::worksheets(table, &Place::Nowhere);
            let mut sheets: Vec<String> = read.sheets.iter().map(|(name, _)| name.to_lowercase()).collect();
            assert!(!sheets.is_empty());
            assert!(
                sheets.iter().all(|s| s.encode_utf16().count() <= 31
                    && !s.contains(['[', ']', ':', '*', '?', '/', '\\'])
                    && !s.starts_with('\'')
                    && !s.ends_with('\'')
                    && s != "history"),
                "{sheets:?}"
            );
            let many = sheets.len();
            sheets.sort();
            sheets.dedup();
            assert_eq!(sheets.len(), many);
        }
        if table.extension().is_some_and(|e| e == "csv") {
            let text = fs::read_to_string(table).unwrap();
            for name in names.iter().filter(|name| name.starts_with(['=', '+', '@'])) {
                assert!(
                    !text.contains(&format!(",{name}")) && !text.contains(&format!("\n{name}")) && !text.contains(&format!("\"{}", name.replace('"', "\"\""))),
                    "{}: {name}",
                    table.display()
                );
            }
        }
    }
}

#[test]
fn questions_about_cells_that_are_none_are_answered() {
    let home = tempfile::tempdir().unwrap();
    scenario(home.path());
    let long = "x".repeat(100_000);
    for cell in ["", ":", "summary.csv", "summary.csv:", ":gap", "../../etc/passwd:gap", "summary.csv:gap:gap", "\u{1b}[31m:\u{202e}", "summary.csv:=1+1", "%s%n:%x", &long] {
        for (town, year) in [("甲镇", "2012"), ("无", "2012"), ("", "2012"), ("甲镇", "1"), ("甲镇", "99999999999999999999")] {
            let words = ["explain", "scenario", "--town", town, "--year", year, "--cell", cell];
            let output = Command::new(env!("CARGO_BIN_EXE_fencheng")).args(words).current_dir(home.path()).output().unwrap();
            assert!(matches!(output.status.code(), Some(1 | 2)), "{cell:.40} {:?}", output.status);
            assert!(said(&output).trim().chars().count() > 5);
            assert!(!said(&output).contains('\u{1b}'), "{cell:.40} reaches the terminal as it is");
        }
    }
    let output = ends(home.path(), &["explain", "scenario", "--town", "甲镇", "--year", "2012", "--cell", "summary.csv:gap"]);
    assert!(output.status.success(), "{}", said(&output));
}
