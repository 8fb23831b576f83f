//! What the page's script draws and tabulates: whole fen and fractions, each series once.
//!
//! A series of a town that is nothing in every year is told as 0, one that is the same as in the variant compared with as
//! 1, any other as a text of whole fen in base 36, year by year what is added: so seven variants of three hundred towns still fit into 3 MB.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::findings::sentence;
use super::grid::Grid;
use super::words::{KEYS, Page};
use super::{Case, Report};
use crate::base::{amount::Fen, lang::Lang};
use crate::measure::town::{TownView, TownYear};

/// A figure of a town's year.
type Figure = (&'static str, fn(&TownYear) -> Fen);

/// The series of every town.
const FIGURES: [Figure; 14] = [
    ("tax", |y| y.retained_tax),
    // State capital that is only carried over pays for nothing: it is no part of the bars.
    ("other", |y| y.retained_other - y.retained_capital),
    ("transfer", |y| y.retained_transfer),
    ("fee", |y| y.retained_fee),
    ("land", |y| y.retained_land),
    ("capital", |y| y.retained_capital),
    ("earmarked", |y| y.earmarked),
    ("recurrent", TownYear::recurrent_due),
    ("recurrent_unpaid", |y| y.recurrent_unpaid),
    ("planned", |y| y.planned),
    ("paid", |y| y.paid),
    ("available", |y| y.available),
    ("balance_general", |y| y.balance_general),
    ("balance_fund", |y| y.balance_fund),
];

/// The tables of a case.
struct Tables {
    measures: Grid,
    county: Grid,
    projects: Grid,
    compared: Option<Grid>,
}

/// All data of a report.
pub(super) fn of(report: &Report<'_>) -> Value {
    let lang = report.lang;
    let names = town_names(report);
    let tables: Vec<Tables> = report.cases.iter().map(|case| Tables::of(case, report)).collect();
    let heads = |of: fn(&Tables) -> Option<&Grid>| tables.iter().find_map(of).map_or(json!([]), |grid| grid.heads(lang));
    let words: BTreeMap<&str, &str> = Page::ALL.iter().map(|word| (word.key(), report.say(*word))).collect();
    let keys: BTreeMap<&str, &str> = KEYS.iter().map(|(key, words)| (*key, words.get(lang))).collect();
    let unit = report.unit();
    json!({
        "lang": if lang == Lang::Zh { "zh" } else { "en" },
        "unit": { "places": unit.places(), "name": if lang == Lang::Zh { unit.symbol() } else { unit.english() } },
        "words": words,
        "keys": keys,
        "figures": FIGURES.map(|(key, _)| key),
        "towns": names,
        "heads": {
            "measures": heads(|t| Some(&t.measures)),
            "county": heads(|t| Some(&t.county)),
            "projects": heads(|t| Some(&t.projects)),
            "compared": heads(|t| t.compared.as_ref()),
        },
        "cases": report.cases.iter().enumerate().map(|(n, case)| told(report, n, case, &names, &tables)).collect::<Vec<_>>(),
    })
}

/// Every town of any case, once: id, name, county.
fn town_names(report: &Report<'_>) -> Vec<[String; 3]> {
    let (mut names, mut known) = (Vec::new(), std::collections::HashSet::new());
    for view in report.cases.iter().flat_map(|c| &c.towns) {
        if known.insert(view.id.clone()) {
            names.push([view.id.clone(), view.town.name.clone(), view.town.county.clone()]);
        }
    }
    names
}

impl Tables {
    fn of(case: &Case<'_>, report: &Report<'_>) -> Self {
        let base = case.base.map(|base| &report.cases[base]);
        Self { measures: case.measures(), county: case.county(base), projects: case.projects(), compared: case.compared() }
    }
}

fn told(report: &Report<'_>, n: usize, case: &Case<'_>, names: &[[String; 3]], tables: &[Tables]) -> Value {
    let base = case.base.map(|at| (&report.cases[at], &tables[at]));
    let order: BTreeMap<&str, usize> = names.iter().enumerate().map(|(n, [id, ..])| (id.as_str(), n)).collect();
    let own = &tables[n];
    json!({
        "label": case.label,
        "name": case.run.scenario.variant.as_ref().map_or(&case.run.scenario.name, |v| &v.name),
        "base": case.base,
        "years": case.years,
        "towns": case.towns.iter().map(|v| order[v.id.as_str()]).collect::<Vec<_>>(),
        "series": case.towns.iter().map(|v| series(case, v, base.map(|(base, _)| base))).collect::<Vec<_>>(),
        "said": case.towns.iter().map(|v| if case.story.is_some() { sentence(report, v) } else { String::new() }).collect::<Vec<_>>(),
        "headline": case.story.as_ref().map(|s| &s.headline),
        "measures": own.measures.data(base.map(|(_, t)| &t.measures)),
        "county": own.county.data(base.map(|(_, t)| &t.county)),
        "projects": own.projects.data(base.map(|(_, t)| &t.projects)),
        "compared": own.compared.as_ref().map(|grid| grid.data(None)),
        "levels": case.levels(),
        "net": net(case),
    })
}

/// The years of a town that are shown.
pub(super) fn restricted<'v>(case: &Case<'_>, view: &'v TownView<'_>) -> impl Iterator<Item = &'v TownYear> {
    let years = case.years.clone();
    view.years.iter().filter(move |y| years.contains(&y.year))
}

