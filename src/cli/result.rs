//! A folder of results that was written before: its manifest, its files, read with suspicion.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::outcome::{Failure, said};
use super::request::Request;
use crate::base::lang::{Lang, Words};
use crate::diag::Code;
use crate::write::manifest::{Input, hex, is_sealed};

/// The file that tells what a folder holds.
pub const MANIFEST: &str = "run.json";
/// More than any manifest holds.
const MOST_MANIFEST: u64 = 64 << 20;
/// More files than any result has; a folder with more is not looked through to its end.
const MOST_FILES: usize = 100_000;
/// Deeper than any result.
const DEEPEST: usize = 64;

/// A folder of results.
#[derive(Debug)]
pub struct Results {
    /// Where it is.
    pub folder: PathBuf,
    /// What it says of itself.
    pub manifest: Value,
    /// The manifest still has the digest it says it has.
    pub sealed: bool,
}

impl Results {
    /// Reads the manifest.
    ///
    /// # Errors
    /// E751 where there is none of this program.
    pub fn open(folder: &Path, lang: Lang) -> Result<Self, Failure> {
        let refused = |zh: &str, en: &str| {
            let reason = if lang == Lang::Zh { zh } else { en }.to_owned();
            Failure::Said(said(Code::E751, &[("folder", folder.display().to_string()), ("reason", reason)], lang))
        };
        let bytes = read(&folder.join(MANIFEST), MOST_MANIFEST).map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => refused("里面没有 run.json", "there is no run.json in it"),
            _ => refused(&format!("读不到 run.json：{e}"), &format!("no readable run.json: {e}")),
        })?;
        let manifest = std::str::from_utf8(&bytes).ok().and_then(|text| Some((text, serde_json::from_str::<Value>(text).ok()?)));
        let Some((text, manifest)) = manifest else { return Err(refused("run.json 不是 JSON", "run.json is not JSON")) };
        if manifest["program"] != "fencheng" || manifest["format"] != 1 || !manifest["outputs"].is_array() {
            return Err(refused("run.json 不是本程序写的", "run.json was not written by this program"));
        }
        let sealed = is_sealed(text, &manifest);
        Ok(Self { folder: folder.to_owned(), manifest, sealed })
    }

    /// The files written: name and digest.
    #[must_use]
    pub fn outputs(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        self.manifest["outputs"].as_array().into_iter().flatten().take(MOST_FILES).map(|one| (text(&one["file"]), text(&one["sha256"]))).collect()
    }

    /// The names of the tables and workbooks.
    #[must_use]
    pub fn tables(&self) -> Vec<String> {
        self.outputs().into_iter().map(|(name, _)| name).filter(|name| name.starts_with("tables/") || name.ends_with(".xlsx") && !name.contains('/')).collect()
    }

    /// What was read.
    #[must_use]
    pub fn inputs(&self) -> Vec<Input> {
        serde_json::from_value(self.manifest["inputs"].clone()).unwrap_or_default()
    }

    /// What was asked for.
    #[must_use]
    pub fn request(&self) -> Option<Request> {
        serde_json::from_value(self.manifest["request"].clone()).ok()
    }

    /// What was asked for, with paths on this machine; `scenario` stands for the copy of the scenario.
    ///
    /// # Errors
    /// Why it cannot be computed anew, in both languages.
    pub fn replayable(&self, scenario: Option<&Path>) -> Result<Request, Words> {
        if self.manifest["request"].is_null() {
            return Err(Words::new("run.json 没有记下当时的命令（request）", "run.json does not say what was asked for (request)"));
        }
        let unknown = Words::new("run.json 记下的命令（request）本程序不认识", "what run.json says was asked for (request) is no command of this program");
        let outside = Words::new("run.json 记下的命令（request）读结果文件夹以外的文件", "what run.json says was asked for (request) reads files outside the folder");
        self.request().ok_or(unknown)?.within(&self.folder, scenario).ok_or(outside)
    }

    /// The version that wrote it.
    #[must_use]
    pub fn version(&self) -> &str {
        self.manifest["version"].as_str().unwrap_or("?")
    }

    /// Where a file of it stands; `None` where the name leads out of the folder, or a link on the way to it does.
    #[must_use]
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        let mut path = self.folder.clone();
        let straight = Path::new(name).components().all(|part| {
            path.push(part);
            !path.symlink_metadata().is_ok_and(|at| at.is_symlink())
        });
        (is_inside(name) && straight).then_some(path)
    }

    /// The files that are there, by their names within the folder, sorted.
    #[must_use]
    pub fn present(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut todo = vec![(self.folder.clone(), String::new(), 0)];
        while let Some((folder, prefix, depth)) = todo.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
                // A link is told as a file, whatever it leads to.
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) && depth < DEEPEST {
                    todo.push((entry.path(), format!("{name}/"), depth + 1));
                } else if found.len() < MOST_FILES {
                    found.push(name);
                }
            }
        }
        found.sort();
        found
    }
}

/// Whether a name stays within its folder, on every system.
#[must_use]
pub fn is_inside(name: &str) -> bool {
    let plain = !name.is_empty() && !name.contains(['\\', ':', '\0']);
    plain && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

/// The bytes of an ordinary file of a limited size.
///
/// # Errors
/// What the system says.
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(io::Error::new(io::ErrorKind::InvalidData, format!("> {} MiB", limit >> 20))) } else { Ok(bytes) }
}

/// An ordinary file: a device or a pipe might never end, a link lead to what is no part of the result.
///
/// # Errors
/// What the system says.
pub fn open(path: &Path) -> io::Result<File> {
    if path.symlink_metadata()?.is_file() { File::open(path) } else { Err(io::Error::new(io::ErrorKind::InvalidInput, "not an ordinary file")) }
}

/// The digest of a file, read piece by piece.
///
/// # Errors
/// What the system says.
pub fn digest_of(path: &Path) -> io::Result<String> {
    let (mut file, mut digest, mut piece) = (open(path)?, Sha256::new(), vec![0; 1 << 18]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hex(digest)),
            n => digest.update(&piece[..n]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_inside;

    #[test]
    fn names_that_lead_out_are_seen() {
        for name in ["tables/points.csv", "a/b/c", "濛阳镇.png", "..a"] {
            assert!(is_inside(name), "{name}");
        }
        for name in ["", "/etc/passwd", "../x", "a/../../x", "a\\..\\x", "C:\\x", "c:x", "a\0b"] {
            assert!(!is_inside(name), "{name}");
        }
    }
}
