//! Which agreement holds for a town in a year: of those that fit, the one with the latest start; one that overrides comes before all that do not.

use super::Head;
use super::agreements::Read;
use super::read::Reader;
use crate::base::{lang::Words, when::Year};
use crate::diag::{Code, Problem, nearest};
use crate::rules::values::Start;
use crate::scenario::{Held, Town};

/// An agreement's hold on a town: from, to.
#[derive(Clone, Copy, Debug)]
struct Hold {
    agreement: usize,
    from: Year,
    to: Year,
    /// It holds whatever else starts then or later, and so does what follows it.
    overrides: bool,
}

impl Reader<'_> {
    /// `regime[town][year]`.
    pub fn regime(&mut self, agreements: &[Read], towns: &[Town], head: &Head, all_read: bool) -> Vec<Vec<Held>> {
        let before = self.problems.len();
        if all_read {
            self.known_successors(agreements);
        }
        // Where an agreement could not be read or ends in nothing, a town without one is the consequence.
        let told = !all_read || self.problems.len() > before;
        let mut regime = Vec::with_capacity(towns.len());
        for (n, town) in towns.iter().enumerate() {
            let before = self.problems.len();
            let holds = self.holds(agreements, n, town, head);
            let told = told || self.problems.len() > before;
            regime.push(self.of_town(&holds, agreements, town, head, told));
        }
        regime
    }

    fn known_successors(&mut self, agreements: &[Read]) {
        for (name, place) in agreements.iter().filter_map(|a| a.successor.as_ref()) {
            if !agreements.iter().any(|a| a.agreement.id == *name) {
                let near = nearest(name, agreements.iter().map(|a| a.agreement.id.as_str()));
                self.problems.push(Problem::new(Code::E308, place).with("name", name).with_some("nearest", near));
            }
        }
    }

    fn holds(&mut self, agreements: &[Read], town: usize, row: &Town, head: &Head) -> Vec<Hold> {
        let mut holds = Vec::new();
        for (agreement, read) in agreements.iter().enumerate().filter(|(_, a)| a.towns.get(town) == Some(&true)) {
            let from = match read.from {
                Start::Year(year) => year,
                Start::Cohort => match row.cohort {
                    Some(year) => year,
                    None => {
                        let path = format!("agreement.{}", read.agreement.id);
                        self.problems.push(Problem::new(Code::E309, &read.agreement.place).with("path", path).with("town", &row.name));
                        continue;
                    }
                },
            };
            let ends = [read.until, read.term.map(|term| from + term - 1)].into_iter().flatten().min();
            let to = ends.unwrap_or(head.last_year);
            holds.push(Hold { agreement, from, to, overrides: read.overrides });
            if let (Some((successor, _)), Some(end)) = (&read.successor, ends)
                && let Some(next) = agreements.iter().position(|a| a.agreement.id == *successor)
            {
                holds.push(Hold { agreement: next, from: end + 1, to: head.last_year, overrides: read.overrides });
            }
        }
        holds
    }

    fn of_town(&mut self, holds: &[Hold], agreements: &[Read], town: &Town, head: &Head, told: bool) -> Vec<Held> {
        let mut years = Vec::with_capacity(head.years());
        for year in head.first_year..=head.last_year {
            let runs = |h: &&Hold| h.from <= year && year <= h.to;
            let above = holds.iter().filter(runs).any(|h| h.overrides);
            let fit = || holds.iter().filter(runs).filter(|h| h.overrides == above);
            let latest = fit().map(|h| h.from).max();
            let mut held: Vec<Held> = fit().filter(|h| Some(h.from) == latest).map(|h| Held { agreement: h.agreement, since: h.from }).collect();
            held.dedup();
            if let [first, second, ..] = held[..] {
                let (a, b) = (&agreements[first.agreement].agreement, &agreements[second.agreement].agreement);
                let known = self.problems.iter().any(|p| p.code == Code::E301 && p.args.iter().any(|(_, v)| *v == town.name));
                if !known {
                    let problem = Problem::new(Code::E301, &b.place).with("town", &town.name).with("year", year);
                    self.problems.push(problem.with("first", &a.name).with("second", &b.name).also_in(&a.place, Words::new("另一个", "the other")));
                }
            }
            match held.first() {
                Some(held) => years.push(*held),
                None => {
                    if !told && !agreements.is_empty() {
                        self.problems.push(Problem::new(Code::E302, &town.place).with("town", &town.name).with("year", year));
                    }
                    return Vec::new();
                }
            }
        }
        years
    }
}
