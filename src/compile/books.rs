//! The books 预算: what goes into the general, the fund and the state capital budget, and the earmarked pots. They never mix silently.

use super::Compiler;
use super::accounts::Party;
use crate::plan::{Arg, Lane, TableId, builder::Name, table::Shown};
use crate::rules::{
    param::{Lives, Param},
    sources::BOOKS,
};
use crate::scenario::Earmark;

/// What has been put into each book so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Books {
    /// General: added and subtracted.
    pub general: Side,
    /// Fund.
    pub fund: Side,
    /// State capital.
    pub capital: Side,
    /// The years and towns in which some source is in the state capital book.
    pub in_capital: Vec<bool>,
    /// Cash of the year that differs from the entitlement: general, fund and state capital.
    pub general_cash: Side,
    /// See `general_cash`.
    pub fund_cash: Side,
    /// See `general_cash`.
    pub capital_cash: Side,
    /// Money for a purpose: first the earmarks in file order, then what bonds and single-project transfers bring.
    pub pots: Vec<Pot>,
    /// Matching grants: path, name, who pays, what was granted.
    pub matched: Vec<(String, String, Party, Lane)>,
    /// By kind of retained funds.
    pub kinds: Kinds,
    /// What the county gets of the towns, pays to them, holds for itself.
    pub county: CountySide,
    /// What levies took from the towns for the county's pool.
    pub levies: Vec<Lane>,
    /// Arrears and receivables at the end of the year.
    pub arrears: Vec<Lane>,
    /// See `arrears`.
    pub receivables: Vec<Lane>,
}

/// Money that may only pay certain projects.
#[derive(Clone, Debug)]
pub(super) struct Pot {
    /// Where it comes from: `earmark.water`, `bond.water_works`.
    pub path: String,
    /// Its name.
    pub name: String,
    /// What goes into it in a year.
    pub received: Vec<Lane>,
    /// What it may pay.
    pub pays: Pays,
}

/// What a pot may pay.
#[derive(Clone, Debug)]
pub(super) enum Pays {
    /// Projects of these classes.
    Classes(Vec<String>),
    /// These projects, by id, before any earmark.
    Projects(Vec<String>),
}

/// Lanes added and subtracted.
#[derive(Clone, Debug, Default)]
pub(super) struct Side {
    pub plus: Vec<Lane>,
    pub minus: Vec<Lane>,
}

/// Retained funds by kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Kinds {
    pub tax: Side,
    pub land: Side,
    pub fee: Side,
    pub transfer: Side,
    pub other: Side,
}

/// The county's flows with the towns, as town lanes still to be gathered.
#[derive(Clone, Debug, Default)]
pub(super) struct CountySide {
    pub from_sources: Vec<Lane>,
    pub remittances: Vec<Lane>,
    pub held: Vec<Lane>,
    /// What towns bring back: service of bonds on-lent, aid repaid.
    pub returned: Vec<Lane>,
    pub paid: Vec<Lane>,
}

/// Which book a thing belongs to, by year and town.
#[derive(Clone, Debug)]
pub(super) enum Book {
    General,
    Fund,
    StateCapital,
    /// It changes: 1 in the years of the fund book, 1 in those of the state capital book.
    Dated {
        fund: Option<TableId>,
        capital: Option<TableId>,
    },
}

/// In which year and town a source is in which book.
pub(super) struct Shelf {
    pub book: Book,
    pub in_fund: Vec<bool>,
    pub in_capital: Vec<bool>,
}

/// A lane split over the books.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ByBook {
    pub general: Option<Lane>,
    pub fund: Option<Lane>,
    pub capital: Option<Lane>,
}

impl Books {
    pub fn new(earmarks: &[Earmark]) -> Self {
        let pot = |e: &Earmark| Pot { path: format!("earmark.{}", e.id), name: e.name.clone(), received: Vec::new(), pays: Pays::Classes(e.classes.clone()) };
        Self { pots: earmarks.iter().map(pot).collect(), ..Self::default() }
    }

