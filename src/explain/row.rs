//! Rows of tables as people point at them: by the line of the file, or by what stands in the row.

use super::cell::{Asked, Told};
use super::item::{Wrong, cell_wrong};
use super::{Explainer, Key};
use crate::base::lang::Lang;
use crate::base::when::Year;
use crate::diag::Code;
use crate::measure::cell::{Cell, Column, Line, Row, Sheet};
use crate::measure::{Run, tables};

/// Rows that are told at most at a time.
pub const MOST_ROWS: usize = 20;

/// Which cells of a table are asked for: `TABLE.csv:COLUMN`, `TABLE.csv:ROW` or `TABLE.csv:ROW:COLUMN`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// The table, without its ending.
    pub table: String,
    /// The row: the number of its line with the heading as line 1, or texts that stand in it, with commas between.
    pub row: Option<String>,
    /// The column, by its key or heading.
    pub column: Option<String>,
}

/// What rows are looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Narrow<'a> {
    /// Of a town, as `county/name`.
    pub town: Option<&'a str>,
    /// Of a year.
    pub year: Option<Year>,
}

/// A cell that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The line of its row in the file.
    pub line: usize,
    /// What can be told of it.
    pub told: Told,
}

fn is_of(column: &Column, text: &str) -> bool {
    column.key == text || column.words.zh == text || column.words.en == text
}

impl Pointer {
    /// From text, for the tables of a run.
    ///
    /// # Errors
    /// E744 for a table there is not, or a text that names no cell.
    pub fn parse(text: &str, run: &Run, lang: Lang) -> Result<Self, Wrong> {
        let mut parts = text.splitn(3, ':').map(str::trim);
        let table = parts.next().unwrap_or_default();
        let stem = ["csv", "json", "xlsx"].iter().find_map(|e| table.strip_suffix(e)?.strip_suffix('.')).unwrap_or(table).to_owned();
        let views = run.town_views();
        let all = tables::all(run, &views);
        let Some(sheet) = all.iter().find(|sheet| sheet.name == stem) else {
            let names: Vec<String> = all.iter().map(|sheet| format!("{}.csv", sheet.name)).collect();
            return Err(cell_wrong(text, table, names.iter().map(String::as_str).collect(), lang));
        };
        let (first, second) = (parts.next().filter(|p| !p.is_empty()), parts.next().filter(|p| !p.is_empty()));
        let is_column = |text: &str| sheet.columns.iter().any(|c| is_of(c, text));
        match (first, second) {
            (None, _) => Err(cell_wrong(text, "", sheet.columns.iter().map(|c| c.key).collect(), lang)),
            (Some(column), None) if is_column(column) => Ok(Self { table: stem, row: None, column: Some(column.to_owned()) }),
            (Some(row), None) => Ok(Self { table: stem, row: Some(row.to_owned()), column: None }),
            (Some(row), Some(column)) if is_column(column) => Ok(Self { table: stem, row: Some(row.to_owned()), column: Some(column.to_owned()) }),
            (Some(_), Some(column)) => Err(cell_wrong(text, column, sheet.columns.iter().map(|c| c.key).collect(), lang)),
        }
    }

    fn has(&self, line: usize, row: &Row<'_>) -> bool {
        let Some(wanted) = &self.row else { return true };
        if let Ok(number) = wanted.parse::<usize>() {
            return number == line;
        }
        let is = |cell: &Cell<'_>, part: &str| match cell {
            Cell::Key(text) | Cell::Text(text) => text == part || text.trim_start_matches('　').trim_start_matches("其中：") == part,
            Cell::Year(year) => part.parse() == Ok(*year),
            _ => false,
        };
        wanted.split([',', '，']).map(str::trim).all(|part| row.iter().any(|cell| is(cell, part)))
    }
}

impl Narrow<'_> {
    fn has(&self, line: &Line<'_, '_>) -> bool {
        let of_town = |id: &str| match (line.text("town_id"), line.text("county")) {
            (Some(town), _) => town == id,
            (None, Some(county)) => id.split('/').next() == Some(county),
            (None, None) => true,
        };
        self.town.is_none_or(of_town) && self.year.is_none_or(|year| line.year("year").is_none_or(|of| of == year))
    }
}

