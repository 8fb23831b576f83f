//! A table of rows as a person keeps it (CSV now), every cell with its place.

use crate::base::place::{FileId, Place};

/// One cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Its text, trimmed.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// A table: one row of headings, then rows of the same width (short rows are filled with empty cells).
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The file.
    pub file: FileId,
    /// Its headings.
    pub headings: Vec<Cell>,
    /// Its rows; blank rows are left out.
    pub rows: Vec<Vec<Cell>>,
}
