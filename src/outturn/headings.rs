//! What the columns of an observed file mean.

use super::names::{self, Level, known};
use crate::base::{amount::MoneyUnit, place::Place};
use crate::check::{canonical, split_unit};
use crate::diag::{Code, Problem, Problems, nearest};
use crate::load::sheet::{Cell, Sheet};
use crate::measure::Run;
use crate::scenario::Scenario;

/// Headings beside those of the town table, Chinese and English.
const KNOWN: &[(&str, &[&str])] = &[
    ("year", &["年份", "年度", "年", "year"]),
    ("item", &["项目", "收入项目", "item"]),
    ("amount", &["数额", "金额", "amount"]),
    ("scope", &["口径", "scope"]),
    ("source", &["来源", "出处", "source"]),
    ("grade", &["依据等级", "等级", "grade"]),
    ("note", &["备注", "说明", "note"]),
];

/// Where the figures stand.
pub enum Form {
    /// One a row: the columns of item and amount, the unit of amounts.
    Long {
        /// The column of items.
        item: usize,
        /// The column of amounts.
        amount: usize,
        /// Their unit.
        unit: MoneyUnit,
    },
    /// One column an item: the columns.
    Wide(Vec<usize>),
}

/// The columns of an observed file.
pub struct Headings<'s> {
    /// All headings.
    pub cells: &'s [Cell],
    /// The town.
    pub town: Option<usize>,
    /// The county.
    pub county: Option<usize>,
    /// The year.
    pub year: usize,
    /// The scope.
    pub scope: Option<usize>,
    /// The source.
    pub source: Option<usize>,
    /// The grade.
    pub grade: Option<usize>,
    /// The remark.
    pub note: Option<usize>,
    /// Where the figures stand.
    pub form: Form,
    /// The unit of amounts without one of their own.
    pub unit: MoneyUnit,
}

impl<'s> Headings<'s> {
    /// Reads the headings; `None` when a column is missing without which no row means anything.
    pub fn read(sheet: &'s Sheet, shown: &str, run: &Run, problems: &mut Problems) -> Option<Self> {
        let cells = &sheet.headings;
        let at = |key: &str| cells.iter().position(|c| meaning(&c.text) == key);
        let (item, amount) = (at("item"), at("amount"));
        let mut missing = Vec::new();
        let form = match (item, amount) {
            (Some(item), Some(amount)) => Form::Long { item, amount, unit: split_unit(&cells[amount].text).1.or(sheet.unit).unwrap_or(run.scenario.unit) },
            (None, None) => Form::Wide((0..cells.len()).filter(|n| !cells[*n].text.is_empty() && !is_known(&cells[*n].text)).collect()),
            (None, Some(_)) => {
                missing.push(("项目", "item"));
                Form::Wide(Vec::new())
            }
            (Some(_), None) => {
                missing.push(("数额", "amount"));
                Form::Wide(Vec::new())
            }
        };
        if matches!(&form, Form::Wide(columns) if columns.is_empty()) && missing.is_empty() {
            missing.push(("项目", "item"));
        }
        let (town, county, year) = (at("town"), at("county"), at("year"));
        if town.is_none() && county.is_none() {
            missing.push(("镇", "town"));
        }
        if year.is_none() {
            missing.push(("年份", "year"));
        }
        for (zh, en) in &missing {
            let problem = Problem::new(Code::E505, &Place::File(sheet.file)).with("file", shown).with_in("column", zh, en);
            problems.push(problem.with_list("known", cells.iter().map(|c| c.text.as_str()).filter(|t| !t.is_empty())));
        }
        if let Form::Wide(columns) = &form {
            columns.iter().for_each(|n| expect_item(&cells[*n], &run.scenario, problems));
        }
        let year = year.filter(|_| missing.is_empty())?;
        Some(Self {
            cells,
            town,
            county,
            year,
            scope: at("scope"),
            source: at("source"),
            grade: at("grade"),
            note: at("note"),
            form,
            unit: sheet.unit.unwrap_or(run.scenario.unit),
        })
    }
}

/// The English name of a heading the program knows, else the heading itself; an amount may carry its unit.
fn meaning(heading: &str) -> &str {
    let words = heading.split(['（', '(']).next().unwrap_or("").trim();
    let key = |words: &str| KNOWN.iter().find(|(_, all)| all.iter().any(|name| name.eq_ignore_ascii_case(words))).map(|(key, _)| *key);
    key(heading).or_else(|| key(words).filter(|k| *k == "amount")).unwrap_or_else(|| canonical(heading))
}

fn is_known(heading: &str) -> bool {
    let meaning = meaning(heading);
    ["town", "county"].contains(&meaning) || KNOWN.iter().any(|(key, _)| *key == meaning)
}

/// In the wide form a heading must be an item of a town or of a county.
fn expect_item(heading: &Cell, scenario: &Scenario, problems: &mut Problems) {
    let found = [Level::Town, Level::County].into_iter().any(|level| names::find(&heading.text, level, scenario).is_some());
    if !found {
        problems.push(unknown_item(heading, Level::Town, scenario));
    }
}

/// E711, with what was probably meant.
pub fn unknown_item(cell: &Cell, level: Level, scenario: &Scenario) -> Problem {
    let (words, _) = split_unit(&cell.text);
    let near = nearest(&words, known(level, scenario));
    let problem = Problem::new(Code::E711, &cell.place).with("name", &words);
    let problem = match level {
        Level::Town => problem
            .with("level", "镇级")
            .with("level_en", "town")
            .with("kinds", "收入的名称或键、summary.csv 的列名")
            .with("kinds_en", "the name or key of a source, or a heading of summary.csv"),
        Level::County => problem.with("level", "县级").with("level_en", "county").with("kinds", " county.csv 的列名").with("kinds_en", "a heading of county.csv"),
    };
    problem.with_list("known", names::examples(level, scenario)).with_some("nearest", near)
}
