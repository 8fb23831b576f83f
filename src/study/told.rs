//! A sweep in words: how many points, what failed, how far the plans are covered, how likely a gap is.

use super::crossed::Crossed;
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
    /// The policies draws are crossed with: how many draws each has, and the first point.
    crossed: Option<(u64, u64)>,
    /// Of each policy: the points with a gap, and all that could be computed.
    policies: Vec<(usize, usize)>,
}

impl Summary {
    /// Of nothing yet; the first point to come has this number.
    #[must_use]
    pub fn of(crossed: &Crossed, first: u64) -> Self {
        Self { crossed: crossed.is_mixed().then_some((crossed.draws.max(1), first)), ..Self::default() }
    }

    /// Adds a point to its policy.
    fn add_to_policy(&mut self, gap: Option<Fen>) {
        let Some((draws, first)) = self.crossed else { return };
        let number = first + u64::try_from(self.points).unwrap_or(0);
        if self.points == 0 || number.is_multiple_of(draws) {
            self.policies.push((0, 0));
        }
        if let (Some(gap), Some((short, fine))) = (gap, self.policies.last_mut()) {
            *fine += 1;
            *short += usize::from(gap > 0);
        }
    }

    /// Adds a point.
    pub fn add(&mut self, sum: Sum) {
        self.add_to_policy((sum.failed == 0).then_some(sum.planned - sum.paid));
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
        if self.crossed.is_some() {
            return self.of_policies(lang);
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

    /// The chance of a gap from the best policy to the worst: a chance over policies is of nothing.
    fn of_policies(&self, lang: Lang) -> Option<String> {
        let mut chances: Vec<f64> =
            self.policies.iter().filter(|(_, fine)| *fine > 0).map(|(short, fine)| crate::measure::town::ratio(to_i64(*short), to_i64(*fine)).unwrap_or(0.0)).collect();
        chances.sort_unstable_by(f64::total_cmp);
        let (low, high, count, draws) = (percent(*chances.first()?), percent(*chances.last()?), chances.len(), self.crossed?.0);
        let which = self.of_which(lang);
        Some(if lang == Lang::Zh {
            format!("{which}{count} 种政策取值各抽 {draws} 次：出现缺口的可能由最低的 {low} 到最高的 {high}，逐种见 quantiles 表（--quantiles）和 points 表")
        } else {
            format!(
                "{which}{count} combinations of levers with {draws} draws each: the chance of a gap goes from {low} to {high}; each is in the tables quantiles (--quantiles) and points"
            )
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

fn to_i64(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
