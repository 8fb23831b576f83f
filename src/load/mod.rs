//! Files to one tree with positions: the only layer that reads from disk. It never fails; problems are collected.
//!
//! `scenario.toml` includes rules; they come first, in order, the scenario over them, then the variant, then `--set`.
//! What the keys mean is nothing to this layer.

pub mod builtin;
pub mod csv;
mod disk;
pub mod encoding;
pub mod include;
pub mod layout;
pub mod node;
pub mod overlay;
pub mod set;
pub mod sheet;
pub mod single;
mod syntax;
mod tables;
pub mod toml;
mod totals;
mod words;
pub mod workbook;
mod xlsx;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use disk::{Disk, shown};
use include::{Merger, not_texts, texts};
use node::{Table, Value};
use sheet::Sheet;

pub use include::Layer;
pub use tables::sheet_key;

use crate::base::change::Change;
use crate::base::place::{Files, Place};
use crate::diag::{Code, Problem, Problems, nearest};

/// The file of a scenario folder.
const SCENARIO: &str = "scenario.toml";
/// Where a scenario keeps its variants.
const VARIANTS: &str = "variants";

/// More removals than any variant needs; each unknown one is a problem of its own.
const MOST_REMOVED: usize = 1_000;

/// What to read.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// A scenario folder, or its `scenario.toml`.
    pub scenario: PathBuf,
    /// Laid over the scenario one over another, in order: each a file of `variants/` without `.toml`, or an agreement that comes with the program.
    pub variants: Vec<String>,
    /// `PATH=VALUE` or `PATH@YEAR=VALUE`, applied in order.
    pub set: Vec<String>,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// Every file, in the order read.
    pub files: Files,
    /// The scenario's folder.
    pub folder: PathBuf,
    /// The merged tree with the head `[scenario]`; empty if nothing could be read.
    pub root: Table,
    /// Every rule file in the order laid over each other; their heads hold the provenance of whole files.
    pub layers: Vec<Layer>,
    /// Tables by the name that stands in `file = "…"`.
    pub sheets: BTreeMap<String, Sheet>,
    /// The variants there are, sorted.
    pub variants: Vec<String>,
    /// What draws of a study do to parameters; nothing that is read from files.
    pub changes: Vec<Change>,
    /// What went wrong.
    pub problems: Problems,
}

/// Reads a scenario.
#[must_use]
pub fn load(request: &Request) -> Loaded {
    let mut disk = Disk::default();
    let Some((folder, file)) = locate(&request.scenario, &mut disk) else {
        return Loaded { problems: disk.problems, ..Loaded::default() };
    };
    let variants = variants(&folder);
    let mut merger = Merger::new(&mut disk);
    let root = merger.file(&file, "scenario", "");
    let readable = root.is_some();
    let mut root = root.unwrap_or_default();
    for name in layers(&request.variants, &variants) {
        lay_variant(&mut root, name.as_ref(), &folder, &variants, &mut merger);
    }
    let layers = merger.layers;
    // Without a tree every path would be called unknown.
    if readable {
        request.set.iter().for_each(|argument| set::apply(&mut root, argument, &mut disk.problems));
    }
    let sheets = tables::read(&root, &folder, &mut disk);
    Loaded { files: disk.files, folder, root, layers, sheets, variants, changes: Vec::new(), problems: disk.problems }
}

/// The variants of a stack as it is written, from the lowest: `a+b` lays `b` over `a`. None is the scenario itself.
#[must_use]
pub fn stack(written: Option<&str>) -> Vec<String> {
    written.into_iter().flat_map(|name| name.split('+')).map(|name| name.trim().to_owned()).collect()
}

/// How a stack is called: as it is written.
#[must_use]
pub fn stack_name<'n>(layers: impl IntoIterator<Item = &'n str>) -> String {
    layers.into_iter().collect::<Vec<_>>().join("+")
}

