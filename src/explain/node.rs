//! One figure: what it is, what it comes to, what it is made of.

use super::{Explainer, Formula, Key, Maker, Origin, Part};
use crate::base::lang::Words;
use crate::measure::columns;
use crate::plan::Unit;
use crate::plan::table::Shown;
use crate::rules::field::Quantity;

/// What a figure's number is, so that it can be said with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// \[分\] Money.
    Money,
    /// \[分\] Money a mu.
    PerMu,
    /// \[分\] Money a square metre.
    PerMetre,
    /// \[0.01 亩\] An area.
    Area,
    /// \[m²\] An area.
    Metres,
    /// A share or rate.
    Share,
    /// The same in millionths.
    Millionths,
    /// A ratio of two amounts.
    Ratio,
    /// A plain number, an index, a factor.
    Number,
    /// Yes or no.
    Flag,
    /// A year.
    Year,
    /// \[分\] Money a head.
    PerHead,
}

/// What is to be said of a figure beside its formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// A pool: its sum, how many take part, the town's limits, the largest shares of others.
    Pool {
        /// \[分\] What is shared.
        sum: f64,
        /// How many towns take part.
        towns: usize,
        /// \[分\] What the town gets at least.
        low: f64,
        /// \[分\] What it gets at most.
        high: Option<f64>,
        /// The largest shares of other towns: place and amount.
        others: Vec<(usize, f64)>,
    },
    /// A competition: the town's rank, how many compete, how many win.
    Rank {
        /// From 1.
        rank: usize,
        /// How many compete.
        of: usize,
        /// How many win.
        best: usize,
    },
    /// The order in which projects are paid.
    Order,
    /// What a column means, where its number is worked out from others at once.
    Meaning(Words),
}

/// A figure and what it is made of.
#[derive(Clone, Debug)]
pub struct Node {
    /// As it was asked for: what it is called.
    pub key: Key,
    /// The figure that has the formula: where one is nothing but another, the last of them.
    pub core: Key,
    /// Its value; no number where it is not defined.
    pub value: f64,
    /// What the number is.
    pub kind: Kind,
    /// What it is made of.
    pub formula: Formula,
    /// Where it ends, if it does.
    pub origin: Option<Origin>,
    /// What is to be said beside the formula.
    pub note: Option<Note>,
}

