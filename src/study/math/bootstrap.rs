//! Bootstrap 自助法: how far an estimate would move if other points had been drawn.

use super::uniform::Draws;

/// The 97.5 % quantile of the standard normal: half the width of a 95 % interval in standard deviations.
pub const Z95: f64 = 1.959_963_984_540_054;

/// How resamples are drawn 重抽样: with replacement, each a function of seed, stream and its number (B. Efron, Annals of Statistics 1979).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    /// The seed.
    pub draws: Draws,
    /// The stream of random numbers, used by nothing else.
    pub stream: u32,
    /// How many resamples; below 2 every interval is infinitely wide.
    pub resamples: u32,
}

impl Bootstrap {
    /// The positions of one resample of `n`: `n` times one of `0 … n−1`.
    pub fn resample(self, number: u32, n: usize) -> impl Iterator<Item = usize> {
        // The position counts as the point: it may need more than 32 bits, the number of a resample never does.
        (0..n).map(move |position| self.draws.below(n as u64, self.stream, position as u64, number) as usize)
    }
}

/// An estimate and its 95 % interval 估计值与置信区间: `value ± half_width`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate from all points.
    pub value: f64,
    /// 1.96 times the standard deviation over the resamples, as SALib computes it; infinite with fewer than two.
    pub half_width: f64,
}

impl Estimate {
    /// From the value over all points and the values over the resamples.
    #[must_use]
    pub fn new(value: f64, resampled: &[f64]) -> Self {
        let half_width = if resampled.len() < 2 { f64::INFINITY } else { Z95 * deviation(resampled) };
        Self { value, half_width }
    }

    /// The lower end.
    #[must_use]
    pub fn low(self) -> f64 {
        self.value - self.half_width
    }

    /// The upper end.
    #[must_use]
    pub fn high(self) -> f64 {
        self.value + self.half_width
    }
}

/// The arithmetic mean, added in order; 0 of nothing.
#[must_use]
pub fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

/// The sample standard deviation (divided by n − 1) 样本标准差; 0 of fewer than two.
#[must_use]
pub fn deviation(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let mean = mean(values);
    (values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (values.len() - 1) as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The standard error of a mean is σ/√n: 0.2887/√400 = 0.01443, times 1.96 = 0.0283.
    #[test]
    fn the_interval_of_a_mean_is_the_textbook_one() {
        let bootstrap = Bootstrap { draws: Draws::new(5), stream: 2, resamples: 500 };
        let data: Vec<f64> = (0..400).map(|i| (f64::from(i) + 0.5) / 400.0).collect();
        let means: Vec<f64> = (0..bootstrap.resamples).map(|number| mean(&bootstrap.resample(number, data.len()).map(|i| data[i]).collect::<Vec<_>>())).collect();
        let estimate = Estimate::new(mean(&data), &means);
        assert!((estimate.half_width - 0.0283).abs() < 0.003, "{estimate:?}");
        assert!((estimate.high() + estimate.low() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn without_resamples_nothing_is_known_of_the_width() {
        assert_eq!(Estimate::new(1.0, &[1.0]).half_width, f64::INFINITY);
        assert_eq!((mean(&[]), deviation(&[]), deviation(&[3.0])), (0.0, 0.0, 0.0));
        let bootstrap = Bootstrap { draws: Draws::new(5), stream: 2, resamples: 1 };
        assert_eq!(bootstrap.resample(0, 0).count(), 0);
    }
}
