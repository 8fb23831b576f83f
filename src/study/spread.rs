//! How the gaps of a study spread: quantiles and the chance of a shortfall, by town and year.

use super::math::quantile::{Chance, Sorted, chance};
use crate::base::{amount::Fen, ratio::Ratio};

/// The quantiles written.
pub const QUANTILES: [(&str, i64); 5] = [("p05", 50_000), ("p25", 250_000), ("p50", 500_000), ("p75", 750_000), ("p95", 950_000)];

/// The most gaps held at once: points × towns × years. More would take more than 400 MB.
pub const MOST_GAPS: u64 = 50_000_000;

/// \[分\] How one town's gap of one year spreads over the points.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// How many points.
    pub points: usize,
    /// The quantiles, to the fen.
    pub quantiles: [Fen; 5],
    /// The chance that there is a gap, with its 95 % interval.
    pub short: Chance,
}

impl Spread {
    /// Of gaps; `None` of none.
    #[must_use]
    pub fn of(gaps: Vec<Fen>) -> Option<Self> {
        let points = gaps.len();
        let hits = gaps.iter().filter(|gap| **gap > 0).count();
        let short = chance(u64::try_from(hits).ok()?, u64::try_from(points).ok()?).ok()?;
        let sorted = Sorted::new(gaps).ok()?;
        let mut quantiles = [0; 5];
        for (found, (_, at)) in quantiles.iter_mut().zip(QUANTILES) {
            *found = sorted.fen(Ratio(at)).ok()?;
        }
        Some(Self { points, quantiles, short })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 0, 0, 0, 40, 100 (yuan): the median is 0, the third quartile 40; a gap at two of five.
    #[test]
    fn quantiles_and_chance_of_five_points() {
        let spread = Spread::of(vec![10_000, 0, 0, 4_000, 0]).unwrap();
        assert_eq!(spread.quantiles[2..4], [0, 4_000]);
        assert!((spread.short.share - 0.4).abs() < 1e-12);
        assert_eq!(Spread::of(Vec::new()), None);
    }
}