impl Explainer<'_> {
    /// The cells that are pointed at, in the order of the file.
    ///
    /// # Errors
    /// E744 where no row or no number is found, E746 where more rows are found than are told.
    pub fn rows(&self, pointer: &Pointer, narrow: Narrow<'_>, lang: Lang) -> Result<Vec<Found>, Wrong> {
        let (mut found, mut count, mut known) = (Vec::new(), 0, Vec::new());
        self.scan(&pointer.table, |line, name, columns, row| {
            if !narrow.has(&Line { columns, row }) || !pointer.has(line, row) {
                return;
            }
            count += 1;
            for (at, column) in columns.iter().enumerate().filter(|_| count <= MOST_ROWS) {
                let Some(told) = self.told(name, columns, row, at) else { continue };
                known.push(column.key);
                if pointer.column.as_ref().is_none_or(|wanted| is_of(column, wanted)) {
                    found.push(Found { line, told });
                }
            }
        });
        let asked = [Some(format!("{}.csv", pointer.table)), pointer.row.clone(), pointer.column.clone()].into_iter().flatten().collect::<Vec<_>>().join(":");
        if count > MOST_ROWS {
            return Err((Code::E746, vec![("cell", asked), ("count", count.to_string()), ("most", MOST_ROWS.to_string())]));
        }
        if found.is_empty() {
            known.sort_unstable();
            known.dedup();
            return Err(cell_wrong(&asked, pointer.column.as_deref().unwrap_or_default(), known, lang));
        }
        Ok(found)
    }

    /// Every row of a table with the line it stands in.
    fn scan(&self, table: &str, mut each: impl FnMut(usize, &'static str, &'static [Column], &Row<'_>)) {
        let views = self.run.town_views();
        if let Some(Sheet { name, columns, rows }) = tables::all(self.run, &views).into_iter().find(|sheet| sheet.name == table) {
            rows.enumerate().for_each(|(n, row)| each(n + 2, name, columns, &row));
        }
    }

    /// The same cell in the tables of another run: of the same town and year, about the same.
    #[must_use]
    pub fn same_cell(&self, key: Key, other: &mut Explainer<'_>) -> Option<Key> {
        let Key::Cell(n) = key else {
            return self.counterpart_column(key, other);
        };
        let (table, column, wanted) = (self.cells[n].table, self.cells[n].column.key, self.identity(key));
        let mut found = None;
        other.scan(table, |_, name, columns, row| {
            let at = columns.iter().position(|c| c.key == column).filter(|_| found.is_none());
            if let Some(Told::Row(asked)) = at.and_then(|at| other.told(name, columns, row, at))
                && other.identity_of_cell(&asked) == wanted
            {
                found = Some(Told::Row(asked));
            }
        });
        found.map(|told| other.ask(told))
    }

    fn counterpart_column(&self, key: Key, other: &Explainer<'_>) -> Option<Key> {
        let Key::Column(table, column, year, _) = key else { return None };
        let year = match self.year_of(key) {
            Some(year) => other.year(self.run.year(year)).ok()?,
            None => year,
        };
        let places = 0..other.run.compiled.towns.len().max(other.run.compiled.counties.len());
        let wanted = self.identity(key);
        places.map(|place| Key::Column(table, column, year, place)).find(|theirs| other.identity(*theirs) == wanted)
    }

    pub(super) fn asked(&self, n: usize) -> &Asked {
        &self.cells[n]
    }

    /// The column of a figure of a table.
    pub(super) fn column_of(&self, key: Key) -> Option<&'static Column> {
        match key {
            Key::Cell(n) => Some(self.cells[n].column),
            Key::Column(table, column, ..) => super::item::TABLES.iter().find(|(name, _)| *name == table)?.1.iter().find(|c| c.key == column),
            _ => None,
        }
    }

    /// A cell by its table, its column and what its row is about.
    pub(super) fn path_of_cell(&self, n: usize) -> String {
        self.cells[n].path()
    }
}

impl Asked {
    /// Its table, what its row is about, its column.
    #[must_use]
    pub fn path(&self) -> String {
        let of = self.of.map_or(String::new(), |words| format!("/{}", words.en));
        format!("{}.csv:{}{of}:{}", self.table, self.about, self.column.key)
    }
}
