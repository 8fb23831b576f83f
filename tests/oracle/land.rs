//! 5. Land chain 土地: from contracts to what county and town may share, year after year.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::dates::Year;
use super::number::{Whole, divide, part_of, pay, take};
use super::town::Town;
use super::written::{Written, acts, bare, has_begun, ratio, table, text, word};

/// What is sold and what it brings and costs before anything is recognised.
#[derive(Clone, Debug, Default)]
struct Contracts {
    price: Whole,
    per_mu: BTreeMap<String, Whole>,
}

/// The chain of one year.
#[derive(Clone, Debug, Default)]
pub struct LandYear {
    /// 0.01 亩 by use.
    pub sold: BTreeMap<String, Whole>,
    pub contract: Whole,
    pub cash: Whole,
    pub cost: Whole,
    pub fee_central: Whole,
    pub fee_local: Whole,
    pub farmland: Whole,
    pub base: Whole,
    pub loss: Whole,
    /// Set-asides and the agriculture top-up, with their rules.
    pub put_aside: Vec<(String, Whole)>,
    pub due: BTreeMap<String, Whole>,
    pub shareable: Whole,
    /// Advances repaid less laid out.
    pub back_to_town: Whole,
    pub back_to_county: Whole,
}

/// Who holds what was put aside, for which earmark.
pub struct Held {
    pub by_town: bool,
    pub earmark: Option<String>,
    pub amount: Whole,
}

impl Town<'_> {
    /// The land source, if there is one.
    pub fn land_source(&self) -> Option<(&str, &Table)> {
        acts(self.written.root, "source").into_iter().find(|(_, source)| word(source, "kind") == Some("land"))
    }

    /// 0.01 亩 sold of a use; the year before the first is written under `opening`.
    pub fn area_sold(&self, of: &str, year: Year) -> Whole {
        if year >= self.years.first {
            return self.land[&year].sold[of];
        }
        let (_, land) = self.land_source().expect("a land source");
        let opening = land.get("opening").and_then(|o| table(o).get("area")).and_then(|a| table(a).get(of));
        opening.map_or(0, |area| super::written::area(bare(area)))
    }

    /// The whole chain of the horizon.
    pub fn land_chain(&self) -> BTreeMap<Year, LandYear> {
        let Some((_, land)) = self.land_source() else { return BTreeMap::new() };
        let written = &self.written;
        let mut bank = land.get("bank").map(|bank| written.area(bank, self.years.first));
        let mut before = self.contracts_before(land);
        let mut chain = BTreeMap::new();
        let mut outstanding = BTreeMap::new();
        for year in self.years.all() {
            let mut now = LandYear::default();
            let new = sell(written, land, year, &mut bank, &mut now.sold);
            let contracts = contracts(written, land, year, &now.sold);
            now.contract = contracts.price;
            now.cash = recognised(land, contracts.price, before.price);
            self.costs(land, year, &contracts, &before, &mut outstanding, &mut now);
            fees(written, land, year, new, &mut now);
            let left = now.cash - now.cost - now.fee_central - now.fee_local - now.farmland;
            now.base = left.max(0);
            now.loss = (-left).max(0);
            distribute(written, land, year, &mut now);
            before = contracts;
            chain.insert(year, now);
        }
        chain
    }

    fn contracts_before(&self, land: &Table) -> Contracts {
        let amount = |value: &Value| self.written.amount(value, self.years.first);
        let Some(opening) = land.get("opening").map(table) else { return Contracts::default() };
        let per_mu = opening.get("cost").map(table).into_iter().flatten().map(|(id, v)| (id.clone(), amount(v)));
        Contracts { price: opening.get("contracts").map_or(0, amount), per_mu: per_mu.collect() }
    }

    fn costs(&self, land: &Table, year: Year, now: &Contracts, before: &Contracts, outstanding: &mut BTreeMap<String, Whole>, found: &mut LandYear) {
        for (id, cost) in named(land, "cost") {
            let amount = match cost.get("share") {
                Some(share) => part_of(found.cash, self.written.ratio(share, year)),
                None => recognised(land, now.per_mu[id], before.per_mu.get(id).copied().unwrap_or(0)),
            };
            found.cost += amount;
            if let Some(advance) = cost.get("advance").map(table) {
                self.advance_of(advance, year, amount, outstanding.entry(id.clone()).or_default(), found);
            }
        }
    }

    /// 12. What a party lays out for a cost, and what of the cost pays it back.
    fn advance_of(&self, advance: &Table, year: Year, cost: Whole, outstanding: &mut Whole, found: &mut LandYear) {
        let laid_out = self.written.amount_from(&advance["amount"], year);
        *outstanding += laid_out;
        let repaid = pay(*outstanding, cost);
        *outstanding -= repaid;
        match text(&advance["by"]) {
            "town" => found.back_to_town += repaid - laid_out,
            "county" => found.back_to_county += repaid - laid_out,
            other => panic!("advance by {other}"),
        }
    }

    /// Who holds the set-asides; `setasides = "town"` on the land's part moves them all to the town.
    pub fn held(&self, year: Year, all_to_town: bool) -> Vec<Held> {
        let Some((_, land)) = self.land_source() else { return Vec::new() };
        let rule = |name: &str| if name == "agriculture" { table(&land["agriculture"]) } else { table(&table(&land["setaside"])[name]) };
        let put_aside = self.land[&year].put_aside.iter();
        put_aside
            .map(|(name, amount)| Held {
                by_town: all_to_town || word(rule(name), "holder") == Some("town"),
                earmark: word(rule(name), "earmark").map(str::to_owned),
                amount: *amount,
            })
            .collect()
    }
}

