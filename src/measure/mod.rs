//! From lanes to figures people use: tables, findings, the series of the picture. One formula each, one place each.

pub mod backtest;
pub mod breaks;
pub mod budget;
pub mod capital;
pub mod cell;
pub mod columns;
pub mod compare;
pub mod county;
pub mod evidence;
pub mod finding;
pub mod findings;
pub mod functional;
pub mod inequality;
pub mod projects;
pub mod rolling;
pub mod settlement;
pub mod story;
pub mod tables;
pub mod town;
pub mod typed;

use std::sync::OnceLock;

use evidence::Evidence;

use crate::base::{
    amount::{Fen, MoneyUnit},
    when::Year,
};
use crate::compile::{Compiled, compile};
use crate::diag::{Code, Problem, Problems};
use crate::engine::{Broken, Outcome, project};
use crate::plan::Lane;
use crate::scenario::Scenario;

/// A scenario that has been run.
#[derive(Clone, Debug)]
pub struct Run {
    /// What was asked.
    pub scenario: Scenario,
    /// How it was computed.
    pub compiled: Compiled,
    /// What came out.
    pub outcome: Outcome,
    /// What it rests on, once asked for.
    evidence: OnceLock<Evidence>,
    /// See [`Run::label`].
    label: OnceLock<String>,
}

impl Run {
    /// Compiles and projects a scenario.
    ///
    /// # Errors
    /// What [`compile`] reports; E601 when a figure passes the limit, E602 when books do not close (a bug), E604 when a pool
    /// holds less than its lower limits ask for.
    pub fn of(scenario: Scenario) -> Result<Self, Problems> {
        refuse_too_large(&scenario)?;
        let compiled = compile(&scenario)?;
        match project(&compiled.plan) {
            Ok(outcome) => Ok(Self { scenario, compiled, outcome, evidence: OnceLock::new(), label: OnceLock::new() }),
            Err(broken) => Err(broken_problem(&scenario, &compiled, &broken)),
        }
    }

    /// `baseline`, or the variant's file name.
    #[must_use]
    pub fn variant(&self) -> &str {
        self.scenario.variant.as_ref().map_or("baseline", |v| &v.id)
    }

    /// What the rows of every table are marked with: the variant and, where growth follows spending or outturns stand in, that they do.
    #[must_use]
    pub fn label(&self) -> &str {
        let feedback = if self.scenario.feedback_on() { "+feedback" } else { "" };
        self.label.get_or_init(|| format!("{}{feedback}{}", self.variant(), self.scenario.rolling.map(rolling::label).unwrap_or_default()))
    }

    /// What every amount rests on.
    #[must_use]
    pub fn evidence(&self) -> &Evidence {
        self.evidence.get_or_init(|| Evidence::of(self))
    }

    /// How many years.
    #[must_use]
    pub const fn years(&self) -> usize {
        self.compiled.plan.years
    }

    /// The year of an order.
    #[must_use]
    pub fn year(&self, order: usize) -> Year {
        self.scenario.first_year + Year::try_from(order).unwrap_or(0)
    }

    /// For every town of the scenario, in its order, its place in the plan.
    #[must_use]
    pub fn places(&self) -> Vec<usize> {
        let mut places = vec![0; self.compiled.towns.len()];
        for (place, town) in self.compiled.towns.iter().enumerate() {
            places[*town] = place;
        }
        places
    }

    /// \[分\] A lane by year for one town.
    #[must_use]
    pub fn series(&self, lane: Lane, place: usize) -> Vec<Fen> {
        (0..self.years()).map(|y| self.outcome.fen(lane, y, place)).collect()
    }
}

/// Every lane of every town and year is kept, so a run of more town-years than this would not fit into memory.
const MOST_TOWN_YEARS: usize = 400_000;

fn refuse_too_large(scenario: &Scenario) -> Result<(), Problems> {
    let years = usize::try_from(scenario.last_year - scenario.first_year + 1).unwrap_or(0);
    let (towns, most) = (scenario.towns.len(), MOST_TOWN_YEARS);
    if towns.saturating_mul(years) <= most {
        return Ok(());
    }
    let mut problems = Problems::default();
    problems.push(Problem::new(Code::E603, &Default::default()).with_in(
        "what",
        format!("{towns} 个镇 × {years} 年，超过 {most}"),
        format!("{towns} towns × {years} years, more than {most}"),
    ));
    Err(problems)
}

fn broken_problem(scenario: &Scenario, compiled: &Compiled, broken: &Broken) -> Problems {
    let mut problems = Problems::default();
    let year = |order: &usize| scenario.first_year + Year::try_from(*order).unwrap_or(0);
    let town = |place: &usize| &scenario.towns[compiled.towns[*place]];
    problems.push(match broken {
        Broken::Amount { lane, year: y, place, of_county } => {
            let (who, place) = if *of_county { (&compiled.counties[*place], Default::default()) } else { (&town(place).name, town(place).place.clone()) };
            Problem::new(Code::E601, &place).with("lane", lane).with("town", who).with("year", year(y))
        }
        Broken::Books { what, year: y, place, difference } => {
            Problem::new(Code::E602, &town(place).place).with("what", what).with("town", &town(place).name).with("year", year(y)).with("difference", difference)
        }
        Broken::Pool { pool, county, year: y, missing } => {
            #[expect(clippy::cast_possible_truncation, reason = "whole fen")]
            let missing = crate::rules::speak::grouped(&MoneyUnit::Yuan.print(*missing as Fen));
            // The pool stands where its first value does.
            let place = scenario.leaves.iter().find(|(_, leaf)| leaf.path.starts_with(&format!("{pool}."))).map(|(_, leaf)| leaf.place.clone());
            let problem = Problem::new(Code::E604, &place.unwrap_or_default()).with("pool", pool).with("year", year(y)).with("missing", missing);
            match county {
                Some(county) => problem.with("county", &compiled.counties[*county]),
                None => problem.with_in("county", "全部", "all"),
            }
        }
    });
    problems
}
