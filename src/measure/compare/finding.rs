//! What a comparison found, in words: towns, county, gap, winners and losers, the cost of keeping everyone whole.

use super::{Comparison, Lot, TownChange};
use crate::base::{amount::Fen, lang::Lang};
use crate::measure::county::CountyYear;
use crate::measure::finding::{money, percent};
use crate::measure::town::TownYear;

/// Winners and losers named one by one.
const MOST_NAMED: usize = 5;

/// The finding: how many towns retain more, what the county gives up, what becomes of the gap.
#[must_use]
pub fn headline(comparison: &Comparison<'_>, lang: Lang) -> String {
    let said = [Some(towns(comparison, lang)), earmarked(comparison, lang), Some(counties(comparison, lang)), gap(comparison, lang)];
    let clauses: Vec<String> = said.into_iter().flatten().collect();
    let variant = comparison.after.variant();
    match lang {
        Lang::Zh => format!("方案 {variant}：{}", clauses.join("；")),
        Lang::En => format!("Variant {variant}: {}", clauses.join("; ")),
    }
}

fn towns(comparison: &Comparison<'_>, lang: Lang) -> String {
    let count = |lot| comparison.of_lot(lot).len();
    let total = |lot| money(comparison.total(lot).abs(), lang);
    let (all, more, less) = (comparison.towns.len(), count(Lot::Winner), count(Lot::Loser));
    if let [only] = &comparison.towns[..] {
        return one_town(only, lang);
    }
    match (more, less, lang) {
        (0, 0, Lang::Zh) => format!("{all} 个镇的留存财力都不变"),
        (0, 0, Lang::En) => format!("all {all} towns retain as before"),
        (_, 0, Lang::Zh) => format!("{all} 个镇中 {more} 个增加留存财力，合计多留 {}", total(Lot::Winner)),
        (_, 0, Lang::En) => format!("retained funds rise in {more} of {all} towns, by {} in all", total(Lot::Winner)),
        (0, _, Lang::Zh) => format!("{all} 个镇中 {less} 个减少留存财力，合计少留 {}", total(Lot::Loser)),
        (0, _, Lang::En) => format!("retained funds fall in {less} of {all} towns, by {} in all", total(Lot::Loser)),
        (_, _, Lang::Zh) => {
            format!("{all} 个镇中 {more} 个增加留存财力，合计多留 {}；{less} 个减少，合计少留 {}", total(Lot::Winner), total(Lot::Loser))
        }
        (_, _, Lang::En) => format!("retained funds rise in {more} of {all} towns, by {} in all, and fall in {less}, by {} in all", total(Lot::Winner), total(Lot::Loser)),
    }
}

fn one_town(town: &TownChange<'_>, lang: Lang) -> String {
    let (name, change) = (&town.after.town.name, money(town.change().abs(), lang));
    match (town.lot(), lang) {
        (Lot::Winner, Lang::Zh) => format!("{name}多留 {change}"),
        (Lot::Loser, Lang::Zh) => format!("{name}少留 {change}"),
        (Lot::Unchanged, Lang::Zh) => format!("{name}留存财力不变"),
        (Lot::Winner, Lang::En) => format!("{name} retains {change} more"),
        (Lot::Loser, Lang::En) => format!("{name} retains {change} less"),
        (Lot::Unchanged, Lang::En) => format!("{name} retains as before"),
    }
}

/// Earmarked money is no retained funds, and pays for projects all the same: where it changes it is said.
fn earmarked(comparison: &Comparison<'_>, lang: Lang) -> Option<String> {
    let (before, after) = comparison.sum(|y| y.earmarked);
    let (shown_before, shown_after) = (money(before, lang), money(after, lang));
    (before != after).then(|| match lang {
        Lang::Zh => format!("专项收入 {shown_before} → {shown_after}"),
        Lang::En => format!("earmarked money {shown_before} → {shown_after}"),
    })
}

/// What the counties give up, and their lowest cover before and after.
fn counties(comparison: &Comparison<'_>, lang: Lang) -> String {
    let (given, several) = (comparison.given_up(), comparison.counties.len() > 1);
    let amount = money(given.abs(), lang);
    let said = match (given.signum(), several, lang) {
        (0, _, Lang::Zh) => "县级得失不变".to_owned(),
        (0, false, Lang::En) => "the county is as before".to_owned(),
        (0, true, Lang::En) => "the counties are as before".to_owned(),
        (sign, _, Lang::Zh) => format!("{}{} {amount}", if several { "各县合计" } else { "县级" }, if sign > 0 { "少得" } else { "多得" }),
        (sign, false, Lang::En) => format!("the county {} {amount}", if sign > 0 { "gives up" } else { "gains" }),
        (sign, true, Lang::En) => format!("the counties {} {amount}", if sign > 0 { "give up" } else { "gain" }),
    };
    let covers = lowest_cover(comparison).map(|(before, after)| format!("{} → {}", percent(before), percent(after)));
    match (covers, lang) {
        (None, _) => said,
        (Some(covers), Lang::Zh) => format!("{said}（三保保障率最低 {covers}）"),
        (Some(covers), Lang::En) => format!("{said} (lowest cover of three guarantees {covers})"),
    }
}

