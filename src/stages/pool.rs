//! The pool stage 均衡性转移支付: a sum handed out by weight within limits, in whole numbers, to the fen.
//!
//! `x_i = clamp(λ·g_i, lo_i, hi_i)` with λ such that Σx is the sum. λ is never rounded: it is kept as the money left over the
//! weight left, and every decision compares products of whole numbers.

use std::cmp::Ordering;

/// What a town brings to a pool: whole numbers, the limits in fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// g: its weight.
    pub weight: i128,
    /// lo: what it gets at least.
    pub low: i128,
    /// hi: what it gets at most; anything above the sum does not bind.
    pub high: i128,
}

impl Claim {
    /// The same with `0 ≤ lo ≤ hi`. Without weight the lower limit is all a town gets; past the sum no upper limit binds.
    fn bounded(self, sum: i128) -> Self {
        let (weight, low) = (self.weight.max(0), self.low.max(0));
        let high = if weight == 0 { low } else { self.high.min(sum + 1).max(low) };
        Self { weight, low, high }
    }
}

/// In what steps a pool pays, and who gets what they cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// \[分\] The step: 1 fen, 1 元, 1 万元.
    pub unit: i128,
    /// One step each to those who lost most, instead of leaving the residue with the payer.
    pub largest_remainder: bool,
}

/// Shares a sum among claims; `rank` settles ties. What is not handed out stays with the payer.
///
/// # Errors
/// What is missing where the lower limits add up to more than the sum.
pub fn share(sum: i128, claims: &[Claim], rank: &[u32], rounding: Rounding) -> Result<Vec<i128>, i128> {
    let mut table = Table { claims: claims.to_vec(), ..Table::default() };
    table.share(sum, rank, rounding)?;
    Ok(table.shares)
}

/// Where pools are shared one after another without a new allocation for each.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What each town brings; bounded once it was shared.
    pub claims: Vec<Claim>,
    /// What each town got.
    pub shares: Vec<i128>,
    free: Vec<usize>,
    next: Vec<(i128, u32, usize)>,
}

impl Table {
    /// Shares a sum among the claims; see [`share`].
    ///
    /// # Errors
    /// What is missing where the lower limits add up to more than the sum.
    pub fn share(&mut self, sum: i128, rank: &[u32], rounding: Rounding) -> Result<(), i128> {
        let Self { claims, shares, free, next } = self;
        claims.iter_mut().for_each(|claim| *claim = claim.bounded(sum));
        let least: i128 = claims.iter().map(|claim| claim.low).sum();
        if least > sum {
            return Err(least - sum);
        }
        shares.clear();
        shares.extend(claims.iter().map(|claim| claim.low));
        let level = Level::of(sum, claims, shares, std::mem::take(free));
        for &town in &level.free {
            let cut = quotient(level.wanted(claims[town]), level.weight * rounding.unit) * rounding.unit;
            shares[town] = cut.max(claims[town].low);
        }
        if rounding.largest_remainder {
            level.hand_out_residue(claims, shares, rank, rounding.unit, next);
        }
        *free = level.free;
        Ok(())
    }
}

/// `a ÷ b` cut down to a whole number, for `a ≥ 0` and `b > 0`.
///
/// A quotient of doubles is off by a few units at most wherever it has fewer than 52 bits, which multiplying back sets right in
/// whole numbers: division of 128 bits by the processor's own is ten times slower.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a guess that is set right")]
fn quotient(a: i128, b: i128) -> i128 {
    let guess = a as f64 / b as f64;
    if !(0.0..4e15).contains(&guess) {
        return a / b;
    }
    let mut whole = i128::from(guess as i64);
    while whole * b > a {
        whole -= 1;
    }
    while (whole + 1) * b <= a {
        whole += 1;
    }
    whole
}

/// The level λ = left ÷ weight, and the towns that stand strictly within their limits at it.
struct Level {
    left: i128,
    weight: i128,
    free: Vec<usize>,
}

impl Level {
    /// Finds λ and writes the limits of those who stand at one.
    ///
    /// At a trial level some towns fall below their limits and some rise above. The side that weighs more in all shows which way
    /// λ must move, so the towns at that side's limit stay there for good; the others are tried again.
    fn of(sum: i128, claims: &[Claim], shares: &mut [i128], mut free: Vec<usize>) -> Self {
        free.clear();
        free.extend((0..claims.len()).filter(|town| claims[*town].weight > 0));
        let weight = free.iter().map(|town| claims[*town].weight).sum();
        let fixed: i128 = claims.iter().filter(|claim| claim.weight == 0).map(|claim| claim.low).sum();
        let mut level = Self { left: sum - fixed, weight, free };
        loop {
            let free = level.free.len();
            level.fix(claims, shares, level.tilt(claims));
            if level.free.len() == free {
                return level;
            }
        }
    }

