//! `rebate` 税收返还: last year's, raised by a share of the growth of what the centre took, lowered by what it lost.

use super::Paying;
use crate::oracle::number::{Whole, part_of, prorate};
use crate::oracle::town::Town;
use crate::oracle::written::whole_number;

impl Paying<'_, '_> {
    pub fn rebate(&self, town: &Town) -> Whole {
        let start = town.begins(self.terms).unwrap_or(town.years.first).max(town.years.first);
        let measured = |year| town.measured(self.terms, "central", self.stage, year);
        if self.year > start {
            let last = town.paid_last_year(self.id, self.year).expect("last year's rebate");
            let before = if self.year - 1 < town.years.first { None } else { measured(self.year - 1) };
            return self.raised(town, last, measured(self.year).expect("a measure"), before.expect("a measure"));
        }
        let amount = town.written.amount(&self.terms["amount"], self.year);
        match self.terms.get("before") {
            Some(before) => self.raised(town, amount, measured(self.year).expect("a measure"), town.written.amount(before, self.year)),
            None => amount,
        }
    }

    fn raised(&self, town: &Town, last: Whole, now: Whole, before: Whole) -> Whole {
        let frozen = whole_number(self.terms, "frozen").is_some_and(|frozen| self.year >= frozen);
        if frozen {
            last
        } else if now < before {
            (last - (before - now)).max(0)
        } else if before > 0 {
            last + prorate(part_of(last, town.written.ratio(&self.terms["rate"], self.year)), now - before, before)
        } else {
            // The page says this of M₋₁ ≤ 0 ≤ M; what still lies below nothing has no growth either.
            last
        }
    }
}
