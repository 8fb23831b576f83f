//! What is doubtful but does not stop a run.

use std::collections::BTreeSet;

use super::Head;
use super::names::canonical;
use super::read::Reader;
use super::scope::provenance_of;
use crate::base::place::Place;
use crate::diag::{Code, Problem, Problems};
use crate::load::Loaded;
use crate::rules::field::Quantity;
use crate::scenario::Scenario;

impl Reader<'_> {
    /// Rules past their verified range, columns nobody asked for, values without a grade.
    pub fn warn(&mut self, loaded: &Loaded, head: &Head) {
        // Beside errors this would be noise: nothing is computed yet.
        if !self.problems.has_errors() {
            self.beyond_verified(loaded, head);
        }
        let known = ["town", "county", "class", "cohort", "population", "staff", "villages"];
        let unused: Vec<_> = self.names.columns.iter().filter(|c| !c.used && !known.contains(&canonical(&c.heading))).collect();
        for column in unused {
            self.problems.push(Problem::new(Code::W203, &column.place).with("column", &column.heading));
        }
        let ungraded: Vec<&Place> = self.leaves.iter().filter(|(_, l)| l.provenance.grade.is_none() && !matches!(l.quantity, Quantity::Word(_))).map(|(_, l)| &l.place).collect();
        if let Some(first) = ungraded.first() {
            self.problems.push(Problem::new(Code::W204, first).with("count", ungraded.len()));
        }
    }

    fn beyond_verified(&mut self, loaded: &Loaded, head: &Head) {
        for layer in &loaded.layers {
            let Some(verified) = provenance_of(&layer.head).verified else { continue };
            if verified.year < head.last_year {
                let place = layer.head.get("verified").map_or(Place::File(layer.file), |e| e.node.place.clone());
                let file = loaded.files.get(layer.file).map_or(String::new(), |f| f.shown.clone());
                let problem = Problem::new(Code::W202, &place).with("file", file).with("verified", verified);
                self.problems.push(problem.with("last", head.last_year));
            }
        }
    }
}

/// Dates after the horizon have no effect.
pub(crate) fn beyond_horizon(scenario: &Scenario, problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for (_, leaf) in scenario.leaves.iter() {
        if let Some(day) = leaf.from.filter(|d| d.year > scenario.last_year)
            && seen.insert((leaf.path.clone(), day))
        {
            problems.push(Problem::new(Code::W201, &leaf.place).with("path", &leaf.path).with("date", day));
        }
    }
}
