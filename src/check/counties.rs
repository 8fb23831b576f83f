//! The table of counties: one row a county; its columns are read as if every town of the county had them.

use std::collections::BTreeMap;

use super::names::{Column, canonical};
use super::read::Reader;
use super::towns::KEYS;
use crate::base::lang::Words;
use crate::diag::{Code, Problem};
use crate::load::layout::split_unit;
use crate::load::{Loaded, sheet::Cell, sheet::Sheet};
use crate::scenario::Town;

impl Reader<'_> {
    /// Spreads the columns of the counties over their towns. A heading the town table has too stays the town's.
    ///
    /// Says whether all columns there are are known now: what a table that was told to be unreadable would hold nobody knows.
    pub fn counties(&mut self, loaded: &Loaded, towns: &[Town]) -> bool {
        let Some((table, sheet)) = self.sheet(loaded, "counties", KEYS) else { return loaded.root.get("counties").is_none() };
        // A table without rows was told when it was read.
        if sheet.rows.is_empty() {
            return false;
        }
        let headings: Vec<(String, _)> = sheet.headings.iter().map(|h| split_unit(&h.text)).collect();
        let Some(key) = headings.iter().position(|(words, _)| canonical(words) == "county") else {
            let file = loaded.files.get(sheet.file).map_or(String::new(), |f| f.shown.clone());
            let place = crate::base::place::Place::File(sheet.file);
            let known: Vec<&str> = headings.iter().map(|(words, _)| words.as_str()).collect();
            self.problems.push(Problem::new(Code::E505, &place).with("file", file).with_in("column", "县", "county").with_list("known", known));
            return false;
        };
        let rows = self.rows_of(sheet, key, towns);
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        self.names.first_of_county = rows.iter().enumerate().map(|(town, row)| *first.entry(*row).or_insert(town)).collect();
        for (at, (heading, unit)) in headings.into_iter().enumerate() {
            if at == key || self.names.columns.iter().any(|c| canonical(&c.heading) == canonical(&heading)) {
                continue;
            }
            let cells: Vec<Cell> = rows.iter().map(|row| sheet.rows[*row][at].clone()).collect();
            let place = sheet.headings[at].place.clone();
            self.names.columns.push(Column { heading: heading.clone(), place, unit: unit.or(sheet.unit), cells, used: false, of_counties: true });
        }
        self.names.looked_in(table);
        self.say_of_counties(table);
        self.expect_rows(table, sheet.rows.len());
        true
    }

    /// For every town the row of its county; every county must have one, and one only.
    fn rows_of(&mut self, sheet: &Sheet, key: usize, towns: &[Town]) -> Vec<usize> {
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for (n, row) in sheet.rows.iter().enumerate() {
            let cell = &row[key];
            if let Some(first) = known.insert(&cell.text, n) {
                let problem = Problem::new(Code::E110, &cell.place).with("name", &cell.text);
                self.problems.push(problem.also_in(&sheet.rows[first][key].place, Words::new("第一次", "first time")));
            }
        }
        let mut missing: Vec<&str> = Vec::new();
        let mut rows = Vec::with_capacity(towns.len());
        for town in towns {
            match known.get(town.county.as_str()) {
                Some(row) => rows.push(*row),
                // Some row stands in, so that nothing else is called missing.
                None if missing.contains(&town.county.as_str()) => rows.push(0),
                None => {
                    rows.push(0);
                    missing.push(&town.county);
                    self.problems.push(Problem::new(Code::E506, &sheet.headings[key].place).with("county", &town.county).with("town", &town.name));
                }
            }
        }
        rows
    }

    /// What `[counties]` says of where its numbers come from holds for its columns.
    fn say_of_counties(&mut self, table: &crate::load::node::Table) {
        let files = self.file_scope();
        let whole = files.down(table);
        let said = table.get("columns").and_then(|e| e.node.table()).map(|t| t.entries.clone()).unwrap_or_default();
        let headings: Vec<String> = self.names.columns.iter().filter(|c| c.of_counties).map(|c| c.heading.clone()).collect();
        let layer = std::sync::Arc::from("");
        for heading in headings {
            let own = said.iter().find(|e| e.key == heading).and_then(|e| e.node.table());
            let provenance = own.map_or_else(|| whole.provenance(&layer), |own| whole.down(own).provenance(&layer));
            let scope = files.with(&layer, provenance);
            self.say_of_column(&heading, scope);
        }
    }
}
