//! What was found, before anything else: a card a run, with the county's guarantees, winners and losers, and the badge.

use super::html::Html;
use super::words::Page;
use super::{Case, Report};
use crate::measure::compare::finding;
use crate::measure::finding::Finding;
use crate::measure::town::{TownView, TownYear};

/// So many towns are named one by one, those that lack most first.
const MOST_NAMED: usize = 8;

/// How well founded the figures are: the badge of whichever run is worst off; nothing where most is documented.
pub(super) fn badge(report: &Report<'_>) -> Html {
    let stories = report.cases.iter().filter_map(|c| c.story.as_ref());
    let weak = stories.filter(|s| s.badge.is_some()).max_by(|a, b| a.grades[3].total_cmp(&b.grades[3]));
    weak.and_then(|s| s.badge.as_deref()).map_or_else(Html::nothing, |badge| Html::element("p", &[("class", "badge"), ("role", "note")], badge))
}

/// The cards.
pub(super) fn section(report: &Report<'_>) -> Html {
    report.cases.iter().enumerate().map(|(n, case)| card(report, n, case)).collect()
}

fn card(report: &Report<'_>, n: usize, case: &Case<'_>) -> Html {
    let mut parts = vec![kicker(report, n, case)];
    parts.extend(case.story.iter().map(|s| Html::tag("h3", s.headline.as_str())));
    let second = case.story.as_ref().and_then(|s| s.second.as_deref());
    parts.extend(second.map(|line| Html::element("p", &[("class", "second")], line)));
    let warning = case.story.as_ref().and_then(|s| s.warning.as_deref());
    parts.extend(warning.map(|line| Html::element("p", &[("class", "warning"), ("role", "note")], line)));
    // What must not be overlooked is the same of most runs: it is said where it is new.
    let said = |line: &String| report.cases[..n].iter().filter_map(|c| c.story.as_ref()).any(|s| s.remarks.contains(line));
    let remarks = case.story.iter().flat_map(|s| &s.remarks).filter(|line| !said(line));
    parts.extend(remarks.map(|line| Html::element("p", &[("class", "second")], line.as_str())));
    parts.push(compared(report, case));
    parts.push(towns(report, case));
    parts.push(grades(report, case));
    Html::element("article", &[("class", "card")], parts.into_iter().collect::<Html>())
}

/// Which run it is, and with what it is compared.
fn kicker(report: &Report<'_>, n: usize, case: &Case<'_>) -> Html {
    let variant = case.run.scenario.variant.as_ref().map_or("", |v| v.name.as_str());
    let name = if variant.is_empty() || variant == case.label { String::new() } else { format!(" · {variant}") };
    let against = case.base.map_or(String::new(), |base| format!(" · {} {}", report.say(Page::Against), report.cases[base].label));
    let mark = [Html::element("b", &[("class", "number")], (n + 1).to_string()), Html::text(format!("{}{name}{against}", case.label))];
    Html::element("p", &[("class", "kicker")], mark.into_iter().collect::<Html>())
}

/// Against what it is compared with: who retains more or less, what it costs the county, what each rule brings.
fn compared(report: &Report<'_>, case: &Case<'_>) -> Html {
    let (Some(comparison), lang) = (case.comparison, report.lang) else { return Html::nothing() };
    let mut lines = vec![finding::headline(comparison, lang)];
    lines.extend(finding::lots(comparison, lang));
    lines.push(finding::whole(comparison, lang));
    let rules = case.decomposition.filter(|d| !d.groups.is_empty()).map(|d| folded(report.say(Page::EachRule), d.lines(comparison, lang)));
    std::iter::once(list(lines)).chain(rules).collect()
}

/// Lines that open at a click.
fn folded(title: &str, lines: Vec<String>) -> Html {
    Html::tag("details", [Html::tag("summary", title), list(lines)].into_iter().collect::<Html>())
}

/// Town by town where there are several.
fn towns(report: &Report<'_>, case: &Case<'_>) -> Html {
    let lines = tightest(report, case);
    if lines.is_empty() { Html::nothing() } else { folded(report.say(Page::TightestTowns), lines) }
}

/// The findings about the towns that lack most, where there are several.
pub(super) fn tightest(report: &Report<'_>, case: &Case<'_>) -> Vec<String> {
    if case.towns.len() < 2 || case.story.is_none() {
        return Vec::new();
    }
    let lacks = |v: &TownView<'_>| v.sum(|y: &TownYear| y.gap().max(0) + y.recurrent_unpaid);
    let mut worst: Vec<&TownView<'_>> = case.towns.iter().filter(|v| lacks(v) > 0).collect();
    worst.sort_by_key(|v| -lacks(v));
    worst.iter().take(MOST_NAMED).map(|v| sentence(report, v)).collect()
}

/// The finding about one town.
pub(super) fn sentence(report: &Report<'_>, view: &TownView<'_>) -> String {
    let operating = view.sum(|y| y.recurrent_unpaid - y.guarantees_unpaid);
    Finding::of(view).say(&view.town.name, operating, report.lang)
}

/// What retained funds rest on, by grade.
fn grades(report: &Report<'_>, case: &Case<'_>) -> Html {
    let Some(story) = &case.story else { return Html::nothing() };
    let shares: Vec<String> = ["A", "B", "C", "D"].iter().zip(story.grades).map(|(grade, share)| format!("{grade} {:.0}%", share * 100.0)).collect();
    Html::element("p", &[("class", "grades")], format!("{} {}", report.say(Page::GradesByAmount), shares.join(" · ")))
}

fn list(lines: Vec<String>) -> Html {
    Html::tag("ul", lines.into_iter().map(|line| Html::tag("li", line)).collect::<Html>())
}
