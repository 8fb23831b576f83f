//! One problem, and the list that collects them.

use super::catalogue::{Code, Severity};
use crate::base::lang::{Lang, Words};
use crate::base::place::Place;

/// Stands between the two languages of an `also` entry; no user can type it into a name.
const BETWEEN: char = '\u{1f}';

/// Something wrong (or doubtful) in the user's input.
///
/// The words live in the [catalogue](super::catalogue) under [`Code`]; `args` fill their `{holes}`. A line of the
/// catalogue whose hole has no argument is left out, so one code serves richer and poorer contexts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which kind.
    pub code: Code,
    /// Where.
    pub place: Place,
    /// What fills the holes of the catalogue's text.
    pub args: Vec<(&'static str, String)>,
    /// Other places that contribute, each with a few words.
    pub also: Vec<(Place, String)>,
}

impl Problem {
    /// A problem at a place.
    #[must_use]
    pub fn new(code: Code, place: &Place) -> Self {
        Self { code, place: place.clone(), args: Vec::new(), also: Vec::new() }
    }

    /// Fills a hole.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// Fills a hole if there is something to fill it with.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Names another place that contributes.
    #[must_use]
    pub fn also(mut self, place: &Place, words: impl Into<String>) -> Self {
        self.also.push((place.clone(), words.into()));
        self
    }

    /// Names another place that contributes, with words in both languages.
    #[must_use]
    pub fn also_in(self, place: &Place, words: Words) -> Self {
        self.also(place, format!("{}{BETWEEN}{}", words.zh, words.en))
    }

    /// The words of an `also` entry in one language.
    #[must_use]
    pub fn spoken(words: &str, lang: Lang) -> &str {
        words.split_once(BETWEEN).map_or(words, |(zh, en)| if lang == Lang::Zh { zh } else { en })
    }
}

/// The list that collects problems.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        if !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }

    /// Adds all of another list.
    pub fn append(&mut self, others: Self) {
        others.0.into_iter().for_each(|p| self.push(p));
    }

    /// Whether any is an error (a warning does not stop a run).
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|p| p.code.severity() == Severity::Error)
    }

    /// In the order found.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
