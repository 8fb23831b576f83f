//! Some columns of a table of results: as data for the page's script, and as a table that needs none.

use serde_json::{Value, json};

use super::html::Html;
use super::words;
use crate::base::amount::{Fen, MoneyUnit};
use crate::base::decimal::divide_half_away;
use crate::base::lang::{Lang, Words};
use crate::measure::cell::{Cell, Sheet};
use crate::measure::finding::{percent, thousands};

/// What the cells of a column are, and so how they are shown, sorted and copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text a user wrote.
    Text,
    /// A key of the tables, shown as a word.
    Word,
    /// A year.
    Year,
    /// A whole number.
    Count,
    /// \[分\] Money.
    Money,
    /// A ratio, shown as a percentage.
    Ratio,
    /// A decimal.
    Number,
}

impl Kind {
    /// How the page's script calls it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        ["text", "word", "year", "count", "money", "ratio", "number"][self as usize]
    }

    /// Whether its cells are numbers, set to the right.
    #[must_use]
    pub const fn is_number(self) -> bool {
        !matches!(self, Self::Text | Self::Word)
    }
}

/// A column that is shown.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// Its key, as in the tables.
    pub key: &'static str,
    /// Its heading.
    pub words: Words,
    /// What it means.
    pub meaning: Words,
    /// Its unit, as in the tables.
    pub unit: &'static str,
    /// What its cells are.
    pub kind: Kind,
}

impl Head {
    /// The heading, with its unit where that is neither the money of the tables nor told by the cells.
    #[must_use]
    pub fn heading(&self, lang: Lang) -> String {
        let words = self.words.get(lang);
        let mut signs = words.chars();
        let words = signs.next().map_or(String::new(), |first| first.to_uppercase().chain(signs).collect());
        match (self.kind, self.unit, lang) {
            (Kind::Number, "元", Lang::Zh) => format!("{words}（元）"),
            (Kind::Number, "元", Lang::En) => format!("{words} (yuan)"),
            _ => words,
        }
    }
}

/// Some columns of a table.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The columns.
    pub heads: Vec<Head>,
    /// The rows: money as whole fen, ratios as fractions, nothing as null.
    pub rows: Vec<Vec<Value>>,
}

impl Grid {
    /// The columns picked, in the order they are picked.
    #[must_use]
    pub fn of(sheet: Sheet<'_>, picked: &[(&str, Kind)]) -> Self {
        let found: Vec<(usize, Kind)> = picked.iter().filter_map(|(key, kind)| Some((sheet.columns.iter().position(|c| c.key == *key)?, *kind))).collect();
        let head = |(at, kind): &(usize, Kind)| {
            let column = &sheet.columns[*at];
            Head { key: column.key, words: column.words, meaning: column.definition, unit: column.unit, kind: *kind }
        };
        let heads = found.iter().map(head).collect();
        let rows = sheet.rows.map(|row| found.iter().map(|(at, _)| value(&row[*at])).collect()).collect();
        Self { heads, rows }
    }

    /// The rows as data; one that stands in the same place of the table compared with is told as 1, one that differs from
    /// it in less than half of its cells by these cells.
    #[must_use]
    pub fn data(&self, other: Option<&Self>) -> Value {
        let told = |(n, row): (usize, &Vec<Value>)| {
            let Some(other) = other.and_then(|o| o.rows.get(n)) else { return json!(row) };
            let differ: serde_json::Map<String, Value> = (0..row.len()).filter(|at| row[*at] != other[*at]).map(|at| (at.to_string(), row[at].clone())).collect();
            match differ.len() {
                0 => json!(1),
                some if 2 * some < row.len() => Value::Object(differ),
                _ => json!(row),
            }
        };
        self.rows.iter().enumerate().map(told).collect()
    }

    /// The headings as data.
    #[must_use]
    pub fn heads(&self, lang: Lang) -> Value {
        self.heads.iter().map(|h| json!([h.key, h.heading(lang), h.kind.key(), h.meaning.get(lang)])).collect()
    }

    /// As a table that needs no script: money in whole units, ratios as percentages.
    #[must_use]
    pub fn table(&self, unit: MoneyUnit, lang: Lang) -> Html {
        let class = |kind: Kind| if kind.is_number() { "n" } else { "" };
        let heads: Html = self.heads.iter().map(|h| Html::element("th", &[("scope", "col"), ("class", class(h.kind))], h.heading(lang))).collect();
        let cell = |(value, head): (&Value, &Head)| Html::element("td", &[("class", class(head.kind))], shown(value, head.kind, unit, lang));
        let rows: Html = self.rows.iter().map(|row| Html::tag("tr", row.iter().zip(&self.heads).map(cell).collect::<Html>())).collect();
        let parts = [Html::tag("thead", Html::tag("tr", heads)), Html::tag("tbody", rows)];
        Html::element("div", &[("class", "scroll")], Html::tag("table", parts.into_iter().collect::<Html>()))
    }
}

fn value(cell: &Cell<'_>) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Key(text) | Cell::Text(text) => json!(text),
        Cell::Year(year) => json!(year),
        Cell::Money(fen) => json!(fen),
        // Six decimals, as in the tables.
        Cell::Ratio(ratio) => json!((ratio * 1e6).round() / 1e6),
        Cell::Whole(number) => json!(number),
        Cell::Decimal(text) => text.parse::<f64>().ok().filter(|x| x.is_finite()).map_or_else(|| json!(text), |x| json!(x)),
    }
}

/// A value as a table shows it.
#[must_use]
pub fn shown(value: &Value, kind: Kind, unit: MoneyUnit, lang: Lang) -> String {
    let number = || value.as_f64().unwrap_or(0.0);
    match kind {
        _ if value.is_null() => "–".to_owned(),
        Kind::Text => value.as_str().unwrap_or_default().to_owned(),
        Kind::Word => words::of_key(value.as_str().unwrap_or_default(), lang).to_owned(),
        Kind::Money => money(value.as_i64().unwrap_or(0), unit),
        Kind::Ratio => percent(number()),
        Kind::Year | Kind::Count => value.to_string(),
        Kind::Number => format!("{:.2}", number()),
    }
}

/// Money in whole units, with separators.
#[must_use]
pub fn money(fen: Fen, unit: MoneyUnit) -> String {
    thousands(divide_half_away(i128::from(fen), 10_i128.pow(unit.places())))
}
