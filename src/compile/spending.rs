//! Recurrent spending: what each line costs, and paying it in order with the three guarantees first.

use super::Compiler;
use super::accounts::LineLanes;
use crate::plan::Lane;
use crate::rules::spending::Class;

/// What recurrent lines cost, before anything is shared or paid.
pub(super) struct Recurrent {
    /// Lines the town pays: order in the scenario, lane.
    pub lines: Vec<(usize, Lane)>,
    /// Their sum: the approved spending of `unified`.
    pub approved: Lane,
}

impl Compiler<'_> {
    /// The cost of every line; what the county pays goes to its account.
    pub(super) fn recurrent(&mut self) -> Recurrent {
        let scenario = self.scenario;
        let mut lines = Vec::new();
        for (n, spending) in scenario.spending.iter().enumerate() {
            let gate = self.in_towns(&spending.towns);
            if gate.never() {
                continue;
            }
            let path = format!("spending.{}", spending.id);
            let lane = spending.cost.lower(&mut self.low(&path, &spending.name, gate.clone()));
            // A count does not know the selection of towns; an amount does.
            let lane = if gate.always() {
                lane
            } else {
                let mut low = self.low(&path, &spending.name, gate);
                low.gated_sum(low.name("in_force", "支出", "spending"), &[lane])
            };
            if spending.by_county {
                self.books.county.paid.push(lane);
            } else {
                lines.push((n, lane));
            }
        }
        let all: Vec<Lane> = lines.iter().map(|(_, lane)| *lane).collect();
        let approved = self.total("approved", "核定支出", "approved spending", &all, &[]);
        Recurrent { lines, approved }
    }

    /// Pays the lines by class, then in file order; gives what is left.
    pub(super) fn pay_lines(&mut self, recurrent: &Recurrent, upkeep: Lane, from: Lane) -> Lane {
        let scenario = self.scenario;
        let mut left = from;
        for class in Class::ALL {
            let of_class = recurrent.lines.iter().filter(|(n, _)| scenario.spending[*n].class == class);
            for &(n, due) in of_class {
                let spending = &scenario.spending[n];
                left = self.pay_line(&format!("spending.{}", spending.id), &spending.name, class, due, left);
            }
        }
        self.pay_line("spending.upkeep", "已建项目管护", Class::Other, upkeep, left)
    }

    fn pay_line(&mut self, path: &str, name: &str, class: Class, due: Lane, from: Lane) -> Lane {
        let gate = self.everywhere();
        let low = self.low(path, name, gate);
        let (paid, unmet, left) = (low.name("paid", "已付", "paid"), low.name("unmet", "未付", "unpaid"), low.name("left", "付后余额", "left"));
        let (paid, unmet, left) = low.plan.pay(paid, unmet, left, due, from);
        let (path, name) = (path.to_owned(), name.to_owned());
        self.accounts.lines.push(LineLanes { path, name, class, due, paid, unmet });
        left
    }
}
