//! Laying one tree over another: tables merge, dated values splice, everything else replaces.
//!
//! A *dated table* has keys that are days (`2016`, `2016-05-01`). An overlay's dates end the base's from the first of
//! them on: a reform of 2018 must not end silently at the base's entry of 2020. Other keys of such a table merge.

use std::collections::HashMap;

use super::node::{Entry, Node, Table, Value};
use crate::base::when::{Day, YEARS};

/// Lays `over` over `base`.
pub fn overlay(base: &mut Table, over: Table) {
    if let Some(first) = first_date(&over) {
        base.entries.retain(|entry| Day::parse(&entry.key).is_none_or(|day| day < first));
    }
    // One index per table rather than a search per key: a table may hold as many keys as a file has lines.
    let known: HashMap<String, usize> = base.entries.iter().enumerate().map(|(at, e)| (e.key.clone(), at)).collect();
    for entry in over.entries {
        match known.get(&entry.key).and_then(|at| base.entries.get_mut(*at)) {
            Some(old) => merge(old, entry),
            None => base.entries.push(entry),
        }
    }
}

fn merge(old: &mut Entry, new: Entry) {
    let Value::Table(over) = new.node.value else {
        *old = new;
        return;
    };
    // `{ value = … }` is one value with its own source and grade: nothing of the old one's may cling to it.
    if over.get("value").is_some() {
        *old = Entry { node: Node { value: Value::Table(over), ..new.node }, ..new };
        return;
    }
    if first_date(&over).is_some() {
        as_dated(old);
    }
    match &mut old.node.value {
        Value::Table(base) => overlay(base, over),
        _ => *old = Entry { node: Node { value: Value::Table(over), ..new.node }, ..new },
    }
}

/// A constant that an overlay changes from some day on has held since ever before.
fn as_dated(entry: &mut Entry) {
    let constant = match &entry.node.value {
        Value::Table(table) => table.get("value").is_some(),
        _ => true,
    };
    if constant {
        let place = entry.node.place.clone();
        let table = Node { value: Value::Table(Table::default()), place: place.clone(), layer: entry.node.layer.clone() };
        let old = std::mem::replace(&mut entry.node, table);
        let since = Entry { key: YEARS.start().to_string(), key_place: place, node: old };
        entry.node.value = Value::Table(Table { entries: vec![since] });
    }
}

/// The first day among a table's keys.
#[must_use]
pub fn first_date(table: &Table) -> Option<Day> {
    table.entries.iter().filter_map(|entry| Day::parse(&entry.key)).min()
}

/// A path that leads nowhere: how far it led, and what could have stood there.
#[derive(Debug, PartialEq, Eq)]
pub struct Miss {
    /// How many parts of the path exist.
    pub known: usize,
    /// The keys beside the part that does not.
    pub beside: Vec<String>,
}

/// Takes a path out.
///
/// # Errors
/// When nothing stands there.
pub fn remove(root: &mut Table, path: &[String]) -> Result<(), Miss> {
    let (last, parents) = path.split_last().ok_or(Miss { known: 0, beside: Vec::new() })?;
    let parent = descend(root, parents)?;
    match parent.entries.iter().position(|entry| entry.key == *last) {
        Some(at) => drop(parent.entries.remove(at)),
        None => return Err(miss(parents.len(), parent)),
    }
    Ok(())
}

/// Sets what stands at a path, from a day on if one is given. The last part may be new; its table must exist.
///
/// # Errors
/// When the table that is to hold it does not exist.
pub fn set(root: &mut Table, path: &[String], from: Option<Day>, node: Node) -> Result<(), Miss> {
    let (last, parents) = path.split_last().ok_or(Miss { known: 0, beside: Vec::new() })?;
    let parent = descend(root, parents)?;
    let entry = |key: String, node: Node| Entry { key, key_place: node.place.clone(), node };
    let node = match from {
        Some(day) => Node { place: node.place.clone(), layer: node.layer.clone(), value: Value::Table(Table { entries: vec![entry(day.to_string(), node)] }) },
        None => node,
    };
    overlay(parent, Table { entries: vec![entry(last.clone(), node)] });
    Ok(())
}

