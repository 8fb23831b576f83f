//! The output folder: written under a temporary name, renamed when whole. A half-written result is never mistaken for a whole one.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// A folder in the making.
#[derive(Debug)]
pub struct Folder {
    target: PathBuf,
    temporary: PathBuf,
    replace: bool,
    /// Where the name is taken in the end, `name-2` and so on will do.
    numbered: bool,
    files: Vec<(String, String)>,
    done: bool,
}

/// A file in the making; its digest is taken on the way.
#[derive(Debug)]
pub struct Output {
    name: String,
    path: PathBuf,
    file: fs::File,
    digest: Sha256,
    /// What is printed but not yet written.
    text: Vec<u8>,
}

/// So much is written at a time.
const CHUNK: usize = 1 << 18;

impl Output {
    /// Adds what is printed.
    ///
    /// # Errors
    /// What the system says.
    pub fn print(&mut self, print: impl FnOnce(&mut Vec<u8>)) -> Result<(), Trouble> {
        print(&mut self.text);
        if self.text.len() < CHUNK { Ok(()) } else { self.flush() }
    }

    /// Where it is written.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn flush(&mut self) -> Result<(), Trouble> {
        self.digest.update(&self.text);
        self.file.write_all(&self.text).map_err(|e| Trouble::Io(self.path.clone(), e))?;
        self.text.clear();
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.print(|text| text.extend_from_slice(bytes)).map_err(Trouble::into_io).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Self::flush(self).map_err(Trouble::into_io)
    }
}

/// Why a folder could not be written.
#[derive(Debug)]
pub enum Trouble {
    /// Something stands there already.
    Exists(PathBuf),
    /// Something stands there that this program did not write.
    Foreign(PathBuf),
    /// The system refuses.
    Io(PathBuf, io::Error),
}

impl Trouble {
    /// As the system's own error.
    fn into_io(self) -> io::Error {
        match self {
            Self::Io(_, error) => error,
            Self::Exists(path) | Self::Foreign(path) => io::Error::other(path.display().to_string()),
        }
    }
}

impl Folder {
    /// Whether a folder may be written, before anything is computed for it.
    ///
    /// # Errors
    /// [`Trouble::Exists`] when the target is there, [`Trouble::Foreign`] when it may not be replaced.
    pub fn may_start(target: &Path, replace: bool) -> Result<(), Trouble> {
        match (target.exists(), replace) {
            (true, true) if !looks_like_a_run(target) => Err(Trouble::Foreign(target.to_owned())),
            (true, false) => Err(Trouble::Exists(target.to_owned())),
            _ => Ok(()),
        }
    }

    /// Starts a folder beside its target.
    ///
    /// # Errors
    /// [`Trouble::Exists`] when the target is there, [`Trouble::Foreign`] when it may not be replaced; what the system says otherwise.
    pub fn start(target: &Path, replace: bool) -> Result<Self, Trouble> {
        Self::may_start(target, replace)?;
        let parent = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(|e| Trouble::Io(parent.to_owned(), e))?;
        let name = target.file_name().map_or_else(|| "run".into(), |n| n.to_string_lossy().into_owned());
        let temporary = parent.join(format!(".{name}.{}.partial", own_number()));
        let _ = fs::remove_dir_all(&temporary);
        fs::create_dir(&temporary).map_err(|e| Trouble::Io(temporary.clone(), e))?;
        Ok(Self { target: target.to_owned(), temporary, replace, numbered: false, files: Vec::new(), done: false })
    }

    /// The same, called `name-2`, `name-3`… where another run takes the name meanwhile.
    #[must_use]
    pub const fn or_numbered(mut self) -> Self {
        self.numbered = true;
        self
    }

