//! Observed outturns 决算数: a table somebody kept becomes figures that can be compared. All problems are found in one go.
//!
//! Long form: one figure a row (镇, 年份, 项目, 数额). Wide form: one town and year a row, one column an item. And what
//! treasury and tax offices export ([`collected`]): by town and tax, with titles, months and sums to date.

pub mod collected;
mod headings;
mod names;
mod offices;
mod replay;
mod rolling;
mod row;

use std::collections::HashMap;

use crate::base::{lang::Words, place::Place};
use crate::diag::{Code, Problem, Problems};
use crate::load::sheet::Sheet;
use crate::measure::backtest::{Compared, Figures, Observed, Scope};
use headings::Headings;
pub use replay::Replay;
pub use rolling::Estimates;
use row::Reader;

/// A figure that was read, and where it stands.
struct Found {
    observed: Observed,
    place: Place,
}

/// Reads a table against a run; what lies outside the horizon is told and left out.
#[must_use]
pub fn check(table: Table<'_>, figures: &Figures<'_>, problems: &mut Problems) -> Vec<Compared> {
    compared(table, false, figures, problems).into_iter().map(|(compared, _)| compared).collect()
}

/// A table of outturns as it was read.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    /// Its cells.
    pub sheet: &'a Sheet,
    /// How its file is shown.
    pub shown: &'a str,
    /// The scope asked for where the table itself says none.
    pub scope: Option<Scope>,
}

/// The same, each with its place; with `gross` local parts of an office's table are converted.
fn compared(table: Table<'_>, gross: bool, figures: &Figures<'_>, problems: &mut Problems) -> Vec<(Compared, Place)> {
    let Table { sheet, shown, scope } = table;
    let found: Vec<Found> = if offices::is_one(sheet, figures.run()) {
        offices::figures(sheet, scope, gross, figures, problems)
    } else {
        let Some(headings) = Headings::read(sheet, shown, figures.run(), problems) else { return Vec::new() };
        let scope = collected::scope_of_title(sheet).or(scope);
        let mut reader = Reader { headings: &headings, scope, figures, problems };
        sheet.rows.iter().flat_map(|row| reader.row(row)).collect()
    };
    refuse_twice(&found, figures, problems);
    let compared: Vec<(Compared, Place)> = found.into_iter().filter_map(|f| beside(f, figures, problems)).collect();
    if compared.is_empty() && !problems.has_errors() {
        let scenario = &figures.run().scenario;
        let problem = Problem::new(Code::E715, &Place::File(sheet.file)).with("first", scenario.first_year).with("last", scenario.last_year);
        problems.push(problem.with("towns", scenario.towns.len()));
    }
    compared
}

fn refuse_twice(found: &[Found], figures: &Figures<'_>, problems: &mut Problems) {
    let run = figures.run();
    let mut seen: HashMap<_, &Place> = HashMap::new();
    for Found { observed, place } in found {
        let key = (observed.who, observed.year, observed.item.id(&run.scenario), observed.item.scope);
        if let Some(first) = seen.get(&key) {
            let problem = row::about(Code::E714, place, observed, run).with("year", observed.year);
            problems.push(problem.also_in(first, Words::new("第一次", "first time")));
        } else {
            seen.insert(key, place);
        }
    }
}

/// The observed figure with the projected one; says why when there is none.
fn beside(found: Found, figures: &Figures<'_>, problems: &mut Problems) -> Option<(Compared, Place)> {
    let Found { observed, place } = found;
    let scenario = &figures.run().scenario;
    if !(scenario.first_year..=scenario.last_year).contains(&observed.year) {
        let problem = Problem::new(Code::W711, &place).with("year", observed.year);
        problems.push(problem.with("first", scenario.first_year).with("last", scenario.last_year));
        return None;
    }
    match figures.at(observed.who, observed.year, observed.item) {
        Some(projected) => Some((Compared { observed, projected }, place)),
        None => {
            problems.push(row::about(Code::W713, &place, &observed, figures.run()));
            None
        }
    }
}
