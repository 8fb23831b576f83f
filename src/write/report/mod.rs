//! The report 测算报告: one HTML file that needs nothing else, to be opened from a USB stick, read, sorted, copied, printed.
//!
//! ```text
//! Report ─island→ data for the script ┐
//!        ─sections→ text and tables   ┴─fill assets/report/page.html→ one file
//! ```
//!
//! Without script the findings and tables are there all the same; the script (`assets/report/*.js`) draws the charts and
//! makes tables sortable. Nothing is loaded from anywhere: the page's own policy forbids it.

mod data;
mod findings;
mod grid;
pub mod html;
mod method;
mod overview;
#[cfg(feature = "pdf")]
mod pdf;
mod sources;
mod tables;
mod tail;
pub mod words;

use crate::base::lang::Lang;
use crate::base::{amount::MoneyUnit, when::Year};
use crate::measure::Run;
use crate::measure::compare::{Comparison, decomposition::Decomposition};
use crate::measure::story::Story;
use crate::measure::town::TownView;

use html::{Html, fill, integrity, island};
use words::Page;

/// Everything a report is made from.
#[derive(Debug)]
pub struct Report<'r> {
    /// The language of the whole page.
    pub lang: Lang,
    /// The runs, in the order they are told.
    pub cases: Vec<Case<'r>>,
    /// What the results come from.
    pub origins: Vec<Origin>,
    /// The glossary.
    pub glossary: Vec<Topic>,
    /// A picture of the first run as SVG, for readers without script; empty where none is built in.
    pub picture: String,
}

/// A run that is told.
#[derive(Debug)]
pub struct Case<'r> {
    /// The run.
    pub run: &'r Run,
    /// How it is called on the page; no two are called the same.
    pub label: String,
    /// What it is compared with, by its order among the cases.
    pub base: Option<usize>,
    /// The comparison with it.
    pub comparison: Option<&'r Comparison<'r>>,
    /// What each changed rule brings, where that was asked for.
    pub decomposition: Option<&'r Decomposition>,
    /// The towns shown.
    pub towns: Vec<TownView<'r>>,
    /// The years shown.
    pub years: Vec<Year>,
    /// What is said of all towns; nothing of a replay, which has only some of the years.
    pub story: Option<Story>,
    /// From which of the results.
    pub origin: usize,
}

/// Where results come from, and how to compute them again.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The scenario's folder.
    pub scenario: String,
    /// The command line.
    pub command: String,
    /// The version that computed it.
    pub version: String,
    /// When.
    pub started: String,
    /// What was read: name and SHA-256.
    pub inputs: Vec<(String, String)>,
}

/// A subject of the glossary.
#[derive(Clone, Debug)]
pub struct Topic {
    /// The subject.
    pub name: &'static str,
    /// Its terms.
    pub terms: Vec<Term>,
}

/// A term: the name, the name in the other language, and lines of label and text.
pub type Term = (&'static str, &'static str, Vec<(&'static str, String)>);

const TEMPLATE: &str = include_str!("../../../assets/report/page.html");
const STYLE: &str = include_str!("../../../assets/report/page.css");
/// The script, part after part in one scope.
const SCRIPT: &str = concat!(
    "(function () {\n'use strict';\n",
    include_str!("../../../assets/report/data.js"),
    include_str!("../../../assets/report/format.js"),
    include_str!("../../../assets/report/table.js"),
    include_str!("../../../assets/report/svg.js"),
    include_str!("../../../assets/report/funds.js"),
    include_str!("../../../assets/report/heat.js"),
    include_str!("../../../assets/report/lines.js"),
    include_str!("../../../assets/report/bars.js"),
    include_str!("../../../assets/report/views.js"),
    include_str!("../../../assets/report/main.js"),
    "}());\n"
);

impl Report<'_> {
    /// The unit of the tables: that of the first scenario.
    #[must_use]
    pub fn unit(&self) -> MoneyUnit {
        self.cases.first().map_or(MoneyUnit::WanYuan, |c| c.run.scenario.unit)
    }

    /// The unit's name in the language of the page.
    fn unit_name(&self) -> &'static str {
        if self.lang == Lang::Zh { self.unit().symbol() } else { self.unit().english() }
    }

    /// A word of the page.
    pub(super) const fn say(&self, word: Page) -> &'static str {
        word.words().get(self.lang)
    }

    /// The whole file.
    #[must_use]
    pub fn html(&self) -> String {
        let policy = format!("default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'", integrity(SCRIPT), integrity(STYLE));
        let title = self.cases.first().map_or("", |c| c.run.scenario.name.as_str());
        let text = |text: &str| Html::text(text).markup().to_owned();
        let section = |html: Html| html.markup().to_owned();
        let parts = [
            ("lang", if self.lang == Lang::Zh { "zh-CN" } else { "en" }.to_owned()),
            ("policy", text(&policy)),
            ("title", text(title)),
            ("kind", text(self.say(Page::Kind))),
            ("style", STYLE.to_owned()),
            ("script", SCRIPT.to_owned()),
            ("data", island(&data::of(self))),
            ("imprint", section(tail::imprint(self))),
            ("badge", section(findings::badge(self))),
            ("overview", section(overview::section(self))),
            ("findings", section(findings::section(self))),
            ("without_script", section(tables::without_script(self))),
            ("method", section(method::section(self))),
            ("sources", section(sources::section(self))),
            ("glossary", section(tail::glossary(self))),
            ("again", section(tail::again(self))),
        ];
        let named = Page::ALL.iter().map(|word| (word.key(), text(self.say(*word))));
        let all: Vec<(&str, String)> = parts.into_iter().chain(named).collect();
        let all: Vec<(&str, &str)> = all.iter().map(|(key, part)| (*key, part.as_str())).collect();
        fill(TEMPLATE, &all)
    }
}
