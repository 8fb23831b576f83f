//! `run.json`: what was run, on what, with which result; enough to run it again and compare.

use serde::{Deserialize, Serialize};
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
    /// The language of headings and words: `zh` or `en`.
    pub lang: &'static str,
    /// When it started, as people read it.
    pub started: String,
    /// How long it took so far.
    pub seconds: f64,
    /// Warnings, by code.
    pub notes: Vec<String>,
    /// The arguments one by one, to compute it again.
    pub request: Value,
    /// What was read.
    #[serde(skip)]
    pub inputs: Vec<Input>,
    /// Files written: name and digest.
    #[serde(skip)]
    pub files: Vec<(String, String)>,
}

impl About {
    /// Adds it to a manifest.
    pub fn add_to(&self, manifest: &mut Value) {
        if let (Value::Object(whole), Ok(Value::Object(about))) = (manifest, serde_json::to_value(self)) {
            whole.extend(about);
        }
    }
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// How it was called.
    pub file: String,
    /// Its digest.
    pub sha256: String,
    /// Its copy within the folder.
    pub copy: String,
}

/// The field of a manifest that holds its own digest, taken while zeros stand there.
pub const SEAL: &str = "manifest_sha256";

/// A manifest as text, with its own digest.
#[must_use]
pub fn sealed(manifest: &Value) -> String {
    let mut manifest = manifest.clone();
    let zeros = "0".repeat(64);
    manifest[SEAL] = zeros.as_str().into();
    let text = format!("{}\n", serde_json::to_string_pretty(&manifest).unwrap_or_default());
    manifest[SEAL] = digest(text.as_bytes()).into();
    format!("{}\n", serde_json::to_string_pretty(&manifest).unwrap_or_default())
}

/// Whether the text of a manifest still has the digest it says it has.
#[must_use]
pub fn is_sealed(text: &str, manifest: &Value) -> bool {
    let Some(seal) = manifest[SEAL].as_str().filter(|seal| seal.len() == 64) else { return false };
    let (full, empty) = (format!("\"{SEAL}\": \"{seal}\""), format!("\"{SEAL}\": \"{}\"", "0".repeat(64)));
    digest(text.replacen(&full, &empty, 1).as_bytes()) == seal
}

/// The files written, as a manifest lists them.
#[must_use]
pub fn outputs(files: &[(String, String)]) -> Vec<Value> {
    files.iter().map(|(name, digest)| json!({ "file": name, "sha256": digest })).collect()
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
        "inputs": about.inputs,
        "feedback": runs.iter().any(|(run, _)| run.scenario.feedback_on()),
        "rolling": scenario.rolling.map(|r| json!({ "year": r.year, "months": r.months })),
        "grades": runs.iter().map(|(run, grades)| grades_of(run, grades)).collect::<Vec<_>>(),
        "outputs": outputs(&about.files),
    });
    about.add_to(&mut manifest);
    manifest
}

fn grades_of(run: &Run, grades: &[f64; 4]) -> Value {
    let share = |g: Grade| (grades[g as usize] * 10_000.0).round() / 10_000.0;
    json!({ "variant": run.variant(), "input_digest": input_digest(run), "A": share(Grade::A), "B": share(Grade::B), "C": share(Grade::C), "D": share(Grade::D) })
}
