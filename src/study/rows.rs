//! The rows of a sweep as they are written: one a point, and town by town where asked.

use super::figures::{Figures, TownFigures};
use super::measure::{Figure, Measure, Unit};
use super::subject::Failed;
use super::value::Target;
use crate::base::{amount::MoneyUnit, decimal};
use crate::measure::cell::Cell;

/// What a row is made of.
#[derive(Clone, Debug)]
pub struct Rows {
    /// The numbers of a point.
    pub targets: Vec<Target>,
    /// The columns of the inputs, one a number.
    pub inputs: Vec<String>,
    /// How many of the numbers, from the first, are those of levers crossed with draws.
    pub mixed: usize,
    /// The measures kept.
    pub measures: Vec<&'static Measure>,
    /// The unit of money.
    pub unit: MoneyUnit,
    /// The ids and names of the towns, in the order of the plan, as fields of CSV.
    pub towns: Vec<(String, String)>,
}

/// A point: its number, its values, what came of it.
#[derive(Clone, Copy, Debug)]
pub struct Point<'p> {
    /// Its number, from 0.
    pub number: u64,
    /// Its values.
    pub values: &'p [i64],
    /// Its figures, or why there are none.
    pub result: &'p Result<Figures, Failed>,
}

impl Rows {
    /// A heading as a line of CSV, with the mark Excel looks for.
    pub fn print_heading(names: &[String], out: &mut Vec<u8>) {
        out.extend_from_slice("\u{feff}".as_bytes());
        out.extend_from_slice(names.join(",").as_bytes());
        out.extend_from_slice(b"\r\n");
    }

    /// A point as a line of CSV.
    pub fn print(&self, point: Point<'_>, out: &mut Vec<u8>) {
        decimal::print(i64::try_from(point.number).unwrap_or(i64::MAX), 0, out);
        let (status, message) = match point.result {
            Ok(_) => ("ok", String::new()),
            Err(failed) => (failed.code.as_str(), failed.message.replace('"', "\"\"")),
        };
        out.push(b',');
        out.extend_from_slice(status.as_bytes());
        out.push(b',');
        if !message.is_empty() {
            out.extend_from_slice(format!("\"{message}\"").as_bytes());
        }
        for (target, value) in self.targets.iter().zip(point.values) {
            out.push(b',');
            target.print(*value, self.unit, out);
        }
        for measure in &self.measures {
            out.push(b',');
            if let Ok(figures) = point.result {
                self.figure((measure.of)(figures), measure.unit).print(self.unit, out);
            }
        }
        out.extend_from_slice(b"\r\n");
    }

    /// The towns of a point as lines of CSV; `first_year` is that of the horizon.
    pub fn print_towns(&self, point: Point<'_>, first_year: i32, out: &mut Vec<u8>) {
        let Ok(figures) = point.result else { return };
        for (town, (id, name)) in figures.towns.iter().zip(&self.towns) {
            decimal::print(i64::try_from(point.number).unwrap_or(i64::MAX), 0, out);
            for text in [id, name] {
                out.push(b',');
                out.extend_from_slice(text.as_bytes());
            }
            for cell in town_cells(town, first_year) {
                out.push(b',');
                cell.print(self.unit, out);
            }
            out.extend_from_slice(b"\r\n");
        }
    }

    /// A figure as a cell.
    #[must_use]
    pub const fn figure(&self, figure: Figure, unit: Unit) -> Cell<'static> {
        match (figure, unit) {
            (Figure::None, _) => Cell::Empty,
            (Figure::Whole(fen), Unit::Money) => Cell::Money(fen),
            (Figure::Whole(whole), _) => Cell::Whole(whole),
            (Figure::Ratio(ratio), _) => Cell::Ratio(ratio),
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "sums of whole fen below 2^53")]
fn town_cells(town: &TownFigures, first_year: i32) -> [Cell<'static>; 6] {
    let money = |fen: f64| Cell::Money(fen as i64);
    let first = Cell::or_empty(town.first_short, |year| Cell::Year(first_year + i32::try_from(year).unwrap_or(0)));
    [money(town.retained), money(town.planned), money(town.paid), money(town.planned - town.paid), Cell::or_empty(town.coverage(), Cell::Ratio), first]
}
