//! Totals of the year: retained funds by kind and book, what was due, paid and left.

use super::Compiler;
use super::accounts::{CAPITAL, CapitalLanes, LineLanes, Party, Posting, Purse, Retained};
use super::money::Brought;
use crate::plan::{Arg, Lane, TableId, table::Shown};
use crate::rules::lowering::Gate;

impl Compiler<'_> {
    /// Retained funds 留存财力: G, F, their sum, and the same by kind; they close on each other.
    pub(super) fn retained(&mut self) {
        let books = self.books.clone();
        let kinds = &books.kinds;
        let tax = self.total("retained_tax", "留存·税收", "retained: taxes", &kinds.tax.plus, &kinds.tax.minus);
        let land = self.total("retained_land", "留存·土地", "retained: land", &kinds.land.plus, &kinds.land.minus);
        let fee = self.total("retained_fee", "留存·配套费", "retained: infrastructure fee", &kinds.fee.plus, &kinds.fee.minus);
        let transfer = self.total("retained_transfer", "留存·转移支付和补助", "retained: transfers", &kinds.transfer.plus, &kinds.transfer.minus);
        let other = self.total("retained_other", "留存·其他", "retained: other", &kinds.other.plus, &kinds.other.minus);
        let capital = self.capital;
        let general = self.total("retained_general", "留存财力·一般公共预算", "retained, general book", &books.general.plus, &books.general.minus);
        let fund = self.total("retained_fund", "留存财力·基金", "retained, fund book", &books.fund.plus, &books.fund.minus);
        let every: Vec<Lane> = [general, fund].into_iter().chain(capital.map(|c| c.kept)).collect();
        let all = self.total("retained", "留存财力", "retained funds", &every, &[]);
        self.plan.closes("retained", all, vec![tax, land, fee, transfer, other]);
        self.accounts.retained = Some(Retained { tax, land, fee, transfer, other, general, fund, all, capital });
    }

    /// The state capital book: part of it is transferred into the general book, where transfers see it; the rest pays nothing
    /// and is carried over.
    pub(super) fn state_capital(&mut self) {
        let books = self.books.clone();
        if books.capital.plus.is_empty() {
            return;
        }
        let received = self.total("state_capital_received", "国有资本经营预算收入", "received, state capital book", &books.capital.plus, &books.capital.minus);
        let scenario = self.scenario;
        let rate: Arg = match &scenario.state_capital {
            None => Arg::Number(0.0),
            Some(capital) => {
                // Asked only where some source is in this book.
                let towns = self.plan.towns;
                let gate = Gate::new(self.plan.years, towns, |y, t| books.in_capital[y * towns + t]);
                self.low("state_capital", "", gate).ratio(&capital.transfer_in).into()
            }
        };
        let transferred =
            self.plan.amount(Self::name("town", "state_capital_transferred", "国有资本经营预算调入一般公共预算", "transferred from the state capital book"), received, rate);
        let kept = self.total("retained_state_capital", "留存财力·国有资本经营预算", "retained, state capital book", &[received], &[transferred]);
        let balance = self.plan.fen(Self::name("town", "state_capital", "年末结余·国有资本经营预算", "balance, state capital book"));
        let before = self.plan.carry(Self::name("town", "opening_state_capital", "上年结转·国有资本经营预算", "brought forward, state capital book"), balance, 1, Arg::Number(0.0));
        self.plan.sum_into(balance, &[&[before, kept], &books.capital_cash.plus[..]].concat(), &[]);
        self.books.general.plus.push(transferred);
        // Out of the state capital book, into the general one: both are the town's.
        let first = scenario.sources.iter().position(|s| s.class == crate::rules::sources::Class::StateCapital);
        for (source, is_paid) in [(first, true), (None, false)] {
            let (item, name, rule) = (CAPITAL.to_owned(), "国有资本经营预算调入".to_owned(), CAPITAL.to_owned());
            self.accounts.postings.push(Posting { item, name, party: Party::Town, source, to_fund: false, earmark: None, lane: transferred, is_paid, rule });
        }
        self.capital = Some(CapitalLanes { received, transferred, kept, balance });
    }

    /// Upkeep of projects whose schedule was over before the first year.
    pub(super) fn upkeep_before(&mut self) -> TableId {
        let (scenario, towns) = (self.scenario, self.towns.clone());
        let mut of_town = vec![0.0; scenario.towns.len()];
        #[expect(clippy::cast_precision_loss, reason = "amounts stay below 10^15")]
        for project in scenario.projects.iter().filter(|p| p.planned_finish() < scenario.first_year) {
            of_town[project.town] += project.upkeep.of(project.cost) as f64;
        }
        self.plan.made("town/upkeep_before", Shown::Fen, |_, t| of_town[towns[t].0])
    }

    /// What the year had and what became of it.
    pub(super) fn purse(&mut self, brought: &Brought, available: Lane, recurrent: Lane) {
        let (opening_general, opening_fund) = (brought.general.before, brought.fund.before);
        let opening = self.total("opening", "上年结转", "brought forward", &[opening_general, opening_fund], &[]);
        let (arrears, receivables) = (self.books.arrears.clone(), self.books.receivables.clone());
        let lines = self.accounts.lines.clone();
        let of = |pick: fn(&LineLanes) -> Lane, guarantees: bool| -> Vec<Lane> { lines.iter().filter(|l| !guarantees || l.class.is_guarantee()).map(pick).collect() };
        let recurrent_paid = self.total("recurrent_paid", "经常性支出（已付）", "recurrent spending paid", &of(|l| l.paid, false), &[]);
        let guarantees = self.total("three_guarantees", "“三保”支出", "three guarantees", &of(|l| l.due, true), &[]);
        let guarantees_unmet = self.total("three_guarantees_unmet", "“三保”缺口", "three guarantees unpaid", &of(|l| l.unmet, true), &[]);
        let receivable = self.total("receivable", "应收县级", "receivable from the county", &receivables, &[]);
        let arrears = self.total("arrears", "欠缴上解", "arrears to the county", &arrears, &[]);
        let earmarked: Vec<Lane> = self.books.pots.iter().flat_map(|pot| pot.received.clone()).chain(self.books.matched.iter().map(|m| m.3)).collect();
        let earmarked = self.total("earmarked", "专项收入", "earmarked money received", &earmarked, &[]);
        self.accounts.purse = Some(Purse {
            opening,
            opening_general,
            opening_fund,
            available,
            recurrent,
            recurrent_paid,
            guarantees,
            guarantees_unmet,
            receivable,
            arrears,
            earmarked,
            balance_general: brought.general.after,
            balance_fund: brought.fund.after,
        });
    }
}
