//! A worksheet of an Excel workbook to [`Sheet`], every cell with its name (`Sheet1!D17`).
//!
//! The sheet is kept as text, one line a row, cells apart by tabs, so that messages can show the row a cell stands in.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{self, Cursor, Read};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::disk::{Disk, digest};
use super::sheet::{Cell, MOST_CELLS, MOST_COLUMNS, Sheet};
use crate::base::place::{Place, SourceFile};
use crate::diag::{Code, Problem, nearest};

/// A workbook within the limit of a table may hold this much once unpacked; a zip bomb holds more.
const MOST_UNPACKED: u64 = 256 << 20;
/// The rows a worksheet has.
const MOST_ROWS: u32 = 1 << 20;
/// How .xls and encrypted workbooks begin.
const OLD_CONTAINER: &[u8] = b"\xD0\xCF\x11\xE0";
/// Decimal places kept of a number; money needs ten at most.
const MOST_PLACES: usize = 12;

/// The worksheet called `wanted`, or the first one that is not hidden. `asked` is the place that names the file.
pub fn read(bytes: &[u8], shown: &str, wanted: Option<&str>, asked: &Place, disk: &mut Disk) -> Option<Sheet> {
    // The reader overflows on cell names no spreadsheet writes; that is a damaged workbook like any other.
    let opened = std::panic::catch_unwind(|| open(bytes, shown, wanted, asked));
    match opened.unwrap_or_else(|_| Err(damaged(asked, "?"))) {
        Ok((name, grid)) => sheet(&name, &grid, bytes, shown, disk),
        Err(problem) => {
            disk.problems.push(problem.with("file", shown));
            None
        }
    }
}

/// Texts by row and column, both from 0.
type Grid = BTreeMap<u32, Vec<String>>;

fn open(bytes: &[u8], shown: &str, wanted: Option<&str>, asked: &Place) -> Result<(String, Grid), Problem> {
    let problem = |code| Problem::new(code, asked);
    let too_large = || problem(Code::E036).with("columns", MOST_COLUMNS).with("cells", MOST_CELLS);
    let refused = |error: &XlsxError| damaged(asked, error);
    if bytes.starts_with(OLD_CONTAINER) {
        return Err(problem(Code::E718).with_in("reason", "是旧版 .xls，或设了打开密码", "it is an old .xls, or protected by a password"));
    }
    if unpacked(bytes).map_err(|e| refused(&XlsxError::Zip(e)))? > MOST_UNPACKED {
        return Err(problem(Code::E003).with("limit", MOST_UNPACKED >> 20));
    }
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| refused(&e))?;
    let sheets: Vec<_> = book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet).cloned().collect();
    let found = match wanted {
        Some(name) => sheets.iter().find(|s| s.name == name),
        None => sheets.iter().find(|s| s.visible == SheetVisible::Visible).or(sheets.first()),
    };
    let Some(name) = found.map(|s| s.name.clone()) else {
        let names: Vec<&str> = sheets.iter().map(|s| s.name.as_str()).collect();
        let near = nearest(wanted.unwrap_or(""), names.iter().copied());
        let missing = problem(Code::E717).with("name", wanted.unwrap_or("")).with_some("nearest", near);
        return Err(if names.is_empty() { missing } else { missing.with_list("found", names) });
    };
    let mut grid = cells(&mut book, &name).map_err(|e| refused(&e))?.ok_or_else(too_large)?;
    let merged = book.merge_cells_by_sheet_name(&name).map_err(|e| refused(&e))?;
    for area in merged.iter().filter(|a| a.start.1 == a.end.1 && a.start.0 <= a.end.0) {
        fill_down(&mut grid, area.start, area.end.0);
    }
    if grid.len().saturating_mul(width(&grid)) > MOST_CELLS {
        return Err(too_large());
    }
    Ok((format!("{shown}:{name}"), grid))
}

