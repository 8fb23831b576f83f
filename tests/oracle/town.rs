//! One town, one scenario, year by year.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::county::County;
use super::dates::Year;
use super::land::LandYear;
use super::number::{Whole, pay};
use super::projects::{self, Project, Purses};
use super::regime::sharing_parts;
use super::remitting::Memory;
use super::spending::CLASSES;
use super::written::{Row, Written, acts, table, text, word, word_of_year};

/// The horizon.
#[derive(Clone, Copy)]
pub struct Years {
    pub base: Year,
    pub first: Year,
    pub last: Year,
}

impl Years {
    pub fn all(self) -> std::ops::RangeInclusive<Year> {
        self.first..=self.last
    }
}

/// Figures of one town: by year and item.
pub type Lines = BTreeMap<(Year, String), Whole>;

/// A town and everything computed before its agreements.
pub struct Town<'a> {
    pub name: String,
    pub written: Written<'a>,
    pub years: Years,
    /// The agreement of each year, and the year its term began.
    pub regime: BTreeMap<Year, (&'a str, Year)>,
    pub land: BTreeMap<Year, LandYear>,
    /// Gross and local part by source and year (for land: cash and what may be shared).
    pub gross: BTreeMap<(String, Year), Whole>,
    pub local: BTreeMap<(String, Year), Whole>,
    pub lines: Lines,
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
    pub earmarked: BTreeMap<String, Whole>,
}

impl Income {
    pub fn add(&mut self, book: &str, kind: &'static str, amount: Whole) {
        *self.retained.entry(book.to_owned()).or_default() += amount;
        *self.cash.entry(book.to_owned()).or_default() += amount;
        *self.by_kind.entry(kind).or_default() += amount;
    }
}

impl<'a> Town<'a> {
    pub fn new(root: &'a Table, row: &'a Row, years: Years) -> Self {
        let mut town = Self {
            name: row["镇"].clone(),
            written: Written { root, row },
            years,
            regime: BTreeMap::new(),
            land: BTreeMap::new(),
            gross: BTreeMap::new(),
            local: BTreeMap::new(),
            lines: Lines::new(),
        };
        town.regime = years.all().map(|year| (year, town.agreement_of(year))).collect();
        town.land = town.land_chain();
        for year in years.all() {
            for (id, source) in acts(root, "source") {
                town.take_in(id, source, year);
            }
        }
        town
    }

