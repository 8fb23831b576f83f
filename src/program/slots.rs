//! Where lanes are kept: which are another under a second name, which stand in past years, and a slot for each of the rest.

use std::collections::HashMap;

use super::assemble::Assembler;
use super::code::Slot;
use super::fuse::operation;
use super::steps::Step;
use crate::plan::{Arg, Domain, Lane, Op, Plan};

/// A sum of one lane is that lane.
pub(super) fn aliases(plan: &Plan, steps: &[Step<'_>], varying: &[bool]) -> HashMap<Lane, Lane> {
    let mut alias = HashMap::new();
    for op in steps.iter().filter_map(operation) {
        if let Op::Sum { out, plus, minus } = op
            && let ([Arg::Lane(of)], []) = (&plus[..], &minus[..])
            && varying[of.0 as usize]
            && plan.lane(*of).domain == plan.lane(*out).domain
        {
            let of = alias.get(of).copied().unwrap_or(*of);
            alias.insert(*out, of);
        }
    }
    alias
}

/// What is carried is read where it stands, unless it is carried on from there or opens with something that varies.
pub(super) fn pasts(steps: &[Step<'_>], alias: &HashMap<Lane, Lane>, varying: &[bool]) -> HashMap<Lane, (Lane, usize, Arg)> {
    let true_name = |lane: &Lane| alias.get(lane).copied().unwrap_or(*lane);
    let carried = |op: &Op| if let Op::Carry { of, .. } = op { Some(true_name(of)) } else { None };
    let carried: Vec<Lane> = steps.iter().filter_map(operation).filter_map(carried).collect();
    let past = |op: &Op| match op {
        Op::Carry { out, of, lag, opening } if varying[of.0 as usize] && !carried.contains(out) && *lag > 0 => {
            let opens = !matches!(opening, Arg::Lane(lane) if varying[lane.0 as usize]);
            opens.then(|| (*out, (true_name(of), *lag, *opening)))
        }
        _ => None,
    };
    steps.iter().filter_map(operation).filter_map(past).collect()
}

impl Assembler<'_> {
    /// Gives every lane a slot from its first writing to its last reading; lanes of past years keep theirs.
    pub(super) fn place(&mut self, asked: &[Lane]) -> Vec<Domain> {
        let end = self.steps.len();
        let mut last: HashMap<Lane, usize> = HashMap::new();
        let mut ring: HashMap<Lane, usize> = HashMap::new();
        for (n, step) in self.steps.iter().enumerate() {
            for arg in step.reads(self.plan) {
                if let Arg::Lane(lane) = arg {
                    last.insert(self.true_name(lane), n);
                }
            }
            let Some(op) = operation(step) else { continue };
            if let Op::Carry { of, lag, .. } = op {
                let years = ring.entry(self.true_name(*of)).or_insert(1);
                *years = (*years).max(lag + 1);
            }
            if let Op::Index { out, .. } = op {
                ring.entry(*out).or_insert(1);
            }
        }
        last.extend(asked.iter().map(|lane| (self.true_name(*lane), end)));
        let (mut domains, mut free): (Vec<Domain>, Vec<Slot>) = (Vec::new(), Vec::new());
        for n in 0..self.steps.len() {
            for out in self.steps[n].writes(self.plan) {
                if self.alias.contains_key(&out) || self.past.contains_key(&out) || !self.varies(out) || !(last.contains_key(&out) || ring.contains_key(&out)) {
                    continue;
                }
                let slot = self.slot(out, ring.get(&out).copied(), &mut domains, &mut free);
                self.slots.insert(out, slot);
            }
            // What is read here for the last time makes room only now: results never overwrite operands.
            let done = last.iter().filter(|(lane, at)| **at == n && !ring.contains_key(lane)).filter_map(|(lane, _)| self.slots.get(lane).copied());
            let mut done: Vec<Slot> = done.collect();
            done.sort_unstable_by_key(|slot| slot.first);
            free.extend(done);
        }
        domains
    }

    fn slot(&self, lane: Lane, ring: Option<usize>, domains: &mut Vec<Domain>, free: &mut Vec<Slot>) -> Slot {
        let domain = self.plan.lane(lane).domain;
        if ring.is_none()
            && let Some(at) = free.iter().rposition(|slot| slot.domain == domain)
        {
            return free.swap_remove(at);
        }
        let ring = u32::try_from(ring.unwrap_or(1)).unwrap_or(1);
        let first = u32::try_from(domains.len()).unwrap_or(u32::MAX);
        (0..ring).for_each(|_| domains.push(domain));
        Slot { first, ring, domain }
    }
}
