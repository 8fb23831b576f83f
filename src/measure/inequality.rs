//! How evenly retained funds a head are spread over the towns: Gini, Theil, coefficient of variation.

use super::Run;
use super::cell::{Cell, Sheet};
use super::columns;
use super::town::TownView;

/// Gini coefficient 基尼系数 of values that are not all zero: Σ|xᵢ − xⱼ| ÷ (2n²·mean), by ranks.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of towns")]
pub fn gini(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (n, sum) = (sorted.len() as f64, sorted.iter().sum::<f64>());
    if sorted.len() < 2 || sum <= 0.0 {
        return None;
    }
    let weighted: f64 = sorted.iter().enumerate().map(|(rank, x)| (2.0 * (rank as f64 + 1.0) - n - 1.0) * x).sum();
    Some(weighted / (n * sum))
}

/// Theil index 泰尔指数; `None` where one value is not positive.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of towns")]
pub fn theil(values: &[f64]) -> Option<f64> {
    if values.len() < 2 || values.iter().any(|x| *x <= 0.0) {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    Some(values.iter().map(|x| x / mean * libm::log(x / mean)).sum::<f64>() / n)
}

/// Coefficient of variation 变异系数: standard deviation (of the population) ÷ mean.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of towns")]
pub fn variation(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    if values.len() < 2 || mean <= 0.0 {
        return None;
    }
    let square = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
    Some(square.sqrt() / mean)
}

/// One row a year; empty when fewer than two towns have a population.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "figures a head are for reading")]
pub fn table<'r>(run: &'r Run, towns: &[TownView<'_>]) -> Sheet<'r> {
    let mut rows = Vec::new();
    for year in 0..run.years() {
        let people = |t: &TownView<'_>| t.town.population.filter(|p| *p > 0).map(|p| p as f64 / 1e6);
        let heads: Vec<f64> = towns.iter().filter_map(|t| people(t).map(|p| t.years[year].retained as f64 / 100.0 / p)).collect();
        if heads.len() < 2 {
            continue;
        }
        let mut row = vec![Cell::key(run.label()), Cell::Year(run.year(year)), Cell::Whole(i64::try_from(heads.len()).unwrap_or(0))];
        row.extend([gini(&heads), theil(&heads), variation(&heads)].map(|r| Cell::or_empty(r, Cell::Ratio)));
        rows.push(row);
    }
    Sheet::new("inequality", columns::INEQUALITY, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_four_who_has_all_gives_three_quarters() {
        // By hand: Σ|xi − xj| over all ordered pairs = 6 × 8 = 48; 2·n²·mean = 2·16·2 = 64; 48/64 = 0.75.
        assert_eq!(gini(&[0.0, 0.0, 0.0, 8.0]), Some(0.75));
        assert_eq!(gini(&[3.0, 3.0, 3.0]), Some(0.0));
    }

    #[test]
    fn spread_of_two_and_four() {
        // mean 3, deviations ±1, sd 1: 1/3. Theil: ((2/3)ln(2/3) + (4/3)ln(4/3)) / 2 = 0.056633.
        assert!((variation(&[2.0, 4.0]).unwrap() - 1.0 / 3.0).abs() < 1e-12);
        assert!((theil(&[2.0, 4.0]).unwrap() - 0.056_633).abs() < 1e-6);
    }
}
