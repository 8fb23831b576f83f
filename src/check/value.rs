//! Dated values: `"60%"`, `{ value = …, grade = … }`, `{ 2012 = …, 2016-05-01 = … }`, `{ column = "…" }`, growing or not.

use super::quantity;
use super::read::Reader;
use super::scope::{Scope, of_argument};
use crate::base::{change::Change, place::Place, ratio::Ratio, when::Day};
use crate::diag::{Code, Problem, in_both, nearest};
use crate::load::node::{Entry, Node, Table, Value};
use crate::rules::{
    field::{PROVENANCE, Quantity},
    param::{Growth, Leaf, LeafId, Param, Step, StepValue},
};

impl Reader<'_> {
    /// Reads a parameter; `extra` are keys its table may hold beside dates (a driver's name).
    pub fn value(&mut self, node: &Node, quantity: Quantity, path: &str, scope: &Scope<'_>, extra: &[&str]) -> Option<Param> {
        let mut param = Param {
            path: path.to_owned(),
            place: node.place.clone(),
            quantity,
            steps: Vec::new(),
            growth: Growth::None,
            interpolate: false,
            changes: self.changes_of(path),
        };
        let Some(table) = node.table() else {
            let value = self.leaf(node, None, quantity, path, scope)?;
            param.steps.push(Step { from: None, value });
            return Some(param);
        };
        let scope = scope.down(table);
        self.check_provenance(table, path);
        let mut whole = true;
        for entry in &table.entries {
            match entry.key.as_str() {
                "value" => whole &= self.step(&entry.node, None, &mut param, &scope).is_some(),
                "column" => whole &= self.column_step(&entry.node, None, &mut param, &scope).is_some(),
                "grows_by" => param.growth = self.fixed_growth(&entry.node, path, &scope)?,
                "grows_with" => param.growth = Growth::Driver(self.driver(&entry.node)?),
                "interpolate" => match entry.node.value {
                    Value::Flag(flag) => param.interpolate = flag,
                    _ => self.expected(&entry.node, &format!("{path}.interpolate"), ("true 或 false", "true or false"), "interpolate = true"),
                },
                key if PROVENANCE.contains(&key) || extra.contains(&key) => {}
                key => match Day::parse(key) {
                    Some(day) => whole &= self.step(&entry.node, Some(day), &mut param, &scope).is_some(),
                    None => {
                        self.unknown_in_value(entry, path);
                        whole = false;
                    }
                },
            }
        }
        if let Some(entry) = table.entries.iter().find(|e| matches!(e.key.as_str(), "grows_by" | "grows_with"))
            && matches!(quantity, Quantity::Share | Quantity::Word(_))
        {
            // A share that grows passes the whole sooner or later; what changes is written by date.
            let known = ["value", "column", "interpolate"];
            let problem = Problem::new(Code::E101, &entry.key_place).with("key", &entry.key).with("table", path);
            self.problems.push(problem.with_in("known", format!("{}、日期", known.join("、")), format!("{}, dates", known.join(", "))));
            whole = false;
        }
        param.steps.sort_by_key(|s| s.from);
        self.one_way(table, &param, path)?;
        (whole && !param.steps.is_empty()).then_some(param)
    }

    /// What draws of a study do to the parameter of a path.
    fn changes_of(&self, path: &str) -> Vec<Change> {
        self.changes.iter().filter(|change| change.path == path).cloned().collect()
    }

    /// Either one value, or dates: not both, and something.
    fn one_way(&mut self, table: &Table, param: &Param, path: &str) -> Option<()> {
        let constants = param.steps.iter().filter(|s| s.from.is_none()).count();
        if constants > 1 || (constants == 1 && param.steps.len() > 1) {
            self.problems.push(Problem::new(Code::E306, &param.place).with("one", "value").with_in("other", "日期", "dates"));
            return None;
        }
        if param.steps.is_empty() && table.entries.iter().all(|e| PROVENANCE.contains(&e.key.as_str())) {
            self.problems.push(Problem::new(Code::E102, &param.place).with("key", "value").with("table", path));
            return None;
        }
        Some(())
    }

    fn step(&mut self, node: &Node, from: Option<Day>, param: &mut Param, scope: &Scope<'_>) -> Option<()> {
        let Some(table) = node.table() else {
            let value = self.leaf(node, from, param.quantity, &param.path, scope)?;
            param.steps.push(Step { from, value });
            return Some(());
        };
        let scope = scope.down(table);
        self.check_provenance(table, &param.path);
        let mut found = None;
        for entry in &table.entries {
            match entry.key.as_str() {
                "value" => found = Some(self.leaf(&entry.node, from, param.quantity, &param.path, &scope).map(|value| param.steps.push(Step { from, value }))),
                "column" => found = Some(self.column_step(&entry.node, from, param, &scope)),
                key if PROVENANCE.contains(&key) => {}
                _ => {
                    self.unknown_in_value(entry, &param.path);
                    found = Some(None);
                }
            }
        }
        if found.is_none() {
            self.problems.push(Problem::new(Code::E102, &node.place).with("key", "value").with("table", &param.path));
        }
        found.flatten()
    }

    fn leaf(&mut self, node: &Node, from: Option<Day>, quantity: Quantity, path: &str, scope: &Scope<'_>) -> Option<StepValue> {
        match quantity::read(node, quantity, self.names.unit, path) {
            Ok(read) => {
                let id = self.add_leaf(path, from, quantity, read.value, read.text, node, scope);
                Some(StepValue::Same(read.value, id))
            }
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a leaf is what it is")]
    fn add_leaf(&mut self, path: &str, from: Option<Day>, quantity: Quantity, value: i64, text: String, node: &Node, scope: &Scope<'_>) -> LeafId {
        let provenance = of_argument(&node.place).unwrap_or_else(|| scope.provenance(&node.layer));
        let (path, place, layer) = (path.to_owned(), node.place.clone(), node.layer.clone());
        self.leaves.add(Leaf { path, from, quantity, value, text, provenance, place, layer })
    }

    fn column_step(&mut self, node: &Node, from: Option<Day>, param: &mut Param, scope: &Scope<'_>) -> Option<()> {
        let Value::Text(name) = &node.value else {
            self.expected(node, "column", ("列名", "a heading"), "\"核定收入基数\"");
            return None;
        };
        let value = self.column(name, &node.place, from, param.quantity, &param.path, scope)?;
        param.steps.push(Step { from, value });
        Some(())
    }

    /// The values of a column of the town table; an empty cell has none.
    pub fn column(&mut self, name: &str, asked: &Place, from: Option<Day>, quantity: Quantity, path: &str, scope: &Scope<'_>) -> Option<StepValue> {
        let Some(column) = self.names.column(name).cloned() else {
            self.problems.push(self.names.no_column(name, asked));
            return None;
        };
        let column_scope = self.column_scope(&column.heading);
        let scope = column_scope.as_ref().unwrap_or(scope);
        let layer = std::sync::Arc::from("");
        let mut values = Vec::with_capacity(column.cells.len());
        let mut whole = true;
        for (town, cell) in column.cells.iter().enumerate() {
            if cell.text.is_empty() {
                values.push(None);
                continue;
            }
            // Towns of a county share the county's cell, and so its leaf.
            let same = self.names.first_of_county.get(town).copied().filter(|first| column.of_counties && *first < town);
            if let Some(same) = same {
                let value = values[same];
                values.push(value);
                continue;
            }
            let id = self.names.towns.get(town).map_or("", String::as_str);
            let name = match id.rsplit_once('/') {
                Some((county, _)) if column.of_counties => county,
                Some((_, name)) => name,
                None => id,
            };
            let key = in_both(format!("{}（{name}）", column.heading), format!("{} ({name})", column.heading));
            match quantity::of_text(&cell.text, None, quantity, column.unit.unwrap_or(self.names.unit), &key, &cell.place) {
                Ok(value) => {
                    let provenance = scope.provenance(&layer);
                    let path = format!("{path}.{}", if column.of_counties { name } else { id });
                    let (text, place) = (cell.text.clone(), cell.place.clone());
                    values.push(Some((value, self.leaves.add(Leaf { path, from, quantity, value, text, provenance, place, layer: layer.clone() }))));
                }
                Err(problem) => {
                    self.problems.push(quantity::in_a_cell(problem));
                    whole = false;
                    values.push(None);
                }
            }
        }
        whole.then_some(StepValue::ByTown(values))
    }

    fn fixed_growth(&mut self, node: &Node, path: &str, scope: &Scope<'_>) -> Option<Growth> {
        let inner = node.table().and_then(|t| t.get("value")).map_or(node, |e| &e.node);
        match quantity::read(inner, Quantity::Rate, self.names.unit, &format!("{path}.grows_by")) {
            Ok(read) => {
                let own = node.table().map(|t| scope.down(t));
                let scope = own.as_ref().unwrap_or(scope);
                self.add_leaf(&format!("{path}.grows_by"), None, Quantity::Rate, read.value, read.text, inner, scope);
                Some(Ratio(read.value).into())
            }
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    fn unknown_in_value(&mut self, entry: &Entry, path: &str) {
        if entry.key.starts_with(|c: char| c.is_ascii_digit()) {
            self.problems.push(Problem::new(Code::E206, &entry.key_place).with("text", &entry.key));
            return;
        }
        let known = ["value", "column", "grows_by", "grows_with", "interpolate", "source", "grade", "verified", "note"];
        let near = nearest(&entry.key, known);
        self.problems.push(
            Problem::new(Code::E101, &entry.key_place)
                .with("key", &entry.key)
                .with("table", path)
                .with_in("known", format!("{}、日期", known.join("、")), format!("{}, dates", known.join(", ")))
                .with_some("nearest", near),
        );
    }
}
