//! Running a program over a block of points.

use std::ops::Range;

use multiversion::multiversion;

use super::code::{Code, Slot, Src};
use super::rows::Value;
use super::stages::Scratch;
use super::{Observe, Points, Program, Seen};
use crate::base::amount::LIMIT_FEN;
use crate::kernel::{self, One};
use crate::plan::Domain;

/// What a thread needs to run a program: made once, used for every block.
#[derive(Debug)]
pub struct Work {
    pub(super) slots: Vec<Vec<f64>>,
    pub(super) inputs: Vec<Vec<f64>>,
    /// Which inputs are one figure for the whole block.
    single: Vec<bool>,
    /// By slot what no figure in it exceeds by magnitude; the same of inputs.
    pub(super) bounds: Vec<f64>,
    pub(super) input_bounds: Vec<f64>,
    pub(super) scratch: Scratch,
    /// Points (counted from the block's first) at which a figure passed the limit or a pool could not be shared.
    bad: Vec<bool>,
}

/// Hands a kernel its operand as the kind it is.
macro_rules! with {
    ($value:expr, $name:ident => $body:expr) => {
        match $value {
            $crate::program::rows::Value::One(value) => {
                let $name = $crate::kernel::One(value);
                $body
            }
            $crate::program::rows::Value::Many(row) => {
                let $name = row;
                $body
            }
        }
    };
}

/// Writes a slot, which is taken out of the workspace meanwhile. A macro and not a function with a closure: a closure would be
/// compiled for the plainest processor.
macro_rules! write {
    ($year:expr, $out:expr, $lane:ident => $body:expr) => {{
        let at = $out.of($year.year);
        let mut taken = std::mem::take(&mut $year.work.slots[at]);
        let places = $year.places($out.domain);
        {
            let $lane = &mut taken[..places];
            $body;
        }
        $year.work.slots[at] = taken;
    }};
}
pub(super) use {with, write};

impl Work {
    pub(super) fn new(program: &Program<'_>) -> Self {
        let shape = &program.shape;
        let width = |domain: Domain| shape.places(domain).len() * shape.points;
        let lanes = |domains: &mut dyn Iterator<Item = Domain>| domains.map(|domain| vec![0.0; width(domain)]).collect();
        Self {
            slots: lanes(&mut program.assembled.slots.iter().copied()),
            inputs: lanes(&mut program.assembled.inputs.iter().map(|input| input.domain)),
            single: vec![false; program.assembled.inputs.len()],
            bounds: vec![f64::INFINITY; program.assembled.slots.len()],
            input_bounds: vec![0.0; program.assembled.inputs.len()],
            scratch: Scratch::new(program),
            bad: vec![false; shape.points],
        }
    }

    /// Runs points (by their order in `points`; at most [`Program::block`] of them) through all years.
    /// Gives for each whether every figure is an amount; what was observed of a point where not means nothing.
    pub fn run(&mut self, program: &Program<'_>, range: Range<usize>, points: &impl Points, observe: &mut impl Observe) -> &[bool] {
        let count = range.len().min(program.shape.points);
        self.bad.fill(false);
        self.scratch.begin();
        for year in 0..program.plan.years {
            self.read(program, &range, points, year);
            all(&mut Year { program, work: self, year, count });
            let seen = |at: usize| {
                let src = program.asked(at);
                let domain = program.plan.lane(program.lanes[at]).domain;
                let places = program.shape.places(domain).len();
                Seen { value: self.value(program, src, year, places * count), places }
            };
            observe.year(year, count, &seen);
        }
        &self.bad[..count]
    }

    /// The values of varying tables for a year.
    fn read(&mut self, program: &Program<'_>, range: &Range<usize>, points: &impl Points, year: usize) {
        for (n, (input, lane)) in program.assembled.inputs.iter().zip(&mut self.inputs).enumerate() {
            if year > 0 && !points.changes(input.order, year) {
                continue;
            }
            let places = program.shape.places(input.domain);
            let uniform = points.is_uniform(input.order);
            self.single[n] = uniform && range.len() == 1;
            for (point, row) in range.clone().zip(lane.chunks_exact_mut(places.len())) {
                if uniform {
                    row.fill(points.value(input.order, point, year, places.start));
                } else {
                    points.row(input.order, point, year, places.clone(), row);
                }
            }
            self.input_bounds[n] = kernel::magnitude(&lane[..places.len() * range.len()]);
        }
    }

