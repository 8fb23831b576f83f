//! The rules of a scenario as sentences, to be read aloud in a meeting, and the differences of two scenarios in words.
//!
//! What a form of rule says stands beside the form (`rules`); here stand the order of things, whom they apply to, and
//! what follows from several rules together, such as the part of a tax that reaches county and town.

mod agreements;
mod diff;
mod duties;
mod label;
mod land;
mod money;
mod moving;
mod revenue;

pub use diff::diff;

use crate::base::lang::Lang;
use crate::rules::speak::{Known, Speak};
use crate::scenario::Scenario;

/// A heading and the sentences under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is about.
    pub heading: String,
    /// One sentence a rule, each with its sources and grades in brackets.
    pub sentences: Vec<String>,
}

/// The scenario in words.
///
/// ```
/// use fencheng::{base::lang::Lang, check::check, load::{Request, load}, speak};
/// let loaded = load(&Request { scenario: "scenarios/mengyang".into(), ..Request::default() });
/// let scenario = check("mengyang", &loaded).0.expect("the bundled scenario is right");
/// let paragraphs = speak::read(&scenario, Lang::En);
/// assert!(speak::text(&paragraphs).contains("approved revenue of 39.00 million yuan"));
/// ```
#[must_use]
pub fn read(scenario: &Scenario, lang: Lang) -> Vec<Paragraph> {
    let speaker = Speaker::new(scenario, lang);
    let sections = speaker.sections().into_iter().filter(|s| !s.acts.is_empty());
    sections.map(|s| Paragraph { heading: s.heading, sentences: s.acts.into_iter().map(|a| a.sentence).collect() }).collect()
}

/// Paragraphs as plain text: the heading on a line of its own, a sentence a line, an empty line in between.
#[must_use]
pub fn text(paragraphs: &[Paragraph]) -> String {
    let one = |p: &Paragraph| format!("{}\n{}\n", p.heading, p.sentences.iter().map(|s| format!("  {s}\n")).collect::<String>().trim_end_matches('\n'));
    paragraphs.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// What things of a scenario are called in one language, for those who say other sentences about it.
#[derive(Debug)]
pub struct Names<'s>(Speaker<'s>);

impl<'s> Names<'s> {
    /// Ready to name.
    #[must_use]
    pub fn new(scenario: &'s Scenario, lang: Lang) -> Self {
        Self(Speaker::new(scenario, lang))
    }

    /// The words along a path.
    #[must_use]
    pub fn label(&self, path: &str) -> String {
        self.0.label(path)
    }

    /// A name a user wrote, in the language where it is one of the usual ones.
    #[must_use]
    pub fn called(&self, name: &str) -> String {
        self.0.speak.called(name)
    }

    /// The name of an earmark by its key.
    #[must_use]
    pub fn earmark(&self, key: &str) -> String {
        self.0.speak.called(&self.0.speak.earmark(key))
    }

    /// A day: the first of January is its year.
    #[must_use]
    pub fn day(&self, day: crate::base::when::Day) -> String {
        self.0.speak.day(day)
    }

    /// Source and grade in brackets.
    #[must_use]
    pub fn sources(&self, provenance: &crate::rules::param::Provenance) -> String {
        self.0.speak.sources([provenance])
    }
}

/// One rule said: where it stands in the scenario (nowhere for a summary), and its whole sentence.
#[derive(Clone, Debug)]
struct Act {
    path: String,
    sentence: String,
}

/// A heading with its acts.
#[derive(Clone, Debug)]
struct Section {
    heading: String,
    acts: Vec<Act>,
}

/// A scenario and the language it is spoken in.
#[derive(Debug)]
struct Speaker<'s> {
    scenario: &'s Scenario,
    speak: Speak<'s>,
}

impl<'s> Speaker<'s> {
    fn new(scenario: &'s Scenario, lang: Lang) -> Self {
        let known = Known {
            towns: scenario.towns.iter().map(|t| t.name.clone()).collect(),
            sources: scenario.sources.iter().map(|s| (s.id.clone(), s.name.clone())).collect(),
            counts: scenario.counts.iter().map(|c| (c.id.clone(), c.name.clone())).collect(),
            counties: scenario.towns.iter().map(|t| t.county.clone()).collect(),
            drivers: scenario.drivers.names.clone(),
            earmarks: scenario.earmarks.iter().map(|e| (e.id.clone(), e.name.clone())).collect(),
        };
        let years = (scenario.first_year, scenario.last_year);
        Self { scenario, speak: Speak::new(lang, scenario.unit, years, &scenario.leaves, known) }
    }

