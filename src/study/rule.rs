//! The rules by which a cell of the plan may follow a swept value.

use crate::base::{
    decimal::divide_half_away,
    ratio::{Ratio, nudge},
};

/// The largest elasticity a growth factor may have, in millionths.
const MOST_ELASTIC: i64 = 1_000_000_000;

/// What a rule may be made of, besides the value itself.
#[derive(Clone, Debug, Default)]
pub struct Known<'k> {
    /// The amounts a draw multiplies, sorted, each once.
    pub amounts: Vec<i64>,
    /// The products of growth factors, sorted, each once.
    pub indices: &'k [f64],
}

/// By which rule a cell follows a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// It does not.
    Fixed(f64),
    /// The whole number itself.
    Itself,
    /// A nudged share.
    Share,
    /// What the share leaves, nudged.
    Rest,
    /// A nudged plain number.
    Number,
    /// A multiple of one of the amounts a draw acts on: `R(amount · value ÷ 10^6)`.
    Scaled(i64),
    /// What has grown by a known index: `⌊value · index + ½⌋`.
    Grown(f64),
    /// A growth factor: `(constant + R(value · elasticity ÷ 1000)) ÷ 10^9`.
    Factor {
        /// What it is without growth, in 10^-9.
        constant: i64,
        /// Elasticity, in millionths.
        elasticity: i64,
    },
}

