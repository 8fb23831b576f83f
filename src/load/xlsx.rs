//! A worksheet to [`Sheet`], every cell with its name (`Sheet1!D17`).
//!
//! The sheet is kept as text, one line a row, cells apart by tabs, so that messages can show the row a cell stands in.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Cursor;
use std::ops::Range;

use calamine::{DataRef, Dimensions, Xlsx, XlsxError};

use super::disk::{Disk, digest};
use super::layout::{self, MOST_ABOVE};
use super::sheet::{Cell, MOST_CELLS, MOST_COLUMNS, Sheet};
use crate::base::place::{FileId, Place, SourceFile};
use crate::diag::{Code, Problem, Problems};

/// The rows a worksheet has.
const MOST_ROWS: u32 = 1 << 20;
/// Decimal places kept of a number; money needs ten at most.
const MOST_PLACES: usize = 12;
/// More bad cells than anybody mends at once.
const MOST_FLAWS: usize = 50;

/// The texts of a worksheet by row and column, both from 0, and the cells that hold none.
#[derive(Debug, Default)]
pub struct Grid {
    rows: BTreeMap<u32, Vec<String>>,
    flaws: Vec<(u32, u32, Code)>,
}

/// Every cell with text; `None` when there are too many.
pub fn cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Option<Grid>, XlsxError> {
    let mut grid = Grid::default();
    let mut count = 0;
    let mut reader = book.worksheet_cells_reader(name)?;
    while let Some(cell) = reader.next_cell_with_formula_metadata()? {
        let (row, column) = cell.pos;
        let (at, text) = (column as usize, text(&cell.value));
        let flaw = match cell.value {
            DataRef::Error(_) => Some(Code::E772),
            // A formula that gives an empty text has that text for its value; one never computed has nothing.
            DataRef::Empty if cell.formula.is_some() => Some(Code::E773),
            _ => None,
        };
        if let Some(code) = flaw.filter(|_| grid.flaws.len() < MOST_FLAWS) {
            grid.flaws.push((row, column, code));
        }
        if text.is_empty() && flaw.is_none() {
            continue;
        }
        let cells = grid.rows.entry(row).or_default();
        count += (at + 1).saturating_sub(cells.len());
        if at >= MOST_COLUMNS || row >= MOST_ROWS || count > MOST_CELLS {
            return Ok(None);
        }
        if cells.len() <= at {
            cells.resize(at + 1, String::new());
        }
        cells[at] = text;
    }
    Ok(Some(grid))
}

impl Grid {
    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.rows.values().flatten().all(String::is_empty)
    }

    /// Writes the text of merged areas into each of their cells: a town's name over its rows, a heading over its columns.
    /// `false` when that would fill the memory.
    pub fn fill(&mut self, merged: &[Dimensions]) -> bool {
        let mut filled = 0;
        for area in merged {
            let ((top, left), (bottom, right)) = (area.start, area.end);
            let Some(text) = self.rows.get(&top).and_then(|row| row.get(left as usize)).filter(|t| !t.is_empty()).cloned() else { continue };
            // A number over several columns is still one number; below the headings only names go on, and only downward.
            let headings = (top as usize) < MOST_ABOVE && super::csv::number(&text).is_none();
            let right = if headings { (right as usize).min(MOST_COLUMNS - 1) } else { left as usize };
            if !headings && area.start.1 != area.end.1 {
                continue;
            }
            for (_, row) in self.rows.range_mut(top..=bottom.max(top)) {
                if row.len() <= right {
                    row.resize(right + 1, String::new());
                }
                row[left as usize..=right].iter_mut().for_each(|cell| cell.clone_from(&text));
                filled += right + 1 - left as usize;
                if filled > MOST_CELLS {
                    return false;
                }
            }
        }
        self.rows.len().saturating_mul(self.width()) <= MOST_CELLS
    }

    /// The headings, as they would be read.
    pub fn headings(&self) -> Vec<String> {
        let cell = |text: &String| Cell { text: text.clone(), place: Place::Nowhere };
        let top: Vec<Vec<Cell>> = self.rows.values().take(MOST_ABOVE + 1).map(|row| row.iter().map(cell).collect()).collect();
        let (laid, _) = layout::lay(top, &mut Problems::default());
        laid.map_or_else(Vec::new, |laid| laid.headings.into_iter().map(|c| c.text).collect())
    }

    fn width(&self) -> usize {
        self.rows.values().map(Vec::len).max().unwrap_or(0)
    }

    /// The text of the sheet and its cells with their places in it.
    pub fn sheet(&self, shown: &str, bytes: &[u8], file_shown: &str, disk: &mut Disk) -> Option<Sheet> {
        // The headings may be shorter than a row: its cells then stand under no heading, which is told as that.
        let width = self.width();
        let (mut lines, mut rows) = (String::new(), Vec::new());
        let mut flawed: Vec<(Range<usize>, String, Code)> = Vec::new();
        for row in 0..self.rows.keys().next_back().map_or(0, |last| last + 1) {
            let mut cells = Vec::new();
            for column in 0..self.rows.get(&row).map_or(0, |_| width) {
                let text = self.rows[&row].get(column).map_or("", String::as_str);
                let start = lines.len();
                let _ = write!(lines, "{text}\t");
                let span = start..start + text.len();
                if let Some((.., code)) = self.flaws.iter().find(|(r, c, _)| (*r, *c as usize) == (row, column)) {
                    flawed.push((span.clone(), text.to_owned(), *code));
                }
                cells.push((text.to_owned(), span));
            }
            lines.push('\n');
            if !cells.is_empty() {
                rows.push(cells);
            }
        }
        let file = disk.files.add(SourceFile { shown: shown.to_owned(), text: lines.into(), is_grid: true, digest: digest(bytes), raw: Some(bytes.into()) });
        tell(flawed, file, &mut disk.problems);
        let cell = |(text, span): (String, Range<usize>)| Cell { text, place: place(file, &span) };
        let rows = rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
        Sheet::of_rows(rows, file, file_shown, &mut disk.problems)
    }
}

fn place(file: FileId, span: &Range<usize>) -> Place {
    Place::Text { file, start: span.start, end: span.end }
}

/// Cells without a value are told wherever they stand: what rests on them cannot be trusted either.
fn tell(flawed: Vec<(Range<usize>, String, Code)>, file: FileId, problems: &mut Problems) {
    for (span, text, code) in flawed {
        problems.push(Problem::new(code, &place(file, &span)).with("text", text));
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
