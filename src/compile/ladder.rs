//! Steps of budget law before and while the three guarantees are paid: aid repaid, over-collection, planned transfer-in,
//! reserve, and the ladder of help where money is short.

use super::Compiler;
use super::accounts::{LineLanes, Party};
use super::money::{Balance, Brought, Flow};
use super::spending::Due;
use crate::plan::{Arg, Lane};

/// The stabilisation fund within a year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stabilisation {
    pub balance: Balance,
    /// What it holds when help is asked for.
    pub there: Lane,
    /// What helped.
    pub drawn: Option<Lane>,
}

/// Aid of the county within a year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aid {
    /// Owed at the end of the year; written when the year's aid is known.
    pub owed: Lane,
    /// What could not be repaid.
    pub open: Lane,
}

impl Compiler<'_> {
    /// Step 1: aid owed is repaid to the county out of general money, and lowers it.
    pub(super) fn repay_aid(&mut self, brought: &Brought) -> Option<Aid> {
        if !self.scenario.budget.county_aids() {
            return None;
        }
        let owed = self.plan.fen(Self::name("town", "aid_owed", "年末待还救助", "aid owed at the end of the year"));
        let before = self.carried("aid_owed_before", "年初待还救助", owed, None).before;
        let (general, late) = (self.books.general.clone(), self.books.general_cash.plus.clone());
        let there = self.total("cash_before_aid", "还救助前现金", "cash before aid is repaid", &[&[brought.general.before], &general.plus[..], &late].concat(), &general.minus);
        let (repaid, open, _) = self.paid("aid_repaid", "归还县级救助", "aid repaid", before, there);
        self.books.general.minus.push(repaid);
        self.books.kinds.transfer.minus.push(repaid);
        self.books.county.returned.push(repaid);
        self.financing("ladder", "town/aid_repaid", "归还县级救助", repaid, [(Party::Town, true, false), (Party::County, false, false)]);
        self.step("aid_repaid", repaid);
        Some(Aid { owed, open })
    }

    /// Step 2: general money above the approved sum goes into the stabilisation fund.
    pub(super) fn over_collect(&mut self, flow: &mut Flow, cash_of_year: Lane) {
        let Some(rule) = &self.scenario.budget.stabilisation else { return };
        let after = self.plan.fen(Self::name("town", "stabilisation", "预算稳定调节基金", "stabilisation fund"));
        let balance = self.carried("stabilisation_before", "预算稳定调节基金年初", after, rule.opening.as_ref());
        let mut there = balance.before;
        if let Some(budget) = &rule.budget {
            let budget = self.amount_of(budget);
            let gate = self.everywhere();
            let over = self.low("town", "", gate).excess("over_budget", "超过核定数", "above the approved sum", cash_of_year.into(), budget);
            let (collected, _, left) = self.paid("over_collection", "超收转入", "over-collection", over, flow.general);
            flow.general = left;
            flow.saved.push(collected);
            there = self.total("stabilisation_there", "可动用的稳定调节基金", "stabilisation fund there", &[there, collected], &[]);
            self.step("over_collection", collected);
        }
        flow.stabilisation = Some(Stabilisation { balance, there, drawn: None });
    }

    /// Step 3: what is planned comes from the fund book, as far as it goes.
    pub(super) fn transfer_in(&mut self, flow: &mut Flow) {
        let Some(amount) = self.scenario.budget.transfer_in.as_ref().and_then(|t| t.amount.as_ref()) else { return };
        let amount = self.amount_of(amount);
        let helps = self.scenario.budget.ladder.as_ref().is_some_and(|l| l.transfer_in);
        let key = if helps { "transfer_in_planned" } else { "transfer_in" };
        let (moved, _, left) = self.paid(key, "计划调入", "planned transfer-in", amount, flow.fund);
        flow.fund = left;
        flow.general = self.total("general_with_transfer_in", "调入后一般公共预算", "general money with transfer-in", &[flow.general, moved], &[]);
        flow.into_general.push(moved);
        flow.transferred = Some(moved);
        if !helps {
            self.transferred(moved);
        }
    }

    /// Step 4: the reserve is put away.
    pub(super) fn put_away(&mut self, flow: &mut Flow, recurrent: Lane) {
        let Some(rule) = &self.scenario.budget.reserve else { return };
        let gate = self.everywhere();
        let rate = self.low("town", "", gate).ratio(&rule.rate);
        let wanted = self.plan.amount(Self::name("town", "reserve_wanted", "应提预备费", "reserve wanted"), recurrent, rate);
        let (reserve, _, left) = self.paid("reserve", "预备费", "reserve", wanted, flow.general);
        flow.general = left;
        flow.reserve = Some(reserve);
        self.step("reserve", reserve);
    }

    /// Steps 5 and 6: wages, operation, livelihood; what they lack is helped out with, in the same order.
    pub(super) fn pay_guarantees(&mut self, flow: &mut Flow, lines: &[Due]) {
        let lines = lines.iter().filter(|line| line.class.is_guarantee());
        if !self.scenario.budget.helps() {
            flow.general = self.pay_lines(lines, flow.general);
            return;
        }
        let mut first: Vec<LineLanes> = Vec::new();
        for line in lines {
            let (paid, unmet, left) = self.line(line, ["paid_first", "lacking", "left"], line.due, flow.general);
            first.push(LineLanes { path: line.path.clone(), name: line.name.clone(), class: line.class, due: line.due, paid, unmet });
            flow.general = left;
        }
        let lacking: Vec<Lane> = first.iter().map(|line| line.unmet).collect();
        let lacking = self.total("guarantees_lacking", "“三保”待补", "three guarantees lacking", &lacking, &[]);
        let help = self.help(flow, lacking);
        self.help_lines(first, help);
    }

    /// The rungs one after another; gives what they bring in all.
    fn help(&mut self, flow: &mut Flow, lacking: Lane) -> Lane {
        let (mut lacking, mut help) = (lacking, Vec::new());
        if let Some(fund) = &mut flow.stabilisation {
            let (drawn, open, _) = self.paid("stabilisation_drawn", "动用预算稳定调节基金", "drawn from the stabilisation fund", lacking, fund.there);
            fund.drawn = Some(drawn);
            self.step("stabilisation_drawn", drawn);
            help.push(drawn);
            lacking = open;
        }
        if self.scenario.budget.ladder.as_ref().is_some_and(|l| l.transfer_in) {
            let key = if flow.transferred.is_some() { "transfer_in_help" } else { "transfer_in" };
            let (moved, open, left) = self.paid(key, "“三保”调入", "transfer-in for the three guarantees", lacking, flow.fund);
            let all = flow.transferred.map_or(moved, |planned| self.total("transfer_in", "调入资金", "transfer-in", &[planned, moved], &[]));
            (flow.fund, flow.transferred) = (left, Some(all));
            self.transferred(all);
            help.push(moved);
            lacking = open;
        }
        if let Some(aid) = flow.aid {
            help.push(self.aid(aid, lacking));
        }
        flow.into_general.extend(&help);
        self.total("help", "“三保”补助合计", "help for the three guarantees", &help, &[])
    }

    /// The last rung: the county, up to its limit.
    fn aid(&mut self, aid: Aid, lacking: Lane) -> Lane {
        let limit = self.scenario.budget.ladder.as_ref().and_then(|l| l.aid_limit.as_ref());
        let limit = limit.map(|limit| self.amount_of(limit));
        let given = self.plan.clamp(Self::name("town", "county_aid", "县级临时救助", "aid of the county"), lacking, None, limit);
        self.plan.sum_into(aid.owed, &[aid.open, given], &[]);
        self.books.county.paid.push(given);
        self.financing("ladder", "town/county_aid", "县级临时救助", given, [(Party::County, true, false), (Party::Town, false, false)]);
        self.step("county_aid", given);
        self.step("aid_owed", aid.owed);
        given
    }

    /// Help reaches the lines in the order they are paid.
    fn help_lines(&mut self, first: Vec<LineLanes>, help: Lane) {
        let mut left = help;
        for line in first {
            let due = Due { path: line.path.clone(), name: line.name.clone(), class: line.class, due: line.due };
            let (helped, unmet, rest) = self.line(&due, ["helped", "unmet", "help_left"], line.unmet, left);
            let gate = self.everywhere();
            let low = self.low(&line.path, &line.name, gate);
            let paid = low.plan.sum(low.name("paid", "已付", "paid"), &[line.paid, helped], &[]);
            self.accounts.lines.push(LineLanes { paid, unmet, ..line });
            left = rest;
        }
    }

    /// Pays something of a line: what is paid, what is not, what money is left.
    pub(super) fn line(&mut self, line: &Due, [paid, unmet, left]: [&str; 3], due: Lane, from: Lane) -> (Lane, Lane, Lane) {
        let gate = self.everywhere();
        let low = self.low(&line.path, &line.name, gate);
        let (paid, unmet, left) = (low.name(paid, "已付", "paid"), low.name(unmet, "未付", "unpaid"), low.name(left, "付后余额", "left"));
        low.plan.pay(paid, unmet, left, due, from)
    }

    /// Pays out of what there is, no more than that: paid, not paid, left.
    pub(super) fn paid(&mut self, key: &str, zh: &'static str, en: &'static str, due: impl Into<Arg>, from: Lane) -> (Lane, Lane, Lane) {
        let name = |end: &str| Self::name("town", &format!("{key}{end}"), zh, en);
        self.plan.pay(name(""), name("_short"), name("_left"), due, from)
    }

    /// Fund money that became general money.
    fn transferred(&mut self, lane: Lane) {
        self.financing("transfer_in", "town/transfer_in", "调入资金", lane, [(Party::Town, true, true), (Party::Town, false, false)]);
        self.step("transfer_in", lane);
    }
}
