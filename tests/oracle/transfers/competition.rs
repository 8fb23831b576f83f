//! `competition` 竞争立项: a prize for the best.

use super::Paying;
use crate::oracle::number::{ONE, Whole, prorate};
use crate::oracle::town::Town;
use crate::oracle::written::{has_begun, whole_number};

impl Paying<'_, '_> {
    pub fn by_score(&self) -> Vec<Whole> {
        let best = whole_number(self.terms, "best").expect("a number") as usize;
        let prize = &self.terms["prize"];
        let mut amounts = vec![0; self.towns.len()];
        for (_, mut group) in self.groups() {
            group.sort_by_key(|at| (-self.score(&self.towns[*at]), self.towns[*at].id()));
            for at in group.into_iter().take(best) {
                amounts[at] = if has_begun(prize, self.year) { self.towns[at].written.amount(prize, self.year) } else { 0 };
            }
        }
        amounts
    }

    /// A number by town, or the growth of a measure in millionths.
    fn score(&self, town: &Town) -> Whole {
        if let Some(score) = self.terms.get("score") {
            return town.written.number(score, self.year);
        }
        let now = town.measured(self.terms, "", self.stage, self.year).expect("a measure");
        match town.measured(self.terms, "", self.stage, self.year - 1) {
            Some(before) if before > 0 => prorate(ONE, now - before, before),
            _ => 0,
        }
    }
}