/// The figures of a town, year after year.
fn series(case: &Case<'_>, view: &TownView<'_>, base: Option<&Case<'_>>) -> Value {
    let other = base.filter(|b| b.years == case.years).and_then(|b| b.towns.iter().find(|v| v.id == view.id));
    let of = |view: &TownView<'_>, figure: fn(&TownYear) -> Fen| -> Vec<Fen> { restricted(case, view).map(figure).collect() };
    let one = |(_, figure): &Figure| {
        let values = of(view, *figure);
        match other.map(|other| of(other, *figure)) {
            _ if values.iter().all(|x| *x == 0) => json!(0),
            Some(same) if same == values => json!(1),
            _ => json!(told_by_steps(&values)),
        }
    };
    FIGURES.iter().map(one).collect()
}

/// The first year whole, every other as what it is more than the year before: years are near each other, so that is shorter.
fn told_by_steps(values: &[Fen]) -> String {
    let before = std::iter::once(0).chain(values.iter().copied());
    values.iter().zip(before).map(|(fen, before)| base36(fen - before)).collect::<Vec<_>>().join(" ")
}

/// A whole number as `parseInt(text, 36)` reads it.
fn base36(number: Fen) -> String {
    let (mut left, mut signs) = (number.unsigned_abs(), Vec::new());
    while left > 0 || signs.is_empty() {
        signs.push(char::from_digit((left % 36) as u32, 36).unwrap_or('0'));
        left /= 36;
    }
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", signs.iter().rev().collect::<String>())
}

/// \[分\] What the counties of the towns shown have of them, net of what they pay to and for them.
pub(super) fn net(case: &Case<'_>) -> Fen {
    let shown = |name: &String| case.towns.iter().any(|v| v.town.county == *name);
    let counties = case.run.compiled.counties.iter().enumerate().filter(|(_, name)| shown(name));
    let years = counties.flat_map(|(n, _)| case.run.county_years(n)).filter(|y| case.years.contains(&y.year));
    years.map(|y| y.of_towns()).sum()
}

#[cfg(test)]
mod tests {
    use super::{base36, told_by_steps};

    /// By hand: 36, then 35 more, then 72 less.
    #[test]
    fn years_are_told_by_steps() {
        assert_eq!(told_by_steps(&[36, 71, -1]), "10 z -20");
    }

    /// By hand: 1295 = 35·36 + 35; 10^15 = 9ugxnorjls in base 36 (Python: `numpy.base_repr(10**15, 36)`).
    #[test]
    fn whole_numbers_in_base_36() {
        for (number, text) in [(0, "0"), (35, "z"), (-36, "-10"), (1295, "zz"), (1_000_000_000_000_000, "9ugxnorjls")] {
            assert_eq!(base36(number), text);
        }
    }
}
