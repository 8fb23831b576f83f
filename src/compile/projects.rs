//! Projects: what is planned when, which pots may pay, in which order.

use super::Compiler;
use crate::base::amount::Fen;
use crate::plan::{
    Lane, Op,
    projects::{EarmarkPot, ProjectPlan, Projects},
};
use crate::scenario::Project;

impl Compiler<'_> {
    /// The pots of the project stage and the lanes it writes; the operation itself.
    pub(super) fn pots(&mut self, general: Lane, fund: Lane, after: (Lane, Lane), upkeep: Lane) {
        let earmarks = (0..self.scenario.earmarks.len()).map(|n| self.earmark_pot(n)).collect();
        let mut lane = |key: &str, zh: &'static str, en: &'static str| self.plan.fen(Self::name("town", key, zh, en));
        let planned = lane("planned", "计划项目支出（镇级）", "planned project spending");
        let due = lane("due", "当年应付（含结转）", "due with backlog");
        let paid = lane("paid", "已付项目支出", "project spending paid");
        let unpaid = lane("unpaid", "项目资金缺口", "unpaid project spending");
        let pot = |before, after| EarmarkPot { before, after };
        self.accounts.stage = Some(Projects {
            list: Vec::new(),
            by_town: Vec::new(),
            mode: self.scenario.mode,
            earmarks,
            general: pot(general, after.0),
            fund: pot(fund, after.1),
            planned,
            due,
            paid,
            unpaid,
            upkeep,
        });
        self.plan.ops.push(Op::Projects);
    }

    fn earmark_pot(&mut self, n: usize) -> EarmarkPot {
        let earmark = &self.scenario.earmarks[n];
        let (before, after) = self.balance(&format!("earmark.{}", earmark.id), "专项结转", None);
        let received = self.books.earmarked[n].clone();
        let path = format!("earmark.{}", earmark.id);
        let gate = self.everywhere();
        let low = self.low(&path, &earmark.name, gate);
        let name = low.name("there", "可用专项", "earmarked money there");
        let there = low.plan.sum(name, &[&[before], &received[..]].concat(), &[]);
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
            earmarks: scenario.earmarks.iter().enumerate().filter(|(_, e)| e.classes.contains(&project.class)).map(|(n, _)| n).collect(),
            upkeep: project.upkeep.of(project.cost) as f64,
        }
    }
}
