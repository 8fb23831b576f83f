//! The copy of what was read, laid out so that the copy itself can be run: files stand to each other as they stood on disk.

use std::path::{Component, Path};

use crate::base::place::SourceFile;
use crate::write::folder::safe_name;

/// Where the files of the scenario stand, below its folder's own name.
pub const SCENARIO: &str = "inputs/scenario";
/// Where rules stand that came with the program; for readers, as the program has its own.
const BUILTIN: &str = "inputs/builtin";
/// Where the sweep stands a discovery took its points from.
pub const SWEEP: &str = "inputs/sweep";
/// Where outturns stand.
pub const OBSERVED: &str = "inputs/observed";

/// Where each file goes; the first is the scenario's. The lowest folder that holds all of them is left out, but for the
/// folder of the scenario itself: results name a scenario after it.
#[must_use]
pub fn places(files: &[&SourceFile]) -> Vec<String> {
    let all: Vec<Option<Vec<String>>> = files.iter().map(|file| (!is_builtin(file)).then(|| parts(file.path()))).collect();
    let mut own = all.iter().flatten();
    let first = own.next().cloned().unwrap_or_default();
    let most = first.len().saturating_sub(2);
    let shared = own.fold(most, |shared, parts| first.iter().zip(parts).take(shared).take_while(|(a, b)| a == b).count());
    let place = |(file, parts): (&&SourceFile, &Option<Vec<String>>)| match parts {
        Some(parts) => format!("{SCENARIO}/{}", parts[shared.min(parts.len())..].join("/")),
        None => format!("{BUILTIN}/{}.toml", safe_name(file.shown.trim_start_matches("builtin:"))),
    };
    files.iter().zip(&all).map(place).collect()
}

/// Where the outturns go.
#[must_use]
pub fn observed(path: &Path) -> String {
    let name = path.file_name().map_or_else(|| "observed".to_owned(), |n| safe_name(&n.to_string_lossy()));
    format!("{OBSERVED}/{name}")
}

fn is_builtin(file: &SourceFile) -> bool {
    file.shown.starts_with("builtin:")
}

/// The folders of a file and its name, from the root.
fn parts(shown: &str) -> Vec<String> {
    let whole = std::path::absolute(shown).unwrap_or_else(|_| shown.into());
    let mut parts = Vec::new();
    for part in whole.components() {
        match part {
            Component::Prefix(prefix) => parts.push(safe_name(&prefix.as_os_str().to_string_lossy())),
            Component::ParentDir => drop(parts.pop()),
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            Component::RootDir | Component::CurDir => {}
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(shown: &[&str]) -> Vec<String> {
        let file = |shown: &&str| SourceFile { shown: (*shown).to_owned(), text: "".into(), is_grid: false, digest: String::new(), raw: None };
        let files: Vec<SourceFile> = shown.iter().map(file).collect();
        places(&files.iter().collect::<Vec<_>>())
    }

    #[test]
    fn files_stand_to_each_other_as_they_stood() {
        assert_eq!(
            placed(&["/a/b/scenario.toml", "/a/b/variants/x.toml", "builtin:china"]),
            ["inputs/scenario/b/scenario.toml", "inputs/scenario/b/variants/x.toml", "inputs/builtin/china.toml"]
        );
        assert_eq!(
            placed(&["/a/b/scenario.toml", "/a/rules/x.toml", "/a/b/rules/x.toml"]),
            ["inputs/scenario/b/scenario.toml", "inputs/scenario/rules/x.toml", "inputs/scenario/b/rules/x.toml"]
        );
        assert_eq!(placed(&["/a/b/scenario.toml", "/c/x.toml"]), ["inputs/scenario/a/b/scenario.toml", "inputs/scenario/c/x.toml"]);
        assert_eq!(placed(&["/scenario.toml", "/x.toml"]), ["inputs/scenario/scenario.toml", "inputs/scenario/x.toml"]);
        assert_eq!(placed(&[]), [""; 0]);
    }
}
