//! The CSV tables a scenario names with `file = "…"`.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use super::csv;
use super::disk::{self, Disk, MOST_CSV};
use super::include::not_texts;
use super::node::{Entry, Node, Table, Value};
use super::sheet::Sheet;
use crate::base::place::Place;
use crate::diag::{Code, Problem, nearest};

/// More tables than any scenario names.
const MOST_TABLES: usize = 200;

/// Reads every table named under `towns`, `counties`, `projects` and `source.*`, each once, keyed by its name in the file.
pub fn read(root: &Table, folder: &Path, disk: &mut Disk) -> BTreeMap<String, Sheet> {
    let mut sheets = BTreeMap::new();
    let mut seen: Vec<&str> = Vec::new();
    for node in named(root).take(MOST_TABLES) {
        let Value::Text(name) = &node.value else {
            disk.problems.push(not_texts(node, "file", "file = \"towns.csv\""));
            continue;
        };
        if seen.contains(&name.as_str()) {
            continue;
        }
        seen.push(name);
        if let Some(sheet) = sheet(name, &node.place, folder, disk) {
            sheets.insert(name.clone(), sheet);
        }
    }
    sheets
}

fn named(root: &Table) -> impl Iterator<Item = &Node> {
    let table = |key: &str| root.get(key).and_then(|entry| entry.node.table());
    let sources = table("source").into_iter().flat_map(|sources| sources.entries.iter().filter_map(inner));
    [table("towns"), table("counties"), table("projects")].into_iter().flatten().chain(sources).filter_map(|t| t.get("file")).map(|e| &e.node)
}

fn inner(entry: &Entry) -> Option<&Table> {
    entry.node.table()
}

fn sheet(name: &str, place: &Place, folder: &Path, disk: &mut Disk) -> Option<Sheet> {
    let problem = |code| Problem::new(code, place).with("file", name);
    let path = Path::new(name);
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if matches!(ending.as_str(), "xlsx" | "xls" | "xlsm" | "et" | "ods") {
        let csv = path.with_extension("csv").to_string_lossy().into_owned();
        disk.problems.push(problem(Code::E021).with("csv", csv));
        return None;
    }
    if ending != "csv" {
        disk.problems.push(problem(Code::E022));
        return None;
    }
    let plain = !name.contains('\\') && path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let whole = folder.join(path);
    if !plain || leads_out(&whole, folder) {
        disk.problems.push(problem(Code::E020));
        return None;
    }
    if !whole.exists() {
        let names = disk::names(folder);
        let near = nearest(name, names.iter().map(String::as_str).filter(|n| n.to_lowercase().ends_with(".csv")));
        disk.problems.push(problem(Code::E025).with_some("nearest", near));
        return None;
    }
    let file = disk.read(&whole, MOST_CSV, Some(place))?;
    let text = disk.files.get(file)?.text.clone();
    csv::parse(&text, file, name, &mut disk.problems)
}

/// Whether links on the way lead out of the folder. A path that does not exist leads nowhere.
fn leads_out(path: &Path, folder: &Path) -> bool {
    match (path.canonicalize(), folder.canonicalize()) {
        (Ok(path), Ok(folder)) => !path.starts_with(folder),
        _ => false,
    }
}
