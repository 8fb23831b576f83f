//! Evidence: every amount inherits the weakest grade among the values it rests on.

use std::ops::Range;

use super::Run;
use crate::plan::{Arg, Domain, Lane, Op, Plan};
use crate::rules::param::Grade;

/// Grades of town lanes by year and town; `None` where an amount rests on nothing a user wrote (nothing at all).
#[derive(Clone, Debug)]
pub struct Evidence {
    /// lanes × years × towns
    grades: Vec<Vec<Option<Grade>>>,
    /// The grade of every value a user wrote.
    leaves: Vec<Grade>,
    towns: usize,
}

impl Evidence {
    /// Follows every operation: what goes into a result passes its grade on, unless it is zero.
    #[must_use]
    pub fn of(run: &Run) -> Self {
        let plan = &run.compiled.plan;
        let cells = |domain: Domain| if domain == Domain::Town { plan.years * plan.towns } else { 0 };
        let grades = plan.lanes.iter().map(|lane| vec![None; cells(lane.domain)]).collect();
        let leaves = run.scenario.leaves.iter().map(|(_, leaf)| leaf.provenance.weight()).collect();
        let mut evidence = Self { grades, leaves, towns: plan.towns };
        for year in 0..plan.years {
            for op in &plan.ops {
                evidence.pass_on(run, plan, op, year);
            }
        }
        evidence
    }

    /// The grade of an amount.
    #[must_use]
    pub fn at(&self, lane: Lane, year: usize, town: usize) -> Option<Grade> {
        self.grades[lane.0 as usize].get(year * self.towns + town).copied().flatten()
    }

    /// The grades of a year by town; none for a county's lane.
    fn row(&self, lane: Lane, year: usize) -> &[Option<Grade>] {
        self.grades[lane.0 as usize].get(year * self.towns..(year + 1) * self.towns).unwrap_or_default()
    }

    fn pass_on(&mut self, run: &Run, plan: &Plan, op: &Op, year: usize) {
        if let Some(meeting) = Meeting::of(plan, op) {
            self.pass_around(run, plan, &meeting, year);
        }
        let (mut args, carried) = inputs(op);
        let mut before: &[Option<Grade>] = &[];
        match carried {
            Some((_, lag, opening)) if year < lag => args.push(opening),
            Some((lane, lag, _)) => before = self.row(lane, year - lag),
            None => {}
        }
        let mut weakest = self.weakest(run, plan, &args, year);
        weakest.iter_mut().zip(before).for_each(|(weakest, grade)| *weakest = (*weakest).max(*grade));
        // What a route takes it takes of another town.
        if let Op::Route { x, from, .. } = op {
            let brought = self.weakest(run, plan, &[Arg::Lane(*x)], year);
            weakest.iter_mut().zip(from.iter()).for_each(|(weakest, from)| *weakest = (*weakest).max(from.and_then(|town| brought[town])));
        }
        for out in op.outs() {
            if let Some(row) = self.grades[out.0 as usize].get_mut(year * self.towns..(year + 1) * self.towns) {
                row.copy_from_slice(&weakest);
            }
        }
    }

    /// What a town gets where towns meet rests on what all of them bring.
    fn pass_around(&mut self, run: &Run, plan: &Plan, meeting: &Meeting<'_>, year: usize) {
        let first = self.weakest(run, plan, meeting.first.as_slice(), year);
        let brought = self.weakest(run, plan, &meeting.brought, year);
        for group in meeting.groups {
            let takes_part = |town: &usize| value(run, plan, meeting.member, year, *town) != 0.0;
            let towns: Vec<usize> = group.clone().filter(takes_part).collect();
            let weakest = towns.iter().map(|town| brought[*town]).fold(first[group.start], Option::max);
            for town in towns {
                self.grades[meeting.out.0 as usize][year * self.towns + town] = weakest;
            }
        }
    }

    /// The weakest grade each town's operands bring; what is zero brings none.
    fn weakest(&self, run: &Run, plan: &Plan, args: &[Arg], year: usize) -> Vec<Option<Grade>> {
        let mut weakest = vec![None; self.towns];
        for arg in args {
            match arg {
                Arg::Number(_) => {}
                Arg::Lane(lane) => {
                    let brought = run.outcome.row(*lane, year).iter().zip(self.row(*lane, year));
                    weakest.iter_mut().zip(brought).filter(|(_, (value, _))| **value != 0.0).for_each(|(weakest, (_, grade))| *weakest = (*weakest).max(*grade));
                }
                Arg::Table(table) => {
                    let table = &plan.tables[table.0 as usize];
                    let brought = (0..self.towns).map(|town| table.leaf(year, town).map(|leaf| self.leaves[leaf.0 as usize]));
                    weakest.iter_mut().zip(brought).for_each(|(weakest, grade)| *weakest = (*weakest).max(grade));
                }
            }
        }
        weakest
    }
}

