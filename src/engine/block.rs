//! One block: whole counties, all years.

use std::ops::Range;

use super::verify::Broken;
use crate::kernel::{self, Operand};
use crate::plan::projects::MatchPlan;
use crate::plan::{Arg, Domain, Lane, Op, Plan, TableId};
use crate::stages::projects::{Match, Money, Payment, Standing, step};

/// What a block computed.
pub(super) struct Block {
    pub towns: Range<usize>,
    pub counties: Range<usize>,
    pub projects: Range<usize>,
    /// Every lane: years × places of the block.
    pub lanes: Vec<Vec<f64>>,
    pub payments: Vec<Vec<Payment>>,
    pub standing: Vec<Standing>,
}

/// Runs the counties of a block through all years.
pub(super) fn run(plan: &Plan, counties: Range<usize>) -> Result<Block, Broken> {
    let towns = plan.counties[counties.start].start..plan.counties[counties.end - 1].end;
    let projects = plan.projects.by_town.get(towns.start).map_or(0, |r| r.start)..plan.projects.by_town.get(towns.end.wrapping_sub(1)).map_or(0, |r| r.end);
    let width = |domain: Domain| if domain == Domain::Town { towns.len() } else { counties.len() };
    let lanes = plan.lanes.iter().map(|lane| vec![0.0; plan.years * width(lane.domain)]).collect();
    let count = projects.len();
    let mut block = Block { towns, counties, projects, lanes, payments: vec![Vec::with_capacity(plan.years); count], standing: vec![Standing::default(); count] };
    for year in 0..plan.years {
        for op in &plan.ops {
            match op {
                Op::Projects => block.pay_projects(plan, year),
                Op::Gather { out, x } => block.gather(plan, *out, *x, year),
                Op::Pool(n) => block.share_pool(plan, &plan.pools[*n], year)?,
                Op::Compete(n) => block.compete(plan, &plan.competitions[*n], year),
                _ => block.compute(plan, op, year),
            }
        }
    }
    Ok(block)
}

impl Block {
    /// The places of a lane in the block.
    const fn places(&self, domain: Domain) -> &Range<usize> {
        match domain {
            Domain::Town => &self.towns,
            Domain::County => &self.counties,
        }
    }

    pub(super) fn row(&self, lane: Lane, year: usize, width: usize) -> &[f64] {
        &self.lanes[lane.0 as usize][year * width..(year + 1) * width]
    }

