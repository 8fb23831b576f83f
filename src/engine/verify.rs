//! After a run: every figure is an amount, and every book closes to the fen.

use super::Outcome;
use crate::base::amount::LIMIT_FEN;
use crate::plan::pool::{PoolPlan, county_of};
use crate::plan::{Arg, Domain, Plan, Unit};

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
    /// Lower limits that add up to more than a pool holds.
    Pool {
        /// The pool's name.
        pool: String,
        /// The county, by its order; `None` where several share the pool.
        county: Option<usize>,
        /// The year, by its order.
        year: usize,
        /// \[分\] What is missing.
        missing: f64,
    },
}

impl Broken {
    /// The year, by its order.
    pub(super) const fn year(&self) -> usize {
        match self {
            Self::Amount { year, .. } | Self::Books { year, .. } | Self::Pool { year, .. } => *year,
        }
    }
}

/// Checks amounts and closures.
///
/// # Errors
/// The first thing that is broken, in the order of operations.
pub fn verify(plan: &Plan, outcome: &Outcome) -> Result<(), Broken> {
    for (n, info) in plan.lanes.iter().enumerate() {
        let lane = crate::plan::Lane(u32::try_from(n).unwrap_or(u32::MAX));
        for year in 0..plan.years {
            // An index or a score is no amount: it must be a number, however large.
            let most = if info.unit == Unit::One { f64::MAX } else { LIMIT_FEN };
            if let Some(place) = outcome.row(lane, year).iter().position(|value| value.is_nan() || value.abs() > most) {
                return Err(Broken::Amount { lane: info.name.clone(), year, place, of_county: info.domain == Domain::County });
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
    plan.pools.iter().try_for_each(|pool| close(plan, outcome, pool))
}

/// What a pool hands out and what stays with the payer is what it holds.
fn close(plan: &Plan, outcome: &Outcome, pool: &PoolPlan) -> Result<(), Broken> {
    for year in 0..plan.years {
        for group in &pool.groups {
            let place = group.start;
            let (county, _) = county_of(&plan.counties, group);
            let amount = match pool.amount {
                Arg::Lane(lane) => outcome.at(lane, year, place),
                Arg::Table(table) => plan.tables[table.0 as usize].at(year, place),
                Arg::Number(number) => number,
            };
            let levied = pool.levied.map_or(0.0, |lane| outcome.at(lane, year, county));
            let shared: f64 = group.clone().map(|town| outcome.at(pool.out, year, town)).sum();
            let difference = amount + levied - shared - outcome.at(pool.rest, year, county);
            if difference != 0.0 {
                return Err(Broken::Books { what: pool.name.clone(), year, place, difference });
            }
        }
    }
    Ok(())
}
