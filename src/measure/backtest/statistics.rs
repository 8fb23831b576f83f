//! Statistics of errors: bias, mean and median absolute error, quantiles, root mean square.

use super::Compared;
use crate::base::amount::Fen;

/// The quantiles shown, in percent.
pub const QUANTILES: [usize; 5] = [10, 25, 50, 75, 90];
/// A bias that prints as 0.0 % leans to neither side.
const EVEN: f64 = 0.0005;

/// Which way a projection leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Too high on average.
    High,
    /// Too low on average.
    Low,
    /// Neither.
    Even,
}

impl Direction {
    /// The key in tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        ["high", "low", "even"][self as usize]
    }
}

/// The statistics of some figures. Those in percent leave out figures observed as nothing; `None` where none is left.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    /// How many figures n.
    pub count: usize,
    /// Bias 平均偏差: mean error %.
    pub bias: Option<f64>,
    /// MAPE 平均绝对百分比误差: mean |error %|.
    pub mape: Option<f64>,
    /// Median of |error %|.
    pub median: Option<f64>,
    /// Quantiles of error %, see [`QUANTILES`].
    pub quantiles: [Option<f64>; 5],
    /// \[分\] Root mean square error 均方根误差 √(Σ error² ÷ n).
    pub rmse: Fen,
    /// Figures projected too high.
    pub above: usize,
    /// Figures projected too low.
    pub below: usize,
    /// Which way the errors lean: by the bias, or by their sum where there is none.
    pub direction: Direction,
}

impl Statistics {
    /// Of some figures.
    #[must_use]
    pub fn of(figures: &[&Compared]) -> Self {
        let errors: Vec<Fen> = figures.iter().map(|c| c.error()).collect();
        let mut shares: Vec<f64> = figures.iter().filter_map(|c| c.share()).collect();
        shares.sort_by(f64::total_cmp);
        let mut sizes: Vec<f64> = shares.iter().map(|s| s.abs()).collect();
        sizes.sort_by(f64::total_cmp);
        let bias = mean(&shares);
        Self {
            count: figures.len(),
            bias,
            mape: mean(&sizes),
            median: quantile(&sizes, 50),
            quantiles: QUANTILES.map(|p| quantile(&shares, p)),
            rmse: root_mean_square(&errors),
            above: errors.iter().filter(|e| **e > 0).count(),
            below: errors.iter().filter(|e| **e < 0).count(),
            direction: direction(bias, errors.iter().sum()),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a sum of fen is only asked for its sign")]
fn direction(bias: Option<f64>, sum: Fen) -> Direction {
    match bias.unwrap_or(sum as f64) {
        bias if bias.abs() < EVEN => Direction::Even,
        bias if bias > 0.0 => Direction::High,
        _ => Direction::Low,
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of figures")]
fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The p-th percentile of sorted values: linear between the order statistics x₀ … xₙ₋₁ at (n − 1)·p ÷ 100 (type 7, as Excel's
/// PERCENTILE.INC, R and NumPy have it by default).
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a remainder below 100")]
pub fn quantile(sorted: &[f64], percent: usize) -> Option<f64> {
    let at = sorted.len().checked_sub(1)? * percent;
    let (below, part) = (at / 100, (at % 100) as f64 / 100.0);
    let low = *sorted.get(below)?;
    let high = sorted.get(below + 1).copied().unwrap_or(low);
    Some(low + part * (high - low))
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "rounded to whole fen below 10^15")]
fn root_mean_square(errors: &[Fen]) -> Fen {
    if errors.is_empty() {
        return 0;
    }
    let squares: f64 = errors.iter().map(|e| *e as f64 * *e as f64).sum();
    (squares / errors.len() as f64).sqrt().round() as Fen
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn quantiles_lie_between_order_statistics() {
        // By hand, n = 5: p90 at 4 × 0.9 = 3.6, 8 + 0.6 × (16 − 8) = 12.8; p25 at 1 is the second value.
        let values = [1.0, 2.0, 4.0, 8.0, 16.0];
        for (percent, value) in [(0, 1.0), (25, 2.0), (50, 4.0), (90, 12.8), (100, 16.0)] {
            assert!((quantile(&values, percent).unwrap() - value).abs() < 1e-12, "{percent}");
        }
        assert_eq!((quantile(&[], 50), quantile(&[3.0], 90)), (None, Some(3.0)));
    }
}
