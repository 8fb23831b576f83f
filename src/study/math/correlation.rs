//! Shocks that move together 相关冲击: correlated normals, a Gaussian copula for other distributions, and paths with memory.

use super::distribution::Distribution;
use super::fault::{Fault, finite, lengths};
use super::normal::normal_quantile;

/// Pivots below this are taken for 0: a correlation matrix that is singular but for rounding is refused, not followed.
const LEAST_PIVOT: f64 = 1e-12;

/// The lower triangle L of a correlation matrix R = L·Lᵀ 乔列斯基分解: L times independent standard normals has correlation R.
#[derive(Clone, Debug, PartialEq)]
pub struct Cholesky {
    rows: Vec<Vec<f64>>,
}

impl Cholesky {
    /// Decomposes a correlation matrix 相关系数矩阵, given by rows.
    ///
    /// # Errors
    /// No row; rows of another length; entries that are not finite or outside ±1; a diagonal other than 1; entries that differ from their
    /// mirror image; [`Fault::NotPositiveDefinite`] with the first row that contradicts those before it.
    pub fn new(matrix: &[Vec<f64>]) -> Result<Self, Fault> {
        check(matrix)?;
        let mut rows: Vec<Vec<f64>> = Vec::with_capacity(matrix.len());
        for (i, entries) in matrix.iter().enumerate() {
            let mut row = Vec::with_capacity(i + 1);
            for (j, above) in rows.iter().enumerate() {
                row.push((entries[j] - dot(&row, above)) / above[j]);
            }
            let pivot = 1.0 - dot(&row, &row);
            // Also refuses what is no number.
            if !matches!(pivot.partial_cmp(&LEAST_PIVOT), Some(std::cmp::Ordering::Greater)) {
                return Err(Fault::NotPositiveDefinite { row: i });
            }
            row.push(pivot.sqrt());
            rows.push(row);
        }
        Ok(Self { rows })
    }

    /// How many variables.
    #[must_use]
    pub fn size(&self) -> usize {
        self.rows.len()
    }

    /// Correlated standard normals from independent ones.
    ///
    /// # Errors
    /// Another number of normals than variables.
    pub fn correlate(&self, independent: &[f64]) -> Result<Vec<f64>, Fault> {
        lengths("normals", self.size(), independent.len())?;
        Ok(self.rows.iter().map(|row| dot(row, independent)).collect())
    }
}

fn check(matrix: &[Vec<f64>]) -> Result<(), Fault> {
    if matrix.is_empty() {
        return Err(Fault::Empty("rows"));
    }
    for row in matrix {
        lengths("columns", matrix.len(), row.len())?;
        finite(row, "a correlation")?;
    }
    for (i, row) in matrix.iter().enumerate() {
        if row[i] != 1.0 || row.iter().any(|entry| entry.abs() > 1.0) {
            return Err(Fault::OutOfRange("−1 ≤ correlation ≤ 1, and 1 with itself"));
        }
        if let Some(column) = (0..i).find(|column| row[*column] != matrix[*column][i]) {
            return Err(Fault::Asymmetric { row: i, column });
        }
    }
    Ok(())
}

/// Σ aᵢ·bᵢ in order, as far as both go.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Variables of any distribution joined by a Gaussian copula 高斯连接函数: normals with correlation R, each taken to the value that stands at
/// the same place in its own distribution. R is the correlation of the normals; that of the values is a little smaller unless they are normal.
#[derive(Clone, Debug, PartialEq)]
pub struct Copula {
    cholesky: Cholesky,
    marginals: Vec<Distribution>,
}

impl Copula {
    /// Joins the distributions by a correlation matrix.
    ///
    /// # Errors
    /// As [`Cholesky::new`]; another number of distributions than rows.
    pub fn new(correlation: &[Vec<f64>], marginals: Vec<Distribution>) -> Result<Self, Fault> {
        let cholesky = Cholesky::new(correlation)?;
        lengths("distributions", cholesky.size(), marginals.len())?;
        Ok(Self { cholesky, marginals })
    }

    /// One value of each variable from as many uniform numbers.
    ///
    /// # Errors
    /// Another number of uniforms than variables, or one that is not strictly between 0 and 1.
    pub fn values(&self, uniforms: &[f64]) -> Result<Vec<f64>, Fault> {
        if !uniforms.iter().all(|u| *u > 0.0 && *u < 1.0) {
            return Err(Fault::OutOfRange("0 < u < 1"));
        }
        let normals: Vec<f64> = uniforms.iter().map(|u| normal_quantile(*u)).collect();
        let correlated = self.cholesky.correlate(&normals)?;
        Ok(self.marginals.iter().zip(correlated).map(|(marginal, z)| marginal.from_normal(z)).collect())
    }
}

/// A stationary path of standard normals with memory 一阶自回归: x₀ = e₀, x_t = ρ·x_{t−1} + √(1 − ρ²)·e_t.
///
/// Every x_t has mean 0 and variance 1; x_t and x_{t+k} have correlation ρ^k. `innovations` are the independent standard normals e, one a year.
/// At ρ = ±1 the first shock stays for good.
///
/// # Errors
/// ρ outside −1 … 1 or innovations that are not finite.
pub fn autoregressive(rho: f64, innovations: &[f64]) -> Result<Vec<f64>, Fault> {
    finite(&[rho], "the autocorrelation")?;
    finite(innovations, "an innovation")?;
    if rho.abs() > 1.0 {
        return Err(Fault::OutOfRange("−1 ≤ ρ ≤ 1"));
    }
    let fresh = ((1.0 - rho) * (1.0 + rho)).sqrt();
    let mut last = None;
    let mut step = |e: &f64| {
        let x = last.map_or(*e, |last: f64| rho * last + fresh * e);
        last = Some(x);
        x
    };
    Ok(innovations.iter().map(&mut step).collect())
}

