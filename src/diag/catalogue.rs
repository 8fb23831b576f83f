//! Every kind of problem, with its words in both languages. One entry, in one place, per code.
//!
//! Each layer keeps its entries in a file of its own below `catalogue/`; the macro `codes!` turns an entry into a constant
//! of [`Code`], so that `Code::E013` reads like an enum's variant although the list is spread over files.

use std::fmt;

use super::problem::Problem;
use crate::base::lang::{Lang, Words};

/// Declares codes: `E013 { title: ("…", "…"), label: …, cause: …, remedy: …, }`; only title and remedy are required.
macro_rules! codes {
    ($($code:ident {
        title: ($title_zh:literal, $title_en:literal),
        $(label: ($label_zh:literal, $label_en:literal),)?
        $(cause: ($cause_zh:literal, $cause_en:literal),)?
        remedy: ($remedy_zh:literal, $remedy_en:literal),
    })*) => {
        impl $crate::diag::catalogue::Code {
            $(
                #[doc = concat!("`", $title_zh, "`")]
                pub const $code: Self = Self(&$crate::diag::catalogue::Entry {
                    name: stringify!($code),
                    title: $crate::base::lang::Words::new($title_zh, $title_en),
                    // An array with the optional words first is the shortest way to say "these, else nothing" in a macro.
                    label: [$(Some($crate::base::lang::Words::new($label_zh, $label_en)),)? None][0],
                    cause: [$(Some($crate::base::lang::Words::new($cause_zh, $cause_en)),)? None][0],
                    remedy: $crate::base::lang::Words::new($remedy_zh, $remedy_en),
                });
            )*
        }
        /// The codes of this file, in order.
        pub(super) const CODES: &[$crate::diag::catalogue::Code] = &[$($crate::diag::catalogue::Code::$code),*];
    };
}

mod check;
mod excel;
mod explain;
mod load;
mod outturn;
mod report;
mod results;
mod study;
mod workbook;

/// The lists of all files below `catalogue/`.
const LISTS: [&[Code]; 9] = [load::CODES, check::CODES, outturn::CODES, study::CODES, results::CODES, explain::CODES, report::CODES, workbook::CODES, excel::CODES];

/// How grave a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// Nothing is computed before it is mended.
    Error,
    /// Worth a look; the run goes on.
    Warning,
}

/// Words of one kind of problem. `{holes}` are filled from [`Problem::args`](super::Problem::args).
#[derive(Debug, PartialEq, Eq)]
struct Entry {
    name: &'static str,
    title: Words,
    label: Option<Words>,
    cause: Option<Words>,
    remedy: Words,
}

/// The stable name of one kind of problem: `E…` an error, `W…` a warning.
///
/// Hundreds: 0 files, encoding, syntax; 1 keys, names, references; 2 values and units; 3 sharing; 4 coverage of years
/// and towns; 5 totals and projects; 6 computing; 7 command line, outputs, observed outturns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code(&'static Entry);

impl Code {
    /// Every code.
    pub const ALL: &'static [Self] = &flatten::<{ count() }>();

