//! Quantiles of results and probabilities of events 分位数与概率.

use crate::base::amount::Fen;
use crate::base::decimal::{Decimal, divide_half_away};
use crate::base::ratio::Ratio;

use super::bootstrap::Z95;
use super::fault::{Fault, finite};

/// Amounts in ascending order, ready for quantiles.
///
/// Quantiles are of type 7 of R. J. Hyndman, Y. Fan, The American Statistician 50 (1996), as NumPy, R and a spreadsheet compute them by default:
/// with h = (n − 1)·p, x_⌊h⌋ + (h − ⌊h⌋)·(x_⌊h⌋₊₁ − x_⌊h⌋), counted from 0. As p is a whole number of millionths the result is an exact decimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorted(Vec<Fen>);

impl Sorted {
    /// Sorts the amounts \[分\].
    ///
    /// # Errors
    /// No amount.
    pub fn new(mut amounts: Vec<Fen>) -> Result<Self, Fault> {
        if amounts.is_empty() {
            return Err(Fault::Empty("amounts"));
        }
        amounts.sort_unstable();
        Ok(Self(amounts))
    }

    /// The amounts, ascending.
    #[must_use]
    pub fn amounts(&self) -> &[Fen] {
        &self.0
    }

    /// The exact quantile \[分\], with at most six decimals.
    ///
    /// # Errors
    /// `share` outside 0 … 100 %.
    pub fn quantile(&self, share: Ratio) -> Result<Decimal, Fault> {
        self.millionths(share).map(|millionths| Decimal::new(millionths, 6))
    }

    /// The quantile rounded to whole fen, half away from zero 四舍五入.
    ///
    /// # Errors
    /// As [`Sorted::quantile`].
    pub fn fen(&self, share: Ratio) -> Result<Fen, Fault> {
        // Between two amounts, so it fits.
        self.millionths(share).map(|millionths| divide_half_away(millionths, i128::from(Ratio::ONE.0)) as Fen)
    }

    fn millionths(&self, share: Ratio) -> Result<i128, Fault> {
        if !(Ratio::ZERO..=Ratio::ONE).contains(&share) {
            return Err(Fault::OutOfRange("0 ≤ p ≤ 1"));
        }
        let one = i128::from(Ratio::ONE.0);
        let place = (self.0.len() as i128 - 1) * i128::from(share.0);
        let (index, part) = ((place / one) as usize, place % one);
        let below = i128::from(self.0[index]);
        let above = self.0.get(index + 1).map_or(below, |above| i128::from(*above));
        Ok(below * one + (above - below) * part)
    }
}

/// A type 7 quantile of numbers that are no amounts, such as coverage. The numbers need not be sorted.
///
/// # Errors
/// No number, one that is not finite, or `p` outside 0 … 1.
pub fn quantile(numbers: &[f64], p: f64) -> Result<f64, Fault> {
    finite(numbers, "a result")?;
    if !(0.0..=1.0).contains(&p) {
        return Err(Fault::OutOfRange("0 ≤ p ≤ 1"));
    }
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1).ok_or(Fault::Empty("results"))?;
    let place = last as f64 * p;
    let index = (place.floor() as usize).min(last);
    let (below, above) = (sorted[index], sorted[(index + 1).min(last)]);
    Ok(below + (above - below) * (place - index as f64))
}

/// How often an event occurred, with its 95 % interval 发生概率.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// Points where it occurred ÷ all points.
    pub share: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The probability of an event that occurred at `hits` of `points` points, with the interval of E. B. Wilson (JASA 22, 1927):
