//! A sweep in the making: whole chunks in a folder beside its target. A chunk is there or it is not; a killed sweep goes on from them.

use std::fs::{self, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::folder::Trouble;

/// A target that one sweep alone writes, as long as this is held. The system lets go when the program ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// Nothing where the file system knows no locks: better unlocked than not at all.
    file: Option<fs::File>,
}

impl Lock {
    /// Locks a target by a file beside it; nothing where another program holds it.
    ///
    /// # Errors
    /// What the system says.
    pub fn of(target: &Path) -> Result<Option<Self>, Trouble> {
        let name = target.file_name().map_or_else(|| "sweep".into(), |name| name.to_string_lossy().into_owned());
        let path = target.with_file_name(format!(".{name}.lock"));
        let trouble = |e| Trouble::Io(path.clone(), e);
        if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            fs::create_dir_all(parent).map_err(trouble)?;
        }
        loop {
            let file = fs::File::options().create(true).truncate(false).write(true).open(&path).map_err(trouble)?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(_)) => return Ok(Some(Self { path, file: None })),
                // Whoever held it before may have removed it just now: then a lock on it keeps nobody away.
                Ok(()) if path.exists() => return Ok(Some(Self { path, file: Some(file) })),
                Ok(()) => {}
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
        drop(self.file.take());
    }
}

/// The folder of an unfinished sweep.
#[derive(Debug)]
pub struct Chunks {
    folder: PathBuf,
}

/// What was found of an earlier attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// Nothing.
    None,
    /// The same study.
    Same,
    /// Another one.
    Other,
}

/// The file that says which study it is.
const STUDY: &str = "study.txt";

impl Chunks {
    /// The folder beside a target.
    #[must_use]
    pub fn beside(target: &Path) -> Self {
        let name = target.file_name().map_or_else(|| "sweep".into(), |name| name.to_string_lossy().into_owned());
        Self { folder: target.with_file_name(format!("{name}.unfinished")) }
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What stands there already.
    #[must_use]
    pub fn earlier(&self, study: &str) -> Earlier {
        match fs::read_to_string(self.folder.join(STUDY)) {
            Ok(known) if known == study => Earlier::Same,
            Ok(_) => Earlier::Other,
            Err(_) if self.folder.exists() && !self.is_bare() => Earlier::Other,
            Err(_) => Earlier::None,
        }
    }

    /// Starts anew.
    ///
    /// # Errors
    /// What the system says, or [`Trouble::Foreign`] where the folder is none of ours.
    pub fn start(&self, study: &str) -> Result<(), Trouble> {
        if self.folder.exists() {
            if !self.folder.join(STUDY).is_file() && !self.is_bare() {
                return Err(Trouble::Foreign(self.folder.clone()));
            }
            self.remove()?;
        }
        fs::create_dir_all(&self.folder).map_err(|e| Trouble::Io(self.folder.clone(), e))?;
        self.put(STUDY, study.as_bytes())
    }

    /// Whether a sweep was killed before it had said which study it is.
    fn is_bare(&self) -> bool {
        let half = format!("{STUDY}.half");
        fs::read_dir(&self.folder).is_ok_and(|entries| entries.flatten().all(|entry| entry.file_name() == half.as_str()))
    }

    /// Removes the folder.
    ///
    /// # Errors
    /// What the system says.
    pub fn remove(&self) -> Result<(), Trouble> {
        fs::remove_dir_all(&self.folder).map_err(|e| Trouble::Io(self.folder.clone(), e))
    }

    /// Whether a chunk is whole: its last part is there.
    #[must_use]
    pub fn has(&self, chunk: u64, last: &str) -> bool {
        self.folder.join(name(chunk, last)).is_file()
    }

    /// Writes a part of a chunk; it gets its name when it is whole and on the disk.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, chunk: u64, part: &str, bytes: &[u8]) -> Result<(), Trouble> {
        self.put(&name(chunk, part), bytes)
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        let (path, half) = (self.folder.join(name), self.folder.join(format!("{name}.half")));
        let written = fs::File::create(&half).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
        written.and_then(|()| fs::rename(&half, &path)).map_err(|e| Trouble::Io(path, e))
    }

    /// Reads a part of a chunk.
    ///
    /// # Errors
    /// What the system says.
    pub fn read(&self, chunk: u64, part: &str) -> Result<Vec<u8>, Trouble> {
        let path = self.folder.join(name(chunk, part));
        fs::read(&path).map_err(|e| Trouble::Io(path, e))
    }
}

fn name(chunk: u64, part: &str) -> String {
    format!("{chunk:08}.{part}")
}
