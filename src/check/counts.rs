//! Counts, and what a rule counts by.

use super::acts;
use super::read::Reader;
use crate::base::place::Place;
use crate::diag::{Code, Problem};
use crate::load::node::Table;
use crate::rules::count::{self, Counted, Per};
use crate::scenario::Count;

impl Reader<'_> {
    /// All counts.
    pub fn all_counts(&mut self, root: &Table) -> Vec<Count> {
        let mut found = Vec::new();
        for (id, entry) in acts(root, "count") {
            let path = format!("count.{id}");
            let Some(table) = self.expect_table(&entry.node, &path).cloned() else { continue };
            let files = self.file_scope();
            let mut v = self.read(&[count::FIELDS], &table, &path, files, &entry.key_place);
            let adds_place = v.place_of("adds");
            let adds = v.text("adds").and_then(|a| self.names.counts.iter().position(|c| *c == a));
            if adds.is_some_and(|a| self.names.counts[a] == id) {
                self.problems.push(Problem::new(Code::E117, &adds_place).with("chain", format!("{id} → {id}")));
            }
            if let (Some(name), Some(value)) = (v.text("name"), v.param("value")) {
                found.push(Count { id: id.to_owned(), name, value, adds });
            }
        }
        found
    }

    /// What `per = NAME` counts by: a count of that name, or a column of the town table.
    pub fn per(&mut self, name: &str, place: &Place) -> Option<Per> {
        if let Some(count) = self.names.counts.iter().position(|c| c == name) {
            return Some(Per { name: name.to_owned(), what: Counted::Count(count) });
        }
        let Some(found) = self.names.column(name).cloned() else {
            self.problems.push(self.names.nothing_to_count(name, place));
            return None;
        };
        let mut by_town = Vec::new();
        for (town, cell) in found.cells.iter().enumerate() {
            let count = self.count(cell, &found.heading);
            if cell.text.is_empty() {
                let name = self.names.towns.get(town).cloned().unwrap_or_default();
                self.problems.push(Problem::new(Code::E402, &cell.place).with("town", name).with("path", &found.heading));
            }
            by_town.push(count.unwrap_or(0));
        }
        Some(Per { name: name.to_owned(), what: Counted::Column(by_town) })
    }
}
