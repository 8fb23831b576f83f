//! A comparison on the terminal: the finding, all towns on one page, winners and losers, the cost of keeping everyone whole.

use super::summary::{aligned_rows, amount, dash};
use crate::base::lang::Lang;
use crate::measure::compare::{Comparison, TownChange, decomposition::Decomposition, finding, replay::Used};
use crate::measure::finding::percent;
use crate::measure::town::TownYear;
use crate::outturn::Replay;

/// Up to this many towns stand on the page; of more those that change most.
const MOST_TOWNS: usize = 40;

/// The lines about one variant.
#[must_use]
pub fn lines(comparison: &Comparison<'_>, decomposition: Option<&Decomposition>, lang: Lang) -> Vec<String> {
    let mut lines = vec![title(comparison, lang), String::new(), format!("  {}", finding::headline(comparison, lang))];
    lines.extend(comparison.after.broken_counties(Some(comparison.before), None).map(|b| format!("  ! {}", b.warning(lang))));
    lines.push(String::new());
    lines.extend(table(comparison, lang));
    lines.push(String::new());
    lines.extend(finding::lots(comparison, lang).into_iter().map(|l| format!("  {l}")));
    lines.push(format!("  {}", finding::whole(comparison, lang)));
    if let Some(decomposition) = decomposition.filter(|d| !d.groups.is_empty()) {
        lines.push(String::new());
        let head = if lang == Lang::Zh { "各条规则的贡献（合计等于全部差额）：" } else { "What each rule brings (together the whole difference):" };
        lines.push(format!("  {head}"));
        lines.extend(decomposition.lines(comparison, lang).into_iter().map(|l| format!("  · {l}")));
    }
    lines.push(String::new());
    lines
}

fn title(comparison: &Comparison<'_>, lang: Lang) -> String {
    let scenario = &comparison.after.scenario;
    let (before, after) = (comparison.before.label(), comparison.after.label());
    let years = match (comparison.years.first(), comparison.years.last()) {
        (Some(first), Some(last)) => format!("{first}-{last}"),
        _ => dash(),
    };
    match lang {
        Lang::Zh => format!("{}：{before} → {after}   {years}   单位 {}", scenario.name, scenario.unit.symbol()),
        Lang::En => format!("{}: {before} → {after}   {years}   in {}", scenario.name, scenario.unit.english()),
    }
}

fn table(comparison: &Comparison<'_>, lang: Lang) -> Vec<String> {
    let heads = match lang {
        Lang::Zh => ["镇", "留存·原", "留存·新", "增减", "占增减", "保障率·原", "保障率·新"],
        Lang::En => ["Town", "Kept before", "Kept after", "Change", "Share", "Cover before", "Cover after"],
    };
    let mut towns: Vec<&TownChange<'_>> = comparison.towns.iter().collect();
    let hidden = towns.len().saturating_sub(MOST_TOWNS);
    if hidden > 0 {
        towns.sort_by_key(|t| (-t.change().abs(), -(t.after.sum(TownYear::gap) - t.before.sum(TownYear::gap)).abs()));
        towns.truncate(MOST_TOWNS);
    }
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    rows.extend(towns.into_iter().map(|t| row(comparison, t)));
    if comparison.towns.len() > 1 {
        let (before, after) = comparison.sum(|y| y.retained);
        let money = |fen| amount(comparison.after, fen);
        let all = if lang == Lang::Zh { "合计" } else { "Total" }.to_owned();
        rows.push(vec![all, money(before), money(after), money(after - before), String::new(), String::new(), String::new()]);
    }
    let mut lines = aligned_rows(&rows);
    if hidden > 0 {
        lines.push(match lang {
            Lang::Zh => format!("  另有 {hidden} 个镇，见 tables/comparison.csv"),
            Lang::En => format!("  and {hidden} more towns, see tables/comparison.csv"),
        });
    }
    lines
}

fn row(comparison: &Comparison<'_>, town: &TownChange<'_>) -> Vec<String> {
    let money = |fen| amount(comparison.after, fen);
    let share = |x: Option<f64>| x.map_or_else(dash, percent);
    vec![
        town.after.town.name.clone(),
        money(town.before.sum(|y| y.retained)),
        money(town.after.sum(|y| y.retained)),
        money(town.change()),
        share(comparison.share(town)),
        share(town.before.coverage()),
        share(town.after.coverage()),
    ]
}

/// What was replayed, and how much of it is still projected.
#[must_use]
pub fn replay_line(replay: &Replay, used: &[Used], lang: Lang) -> String {
    let years: Vec<String> = replay.years().iter().map(ToString::to_string).collect();
    let projected = used.iter().filter(|u| !u.observed).count();
    match lang {
        Lang::Zh => format!("回放 {} 年：{} 个决算数在新旧体制下都用；另有 {projected} 个收入数没有决算，仍用测算（replay.csv）\n", years.join("、"), replay.len()),
        Lang::En => {
            format!("Replay of {}: {} outturns are used under both systems; {projected} amounts without an outturn stay projected (replay.csv)\n", years.join(", "), replay.len())
        }
    }
}
