//! 8. The county's own account 县级账.

use std::collections::BTreeMap;

use toml::Table;

use super::dates::Year;
use super::number::Whole;
use super::town::{Lines, Years};
use super::written::{Row, Written, table};

/// What the towns bring to and cost the county, by year.
#[derive(Default)]
pub struct County {
    from_towns: BTreeMap<Year, Whole>,
}

impl County {
    pub fn add(&mut self, year: Year, amount: Whole) {
        *self.from_towns.entry(year).or_default() += amount;
    }

    /// Resources, needs and balance; nothing where no account is written.
    pub fn account(&self, root: &Table, years: Years) -> Lines {
        let mut lines = Lines::new();
        let Some(account) = root.get("county_account").map(table) else { return lines };
        let row = Row::new();
        let written = Written { root, row: &row };
        let amount = |key: &str, year: Year| account.get(key).map_or(0, |value| written.amount(value, year));
        let mut balance = amount("opening_balance", years.first);
        for year in years.all() {
            let from_towns = self.from_towns.get(&year).copied().unwrap_or(0);
            let resources = amount("own_revenue", year) + from_towns;
            let needs = amount("three_guarantees", year);
            balance += resources - needs - amount("debt_service", year) - amount("other_spending", year);
            for (item, amount) in [("from_towns", from_towns), ("resources", resources), ("three_guarantees", needs), ("balance", balance)] {
                lines.insert((year, format!("county.{item}")), amount);
            }
        }
        lines
    }
}
