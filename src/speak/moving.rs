//! Firms that move, enclaves, the state capital book, feedback.

use super::{Act, Section, Speaker};
use crate::rules::sources::{Partner, PartnerHolder};
use crate::scenario::{CapitalFeedback, Enclave, FirmMove};

impl Speaker<'_> {
    /// Firms that move, one sentence each.
    pub(super) fn moves(&self) -> Section {
        let acts = self.scenario.moves.iter().map(|firm| self.firm_move(firm)).collect();
        self.section("企业迁移", "Firms that move", acts)
    }

    fn firm_move(&self, firm: &FirmMove) -> Act {
        let speak = &self.speak;
        let (source, from, to) = (speak.source(firm.source), self.town(firm.from), self.town(firm.to));
        let amount = speak.value(&firm.amount);
        let moves = speak.pick(
            format!("{source}由{from}迁到{to}，每年总额{amount}，不超过{from}实有数"),
            format!("{source} moves from {from} to {to}, gross a year {amount}, no more than {from} has"),
        );
        let back = match &firm.compensation {
            Some(share) => {
                let share = speak.value(share);
                speak.pick(format!("{to}把由此所得地方留成补给{from}，比例为{share}"), format!("of the local part that comes with it {to} passes back to {from}: {share}"))
            }
            None => speak.pick("没有补偿", "without compensation"),
        };
        self.act(format!("move.{}", firm.id), &speak.called(&firm.name), &speak.clauses(&[moves, back]))
    }

    /// Enclaves, one sentence each.
    pub(super) fn enclaves(&self) -> Section {
        let acts = self.scenario.enclaves.iter().map(|enclave| self.enclave(enclave)).collect();
        self.section("飞地", "Enclaves", acts)
    }

    fn enclave(&self, enclave: &Enclave) -> Act {
        let speak = &self.speak;
        let (source, host, origin) = (speak.source(enclave.source), self.town(enclave.host), self.town(enclave.origin));
        let share = speak.value(&enclave.share);
        let body = speak.pick(
            format!("{host}的{source}地方留成中，{origin}分得{share}，归{origin}参加县镇分成"),
            format!("of the local part of {source} in {host}, {origin} gets {share}, shared with the county there"),
        );
        self.act(format!("enclave.{}", enclave.id), &speak.called(&enclave.name), &body)
    }

    /// What leaves the state capital book.
    pub(super) fn state_capital(&self) -> Section {
        let speak = &self.speak;
        let act = |capital: &crate::scenario::StateCapital| {
            let share = speak.value(&capital.transfer_in);
            let body = speak.pick(
                format!("镇所得调入一般公共预算的比例为{share}，其余留在国有资本经营预算，只结转、不安排支出"),
                format!(
                    "of what the town gets {share} is transferred into the general public budget; the rest stays in the state capital budget, pays for nothing and is carried over"
                ),
            );
            self.act("state_capital.transfer_in", "", &body)
        };
        self.section("国有资本经营预算", "State capital budget", self.scenario.state_capital.iter().map(act).collect())
    }

    /// What feeds back into later years.
    pub(super) fn feedback(&self) -> Section {
        let feedback = &self.scenario.feedback;
        let mut acts = Vec::new();
        if feedback.people {
            let body = self.speak.pick("落户的人计入以后各年的人数", "people who settle are counted in later years");
            acts.push(self.act("feedback.people", "", &body));
        }
        acts.extend(feedback.capital.as_ref().map(|capital| self.capital(capital)));
        self.section("反馈（默认不开）", "Feedback (off unless written)", acts)
    }

    fn capital(&self, capital: &CapitalFeedback) -> Act {
        let speak = &self.speak;
        let sources: Vec<String> = capital.sources.iter().map(|n| speak.source(*n)).collect();
        let sources = speak.list(&sources);
        let (elasticity, depreciation, reference) = (speak.value(&capital.elasticity), speak.value(&capital.depreciation), speak.value(&capital.reference));
        let follows = speak.pick(
            format!("{sources}随上年末公共资本存量变动，弹性{elasticity}"),
            format!("{sources} follow the stock of public capital at the end of the year before, with an elasticity of {elasticity}"),
        );
        let builds = speak.pick(
            format!("存量起点{reference}，每年折旧{depreciation}，项目完工当年按总投资计入"),
            format!("the stock starts from {reference}, depreciates by {depreciation} a year and grows by the whole cost of projects in the year they are finished"),
        );
        self.act("feedback.capital", "", &speak.clauses(&[follows, builds]))
    }

    /// A partner's share, as a clause of its source's sentence.
    pub(super) fn partner(&self, partner: &Partner) -> String {
        let speak = &self.speak;
        let (name, share) = (speak.called(&partner.name), speak.value(&partner.share));
        let whose = match partner.holder {
            PartnerHolder::County => speak.pick("算县的钱", "as money of the county"),
            PartnerHolder::Outside => speak.pick("不算政府的钱", "outside the government"),
        };
        speak.pick(format!("上级分后先归{name}，比例为{share}，{whose}"), format!("of what the levels above leave, {share} goes to {name} first, {whose}"))
    }

    fn town(&self, order: usize) -> &str {
        &self.scenario.towns[order].name
    }
}
