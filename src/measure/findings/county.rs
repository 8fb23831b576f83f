//! What a county's account shows: whether it can pay its own three guarantees 三保, and what its towns bring it.

use super::{Words, either, span};
use crate::base::{amount::Fen, lang::Lang};
use crate::measure::Run;
use crate::measure::county::CountyYear;
use crate::measure::finding::{money, percent};

/// The words about a county (or several added up, called `name`).
#[must_use]
pub fn words(name: &str, years: &[CountyYear], lang: Lang) -> Words {
    let net: Fen = years.iter().map(CountyYear::of_towns).sum();
    let broken: Vec<_> = years.iter().filter(|y| y.is_broken()).collect();
    let lowest = years.iter().filter_map(|y| Some((y.cover()?, y.year))).min_by(|a, b| a.0.total_cmp(&b.0));
    let all = span((years.first().map_or(0, |y| y.year), years.last().map_or(0, |y| y.year)), lang);
    let brings = either(
        lang,
        format!("{all}，{name}与各镇往来净{} {}", if net < 0 { "支出" } else { "收入" }, money(net.abs(), lang)),
        format!("In {all} {name} {} {} net with its towns", if net < 0 { "pays" } else { "receives" }, money(net.abs(), lang)),
    );
    let headline = match (broken.first(), lowest) {
        (Some(first), Some((cover, year))) => either(
            lang,
            format!("{name}县级三保 {} 年起有 {} 年不足 100%，最低 {}（{year} 年）", first.year, broken.len(), percent(cover)),
            format!("{name}: three guarantees below 100% in {} years from {} on, lowest {} ({year})", broken.len(), first.year, percent(cover)),
        ),
        (None, Some((cover, year))) => either(
            lang,
            format!("{name}县级三保各年都有保障，最紧的 {year} 年为 {}", percent(cover)),
            format!("{name} can pay its three guarantees in every year; {year} is tightest, at {}", percent(cover)),
        ),
        _ => brings.clone(),
    };
    let debts = years.iter().filter(|y| y.is_in_debt()).count();
    let second = if lowest.is_some() { Some(brings) } else { None };
    let owes = (debts > 0).then(|| either(lang, format!("{debts} 年年末结余为负（赤字结转）。"), format!("The balance is below zero at the end of {debts} years.")));
    Words { headline, second, notes: owes.into_iter().collect() }
}

/// The words about all counties of a run together: the lowest cover is that of one of them, not of their sum.
#[must_use]
pub fn of_all(run: &Run, name: &str, years: &[CountyYear], lang: Lang) -> Words {
    let words = words(name, years, lang);
    let Some(lowest) = run.lowest_county_cover(None) else { return words };
    let (count, said) = (run.compiled.counties.len(), lowest.say(lang));
    let headline = match lowest.short {
        0 => either(lang, format!("{count} 个县的县级三保各年都有保障，最低 {said}"), format!("All {count} counties can pay their three guarantees; the lowest cover is {said}")),
        short => either(
            lang,
            format!("{count} 个县中 {short} 个有县级三保不足 100% 的年份，最低 {said}"),
            format!("{short} of {count} counties cannot pay their three guarantees in some year; the lowest cover is {said}"),
        ),
    };
    Words { headline, ..words }
}
