//! Where one yuan of tax and one yuan of land income goes, level by level.

use std::collections::BTreeMap;

use super::{Words, either, span};
use crate::base::{amount::Fen, lang::Lang, when::Year};
use crate::compile::accounts::{Party, Posting};
use crate::measure::Run;
use crate::measure::finding::money;
use crate::rules::sources::Class;

/// What is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raised {
    /// Taxes 税收.
    Tax,
    /// Income from land 土地出让收入.
    Land,
}

/// Who gets a part, and as what; in the order in which it leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Costs paid to outsiders: compensation, development.
    Cost,
    /// 中央
    Central,
    /// 省
    Province,
    /// 市
    City,
    /// Another town, after a firm moved or in an enclave.
    OtherTown,
    /// Set aside for a purpose 计提, held by the county.
    CountySetAside,
    /// The same, held by the town.
    TownSetAside,
    /// The county's of what county and town share.
    County,
    /// The town's of what county and town share.
    Town,
}

impl Part {
    /// Its name.
    #[must_use]
    pub const fn name(self, raised: Raised, lang: Lang) -> &'static str {
        match (self, raised, lang) {
            // Of a tax nothing is set aside: who shares it besides is a zone's committee, say.
            (Self::CountySetAside | Self::TownSetAside, Raised::Tax, Lang::Zh) => "园区等合作方",
            (Self::CountySetAside | Self::TownSetAside, Raised::Tax, Lang::En) => "zone or partner",
            (_, _, Lang::Zh) => ["成本（征拆补偿等）", "中央", "省", "市", "其他镇", "县级计提和费用", "镇级计提", "县", "镇"][self as usize],
            (_, _, Lang::En) => {
                ["costs (compensation etc.)", "central", "province", "city", "other towns", "county set-asides, fees", "town set-asides", "county", "town"][self as usize]
            }
        }
    }

    /// County and town share it by their agreement.
    #[must_use]
    pub const fn is_shared(self) -> bool {
        matches!(self, Self::County | Self::Town)
    }
}

/// One yuan taken apart.
#[derive(Clone, Debug)]
pub struct Yuan {
    /// What is raised.
    pub raised: Raised,
    /// \[分\] All of it.
    pub gross: Fen,
    /// \[分\] Who gets how much, from above; nothing and less than nothing left out.
    pub parts: Vec<(Part, Fen)>,
    /// \[分\] What was taken off the parts of those who bear a loss or advance costs 倒挂承担、垫付, as a positive number.
    pub borne: Fen,
    /// \[分\] What is paid beyond the parts themselves, so that they add up to more than is raised.
    pub added: Fen,
}

impl Yuan {
    /// Adds up towns (by their place in the plan) and years (by their order); `None` where nothing is raised.
    #[must_use]
    pub fn of(run: &Run, raised: Raised, places: &[usize], years: std::ops::RangeInclusive<usize>) -> Option<Self> {
        let accounts = &run.compiled.accounts;
        let is_land = |source: usize| accounts.land.iter().any(|(n, _)| *n == source);
        let belongs = |source: usize| match raised {
            Raised::Tax => run.scenario.sources[source].class == Class::Tax,
            Raised::Land => is_land(source),
        };
        let sum = |lane| -> Fen { years.clone().flat_map(|y| places.iter().map(move |p| (y, *p))).map(|(y, p)| run.outcome.fen(lane, y, p)).sum() };
        let gross = accounts.sources.iter().filter(|s| belongs(s.source)).map(|s| sum(s.gross)).sum();
        let mut parts: BTreeMap<Part, Fen> = BTreeMap::new();
        for posting in accounts.postings.iter().filter(|p| p.item.starts_with("source.") && p.source.is_some_and(belongs)) {
            let shared = posting.source.is_some_and(|s| posting.name == run.scenario.sources[s].name);
            *parts.entry(part(posting, shared)).or_default() += sum(posting.lane) * if posting.is_paid { -1 } else { 1 };
        }
        let paid = accounts.postings.iter().filter(|p| p.is_paid && p.item.starts_with("source.") && p.source.is_some_and(belongs));
        let borne = paid.map(|p| sum(p.lane)).sum();
        let added = -parts.values().filter(|x| **x < 0).sum::<Fen>();
        let parts: Vec<(Part, Fen)> = parts.into_iter().filter(|(_, x)| *x > 0).collect();
        (gross > 0 && !parts.is_empty()).then_some(Self { raised, gross, parts, borne, added })
    }

