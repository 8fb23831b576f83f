//! Building a plan: name a lane, say the operation.

use std::ops::Range;

use super::op::{Arg, Op, Rung};
use super::pool::{CompetePlan, PoolPlan, county_of};
use super::projects::MatchPlan;
use super::table::{Follows, Shown, Table, TableId};
use super::{Closure, Domain, Lane, LaneInfo, Unit};
use crate::base::lang::Words;

/// A plan in the making: lanes, tables and operations in the order they are computed.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    /// How many years.
    pub years: usize,
    /// How many towns.
    pub towns: usize,
    /// For every county its towns, as a range.
    pub counties: Vec<Range<usize>>,
    /// For every town its place in the order of ids (县/镇, by code points).
    pub ranks: Vec<u32>,
    /// Lanes so far.
    pub lanes: Vec<LaneInfo>,
    /// Tables so far.
    pub tables: Vec<Table>,
    /// Operations so far.
    pub ops: Vec<Op>,
    /// Pools so far.
    pub pools: Vec<PoolPlan>,
    /// Competitions so far.
    pub competitions: Vec<CompetePlan>,
    /// Something crosses counties, so all of them are computed together.
    pub one_block: bool,
    /// What must add up.
    pub closures: Vec<Closure>,
    /// Matching grants so far; the project stage works them out.
    pub matches: Vec<MatchPlan>,
}

/// How a lane is called: its path and its name in two languages.
#[derive(Clone, Debug)]
pub struct Name {
    /// Path.
    pub path: String,
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

impl Name {
    /// `{owner path}/{key}`, called `{owner}·{word}`.
    #[must_use]
    pub fn of(path: &str, owner: &str, key: &str, words: Words) -> Self {
        let dot = if owner.is_empty() { "" } else { "·" };
        let gap = if owner.is_empty() { "" } else { ": " };
        Self { path: format!("{path}/{key}"), zh: format!("{owner}{dot}{}", words.zh), en: format!("{owner}{gap}{}", words.en) }
    }
}

impl Builder {
    /// An empty plan.
    #[must_use]
    pub fn new(years: usize, towns: usize) -> Self {
        Self { years, towns, ..Self::default() }
    }

    /// A new lane.
    pub fn lane(&mut self, name: Name, domain: Domain, unit: Unit) -> Lane {
        self.lanes.push(LaneInfo { name: name.path, zh: name.zh, en: name.en, domain, unit });
        Lane(u32::try_from(self.lanes.len() - 1).unwrap_or(u32::MAX))
    }

    /// A town lane of money.
    pub fn fen(&mut self, name: Name) -> Lane {
        self.lane(name, Domain::Town, Unit::Fen)
    }

    /// A table; tables that are the same for all towns are kept once a year.
    pub fn table(&mut self, table: Table) -> TableId {
        self.tables.push(table.narrow(self.years));
        TableId(u32::try_from(self.tables.len() - 1).unwrap_or(u32::MAX))
    }

    /// A table made by the program: one value for every year and town.
    pub fn made(&mut self, name: &str, shown: Shown, value: impl Fn(usize, usize) -> f64) -> TableId {
        let values = (0..self.years).flat_map(|y| (0..self.towns).map(move |t| (y, t))).map(|(y, t)| value(y, t)).collect();
        self.table(Table { name: name.to_owned(), shown, follows: Follows::Program, values, width: self.towns.max(1), leaves: Vec::new() })
    }

    /// The table of an id.
    #[must_use]
    pub fn get(&self, id: TableId) -> &Table {
        &self.tables[id.0 as usize]
    }

    /// `R(a · b)`
    pub fn amount(&mut self, name: Name, a: impl Into<Arg>, b: impl Into<Arg>) -> Lane {
        self.amount_in(name, Unit::Fen, a, b, Arg::Number(1.0))
    }

    /// `R(a · b · k)` in a unit
    pub fn amount_in(&mut self, name: Name, unit: Unit, a: impl Into<Arg>, b: impl Into<Arg>, k: impl Into<Arg>) -> Lane {
        let out = self.lane(name, Domain::Town, unit);
        self.ops.push(Op::Amount { out, a: a.into(), b: b.into(), k: k.into() });
        out
    }

    /// Takes a share, no more than is left; gives what is taken and what remains.
    pub fn take(&mut self, name: Name, rest: Name, base: impl Into<Arg>, rate: impl Into<Arg>, left: Lane) -> (Lane, Lane) {
        let (out, rest) = (self.fen(name), self.fen(rest));
        self.ops.push(Op::Take { out, rest, base: base.into(), rate: rate.into(), left });
        (out, rest)
    }

    /// Pays what is due from what there is; gives paid, unmet and what is left.
    pub fn pay(&mut self, paid: Name, unmet: Name, rest: Name, due: impl Into<Arg>, from: Lane) -> (Lane, Lane, Lane) {
        let (paid, unmet, rest) = (self.fen(paid), self.fen(unmet), self.fen(rest));
        self.ops.push(Op::Pay { paid, unmet, rest, due: due.into(), from });
        (paid, unmet, rest)
    }

    /// A scale over x.
    pub fn rungs(&mut self, name: Name, x: Lane, rungs: Vec<Rung>, whole: bool) -> Lane {
        let out = self.fen(name);
        self.ops.push(Op::Rungs { out, x, rungs, whole });
        out
    }