#[cfg(test)]
mod tests {
    use super::super::uniform::Draws;
    use super::*;

    fn correlation(pairs: &[(f64, f64)]) -> f64 {
        let n = pairs.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
        let (x, y) = (mean(|p| p.0), mean(|p| p.1));
        let sum = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>();
        sum(&|p| (p.0 - x) * (p.1 - y)) / (sum(&|p| (p.0 - x) * (p.0 - x)) * sum(&|p| (p.1 - y) * (p.1 - y))).sqrt()
    }

    /// By hand: R = [1 .6 .8; .6 1 .5; .8 .5 1] → L = [1; .6 .8; .8 .025 √(1 − .64 − .000625)].
    #[test]
    fn the_triangle_by_hand() {
        let cholesky = Cholesky::new(&[vec![1.0, 0.6, 0.8], vec![0.6, 1.0, 0.5], vec![0.8, 0.5, 1.0]]).unwrap();
        let known = [vec![1.0], vec![0.6, 0.8], vec![0.8, 0.025, 0.359_375_f64.sqrt()]];
        for (row, known) in cholesky.rows.iter().zip(&known) {
            assert!(row.iter().zip(known).all(|(a, b)| (a - b).abs() < 1e-15), "{row:?}");
        }
        let correlated = cholesky.correlate(&[1.0, 2.0, 0.0]).unwrap();
        assert!((correlated[1] - 2.2).abs() < 1e-15 && (correlated[2] - 0.85).abs() < 1e-15);
    }

    #[test]
    fn contradictions_are_named() {
        // The first two move together, the third with the first and against the second.
        let impossible = [vec![1.0, 0.9, 0.9], vec![0.9, 1.0, -0.9], vec![0.9, -0.9, 1.0]];
        assert_eq!(Cholesky::new(&impossible), Err(Fault::NotPositiveDefinite { row: 2 }));
        assert_eq!(Cholesky::new(&[vec![1.0, 1.0], vec![1.0, 1.0]]), Err(Fault::NotPositiveDefinite { row: 1 }));
        assert_eq!(Cholesky::new(&[vec![1.0, 0.2], vec![0.1, 1.0]]), Err(Fault::Asymmetric { row: 1, column: 0 }));
        assert_eq!(Cholesky::new(&[]), Err(Fault::Empty("rows")));
        assert!(matches!(Cholesky::new(&[vec![1.0, 0.0]]), Err(Fault::Lengths { .. })));
        assert!(matches!(Cholesky::new(&[vec![f64::NAN]]), Err(Fault::NotFinite(_))));
        assert!(matches!(Cholesky::new(&[vec![2.0]]), Err(Fault::OutOfRange(_))));
        assert!(Cholesky::new(&[vec![1.0]]).unwrap().correlate(&[]).is_err());
    }

    /// Normals with R = 0.7 have Spearman's correlation 6/π·asin(0.35) = 0.6829, which is the plain correlation of uniform marginals.
    #[test]
    fn a_copula_keeps_the_marginals_and_the_correlation() {
        let marginals = vec![Distribution::uniform(0.0, 1.0).unwrap(), Distribution::uniform(0.0, 10.0).unwrap()];
        let copula = Copula::new(&[vec![1.0, 0.7], vec![0.7, 1.0]], marginals).unwrap();
        let draws = Draws::new(9);
        let pairs: Vec<(f64, f64)> = (0..8_000)
            .map(|point| {
                let values = copula.values(&[draws.uniform(0, point, 0), draws.uniform(0, point, 1)]).unwrap();
                (values[0], values[1])
            })
            .collect();
        assert!((correlation(&pairs) - 0.6829).abs() < 0.02, "{}", correlation(&pairs));
        let mean = pairs.iter().map(|pair| pair.1).sum::<f64>() / 8_000.0;
        assert!((mean - 5.0).abs() < 0.1 && pairs.iter().all(|pair| (0.0..=10.0).contains(&pair.1)), "{mean}");
        assert!(copula.values(&[0.0, 0.5]).is_err() && copula.values(&[0.5]).is_err() && copula.values(&[f64::NAN, 0.5]).is_err());
        assert!(Copula::new(&[vec![1.0]], vec![]).is_err());
    }

    #[test]
    fn a_path_remembers() {
        assert_eq!(autoregressive(0.6, &[1.0, 2.0, 0.0]).unwrap(), [1.0, 0.6 + 0.8 * 2.0, 0.6 * (0.6 + 0.8 * 2.0)]);
        assert_eq!(autoregressive(0.0, &[1.0, 2.0]).unwrap(), [1.0, 2.0]);
        assert_eq!(autoregressive(1.0, &[1.5, 2.0, 3.0]).unwrap(), [1.5; 3]);
        assert!(autoregressive(0.5, &[]).unwrap().is_empty());
        assert!(autoregressive(1.1, &[1.0]).is_err() && autoregressive(f64::NAN, &[1.0]).is_err() && autoregressive(0.5, &[f64::NAN]).is_err());
    }

    #[test]
    fn a_path_is_stationary() {
        let draws = Draws::new(2);
        let innovations: Vec<f64> = (0..20_000).map(|year| normal_quantile(draws.uniform(0, 0, year))).collect();
        let path = autoregressive(0.8, &innovations).unwrap();
        let pairs: Vec<(f64, f64)> = path.iter().zip(&path[1..]).map(|(a, b)| (*a, *b)).collect();
        let variance = path.iter().map(|x| x * x).sum::<f64>() / 20_000.0;
        assert!((correlation(&pairs) - 0.8).abs() < 0.02 && (variance - 1.0).abs() < 0.07, "{variance}");
    }
}