    pub fn source(&self, id: &str) -> &'a Table {
        table(&table(&self.written.root["source"])[id])
    }

    pub fn note(&mut self, year: Year, item: impl Into<String>, amount: Whole) {
        self.lines.insert((year, item.into()), amount);
    }

    fn take_in(&mut self, id: &str, source: &Table, year: Year) {
        if word(source, "kind") == Some("land") {
            let land = self.land[&year].clone();
            self.gross.insert((id.to_owned(), year), land.cash);
            self.local.insert((id.to_owned(), year), land.shareable);
            let rules = source.get("due").map(table);
            let to = |party: &str| land.due.iter().filter(|(id, _)| rules.and_then(|r| word(table(&r[id.as_str()]), "to")) == Some(party)).map(|(_, amount)| amount).sum();
            let parties = [("gross", land.cash), ("central", land.fee_central), ("province", to("province")), ("city", to("city")), ("local", land.shareable)];
            for (item, amount) in parties {
                self.note(year, format!("source.{id}.{item}"), amount);
            }
            let chain = [("contract", land.contract), ("cash", land.cash), ("cost", land.cost), ("base", land.base), ("loss", land.loss)];
            let fees = [("fee_central", land.fee_central), ("fee_local", land.fee_local), ("farmland", land.farmland), ("shareable", land.shareable)];
            for (item, amount) in chain.into_iter().chain(fees) {
                self.note(year, format!("land.{item}"), amount);
            }
            for (name, amount) in land.put_aside {
                self.note(year, format!("land.setaside.{name}"), amount);
            }
            for (name, amount) in land.due {
                self.note(year, format!("land.due.{name}"), amount);
            }
            return;
        }
        let split = self.split(id, year);
        self.gross.insert((id.to_owned(), year), split.gross);
        self.local.insert((id.to_owned(), year), split.local);
        let parts = [("gross", split.gross), ("central", split.central), ("province", split.province), ("city", split.city), ("local", split.local)];
        for (item, amount) in parts {
            self.note(year, format!("source.{id}.{item}"), amount);
        }
    }

    /// The sources of a part's basket.
    pub fn basket(&self, part: &Table) -> Vec<String> {
        match &part["of"] {
            Value::Array(list) => list.iter().map(|id| text(id).to_owned()).collect(),
            group => match self.written.root.get("group").and_then(|g| table(g).get(text(group))) {
                Some(list) => list.as_array().expect("a list").iter().map(|id| text(id).to_owned()).collect(),
                None => vec![text(group).to_owned()],
            },
        }
    }

    /// X of a year of the horizon.
    pub fn basket_local(&self, part: &Table, year: Year) -> Whole {
        self.basket(part).into_iter().map(|id| self.local[&(id, year)]).sum()
    }

    pub fn book(&self, source: &str, year: Year) -> &'a str {
        word_of_year(&self.source(source)["book"], year)
    }

    pub fn kind(&self, source: &str) -> &'static str {
        let source = self.source(source);
        match (word(source, "kind"), word(source, "class")) {
            (Some("land"), _) => "land",
            (Some("fee"), _) => "fee",
            (_, Some("tax")) => "tax",
            _ => "other",
        }
    }

    /// All years.
    pub fn run(&mut self, rows: &[Row], county: &mut County) {
        let root = self.written.root;
        let mine = |row: &&Row| row["镇"] == self.name && (!row.contains_key("县") || self.written.row.get("县") == row.get("县"));
        let mut projects: Vec<Project> = rows.iter().filter(mine).map(Project::read).collect();
        projects.iter_mut().for_each(|project| project.open(self.years.first));
        let mut purses = self.opening();
        let mut memory = Memory::default();
        for year in self.years.all() {
            let mut income = Income::default();
            self.share_out(year, &mut memory, &mut income, county);
            self.other_income(year, &mut income, county);
            self.note_income(year, &income);
            for (purse, amount) in income.cash.iter().chain(&income.earmarked) {
                *purses.get_mut(purse).unwrap_or_else(|| panic!("no purse {purse}")) += amount;
            }
            self.pay_recurrent(year, projects::upkeep(&projects, year), &mut purses);
            self.note(year, "available", purses["general"] + purses["fund"]);
            let built = projects::build(root, &mut projects, &mut purses, year);
            self.note(year, "planned", built.planned);
            self.note(year, "due", built.due);
            self.note(year, "paid", built.paid);
            self.note(year, "gap", built.due - built.paid);
            for (purse, amount) in &purses {
                let item = if ["general", "fund"].contains(&purse.as_str()) { format!("balance.{purse}") } else { format!("balance.earmark.{purse}") };
                self.note(year, item, *amount);
            }
            county.add(year, -self.spent_by_county(year));
        }
    }

    fn opening(&self) -> Purses {
        let opening = self.written.root.get("opening").map(table);
        let amount = |key: &str| opening.and_then(|o| o.get(key)).map_or(0, |value| self.written.amount(value, self.years.first));
        let books = ["general", "fund"].map(|book| (book.to_owned(), amount(book)));
        books.into_iter().chain(acts(self.written.root, "earmark").into_iter().map(|(id, _)| (id.to_owned(), 0))).collect()
    }

    /// Set-asides the town holds, land losses, fees with a holder, transfers.
    fn other_income(&mut self, year: Year, income: &mut Income, county: &mut County) {
        if let Some((id, land)) = self.land_source() {
            let (town_bears, chain) = (word(land, "loss") == Some("town"), &self.land[&year]);
            let parts = sharing_parts(self.agreement(self.regime[&year].0));
            let all_to_town = parts.iter().any(|(_, part)| word(part, "setasides") == Some("town"));
            if town_bears {
                income.add("fund", "land", -chain.loss);
            } else {
                county.add(year, -chain.loss);
            }
            for (holder, amount) in [("new_land_fee", chain.fee_local), ("farmland_development", chain.farmland)] {
                match land.get(holder).map(table).and_then(|t| word(t, "holder")) {
                    Some("town") => income.add(self.book(id, year), "land", amount),
                    _ => county.add(year, amount),
                }
            }
            for held in self.held(year, all_to_town) {
                match (held.by_town, held.earmark) {
                    (true, Some(earmark)) => *income.earmarked.entry(earmark).or_default() += held.amount,
                    (true, None) => income.add(self.book(id, year), "land", held.amount),
                    (false, _) => county.add(year, held.amount),
                }
            }
        }
        for (_, transfer) in acts(self.written.root, "transfer") {
            if !self.written.fits(&transfer["towns"]) {
                continue;
            }
            let amount = self.written.amount(&transfer["amount"], year);
            match word(transfer, "earmark") {
                Some(earmark) => *income.earmarked.entry(earmark.to_owned()).or_default() += amount,
                None => income.add(text(&transfer["book"]), "transfer", amount),
            }
            if word(transfer, "payer") == Some("county") {
                county.add(year, -amount);
            }
        }
    }

    fn note_income(&mut self, year: Year, income: &Income) {
        for book in ["general", "fund"] {
            self.note(year, format!("retained.{book}"), income.retained.get(book).copied().unwrap_or(0));
            self.note(year, format!("cash.{book}"), income.cash.get(book).copied().unwrap_or(0));
        }
        for kind in ["tax", "land", "fee", "transfer", "other"] {
            self.note(year, format!("retained.{kind}"), income.by_kind.get(kind).copied().unwrap_or(0));
        }
        for (earmark, amount) in &income.earmarked {
            self.note(year, format!("earmark.{earmark}.received"), *amount);
        }
    }

    fn pay_recurrent(&mut self, year: Year, upkeep: Whole, purses: &mut Purses) {
        let general = purses.get_mut("general").expect("the general purse");
        let mut by_class = CLASSES.map(|class| (class, 0, 0));
        for (class, due) in self.recurrent(year, upkeep) {
            let paid = pay(due, *general);
            *general -= paid;
            let line = by_class.iter_mut().find(|(c, ..)| *c == class).expect("a known class");
            line.1 += paid;
            line.2 += due - paid;
        }
        for (class, paid, unpaid) in by_class {
            self.note(year, format!("recurrent.{class}.paid"), paid);
            self.note(year, format!("recurrent.{class}.unpaid"), unpaid);
        }
        self.note(year, "recurrent.upkeep", upkeep);
    }
}
