//! A pool by levels: `x = clamp(λ·g, low, high)`, found by walking the break points of λ in exact fractions.

use std::cmp::Ordering;

use crate::oracle::number::Whole;

/// The least and the most a town gets.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub low: Whole,
    pub high: Option<Whole>,
}

/// A town of a pool.
#[derive(Clone, Debug)]
pub struct Member {
    pub id: String,
    pub weight: Whole,
    pub limits: Limits,
    /// With a coefficient: what the town gets if there is enough.
    pub wanted: Option<Whole>,
}

/// λ as a fraction.
#[derive(Clone, Copy, Debug)]
struct Level {
    above: Whole,
    below: Whole,
}

impl Level {
    fn compare(self, other: Self) -> Ordering {
        (self.above * other.below).cmp(&(other.above * self.below))
    }
}

/// Where a town stands at a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    Fixed(Whole),
    Moving,
}

impl Member {
    /// At its limit, or between them; `beyond`: a hair above the level.
    fn stand(&self, level: Level, beyond: bool) -> Stand {
        if self.weight == 0 {
            return Stand::Fixed(self.limits.low);
        }
        let at = level.above * self.weight;
        let to = |limit: Whole| at.cmp(&(limit * level.below));
        if let Some(high) = self.limits.high.filter(|high| to(*high).is_ge()) {
            return Stand::Fixed(high);
        }
        match to(self.limits.low) {
            Ordering::Less => Stand::Fixed(self.limits.low),
            Ordering::Equal if !beyond => Stand::Fixed(self.limits.low),
            _ => Stand::Moving,
        }
    }

    fn most(&self) -> Option<Whole> {
        if self.weight == 0 { Some(self.limits.low) } else { self.limits.high }
    }

    fn break_points(&self) -> Vec<Level> {
        let limits = [Some(self.limits.low), self.limits.high];
        limits.into_iter().flatten().filter(|_| self.weight > 0).map(|above| Level { above, below: self.weight }).collect()
    }
}

/// What each town gets, in whole units unless it stands at a limit.
pub fn hand_out(members: &[Member], total: Whole, unit: Whole, to_largest: bool) -> Vec<Whole> {
    let least: Whole = members.iter().map(|member| member.limits.low).sum();
    assert!(least <= total, "the pool lacks {}", least - total);
    let most: Option<Whole> = members.iter().map(Member::most).sum();
    if let Some(most) = most.filter(|most| *most < total || members.iter().all(|member| member.weight == 0)) {
        assert!(most <= total, "more than there is");
        return members.iter().map(|member| member.most().expect("an upper limit")).collect();
    }
    let stands = stands_for(members, total);
    let fixed: Whole = stands.iter().map(|stand| if let Stand::Fixed(amount) = stand { *amount } else { 0 }).sum();
    round_down(members, &stands, total - fixed, unit, to_largest)
}

/// Who stands at a limit when the whole sum is handed out.
fn stands_for(members: &[Member], total: Whole) -> Vec<Stand> {
    let mut levels: Vec<Level> = members.iter().flat_map(Member::break_points).collect();
    levels.push(Level { above: 0, below: 1 });
    levels.sort_by(|a, b| a.compare(*b));
    let reached = levels.into_iter().rfind(|level| compare_sum(members, *level, total).is_le()).expect("nothing costs nothing");
    let beyond = compare_sum(members, reached, total).is_lt();
    members.iter().map(|member| member.stand(reached, beyond)).collect()
}

/// The sum handed out at a level, against what there is.
fn compare_sum(members: &[Member], level: Level, total: Whole) -> Ordering {
    let (mut fixed, mut moving) = (0, 0);
    for member in members {
        match member.stand(level, false) {
            Stand::Fixed(amount) => fixed += amount,
            Stand::Moving => moving += member.weight,
        }
    }
    (fixed * level.below + moving * level.above).cmp(&(total * level.below))
}

/// Those within their limits share in proportion, in whole units; the residue goes to the largest remainders, or stays.
fn round_down(members: &[Member], stands: &[Stand], shared: Whole, unit: Whole, to_largest: bool) -> Vec<Whole> {
    let moving: Vec<usize> = (0..members.len()).filter(|at| stands[*at] == Stand::Moving).collect();
    let weights: Whole = moving.iter().map(|at| members[*at].weight).sum();
    let mut amounts: Vec<Whole> = stands.iter().map(|stand| if let Stand::Fixed(amount) = stand { *amount } else { 0 }).collect();
    // what was cut off, in parts of the weights
    let mut cut = Vec::new();
    let mut left = shared;
    for at in moving {
        let exact = shared * members[at].weight;
        amounts[at] = (exact / (weights * unit) * unit).max(members[at].limits.low);
        left -= amounts[at];
        cut.push((exact - amounts[at] * weights, at));
    }
    cut.sort_by(|(a, at), (b, other)| b.cmp(a).then_with(|| members[*at].id.cmp(&members[*other].id)));
    for (_, at) in cut.into_iter().filter(|_| to_largest) {
        let within = members[at].limits.high.is_none_or(|high| amounts[at] + unit <= high);
        if within && left >= unit {
            amounts[at] += unit;
            left -= unit;
        }
    }
    amounts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(id: &str, weight: Whole, low: Whole, high: Option<Whole>) -> Member {
        Member { id: id.to_owned(), weight, limits: Limits { low, high }, wanted: None }
    }

    #[test]
    fn a_pool_goes_by_weight_within_limits() {
        let members = [member("a", 1, 0, Some(10)), member("b", 1, 40, None), member("c", 2, 0, None), member("d", 0, 5, None)];
        assert_eq!(hand_out(&members, 100, 1, false), [10, 40, 45, 5]);
        assert_eq!(hand_out(&members, 45, 1, false), [0, 40, 0, 5]);
        assert_eq!(hand_out(&members, 51, 1, false), [2, 40, 4, 5]);
        assert_eq!(hand_out(&members, 1_000, 1, false), [10, 328, 656, 5]);
    }

    #[test]
    fn the_residue_goes_to_what_was_cut_off_most() {
        let members = [member("b", 1, 0, None), member("a", 1, 0, None), member("c", 1, 0, Some(34))];
        assert_eq!(hand_out(&members, 100, 1, false), [33, 33, 33]);
        assert_eq!(hand_out(&members, 100, 1, true), [33, 34, 33]);
        assert_eq!(hand_out(&members, 101, 1, true), [34, 34, 33]);
    }

    #[test]
    fn enough_for_all_gives_everyone_the_most() {
        let members = [member("a", 1, 0, Some(10)), member("b", 3, 0, Some(20)), member("c", 0, 4, None)];
        assert_eq!(hand_out(&members, 100, 1, true), [10, 20, 4]);
        assert_eq!(hand_out(&members, 34, 1, true), [10, 20, 4]);
    }
}
