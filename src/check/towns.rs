//! The town table: one row a town, known headings in Chinese or English, the rest by name.

use std::collections::{BTreeMap, HashMap, hash_map::Entry as Entry_};

use super::names::{Column, canonical};
use super::read::Reader;
use super::{Head, number};
use crate::base::{lang::Words, when::YEARS};
use crate::diag::{Code, Problem};
use crate::load::layout::split_unit;
use crate::load::{
    Loaded, csv,
    node::{Entry, Table, Value},
    sheet::{Cell, Sheet},
    sheet_key,
};
use crate::scenario::Town;

/// Keys of `[towns]`.
/// (the same for `[counties]`).
pub const KEYS: &[&str] = &["file", "sheet", "columns", "expect", "illustrative", "source", "grade", "verified", "note"];

impl Reader<'_> {
    /// Reads the town table and makes its columns known.
    pub fn towns(&mut self, loaded: &Loaded, head: &Head) -> Vec<Town> {
        let Some((entry, sheet)) = self.sheet(loaded, "towns", KEYS) else { return Vec::new() };
        self.remember_columns(entry, sheet);
        let column = |name: &str| self.names.columns.iter().position(|c| canonical(&c.heading) == name);
        let (town, county) = (column("town"), column("county"));
        let (class, cohort, population) = (column("class"), column("cohort"), column("population"));
        let Some(town) = town else {
            let known: Vec<&str> = self.names.headings().collect();
            let file = loaded.files.get(sheet.file).map_or(String::new(), |f| f.shown.clone());
            let place = crate::base::place::Place::File(sheet.file);
            self.problems.push(Problem::new(Code::E505, &place).with("file", file).with_in("column", "镇", "town").with_list("known", known));
            return Vec::new();
        };
        for at in [Some(town), county, class, cohort, population].into_iter().flatten() {
            self.names.columns[at].used = true;
        }
        let mut towns = Vec::new();
        for row in 0..sheet.rows.len() {
            let cell = |at: Option<usize>| at.map(|at| self.names.columns[at].cells[row].clone());
            let name = cell(Some(town)).unwrap_or_else(|| sheet.rows[row][0].clone());
            let county = cell(county).map(|c| c.text).filter(|t| !t.is_empty()).or_else(|| head.county.clone()).unwrap_or_default();
            let (cohort, population) = (cell(cohort), cell(population));
            let class = cell(class).map(|c| c.text).unwrap_or_default();
            let cells = self.names.columns.iter().map(|c| (c.heading.clone(), c.cells[row].text.clone())).collect::<BTreeMap<_, _>>();
            if name.text.is_empty() {
                self.problems.push(Problem::new(Code::E402, &name.place).with_in("town", format!("第 {} 行", row + 2), format!("row {}", row + 2)).with_in("path", "镇名", "town"));
            }
            if name.text.contains(char::is_control) {
                let problem = Problem::new(Code::E103, &name.place).with_in("key", "镇名", "the name of a town").with_in(
                    "expected",
                    "一行文字，没有控制字符",
                    "one line of text without control characters",
                );
                self.problems.push(
                    problem
                        .with_in("found", "换行或别的控制字符", "a line break or another control character")
                        .with_in("expected_en", "", "one line of text without control characters")
                        .with_in("found_en", "", "a line break or another control character")
                        .with("example", "濛阳镇"),
                );
            }
            let cohort = cohort.and_then(|c| self.cohort(&c));
            let population = population.and_then(|c| self.count(&c, "人口"));
            towns.push(Town { name: name.text.clone(), county, class, cohort, population, cells, place: name.place });
        }
        self.unique(&towns);
        self.names.towns = towns.iter().map(Town::id).collect();
        self.expect_rows(entry, sheet.rows.len());
        towns
    }

    /// The head `[towns]` or `[projects]` and its table.
    pub fn sheet<'l>(&mut self, loaded: &'l Loaded, key: &str, keys: &[&str]) -> Option<(&'l Table, &'l Sheet)> {
        let Some(entry) = loaded.root.get(key) else {
            if key == "towns" {
                let place = loaded.root.get("scenario").map_or_else(Default::default, |e| e.key_place.clone());
                self.problems.push(Problem::new(Code::E102, &place).with("key", "[towns]").with("table", "scenario.toml").with_in(
                    "what",
                    "镇的表格：file = \"towns.csv\"",
                    "the town table: file = \"towns.csv\"",
                ));
            }
            return None;
        };
        let table = self.expect_table(&entry.node, key)?;
        self.unknown_keys(table, keys, key);
        self.check_provenance(table, key);
        let Some(file) = table.get("file") else {
            self.problems.push(Problem::new(Code::E102, &entry.key_place).with("key", "file").with("table", format!("[{key}]")).with_in(
                "what",
                "表格的文件名",
                "the name of the table",
            ));
            return None;
        };
        let Value::Text(_) = &file.node.value else {
            self.expected(&file.node, &format!("{key}.file"), ("文件名", "a file name"), "file = \"towns.csv\"");
            return None;
        };
        if !matches!(table.get("sheet").map(|e| &e.node.value), None | Some(Value::Text(_))) {
            self.expected(&table.get("sheet")?.node, &format!("{key}.sheet"), ("工作表的名称", "the name of a worksheet"), "sheet = \"镇\"");
            return None;
        }
        let sheet = loaded.sheets.get(&sheet_key(table, key)?);
        // A table that is not there could not be read, which was told when it was asked for.
        sheet.map(|sheet| (table, sheet))
    }

    fn remember_columns(&mut self, table: &Table, sheet: &Sheet) {
        let files = self.file_scope();
        let whole = files.down(table);
        self.names.looked_in(table);
        for (at, heading) in sheet.headings.iter().enumerate() {
            let (words, unit) = split_unit(&heading.text);
            let cells = sheet.rows.iter().map(|row| row[at].clone()).collect();
            self.names.columns.push(Column { heading: words, place: heading.place.clone(), unit: unit.or(sheet.unit), cells, used: false, of_counties: false });
        }
        let said = table.get("columns").and_then(|e| e.node.table()).map(|t| t.entries.clone()).unwrap_or_default();
        for Entry { key, key_place, node } in said {
            let Some(inner) = self.expect_table(&node, &format!("towns.columns.{key}")).cloned() else { continue };
            self.check_provenance(&inner, &format!("towns.columns.{key}"));
            let Some(column) = self.names.columns.iter().find(|c| c.heading == key || canonical(&c.heading) == key).map(|c| c.heading.clone()) else {
                self.problems.push(self.names.no_column(&key, &key_place));
                continue;
            };
            let provenance = whole.down(&inner).provenance(&node.layer);
            let scope = files.with(&node.layer, provenance);
            self.say_of_column(&column, scope);
        }
        let layer = std::sync::Arc::from("");
        let provenance = whole.provenance(&layer);
        let scope = files.with(&layer, provenance);
        self.say_of_column("*", scope);
    }

    fn unique(&mut self, towns: &[Town]) {
        let mut seen: HashMap<String, &Town> = HashMap::new();
        for town in towns.iter().filter(|t| !t.name.is_empty()) {
            match seen.entry(town.id()) {
                Entry_::Occupied(first) => {
                    let problem = Problem::new(Code::E110, &town.place).with("name", &town.name);
                    self.problems.push(problem.also_in(&first.get().place, Words::new("第一次", "first time")));
                }
                Entry_::Vacant(free) => drop(free.insert(town)),
            }
        }
    }

    fn cohort(&mut self, cell: &Cell) -> Option<i32> {
        if cell.text.is_empty() {
            return None;
        }
        let year = csv::half_width(&cell.text).parse().ok().filter(|y| YEARS.contains(y));
        if year.is_none() {
            self.problems.push(Problem::new(Code::E206, &cell.place).with("text", &cell.text));
        }
        year
    }

    /// A count in millionths; empty is unknown.
    pub fn count(&mut self, cell: &Cell, heading: &str) -> Option<i64> {
        if cell.text.is_empty() {
            return None;
        }
        let count = csv::number(&cell.text).and_then(|n| n.exact(6)).and_then(|n| i64::try_from(n).ok()).filter(|n| (0..=1_000_000_000_000_000).contains(n));
        if count.is_none() {
            self.problems.push(Problem::new(Code::E201, &cell.place).with("key", heading).with("text", &cell.text).with("example", "130"));
        }
        count
    }

    /// `expect = { rows = 37 }`
    pub fn expect_rows(&mut self, table: &Table, found: usize) {
        let Some(expect) = table.get("expect").and_then(|e| e.node.table()) else { return };
        self.unknown_keys(expect, &["rows", "cost", "source", "grade", "verified", "note"], "expect");
        self.check_provenance(expect, "expect");
        let Some(rows) = expect.get("rows") else { return };
        let Some(expected) = number(&rows.node).and_then(|n| n.exact(0)).and_then(|n| usize::try_from(n).ok()) else {
            return self.expected(&rows.node, "expect.rows", ("行数", "a number of rows"), "expect = { rows = 37 }");
        };
        if expected != found {
            self.problems.push(Problem::new(Code::E501, &rows.node.place).with("found", found).with("expected", expected));
        }
    }
}
