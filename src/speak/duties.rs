//! On-lent bonds, the steps of budget law, and what counts as public services.

use super::{Act, Section, Speaker};
use crate::rules::budget;

impl Speaker<'_> {
    /// On-lent bonds, one sentence each.
    pub(super) fn bonds(&self) -> Section {
        let speak = &self.speak;
        let act = |bond: &crate::scenario::OnLent| {
            let to = speak.pick(format!("给{}", self.towns(&bond.towns)), format!("to {}", self.towns(&bond.towns)));
            let purpose = speak.pick(format!("用于{}类项目", speak.list(&bond.classes)), format!("for projects of the classes {}", speak.list(&bond.classes)));
            let service =
                speak.pick("镇以基金先付县本息，付不了的挂欠，县照付", "the town pays the county first of all fund spending and owes what it cannot pay; the county pays it whole");
            let body = speak.clauses(&[to, bond.terms.sentence(speak), purpose, service]);
            self.act(format!("bond.{}", bond.id), &speak.called(&bond.name), &body)
        };
        self.section("转贷专项债", "On-lent special bonds", self.scenario.bonds.iter().map(act).collect())
    }

    /// Reserve, stabilisation fund, transfer-in, ladder, carry-over: one sentence a table.
    pub(super) fn budget(&self) -> Section {
        let act = |(card, _): &(crate::rules::card::Card, _)| {
            let body = self.scenario.budget.sentence(card.kind, &self.speak)?;
            Some(self.act(card.kind, card.name.get(self.speak.lang), &body))
        };
        let acts: Vec<Act> = budget::TABLES.iter().filter_map(act).collect();
        self.section("预算平衡", "Balancing the budget", acts)
    }

    /// What counts as public services.
    pub(super) fn public_services(&self) -> Section {
        let rule = self.scenario.public_services.as_ref();
        let acts = rule.map(|rule| self.act("public_services", "", &rule.sentence(&self.speak))).into_iter().collect();
        self.section("算作公共服务的支出", "What counts as public services", acts)
    }
}
