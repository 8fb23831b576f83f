//! 基本情况: what holds for the whole scenario, one question a row.

use super::cells::{Filled, choice, year};
use super::layout::{Column, FormSheet, Holds};
use super::questions::BASICS;
use crate::base::amount::MoneyUnit;
use crate::base::place::Place;
use crate::base::when::Year;
use crate::diag::{Code, Problem, Problems};
use crate::load::sheet::{Cell, Sheet};

/// The answers.
#[derive(Clone, Debug)]
pub struct Basics {
    /// The title of the scenario.
    pub name: String,
    /// The county.
    pub county: String,
    /// The year of the revenue.
    pub base_year: Year,
    /// The last year of the horizon.
    pub last_year: Year,
    /// The unit of money.
    pub unit: MoneyUnit,
    /// Revenue is only the part left to county and town.
    pub local: bool,
    /// Rules of province and city.
    pub rules: Vec<&'static str>,
}

impl Basics {
    /// Reads the sheet; `None` when an answer is missing or wrong, which was told.
    pub fn read(sheet: &Sheet, problems: &mut Problems) -> Option<Self> {
        let filled = Filled::of(sheet, FormSheet::of("basics"), MoneyUnit::WanYuan);
        let asked = |key: &str| BASICS.iter().find(|c| c.key == key);
        let row = |column: &Column| filled.rows().find(|row| filled.cell(row, "item").is_some_and(|c| c.text == column.words.zh || c.text.eq_ignore_ascii_case(column.words.en)));
        let answer = |key: &str, problems: &mut Problems| -> Option<Cell> {
            let column = asked(key)?;
            let row = row(column);
            let cell = row.and_then(|row| filled.cell(row, "content")).cloned();
            if cell.is_none() && column.required {
                let place = row.and_then(|row| filled.column("content").and_then(|at| row.get(at))).map_or(Place::File(sheet.file), |c| c.place.clone());
                problems.push(Problem::new(Code::E782, &place).with_in("item", column.words.zh, column.words.en));
            }
            cell
        };
        let (name, county) = (answer("name", problems), answer("county", problems));
        let base_year = answer("base_year", problems).and_then(|c| year(&c, problems));
        let last = answer("last_year", problems).map(|c| (year(&c, problems), c.place));
        let pick = |key: &str, problems: &mut Problems| -> Option<&'static str> {
            let Some(Column { holds: Holds::Choice(choices), words, .. }) = asked(key) else { return None };
            choice(&answer(key, problems)?, words.zh, choices, problems)
        };
        let (unit, scope, rules) = (pick("unit", problems), pick("scope", problems), pick("rules", problems));
        let unit = MoneyUnit::ALL.into_iter().find(|u| Some(u.symbol()) == unit).unwrap_or(MoneyUnit::WanYuan);
        let (last_year, place) = last?;
        let (base_year, last_year) = (base_year?, last_year?);
        if !(1..=60).contains(&(last_year - base_year)) {
            problems.push(Problem::new(Code::E784, &place).with("first", base_year).with("last", last_year));
        }
        let rules = rules.unwrap_or("").split('+').filter(|r| !r.is_empty()).collect();
        Some(Self { name: name?.text, county: county?.text, base_year, last_year, unit, local: scope? == "local", rules })
    }
}
