//! 4. The agreement of a year 体制: its parts one after another, and what the town and the county have in the end.

use std::collections::BTreeMap;

use toml::Table;

use super::books::{Income, purse};
use super::dates::Year;
use super::number::prorate;
use super::regime::{form, remitting_parts, sharing_parts};
use super::remitting::{Kept, Memory, Remitted, settle};
use super::sharing::Found;
use super::town::Town;
use super::written::{table, text};

impl<'a> Town<'a> {
    /// The agreement of the year: every sharing part, then what is remitted from it, then what the town has by source.
    pub fn share_out(&mut self, year: Year, memory: &mut Memory, income: &mut Income) {
        let id = self.regime[&year].0;
        let agreement = self.agreement(id);
        let mut kept = BTreeMap::new();
        for (part_id, part) in sharing_parts(agreement) {
            let shared = self.share_part(&format!("{id}.{part_id}"), part, year, memory, income);
            kept.insert(part_id, (part, shared));
        }
        for (part_id, part) in remitting_parts(agreement) {
            let (_, target) = text(&part["of"]).split_once('.').expect("kept.PART or over.PART");
            let (from, kept) = kept.get_mut(target).unwrap_or_else(|| panic!("no part {target}"));
            let key = format!("{id}.{part_id}");
            let remitted = self.remit(part, &key, &Found::new(self, from, year), kept, memory);
            self.note_remitted(&key, part, from, year, remitted, income);
        }
        for (part_id, (part, kept)) in &kept {
            self.attribute(&format!("{id}.{part_id}"), part, year, kept, memory, income);
            self.give_county(year, kept.x - kept.kept + kept.remitted);
        }
        self.note(year, "arrears", memory.arrears.values().sum());
        self.receive_from_ended(year, memory, income);
        let owed = memory.receivable.values().sum();
        self.note(year, "receivable", owed);
    }

    /// S, options, K, what the county pays on top, and a contract's own quota.
    fn share_part(&mut self, key: &str, part: &'a Table, year: Year, memory: &mut Memory, income: &mut Income) -> Kept {
        let found = Found::new(self, part, year);
        let shared = found.share();
        let share = found.bounded(shared.share);
        let (top_up, payer) = found.top_up(share, memory.guaranteed.get(key).copied());
        memory.guaranteed.insert(key.to_owned(), share + top_up);
        let x = found.x;
        let held = share.min(x.max(0));
        let mut kept = Kept { x, entitled: share, kept: held, over: shared.over, ..Kept::default() };
        let payment = share - held;
        let mut subsidy = 0;
        if form(part) == "contract" {
            let (revenue, spending) = (found.amount("revenue_base"), found.amount("spending_base"));
            subsidy = (spending - revenue).max(0);
            kept.remit((revenue - spending).max(0), memory.arrears.entry(key.to_owned()).or_default());
        }
        self.give_county(year, -payment - subsidy - if payer == "county" { top_up } else { 0 });
        let book = self.first_book(part, year);
        income.add(&book, "transfer", payment + subsidy + top_up);
        for (item, amount) in [("local", x), ("share", share), ("kept", held), ("payment", payment), ("top_up", top_up), ("subsidy", subsidy)] {
            self.note(year, format!("agreement.{key}.{item}"), amount);
        }
        kept
    }

    fn first_book(&self, part: &Table, year: Year) -> String {
        self.book(&self.basket(part)[0], year).to_owned()
    }

    fn note_remitted(&mut self, key: &str, part: &Table, from: &Table, year: Year, remitted: Remitted, income: &mut Income) {
        if form(part) == "quota" && part.contains_key("subsidy") {
            let book = self.first_book(from, year);
            income.add(&book, "transfer", remitted.subsidy);
            self.give_county(year, -remitted.subsidy);
            self.note(year, format!("agreement.{key}.subsidy"), remitted.subsidy);
            return;
        }
        self.note(year, format!("agreement.{key}.paid"), remitted.paid);
        if form(part) == "levy" {
            income.levied += remitted.paid;
        }
        if let Some((earmark, amount)) = remitted.earmarked {
            self.note(year, format!("agreement.{key}.earmarked"), amount);
            income.put(&purse("earmark", &earmark), amount);
        }
    }

    /// N of a part by source, into the book of each; the last source of the basket takes the rest.
    fn attribute(&mut self, key: &str, part: &Table, year: Year, kept: &Kept, memory: &mut Memory, income: &mut Income) {
        let net = kept.kept - kept.remitted;
        let basket = self.basket(part);
        let mut given = 0;
        for (at, source) in basket.iter().enumerate() {
            let local = self.local[&(source.clone(), year)];
            let mine = match (kept.x, at + 1 == basket.len()) {
                (_, true) => net - given,
                (0, false) => 0,
                (x, false) => prorate(local, net, x),
            };
            given += mine;
            income.add(self.book(source, year), self.kind(source), mine);
            self.note(year, format!("source.{source}.town"), mine);
            self.note(year, format!("source.{source}.county"), local - mine);
        }
        // What became earmarked above a levy's threshold leaves the general money.
        let book = self.first_book(part, year);
        income.add(&book, self.kind(&basket[0]), -kept.earmarked);
        self.note(year, format!("agreement.{key}.remitted"), kept.remitted);
        self.note(year, format!("agreement.{key}.net"), net);
        let found = Found::new(self, part_of_root(self, key), year);
        let Some(advance) = found.advance() else { return };
        let owed = memory.receivable.entry(key.to_owned()).or_default();
        if year == self.years.first {
            *owed = found.amount("opening_receivable");
        }
        let cash = settle(net, Some(advance), owed);
        *income.cash.entry(book).or_default() += cash - net;
    }

    /// What an agreement that has ended still owed comes in the year after.
    fn receive_from_ended(&mut self, year: Year, memory: &mut Memory, income: &mut Income) {
        let ended = |key: &String| key.split('.').next() != Some(self.regime[&year].0);
        for key in memory.receivable.keys().filter(|key| ended(key)).cloned().collect::<Vec<_>>() {
            let cash = settle(0, None, memory.receivable.get_mut(&key).expect("a key of this map"));
            let book = self.first_book(part_of_root(self, &key), year);
            *income.cash.entry(book).or_default() += cash;
        }
    }
}

/// The part of a key `agreement.part`.
fn part_of_root<'a>(town: &Town<'a>, key: &str) -> &'a Table {
    let (agreement, part) = key.split_once('.').expect("agreement.part");
    table(&town.agreement(agreement)[part])
}
