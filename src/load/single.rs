//! One table by itself, named on the command line: CSV in any encoding, or a worksheet.

use std::path::Path;

use super::csv;
use super::disk::{Disk, MOST_CSV, shown};
use super::layout::Role;
use super::sheet::Sheet;
use super::workbook::{self, Wanted};
use crate::base::place::{Files, Place};
use crate::diag::{Code, Problem, Problems};

/// A table and the file it was read from.
#[derive(Clone, Debug, Default)]
pub struct Single {
    /// The file, for messages.
    pub files: Files,
    /// Its bytes as they stood on disk.
    pub bytes: Vec<u8>,
    /// The table, if it could be read.
    pub sheet: Option<Sheet>,
    /// What went wrong.
    pub problems: Problems,
}

/// Reads a table by the ending of its name; `worksheet` chooses one of a workbook. `asked` is the argument that names it.
#[must_use]
pub fn table(path: &Path, worksheet: Option<&str>, asked: &Place) -> Single {
    let mut disk = Disk::default();
    let (bytes, sheet) = read(path, worksheet, asked, &mut disk).unwrap_or_default();
    Single { files: disk.files, bytes, sheet, problems: disk.problems }
}

/// Every table of a file: the visible worksheets of a workbook, or a CSV file under an empty name.
#[derive(Clone, Debug, Default)]
pub struct Worksheets {
    /// The file, for messages.
    pub files: Files,
    /// The tables by name.
    pub sheets: Vec<(String, Sheet)>,
    /// What went wrong.
    pub problems: Problems,
}

/// Reads every table of a file.
#[must_use]
pub fn worksheets(path: &Path, asked: &Place) -> Worksheets {
    let mut disk = Disk::default();
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let sheets = if matches!(ending.as_str(), "xlsx" | "xlsm") {
        disk.bytes(path, MOST_CSV, Some(asked)).map_or_else(Vec::new, |bytes| workbook::all(&bytes, &shown(path), asked, &mut disk))
    } else {
        read(path, None, asked, &mut disk).and_then(|(_, sheet)| sheet).map(|sheet| (String::new(), sheet)).into_iter().collect()
    };
    Worksheets { files: disk.files, sheets, problems: disk.problems }
}

fn read(path: &Path, worksheet: Option<&str>, asked: &Place, disk: &mut Disk) -> Option<(Vec<u8>, Option<Sheet>)> {
    let shown = shown(path);
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if !matches!(ending.as_str(), "csv" | "txt" | "tsv" | "xlsx" | "xlsm") && path.is_file() {
        disk.problems.push(Problem::new(Code::E719, asked).with("file", shown));
        return None;
    }
    let bytes = disk.bytes(path, MOST_CSV, Some(asked))?;
    if matches!(ending.as_str(), "xlsx" | "xlsm") {
        let wanted = worksheet.map_or(Wanted::Fitting(Role::Outturns), Wanted::Named);
        let sheet = workbook::read(&bytes, &shown, wanted, asked, disk);
        return Some((bytes, sheet));
    }
    if let Some(name) = worksheet {
        disk.problems.push(Problem::new(Code::E717, asked).with("file", &shown).with("name", name));
    }
    let file = disk.text(shown.clone(), &bytes)?;
    let text = disk.files.get(file)?.text.clone();
    let sheet = csv::parse(&text, file, &shown, &mut disk.problems);
    Some((bytes, sheet))
}