impl Rule {
    /// The cell at a value.
    #[inline]
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "values stay below 10^15")]
    pub fn at(self, value: i64) -> f64 {
        match self {
            Self::Fixed(cell) => cell,
            Self::Itself => value as f64,
            Self::Share => Ratio(value).coefficient(),
            Self::Rest => Ratio(value).rest().coefficient(),
            Self::Number => nudge(value as f64 / 1e6),
            Self::Scaled(amount) => divide_half_away(i128::from(amount) * i128::from(value), 1_000_000) as f64,
            Self::Grown(index) => (value.unsigned_abs() as f64 * index + 0.5).floor() * value.signum() as f64,
            Self::Factor { constant, elasticity } => {
                let growth = divide_half_away(i128::from(value) * i128::from(elasticity), 1_000);
                (i128::from(constant) + growth) as f64 / 1e9
            }
        }
    }

    /// The rule that gives these cells at these values.
    pub(super) fn of(values: &[i64], cells: &[f64], known: &Known<'_>) -> Option<Self> {
        let first = *cells.first()?;
        let candidates = [Self::Fixed(first), Self::Share, Self::Rest, Self::Number, Self::Itself];
        candidates
            .into_iter()
            .chain(Self::factor(values, cells))
            .chain(Self::scaled(values, cells, &known.amounts))
            .chain(Self::grown(values, cells, known.indices))
            .find(|rule| values.iter().zip(cells).all(|(v, c)| rule.at(*v).to_bits() == c.to_bits()))
    }

    /// The only one of the amounts that gives these cells. No other amount is looked for: a product that is rounded twice follows
    /// some amount at most values, and not at all.
    #[expect(clippy::cast_possible_truncation, reason = "an amount, or refused by the comparison")]
    fn scaled(values: &[i64], cells: &[f64], amounts: &[i64]) -> Option<Self> {
        const MILLION: i128 = 1_000_000;
        let (mut low, mut high) = (0_i128, i128::from(i64::MAX));
        for (value, cell) in values.iter().zip(cells).filter(|(value, _)| **value != 0) {
            if *value < 0 || !(0.0..1e15).contains(cell) {
                return None;
            }
            let (twice, cell) = (2 * i128::from(*value), 2 * i128::from(*cell as i64));
            low = low.max(((cell - 1) * MILLION + twice - 1).div_euclid(twice));
            high = high.min(((cell + 1) * MILLION - 1).div_euclid(twice));
        }
        let first = amounts.partition_point(|amount| i128::from(*amount) < low);
        let fits = |at: usize| amounts.get(at).copied().filter(|amount| i128::from(*amount) <= high);
        // Amounts are there once each; of two that fit none is known.
        fits(first).filter(|_| fits(first + 1).is_none()).map(Self::Scaled)
    }

    /// The only one of the indices by which these cells have grown.
    #[expect(clippy::cast_precision_loss, reason = "values stay below 10^15")]
    fn grown(values: &[i64], cells: &[f64], indices: &[f64]) -> Option<Self> {
        // A little wider than half a fen: which index fits to the bit is told by comparing.
        let bounds = values.iter().zip(cells).filter(|(value, _)| **value != 0).map(|(value, cell)| ((cell - 0.6) / *value as f64, (cell + 0.6) / *value as f64));
        let (low, high) = bounds.fold((0.0_f64, f64::MAX), |(low, high), (a, b)| (low.max(a.min(b)), high.min(a.max(b))));
        let first = indices.partition_point(|index| *index < low);
        let fits = |at: usize| indices.get(at).copied().filter(|index| *index <= high);
        // Of two that fit none is known.
        fits(first).filter(|_| fits(first + 1).is_none()).map(Self::Grown)
    }

    #[expect(clippy::cast_possible_truncation, reason = "factors are small, and what does not fit is refused by the comparison")]
    fn factor(values: &[i64], cells: &[f64]) -> Option<Self> {
        let (last, span) = (values.len() - 1, values.last()? - values.first()?);
        let scaled = |cell: f64| crate::kernel::round(cell * 1e9) as i64;
        let (low, high) = (scaled(cells[0]), scaled(cells[last]));
        let elasticity = divide_half_away(i128::from(high - low) * 1_000, i128::from(span).max(1)) as i64;
        let growth = divide_half_away(i128::from(values[0]) * i128::from(elasticity), 1_000) as i64;
        // Of a narrower range the elasticity cannot be told from rounding; a cell that moves in whole fen is an amount, not a factor.
        (span > 4_000 && elasticity.abs() <= MOST_ELASTIC).then_some(Self::Factor { constant: low - growth, elasticity })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 + 1.1 × g + 0.5 %, in 10^-9: at 9 % 1.104, at 0 % 1.005.
    #[test]
    fn a_rule_is_seen_from_its_values() {
        let factor = |v: i64| (1_005_000_000 + v * 1_100) as f64 / 1e9;
        let values = [0, 30_000, 90_000];
        assert_eq!(Rule::of(&values, &values.map(factor), &Known::default()), Some(Rule::Factor { constant: 1_005_000_000, elasticity: 1_100_000 }));
        assert_eq!(Rule::of(&values, &values.map(|v| Ratio(v).coefficient()), &Known::default()), Some(Rule::Share));
        assert_eq!(Rule::of(&values, &values.map(|v| Ratio(v).rest().coefficient()), &Known::default()), Some(Rule::Rest));
        assert_eq!(Rule::of(&[5, 700], &[5.0, 700.0], &Known::default()), Some(Rule::Itself));
        assert_eq!(Rule::of(&[1, 2, 3], &[1.0, 4.0, 9.0], &Known::default()), None);
        assert_eq!(Rule::of(&[1, 2], &[7.0, 7.0], &Known::default()), Some(Rule::Fixed(7.0)));
    }

    /// 10 % of 532,480.118282 万元 is 53,248,011,828 fen, and of one fen more as well: both fit until the factor is larger.
    #[test]
    fn of_amounts_that_small_factors_leave_open_none_is_guessed() {
        let cell = |amount: i64, v: i64| divide_half_away(i128::from(amount) * i128::from(v), 1_000_000) as f64;
        let amount = 532_480_118_282;
        let scaled = |high: i64, amounts: &[i64]| Rule::scaled(&[100_000, high], &[cell(amount, 100_000), cell(amount, high)], amounts);
        assert_eq!(scaled(100_001, &[amount, amount + 1]), None);
        assert_eq!(scaled(100_001, &[5, amount, amount + 200]), Some(Rule::Scaled(amount)));
        assert_eq!(scaled(1_000_000, &[amount, amount + 1]), Some(Rule::Scaled(amount)));
        assert_eq!(scaled(1_000_000, &[]), None, "an amount nobody multiplies is not made up");
    }

    /// 65,000 yuan that grew by 1.05 twice; a rate nobody wrote is not made up, and of two that fit none is known.
    #[test]
    fn what_grew_is_known_by_an_index() {
        let values = [6_500_000, 6_600_000, 7_000_000];
        let cells = values.map(|value| (value as f64 * 1.1025 + 0.5).floor());
        let of = |indices: &[f64]| Rule::of(&values, &cells, &Known { amounts: Vec::new(), indices });
        assert_eq!(of(&[1.05, 1.1025, 1.2]), Some(Rule::Grown(1.1025)));
        assert_eq!(of(&[1.05, 1.2]), None);
        assert_eq!(of(&[1.1025, 1.102_500_000_000_001]), None);
    }
}