/// (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n), z = 1.96. It is never empty and never leaves 0 … 1, also where an event never occurred.
/// For independent points; the points of a grid, Latin hypercube or Sobol' sequence are closer to the truth than it says.
///
/// # Errors
/// No points, or more hits than points.
pub fn chance(hits: u64, points: u64) -> Result<Chance, Fault> {
    if points == 0 {
        return Err(Fault::Empty("points"));
    }
    if hits > points {
        return Err(Fault::OutOfRange("hits ≤ points"));
    }
    let n = points as f64;
    let share = hits as f64 / n;
    let square = Z95 * Z95 / n;
    let middle = (share + square / 2.0) / (1.0 + square);
    let half = (share * (1.0 - share) * square + square * square / 4.0).sqrt() / (1.0 + square);
    let low = if hits == 0 { 0.0 } else { middle - half };
    let high = if hits == points { 1.0 } else { middle + half };
    Ok(Chance { share, low, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `numpy.quantile([3,-1,4,1,-5,9,2,6], q)` (NumPy 2.4.6): −5, −3.6, −2.2, 0.5, 2.5, 4.5, 6.9, 1.333331, 9.
    #[test]
    fn quantiles_are_those_of_numpy() {
        let numbers = [3, -1, 4, 1, -5, 9, 2, 6];
        let sorted = Sorted::new(numbers.to_vec()).unwrap();
        let floats = numbers.map(|number| number as f64);
        let known = [
            (0, "-5", -5),
            (50_000, "-3.6", -4),
            (100_000, "-2.2", -2),
            (250_000, "0.5", 1),
            (500_000, "2.5", 3),
            (750_000, "4.5", 5),
            (900_000, "6.9", 7),
            (333_333, "1.333331", 1),
            (1_000_000, "9", 9),
        ];
        for (share, exact, fen) in known {
            let share = Ratio(share);
            assert_eq!((sorted.quantile(share).unwrap().to_string().as_str(), sorted.fen(share).unwrap()), (exact, fen));
            let float = quantile(&floats, share.0 as f64 / 1e6).unwrap();
            assert!((float - exact.parse::<f64>().unwrap()).abs() < 1e-14, "{float}");
        }
    }

    #[test]
    fn the_ends_of_the_range_hold() {
        assert_eq!(Sorted::new(vec![]), Err(Fault::Empty("amounts")));
        let extreme = Sorted::new(vec![i64::MAX, i64::MIN]).unwrap();
        assert_eq!(extreme.fen(Ratio(500_000)).unwrap(), -1);
        assert_eq!((extreme.fen(Ratio::ONE), extreme.fen(Ratio::ZERO)), (Ok(i64::MAX), Ok(i64::MIN)));
        assert!(extreme.fen(Ratio(-1)).is_err() && extreme.quantile(Ratio(1_000_001)).is_err());
        assert_eq!(Sorted::new(vec![7]).unwrap().fen(Ratio(300_000)), Ok(7));
        assert!(quantile(&[], 0.5).is_err() && quantile(&[f64::NAN], 0.5).is_err() && quantile(&[1.0], f64::NAN).is_err() && quantile(&[1.0], 1.5).is_err());
    }

    /// `scipy.stats.binomtest(k, n).proportion_ci(method="wilson")` (SciPy 1.17.1).
    #[test]
    fn the_interval_is_that_of_wilson() {
        let known = [
            (0, 10, 0.0, 0.277_532_799_862_889_26),
            (10, 10, 0.722_467_200_137_110_9, 1.0),
            (3, 20, 0.052_368_745_896_216_62, 0.360_418_864_740_756_9),
            (813, 10_000, 0.076_102_906_697_161_37, 0.086_818_653_538_443_19),
            (1, 1, 0.206_549_314_377_237_45, 1.0),
        ];
        for (hits, points, low, high) in known {
            let chance = chance(hits, points).unwrap();
            assert!((chance.low - low).abs() < 1e-12 && (chance.high - high).abs() < 1e-12, "{chance:?}");
        }
        assert!(chance(0, 0).is_err() && chance(2, 1).is_err());
        assert!(chance(u64::MAX, u64::MAX).is_ok_and(|c| c.low > 0.999 && c.high == 1.0));
    }
}
