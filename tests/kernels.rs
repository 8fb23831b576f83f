//! The two kernels every amount goes through, against whole numbers: rounding at the worst amounts of all ratios of six decimals, and
//! pools of three towns with every small weight, limit, sum and step. Nothing here is drawn by chance.

use fencheng::base::ratio::Ratio;
use fencheng::kernel::{round, round_on};
use fencheng::stages::pool::{Claim, Rounding, share};

const MILLION: i128 = 1_000_000;

/// `floor(a·r + ½)` in whole numbers.
fn paper(amount: i128, millionths: i128) -> i128 {
    (amount * millionths + MILLION / 2).div_euclid(MILLION)
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// x with a·x ≡ 1 modulo m.
fn inverse(a: i128, m: i128) -> i128 {
    let (mut old, mut new, mut x, mut y) = (a.rem_euclid(m), m, 1, 0);
    while new != 0 {
        let quotient = old / new;
        (old, new) = (new, old - quotient * new);
        (x, y) = (y, x - quotient * y);
    }
    x.rem_euclid(m)
}

/// The products nearest to a half, on it and just below it, of amounts up to the limit.
fn worst(millionths: i128, limit: i128) -> Vec<i128> {
    let common = gcd(millionths, MILLION);
    let (part, whole) = (millionths / common, MILLION / common);
    if whole == 1 {
        return vec![limit];
    }
    let back = inverse(part, whole);
    // The remainder of a·part by whole that is a half, and the largest below it.
    let below = (whole + 1) / 2 - 1;
    let remainders = if whole % 2 == 0 { vec![whole / 2, below] } else { vec![below, below + 1] };
    let amounts = remainders.into_iter().flat_map(|remainder| {
        let first = remainder * back % whole;
        let last = first + (limit - first) / whole * whole;
        [first, first + (last - first) / whole / 2 * whole, last - whole, last]
    });
    amounts.filter(|amount| (0..=limit).contains(amount)).collect()
}

fn check(millionths: i128, limit: i128) {
    let ratio = Ratio(millionths as i64);
    for amount in worst(millionths, limit) {
        let expected = paper(amount, millionths);
        assert_eq!(i128::from(ratio.of(amount as i64)), expected, "{amount} × {ratio}");
        assert_eq!(round(amount as f64 * ratio.coefficient()) as i128, expected, "{amount} × {ratio}");
        assert_eq!(round_on::<true>(-(amount as f64) * ratio.coefficient()) as i128, -expected, "-{amount} × {ratio}");
    }
}

/// All 1,000,001 shares of six decimals, where their products come nearest to a half. A product a millionth of a fen below a half is
/// told from one that is a half up to about 1.3·10^9 fen, with every decimal less ten times as far: so far no share is ever a fen wrong.
#[test]
fn every_share_rounds_as_on_paper_at_its_worst_amounts() {
    for (step, limit) in [(1, 1_200_000_000), (10, 12_000_000_000), (100, 120_000_000_000), (1_000, 1_200_000_000_000), (10_000, 12_000_000_000_000)] {
        (0..=MILLION / step).for_each(|n| check(n * step, limit));
    }
}

/// Past that some are: 99,982,366.07 元 × 15.6257 % is 15,622,944.574999… 元. Known, and told in `docs/decisions/0001-arithmetic.md`.
#[test]
fn a_share_of_six_decimals_of_a_large_amount_may_be_a_fen_too_high() {
    let ratio = Ratio(156_257);
    assert_eq!((ratio.of(9_998_236_607), round(9_998_236_607.0 * ratio.coefficient())), (1_562_294_457, 1_562_294_458.0));
}

/// A double as a whole number of 2^-60.
fn sixtieths(x: f64) -> i128 {
    let bits = x.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i32;
    let mantissa = i128::from(bits & ((1 << 52) - 1) | 1 << 52);
    let shift = exponent - 1075 + 60;
    if shift >= 0 { mantissa << shift } else { mantissa >> -shift }
}

/// Sixty-four doubles on either side of every half and whole number around every power of two below 2^51.
#[test]
fn rounding_is_that_of_whole_numbers_beside_every_half() {
    for power in 0..50 {
        for step in -3_i64..=3 {
            let centre = (1_i64 << power) as f64 + step as f64 * 0.5;
            for away in -64_i64..=64 {
                let x = f64::from_bits((centre.abs().to_bits() as i64 + away).max(0) as u64);
                if x < 0.5 {
                    continue;
                }
                let expected = (sixtieths(x) + (1 << 59)) >> 60;
                assert_eq!(round(x) as i128, expected, "{x:?}");
                assert_eq!(round(-x) as i128, -expected, "-{x:?}");
                assert_eq!((round_on::<true>(x), round_on::<true>(-x)), (round(x), round(-x)), "{x:?}");
            }
        }
    }
    assert_eq!((round(0.0), round(0.25), round(f64::MIN_POSITIVE)), (0.0, 0.0, 0.0));
}

/// Which limit a town stands at.
#[derive(Clone, Copy, PartialEq)]
enum At {
    Low,
    Free,
    High,
}

const ALL: [At; 3] = [At::Low, At::Free, At::High];

/// What the definition gives, found by trying who stands at which limit: the money left, the weight left, and who is free.
fn level(sum: i128, towns: &[(i128, i128, i128); 3]) -> ([At; 3], i128, i128) {
    for a in ALL {
        for b in ALL {
            for c in ALL {
                let at = [a, b, c];
                let fixed: i128 = (0..3).map(|n| [towns[n].1, 0, towns[n].2][at[n] as usize]).sum();
                let weight: i128 = (0..3).filter(|n| at[*n] == At::Free).map(|n| towns[n].0).sum();
                let left = sum - fixed;
                let stands = |n: usize| {
                    let (own, low, high) = towns[n];
                    match at[n] {
                        At::Low => left * own <= low * weight,
                        At::High => left * own >= high * weight,
                        At::Free => own > 0 && left * own > low * weight && left * own < high * weight,
                    }
                };
                if weight > 0 && left >= 0 && (0..3).all(stands) {
                    return (at, left, weight);
                }
            }
        }
    }
    // Nobody is free: all at their upper limits if the sum is enough for them, else they stand at limits that add up to it.
    let highs: i128 = towns.iter().map(|town| town.2).sum();
    if highs <= sum {
        return ([At::High; 3], 0, 0);
    }
    for code in 0..8_usize {
        let at: [At; 3] = std::array::from_fn(|n| if code >> n & 1 == 1 { At::High } else { At::Low });
        let total: i128 = (0..3).map(|n| if at[n] == At::High { towns[n].2 } else { towns[n].1 }).sum();
        // A level between: every town at its upper limit reaches it at no higher a level than one at its lower limit leaves it.
        let fits = |h: usize, l: usize| at[h] != At::High || at[l] != At::Low || towns[h].2 * towns[l].0 <= towns[l].1 * towns[h].0;
        if total == sum && (0..3).all(|h| (0..3).all(|l| h == l || fits(h, l))) {
            return (at, 0, 0);
        }
    }
    panic!("no level for {sum} and {towns:?}")
}

/// By the definition: limits to the fen, the others cut to the step, the residue one step each by what was cut off, ties by rank.
fn by_definition(sum: i128, towns: &[(i128, i128, i128); 3], rounding: Rounding) -> Vec<i128> {
    let (at, left, weight) = level(sum, towns);
    let mut shares: Vec<i128> = (0..3)
        .map(|n| match at[n] {
            At::Low => towns[n].1,
            At::High => towns[n].2,
            At::Free => (left * towns[n].0 / (weight * rounding.unit) * rounding.unit).max(towns[n].1),
        })
        .collect();
    let free: Vec<usize> = (0..3).filter(|n| at[*n] == At::Free).collect();
    if rounding.largest_remainder && !free.is_empty() {
        let steps = (left - free.iter().map(|n| shares[*n]).sum::<i128>()) / rounding.unit;
        let mut next: Vec<usize> = free.into_iter().filter(|n| shares[*n] + rounding.unit <= towns[*n].2).collect();
        next.sort_by_key(|n| (shares[*n] * weight - left * towns[*n].0, *n));
        next.into_iter().take(usize::try_from(steps).unwrap_or(0)).for_each(|n| shares[n] += rounding.unit);
    }
    shares
}

/// Three towns: weights 0 to 3, floors 0 and 3, caps 2, 5 and none, sums 0 to 12, steps 1 and 2, with and without the largest remainder.
#[test]
fn every_small_pool_is_shared_as_defined() {
    let kinds: Vec<(i128, i128, i128)> = (0..4).flat_map(|weight| [0, 3].into_iter().flat_map(move |low| [2, 5, 1_000].map(|high| (weight, low, high)))).collect();
    let bounded = |(weight, low, high): (i128, i128, i128), sum: i128| (weight, low, if weight == 0 { low } else { high.min(sum + 1).max(low) });
    let mut pools = 0_u64;
    for a in &kinds {
        for b in &kinds {
            for c in &kinds {
                let claims = [*a, *b, *c].map(|(weight, low, high)| Claim { weight, low, high });
                let floors = a.1 + b.1 + c.1;
                for sum in 0..=12 {
                    for (unit, largest_remainder) in [(1, false), (1, true), (2, true)] {
                        let rounding = Rounding { unit, largest_remainder };
                        let found = share(sum, &claims, &[0, 1, 2], rounding);
                        pools += 1;
                        if floors > sum {
                            assert_eq!(found, Err(floors - sum));
                            continue;
                        }
                        let towns = [*a, *b, *c].map(|town| bounded(town, sum));
                        assert_eq!(found, Ok(by_definition(sum, &towns, rounding)), "{sum} among {towns:?} by {rounding:?}");
                    }
                }
            }
        }
    }
    assert_eq!(pools, 24 * 24 * 24 * 13 * 3);
}
