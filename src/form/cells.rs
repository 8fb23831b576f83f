//! Rows of a filled sheet by the columns of the form, every cell checked where it stands.

use super::draft::Evidence;
use super::layout::{Column, FormSheet, Holds, chosen, offered};
use super::questions::GRADES;
use crate::base::amount::MoneyUnit;
use crate::base::lang::Lang;
use crate::base::place::Place;
use crate::base::ratio::Ratio;
use crate::base::when::{YEARS, Year};
use crate::check::{canonical, in_a_cell, of_text, project_heading, split_unit};
use crate::diag::{Code, Problem, Problems};
use crate::load::csv::half_width;
use crate::load::sheet::{Cell, Sheet};
use crate::rules::field::Quantity;

/// A sheet beside the form's description of it.
pub struct Filled<'s> {
    sheet: &'s Sheet,
    form: &'static FormSheet,
    at: Vec<Option<usize>>,
    /// The unit of money without one of its own.
    pub unit: MoneyUnit,
}

impl<'s> Filled<'s> {
    /// Finds the columns by their headings, in either language.
    pub fn of(sheet: &'s Sheet, form: &'static FormSheet, unit: MoneyUnit) -> Self {
        let heads: Vec<String> = sheet.headings.iter().map(|h| split_unit(&h.text).0).collect();
        let alias = |c: &Column, head: &str| canonical(head) == c.key || (form.key == "projects" && project_heading(head) == Some(c.key));
        let called = |c: &Column, head: &str| head == c.words.zh || split_unit(c.words.zh).0 == head || head.eq_ignore_ascii_case(c.words.en) || alias(c, head);
        let at = form.columns.iter().map(|c| heads.iter().position(|head| called(c, head)).or_else(|| sheet.headings.iter().position(|h| h.text == c.words.zh))).collect();
        Self { sheet, form, at, unit: sheet.unit.unwrap_or(unit) }
    }