    /// What a carried lane opens with.
    #[cold]
    fn value_of_year<'a>(&'a self, program: &'a Program<'_>, src: Src, year: usize, places: usize) -> Value<'a> {
        match src {
            Src::Fixed(fixed) => program.assembled.rows.at(fixed, year, places),
            Src::Input(input) => Value::Many(&self.inputs[input as usize][..places]),
            Src::Number(number) => Value::One(number),
            // Neither is ever an opening.
            Src::Slot(_) | Src::Past(_) => Value::One(0.0),
        }
    }

    #[inline(always)]
    pub(super) fn value<'a>(&'a self, program: &'a Program<'_>, src: Src, year: usize, places: usize) -> Value<'a> {
        match src {
            Src::Slot(slot) => Value::Many(&self.slots[slot.of(year)][..places]),
            Src::Fixed(fixed) => program.assembled.rows.at(fixed, year, places),
            // Of a block of one point a uniform table is one figure.
            Src::Input(input) if self.single[input as usize] => Value::One(self.inputs[input as usize][0]),
            Src::Input(input) => Value::Many(&self.inputs[input as usize][..places]),
            Src::Number(number) => Value::One(number),
            Src::Past(past) => {
                let past = program.assembled.pasts[past as usize];
                if year < past.lag { self.value_of_year(program, past.opening, year, places) } else { Value::Many(&self.slots[past.of.of(year - past.lag)][..places]) }
            }
        }
    }
}

/// One year of a block.
pub(super) struct Year<'w, 'p> {
    pub program: &'w Program<'p>,
    pub work: &'w mut Work,
    pub year: usize,
    /// How many points are in the block.
    pub count: usize,
}

/// Every instruction of a year, in the widest form the processor has: all give the same bits.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw+avx2+bmi1+bmi2", "x86_64+avx2+bmi1+bmi2", "aarch64+neon"))]
fn all<'w, 'p>(year: &mut Year<'w, 'p>) {
    // Elsewhere the very question does not compile: the feature is unknown there.
    const WIDE: bool = cfg!(target_arch = "x86_64") && multiversion::target::selected_target!().supports_feature_str("avx2");
    for code in &year.program.assembled.code {
        year.execute::<WIDE>(code);
    }
}

impl Year<'_, '_> {
    /// How many lane places a slot has in use.
    #[inline(always)]
    pub fn places(&self, domain: Domain) -> usize {
        self.program.shape.places(domain).len() * self.count
    }

