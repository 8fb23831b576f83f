//! Costs laid out before they are recognised 垫付: whoever paid first is repaid from the cost.

use super::{Holder, Land, Set};
use crate::plan::{Arg, Lane};
use crate::rules::lowering::Lowering;

/// A cost that was laid out, and its repayment.
#[derive(Clone, Debug)]
pub struct Advanced {
    /// The cost, by its order.
    pub cost: usize,
    /// Its name.
    pub name: String,
    /// Who laid it out.
    pub by: Holder,
    /// \[分\] Laid out in the year.
    pub laid_out: Lane,
    /// \[分\] Repaid from the cost recognised.
    pub repaid: Lane,
    /// \[分\] What of the cost goes to its own party.
    pub to_party: Lane,
}

impl Land {
    /// What is outstanding is repaid first; the rest of a cost goes where it would have gone.
    pub(super) fn advances(&self, costs: &[Set], low: &mut Lowering<'_>) -> Vec<Advanced> {
        let mut found = Vec::new();
        for (n, (cost, set)) in self.costs.iter().zip(costs).enumerate() {
            let Some(advance) = &cost.advance else { continue };
            let path = format!("{}.cost.{}", low.path, cost.id);
            let (path, owner) = (std::mem::replace(&mut low.path, path), std::mem::replace(&mut low.owner, cost.name.clone()));
            let amount = low.money_once_written(&advance.amount);
            let laid_out = low.plan.amount(low.name("laid_out", "当年垫付", "laid out"), amount, Arg::Number(1.0));
            let after = low.plan.fen(low.name("outstanding", "年末未归还垫付", "outstanding at the end of the year"));
            let before = low.plan.carry(low.name("outstanding_before", "年初未归还垫付", "outstanding at the start of the year"), after, 1, Arg::Number(0.0));
            let owed = low.plan.sum(low.name("outstanding_there", "应归还垫付", "to be repaid"), &[before, laid_out], &[]);
            let names =
                (low.name("repaid", "归还垫付", "repaid"), low.name("to_party", "其余成本", "the rest of the cost"), low.name("still_owed", "归还后余额", "left to be repaid"));
            let (repaid, to_party, left) = low.plan.pay(names.0, names.1, names.2, set.lane, owed);
            low.plan.sum_into(after, &[left], &[]);
            found.push(Advanced { cost: n, name: cost.name.clone(), by: advance.by, laid_out, repaid, to_party });
            (low.path, low.owner) = (path, owner);
        }
        found
    }
}
