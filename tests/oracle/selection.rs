//! Which sources are meant 选取收入: a list, a group, a kind or class, those of a list that exist, the rest.

use toml::{Table, Value};

use super::regime::is_remitting;
use super::written::{acts, table, text, texts, word};

/// The sources a selection names, in the order it names them (file order where it only describes them).
pub fn sources_of(root: &Table, of: &Value) -> Vec<String> {
    match of {
        Value::Array(_) => owned(texts(of)),
        Value::String(name) => match root.get("group").and_then(|g| table(g).get(name)) {
            Some(list) => owned(texts(list)),
            None => vec![name.clone()],
        },
        Value::Table(described) => described_by(root, described),
        other => panic!("selection of sources not understood: {other:?}"),
    }
}

fn owned(names: Vec<&str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}

fn described_by(root: &Table, described: &Table) -> Vec<String> {
    let all = acts(root, "source");
    let having = |key: &str, wanted: &Value| -> Vec<String> {
        let words = if wanted.is_array() { texts(wanted) } else { vec![text(wanted)] };
        all.iter().filter(|(_, source)| word(source, key).is_some_and(|found| words.contains(&found))).map(|(id, _)| (*id).to_owned()).collect()
    };
    let mut conditions = described.iter();
    let found = match conditions.next() {
        Some((key, wanted)) if ["kind", "class"].contains(&key.as_str()) => having(key, wanted),
        Some((key, list)) if key == "any" => owned(texts(list)).into_iter().filter(|id| all.iter().any(|(other, _)| other == id)).collect(),
        other => panic!("selection of sources not understood: {other:?}"),
    };
    assert!(conditions.next().is_none(), "one condition at a time: {described:?}");
    found
}

/// Writes out what every sharing part selects; a part that selects nothing is left out.
pub fn write_out(root: &mut Table) {
    let before = root.clone();
    let Some(agreements) = root.get_mut("agreement").and_then(Value::as_table_mut) else { return };
    for agreement in agreements.iter_mut().map(|(_, agreement)| agreement.as_table_mut().expect("an agreement")) {
        let sharing = |value: &Value| value.as_table().is_some_and(|part| part.contains_key("form") && !is_remitting(part));
        let ids = agreement.iter().filter(|(_, value)| sharing(value)).map(|(id, _)| id.clone());
        let (rest, described): (Vec<String>, Vec<String>) = ids.partition(|id| table(&agreement[id.as_str()])["of"].as_str() == Some("rest"));
        let mut named = Vec::new();
        for id in described {
            let sources = sources_of(&before, &table(&agreement[id.as_str()])["of"]);
            named.extend(replace(agreement, &id, sources));
        }
        for id in rest {
            let others = acts(&before, "source").into_iter().map(|(source, _)| source.to_owned());
            replace(agreement, &id, others.filter(|source| !named.contains(source)).collect());
        }
    }
}

fn replace(agreement: &mut Table, id: &str, sources: Vec<String>) -> Vec<String> {
    if sources.is_empty() {
        agreement.remove(id);
    } else {
        let part = agreement[id].as_table_mut().expect("a part");
        part.insert("of".to_owned(), Value::Array(sources.iter().cloned().map(Value::String).collect()));
    }
    sources
}
