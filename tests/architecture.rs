//! The layers, kept by a test: what a folder may import, who may touch files, print, or use threads.

use std::fs;
use std::path::{Path, PathBuf};

/// Every folder of `src/` and the folders it may import from (besides itself).
const LAYERS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("diag", &["base"]),
    ("plan", &["base"]),
    ("kernel", &[]),
    ("stages", &["base", "kernel", "plan"]),
    ("engine", &["base", "plan", "kernel", "stages"]),
    ("program", &["base", "plan", "kernel", "stages", "engine"]),
    ("rules", &["base", "diag", "plan"]),
    ("scenario", &["base", "plan", "rules"]),
    ("load", &["base", "diag"]),
    ("check", &["base", "diag", "plan", "rules", "scenario", "load"]),
    ("compile", &["base", "diag", "plan", "rules", "scenario"]),
    ("measure", &["base", "diag", "plan", "rules", "scenario", "compile", "engine", "stages"]),
    ("study", &["base", "diag", "plan", "kernel", "engine", "program", "rules", "scenario", "load", "check", "compile", "measure"]),
    ("outturn", &["base", "diag", "load", "check", "rules", "scenario", "compile", "measure"]),
    ("form", &["base", "diag", "load", "check", "rules", "measure", "outturn"]),
    ("decompose", &["base", "load", "check", "scenario", "measure", "study"]),
    ("speak", &["base", "plan", "rules", "scenario", "check"]),
    ("explain", &["base", "diag", "plan", "rules", "scenario", "compile", "engine", "measure", "speak"]),
    ("reference", &["base", "diag", "rules", "scenario", "check", "measure"]),
    ("workbook", &["base", "plan", "rules", "compile", "measure", "speak", "reference"]),
    ("write", &["base", "rules", "measure", "study", "form"]),
    (
        "cli",
        &[
            "base",
            "diag",
            "plan",
            "load",
            "check",
            "scenario",
            "compile",
            "engine",
            "measure",
            "outturn",
            "form",
            "decompose",
            "speak",
            "explain",
            "reference",
            "study",
            "workbook",
            "write",
        ],
    ),
];

/// Lines a file may have; lists of texts are exempt by name.
const MOST_LINES: usize = 400;
const LISTS: &[&str] = &["diag/catalogue/check.rs", "diag/catalogue/load.rs", "check/read.rs", "measure/columns.rs"];

fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut todo: Vec<PathBuf> = vec![root.clone()];
    while let Some(folder) = todo.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The part of a file that is not its tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text)
}

#[test]
fn layers_import_downward_only() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        let Some((layer, _)) = name.split_once('/') else { continue };
        let allowed = LAYERS.iter().find(|(l, _)| *l == layer).unwrap_or_else(|| panic!("src/{layer} is in no layer: give it a place in LAYERS")).1;
        for (n, line) in code(&text).lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
            for used in line.match_indices("crate::").map(|(at, _)| &line[at + 7..]) {
                let of: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let is_layer = LAYERS.iter().any(|(l, _)| *l == of);
                if is_layer && of != layer && !allowed.contains(&of.as_str()) {
                    wrong.push(format!("src/{name}:{} imports {of}", n + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "upward imports:\n{}", wrong.join("\n"));
}

#[test]
fn only_load_and_write_touch_files_only_the_command_line_prints() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        let layer = name.split('/').next().unwrap_or("");
        let text = code(&text);
        let mut refuse = |what: &str, allowed: &[&str]| {
            if text.contains(what) && !allowed.contains(&layer) {
                wrong.push(format!("src/{name} uses {what}"));
            }
        };
        refuse("std::fs", &["load", "write", "cli"]);
        refuse("println!", &[]);
        refuse("eprintln!", &[]);
        refuse("std::io::stdout", &["cli"]);
        refuse("rayon::", &["engine", "study", "write"]);
        refuse("std::time", &["cli"]);
        refuse("std::env::", &["load", "cli"]);
        refuse("unsafe ", &[]);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_readable() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|(name, _)| !LISTS.contains(&name.as_str()))
        .map(|(name, text)| (text.lines().count(), name))
        .filter(|(lines, _)| *lines > MOST_LINES)
        .map(|(lines, name)| format!("src/{name}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "is each really one thing?\n{}", long.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    let silent: Vec<String> = sources().into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(name, _)| name).collect();
    assert!(silent.is_empty(), "no module doc: {silent:?}");
}
