//! A sweep in words: how many points, what failed, how far the plans are covered, how likely a gap is.

use super::job::Sum;
use super::math::quantile::{Sorted, chance};
use crate::base::{amount::Fen, lang::Lang, ratio::Ratio};
use crate::measure::finding::{money, percent};

/// Of more points than this the gaps are not kept, and their quantiles not told.
const MOST_GAPS: usize = 20_000_000;

/// Failed points are told loudly where they are more than one in so many.
const LOUD: usize = 20;

/// What the words are made of, added up point by point.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    points: usize,
    /// How often each code stands, in the order they were met.
    failed: Vec<(u16, usize)>,
    coverage: Option<(f64, f64)>,
    short: usize,
    gaps: Vec<Fen>,
}

impl Summary {
    /// Adds a point.
    pub fn add(&mut self, sum: Sum) {
        self.points += 1;
        if sum.failed != 0 {
            match self.failed.iter_mut().find(|(code, _)| *code == sum.failed) {
                Some((_, count)) => *count += 1,
                None => self.failed.push((sum.failed, 1)),
            }
            return;
        }
        if let Some(c) = crate::measure::town::ratio(sum.paid, sum.planned) {
            self.coverage = Some(self.coverage.map_or((c, c), |(low, high)| (low.min(c), high.max(c))));
        }
        let gap = sum.planned - sum.paid;
        self.short += usize::from(gap > 0);
        if self.gaps.len() < MOST_GAPS {
            self.gaps.push(gap);
        }
    }

    /// \[分\] The gaps of all points that could be computed; nothing where they were too many to keep.
    #[must_use]
    pub fn gaps(&self) -> Option<&[Fen]> {
        (self.gaps.len() + self.failures() == self.points && !self.gaps.is_empty()).then_some(&self.gaps)
    }

    /// How likely a gap is, how large it is, in a sentence.
    #[must_use]
    pub fn headline(&self, lang: Lang) -> Option<String> {
        if self.points == self.failures() { None } else { self.shortfall(true, lang) }
    }

    fn failures(&self) -> usize {
        self.failed.iter().map(|(_, count)| count).sum()
    }

    /// The sentences about a sweep; `drawn` where its points are draws, so that shares of them are chances.
    #[must_use]
    pub fn sentences(&self, name: &str, drawn: bool, lang: Lang) -> Vec<String> {
        let (zh, points, failed) = (lang == Lang::Zh, self.points, self.failures());
        let mut said = vec![match (zh, failed) {
            (true, 0) => format!("{name}：{points} 个点"),
            (false, 0) => format!("{name}: {points} points"),
            (true, _) => format!("{name}：{points} 个点，其中 {failed} 个不能计算（{}）", self.codes()),
            (false, _) => format!("{name}: {points} points, {failed} of which cannot be computed ({})", self.codes()),
        }];
        if let Some((low, high)) = self.coverage {
            let (low, high) = (percent(low), percent(high));
            said.push(if zh { format!("项目资金保障率 {low}—{high}") } else { format!("coverage from {low} to {high}") });
        }
        said.extend(if points == failed { None } else { self.shortfall(drawn, lang) });
        said
    }

    fn shortfall(&self, drawn: bool, lang: Lang) -> Option<String> {
        let (zh, fine) = (lang == Lang::Zh, self.points - self.failures());
        if !drawn {
            let enough = fine - self.short;
            return Some(if zh { format!("没有缺口的有 {enough} 个点") } else { format!("{enough} points have no gap") });
        }
        let chance = chance(u64::try_from(self.short).ok()?, u64::try_from(fine).ok()?).ok()?;
        let (share, low, high) = (percent(chance.share), percent(chance.low), percent(chance.high));
        let said = if zh {
            format!("{}出现缺口的可能 {share}（抽样误差 {low}—{high}）", self.of_which(lang))
        } else {
            format!("{}a gap occurs with a chance of {share} (sampling error {low} to {high})", self.of_which(lang))
        };
        if self.gaps.len() < fine {
            return Some(said);
        }
        let sorted = Sorted::new(self.gaps.clone()).ok()?;
        let (middle, worst) = (money(sorted.fen(Ratio(500_000)).ok()?, lang), money(sorted.fen(Ratio(950_000)).ok()?, lang));
        Some(if zh {
            format!("{said}；累计缺口中位数 {middle}，二十分之一的可能超过 {worst}")
        } else {
            format!("{said}; the median gap is {middle}, one in twenty is above {worst}")
        })
    }

    /// What chances are chances of, where points failed: a share of the others, loudly where they are not few.
    fn of_which(&self, lang: Lang) -> String {
        let (failed, fine) = (self.failures(), self.points - self.failures());
        match (lang == Lang::Zh, failed * LOUD > self.points) {
            _ if failed == 0 => String::new(),
            (true, false) => format!("在能计算的 {fine} 个点中，"),
            (false, false) => format!("of the {fine} points that could be computed, "),
            (true, true) => format!("注意：{failed} 个点（共 {} 个）不能计算，以下只说其余 {fine} 个，不代表全部：", self.points),
            (false, true) => format!("beware: {failed} of {} points could not be computed and the following is about the other {fine} alone, not about all: ", self.points),
        }
    }

    /// The codes of what failed, the most frequent first.
    fn codes(&self) -> String {
        let mut counted = self.failed.clone();
        counted.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
        counted.iter().map(|(code, count)| format!("E{code:03} × {count}")).collect::<Vec<_>>().join(", ")
    }
}