    /// Its rows.
    pub fn rows(&self) -> impl Iterator<Item = &'s [Cell]> {
        self.sheet.rows.iter().map(Vec::as_slice)
    }

    /// The column of a key.
    pub fn column(&self, key: &str) -> Option<usize> {
        self.form.columns.iter().position(|c| c.key == key).and_then(|n| self.at[n])
    }

    /// A cell with something in it.
    pub fn cell<'r>(&self, row: &'r [Cell], key: &str) -> Option<&'r Cell> {
        self.column(key).and_then(|at| row.get(at)).filter(|c| !c.text.is_empty())
    }

    /// The text of a cell, or nothing.
    pub fn text(&self, row: &[Cell], key: &str) -> String {
        self.cell(row, key).map_or(String::new(), |c| c.text.clone())
    }

    /// Tells of every required cell that is empty; columns of which are missing are told once.
    pub fn required(&self, problems: &mut Problems) -> bool {
        let mut whole = true;
        for (column, at) in self.form.columns.iter().zip(&self.at).filter(|(c, _)| c.required) {
            let Some(at) = at else {
                let known = self.sheet.headings.iter().map(|h| h.text.as_str()).filter(|t| !t.is_empty());
                let problem = Problem::new(Code::E505, &Place::File(self.sheet.file)).with_in("file", self.form.words.zh, self.form.words.en);
                problems.push(problem.with_in("column", column.words.zh, column.words.en).with_list("known", known));
                whole = false;
                continue;
            };
            for cell in self.rows().map(|row| &row[*at]).filter(|c| c.text.is_empty()) {
                problems.push(Problem::new(Code::E782, &cell.place).with_in("item", column.words.zh, column.words.en));
                whole = false;
            }
        }
        whole
    }

    /// The source and grade written in a row.
    pub fn evidence(&self, row: &[Cell], problems: &mut Problems) -> Evidence {
        let grade = self.cell(row, "grade").and_then(|cell| choice(cell, "等级", GRADES, problems));
        Evidence { source: self.text(row, "source"), grade: grade.unwrap_or("").to_owned(), note: String::new() }
    }

    /// A choice of a closed set.
    pub fn choice(&self, row: &[Cell], key: &str, problems: &mut Problems) -> Option<&'static str> {
        let column = self.form.column(key)?;
        let Holds::Choice(choices) = column.holds else { return None };
        choice(self.cell(row, key)?, column.words.zh, choices, problems)
    }

    /// A share or a rate, as it is written in rules: `60%`.
    pub fn share(&self, row: &[Cell], key: &str, problems: &mut Problems) -> Option<String> {
        let column = self.form.column(key)?;
        let quantity = if matches!(column.holds, Holds::Rate) { Quantity::Rate } else { Quantity::Share };
        self.value(row, key, quantity, problems).map(|value| Ratio(value).to_string())
    }

    /// Money, as it is written in rules: `1200万元`.
    pub fn money(&self, row: &[Cell], key: &str, problems: &mut Problems) -> Option<String> {
        let fen = self.value(row, key, Quantity::Money, problems)?;
        Some(format!("{}{}", self.unit.print(fen), self.unit.symbol()))
    }

    /// Money in a unit, as it stands in a table.
    pub fn amount(&self, row: &[Cell], key: &str, unit: MoneyUnit, problems: &mut Problems) -> Option<String> {
        self.value(row, key, Quantity::Money, problems).map(|fen| unit.print(fen))
    }

    /// A number, as it stands in a table.
    pub fn count(&self, row: &[Cell], key: &str, problems: &mut Problems) -> Option<String> {
        self.value(row, key, Quantity::Number, problems)?;
        Some(half_width(&self.cell(row, key)?.text).replace(',', ""))
    }

    /// A year.
    pub fn year(&self, row: &[Cell], key: &str, problems: &mut Problems) -> Option<Year> {
        year(self.cell(row, key)?, problems)
    }

    /// \[分\] The money in a column of the sheet; an empty cell is none.
    pub fn fen_at(&self, row: &[Cell], at: usize, problems: &mut Problems) -> Option<i64> {
        let cell = row.get(at).filter(|c| !c.text.is_empty())?;
        self.read(cell, at, Quantity::Money, problems)
    }

    fn value(&self, row: &[Cell], key: &str, quantity: Quantity, problems: &mut Problems) -> Option<i64> {
        let (cell, at) = (self.cell(row, key)?, self.column(key)?);
        self.read(cell, at, quantity, problems)
    }

    fn read(&self, cell: &Cell, at: usize, quantity: Quantity, problems: &mut Problems) -> Option<i64> {
        let heading = &self.sheet.headings[at].text;
        let unit = split_unit(heading).1.unwrap_or(self.unit);
        of_text(&cell.text, None, quantity, unit, heading, &cell.place).map_err(|problem| problems.push(in_a_cell(problem))).ok()
    }
}

/// A year in a cell: `2024`, `2024年`, a date.
pub fn year(cell: &Cell, problems: &mut Problems) -> Option<Year> {
    let plain = half_width(&cell.text);
    let found = plain.get(..4).and_then(|digits| digits.parse().ok()).filter(|y| YEARS.contains(y));
    let rest = plain.get(4..).unwrap_or("?");
    let found = found.filter(|_| rest.is_empty() || rest.starts_with(['年', '-', '/', '.']));
    if found.is_none() {
        problems.push(Problem::new(Code::E206, &cell.place).with("text", &cell.text));
    }
    found
}

/// What a cell chooses of a closed set.
pub fn choice(cell: &Cell, what: &str, choices: &'static [(crate::base::lang::Words, &'static str)], problems: &mut Problems) -> Option<&'static str> {
    let found = chosen(choices, &cell.text);
    if found.is_none() {
        let near = crate::diag::nearest(&cell.text, offered(choices, Lang::Zh));
        let problem = Problem::new(Code::E783, &cell.place).with("item", what).with("text", &cell.text).with_some("nearest", near);
        problems.push(problem.with_in("known", offered(choices, Lang::Zh).join("、"), offered(choices, Lang::En).join(", ")));
    }
    found
}
