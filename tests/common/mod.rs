//! Scenarios for tests and benches: the bundled one, and copies of it with many towns in many counties.

#![allow(dead_code, reason = "each test uses its own part")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use fencheng::load::{self, Request};
use fencheng::scenario::Scenario;

/// The bundled scenario's folder.
pub fn mengyang() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/mengyang")
}

/// Reads a scenario; panics with the problems when it is wrong.
pub fn scenario(folder: &Path, variant: Option<&str>, set: &[&str]) -> Scenario {
    let set = set.iter().map(|s| (*s).to_owned()).collect();
    let loaded = load::load(&Request { scenario: folder.to_owned(), variants: load::stack(variant), set });
    let (scenario, problems) = fencheng::check::check("test", &loaded);
    scenario.unwrap_or_else(|| panic!("{}", fencheng::diag::render::render(&problems, &loaded.files, fencheng::base::lang::Lang::En, false)))
}

/// A scenario of many towns: 濛阳's rules, the town's row again and again with its amounts scaled, so many towns a county.
/// `money` multiplies every amount of the town table and of the money-valued rules.
pub fn many_towns(folder: &Path, towns: usize, a_county: usize) {
    let text = fs::read_to_string(mengyang().join("scenario.toml")).unwrap();
    // One account describes one county; the projects belong to one town.
    let text = without_table(&without_table(&text, "[county_account]"), "[projects]");
    let text = text.replace("expect = { rows = 1 }", "");
    fs::write(folder.join("scenario.toml"), text).unwrap();
    let table = fs::read_to_string(mengyang().join("towns.csv")).unwrap();
    let mut lines = table.trim_start_matches('\u{feff}').lines();
    let (head, row) = (lines.next().unwrap(), lines.next().unwrap());
    let mut out = format!("{head}\n");
    for n in 0..towns {
        let cells: Vec<String> = row
            .split(',')
            .enumerate()
            .map(|(at, cell)| match (at, cell.parse::<u64>()) {
                (0, _) => format!("{cell}{n}"),
                (1, _) => format!("{cell}{}", n / a_county),
                (4.., Ok(amount)) => (amount * (50 + (n as u64 * 37 + at as u64 * 11) % 101) / 100).to_string(),
                _ => cell.to_owned(),
            })
            .collect();
        writeln!(out, "{}", cells.join(",")).unwrap();
    }
    fs::write(folder.join("towns.csv"), out).unwrap();
    fs::create_dir_all(folder.join("variants")).unwrap();
    fs::copy(mengyang().join("variants/tiers-by-growth.toml"), folder.join("variants/tiers-by-growth.toml")).unwrap();
}

/// A TOML text without one of its tables.
fn without_table(text: &str, head: &str) -> String {
    let mut kept = String::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with('[') {
            inside = line.starts_with(head);
        }
        if !inside {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}
