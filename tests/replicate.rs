//! Results verified, packed, joined: what was changed is found and named, and what was not comes out the same elsewhere.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::mengyang;
use serde_json::Value;
use tempfile::TempDir;

const LEVERS: [&str; 2] = ["--lever", "agreement.pilot.tax.share=40%..100%/5%"];

fn fencheng(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fencheng")).args(args).args(["--lang", "en"]).env_remove("LC_ALL").output().unwrap()
}

/// Runs it; panics with what it said where it failed.
fn done(args: &[&str]) -> String {
    let output = fencheng(args);
    assert!(output.status.success(), "{args:?}\n{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Everything it said; it must fail as a mistake of the user, not by a panic.
fn refused(args: &[&str]) -> String {
    let output = fencheng(args);
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{args:?}\n{said}");
    said
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A folder with a run and a small sweep in it.
struct Made {
    home: TempDir,
}

impl Made {
    fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn run(&self) -> PathBuf {
        let out = self.at("run");
        done(&["run", text(&mengyang()), "--variant", "pilot-reform", "--variant", "baseline", "--set", "source.vat.grows_by=7%", "--chart", "none", "--out", text(&out)]);
        out
    }

    fn sweep(&self, name: &str, more: &[&str]) -> PathBuf {
        let out = self.at(name);
        let scenario = mengyang();
        let mut args = vec!["sweep", text(&scenario), "--variant", "pilot-reform", "--towns", "--quantiles", "--out", text(&out)];
        args.extend(LEVERS);
        args.extend(more);
        done(&args);
        out
    }
}

/// The differences verify tells a program, as `kind file`.
fn differences(result: &Path) -> Vec<String> {
    let output = fencheng(&["verify", "--json", text(result)]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&output.stderr)));
    let found: Vec<String> = told[0]["differences"].as_array().unwrap().iter().map(|d| format!("{} {}", d["kind"].as_str().unwrap(), d["file"].as_str().unwrap())).collect();
    assert_eq!(output.status.success(), found.is_empty());
    assert_eq!(told[0]["same"], found.is_empty());
    found
}

/// Changes one byte; putting it back is the same again.
fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_run_verifies_and_every_change_is_named() {
    let made = Made::new();
    let run = made.run();
    assert_eq!(differences(&run), [""; 0]);
    assert!(done(&["verify", text(&run)]).contains("tables computed anew, the same to the byte"));
    let summary = run.join("tables/summary.csv");
    flip(&summary, 200);
    assert_eq!(differences(&run), ["changed tables/summary.csv", "recomputed tables/summary.csv"]);
    flip(&summary, 200);
    // A remark changes nothing that is computed: only the digests tell.
    let towns = run.join("inputs/scenario/mengyang/scenario.toml");
    let before = fs::read(&towns).unwrap();
    fs::write(&towns, [&before[..], b"\n# changed\n"].concat()).unwrap();
    let found = differences(&run);
    assert!(found.contains(&"changed inputs/scenario/mengyang/scenario.toml".to_owned()), "{found:?}");
    assert!(found.iter().any(|d| d.starts_with("recomputed") && d.ends_with("scenario.toml")), "{found:?}");
    fs::write(&towns, before).unwrap();
    fs::rename(run.join("tables/budget.csv"), made.at("budget.csv")).unwrap();
    assert_eq!(differences(&run), ["missing tables/budget.csv", "recomputed tables/budget.csv"]);
    fs::rename(made.at("budget.csv"), run.join("tables/budget.csv")).unwrap();
    fs::write(run.join("notes.txt"), "extra").unwrap();
    assert!(done(&["verify", text(&run)]).contains("notes.txt  is no part of the result"));
    let manifest = fs::read_to_string(run.join("run.json")).unwrap();
    fs::write(run.join("run.json"), manifest.replace("\"towns\": 1", "\"towns\": 2")).unwrap();
    assert_eq!(differences(&run), ["changed run.json"]);
    assert!(refused(&["verify", text(&run)]).contains("run.json"));
}

#[test]
fn compare_and_backtest_are_computed_anew_from_their_own_copies() {
    let made = Made::new();
    let scenario = mengyang().with_file_name("pilot-towns");
    let observed = scenario.join("observed.csv");
    let (compare, backtest) = (made.at("compare"), made.at("backtest"));
    done(&["compare", text(&scenario), "--chart", "none", "--out", text(&compare)]);
    done(&["backtest", text(&scenario), "--observed", text(&observed), "--out", text(&backtest)]);
    assert_eq!(differences(&compare), [""; 0]);
    assert_eq!(differences(&backtest), [""; 0]);
    flip(&backtest.join("inputs/observed/observed.csv"), 0);
    assert!(differences(&backtest).contains(&"changed inputs/observed/observed.csv".to_owned()));
}

#[test]
fn inputs_keep_their_layout_and_their_bytes() {
    let made = Made::new();
    let (own, rules) = (made.at("a/own"), made.at("a/rules"));
    fs::create_dir_all(own.join("rules")).unwrap();
    fs::create_dir_all(&rules).unwrap();
    let scenario = fs::read_to_string(mengyang().join("scenario.toml")).unwrap();
    // Two rule files of one name in two folders, one of them outside of the scenario.
    let scenario = scenario.replacen("\"chengdu\"]", "\"chengdu\", \"rules/x.toml\", \"../rules/x.toml\"]", 1);
    assert!(scenario.contains("../rules/x.toml"));
    fs::write(own.join("scenario.toml"), scenario).unwrap();
    fs::write(own.join("rules/x.toml"), "[rules]\nname = \"inner\"\n").unwrap();
    fs::write(rules.join("x.toml"), "[rules]\nname = \"outer\"\n").unwrap();
    for table in ["towns.csv", "projects.csv"] {
        let bytes = fs::read(mengyang().join(table)).unwrap();
        let plain = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        fs::write(own.join(table), ["\u{feff}".as_bytes(), plain].concat()).unwrap();
    }
    let out = made.at("out");
    done(&["run", text(&own), "--chart", "none", "--out", text(&out)]);
    for (copy, original) in [
        ("own/scenario.toml", own.join("scenario.toml")),
        ("own/rules/x.toml", own.join("rules/x.toml")),
        ("rules/x.toml", rules.join("x.toml")),
        ("own/towns.csv", own.join("towns.csv")),
    ] {
        assert_eq!(fs::read(out.join("inputs/scenario").join(copy)).unwrap(), fs::read(original).unwrap(), "{copy}");
    }
    fs::remove_dir_all(made.at("a")).unwrap();
    assert_eq!(differences(&out), [""; 0]);
}

#[test]
fn a_sweep_verifies_and_every_change_is_named() {
    let made = Made::new();
    let sweep = made.sweep("sweep", &[]);
    assert!(done(&["verify", text(&sweep)]).contains("10 of 13 points computed anew"));
    assert!(done(&["verify", "--all", text(&sweep)]).contains("13 of 13 points computed anew"));
    assert!(done(&["verify", text(&sweep), "--scenario", text(&mengyang())]).contains("10 of 13 points"));
    let points = sweep.join("tables/points.csv");
    let last = fs::read(&points).unwrap().len() - 4;
    flip(&points, last);
    assert_eq!(differences(&sweep), ["changed tables/points.csv", "recomputed tables/points.csv"]);
    assert!(refused(&["verify", text(&sweep)]).contains("point 12 comes out otherwise"));
    flip(&points, last);
    flip(&sweep.join("sums.bin"), 0);
    assert_eq!(differences(&sweep), ["changed sums.bin", "recomputed sums.bin"]);
    flip(&sweep.join("sums.bin"), 0);
    fs::remove_file(sweep.join("tables/points_towns.csv")).unwrap();
    assert_eq!(differences(&sweep), ["missing tables/points_towns.csv", "recomputed tables/points_towns.csv"]);
}

#[test]
fn shards_joined_are_the_whole_and_verify() {
    let made = Made::new();
    let whole = made.sweep("whole", &[]);
    let shards: Vec<PathBuf> = (1..=2).map(|n| made.sweep(&format!("shard{n}"), &["--shard", &format!("{n}/2")])).collect();
    let merged = made.at("merged");
    done(&["merge", text(&shards[1]), text(&shards[0]), "--out", text(&merged)]);
    for file in ["tables/points.csv", "tables/points_towns.csv", "tables/quantiles.csv", "tables/columns.csv", "sweep.json", "sums.bin"] {
        assert!(fs::read(whole.join(file)).unwrap() == fs::read(merged.join(file)).unwrap(), "{file}");
    }
    assert_eq!(differences(&merged), [""; 0]);
    assert_eq!(differences(&shards[1]), [""; 0]);
}

#[test]
fn a_pack_is_the_same_bytes_and_verifies_in_another_place() {
    let made = Made::new();
    let sweep = made.sweep("sweep", &[]);
    let (first, second) = (made.at("first.zip"), made.at("second.zip"));
    done(&["pack", text(&sweep), "--out", text(&first)]);
    done(&["pack", text(&sweep), "--out", text(&second)]);
    assert!(fs::read(&first).unwrap() == fs::read(&second).unwrap());
    assert!(refused(&["pack", text(&sweep), "--out", text(&first)]).contains("E702"));
    assert_eq!(differences(&first), [""; 0]);
    let elsewhere = tempfile::tempdir().unwrap();
    zip::ZipArchive::new(fs::File::open(&first).unwrap()).unwrap().extract(elsewhere.path()).unwrap();
    fs::remove_dir_all(&sweep).unwrap();
    let unpacked = elsewhere.path().join("sweep");
    assert!(fs::read_to_string(unpacked.join("README.md")).unwrap().contains("fencheng verify"));
    let told = done(&["verify", text(&unpacked)]);
    assert!(told.contains("10 of 13 points") && !told.contains("README"), "{told}");
    flip(&unpacked.join("tables/columns.csv"), 9);
    let said = refused(&["pack", text(&unpacked)]);
    assert!(said.contains("E753") && said.contains("tables/columns.csv"), "{said}");
}

#[test]
fn a_hostile_manifest_is_refused_in_words() {
    let made = Made::new();
    let folder = made.at("hostile");
    fs::create_dir_all(&folder).unwrap();
    assert!(refused(&["verify", text(&folder)]).contains("E751"));
    let deep = "[".repeat(100_000);
    for text_of in ["", "nothing", "[]", "{}", "null", "{\"program\":\"fencheng\"}", &deep, "\u{0}\u{1}"] {
        fs::write(folder.join("run.json"), text_of).unwrap();
        for command in ["verify", "pack"] {
            assert!(refused(&[command, text(&folder)]).contains("E751"), "{command}");
        }
    }
    fs::File::create(folder.join("run.json")).unwrap().set_len(65 << 20).unwrap();
    assert!(refused(&["verify", text(&folder)]).contains("E751"));
    let leading_out = r#"{"program":"fencheng","format":1,"outputs":[{"file":"../../etc/passwd","sha256":""},{"file":"/etc/passwd"},{},7],
        "inputs":[{"file":"x","sha256":"y","copy":"../x"}],"request":{"command":"run","scenario":"../scenario","variant":[],"set":[],"years":null,"towns":[],"against":null,"format":["csv"],"chart":[]}}"#;
    fs::write(folder.join("run.json"), leading_out).unwrap();
    let said = refused(&["verify", text(&folder)]);
    assert!(said.contains("../../etc/passwd  the path leads out") && said.contains("not computed anew"), "{said}");
    assert!(refused(&["pack", text(&folder)]).contains("E753"));
}