/// What is laid over the scenario; a file may itself be called `a+b`.
fn layers<'n>(asked: &'n [String], files: &[String]) -> Vec<Cow<'n, str>> {
    let whole = stack_name(asked.iter().map(String::as_str));
    if files.contains(&whole) { vec![whole.into()] } else { asked.iter().map(|name| name.as_str().into()).collect() }
}

/// The names of a folder's variants, sorted.
#[must_use]
pub fn variants(folder: &Path) -> Vec<String> {
    let names = disk::names(&folder.join(VARIANTS));
    names.iter().filter_map(|name| name.strip_suffix(".toml")).map(str::to_owned).collect()
}

/// The folder and file of a scenario given as either.
fn locate(scenario: &Path, disk: &mut Disk) -> Option<(PathBuf, PathBuf)> {
    let named = scenario.to_string_lossy();
    let place = Place::Argument(if named.is_empty() { ".".into() } else { named.as_ref().into() });
    let scenario = if named.is_empty() { Path::new(".") } else { scenario };
    if scenario.is_dir() {
        let file = scenario.join(SCENARIO);
        if file.exists() {
            return Some((scenario.to_owned(), file));
        }
        let found: Vec<String> = disk::names(scenario).into_iter().take(8).collect();
        let problem = Problem::new(Code::E006, &place).with("folder", shown(scenario));
        disk.problems.push(if found.is_empty() { problem } else { problem.with_list("found", found) });
        return None;
    }
    if !scenario.exists() {
        let here = std::env::current_dir().ok().map(|folder| shown(&folder));
        disk.problems.push(Problem::new(Code::E001, &place).with("file", shown(scenario)).with_some("folder", here));
        return None;
    }
    let folder = scenario.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some((folder.to_owned(), scenario.to_owned()))
}

/// Lays a variant over the scenario: first its removals, then its own tables.
fn lay_variant(root: &mut Table, name: &str, folder: &Path, variants: &[String], merger: &mut Merger<'_>) {
    let layer = format!("variant {name}");
    let own = variants.iter().any(|known| known == name);
    let builtin = builtin::AGREEMENTS.iter().find(|(known, _)| *known == name && !own);
    if !own && builtin.is_none() {
        let place = Place::Argument(format!("--variant {name}").into());
        let near = nearest(name, variants.iter().map(String::as_str).chain(builtin::AGREEMENTS.iter().map(|(known, _)| *known)));
        let problem = Problem::new(Code::E123, &place).with("name", name).with_some("nearest", near);
        merger.disk.problems.push(if variants.is_empty() { problem } else { problem.with_list("found", variants) });
        return;
    }
    let over = match builtin {
        Some((known, text)) => merger.builtin(known, text, &layer),
        None => merger.file(&folder.join(VARIANTS).join(format!("{name}.toml")), "variant", &layer),
    };
    let Some(mut over) = over else { return };
    let head = over.entries.iter().position(|entry| entry.key == "variant").map(|at| over.entries.remove(at));
    if let Some(Value::Table(head)) = head.map(|entry| entry.node.value) {
        remove_named(root, &head, &mut merger.disk.problems);
    }
    overlay::overlay(root, over);
}

fn remove_named(root: &mut Table, head: &Table, problems: &mut Problems) {
    let Some(entry) = head.get("remove") else { return };
    let paths = match texts(&entry.node) {
        Ok(paths) => paths,
        Err(wrong) => return problems.push(not_texts(wrong, "variant.remove", "remove = [\"agreement.pilot.tax\"]")),
    };
    for (path, place) in paths.into_iter().take(MOST_REMOVED) {
        match set::parts(&path) {
            Some(parts) => {
                if let Err(miss) = overlay::remove(root, &parts) {
                    problems.push(set::missed(Code::E120, &place, &parts, &miss));
                }
            }
            None => problems.push(Problem::new(Code::E120, &place).with("path", path)),
        }
    }
}
