//! The glossary 名词: one entry a term. Forms of rules come from their cards, measures from the columns of the tables;
//! what neither has is listed in the files below, by subject. To add a term add a line there.

mod books;
mod revenue;
mod sharing;

use std::fmt::Write as _;

use super::forms::groups;
use super::pages::{escaped, pick, unit};
use crate::base::lang::{Lang, Words};
use crate::diag::nearest;
use crate::measure::cell::Column;
use crate::measure::{backtest, columns, compare, rolling};
use crate::rules::card::Card;

/// A term.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// What it is called.
    pub name: Words,
    /// What it means.
    pub meaning: Words,
    /// How it is computed; empty when it is no number, or only one language writes it in signs.
    pub formula: Words,
    /// Its unit as in tables; empty when it has none.
    pub unit: &'static str,
    /// Document and grade; empty when no document defines it.
    pub law: Words,
    /// Terms to read next, by their Chinese names.
    pub see: &'static [&'static str],
}

/// A term under its subject.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The subject.
    pub subject: Words,
    /// The term.
    pub term: Term,
    /// How files call it: the word behind `form =`, or `table.column`.
    pub keys: Vec<String>,
}

/// What is listed here, by subject.
const SUBJECTS: [(Words, &[Term]); 8] = [
    (Words::new("预算和金额", "Budgets and amounts"), books::BUDGETS),
    (Words::new("收入", "Revenue"), revenue::REVENUE),
    (Words::new("土地", "Land"), revenue::LAND),
    (Words::new("县镇体制", "County–town agreements"), sharing::AGREEMENTS),
    (Words::new("转移支付", "Transfers"), sharing::TRANSFERS),
    (Words::new("支出和平衡", "Spending and balance"), books::SPENDING),
    (Words::new("项目和资金", "Projects and money for them"), books::PROJECTS),
    (Words::new("方案和测算", "Scenarios and studies"), books::STUDIES),
];

const NOTHING: Words = Words::both("");

const fn term(zh: &'static str, en: &'static str, meaning_zh: &'static str, meaning_en: &'static str) -> Term {
    Term { name: Words::new(zh, en), meaning: Words::new(meaning_zh, meaning_en), formula: NOTHING, unit: "", law: NOTHING, see: &[] }
}

impl Term {
    const fn is(self, zh: &'static str, en: &'static str) -> Self {
        Self { formula: Words::new(zh, en), ..self }
    }

    const fn money(self) -> Self {
        Self { unit: "money", ..self }
    }

    const fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    const fn law(self, zh: &'static str, en: &'static str) -> Self {
        Self { law: Words::new(zh, en), ..self }
    }

    const fn see(self, see: &'static [&'static str]) -> Self {
        Self { see, ..self }
    }
}

/// Every term, by subject.
#[must_use]
pub fn entries() -> Vec<Entry> {
    let listed = SUBJECTS.into_iter().flat_map(|(subject, terms)| terms.iter().map(move |term| Entry { subject, term: *term, keys: Vec::new() }));
    listed.chain(forms()).chain(measures()).collect()
}

/// Forms of rules, from their cards.
fn forms() -> Vec<Entry> {
    let subject = Words::new("规则的形式", "Forms of rules");
    let entry = |about, (card, _): &(Card, _)| Entry {
        subject,
        term: Term { name: card.name, meaning: about, formula: card.formula, unit: "money", law: card.law, see: &[] },
        keys: vec![card.kind.to_owned()],
    };
    groups().iter().flat_map(|group| group.forms.iter().map(|form| entry(group.about, form)).collect::<Vec<_>>()).collect()
}

/// Columns that have a definition; one that stands in several tables is one term.
fn measures() -> Vec<Entry> {
    let subject = Words::new("输出表的指标", "Measures in the output tables");
    let mut entries: Vec<Entry> = Vec::new();
    for (table, columns) in tables() {
        for column in columns.iter().filter(|c| !c.definition.zh.is_empty() || !c.formula.is_empty()) {
            let key = format!("{table}.{}", column.key);
            if let Some(known) = entries.iter_mut().find(|e| e.term.name == column.words && e.term.meaning == column.definition) {
                known.keys.push(key);
                continue;
            }
            // A formula in Chinese words is none for the English reader; the English meaning says the same.
            let formula = Words::new(column.formula, if in_signs(column.formula) { column.formula } else { "" });
            let term = Term { name: column.words, meaning: column.definition, formula, unit: column.unit, law: NOTHING, see: &[] };
            entries.push(Entry { subject, term, keys: vec![key] });
        }
    }
    entries
}

/// Every table that commands write of runs, comparisons, outturns.
fn tables() -> impl Iterator<Item = (&'static str, &'static [Column])> {
    let runs = columns::TABLES.iter().copied().chain([columns::CAPITAL_TABLE]);
    runs.chain(compare::columns::TABLES).chain(backtest::columns::TABLES).chain([("outturn", rolling::OUTTURN)])
}

