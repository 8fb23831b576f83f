//! Which towns a rule is for: `"all"`, names, or conditions on columns joined by *and*. And which sources, by what they are.

use super::read::Reader;
use crate::base::decimal::Decimal;
use crate::diag::{Code, Problem, nearest};
use crate::load::{
    csv,
    node::{Node, Table, Value},
};
use crate::rules::field::PROVENANCE;

/// Reads a selection: one flag a town.
pub(crate) fn towns(reader: &mut Reader<'_>, node: &Node, path: &str) -> Option<Vec<bool>> {
    let count = reader.names.towns.len();
    match &node.value {
        Value::Text(text) if text == "all" => Some(vec![true; count]),
        Value::Text(_) => named(reader, std::slice::from_ref(node), path),
        // An agreement that only follows another names no towns of its own.
        Value::List(items) if items.is_empty() && !reader.names.follows_another(path) => {
            reader.expected(node, path, ("至少一个镇", "at least one town"), "towns = [\"濛阳镇\"]");
            None
        }
        Value::List(items) => named(reader, items, path),
        Value::Table(table) => {
            let mut chosen = vec![true; count];
            for entry in &table.entries {
                let test = Test::read(reader, &entry.node, path)?;
                let Some(column) = reader.names.column(&entry.key).cloned() else {
                    reader.problems.push(reader.names.no_column(&entry.key, &entry.key_place));
                    return None;
                };
                for (flag, cell) in chosen.iter_mut().zip(&column.cells) {
                    *flag &= test.holds(&cell.text);
                }
            }
            Some(chosen)
        }
        _ => {
            reader.expected(node, path, ("\"all\"、镇名列表或条件", "\"all\", a list of towns or conditions"), "towns = [\"濛阳镇\"]");
            None
        }
    }
}

/// Reads a choice of sources by what they are: `{ kind = "land" }`, `{ class = ["tax", "nontax"] }`, or those of a list the
/// scenario has: `{ any = ["umct"] }`. A rule written so fits any scenario.
pub(crate) fn sources(reader: &mut Reader<'_>, table: &Table, node: &Node, path: &str) -> Option<Vec<usize>> {
    let known: Vec<&str> = SELECTORS.into_iter().chain(PROVENANCE).collect();
    reader.unknown_keys(table, &known, path);
    reader.check_provenance(table, path);
    let mut entries = table.entries.iter().filter(|e| SELECTORS.contains(&e.key.as_str()));
    let (Some(entry), None) = (entries.next(), entries.next()) else {
        reader.expected(node, path, ("kind、class、any 中的一个", "one of kind, class, any"), "of = { kind = \"land\" }");
        return None;
    };
    let words = match &entry.node.value {
        Value::Text(text) => vec![text.clone()],
        Value::List(items) => items.iter().filter_map(|n| if let Value::Text(t) = &n.value { Some(t.clone()) } else { None }).collect(),
        _ => {
            reader.expected(&entry.node, path, ("文字或列表", "a text or a list"), "of = { class = [\"tax\", \"nontax\"] }");
            return None;
        }
    };
    let names = &reader.names;
    let word = match entry.key.as_str() {
        "any" => return Some(words.iter().filter_map(|id| names.sources.iter().position(|s| s == id)).collect()),
        "kind" => 0,
        _ => 1,
    };
    Some((0..names.sources.len()).filter(|n| words.contains(&names.source_words[*n][word])).collect())
}

/// How sources are chosen by what they are.
const SELECTORS: [&str; 3] = ["kind", "class", "any"];

fn named(reader: &mut Reader<'_>, items: &[Node], path: &str) -> Option<Vec<bool>> {
    let mut chosen = vec![false; reader.names.towns.len()];
    let mut whole = true;
    for node in items {
        let Value::Text(name) = &node.value else {
            reader.expected(node, path, ("镇名", "a town"), "[\"濛阳镇\"]");
            return None;
        };
        let mut found = false;
        for (flag, town) in chosen.iter_mut().zip(&reader.names.towns) {
            if town == name || town.rsplit_once('/').is_some_and(|(_, short)| short == name) {
                *flag = true;
                found = true;
            }
        }
        if !found {
            whole = false;
            let towns = reader.names.towns.iter().map(|t| t.rsplit_once('/').map_or(t.as_str(), |(_, n)| n));
            let near = nearest(name, towns.chain(["all"]));
            reader.problems.push(Problem::new(Code::E106, &node.place).with("name", name).with_some("nearest", near));
        }
    }
    whole.then_some(chosen)
}

/// A condition on a cell.
enum Test {
    OneOf(Vec<String>),
    Compare(&'static str, Decimal),
}

const COMPARISONS: [&str; 4] = [">=", "<=", ">", "<"];

impl Test {
    fn read(reader: &mut Reader<'_>, node: &Node, path: &str) -> Option<Self> {
        let word = |node: &Node| match &node.value {
            Value::Text(text) => Some(text.clone()),
            Value::Number(Some(n), _) => Some(n.to_string()),
            _ => None,
        };
        match &node.value {
            Value::List(items) => items.iter().map(word).collect::<Option<Vec<_>>>().map(Self::OneOf),
            Value::Text(text) => {
                let compared = COMPARISONS.into_iter().find_map(|sign| text.strip_prefix(sign).map(|rest| (sign, rest)));
                match compared {
                    None => Some(Self::OneOf(vec![text.clone()])),
                    Some((sign, rest)) => csv::number(rest.trim()).map(|number| Self::Compare(sign, number)),
                }
            }
            _ => word(node).map(|w| Self::OneOf(vec![w])),
        }
        .or_else(|| {
            reader.expected(node, path, ("一个值、列表，或 \">= 50000\"", "a value, a list, or \">= 50000\""), "{ class = \"中心镇\" }");
            None
        })
    }

    fn holds(&self, cell: &str) -> bool {
        match self {
            Self::OneOf(words) => words.iter().any(|w| w == cell || csv::number(cell).is_some_and(|n| n.to_string() == *w)),
            Self::Compare(sign, bound) => csv::number(cell).and_then(|n| n.exact(12).zip(bound.exact(12))).is_some_and(|(n, b)| match *sign {
                ">=" => n >= b,
                "<=" => n <= b,
                ">" => n > b,
                _ => n < b,
            }),
        }
    }
}
