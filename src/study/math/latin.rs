//! Latin hypercube 拉丁超立方: every stratum of every input is met exactly once.
//!
//! M. D. McKay, R. J. Beckman, W. J. Conover, Technometrics 21 (1979). The strata of a dimension are in the order of a keyed permutation that
//! is computed place by place, so that a shard knows its points without the others.

use super::fault::{Fault, MOST_INPUTS};
use super::permutation::Permutation;
use super::uniform::Draws;

/// The most points: strata and what lies within one must fit in the 53 digits of a double.
pub const MOST_POINTS: u64 = 1 << 32;

/// A Latin hypercube of `n` points: point `i` lies in stratum π_d(i) of dimension `d`, that is between π_d(i)/n and (π_d(i) + 1)/n.
#[derive(Clone, Debug)]
pub struct Latin {
    points: u64,
    draws: Draws,
    stream: u32,
    orders: Vec<Permutation>,
}

impl Latin {
    /// `points` points in `dimensions` dimensions. The seed and stream may serve nothing else.
    ///
    /// # Errors
    /// No points or dimensions; more than [`MOST_POINTS`], or more dimensions than 2^20.
    pub fn new(points: u64, dimensions: u32, draws: Draws, stream: u32) -> Result<Self, Fault> {
        if points == 0 || dimensions == 0 {
            return Err(Fault::Empty("points or dimensions"));
        }
        if points > MOST_POINTS {
            return Err(Fault::TooMany("points for a Latin hypercube (2^32)"));
        }
        if dimensions > MOST_INPUTS {
            return Err(Fault::TooMany("dimensions for a Latin hypercube (2^20)"));
        }
        // Places within strata use components 0 …, orders of strata the same counted from above.
        let orders = (0..dimensions).map(|dimension| Permutation::new(points, draws, stream, u32::MAX - dimension)).collect();
        Ok(Self { points, draws, stream, orders })
    }

    /// How many points.
    #[must_use]
    pub const fn points(&self) -> u64 {
        self.points
    }

    /// The stratum of a point in a dimension, from 0; `None` past the points or dimensions.
    #[must_use]
    pub fn stratum(&self, point: u64, dimension: u32) -> Option<u64> {
        self.orders.get(dimension as usize)?.at(point)
    }

    /// The coordinate, uniform within its stratum and strictly inside it; `None` past the points or dimensions.
    #[must_use]
    pub fn value(&self, point: u64, dimension: u32) -> Option<f64> {
        let stratum = self.stratum(point, dimension)?;
        // As many digits within the stratum as keep `stratum + within` exact and clear of the next stratum.
        let digits = 49 - (u64::BITS - self.points.leading_zeros()).min(33);
        let within = self.draws.bits(self.stream, point, dimension) >> (u64::BITS - digits);
        let within = (within as f64 + 0.5) / (1_u64 << digits) as f64;
        Some((stratum as f64 + within) / self.points as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stratum_is_met_once() {
        for points in [1, 2, 7, 1_000] {
            let latin = Latin::new(points, 3, Draws::new(42), 1).unwrap();
            for dimension in 0..3 {
                let values: Vec<f64> = (0..points).map(|point| latin.value(point, dimension).unwrap()).collect();
                let mut strata: Vec<u64> = values.iter().map(|value| (value * points as f64) as u64).collect();
                assert!(strata.iter().zip(0..).all(|(stratum, point)| latin.stratum(point, dimension) == Some(*stratum)));
                strata.sort_unstable();
                assert!(strata.into_iter().eq(0..points), "{points} points, dimension {dimension}");
            }
        }
    }

    #[test]
    fn dimensions_are_ordered_differently() {
        let latin = Latin::new(1_000, 2, Draws::new(42), 1).unwrap();
        let mean = |dimension| (0..1_000).map(|point| latin.value(point, dimension).unwrap()).sum::<f64>() / 1_000.0;
        let product = (0..1_000).map(|point| latin.value(point, 0).unwrap() * latin.value(point, 1).unwrap()).sum::<f64>() / 1_000.0;
        let correlation = (product - mean(0) * mean(1)) * 12.0;
        assert!((mean(0) - 0.5).abs() < 1e-4 && correlation.abs() < 0.1, "{correlation}");
    }

    #[test]
    fn the_ends_of_the_range_hold() {
        let of = |points, dimensions| Latin::new(points, dimensions, Draws::new(1), 0);
        assert!(matches!((of(0, 1), of(1, 0)), (Err(Fault::Empty(_)), Err(Fault::Empty(_)))));
        assert!(matches!((of(u64::MAX, 1), of(1, u32::MAX)), (Err(Fault::TooMany(_)), Err(Fault::TooMany(_)))));
        let largest = of(MOST_POINTS, 1).unwrap();
        for point in [0, 1, MOST_POINTS - 1] {
            let (stratum, value) = (largest.stratum(point, 0).unwrap(), largest.value(point, 0).unwrap());
            assert_eq!((value * MOST_POINTS as f64) as u64, stratum);
        }
        assert_eq!((largest.value(MOST_POINTS, 0), largest.value(0, 1)), (None, None));
        assert_eq!(largest.points(), MOST_POINTS);
    }
}