    /// Finds a code by its name, upper or lower case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.name().eq_ignore_ascii_case(name.trim()))
    }

    /// `"E013"`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// How grave it is.
    #[must_use]
    pub const fn severity(self) -> Severity {
        if self.0.name.as_bytes()[0] == b'W' { Severity::Warning } else { Severity::Error }
    }

    /// What is wrong, in one line. Holes without an argument become `…`.
    #[must_use]
    pub fn title(self, lang: Lang, args: &[(&'static str, String)]) -> String {
        fill(self.0.title.get(lang), lang, args).unwrap_or_else(|partial| partial)
    }

    /// What stands at the caret, if anything is to be said there.
    #[must_use]
    pub fn label(self, lang: Lang, args: &[(&'static str, String)]) -> Option<String> {
        fill(self.0.label?.get(lang), lang, args).ok()
    }

    /// Why it is wrong, if the title leaves that open.
    #[must_use]
    pub fn cause(self, lang: Lang, args: &[(&'static str, String)]) -> Option<String> {
        fill(self.0.cause?.get(lang), lang, args).ok()
    }

    /// How to mend it.
    #[must_use]
    pub fn remedy(self, lang: Lang, args: &[(&'static str, String)]) -> Option<String> {
        fill(self.0.remedy.get(lang), lang, args).ok()
    }

    /// The words as they stand in the catalogue, holes unfilled: title, label, cause, remedy (for documentation).
    #[must_use]
    pub fn words(self) -> [Option<Words>; 4] {
        [Some(self.0.title), self.0.label, self.0.cause, Some(self.0.remedy)]
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Fills `{holes}`; `Err` carries the text with `…` for every hole without an argument.
///
/// Only `{name}` with lower-case letters and `_` is a hole, so that TOML's own braces (`{ value = … }`) need no escape.
fn fill(template: &str, lang: Lang, args: &[(&'static str, String)]) -> Result<String, String> {
    let mut text = String::with_capacity(template.len());
    let mut whole = true;
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let name = after.split_once('}').map(|(name, _)| name);
        rest = match name.filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')) {
            Some(name) => {
                let value = args.iter().find(|(key, _)| *key == name);
                whole &= value.is_some();
                text.extend(value.map_or("…", |(_, value)| Problem::spoken(value, lang)).chars().map(harmless));
                &after[name.len() + 1..]
            }
            None => {
                text.push('{');
                after
            }
        };
    }
    text.push_str(rest);
    if whole { Ok(text) } else { Err(text) }
}

/// What a terminal would obey, or what turns the order of a line round, as `�`: names and arguments come from anyone.
const fn harmless(sign: char) -> char {
    match sign {
        '\n' | '\t' => sign,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => sign,
    }
}

const fn count() -> usize {
    let (mut total, mut list) = (0, 0);
    while list < LISTS.len() {
        total += LISTS[list].len();
        list += 1;
    }
    total
}

const fn flatten<const N: usize>() -> [Code; N] {
    let mut all = [Code::E001; N];
    let (mut at, mut list) = (0, 0);
    while list < LISTS.len() {
        let mut item = 0;
        while item < LISTS[list].len() {
            all[at] = LISTS[list][item];
            at += 1;
            item += 1;
        }
        list += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_named_once_and_found_by_its_name() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|c| c.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            assert_eq!(Code::parse(&code.to_string()), Some(*code));
            let (letter, number) = code.name().split_at(1);
            assert!(matches!(letter, "E" | "W") && number.len() == 3 && number.parse::<u16>().is_ok(), "{code}");
        }
        assert_eq!(Code::parse("e013"), Some(Code::E013));
        assert_eq!(Code::parse("nonsense"), None);
    }

    #[test]
    fn both_languages_are_written() {
        for code in Code::ALL {
            for words in code.words().into_iter().flatten() {
                assert!(!words.zh.trim().is_empty() && !words.en.trim().is_empty(), "{code}");
            }
        }
    }

    #[test]
    fn what_a_terminal_would_obey_is_shown_as_unreadable() {
        assert_eq!(fill("<{name}>", Lang::En, &[("name", "\u{1b}[31m甲\u{202e}\n".to_owned())]), Ok("<\u{fffd}[31m甲\u{fffd}\n>".to_owned()));
    }

    #[test]
    fn a_line_with_an_empty_hole_is_left_out_but_toml_braces_are_not_holes() {
        let args = [("name", "甲".to_owned())];
        assert_eq!(fill("写 {name} = { value = 1 }", Lang::Zh, &args), Ok("写 甲 = { value = 1 }".to_owned()));
        assert_eq!(fill("{name} {other}", Lang::Zh, &args), Err("甲 …".to_owned()));
        assert_eq!(fill("{", Lang::Zh, &args), Ok("{".to_owned()));
    }
}
