//! A new agreement as the old one under its name, so that its parts can change one by one.
//!
//! Towns that pass from one agreement to another change all its parts at once. Where the new agreement with the parts of the old
//! one gives what the baseline gives, to the fen, it may stand in the baseline, and each part is a rule of its own.

use super::acts::is_part;
use crate::load::node::{Entry, Node, Table, Value};
use crate::measure::Run;

/// For every new agreement the one its towns leave, where it is one and the same.
pub fn successions(before: &Run, after: &Run) -> Vec<(String, String)> {
    let (old, new) = (&before.scenario, &after.scenario);
    let is_new = |id: &str| !old.agreements.iter().any(|a| a.id == id);
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for (at, town) in new.towns.iter().enumerate() {
        let Some(then) = old.towns.iter().position(|t| t.id() == town.id()) else { continue };
        for year in 0..after.years() {
            let earlier = usize::try_from(after.year(year) - old.first_year).ok().and_then(|y| old.agreement_of(then, y));
            let Some((now, left)) = new.agreement_of(at, year).zip(earlier).filter(|(now, _)| is_new(&now.id)) else { continue };
            let known = found.iter().position(|(id, _)| *id == now.id).unwrap_or_else(|| {
                found.push((now.id.clone(), Vec::new()));
                found.len() - 1
            });
            if !found[known].1.contains(&left.id) {
                found[known].1.push(left.id.clone());
            }
        }
    }
    found.into_iter().filter_map(|(new, left)| if let [only] = &left[..] { Some((new, only.clone())) } else { None }).collect()
}

/// The baseline's tree with a new agreement that has the parts of the one it follows.
pub fn renewed(before: &Table, after: &Table, new: &str, old: &str) -> Option<Table> {
    let entry = agreements(after)?.get(new)?;
    let parts = agreements(before)?.get(old)?.node.table()?.entries.iter().filter(|e| is_part(e));
    let head = entry.node.table()?.entries.iter().filter(|e| !is_part(e));
    let table = Table { entries: head.chain(parts).cloned().collect() };
    let like = Entry { node: Node { value: Value::Table(table), ..entry.node.clone() }, ..entry.clone() };
    let mut root = before.clone();
    let at = root.entries.iter().position(|e| e.key == "agreement")?;
    match &mut root.entries.get_mut(at)?.node.value {
        Value::Table(agreements) => agreements.entries.push(like),
        _ => return None,
    }
    Some(root)
}

fn agreements(root: &Table) -> Option<&Table> {
    root.get("agreement")?.node.table()
}
