//! An Excel workbook as a file: whether it is one, what it unpacks to, its worksheets, and which of them is meant.

use std::io::{self, Cursor, Read};

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::disk::Disk;
use super::layout::Role;
use super::sheet::{MOST_CELLS, MOST_COLUMNS, Sheet};
use super::xlsx::{self, Grid};
use crate::base::place::Place;
use crate::diag::{Code, Problem, nearest};

/// A workbook within the limit of a table may hold this much once unpacked; a zip bomb holds more.
const MOST_UNPACKED: u64 = 256 << 20;
/// Worksheets looked through for the headings wanted; nobody keeps a table behind so many.
const MOST_SHEETS: usize = 64;
/// How .xls, .et and encrypted workbooks begin.
const OLD_CONTAINER: &[u8] = b"\xD0\xCF\x11\xE0";

/// Which worksheet is meant.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'w> {
    /// The one of this name, hidden or not.
    Named(&'w str),
    /// The visible one whose headings fit; the first visible one where none does.
    Fitting(Role),
}

/// A workbook that was opened.
pub struct Book<'b> {
    book: Xlsx<Cursor<&'b [u8]>>,
    bytes: &'b [u8],
    shown: &'b str,
    /// The place that names the file.
    asked: &'b Place,
    /// Name of each worksheet, and whether it is visible.
    sheets: Vec<(String, bool)>,
}

/// The worksheet meant; problems at `asked`, the place that names the file.
pub fn read(bytes: &[u8], shown: &str, wanted: Wanted<'_>, asked: &Place, disk: &mut Disk) -> Option<Sheet> {
    guarded(asked, shown, disk, |disk| {
        let mut book = Book::open(bytes, shown, asked)?;
        let name = book.choose(wanted)?;
        book.sheet(&name, disk)
    })
    .flatten()
}

/// Every visible worksheet with something in it, by name.
pub fn all(bytes: &[u8], shown: &str, asked: &Place, disk: &mut Disk) -> Vec<(String, Sheet)> {
    let read = guarded(asked, shown, disk, |disk| {
        let mut book = Book::open(bytes, shown, asked)?;
        let mut found = Vec::new();
        for name in book.visible() {
            let grid = book.grid(&name)?;
            if !grid.is_blank() {
                found.extend(book.laid(&grid, &name, disk).map(|sheet| (name, sheet)));
            }
        }
        Ok(found)
    });
    read.unwrap_or_default()
}

/// The reader of workbooks overflows on cell names no spreadsheet writes; that is a damaged workbook like any other.
fn guarded<T>(asked: &Place, shown: &str, disk: &mut Disk, work: impl FnOnce(&mut Disk) -> Result<T, Problem>) -> Option<T> {
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(disk)));
    match done.unwrap_or_else(|_| Err(damaged(asked, "?"))) {
        Ok(found) => Some(found),
        Err(problem) => {
            disk.problems.push(problem.with("file", shown));
            None
        }
    }
}

