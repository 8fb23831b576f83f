//! The standard normal distribution 标准正态分布: its distribution function and quantile, the same bits on every machine.

#![expect(clippy::excessive_precision, reason = "coefficients and reference values stand as they were published")]

/// Φ(z), the standard normal distribution function 标准正态分布函数: erfc(−z/√2)/2.
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2) / 2.0
}

/// Φ⁻¹(u), the standard normal quantile 标准正态分位数, by algorithm AS 241 (PPND16): M. J. Wichura, Applied Statistics 37 (1988) 477–484.
///
/// About 16 digits. −∞ at 0, ∞ at 1, NaN outside.
#[must_use]
pub fn normal_quantile(u: f64) -> f64 {
    let q = u - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(&A, &B, r);
    }
    let tail = if q < 0.0 { u } else { 1.0 - u };
    if tail == 0.0 {
        return f64::INFINITY.copysign(q);
    }
    let r = (-libm::log(tail)).sqrt();
    let value = if r <= 5.0 { ratio(&C, &D, r - 1.6) } else { ratio(&E, &F, r - 5.0) };
    value.copysign(q)
}

/// Σ numerator[i]·r^i / Σ denominator[i]·r^i, by Horner.
fn ratio(numerator: &[f64; 8], denominator: &[f64; 8], r: f64) -> f64 {
    let sum = |of: &[f64; 8]| of.iter().rev().fold(0.0, |sum, coefficient| sum * r + coefficient);
    sum(numerator) / sum(denominator)
}

const A: [f64; 8] = [
    3.387_132_872_796_366_608,
    1.331_416_678_917_843_774_5e2,
    1.971_590_950_306_551_442_7e3,
    1.373_169_376_550_946_112_5e4,
    4.592_195_393_154_987_145_7e4,
    6.726_577_092_700_870_085_3e4,
    3.343_057_558_358_812_810_5e4,
    2.509_080_928_730_122_672_7e3,
];
const B: [f64; 8] = [
    1.0,
    4.231_333_070_160_091_125_2e1,
    6.871_870_074_920_579_083e2,
    5.394_196_021_424_751_107_7e3,
    2.121_379_430_158_659_586_7e4,
    3.930_789_580_009_271_061e4,
    2.872_908_573_572_194_267_4e4,
    5.226_495_278_852_854_561e3,
];
const C: [f64; 8] = [
    1.423_437_110_749_683_577_34,
    4.630_337_846_156_545_295_9,
    5.769_497_221_460_691_405_5,
    3.647_848_324_763_204_605_04,
    1.270_458_252_452_368_382_58,
    2.417_807_251_774_506_117_7e-1,
    2.272_384_498_926_918_458_33e-2,
    7.745_450_142_783_414_076_4e-4,
];
const D: [f64; 8] = [
    1.0,
    2.053_191_626_637_758_821_87,
    1.676_384_830_183_803_849_4,
    6.897_673_349_851_000_045_5e-1,
    1.481_039_764_274_800_745_9e-1,
    1.519_866_656_361_645_719_66e-2,
    5.475_938_084_995_344_946e-4,
    1.050_750_071_644_416_843_24e-9,
];
const E: [f64; 8] = [
    6.657_904_643_501_103_777_2,
    5.463_784_911_164_114_369_9,
    1.784_826_539_917_291_335_8,
    2.965_605_718_285_048_912_3e-1,
    2.653_218_952_657_612_309_3e-2,
    1.242_660_947_388_078_438_6e-3,
    2.711_555_568_743_487_578_15e-5,
    2.010_334_399_292_288_132_65e-7,
];
const F: [f64; 8] = [
    1.0,
    5.998_322_065_558_879_376_9e-1,
    1.369_298_809_227_358_053_1e-1,
    1.487_536_129_085_061_485_25e-2,
    7.868_691_311_456_132_591e-4,
    1.846_318_317_510_054_681_8e-5,
    1.421_511_758_316_445_888_7e-7,
    2.044_263_103_389_939_785_64e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: f64, known: f64, relative: f64) {
        assert!((value - known).abs() <= relative * known.abs(), "{value} is not {known}");
    }

    /// Roots of `mpmath.ncdf(x) = u` for the double `u`, 60 digits (mpmath 1.3.0).
    #[test]
    fn normal_quantiles_are_those_of_mpmath() {
        let known = [
            (1e-16, -8.222_082_216_130_435_615_2),
            (1e-10, -6.361_340_902_404_056_199_1),
            (0.0001, -3.719_016_485_455_680_552_3),
            (0.01, -2.326_347_874_040_841_093_1),
            (0.025, -1.959_963_984_540_054_211_8),
            (0.075, -1.439_531_470_938_455_934_9),
            (0.1, -1.281_551_565_544_600_435_3),
            (0.25, -0.674_489_750_196_081_743_2),
            (0.4, -0.253_347_103_135_799_739_78),
            (0.5, 0.0),
            (0.75, 0.674_489_750_196_081_743_2),
            (0.925, 1.439_531_470_938_456_229_1),
            (0.975, 1.959_963_984_540_053_855_6),
            (0.99, 2.326_347_874_040_840_767_6),
            (0.999_999, 4.753_424_308_817_087_765_7),
        ];
        for (u, z) in known {
            close(normal_quantile(u), z, 1e-15);
        }
        assert_eq!((normal_quantile(0.0), normal_quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
        assert!(normal_quantile(-0.1).is_nan() && normal_quantile(1.1).is_nan() && normal_quantile(f64::NAN).is_nan());
    }

    /// `mpmath.ncdf`, 60 digits.
    #[test]
    fn the_normal_distribution_function_is_that_of_mpmath() {
        let known = [
            (-8.0, 6.220_960_574_271_784_123_5e-16),
            (-5.0, 2.866_515_718_791_939_116_7e-7),
            (-1.0, 0.158_655_253_931_457_051_41),
            (0.0, 0.5),
            (0.5, 0.691_462_461_274_013_103_64),
            (1.96, 0.975_002_104_851_779_563_79),
            (6.0, 0.999_999_999_013_412_354_96),
        ];
        for (z, share) in known {
            close(normal_cdf(z), share, 1e-14);
        }
    }
}
