//! From base cost to cost: a line that starts in steps, and services bought from outside 购买服务.

use crate::base::ratio::Ratio;
use crate::plan::{Arg, Domain, Lane, Unit, table::Shown};
use crate::rules::{lowering::Lowering, param::Param, speak::Speak};

/// What stands between the base cost of a line and what is due.
#[derive(Clone, Debug, Default)]
pub struct Level {
    /// Levels by year since the start; the last holds on. Empty: the whole at once.
    pub ramp: Vec<Ratio>,
    /// Services bought from outside.
    pub purchase: Option<Purchase>,
}

/// Purchase of services 购买服务.
#[derive(Clone, Debug)]
pub struct Purchase {
    /// The share bought.
    pub contracted_out: Param,
    /// What buying saves of it.
    pub saving: Param,
}

impl Level {
    /// `B := R(r_k × B)`, then `B − R(saving × R(contracted_out × B))`; `since` gives the years since the town's start.
    pub fn lower(&self, base: Lane, since: impl Fn(usize, usize) -> usize, low: &mut Lowering<'_>) -> Lane {
        let cost = if self.ramp.is_empty() { base } else { self.ramped(base, since, low) };
        self.purchase.as_ref().map_or(cost, |purchase| purchase.lower(cost, low))
    }

    fn ramped(&self, base: Lane, since: impl Fn(usize, usize) -> usize, low: &mut Lowering<'_>) -> Lane {
        let last = self.ramp.len().saturating_sub(1);
        let path = format!("{}/level", low.path);
        let level = low.plan.made(&path, Shown::Share, |y, t| self.ramp[since(y, t).min(last)].coefficient());
        let name = low.name("ramped", "按进度计的支出", "spending as it starts in steps");
        low.plan.amount(name, base, level)
    }

    /// The level in words; nothing where the whole is due at once.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> Vec<String> {
        let levels: Vec<String> = self.ramp.iter().map(|r| r.to_string()).collect();
        let ramp = (!levels.is_empty()).then(|| {
            let levels = speak.list(&levels);
            speak.pick(format!("起始各年依次按{levels}计，以后不变"), format!("it starts with {levels} of the cost, year by year, and stays at the last"))
        });
        ramp.into_iter().chain(self.purchase.as_ref().map(|p| p.sentence(speak))).collect()
    }
}

impl Purchase {
    fn lower(&self, cost: Lane, low: &mut Lowering<'_>) -> Lane {
        let (bought, saving) = (low.ratio(&self.contracted_out), low.ratio(&self.saving));
        let name = low.name("contracted_out", "购买服务部分", "bought from outside");
        let bought = low.plan.amount(name, cost, bought);
        let name = low.name("saved", "购买服务节省", "saved by buying");
        let saved: Arg = low.plan.amount(name, bought, saving).into();
        let name = low.name("cost", "支出（扣节省）", "spending, savings taken off");
        low.plan.sum_in(name, Domain::Town, Unit::Fen, vec![cost.into()], vec![saved])
    }

    fn sentence(&self, speak: &Speak<'_>) -> String {
        let (bought, saving) = (speak.value(&self.contracted_out), speak.value(&self.saving));
        speak.pick(format!("购买服务占{bought}，所购部分节省{saving}"), format!("the share bought from outside is {bought}, which saves {saving} of that part"))
    }
}