#[test]
fn a_hostile_archive_is_refused_in_words() {
    use std::io::Write;
    let made = Made::new();
    let file = made.at("x.zip");
    fs::write(&file, "no archive").unwrap();
    assert!(refused(&["verify", text(&file)]).contains("E752"));
    let plain = zip::write::SimpleFileOptions::default();
    let packed = |name: &str, megabytes: usize| {
        let mut zip = zip::ZipWriter::new(fs::File::create(&file).unwrap());
        zip.start_file(name, plain).unwrap();
        (0..megabytes).for_each(|_| zip.write_all(&vec![0; 1 << 20]).unwrap());
        zip.finish().unwrap();
    };
    let escaped = format!("fencheng-escaped-{}.txt", std::process::id());
    let (up, down) = (format!("../../{escaped}"), format!("a/../../../{escaped}"));
    for (name, megabytes, reason) in [(up.as_str(), 0, "leads out"), (down.as_str(), 0, "leads out"), ("zeros", 100, "too large"), ("readme.txt", 0, "no run.json")] {
        packed(name, megabytes);
        let said = refused(&["verify", text(&file)]);
        assert!(said.contains("E752") && said.contains(reason), "{name}: {said}");
    }
    assert!(!std::env::temp_dir().join(escaped).exists());
}

