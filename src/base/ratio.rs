//! Shares, rates and growth factors: decimals, never binary fractions.

use std::fmt;

use super::decimal::{Decimal, divide_half_away};

/// A share or rate with at most six decimals 比例, counted in millionths: 62.5 % is 625,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ratio(pub i64);

impl Ratio {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The whole, 100 %.
    pub const ONE: Self = Self(1_000_000);

    /// From a decimal fraction (0.625); `None` with more than six decimals.
    #[must_use]
    pub fn from_decimal(value: Decimal) -> Option<Self> {
        i64::try_from(value.exact(6)?).ok().map(Self)
    }

    /// What is left of the whole.
    #[must_use]
    pub const fn rest(self) -> Self {
        Self(Self::ONE.0 - self.0)
    }

    /// The coefficient the engine multiplies by: nudged up by two units in the last place, so that
    /// `floor(a·r⁺ + ½)` is exact decimal 四舍五入 (see `docs/decisions/0001-arithmetic.md`).
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "millionths of a share are far below 2^53")]
    pub fn coefficient(self) -> f64 {
        nudge(self.0 as f64 / 1e6)
    }

    /// `R(amount × ratio)`: exact decimal rounding of whole numbers, half away from zero.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "|amount| < 10^15 and the ratio is divided out again")]
    pub fn of(self, amount: i64) -> i64 {
        divide_half_away(i128::from(amount) * i128::from(self.0), 1_000_000) as i64
    }
}

/// A decimal coefficient nudged up by two units in the last place. Zero and whole numbers stay what they are:
/// a product with them is exact.
#[must_use]
pub fn nudge(coefficient: f64) -> f64 {
    if coefficient.fract() == 0.0 { coefficient } else { coefficient * (1.0 + 2.0 * f64::EPSILON) }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", Decimal::new(i128::from(self.0), 4))
    }
}

/// The growth factor of one year, counted in 10^-9: `1 + elasticity × growth + own`, rounded half away from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factor(pub i64);

impl Factor {
    /// No growth.
    pub const ONE: Self = Self(1_000_000_000);

    /// `1 + elasticity × growth + own`.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "checked growth and elasticity keep this small")]
    pub fn growth(growth: Ratio, elasticity: Ratio, own: Ratio) -> Self {
        let product = i128::from(growth.0) * i128::from(elasticity.0);
        let factor = i128::from(Self::ONE.0) + divide_half_away(product, 1_000) + i128::from(own.0) * 1_000;
        Self(factor.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64)
    }

    /// The nearest double.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "factors stay far below 2^53")]
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / 1e9
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_an_amount_is_rounded_like_on_paper() {
        // 35 % of 1.10 元 = 0.385 元: half a fen goes up, although 0.35 in binary lies below 0.35.
        assert_eq!(Ratio(350_000).of(110), 39);
        assert_eq!(Ratio(350_000).of(-110), -39);
        assert_eq!(Ratio(583_333).to_string(), "58.3333%");
    }

    #[test]
    fn growth_follows_the_driver_by_its_elasticity() {
        // 1 + 1.1 × 9 % + 0.5 % = 1.104
        assert_eq!(Factor::growth(Ratio(90_000), Ratio(1_100_000), Ratio(5_000)), Factor(1_104_000_000));
    }
}
