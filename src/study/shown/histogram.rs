//! How the gap of the whole horizon spreads over draws, in parts of a round width.

use crate::base::{amount::Fen, ratio::Ratio};
use crate::study::math::quantile::Sorted;

/// About so many parts are wanted.
const PARTS: i64 = 36;

/// Draws counted by their gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    /// All draws.
    pub draws: usize,
    /// Draws without a gap.
    pub none: usize,
    /// \[分\] Where the first part starts, and how wide each is; a gap on an edge is of the part above.
    pub from: Fen,
    /// \[分\] Width of a part.
    pub width: Fen,
    /// Draws with a gap, by part.
    pub counts: Vec<usize>,
    /// \[分\] The median of all draws, and what one in twenty exceeds.
    pub median: Fen,
    /// \[分\] The 95 % quantile.
    pub worst: Fen,
}

impl Histogram {
    /// Of the gaps of all draws; nothing of none.
    #[must_use]
    pub fn of(gaps: &[Fen]) -> Option<Self> {
        let sorted = Sorted::new(gaps.to_vec()).ok()?;
        let (median, worst) = (sorted.fen(Ratio(500_000)).ok()?, sorted.fen(Ratio(950_000)).ok()?);
        let some: Vec<Fen> = sorted.amounts().iter().copied().filter(|gap| *gap > 0).collect();
        let none = gaps.len() - some.len();
        let (Some(low), Some(high)) = (some.first(), some.last()) else {
            return Some(Self { draws: gaps.len(), none, from: 0, width: 1, counts: Vec::new(), median, worst });
        };
        let width = round_width((high - low) / PARTS + 1);
        let from = low / width * width;
        let mut counts = vec![0; usize::try_from((high - from) / width + 1).ok()?];
        some.iter().filter_map(|gap| usize::try_from((gap - from) / width).ok()).for_each(|part| counts[part] += 1);
        Some(Self { draws: gaps.len(), none, from, width, counts, median, worst })
    }
}

/// The next of 1, 2, 5, 10, 20, 50, … that is not below.
fn round_width(least: Fen) -> Fen {
    let mut power = 1;
    loop {
        for factor in [1, 2, 5] {
            if factor * power >= least {
                return factor * power;
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 0, 0, 100, 130, 460 fen: parts of (460 − 100) / 36 + 1 = 11 → 20 fen from 100 on; 130 is in the second, 460 in the nineteenth.
    #[test]
    fn parts_are_round() {
        let found = Histogram::of(&[130, 0, 460, 100, 0]).unwrap();
        assert_eq!((found.none, found.from, found.width, found.counts.len(), found.median), (2, 100, 20, 19, 100));
        assert_eq!((found.counts[0], found.counts[1], found.counts[18]), (1, 1, 1));
        assert_eq!(Histogram::of(&[0, 0]).unwrap().counts.len(), 0);
        assert_eq!(Histogram::of(&[]), None);
    }
}