    /// Tenths of a fen of one yuan by part (thousandths); they add up to 1000 exactly, the largest remainders first.
    #[must_use]
    pub fn mills(&self) -> Vec<i64> {
        let total: i128 = self.parts.iter().map(|(_, x)| i128::from(*x)).sum::<i128>().max(1);
        let share = |x: Fen| (i128::from(x) * 1000 / total, i128::from(x) * 1000 % total);
        let mut mills: Vec<i64> = self.parts.iter().map(|(_, x)| i64::try_from(share(*x).0).unwrap_or(0)).collect();
        let mut order: Vec<usize> = (0..self.parts.len()).collect();
        order.sort_by_key(|at| (std::cmp::Reverse(share(self.parts[*at].1).1), *at));
        let missing = usize::try_from(1000 - mills.iter().sum::<i64>()).unwrap_or(0);
        order.into_iter().take(missing).for_each(|at| mills[at] += 1);
        mills
    }

    /// What the town gets of one yuan, its set-asides included, in thousandths.
    #[must_use]
    pub fn of_town(&self) -> i64 {
        let towns = |part: &Part| matches!(part, Part::Town | Part::TownSetAside);
        self.parts.iter().zip(self.mills()).filter(|((part, _), _)| towns(part)).map(|(_, mills)| mills).sum()
    }
}

fn part(posting: &Posting, shared: bool) -> Part {
    match (posting.party, shared) {
        (Party::Outside, _) => Part::Cost,
        (Party::Central, _) => Part::Central,
        (Party::Province, _) => Part::Province,
        (Party::City, _) => Part::City,
        (Party::OtherTown, _) => Part::OtherTown,
        (Party::County, true) => Part::County,
        (Party::County, false) => Part::CountySetAside,
        (Party::Town, true) => Part::Town,
        (Party::Town, false) => Part::TownSetAside,
    }
}

/// A part of one yuan as it is printed: `35.2 分`, `0.352 yuan`.
#[must_use]
pub fn of_yuan(mills: i64, lang: Lang) -> String {
    either(lang, format!("{}.{} 分", mills / 10, mills % 10), format!("{}.{:03} yuan", mills / 1000, mills % 1000))
}

/// The words over one or two flows.
#[must_use]
pub fn words(who: &str, flows: &[Yuan], years: (Year, Year), lang: Lang) -> Words {
    let clause = |yuan: &Yuan| {
        let kept = of_yuan(yuan.of_town(), lang);
        match yuan.raised {
            Raised::Tax => either(lang, format!("1 元税收镇得 {kept}"), format!("{kept} of one yuan of tax")),
            Raised::Land => either(lang, format!("1 元土地出让收入镇得 {kept}"), format!("{kept} of one yuan of land income")),
        }
    };
    let clauses: Vec<String> = flows.iter().map(clause).collect();
    let headline = either(lang, format!("{who}：{}", clauses.join("，")), format!("{who}: {} stays in town", clauses.join(" and ")));
    let raised: Vec<String> = flows
        .iter()
        .map(|yuan| match yuan.raised {
            Raised::Tax => either(lang, format!("税收 {}", money(yuan.gross, lang)), format!("{} of tax", money(yuan.gross, lang))),
            Raised::Land => either(lang, format!("土地出让收入 {}", money(yuan.gross, lang)), format!("{} of land income", money(yuan.gross, lang))),
        })
        .collect();
    let second = either(lang, format!("{}共收入：{}", span(years, lang), raised.join("，")), format!("Raised in {}: {}", span(years, lang), raised.join(", ")));
    let note = either(
        lang,
        "按分成入账归属；县对镇的补助、转移支付不在内。各部分按最大余数法取到 0.1 分，合计 1 元。".to_owned(),
        "By who gets it at the split; the county's subsidies and transfers to towns are not in it. Parts are rounded by largest remainder and add up to one yuan.".to_owned(),
    );
    Words { headline, second: Some(second), notes: vec![note] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_yuan_add_up() {
        // By hand: thirds are 333.3 each; one more mill goes to the first.
        let yuan = Yuan { raised: Raised::Tax, gross: 300, parts: vec![(Part::Central, 100), (Part::County, 100), (Part::Town, 100)], borne: 0, added: 0 };
        assert_eq!(yuan.mills(), [334, 333, 333]);
        assert_eq!((of_yuan(333, Lang::Zh), of_yuan(yuan.of_town(), Lang::En)), ("33.3 分".to_owned(), "0.333 yuan".to_owned()));
    }
}
