//! Written values 值的写法: units, dates, growth, columns of the town table. Whatever is not understood stops the calculation.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::dates::{ALL_YEAR, Day, Life, PIECES, Year};
use super::number::{ONE, Whole, decimal, divide, factor, times};

/// A row of a CSV file by heading (without the unit in brackets).
pub type Row = BTreeMap<String, String>;

/// A county of which nothing is written.
pub static NO_ROW: Row = Row::new();

/// The scenario as it is written, one town's row and its county's.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    pub root: &'a Table,
    pub row: &'a Row,
    pub county: &'a Row,
}

pub fn table(value: &Value) -> &Table {
    value.as_table().unwrap_or_else(|| panic!("not a table: {value:?}"))
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value:?}"))
}

/// `{ value = …, source = … }` is the value it holds.
pub fn bare(value: &Value) -> &Value {
    value.as_table().and_then(|t| t.get("value")).unwrap_or(value)
}

/// The word under a key.
pub fn word<'a>(of: &'a Table, key: &str) -> Option<&'a str> {
    of.get(key).map(|v| text(bare(v)))
}

pub fn flag(of: &Table, key: &str) -> bool {
    of.get(key).is_some_and(|v| bare(v).as_bool() == Some(true))
}

pub fn whole_number(of: &Table, key: &str) -> Option<Year> {
    of.get(key).map(|v| bare(v).as_integer().unwrap_or_else(|| panic!("not a whole number: {key}")) as Year)
}

/// The tables under a key, in file order.
pub fn acts<'a>(root: &'a Table, kind: &str) -> Vec<(&'a str, &'a Table)> {
    root.get(kind).map_or_else(Vec::new, |all| table(all).iter().map(|(id, act)| (id.as_str(), table(act))).collect())
}

fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        other => panic!("not a quantity: {other:?}"),
    }
}

/// A share or rate in millionths: `"62.5%"` or `0.625`.
pub fn ratio(value: &Value) -> Whole {
    let text = as_text(value);
    text.strip_suffix('%').map_or_else(|| decimal(&text, 6), |percent| decimal(percent, 4))
}

/// Money in fen: `"1,150万元"`, `"45元/平方米"`, `"90万元/亩"`, or a bare number in the unit given.
pub fn money(text: &str, unit: &str) -> Whole {
    let text = ["/亩", "/平方米"].iter().fold(text, |text, end| text.strip_suffix(end).unwrap_or(text));
    let units = [("亿元", 10), ("万元", 6), ("元", 2)];
    if let Some((name, places)) = units.into_iter().find(|(name, _)| text.ends_with(name)) {
        return decimal(text.strip_suffix(name).unwrap_or(text), places);
    }
    let (_, places) = units.into_iter().find(|(name, _)| *name == unit).unwrap_or_else(|| panic!("unit {unit}"));
    decimal(text, places)
}

/// An area in 0.01 亩.
pub fn area(value: &Value) -> Whole {
    let text = as_text(value);
    decimal(text.strip_suffix('亩').unwrap_or(&text), 2)
}

/// The dated entries of a value from the earliest on; a value without dates holds always.
fn steps(value: &Value) -> Vec<(Option<Day>, &Value)> {
    let dated = value.as_table().map(|t| t.iter().filter_map(|(key, v)| Day::parse(key).map(|day| (Some(day), v))).collect::<Vec<_>>());
    match dated {
        Some(mut steps) if !steps.is_empty() => {
            steps.sort_by_key(|(day, _)| *day);
            steps
        }
        _ => vec![(None, value)],
    }
}

fn begun_by(day: Option<Day>, year: Year) -> bool {
    day.is_none_or(|day| day.year <= year)
}

/// The entry in force at the end of a year, and the year it began.
fn in_force(value: &Value, year: Year) -> (Option<Year>, &Value) {
    let step = steps(value).into_iter().rfind(|(day, _)| begun_by(*day, year));
    let (day, value) = step.unwrap_or_else(|| panic!("{year} lies before the first date of {value:?}"));
    (day.map(|day| day.year), value)
}

/// Whether the first date of a value has come.
pub fn has_begun(value: &Value, year: Year) -> bool {
    steps(value).iter().any(|(day, _)| begun_by(*day, year))
}

/// The years that are written.
pub fn years_written(value: &Value) -> Vec<Year> {
    steps(value).iter().map(|(day, _)| day.unwrap_or_else(|| panic!("{value:?} has no years")).year).collect()
}

/// A list of texts.
pub fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap_or_else(|| panic!("not a list: {value:?}")).iter().map(text).collect()
}

/// A dated word (which book).
pub fn word_of_year(value: &Value, year: Year) -> &str {
    text(bare(in_force(value, year).1))
}

/// Whether a year is written.
pub fn has_year(value: &Value, year: Year) -> bool {
    steps(value).iter().any(|(day, _)| day.is_some_and(|day| day.year == year))
}

