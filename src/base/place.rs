//! Where a value stands: file and bytes, so that every message and every explained number can point at its line.

use std::borrow::Cow;
use std::sync::Arc;

/// A file that was read, by its order in [`Files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// Where a value was written.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Place {
    /// Bytes `start..end` of a text file (TOML or CSV), counted in its decoded text.
    Text {
        /// The file.
        file: FileId,
        /// First byte.
        start: usize,
        /// One past the last byte.
        end: usize,
    },
    /// A file as a whole (missing, unreadable, empty).
    File(FileId),
    /// An argument of the command line, word by word.
    Argument(Arc<str>),
    /// Nowhere a user wrote: a default of the program.
    #[default]
    Nowhere,
}

/// One file as it was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// How it is shown to the user: relative to where the program was started, or `builtin:china`.
    pub shown: String,
    /// Its text after decoding (no BOM); of a worksheet one line a row, cells apart by tabs.
    pub text: Arc<str>,
    /// A worksheet: its places are called `Sheet1!D17`, not by line and column.
    pub is_grid: bool,
    /// SHA-256 of the bytes as they stood on disk, in hex.
    pub digest: String,
    /// The bytes as they stood on disk, where they are not those of the text: another encoding, a byte order mark.
    pub raw: Option<Arc<[u8]>>,
}

impl SourceFile {
    /// The bytes as they stood on disk.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.raw.as_deref().unwrap_or(self.text.as_bytes())
    }

    /// Where it stands on disk: a worksheet is shown as `towns.xlsx:镇`, and no worksheet has a colon in its name.
    #[must_use]
    pub fn path(&self) -> &str {
        if self.is_grid { self.shown.rsplit_once(':').map_or(&self.shown, |(path, _)| path) } else { &self.shown }
    }
}

/// The name of a cell as spreadsheets have it: row and column from 1 are `D17`.
#[must_use]
pub fn cell_name(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column;
    while left > 0 {
        // There is no digit nought: Z is followed by AA.
        letters.push(b'A' + u8::try_from((left - 1) % 26).unwrap_or(0));
        left = (left - 1) / 26;
    }
    letters.reverse();
    format!("{}{row}", String::from_utf8(letters).unwrap_or_default())
}

/// All files of a scenario in the order they were read.
#[derive(Clone, Debug, Default)]
pub struct Files(Vec<(SourceFile, LineEnds)>);

/// Where the lines of a file end.
type LineEnds = Arc<[usize]>;

impl Files {
    /// Adds a file and names it.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        let ends = file.text.match_indices('\n').map(|(at, _)| at).collect();
        self.0.push((file, ends));
        FileId(u32::try_from(self.0.len() - 1).unwrap_or(u32::MAX))
    }

    /// The file of an id.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.0.get(id.0 as usize).map(|(file, _)| file)
    }

    /// All files, in the order they were read.
    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.0.iter().map(|(file, _)| file)
    }

    /// `file:line` of a place, for tables (empty file and line 0 where there is none).
    #[must_use]
    pub fn line_of<'a>(&'a self, place: &'a Place) -> (&'a str, usize) {
        match place {
            Place::Text { file, start, .. } => self.0.get(file.0 as usize).map_or(("", 0), |(file, ends)| (&file.shown, 1 + ends.partition_point(|end| end < start))),
            Place::File(file) => (self.get(*file).map_or("", |file| &file.shown), 0),
            Place::Argument(text) => (text, 0),
            Place::Nowhere => ("", 0),
        }
    }

    /// A file as it is seen from the scenario's folder, that of the first file read: results must not tell from where
    /// the program was started.
    #[must_use]
    pub fn from_scenario<'a>(&self, shown: &'a str) -> Cow<'a, str> {
        let Some((scenario, _)) = self.0.first() else { return shown.into() };
        let is_path = self.iter().any(|file| file.shown == shown) && !shown.starts_with("builtin:");
        let folder: Vec<&str> = scenario.shown.rsplit_once('/').map_or_else(Vec::new, |(folder, _)| folder.split('/').collect());
        let parts: Vec<&str> = shown.split('/').collect();
        // A file given from the root has no way from a folder that is not.
        if !is_path || shown.starts_with('/') != scenario.shown.starts_with('/') {
            return shown.into();
        }
        let same = folder.iter().zip(&parts).take_while(|(a, b)| a == b).count();
        let up = vec![".."; folder.len() - same];
        up.into_iter().chain(parts[same..].iter().copied()).collect::<Vec<_>>().join("/").into()
    }
}

#[cfg(test)]
mod tests {
    use super::{Files, SourceFile, cell_name};

    #[test]
    fn a_file_is_seen_from_the_scenario() {
        for (scenario, file, seen) in [
            ("a/b/scenario.toml", "a/b/towns.csv", "towns.csv"),
            ("a/b/scenario.toml", "a/rules/x.toml", "../rules/x.toml"),
            ("scenario.toml", "variants/x.toml", "variants/x.toml"),
            ("../b/scenario.toml", "../../x.toml", "../../x.toml"),
            ("/a/b/scenario.toml", "/a/x.toml", "../x.toml"),
            ("a/scenario.toml", "/x.toml", "/x.toml"),
            ("a/scenario.toml", "builtin:china", "builtin:china"),
        ] {
            let mut files = Files::default();
            for shown in [scenario, file] {
                files.add(SourceFile { shown: shown.into(), text: "".into(), is_grid: false, digest: String::new(), raw: None });
            }
            assert_eq!(files.from_scenario(file), seen);
        }
    }

    #[test]
    fn cells_are_called_as_in_a_spreadsheet() {
        for (row, column, name) in [(17, 4, "D17"), (1, 26, "Z1"), (1, 27, "AA1"), (2, 702, "ZZ2"), (3, 703, "AAA3")] {
            assert_eq!(cell_name(row, column), name);
        }
    }
}