impl<'b> Book<'b> {
    fn open(bytes: &'b [u8], shown: &'b str, asked: &'b Place) -> Result<Self, Problem> {
        if let Some(problem) = other_kind(bytes, asked) {
            return Err(problem);
        }
        let zip = |e| damaged(asked, XlsxError::Zip(e));
        if unpacked(bytes).map_err(zip)? > MOST_UNPACKED {
            return Err(Problem::new(Code::E003, asked).with("limit", MOST_UNPACKED >> 20));
        }
        let book = Xlsx::new(Cursor::new(bytes)).map_err(|e| damaged(asked, e))?;
        let sheets = book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet);
        let sheets = sheets.map(|s| (s.name.clone(), s.visible == SheetVisible::Visible)).collect();
        Ok(Self { book, bytes, shown, asked, sheets })
    }

    /// The names of what a person sees; of a workbook with nothing visible all there are.
    fn visible(&self) -> Vec<String> {
        let any = self.sheets.iter().any(|(_, visible)| *visible);
        self.sheets.iter().filter(|(_, visible)| *visible || !any).map(|(name, _)| name.clone()).take(MOST_SHEETS).collect()
    }

    fn choose(&mut self, wanted: Wanted<'_>) -> Result<String, Problem> {
        let names: Vec<String> = self.sheets.iter().map(|(name, _)| name.clone()).collect();
        let role = match wanted {
            Wanted::Named(name) if names.iter().any(|n| n == name) => return Ok(name.to_owned()),
            Wanted::Named(name) => return Err(self.missing(name, &names)),
            Wanted::Fitting(role) => role,
        };
        let visible = self.visible();
        if let [one] = &visible[..] {
            return Ok(one.clone());
        }
        let mut fitting = Vec::new();
        for name in &visible {
            let grid = self.grid(name)?;
            if role.fits(&grid.headings()) {
                fitting.push(name.clone());
            }
        }
        match &fitting[..] {
            [_, _, ..] if role.is_one() => Err(Problem::new(Code::E771, self.asked).with_list("found", &fitting).with("example", &fitting[0])),
            [first, ..] => Ok(first.clone()),
            [] => visible.first().cloned().ok_or_else(|| self.missing("", &names)),
        }
    }

    fn missing(&self, name: &str, names: &[String]) -> Problem {
        let near = nearest(name, names.iter().map(String::as_str));
        let missing = Problem::new(Code::E717, self.asked).with("name", name).with_some("nearest", near);
        if names.is_empty() { missing } else { missing.with_list("found", names) }
    }

    fn grid(&mut self, name: &str) -> Result<Grid, Problem> {
        let refused = |e| damaged(self.asked, e);
        let too_large = || Problem::new(Code::E036, self.asked).with("columns", MOST_COLUMNS).with("cells", MOST_CELLS);
        let mut grid = xlsx::cells(&mut self.book, name).map_err(refused)?.ok_or_else(too_large)?;
        let merged = self.book.merge_cells_by_sheet_name(name).map_err(refused)?;
        if grid.fill(&merged) { Ok(grid) } else { Err(too_large()) }
    }

    fn sheet(&mut self, name: &str, disk: &mut Disk) -> Result<Option<Sheet>, Problem> {
        let grid = self.grid(name)?;
        Ok(self.laid(&grid, name, disk))
    }

    /// The cells of a worksheet as a table.
    fn laid(&self, grid: &Grid, name: &str, disk: &mut Disk) -> Option<Sheet> {
        let sheet = grid.sheet(&format!("{}:{name}", self.shown), self.bytes, self.shown, disk);
        sheet.map(|sheet| Sheet { name: name.to_owned(), ..sheet })
    }
}

fn damaged(asked: &Place, error: impl std::fmt::Display) -> Problem {
    Problem::new(Code::E718, asked).with_in("reason", format!("工作簿损坏（{error}）"), format!("the workbook is damaged ({error})"))
}

/// What a file is that only bears the name of a workbook.
fn other_kind(bytes: &[u8], asked: &Place) -> Option<Problem> {
    let other = |zh: &str, en: &str| Some(Problem::new(Code::E775, asked).with_in("kind", zh, en));
    if bytes.starts_with(OLD_CONTAINER) {
        // The names of streams stand in UTF-16: an encrypted workbook has one for what is locked.
        let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_locked = bytes.windows(locked.len()).any(|w| w == locked);
        return if is_locked { Some(Problem::new(Code::E776, asked)) } else { other("旧版 Excel 的 .xls 或 WPS 的 .et", "an old Excel .xls or a WPS .et") };
    }
    let start: Vec<u8> = bytes.iter().take(4_096).copied().collect();
    let has = |text: &str| start.windows(text.len()).any(|w| w.eq_ignore_ascii_case(text.as_bytes()));
    match () {
        () if bytes.is_empty() => other("空文件", "an empty file"),
        () if bytes.starts_with(b"%PDF") => other("PDF", "a PDF"),
        () if bytes.starts_with(b"PK") && has("opendocument.spreadsheet") => other("LibreOffice 的 .ods", "a LibreOffice .ods"),
        () if bytes.starts_with(b"PK") => None,
        () if has("<html") || has("<table") => other("网页（系统导出的“假 Excel”）", "a web page that a system exported under the name of a workbook"),
        () if has("<?xml") && has("urn:schemas-microsoft-com:office:spreadsheet") => other("XML 表格 2003", "an XML Spreadsheet 2003"),
        () if !start.contains(&0) => other("文本（多半是 CSV）", "text, most likely CSV"),
        () => None,
    }
}

/// How large the workbook is once unpacked, counted rather than believed; stops soon after the limit.
fn unpacked(bytes: &[u8]) -> Result<u64, zip::result::ZipError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut total = 0;
    for n in 0..archive.len() {
        let entry = archive.by_index(n)?;
        total += io::copy(&mut entry.take(MOST_UNPACKED + 1 - total), &mut io::sink())?;
        if total > MOST_UNPACKED {
            break;
        }
    }
    Ok(total)
}