impl Explainer<'_> {
    /// A figure and what it is made of.
    #[must_use]
    pub fn node(&self, key: Key) -> Node {
        let mut core = key;
        let mut formula = self.formula(core);
        while let Some(next) = self.only(&formula).filter(|next| self.is_same_place(core, *next)) {
            core = next;
            formula = self.formula(core);
        }
        let origin = self.origin(core).or_else(|| self.bare(core, &formula));
        Node { key, core, value: self.value(key), kind: self.kind(key), note: self.note(core), formula, origin }
    }

    /// The one figure a formula comes down to: itself, or the only part of a sum that is something.
    fn only(&self, formula: &Formula) -> Option<Key> {
        let Formula::Sum(plus, minus) = formula else { return formula.same() };
        let is_something = |f: &&Formula| f.eval(&|key| self.value(key)) != 0.0;
        let mut parts = plus.iter().filter(is_something);
        let first = parts.next()?.same();
        first.filter(|_| parts.next().is_none() && !minus.iter().any(|f| is_something(&f)))
    }

    /// A figure that is nothing but a number: of a rule that is not in force here, or of the program.
    fn bare(&self, key: Key, formula: &Formula) -> Option<Origin> {
        if !formula.keys(true).is_empty() {
            return None;
        }
        Some(match key {
            Key::Lane(lane, ..) => self.of_lane(lane),
            _ => Origin::Program,
        })
    }

    /// Whether a figure may stand in for another without a word: of the same year, and of nobody else.
    fn is_same_place(&self, a: Key, b: Key) -> bool {
        let year = self.year_of(b).is_none() || self.year_of(a) == self.year_of(b);
        year && (self.whose(b) == Whose::Nobody || self.whose(a) == self.whose(b))
    }

    /// Whose figure it is.
    #[must_use]
    pub fn whose(&self, key: Key) -> Whose {
        let plan = &self.run.compiled.plan;
        match key {
            Key::Lane(lane, _, place) => match plan.lane(lane).domain {
                crate::plan::Domain::Town => Whose::Town(place),
                crate::plan::Domain::County => Whose::County(place),
            },
            Key::Column("county", _, _, place) => Whose::County(place),
            Key::Column(_, _, _, place) | Key::Drawn(_, _, place) => Whose::Town(place),
            Key::Project(project, ..) => Whose::Town(plan.projects.list[project].town),
            Key::Cell(n) => self.cells[n].whose,
            Key::Table(..) | Key::Constant(..) | Key::Left(..) | Key::Weights(..) => Whose::Nobody,
        }
    }

    /// The year of a figure, by its order; none of a measure over all years or a constant.
    #[must_use]
    pub fn year_of(&self, key: Key) -> Option<usize> {
        match key {
            Key::Column("measures", ..) | Key::Constant(..) => None,
            Key::Cell(n) => self.cells[n].year,
            Key::Lane(_, year, _) | Key::Table(_, year, _) | Key::Column(_, _, year, _) => Some(year),
            Key::Project(_, _, year) | Key::Drawn(_, year, _) | Key::Left(_, year, _) | Key::Weights(_, year, _) => Some(year),
        }
    }

    fn note(&self, key: Key) -> Option<Note> {
        if let Some(column) = self.column_of(key).filter(|_| matches!(self.formula(key), Formula::Given(..))) {
            return Some(Note::Meaning(column.definition));
        }
        let Key::Lane(lane, year, place) = key else {
            return matches!(key, Key::Project(_, Part::Paid, _)).then_some(Note::Order);
        };
        match self.makers.get(&lane) {
            Some(Maker::Pool(pool)) => self.pool_note(*pool, year, place),
            Some(Maker::Compete(race)) => self.race_note(*race, year, place),
            Some(Maker::Stage) if lane == self.run.compiled.plan.projects.paid => Some(Note::Order),
            _ => None,
        }
    }

    fn kind(&self, key: Key) -> Kind {
        let plan = &self.run.compiled.plan;
        match key {
            Key::Lane(lane, ..) => match plan.lane(lane).unit {
                Unit::Fen | Unit::FenEach => Kind::Money,
                Unit::CentiMu => Kind::Area,
                Unit::SquareMetre => Kind::Metres,
                Unit::One => Kind::Number,
            },
            Key::Table(table, year, place) => {
                let table = &plan.tables[table.0 as usize];
                let quantity = table.leaf(year, place).map(|leaf| self.leaf(leaf).quantity).or_else(|| self.quantity(&table.name));
                coefficient(table.shown, quantity)
            }
            Key::Column(table, column, ..) => {
                let columns = super::item::TABLES.iter().find(|(name, _)| *name == table).map_or(columns::SUMMARY, |(_, columns)| columns);
                match (columns.iter().find(|c| c.key == column).map_or("money", |c| c.unit), column) {
                    ("money", _) => Kind::Money,
                    (_, "population") => Kind::Number,
                    (_, "retained_per_head") => Kind::PerHead,
                    _ => Kind::Ratio,
                }
            }
            Key::Cell(n) => self.cells[n].kind,
            Key::Constant(..) => Kind::Share,
            Key::Weights(pool, ..) => match plan.pools[pool].weight {
                crate::plan::Arg::Lane(lane) if plan.lane(lane).unit == Unit::Fen => Kind::Money,
                _ => Kind::Number,
            },
            Key::Project(..) | Key::Drawn(..) | Key::Left(..) => Kind::Money,
        }
    }

    /// What is measured by the parameter of a path, where a table has no leaf in this year or town.
    fn quantity(&self, path: &str) -> Option<Quantity> {
        self.run.scenario.leaves.iter().find(|(_, leaf)| leaf.path == path).map(|(_, leaf)| leaf.quantity)
    }
}

/// Whose figure it is, by the order of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A town's.
    Town(usize),
    /// A county's.
    County(usize),
    /// A rule's.
    Nobody,
}

const fn coefficient(shown: Shown, quantity: Option<Quantity>) -> Kind {
    match (shown, quantity) {
        (Shown::Number, Some(Quantity::Share)) => Kind::Millionths,
        (Shown::Share, _) => Kind::Share,
        (Shown::Flag, _) => Kind::Flag,
        (Shown::Fen, Some(Quantity::MoneyPerMu)) => Kind::PerMu,
        (Shown::Fen, Some(Quantity::MoneyPerSquareMetre)) => Kind::PerMetre,
        (Shown::Fen, Some(Quantity::Area)) => Kind::Area,
        (Shown::Fen, _) => Kind::Money,
        (Shown::Factor | Shown::Number, _) => Kind::Number,
    }
}
