//! A figure followed to the documents it rests on: formula by formula, from what people read down to what somebody wrote.
//!
//! [`Explainer::node`] says of one figure what it is made of; [`tree`] grows that into a tree, [`against`] into a tree of
//! differences. Both are data; [`words`] says a node in Chinese or English, [`lines`] and [`json`] lay a tree out.

pub mod against;
pub mod cell;
mod ends;
pub mod formula;
mod horizon;
pub mod item;
pub mod json;
pub mod lines;
mod meet;
mod node;
pub mod origin;
mod paid;
pub mod row;
pub mod tree;
pub mod words;

use std::collections::HashMap;

pub use formula::Formula;
pub use node::{Kind, Node, Note};
pub use origin::Origin;

use crate::measure::Run;
use crate::plan::expr::Expr;
use crate::plan::{Lane, Op, TableId};

/// A figure: years and places by their order in the plan (the place of a county's figure is the county's).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A lane in a year and place.
    Lane(Lane, usize, usize),
    /// A coefficient in a year and place.
    Table(TableId, usize, usize),
    /// A column of a table, by both keys.
    Column(&'static str, &'static str, usize, usize),
    /// A number (its bits) that a rule holds without a path of its own, and the lane it makes.
    Constant(u64, Lane),
    /// Something of a project in a year.
    Project(usize, Part, usize),
    /// What an earmark paid in a year and place.
    Drawn(usize, usize, usize),
    /// \[分\] Of a pool what is left for the towns at no limit: pool, year, and the group by its order.
    Left(usize, usize, usize),
    /// The weights of these towns.
    Weights(usize, usize, usize),
    /// A cell of a row that was asked for, by its order.
    Cell(usize),
}

/// What is asked of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Planned for the year.
    Planned,
    /// What the year before left unpaid.
    Owed,
    /// Both.
    Due,
    /// Paid from all money.
    Paid,
    /// … from earmarked money.
    Earmarked,
    /// … from a matching grant.
    Matched,
    /// … from the fund book.
    Fund,
    /// … from the general book.
    General,
    /// Upkeep a year.
    Upkeep,
    /// The whole cost.
    Cost,
}

/// What writes a lane.
#[derive(Clone, Debug)]
enum Maker {
    Expr(Expr),
    Index(crate::plan::Arg, crate::plan::Arg),
    Pool(usize),
    Rest(usize),
    Compete(usize),
    Stage,
}

/// A run whose figures can be asked for.
pub struct Explainer<'r> {
    /// The run.
    pub run: &'r Run,
    makers: HashMap<Lane, Maker>,
    cells: Vec<cell::Asked>,
}

impl<'r> Explainer<'r> {
    /// Ready to be asked.
    #[must_use]
    pub fn new(run: &'r Run) -> Self {
        let plan = &run.compiled.plan;
        let mut makers = HashMap::new();
        for op in &plan.ops {
            match op {
                Op::Index { out, start, factor } => {
                    makers.insert(*out, Maker::Index(*start, *factor));
                }
                Op::Pool(n) => {
                    makers.insert(plan.pools[*n].out, Maker::Pool(*n));
                    makers.insert(plan.pools[*n].rest, Maker::Rest(*n));
                }
                Op::Compete(n) => {
                    makers.insert(plan.competitions[*n].out, Maker::Compete(*n));
                }
                Op::Projects => makers.extend(paid::lanes(&plan.projects).into_iter().map(|lane| (lane, Maker::Stage))),
                _ => makers.extend(op.exprs().into_iter().map(|(lane, expr)| (lane, Maker::Expr(expr)))),
            }
        }
        Self { run, makers, cells: Vec::new() }
    }

    /// The value of a figure as the run has it; no number where it is not defined.
    #[must_use]
    pub fn value(&self, key: Key) -> f64 {
        let plan = &self.run.compiled.plan;
        match key {
            Key::Lane(lane, year, place) => self.run.outcome.at(lane, year, place),
            Key::Table(table, year, place) => plan.tables[table.0 as usize].at(year, place),
            Key::Constant(bits, _) => f64::from_bits(bits),
            Key::Project(project, part, year) => self.of_project(project, part, year),
            Key::Drawn(pot, year, place) => {
                let pot = plan.projects.earmarks[pot];
                self.run.outcome.at(pot.before, year, place) - self.run.outcome.at(pot.after, year, place)
            }
            Key::Column(..) | Key::Left(..) | Key::Weights(..) | Key::Cell(_) => self.formula(key).eval(&|key| self.value(key)),
        }
    }

    /// The formula of a figure.
    fn formula(&self, key: Key) -> Formula {
        match key {
            Key::Lane(lane, year, place) => self.lane_formula(lane, year, place),
            Key::Column(table, column, year, place) => self.column_formula(table, column, year, place),
            Key::Project(project, part, year) => self.project_formula(project, part, year),
            Key::Drawn(pot, year, place) => self.drawn_formula(pot, year, place),
            Key::Left(pool, year, group) => self.left_formula(pool, year, group),
            Key::Weights(pool, year, group) => self.weights_formula(pool, year, group),
            Key::Cell(n) => self.cells[n].formula.clone(),
            Key::Table(..) | Key::Constant(..) => Formula::Number(self.value(key)),
        }
    }

    fn lane_formula(&self, lane: Lane, year: usize, place: usize) -> Formula {
        let at = formula::At { plan: &self.run.compiled.plan, lane, year, place };
        let value = |key: Key| self.value(key);
        match self.makers.get(&lane) {
            // A lane nobody writes stays at nothing.
            None => Formula::Number(self.value(Key::Lane(lane, year, place))),
            Some(Maker::Expr(expr)) => Formula::of(expr, at, &value),
            // The growth of all years in one product, in the order in which it was multiplied.
            Some(Maker::Index(start, factor)) => {
                let of = |arg: crate::plan::Arg, year: usize| Formula::of(&arg.into(), formula::At { year, ..at }, &value);
                formula::product(std::iter::once(of(*start, 0)).chain((0..=year).map(|y| of(*factor, y))).collect(), at, &value)
            }
            Some(Maker::Pool(pool)) => self.pool_formula(*pool, year, place),
            Some(Maker::Rest(pool)) => self.rest_formula(*pool, year, place),
            Some(Maker::Compete(race)) => self.race_formula(*race, year, place),
            Some(Maker::Stage) => self.stage_formula(lane, year, place),
        }
    }
}
