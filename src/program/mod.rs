//! The fused program of a sweep: of a plan only what the asked figures rest on and the swept values reach, over many points at once.
//!
//! Everything else was computed once by the plain engine and stands in fixed rows. A block is the towns of a group of whole
//! counties times a few points, small enough for the cache; the places of a point stand together. Nothing is allocated or
//! looked up by name while a block runs, and no figure depends on how points are cut into blocks.

mod assemble;
mod bounds;
mod code;
mod due;
mod fuse;
mod ladder;
mod passes;
mod pools;
mod reach;
mod route;
mod rows;
mod run;
mod slots;
mod stages;
mod steps;

use std::ops::Range;

use multiversion::multiversion;

use assemble::{Assembled, assemble};
use code::Src;
use rows::{Shape, Value};
pub use run::Work;

use crate::engine::Outcome;
use crate::kernel;
use crate::plan::{Domain, Lane, Plan, TableId};

/// About so many lane places a block has: with half of them or less the time between loops shows, with more nothing is gained.
const PLACES: usize = 640;
/// A group of counties has at most so many towns, unless one county has more or everything hangs together.
const GROUP_TOWNS: usize = 512;

/// So few figures are added up on the spot.
const FEW: usize = 16;

/// A table whose values differ from point to point.
#[derive(Clone, Copy, Debug)]
struct Input {
    /// Which, by its order among the tables that vary.
    order: usize,
    domain: Domain,
}

/// Where the values of varying tables come from.
pub trait Points {
    /// Whether a table has, at every point, one value for all places of a year.
    fn is_uniform(&self, table: usize) -> bool;
    /// The value of a varying table (by its order) for a point, year and place of the plan.
    fn value(&self, table: usize, point: usize, year: usize, place: usize) -> f64;
    /// The values of a table that is not uniform, for a point and year, over places of the plan.
    fn row(&self, table: usize, point: usize, year: usize, places: Range<usize>, row: &mut [f64]) {
        row.iter_mut().zip(places).for_each(|(cell, place)| *cell = self.value(table, point, year, place));
    }
    /// Whether a table's values may differ from those of the year before.
    fn changes(&self, table: usize, year: usize) -> bool;
}

/// What an asked lane was in a year, at all points of a block.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    value: Value<'a>,
    /// How many places a point has.
    places: usize,
}

impl<'a> Seen<'a> {
    /// The figures of one point, from elsewhere.
    #[must_use]
    pub const fn row_of(row: &'a [f64], places: usize) -> Self {
        Self { value: Value::Many(row), places }
    }

    /// How many places a point has.
    #[must_use]
    pub const fn places(&self) -> usize {
        self.places
    }

    /// The figure of a point (counted from the block's first) and place (from the group's first).
    #[inline]
    #[must_use]
    pub fn at(&self, point: usize, place: usize) -> f64 {
        match self.value {
            Value::One(value) => value,
            Value::Many(row) => row[point * self.places + place],
        }
    }

    /// The figures of a point.
    ///
    /// # Errors
    /// The one figure where all are the same.
    #[inline]
    pub fn row(&self, point: usize) -> Result<&[f64], f64> {
        match self.value {
            Value::One(value) => Err(value),
            Value::Many(row) => Ok(&row[point * self.places..(point + 1) * self.places]),
        }
    }

    /// The sum over the places of a point; of whole amounts exact in any order.
    #[inline]
    #[must_use]
    pub fn total(&self, point: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a group has few places")]
        match self.value {
            Value::One(value) => value * self.places as f64,
            // A town alone is its own sum.
            Value::Many(row) if self.places == 1 => row[point],
            Value::Many(row) => total_of(&row[point * self.places..(point + 1) * self.places]),
        }
    }
}

fn total_of(row: &[f64]) -> f64 {
    // Few are not worth a choice of processors.
    if row.len() < FEW { row.iter().sum() } else { total(row) }
}

/// A sum, in the widest form the processor has.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw+avx2+bmi1+bmi2", "x86_64+avx2+bmi1+bmi2", "aarch64+neon"))]
fn total(row: &[f64]) -> f64 {
    kernel::total(row)
}

/// Receives the asked lanes, year by year.
pub trait Observe {
    /// A year is done. `asked` gives an asked lane by its order.
    fn year<'a>(&mut self, year: usize, points: usize, asked: &dyn Fn(usize) -> Seen<'a>);
}

/// The program of one group of counties.
#[derive(Debug)]
pub struct Program<'p> {
    plan: &'p Plan,
    shape: Shape,
    assembled: Assembled,
    /// The asked lanes.
    lanes: Vec<Lane>,
}

impl<'p> Program<'p> {
    /// Makes the programs of a plan, one for each group of counties.
    ///
    /// `outcome` is the plan's own; `tables` are those whose values will differ, `asked` the lanes that are observed.
    #[must_use]
    pub fn of(plan: &'p Plan, outcome: &Outcome, tables: &[TableId], asked: &[Lane]) -> Vec<Self> {
        let of_group = |counties: Range<usize>| {
            let towns = plan.counties[counties.start].start..plan.counties[counties.end - 1].end;
            let points = (PLACES / towns.len().max(1)).max(1);
            let shape = Shape { towns, counties, points };
            let assembled = assemble(plan, outcome, &shape, tables, asked);
            Self { plan, shape, assembled, lanes: asked.to_vec() }
        };
        groups(plan).into_iter().map(of_group).collect()
    }

    /// The group's towns, by their place in the plan.
    #[must_use]
    pub const fn towns(&self) -> &Range<usize> {
        &self.shape.towns
    }

    /// The group's counties.
    #[must_use]
    pub const fn counties(&self) -> &Range<usize> {
        &self.shape.counties
    }

    /// How many points a block has at most.
    #[must_use]
    pub const fn block(&self) -> usize {
        self.shape.points
    }

    /// How many instructions a year has.
    #[must_use]
    pub fn instructions(&self) -> usize {
        self.assembled.code.len()
    }

    /// A workspace; one a thread.
    #[must_use]
    pub fn work(&self) -> Work {
        Work::new(self)
    }

    fn asked(&self, at: usize) -> Src {
        self.assembled.asked[at]
    }
}

/// Whole counties together, up to a size; all of them where something crosses counties.
fn groups(plan: &Plan) -> Vec<Range<usize>> {
    if plan.one_block {
        return std::iter::once(0..plan.counties.len()).collect();
    }
    let (mut found, mut start) = (Vec::new(), 0);
    for n in 0..plan.counties.len() {
        let towns = plan.counties[n].end - plan.counties[start].start;
        if towns > GROUP_TOWNS && n > start {
            found.push(start..n);
            start = n;
        }
    }
    if start < plan.counties.len() {
        found.push(start..plan.counties.len());
    }
    found
}
