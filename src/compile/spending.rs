//! Recurrent spending: what each line costs, and paying it in order with the three guarantees first.

use super::Compiler;
use super::accounts::LineLanes;
use crate::base::when::Year;
use crate::plan::Lane;
use crate::rules::lowering::Gate;
use crate::rules::spending::{Class, UPKEEP};
use crate::scenario::{Payer, Spending};

/// What recurrent lines cost, before anything is shared or paid.
pub(super) struct Recurrent {
    /// Lines the town pays: order in the scenario, lane.
    pub lines: Vec<(usize, Lane)>,
    /// Their sum: the approved spending of `unified`.
    pub approved: Lane,
}

/// A line on its way to being paid.
#[derive(Clone, Debug)]
pub(super) struct Due {
    pub path: String,
    pub name: String,
    pub class: Class,
    pub due: Lane,
}

impl Compiler<'_> {
    /// The cost of every line; what the county pays goes to its account, what city or province pay is not the town's.
    pub(super) fn recurrent(&mut self) -> Recurrent {
        let scenario = self.scenario;
        let mut lines = Vec::new();
        for (n, spending) in scenario.spending.iter().enumerate() {
            let gate = self.in_towns_while(&spending.towns, spending.span);
            if gate.never() {
                continue;
            }
            let lane = self.cost(spending, gate);
            match spending.payer {
                None => lines.push((n, lane)),
                Some(Payer::County) => self.books.county.paid.push(lane),
                Some(Payer::Central | Payer::Province | Payer::City) => {}
            }
        }
        let all: Vec<Lane> = lines.iter().map(|(_, lane)| *lane).collect();
        let approved = self.total("approved", "核定支出", "approved spending", &all, &[]);
        Recurrent { lines, approved }
    }

    /// Base cost, level, purchase of services; nothing where the line does not run.
    fn cost(&mut self, spending: &Spending, gate: Gate) -> Lane {
        let (scenario, towns) = (self.scenario, self.towns.clone());
        let first = scenario.first_year;
        let since = |y: usize, t: usize| {
            let year = first + Year::try_from(y).unwrap_or(0);
            spending.span.start(scenario.towns[towns[t].0].cohort).and_then(|start| usize::try_from(year - start).ok()).unwrap_or(0)
        };
        let mut low = self.low(&format!("spending.{}", spending.id), &spending.name, gate);
        let base = spending.cost.lower(&mut low);
        spending.level.lower(base, since, &mut low)
    }

    /// The lines in the order they are paid: by class, then in file order, upkeep last.
    pub(super) fn in_order(&self, recurrent: &Recurrent, upkeep: Lane) -> Vec<Due> {
        let line = |(n, due): &(usize, Lane)| {
            let spending = &self.scenario.spending[*n];
            Due { path: format!("spending.{}", spending.id), name: spending.name.clone(), class: spending.class, due: *due }
        };
        let mut dues: Vec<Due> = recurrent.lines.iter().map(line).collect();
        dues.sort_by_key(|line| line.class);
        dues.push(Due { path: "spending.upkeep".to_owned(), name: UPKEEP.zh.to_owned(), class: Class::Other, due: upkeep });
        dues
    }

    /// Pays lines one after another; gives what is left.
    pub(super) fn pay_lines<'d>(&mut self, lines: impl Iterator<Item = &'d Due>, from: Lane) -> Lane {
        let mut left = from;
        for line in lines {
            let (paid, unmet, rest) = self.line(line, ["paid", "unmet", "left"], line.due, left);
            self.accounts.lines.push(LineLanes { path: line.path.clone(), name: line.name.clone(), class: line.class, due: line.due, paid, unmet });
            left = rest;
        }
        left
    }
}
