//! 9. The year's money 当年资金: step by step, as the page counts the steps.

use std::collections::BTreeMap;

use toml::Table;

use super::books::{in_purse, purse, spend};
use super::dates::Year;
use super::number::{Whole, part_of, pay};
use super::projects;
use super::spending::CLASSES;
use super::town::{Town, Years};
use super::written::{Written, acts, flag, table, whole_number};

/// The three guarantees 三保 come first.
const GUARANTEES: usize = 3;

/// What a town has put aside or owes.
#[derive(Default)]
pub struct Aside {
    /// The stabilisation fund 预算稳定调节基金.
    stabilisation: Whole,
    reserve: Whole,
    aid_owed: Whole,
    pub owed_on_bonds: BTreeMap<String, Whole>,
    /// What came into each purse, by year.
    received: BTreeMap<(String, Year), Whole>,
    /// Moved from the fund book to the general book this year.
    transferred_in: Whole,
}

impl Aside {
    pub fn open(written: &Written, years: Years) -> Self {
        let opening = written.root.get("stabilisation").and_then(|rule| table(rule).get("opening"));
        Self { stabilisation: opening.map_or(0, |amount| written.amount(amount, years.first)), ..Self::default() }
    }
}

/// A recurrent line on its way.
struct Line {
    class: &'static str,
    due: Whole,
    unpaid: Whole,
}

