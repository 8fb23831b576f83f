//! `verify` and `merge` against results that somebody forged: what was not computed anew is never told to be the same.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::mengyang;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

const SHARE: &str = "agreement.pilot.tax.share=40%..100%/10%";

fn fencheng(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fencheng")).args(args).args(["--lang", "en"]).env_remove("LC_ALL").output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Runs a command on the scenario of Mengyang into a folder of its own.
fn made(home: &TempDir, name: &str, words: &[&str]) -> PathBuf {
    let (out, scenario) = (home.path().join(name), mengyang());
    let mut args = vec![words[0], text(&scenario), "--variant", "pilot-reform", "--chart", "none", "--out", text(&out)];
    args.extend(&words[1..]);
    let output = fencheng(&args);
    assert!(matches!(output.status.code(), Some(0 | 3)), "{args:?}\n{}", said(&output));
    out
}

/// The code a verification ends with, and what it tells a program.
fn verified(folder: &Path) -> (Option<i32>, Value) {
    let output = fencheng(&["verify", "--json", text(folder)]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", said(&output)));
    (output.status.code(), told[0].clone())
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Changes the manifest and gives all files and itself the digests they now have, as a forger would.
fn forge(folder: &Path, change: impl FnOnce(&mut Value)) {
    let path = folder.join("run.json");
    let mut manifest: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(&mut manifest);
    for output in manifest["outputs"].as_array_mut().unwrap() {
        let name = output["file"].as_str().unwrap().to_owned();
        output["sha256"] = digest(&fs::read(folder.join(name)).unwrap()).into();
    }
    manifest["manifest_sha256"] = "0".repeat(64).into();
    let blank = format!("{}\n", serde_json::to_string_pretty(&manifest).unwrap());
    manifest["manifest_sha256"] = digest(blank.as_bytes()).into();
    fs::write(path, format!("{}\n", serde_json::to_string_pretty(&manifest).unwrap())).unwrap();
}

fn edit(path: &Path, from: &str, to: &str) {
    let whole = fs::read_to_string(path).unwrap();
    assert!(whole.contains(from), "{from}");
    fs::write(path, whole.replacen(from, to, 1)).unwrap();
}

#[test]
fn searches_are_computed_anew_byte_for_byte() {
    let home = TempDir::new().unwrap();
    let lever = ["--lever", SHARE];
    let sweep = made(&home, "sweep", &["sweep", lever[0], lever[1], "--uncertain", "source.vat.grows_by~normal(5%,2%)", "--points", "64"]);
    let drawn = ["--uncertain", "source.vat.grows_by~normal(5%,2%)", "--uncertain", "agreement.pilot.tax.share~uniform(40%,100%)", "--points", "64"];
    let searches: [(&str, Vec<&str>); 6] = [
        ("solve", [&["solve"], &lever[..], &["--require", "coverage>=100%"]].concat()),
        ("unsolved", [&["solve"], &lever[..], &["--require", "coverage>=100%@2012", "--format", "json"]].concat()),
        ("front", [&["solve"], &lever[..], &["--front"]].concat()),
        ("sensitivity", [&["sensitivity"], &drawn[..]].concat()),
        ("discover", [&["discover", "--where", "coverage<90%"], &drawn[..]].concat()),
        ("from", vec!["discover", "--from", text(&sweep), "--where", "coverage<90%"]),
    ];
    for (name, words) in searches {
        let folder = made(&home, name, &words);
        let (code, told) = verified(&folder);
        assert_eq!((code, &told["same"], &told["differences"]), (Some(0), &json!(true), &json!([])), "{name}: {told}");
        assert!(told["recomputed"]["tables"].as_u64() >= Some(2), "{name}: {told}");
        // A number changed with every digest put right is found.
        let table = fs::read_dir(folder.join("tables")).unwrap().flatten().map(|e| e.path()).find(|p| !p.to_str().unwrap().contains("columns")).unwrap();
        let bytes = fs::read(&table).unwrap();
        fs::write(&table, [&bytes[..], b"1\r\n"].concat()).unwrap();
        forge(&folder, |_| {});
        let (code, told) = verified(&folder);
        assert_eq!((code, &told["same"]), (Some(1), &json!(false)), "{name}: {told}");
        fs::write(&table, bytes).unwrap();
        // So is another answer over the right tables.
        forge(&folder, |manifest| manifest["answer"] = json!(["all is well"]));
        let (code, told) = verified(&folder);
        assert_eq!((code, &told["same"]), (Some(1), &json!(false)), "{name}: {told}");
    }
}

#[test]
fn a_result_without_its_command_is_never_told_to_be_the_same() {
    let home = TempDir::new().unwrap();
    let folder = made(&home, "run", &["run"]);
    edit(&folder.join("tables/summary.csv"), ",2012,", ",2013,");
    let outside = mengyang().canonicalize().unwrap();
    for (request, reason) in [(Value::Null, "does not say"), (json!({ "command": "bogus" }), "no command of this program"), (Value::from(7), "no command")] {
        forge(&folder, |manifest| manifest["request"] = request);
        let (code, told) = verified(&folder);
        assert_eq!((code, &told["same"]), (Some(4), &Value::Null), "{told}");
        assert!(told["not_recomputed"].as_str().unwrap().contains(reason), "{told}");
        let words = said(&fencheng(&["verify", text(&folder)]));
        assert!(words.contains("warning[W741]") && words.contains(reason), "{words}");
    }
    let whole = made(&home, "whole", &["run"]);
    forge(&whole, |manifest| manifest["request"]["scenario"] = text(&outside).into());
    assert_eq!(verified(&whole).0, Some(4));
    forge(&whole, |manifest| {
        manifest.as_object_mut().unwrap().remove("request");
    });
    assert_eq!(verified(&whole).0, Some(4));
}

#[test]
fn a_sweep_that_claims_more_points_than_it_has_is_not_laid_out() {
    let home = TempDir::new().unwrap();
    let folder = made(&home, "sweep", &["sweep", "--uncertain", "source.vat.grows_by~normal(5%,2%)", "--points", "8"]);
    forge(&folder, |manifest| manifest["request"]["points"] = 100_000_000.into());
    let (code, told) = verified(&folder);
    assert_eq!(code, Some(1), "{told}");
    assert!(told["differences"].to_string().contains("number of points"), "{told}");
}

/// A sweep in two shards, and the command that joins them.
fn shards(home: &TempDir) -> [PathBuf; 2] {
    ["1/2", "2/2"].map(|shard| {
        let name = format!("shard-{}", &shard[..1]);
        made(home, &name, &["sweep", "--lever", SHARE, "--quantiles", "--shard", shard])
    })
}

fn merged(shards: &[PathBuf], out: &Path, more: &[&str]) -> Output {
    let mut args = vec!["merge"];
    args.extend(shards.iter().map(|shard| text(shard)));
    args.extend(["--out", text(out), "--chart", "none"]);
    args.extend(more);
    fencheng(&args)
}

#[test]
fn shards_that_claim_the_impossible_are_refused_in_words() {
    let home = TempDir::new().unwrap();
    let all = shards(&home);
    let whole = all.clone().map(|folder| fs::read_to_string(folder.join("sweep.json")).unwrap());
    let lies: [(&str, Value); 6] = [
        ("years", json!(1_u64 << 63)),
        ("years", json!(1_000_000_000_000_000_u64)),
        ("columns", json!({})),
        ("columns", json!(7)),
        ("end", json!(u64::MAX)),
        ("format", json!(2)),
    ];
    for (n, (key, lie)) in lies.into_iter().enumerate() {
        for (folder, about) in all.iter().zip(&whole) {
            let mut about: Value = serde_json::from_str(about).unwrap();
            about[key] = lie.clone();
            fs::write(folder.join("sweep.json"), about.to_string()).unwrap();
            if key == "years" {
                fs::write(folder.join("gaps.bin"), b"").unwrap();
            }
            forge(folder, |_| {});
        }
        let out = home.path().join(format!("out-{n}"));
        let output = merged(&all, &out, &[]);
        assert_eq!(output.status.code(), Some(1), "{key}: {}", said(&output));
        assert!(said(&output).contains("E733") && !out.exists(), "{key}: {}", said(&output));
    }
}

#[test]
fn a_shard_is_not_replaced_by_the_whole() {
    let home = TempDir::new().unwrap();
    let all = shards(&home);
    let output = merged(&all, &all[0], &["--replace"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("E745") && all[0].join("sweep.json").exists(), "{}", said(&output));
    assert!(merged(&all, &home.path().join("whole"), &[]).status.success());
}

#[cfg(unix)]
#[test]
fn links_in_a_shard_lead_nowhere() {
    let home = TempDir::new().unwrap();
    let all = shards(&home);
    let secret = home.path().join("secret");
    fs::write(&secret, "secret").unwrap();
    let input = fs::read_dir(all[0].join("inputs/scenario/mengyang")).unwrap().flatten().map(|e| e.path()).find(|p| p.is_file()).unwrap();
    let name = input.strip_prefix(&all[0]).unwrap().to_str().unwrap().to_owned();
    fs::remove_file(&input).unwrap();
    std::os::unix::fs::symlink(&secret, &input).unwrap();
    forge(&all[0], |manifest| {
        for one in manifest["inputs"].as_array_mut().unwrap().iter_mut().filter(|one| one["copy"] == name.as_str()) {
            one["sha256"] = digest(b"secret").into();
        }
    });
    let out = home.path().join("whole");
    let output = merged(&all, &out, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains(&name) && !out.exists(), "{}", said(&output));
    // Nor does a folder that is a link.
    let folder = all[1].join("inputs");
    fs::rename(&folder, home.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink(home.path().join("elsewhere"), &folder).unwrap();
    assert_eq!(verified(&all[1]).0, Some(1));
}

#[test]
fn the_key_of_a_study_is_no_way_out_of_the_folder() {
    let home = TempDir::new().unwrap();
    let scenario = home.path().join("s");
    let copied = Command::new("cp").args(["-r", text(&mengyang()), text(&scenario)]).status().unwrap();
    assert!(copied.success());
    let file = scenario.join("scenario.toml");
    let study = "\n[lever.share]\nname = \"份额\"\npath = \"agreement.pilot.tax.share\"\nlow = \"40%\"\nhigh = \"60%\"\nstep = \"10%\"\n\
        \n[sweep.\"/../../../x\"]\nname = \"x\"\nvariant = \"pilot-reform\"\nlevers = [\"share\"]\n";
    fs::write(&file, fs::read_to_string(&file).unwrap() + study).unwrap();
    let inner = home.path().join("a/b");
    fs::create_dir_all(&inner).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_fencheng")).current_dir(&inner).args(["sweep", text(&scenario), "/../../../x", "--chart", "none"]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let mut names: Vec<_> = fs::read_dir(inner.join("output")).unwrap().flatten().map(|e| e.file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.iter().any(|name| name.starts_with("s-_.._.._.._x-")), "{names:?}");
    let mut left: Vec<_> = fs::read_dir(home.path()).unwrap().flatten().map(|e| e.file_name().into_string().unwrap()).collect();
    left.sort();
    assert_eq!(left, ["a", "s"]);
}