impl<'a> Written<'a> {
    pub fn unit(&self) -> &'a str {
        text(&table(&self.root["scenario"])["money_unit"])
    }

    /// The cell of a column: the town's, or else its county's.
    pub fn cell(&self, heading: &str) -> &'a str {
        let other = [("staff", "编制"), ("population", "人口")].into_iter().find(|(english, _)| *english == heading);
        let of_town = self.row.get(heading).or_else(|| other.and_then(|(_, chinese)| self.row.get(chinese)));
        of_town.or_else(|| self.county.get(heading)).unwrap_or_else(|| panic!("no column {heading}"))
    }

    /// The year a town joined.
    pub fn cohort(&self) -> Year {
        self.cell("批次").parse().expect("a year under 批次")
    }

    fn one_ratio(&self, value: &Value) -> Whole {
        match value.as_table().and_then(|t| t.get("column")) {
            Some(column) => ratio(&Value::String(self.cell(text(column)).to_owned())),
            None => ratio(bare(value)),
        }
    }

    /// A ratio of a year, weighted over the part of the year in which its subject exists; what has ended (a late refund)
    /// knows the ratio at the end of the year.
    pub fn ratio_while(&self, value: &Value, year: Year, life: Life) -> Whole {
        let all = steps(value);
        let begun = |at: usize| all[at].0.is_none_or(|day| day <= Day::new(year, 1, 1));
        let at_start = (0..all.len()).rfind(|at| begun(*at)).unwrap_or_else(|| panic!("{year}: not from the first day on: {value:?}"));
        let (mut weighted, mut weights) = (0, 0);
        for at in at_start..all.len() {
            let starts = |at: usize| all.get(at).and_then(|(day, _)| *day).filter(|day| day.year == year);
            if at > at_start && starts(at).is_none() {
                break;
            }
            let from = if at == at_start { 0 } else { starts(at).map_or(0, Day::gone) };
            let to = starts(at + 1).map_or(PIECES, Day::gone);
            let weight = life.overlap(Life { from, to });
            weighted += weight * self.one_ratio(all[at].1);
            weights += weight;
        }
        if weights == 0 { self.one_ratio(in_force(value, year).1) } else { divide(weighted, weights) }
    }

    pub fn ratio(&self, value: &Value, year: Year) -> Whole {
        self.ratio_while(value, year, ALL_YEAR)
    }

    /// A ratio that begins with its first date: nothing before it.
    pub fn ratio_from(&self, value: &Value, year: Year) -> Whole {
        if has_begun(value, year) { self.ratio(value, year) } else { 0 }
    }

    /// The growth written on a table, as the factor of one year.
    pub fn growth(&self, on: &Table, year: Year) -> f64 {
        let elasticity = on.get("elasticity").map_or(ONE, |e| ratio(bare(e)));
        let own = on.get("own_growth").map_or(0, |own| self.ratio(own, year));
        let growth = match (on.get("grows_by"), word(on, "grows_with")) {
            (Some(rate), _) => ratio(bare(rate)),
            (None, Some(driver)) => self.driver(driver, year),
            (None, None) => 0,
        };
        factor(growth, elasticity, own)
    }

    fn driver(&self, id: &str, year: Year) -> Whole {
        let driver = &table(&self.root["driver"])[id];
        self.ratio(driver, year)
    }

    /// Whether a table says that something grows.
    pub fn grows(on: &Table) -> bool {
        on.contains_key("grows_by") || on.contains_key("grows_with")
    }

    /// The product of the factors from the year after `since` on, in order of years.
    pub fn index(&self, on: &Table, since: Year, year: Year) -> f64 {
        (since + 1..=year).fold(1.0, |index, each| index * self.growth(on, each))
    }

    fn raw_amount(&self, value: &Value) -> Whole {
        match value.as_table().and_then(|t| t.get("column")) {
            Some(column) => money(self.cell(text(column)), self.unit()),
            None => money(&as_text(bare(value)), self.unit()),
        }
    }

    /// An amount (or price) of a year: that of its last date, grown since with one rounding.
    pub fn amount(&self, value: &Value, year: Year) -> Whole {
        let nothing = Table::new();
        let on = value.as_table().unwrap_or(&nothing);
        self.amount_growing(value, on, year)
    }

    /// The same where the growth stands beside the value instead of in it.
    pub fn amount_growing(&self, value: &Value, on: &Table, year: Year) -> Whole {
        let (since, raw) = in_force(value, year);
        self.grown(self.raw_amount(raw), since, on, year)
    }

    fn grown(&self, amount: Whole, since: Option<Year>, on: &Table, year: Year) -> Whole {
        match since {
            Some(since) if Self::grows(on) => times(amount, self.index(on, since, year)),
            _ => amount,
        }
    }

    /// A plain number of a year, in millionths: dated, by town, growing as an amount does.
    pub fn number(&self, value: &Value, year: Year) -> Whole {
        let nothing = Table::new();
        let (since, raw) = in_force(value, year);
        let number = match raw.as_table().and_then(|t| t.get("column")) {
            Some(column) => decimal(self.cell(text(column)), 6),
            None => decimal(&as_text(bare(raw)), 6),
        };
        self.grown(number, since, value.as_table().unwrap_or(&nothing), year)
    }

    /// An amount that begins with its first date: nothing before it.
    pub fn amount_from(&self, value: &Value, year: Year) -> Whole {
        if has_begun(value, year) { self.amount(value, year) } else { 0 }
    }

    /// An area of a year, in 0.01 亩.
    pub fn area(&self, value: &Value, year: Year) -> Whole {
        area(bare(in_force(value, year).1))
    }

    /// Whether a name, 镇 or 县/镇, is this town's.
    pub fn is_town(&self, name: &str) -> bool {
        name.split_once('/').map_or(name == self.row["镇"], |(county, town)| county == self.row["县"] && town == self.row["镇"])
    }

    /// Whether a selection names this town.
    pub fn fits(&self, selection: &Value) -> bool {
        match selection {
            Value::String(all) if all == "all" => true,
            Value::Array(names) => names.iter().any(|name| self.is_town(text(name))),
            Value::Table(conditions) => conditions.iter().all(|(column, cell)| as_text(cell) == self.cell(column)),
            other => panic!("selection not understood: {other:?}"),
        }
    }
}
