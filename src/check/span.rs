//! When a rule runs.

use super::read::Reader;
use crate::diag::{Code, Problem};
use crate::rules::{
    span::Span,
    values::{Start, Values},
};
use crate::scenario::Town;

impl Reader<'_> {
    /// When a rule runs: in order, and with a cohort for every town that starts with its cohort.
    pub fn span(&mut self, v: &mut Values, chosen: &[bool], towns: &[Town]) -> Span {
        let (from, until) = (v.place_of("from"), v.place_of("until"));
        let span = Span { from: v.start("from"), until: v.year("until") };
        if let (Some(Start::Year(first)), Some(last)) = (span.from, span.until)
            && last < first
        {
            let problem = Problem::new(Code::E209, &until).with("what", format!("from {first}, until {last}"));
            self.problems.push(problem.with_in("fix", "until（末年）不早于 from（起始年）", "until, the last year, is not before from"));
        }
        if span.from == Some(Start::Cohort) {
            for town in towns.iter().zip(chosen).filter(|(town, has)| **has && town.cohort.is_none()).map(|(town, _)| town) {
                self.problems.push(Problem::new(Code::E309, &from).with("path", &v.path).with("town", &town.name));
            }
        }
        span
    }
}
