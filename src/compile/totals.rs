//! Retained funds by kind and book, and the money of the year up to what projects may draw on.

use super::Compiler;
use super::accounts::{LineLanes, Purse, Retained};
use super::spending::Recurrent;
use crate::plan::{Arg, Lane, TableId, table::Shown};
use crate::rules::param::Param;

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
        let general = self.total("retained_general", "留存财力·一般公共预算", "retained, general book", &books.general.plus, &books.general.minus);
        let fund = self.total("retained_fund", "留存财力·基金", "retained, fund book", &books.fund.plus, &books.fund.minus);
        let all = self.total("retained", "留存财力", "retained funds", &[general, fund], &[]);
        self.plan.closes("retained", all, vec![tax, land, fee, transfer, other]);
        self.accounts.retained = Some(Retained { tax, land, fee, transfer, other, general, fund, all });
    }

    /// Cash with opening balances, recurrent spending out of the general book, what is left for projects.
    pub(super) fn pay(&mut self, recurrent: &Recurrent) {
        let Some(retained) = self.accounts.retained else { return };
        let scenario = self.scenario;
        let general_opening = self.balance("general", "上年结转·一般公共预算", scenario.opening.general.as_ref());
        let fund_opening = self.balance("fund", "上年结转·基金", scenario.opening.fund.as_ref());
        let books = self.books.clone();
        let cash = |opening: Lane, retained: Lane, side: &[Lane]| [&[opening, retained], side].concat();
        let general = self.total("cash_general", "可支配·一般公共预算", "cash, general book", &cash(general_opening.0, retained.general, &books.general_cash.plus), &[]);
        let fund = self.total("cash_fund", "可支配·基金", "cash, fund book", &cash(fund_opening.0, retained.fund, &books.fund_cash.plus), &[]);
        let upkeep_now = self.plan.fen(Self::name("town", "upkeep_finished", "完工项目年管护费", "upkeep of what is finished"));
        let opening_upkeep: Arg = self.upkeep_before().into();
        let upkeep = self.plan.carry(Self::name("town", "upkeep", "管护费", "upkeep"), upkeep_now, 1, opening_upkeep);
        let general_left = self.pay_lines(recurrent, upkeep, general);
        self.pots(general_left, fund, (general_opening.1, fund_opening.1), upkeep_now);
        let opening = self.total("opening", "上年结转", "brought forward", &[general_opening.0, fund_opening.0], &[]);
        let available = self.total("available", "可用财力", "available funds", &[general_left, fund], &[]);
        self.purse([opening, general_opening.0, fund_opening.0], available, &books.arrears, &books.receivables);
    }

    /// Upkeep of projects whose schedule was over before the first year.
    fn upkeep_before(&mut self) -> TableId {
        let (scenario, towns) = (self.scenario, self.towns.clone());
        let mut of_town = vec![0.0; scenario.towns.len()];
        #[expect(clippy::cast_precision_loss, reason = "amounts stay below 10^15")]
        for project in scenario.projects.iter().filter(|p| p.planned_finish() < scenario.first_year) {
            of_town[project.town] += project.upkeep.of(project.cost) as f64;
        }
        self.plan.made("town/upkeep_before", Shown::Fen, |_, t| of_town[towns[t].0])
    }

    fn purse(&mut self, [opening, opening_general, opening_fund]: [Lane; 3], available: Lane, arrears: &[Lane], receivables: &[Lane]) {
        let lines = self.accounts.lines.clone();
        let of = |pick: fn(&LineLanes) -> Lane, guarantees: bool| -> Vec<Lane> { lines.iter().filter(|l| !guarantees || l.class.is_guarantee()).map(pick).collect() };
        let recurrent = self.total("recurrent", "经常性支出", "recurrent spending", &of(|l| l.due, false), &[]);
        let recurrent_paid = self.total("recurrent_paid", "经常性支出（已付）", "recurrent spending paid", &of(|l| l.paid, false), &[]);
        let guarantees = self.total("three_guarantees", "“三保”支出", "three guarantees", &of(|l| l.due, true), &[]);
        let guarantees_unmet = self.total("three_guarantees_unmet", "“三保”缺口", "three guarantees unpaid", &of(|l| l.unmet, true), &[]);
        let receivable = self.total("receivable", "应收县级", "receivable from the county", receivables, &[]);
        let arrears = self.total("arrears", "欠缴上解", "arrears to the county", arrears, &[]);
        let earmarked: Vec<Lane> = self.books.earmarked.concat();
        let earmarked = self.total("earmarked", "专项收入", "earmarked money received", &earmarked, &[]);
        self.accounts.purse =
            Some(Purse { opening, opening_general, opening_fund, available, recurrent, recurrent_paid, guarantees, guarantees_unmet, receivable, arrears, earmarked });
    }

    /// A balance carried over: opening of the year, and the lane that closes it.
    pub(super) fn balance(&mut self, key: &str, zh: &'static str, opening: Option<&Param>) -> (Lane, Lane) {
        let after = self.plan.fen(Self::name("town", &format!("balance_{key}"), "年末结余", "balance at the end of the year"));
        let opening: Arg = match opening {
            Some(param) => {
                let gate = self.everywhere();
                self.low("opening", "", gate).money(param).into()
            }
            None => Arg::Number(0.0),
        };
        let name = Self::name("town", &format!("opening_{key}"), zh, "brought forward");
        let before = self.plan.carry(name, after, 1, opening);
        (before, after)
    }
}