    /// An operand as a slice: the lane's row of the year, the table's, or the number itself; `places` are those of the result.
    pub(super) fn operand<'a>(&'a self, plan: &'a Plan, arg: &'a Arg, year: usize, places: &Range<usize>) -> Operand<'a> {
        match arg {
            Arg::Lane(lane) => Operand::lane(self.row(*lane, year, places.len())),
            Arg::Number(number) => Operand::uniform(std::slice::from_ref(number)),
            Arg::Table(id) => {
                let table = &plan.tables[id.0 as usize];
                let row = &table.values[year * table.width..(year + 1) * table.width];
                if table.width == 1 { Operand::uniform(row) } else { Operand::lane(&row[places.clone()]) }
            }
        }
    }

    /// Every operation that is one formula a place. The destination is taken out of the block while it is written.
    fn compute(&mut self, plan: &Plan, op: &Op, year: usize) {
        for (n, out) in op.outs().into_iter().enumerate() {
            let places = self.places(plan.lane(out).domain).clone();
            let width = places.len();
            let mut lane = std::mem::take(&mut self.lanes[out.0 as usize]);
            {
                let (before, now) = lane.split_at_mut(year * width);
                self.write(plan, op, n, year, &places, before, &mut now[..width]);
            }
            self.lanes[out.0 as usize] = lane;
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one operation, one result, one year")]
    fn write<'p>(&'p self, plan: &'p Plan, op: &'p Op, n: usize, year: usize, places: &Range<usize>, before: &[f64], out: &mut [f64]) {
        let width = places.len();
        let at = |arg: &'p Arg| -> Operand<'p> { self.operand(plan, arg, year, places) };
        let lane = |lane: &Lane| -> Operand<'p> { Operand::lane(self.row(*lane, year, width)) };
        match op {
            Op::Amount { a, b, k, .. } => kernel::amount::<false>(out, at(a), at(b), at(k)),
            Op::Take { base, rate, left, .. } if n == 0 => kernel::take::<false>(out, at(base), at(rate), lane(left)),
            Op::Take { out: taken, left, .. } => kernel::subtract(out, lane(left), lane(taken)),
            Op::Pay { due, from, .. } if n == 0 => kernel::pay(out, at(due), lane(from)),
            Op::Pay { paid, due, .. } if n == 1 => kernel::subtract(out, at(due), lane(paid)),
            Op::Pay { paid, from, .. } => kernel::subtract(out, lane(from), lane(paid)),
            Op::Rungs { x, rungs, whole, .. } => {
                for (n, rung) in rungs.iter().enumerate() {
                    let (from, rate) = (at(&rung.from), at(&rung.rate));
                    if *whole {
                        kernel::whole_rung::<false>(out, lane(x), from, rate, n == 0);
                    } else {
                        kernel::rung::<false>(out, lane(x), from, rate, rungs.get(n + 1).map(|next| at(&next.from)), n == 0);
                    }
                }
            }
            Op::Clamp { x, low, high, .. } => kernel::clamp(out, at(x), low.as_ref().map(at), high.as_ref().map(at)),
            Op::Sum { plus, minus, .. } => {
                plus.iter().for_each(|x| kernel::accumulate(out, at(x), 1.0));
                minus.iter().for_each(|x| kernel::accumulate(out, at(x), -1.0));
            }
            Op::Mean { of, .. } => {
                of.iter().for_each(|x| kernel::accumulate(out, lane(x), 1.0));
                #[expect(clippy::cast_precision_loss, reason = "a mean is of a few years")]
                kernel::mean(out, of.len() as f64);
            }
            Op::Carry { of, lag, opening, .. } => {
                let source = if year < *lag { at(opening) } else { Operand::lane(self.row(*of, year - lag, width)) };
                kernel::accumulate(out, source, 1.0);
            }
            Op::Index { start, factor, .. } => {
                let last = if year == 0 { at(start) } else { Operand::lane(&before[(year - 1) * width..]) };
                kernel::product(out, last, at(factor));
            }
            Op::Prorate { a, b, c, none, .. } => kernel::prorate(out, at(a), at(b), at(c), at(none)),
            Op::Select { when, yes, no, .. } => kernel::select(out, at(when), at(yes), at(no)),
            Op::Power { a, b, exponent, .. } => kernel::power(out, at(a), at(b), at(exponent)),
            Op::Route { x, from, .. } => kernel::route(out, lane(x), &from[self.towns.clone()], self.towns.start),
            Op::Gather { .. } | Op::Projects | Op::Pool(_) | Op::Compete(_) => {}
        }
    }

    fn gather(&mut self, plan: &Plan, out: Lane, x: Lane, year: usize) {
        let (towns, counties) = (self.towns.len(), self.counties.len());
        for (n, county) in self.counties.clone().enumerate() {
            let range = plan.counties[county].clone();
            let (start, end) = (range.start - self.towns.start, range.end - self.towns.start);
            let sum = self.row(x, year, towns)[start..end].iter().sum();
            self.lanes[out.0 as usize][year * counties + n] = sum;
        }
    }

    fn pay_projects(&mut self, plan: &Plan, year: usize) {
        let stage = &plan.projects;
        for town in 0..self.towns.len() {
            let range = stage.by_town[self.towns.start + town].clone();
            let cell = year * self.towns.len() + town;
            let there = |lane: Lane| self.lanes[lane.0 as usize][cell];
            let mut money = Money {
                general: there(stage.general.before),
                fund: there(stage.fund.before),
                earmarks: stage.earmarks.iter().map(|e| there(e.before)).collect(),
                matches: stage.matches.iter().map(|m| matching(plan, m, year, self.towns.start + town)).collect(),
            };
            let own = range.start - self.projects.start..range.end - self.projects.start;
            let mut payments = Vec::new();
            let totals = step(&stage.list[range], &mut self.standing[own.clone()], &mut payments, stage.mode, year, &mut money);
            let mut write = |lane: Lane, value: f64| self.lanes[lane.0 as usize][cell] = value;
            write(stage.general.after, money.general);
            write(stage.fund.after, money.fund);
            stage.earmarks.iter().zip(&money.earmarks).for_each(|(pot, left)| write(pot.after, *left));
            stage.matches.iter().zip(&money.matches).for_each(|(plan, grant)| write(plan.out, grant.granted));
            write(stage.planned, totals.planned);
            write(stage.due, totals.due);
            write(stage.paid, totals.paid);
            write(stage.unpaid, totals.due - totals.paid);
            write(stage.upkeep, totals.upkeep);
            if let Some(lane) = stage.finished_cost {
                write(lane, totals.finished_cost);
            }
            self.payments[own].iter_mut().zip(payments).for_each(|(past, now)| past.push(now));
        }
    }
}

/// A matching grant as it stands for a town at the start of a year.
fn matching(plan: &Plan, grant: &MatchPlan, year: usize, town: usize) -> Match {
    let at = |table: TableId| plan.tables[table.0 as usize].at(year, town);
    // Without a cap it has no end.
    Match { runs: at(grant.runs) != 0.0, share: at(grant.share), left: grant.cap.map_or(f64::MAX, at), granted: 0.0 }
}
