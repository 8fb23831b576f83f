//! One town: what is known of it, what it remembers, what it notes.

use std::collections::BTreeMap;

use toml::Table;

use super::books::{Income, Purses, purse};
use super::capital::Capital;
use super::dates::Year;
use super::land::LandYear;
use super::number::{Whole, part_of};
use super::paying::Aside;
use super::projects::Project;
use super::regime::sharing_parts;
use super::remitting::Memory;
use super::selection::sources_of;
use super::sources::Stream;
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

/// A town.
pub struct Town<'a> {
    pub name: String,
    pub county: String,
    pub written: Written<'a>,
    pub years: Years,
    /// The agreement of each year, and the year its term began.
    pub regime: BTreeMap<Year, (&'a str, Year)>,
    pub land: BTreeMap<Year, LandYear>,
    /// The streams of each source before anyone takes of them.
    pub streams: BTreeMap<(String, Year), Vec<Stream>>,
    /// Gross and local part by source and year (for land: cash and what may be shared).
    pub gross: BTreeMap<(String, Year), Whole>,
    pub local: BTreeMap<(String, Year), Whole>,
    pub lines: Lines,
    pub income: Income,
    pub memory: Memory,
    pub purses: Purses,
    pub projects: Vec<Project>,
    pub aside: Aside,
    pub capital: Option<Capital>,
    /// What the town brings to and costs the county.
    pub for_county: BTreeMap<Year, Whole>,
    /// What each transfer paid.
    pub paid_by: BTreeMap<(String, Year), Whole>,
    /// General retained funds before each stage of the transfers.
    pub before_stage: BTreeMap<(usize, Year), Whole>,
}

impl<'a> Town<'a> {
    pub fn new(root: &'a Table, row: &'a Row, county: &'a Row, projects: &[Row], years: Years) -> Self {
        let written = Written { root, row, county };
        let mut town = Self {
            name: row["镇"].clone(),
            county: row.get("县").cloned().unwrap_or_default(),
            written,
            years,
            regime: BTreeMap::new(),
            land: BTreeMap::new(),
            streams: BTreeMap::new(),
            gross: BTreeMap::new(),
            local: BTreeMap::new(),
            lines: Lines::new(),
            income: Income::default(),
            memory: Memory::default(),
            purses: opening(&written, years),
            projects: Vec::new(),
            aside: Aside::open(&written, years),
            capital: Capital::open(&written, years),
            for_county: BTreeMap::new(),
            paid_by: BTreeMap::new(),
            before_stage: BTreeMap::new(),
        };
        if root.contains_key("agreement") {
            town.regime = years.all().map(|year| (year, town.agreement_of(year))).collect();
        }
        town.land = town.land_chain();
        let mine = |row: &&Row| row["镇"] == town.name && row.get("县").is_none_or(|county| *county == town.county);
        town.projects = projects.iter().filter(mine).map(Project::read).collect();
        town.projects.iter_mut().for_each(|project| project.open(years.first));
        town
    }

    /// 县/镇: by it ties are broken.
    pub fn id(&self) -> String {
        format!("{}/{}", self.county, self.name)
    }

    pub fn source(&self, id: &str) -> &'a Table {
        table(&table(&self.written.root["source"])[id])
    }

    pub fn note(&mut self, year: Year, item: impl Into<String>, amount: Whole) {
        self.lines.insert((year, item.into()), amount);
    }

    /// What was noted.
    pub fn noted(&self, year: Year, item: &str) -> Whole {
        self.lines.get(&(year, item.to_owned())).copied().unwrap_or_else(|| panic!("{year}: nothing noted of {item}"))
    }

    pub fn give_county(&mut self, year: Year, amount: Whole) {
        *self.for_county.entry(year).or_default() += amount;
    }

    pub fn sent_to_county(&self, year: Year) -> Whole {
        self.for_county.get(&year).copied().unwrap_or(0)
    }

    /// The sources of a part's basket.
    pub fn basket(&self, part: &Table) -> Vec<String> {
        sources_of(self.written.root, &part["of"])
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

    /// The agreement of the year, and what comes to the town beside it.
    pub fn share(&mut self, year: Year) {
        if self.regime.contains_key(&year) {
            let (mut memory, mut income) = (std::mem::take(&mut self.memory), std::mem::take(&mut self.income));
            self.share_out(year, &mut memory, &mut income);
            (self.memory, self.income) = (memory, income);
        }
        self.state_capital_income(year);
        self.land_money(year);
    }

    /// 12. State capital book 国有资本经营预算: a share counts as general money, the rest stays in the book.
    fn state_capital_income(&mut self, year: Year) {
        let has = self.income.retained_in("state_capital");
        let transfer_in = self.written.root.get("state_capital").map(|rule| self.written.ratio(&table(rule)["transfer_in"], year));
        self.income.shift("state_capital", "general", part_of(has, transfer_in.unwrap_or(0)));
    }

    /// Set-asides the town holds, land losses, fees with a holder, advances.
    fn land_money(&mut self, year: Year) {
        let Some((id, land)) = self.land_source() else { return };
        let id = id.to_owned();
        let chain = self.land[&year].clone();
        let parts = sharing_parts(self.agreement(self.regime[&year].0));
        let all_to_town = parts.iter().any(|(_, part)| word(part, "setasides") == Some("town"));
        let book = self.book(&id, year);
        if word(land, "loss") == Some("town") {
            self.income.add("fund", "land", -chain.loss);
        } else {
            self.give_county(year, -chain.loss);
        }
        for (holder, amount) in [("new_land_fee", chain.fee_local), ("farmland_development", chain.farmland)] {
            match self.source(&id).get(holder).map(table).and_then(|t| word(t, "holder")) {
                Some("town") => self.income.add(book, "land", amount),
                _ => self.give_county(year, amount),
            }
        }
        for held in self.held(year, all_to_town) {
            match (held.by_town, held.earmark) {
                (true, Some(earmark)) => self.income.put(&purse("earmark", &earmark), held.amount),
                (true, None) => self.income.add(book, "land", held.amount),
                (false, _) => self.give_county(year, held.amount),
            }
        }
        *self.income.cash.entry("fund".to_owned()).or_default() += chain.back_to_town;
        self.give_county(year, chain.back_to_county);
    }

    pub fn note_income(&mut self, year: Year) {
        for book in ["general", "fund"] {
            self.note(year, format!("retained.{book}"), self.income.retained_in(book));
            self.note(year, format!("cash.{book}"), self.income.cash_in(book));
        }
        for kind in ["tax", "land", "fee", "transfer", "other"] {
            self.note(year, format!("retained.{kind}"), self.income.by_kind.get(kind).copied().unwrap_or(0));
        }
        for (purse, amount) in self.income.apart.clone() {
            self.note(year, format!("received.{purse}"), amount);
        }
    }
}

/// What the purses hold before the first year.
fn opening(written: &Written, years: Years) -> Purses {
    let opening = written.root.get("opening").map(table);
    let amount = |key: &str| opening.and_then(|o| o.get(key)).map_or(0, |value| written.amount(value, years.first));
    let mut purses: Purses = ["general", "fund"].map(|book| (book.to_owned(), amount(book))).into();
    purses.insert("state_capital".to_owned(), 0);
    for kind in ["earmark", "bond"] {
        purses.extend(acts(written.root, kind).into_iter().map(|(id, _)| (purse(kind, id), 0)));
    }
    let for_projects = acts(written.root, "transfer").into_iter().filter(|(_, transfer)| text(&transfer["form"]) == "project");
    purses.extend(for_projects.map(|(id, _)| (purse("project", id), 0)));
    purses
}
