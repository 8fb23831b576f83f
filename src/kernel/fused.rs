//! Kernels that do in one pass what several would: only the fused program has a use for them.

use super::{Source, fill, larger, payable, round_on, smaller};

/// `a + b + c` or `a + b − c`.
#[inline(always)]
pub fn add_three(out: &mut [f64], a: impl Source, b: impl Source, c: impl Source, sign: f64) {
    let (a, b, c) = (a.over(out.len()), b.over(out.len()), c.over(out.len()));
    fill(out, |i| a.at(i) + b.at(i) + sign * c.at(i));
}

/// Of `R(a · b)` (`R` left out where b is) what takes at some rates one after another leave, added to what stands or to `start`.
#[inline(always)]
pub fn flow<const WIDE: bool, const N: usize>(out: &mut [f64], start: Option<impl Source>, a: impl Source, b: Option<impl Source>, rates: [f64; N]) {
    let places = out.len();
    let (start, a, b) = (start.map(|start| start.over(places)), a.over(places), b.map(|b| b.over(places)));
    for (place, out) in out.iter_mut().enumerate() {
        let mut left = b.map_or(a.at(place), |b| round_on::<WIDE>(a.at(place) * b.at(place)));
        for rate in rates {
            left -= round_on::<WIDE>(left * rate);
        }
        *out = start.map_or(*out, |start| start.at(place)) + left;
    }
}

/// A marginal scale in one pass: bounds and rates of the first rung (open below), of those between, and of the last (open above).
#[inline(always)]
pub fn scale<const WIDE: bool, const N: usize>(out: &mut [f64], x: impl Source, first: (f64, f64), between: [(&[f64], f64); N], last: (&[f64], impl Source)) {
    let places = out.len();
    let (x, between, from, rate) = (x.over(places), between.map(|(from, rate)| (&from[..places], rate)), &last.0[..places], last.1.over(places));
    for (place, out) in out.iter_mut().enumerate() {
        let x = x.at(place);
        let next = |n: usize| smaller(x, between.get(n).map_or(from, |(next, _)| next)[place]);
        let mut sum = round_on::<WIDE>((next(0) - first.0) * first.1);
        for (n, (from, rate)) in between.iter().enumerate() {
            sum += round_on::<WIDE>(larger(next(n + 1) - from[place], 0.0) * rate);
        }
        *out = sum + round_on::<WIDE>(larger(x - from[place], 0.0) * rate.at(place));
    }
}

/// What is left of two purses and what is paid, where some is due from one only and some from both, the second purse first.
#[inline(always)]
pub fn pay_plan(outs: [&mut [f64]; 3], purses: [impl Source; 2], due: [&[f64]; 3]) {
    let [general_left, fund_left, paid] = outs;
    let places = paid.len();
    let (general_left, fund_left) = (&mut general_left[..places], &mut fund_left[..places]);
    let ([general, fund], [of_general, of_fund, of_both]) = (purses.map(|purse| purse.over(places)), due.map(|due| &due[..places]));
    for place in 0..places {
        let by_general = payable(of_general[place], general.at(place));
        let by_fund = payable(of_fund[place], fund.at(place));
        let (general, fund) = (general.at(place) - by_general, fund.at(place) - by_fund);
        let both = payable(of_both[place], fund);
        let rest = payable(of_both[place] - both, general);
        general_left[place] = general - rest;
        fund_left[place] = fund - both;
        paid[place] = by_general + by_fund + both + rest;
    }
}

/// What each gets of a pool that is large enough for all upper limits, which are whole.
#[inline(always)]
pub fn ceilings(out: &mut [f64], member: impl Source, weight: impl Source, high: impl Source) {
    let places = out.len();
    let (member, weight, high) = (member.over(places), weight.over(places), high.over(places));
    // Both are looked at in any case, so that the loop can be wide.
    fill(out, |i| if (member.at(i) != 0.0) & (weight.at(i) > 0.0) { larger(high.at(i), 0.0) } else { 0.0 });
}