    #[inline(always)]
    pub fn value(&self, src: Src, domain: Domain) -> Value<'_> {
        self.work.value(self.program, src, self.year, self.places(domain))
    }

    #[inline(always)]
    fn execute<const WIDE: bool>(&mut self, code: &Code) {
        match code {
            Code::Amount { out, a, b, k } => self.amount::<WIDE>(*out, *a, *b, *k),
            Code::Take { out, rest, base, rate, left } => self.take::<WIDE>(*out, *rest, *base, *rate, *left),
            Code::Pay { paid, unmet, rest, due, from } => self.pay([*paid, *unmet, *rest], *due, *from),
            Code::Rungs { out, x, rungs, whole } => self.rungs::<WIDE>(*out, *x, rungs, *whole),
            Code::Clamp { out, x, low, high } => self.clamp(*out, *x, *low, *high),
            Code::Sum { out, plus, minus } => self.sum(*out, plus, minus),
            Code::Basket { out, flows, plus, minus } => self.basket::<WIDE>(*out, flows, plus, minus),
            Code::Mean { out, of, n } => {
                self.sum(*out, of, &[]);
                write!(self, out, lane => kernel::mean(lane, *n));
            }
            Code::Carry { out, of, lag, opening } => self.carry(*out, *of, *lag, *opening),
            Code::Index { out, start, factor } => self.index(*out, *start, *factor),
            Code::Prorate { out, a, b, c, none } => write!(self, out, lane => {
                let (a, b, c, none) = (self.value(*a, out.domain), self.value(*b, out.domain), self.value(*c, out.domain), self.value(*none, out.domain));
                kernel::prorate(lane, a.asked(), b.asked(), c.asked(), none.asked());
            }),
            Code::Select { out, when, yes, no } => write!(self, out, lane => {
                let (when, yes, no) = (self.value(*when, out.domain), self.value(*yes, out.domain), self.value(*no, out.domain));
                kernel::select(lane, when.asked(), yes.asked(), no.asked());
            }),
            Code::Power { out, a, b, exponent } => write!(self, out, lane => {
                let (a, b, exponent) = (self.value(*a, out.domain), self.value(*b, out.domain), self.value(*exponent, out.domain));
                kernel::power(lane, a.asked(), b.asked(), exponent.asked());
            }),
            Code::Route { out, x, from } => self.route(*out, *x, from),
            Code::Gather { out, x } => self.gather(*out, *x),
            Code::PayPlan { general, fund, due, all, outs } => self.pay_plan(*general, *fund, *due, *all, *outs),
            Code::PayDue(stage) => self.pay_due(stage),
            Code::Projects(stage) => self.projects(stage),
            Code::Pool { .. } => self.pool(code),
            Code::Compete { competition, prize, member, score, out } => self.compete(*competition, [*prize, *member, *score], *out),
            Code::Guard { x } => return self.guard(*x),
        }
        self.bound(code);
    }

    #[inline(always)]
    fn amount<const WIDE: bool>(&mut self, out: Slot, a: Src, b: Src, k: Option<Src>) {
        write!(self, out, lane => {
            let (a, b) = (self.value(a, out.domain), self.value(b, out.domain));
            let k = k.map_or(Value::One(1.0), |k| self.value(k, out.domain));
            with!(a, a => with!(b, b => with!(k, k => kernel::amount::<WIDE>(lane, a, b, k))));
        });
    }

    #[inline(always)]
    fn take<const WIDE: bool>(&mut self, out: Option<Slot>, rest: Option<Slot>, base: Src, rate: Src, left: Src) {
        if let Some(out) = out {
            write!(self, out, lane => {
                let (base, rate, left) = (self.value(base, Domain::Town), self.value(rate, Domain::Town), self.value(left, Domain::Town));
                with!(base, base => with!(rate, rate => with!(left, left => kernel::take::<WIDE>(lane, base, rate, left))));
            });
        }
        let Some(rest) = rest else { return };
        write!(self, rest, lane => match out {
            Some(out) => {
                let (left, out) = (self.value(left, Domain::Town), self.value(Src::Slot(out), Domain::Town));
                with!(left, left => with!(out, out => kernel::subtract(lane, left, out)));
            }
            None => {
                let (base, rate, left) = (self.value(base, Domain::Town), self.value(rate, Domain::Town), self.value(left, Domain::Town));
                with!(base, base => with!(rate, rate => with!(left, left => kernel::rest_of_take::<WIDE>(lane, base, rate, left))));
            }
        });
    }

    /// What is paid, what is not, and what is left of the money; any of them may be asked for alone.
    #[inline(always)]
    fn pay(&mut self, outs: [Option<Slot>; 3], due: Src, from: Src) {
        for (n, out) in outs.into_iter().enumerate() {
            let Some(out) = out else { continue };
            write!(self, out, lane => {
                let (due, from) = (self.value(due, Domain::Town), self.value(from, Domain::Town));
                with!(due, due => with!(from, from => match n {
                    0 => kernel::pay(lane, due, from),
                    1 => kernel::unmet(lane, due, from),
                    _ => kernel::rest_of_pay(lane, due, from),
                }));
            });
        }
    }

    #[inline(always)]
    fn clamp(&mut self, out: Slot, x: Src, low: Option<Src>, high: Option<Src>) {
        write!(self, out, lane => {
            let at = |src: Src| self.value(src, out.domain);
            // No bound is a bound nothing passes.
            let (low, high) = (low.map_or(Value::One(f64::NEG_INFINITY), at), high.map_or(Value::One(f64::INFINITY), at));
            with!(at(x), x => with!(low, low => with!(high, high => kernel::clamp(lane, x, Some(low), Some(high)))));
        });
    }

    #[inline(always)]
    fn carry(&mut self, out: Slot, of: Src, lag: usize, opening: Src) {
        let year = self.year;
        write!(self, out, lane => {
            match of {
                _ if year < lag => with!(self.value(opening, out.domain), x => kernel::add(lane, x, One(0.0))),
                Src::Slot(slot) => lane.copy_from_slice(&self.work.slots[slot.of(year - lag)][..lane.len()]),
                other => {
                    let value = self.work.value(self.program, other, year - lag, lane.len());
                    with!(value, x => kernel::add(lane, x, One(0.0)));
                }
            }
        });
    }

    /// The index stands in its own place from year to year.
    #[inline(always)]
    fn index(&mut self, out: Slot, start: Src, factor: Src) {
        let year = self.year;
        write!(self, out, lane => {
            if year == 0 {
                with!(self.value(start, out.domain), x => kernel::add(lane, x, One(0.0)));
            }
            with!(self.value(factor, out.domain), x => kernel::multiply(lane, x));
        });
    }

    /// Looks at the figures only where what they were made of could have made them too large.
    #[inline(always)]
    fn guard(&mut self, x: Slot) {
        let at = x.of(self.year);
        if self.work.bounds[at] <= LIMIT_FEN {
            return;
        }
        let places = self.program.shape.places(x.domain).len();
        let lane = &self.work.slots[at][..places * self.count];
        if kernel::within(lane, LIMIT_FEN) {
            self.work.bounds[at] = kernel::magnitude(lane);
            return;
        }
        let bad = lane.chunks_exact(places).map(|row| !kernel::within(row, LIMIT_FEN));
        self.work.bad.iter_mut().zip(bad).for_each(|(known, now)| *known |= now);
    }

    /// Marks a point of the block as not computable.
    pub fn fail(&mut self, point: usize) {
        self.work.bad[point] = true;
    }
}
