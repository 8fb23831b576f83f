//! Distributions 概率分布: from a uniform number to a value by the inverse distribution function.
//!
//! One uniform number makes one value, so Monte Carlo, Latin hypercube and Sobol' points go the same way. Nothing is cut off silently: a
//! distribution whose extreme values are not finite is refused when it is made.

use super::bootstrap::deviation;
use super::fault::{Fault, finite};
use super::normal::{normal_cdf, normal_quantile};

/// The smallest and largest uniform number that is ever drawn (`uniform::open_unit`).
const ENDS: [f64; 2] = [f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0];

/// A distribution with checked parameters 分布.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distribution(Kind);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Constant(f64),
    Uniform { low: f64, high: f64 },
    Triangular { low: f64, mode: f64, high: f64 },
    Normal { mean: f64, sd: f64 },
    LogNormal { mu: f64, sigma: f64 },
}

impl Distribution {
    /// Always this value 常数.
    ///
    /// # Errors
    /// A value that is not finite.
    pub fn constant(value: f64) -> Result<Self, Fault> {
        Self(Kind::Constant(value)).checked(&[value])
    }

    /// Uniform between `low` and `high` 均匀分布: mean (low + high)/2, sd (high − low)/√12.
    ///
    /// # Errors
    /// `low` above `high`; parameters or their difference not finite.
    pub fn uniform(low: f64, high: f64) -> Result<Self, Fault> {
        if low > high {
            return Err(Fault::OutOfRange("low ≤ high"));
        }
        Self(Kind::Uniform { low, high }).checked(&[low, high, high - low])
    }

