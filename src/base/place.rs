//! Where a value stands: file and bytes, so that every message and every explained number can point at its line.

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
    /// Its text after decoding (no BOM).
    pub text: Arc<str>,
    /// SHA-256 of the bytes as they stood on disk, in hex.
    pub digest: String,
}

/// All files of a scenario in the order they were read.
#[derive(Clone, Debug, Default)]
pub struct Files(Vec<SourceFile>);

impl Files {
    /// Adds a file and names it.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.0.push(file);
        FileId(u32::try_from(self.0.len() - 1).unwrap_or(u32::MAX))
    }

    /// The file of an id.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.0.get(id.0 as usize)
    }

    /// All files, in the order they were read.
    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.0.iter()
    }

    /// `file:line` of a place, for tables (empty file and line 0 where there is none).
    #[must_use]
    pub fn line_of(&self, place: &Place) -> (String, usize) {
        match place {
            Place::Text { file, start, .. } => self.get(*file).map_or((String::new(), 0), |f| {
                let line = 1 + f.text.as_bytes().iter().take(*start).filter(|b| **b == b'\n').count();
                (f.shown.clone(), line)
            }),
            Place::File(file) => (self.get(*file).map_or(String::new(), |f| f.shown.clone()), 0),
            Place::Argument(text) => (text.to_string(), 0),
            Place::Nowhere => (String::new(), 0),
        }
    }
}
