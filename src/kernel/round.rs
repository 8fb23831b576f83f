//! Rounding half away from zero 四舍五入, without a library call on plain x86-64.

/// 1.5 · 2^52: adding and subtracting it rounds a smaller double to a whole number (half to even).
const SHIFT: f64 = 6_755_399_441_055_744.0;

/// `sign(x) · floor(|x| + ½)` for |x| < 2^51.
///
/// The shift rounds half to even; where that went above `|x| + ½` it is one too high for a floor.
#[inline(always)]
#[must_use]
pub fn round(x: f64) -> f64 {
    let y = x.abs() + 0.5;
    let near = (y + SHIFT) - SHIFT;
    let floor = near - if near > y { 1.0 } else { 0.0 };
    floor.copysign(x)
}

/// The same, with the rounding instruction where the machine (known when this is compiled) has one.
///
/// The sum of a number and ½ of its sign is as far from nothing as that of its magnitude and ½.
#[inline(always)]
#[must_use]
pub fn round_on<const WIDE: bool>(x: f64) -> f64 {
    if WIDE { (x + 0.5_f64.copysign(x)).trunc() } else { round(x) }
}

/// `R(a ÷ c)`; `none` where c = 0.
#[inline(always)]
#[must_use]
pub fn divide(a: f64, c: f64, none: f64) -> f64 {
    if c == 0.0 { round(none) } else { round(a / c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        for (x, expected) in [(0.5, 1.0), (1.5, 2.0), (2.5, 3.0), (-2.5, -3.0), (2.499_999, 2.0), (0.0, 0.0), (0.499_999_999_999, 0.0), (-0.4, 0.0)] {
            assert!((round(x) - expected).abs() < f64::EPSILON, "{x}");
        }
    }

    #[test]
    fn it_is_the_library_s_floor_everywhere() {
        let mut state = 7_u64;
        for _ in 0..200_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            #[expect(clippy::cast_precision_loss, reason = "any double will do")]
            let x = (state >> 14) as f64 / 1024.0;
            assert!(((x.abs() + 0.5).floor() - round(x)).abs() < f64::EPSILON, "{x}");
            assert!((round_on::<true>(x) - round(x)).abs() < f64::EPSILON && (round_on::<true>(-x) - round(-x)).abs() < f64::EPSILON, "{x}");
        }
    }

    #[test]
    fn nudged_ratios_give_exact_decimal_rounding() {
        use crate::base::ratio::Ratio;
        let mut state = 11_u64;
        for _ in 0..200_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let amount = i64::try_from((state >> 20) % 1_000_000_000_000).unwrap();
            let ratio = Ratio(i64::try_from((state >> 8) % 101).unwrap() * 10_000);
            #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
            let (engine, paper) = (round(amount as f64 * ratio.coefficient()), ratio.of(amount) as f64);
            assert!((engine - paper).abs() < f64::EPSILON, "{amount} × {ratio}");
        }
    }
}
