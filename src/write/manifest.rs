//! `run.json`: what was run, on what, with which result; enough to run it again and compare.

use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::measure::Run;
use crate::rules::param::Grade;

/// SHA-256 in hex.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    hex(Sha256::new_with_prefix(bytes))
}

/// A digest in hex.
#[must_use]
pub fn hex(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One digest over all input files, in the order they were read.
#[must_use]
pub fn input_digest(run: &Run) -> String {
    let all: String = run.scenario.files.iter().map(|f| format!("{}\n", f.digest)).collect();
    digest(all.as_bytes())
}

/// What stands in a manifest beside the run itself.
#[derive(Clone, Debug, Serialize)]
pub struct About {
    /// The command line.
    pub command: Vec<String>,
    /// When it started, as people read it.
    pub started: String,
    /// How long it took so far.
    pub seconds: f64,
    /// Warnings, by code.
    pub notes: Vec<String>,
    /// Files written: name and digest.
    #[serde(skip)]
    pub files: Vec<(String, String)>,
}

/// The manifest of one or several runs of a scenario.
#[must_use]
pub fn manifest(runs: &[(&Run, [f64; 4])], about: &About) -> Value {
    let Some((first, _)) = runs.first() else { return Value::Null };
    let scenario = &first.scenario;
    let mut manifest = json!({
        "program": "fencheng",
        "version": env!("CARGO_PKG_VERSION"),
        "format": 1,
        "scenario": scenario.id,
        "name": scenario.name,
        "variants": runs.iter().map(|(run, _)| run.variant()).collect::<Vec<_>>(),
        "first_year": scenario.first_year,
        "last_year": scenario.last_year,
        "towns": scenario.towns.len(),
        "unit": scenario.unit.symbol(),
        "seed": Value::Null,
        "inputs": inputs(runs),
        "feedback": runs.iter().any(|(run, _)| run.scenario.feedback_on()),
        "grades": runs.iter().map(|(run, grades)| grades_of(run, grades)).collect::<Vec<_>>(),
        "outputs": about.files.iter().map(|(name, digest)| json!({ "file": name, "sha256": digest })).collect::<Vec<_>>(),
    });
    if let (Value::Object(whole), Ok(Value::Object(about))) = (&mut manifest, serde_json::to_value(about)) {
        whole.extend(about);
    }
    manifest
}

fn inputs(runs: &[(&Run, [f64; 4])]) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    for file in runs.iter().flat_map(|(run, _)| run.scenario.files.iter()) {
        let value = json!({ "file": file.shown, "sha256": file.digest });
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

fn grades_of(run: &Run, grades: &[f64; 4]) -> Value {
    let share = |g: Grade| (grades[g as usize] * 10_000.0).round() / 10_000.0;
    json!({ "variant": run.variant(), "input_digest": input_digest(run), "A": share(Grade::A), "B": share(Grade::B), "C": share(Grade::C), "D": share(Grade::D) })
}
