//! How the gap of every year spreads over the points of a sweep: of a town, or of all towns together.

use crate::base::{amount::Fen, when::Year};
use crate::study::spread::Spread;

/// The gap of every year.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    /// The town, by its order in the table; nothing for all towns together.
    pub town: Option<usize>,
    /// The years, and how the gap of each spreads.
    pub years: Vec<(Year, Spread)>,
    /// \[分\] What is planned in each year; nothing where that varies from point to point.
    pub planned: Option<Vec<Fen>>,
}

impl Fan {
    /// From all gaps, point after point, year after year, town after town; `planned` is laid out like the gaps of one point.
    #[must_use]
    pub fn of(gaps: &[Fen], town: Option<usize>, towns: usize, first_year: Year, planned: Option<&[Fen]>, years: usize) -> Option<Self> {
        let row = |point: &[Fen], year: usize| -> Fen {
            let row = &point[year * towns..(year + 1) * towns];
            town.map_or_else(|| row.iter().sum(), |town| row[town])
        };
        let spread = |year: usize| {
            let gaps = gaps.chunks_exact((towns * years).max(1)).map(|point| row(point, year)).collect();
            Some((first_year + Year::try_from(year).ok()?, Spread::of(gaps)?))
        };
        let spreads: Option<Vec<_>> = (0..years).map(spread).collect();
        Some(Self { town, years: spreads.filter(|years| !years.is_empty())?, planned: planned.map(|planned| (0..years).map(|year| row(planned, year)).collect()) })
    }

    /// The same without the years after the last one in which anything is planned or may be lacking.
    #[must_use]
    pub fn until_the_plan_ends(mut self) -> Self {
        let planned = |at: usize| self.planned.as_ref().is_some_and(|planned| planned[at] != 0);
        let last = (0..self.years.len()).rev().find(|at| planned(*at) || self.years[*at].1.short.share > 0.0);
        // A year more shows that it is over.
        let keep = last.map_or(self.years.len(), |last| (last + 2).min(self.years.len()));
        self.years.truncate(keep);
        if let Some(planned) = &mut self.planned {
            planned.truncate(keep);
        }
        self
    }

    /// The year in which a gap is most likely; of equals the one that may lack most, then the first.
    #[must_use]
    pub fn likeliest(&self) -> Option<&(Year, Spread)> {
        let worse = |a: &Spread, b: &Spread| (a.short.share, a.quantiles[4]) > (b.short.share, b.quantiles[4]);
        self.years.iter().reduce(|best, one| if worse(&one.1, &best.1) { one } else { best })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two points, two years, two towns: gaps (1, 2 | 0, 4) and (3, 0 | 0, 0). Together 3 and 3, then 4 and 0.
    #[test]
    fn towns_add_up_point_by_point() {
        let gaps = [1, 2, 0, 4, 3, 0, 0, 0];
        let all = Fan::of(&gaps, None, 2, 2012, Some(&[5, 5, 0, 6]), 2).unwrap();
        assert_eq!(all.years[0].1.quantiles, [3; 5]);
        assert!((all.years[1].1.short.share - 0.5).abs() < 1e-12);
        assert_eq!((all.years[1].0, all.planned.as_deref()), (2013, Some(&[10, 6][..])));
        assert_eq!(all.likeliest().unwrap().0, 2012);
        let second = Fan::of(&gaps, Some(1), 2, 2012, None, 2).unwrap();
        assert_eq!(second.years[0].1.quantiles[2], 1);
        assert_eq!(Fan::of(&[], None, 2, 2012, None, 2), None);
    }
}
