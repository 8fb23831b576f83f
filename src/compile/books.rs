//! The books 预算: what goes into the general budget, the fund budget, and the earmarked pots. They never mix silently.

use super::Compiler;
use crate::plan::{Arg, Lane, TableId, builder::Name, table::Shown};
use crate::rules::param::{Lives, Param};

/// What has been put into each book so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Books {
    /// General: added and subtracted.
    pub general: Side,
    /// Fund.
    pub fund: Side,
    /// Cash of the year that differs from the entitlement: general and fund.
    pub general_cash: Side,
    /// See `general_cash`.
    pub fund_cash: Side,
    /// By earmark.
    pub earmarked: Vec<Vec<Lane>>,
    /// By kind of retained funds.
    pub kinds: Kinds,
    /// What the county gets of the towns, pays to them, holds for itself.
    pub county: CountySide,
    /// Arrears and receivables at the end of the year.
    pub arrears: Vec<Lane>,
    /// See `arrears`.
    pub receivables: Vec<Lane>,
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
    pub paid: Vec<Lane>,
}

/// Which book a thing belongs to, by year and town.
#[derive(Clone, Debug)]
pub(super) enum Book {
    General,
    Fund,
    /// 1 in the years of the fund book.
    Dated(TableId),
}

impl Books {
    pub fn new(earmarks: usize) -> Self {
        Self { earmarked: vec![Vec::new(); earmarks], ..Self::default() }
    }
}

impl Compiler<'_> {
    /// The book of a dated parameter.
    pub(super) fn book_of(&mut self, path: &str, param: &Param) -> (Book, Vec<bool>) {
        let everywhere = self.everywhere();
        let (first, towns) = (self.scenario.first_year, self.plan.towns);
        let drivers = &self.scenario.drivers;
        let mut in_fund = Vec::with_capacity(self.plan.years * towns);
        for year in 0..self.plan.years {
            for town in 0..towns {
                let asked = first + i32::try_from(year).unwrap_or(0);
                in_fund.push(param.at(self.towns[town].0, asked, drivers, Lives::ALL_YEAR).is_ok_and(|(word, _)| word == 1));
            }
        }
        // Reports years before the first date.
        self.low(path, "", everywhere).money(param);
        let book = if in_fund.iter().all(|f| *f) {
            Book::Fund
        } else if in_fund.contains(&true) {
            let flags = in_fund.clone();
            Book::Dated(self.plan.made(&format!("{path}/in_fund"), Shown::Flag, |y, t| f64::from(flags[y * towns + t])))
        } else {
            Book::General
        };
        (book, in_fund)
    }

    /// Splits a lane over the books: general part, fund part.
    pub(super) fn by_book(&mut self, path: &str, lane: Lane, book: &Book) -> (Option<Lane>, Option<Lane>) {
        match book {
            Book::General => (Some(lane), None),
            Book::Fund => (None, Some(lane)),
            Book::Dated(flag) => {
                let name = |key: &str| Name { path: format!("{path}/{key}"), zh: "分列两本预算".to_owned(), en: "by book".to_owned() };
                let fund = self.plan.amount(name(&format!("in_fund_{}", lane.0)), lane, Arg::Table(*flag));
                let general = self.plan.sum(name(&format!("in_general_{}", lane.0)), &[lane], &[fund]);
                (Some(general), Some(fund))
            }
        }
    }

    /// Puts money into its book.
    pub(super) fn receive(&mut self, path: &str, lane: Lane, book: &Book) {
        let (general, fund) = self.by_book(path, lane, book);
        self.books.general.plus.extend(general);
        self.books.fund.plus.extend(fund);
    }

    /// Takes money out of its book.
    pub(super) fn give(&mut self, path: &str, lane: Lane, book: &Book) {
        let (general, fund) = self.by_book(path, lane, book);
        self.books.general.minus.extend(general);
        self.books.fund.minus.extend(fund);
    }
}
