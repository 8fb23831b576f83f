//! The ends of a drawn input, where one input moves after the other: its 5 %, 50 % and 95 % quantile, in all its numbers at once.

use super::inputs::{Chosen, Drawn, Input};
use super::math::{grid::Levels, normal::normal_quantile};

/// The quantiles, from low to high; a level is the place of one.
pub const QUANTILES: [f64; 3] = [0.05, 0.5, 0.95];
/// The level the others move from.
pub const MEDIAN: i64 = 1;

/// The levels of a drawn input.
#[must_use]
pub fn orders() -> Levels {
    Levels::List(vec![0, MEDIAN, 2])
}

impl Input {
    /// Its numbers at a level: the level itself, or a quantile in each of the years or towns it is drawn for.
    #[must_use]
    pub fn at(&self, level: i64) -> Vec<i64> {
        match &self.chosen {
            Chosen::Drawn(drawn) => drawn.at_quantile(usize::try_from(level).ok().and_then(|at| QUANTILES.get(at)).copied().unwrap_or(0.5)),
            Chosen::Levels(_) | Chosen::Between(..) => vec![level],
        }
    }
}

impl Drawn {
    /// The same quantile of every year or town: each has the same distribution, whatever the correlation with the year before.
    fn at_quantile(&self, share: f64) -> Vec<i64> {
        Self { persistence: 0.0, ..self.clone() }.values(&vec![normal_quantile(share); self.base.len()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::study::Acts;
    use crate::study::math::distribution::Distribution;

    /// Uniform from 1 to 2 in millionths: 1.05, 1.5 and 1.95, in both years.
    #[test]
    fn ends_of_a_uniform_draw() {
        let distribution = Distribution::uniform(1.0, 2.0).unwrap();
        let names = vec!["2012".to_owned(), "2013".to_owned()];
        let drawn = Drawn { distribution, acts: Acts::Replace, base: vec![0, 0], scale: 1e6, persistence: 0.5, names };
        let input = Input { key: String::new(), name: String::new(), now: None, chosen: Chosen::Drawn(drawn), paths: Vec::new(), targets: Vec::new() };
        assert_eq!([0, 1, 2].map(|level| input.at(level)), [[1_050_000; 2], [1_500_000; 2], [1_950_000; 2]]);
    }
}
