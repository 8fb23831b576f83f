//! After a run: every figure is an amount, and every book closes to the fen.

use super::Outcome;
use crate::base::amount::LIMIT_FEN;
use crate::plan::{Domain, Plan};

/// What is wrong with a result, and where.
#[derive(Clone, Debug, PartialEq)]
pub enum Broken {
    /// A figure past the limit, or no number.
    Amount {
        /// The lane's name.
        lane: String,
        /// The year, by its order.
        year: usize,
        /// The town or county, by its order.
        place: usize,
        /// Whether it is a county's.
        of_county: bool,
    },
    /// Parts that do not add up to their whole: a bug.
    Books {
        /// What was to close.
        what: String,
        /// The year, by its order.
        year: usize,
        /// The town, by its order.
        place: usize,
        /// \[分\] The difference.
        difference: f64,
    },
}

/// Checks amounts and closures.
///
/// # Errors
/// The first thing that is broken, in the order of operations.
pub fn verify(plan: &Plan, outcome: &Outcome) -> Result<(), Broken> {
    for (n, info) in plan.lanes.iter().enumerate() {
        let places = if info.domain == Domain::Town { plan.towns } else { plan.counties.len() };
        let lane = crate::plan::Lane(u32::try_from(n).unwrap_or(u32::MAX));
        for year in 0..plan.years {
            for place in 0..places {
                let value = outcome.at(lane, year, place);
                if value.is_nan() || value.abs() > LIMIT_FEN {
                    return Err(Broken::Amount { lane: info.name.clone(), year, place, of_county: info.domain == Domain::County });
                }
            }
        }
    }
    for closure in &plan.closures {
        for year in 0..plan.years {
            for place in 0..plan.towns {
                let parts: f64 = closure.parts.iter().map(|l| outcome.at(*l, year, place)).sum();
                let difference = outcome.at(closure.whole, year, place) - parts;
                if difference != 0.0 {
                    return Err(Broken::Books { what: closure.name.clone(), year, place, difference });
                }
            }
        }
    }
    Ok(())
}