    /// Where it stands before it has its name.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.temporary
    }

    /// Starts one file, by its path within the folder.
    ///
    /// # Errors
    /// What the system says.
    pub fn create(&self, name: &str) -> Result<Output, Trouble> {
        let path = self.temporary.join(name);
        let file = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::File::create(&path));
        match file {
            Ok(file) => Ok(Output { name: name.to_owned(), path, file, digest: Sha256::new(), text: Vec::new() }),
            Err(error) => Err(Trouble::Io(path, error)),
        }
    }

    /// Ends a file.
    ///
    /// # Errors
    /// What the system says.
    pub fn close(&mut self, mut output: Output) -> Result<(), Trouble> {
        output.flush()?;
        output.file.sync_all().map_err(|e| Trouble::Io(output.path, e))?;
        self.files.push((output.name, super::manifest::hex(output.digest)));
        Ok(())
    }

    /// Writes a whole file, by its path within the folder.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        let mut output = self.create(name)?;
        output.print(|text| text.extend_from_slice(bytes))?;
        self.close(output)
    }

    /// A name no file here has yet, even where capital letters do not count: `name`, `name-2`, …
    #[must_use]
    pub fn free_name(&self, stem: &str, ending: &str) -> String {
        let taken = |name: &str| self.files.iter().any(|(known, _)| known.to_lowercase() == name.to_lowercase());
        let first = format!("{stem}.{ending}");
        let others = (2..).map(|n| format!("{stem}-{n}.{ending}"));
        std::iter::once(first.clone()).chain(others).find(|name| !taken(name)).unwrap_or(first)
    }

    /// What was written so far: name and digest.
    #[must_use]
    pub fn files(&self) -> &[(String, String)] {
        &self.files
    }

    /// Gives the folder its name. What another run wrote there meanwhile stays.
    ///
    /// # Errors
    /// [`Trouble::Exists`] when the name was taken meanwhile, or what the system says; the temporary folder is then removed.
    pub fn finish(mut self) -> Result<PathBuf, Trouble> {
        let placed = if self.replace && self.target.exists() { self.swapped()? } else { self.placed()? };
        self.done = true;
        Ok(placed)
    }

    /// In the place of an earlier run, which is removed when the new one stands there.
    fn swapped(&self) -> Result<PathBuf, Trouble> {
        let trouble = |e: io::Error| Trouble::Io(self.target.clone(), e);
        let old = self.temporary.with_extension("old");
        fs::rename(&self.target, &old).map_err(trouble)?;
        if let Err(error) = fs::rename(&self.temporary, &self.target) {
            // The earlier run goes back to its place.
            let _ = fs::rename(&old, &self.target);
            return Err(trouble(error));
        }
        let _ = fs::remove_dir_all(&old);
        Ok(self.target.clone())
    }

    fn placed(&self) -> Result<PathBuf, Trouble> {
        let name = self.target.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let others = (2..if self.numbered { 1_000 } else { 0 }).map(|n| self.target.with_file_name(format!("{name}-{n}")));
        for target in std::iter::once(self.target.clone()).chain(others) {
            // A folder that is not empty, or a file, keeps its name whoever made it, even between these two lines.
            match if target.exists() { Err(io::ErrorKind::AlreadyExists.into()) } else { fs::rename(&self.temporary, &target) } {
                Ok(()) => return Ok(target),
                Err(error) if is_taken(&error) => {}
                Err(error) => return Err(Trouble::Io(target, error)),
            }
        }
        Err(Trouble::Exists(self.target.clone()))
    }
}

fn is_taken(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::NotADirectory)
}

/// Writes one file that stands by itself, whole or not at all.
///
/// # Errors
/// What the system says.
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let trouble = |e: io::Error| Trouble::Io(path.to_owned(), e);
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(trouble)?;
    let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let temporary = parent.join(format!(".{name}.{}.partial", own_number()));
    let written = fs::write(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        trouble(error)
    })
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.done {
            let _ = fs::remove_dir_all(&self.temporary);
        }
    }
}

/// Only a folder this program wrote may be replaced.
fn looks_like_a_run(folder: &Path) -> bool {
    folder.is_dir() && (folder.join("run.json").is_file() || fs::read_dir(folder).is_ok_and(|mut d| d.next().is_none()))
}

/// A name that is safe as a file name everywhere: path parts, control characters and reserved signs replaced.
#[must_use]
pub fn safe_name(name: &str) -> String {
    let swap = |c: char| if c.is_control() || "/\\:*?\"<>|\u{202a}\u{202b}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}".contains(c) { '_' } else { c };
    let safe: String = name.chars().map(swap).take(60).collect();
    let safe = safe.trim().trim_matches('.').to_owned();
    if safe.is_empty() { "_".to_owned() } else { safe }
}

/// A number that no other process has now; one process alone runs where there are none (WebAssembly).
#[must_use]
pub fn own_number() -> u32 {
    if cfg!(target_family = "wasm") { 0 } else { std::process::id() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_folder() {
        assert_eq!(safe_name("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(safe_name("濛阳镇"), "濛阳镇");
        assert_eq!(safe_name(".."), "_");
        assert_eq!(safe_name("a\u{0}b\nc"), "a_b_c");
    }
}
