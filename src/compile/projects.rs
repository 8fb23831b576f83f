//! Projects: what is planned when, which pots may pay, in which order.

use super::Compiler;
use super::accounts::{Party, Posting};
use super::books::{Pays, Pot};
use crate::base::amount::Fen;
use crate::plan::{
    Lane, Op,
    projects::{EarmarkPot, ProjectPlan, Projects},
};
use crate::scenario::Project;

impl Compiler<'_> {
    /// The pots of the project stage and the lanes it writes; the operation itself.
    pub(super) fn pots(&mut self, general: Lane, fund: Lane, after: (Lane, Lane), upkeep: Lane) {
        self.accounts.pot_keys = self.books.pots.iter().map(|pot| pot.path.strip_prefix("earmark.").unwrap_or(&pot.path).to_owned()).collect();
        self.matched();
        let earmarks = self.books.pots.clone().iter().enumerate().map(|(n, pot)| self.pot(n, pot)).collect();
        let mut lane = |key: &str, zh: &'static str, en: &'static str| self.plan.fen(Self::name("town", key, zh, en));
        let planned = lane("planned", "计划项目支出（镇级）", "planned project spending");
        let due = lane("due", "当年应付（含结转）", "due with backlog");
        let paid = lane("paid", "已付项目支出", "project spending paid");
        let unpaid = lane("unpaid", "项目资金缺口", "unpaid project spending");
        let finished_cost = self.scenario.feedback.capital.as_ref().map(|_| lane("finished_cost", "当年完工项目总投资", "whole cost of projects finished"));
        let pot = |before, after| EarmarkPot { before, after };
        self.accounts.stage = Some(Projects {
            list: Vec::new(),
            by_town: Vec::new(),
            mode: self.scenario.mode,
            earmarks,
            matches: self.plan.matches.clone(),
            general: pot(general, after.0),
            fund: pot(fund, after.1),
            planned,
            due,
            paid,
            unpaid,
            upkeep,
            finished_cost,
        });
        self.plan.ops.push(Op::Projects);
        if let Some(finished) = finished_cost {
            self.build_up_capital(finished);
        }
    }

    /// Matching grants stand in the ledger as money for a purpose; they pass through no book.
    fn matched(&mut self) {
        for (path, name, payer, lane) in self.books.matched.clone() {
            self.accounts.pot_keys.push(path.clone());
            let pot = self.accounts.pot_keys.len() - 1;
            for (party, is_paid, earmark) in [(payer, true, None), (Party::Town, false, Some(pot))] {
                let (item, name, rule) = (path.clone(), name.clone(), path.clone());
                self.accounts.postings.push(Posting { item, name, party, source: None, to_fund: false, earmark, lane, is_paid, rule });
            }
        }
    }

    fn pot(&mut self, n: usize, pot: &Pot) -> EarmarkPot {
        let balance = self.balance(&pot.path, "专项结转", None);
        self.accounts.pots.push(balance.after);
        let lapses = self.lapses().is_some() && n < self.scenario.earmarks.len();
        let gate = self.everywhere();
        let low = self.low(&pot.path, &pot.name, gate);
        let name = low.name("there", "可用专项", "earmarked money there");
        let there = low.plan.sum(name, &[&[balance.before], &pot.received[..]].concat(), &[]);
        let after = if lapses { low.plan.fen(low.name("left", "项目后余额", "left after projects")) } else { balance.after };
        EarmarkPot { before: there, after }
    }

    /// The stage with its projects: a town's together, by priority, then file order.
    pub(super) fn projects(&mut self) -> (Projects, Vec<usize>) {
        let scenario = self.scenario;
        let mut stage = self.accounts.stage.take().expect("the stage is made when recurrent spending is paid");
        let mut order = Vec::new();
        let mut by_town: Vec<Vec<usize>> = vec![Vec::new(); scenario.towns.len()];
        for (n, project) in scenario.projects.iter().enumerate() {
            by_town[project.town].push(n);
        }
        for (place, (town, _)) in self.towns.iter().enumerate() {
            let mut of_town = std::mem::take(&mut by_town[*town]);
            of_town.sort_by_key(|p| scenario.projects[*p].priority);
            let start = stage.list.len();
            for p in of_town {
                stage.list.push(self.project(&scenario.projects[p], place));
                order.push(p);
            }
            stage.by_town.push(start..stage.list.len());
        }
        (stage, order)
    }

    /// The pots that may pay a project, in the order they pay: money for it alone, then earmarks, then bonds.
    fn pots_of(&self, project: &Project) -> Vec<usize> {
        let pots = || self.books.pots.iter().enumerate();
        let alone = pots().filter(|(_, pot)| matches!(&pot.pays, Pays::Projects(ids) if ids.contains(&project.id)));
        let by_class = pots().filter(|(_, pot)| matches!(&pot.pays, Pays::Classes(classes) if classes.contains(&project.class)));
        alone.chain(by_class).map(|(n, _)| n).collect()
    }

    #[expect(clippy::cast_precision_loss, reason = "amounts stay below 10^15")]
    fn project(&self, project: &Project, town: usize) -> ProjectPlan {
        let scenario = self.scenario;
        let years = scenario.first_year..=scenario.last_year;
        let due: Vec<Fen> = years.map(|y| project.due(y)).collect();
        ProjectPlan {
            town,
            priority: project.priority,
            due: due.iter().map(|d| *d as f64).collect(),
            planned_finish: i64::from(project.planned_finish() - scenario.first_year),
            eligible: project.eligible,
            earmarks: self.pots_of(project),
            matched: self.plan.matches.iter().enumerate().filter(|(_, m)| m.classes.contains(&project.class)).map(|(n, _)| n).collect(),
            cost: project.cost as f64,
            upkeep: project.upkeep.of(project.cost) as f64,
        }
    }
}