    /// x within bounds.
    pub fn clamp(&mut self, name: Name, x: impl Into<Arg>, low: Option<Arg>, high: Option<Arg>) -> Lane {
        let x = x.into();
        // An area within bounds is an area.
        let unit = if let Arg::Lane(lane) = x { self.lanes[lane.0 as usize].unit } else { Unit::Fen };
        let out = self.lane(name, Domain::Town, unit);
        self.ops.push(Op::Clamp { out, x, low, high });
        out
    }

    /// Sum of town lanes.
    pub fn sum(&mut self, name: Name, plus: &[Lane], minus: &[Lane]) -> Lane {
        let args = |lanes: &[Lane]| lanes.iter().map(|l| Arg::Lane(*l)).collect();
        self.sum_in(name, Domain::Town, Unit::Fen, args(plus), args(minus))
    }

    /// Sum of operands, anywhere.
    pub fn sum_in(&mut self, name: Name, domain: Domain, unit: Unit, plus: Vec<Arg>, minus: Vec<Arg>) -> Lane {
        let out = self.lane(name, domain, unit);
        self.ops.push(Op::Sum { out, plus, minus });
        out
    }

    /// Sum into a lane that was named earlier, so that something could carry it.
    pub fn sum_into(&mut self, out: Lane, plus: &[Lane], minus: &[Lane]) {
        let args = |lanes: &[Lane]| lanes.iter().map(|l| Arg::Lane(*l)).collect();
        self.ops.push(Op::Sum { out, plus: args(plus), minus: args(minus) });
    }

    /// The mean of lanes.
    pub fn mean(&mut self, name: Name, of: Vec<Lane>) -> Lane {
        let out = self.fen(name);
        self.ops.push(Op::Mean { out, of });
        out
    }

    /// A lane as it was so many years before.
    pub fn carry(&mut self, name: Name, of: Lane, lag: usize, opening: impl Into<Arg>) -> Lane {
        let (domain, unit) = (self.lanes[of.0 as usize].domain, self.lanes[of.0 as usize].unit);
        let out = self.lane(name, domain, unit);
        self.ops.push(Op::Carry { out, of, lag, opening: opening.into() });
        out
    }

    /// A growing index.
    pub fn index(&mut self, name: Name, start: impl Into<Arg>, factor: impl Into<Arg>) -> Lane {
        let out = self.lane(name, Domain::Town, Unit::One);
        self.ops.push(Op::Index { out, start: start.into(), factor: factor.into() });
        out
    }

    /// `R(a · b ÷ c)`
    pub fn prorate(&mut self, name: Name, a: impl Into<Arg>, b: impl Into<Arg>, c: impl Into<Arg>, none: impl Into<Arg>) -> Lane {
        let out = self.fen(name);
        self.ops.push(Op::Prorate { out, a: a.into(), b: b.into(), c: c.into(), none: none.into() });
        out
    }

    /// One of two.
    pub fn select(&mut self, name: Name, when: impl Into<Arg>, yes: impl Into<Arg>, no: impl Into<Arg>) -> Lane {
        let out = self.fen(name);
        self.ops.push(Op::Select { out, when: when.into(), yes: yes.into(), no: no.into() });
        out
    }

    /// `(a ÷ b)^exponent`, a pure number of nine decimals.
    pub fn power(&mut self, name: Name, a: impl Into<Arg>, b: impl Into<Arg>, exponent: impl Into<Arg>) -> Lane {
        let out = self.lane(name, Domain::Town, Unit::One);
        self.ops.push(Op::Power { out, a: a.into(), b: b.into(), exponent: exponent.into() });
        out
    }

    /// What one town has, in another: `x` of `from` goes to `to`, nothing elsewhere.
    pub fn route(&mut self, name: Name, x: Lane, from: usize, to: usize) -> Lane {
        let out = self.fen(name);
        let from = (0..self.towns).map(|town| (town == to).then_some(from)).collect();
        self.ops.push(Op::Route { out, x, from });
        out
    }

    /// The sum over the towns of a county.
    pub fn gather(&mut self, name: Name, x: Lane) -> Lane {
        let out = self.lane(name, Domain::County, Unit::Fen);
        self.ops.push(Op::Gather { out, x });
        out
    }

    /// The towns of each pool or competition: county by county, or all together.
    #[must_use]
    pub fn groups(&self, by_county: bool) -> Vec<Range<usize>> {
        if by_county { self.counties.clone() } else { std::iter::once(0..self.towns).collect() }
    }

    /// A pool is shared. Its lanes are made beforehand.
    pub fn pool(&mut self, pool: PoolPlan) {
        self.meet(&pool.groups);
        self.ops.push(Op::Pool(self.pools.len()));
        self.pools.push(pool);
    }

    /// Towns compete. The lane of the winners is made beforehand.
    pub fn compete(&mut self, competition: CompetePlan) {
        self.meet(&competition.groups);
        self.ops.push(Op::Compete(self.competitions.len()));
        self.competitions.push(competition);
    }

    /// Towns of several counties that meet must stand in one block.
    fn meet(&mut self, groups: &[Range<usize>]) {
        self.one_block |= groups.iter().any(|group| !county_of(&self.counties, group).1);
    }

    /// States that parts add up to a whole.
    pub fn closes(&mut self, name: &str, whole: Lane, parts: Vec<Lane>) {
        self.closures.push(Closure { name: name.to_owned(), whole, parts });
    }
}
