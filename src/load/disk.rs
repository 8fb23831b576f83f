//! Files as bytes: what may be read, how much of it, and how it is shown.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use super::encoding::{self, Undecodable};
use crate::base::place::{FileId, Files, Place, SourceFile};
use crate::diag::{Code, Problem, Problems};

/// Rule files of a province are a few hundred KiB at most.
pub const MOST_TOML: u64 = 4 << 20;
/// A table of all towns of China with every column fits into a fraction of this.
pub const MOST_CSV: u64 = 64 << 20;

/// What every reader of files shares.
#[derive(Debug, Default)]
pub struct Disk {
    /// What was read.
    pub files: Files,
    /// What went wrong.
    pub problems: Problems,
}

impl Disk {
    /// Reads a text file. When it cannot be read the problem stands at `asked`, the place that names the file, or at
    /// the file itself if nothing names it.
    pub fn read(&mut self, path: &Path, limit: u64, asked: Option<&Place>) -> Option<FileId> {
        let bytes = self.bytes(path, limit, asked)?;
        self.text(shown(path), &bytes)
    }

    /// Reads a file as it stands on disk; problems as for a text.
    pub fn bytes(&mut self, path: &Path, limit: u64, asked: Option<&Place>) -> Option<Vec<u8>> {
        match bytes(path, limit) {
            Ok(bytes) => Some(bytes),
            Err(problem) => {
                let shown = shown(path);
                let place = match asked {
                    Some(place) => place.clone(),
                    None => Place::File(self.files.add(SourceFile { shown: shown.clone(), text: "".into(), is_grid: false, digest: String::new(), raw: None })),
                };
                let problem = Problem { place, ..problem }.with("file", shown).with("limit", limit >> 20);
                self.problems.push(problem);
                None
            }
        }
    }

    /// Keeps a text that is part of the program.
    pub fn builtin(&mut self, name: &str, text: &str) -> FileId {
        self.files.add(SourceFile { shown: format!("builtin:{name}"), text: text.into(), is_grid: false, digest: digest(text.as_bytes()), raw: None })
    }

    /// Keeps the text of a file that was read as bytes.
    pub fn text(&mut self, shown: String, bytes: &[u8]) -> Option<FileId> {
        let digest = digest(bytes);
        let (text, failed) = match encoding::decode(bytes) {
            Ok((text, _)) => (text, None),
            Err(Undecodable::Unknown { line }) => (String::new(), Some(line)),
        };
        let nul = text.find('\0');
        let raw = (text.as_bytes() != bytes).then(|| bytes.into());
        let file = self.files.add(SourceFile { shown: shown.clone(), text: text.into(), is_grid: false, digest, raw });
        if let Some(line) = failed {
            // A workbook or another binary file is no text at all: say that rather than where decoding stopped.
            let (code, place) = (if bytes.contains(&0) { Code::E004 } else { Code::E005 }, Place::File(file));
            self.problems.push(Problem::new(code, &place).with("file", shown).with("line", line));
            return None;
        }
        if let Some(at) = nul {
            self.problems.push(Problem::new(Code::E004, &Place::Text { file, start: at, end: at + 1 }));
            return None;
        }
        Some(file)
    }
}

/// SHA-256 in hex.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All bytes of an ordinary file; a device or a pipe might never end and is refused before it is opened.
fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Problem> {
    let problem = |code| Problem::new(code, &Place::Nowhere);
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => problem(Code::E001).with_some("folder", here()),
        std::io::ErrorKind::PermissionDenied => problem(Code::E002).with_in("reason", "没有读取权限", "no permission to read it"),
        _ => problem(Code::E002).with("reason", error),
    };
    let known = path.metadata().map_err(failed)?;
    if !known.is_file() {
        let (zh, en) = if known.is_dir() { ("这是文件夹，不是文件", "it is a folder, not a file") } else { ("这不是普通文件", "it is not an ordinary file") };
        return Err(problem(Code::E002).with_in("reason", zh, en));
    }
    let mut bytes = Vec::new();
    // One byte past the limit tells a file that grew since it was measured.
    File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > limit { Err(problem(Code::E003)) } else { Ok(bytes) }
}

fn here() -> Option<String> {
    std::env::current_dir().ok().map(|folder| shown(&folder))
}

/// A path as the user sees it: `a/../b` is `b`, always with `/`.
#[must_use]
pub fn shown(path: &Path) -> String {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(tidy.components().next_back(), Some(Component::Normal(_))) => drop(tidy.pop()),
            part => tidy.push(part),
        }
    }
    if tidy.as_os_str().is_empty() {
        return ".".to_owned();
    }
    let shown = tidy.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { shown.replace('\\', "/") } else { shown.into_owned() }
}

/// The names of a folder's files, sorted; none if there is no such folder.
#[must_use]
pub fn names(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|e| e.file_name().into_string().ok()).filter(|n| !n.starts_with('.')).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shown_tidy() {
        for (path, tidy) in [("a/../b/c.toml", "b/c.toml"), ("../rules/china.toml", "../rules/china.toml"), ("./x", "x"), ("../../a/./b", "../../a/b"), ("a/..", ".")] {
            assert_eq!(shown(Path::new(path)), tidy);
        }
    }
}
