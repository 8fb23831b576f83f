//! 4c. What is sent up after the sharing 上解, and what the county still owes when a year ends 预拨与结算.

use std::collections::BTreeMap;

use toml::Table;

use super::dates::Year;
use super::number::{Whole, part_of, pay, prorate, times};
use super::regime::form;
use super::sharing::Found;
use super::town::Town;
use super::written::{flag, text, word};

/// What a town remembers from year to year, by `agreement.part`.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    pub arrears: BTreeMap<String, Whole>,
    /// Last year's share with its guarantee.
    pub guaranteed: BTreeMap<String, Whole>,
    /// Last year's escalating remittance.
    pub quota: BTreeMap<String, Whole>,
    /// What the county still owes.
    pub receivable: BTreeMap<String, Whole>,
}

/// A sharing part on its way from S to what the town has in the end.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    pub x: Whole,
    /// T: the share after options, the county's payment included. Remittances are paid out of it.
    pub entitled: Whole,
    /// K: what of X the town keeps.
    pub kept: Whole,
    pub over: Option<Whole>,
    pub remitted: Whole,
    /// What became earmarked above a levy's threshold.
    pub earmarked: Whole,
}

/// What a remitting part does.
#[derive(Clone, Debug, Default)]
pub struct Remitted {
    /// Town to county.
    pub paid: Whole,
    /// County to town.
    pub subsidy: Whole,
    /// Town money that becomes earmarked.
    pub earmarked: Option<(String, Whole)>,
}

impl Kept {
    /// What is left to remit from.
    pub fn left(&self) -> Whole {
        (self.entitled - self.remitted - self.earmarked).max(0)
    }

    /// A due amount with arrears: what is paid now, the rest stays due.
    pub fn remit(&mut self, amount: Whole, arrears: &mut Whole) -> Whole {
        let due = amount + *arrears;
        let paid = pay(due, self.left());
        self.remitted += paid;
        *arrears = due - paid;
        paid
    }
}

impl Town<'_> {
    /// One remitting part on the sharing part it looks at.
    pub fn remit(&self, part: &Table, key: &str, from: &Found, kept: &mut Kept, memory: &mut Memory) -> Remitted {
        let year = from.year;
        let arrears = memory.arrears.entry(key.to_owned()).or_default();
        match form(part) {
            "quota" => match part.get("subsidy") {
                Some(subsidy) => Remitted { subsidy: self.written.amount(subsidy, year), ..Remitted::default() },
                None => Remitted { paid: kept.remit(self.written.amount(&part["remit"], year), arrears), ..Remitted::default() },
            },
            "quota_up" => {
                let quota = self.rising(part, from, memory.quota.get(key).copied());
                memory.quota.insert(key.to_owned(), quota);
                Remitted { paid: kept.remit(quota, arrears), ..Remitted::default() }
            }
            "levy" => self.levy(part, year, kept),
            other => panic!("form {other}"),
        }
    }

    /// Escalating remittance 递增上解: the start year's amount, then last year's grown.
    fn rising(&self, part: &Table, from: &Found, last: Option<Whole>) -> Whole {
        let (year, first) = (from.year, self.written.amount(&part["quota"], from.start));
        let starts = year == from.start;
        let quota = if word(part, "grows_with") == Some("own_revenue") {
            let before = if starts { part.get("revenue_before").map_or(0, |before| self.written.amount(before, year)) } else { self.basket_local(from.part, year - 1) };
            let last = if starts { first } else { last.expect("last year's remittance") };
            if before > 0 { prorate(last, from.x, before) } else { last }
        } else if starts {
            first
        } else {
            times(last.expect("last year's remittance"), self.written.growth(part, year))
        };
        quota.max(if flag(part, "never_below_base") { first } else { 0 })
    }

    /// A share of what lies above a threshold; nothing is owed on. What remains above it may become earmarked.
    fn levy(&self, part: &Table, year: Year, kept: &mut Kept) -> Remitted {
        let looks_at_over = text(&part["of"]).starts_with("over.");
        let looked_at = if looks_at_over { kept.over.expect("a form with a share above its base") } else { kept.entitled };
        let excess = (looked_at - self.written.amount(&part["above"], year)).max(0);
        let due = part_of(excess, self.written.ratio(&part["rate"], year));
        let paid = pay(due, kept.left());
        kept.remitted += paid;
        let earmarked = word(part, "rest_earmark").map(|earmark| {
            let rest = pay(excess - due, kept.left());
            kept.earmarked += rest;
            (earmark.to_owned(), rest)
        });
        Remitted { paid, subsidy: 0, earmarked }
    }
}

/// Settlement: λ of this year's now, what is owed from last year too; the rest is owed on. Gives the cash of the year.
pub fn settle(net: Whole, advance: Option<Whole>, owed: &mut Whole) -> Whole {
    let now = advance.map_or(net, |share| part_of(net, share));
    let cash = now + *owed;
    *owed = net - now;
    cash
}
