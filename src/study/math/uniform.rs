//! Counter-based random numbers 基于计数器的随机数: a draw is a function of where it is used, not of how many were drawn before.
//!
//! Philox4x32-10 of J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, “Parallel random numbers: as easy as 1, 2, 3”, SC '11.
//! The key is the seed; the counter is (point, component, stream). So any shard, in any order, draws the same numbers.

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];

/// Ten rounds of Philox4x32: 128 random bits from a 128-bit counter and a 64-bit key.
#[must_use]
pub const fn philox4x32(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    let mut round = 0;
    while round < 10 {
        let first = MULTIPLIERS[0] as u64 * counter[0] as u64;
        let second = MULTIPLIERS[1] as u64 * counter[2] as u64;
        counter = [(second >> 32) as u32 ^ counter[1] ^ key[0], second as u32, (first >> 32) as u32 ^ counter[3] ^ key[1], first as u32];
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
        round += 1;
    }
    counter
}

/// A number strictly between 0 and 1 from the upper 52 of 64 random bits: `(k + ½) / 2^52`.
///
/// The smallest is 2^−53, the largest 1 − 2^−53, and `u` and `1 − u` are equally likely: an inverse distribution function never meets 0 or 1.
#[must_use]
pub const fn open_unit(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
}

/// SplitMix64: the `n`-th output of the generator seeded with `key` (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014). A fast keyed hash where one
/// bit or a Feistel round is wanted.
#[must_use]
pub const fn split_mix(key: u64, n: u64) -> u64 {
    let mut z = key.wrapping_add(n.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// All random numbers of one seed 随机种子.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    key: [u32; 2],
}

impl Draws {
    /// The numbers of this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { key: [seed as u32, (seed >> 32) as u32] }
    }

    /// 64 random bits. `stream` keeps purposes apart (one an uncertain input, one a resampling), `point` is the number of the point or
    /// resample, `component` what is drawn within it (a year, a town, a project).
    #[must_use]
    pub const fn bits(self, stream: u32, point: u64, component: u32) -> u64 {
        let [a, b, _, _] = philox4x32([point as u32, (point >> 32) as u32, component, stream], self.key);
        ((b as u64) << 32) | a as u64
    }

    /// A uniform number strictly between 0 and 1 均匀分布随机数; see [`open_unit`].
    #[must_use]
    pub const fn uniform(self, stream: u32, point: u64, component: u32) -> f64 {
        open_unit(self.bits(stream, point, component))
    }

    /// A whole number from 0 up to but not including `n`: `⌊bits·n / 2^64⌋`, whose bias is below `n / 2^64`. 0 for `n = 0`.
    #[must_use]
    pub const fn below(self, n: u64, stream: u32, point: u64, component: u32) -> u64 {
        ((self.bits(stream, point, component) as u128 * n as u128) >> 64) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known answers of Random123 (`tests/kat_vectors`, philox4x32 10).
    #[test]
    fn philox_gives_its_known_answers() {
        let zero = philox4x32([0; 4], [0; 2]);
        assert_eq!(zero, [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        let ones = philox4x32([u32::MAX; 4], [u32::MAX; 2]);
        assert_eq!(ones, [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        let pi = philox4x32([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]);
        assert_eq!(pi, [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]);
    }

    /// The first outputs with seed 1234567, as Rosetta Code lists them (“Pseudo-random numbers/Splitmix64”).
    #[test]
    fn split_mix_gives_its_known_answers() {
        let known = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431, 16_408_922_859_458_223_821];
        assert_eq!([1, 2, 3, 4, 5].map(|n| split_mix(1_234_567, n)), known);
    }

    #[test]
    fn uniforms_stay_strictly_inside() {
        assert_eq!(open_unit(0), 0.5_f64 / 4_503_599_627_370_496.0);
        assert!(open_unit(u64::MAX) < 1.0);
        assert_eq!(open_unit(u64::MAX) + open_unit(0), 1.0);
    }

    #[test]
    fn a_draw_depends_on_everything_it_is_named_by() {
        let draw = |seed, stream, point, component| Draws::new(seed).bits(stream, point, component);
        let all = [draw(1, 1, 1, 1), draw(2, 1, 1, 1), draw(1, 2, 1, 1), draw(1, 1, 2, 1), draw(1, 1, 1, 2), draw(1 << 32, 1, 1, 1), draw(1, 1, 1 << 32, 1)];
        for (n, a) in all.iter().enumerate() {
            assert!(all[n + 1..].iter().all(|b| a != b));
        }
    }

    #[test]
    fn the_mean_and_the_spread_are_those_of_a_uniform() {
        let draws = Draws::new(7);
        let values: Vec<f64> = (0..20_000).map(|point| draws.uniform(3, point, 9)).collect();
        let mean = values.iter().sum::<f64>() / 20_000.0;
        let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / 20_000.0;
        assert!((mean - 0.5).abs() < 0.01 && (variance - 1.0 / 12.0).abs() < 0.002, "{mean} {variance}");
    }

    #[test]
    fn whole_numbers_stay_below_their_bound() {
        let draws = Draws::new(0);
        let mut seen = [0; 6];
        (0..6_000).for_each(|point| seen[draws.below(6, 0, point, 0) as usize] += 1);
        assert!(seen.iter().all(|count| (880..1_120).contains(count)), "{seen:?}");
        assert_eq!(draws.below(0, 0, 0, 0), 0);
        assert_eq!(draws.below(1, 0, 0, 0), 0);
        assert!(draws.below(u64::MAX, u32::MAX, u64::MAX, u32::MAX) < u64::MAX);
    }
}
