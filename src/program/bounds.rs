//! How large a result can be at most, from what its operands can be: a bound for a whole lane spares looking at every figure.

use super::code::{Code, Flow, Slot, Src};
use super::rows::Value;
use super::run::Year;
use crate::base::amount::LIMIT_FEN;
use crate::kernel::{self, round};
use crate::plan::Domain;

/// Doubles that bound doubles are rounded too.
const SLACK: f64 = 1.0 + 1e-9;

impl Year<'_, '_> {
    /// Notes what the results of an instruction do not exceed by magnitude. A bound that cannot be told is infinite.
    pub(super) fn bound(&mut self, code: &Code) {
        let all = |srcs: &[Src]| srcs.iter().map(|src| self.most(*src)).sum::<f64>();
        match code {
            Code::Amount { out, a, b, k } => self.note(*out, self.most(*a) * self.most(*b) * k.map_or(1.0, |k| self.most(k)) + 1.0),
            Code::Take { out, rest, left, .. } => [*out, *rest].into_iter().flatten().for_each(|out| self.note(out, self.most(*left))),
            Code::Pay { paid, unmet, rest, due, from } => {
                let most = self.most(*due) + self.most(*from);
                [*paid, *unmet, *rest].into_iter().flatten().for_each(|out| self.note(out, most));
            }
            Code::Rungs { out, x, rungs, .. } => {
                let froms = rungs.iter().map(|(from, _)| self.most(*from)).fold(0.0, f64::max);
                let rates = rungs.iter().map(|(_, rate)| self.most(*rate) + 1.0).sum::<f64>();
                self.note(*out, (self.most(*x) + 2.0 * froms) * rates + 1e3);
            }
            Code::Clamp { out, x, low, high } => self.note(*out, self.most(*x) + low.map_or(0.0, |low| self.most(low)) + high.map_or(0.0, |high| self.most(high))),
            Code::Sum { out, plus, minus } => self.note(*out, all(plus) + all(minus)),
            Code::Basket { out, flows, plus, minus } => {
                let mut most = all(plus) + all(minus);
                for flow in flows {
                    let amount = self.most(flow.a) * flow.b.map_or(1.0, |b| self.most(b)) + 1.0;
                    if amount.is_nan() || amount > LIMIT_FEN {
                        self.look(flow, out.domain);
                    }
                    most += amount;
                }
                self.note(*out, most);
            }
            Code::Select { out, yes, no, .. } => self.note(*out, self.most(*yes) + self.most(*no)),
            Code::PayPlan { general, fund, all, outs, .. } => {
                let bounds = [self.most(*general), self.most(*fund)].map(|most| most + self.most(Src::Fixed(*all)));
                let due = self.most(Src::Fixed(*all));
                let outs = [(outs.general, bounds[0]), (outs.fund, bounds[1]), (outs.paid, due), (outs.unpaid, due)];
                outs.into_iter().for_each(|(out, most)| out.into_iter().for_each(|out| self.note(out, most)));
            }
            Code::Pool { amount, levied, out, rest, .. } => {
                let most = self.most(*amount) + levied.map_or(0.0, |levied| self.most(levied));
                [*out, *rest].into_iter().flatten().for_each(|out| self.note(out, most));
            }
            Code::Mean { out, .. }
            | Code::Carry { out, .. }
            | Code::Index { out, .. }
            | Code::Prorate { out, .. }
            | Code::Power { out, .. }
            | Code::Route { out, .. }
            | Code::Gather { out, .. }
            | Code::Compete { out, .. } => self.note(*out, f64::INFINITY),
            Code::PayDue(stage) => {
                let outs = [stage.outs.general, stage.outs.fund, stage.outs.paid, stage.outs.unpaid];
                outs.into_iter().chain(stage.earmarks.iter().map(|(_, out)| *out)).flatten().for_each(|out| self.note(out, f64::INFINITY));
            }
            Code::Projects(stage) => {
                let outs = [stage.outs.general, stage.outs.fund, stage.outs.paid, stage.outs.unpaid, stage.due, stage.upkeep, stage.finished_cost];
                let pots = stage.earmarks.iter().map(|(_, out)| *out).chain(stage.matches.iter().map(|grant| grant.out));
                outs.into_iter().chain(pots).flatten().for_each(|out| self.note(out, f64::INFINITY));
            }
            Code::Guard { .. } => {}
        }
    }

    /// Looks at every amount of a flow: none is kept, but none may pass the limit.
    #[cold]
    fn look(&mut self, flow: &Flow, domain: Domain) {
        let Some(b) = flow.b else { return };
        let (places, of_point) = (self.places(domain), self.program.shape.places(domain).len());
        for place in 0..places {
            let [a, b] = [flow.a, b].map(|src| match self.value(src, domain) {
                Value::One(value) => value,
                Value::Many(row) => row[place],
            });
            if !kernel::within(&[round(a * b)], LIMIT_FEN) {
                self.fail(place / of_point);
            }
        }
    }

    fn note(&mut self, out: Slot, most: f64) {
        self.work.bounds[out.of(self.year)] = if most.is_nan() { f64::INFINITY } else { most * SLACK };
    }

    /// What an operand does not exceed by magnitude this year.
    fn most(&self, src: Src) -> f64 {
        match src {
            Src::Slot(slot) => self.work.bounds[slot.of(self.year)],
            Src::Fixed(fixed) => self.program.assembled.rows.bound(fixed),
            Src::Input(input) => self.work.input_bounds[input as usize],
            Src::Number(number) => number.abs(),
            Src::Past(past) => {
                let past = self.program.assembled.pasts[past as usize];
                if self.year < past.lag { self.most(past.opening) } else { self.work.bounds[past.of.of(self.year - past.lag)] }
            }
        }
    }
}
