//! `--set PATH=VALUE` and `--set PATH@YEAR=VALUE`, and the paths of `remove`.

use std::sync::Arc;

use super::node::{Node, Table, Value};
use super::overlay::{self, Miss};
use super::toml;
use crate::base::{decimal::Decimal, lang::Words, place::Place, when::Day};
use crate::diag::{Code, Problem, Problems, nearest};

/// The layer's name in [`Node::layer`].
pub const LAYER: &str = "--set";
/// More keys than this are not listed in a message.
const MOST_LISTED: usize = 16;

/// Applies one argument.
pub fn apply(root: &mut Table, argument: &str, problems: &mut Problems) {
    let place = Place::Argument(format!("--set {argument}").into());
    let (path, from, value) = match split(argument) {
        Ok(parts) => parts,
        Err(why) => {
            problems.push(Problem::new(Code::E121, &place).with("text", argument).with("zh", why.zh).with("en", why.en));
            return;
        }
    };
    let node = read(value, &place, problems);
    if let Err(miss) = overlay::set(root, &path, from, node) {
        problems.push(missed(Code::E122, &place, &path, &miss));
    }
}

/// A problem about a path that leads nowhere.
#[must_use]
pub fn missed(code: Code, place: &Place, path: &[String], miss: &Miss) -> Problem {
    let parent = path.get(..miss.known).unwrap_or(path);
    let wrong = path.get(miss.known).map_or("", String::as_str);
    let near = nearest(wrong, miss.beside.iter().map(String::as_str)).map(|key| {
        let mended: Vec<&str> = parent.iter().map(String::as_str).chain([key.as_str()]).chain(path.iter().skip(miss.known + 1).map(String::as_str)).collect();
        join(&mended)
    });
    let more = (miss.beside.len() > MOST_LISTED).then_some("…");
    let listed: Vec<&str> = miss.beside.iter().take(MOST_LISTED).map(String::as_str).chain(more).collect();
    let parent = if parent.is_empty() { "scenario.toml".to_owned() } else { join(&parent.iter().map(String::as_str).collect::<Vec<_>>()) };
    let problem = Problem::new(code, place).with("path", join(&path.iter().map(String::as_str).collect::<Vec<_>>())).with_some("nearest", near).with("parent", parent);
    if listed.is_empty() { problem } else { problem.with_list("children", listed) }
}

/// A path as it is written: parts that are no bare TOML keys stand in quotation marks.
#[must_use]
pub fn join(parts: &[&str]) -> String {
    let bare = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    let quoted = |part: &&str| if bare(part) { (*part).to_owned() } else { format!("\"{part}\"") };
    parts.iter().map(quoted).collect::<Vec<_>>().join(".")
}

/// The parts of a path: `agreement."试点".tax`. A shell may have eaten the quotation marks, so Chinese needs none here.
#[must_use]
pub fn parts(path: &str) -> Option<Vec<String>> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    let mut closed = false;
    for char in path.trim().chars() {
        let part = parts.last_mut()?;
        match (quote, char) {
            (Some(open), _) if open == char => (quote, closed) = (None, true),
            (None, '"' | '\'') if part.is_empty() && !closed => quote = Some(char),
            (None, '.') => {
                parts.push(String::new());
                closed = false;
            }
            (None, _) if closed => return None,
            _ => part.push(char),
        }
    }
    let whole = quote.is_none() && parts.iter().all(|part| !part.trim().is_empty());
    whole.then(|| parts.into_iter().map(|part| part.trim().to_owned()).collect())
}

type Parts<'a> = (Vec<String>, Option<Day>, &'a str);

fn split(argument: &str) -> Result<Parts<'_>, Words> {
    let equals = unquoted(argument, &['=', '＝']).ok_or(Words::new("没有等号", "there is no ="))?;
    let (left, right) = argument.split_at(equals);
    let value = right.trim_start_matches(['=', '＝']).trim();
    let (path, year) = match unquoted(left, &['@', '＠']) {
        Some(at) => (&left[..at], Some(left[at..].trim_start_matches(['@', '＠']).trim())),
        None => (left, None),
    };
    let path = parts(path).ok_or(Words::new("路径不完整，或引号没有合上", "the path has an empty part or an open quotation mark"))?;
    let from = match year {
        Some(year) => Some(Day::parse(year).ok_or(Words::new("@ 后面应是年份或日期，如 2018 或 2018-05-01", "after @ stands a year or a day, such as 2018 or 2018-05-01"))?),
        None => None,
    };
    if value.is_empty() {
        return Err(Words::new("等号后面没有值", "no value after ="));
    }
    Ok((path, from, value))
}

