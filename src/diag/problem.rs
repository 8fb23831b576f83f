//! One problem, and the list that collects them.

use std::collections::HashSet;
use std::fmt::Display;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::catalogue::{Code, Severity};
use crate::base::lang::{Lang, Words};
use crate::base::place::Place;

/// Stands between the two languages of an argument or an `also` entry.
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

    /// Fills a hole with words that differ by language.
    #[must_use]
    pub fn with_in(self, name: &'static str, zh: impl Display, en: impl Display) -> Self {
        self.with(name, in_both(zh, en))
    }

    /// Fills a hole with a list: `甲、乙`, `a, b`.
    #[must_use]
    pub fn with_list<S: AsRef<str>>(self, name: &'static str, items: impl IntoIterator<Item = S>) -> Self {
        let items: Vec<S> = items.into_iter().collect();
        let joined = |between: &str| items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(between);
        self.with_in(name, joined("、"), joined(", "))
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
        self.also(place, in_both(words.zh, words.en))
    }

    /// The words of an argument or an `also` entry in one language.
    #[must_use]
    pub fn spoken(words: &str, lang: Lang) -> &str {
        words.split_once(BETWEEN).map_or(words, |(zh, en)| if lang == Lang::Zh { zh } else { en })
    }
}

/// Words in both languages as one argument; each reader sees one of them.
#[must_use]
pub fn in_both(zh: impl Display, en: impl Display) -> String {
    format!("{zh}{BETWEEN}{en}")
}

/// The list that collects problems.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    list: Vec<Problem>,
    /// What is in the list, so that a million rows with the same mistake do not compare each with all.
    seen: HashSet<u64>,
}

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        let mut hasher = DefaultHasher::new();
        format!("{problem:?}").hash(&mut hasher);
        if self.seen.insert(hasher.finish()) {
            self.list.push(problem);
        }
    }

    /// Adds all of another list.
    pub fn append(&mut self, others: Self) {
        others.list.into_iter().for_each(|p| self.push(p));
    }

    /// Whether any is an error (a warning does not stop a run).
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|p| p.code.severity() == Severity::Error)
    }

    /// In the order found.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.list.iter()
    }

    /// As they are shown: errors before warnings, each in the order of files and lines.
    #[must_use]
    pub fn in_file_order(&self) -> Vec<&Problem> {
        let mut sorted: Vec<&Problem> = self.list.iter().collect();
        sorted.sort_by_key(|p| {
            let (file, start) = match &p.place {
                Place::Text { file, start, .. } => (Some(*file), *start),
                Place::File(file) => (Some(*file), 0),
                Place::Argument(_) | Place::Nowhere => (None, 0),
            };
            (p.code.severity() == Severity::Warning, file, start)
        });
        sorted
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
