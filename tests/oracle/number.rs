//! 1. Numbers 数 (`docs/model.md` section 1): whole fen, ratios in millionths, doubles only where the page says so.

/// Money in fen 分, areas in 0.01 亩, floor space in m²: all whole.
pub type Whole = i128;

/// 100 % in millionths.
pub const ONE: Whole = 1_000_000;

/// `a ÷ b` rounded half away from zero 四舍五入; `b > 0`.
pub fn divide(a: Whole, b: Whole) -> Whole {
    let magnitude = (2 * a.abs() + b) / (2 * b);
    if a < 0 { -magnitude } else { magnitude }
}

/// `R(amount × ratio)`, the ratio in millionths.
pub fn part_of(amount: Whole, ratio: Whole) -> Whole {
    divide(amount * ratio, ONE)
}

/// Take: `min(R(base × rate), what is left)`; of a negative base (a refund) by magnitude; nothing where the two differ in sign.
pub fn take(rate: Whole, base: Whole, left: Whole) -> Whole {
    let wanted = part_of(base, rate);
    if (wanted < 0) != (left < 0) {
        return 0;
    }
    if left < 0 { wanted.max(left) } else { wanted.min(left) }
}

/// What of a due amount the money there is can pay.
pub fn pay(due: Whole, money: Whole) -> Whole {
    due.min(money.max(0))
}

/// `1 + elasticity × growth + own`, rounded to nine decimals in decimals, then the nearest double.
pub fn factor(growth: Whole, elasticity: Whole, own: Whole) -> f64 {
    let billionths = divide(ONE * ONE + growth * elasticity + own * ONE, 1_000);
    billionths as f64 / 1e9
}

/// An amount times an index or factor: one double product, one rounding.
pub fn times(amount: Whole, index: f64) -> Whole {
    let magnitude = (amount.abs() as f64 * index + 0.5).floor() as Whole;
    if amount < 0 { -magnitude } else { magnitude }
}

/// `R'(a × b ÷ c)` in doubles from left to right, half away from zero.
pub fn prorate(a: Whole, b: Whole, c: Whole) -> Whole {
    let value = a as f64 * b as f64 / c as f64;
    let magnitude = (value.abs() + 0.5).floor() as Whole;
    if value < 0.0 { -magnitude } else { magnitude }
}

/// A decimal as it is written, in whole `10^-places`.
pub fn decimal(text: &str, places: u32) -> Whole {
    let text = text.trim().replace(',', "");
    let (sign, body) = text.strip_prefix('-').map_or((1, text.as_str()), |rest| (-1, rest));
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let fraction = fraction.trim_end_matches('0');
    let room = places as usize;
    assert!(fraction.len() <= room, "{text}: more than {places} decimals");
    let digits = format!("{whole}{fraction}{}", "0".repeat(room - fraction.len()));
    sign * digits.parse::<Whole>().unwrap_or_else(|_| panic!("not a number: {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        for (a, b, expected) in [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (5, 3, 2), (-1, 3, 0), (0, 7, 0)] {
            assert_eq!(divide(a, b), expected, "{a} / {b}");
        }
        assert_eq!(part_of(110, 350_000), 39);
        assert_eq!(times(-250, 1.01), -253);
    }

    #[test]
    fn a_refund_is_taken_by_magnitude() {
        assert_eq!(take(500_000, 101, 1_000), 51);
        assert_eq!(take(500_000, 101, 20), 20);
        assert_eq!(take(500_000, -101, -20), -20);
        assert_eq!(take(500_000, -101, -1_000), -51);
        assert_eq!(take(500_000, 101, -1_000), 0);
        assert_eq!(take(500_000, -101, 1_000), 0);
    }

    #[test]
    fn growth_is_decimal_before_it_is_a_double() {
        assert_eq!(factor(90_000, 1_100_000, 5_000), 1.104);
        assert_eq!(factor(100_000, ONE, 0), 1.1);
    }
}
