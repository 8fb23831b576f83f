//! What the gaps of all towns and years show: when most is missing, and where.

use super::{Words, either};
use crate::base::{amount::Fen, lang::Lang, when::Year};
use crate::measure::finding::money;
use crate::measure::town::{TownView, TownYear};

/// The words about these towns in these years.
#[must_use]
pub fn words(towns: &[&TownView<'_>], years: (Year, Year), lang: Lang) -> Words {
    let shown = |y: &&TownYear| (years.0..=years.1).contains(&y.year);
    let gap = |town: &TownView<'_>| -> Fen { town.years.iter().filter(shown).map(TownYear::gap).sum() };
    let of_year = |year: Year| -> (Fen, usize) {
        let gaps = towns.iter().flat_map(|t| &t.years).filter(|y| y.year == year && y.gap() > 0).map(TownYear::gap);
        gaps.fold((0, 0), |(sum, count), gap| (sum + gap, count + 1))
    };
    let worst_year = (years.0..=years.1).map(|year| (of_year(year), year)).max_by_key(|((sum, _), year)| (*sum, -*year));
    let total: Fen = towns.iter().map(|t| gap(t)).sum();
    let n = towns.len();
    let headline = match worst_year.filter(|((sum, _), _)| *sum > 0) {
        None => either(lang, format!("{n} 个镇各年计划项目都没有资金缺口"), format!("No gap in any year in any of {n} towns")),
        Some(((sum, count), year)) => either(
            lang,
            format!("缺口最大的是 {year} 年：{n} 个镇中 {count} 个不足，当年共缺 {}", money(sum, lang)),
            format!("{year} is the tightest year: {count} of {n} towns fall short, by {}", money(sum, lang)),
        ),
    };
    let worst = towns.iter().max_by_key(|t| (gap(t), std::cmp::Reverse(t.order))).filter(|t| gap(t) > 0);
    let second = worst.map(|town| {
        let (amount, share) = (gap(town), 100 * i128::from(gap(town)) / i128::from(total.max(1)));
        either(
            lang,
            format!("累计缺口 {}；最多的{}缺 {}，占 {share}%", money(total, lang), town.town.name, money(amount, lang)),
            format!("{} in all; {} lacks most, {} ({share}%)", money(total, lang), town.town.name, money(amount, lang)),
        )
    });
    Words {
        headline,
        second,
        notes: vec![either(
            lang,
            "缺口＝计划项目支出－已付；各镇按累计缺口从大到小排列。".to_owned(),
            "Gap = planned project spending less what is paid; towns by their gap over the years shown.".to_owned(),
        )],
    }
}
