//! Running a plan: years one after another, towns of a block side by side, blocks in parallel.
//!
//! A block is whole counties (all of them where the plan crosses counties): no block needs anything of another, so results
//! do not depend on threads.

mod block;
mod pools;
mod verify;

use ndarray::{Array2, ArrayView1, Axis, Slice};
use rayon::prelude::*;

use crate::base::amount::Fen;
use crate::plan::{Domain, Lane, Plan};
use crate::stages::projects::Payment;
pub use verify::{Broken, verify};

/// Everything a run computed: every lane for every year and town or county.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Every lane, by its order: years × towns (or counties).
    lanes: Vec<Array2<f64>>,
    /// Payments by project and year.
    pub payments: Vec<Vec<Payment>>,
    /// The year each project was finished, by its order.
    pub finished: Vec<Option<usize>>,
}

impl Outcome {
    /// The values of a lane in a year, town by town (or county by county) in the order of the plan.
    #[must_use]
    pub fn row(&self, lane: Lane, year: usize) -> &[f64] {
        // Years stand one after another in memory: a row is always a slice.
        self.lanes[lane.0 as usize].row(year).to_slice().unwrap_or_default()
    }

    /// The value of a lane in a year, for a town (or county) by its order in the plan.
    #[must_use]
    pub fn at(&self, lane: Lane, year: usize, place: usize) -> f64 {
        self.lanes[lane.0 as usize][(year, place)]
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
    let results: Vec<Result<block::Block, Broken>> = blocks(plan).into_par_iter().map(|counties| block::run(plan, counties)).collect();
    // Whichever thread was first: the earliest year counts, then the order of blocks.
    if let Some(broken) = results.iter().filter_map(|r| r.as_ref().err()).min_by_key(|broken| broken.year()) {
        return Err(broken.clone());
    }
    let results = results.into_iter().flatten().collect();
    let outcome = gather(plan, results);
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

fn gather(plan: &Plan, results: Vec<block::Block>) -> Outcome {
    let width = |domain: Domain| if domain == Domain::Town { plan.towns } else { plan.counties.len() };
    let mut lanes: Vec<Array2<f64>> = plan.lanes.iter().map(|lane| Array2::zeros((plan.years, width(lane.domain)))).collect();
    let mut payments = vec![Vec::new(); plan.projects.list.len()];
    let mut finished = vec![None; plan.projects.list.len()];
    for block in results {
        for ((lane, info), part) in lanes.iter_mut().zip(&plan.lanes).zip(&block.lanes) {
            let places = if info.domain == Domain::Town { &block.towns } else { &block.counties };
            let rows = lane.rows_mut().into_iter().zip(part.chunks_exact(places.len()));
            rows.for_each(|(mut row, part)| row.slice_axis_mut(Axis(0), Slice::from(places.clone())).assign(&ArrayView1::from(part)));
        }
        for (project, (paid, standing)) in block.projects.zip(block.payments.into_iter().zip(block.standing)) {
            payments[project] = paid;
            finished[project] = standing.finished;
        }
    }
    Outcome { lanes, payments, finished }
}
