//! Books and purses 账本: what a year brings, and the money a town holds.

use std::collections::BTreeMap;

use super::number::{Whole, pay};

/// The money of a town: `general`, `fund`, `state_capital`, and one purse an earmark, bond and transfer for projects.
pub type Purses = BTreeMap<String, Whole>;

/// The purse of an earmark, bond or transfer.
pub fn purse(kind: &str, id: &str) -> String {
    format!("{kind}.{id}")
}

/// What a year brings, on its way through the rules.
#[derive(Debug, Default)]
pub struct Income {
    /// By book, by agreement year.
    pub retained: BTreeMap<String, Whole>,
    /// By kind: tax, land, fee, transfer, other.
    pub by_kind: BTreeMap<&'static str, Whole>,
    /// By book, as it comes in.
    pub cash: BTreeMap<String, Whole>,
    /// By purse: earmarked money, bonds, transfers for projects.
    pub apart: BTreeMap<String, Whole>,
    /// What levies took.
    pub levied: Whole,
}

impl Income {
    pub fn add(&mut self, book: &str, kind: &'static str, amount: Whole) {
        *self.retained.entry(book.to_owned()).or_default() += amount;
        *self.cash.entry(book.to_owned()).or_default() += amount;
        *self.by_kind.entry(kind).or_default() += amount;
    }

    /// Money that serves its purpose only.
    pub fn put(&mut self, purse: &str, amount: Whole) {
        *self.apart.entry(purse.to_owned()).or_default() += amount;
    }

    /// Retained funds of a book.
    pub fn retained_in(&self, book: &str) -> Whole {
        self.retained.get(book).copied().unwrap_or(0)
    }

    /// Cash of a book.
    pub fn cash_in(&self, book: &str) -> Whole {
        self.cash.get(book).copied().unwrap_or(0)
    }

    /// From one book to another.
    pub fn shift(&mut self, from: &str, to: &str, amount: Whole) {
        for flow in [&mut self.retained, &mut self.cash] {
            *flow.entry(from.to_owned()).or_default() -= amount;
            *flow.entry(to.to_owned()).or_default() += amount;
        }
    }
}

/// A purse that must be there.
pub fn in_purse<'p>(purses: &'p mut Purses, purse: &str) -> &'p mut Whole {
    purses.get_mut(purse).unwrap_or_else(|| panic!("no purse {purse}"))
}

/// Pays of what is due what the purse holds; gives what was paid.
pub fn spend(purses: &mut Purses, purse: &str, due: &mut Whole) -> Whole {
    let money = in_purse(purses, purse);
    let paid = pay(*due, *money);
    *money -= paid;
    *due -= paid;
    paid
}