/// Towns that share or compete: what the first of a group brings for all, what each brings, and what comes out.
struct Meeting<'a> {
    groups: &'a [Range<usize>],
    member: Arg,
    first: Option<Arg>,
    brought: Vec<Arg>,
    out: Lane,
}

impl<'a> Meeting<'a> {
    fn of(plan: &'a Plan, op: &Op) -> Option<Self> {
        match op {
            Op::Pool(n) => {
                let pool = &plan.pools[*n];
                let brought = [Some(pool.weight), Some(pool.low), pool.high].into_iter().flatten().collect();
                Some(Self { groups: &pool.groups, member: pool.member, first: Some(pool.amount), brought, out: pool.out })
            }
            Op::Compete(n) => {
                let race = &plan.competitions[*n];
                Some(Self { groups: &race.groups, member: race.member, first: None, brought: vec![race.prize, race.score], out: race.out })
            }
            _ => None,
        }
    }
}

fn value(run: &Run, plan: &Plan, arg: Arg, year: usize, town: usize) -> f64 {
    match arg {
        Arg::Lane(lane) => run.outcome.at(lane, year, town),
        Arg::Table(table) => plan.tables[table.0 as usize].at(year, town),
        Arg::Number(number) => number,
    }
}

/// A lane of earlier years: the lane, the lag, and what stands in before the first year.
type Carried = (Lane, usize, Arg);

/// What goes into an operation, this year's and earlier years'.
fn inputs(op: &Op) -> (Vec<Arg>, Option<Carried>) {
    let lane = |lane: &Lane| Arg::Lane(*lane);
    match op {
        Op::Amount { a, b, k, .. } => (vec![*a, *b, *k], None),
        Op::Take { base, rate, left, .. } => (vec![*base, *rate, lane(left)], None),
        Op::Pay { due, from, .. } => (vec![*due, lane(from)], None),
        Op::Rungs { x, rungs, .. } => (std::iter::once(lane(x)).chain(rungs.iter().flat_map(|r| [r.from, r.rate])).collect(), None),
        Op::Clamp { x, low, high, .. } => ([Some(*x), *low, *high].into_iter().flatten().collect(), None),
        Op::Sum { plus, minus, .. } => (plus.iter().chain(minus).copied().collect(), None),
        Op::Mean { of, .. } => (of.iter().map(lane).collect(), None),
        Op::Carry { of, lag, opening, .. } => (Vec::new(), Some((*of, *lag, *opening))),
        Op::Index { out, start, factor } => (vec![*factor], Some((*out, 1, *start))),
        Op::Prorate { a, b, c, none, .. } => (vec![*a, *b, *c, *none], None),
        Op::Select { when, yes, no, .. } => (vec![*when, *yes, *no], None),
        Op::Power { a, b, exponent, .. } => (vec![*a, *b, *exponent], None),
        // Routes, pools and competitions take of other towns: see `pass_on`.
        Op::Route { .. } | Op::Gather { .. } | Op::Projects | Op::Pool(_) | Op::Compete(_) => (Vec::new(), None),
    }
}

/// How much of the retained funds rests on each grade, as shares that add up to 1 (by amount, signs dropped).
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "shares for reading")]
pub fn shares(run: &Run, evidence: &Evidence) -> [f64; 4] {
    let mut amounts = [0.0; 4];
    let parts = run.compiled.accounts.sources.iter().filter_map(|s| s.town);
    let grants = run.compiled.accounts.postings.iter().filter(|p| !p.is_paid && p.source.is_none() && p.earmark.is_none() && !p.is_financing()).map(|p| p.lane);
    for lane in parts.chain(grants) {
        for year in 0..run.years() {
            for town in 0..run.compiled.plan.towns {
                let amount = run.outcome.fen(lane, year, town).unsigned_abs() as f64;
                let grade = evidence.at(lane, year, town).unwrap_or(Grade::D);
                amounts[grade as usize] += amount;
            }
        }
    }
    let all: f64 = amounts.iter().sum();
    if all > 0.0 { amounts.map(|a| a / all) } else { amounts }
}
