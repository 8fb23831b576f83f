//! 7. Counts 计数: what money is given or spent by.

use super::dates::Year;
use super::number::decimal;
use super::number::{ONE, Whole, divide};
use super::town::Town;
use super::written::{flag, table, word};

impl Town<'_> {
    /// A count of the scenario or a column of the town table, in millionths.
    pub fn count(&self, per: &str, year: Year) -> Whole {
        let root = self.written.root;
        let Some(count) = root.get("count").and_then(|counts| table(counts).get(per)).map(table) else { return decimal(self.written.cell(per), 6) };
        let people = root.get("feedback").is_some_and(|feedback| flag(table(feedback), "people"));
        let settled = word(count, "adds").filter(|_| people);
        let written = |id: &str, each: Year| self.written.number(&table(&table(&root["count"])[id])["value"], each);
        let came: Whole = settled.map_or(0, |id| (self.years.first..=year).map(|each| written(id, each)).sum());
        self.written.number(&count["value"], year) + came
    }

    /// `R(count × amount)`, one rounding.
    pub fn times_count(&self, per: &str, amount: Whole, year: Year) -> Whole {
        divide(self.count(per, year) * amount, ONE)
    }
}
