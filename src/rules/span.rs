//! When a rule runs in a town: from a year or the town's cohort 批次, to a last year.

use super::field::{Field, Kind, optional};
use super::values::Start;
use crate::base::when::Year;

/// Keys of a rule that runs for some years only.
pub const FIELDS: &[Field] = &[
    optional("from", Kind::Start, "起始年，或 \"cohort\"（镇的批次年）；默认首年", "first year, or \"cohort\": the year in the town's row (default: from the start)"),
    optional("until", Kind::Year, "末年（含）", "last year, included"),
];

/// The years of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first year; `None`: it always ran.
    pub from: Option<Start>,
    /// The last year, included; `None`: it does not end.
    pub until: Option<Year>,
}

impl Span {
    /// The first year in a town of a cohort; `None` where it always ran.
    #[must_use]
    pub fn start(self, cohort: Option<Year>) -> Option<Year> {
        match self.from? {
            Start::Year(year) => Some(year),
            Start::Cohort => cohort,
        }
    }

    /// Whether it runs in a year in a town of a cohort.
    #[must_use]
    pub fn runs(self, year: Year, cohort: Option<Year>) -> bool {
        self.start(cohort).is_none_or(|from| from <= year) && self.until.is_none_or(|last| year <= last)
    }
}
