//! 7a. Recurrent spending 经常性支出: in the order wages, operation, livelihood, debt, other; upkeep last.

use toml::Table;

use super::dates::Year;
use super::number::{Whole, decimal, divide};
use super::town::Town;
use super::written::{acts, text, word};

pub const CLASSES: [&str; 5] = ["wages", "operation", "livelihood", "debt", "other"];

impl Town<'_> {
    /// The lines of the payer in file order: class and amount.
    fn lines(&self, payer: &str, year: Year) -> Vec<(&str, Whole)> {
        let mine = |line: &Table| word(line, "paid_by").unwrap_or("town") == payer && line.get("towns").is_none_or(|towns| self.written.fits(towns));
        let lines = acts(self.written.root, "spending").into_iter().filter(|(_, line)| mine(line));
        lines.map(|(_, line)| (text(&line["class"]), self.line(line, year))).collect()
    }

    fn line(&self, line: &Table, year: Year) -> Whole {
        match word(line, "per") {
            Some(column) => divide(decimal(self.written.cell(column), 6) * self.written.amount(&line["cost"], year), 1_000_000),
            None => self.written.amount(&line["amount"], year),
        }
    }

    /// What the town must pay, in the order it is paid.
    pub fn recurrent(&self, year: Year, upkeep: Whole) -> Vec<(&str, Whole)> {
        let mut lines = self.lines("town", year);
        lines.push(("other", upkeep));
        lines.sort_by_key(|(class, _)| CLASSES.iter().position(|c| c == class));
        lines
    }

    /// The approved spending of `unified`: all the town pays, without upkeep.
    pub fn approved_spending(&self, year: Year) -> Whole {
        self.lines("town", year).into_iter().map(|(_, amount)| amount).sum()
    }

    /// What the county pays for this town.
    pub fn spent_by_county(&self, year: Year) -> Whole {
        self.lines("county", year).into_iter().map(|(_, amount)| amount).sum()
    }
}
