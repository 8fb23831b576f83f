//! A tree for programs: values in fen and in the unit, formulas, leaves with path, source, grade, file and line.

use serde_json::{Value, json};

use super::against::Pair;
use super::node::Kind;
use super::tree::Tree;
use super::words::{Teller, whole};
use super::{Key, Node, Origin};

/// One figure without what it rests on.
fn node(teller: &Teller<'_, '_>, node: &Node) -> Value {
    let explainer = teller.explainer;
    let run = explainer.run;
    let plan = &run.compiled.plan;
    let path = match node.key {
        Key::Lane(lane, ..) | Key::Constant(_, lane) => plan.lane(lane).name.clone(),
        Key::Table(table, ..) => plan.tables[table.0 as usize].name.clone(),
        Key::Column(table, column, ..) => format!("{table}.csv:{column}"),
        Key::Project(project, part, _) => {
            let id = run.compiled.projects.get(project).and_then(|n| run.scenario.projects.get(*n)).map_or("", |p| &p.id);
            format!("project.{id}/{}", format!("{part:?}").to_lowercase())
        }
        Key::Cell(n) => explainer.path_of_cell(n),
        Key::Drawn(pot, ..) => format!("earmark.{}/drawn", run.compiled.accounts.pot_keys.get(pot).map_or("", String::as_str)),
        Key::Left(pool, ..) => format!("{}/left", plan.pools[pool].name),
        Key::Weights(pool, ..) => format!("{}/weights", plan.pools[pool].name),
    };
    let is_money = matches!(node.kind, Kind::Money | Kind::PerHead) && node.value.is_finite();
    json!({
        "name": teller.label(node.key),
        "path": path,
        "of": teller.who(explainer.whose(node.key)),
        "year": explainer.year_of(node.key).map(|year| run.year(year)),
        "kind": format!("{:?}", node.kind).to_lowercase(),
        "value": node.value.is_finite().then_some(node.value),
        "fen": is_money.then(|| whole(node.value)),
        "in_unit": is_money.then(|| run.scenario.unit.print(whole(node.value))),
        "unit": is_money.then(|| run.scenario.unit.symbol()),
        "formula": teller.formula(node),
        "note": node.note.as_ref().map(|note| teller.note(note)),
        "leaf": node.origin.as_ref().map(|origin| leaf(teller, origin)),
    })
}

fn leaf(teller: &Teller<'_, '_>, origin: &Origin) -> Value {
    let files = &teller.explainer.run.scenario.files;
    let at = |place| {
        let (file, line) = files.line_of(place);
        ((!file.is_empty()).then(|| file.to_owned()), (line > 0).then_some(line))
    };
    match origin {
        Origin::Written(id) => {
            let leaf = teller.explainer.leaf(*id);
            let (file, line) = at(&leaf.place);
            let p = &leaf.provenance;
            json!({
                "what": "parameter", "path": leaf.path, "from": leaf.from.map(|d| d.to_string()), "text": leaf.text, "source": p.source,
                "grade": p.weight().letter(), "graded": p.grade.is_some(), "note": p.note, "file": file, "line": line,
            })
        }
        Origin::Row(place) => json!({ "what": "row", "file": at(place).0, "line": at(place).1 }),
        Origin::Rule(path, place) => json!({ "what": "rule", "path": path, "file": at(place).0, "line": at(place).1 }),
        Origin::Program => json!({ "what": "program" }),
    }
}

fn with(mut value: Value, key: &str, more: Value) -> Value {
    if let Some(fields) = value.as_object_mut() {
        fields.insert(key.to_owned(), more);
    }
    value
}

/// The tree below a figure.
#[must_use]
pub fn tree(teller: &Teller<'_, '_>, of: &Tree) -> Value {
    let children: Vec<Value> = of.children.iter().map(|child| tree(teller, child)).collect();
    let mut value = with(node(teller, &of.node), "children", Value::from(children));
    let rest = of.rest.map(|(count, sum)| json!({ "count": count, "sum": sum }));
    for (key, more) in [("zeros", json!(of.zeros)), ("rest", json!(rest)), ("seen", json!(of.seen)), ("cut", json!(of.cut))] {
        value = with(value, key, more);
    }
    value
}

/// A figure in both runs, and what differs below.
#[must_use]
pub fn against(a: &Teller<'_, '_>, b: &Teller<'_, '_>, pair: &Pair) -> Value {
    json!({
        "variant": a.explainer.run.label(),
        "against": b.explainer.run.label(),
        "a": pair.a.as_ref().map(|n| node(a, n)),
        "b": pair.b.as_ref().map(|n| node(b, n)),
        "difference": pair.difference().is_finite().then(|| pair.difference()),
        "same": pair.same,
        "seen": pair.seen,
        "cut": pair.cut,
        "children": pair.children.iter().map(|child| against(a, b, child)).collect::<Vec<_>>(),
    })
}