fn in_signs(formula: &str) -> bool {
    !formula.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// The terms a text means: those called so, else those whose name contains it.
///
/// # Errors
/// None is called so; the likeliest name, if one is near.
///
/// ```
/// use fencheng::reference::glossary::find;
/// assert_eq!(find("留存财力").unwrap()[0].term.name.en, "retained funds");
/// assert_eq!(find("grsos").unwrap_err().as_deref(), Some("gross"));
/// ```
pub fn find(text: &str) -> Result<Vec<Entry>, Option<String>> {
    let wanted = text.trim().to_lowercase();
    let all = entries();
    let those = |fits: &dyn Fn(&str) -> bool| all.iter().filter(|e| e.names().any(|name| fits(&name.to_lowercase()))).cloned().collect::<Vec<_>>();
    let called = those(&|name| name == wanted);
    if !called.is_empty() {
        return Ok(called);
    }
    let near = if wanted.chars().count() < 2 { Vec::new() } else { those(&|name| name.contains(&wanted)) };
    if near.is_empty() { Err(nearest(&wanted, all.iter().flat_map(Entry::names))) } else { Ok(near) }
}

impl Entry {
    /// All it may be asked for by: both names, and the last word of each key.
    fn names(&self) -> impl Iterator<Item = &str> {
        let keys = self.keys.iter().map(|key| key.rsplit('.').next().unwrap_or(key));
        [self.term.name.zh, self.term.name.en].into_iter().chain(keys)
    }

    /// Terms to read next.
    #[must_use]
    pub fn see(&self) -> Vec<Words> {
        let all = if self.term.see.is_empty() { Vec::new() } else { entries() };
        self.term.see.iter().filter_map(|see| all.iter().find(|e| e.term.name.zh == *see)).map(|e| e.term.name).collect()
    }

    /// The lines below its name: what they are called, and what they say.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> Vec<(&'static str, String)> {
        let term = &self.term;
        let see = self.see().iter().map(|name| name.get(lang)).collect::<Vec<_>>().join(pick(lang, "、", ", "));
        let lines = [
            (pick(lang, "意思", "Meaning"), term.meaning.get(lang).to_owned()),
            (pick(lang, "算式", "Formula"), term.formula.get(lang).to_owned()),
            (pick(lang, "单位", "Unit"), unit(term.unit, lang).to_owned()),
            (pick(lang, "依据", "Source"), term.law.get(lang).to_owned()),
            (pick(lang, "参见", "See"), see),
            (pick(lang, "文件里", "In files"), self.keys.join(pick(lang, "、", ", "))),
        ];
        lines.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }
}

/// The page: by subject, in English by the alphabet within it.
pub(super) fn page(lang: Lang) -> String {
    let mut entries = entries();
    if lang == Lang::En {
        let order: Vec<&str> = entries.iter().map(|e| e.subject.en).collect();
        let place = |e: &Entry| order.iter().position(|subject| *subject == e.subject.en);
        entries.sort_by_cached_key(|e| (place(e), e.term.name.en.to_lowercase()));
    }
    let mut page = pick(
        lang,
        "依据后的字母是等级：A 原文，B 二手资料，C 常识，D 假定。\n",
        "The letter behind a source is its grade: A official text, B secondary, C general knowledge, D assumption.\n",
    )
    .to_owned();
    let mut subject = "";
    for entry in &entries {
        if entry.subject.en != subject {
            subject = entry.subject.en;
            let _ = write!(page, "\n## {}\n", entry.subject.get(lang));
        }
        let (first, second) = if lang == Lang::Zh { (entry.term.name.zh, entry.term.name.en) } else { (entry.term.name.en, entry.term.name.zh) };
        let _ = write!(page, "\n**{first}** {second}\n\n");
        for (name, text) in entry.lines(lang) {
            let _ = writeln!(page, "- {name}{}{}", pick(lang, "：", ": "), escaped(&text));
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_term_speaks_both_languages() {
        let whole = |words: Words| !words.zh.is_empty() && !words.en.is_empty();
        for Entry { term, keys, .. } in entries() {
            let name = term.name.zh;
            assert!(whole(term.name) && whole(term.meaning), "{name} {keys:?}");
            assert!(whole(term.law) || term.law == NOTHING, "{name}: the source");
            assert!(whole(term.formula) || term.formula == NOTHING || !in_signs(term.formula.zh), "{name}: the formula");
        }
    }

    #[test]
    fn every_column_of_every_table_is_a_term() {
        // Names and places say what they are; whatever is counted or measured is explained.
        for (table, columns) in tables() {
            for column in columns.iter().filter(|c| !["", "年"].contains(&c.unit)) {
                let key = format!("{table}.{}", column.key);
                assert!(entries().iter().any(|e| e.keys.contains(&key)), "{key} {} is not in the glossary", column.words.zh);
            }
        }
    }

    #[test]
    fn a_term_is_told_once_and_its_references_lead_somewhere() {
        let entries = entries();
        let mut told = BTreeSet::new();
        for entry in entries.iter().filter(|e| !e.keys.iter().any(|key| key.contains('.'))) {
            assert!(told.insert(entry.term.name.zh), "{} stands twice", entry.term.name.zh);
        }
        let names: BTreeSet<&str> = entries.iter().map(|e| e.term.name.zh).collect();
        for entry in &entries {
            entry.term.see.iter().for_each(|see| assert!(names.contains(see), "{} leads to {see}, which is no term", entry.term.name.zh));
        }
    }

    #[test]
    fn every_source_in_law_has_a_grade() {
        let graded = |text: &str| ["A", "B", "C", "D"].iter().any(|grade| text.contains(&format!("{grade}）")) || text.contains(&format!("{grade})")));
        for Entry { term, .. } in entries() {
            for law in [term.law.zh, term.law.en].into_iter().filter(|law| !law.is_empty()) {
                assert!(graded(law), "{}: {law}", term.name.zh);
            }
        }
    }

    #[test]
    fn a_slip_of_the_pen_finds_its_term() {
        assert_eq!(find("可用财历").unwrap_err().as_deref(), Some("可用财力"));
        assert!(find("留成").is_ok_and(|found| found.iter().any(|e| e.term.name.zh == "地方留成部分")));
        assert!(find("RATIO").is_ok_and(|found| found[0].keys == ["ratio"]));
        assert_eq!(find("量子力学").unwrap_err(), None);
    }
}