    /// Remembers where some source is in the state capital book.
    fn note_capital(&mut self, within: &[bool]) {
        self.in_capital.resize(within.len(), false);
        self.in_capital.iter_mut().zip(within).for_each(|(known, now)| *known |= now);
    }
}

impl Compiler<'_> {
    /// The book of a dated parameter.
    pub(super) fn book_of(&mut self, path: &str, param: &Param) -> Shelf {
        let everywhere = self.everywhere();
        let (first, towns) = (self.scenario.first_year, self.plan.towns);
        let drivers = &self.scenario.drivers;
        let mut words = Vec::with_capacity(self.plan.years * towns);
        for year in 0..self.plan.years {
            for town in 0..towns {
                let asked = first + i32::try_from(year).unwrap_or(0);
                words.push(param.at(self.towns[town].0, asked, drivers, Lives::ALL_YEAR).map_or(0, |(word, _)| word));
            }
        }
        // Reports years before the first date.
        self.low(path, "", everywhere).money(param);
        let within = |book: &str| -> Vec<bool> { words.iter().map(|w| usize::try_from(*w).ok().and_then(|w| BOOKS.get(w)) == Some(&book)).collect() };
        let (in_fund, in_capital) = (within("fund"), within("state_capital"));
        self.books.note_capital(&in_capital);
        let book = match (&in_fund, &in_capital) {
            (fund, _) if fund.iter().all(|f| *f) => Book::Fund,
            (_, capital) if capital.iter().all(|c| *c) => Book::StateCapital,
            (fund, capital) if !fund.contains(&true) && !capital.contains(&true) => Book::General,
            (fund, capital) => Book::Dated { fund: self.flags(path, "in_fund", fund), capital: self.flags(path, "in_state_capital", capital) },
        };
        Shelf { book, in_fund, in_capital }
    }

    /// 1 where a book holds; none where it never does.
    fn flags(&mut self, path: &str, key: &str, holds: &[bool]) -> Option<TableId> {
        let towns = self.plan.towns;
        holds.contains(&true).then(|| self.plan.made(&format!("{path}/{key}"), Shown::Flag, |y, t| f64::from(holds[y * towns + t])))
    }

    /// Splits a lane over the books.
    pub(super) fn by_book(&mut self, path: &str, lane: Lane, book: &Book) -> ByBook {
        match book {
            Book::General => ByBook { general: Some(lane), ..ByBook::default() },
            Book::Fund => ByBook { fund: Some(lane), ..ByBook::default() },
            Book::StateCapital => ByBook { capital: Some(lane), ..ByBook::default() },
            Book::Dated { fund, capital } => {
                let name = |key: &str| Name { path: format!("{path}/{key}"), zh: "分列各本预算".to_owned(), en: "by book".to_owned() };
                let mut part = |key: &str, flag: &Option<TableId>| flag.map(|flag| self.plan.amount(name(&format!("{key}_{}", lane.0)), lane, Arg::Table(flag)));
                let (fund, capital) = (part("in_fund", fund), part("in_state_capital", capital));
                let others: Vec<Lane> = fund.into_iter().chain(capital).collect();
                let general = self.plan.sum(name(&format!("in_general_{}", lane.0)), &[lane], &others);
                ByBook { general: Some(general), fund, capital }
            }
        }
    }

    /// Puts money into its book.
    pub(super) fn receive(&mut self, path: &str, lane: Lane, book: &Book) {
        let parts = self.by_book(path, lane, book);
        self.books.general.plus.extend(parts.general);
        self.books.fund.plus.extend(parts.fund);
        self.books.capital.plus.extend(parts.capital);
    }

    /// Takes money out of its book.
    pub(super) fn give(&mut self, path: &str, lane: Lane, book: &Book) {
        let parts = self.by_book(path, lane, book);
        self.books.general.minus.extend(parts.general);
        self.books.fund.minus.extend(parts.fund);
        self.books.capital.minus.extend(parts.capital);
    }
}
