//! Figures that are the same at every point: tables and lanes no swept value reaches, by year, each different row kept once.

use std::collections::HashMap;

use crate::engine::Outcome;
use crate::kernel;
use crate::kernel::Operand;
use crate::plan::{Domain, Lane, Plan, TableId};

/// A fixed operand by its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fixed(pub u32);

/// How a fixed operand is kept.
#[derive(Clone, Debug)]
enum Kept {
    /// One value a year.
    Uniform(Vec<f64>),
    /// For every year where its row starts in the pool.
    Rows(Vec<usize>),
}

/// What an operand is in a year.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    /// The same everywhere.
    One(f64),
    /// One a place.
    Many(&'a [f64]),
}

impl Value<'_> {
    /// As an operand that is asked at each place: for what is rare or slow anyway, where a loop for each combination would only
    /// lengthen the build.
    pub fn asked(&self) -> Operand<'_> {
        match self {
            Self::One(value) => Operand::uniform(std::slice::from_ref(value)),
            Self::Many(row) => Operand::lane(row),
        }
    }
}

/// The places of a block: towns or counties of the group, repeated for each point of the block.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub towns: std::ops::Range<usize>,
    pub counties: std::ops::Range<usize>,
    pub points: usize,
}

impl Shape {
    /// Where the group's places stand in the plan.
    pub fn places(&self, domain: Domain) -> std::ops::Range<usize> {
        match domain {
            Domain::Town => self.towns.clone(),
            Domain::County => self.counties.clone(),
        }
    }
}

/// All fixed operands of a program.
#[derive(Debug, Default)]
pub(super) struct Rows {
    kept: Vec<Kept>,
    /// What no figure of an operand exceeds by magnitude.
    bounds: Vec<f64>,
    pool: Vec<f64>,
    known: HashMap<Vec<u64>, usize>,
    tables: HashMap<(TableId, Domain, bool), Fixed>,
    lanes: HashMap<Lane, Fixed>,
}

impl Rows {
    /// A table as an operand of lanes of a domain.
    pub fn table(&mut self, plan: &Plan, id: TableId, domain: Domain, shape: &Shape) -> Fixed {
        self.table_as(plan, id, domain, shape, false)
    }

    /// The same, one figure a place even where all are the same.
    pub fn table_rows(&mut self, plan: &Plan, id: TableId, domain: Domain, shape: &Shape) -> Fixed {
        self.table_as(plan, id, domain, shape, true)
    }

    fn table_as(&mut self, plan: &Plan, id: TableId, domain: Domain, shape: &Shape, wide: bool) -> Fixed {
        if let Some(known) = self.tables.get(&(id, domain, wide)) {
            return *known;
        }
        let table = &plan.tables[id.0 as usize];
        let places = shape.places(domain);
        let row = |year: usize| -> Vec<f64> {
            let row = &table.values[year * table.width..(year + 1) * table.width];
            if table.width == 1 { vec![row[0]; places.len()] } else { row[places.clone()].to_vec() }
        };
        let fixed = self.keep_as((0..plan.years).map(row).collect(), shape.points, wide);
        self.tables.insert((id, domain, wide), fixed);
        fixed
    }

    /// A lane no swept value reaches.
    pub fn lane(&mut self, plan: &Plan, outcome: &Outcome, lane: Lane, shape: &Shape) -> Fixed {
        if let Some(known) = self.lanes.get(&lane) {
            return *known;
        }
        let places = shape.places(plan.lane(lane).domain);
        let fixed = self.keep((0..plan.years).map(|year| outcome.row(lane, year)[places.clone()].to_vec()), shape.points);
        self.lanes.insert(lane, fixed);
        fixed
    }

    /// Rows by year; `points` copies of each stand one after another, so that they run beside the lanes of a block.
    pub fn keep(&mut self, rows: impl Iterator<Item = Vec<f64>>, points: usize) -> Fixed {
        self.keep_as(rows.collect(), points, false)
    }

    /// The same, one figure a place even where all are the same.
    pub fn keep_rows(&mut self, rows: Vec<Vec<f64>>, points: usize) -> Fixed {
        self.keep_as(rows, points, true)
    }

    fn keep_as(&mut self, rows: Vec<Vec<f64>>, points: usize, wide: bool) -> Fixed {
        self.bounds.push(rows.iter().map(|row| kernel::magnitude(row)).fold(0.0, f64::max));
        let uniform = |row: &Vec<f64>| row.windows(2).all(|pair| pair[0].to_bits() == pair[1].to_bits());
        let kept = if !wide && rows.iter().all(uniform) {
            Kept::Uniform(rows.iter().map(|row| row.first().copied().unwrap_or(0.0)).collect())
        } else {
            Kept::Rows(rows.into_iter().map(|row| self.place(&row, points)).collect())
        };
        self.kept.push(kept);
        Fixed(u32::try_from(self.kept.len() - 1).unwrap_or(u32::MAX))
    }

    fn place(&mut self, row: &[f64], points: usize) -> usize {
        let bits: Vec<u64> = row.iter().map(|value| value.to_bits()).collect();
        let pool = &mut self.pool;
        *self.known.entry(bits).or_insert_with(|| {
            let start = pool.len();
            (0..points).for_each(|_| pool.extend_from_slice(row));
            start
        })
    }

    /// The operand in a year, for so many places.
    #[inline]
    pub fn at(&self, fixed: Fixed, year: usize, places: usize) -> Value<'_> {
        match &self.kept[fixed.0 as usize] {
            Kept::Uniform(values) => Value::One(values[year]),
            Kept::Rows(starts) => Value::Many(&self.pool[starts[year]..starts[year] + places]),
        }
    }

    /// An operand that was kept place by place.
    #[inline]
    pub fn row(&self, fixed: Fixed, year: usize, places: usize) -> &[f64] {
        if let Value::Many(row) = self.at(fixed, year, places) { row } else { &[] }
    }

    /// What an operand never exceeds by magnitude.
    pub fn bound(&self, fixed: Fixed) -> f64 {
        self.bounds[fixed.0 as usize]
    }

    /// One value of an operand.
    pub fn value(&self, fixed: Fixed, year: usize, place: usize) -> f64 {
        match self.at(fixed, year, place + 1) {
            Value::One(value) => value,
            Value::Many(row) => row[place],
        }
    }
}
