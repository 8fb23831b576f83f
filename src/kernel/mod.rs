//! Kernels: the operations as loops over slices. They know nothing of rules, cannot fail and allocate nothing.
//!
//! Every kernel is generic over what its operands are ([`Source`]), so that the same lines serve the plain engine, which asks at
//! run time, and the fused program, in which each combination is a loop of its own that the compiler can make wide.

mod fused;
mod round;

pub use fused::{add_three, ceilings, flow, pay_plan, scale};
pub use round::{divide, round, round_on};

/// Where an operand's values come from.
pub trait Source: Copy {
    /// The value of a place.
    fn at(self, place: usize) -> f64;
    /// The same, known to have so many places: a loop over them needs no check at each.
    #[must_use]
    fn over(self, places: usize) -> Self;
}

/// One value for every place.
#[derive(Clone, Copy, Debug)]
pub struct One(pub f64);

impl Source for One {
    #[inline(always)]
    fn at(self, _: usize) -> f64 {
        self.0
    }
    #[inline(always)]
    fn over(self, _: usize) -> Self {
        self
    }
}

impl Source for &[f64] {
    #[inline(always)]
    fn at(self, place: usize) -> f64 {
        self[place]
    }
    #[inline(always)]
    fn over(self, places: usize) -> Self {
        &self[..places]
    }
}

/// An operand known at run time: one value for every lane place, or one for all.
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
}

impl Source for Operand<'_> {
    #[inline]
    fn at(self, place: usize) -> f64 {
        self.values[place * self.stride]
    }
    #[inline]
    fn over(self, _: usize) -> Self {
        self
    }
}

#[inline(always)]
fn fill(out: &mut [f64], value: impl Fn(usize) -> f64) {
    for (place, out) in out.iter_mut().enumerate() {
        *out = value(place);
    }
}

/// `R(a · b · k)`
#[inline(always)]
pub fn amount<const WIDE: bool>(out: &mut [f64], a: impl Source, b: impl Source, k: impl Source) {
    let (a, b, k) = (a.over(out.len()), b.over(out.len()), k.over(out.len()));
    fill(out, |i| round_on::<WIDE>(a.at(i) * b.at(i) * k.at(i)));
}

/// `R(base · rate)`, no more than is left by magnitude.
#[inline(always)]
pub fn take<const WIDE: bool>(out: &mut [f64], base: impl Source, rate: impl Source, left: impl Source) {
    let (base, rate, left) = (base.over(out.len()), rate.over(out.len()), left.over(out.len()));
    fill(out, |i| taken::<WIDE>(base.at(i) * rate.at(i), left.at(i)));
}

/// What is taken of what is left, of one place.
#[inline(always)]
#[must_use]
pub fn taken<const WIDE: bool>(wanted: f64, left: f64) -> f64 {
    smaller(larger(round_on::<WIDE>(wanted), smaller(left, 0.0)), larger(left, 0.0))
}

