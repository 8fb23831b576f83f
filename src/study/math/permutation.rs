//! Permutations without memory 置换: where one element goes, without listing the others.

use super::uniform::{Draws, split_mix};

/// Rounds of the Feistel network.
const ROUNDS: usize = 8;

/// A keyed permutation of `0 … n−1` 置换: each place is computed alone.
///
/// A balanced Feistel network over the next power of four, with cycle walking (J. Black, P. Rogaway, “Ciphers with arbitrary finite domains”,
/// CT-RSA 2002): a place outside the range is permuted again until it falls inside, on average fewer than four times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permutation {
    size: u64,
    half: u32,
    keys: [u64; ROUNDS],
}

impl Permutation {
    /// The permutation of `size` elements named by stream and component. `size` 0 has no places.
    #[must_use]
    pub fn new(size: u64, draws: Draws, stream: u32, component: u32) -> Self {
        let bits = u64::BITS - size.saturating_sub(1).leading_zeros();
        let mut keys = [0; ROUNDS];
        for (round, key) in keys.iter_mut().enumerate() {
            *key = draws.bits(stream, round as u64, component);
        }
        Self { size, half: bits.div_ceil(2), keys }
    }

    /// Where element `from` goes; `None` outside `0 … n−1`.
    #[must_use]
    pub fn at(&self, from: u64) -> Option<u64> {
        if from >= self.size {
            return None;
        }
        if self.size == 1 {
            return Some(0);
        }
        let mut place = self.scramble(from);
        // The network is a bijection, so the walk returns to the range at the latest where it started.
        while place >= self.size {
            place = self.scramble(place);
        }
        Some(place)
    }

    fn scramble(&self, value: u64) -> u64 {
        let mask = (1_u64 << self.half) - 1;
        let (mut left, mut right) = (value >> self.half, value & mask);
        for key in self.keys {
            (left, right) = (right, left ^ (split_mix(key, right + 1) >> 32 & mask));
        }
        (left << self.half) | right
    }
}

/// A random order of `0 … n−1` 随机排列 (Fisher–Yates, from the end): for lists that stand in memory anyway.
#[must_use]
pub fn shuffled(n: usize, draws: Draws, stream: u32, point: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        order.swap(last, draws.below(last as u64 + 1, stream, point, last as u32) as usize);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_taken_once() {
        for size in [1, 2, 3, 4, 5, 7, 16, 17, 100, 1_000] {
            let permutation = Permutation::new(size, Draws::new(size), 0, 0);
            let mut places: Vec<u64> = (0..size).map(|from| permutation.at(from).unwrap()).collect();
            places.sort_unstable();
            assert!(places.into_iter().eq(0..size), "{size}");
            assert_eq!(permutation.at(size), None);
        }
    }

    #[test]
    fn the_ends_of_the_range_hold() {
        assert_eq!(Permutation::new(0, Draws::new(1), 0, 0).at(0), None);
        let largest = Permutation::new(u64::MAX, Draws::new(1), 0, 0);
        assert!(largest.at(u64::MAX - 1).unwrap() < u64::MAX);
        assert_eq!(largest.at(u64::MAX), None);
        assert!(shuffled(0, Draws::new(1), 0, 0).is_empty());
    }

    /// All 24 orders of four elements come about equally often over the seeds: expected 200 each, standard deviation 14.
    #[test]
    fn no_order_is_preferred() {
        let mut orders = std::collections::BTreeMap::new();
        let mut shuffles = std::collections::BTreeMap::new();
        for seed in 0..4_800 {
            let permutation = Permutation::new(4, Draws::new(seed), 0, 0);
            *orders.entry([0, 1, 2, 3].map(|from| permutation.at(from))).or_insert(0) += 1;
            *shuffles.entry(shuffled(4, Draws::new(seed), 1, 0)).or_insert(0) += 1;
        }
        assert_eq!((orders.len(), shuffles.len()), (24, 24));
        assert!(orders.values().chain(shuffles.values()).all(|count| (140..260).contains(count)), "{orders:?} {shuffles:?}");
    }
}
