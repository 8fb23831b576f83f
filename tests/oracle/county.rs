//! 11. The county's own account 县级账.

use toml::Table;

use super::dates::Year;
use super::number::Whole;
use super::town::{Lines, Town, Years};
use super::written::{NO_ROW, Row, Written, table};

/// Resources, needs and balance of a county with its towns; nothing where no account is written.
pub fn account(root: &Table, years: Years, county: &Row, towns: &[&Town]) -> Lines {
    let mut lines = Lines::new();
    let Some(account) = root.get("county_account").map(table) else { return lines };
    let written = Written { root, row: &NO_ROW, county };
    let amount = |key: &str, year: Year| account.get(key).map_or(0, |value| written.amount(value, year));
    let mut balance = amount("opening_balance", years.first);
    for year in years.all() {
        let from_towns: Whole = towns.iter().map(|town| town.sent_to_county(year)).sum();
        let resources = amount("own_revenue", year) + from_towns;
        let needs = amount("three_guarantees", year);
        balance += resources - needs - amount("debt_service", year) - amount("other_spending", year);
        for (item, amount) in [("from_towns", from_towns), ("resources", resources), ("three_guarantees", needs), ("balance", balance)] {
            lines.insert((year, format!("county.{item}")), amount);
        }
    }
    lines
}