/// The tables under a key of the land source, in file order.
fn named<'a>(land: &'a Table, key: &str) -> Vec<(&'a String, &'a Table)> {
    land.get(key).map_or_else(Vec::new, |all| table(all).iter().map(|(id, v)| (id, table(v))).collect())
}

/// Use by use in file order: the plan, what the quota leaves for new land, what the bank holds. Gives the new land of the year.
fn sell(written: &Written, land: &Table, year: Year, bank: &mut Option<Whole>, sold: &mut BTreeMap<String, Whole>) -> Whole {
    let extra = land.get("quota_extra").filter(|extra| has_begun(extra, year)).map_or(0, |extra| written.area(extra, year));
    let mut quota = land.get("quota").map(|quota| written.area(quota, year) + extra);
    let mut all_new = 0;
    for (id, terms) in named(land, "use") {
        let share_new = written.ratio(&terms["new"], year);
        let mut area = written.area(&terms["area"], year);
        if let Some(left) = quota.filter(|_| share_new > 0) {
            area = area.min(divide(left * 1_000_000, share_new));
        }
        if let Some(left) = *bank {
            area = area.min(left);
        }
        let new = part_of(area, share_new);
        quota = quota.map(|left| left - new);
        *bank = bank.map(|left| left - area);
        all_new += new;
        sold.insert(id.clone(), area);
    }
    all_new
}

fn contracts(written: &Written, land: &Table, year: Year, sold: &BTreeMap<String, Whole>) -> Contracts {
    let price = named(land, "use").into_iter().map(|(id, terms)| divide(sold[id] * written.amount(&terms["price"], year), 100)).sum();
    let mut per_mu = BTreeMap::new();
    for (id, cost) in named(land, "cost") {
        if let Some(unit) = cost.get("per_mu") {
            let unit = written.amount(unit, year);
            per_mu.insert(id.clone(), sold.values().map(|area| divide(area * unit, 100)).sum());
        }
    }
    Contracts { price, per_mu }
}

/// What of this year's and last year's total falls in this year: the first instalment now, the rest next year.
fn recognised(land: &Table, now: Whole, before: Whole) -> Whole {
    let shares: Vec<Whole> = land.get("instalments").map_or_else(Vec::new, |list| list.as_array().expect("a list").iter().map(ratio).collect());
    match shares[..] {
        [] | [_] => now,
        [first, _] => part_of(now, first) + before - part_of(before, first),
        _ => panic!("two instalments at most"),
    }
}

/// The new-land fee and the farm-land development fund, due whole in the year of the contract.
fn fees(written: &Written, land: &Table, year: Year, new: Whole, found: &mut LandYear) {
    if let Some(fee) = land.get("new_land_fee").map(table) {
        // new land in 0.01 亩 × 666.67 m² a 亩 × fen a m²
        let whole = divide(new * 66_667 * written.amount(&fee["rate"], year), 10_000);
        found.fee_central = part_of(whole, written.ratio(&fee["central"], year));
        found.fee_local = whole - found.fee_central;
    }
    if let Some(farmland) = land.get("farmland_development").map(table) {
        let area: Whole = found.sold.values().sum();
        found.farmland = divide(area * written.amount(&farmland["per_mu"], year), 100);
    }
}

/// Set-asides in file order, the agriculture top-up, then dues; each takes from what is left.
fn distribute(written: &Written, land: &Table, year: Year, found: &mut LandYear) {
    let mut left = found.base;
    let (net, cash) = (found.base, found.cash);
    let taking = |rule: &Table, left: Whole| {
        let base = match word(rule, "of") {
            Some("net") => net,
            Some("cash") => cash,
            Some("remainder") => left,
            other => panic!("a base of {other:?}"),
        };
        take(written.ratio(&rule["rate"], year), base, left)
    };
    for (id, rule) in named(land, "setaside") {
        let part = taking(rule, left);
        left -= part;
        found.put_aside.push((id.clone(), part));
    }
    if let Some(rule) = land.get("agriculture").map(table) {
        let least = part_of(net, written.ratio(&rule["net"], year)).max(part_of(cash, written.ratio(&rule["gross"], year)));
        let counts: Vec<&str> = rule["counts"].as_array().expect("a list").iter().map(text).collect();
        let counted: Whole = found.put_aside.iter().filter(|(id, _)| counts.contains(&id.as_str())).map(|(_, part)| part).sum();
        let top_up = (least - counted).max(0).min(left);
        left -= top_up;
        found.put_aside.push(("agriculture".to_owned(), top_up));
    }
    for (id, rule) in named(land, "due") {
        let part = taking(rule, left);
        left -= part;
        found.due.insert(id.clone(), part);
    }
    found.shareable = left;
}
