//! Levers crossed with draws: every combination of levers has the same draws, and chances are of one combination, never of a mixture
//! of policies.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The lever combinations of a sweep, each with as many draws.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crossed {
    /// How many draws each has.
    pub draws: u64,
    /// The levers' values of each as fields of CSV, each followed by a comma; one empty text where no lever is crossed with draws.
    pub combinations: Vec<String>,
}

impl Crossed {
    /// Whether there is more than one policy.
    #[must_use]
    pub const fn is_mixed(&self) -> bool {
        self.combinations.len() > 1
    }

    /// The points of each combination, counted among those that could be computed; `fine` says of every point, in order from the
    /// `first`, whether it could.
    #[must_use]
    pub fn groups(&self, first: u64, fine: impl Iterator<Item = bool>) -> Vec<(&str, Range<usize>)> {
        let mut groups: Vec<(&str, Range<usize>)> = Vec::new();
        let (mut counted, mut current) = (0, None);
        for (number, is_fine) in (first..).zip(fine) {
            let at = if self.is_mixed() { usize::try_from(number / self.draws.max(1)).unwrap_or(usize::MAX) } else { 0 };
            if current != Some(at) {
                current = Some(at);
                groups.push((self.combinations.get(at).map_or("", String::as_str), counted..counted));
            }
            counted += usize::from(is_fine);
            if let Some((_, range)) = groups.last_mut() {
                range.end = counted;
            }
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two policies with three draws; the second draw of the first cannot be computed: two and three points are left.
    #[test]
    fn each_combination_has_its_own_points() {
        let crossed = Crossed { draws: 3, combinations: vec!["0.4,".into(), "0.5,".into()] };
        let fine = [true, false, true, true, true, true];
        assert_eq!(crossed.groups(0, fine.into_iter()), [("0.4,", 0..2), ("0.5,", 2..5)]);
        assert_eq!(crossed.groups(3, fine[3..].iter().copied()), [("0.5,", 0..3)], "a shard that begins with the second");
        assert_eq!(Crossed { draws: 6, combinations: vec![String::new()] }.groups(0, fine.into_iter()), [("", 0..5)]);
    }
}
