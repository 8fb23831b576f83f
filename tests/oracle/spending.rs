//! 9a. Recurrent spending 经常性支出: what each line costs. In the order wages, operation, livelihood, debt, other; upkeep last.

use toml::Table;

use super::dates::Year;
use super::number::{Whole, part_of};
use super::town::Town;
use super::written::{acts, ratio, text, word};

pub const CLASSES: [&str; 5] = ["wages", "operation", "livelihood", "debt", "other"];

impl Town<'_> {
    /// The lines of the payer in file order: class and amount.
    fn lines_of(&self, payer: &str, year: Year) -> Vec<(&str, Whole)> {
        let lines = acts(self.written.root, "spending").into_iter();
        let mine = lines.filter(|(_, line)| word(line, "paid_by").unwrap_or("town") == payer && self.runs(line, year));
        mine.map(|(_, line)| (text(&line["class"]), self.line(line, year))).collect()
    }

    fn line(&self, line: &Table, year: Year) -> Whole {
        let whole = match word(line, "per") {
            Some(per) => self.times_count(per, self.written.amount(&line["cost"], year), year),
            None => self.written.amount(&line["amount"], year),
        };
        self.purchased(line, self.ramped(line, whole, year), year)
    }

    /// The level of the year since the line began in this town; the last one holds on.
    fn ramped(&self, line: &Table, amount: Whole, year: Year) -> Whole {
        let Some(levels) = line.get("ramp").map(|levels| levels.as_array().expect("a list")) else { return amount };
        let since = year - self.begins(line).expect("a ramp begins in a year");
        part_of(amount, ratio(&levels[(since as usize).min(levels.len() - 1)]))
    }

    /// Purchase of services 购买服务: what is contracted out costs less.
    fn purchased(&self, line: &Table, amount: Whole, year: Year) -> Whole {
        let Some(share) = line.get("contracted_out") else { return amount };
        let out = part_of(amount, self.written.ratio(share, year));
        amount - part_of(out, self.written.ratio(&line["saving"], year))
    }

    /// What the town must pay, in the order it is paid.
    pub fn recurrent(&self, year: Year, upkeep: Whole) -> Vec<(&str, Whole)> {
        let mut lines = self.lines_of("town", year);
        lines.push(("other", upkeep));
        lines.sort_by_key(|(class, _)| CLASSES.iter().position(|c| c == class));
        lines
    }

    /// The approved spending of `unified`: all the town pays, without upkeep.
    pub fn approved_spending(&self, year: Year) -> Whole {
        self.lines_of("town", year).into_iter().map(|(_, amount)| amount).sum()
    }

    /// What the county pays for this town.
    pub fn spent_by_county(&self, year: Year) -> Whole {
        self.lines_of("county", year).into_iter().map(|(_, amount)| amount).sum()
    }
}