    /// Everything there is to say, in the order of the money: what comes in, who takes, who shares, what is spent.
    fn sections(&self) -> Vec<Section> {
        let mut sections = vec![self.head(), self.general_revenue(), self.fund_revenue(), self.capital_revenue(), self.upper_shares(), self.moves(), self.enclaves()];
        sections.extend(self.land_sections());
        sections.extend(self.agreement_sections());
        sections.extend([self.state_capital(), self.transfers(), self.spending(), self.bonds(), self.budget(), self.public_services(), self.earmarks()]);
        sections.extend([self.projects(), self.county(), self.opening(), self.feedback()]);
        sections
    }

    fn section(&self, zh: &str, en: &str, acts: Vec<Act>) -> Section {
        Section { heading: self.speak.pick(zh, en), acts }
    }

    /// A rule said, with the sources of the values it named.
    fn act(&self, path: impl Into<String>, title: &str, body: &str) -> Act {
        let sources = self.speak.cited();
        self.act_with(path, title, body, &sources)
    }

    /// A rule said, with sources given.
    fn act_with(&self, path: impl Into<String>, title: &str, body: &str, sources: &str) -> Act {
        let said = if title.is_empty() { body.to_owned() } else { self.speak.pick(format!("{title}：{body}"), format!("{title}: {body}")) };
        let sentence = self.speak.pick(format!("{said}{sources}。"), format!("{}{sources}.", capital(&said)));
        Act { path: path.into(), sentence }
    }

    /// Title, variant, years and towns.
    fn head(&self) -> Section {
        let s = self.scenario;
        let mut acts = vec![self.act("", "", &s.name)];
        if let Some(variant) = &s.variant {
            let source = self.speak.sources([&variant.provenance]);
            acts.push(self.act_with("", &self.speak.pick("方案", "variant"), &variant.name, &source));
        }
        let (first, last, base) = (s.first_year, s.last_year, s.base_year);
        let count = last - first + 1;
        let years = self.speak.pick(
            format!("测算{first}年至{last}年，共{count}年；各项收入的基期是{base}年"),
            format!("the projection runs from {first} to {last}, {count} years; revenue starts from the amounts of {base}"),
        );
        acts.push(self.act("", "", &years));
        acts.push(self.act("", "", &self.towns_in_words()));
        self.section("情景", "Scenario", acts)
    }

    fn towns_in_words(&self) -> String {
        let towns = &self.scenario.towns;
        let say = |town: &crate::scenario::Town| {
            let people = town.population.map(|p| self.speak.pick(format!("{}人", self.speak.number(p)), format!("{} people", self.speak.number(p))));
            let facts: Vec<String> = [Some(town.county.clone()), Some(self.speak.called(&town.class)), people].into_iter().flatten().filter(|f| !f.is_empty()).collect();
            self.speak.pick(format!("{}（{}）", town.name, facts.join("，")), format!("{} ({})", town.name, facts.join(", ")))
        };
        match &towns[..] {
            [town] => self.speak.pick(format!("只有一个镇：{}", say(town)), format!("there is one town: {}", say(town))),
            few if few.len() <= 5 => {
                let said: Vec<String> = few.iter().map(say).collect();
                self.speak.pick(format!("共{}个镇：{}", few.len(), self.speak.list(&said)), format!("there are {} towns: {}", few.len(), self.speak.list(&said)))
            }
            many => self.speak.pick(format!("共{}个镇", many.len()), format!("there are {} towns", many.len())),
        }
    }

    /// Towns chosen by a rule: by name when they are few.
    fn towns(&self, chosen: &[bool]) -> String {
        let towns = &self.scenario.towns;
        let names: Vec<&str> = towns.iter().zip(chosen).filter(|(_, has)| **has).map(|(t, _)| t.name.as_str()).collect();
        match names.len() {
            0 => self.speak.pick("没有镇", "no town"),
            n if n == towns.len() && n > 1 => self.speak.pick("全部镇", "all towns"),
            1..=4 => self.speak.list(&names),
            n => self.speak.pick(format!("{}等{n}个镇", names[..2].join("、")), format!("{n} towns such as {}", names[..2].join(", "))),
        }
    }
}

/// The first letter in capitals.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
