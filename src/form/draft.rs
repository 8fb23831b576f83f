//! What was understood, before it is written as a scenario.

use std::collections::BTreeMap;

use crate::base::amount::MoneyUnit;
use crate::base::lang::Lang;
use crate::base::when::Year;

/// Where a figure comes from, as the form says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The document; empty where none was written.
    pub source: String,
    /// A–D; empty where none was written.
    pub grade: String,
    /// A remark of the program's: what was assumed, what was joined.
    pub note: String,
}

impl Evidence {
    /// An assumption of the program's.
    #[must_use]
    pub fn assumed(note: &str) -> Self {
        Self { source: String::new(), grade: "D".to_owned(), note: note.to_owned() }
    }

    /// One for several rows: every source, the lowest grade.
    #[must_use]
    pub fn joined(all: &[Self]) -> Self {
        let mut sources: Vec<&str> = all.iter().map(|e| e.source.as_str()).filter(|s| !s.is_empty()).collect();
        sources.dedup();
        let grade = |e: &Self| if e.grade.is_empty() { "D".to_owned() } else { e.grade.clone() };
        let worst = all.iter().map(grade).max().unwrap_or_else(|| "D".to_owned());
        Self { source: sources.join("；"), grade: worst, note: String::new() }
    }
}

/// A value as it will be written, and where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    /// `60%`, `1200万元`, `2024`.
    pub text: String,
    /// Its evidence.
    pub evidence: Evidence,
}

/// A revenue the scenario has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revenue {
    /// Its id.
    pub id: String,
    /// Its name and the heading of its column.
    pub name: String,
    /// `tax`, `nontax` or `fund`.
    pub class: &'static str,
    /// Growth a year.
    pub growth: Fact,
}

/// A part of an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// `tax`, `nontax`, `tax+nontax`, `fund` or `rest`.
    pub of: &'static str,
    /// The form of rule.
    pub form: &'static str,
    /// Key and value of its parameters.
    pub values: Vec<(&'static str, String)>,
    /// Where it comes from.
    pub evidence: Evidence,
}

/// An agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Its name.
    pub name: String,
    /// Its first year.
    pub from: Year,
    /// The towns; none are all.
    pub towns: Vec<String>,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// A line of recurrent spending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: &'static str,
    /// What it is counted by; empty for an amount a town.
    pub per: &'static str,
    /// The amount a year.
    pub amount: String,
    /// Growth a year.
    pub growth: Fact,
    /// Who pays.
    pub paid_by: &'static str,
    /// Where it comes from.
    pub evidence: Evidence,
}

/// A table that goes beside the scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableText {
    /// Its headings.
    pub headings: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
    /// Where its figures come from.
    pub evidence: Evidence,
    /// Columns that were filled in by the program: heading and why.
    pub assumed: Vec<(String, String)>,
}

/// A scenario about to be written.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it was made from.
    pub origin: String,
    /// Its title.
    pub name: String,
    /// The county.
    pub county: String,
    /// The year of the revenue, and the first of the horizon.
    pub base_year: Year,
    /// The last year of the horizon.
    pub last_year: Year,
    /// The unit of its tables.
    pub unit: MoneyUnit,
    /// The language it answers in.
    pub lang: Lang,
    /// Revenue holds only the part left to county and town.
    pub local: bool,
    /// Rules that come with the program, beside the national ones.
    pub rules: Vec<&'static str>,
    /// Revenue.
    pub revenue: Vec<Revenue>,
    /// Shares of gross: of the province and of the city, by id.
    pub upper: BTreeMap<String, [Option<Fact>; 2]>,
    /// Agreements.
    pub agreements: Vec<Agreement>,
    /// Recurrent spending.
    pub spending: Vec<Line>,
    /// Towns.
    pub towns: TableText,
    /// Projects.
    pub projects: Option<TableText>,
    /// Outturns.
    pub outturns: Option<TableText>,
}
