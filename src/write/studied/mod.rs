//! The pictures of studies: from what a study found to the neutral series of a chart.

mod apart;
mod drawn;
mod searched;
mod swept;

pub use apart::waterfall;
pub use drawn::{fan, spread};
pub use searched::{discovery, front, indices, screening};
pub use swept::{line, map, tornado};

use super::chart::{Aspect, Caption};
use crate::base::amount::Fen;
use crate::base::lang::Lang;
use crate::measure::Run;
use crate::measure::evidence::shares;
use crate::measure::story;
use crate::study::measure::{Measure, Unit};

/// What a picture is of, beside the study's own results.
#[derive(Clone, Debug)]
pub struct About<'r> {
    /// The scenario the study starts from, run as it stands.
    pub run: &'r Run,
    /// When it was computed, as printed.
    pub when: &'r str,
    /// The study: name, points, seed.
    pub study: String,
    /// The shape of the page.
    pub aspect: Aspect,
    /// The language.
    pub lang: Lang,
}

impl About<'_> {
    /// The words around a picture; `note` explains what is drawn.
    fn caption(&self, headline: String, second_line: Option<String>, unit_line: String, note: String) -> Caption {
        let (run, lang) = (self.run, self.lang);
        let grades = shares(run, run.evidence());
        let digest = super::manifest::input_digest(run);
        let imprint = format!("{} · {}", self.study, story::imprint(run, &grades, self.when, &digest, lang));
        let badge = story::badge(&grades, run.scenario.illustrative, lang);
        let footnotes = [note, imprint].into_iter().filter(|text| !text.is_empty()).collect();
        let [headline, unit_line] = [headline, unit_line].map(sentence);
        Caption { headline, second_line: second_line.map(sentence), unit_line, badge, footnotes }
    }

    fn words(&self, zh: &str, en: &str) -> String {
        if self.lang == Lang::Zh { zh.to_owned() } else { en.to_owned() }
    }
}

/// With a capital letter, where there are any.
fn sentence(words: String) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How the numbers of a measure are shown: what they are multiplied with, what stands after them on an axis, the unit.
#[derive(Clone, Copy, Debug)]
struct Shown {
    factor: f64,
    suffix: &'static str,
    unit: &'static str,
}

impl Shown {
    #[expect(clippy::cast_possible_truncation, reason = "fen below 2^53")]
    fn of(measure: &Measure, values: impl IntoIterator<Item = f64>, lang: Lang) -> Self {
        let largest = values.into_iter().map(f64::abs).fold(0.0, f64::max);
        match measure.unit {
            Unit::Money => Self::money(largest as Fen, lang),
            Unit::Ratio => Self { factor: 100.0, suffix: "%", unit: "" },
            Unit::Count | Unit::Year => Self { factor: 1.0, suffix: "", unit: "" },
        }
    }

    fn money(largest: Fen, lang: Lang) -> Self {
        let (factor, unit) = story::display_unit(largest, lang);
        Self { factor, suffix: "", unit }
    }

    /// A name with the unit behind it.
    fn named(self, name: &str, lang: Lang) -> String {
        match (self.unit, lang) {
            ("", _) => name.to_owned(),
            (unit, Lang::Zh) => format!("{name}，{unit}"),
            (unit, Lang::En) => format!("{name}, {unit}"),
        }
    }
}

/// Whether less of a measure is better.
fn less_is_better(measure: &Measure) -> bool {
    matches!(measure.key, "gap" | "towns_short" | "guarantees_unpaid" | "county_years_short")
}
