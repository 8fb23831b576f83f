//! The year's money on its way: cash and bonds, the steps of budget law, recurrent lines, projects, the end of the year.

use super::Compiler;
use super::accounts::{Party, Posting, Retained, StepLanes};
use super::ladder::{Aid, Stabilisation};
use super::spending::Recurrent;
use crate::plan::{Arg, Lane};
use crate::rules::param::Param;

/// A balance carried over the years.
#[derive(Clone, Copy, Debug)]
pub(super) struct Balance {
    /// At the start of the year.
    pub before: Lane,
    /// At its end.
    pub after: Lane,
}

/// What both books bring forward.
#[derive(Clone, Copy, Debug)]
pub(super) struct Brought {
    pub general: Balance,
    pub fund: Balance,
}

/// Cash of the year, with and without what was brought forward.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cash {
    pub general: Lane,
    pub fund: Lane,
    pub general_of_year: Lane,
    pub fund_of_year: Lane,
}

/// Money on its way through the steps of the year.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    /// What is left of the general book.
    pub general: Lane,
    /// What is left of the fund book.
    pub fund: Lane,
    /// Help and transfers that came into the general book.
    pub into_general: Vec<Lane>,
    /// General money that was saved.
    pub saved: Vec<Lane>,
    /// Fund money moved to the general book before projects.
    pub transferred: Option<Lane>,
    /// Put away, to come back at the end of the year.
    pub reserve: Option<Lane>,
    pub stabilisation: Option<Stabilisation>,
    pub aid: Option<Aid>,
}

impl Compiler<'_> {
    /// The balances both books carry over.
    pub(super) fn brought_forward(&mut self) -> Brought {
        let opening = &self.scenario.opening;
        Brought {
            general: self.balance("general", "上年结转·一般公共预算", opening.general.as_ref()),
            fund: self.balance("fund", "上年结转·基金", opening.fund.as_ref()),
        }
    }

    /// All payments of the year, in the order of section 9.
    pub(super) fn pay(&mut self, recurrent: &Recurrent, brought: &Brought, aid: Option<Aid>) {
        let Some(retained) = self.accounts.retained else { return };
        let cash = self.cash(brought, retained);
        let fund = self.serve_bonds(cash.fund);
        let upkeep_now = self.plan.fen(Self::name("town", "upkeep_finished", "完工项目年管护费", "upkeep of what is finished"));
        let before: Arg = self.upkeep_before().into();
        let upkeep = self.plan.carry(Self::name("town", "upkeep", "管护费", "upkeep"), upkeep_now, 1, before);
        let lines = self.in_order(recurrent, upkeep);
        let dues: Vec<Lane> = lines.iter().map(|line| line.due).collect();
        let due = self.total("recurrent", "经常性支出", "recurrent spending", &dues, &[]);
        let mut flow = Flow { general: cash.general, fund, into_general: Vec::new(), saved: Vec::new(), transferred: None, reserve: None, stabilisation: None, aid };
        self.over_collect(&mut flow, cash.general_of_year);
        self.transfer_in(&mut flow);
        self.put_away(&mut flow, due);
        self.pay_guarantees(&mut flow, &lines);
        flow.general = self.pay_lines(lines.iter().filter(|line| !line.class.is_guarantee()), flow.general);
        let left = self.left_by_projects(brought);
        self.pots(flow.general, flow.fund, left, upkeep_now);
        let available = self.total("available", "可用财力", "available funds", &[flow.general, flow.fund], &[]);
        self.purse(brought, available, due);
        self.end_year(&mut flow, brought, &cash, left);
    }

    fn cash(&mut self, brought: &Brought, retained: Retained) -> Cash {
        let (general, fund, laid_out) = (self.books.general_cash.plus.clone(), self.books.fund_cash.plus.clone(), self.books.fund_cash.minus.clone());
        let cash = |opening: Balance, retained: Lane, side: &[Lane]| [&[opening.before, retained], side].concat();
        Cash {
            general: self.total("cash_general", "可支配·一般公共预算", "cash, general book", &cash(brought.general, retained.general, &general), &[]),
            fund: self.total("cash_fund", "可支配·基金", "cash, fund book", &cash(brought.fund, retained.fund, &fund), &laid_out),
            general_of_year: self.of_year("cash_general_of_year", retained.general, &general, &[]),
            fund_of_year: self.of_year("cash_fund_of_year", retained.fund, &fund, &laid_out),
        }
    }

    /// Cash of the year alone; retained funds themselves where nothing is settled later.
    fn of_year(&mut self, key: &str, retained: Lane, side: &[Lane], laid_out: &[Lane]) -> Lane {
        let asked = self.scenario.budget.stabilisation.is_some() || self.scenario.budget.carryover.is_some();
        if side.is_empty() && laid_out.is_empty() || !asked {
            return retained;
        }
        self.total(key, "当年现金财力", "cash of the year", &[&[retained], side].concat(), laid_out)
    }

    /// A balance carried over: opening of the year, and the lane that closes it.
    pub(super) fn balance(&mut self, key: &str, zh: &'static str, opening: Option<&Param>) -> Balance {
        let after = self.plan.fen(Self::name("town", &format!("balance_{key}"), "年末结余", "balance at the end of the year"));
        self.carried(&format!("opening_{key}"), zh, after, opening)
    }

    /// What a lane held at the end of last year.
    pub(super) fn carried(&mut self, key: &str, zh: &'static str, after: Lane, opening: Option<&Param>) -> Balance {
        let opening: Arg = opening.map_or(Arg::Number(0.0), |param| self.amount_of(param));
        let before = self.plan.carry(Self::name("town", key, zh, "brought forward"), after, 1, opening);
        Balance { before, after }
    }

    /// A parameter of money in every year and town.
    pub(super) fn amount_of(&mut self, param: &Param) -> Arg {
        let gate = self.everywhere();
        self.low("town", "", gate).money(param).into()
    }

    /// A step of the year that tables show.
    pub(super) fn step(&mut self, key: &'static str, lane: Lane) {
        self.accounts.steps.push(StepLanes { key, lane });
    }

    /// Money that passes between parties or books without being anybody's revenue: who, whether paid, whether fund money.
    pub(super) fn financing(&mut self, rule: &str, item: &str, name: &str, lane: Lane, sides: [(Party, bool, bool); 2]) {
        for (party, is_paid, to_fund) in sides {
            let (item, name, rule) = (item.to_owned(), name.to_owned(), rule.to_owned());
            self.accounts.postings.push(Posting { item, name, party, source: None, to_fund, earmark: None, lane, is_paid, rule });
        }
    }
}
