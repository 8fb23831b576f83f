//! What reaches what: the operations an asked lane rests on, and the lanes a varying table changes.

use super::steps::Step;
use crate::plan::{Arg, Lane, Op, Plan, TableId};

/// What an operation reads.
pub(super) fn reads(plan: &Plan, op: &Op) -> Vec<Arg> {
    let lane = |lane: &Lane| Arg::Lane(*lane);
    match op {
        Op::Amount { a, b, k, .. } => vec![*a, *b, *k],
        Op::Take { base, rate, left, .. } => vec![*base, *rate, lane(left)],
        Op::Pay { due, from, .. } => vec![*due, lane(from)],
        Op::Rungs { x, rungs, .. } => std::iter::once(lane(x)).chain(rungs.iter().flat_map(|rung| [rung.from, rung.rate])).collect(),
        Op::Clamp { x, low, high, .. } => std::iter::once(*x).chain(*low).chain(*high).collect(),
        Op::Sum { plus, minus, .. } => plus.iter().chain(minus).copied().collect(),
        Op::Mean { of, .. } => of.iter().map(lane).collect(),
        Op::Carry { of, opening, .. } => vec![lane(of), *opening],
        Op::Index { start, factor, .. } => vec![*start, *factor],
        Op::Prorate { a, b, c, none, .. } => vec![*a, *b, *c, *none],
        Op::Select { when, yes, no, .. } => vec![*when, *yes, *no],
        Op::Power { a, b, exponent, .. } => vec![*a, *b, *exponent],
        Op::Route { x, .. } | Op::Gather { x, .. } => vec![lane(x)],
        Op::Projects => {
            let stage = &plan.projects;
            let pots = [stage.general.before, stage.fund.before].into_iter().chain(stage.earmarks.iter().map(|pot| pot.before)).map(Arg::Lane);
            let grants = stage.matches.iter().flat_map(|grant| [Some(grant.runs), Some(grant.share), grant.cap]).flatten().map(Arg::Table);
            pots.chain(grants).collect()
        }
        Op::Pool(n) => {
            let pool = &plan.pools[*n];
            [pool.amount, pool.member, pool.weight, pool.low].into_iter().chain(pool.high).chain(pool.levied.map(Arg::Lane)).collect()
        }
        Op::Compete(n) => {
            let competition = &plan.competitions[*n];
            vec![competition.prize, competition.member, competition.score]
        }
    }
}

/// What an operation writes, stages included.
pub(super) fn writes(plan: &Plan, op: &Op) -> Vec<Lane> {
    match op {
        Op::Projects => {
            let stage = &plan.projects;
            let results = [stage.planned, stage.due, stage.paid, stage.unpaid, stage.upkeep, stage.general.after, stage.fund.after];
            let pots = stage.earmarks.iter().map(|pot| pot.after).chain(stage.matches.iter().map(|grant| grant.out));
            results.into_iter().chain(stage.finished_cost).chain(pots).collect()
        }
        Op::Pool(n) => vec![plan.pools[*n].out, plan.pools[*n].rest],
        Op::Compete(n) => vec![plan.competitions[*n].out],
        _ => op.outs(),
    }
}

/// Which lanes change when some tables do. Past values reach later years, so the operations are gone through until nothing is new.
pub(super) fn varying(plan: &Plan, tables: &[TableId]) -> Vec<bool> {
    let mut found = vec![false; plan.lanes.len()];
    let mut known = 0;
    loop {
        for op in &plan.ops {
            let reached = reads(plan, op).iter().any(|arg| match arg {
                Arg::Lane(lane) => found[lane.0 as usize],
                Arg::Table(table) => tables.contains(table),
                Arg::Number(_) => false,
            });
            if reached {
                changed_by(plan, op).for_each(|lane| found[lane.0 as usize] = true);
            }
        }
        let now = found.iter().filter(|v| **v).count();
        if now == known {
            return found;
        }
        known = now;
    }
}

/// Of what an operation writes, what its operands can change: a plan that stands is due as planned, whatever the money.
fn changed_by<'p>(plan: &'p Plan, op: &'p Op) -> impl Iterator<Item = Lane> + use<'p> {
    use crate::plan::projects::Mode;
    let stage = &plan.projects;
    let stands = matches!(op, Op::Projects) && stage.mode == Mode::Unconstrained;
    let fixed = move |lane: &Lane| *lane == stage.planned || stands && ([stage.due, stage.upkeep].contains(lane) || Some(*lane) == stage.finished_cost);
    writes(plan, op).into_iter().filter(move |lane| !(matches!(op, Op::Projects) && fixed(lane)))
}

/// The steps the asked lanes rest on, of those whose results change.
pub(super) fn live<'p>(plan: &Plan, asked: &[Lane], varying: &[bool], steps: Vec<Step<'p>>) -> Vec<Step<'p>> {
    let mut wanted = vec![false; plan.lanes.len()];
    let mut kept = vec![false; steps.len()];
    asked.iter().for_each(|lane| wanted[lane.0 as usize] = true);
    loop {
        let mut grew = false;
        for (n, step) in steps.iter().enumerate().rev() {
            let needed = step.writes(plan).iter().any(|lane| wanted[lane.0 as usize] && varying[lane.0 as usize]);
            if !needed || kept[n] {
                continue;
            }
            kept[n] = true;
            grew = true;
            for arg in step.reads(plan) {
                if let Arg::Lane(lane) = arg {
                    wanted[lane.0 as usize] = true;
                }
            }
        }
        if !grew {
            return steps.into_iter().zip(kept).filter_map(|(step, kept)| kept.then_some(step)).collect();
        }
    }
}