/// The lowest cover of any county's three guarantees, before and after.
fn lowest_cover(comparison: &Comparison<'_>) -> Option<(f64, f64)> {
    let lowest = |years: &mut dyn Iterator<Item = &CountyYear>| years.filter_map(CountyYear::cover).min_by(f64::total_cmp);
    let before = lowest(&mut comparison.counties.iter().flat_map(|c| &c.before))?;
    Some((before, lowest(&mut comparison.counties.iter().flat_map(|c| &c.after))?))
}

fn gap(comparison: &Comparison<'_>, lang: Lang) -> Option<String> {
    if comparison.sum(|y| y.planned) == (0, 0) {
        return None;
    }
    let (before, after) = comparison.sum(TownYear::gap);
    let (before, after) = (money(before, lang), money(after, lang));
    Some(match lang {
        Lang::Zh => format!("项目缺口 {before} → {after}"),
        Lang::En => format!("project gap {before} → {after}"),
    })
}

/// Winners and losers, each with its part of all gains or losses.
#[must_use]
pub fn lots(comparison: &Comparison<'_>, lang: Lang) -> Vec<String> {
    let line = |lot: Lot| {
        let towns = comparison.of_lot(lot);
        let named: Vec<String> = towns.iter().take(MOST_NAMED).map(|t| named(comparison, t, lang)).collect();
        let more = towns.len().checked_sub(MOST_NAMED).filter(|more| *more > 0);
        let words = match (lot, lang) {
            (Lot::Winner, Lang::Zh) => "增加的镇",
            (Lot::Winner, Lang::En) => "Winners",
            (_, Lang::Zh) => "减少的镇",
            (_, Lang::En) => "Losers",
        };
        (!named.is_empty()).then(|| match (more, lang) {
            (None, Lang::Zh) => format!("{words}：{}", named.join("、")),
            (None, Lang::En) => format!("{words}: {}", named.join(", ")),
            (Some(more), Lang::Zh) => format!("{words}：{}，另 {more} 个见 comparison.csv", named.join("、")),
            (Some(more), Lang::En) => format!("{words}: {}, and {more} more in comparison.csv", named.join(", ")),
        })
    };
    [Lot::Winner, Lot::Loser].into_iter().filter_map(line).collect()
}

fn named(comparison: &Comparison<'_>, town: &TownChange<'_>, lang: Lang) -> String {
    let (name, change) = (&town.after.town.name, super::decomposition::signed(town.change(), lang));
    match (comparison.share(town).map(percent), lang) {
        (None, _) => format!("{name} {change}"),
        (Some(share), Lang::Zh) => format!("{name} {change}（占 {share}）"),
        (Some(share), Lang::En) => format!("{name} {change} ({share})"),
    }
}

/// What keeping every town whole would cost, and the reform without it.
#[must_use]
pub fn whole(comparison: &Comparison<'_>, lang: Lang) -> String {
    let (whole, given) = (comparison.whole(), comparison.given_up());
    let amount = money(given.abs(), lang);
    let side = match (given.signum(), lang) {
        (0, Lang::Zh) => "县级得失不变".to_owned(),
        (0, Lang::En) => "the county side is as before".to_owned(),
        (-1, Lang::Zh) => format!("县级多得 {amount}"),
        (-1, Lang::En) => format!("the county side gains {amount}"),
        (_, Lang::Zh) => format!("县级让利 {amount}"),
        (_, Lang::En) => format!("the county side gives up {amount}"),
    };
    match (whole, lang) {
        (0, Lang::Zh) => format!("没有镇在任何一年减少留存财力，保既得利益不花钱；{side}"),
        (0, Lang::En) => format!("No town retains less in any year: keeping everyone whole costs nothing; {side}"),
        (_, Lang::Zh) => format!("保既得利益（每年减少的镇都补到原数）要 {}；不保则{side}；{}", money(whole, lang), net(given + whole, lang)),
        (_, Lang::En) => format!("Keeping every town whole in every year costs {}; without it {side}; {}", money(whole, lang), net(given + whole, lang)),
    }
}

/// What reform and top-ups cost together; the reform may bring more than the top-ups take.
fn net(cost: Fen, lang: Lang) -> String {
    match (cost < 0, lang) {
        (false, Lang::Zh) => format!("两项合计 {}", money(cost, lang)),
        (false, Lang::En) => format!("together {}", money(cost, lang)),
        (true, Lang::Zh) => format!("两项相抵县级仍多得 {}", money(-cost, lang)),
        (true, Lang::En) => format!("with it still {}", money(-cost, lang)),
    }
}
