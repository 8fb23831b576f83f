//! Tables, row by row: each row is printed in every format asked for and forgotten.

use crate::base::amount::MoneyUnit;
use crate::measure::cell::{Cell, Column, Sheet};

use super::folder::{Folder, Trouble};

/// A format of tables.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// The ending of its files.
    pub ending: &'static str,
    /// Prints what stands before the rows.
    pub head: fn(&[Column], &mut Vec<u8>),
    /// Prints a row.
    pub row: fn(&Line<'_>, &mut Vec<u8>),
    /// Prints what stands after so many rows.
    pub foot: fn(usize, &mut Vec<u8>),
}

/// A row as it is printed.
#[derive(Clone, Copy, Debug)]
pub struct Line<'r> {
    /// How many stand before it.
    pub number: usize,
    /// What its cells are.
    pub columns: &'static [Column],
    /// Its cells, as many as columns.
    pub cells: &'r [Cell<'r>],
    /// The unit of its money.
    pub unit: MoneyUnit,
}

/// Writes a table into the folder, once in each format.
///
/// # Errors
/// What the system says.
pub fn write(sheet: Sheet<'_>, unit: MoneyUnit, forms: &[Form], folder: &mut Folder) -> Result<(), Trouble> {
    let open = |form: &Form| folder.create(&format!("tables/{}.{}", sheet.name, form.ending)).map(|file| (*form, file));
    let mut files = forms.iter().map(open).collect::<Result<Vec<_>, _>>()?;
    for (form, file) in &mut files {
        file.print(|out| (form.head)(sheet.columns, out))?;
    }
    let mut rows = 0;
    for cells in sheet.rows {
        let line = Line { number: rows, columns: sheet.columns, cells: &cells, unit };
        for (form, file) in &mut files {
            file.print(|out| (form.row)(&line, out))?;
        }
        rows += 1;
    }
    for (form, mut file) in files {
        file.print(|out| (form.foot)(rows, out))?;
        folder.close(file)?;
    }
    Ok(())
}
