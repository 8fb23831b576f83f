//! Faults, with real processes: killed at any moment, no room, no permission, names no one expects, nobody who reads. Whatever
//! happens, an output folder holds a whole result or is not there, and what stood there before is not lost.
//!
//! `FAULT_KILLS=400 cargo test --test faults` kills more often.
#![cfg(unix)]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_fencheng");
const LEVER: [&str; 2] = ["--lever", "agreement.a.tax.share=0%..100%/0.02%"];

/// A small sound scenario.
fn scenario(home: &Path) -> PathBuf {
    let folder = home.join("方案");
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

fn fencheng(arguments: &[&OsStr]) -> Output {
    Command::new(PROGRAM).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn run(scenario: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.arg("run").arg(scenario).args(["--chart", "none", "--lang", "en", "--out"]).arg(out).args(more);
    command.stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// It ends as a mistake of the user or of the system, never by a panic.
fn refused(output: &Output, code: &str) {
    assert_eq!(output.status.code(), Some(1), "{}", said(output));
    assert!(said(output).contains(code), "{}", said(output));
}

fn verifies(folder: &Path) {
    let output = fencheng(&["verify".as_ref(), folder.as_os_str()]);
    assert!(output.status.success(), "{}: {}", folder.display(), said(&output));
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn kills() -> u64 {
    std::env::var("FAULT_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(24)
}

/// How long it takes when nobody kills it.
fn whole(command: &mut Command) -> Duration {
    let started = Instant::now();
    assert!(command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success());
    started.elapsed()
}

/// Kills a command after a part of the time it takes; the parts are spread evenly over a little more than the whole.
fn kill(command: &mut Command, takes: Duration, n: u64) {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(takes.mul_f64((n * 37 % 101) as f64 / 90.0));
    let _ = child.kill();
    child.wait().unwrap();
}

#[test]
fn a_killed_run_leaves_a_whole_result_or_none() {
    let home = tempfile::tempdir().unwrap();
    let scenario = scenario(home.path());
    let takes = whole(&mut run(&scenario, &home.path().join("first"), &[]));
    let mut wholes = 0;
    for n in 0..kills() {
        let out = home.path().join(format!("out{n}"));
        kill(&mut run(&scenario, &out, &[]), takes, n);
        if out.exists() {
            wholes += 1;
            verifies(&out);
        }
    }
    eprintln!("{wholes} of {} killed runs were whole", kills());
}

#[test]
fn a_killed_replacement_leaves_the_old_result_or_the_new_one() {
    let home = tempfile::tempdir().unwrap();
    let (scenario, out) = (scenario(home.path()), home.path().join("out"));
    let takes = whole(&mut run(&scenario, &out, &[]));
    for n in 0..kills() {
        kill(&mut run(&scenario, &out, &["--replace"]), takes, n);
        if out.exists() {
            verifies(&out);
        } else {
            // Between two renames: the old one stands beside it, whole.
            let beside = names(home.path()).into_iter().find(|name| name.ends_with(".old")).expect("the earlier result");
            fs::rename(home.path().join(beside), &out).unwrap();
            verifies(&out);
        }
        for left in names(home.path()).iter().filter(|name| name.starts_with(".out.")) {
            fs::remove_dir_all(home.path().join(left)).unwrap();
        }
    }
}

#[test]
fn a_sweep_killed_again_and_again_is_the_same_in_the_end() {
    let home = tempfile::tempdir().unwrap();
    let scenario = scenario(home.path());
    let sweep = |out: &Path, resume: bool| {
        let mut command = Command::new(PROGRAM);
        command.arg("sweep").arg(&scenario).args(LEVER).arg("--quiet").arg("--out").arg(out).args(if resume { &["--resume"][..] } else { &[] });
        command
    };
    let (one, other) = (home.path().join("one"), home.path().join("other"));
    let takes = whole(&mut sweep(&one, false));
    for n in 0..kills() / 2 {
        kill(&mut sweep(&other, true), takes.mul_f64(0.8), n);
        if other.exists() {
            verifies(&other);
            let _ = (fs::remove_dir_all(&other), fs::remove_dir_all(home.path().join("other.unfinished")));
        }
    }
    let output = sweep(&other, true).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    for name in ["tables/points.csv", "tables/columns.csv", "sweep.json", "sums.bin"] {
        assert_eq!(fs::read(one.join(name)).unwrap(), fs::read(other.join(name)).unwrap(), "{name}");
    }
}

/// Tables, workbook, pictures and page at once, and a page by itself.
#[test]
fn a_killed_workbook_or_report_is_whole_or_none() {
    let home = tempfile::tempdir().unwrap();
    let (scenario, first) = (scenario(home.path()), home.path().join("first"));
    let more = ["--format", "csv,xlsx", "--report", "--quiet"];
    let takes = whole(&mut run(&scenario, &first, &more));
    for n in 0..kills() {
        let out = home.path().join(format!("out{n}"));
        kill(&mut run(&scenario, &out, &more), takes, n);
        if out.exists() {
            verifies(&out);
        }
    }
    let report = |page: &Path| {
        let mut command = Command::new(PROGRAM);
        command.arg("report").arg(&first).arg("--quiet").arg("--replace").arg("--out").arg(page);
        command
    };
    let page = home.path().join("page.html");
    let takes = whole(&mut report(&page));
    for n in 0..kills() {
        kill(&mut report(&page), takes, n);
        // It replaces itself: there is a page at every moment.
        let text = fs::read_to_string(&page).unwrap();
        assert!(text.trim_end().ends_with("</html>"), "the page is cut after {} bytes", text.len());
    }
}

#[test]
fn a_sweep_killed_before_it_said_what_it_is_starts_anew() {
    let home = tempfile::tempdir().unwrap();
    let (scenario, out) = (scenario(home.path()), home.path().join("out"));
    for half in [false, true] {
        fs::create_dir(home.path().join("out.unfinished")).unwrap();
        if half {
            fs::write(home.path().join("out.unfinished/study.txt.half"), "fenc").unwrap();
        }
        let words = ["sweep".as_ref(), scenario.as_os_str(), "--lever".as_ref(), "agreement.a.tax.share=40%,50%".as_ref(), "--replace".as_ref(), "--out".as_ref(), out.as_os_str()];
        let output = fencheng(&words);
        assert!(output.status.success(), "{}", said(&output));
    }
}

/// Files may not grow past 1 KiB, as on a full disk.
#[test]
fn without_room_there_is_no_result_and_no_rest_of_one() {
    let home = tempfile::tempdir().unwrap();
    let (scenario, out) = (scenario(home.path()), home.path().join("out"));
    let limited = |trap: &str| {
        let line = format!("{trap} ulimit -f 1; exec \"$0\" run \"$1\" --chart none --lang en --out \"$2\"");
        Command::new("bash").args(["-c", &line, PROGRAM]).arg(&scenario).arg(&out).output().unwrap()
    };
    refused(&limited("trap '' XFSZ;"), "E703");
    assert_eq!(names(home.path()), ["方案"]);
    // The signal ends it at once: what it had written bears no name of a result.
    assert!(!limited("").status.success());
    assert!(!out.exists());
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_behind_standard_output_is_no_success() {
    let home = tempfile::tempdir().unwrap();
    let scenario = scenario(home.path());
    for words in [&["list"][..], &["read"], &["check"]] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = Command::new(PROGRAM).args(words).arg(&scenario).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        assert!(said(&output).contains("E703"), "{words:?}: {}", said(&output));
    }
}

#[test]
fn a_reader_who_goes_away_is_no_panic() {
    for words in [&["glossary"][..], &["schema"], &["man"], &["--help"], &["completions", "bash"]] {
        let mut child = Command::new(PROGRAM).args(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_ne!(output.status.code(), Some(101), "{words:?}: {}", said(&output));
        assert!(!said(&output).contains("panicked"), "{words:?}: {}", said(&output));
    }
}

#[test]
fn where_nothing_can_be_written_it_is_said() {
    let home = tempfile::tempdir().unwrap();
    let scenario = scenario(home.path());
    fs::write(home.path().join("file"), "").unwrap();
    let long = "长".repeat(90);
    for out in [home.path().join("file/out"), home.path().join(&long), Path::new("/proc/fencheng").to_owned()] {
        refused(&run(&scenario, &out, &[]).output().unwrap(), "E703");
    }
    refused(&run(&scenario, &home.path().join("file"), &["--replace"]).output().unwrap(), "E704");
    refused(&run(&scenario, &scenario, &["--replace"]).output().unwrap(), "--out");
    refused(&run(&scenario, home.path(), &["--replace"]).output().unwrap(), "--out");
    assert_eq!(names(home.path()), ["file", "方案"]);
    let inside = scenario.join("out");
    assert!(run(&scenario, &inside, &[]).output().unwrap().status.success());
    verifies(&inside);
}

#[test]
fn a_link_in_the_place_of_the_output_does_not_lead_out() {
    let home = tempfile::tempdir().unwrap();
    let (scenario, elsewhere, out) = (scenario(home.path()), home.path().join("elsewhere"), home.path().join("out"));
    assert!(run(&scenario, &elsewhere, &[]).output().unwrap().status.success());
    symlink(&elsewhere, &out).unwrap();
    refused(&run(&scenario, &out, &[]).output().unwrap(), "E702");
    assert!(run(&scenario, &out, &["--replace"]).output().unwrap().status.success());
    verifies(&elsewhere);
    verifies(&out);
    assert!(out.symlink_metadata().unwrap().is_dir(), "the link was replaced, not followed");
}

#[test]
fn names_that_are_no_text_are_names() {
    let home = tempfile::tempdir().unwrap();
    let folder = scenario(home.path());
    let odd = home.path().join(OsStr::from_bytes(b"\xff\xfe\x80 odd"));
    fs::rename(&folder, &odd).unwrap();
    let out = home.path().join(OsStr::from_bytes(b"out\xff"));
    let output = run(&odd, &out, &[]).output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", said(&output));
    for command in ["check", "read", "list"] {
        let output = fencheng(&[command.as_ref(), odd.as_os_str()]);
        assert_ne!(output.status.code(), Some(101), "{}", said(&output));
    }
}

#[test]
fn runs_within_one_second_do_not_take_each_other_s_place() {
    let home = tempfile::tempdir().unwrap();
    let scenario = scenario(home.path());
    let start = || Command::new(PROGRAM).current_dir(home.path()).arg("run").arg(&scenario).args(["--chart", "none", "--quiet"]).stdout(Stdio::piped()).spawn().unwrap();
    let running: Vec<_> = (0..8).map(|_| start()).collect();
    let mut told: Vec<String> = running.into_iter().map(|child| String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()).collect();
    told.sort();
    told.dedup();
    assert_eq!(told.len(), 8, "{told:?}");
    assert_eq!(names(&home.path().join("output")).len(), 8);
    for name in names(&home.path().join("output")) {
        verifies(&home.path().join("output").join(name));
    }
}

#[test]
fn without_home_locale_and_with_an_odd_clock_it_is_the_same() {
    let home = tempfile::tempdir().unwrap();
    let scenario = scenario(home.path());
    let mut tables = Vec::new();
    for (n, zone) in ["", "UTC", "No/Such", ":/dev/null", "XYZ-99:99:99", "\u{7532}"].into_iter().enumerate() {
        let out = home.path().join(n.to_string());
        let output = run(&scenario, &out, &[]).env_clear().env("TZ", zone).env("LC_ALL", "C").output().unwrap();
        assert!(output.status.success(), "{zone}: {}", said(&output));
        tables.push(fs::read(out.join("tables/summary.csv")).unwrap());
    }
    tables.dedup();
    assert_eq!(tables.len(), 1);
}

/// A shard whose parts are devices, too long or too short is refused in words, without reading on for ever.
#[test]
fn a_shard_that_is_none_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let (scenario, shard) = (scenario(home.path()), home.path().join("shard"));
    let output = fencheng(&["sweep".as_ref(), scenario.as_os_str(), LEVER[0].as_ref(), LEVER[1].as_ref(), "--quantiles".as_ref(), "--out".as_ref(), shard.as_os_str()]);
    assert!(output.status.success(), "{}", said(&output));
    let merge = || fencheng(&["merge".as_ref(), shard.as_os_str(), "--out".as_ref(), home.path().join("joined").as_os_str()]);
    for name in ["sweep.json", "sums.bin", "tables/points.csv"] {
        let (path, kept) = (shard.join(name), home.path().join("kept"));
        fs::rename(&path, &kept).unwrap();
        symlink("/dev/zero", &path).unwrap();
        // What cannot be read as a sweep is none; any other file is not the one that was written.
        let code = if name == "sweep.json" { "E733" } else { "E754" };
        refused(&merge(), code);
        fs::remove_file(&path).unwrap();
        let bytes = fs::read(&kept).unwrap();
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        refused(&merge(), code);
        fs::rename(&kept, &path).unwrap();
    }
    let about = fs::read_to_string(shard.join("sweep.json")).unwrap();
    fs::write(shard.join("sweep.json"), about.replacen("\"end\": 5001", "\"end\": 18446744073709551615", 1)).unwrap();
    refused(&merge(), "E733");
    assert!(!home.path().join("joined").exists());
}