fn descend<'a>(root: &'a mut Table, path: &[String]) -> Result<&'a mut Table, Miss> {
    let mut table = root;
    for (known, part) in path.iter().enumerate() {
        let Some(at) = table.entries.iter().position(|e| e.key == *part && e.node.table().is_some()) else {
            return Err(miss(known, table));
        };
        table = match table.entries.get_mut(at).map(|entry| &mut entry.node.value) {
            Some(Value::Table(inner)) => inner,
            _ => return Err(Miss { known, beside: Vec::new() }),
        };
    }
    Ok(table)
}

fn miss(known: usize, table: &Table) -> Miss {
    Miss { known, beside: table.entries.iter().map(|entry| entry.key.clone()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::place::FileId;
    use crate::diag::Problems;
    use crate::load::toml;

    fn tree(text: &str) -> Table {
        toml::parse(text, FileId(0), &"".into(), &mut Problems::default())
    }

    /// The tree in one line, for comparison.
    fn line(table: &Table) -> String {
        let entry = |e: &Entry| match &e.node.value {
            Value::Table(inner) => format!("{}{{{}}}", e.key, line(inner)),
            Value::Number(_, raw) | Value::Text(raw) => format!("{}={raw}", e.key),
            other => format!("{}={other:?}", e.key),
        };
        table.entries.iter().map(entry).collect::<Vec<_>>().join(" ")
    }

    fn laid(base: &str, over: &str) -> String {
        let mut base = tree(base);
        overlay(&mut base, tree(over));
        line(&base)
    }

    #[test]
    fn tables_merge_and_values_replace_in_place() {
        assert_eq!(laid("[a]\nx = 1\ny = 2\n[b]\nz = 3", "[a]\nx = 5\nw = 6"), "a{x=5 y=2 w=6} b{z=3}");
        assert_eq!(laid("a = 1", "a = { b = 2 }"), "a{b=2}");
        assert_eq!(laid("a = { value = 1, source = \"s\" }", "a = { value = 2 }"), "a{value=2}");
        assert_eq!(laid("a = { value = 1, source = \"s\" }", "a = 2"), "a=2");
        assert_eq!(laid("a = { value = 1, source = \"s\" }", "a.grade = \"B\""), "a{value=1 source=s grade=B}");
        assert_eq!(laid("a = { 2011 = 1, 2015 = 2 }", "a = { value = 3 }"), "a{value=3}");
    }

    #[test]
    fn dated_values_splice_from_the_overlays_first_date() {
        assert_eq!(laid("a = { 2011 = 1, 2015 = 2, 2020 = 3, note = \"n\" }", "a = { 2018 = 9, note = \"m\" }"), "a{2011=1 2015=2 note=m 2018=9}");
        assert_eq!(laid("a.2016-05-01 = 1\na.2017 = 2", "a.2016-05-01 = 3"), "a{2016-05-01=3}");
        assert_eq!(laid("a = 1", "a = { 2018 = 9 }"), "a{1950=1 2018=9}");
        assert_eq!(laid("a = { value = 1, grade = \"B\" }", "a = { 2018 = 9 }"), "a{1950{value=1 grade=B} 2018=9}");
        assert_eq!(laid("a = { grows_with = \"gdp\" }", "a = { 2018 = 9 }"), "a{grows_with=gdp 2018=9}");
        assert_eq!(laid("[d.gdp]\n2012 = 1\n2014 = 2\n", "[d.gdp]\n2013 = 5\n"), "d{gdp{2012=1 2013=5}}");
    }

    #[test]
    fn paths_are_removed_or_missed() {
        let mut root = tree("[a.b]\nx = 1\ny = 2");
        let path = |text: &str| text.split('.').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(remove(&mut root, &path("a.b.x")), Ok(()));
        assert_eq!(remove(&mut root, &path("a.b.x")), Err(Miss { known: 2, beside: vec!["y".into()] }));
        assert_eq!(remove(&mut root, &path("a.b.y.z")), Err(Miss { known: 2, beside: vec!["y".into()] }));
        assert_eq!(line(&root), "a{b{y=2}}");
    }
}
