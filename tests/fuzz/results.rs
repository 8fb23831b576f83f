//! Folders of results that somebody changed: `verify` and `merge` read them with suspicion.

use std::fs;
use std::path::Path;

use fencheng::write::manifest::{digest, sealed};
use serde_json::Value;
use tempfile::TempDir;

use super::{End, files, folder};

/// What of a result may be replaced.
const NAMES: [&str; 7] = ["run.json", "sweep.json", "sums.bin", "gaps.bin", "tables/points.csv", "tables/quantiles.csv", "tables/columns.csv"];

/// A small sweep, computed once, and copies of it that inputs change.
pub struct Shard {
    home: TempDir,
}

impl Shard {
    /// Computes it; `fencheng` runs the program with some arguments.
    pub fn new(fencheng: &dyn Fn(&[&str])) -> Self {
        let (scenario, home) = (folder(), tempfile::tempdir().expect("a temporary folder"));
        let whole = home.path().join("whole");
        let arguments = ["--lever", "agreement.a.tax.share=40%..70%/10%", "--quantiles", "--towns", "--lang", "en", "--quiet"];
        let named = ["sweep", text(scenario.path()), "--out", text(&whole)];
        fencheng(&[&named[..], &arguments[..]].concat());
        assert!(whole.join("run.json").exists(), "the sweep was not computed");
        Self { home }
    }

    /// The manifest as it was written, to begin with.
    pub fn manifest(&self) -> String {
        fs::read_to_string(self.home.path().join("whole/run.json")).expect("a manifest")
    }

    /// Verifies and merges a copy in which an input stands: `run.json` first.
    pub fn attack(&self, bytes: &[u8], fencheng: &dyn Fn(&[&str])) -> End {
        let scratch = tempfile::tempdir().expect("a temporary folder");
        let copy = scratch.path().join("copy");
        copied(&self.home.path().join("whole"), &copy);
        for (name, text) in files(bytes, "run.json") {
            if NAMES.contains(&name) && !text.is_empty() {
                fs::write(copy.join(name), text).expect("a file of the temporary folder");
            }
        }
        renew(&copy);
        fencheng(&["verify", text(&copy), "--quiet"]);
        let joined = scratch.path().join("joined");
        fencheng(&["merge", text(&copy), "--out", text(&joined), "--quiet"]);
        if joined.exists() { End::Computed } else { End::Refused }
    }
}

/// Puts the digests of the files as they are into a manifest that can be read, as a forger would: else only the digests were tested.
fn renew(copy: &Path) {
    let path = copy.join("run.json");
    let Ok(mut about) = serde_json::from_slice::<Value>(&fs::read(&path).expect("a manifest")) else { return };
    for output in about["outputs"].as_array_mut().into_iter().flatten() {
        let bytes = output["file"].as_str().filter(|name| NAMES.contains(name)).and_then(|name| fs::read(copy.join(name)).ok());
        if let Some(bytes) = bytes {
            output["sha256"] = digest(&bytes).into();
        }
    }
    fs::write(path, sealed(&about)).expect("a manifest");
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain temporary folder")
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a new folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let (old, new) = (entry.path(), to.join(entry.file_name()));
        if old.is_dir() {
            copied(&old, &new);
        } else {
            fs::copy(&old, &new).expect("a copy");
        }
    }
}
