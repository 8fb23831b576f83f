//! Instructions that do several things in one pass over a lane: sums, baskets, scales.

use super::code::{Flow, Slot, Src};
use super::rows::Value;
use super::run::{Year, with, write};
use crate::kernel::{self, One, Source};
use crate::plan::Domain;

impl Year<'_, '_> {
    #[inline(always)]
    pub(super) fn rungs<const WIDE: bool>(&mut self, out: Slot, x: Src, rungs: &[(Src, Src)], whole: bool) {
        write!(self, out, lane => {
            let x = self.value(x, out.domain);
            let at = |src: Src| self.value(src, out.domain);
            // A scale that is done in one pass leaves no rungs.
            let rungs = if !whole && self.scale::<WIDE>(lane, x, rungs, out.domain) { &[][..] } else { rungs };
            if !rungs.is_empty() {
                lane.fill(0.0);
            }
            for (n, (from, rate)) in rungs.iter().enumerate() {
                let (from, rate) = (at(*from), at(*rate));
                let next = rungs.get(n + 1).map(|(next, _)| at(*next));
                let (x, from, rate) = (x.asked(), from.asked(), rate.asked());
                if whole {
                    kernel::whole_rung::<WIDE>(lane, x, from, rate, n == 0);
                } else {
                    kernel::rung::<WIDE>(lane, x, from, rate, next.as_ref().map(Value::asked), n == 0);
                }
            }
        });
    }

    /// A scale in one pass, where its rates (but the last) are one figure and its bounds (but the first) one a place; says
    /// whether it was one.
    #[inline(always)]
    fn scale<const WIDE: bool>(&self, lane: &mut [f64], x: Value<'_>, rungs: &[(Src, Src)], domain: Domain) -> bool {
        let [first, between @ .., last] = rungs else { return false };
        let first = (self.value(first.0, domain), self.value(first.1, domain));
        let (Value::Many(x), (Value::One(from), Value::One(rate)), Value::Many(top)) = (x, first, self.value(last.0, domain)) else { return false };
        let (first, last) = ((from, rate), self.value(last.1, domain));
        match between {
            [] => with!(last, last => kernel::scale::<WIDE, 0>(lane, x, first, [], (top, last))),
            [a] if let Some(a) = self.rung(*a, domain) => with!(last, last => kernel::scale::<WIDE, 1>(lane, x, first, [a], (top, last))),
            [a, b] if let (Some(a), Some(b)) = (self.rung(*a, domain), self.rung(*b, domain)) => {
                with!(last, last => kernel::scale::<WIDE, 2>(lane, x, first, [a, b], (top, last)));
            }
            _ => return false,
        }
        true
    }

    #[inline(always)]
    fn rung(&self, (from, rate): (Src, Src), domain: Domain) -> Option<(&[f64], f64)> {
        match (self.value(from, domain), self.value(rate, domain)) {
            (Value::Many(from), Value::One(rate)) => Some((from, rate)),
            _ => None,
        }
    }

    #[inline(always)]
    pub(super) fn sum(&mut self, out: Slot, plus: &[Src], minus: &[Src]) {
        write!(self, out, lane => {
            macro_rules! at {
                ($src:expr) => {
                    self.value(*$src, out.domain)
                };
            }
            let (plus, minus) = match (plus, minus) {
                ([a, b, c, plus @ ..], _) => {
                    with!(at!(a), a => with!(at!(b), b => with!(at!(c), c => kernel::add_three(lane, a, b, c, 1.0))));
                    (plus, minus)
                }
                ([a, b], [c, minus @ ..]) => {
                    with!(at!(a), a => with!(at!(b), b => with!(at!(c), c => kernel::add_three(lane, a, b, c, -1.0))));
                    (&[][..], minus)
                }
                ([a, b], []) => {
                    with!(at!(a), a => with!(at!(b), b => kernel::add(lane, a, b)));
                    (&[][..], minus)
                }
                ([a], [b, minus @ ..]) => {
                    with!(at!(a), a => with!(at!(b), b => kernel::subtract(lane, a, b)));
                    (&[][..], minus)
                }
                ([a], []) => {
                    with!(at!(a), a => kernel::add(lane, a, One(0.0)));
                    (&[][..], minus)
                }
                ([], _) => {
                    lane.fill(0.0);
                    (&[][..], minus)
                }
            };
            self.accumulate(lane, plus, minus, out.domain);
        });
    }

    /// Adds to a lane and takes away from it, two at once.
    #[inline(always)]
    fn accumulate(&self, lane: &mut [f64], plus: &[Src], minus: &[Src], domain: Domain) {
        for (args, sign) in [(plus, 1.0), (minus, -1.0)] {
            for pair in args.chunks(2) {
                match pair {
                    [a, b] => with!(self.value(*a, domain), a => with!(self.value(*b, domain), b => kernel::accumulate_two(lane, a, b, sign))),
                    [a] => with!(self.value(*a, domain), a => kernel::accumulate(lane, a, sign)),
                    _ => {}
                }
            }
        }
    }

    #[inline(always)]
    pub(super) fn basket<const WIDE: bool>(&mut self, out: Slot, flows: &[Flow], plus: &[Src], minus: &[Src]) {
        write!(self, out, lane => {
            // The first addend is read where the first flow is added to it.
            let (start, plus) = match plus {
                [first, plus @ ..] => (self.value(*first, out.domain), plus),
                [] => (Value::One(0.0), plus),
            };
            for (n, flow) in flows.iter().enumerate() {
                match start {
                    Value::One(start) if n == 0 => self.flow::<WIDE>(lane, Some(One(start)), flow, out.domain),
                    Value::Many(start) if n == 0 => self.flow::<WIDE>(lane, Some(start), flow, out.domain),
                    _ => self.flow::<WIDE>(lane, None::<One>, flow, out.domain),
                }
            }
            self.accumulate(lane, plus, minus, out.domain);
        });
    }

    /// A rate of a flow: only rates of one figure a year are fused.
    #[inline(always)]
    fn rate(&self, flow: &Flow, n: usize) -> f64 {
        match self.value(flow.rates[n], Domain::Town) {
            Value::One(rate) => rate,
            Value::Many(row) => row[0],
        }
    }

    #[inline(always)]
    fn flow<const WIDE: bool>(&self, lane: &mut [f64], start: Option<impl Source>, flow: &Flow, domain: Domain) {
        let (a, b) = (self.value(flow.a, domain), flow.b.map(|b| self.value(b, domain)));
        macro_rules! run {
            ($b:expr) => {
                with!(a, a => match flow.rates.len() {
                    0 => kernel::flow::<WIDE, 0>(lane, start, a, $b, []),
                    1 => kernel::flow::<WIDE, 1>(lane, start, a, $b, [self.rate(flow, 0)]),
                    2 => kernel::flow::<WIDE, 2>(lane, start, a, $b, [self.rate(flow, 0), self.rate(flow, 1)]),
                    _ => kernel::flow::<WIDE, 3>(lane, start, a, $b, [self.rate(flow, 0), self.rate(flow, 1), self.rate(flow, 2)]),
                })
            };
        }
        match b {
            None => run!(None::<One>),
            Some(Value::One(b)) => run!(Some(One(b))),
            Some(Value::Many(b)) => run!(Some(b)),
        }
    }
}
