//! The tables a scenario names with `file = "…"`: CSV, or worksheets of a workbook.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use super::csv;
use super::disk::{self, Disk, MOST_CSV};
use super::include::not_texts;
use super::layout::Role;
use super::node::{Entry, Node, Table, Value};
use super::sheet::Sheet;
use super::workbook::{self, Wanted};
use crate::base::place::Place;
use crate::diag::{Code, Problem, nearest};

/// More tables than any scenario names.
const MOST_TABLES: usize = 200;
/// Where a workbook is named.
const ENDINGS: [&str; 2] = ["xlsx", "xlsm"];

/// Reads every table named under `towns`, `counties`, `projects` and `source.*`, each once, keyed by [`sheet_key`].
pub fn read(root: &Table, folder: &Path, disk: &mut Disk) -> BTreeMap<String, Sheet> {
    let mut sheets = BTreeMap::new();
    let mut seen: Vec<String> = Vec::new();
    for (head, table, node) in named(root).take(MOST_TABLES) {
        let Value::Text(name) = &node.value else {
            disk.problems.push(not_texts(node, "file", "file = \"towns.csv\""));
            continue;
        };
        let Some(key) = sheet_key(table, head).filter(|key| !seen.contains(key)) else { continue };
        if let Some(sheet) = (Asked { name, head, sheet: text_of(table, "sheet"), place: &node.place }).read(folder, disk) {
            sheets.insert(key.clone(), sheet);
        }
        seen.push(key);
    }
    sheets
}

/// By what a table's sheet is kept: its file, and of a workbook the worksheet, or what the table is for.
#[must_use]
pub fn sheet_key(table: &Table, head: &str) -> Option<String> {
    let name = text_of(table, "file")?;
    let of_workbook = ENDINGS.contains(&ending(name).as_str());
    Some(if of_workbook { format!("{name}!{}", text_of(table, "sheet").unwrap_or(head)) } else { name.to_owned() })
}

fn text_of<'t>(table: &'t Table, key: &str) -> Option<&'t str> {
    match &table.get(key)?.node.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn ending(name: &str) -> String {
    Path::new(name).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn named(root: &Table) -> impl Iterator<Item = (&str, &Table, &Node)> {
    let table = |key: &'static str| root.get(key).and_then(|entry| entry.node.table()).map(|t| (key, t));
    let sources = root.get("source").and_then(|entry| entry.node.table());
    let sources = sources.into_iter().flat_map(|sources| sources.entries.iter().filter_map(inner));
    let tables = [table("towns"), table("counties"), table("projects")].into_iter().flatten().chain(sources);
    tables.filter_map(|(head, t)| t.get("file").map(|e| (head, t, &e.node)))
}

fn inner(entry: &Entry) -> Option<(&str, &Table)> {
    entry.node.table().map(|table| (entry.key.as_str(), table))
}

/// A table as a scenario names it.
struct Asked<'a> {
    name: &'a str,
    head: &'a str,
    sheet: Option<&'a str>,
    place: &'a Place,
}

impl Asked<'_> {
    fn read(&self, folder: &Path, disk: &mut Disk) -> Option<Sheet> {
        let problem = |code| Problem::new(code, self.place).with("file", self.name);
        let (path, ending) = (Path::new(self.name), ending(self.name));
        if matches!(ending.as_str(), "xls" | "et" | "ods") {
            disk.problems.push(problem(Code::E021).with("xlsx", path.with_extension("xlsx").to_string_lossy()));
            return None;
        }
        let of_workbook = ENDINGS.contains(&ending.as_str());
        if ending != "csv" && !of_workbook {
            disk.problems.push(problem(Code::E022));
            return None;
        }
        if let Some(sheet) = self.sheet.filter(|_| !of_workbook) {
            disk.problems.push(problem(Code::E717).with("name", sheet));
            return None;
        }
        let plain = !self.name.contains('\\') && path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        let whole = folder.join(path);
        if !plain || leads_out(&whole, folder) {
            disk.problems.push(problem(Code::E020));
            return None;
        }
        if !whole.exists() {
            let names = disk::names(folder);
            let near = nearest(self.name, names.iter().map(String::as_str).filter(|n| [".csv", ".xlsx"].iter().any(|e| n.to_lowercase().ends_with(e))));
            disk.problems.push(problem(Code::E025).with_some("nearest", near));
            return None;
        }
        if of_workbook {
            let bytes = disk.bytes(&whole, MOST_CSV, Some(self.place))?;
            let wanted = self.sheet.map_or(Wanted::Fitting(Role::of(self.head)), Wanted::Named);
            return workbook::read(&bytes, &disk::shown(&whole), wanted, self.place, disk);
        }
        let file = disk.read(&whole, MOST_CSV, Some(self.place))?;
        let text = disk.files.get(file)?.text.clone();
        csv::parse(&text, file, self.name, &mut disk.problems)
    }
}

/// Whether links on the way lead out of the folder. A path that does not exist leads nowhere.
fn leads_out(path: &Path, folder: &Path) -> bool {
    match (path.canonicalize(), folder.canonicalize()) {
        (Ok(path), Ok(folder)) => !path.starts_with(folder),
        _ => false,
    }
}
