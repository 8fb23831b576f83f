//! The end of the year: the reserve comes back, surplus and what lapses are saved, and both books are closed.

use super::Compiler;
use super::money::{Brought, Cash, Flow};
use crate::plan::{Arg, Lane};

impl Compiler<'_> {
    /// Where projects leave general and fund money: the balances themselves, unless something happens after them.
    pub(super) fn left_by_projects(&mut self, brought: &Brought) -> (Lane, Lane) {
        let budget = &self.scenario.budget;
        let moves_over = budget.carryover.as_ref().is_some_and(|c| c.fund_above.is_some());
        let saves = budget.stabilisation.as_ref();
        let to_general = saves.is_none() && (moves_over || self.lapses().is_some());
        let general = budget.reserve.is_some() || saves.is_some_and(|s| s.surplus) || to_general;
        let mut lane = |key: &str, asked: bool, balance: Lane| if asked { self.plan.fen(Self::name("town", key, "项目后余额", "left after projects")) } else { balance };
        (lane("general_left", general, brought.general.after), lane("fund_left", moves_over, brought.fund.after))
    }

    /// After how many years earmarked money lapses, where there is any.
    pub(super) fn lapses(&self) -> Option<usize> {
        self.scenario.budget.carryover.as_ref().and_then(|c| c.lapse_after).filter(|_| !self.scenario.earmarks.is_empty())
    }

    /// Step 9, and the closing of both books.
    pub(super) fn end_year(&mut self, flow: &mut Flow, brought: &Brought, cash: &Cash, left: (Lane, Lane)) {
        let lapsed = self.lapse();
        let excess = self.fund_excess(cash.fund_of_year, left.1);
        let surplus = self.save_surplus(flow, left.0);
        flow.saved.extend(surplus);
        let moved: Vec<Lane> = lapsed.into_iter().chain(excess).collect();
        if let Some(fund) = flow.stabilisation {
            let put_in = [&[fund.balance.before], &flow.saved[..], &moved].concat();
            self.plan.sum_into(fund.balance.after, &put_in, fund.drawn.as_slice());
            self.step("stabilisation", fund.balance.after);
        } else {
            flow.into_general.extend(&moved);
        }
        if left.0 != brought.general.after {
            let to_general = if flow.stabilisation.is_some() { &[] } else { &moved[..] };
            let plus = [&[left.0], flow.reserve.as_slice(), to_general].concat();
            self.plan.sum_into(brought.general.after, &plus, surplus.as_slice());
        }
        if left.1 != brought.fund.after {
            self.plan.sum_into(brought.fund.after, &[left.1], excess.as_slice());
        }
        self.close_general(flow, brought, cash.general, left.0);
        self.close_fund(flow, brought, cash.fund, left.1, excess);
    }

    /// General money left above nothing goes into the stabilisation fund.
    fn save_surplus(&mut self, flow: &Flow, left: Lane) -> Option<Lane> {
        self.scenario.budget.stabilisation.as_ref().filter(|s| s.surplus)?;
        let all = flow.reserve.map_or(left, |reserve| self.total("surplus", "当年结余", "surplus of the year", &[left, reserve], &[]));
        let saved = self.plan.clamp(Self::name("town", "surplus_saved", "结余转入", "surplus saved"), all, Some(Arg::Number(0.0)), None);
        self.step("surplus_saved", saved);
        Some(saved)
    }

    /// Of each earmark what exceeds the money of the last years lapses.
    fn lapse(&mut self) -> Option<Lane> {
        let years = self.lapses()?;
        let (stage, balances) = (self.accounts.stage.clone()?, self.accounts.pots.clone());
        let mut all = Vec::new();
        for (n, pot) in self.books.pots.clone().into_iter().enumerate().take(self.scenario.earmarks.len()) {
            let gate = self.everywhere();
            let mut low = self.low(&pot.path, &pot.name, gate);
            let received = low.plan.sum(low.name("received", "当年收入", "received in the year"), &pot.received, &[]);
            let mut recent = vec![received];
            for lag in 1..years {
                recent.push(low.plan.carry(low.name(&format!("received_{lag}_before"), "以前年度收入", "received before"), received, lag, Arg::Number(0.0)));
            }
            let recent = low.plan.sum(low.name("recent", "可结转数", "what may be carried over"), &recent, &[]);
            let left = stage.earmarks[n].after;
            let lapsed = low.excess("lapsed", "收回", "lapsed", left.into(), recent.into());
            low.plan.sum_into(balances[n], &[left], &[lapsed]);
            all.push(lapsed);
        }
        let lapsed = self.total("lapsed", "专项收回", "lapsed earmarked money", &all, &[]);
        self.step("lapsed", lapsed);
        Some(lapsed)
    }

    /// Fund money above its share of the year's fund money is moved over; a share of less than nothing is nothing.
    fn fund_excess(&mut self, of_year: Lane, left: Lane) -> Option<Lane> {
        let share = self.scenario.budget.carryover.as_ref()?.fund_above.as_ref()?;
        let gate = self.everywhere();
        let share = self.low("town", "", gate).ratio(share);
        let may_keep = self.plan.amount(Self::name("town", "fund_share", "基金可结转数（按比例）", "share of the year's fund money"), of_year, share);
        let may_keep = self.plan.clamp(Self::name("town", "fund_may_keep", "基金可结转数", "what the fund book may keep"), may_keep, Some(Arg::Number(0.0)), None);
        let gate = self.everywhere();
        let excess = self.low("town", "", gate).excess("fund_excess", "基金结余调出", "fund money moved over", left.into(), may_keep.into());
        self.step("fund_excess", excess);
        Some(excess)
    }

    /// Opening, cash and what came in = recurrent spending, projects, what was saved, and the balance.
    fn close_general(&mut self, flow: &Flow, brought: &Brought, cash: Lane, left: Lane) {
        let (Some(purse), Some(stage)) = (self.accounts.purse, self.accounts.stage.clone()) else { return };
        let whole = if flow.into_general.is_empty() {
            cash
        } else {
            self.total("general_in_all", "一般公共预算来源合计", "general money in all", &[&[cash], &flow.into_general[..]].concat(), &[])
        };
        let projects = self.total("projects_general", "一般公共预算付项目", "projects paid from the general book", &[stage.general.before], &[left]);
        let parts = [&[purse.recurrent_paid, projects], &flow.saved[..], &[brought.general.after]].concat();
        self.plan.closes("general book", whole, parts);
    }

    /// Cash = service of bonds, transfer-in, projects, what was moved over, and the balance.
    fn close_fund(&mut self, flow: &Flow, brought: &Brought, cash: Lane, left: Lane, excess: Option<Lane>) {
        let service: Vec<Lane> = self.accounts.bonds.iter().map(|bond| bond.paid).collect();
        let Some(stage) = self.accounts.stage.clone() else { return };
        if service.is_empty() && flow.transferred.is_none() && excess.is_none() {
            return;
        }
        let projects = self.total("projects_fund", "基金付项目", "projects paid from the fund book", &[stage.fund.before], &[left]);
        let parts = [&service[..], flow.transferred.as_slice(), &[projects], excess.as_slice(), &[brought.fund.after]].concat();
        self.plan.closes("fund book", cash, parts);
    }
}