#[cfg(not(feature = "parquet"))]
#[test]
fn without_parquet_it_says_which_feature_is_missing() {
    let made = Made::new();
    let (scenario, out) = (mengyang(), made.at("out"));
    let said = refused(&["sweep", text(&scenario), "--variant", "pilot-reform", LEVERS[0], LEVERS[1], "--format", "csv,parquet", "--out", text(&out)]);
    assert!(said.contains("--features parquet"), "{said}");
    assert!(!out.exists() && !made.at("out.unfinished").exists());
}

#[cfg(feature = "parquet")]
mod parquet {
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use ::parquet::record::Field;

    use super::*;

    /// Every cell of a table as CSV would show it.
    fn cells(path: &Path) -> Vec<Vec<String>> {
        let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
        let shown = |field: &Field| match field {
            Field::Null => String::new(),
            Field::Str(text) => text.clone(),
            Field::Double(number) => number.to_string(),
            Field::Long(number) => number.to_string(),
            Field::Int(number) => number.to_string(),
            other => panic!("{other}"),
        };
        reader.get_row_iter(None).unwrap().map(|row| row.unwrap().get_column_iter().map(|(_, field)| shown(field)).collect()).collect()
    }

    #[test]
    fn it_holds_what_the_csv_holds() {
        let made = Made::new();
        // A share above one is wrong: that point has a code and no figures.
        let (scenario, sweep) = (mengyang(), made.at("sweep"));
        done(&[
            "sweep",
            text(&scenario),
            "--variant",
            "pilot-reform",
            "--towns",
            "--quantiles",
            "--out",
            text(&sweep),
            "--format",
            "csv,parquet",
            "--lever",
            "agreement.pilot.tax.share=40%,73.5%,120%",
            "--lever",
            "projects.mode=constrained,unconstrained",
        ]);
        for table in ["points", "points_towns", "quantiles"] {
            let mut csv = csv::Reader::from_path(sweep.join(format!("tables/{table}.csv"))).unwrap();
            let lines: Vec<Vec<String>> = csv.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect();
            assert_eq!(cells(&sweep.join(format!("tables/{table}.parquet"))), lines, "{table}");
        }
    }

    #[test]
    fn joined_shards_make_the_same_file() {
        let made = Made::new();
        let whole = made.sweep("whole", &["--format", "csv,parquet"]);
        let shards: Vec<PathBuf> = (1..=3).map(|n| made.sweep(&format!("shard{n}"), &["--shard", &format!("{n}/3")])).collect();
        let merged = made.at("merged");
        let mut args = vec!["merge", "--format", "parquet", "--out", text(&merged)];
        args.extend(shards.iter().map(|shard| text(shard)));
        done(&args);
        for table in ["points", "points_towns", "quantiles"] {
            let file = format!("tables/{table}.parquet");
            assert!(fs::read(whole.join(&file)).unwrap() == fs::read(merged.join(&file)).unwrap(), "{table}");
        }
        assert_eq!(differences(&merged), [""; 0]);
    }
}
