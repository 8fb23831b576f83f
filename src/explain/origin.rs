//! Where a figure ends: in a value somebody wrote, in a row of a table, in a rule, or in the program.

use super::{Explainer, Key, Part};
use crate::base::place::Place;
use crate::plan::table::Shown;
use crate::plan::{Lane, Table};
use crate::rules::param::{Leaf, LeafId};

/// What a leaf of an explanation rests on.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// A value with its source and grade.
    Written(LeafId),
    /// A row of the table of towns or projects.
    Row(Place),
    /// A rule, by its path, that holds the number without a value of its own (its dates, its instalments).
    Rule(String, Place),
    /// The program: nothing where nothing is asked, units and counts.
    Program,
}

impl Explainer<'_> {
    /// The value a user wrote.
    #[must_use]
    pub fn leaf(&self, leaf: LeafId) -> &Leaf {
        self.run.scenario.leaves.get(leaf)
    }

    /// What a figure without a formula of its own rests on.
    pub(super) fn origin(&self, key: Key) -> Option<Origin> {
        match key {
            Key::Table(table, year, place) => Some(self.of_table(&self.run.compiled.plan.tables[table.0 as usize], year, place)),
            Key::Constant(_, lane) => Some(self.of_rule(&self.run.compiled.plan.lane(lane).name)),
            Key::Cell(n) => self.cells[n].origin.clone(),
            Key::Column("summary", "population", _, place) => Some(Origin::Row(self.run.scenario.towns[self.run.compiled.towns[place]].place.clone())),
            Key::Project(project, Part::Planned | Part::Upkeep | Part::Cost, _) => Some(self.of_row(project)),
            _ => None,
        }
    }

    fn of_row(&self, project: usize) -> Origin {
        let order = self.run.compiled.projects.get(project).copied();
        order.and_then(|order| self.run.scenario.projects.get(order)).map_or(Origin::Program, |project| Origin::Row(project.place.clone()))
    }

    fn of_table(&self, table: &Table, year: usize, place: usize) -> Origin {
        if let Some(leaf) = table.leaf(year, place) {
            return Origin::Written(leaf);
        }
        let (rule, key) = table.name.rsplit_once('/').unwrap_or(("", &table.name));
        if matches!(key, "factor" | "start") {
            return self.growth(rule).unwrap_or_else(|| self.of_rule(rule));
        }
        if let Some(leaf) = self.near(&table.name) {
            return Origin::Written(leaf);
        }
        if table.shown == Shown::Number && (key.starts_with("count") || key.ends_with("heads") || key == "weight") {
            return self.counted(table.at(year, place), year, place);
        }
        self.of_rule(rule)
    }

    /// A value whose path is that of a table the program made from it (`….contracts/owed` from `….contracts`).
    fn near(&self, name: &str) -> Option<LeafId> {
        let path = name.rsplit_once('/')?.0;
        self.run.scenario.leaves.iter().find(|(_, leaf)| leaf.path == path).map(|(id, _)| id)
    }

    /// The growth written for a rule, or that of the driver it follows.
    fn growth(&self, rule: &str) -> Option<Origin> {
        let own = format!("{rule}.grows_by");
        let find = |wanted: &dyn Fn(&str) -> bool| self.run.scenario.leaves.iter().find(|(_, leaf)| wanted(&leaf.path)).map(|(id, _)| Origin::Written(id));
        find(&|path| path == own || path.strip_prefix(&own).is_some_and(|rest| rest.starts_with(['.', '@'])))
    }

    /// A number people are counted by: a count of the scenario with this value, else the town's row.
    #[expect(clippy::cast_possible_truncation, reason = "millionths of a count")]
    fn counted(&self, value: f64, year: usize, place: usize) -> Origin {
        let scenario = &self.run.scenario;
        let town = self.run.compiled.towns[place];
        let millionths = (value * 1e6).round() as i64;
        let in_row = scenario.towns[town].cells.values().any(|cell| cell.replace(',', "").parse::<f64>() == Ok(value));
        let of_count = |count: &crate::scenario::Count| {
            let at = count.value.at(town, self.run.year(year), &scenario.drivers, crate::rules::param::Lives::ALL_YEAR).ok()?;
            (at.0 == millionths).then_some(at.1)
        };
        match scenario.counts.iter().find_map(of_count) {
            Some(leaf) if !in_row => Origin::Written(leaf),
            _ => Origin::Row(scenario.towns[town].place.clone()),
        }
    }

    /// The rule a path belongs to, and where it stands: where it is known itself, else where its first value stands.
    pub(super) fn of_rule(&self, path: &str) -> Origin {
        let scenario = &self.run.scenario;
        let mut path = path.split('/').next().unwrap_or(path);
        loop {
            let known = match path.split_once('.') {
                Some(("source", id)) => scenario.sources.iter().find(|s| s.id == id).map(|s| s.place.clone()),
                Some(("agreement", id)) => scenario.agreements.iter().find(|a| a.id == id).map(|a| a.place.clone()),
                _ => None,
            };
            let below = format!("{path}.");
            let first = || scenario.leaves.iter().find(|(_, leaf)| leaf.path == path || leaf.path.starts_with(&below)).map(|(_, leaf)| leaf.place.clone());
            if let Some(place) = known.or_else(first) {
                return Origin::Rule(path.to_owned(), place);
            }
            match path.rsplit_once('.') {
                Some((above, _)) => path = above,
                None => return Origin::Program,
            }
        }
    }

    /// What a lane nobody writes rests on.
    pub(super) fn of_lane(&self, lane: Lane) -> Origin {
        self.of_rule(&self.run.compiled.plan.lane(lane).name)
    }
}
