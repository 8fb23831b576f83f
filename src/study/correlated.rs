//! Draws that move together, in every year as declared.
//!
//! With memory (`z_t = ρ z_{t−1} + √(1−ρ²) e_t`) the correlation of the paths is not that of the innovations: paths with ρ_a and ρ_b
//! keep a correlation r in every year when the innovations of the first year have r and those of later years
//! r · (1 − ρ_a ρ_b) / √((1 − ρ_a²)(1 − ρ_b²)).

use super::inputs::{Chosen, Input};
use super::math::correlation::Cholesky;
use super::wrong::Wrong;
use crate::diag::Code;

/// Inputs that are drawn together.
#[derive(Clone, Debug)]
pub(super) struct Correlated {
    /// Which, by their order.
    orders: Vec<usize>,
    /// Of the first year, and of what is drawn once.
    first: Cholesky,
    /// Of the innovations of later years.
    later: Cholesky,
}

impl Correlated {
    /// The correlation matrix of the inputs named, with ones where nothing is said.
    ///
    /// # Errors
    /// Names nobody declared, correlations that contradict each other or that no draws with these memories have.
    pub fn of(inputs: &[Input], pairs: &[(String, i64)]) -> Result<Option<Self>, Wrong> {
        if pairs.is_empty() {
            return Ok(None);
        }
        let order = |pair: &str, key: &str| {
            let found = inputs.iter().position(|input| input.key == format!("uncertain.{}", key.trim()));
            found.ok_or_else(|| Wrong::coded(Code::E732, pair, format!("这项研究没有不确定因素 {}", key.trim()), format!("the study has no uncertainty {}", key.trim())))
        };
        let mut named: Vec<(usize, usize, f64)> = Vec::new();
        for (pair, millionths) in pairs {
            let (a, b) = pair.split_once('&').ok_or_else(|| Wrong::coded(Code::E732, pair, "写成 \"甲 & 乙\"", "write \"a & b\""))?;
            let (a, b) = (order(pair, a)?, order(pair, b)?);
            if a == b || named.iter().any(|(one, two, _)| (*one, *two) == (a, b) || (*one, *two) == (b, a)) {
                return Err(Wrong::coded(Code::E732, pair, "同一对写了两次，或和自己相关", "the same pair twice, or an input with itself"));
            }
            if millionths.abs() > 1_000_000 {
                return Err(Wrong::coded(Code::E732, pair, "相关系数要在 -100% 和 100% 之间", "a correlation lies between -100% and 100%"));
            }
            if inputs[a].width() != inputs[b].width() {
                return Err(Wrong::coded(Code::E732, pair, "一个每年抽、一个全程抽，不能相关", "one is drawn every year and the other once a run"));
            }
            #[expect(clippy::cast_precision_loss, reason = "millionths of a ratio")]
            named.push((a, b, *millionths as f64 / 1e6));
        }
        let mut orders: Vec<usize> = named.iter().flat_map(|(a, b, _)| [*a, *b]).collect();
        orders.sort_unstable();
        orders.dedup();
        if orders.iter().any(|order| inputs[*order].width() != inputs[orders[0]].width()) {
            let (zh, en) = ("每年抽的和全程抽的要分在两项研究里相关", "inputs drawn every year and inputs drawn once a run cannot both be correlated in one study");
            return Err(Wrong::coded(Code::E732, "correlation", zh, en));
        }
        let mut matrix = vec![vec![0.0; orders.len()]; orders.len()];
        (0..orders.len()).for_each(|n| matrix[n][n] = 1.0);
        let at = |order: usize| orders.iter().position(|o| *o == order).unwrap_or(0);
        for (a, b, value) in named {
            matrix[at(a)][at(b)] = value;
            matrix[at(b)][at(a)] = value;
        }
        let first = Cholesky::new(&matrix).map_err(|fault| Wrong::of("correlation", fault))?;
        let memory: Vec<f64> = orders.iter().map(|order| persistence(&inputs[*order])).collect();
        let later = Cholesky::new(&of_innovations(&matrix, &memory)?).map_err(|fault| Wrong::of("correlation", fault))?;
        Ok(Some(Self { orders, first, later }))
    }

    /// Makes independent scores of the inputs correlated, year by year.
    pub fn correlate(&self, scores: &mut [Vec<f64>]) {
        for at in 0..self.orders.iter().map(|order| scores[*order].len()).min().unwrap_or(0) {
            let row: Vec<f64> = self.orders.iter().map(|order| scores[*order][at]).collect();
            let cholesky = if at == 0 { &self.first } else { &self.later };
            for (order, score) in self.orders.iter().zip(cholesky.correlate(&row).unwrap_or(row)) {
                scores[*order][at] = score;
            }
        }
    }
}

fn persistence(input: &Input) -> f64 {
    if let Chosen::Drawn(drawn) = &input.chosen { drawn.persistence } else { 0.0 }
}

/// The correlations of innovations with which paths of these memories are correlated as a matrix says.
fn of_innovations(matrix: &[Vec<f64>], memory: &[f64]) -> Result<Vec<Vec<f64>>, Wrong> {
    let mut innovations = matrix.to_vec();
    for (a, row) in innovations.iter_mut().enumerate() {
        for (b, value) in row.iter_mut().enumerate().filter(|(b, _)| *b != a) {
            let (one, other) = (memory[a], memory[b]);
            if one.to_bits() == other.to_bits() {
                continue;
            }
            let most = ((1.0 - one * one) * (1.0 - other * other)).sqrt() / (1.0 - one * other);
            if value.abs() > most {
                let most = (most * 100.0).floor();
                let zh = format!("与上年的相关（persistence）相差太大，两者逐年的相关系数至多 {most}%；把 persistence 写得相近，或把相关系数写小");
                let en =
                    format!("with persistences this far apart two paths are correlated by {most}% at most in every year: bring the persistences closer, or lower the correlation");
                return Err(Wrong::coded(Code::E732, "correlation", zh, en));
            }
            *value = (*value / most).clamp(-1.0, 1.0);
        }
    }
    Ok(innovations)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ρ = 60 % and 0 %: the most is √(0.64 · 1) / 1 = 80 %; a correlation of 40 % needs innovations with 50 %.
    #[test]
    fn memory_takes_correlation_away_and_innovations_give_it_back() {
        let matrix = |r: f64| vec![vec![1.0, r], vec![r, 1.0]];
        let found = of_innovations(&matrix(0.4), &[0.6, 0.0]).unwrap();
        assert!((found[0][1] - 0.5).abs() < 1e-12 && (found[1][0] - 0.5).abs() < 1e-12);
        assert!(of_innovations(&matrix(0.9), &[0.6, 0.0]).is_err());
        assert_eq!(of_innovations(&matrix(0.9), &[0.6, 0.6]).unwrap(), matrix(0.9));
    }
}