/// The first of the signs outside quotation marks.
fn unquoted(text: &str, signs: &[char]) -> Option<usize> {
    let mut quote = None;
    for (at, char) in text.char_indices() {
        match quote {
            Some(open) if open == char => quote = None,
            Some(_) => {}
            None if signs.contains(&char) => return Some(at),
            None if matches!(char, '"' | '\'') => quote = Some(char),
            None => {}
        }
    }
    None
}

/// A value as people type it in a shell: TOML, or a text without quotation marks.
fn read(text: &str, place: &Place, problems: &mut Problems) -> Node {
    let layer: Arc<str> = LAYER.into();
    if text.starts_with(['[', '{', '"', '\'']) {
        if let Some(node) = toml::value(text, place, &layer, problems) {
            return node;
        }
        if let Some(items) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).filter(|t| !t.contains(['[', '{', '"'])) {
            let items = items.split([',', '，']).map(str::trim).filter(|item| !item.is_empty());
            let value = Value::List(items.map(|item| Node { value: scalar(item), place: place.clone(), layer: layer.clone() }).collect());
            return Node { value, place: place.clone(), layer };
        }
    }
    Node { value: scalar(text), place: place.clone(), layer }
}

fn scalar(text: &str) -> Value {
    match text {
        "true" => Value::Flag(true),
        "false" => Value::Flag(false),
        _ => match (Decimal::parse(text), Day::parse(text)) {
            // `_` alone reads as a number without digits.
            (Some(number), _) if text.contains(|c: char| c.is_ascii_digit()) => Value::Number(Some(number), text.to_owned()),
            (_, Some(day)) => Value::Day(day),
            _ => Value::Text(text.to_owned()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::place::FileId;

    fn after(arguments: &[&str]) -> (Table, Vec<Problem>) {
        let text = "[agreement.pilot.tax]\nshare = \"80%\"\nrate = { 2011 = 1, 2020 = 2 }\n[agreement.\"试点\"]\nname = \"x\"\n";
        let mut problems = Problems::default();
        let mut root = toml::parse(text, FileId(0), &"".into(), &mut problems);
        arguments.iter().for_each(|argument| apply(&mut root, argument, &mut problems));
        (root, problems.iter().cloned().collect())
    }

    fn at<'a>(root: &'a Table, path: &str) -> Option<&'a Value> {
        let parts = parts(path)?;
        let (last, parents) = parts.split_last()?;
        let table = parents.iter().try_fold(root, |table, part| table.get(part)?.node.table())?;
        table.get(last).map(|entry| &entry.node.value)
    }

    #[test]
    fn a_value_is_replaced_or_changed_from_a_year_on() {
        let (root, problems) = after(&["agreement.pilot.tax.share@2018=60%", "agreement.pilot.tax.rate@2015=7", "agreement.\"试点\".name=甲", "agreement.试点.on=true"]);
        assert_eq!(problems, []);
        assert!(matches!(at(&root, "agreement.pilot.tax.share.1950"), Some(Value::Text(t)) if t == "80%"));
        assert!(matches!(at(&root, "agreement.pilot.tax.share.2018"), Some(Value::Text(t)) if t == "60%"));
        assert!(matches!(at(&root, "agreement.pilot.tax.rate.2015"), Some(Value::Number(Some(_), t)) if t == "7"));
        assert!(at(&root, "agreement.pilot.tax.rate.2011").is_some() && at(&root, "agreement.pilot.tax.rate.2020").is_none());
        assert!(matches!(at(&root, "agreement.试点.name"), Some(Value::Text(t)) if t == "甲"));
        assert!(matches!(at(&root, "agreement.试点.on"), Some(Value::Flag(true))));
    }

    #[test]
    fn values_are_read_as_people_type_them() {
        let list = |text: &str| match read(text, &Place::Nowhere, &mut Problems::default()).value {
            Value::List(items) => items.iter().map(|n| format!("{:?}", n.value)).collect::<Vec<_>>().join(" "),
            other => format!("{other:?}"),
        };
        assert_eq!(list("[濛阳镇, 丽春镇]"), list("[\"濛阳镇\", '丽春镇']"));
        assert_eq!(list("\"60%\""), list("60%"));
        assert_eq!(list("2500万元"), "Text(\"2500万元\")");
        assert!(list("2016-05-01").starts_with("Day"));
    }

    #[test]
    fn what_leads_nowhere_names_the_nearest() {
        let (_, problems) = after(&["agreement.pliot.tax.share=1", "agreement.pilot.tax.share.x.y=1", "nonsense", "a..b=1", "a@19=1", "a="]);
        assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), [Code::E122, Code::E122, Code::E121, Code::E121, Code::E121, Code::E121]);
        assert!(problems[0].args.contains(&("nearest", "agreement.pilot.tax.share".to_owned())));
    }
}