    /// λ·g, times the weight.
    const fn wanted(&self, claim: Claim) -> i128 {
        self.left * claim.weight
    }

    /// Whether the limits add more to what is shared at this level than they take away.
    fn tilt(&self, claims: &[Claim]) -> Ordering {
        let bent = |claim: Claim| self.wanted(claim).clamp(claim.low * self.weight, claim.high * self.weight) - self.wanted(claim);
        self.free.iter().map(|town| bent(claims[*town])).sum::<i128>().cmp(&0)
    }

    /// Fixes the towns at or past the limit of the heavier side, of both sides where λ is found.
    fn fix(&mut self, claims: &[Claim], shares: &mut [i128], tilt: Ordering) {
        let (left, weight) = (self.left, self.weight);
        let mut free = std::mem::take(&mut self.free);
        free.retain(|&town| {
            let claim = claims[town];
            let wanted = left * claim.weight;
            let limit = if tilt.is_ge() && wanted <= claim.low * weight {
                claim.low
            } else if tilt.is_le() && wanted >= claim.high * weight {
                claim.high
            } else {
                return true;
            };
            shares[town] = limit;
            self.left -= limit;
            self.weight -= claim.weight;
            false
        });
        self.free = free;
    }

    /// One step each, in order of what was cut off, to those it keeps within their upper limit.
    fn hand_out_residue(&self, claims: &[Claim], shares: &mut [i128], rank: &[u32], unit: i128, next: &mut Vec<(i128, u32, usize)>) {
        let residue = self.left - self.free.iter().map(|town| shares[*town]).sum::<i128>();
        next.clear();
        for &town in self.free.iter().filter(|town| shares[**town] + unit <= claims[**town].high) {
            // Negative, so that the largest comes first and ties fall to the lower rank.
            next.push((shares[town] * self.weight - self.wanted(claims[town]), rank[town], town));
        }
        let steps = usize::try_from(residue / unit).unwrap_or(0);
        if (1..next.len()).contains(&steps) {
            next.select_nth_unstable(steps - 1);
        }
        next.iter().take(steps).for_each(|(_, _, town)| shares[*town] += unit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEN: Rounding = Rounding { unit: 1, largest_remainder: false };
    const REMAINDERS: Rounding = Rounding { unit: 1, largest_remainder: true };
    const FREE: i128 = i128::MAX;

    fn claims(of: &[(i128, i128, i128)]) -> Vec<Claim> {
        of.iter().map(|&(weight, low, high)| Claim { weight, low, high }).collect()
    }

    fn shared(sum: i128, of: &[(i128, i128, i128)], rounding: Rounding) -> Vec<i128> {
        share(sum, &claims(of), &[0, 1, 2, 3][..of.len()], rounding).expect("the limits can be met")
    }

    /// On both sides of a multiple, where doubles cannot tell the numbers apart; checked against the processor's division.
    #[test]
    fn a_quotient_is_cut_down_exactly() {
        for b in [1_i128, 3, 7, 1_000_003, 999_999_999_999_989, 1 << 52] {
            for whole in [0_i128, 1, 2, 33, 1_234_567, 3_999_999_999_999_999, 4_000_000_000_000_001] {
                for a in [whole * b - 1, whole * b, whole * b + 1, whole * b + b - 1] {
                    if a >= 0 {
                        assert_eq!(quotient(a, b), a / b, "{a} / {b}");
                    }
                }
            }
        }
    }

    /// 100 by 1 : 2 : 4 is 14.28…, 28.57…, 57.14…: cut 14, 28, 57, one fen is left.
    #[test]
    fn the_residue_stays_or_goes_to_who_lost_most() {
        let towns = [(1, 0, FREE), (2, 0, FREE), (4, 0, FREE)];
        assert_eq!(shared(100, &towns, FEN), [14, 28, 57]);
        assert_eq!(shared(100, &towns, REMAINDERS), [14, 29, 57]);
    }

    /// 100 in three: 33 each, all lost the same; the first by rank gets the fen.
    #[test]
    fn ties_fall_to_the_lower_rank() {
        let thirds = claims(&[(5, 0, FREE), (5, 0, FREE), (5, 0, FREE)]);
        assert_eq!(share(100, &thirds, &[2, 0, 1], REMAINDERS), Ok(vec![33, 34, 33]));
        assert_eq!(share(101, &thirds, &[2, 0, 1], REMAINDERS), Ok(vec![33, 34, 34]));
    }

    /// 1000 by 1 : 1 : 2 would be 250, 250, 500. The first must have 400, so 600 is left for 1 : 2.
    #[test]
    fn a_floor_is_paid_by_the_others() {
        assert_eq!(shared(1_000, &[(1, 400, FREE), (1, 0, FREE), (2, 0, FREE)], FEN), [400, 200, 400]);
    }

    /// 1000 by 1 : 1 : 2, the last at most 300: 700 is left for two.
    #[test]
    fn a_cap_is_left_to_the_others() {
        assert_eq!(shared(1_000, &[(1, 0, FREE), (1, 0, FREE), (2, 0, 300)], FEN), [350, 350, 300]);
    }

    /// 1000 by 1 : 1 : 2 : 6 is 100, 100, 200, 600. The first lacks 300, the last has 100 too much. So λ falls: of the 600 left, 1 : 2 : 6,
    /// 66.6…, 133.3…, 400: now the cap of 500 does not bind. Fixing both at once would have been wrong.
    #[test]
    fn a_cap_that_binds_at_first_may_not_bind_in_the_end() {
        assert_eq!(shared(1_000, &[(1, 400, FREE), (1, 0, FREE), (2, 0, FREE), (6, 0, 500)], FEN), [400, 66, 133, 400]);
    }

    /// 2000 in steps of 100 by 3 : 4 : 6 is 461.5…, 615.3…, 923.07…: cut 400, 600, 900, one step left, the first lost most. With a cap of 499
    /// it cannot have it: then the third, which lost 23, comes before the second, which lost 15.
    #[test]
    fn steps_are_whole_and_stay_within_the_cap() {
        let steps = Rounding { unit: 100, ..REMAINDERS };
        assert_eq!(shared(2_000, &[(3, 0, FREE), (4, 0, FREE), (6, 0, FREE)], steps), [500, 600, 900]);
        assert_eq!(shared(2_000, &[(3, 0, 499), (4, 0, FREE), (6, 0, FREE)], steps), [400, 600, 1_000]);
    }

    /// 950 in steps of 100 by 1 : 1: 475 each, cut to 400, but the second is kept at 450: 100 is left, one step, for who lost 75 and not 25.
    #[test]
    fn a_step_never_falls_below_the_floor() {
        let steps = Rounding { unit: 100, ..REMAINDERS };
        assert_eq!(shared(950, &[(1, 0, FREE), (1, 450, FREE)], steps), [500, 450]);
    }

    /// A limit is paid to the fen whatever the step: 333 at the cap, 667 left, cut to 600.
    #[test]
    fn a_limit_is_paid_to_the_fen() {
        assert_eq!(shared(1_000, &[(1, 0, 333), (1, 0, FREE)], Rounding { unit: 100, largest_remainder: false }), [333, 600]);
        // Exactly at the cap is at the cap: 150 of 300.
        assert_eq!(shared(300, &[(1, 0, 150), (1, 0, FREE)], Rounding { unit: 100, largest_remainder: false }), [150, 100]);
    }

    #[test]
    fn what_all_caps_leave_stays_with_the_payer() {
        assert_eq!(shared(1_000, &[(1, 0, 100), (2, 50, 200), (0, 30, FREE)], REMAINDERS), [100, 200, 30]);
        assert_eq!(shared(330, &[(1, 0, 100), (2, 50, 200), (0, 30, FREE)], REMAINDERS), [100, 200, 30]);
    }

    #[test]
    fn without_weight_a_town_gets_its_floor() {
        assert_eq!(shared(1_000, &[(0, 0, FREE), (0, 10, FREE)], REMAINDERS), [0, 10]);
        assert_eq!(shared(1_000, &[(0, 100, 50), (7, 0, FREE)], REMAINDERS), [100, 900]);
        assert_eq!(shared(1_000, &[], REMAINDERS), []);
    }

    #[test]
    fn a_cap_below_the_floor_is_the_floor() {
        assert_eq!(shared(1_000, &[(1, 600, 100), (1, 0, FREE)], FEN), [600, 400]);
    }

    #[test]
    fn nothing_to_share_is_shared() {
        assert_eq!(shared(0, &[(1, 0, FREE), (2, 0, 5)], REMAINDERS), [0, 0]);
    }

    /// Floors of 700 and 500 out of 1000 lack 200; exactly 1200 is enough.
    #[test]
    fn floors_above_the_sum_say_what_is_missing() {
        let towns = [(1, 700, FREE), (0, 500, FREE)];
        assert_eq!(share(1_000, &claims(&towns), &[0, 1], FEN), Err(200));
        assert_eq!(shared(1_200, &towns, FEN), [700, 500]);
    }
}
