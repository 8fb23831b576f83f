//! The end of the page: terms, and how to compute everything again.

use super::html::Html;
use super::words::Page;
use super::{Origin, Report, Term, Topic};
use crate::write::manifest::input_digest;

/// What this is a report of, in a line: years, towns, program, run, digest.
pub(super) fn imprint(report: &Report<'_>) -> Html {
    let Some(case) = report.cases.first() else { return Html::nothing() };
    let span = match (case.years.first(), case.years.last()) {
        (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
        (Some(only), _) => only.to_string(),
        _ => String::new(),
    };
    let towns = format!("{} {}", case.towns.len(), report.say(if case.towns.len() == 1 { Page::TownUnit } else { Page::TownsUnit }));
    let runs = format!("{} {}", report.cases.len(), report.say(if report.cases.len() == 1 { Page::RunUnit } else { Page::RunsUnit }));
    let started = report.origins.first().map_or("", |o| o.started.as_str());
    let digest = input_digest(case.run);
    let short = digest.get(..8).unwrap_or(&digest);
    let facts = [
        case.run.scenario.id.clone(),
        span,
        towns,
        runs,
        format!("{} {started}", report.say(Page::RunAt)),
        format!("fencheng {}", env!("CARGO_PKG_VERSION")),
        format!("{} {short}…", report.say(Page::InputDigest)),
    ];
    facts.into_iter().map(|fact| Html::tag("span", fact)).collect()
}

/// The terms, subject by subject, folded.
pub(super) fn glossary(report: &Report<'_>) -> Html {
    let term = |(name, other, lines): &Term| {
        let title = [Html::text(name), Html::text(" "), Html::element("span", &[("class", "other")], *other)];
        let colon = report.say(Page::Colon);
        let lines: Html = lines.iter().map(|(label, text)| Html::tag("dd", format!("{label}{colon}{text}"))).collect();
        [Html::tag("dt", title.into_iter().collect::<Html>()), lines].into_iter().collect::<Html>()
    };
    let topic = |topic: &Topic| {
        let parts = [Html::tag("summary", topic.name), Html::tag("dl", topic.terms.iter().map(term).collect::<Html>())];
        Html::tag("details", parts.into_iter().collect::<Html>())
    };
    report.glossary.iter().map(topic).collect()
}

/// Commands, versions and digests.
pub(super) fn again(report: &Report<'_>) -> Html {
    let origin = |origin: &Origin| {
        let facts = [(Page::Scenario, origin.scenario.as_str()), (Page::Command, &origin.command), (Page::Version, &origin.version), (Page::RunAt, &origin.started)];
        let facts: Html =
            facts.into_iter().map(|(label, text)| [Html::tag("dt", report.say(label)), Html::tag("dd", Html::tag("code", text))].into_iter().collect::<Html>()).collect();
        let row = |(file, digest): &(String, String)| Html::tag("tr", [file, digest].into_iter().map(|t| Html::tag("td", Html::tag("code", t.as_str()))).collect::<Html>());
        let heads: Html = [Page::Input, Page::Digest].into_iter().map(|head| Html::element("th", &[("scope", "col")], report.say(head))).collect();
        let parts = [Html::tag("thead", Html::tag("tr", heads)), Html::tag("tbody", origin.inputs.iter().map(row).collect::<Html>())];
        let table = Html::element("table", &[("class", "plain"), ("data-name", "inputs")], parts.into_iter().collect::<Html>());
        [Html::element("dl", &[("class", "facts")], facts), Html::element("div", &[("class", "scroll")], table)].into_iter().collect::<Html>()
    };
    let steps = [Page::StepVerify, Page::StepRun, Page::StepExplain].into_iter().map(|step| Html::tag("li", report.say(step))).collect::<Html>();
    [Html::tag("ol", steps)].into_iter().chain(report.origins.iter().map(origin)).collect()
}