    /// Triangular with its peak at `mode` 三角分布: mean (a + c + b)/3, variance (a² + b² + c² − ab − ac − bc)/18.
    ///
    /// # Errors
    /// Unless `low ≤ mode ≤ high`; parameters or their differences not finite.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Self, Fault> {
        if low > mode || mode > high {
            return Err(Fault::OutOfRange("low ≤ mode ≤ high"));
        }
        Self(Kind::Triangular { low, mode, high }).checked(&[low, mode, high, (high - low) * (high - low)])
    }

    /// Normal with this mean and standard deviation 正态分布.
    ///
    /// # Errors
    /// `sd` below 0; parameters or values up to ±8.2 sd not finite.
    pub fn normal(mean: f64, sd: f64) -> Result<Self, Fault> {
        if sd < 0.0 {
            return Err(Fault::OutOfRange("sd ≥ 0"));
        }
        Self(Kind::Normal { mean, sd }).checked(&[mean, sd])
    }

    /// Lognormal 对数正态分布: the logarithm is normal with mean `mu` and standard deviation `sigma`. Mean exp(μ + σ²/2), sd mean·√(exp(σ²) − 1).
    ///
    /// # Errors
    /// `sigma` below 0; parameters or values up to ±8.2 σ not finite.
    pub fn lognormal(mu: f64, sigma: f64) -> Result<Self, Fault> {
        if sigma < 0.0 {
            return Err(Fault::OutOfRange("sigma ≥ 0"));
        }
        Self(Kind::LogNormal { mu, sigma }).checked(&[mu, sigma])
    }

    /// The lognormal whose own mean and standard deviation are these: σ² = ln(1 + (sd/mean)²), μ = ln mean − σ²/2.
    ///
    /// # Errors
    /// `mean` not above 0; as [`Distribution::lognormal`].
    pub fn lognormal_of(mean: f64, sd: f64) -> Result<Self, Fault> {
        if mean <= 0.0 || sd < 0.0 {
            return Err(Fault::OutOfRange("mean > 0 and sd ≥ 0"));
        }
        finite(&[mean, sd], "a parameter")?;
        let ratio = sd / mean;
        let variance = libm::log1p(ratio * ratio);
        Self::lognormal(libm::log(mean) - variance / 2.0, variance.sqrt())
    }

    fn checked(self, parameters: &[f64]) -> Result<Self, Fault> {
        finite(parameters, "a parameter")?;
        finite(&ENDS.map(|u| self.at(u)), "an extreme value of the distribution")?;
        finite(&[self.mean(), self.sd()], "the mean or standard deviation")?;
        Ok(self)
    }

    /// The value below which a share `u` of all values lies 分位数: the inverse distribution function. `None` unless 0 < u < 1.
    #[must_use]
    pub fn quantile(&self, u: f64) -> Option<f64> {
        (u > 0.0 && u < 1.0).then(|| self.at(u))
    }

    /// The value that stands where `z` stands in the standard normal: quantile(Φ(z)), without the detour for normal and lognormal.
    ///
    /// `z` past ±8.2, which only correlation makes, is followed as far as a double goes; the bounded distributions end at their bounds.
    #[must_use]
    pub fn from_normal(&self, z: f64) -> f64 {
        match self.0 {
            Kind::Normal { mean, sd } => mean + sd * z,
            Kind::LogNormal { mu, sigma } => libm::exp(mu + sigma * z),
            Kind::Constant(_) | Kind::Uniform { .. } | Kind::Triangular { .. } => self.at(normal_cdf(z)),
        }
    }

    /// The quantile; bounded kinds also at 0 and 1.
    fn at(&self, u: f64) -> f64 {
        match self.0 {
            Kind::Constant(value) => value,
            // The clamp only takes back a rounding past the bound.
            Kind::Uniform { low, high } => (low + u * (high - low)).clamp(low, high),
            Kind::Triangular { low, mode, high } => {
                let width = high - low;
                if u * width < mode - low { low + (u * width * (mode - low)).sqrt() } else { high - ((1.0 - u) * width * (high - mode)).sqrt() }
            }
            Kind::Normal { mean, sd } => mean + sd * normal_quantile(u),
            Kind::LogNormal { mu, sigma } => libm::exp(mu + sigma * normal_quantile(u)),
        }
    }

    /// The mean 均值.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self.0 {
            Kind::Constant(value) => value,
            Kind::Uniform { low, high } => low / 2.0 + high / 2.0,
            Kind::Triangular { low, mode, high } => low / 3.0 + mode / 3.0 + high / 3.0,
            Kind::Normal { mean, .. } => mean,
            Kind::LogNormal { mu, sigma } => libm::exp(mu + sigma * sigma / 2.0),
        }
    }

    /// The standard deviation 标准差.
    #[must_use]
    pub fn sd(&self) -> f64 {
        match self.0 {
            Kind::Constant(_) => 0.0,
            Kind::Uniform { low, high } => (high - low) / 12.0_f64.sqrt(),
            // The variance is that of three points, each by itself: Σ(x − mean)²/12, which is deviation² · 2/12.
            Kind::Triangular { low, mode, high } => deviation(&[low, mode, high]) / 6.0_f64.sqrt(),
            Kind::Normal { sd, .. } => sd,
            Kind::LogNormal { sigma, .. } => self.mean() * libm::expm1(sigma * sigma).sqrt(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: f64, known: f64, relative: f64) {
        assert!((value - known).abs() <= relative * known.abs(), "{value} is not {known}");
    }

    /// Quantiles by hand: triangular(1, 1.1, 1.4) has a quarter of its mass below the mode, and a quarter of that below 1.05.
    #[test]
    fn quantiles_by_hand() {
        let triangular = Distribution::triangular(1.0, 1.1, 1.4).unwrap();
        close(triangular.quantile(0.25).unwrap(), 1.1, 1e-15);
        close(triangular.quantile(0.0625).unwrap(), 1.05, 1e-15);
        close(triangular.quantile(0.8125).unwrap(), 1.25, 1e-15);
        close(Distribution::uniform(-2.0, 6.0).unwrap().quantile(0.25).unwrap(), 0.0, 0.0);
        close(Distribution::normal(10.0, 2.0).unwrap().quantile(0.975).unwrap(), 13.919_927_969_080_108, 1e-15);
        close(Distribution::lognormal(0.0, 1.0).unwrap().quantile(0.5).unwrap(), 1.0, 0.0);
        close(Distribution::constant(3.0).unwrap().quantile(0.9).unwrap(), 3.0, 0.0);
    }

    /// Mean and sd as documented are those of many equally spaced quantiles.
    #[test]
    fn means_and_deviations_are_those_of_the_values() {
        let all = [
            Distribution::uniform(-2.0, 6.0),
            Distribution::triangular(1.0, 1.1, 1.4),
            Distribution::triangular(0.0, 0.0, 1.0),
            Distribution::normal(-3.0, 2.0),
            Distribution::lognormal_of(2.0, 0.6),
        ];
        for distribution in all.map(Result::unwrap) {
            let values: Vec<f64> = (0..40_000).map(|i| distribution.quantile((f64::from(i) + 0.5) / 40_000.0).unwrap()).collect();
            close(super::super::bootstrap::mean(&values), distribution.mean(), 1e-4);
            close(deviation(&values), distribution.sd(), 1e-3);
        }
        close(Distribution::lognormal_of(2.0, 0.6).unwrap().mean(), 2.0, 1e-15);
        close(Distribution::lognormal_of(2.0, 0.6).unwrap().sd(), 0.6, 1e-15);
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let nan = f64::NAN;
        assert_eq!(Distribution::normal(0.0, -1.0), Err(Fault::OutOfRange("sd ≥ 0")));
        assert_eq!(Distribution::triangular(0.0, 2.0, 1.0), Err(Fault::OutOfRange("low ≤ mode ≤ high")));
        assert_eq!(Distribution::uniform(1.0, 0.0), Err(Fault::OutOfRange("low ≤ high")));
        for bad in [Distribution::normal(nan, 1.0), Distribution::uniform(nan, 1.0), Distribution::triangular(0.0, nan, 1.0), Distribution::constant(nan)] {
            assert_eq!(bad, Err(Fault::NotFinite("a parameter")));
        }
        for huge in [Distribution::normal(0.0, f64::MAX), Distribution::lognormal(0.0, 100.0), Distribution::uniform(-f64::MAX, f64::MAX)] {
            assert!(matches!(huge, Err(Fault::NotFinite(_))), "{huge:?}");
        }
        assert!(Distribution::lognormal_of(0.0, 1.0).is_err() && Distribution::lognormal_of(nan, 1.0).is_err() && Distribution::lognormal(0.0, -1.0).is_err());
        let normal = Distribution::normal(0.0, 1.0).unwrap();
        assert_eq!([0.0, 1.0, -1.0, nan].map(|u| normal.quantile(u)), [None; 4]);
    }

    #[test]
    fn a_width_of_nothing_is_a_constant() {
        for distribution in [Distribution::uniform(2.0, 2.0), Distribution::triangular(2.0, 2.0, 2.0), Distribution::normal(2.0, 0.0)] {
            let distribution = distribution.unwrap();
            assert_eq!((distribution.quantile(0.3), distribution.sd()), (Some(2.0), 0.0));
        }
    }

    #[test]
    fn the_way_by_the_normal_is_the_same_way() {
        for distribution in [Distribution::uniform(-2.0, 6.0), Distribution::triangular(1.0, 1.1, 1.4), Distribution::normal(-3.0, 2.0)] {
            let distribution = distribution.unwrap();
            for u in [0.001, 0.2, 0.7, 0.999] {
                close(distribution.from_normal(normal_quantile(u)), distribution.quantile(u).unwrap(), 1e-12);
            }
        }
        assert_eq!(Distribution::uniform(-2.0, 6.0).unwrap().from_normal(40.0), 6.0);
    }
}
