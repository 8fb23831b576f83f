//! A scale whose bounds and whose x are the same at every point: only the rungs whose rate varies are left, each an amount.

use super::assemble::Assembler;
use super::code::{Code, Flow, Src};
use crate::kernel::round;
use crate::plan::op::Rung;
use crate::plan::{Domain, Lane};

impl Assembler<'_> {
    /// The rungs that vary as amounts, all the others as one fixed figure; `None` where more varies than rates.
    pub(super) fn rungs(&mut self, out: Lane, x: Lane, rungs: &[Rung], whole: bool) -> Option<Code> {
        let slot = self.out(out)?;
        if whole || self.varies(x) || rungs.iter().any(|rung| self.arg_varies(rung.from)) {
            return None;
        }
        let domain = self.plan.lane(out).domain;
        let x = self.lane(x);
        let (mut fixed, mut flows): (Vec<(Src, f64)>, Vec<Flow>) = (Vec::new(), Vec::new());
        for (n, rung) in rungs.iter().enumerate() {
            let (from, rate) = (self.src(rung.from, domain), self.src(rung.rate, domain));
            let next = rungs.get(n + 1).map(|next| self.src(next.from, domain));
            // As the kernel has it: the first rung is open below, the last above.
            let width = |x: f64, from: f64, next: Option<f64>| {
                let width = next.map_or(x, |next| if x < next { x } else { next }) - from;
                if n == 0 || width > 0.0 { width } else { 0.0 }
            };
            if self.arg_varies(rung.rate) {
                let width = self.fixed(domain, |at| width(at(x), at(from), next.map(&at)));
                flows.push(Flow { a: width, b: Some(rate), rates: Vec::new() });
            } else {
                fixed.push((self.fixed(domain, |at| round(width(at(x), at(from), next.map(&at)) * at(rate))), 1.0));
            }
        }
        let plus = if fixed.is_empty() { Vec::new() } else { vec![self.added_up(&fixed, domain)] };
        Some(Code::Basket { out: slot, flows, plus, minus: Vec::new() })
    }

    /// A fixed operand made of others, place by place.
    pub(super) fn fixed(&mut self, domain: Domain, of: impl Fn(&dyn Fn(Src) -> f64) -> f64) -> Src {
        let places = self.shape.places(domain).len();
        let value = |src: Src, year: usize, place: usize| match src {
            Src::Fixed(fixed) => self.rows.value(fixed, year, place),
            Src::Number(number) => number,
            Src::Slot(_) | Src::Input(_) | Src::Past(_) => 0.0,
        };
        let row = |year: usize| (0..places).map(|place| of(&|src| value(src, year, place))).collect();
        let rows: Vec<Vec<f64>> = (0..self.plan.years).map(row).collect();
        Src::Fixed(self.rows.keep(rows.into_iter(), self.shape.points))
    }

    /// Several fixed operands as one.
    pub(super) fn added_up(&mut self, fixed: &[(Src, f64)], domain: Domain) -> Src {
        self.fixed(domain, |at| fixed.iter().map(|(src, sign)| sign * at(*src)).sum())
    }
}
