//! Sobol' sequence, scrambled 索博尔序列: points that fill the unit cube more evenly than chance does.
//!
//! Direction numbers of S. Joe and F. Y. Kuo (SIAM J. Sci. Comput. 30, 2008), in Gray-code order as they and SciPy number the points; nested
//! uniform scrambling of A. B. Owen (“Randomly permuted (t,m,s)-nets and (t,s)-sequences”, 1995), each node of the binary tree flipped by a
//! keyed hash. Every point is computed directly, without those before it.

use super::fault::Fault;
use super::uniform::{Draws, split_mix};

/// The most dimensions: lines of the table of direction numbers.
pub const MOST_DIMENSIONS: u32 = 1_024;

/// The most points: 2^32, the digits of a direction number.
pub const MOST_POINTS: u64 = 1 << 32;

/// The published direction numbers.
const TABLE: &str = include_str!("joe_kuo.txt");

/// One dimension: its 32 direction numbers and the key of its scrambling.
#[derive(Clone, Debug)]
struct Dimension {
    directions: [u32; 32],
    key: Option<u64>,
}

/// A Sobol' sequence of some dimensions. The first 2^k points (any k) have exactly one value in each of 2^k equal intervals, in every
/// dimension; take a power of two of them.
#[derive(Clone, Debug)]
pub struct Sobol {
    dimensions: Vec<Dimension>,
}

impl Sobol {
    /// The scrambled sequence of this seed and stream: uniform at every point, unbiased over seeds.
    ///
    /// # Errors
    /// No dimension, or more than [`MOST_DIMENSIONS`].
    pub fn new(dimensions: u32, draws: Draws, stream: u32) -> Result<Self, Fault> {
        let mut sobol = Self::plain(dimensions)?;
        for (component, dimension) in sobol.dimensions.iter_mut().enumerate() {
            dimension.key = Some(draws.bits(stream, 0, component as u32));
        }
        Ok(sobol)
    }

    /// The sequence as published, unscrambled: for comparisons with other programs.
    ///
    /// # Errors
    /// As [`Sobol::new`].
    pub fn plain(dimensions: u32) -> Result<Self, Fault> {
        if dimensions == 0 {
            return Err(Fault::Empty("dimension"));
        }
        if dimensions > MOST_DIMENSIONS {
            return Err(Fault::TooMany("dimensions for a Sobol' sequence (1,024)"));
        }
        let first = std::array::from_fn(|bit| 1 << (31 - bit));
        let rest = TABLE.lines().filter(|line| !line.starts_with('#')).map(directions);
        let dimensions = std::iter::once(first).chain(rest).take(dimensions as usize);
        Ok(Self { dimensions: dimensions.map(|directions| Dimension { directions, key: None }).collect() })
    }

    /// Coordinate `dimension` of point `point` (both from 0), strictly between 0 and 1; `None` past the dimensions or [`MOST_POINTS`].
    ///
    /// 32 digits come from the sequence, 20 more from the scrambling; unscrambled they are those of ½.
    #[must_use]
    pub fn value(&self, point: u64, dimension: u32) -> Option<f64> {
        let plain = self.digits(point, dimension)?;
        let (high, low) = match self.dimensions.get(dimension as usize)?.key {
            None => (plain, 1 << 19),
            Some(key) => (scrambled(plain, key), (split_mix(key, (1 << 32) + u64::from(plain)) >> 44) as u32),
        };
        let digits = (u64::from(high) << 20) | u64::from(low);
        Some((digits as f64 + 0.5) / (1_u64 << 52) as f64)
    }

    /// The 32 binary digits of the unscrambled coordinate; `None` as [`Sobol::value`].
    #[must_use]
    pub fn digits(&self, point: u64, dimension: u32) -> Option<u32> {
        let point = u32::try_from(point).ok()?;
        let directions = &self.dimensions.get(dimension as usize)?.directions;
        let mut gray = point ^ (point >> 1);
        let mut digits = 0;
        while gray != 0 {
            digits ^= directions[gray.trailing_zeros() as usize];
            gray &= gray - 1;
        }
        Some(digits)
    }
}

/// The direction numbers of one line of the table, `a m_1 … m_s`, by the recurrence of P. Bratley and B. L. Fox (Algorithm 659, 1988).
fn directions(line: &str) -> [u32; 32] {
    let mut numbers = line.split(' ').filter_map(|number| number.parse::<u32>().ok());
    let inner = numbers.next().unwrap_or(0);
    let mut directions = [0; 32];
    let mut degree = 0;
    for (bit, number) in numbers.enumerate().take(32) {
        directions[bit] = number << (31 - bit);
        degree = bit + 1;
    }
    for bit in degree.max(1)..32 {
        let back = directions[bit - degree];
        directions[bit] = back ^ (back >> degree);
        for k in 1..degree {
            directions[bit] ^= ((inner >> (degree - 1 - k)) & 1) * directions[bit - k];
        }
    }
    directions
}

