//! A table of rows as a person keeps it (CSV or a worksheet), every cell with its place.

use std::collections::HashMap;

use super::layout::{Laid, lay};
use crate::base::amount::MoneyUnit;
use crate::base::lang::Words;
use crate::base::place::{FileId, Place};
use crate::diag::{Code, Problem, Problems};

/// More columns than any table of towns or projects has.
pub const MOST_COLUMNS: usize = 1_000;
/// Keeps a hostile file of empty cells from filling the memory.
pub const MOST_CELLS: usize = 4_000_000;
/// More mistakes of one table than anybody mends at once.
const MOST_PROBLEMS: usize = 50;

/// One cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Its text, trimmed.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// A table: one heading a column, then rows of the same width (short rows are filled with empty cells).
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The file.
    pub file: FileId,
    /// The worksheet's name; empty for a CSV file.
    pub name: String,
    /// Its headings.
    pub headings: Vec<Cell>,
    /// What stands over each heading, outermost first.
    pub over: Vec<Vec<String>>,
    /// Its rows; blank rows, totals and notes are left out.
    pub rows: Vec<Vec<Cell>>,
    /// What stands above the headings.
    pub above: Vec<Cell>,
    /// The unit of money said above the headings (`单位：万元`).
    pub unit: Option<MoneyUnit>,
}

impl Sheet {
    /// A table of the rows of a file; `None` when nothing stands in it.
    pub fn of_rows(rows: Vec<Vec<Cell>>, file: FileId, shown: &str, problems: &mut Problems) -> Option<Self> {
        let empty = |problems: &mut Problems| problems.push(Problem::new(Code::E030, &Place::File(file)).with("file", shown));
        let (Some(Laid { mut headings, mut over, mut rows, above, unit }), any) = lay(rows, problems) else {
            empty(problems);
            return None;
        };
        let filled = |rows: &[Vec<Cell>], column: usize| rows.iter().any(|row| row.get(column).is_some_and(|c| !c.text.is_empty()));
        let blank = |headings: &[Cell], rows: &[Vec<Cell>], column: usize| headings[column].text.is_empty() && !filled(rows, column);
        for column in (0..headings.len()).rev().filter(|n| *n < MOST_COLUMNS).collect::<Vec<_>>() {
            if blank(&headings, &rows, column) {
                headings.remove(column);
                over.remove(column);
                rows.iter_mut().filter(|row| column < row.len()).for_each(|row| drop(row.remove(column)));
            }
        }
        if !any || rows.is_empty() {
            empty(problems);
        }
        if headings.len().saturating_mul(rows.len()) > MOST_CELLS {
            problems.push(Problem::new(Code::E036, &Place::File(file)).with("columns", MOST_COLUMNS).with("cells", MOST_CELLS));
            return None;
        }
        check_headings(&headings, &rows, problems);
        square(&mut rows, headings.len(), problems);
        Some(Self { file, name: String::new(), headings, over, rows, above, unit })
    }
}

fn check_headings(headings: &[Cell], rows: &[Vec<Cell>], problems: &mut Problems) {
    let mut seen: HashMap<&str, &Cell> = HashMap::new();
    for (column, heading) in headings.iter().enumerate() {
        if heading.text.is_empty() {
            let used = rows.iter().filter_map(|row| row.get(column)).find(|cell| !cell.text.is_empty());
            if let Some(cell) = used {
                problems.push(Problem::new(Code::E035, &cell.place).with("column", column + 1));
            }
        } else if let Some(first) = seen.insert(&heading.text, heading) {
            let problem = Problem::new(Code::E031, &heading.place).with("heading", &heading.text);
            problems.push(problem.also_in(&first.place, Words::new("第一次", "first time")));
        }
    }
}

/// Gives every row the width of the headings: empty cells are added or taken away, a full one too many is a problem.
fn square(rows: &mut [Vec<Cell>], width: usize, problems: &mut Problems) {
    let mut told = 0;
    for row in rows {
        if let Some(extra) = row.iter().skip(width).find(|cell| !cell.text.is_empty()).filter(|_| told < MOST_PROBLEMS) {
            let filled = row.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |last| last + 1);
            problems.push(Problem::new(Code::E032, &extra.place).with("cells", filled).with("headings", width));
            told += 1;
        }
        row.truncate(width);
        let end = row.last().map_or(Place::Nowhere, |cell| just_after(&cell.place));
        row.resize_with(width, || Cell { text: String::new(), place: end.clone() });
    }
}

fn just_after(place: &Place) -> Place {
    match place {
        Place::Text { file, end, .. } => Place::Text { file: *file, start: *end, end: *end },
        other => other.clone(),
    }
}
