//! The rules in which two scenarios differ, as parts of their trees, and trees in between.

use crate::load::node::{Entry, Node, Table, Value};

/// Tables whose entries are rules of their own: `agreement.pilot`, `transfer.general`, `upper.city`.
const KINDS: [&str; 13] = ["agreement", "transfer", "spending", "source", "upper", "driver", "group", "count", "earmark", "bond", "move", "enclave", "feedback"];
/// The head of files says nothing that is computed, but for the years and units of `[scenario]`.
const HEADS: [&str; 2] = ["variant", "rules"];
/// Keys that say where a value comes from: they change no figure.
const PROVENANCE: [&str; 4] = ["source", "grade", "verified", "note"];

/// A rule: where it stands in the tree.
pub type Act = Vec<String>;

/// A rule as it is written in files and messages.
#[must_use]
pub fn written(act: &Act) -> String {
    act.join(".")
}

/// The rules that one tree has and the other has not, or has otherwise. An agreement that both have is taken apart by its
/// parts; one that is new is one rule.
#[must_use]
pub fn differing(before: &Table, after: &Table) -> Vec<Act> {
    let mut acts = Vec::new();
    for key in keys(before, after).filter(|key| !HEADS.contains(key)) {
        let (old, new) = (before.get(key), after.get(key));
        match (KINDS.contains(&key), table_of(old), table_of(new)) {
            (true, old, new) => {
                let nothing = Table::default();
                let (old, new) = (old.unwrap_or(&nothing), new.unwrap_or(&nothing));
                for id in keys(old, new) {
                    in_act(key, id, old.get(id), new.get(id), &mut acts);
                }
            }
            _ if differ(old, new) => acts.push(vec![key.to_owned()]),
            _ => {}
        }
    }
    acts
}

fn in_act(kind: &str, id: &str, old: Option<&Entry>, new: Option<&Entry>, acts: &mut Vec<Act>) {
    if !differ(old, new) {
        return;
    }
    let act = vec![kind.to_owned(), id.to_owned()];
    let (Some(before), Some(after), "agreement") = (table_of(old), table_of(new), kind) else { return acts.push(act) };
    for key in keys(before, after).filter(|key| differ(before.get(key), after.get(key))) {
        let act = if [before, after].iter().any(|t| t.get(key).is_some_and(is_part)) { vec![kind.to_owned(), id.to_owned(), key.to_owned()] } else { act.clone() };
        if !acts.contains(&act) {
            acts.push(act);
        }
    }
}

/// The tree `before` with some rules as they are in `after`; rules stand in the order of `after`, where it has them.
#[must_use]
pub fn mixed(before: &Table, after: &Table, acts: &[&Act]) -> Table {
    mix(before, after, acts, 0)
}

/// One level of the tree; `acts` are the rules taken from `after` whose path leads here, `depth` how deep that is.
fn mix(before: &Table, after: &Table, acts: &[&Act], depth: usize) -> Table {
    let mut entries = Vec::new();
    for key in keys(after, before) {
        let here: Vec<&Act> = acts.iter().copied().filter(|act| act.get(depth).is_some_and(|part| part == key)).collect();
        let (old, new) = (before.get(key), after.get(key));
        let of_agreement = depth == 1 && here.iter().any(|act| act[0] == "agreement");
        let whole = here.iter().any(|act| act.len() == depth + 1);
        let deeper: Vec<&Act> = here.into_iter().filter(|act| act.len() > depth + 1).collect();
        let chosen = match (whole, deeper.is_empty()) {
            (false, true) => old.cloned(),
            (true, true) if !(of_agreement && is_taken_apart(old, new)) => new.cloned(),
            // The head of an agreement without its parts, or parts without the head.
            (whole, _) => joined(old, new, |old, new| if whole { headed(old, new, &deeper, depth + 1) } else { mix(old, new, &deeper, depth + 1) }),
        };
        entries.extend(chosen);
    }
    Table { entries }
}

/// An agreement that both have: its keys from `after`, its parts only where they are asked for.
fn headed(old: &Table, new: &Table, deeper: &[&Act], depth: usize) -> Table {
    let parts = |table: &Table| Table { entries: table.entries.iter().filter(|e| is_part(e)).cloned().collect() };
    let head = new.entries.iter().filter(|e| !is_part(e)).cloned();
    let entries = head.chain(mix(&parts(old), &parts(new), deeper, depth).entries).collect();
    Table { entries }
}

/// Whether an entry of an agreement is one of its parts.
pub fn is_part(entry: &Entry) -> bool {
    entry.node.table().is_some_and(|t| t.get("form").is_some())
}

/// An agreement that both trees have.
fn is_taken_apart(old: Option<&Entry>, new: Option<&Entry>) -> bool {
    [old, new].iter().all(|e| table_of(*e).is_some_and(|t| t.entries.iter().any(is_part)))
}

fn joined(old: Option<&Entry>, new: Option<&Entry>, mix: impl Fn(&Table, &Table) -> Table) -> Option<Entry> {
    let nothing = Table::default();
    let table = mix(table_of(old).unwrap_or(&nothing), table_of(new).unwrap_or(&nothing));
    let like = old.or(new)?;
    (!table.entries.is_empty()).then(|| Entry { node: Node { value: Value::Table(table), ..like.node.clone() }, ..like.clone() })
}

/// The keys of both, the first table's first.
fn keys<'t>(first: &'t Table, second: &'t Table) -> impl Iterator<Item = &'t str> {
    first.entries.iter().chain(second.entries.iter().filter(|e| first.get(&e.key).is_none())).map(|e| e.key.as_str())
}

fn table_of(entry: Option<&Entry>) -> Option<&Table> {
    entry.and_then(|e| e.node.table())
}

/// Whether two entries say something different, wherever they stand and whatever they cite.
fn differ(old: Option<&Entry>, new: Option<&Entry>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => !same(&old.node.value, &new.node.value),
        (None, None) => false,
        _ => true,
    }
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Table(a), Value::Table(b)) => {
            let counted = |t: &&Entry| !PROVENANCE.contains(&t.key.as_str());
            let (mine, others): (Vec<&Entry>, Vec<&Entry>) = (a.entries.iter().filter(counted).collect(), b.entries.iter().filter(counted).collect());
            mine.len() == others.len() && mine.iter().all(|e| b.get(&e.key).is_some_and(|o| same(&e.node.value, &o.node.value)))
        }
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.value, &b.value)),
        (Value::Text(a), Value::Text(b)) | (Value::Number(_, a), Value::Number(_, b)) | (Value::Other(a), Value::Other(b)) => a == b,
        (Value::Flag(a), Value::Flag(b)) => a == b,
        (Value::Day(a), Value::Day(b)) => a == b,
        _ => false,
    }
}
