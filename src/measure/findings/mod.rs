//! What each kind of chart finds, in words: a headline, a second line, notes. One file a kind; `story` tells the funds of a town.
//!
//! No finding says why: only a decomposition may.

pub mod calendar;
pub mod county;
pub mod flow;
pub mod heat;
pub mod lorenz;
pub mod variants;

use crate::base::lang::Lang;
use crate::base::when::Year;

/// The words of a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The finding.
    pub headline: String,
    /// What stands beside it.
    pub second: Option<String>,
    /// How to read the chart, what is left out.
    pub notes: Vec<String>,
}

/// Years as a sentence names them: `2012—2020 年`, `2012–2020`; one year alone.
pub(super) fn span((first, last): (Year, Year), lang: Lang) -> String {
    match (first == last, lang) {
        (true, Lang::Zh) => format!("{first} 年"),
        (true, Lang::En) => first.to_string(),
        (false, Lang::Zh) => format!("{first}—{last} 年"),
        (false, Lang::En) => format!("{first}–{last}"),
    }
}

/// The Chinese or the English words.
pub(super) fn either(lang: Lang, zh: String, en: String) -> String {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
