//! Studies that are wrong are told where they stand, before anything is computed; interrupted and doubtful ones are not passed off as whole.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::mengyang;
use tempfile::TempDir;

fn fencheng(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fencheng")).args(args).args(["--lang", "en"]).env_remove("LC_ALL").output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The scenario of Mengyang with more declared.
fn declaring(home: &TempDir, more: &str) -> PathBuf {
    let scenario = home.path().join("s");
    assert!(Command::new("cp").args(["-r", text(&mengyang()), text(&scenario)]).status().unwrap().success());
    let file = scenario.join("scenario.toml");
    fs::write(&file, fs::read_to_string(&file).unwrap() + more).unwrap();
    scenario
}

#[test]
fn check_tells_all_that_is_wrong_with_studies_at_once_and_where() {
    let home = TempDir::new().unwrap();
    let scenario = declaring(
        &home,
        r#"
[lever.dead]
name = "dead"
path = "agreement.nosuch.tax.share"
low = "40%"
high = "60%"

[lever.upside_down]
name = "upside down"
path = "source.vat.grows_by"
low = "9%"
high = "4%"

[sweep.broken]
name = "broken"
variant = "nosuch"
levers = ["upside_down"]
keep = ["bogus"]

[sweep.apart]
name = "apart"
uncertain = ["wages"]
correlation = { "wages & rain" = "50%" }

[solve.blind]
name = "blind"
lever = "upside_down"
find = "lowest"
require.lowest_coverge = { at_least = "100%" }
require.coverage = { at_least = 100, by = 1990 }
"#,
    );
    let output = fencheng(&["check", text(&scenario)]);
    let words = said(&output);
    assert_eq!(output.status.code(), Some(1), "{words}");
    for wrong in ["nosuch", "upside_down", "bogus", "rain", "lowest_coverge", "lowest_coverage", "coverage 100"] {
        assert!(words.contains(wrong), "{wrong}: {words}");
    }
    let lines = fs::read_to_string(scenario.join("scenario.toml")).unwrap();
    for table in ["[lever.dead]", "[lever.upside_down]", "[sweep.broken]", "[sweep.apart]", "[solve.blind]"] {
        let line = lines.lines().position(|line| line == table).unwrap() + 1;
        assert!(words.contains(&format!("scenario.toml:{line}:")), "{table} {line}: {words}");
    }
    // The studies that come with it are sound.
    assert!(fencheng(&["check", text(&mengyang())]).status.success());
}

#[test]
fn a_value_the_baseline_does_not_have_is_set_where_it_exists() {
    let home = TempDir::new().unwrap();
    let pilot = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/pilot-towns");
    let out = home.path().join("out");
    let output = fencheng(&["run", text(&pilot), "--variant", "one-share", "--set", "agreement.huayuan.tax.share=84%", "--chart", "none", "--out", text(&out)]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("baseline has no such value: --set agreement.huayuan.tax.share=84%"), "{}", said(&output));
    let nowhere = fencheng(&["run", text(&pilot), "--variant", "one-share", "--set", "agreement.huayuan.tax.shar=84%", "--chart", "none", "--out", text(&out)]);
    assert_eq!(nowhere.status.code(), Some(1), "{}", said(&nowhere));
}

#[test]
fn a_place_that_cannot_be_written_is_told_before_computing() {
    let home = TempDir::new().unwrap();
    let foreign = home.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("letter.txt"), "dear").unwrap();
    let scenario = mengyang();
    let sweep = ["sweep", text(&scenario), "--variant", "pilot-reform", "--lever", "agreement.pilot.tax.share=40%..100%/1%", "--out", text(&foreign)];
    let output = fencheng(&[&sweep[..], &["--replace"]].concat());
    assert!(said(&output).contains("E704"), "{}", said(&output));
    let drawn = ["sensitivity", text(&scenario), "--uncertain", "source.vat.grows_by~normal(5%,2%)", "--points", "100000", "--out", text(&foreign)];
    assert!(said(&fencheng(&drawn)).contains("E702"));
    let left: Vec<_> = fs::read_dir(home.path()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert_eq!(left, ["foreign"], "nothing is left beside it");
}

#[test]
fn more_points_than_memory_holds_are_refused_with_the_number_that_fits() {
    let scenario = mengyang();
    for command in ["sensitivity", "discover"] {
        let output = fencheng(&[command, text(&scenario), "risk", "--points", "100000000"]);
        let words = said(&output);
        assert_eq!(output.status.code(), Some(1), "{words}");
        assert!(words.contains("E732") && words.contains("at most") && words.contains("--points"), "{words}");
    }
}

#[test]
fn one_base_point_tells_nothing_of_its_error() {
    let home = TempDir::new().unwrap();
    let scenario = mengyang();
    for (method, name) in [("sobol", "a"), ("morris", "b")] {
        let out = home.path().join(name);
        let output = fencheng(&["sensitivity", text(&scenario), "risk", "--points", "1", "--method", method, "--chart", "none", "--out", text(&out)]);
        let words = said(&output);
        assert!(output.status.success() && words.contains("tells nothing of the error"), "{words}");
        let table = fs::read_to_string(out.join("tables/sensitivity.csv")).unwrap();
        assert!(!table.contains("inf") && !table.contains("NaN"), "{table}");
    }
}

#[test]
fn what_a_search_does_not_use_is_refused_beside_a_front() {
    let scenario = mengyang();
    for more in [["--require", "coverage>=100%"], ["--find", "lowest"], ["--for", "each"]] {
        let output = fencheng(&[&["solve", text(&scenario), "--front"], &more[..]].concat());
        assert!(!output.status.success() && said(&output).contains("cannot be used with"), "{}", said(&output));
    }
}

#[test]
fn a_stepped_lever_says_that_nothing_was_tried_between() {
    let home = TempDir::new().unwrap();
    let (scenario, out) = (mengyang(), home.path().join("out"));
    let lever = "agreement.pilot.tax.share=40%..100%/10%";
    let output = fencheng(&["solve", text(&scenario), "-v", "pilot-reform", "--lever", lever, "--require", "coverage>=60%", "--chart", "none", "--out", text(&out)]);
    let words = said(&output);
    assert!(words.contains("only the 7 values written were tried") && words.contains("--lever 'agreement.pilot.tax.share=40%..100%'"), "{words}");
}
