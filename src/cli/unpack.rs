//! A packed result, unpacked to be looked at; nobody knows who made the archive.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use super::outcome::{Failure, said};
use super::result::{MANIFEST, is_inside, open};
use crate::base::lang::{Lang, Words};
use crate::diag::Code;

/// More files than any result has.
const MOST_FILES: usize = 100_000;
/// Tables shrink to a tenth or so when packed; a bomb to a thousandth.
const MOST_GROWTH: u64 = 100;
/// What small archives may grow to whatever they shrank by.
const FREE_GROWTH: u64 = 64 << 20;

/// A folder for the while, removed with everything in it.
pub struct Scratch {
    /// Where it is.
    pub path: PathBuf,
}

impl Scratch {
    /// A new folder where the system keeps what is temporary.
    ///
    /// # Errors
    /// What the system says.
    pub fn new(lang: Lang) -> Result<Self, Failure> {
        let place = |n: u32| std::env::temp_dir().join(format!("fencheng-{}-{n}", crate::write::folder::own_number()));
        let mut last = None;
        for path in (0..1_000).map(place) {
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Self { path }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => {
                    last = Some((path, error));
                    break;
                }
            }
        }
        let (path, error) = last.unwrap_or_else(|| (std::env::temp_dir(), io::ErrorKind::AlreadyExists.into()));
        Err(super::target::failure(&crate::write::folder::Trouble::Io(path, error), lang))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Unpacks a result; gives the folder that holds its manifest.
///
/// # Errors
/// E752 where it is no archive, too large once unpacked, or has names that lead elsewhere.
pub fn unpack(file: &Path, scratch: &Scratch, lang: Lang) -> Result<PathBuf, Failure> {
    let refused = |words: String| Failure::Said(said(Code::E752, &[("file", file.display().to_string()), ("reason", words)], lang));
    let folder = scratch.path.join("unpacked");
    let manifest = extracted(file, &folder).map_err(|wrong| refused(wrong.words(lang)))?;
    let shallow = manifest.ok_or_else(|| refused(Words::new("里面没有 run.json", "there is no run.json in it").get(lang).to_owned()))?;
    Ok(shallow)
}

/// Why an archive is refused.
enum Refused {
    Io(io::Error),
    Zip(zip::result::ZipError),
    Words(Words),
}

impl Refused {
    fn words(&self, lang: Lang) -> String {
        match self {
            Self::Io(error) => error.to_string(),
            Self::Zip(error) => error.to_string(),
            Self::Words(words) => words.get(lang).to_owned(),
        }
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<zip::result::ZipError> for Refused {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Zip(error)
    }
}

/// Writes every file below a folder; gives the folder of the outermost manifest.
fn extracted(file: &Path, folder: &Path) -> Result<Option<PathBuf>, Refused> {
    let refuse = |zh, en| Err(Refused::Words(Words::new(zh, en)));
    let packed = file.metadata()?.len();
    let mut left = packed.saturating_mul(MOST_GROWTH).saturating_add(FREE_GROWTH);
    let mut archive = ZipArchive::new(open(file)?)?;
    if archive.len() > MOST_FILES {
        return refuse("文件太多", "it holds too many files");
    }
    let mut manifest: Option<PathBuf> = None;
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at)?;
        let name = entry.name()?.into_owned();
        if entry.is_dir() && is_inside(name.trim_end_matches('/')) {
            continue;
        }
        if !is_inside(&name) || entry.is_symlink() {
            return refuse("有的文件名会写到文件夹之外", "a name in it leads out of the folder");
        }
        let path = folder.join(&name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        // What an entry says of its size is not believed; one byte past what is left tells that it is too much.
        let written = io::copy(&mut (&mut entry).take(left.saturating_add(1)), &mut File::create_new(&path)?)?;
        left = match left.checked_sub(written) {
            Some(left) => left,
            None => return refuse("解开后太大", "it is too large once unpacked"),
        };
        let is_manifest = path.file_name().is_some_and(|name| name == MANIFEST);
        let depth = |path: &Path| path.components().count();
        if is_manifest && manifest.as_ref().is_none_or(|known| depth(&path) < depth(known) + 1) {
            manifest = path.parent().map(Path::to_owned);
        }
    }
    Ok(manifest)
}
