//! Keys that only matter beside another: written without it they would have no effect, and that is an error.

use crate::base::place::Place;
use crate::diag::{Code, Problem};

/// The key that must stand beside, and what it must say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Only {
    /// The other key.
    pub key: &'static str,
    /// The words it may say (`true` for a flag); none: whatever it says.
    pub words: &'static [&'static str],
}

impl Only {
    /// Whether a word of the other key is one of those.
    #[must_use]
    pub fn holds(&self, word: &str) -> bool {
        self.words.is_empty() || self.words.contains(&word)
    }

    /// What may stand beside, as it is written.
    #[must_use]
    pub fn written(&self) -> Vec<String> {
        let line = |word: &&str| if *word == "true" { format!("{} = true", self.key) } else { format!("{} = \"{word}\"", self.key) };
        if self.words.is_empty() { vec![self.key.to_owned()] } else { self.words.iter().map(line).collect() }
    }
}

/// A key without effect, for want of one of those lines.
#[must_use]
pub fn idle<S: AsRef<str>>(key: &str, lines: &[S], place: &Place) -> Problem {
    let joined = |or: &str| lines.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(or);
    Problem::new(Code::E125, place).with("key", key).with_in("with", joined(" 或 "), joined(" or "))
}