impl<'a> Town<'a> {
    fn rule(&self, key: &str) -> Option<&'a Table> {
        self.written.root.get(key).map(table)
    }

    /// An amount of one of the single rules, where it is written.
    fn written_amount(&self, rule: &str, key: &str, year: Year) -> Option<Whole> {
        self.rule(rule)?.get(key).map(|amount| self.written.amount(amount, year))
    }

    fn general(&self) -> Whole {
        self.purses["general"]
    }

    fn shift(&mut self, from: &str, to: &str, amount: Whole) {
        *in_purse(&mut self.purses, from) -= amount;
        *in_purse(&mut self.purses, to) += amount;
    }

    /// All that is done with the money of the year.
    pub fn spend(&mut self, year: Year) {
        for book in ["general", "fund"] {
            self.note(year, format!("opening.{book}"), self.purses[book]);
        }
        self.borrow(year);
        self.repay_aid(year);
        self.note_income(year);
        self.take_in(year);
        self.serve_bonds(year);
        self.put_away_over_collection(year);
        self.transfer_in(year);
        let upkeep = projects::upkeep(&self.projects, year);
        let lines = self.lines_due(year, upkeep);
        self.put_away_reserve(year, &lines);
        self.pay_lines(year, lines);
        self.note(year, "recurrent.upkeep", upkeep);
        self.note(year, "available", self.purses["general"] + self.purses["fund"]);
        let finished = self.build(year);
        if let Some(capital) = &mut self.capital {
            capital.close(finished);
        }
        self.note_purses(year);
        self.close_year(year);
        let of_county = self.spent_by_county(year);
        self.give_county(year, -of_county);
    }

    /// 1. Aid repaid to the county.
    fn repay_aid(&mut self, year: Year) {
        let money = self.general() + self.income.cash_in("general");
        let repaid = pay(self.aside.aid_owed, money);
        self.aside.aid_owed -= repaid;
        self.income.add("general", "transfer", -repaid);
        self.give_county(year, repaid);
        self.note(year, "town/aid_repaid", repaid);
    }

    /// The cash of the year into the purses.
    fn take_in(&mut self, year: Year) {
        for (purse, amount) in self.income.cash.iter().chain(&self.income.apart) {
            *in_purse(&mut self.purses, purse) += amount;
        }
        for (purse, amount) in self.income.apart.clone() {
            self.aside.received.insert((purse, year), amount);
        }
    }

    /// 2. Over-collection 超收 goes into the stabilisation fund.
    fn put_away_over_collection(&mut self, year: Year) {
        let Some(budget) = self.written_amount("stabilisation", "budget", year) else { return };
        let over = pay((self.income.cash_in("general") - budget).max(0), self.general());
        *in_purse(&mut self.purses, "general") -= over;
        self.aside.stabilisation += over;
    }

    /// 3. Planned transfer-in 调入.
    fn transfer_in(&mut self, year: Year) {
        let planned = self.written_amount("transfer_in", "amount", year).unwrap_or(0);
        self.aside.transferred_in = pay(planned, self.purses["fund"]);
        self.shift("fund", "general", self.aside.transferred_in);
    }

    fn lines_due(&self, year: Year, upkeep: Whole) -> Vec<Line> {
        let class_of = |class: &str| CLASSES.into_iter().find(|known| *known == class).expect("a known class");
        self.recurrent(year, upkeep).into_iter().map(|(class, due)| Line { class: class_of(class), due, unpaid: due }).collect()
    }

    /// 4. Reserve 预备费.
    fn put_away_reserve(&mut self, year: Year, lines: &[Line]) {
        let rate = self.rule("reserve").map_or(0, |rule| self.written.ratio(&rule["rate"], year));
        let due: Whole = lines.iter().map(|line| line.due).sum();
        self.aside.reserve = pay(part_of(due, rate), self.general());
        *in_purse(&mut self.purses, "general") -= self.aside.reserve;
        self.note(year, "town/reserve", self.aside.reserve);
    }

    /// 5. to 7. The three guarantees, with help where money lacks, then the rest.
    fn pay_lines(&mut self, year: Year, mut lines: Vec<Line>) {
        let first = lines.iter().filter(|line| CLASSES[..GUARANTEES].contains(&line.class)).count();
        let (guarantees, others) = lines.split_at_mut(first);
        self.pay_from_general(guarantees);
        let mut help = self.help(year, guarantees.iter().map(|line| line.unpaid).sum());
        for line in guarantees {
            let paid = pay(line.unpaid, help);
            help -= paid;
            line.unpaid -= paid;
        }
        self.pay_from_general(others);
        for class in CLASSES {
            let of_class = || lines.iter().filter(|line| line.class == class);
            self.note(year, format!("recurrent.{class}.paid"), of_class().map(|line| line.due - line.unpaid).sum());
            self.note(year, format!("recurrent.{class}.unpaid"), of_class().map(|line| line.unpaid).sum());
        }
    }

    fn pay_from_general(&mut self, lines: &mut [Line]) {
        for line in lines {
            spend(&mut self.purses, "general", &mut line.unpaid);
        }
    }

    /// 6. The ladder: stabilisation fund, fund money, county aid, each as far as it goes.
    fn help(&mut self, year: Year, lacking: Whole) -> Whole {
        let may = |key: &str| self.rule("ladder").is_some_and(|ladder| flag(ladder, key));
        let (from_fund, from_county) = (may("transfer_in"), may("county_aid"));
        let stabilised = pay(lacking, self.aside.stabilisation);
        self.aside.stabilisation -= stabilised;
        let moved = if from_fund { pay(lacking - stabilised, self.purses["fund"]) } else { 0 };
        *in_purse(&mut self.purses, "fund") -= moved;
        self.aside.transferred_in += moved;
        self.note(year, "town/transfer_in", self.aside.transferred_in);
        let limit = self.written_amount("ladder", "aid_limit", year).unwrap_or(Whole::MAX);
        let aid = if from_county { pay(lacking - stabilised - moved, limit) } else { 0 };
        self.aside.aid_owed += aid;
        self.give_county(year, -aid);
        self.note(year, "town/county_aid", aid);
        self.note(year, "town/aid_owed", self.aside.aid_owed);
        stabilised + moved + aid
    }

    /// What stands in the purses after the projects.
    fn note_purses(&mut self, year: Year) {
        let apart = |purse: &&String| !["general", "fund", "state_capital"].contains(&purse.as_str());
        let pots = self.purses.keys().filter(apart).map(|purse| self.purses[purse]).sum();
        for (purse, amount) in self.purses.clone() {
            self.note(year, format!("balance.{purse}"), amount);
        }
        self.note(year, "balance.pots", pots);
        self.note(year, "town/state_capital", self.purses["state_capital"]);
    }

    /// 9. The end of the year: reserve, surplus, what lapses, what the fund book has too much of.
    fn close_year(&mut self, year: Year) {
        *in_purse(&mut self.purses, "general") += self.aside.reserve;
        if self.rule("stabilisation").is_some_and(|rule| flag(rule, "surplus")) {
            let surplus = self.general().max(0);
            *in_purse(&mut self.purses, "general") -= surplus;
            self.aside.stabilisation += surplus;
        }
        let lapsed = self.lapse(year);
        self.note(year, "town/lapsed", lapsed);
        let above = self.fund_above(year);
        if self.rule("stabilisation").is_some() {
            self.aside.stabilisation += lapsed + above;
        } else {
            *in_purse(&mut self.purses, "general") += lapsed + above;
        }
        self.note(year, "town/stabilisation", self.aside.stabilisation);
    }

    /// What each earmark's purse holds beyond what it received in the last years.
    fn lapse(&mut self, year: Year) -> Whole {
        let Some(after) = self.rule("carryover").and_then(|rule| whole_number(rule, "lapse_after")) else { return 0 };
        let mut lapsed = 0;
        for (id, _) in acts(self.written.root, "earmark") {
            let key = purse("earmark", id);
            let received: Whole = (year - after + 1..=year).filter_map(|each| self.aside.received.get(&(key.clone(), each))).sum();
            let money = in_purse(&mut self.purses, &key);
            let too_old = (*money - received).max(0);
            *money -= too_old;
            lapsed += too_old;
        }
        lapsed
    }

    /// What the fund book holds above a share of its cash of the year.
    fn fund_above(&mut self, year: Year) -> Whole {
        let Some(share) = self.rule("carryover").and_then(|rule| rule.get("fund_above")) else { return 0 };
        let kept = part_of(self.income.cash_in("fund").max(0), self.written.ratio(share, year));
        let above = (self.purses["fund"] - kept).max(0);
        *in_purse(&mut self.purses, "fund") -= above;
        above
    }
}
