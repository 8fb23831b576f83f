//! A measure over one lever or two: what the points of every combination come to.

use super::axis::{Axis, Fixed};
use super::row::Row;

/// The points of one combination.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// Points in which the measure is defined.
    pub points: u64,
    /// Sum of the measure.
    pub sum: f64,
    /// Its lowest value.
    pub low: f64,
    /// Its highest value.
    pub high: f64,
    /// Points with a gap.
    pub short: u64,
    /// Points in which a county falls short of its three guarantees.
    pub broken: u64,
    /// Points that cannot be computed.
    pub failed: u64,
}

impl Cell {
    /// The mean of the measure; that of the point where there is one.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a count of points")]
    pub fn mean(&self) -> Option<f64> {
        (self.points > 0).then(|| self.sum / self.points as f64)
    }

    /// All plans are paid at every point.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.points > 0 && self.short == 0 && self.failed == 0
    }

    fn add(&mut self, row: &Row<'_>) {
        self.failed += u64::from(!row.fine);
        self.short += u64::from(row.short);
        self.broken += u64::from(row.broken);
        let Some(value) = row.value else { return };
        (self.low, self.high) = if self.points == 0 { (value, value) } else { (self.low.min(value), self.high.max(value)) };
        self.points += 1;
        self.sum += value;
    }
}

/// All combinations.
#[derive(Clone, Debug)]
pub struct Cells {
    /// One lever or two.
    pub axes: Vec<Axis>,
    /// Levers that stay where they are.
    pub fixed: Vec<Fixed>,
    /// Levers that are averaged over.
    pub averaged: Vec<String>,
    /// Combinations, the first lever running fastest.
    cells: Vec<Cell>,
}

impl Cells {
    /// Empty.
    #[must_use]
    pub fn new(axes: Vec<Axis>, fixed: Vec<Fixed>, averaged: Vec<String>) -> Self {
        let count = axes.iter().map(|axis| axis.places.len()).product();
        Self { axes, fixed, averaged, cells: vec![Cell::default(); count] }
    }

    /// Adds a point, where it is shown.
    pub(super) fn add(&mut self, row: &Row<'_>) {
        if self.fixed.iter().any(|fixed| row.values.get(fixed.order) != Some(&&fixed.printed[..])) {
            return;
        }
        let mut at = 0;
        let mut size = 1;
        for axis in &self.axes {
            let Some(place) = row.values.get(axis.order).and_then(|field| axis.place(field)) else { return };
            at += place * size;
            size *= axis.places.len();
        }
        self.cells[at].add(row);
    }

    /// The cell of a combination; of one lever, `second` is 0.
    #[must_use]
    pub fn at(&self, first: usize, second: usize) -> &Cell {
        &self.cells[second * self.axes[0].places.len() + first]
    }

    /// Combinations with their places on the axes.
    pub fn all(&self) -> impl Iterator<Item = (usize, usize, &Cell)> {
        let width = self.axes[0].places.len();
        self.cells.iter().enumerate().map(move |(n, cell)| (n % width, n / width, cell))
    }

    /// Combinations some point of which can be shown.
    pub fn defined(&self) -> impl Iterator<Item = (usize, usize, &Cell)> {
        self.all().filter(|(_, _, cell)| cell.points > 0)
    }

    /// Whether a combination has more points than one.
    #[must_use]
    pub fn has_several_points(&self) -> bool {
        self.cells.iter().any(|cell| cell.points > 1)
    }
}
