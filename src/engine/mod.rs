//! Running a plan: years one after another, towns of a block side by side, blocks in parallel.
//!
//! A block is whole counties (all of them where the plan crosses counties): no block needs anything of another, so results
//! do not depend on threads.

mod block;
mod pools;
mod verify;

use ndarray::{Array3, Axis, Slice};
use rayon::prelude::*;

use crate::base::amount::Fen;
use crate::plan::{Domain, Lane, Plan};
use crate::stages::projects::Payment;
pub use verify::{Broken, verify};

/// Everything a run computed: every lane for every year and town or county.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// lanes × years × towns
    towns: Array3<f64>,
    /// lanes × years × counties
    counties: Array3<f64>,
    /// Where each lane's rows are.
    rows: Vec<(Domain, usize)>,
    /// Payments by project and year.
    pub payments: Vec<Vec<Payment>>,
    /// The year each project was finished, by its order.
    pub finished: Vec<Option<usize>>,
}

impl Outcome {
    /// The value of a lane in a year, for a town (or county) by its order in the plan.
    #[must_use]
    pub fn at(&self, lane: Lane, year: usize, place: usize) -> f64 {
        match self.rows[lane.0 as usize] {
            (Domain::Town, row) => self.towns[(row, year, place)],
            (Domain::County, row) => self.counties[(row, year, place)],
        }
    }

    /// The same as whole fen.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "lanes of money hold whole numbers below 2^53")]
    pub fn fen(&self, lane: Lane, year: usize, place: usize) -> Fen {
        self.at(lane, year, place) as Fen
    }
}

/// Towns a block should have at least, so that small counties share one.
const BLOCK_TOWNS: usize = 64;

/// Runs a plan.
///
/// # Errors
/// [`Broken`] names the first pool that cannot be shared, the lane, town and year of the first figure that is no amount, or of
/// books that do not close.
pub fn project(plan: &Plan) -> Result<Outcome, Broken> {
    let rows = block::rows(plan);
    let results: Vec<Result<block::Block, Broken>> = blocks(plan).into_par_iter().map(|counties| block::run(plan, &rows, counties)).collect();
    // Whichever thread was first: the earliest year counts, then the order of blocks.
    if let Some(broken) = results.iter().filter_map(|r| r.as_ref().err()).min_by_key(|broken| broken.year()) {
        return Err(broken.clone());
    }
    let results = results.into_iter().flatten().collect();
    let outcome = gather(plan, rows, results);
    verify(plan, &outcome)?;
    Ok(outcome)
}

/// Runs of counties with enough towns each; all counties where something crosses them.
fn blocks(plan: &Plan) -> Vec<std::ops::Range<usize>> {
    if plan.one_block {
        return std::iter::once(0..plan.counties.len()).collect();
    }
    let (mut found, mut start, mut towns) = (Vec::new(), 0, 0);
    for (n, county) in plan.counties.iter().enumerate() {
        towns += county.len();
        if towns >= BLOCK_TOWNS || n + 1 == plan.counties.len() {
            found.push(start..n + 1);
            (start, towns) = (n + 1, 0);
        }
    }
    found
}

fn gather(plan: &Plan, rows: Vec<(Domain, usize)>, results: Vec<block::Block>) -> Outcome {
    let count = |domain: Domain| rows.iter().filter(|(d, _)| *d == domain).count();
    let mut towns = Array3::zeros((count(Domain::Town), plan.years, plan.towns));
    let mut counties = Array3::zeros((count(Domain::County), plan.years, plan.counties.len()));
    let mut payments = vec![Vec::new(); plan.projects.list.len()];
    let mut finished = vec![None; plan.projects.list.len()];
    for block in results {
        for ((domain, row), values) in rows.iter().zip(block.lanes) {
            let (target, places) = match domain {
                Domain::Town => (&mut towns, block.towns.clone()),
                Domain::County => (&mut counties, block.counties.clone()),
            };
            let width = places.len();
            let mut target = target.index_axis_mut(Axis(0), *row);
            for (year, mut target) in target.outer_iter_mut().enumerate() {
                target.slice_axis_mut(Axis(0), Slice::from(places.clone())).iter_mut().zip(&values[year * width..(year + 1) * width]).for_each(|(t, v)| *t = *v);
            }
        }
        for (project, (paid, finish)) in block.projects.zip(block.payments.into_iter().zip(block.finished)) {
            payments[project] = paid;
            finished[project] = finish;
        }
    }
    Outcome { towns, counties, rows, payments, finished }
}
