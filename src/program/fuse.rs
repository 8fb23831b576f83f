//! What is used once and only added up is computed where it is added: an amount, what levels above take of it, and the sum.

use std::borrow::Cow;
use std::collections::HashMap;

use super::rows::Shape;
use super::steps::Step;
use crate::engine::Outcome;
use crate::plan::{Arg, Lane, Op, Plan, TableId};

/// More takes than this of one amount are not fused: each number of them is a loop of its own.
pub(super) const TAKES: usize = 3;

/// An amount, `R(a · b)` or (without b) a lane, and the rates taken of it one after another.
#[derive(Clone, Debug)]
pub(super) struct Stream {
    pub a: Arg,
    pub b: Option<Arg>,
    pub rates: Vec<Arg>,
}

impl Stream {
    pub fn reads(&self) -> impl Iterator<Item = Arg> + '_ {
        [Some(self.a), self.b].into_iter().flatten().chain(self.rates.iter().copied())
    }
}

/// Makes baskets of the sums among live steps.
pub(super) fn fuse<'p>(plan: &'p Plan, outcome: &Outcome, shape: &Shape, tables: &[TableId], varying: &[bool], asked: &[Lane], steps: Vec<Step<'p>>) -> Vec<Step<'p>> {
    let mut uses: HashMap<Lane, usize> = HashMap::new();
    let mut made: HashMap<Lane, usize> = HashMap::new();
    for (n, step) in steps.iter().enumerate() {
        let lanes = step.reads(plan).into_iter().filter_map(|arg| if let Arg::Lane(lane) = arg { Some(lane) } else { None });
        lanes.for_each(|lane| *uses.entry(lane).or_default() += 1);
        made.extend(step.writes(plan).into_iter().map(|lane| (lane, n)));
    }
    asked.iter().for_each(|lane| *uses.entry(*lane).or_default() += 1);
    let fuser = Fuser { plan, outcome, shape, tables, varying, uses, made, steps: &steps };
    let mut gone = vec![false; steps.len()];
    let fused: Vec<Option<Step<'p>>> = steps.iter().map(|step| fuser.basket(step, &mut gone)).collect();
    let all = steps.into_iter().zip(fused).zip(gone);
    all.filter(|(_, gone)| !gone).map(|((step, fused), _)| fused.unwrap_or(step)).collect()
}

struct Fuser<'p, 'a> {
    plan: &'p Plan,
    outcome: &'a Outcome,
    shape: &'a Shape,
    tables: &'a [TableId],
    varying: &'a [bool],
    /// How often each lane is read or asked.
    uses: HashMap<Lane, usize>,
    /// Where each lane is written.
    made: HashMap<Lane, usize>,
    steps: &'a [Step<'p>],
}

impl<'p> Fuser<'p, '_> {
    fn basket(&self, step: &Step<'p>, gone: &mut [bool]) -> Option<Step<'p>> {
        let Step::Op(op) = step else { return None };
        let Op::Sum { out, plus, minus } = &**op else { return None };
        let (mut streams, mut rest) = (Vec::new(), Vec::new());
        for arg in plus {
            match arg {
                Arg::Lane(lane) if self.varying[lane.0 as usize] => match self.stream(*lane, gone) {
                    Some(stream) => streams.push(stream),
                    None => rest.push(*arg),
                },
                _ => rest.push(*arg),
            }
        }
        (!streams.is_empty()).then(|| Step::Basket { out: *out, streams, plus: rest, minus: minus.clone() })
    }

    fn op(&self, lane: Lane) -> Option<(usize, &Op)> {
        let at = *self.made.get(&lane)?;
        if let Step::Op(op) = &self.steps[at] { Some((at, op)) } else { None }
    }

    /// What ends in a lane that is only used here.
    fn stream(&self, lane: Lane, gone: &mut [bool]) -> Option<Stream> {
        let (mut lane, mut rates, mut uses) = (lane, Vec::new(), 1);
        while rates.len() < TAKES
            && self.uses.get(&lane) == Some(&uses)
            && let Some((at, Op::Take { out, rest, base, rate, left })) = self.op(lane)
            && *rest == lane
            && *base == Arg::Lane(*left)
            && !self.uses.contains_key(out)
            && self.varying[left.0 as usize]
            && self.is_part(*rate)
        {
            rates.insert(0, *rate);
            gone[at] = true;
            // A take reads what it is taken of twice.
            (lane, uses) = (*left, 2);
        }
        if self.uses.get(&lane) == Some(&uses)
            && let Some((at, Op::Amount { a, b, k, .. })) = self.op(lane)
            && *k == Arg::Number(1.0)
        {
            gone[at] = true;
            return Some(Stream { a: *a, b: Some(*b), rates });
        }
        (!rates.is_empty()).then_some(Stream { a: Arg::Lane(lane), b: None, rates })
    }

    /// Whether a rate is one figure a year for all towns of the group and no more than the whole: then a take of what is left
    /// never meets its limit.
    fn is_part(&self, rate: Arg) -> bool {
        let same = |row: &[f64]| row.iter().all(|rate| rate.to_bits() == row[0].to_bits() && (0.0..=1.0).contains(rate));
        match rate {
            Arg::Number(rate) => (0.0..=1.0).contains(&rate),
            Arg::Table(table) if self.tables.contains(&table) => false,
            Arg::Table(table) => {
                let table = &self.plan.tables[table.0 as usize];
                let places = if table.width == 1 { 0..1 } else { self.shape.towns.clone() };
                table.values.chunks_exact(table.width).all(|row| same(&row[places.clone()]))
            }
            Arg::Lane(lane) if self.varying[lane.0 as usize] => false,
            Arg::Lane(lane) => (0..self.plan.years).all(|year| same(&self.outcome.row(lane, year)[self.shape.towns.clone()])),
        }
    }
}

/// A plan's operation where a step is one.
pub(super) fn operation<'a>(step: &'a Step<'_>) -> Option<&'a Op> {
    if let Step::Op(op) = step { Some(Cow::as_ref(op)) } else { None }
}
