//! Provenance covers downward: what a table says of source and grade holds for all values in it, from the same layer.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{place::Place, when::Day};
use crate::load::{
    Loaded,
    node::{Node, Table, Value},
};
use crate::rules::param::{Grade, Provenance};

/// What tables above a value say of its provenance, by layer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope<'a> {
    above: Option<&'a Scope<'a>>,
    here: BTreeMap<Arc<str>, Provenance>,
}

impl<'a> Scope<'a> {
    /// What the heads of the files say.
    pub fn of_files(loaded: &Loaded) -> Self {
        let here = loaded.layers.iter().map(|layer| (layer.name.clone(), provenance_of(&layer.head))).collect();
        Self { above: None, here }
    }

    /// One table further down.
    pub fn down(&'a self, table: &Table) -> Self {
        let mut here: BTreeMap<Arc<str>, Provenance> = BTreeMap::new();
        for entry in &table.entries {
            match entry.key.as_str() {
                "source" => slot_text(&entry.node).into_iter().for_each(|t| slot_of(&mut here, entry).source = Some(t)),
                "note" => slot_text(&entry.node).into_iter().for_each(|t| slot_of(&mut here, entry).note = Some(t)),
                "grade" => slot_of(&mut here, entry).grade = slot_text(&entry.node).and_then(|t| Grade::parse(&t)),
                "verified" => slot_of(&mut here, entry).verified = day(&entry.node),
                _ => {}
            }
        }
        Self { above: Some(self), here }
    }

    /// A scope made of a provenance for one layer (columns of a table).
    pub fn with(&'a self, layer: &Arc<str>, provenance: Provenance) -> Self {
        Self { above: Some(self), here: BTreeMap::from([(layer.clone(), provenance)]) }
    }

    /// What holds for a value of a layer: for each item the closest word.
    pub fn provenance(&self, layer: &Arc<str>) -> Provenance {
        let mut found = self.here.get(layer).cloned().unwrap_or_default();
        let mut scope = self.above;
        while let Some(above) = scope {
            if let Some(outer) = above.here.get(layer) {
                // What is marked an assumption does not borrow the document of the table around it.
                if found.grade != Some(Grade::D) {
                    found.source = found.source.or_else(|| outer.source.clone());
                }
                found.grade = found.grade.or(outer.grade);
                found.verified = found.verified.or(outer.verified);
                found.note = found.note.or_else(|| outer.note.clone());
            }
            scope = above.above;
        }
        found
    }
}

fn slot_of<'h>(here: &'h mut BTreeMap<Arc<str>, Provenance>, entry: &crate::load::node::Entry) -> &'h mut Provenance {
    here.entry(entry.node.layer.clone()).or_default()
}

fn slot_text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn day(node: &Node) -> Option<Day> {
    match &node.value {
        Value::Day(day) => Some(*day),
        Value::Text(text) => Day::parse(text),
        _ => None,
    }
}

/// The provenance keys of one table, whatever their layer.
pub(crate) fn provenance_of(table: &Table) -> Provenance {
    let text = |key: &str| table.get(key).and_then(|e| slot_text(&e.node));
    Provenance {
        source: text("source"),
        grade: text("grade").and_then(|t| Grade::parse(&t)),
        verified: table.get("verified").and_then(|e| day(&e.node)),
        note: text("note"),
    }
}

/// What the command line sets is an assumption of whoever types it.
pub(crate) fn of_argument(place: &Place) -> Option<Provenance> {
    matches!(place, Place::Argument(_)).then(|| Provenance { source: Some("--set".to_owned()), grade: Some(Grade::D), ..Provenance::default() })
}
