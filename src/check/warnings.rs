//! What is doubtful but does not stop a run.

use std::collections::BTreeSet;

use super::names::canonical;
use super::read::Reader;
use super::scope::provenance_of;
use super::{Head, acts};
use crate::base::place::Place;
use crate::diag::{Code, Problem, Problems, nearest};
use crate::load::{Loaded, node::Table};
use crate::rules::{field::Quantity, transfers::Giving};
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

/// Money for classes of projects that its towns do not have cannot be used.
pub(crate) fn without_projects(root: &Table, scenario: &Scenario, problems: &mut Problems) {
    let mut tell = |kind: &str, id: &str, towns: &[bool], classes: &[String]| {
        let known: BTreeSet<&str> = scenario.projects.iter().filter(|p| towns.get(p.town) == Some(&true)).map(|p| p.class.as_str()).collect();
        if classes.iter().any(|c| known.contains(c.as_str())) {
            return;
        }
        let entry = acts(root, kind).into_iter().find(|(other, _)| *other == id).map(|(_, entry)| entry);
        let place = entry.and_then(|e| e.node.table()?.get("classes")).map_or_else(Default::default, |e| e.node.place.clone());
        let near = classes.iter().find_map(|c| nearest(c, known.iter().copied()));
        let problem = Problem::new(Code::W206, &place).with("path", format!("{kind}.{id}")).with_list("classes", classes).with_some("nearest", near);
        problems.push(if known.is_empty() { problem } else { problem.with_list("known", &known) });
    };
    for bond in scenario.bonds.iter().filter(|b| b.terms.lends_from(scenario.first_year)) {
        tell("bond", &bond.id, &bond.towns, &bond.classes);
    }
    for transfer in &scenario.transfers {
        if let Giving::Matching(form) = &transfer.form {
            tell("transfer", &transfer.id, &transfer.towns, form.classes());
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
