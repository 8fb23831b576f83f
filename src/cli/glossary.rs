//! `fencheng glossary`: a term in both languages, or all of them.

use serde_json::{Value, json};

use super::args::Global;
use super::outcome::{Failure, Outcome, language, say};
use crate::base::lang::{Lang, Words};
use crate::reference::glossary::{Entry, entries, find};

/// `fencheng glossary`
///
/// # Errors
/// When no term is called so.
pub fn glossary(term: Option<&str>, global: &Global) -> Outcome {
    let lang = language(global, None);
    let found = term.map_or_else(|| Ok(entries()), find).map_err(|near| Failure::Said(unknown(term.unwrap_or_default(), near, lang)))?;
    if global.json {
        let all: Vec<Value> = found.iter().map(as_json).collect();
        return say(serde_json::to_string_pretty(&all).unwrap_or_default());
    }
    found.iter().try_for_each(|entry| say(told(entry, lang)))
}

fn unknown(term: &str, near: Option<String>, lang: Lang) -> String {
    let hint = near.map_or(String::new(), |n| if lang == Lang::Zh { format!("，是否想查“{n}”？") } else { format!("; did you mean {n}?") });
    if lang == Lang::Zh { format!("没有“{term}”这个名词{hint}") } else { format!("no term {term}{hint}") }
}

fn told(entry: &Entry, lang: Lang) -> String {
    let Words { zh, en } = entry.term.name;
    let lines = entry.lines(lang).into_iter().map(|(name, text)| format!("\n  {name}  {text}"));
    std::iter::once(format!("{zh}  {en}")).chain(lines).collect()
}

fn as_json(entry: &Entry) -> Value {
    let both = |words: Words| json!({ "zh": words.zh, "en": words.en });
    let term = &entry.term;
    json!({
        "name": both(term.name),
        "subject": both(entry.subject),
        "meaning": both(term.meaning),
        "formula": both(term.formula),
        "unit": term.unit,
        "source": both(term.law),
        "see": entry.see().into_iter().map(both).collect::<Vec<_>>(),
        "keys": entry.keys,
    })
}
