//! A report made of runs: what is told of them, the glossary, the picture; written beside tables or as a file of its own.

use super::args::ReportFormat;
use super::compare::Results;
use super::outcome::Failure;
#[cfg(not(feature = "pdf"))]
use super::outcome::said;
use super::output::Told;
use super::run::BASELINE;
use super::target::Target;
use crate::base::lang::Lang;
use crate::base::when::Year;
#[cfg(not(feature = "pdf"))]
use crate::diag::Code;
use crate::measure::Run;
use crate::measure::compare::Comparison;
use crate::measure::story::tell;
use crate::measure::town::TownView;
use crate::reference::glossary;
use crate::write::manifest::About;
use crate::write::report::{Case, Origin, Report, Topic, words::Page};

/// What holds for a result as a whole.
pub struct Facts {
    /// The language of the page.
    pub lang: Lang,
    /// Where the result comes from.
    pub origin: Origin,
}

/// What a report tells of one result, on the way to a page.
pub struct Part<'r> {
    facts: Facts,
    cases: Vec<Case<'r>>,
    /// Comparisons of runs that nobody had compared yet: by case, the run compared with.
    compared: Vec<Option<&'r Run>>,
}

/// Where a result comes from, as its manifest says.
pub fn origin(about: &About, version: &str, scenario: &str) -> Origin {
    Origin {
        scenario: scenario.to_owned(),
        command: spoken(&about.command),
        version: version.to_owned(),
        started: about.started.clone(),
        inputs: about.inputs.iter().map(|input| (input.file.clone(), input.sha256.clone())).collect(),
    }
}

/// A command line, words with spaces in quotation marks.
pub fn spoken(words: &[String]) -> String {
    words.iter().map(|word| if word.contains(' ') { format!("\"{word}\"") } else { word.clone() }).collect::<Vec<_>>().join(" ")
}

/// What `run` tells: every run, those compared with one that was not asked for behind it.
pub fn of_told<'r>(told: &'r [Told<'r>], facts: Facts) -> Part<'r> {
    let mut part = Part { facts, cases: Vec::new(), compared: Vec::new() };
    let outside = told.iter().find_map(|t| t.baseline).filter(|b| !told.iter().any(|t| std::ptr::eq(t.run, *b)));
    if let (Some(run), Some(first)) = (outside, told.first()) {
        let towns: Vec<TownView<'r>> = run.town_views().into_iter().filter(|v| shown_towns(first).iter().any(|id| *id == v.id)).collect();
        part.push(run, None, towns, first.years);
    }
    for told in told {
        let ids = shown_towns(told);
        let towns = told.towns.iter().filter(|v| ids.contains(&v.id.as_str())).cloned().collect();
        part.push(told.run, told.baseline, towns, told.years);
    }
    part
}

/// The towns that are shown, by their ids.
fn shown_towns<'t>(told: &'t Told<'_>) -> Vec<&'t str> {
    let named: Vec<usize> = told.stories.iter().filter_map(|(town, _)| *town).collect();
    told.towns.iter().filter(|v| named.is_empty() || named.contains(&v.order)).map(|v| v.id.as_str()).collect()
}

/// What `compare` tells: the baseline, then every variant against it; of a replay only the years observed.
pub fn of_results<'r>(results: &'r Results<'r>, facts: Facts) -> Part<'r> {
    let mut part = Part { facts, cases: Vec::new(), compared: Vec::new() };
    let Some(first) = results.comparisons.first() else { return part };
    let span = |run: &Run| (run.scenario.first_year, run.scenario.last_year);
    part.push(first.before, None, first.before.town_views(), span(first.before));
    for (n, comparison) in results.comparisons.iter().enumerate() {
        part.push(comparison.after, Some(first.before), comparison.after.town_views(), span(comparison.after));
        if let Some(case) = part.cases.last_mut() {
            case.comparison = Some(comparison);
            case.decomposition = results.decompositions.get(n);
        }
    }
    if results.is_replay() {
        for case in &mut part.cases {
            (case.story, case.years) = (None, first.years.clone());
        }
    }
    part
}

impl<'r> Part<'r> {
    fn push(&mut self, run: &'r Run, baseline: Option<&'r Run>, towns: Vec<TownView<'r>>, (first, last): (Year, Year)) {
        let only = if let [only] = &towns[..] { Some(only.order) } else { None };
        let case = Case {
            run,
            label: label(run, self.facts.lang),
            base: None,
            comparison: None,
            decomposition: None,
            years: (first..=last).collect(),
            story: Some(tell(run, baseline, only, self.facts.lang)),
            towns,
            origin: 0,
        };
        self.cases.push(case);
        self.compared.push(baseline);
    }

    /// The comparisons that are still to be made.
    pub fn comparisons(&self) -> Vec<Option<Comparison<'r>>> {
        let open = self.cases.iter().zip(&self.compared);
        open.map(|(case, baseline)| baseline.filter(|_| case.comparison.is_none()).map(|b| Comparison::of(b, case.run, Some(&case.years)))).collect()
    }
}