fn damaged(asked: &Place, error: impl std::fmt::Display) -> Problem {
    Problem::new(Code::E718, asked).with_in("reason", format!("工作簿损坏（{error}）"), format!("the workbook is damaged ({error})"))
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

/// Every cell with text; `None` when there are too many.
fn cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Option<Grid>, XlsxError> {
    let mut grid = Grid::new();
    let mut count = 0;
    let mut reader = book.worksheet_cells_reader(name)?;
    while let Some(cell) = reader.next_cell()? {
        let text = text(cell.get_value());
        let (row, column) = cell.get_position();
        let column = column as usize;
        if text.is_empty() {
            continue;
        }
        let cells = grid.entry(row).or_default();
        count += (column + 1).saturating_sub(cells.len());
        if column >= MOST_COLUMNS || row >= MOST_ROWS || count > MOST_CELLS {
            return Ok(None);
        }
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
    }
    Ok(Some(grid))
}

/// A town's name merged over its years stands in the first cell only; a reader sees it in each.
fn fill_down(grid: &mut Grid, (top, column): (u32, u32), bottom: u32) {
    let column = column as usize;
    let Some(text) = grid.get(&top).and_then(|row| row.get(column)).cloned() else { return };
    for (_, row) in grid.range_mut(top..=bottom).skip(1) {
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        row[column].clone_from(&text);
    }
}

/// What a cell shows, on one line.
fn text(value: &DataRef<'_>) -> String {
    let text = match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string().to_uppercase(),
        DataRef::DateTime(time) => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    };
    text.replace(['\t', '\r', '\n'], " ").trim().to_owned()
}

/// A number as a spreadsheet shows it: 15 digits, so that 0.1 + 0.2 is 0.3.
fn number_text(number: f64) -> String {
    let exponent: i32 = format!("{number:e}").rsplit_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    let places = usize::try_from(14 - exponent).unwrap_or(0).min(MOST_PLACES);
    let text = format!("{number:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn width(grid: &Grid) -> usize {
    grid.values().map(Vec::len).max().unwrap_or(0)
}

/// The text of the sheet and its cells with their places in it.
fn sheet(shown: &str, grid: &Grid, bytes: &[u8], file_shown: &str, disk: &mut Disk) -> Option<Sheet> {
    // The headings may be shorter than a row: its cells then stand under no heading, which is told as that.
    let width = width(grid);
    let (mut lines, mut spans) = (String::new(), Vec::new());
    for row in 0..grid.keys().next_back().map_or(0, |last| last + 1) {
        let mut cells = Vec::new();
        for column in 0..grid.get(&row).map_or(0, |_| width) {
            let text = grid[&row].get(column).map_or("", String::as_str);
            let start = lines.len();
            let _ = write!(lines, "{text}\t");
            cells.push((text.to_owned(), start..start + text.len()));
        }
        lines.push('\n');
        if !cells.is_empty() {
            spans.push(cells);
        }
    }
    let file = disk.files.add(SourceFile { shown: shown.to_owned(), text: lines.into(), is_grid: true, digest: digest(bytes), raw: Some(bytes.into()) });
    let cell = |(text, span): (String, std::ops::Range<usize>)| Cell { text, place: Place::Text { file, start: span.start, end: span.end } };
    let rows = spans.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
    Sheet::of_rows(rows, file, file_shown, &mut disk.problems)
}

#[cfg(test)]
mod tests {
    use super::number_text;

    #[test]
    fn numbers_are_written_as_the_spreadsheet_shows_them() {
        for (number, text) in [(1848.0, "1848"), (0.1 + 0.2, "0.3"), (-417.5, "-417.5"), (7472.0 * 0.247, "1845.584"), (1e14, "100000000000000"), (0.0, "0"), (-0.0, "0")] {
            assert_eq!(number_text(number), text);
        }
        assert_eq!(number_text(1.0 / 3.0), "0.333333333333");
        assert_eq!((number_text(1e300).len(), number_text(1e-300), number_text(f64::NAN)), (301, "0".to_owned(), "NaN".to_owned()));
    }
}