/// Owen's scrambling: each digit is flipped or not, by a hash of all digits above it.
fn scrambled(digits: u32, key: u64) -> u32 {
    (0..32).fold(digits, |out, bit| {
        // Nodes as a heap: 1 the root, 2n and 2n + 1 the halves of n.
        let node = (1_u64 << bit) | (u64::from(digits) >> (32 - bit));
        out ^ ((split_mix(key, node) >> 63) as u32) << (31 - bit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `scipy.stats.qmc.Sobol(d=1024, scramble=False, bits=32).random(8192)`, times 2^32 (SciPy 1.17.1).
    #[test]
    fn plain_points_are_those_of_scipy() {
        let sobol = Sobol::plain(1_024).unwrap();
        let known = [
            ((1, 0), 2_147_483_648),
            ((2, 1), 1_073_741_824),
            ((3, 2), 3_221_225_472),
            ((5, 5), 2_684_354_560),
            ((100, 40), 3_053_453_312),
            ((777, 255), 2_730_491_904),
            ((4_095, 1_000), 3_742_367_744),
            ((8_191, 1_023), 4_093_116_416),
        ];
        for ((point, dimension), digits) in known {
            assert_eq!(sobol.digits(point, dimension), Some(digits), "{point} {dimension}");
        }
        assert_eq!(sobol.value(1, 0), Some(0.5 + 1.0 / 8_589_934_592.0 + 0.5 / 4_503_599_627_370_496.0));
    }

    /// One value in each of 2^k intervals, in every dimension, scrambled or not.
    #[test]
    fn the_first_points_are_balanced() {
        for sobol in [Sobol::plain(1_024).unwrap(), Sobol::new(1_024, Draws::new(11), 4).unwrap()] {
            for (k, dimension) in [(0, 5), (1, 0), (4, 1), (6, 77), (8, 500), (10, 1_023)] {
                let n = 1_u64 << k;
                let mut cells: Vec<u64> = (0..n).map(|point| (sobol.value(point, dimension).unwrap() * n as f64) as u64).collect();
                cells.sort_unstable();
                assert!(cells.into_iter().eq(0..n), "2^{k} in dimension {dimension}");
            }
        }
    }

    /// The first two dimensions are a (0, 2)-sequence: 64 points, one in each of 64 boxes of 2^a × 2^(6−a).
    #[test]
    fn scrambling_keeps_the_net() {
        let sobol = Sobol::new(2, Draws::new(3), 0).unwrap();
        for a in 0..=6 {
            let (wide, high) = (1_u64 << a, 1_u64 << (6 - a));
            let cell = |point, dimension, cells: u64| (sobol.value(point, dimension).unwrap() * cells as f64) as u64;
            let mut boxes: Vec<u64> = (0..64).map(|point| cell(point, 0, wide) * high + cell(point, 1, high)).collect();
            boxes.sort_unstable();
            assert!(boxes.into_iter().eq(0..64), "{wide} × {high}");
        }
    }

    /// ∫ Π (x_d + ½) = 1 in 8 dimensions: 1,024 scrambled points come within 0.002, where chance would be off by 0.03.
    #[test]
    fn it_integrates_better_than_chance() {
        let sobol = Sobol::new(8, Draws::new(1), 0).unwrap();
        let product = |point| (0..8).map(|d| sobol.value(point, d).unwrap() + 0.5).product::<f64>();
        let mean = (0..1_024).map(product).sum::<f64>() / 1_024.0;
        assert!((mean - 1.0).abs() < 0.002, "{mean}");
    }

    /// Over seeds a single point is uniform: mean ½, variance 1/12.
    #[test]
    fn over_seeds_a_point_is_uniform() {
        let values: Vec<f64> = (0..2_000).map(|seed| Sobol::new(3, Draws::new(seed), 0).unwrap().value(0, 2).unwrap()).collect();
        let mean = values.iter().sum::<f64>() / 2_000.0;
        let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / 2_000.0;
        assert!((mean - 0.5).abs() < 0.03 && (variance - 1.0 / 12.0).abs() < 0.01, "{mean} {variance}");
    }

    #[test]
    fn the_ends_of_the_range_hold() {
        assert_eq!(Sobol::plain(0).unwrap_err(), Fault::Empty("dimension"));
        assert!(matches!(Sobol::new(u32::MAX, Draws::new(1), 0), Err(Fault::TooMany(_))));
        let sobol = Sobol::new(1, Draws::new(1), 0).unwrap();
        assert_eq!((sobol.value(MOST_POINTS, 0), sobol.value(u64::MAX, 0), sobol.value(0, 1)), (None, None, None));
        assert!(sobol.value(MOST_POINTS - 1, 0).is_some_and(|v| v > 0.0 && v < 1.0));
    }
}
