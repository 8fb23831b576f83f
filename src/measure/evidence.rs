//! Evidence: every amount inherits the weakest grade among the values it rests on.

use std::ops::Range;

use super::Run;
use crate::plan::{Arg, Domain, Lane, Op, Plan};
use crate::rules::param::{Grade, Leaves};

/// Grades of town lanes by year and town; `None` where an amount rests on nothing a user wrote (nothing at all).
#[derive(Clone, Debug)]
pub struct Evidence {
    /// lanes × years × towns
    grades: Vec<Vec<Option<Grade>>>,
    towns: usize,
}

impl Evidence {
    /// Follows every operation: what goes into a result passes its grade on, unless it is zero.
    #[must_use]
    pub fn of(run: &Run) -> Self {
        let plan = &run.compiled.plan;
        let mut grades = vec![Vec::new(); plan.lanes.len()];
        for (n, lane) in plan.lanes.iter().enumerate() {
            if lane.domain == Domain::Town {
                grades[n] = vec![None; plan.years * plan.towns];
            }
        }
        let mut evidence = Self { grades, towns: plan.towns };
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

    fn pass_on(&mut self, run: &Run, plan: &Plan, op: &Op, year: usize) {
        if let Some(meeting) = Meeting::of(plan, op) {
            meeting.groups.iter().for_each(|group| self.pass_around(run, plan, &meeting, group, year));
        }
        let (args, carried) = inputs(op);
        for town in 0..plan.towns {
            let mut weakest = routed(op, town).and_then(|(lane, place)| self.grade_of(run, plan, lane, year, place));
            for arg in &args {
                weakest = weakest.max(self.grade_of(run, plan, *arg, year, town));
            }
            if let Some((lane, lag, opening)) = carried {
                let before = if year < lag { self.grade_of(run, plan, opening, year, town) } else { self.at(lane, year - lag, town) };
                weakest = weakest.max(before);
            }
            for out in op.outs() {
                if let Some(cell) = self.grades[out.0 as usize].get_mut(year * self.towns + town) {
                    *cell = weakest;
                }
            }
        }
    }

    /// What a town gets where towns meet rests on what all of them bring.
    fn pass_around(&mut self, run: &Run, plan: &Plan, meeting: &Meeting<'_>, group: &Range<usize>, year: usize) {
        let takes_part = |town: &usize| value(run, plan, meeting.member, year, *town) != 0.0;
        let towns: Vec<usize> = group.clone().filter(takes_part).collect();
        let first = meeting.first.map(|arg| (arg, group.start));
        let brought = towns.iter().flat_map(|town| meeting.brought.iter().map(|arg| (*arg, *town)));
        let weakest = first.into_iter().chain(brought).map(|(arg, town)| self.grade_of(run, plan, arg, year, town)).max().flatten();
        for town in towns {
            self.grades[meeting.out.0 as usize][year * self.towns + town] = weakest;
        }
    }

    fn grade_of(&self, run: &Run, plan: &Plan, arg: Arg, year: usize, town: usize) -> Option<Grade> {
        match arg {
            Arg::Number(_) => None,
            Arg::Lane(lane) => {
                let counts = plan.lane(lane).domain == Domain::Town && run.outcome.at(lane, year, town) != 0.0;
                counts.then(|| self.at(lane, year, town)).flatten()
            }
            Arg::Table(table) => grade_of_leaf(&run.scenario.leaves, plan.tables[table.0 as usize].leaf(year, town)),
        }
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

fn grade_of_leaf(leaves: &Leaves, leaf: Option<crate::base::leaf::LeafId>) -> Option<Grade> {
    leaf.map(|id| leaves.get(id).provenance.weight())
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
        // What a route takes it takes of another town.
        Op::Route { .. } | Op::Gather { .. } | Op::Projects | Op::Pool(_) | Op::Compete(_) => (Vec::new(), None),
    }
}

/// The lane and the town a route takes from.
fn routed(op: &Op, town: usize) -> Option<(Arg, usize)> {
    match op {
        Op::Route { x, from, .. } => from[town].map(|place| (Arg::Lane(*x), place)),
        _ => None,
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