/// How a run is called on the page.
fn label(run: &Run, lang: Lang) -> String {
    match run.label().strip_prefix(BASELINE) {
        Some(rest) => format!("{}{rest}", Page::Baseline.words().get(lang)),
        None => run.label().to_owned(),
    }
}

/// The page of several results; `made` holds the comparisons of each.
pub fn page<'r>(parts: Vec<Part<'r>>, made: &'r [Vec<Option<Comparison<'r>>>]) -> Report<'r> {
    let lang = parts.first().map_or(Lang::Zh, |p| p.facts.lang);
    let (mut cases, mut origins) = (Vec::<Case<'r>>::new(), Vec::new());
    for (n, (part, made)) in parts.into_iter().zip(made).enumerate() {
        let first = cases.len();
        let runs: Vec<&Run> = part.cases.iter().map(|c| c.run).collect();
        for (at, (mut case, baseline)) in part.cases.into_iter().zip(part.compared).enumerate() {
            case.origin = n;
            case.base = baseline.and_then(|b| runs.iter().position(|r| std::ptr::eq(*r, b))).map(|at| first + at);
            case.comparison = case.comparison.or(made[at].as_ref());
            let same = |label: &str| cases.iter().any(|c| c.label == label);
            let others = (2..).map(|n| format!("{} ({n})", case.label));
            case.label = std::iter::once(case.label.clone()).chain(others).find(|label| !same(label)).unwrap_or_default();
            cases.push(case);
        }
        origins.push(part.facts.origin);
    }
    let picture = cases.first().map_or_else(String::new, |case| picture(case, origins.first(), lang));
    Report { lang, cases, origins, glossary: terms(lang), picture }
}

/// The glossary, subject by subject; the measures stand among the method.
fn terms(lang: Lang) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for entry in glossary::entries().into_iter().filter(|e| !e.keys.iter().any(|key| key.contains('.'))) {
        let (zh, en) = (entry.term.name.zh, entry.term.name.en);
        let (name, other) = if lang == Lang::Zh { (zh, en) } else { (en, zh) };
        let subject = entry.subject.get(lang);
        if topics.last().is_none_or(|topic| topic.name != subject) {
            topics.push(Topic { name: subject, terms: Vec::new() });
        }
        if let Some(topic) = topics.last_mut() {
            topic.terms.push((name, other, entry.lines(lang)));
        }
    }
    topics
}

/// The picture of the first run, for readers without script.
#[cfg(feature = "chart")]
fn picture(case: &Case<'_>, origin: Option<&Origin>, lang: Lang) -> String {
    use crate::write::{chart, picture};
    let (Some(story), Some(first), Some(last)) = (&case.story, case.years.first(), case.years.last()) else { return String::new() };
    let towns: Vec<usize> = case.towns.iter().map(|view| view.order).collect();
    let subject = picture::Subject {
        run: case.run,
        all: &case.towns,
        towns: &towns,
        story,
        years: (*first, *last),
        when: origin.map_or("", |o| o.started.as_str()),
        lang,
        aspect: chart::Aspect::Wide,
    };
    chart::funds::draw(&picture::funds::funds(&subject)).map_or_else(|_| String::new(), |drawing| drawing.svg)
}

#[cfg(not(feature = "chart"))]
const fn picture(_: &Case<'_>, _: Option<&Origin>, _: Lang) -> String {
    String::new()
}

/// Writes the report of one result beside its tables.
///
/// # Errors
/// When a format is not built in, or the system refuses.
pub fn write(part: Part<'_>, formats: &[ReportFormat], target: &mut Target) -> Result<(), Failure> {
    let lang = part.facts.lang;
    let made = vec![part.comparisons()];
    let report = page(vec![part], &made);
    for format in formats {
        let (ending, bytes) = bytes(&report, *format, lang)?;
        target.write(&format!("report.{ending}"), &bytes)?;
    }
    Ok(())
}

/// The report in one format, with the ending of its file.
///
/// # Errors
/// When the format is not built in.
pub fn bytes(report: &Report<'_>, format: ReportFormat, lang: Lang) -> Result<(&'static str, Vec<u8>), Failure> {
    match format {
        ReportFormat::Html => Ok(("html", report.html().into_bytes())),
        ReportFormat::Pdf => pdf(report, lang).map(|bytes| ("pdf", bytes)),
    }
}

#[cfg(feature = "pdf")]
fn pdf(report: &Report<'_>, lang: Lang) -> Result<Vec<u8>, Failure> {
    let words = |why| if lang == Lang::Zh { format!("PDF 做不成：{why}") } else { format!("no PDF could be made: {why}") };
    report.pdf().map_err(|why| Failure::Said(words(why)))
}

#[cfg(not(feature = "pdf"))]
fn pdf(_: &Report<'_>, lang: Lang) -> Result<Vec<u8>, Failure> {
    Err(Failure::Said(said(Code::E815, &[], lang)))
}