/// The larger of two numbers: one instruction, where `f64::max` needs three to keep an order for what is no number.
#[inline(always)]
fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The smaller of two numbers.
#[inline(always)]
fn smaller(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// What can be paid of what is due.
#[inline(always)]
#[must_use]
pub fn payable(due: f64, from: f64) -> f64 {
    smaller(due, larger(from, 0.0))
}

/// `min(due, max(0, from))`
#[inline(always)]
pub fn pay(out: &mut [f64], due: impl Source, from: impl Source) {
    let (due, from) = (due.over(out.len()), from.over(out.len()));
    fill(out, |i| payable(due.at(i), from.at(i)));
}

/// `a − b`
#[inline(always)]
pub fn subtract(out: &mut [f64], a: impl Source, b: impl Source) {
    let (a, b) = (a.over(out.len()), b.over(out.len()));
    fill(out, |i| a.at(i) - b.at(i));
}

/// `out = whole − out`
#[inline(always)]
pub fn complement(out: &mut [f64], whole: impl Source) {
    let whole = whole.over(out.len());
    for (place, out) in out.iter_mut().enumerate() {
        *out = whole.at(place) - *out;
    }
}

/// Adds to what stands there, or takes away.
#[inline(always)]
pub fn accumulate(out: &mut [f64], x: impl Source, sign: f64) {
    let x = x.over(out.len());
    for (place, out) in out.iter_mut().enumerate() {
        *out += sign * x.at(place);
    }
}

/// One rung of a marginal scale is added: `R(rate · (min(x, next) − from)⁺)`; the first rung is open below, the last above.
#[inline(always)]
pub fn rung<const WIDE: bool>(out: &mut [f64], x: impl Source, from: impl Source, rate: impl Source, next: Option<impl Source>, first: bool) {
    let places = out.len();
    let (x, from, rate, next) = (x.over(places), from.over(places), rate.over(places), next.map(|next| next.over(places)));
    for (place, out) in out.iter_mut().enumerate() {
        let top = next.map_or(x.at(place), |next| smaller(x.at(place), next.at(place)));
        let width = top - from.at(place);
        let width = if first { width } else { larger(width, 0.0) };
        *out += round_on::<WIDE>(width * rate.at(place));
    }
}

/// One rung of a whole-amount scale: the rate of the last rung whose bound x exceeds applies to all of x.
#[inline(always)]
pub fn whole_rung<const WIDE: bool>(out: &mut [f64], x: impl Source, from: impl Source, rate: impl Source, first: bool) {
    let (x, from, rate) = (x.over(out.len()), from.over(out.len()), rate.over(out.len()));
    for (place, out) in out.iter_mut().enumerate() {
        if first || x.at(place) > from.at(place) {
            *out = round_on::<WIDE>(x.at(place) * rate.at(place));
        }
    }
}

/// `min(max(x, low), high)`
#[inline(always)]
pub fn clamp(out: &mut [f64], x: impl Source, low: Option<impl Source>, high: Option<impl Source>) {
    let places = out.len();
    let (x, low, high) = (x.over(places), low.map(|low| low.over(places)), high.map(|high| high.over(places)));
    fill(out, |i| {
        let floored = low.map_or(x.at(i), |low| larger(x.at(i), low.at(i)));
        high.map_or(floored, |high| smaller(floored, high.at(i)))
    });
}

/// `R(x ÷ n)` of what stands there.
#[inline(always)]
pub fn mean(out: &mut [f64], n: f64) {
    for out in out.iter_mut() {
        *out = divide(*out, n, 0.0);
    }
}

/// `a · b`, not rounded.
#[inline(always)]
pub fn product(out: &mut [f64], a: impl Source, b: impl Source) {
    let (a, b) = (a.over(out.len()), b.over(out.len()));
    fill(out, |i| a.at(i) * b.at(i));
}

/// `R(a · b ÷ c)` from left to right; `none` where c = 0.
#[inline(always)]
pub fn prorate(out: &mut [f64], a: impl Source, b: impl Source, c: impl Source, none: impl Source) {
    let (a, b, c, none) = (a.over(out.len()), b.over(out.len()), c.over(out.len()), none.over(out.len()));
    fill(out, |i| divide(a.at(i) * b.at(i), c.at(i), none.at(i)));
}

/// `(a ÷ b)^exponent` to nine decimals; 1 where b = 0.
pub fn power(out: &mut [f64], a: impl Source, b: impl Source, exponent: impl Source) {
    const BILLION: f64 = 1e9;
    fill(out, |i| if b.at(i) == 0.0 { 1.0 } else { round(libm::pow(a.at(i) / b.at(i), exponent.at(i)) * BILLION) / BILLION });
}

/// What stands at another place; places count from `first`.
pub fn route(out: &mut [f64], x: impl Source, from: &[Option<usize>], first: usize) {
    fill(out, |i| from[i].map_or(0.0, |place| x.at(place - first)));
}

/// One of two.
#[inline(always)]
pub fn select(out: &mut [f64], when: impl Source, yes: impl Source, no: impl Source) {
    let (when, yes, no) = (when.over(out.len()), yes.over(out.len()), no.over(out.len()));
    fill(out, |i| if when.at(i) == 0.0 { no.at(i) } else { yes.at(i) });
}

/// `left − take(base, rate, left)`, where only what remains is asked for.
#[inline(always)]
pub fn rest_of_take<const WIDE: bool>(out: &mut [f64], base: impl Source, rate: impl Source, left: impl Source) {
    let (base, rate, left) = (base.over(out.len()), rate.over(out.len()), left.over(out.len()));
    fill(out, |i| left.at(i) - taken::<WIDE>(base.at(i) * rate.at(i), left.at(i)));
}

/// `due − pay(due, from)`
#[inline(always)]
pub fn unmet(out: &mut [f64], due: impl Source, from: impl Source) {
    let (due, from) = (due.over(out.len()), from.over(out.len()));
    fill(out, |i| due.at(i) - payable(due.at(i), from.at(i)));
}

/// `from − pay(due, from)`
#[inline(always)]
pub fn rest_of_pay(out: &mut [f64], due: impl Source, from: impl Source) {
    let (due, from) = (due.over(out.len()), from.over(out.len()));
    fill(out, |i| from.at(i) - payable(due.at(i), from.at(i)));
}

/// `a + b`
#[inline(always)]
pub fn add(out: &mut [f64], a: impl Source, b: impl Source) {
    let (a, b) = (a.over(out.len()), b.over(out.len()));
    fill(out, |i| a.at(i) + b.at(i));
}

/// Adds two at once to what stands there, or takes them away.
#[inline(always)]
pub fn accumulate_two(out: &mut [f64], a: impl Source, b: impl Source, sign: f64) {
    let (a, b) = (a.over(out.len()), b.over(out.len()));
    for (place, out) in out.iter_mut().enumerate() {
        *out += sign * (a.at(place) + b.at(place));
    }
}

/// Multiplies what stands there, without rounding.
#[inline(always)]
pub fn multiply(out: &mut [f64], x: impl Source) {
    let x = x.over(out.len());
    for (place, out) in out.iter_mut().enumerate() {
        *out *= x.at(place);
    }
}

/// Whether every value is a number and none passes the limit by magnitude.
#[inline(always)]
#[must_use]
pub fn within(values: &[f64], limit: f64) -> bool {
    // Four at a time, so that the loop can be wide; a comparison with NaN is false.
    let (wide, rest) = values.as_chunks::<8>();
    let mut fine = [true; 8];
    for eight in wide {
        for (fine, value) in fine.iter_mut().zip(eight) {
            *fine &= value.abs() <= limit;
        }
    }
    fine.iter().all(|f| *f) && rest.iter().all(|value| value.abs() <= limit)
}

/// The sum of whole numbers, of which the order does not matter.
#[inline(always)]
#[must_use]
pub fn total(values: &[f64]) -> f64 {
    let (wide, rest) = values.as_chunks::<16>();
    let mut sums = [0.0; 16];
    for sixteen in wide {
        for (sum, value) in sums.iter_mut().zip(sixteen) {
            *sum += value;
        }
    }
    sums.iter().sum::<f64>() + rest.iter().sum::<f64>()
}

/// The largest magnitude; infinity where something is no number.
#[inline(always)]
#[must_use]
pub fn magnitude(values: &[f64]) -> f64 {
    let (wide, rest) = values.as_chunks::<8>();
    let (mut most, mut numbers) = ([0.0; 8], [true; 8]);
    for eight in wide {
        for ((most, numbers), value) in most.iter_mut().zip(&mut numbers).zip(eight) {
            // What is no number is larger than nothing, so it is told apart.
            *numbers &= !value.is_nan();
            *most = larger(value.abs(), *most);
        }
    }
    if numbers.contains(&false) || rest.iter().any(|value| value.is_nan()) {
        return f64::INFINITY;
    }
    most.iter().chain(rest).fold(0.0, |most, value| larger(value.abs(), most))
}
