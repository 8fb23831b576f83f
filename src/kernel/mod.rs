//! Kernels: the operations as loops over slices. They know nothing of rules, cannot fail and allocate nothing.

mod round;

pub use round::{divide, round};

use crate::plan::op::Rung;

/// An operand: one value for every lane place, or one for all.
#[derive(Clone, Copy, Debug)]
pub struct Operand<'a> {
    values: &'a [f64],
    stride: usize,
}

impl<'a> Operand<'a> {
    /// One value a place.
    #[must_use]
    pub const fn lane(values: &'a [f64]) -> Self {
        Self { values, stride: 1 }
    }

    /// One value for all places.
    #[must_use]
    pub const fn uniform(value: &'a [f64]) -> Self {
        Self { values: value, stride: 0 }
    }

    /// The value of a place.
    #[inline]
    #[must_use]
    pub fn at(&self, place: usize) -> f64 {
        self.values[place * self.stride]
    }
}

fn fill(out: &mut [f64], value: impl Fn(usize) -> f64) {
    for (place, out) in out.iter_mut().enumerate() {
        *out = value(place);
    }
}

/// `R(a · b · k)`
pub fn amount(out: &mut [f64], a: Operand<'_>, b: Operand<'_>, k: Operand<'_>) {
    fill(out, |i| round(a.at(i) * b.at(i) * k.at(i)));
}

/// `R(base · rate)`, no more than is left by magnitude.
pub fn take(out: &mut [f64], base: Operand<'_>, rate: Operand<'_>, left: Operand<'_>) {
    fill(out, |i| {
        let (all, left) = (round(base.at(i) * rate.at(i)), left.at(i));
        if left < 0.0 { all.max(left).min(0.0) } else { all.min(left).max(0.0) }
    });
}

/// `min(due, max(0, from))`
pub fn pay(out: &mut [f64], due: Operand<'_>, from: Operand<'_>) {
    fill(out, |i| due.at(i).min(from.at(i).max(0.0)));
}

/// `a − b`
pub fn subtract(out: &mut [f64], a: Operand<'_>, b: Operand<'_>) {
    fill(out, |i| a.at(i) - b.at(i));
}

/// Adds to what stands there, or takes away.
pub fn accumulate(out: &mut [f64], x: Operand<'_>, sign: f64) {
    for (place, out) in out.iter_mut().enumerate() {
        *out += sign * x.at(place);
    }
}

/// Marginal scale over `x`; the first rung is open below. `at` gives the operand of a rung's bound or rate.
pub fn rungs<'a>(out: &mut [f64], x: Operand<'a>, rungs: &'a [Rung], at: impl Fn(&'a crate::plan::Arg) -> Operand<'a>) {
    for (n, rung) in rungs.iter().enumerate() {
        let (from, rate) = (at(&rung.from), at(&rung.rate));
        let next = rungs.get(n + 1).map(|next| at(&next.from));
        for (place, out) in out.iter_mut().enumerate() {
            let top = next.map_or(x.at(place), |next| x.at(place).min(next.at(place)));
            let width = top - from.at(place);
            let width = if n == 0 { width } else { width.max(0.0) };
            *out += round(width * rate.at(place));
        }
    }
}

/// Whole-amount scale: the rate of the last rung whose bound x exceeds applies to all of x.
pub fn whole_amount<'a>(out: &mut [f64], x: Operand<'a>, rungs: &'a [Rung], at: impl Fn(&'a crate::plan::Arg) -> Operand<'a>) {
    for (n, rung) in rungs.iter().enumerate() {
        let (from, rate) = (at(&rung.from), at(&rung.rate));
        for (place, out) in out.iter_mut().enumerate() {
            if n == 0 || x.at(place) > from.at(place) {
                *out = round(x.at(place) * rate.at(place));
            }
        }
    }
}

/// `min(max(x, low), high)`
pub fn clamp(out: &mut [f64], x: Operand<'_>, low: Option<Operand<'_>>, high: Option<Operand<'_>>) {
    fill(out, |i| {
        let floored = low.map_or(x.at(i), |low| x.at(i).max(low.at(i)));
        high.map_or(floored, |high| floored.min(high.at(i)))
    });
}

/// `R(x ÷ n)` of what stands there.
pub fn mean(out: &mut [f64], n: f64) {
    for out in out.iter_mut() {
        *out = divide(*out, n, 0.0);
    }
}

/// `a · b`, not rounded.
pub fn product(out: &mut [f64], a: Operand<'_>, b: Operand<'_>) {
    fill(out, |i| a.at(i) * b.at(i));
}

/// `R(a · b ÷ c)` from left to right; `none` where c = 0.
pub fn prorate(out: &mut [f64], a: Operand<'_>, b: Operand<'_>, c: Operand<'_>, none: Operand<'_>) {
    fill(out, |i| divide(a.at(i) * b.at(i), c.at(i), none.at(i)));
}

/// `(a ÷ b)^exponent` to nine decimals; 1 where b = 0.
pub fn power(out: &mut [f64], a: Operand<'_>, b: Operand<'_>, exponent: Operand<'_>) {
    const BILLION: f64 = 1e9;
    fill(out, |i| if b.at(i) == 0.0 { 1.0 } else { round(libm::pow(a.at(i) / b.at(i), exponent.at(i)) * BILLION) / BILLION });
}

/// What stands at another place; places count from `first`.
pub fn route(out: &mut [f64], x: Operand<'_>, from: &[Option<usize>], first: usize) {
    fill(out, |i| from[i].map_or(0.0, |place| x.at(place - first)));
}

/// One of two.
pub fn select(out: &mut [f64], when: Operand<'_>, yes: Operand<'_>, no: Operand<'_>) {
    fill(out, |i| if when.at(i) == 0.0 { no.at(i) } else { yes.at(i) });
}
