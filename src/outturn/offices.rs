//! Treasury and tax offices' tables beside a scenario: their towns and taxes as its towns and sources, their scope as the gross.

use super::Found;
use super::collected::{self, Amount, Collected, Key, MONTHS};
use crate::base::amount::Fen;
use crate::base::decimal::divide_half_away;
use crate::base::when::Year;
use crate::diag::{Code, Problem, Problems, nearest};
use crate::load::sheet::Sheet;
use crate::measure::Run;
use crate::measure::backtest::{Figure, Figures, Item, Observed, Scope, Who};

/// Below this a projected amount is too small to tell the share the levels above take: 100 万元.
const TELLS_SHARE: Fen = 100_000_000;

/// What was collected of a town's source in a year.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The town, by its order.
    pub town: usize,
    /// The source, by its order.
    pub source: usize,
    /// The year.
    pub year: Year,
    /// How much, and up to which month.
    pub amount: Amount,
}

/// How sources of a scenario are found by what a table calls them.
pub fn names(run: &Run) -> impl Fn(&str) -> Option<String> + '_ {
    move |name| {
        let sources = &run.scenario.sources;
        let own = sources.iter().find(|s| s.name == name || s.id == name).map(|s| s.id.clone());
        own.or_else(|| collected::national(name).filter(|id| sources.iter().any(|s| s.id == *id)))
    }
}

/// Whether a sheet is an office's table.
pub fn is_one(sheet: &Sheet, run: &Run) -> bool {
    collected::is_one(sheet, &names(run))
}

/// Reads an office's table; towns the scenario does not have are problems, once each.
pub fn read(sheet: &Sheet, scope: Option<Scope>, run: &Run, problems: &mut Problems) -> Vec<Placed> {
    let table = collected::read(sheet, scope, run.scenario.unit, &names(run), problems);
    placed(table, run, problems)
}

fn placed(table: Collected, run: &Run, problems: &mut Problems) -> Vec<Placed> {
    let mut unknown: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for (key, amount) in table {
        let Some(source) = run.scenario.sources.iter().position(|s| s.id == key.source) else { continue };
        match town_of(run, &key) {
            Some(town) => found.push(Placed { town, source, year: key.year, amount }),
            None if unknown.contains(&key.town) => {}
            None => {
                let names: Vec<&str> = run.scenario.towns.iter().map(|t| t.name.as_str()).collect();
                let near = nearest(&key.town, names.iter().copied());
                problems.push(Problem::new(Code::E106, &amount.place).with("name", &key.town).with_some("nearest", near));
                unknown.push(key.town);
            }
        }
    }
    found
}

/// The town a table means: by name or id, else by its name without 镇, 乡 and the like; several are none.
fn town_of(run: &Run, key: &Key) -> Option<usize> {
    let towns = &run.scenario.towns;
    let in_county = |n: &usize| key.county.is_empty() || towns[*n].county == key.county;
    let only = |found: Vec<usize>| if let [one] = found[..] { Some(one) } else { None };
    let exact: Vec<usize> = (0..towns.len()).filter(|n| towns[*n].name == key.town || towns[*n].id() == key.town).filter(in_county).collect();
    let stem = stem(&key.town);
    only(exact).or_else(|| only((0..towns.len()).filter(|n| self::stem(&towns[*n].name) == stem).filter(in_county).collect()))
}

/// `濛阳镇人民政府`, `濛阳财政所` and `濛阳` are one town.
fn stem(name: &str) -> &str {
    ["人民政府", "财政所", "税务所", "街道办事处", "街道", "镇", "乡"].into_iter().fold(name, |name, end| name.strip_suffix(end).filter(|n| n.chars().count() > 1).unwrap_or(name))
}

/// The figures of whole years, as observed ones; a year that is not whole is told. With `gross`, local parts are converted.
pub fn figures(sheet: &Sheet, scope: Option<Scope>, gross: bool, figures: &Figures<'_>, problems: &mut Problems) -> Vec<Found> {
    let run = figures.run();
    let (whole, part): (Vec<Placed>, Vec<Placed>) = read(sheet, scope, run, problems).into_iter().partition(|p| p.amount.months == MONTHS);
    if let Some(first) = part.first() {
        problems.push(Problem::new(Code::W776, &first.amount.place).with("year", first.year).with("months", first.amount.months).with("count", part.len()));
    }
    let mut converter = Converter { figures, told: false };
    let mut found = Vec::new();
    for placed in whole {
        let (amount, scope) = match placed.amount.scope {
            Scope::Local if gross => match converter.gross(&placed, placed.amount.to_date, problems) {
                Some(amount) => (amount, Scope::Gross),
                None => continue,
            },
            scope => (placed.amount.to_date, scope),
        };
        let item = Item { figure: Figure::Source(placed.source), scope: Some(scope) };
        let observed = Observed { who: Who::Town(placed.town), year: placed.year, item, amount, source: String::new(), grade: None, note: String::new() };
        found.push(Found { observed, place: placed.amount.place });
    }
    found
}

/// From the part left to county and town to the whole, by the shares of the levels above as the scenario computes them.
pub struct Converter<'f, 'r> {
    /// The projection.
    pub figures: &'f Figures<'r>,
    /// Whether it was said that amounts are converted.
    pub told: bool,
}

impl Converter<'_, '_> {
    /// \[分\] The gross amount of a local part.
    pub fn gross(&mut self, placed: &Placed, local: Fen, problems: &mut Problems) -> Option<Fen> {
        if !self.told {
            problems.push(Problem::new(Code::W778, &placed.amount.place));
            self.told = true;
        }
        let run = self.figures.run();
        let at = |town: usize, scope| self.figures.at(Who::Town(town), placed.year, Item { figure: Figure::Source(placed.source), scope: Some(scope) }).unwrap_or(0);
        let largest = || (0..run.scenario.towns.len()).max_by_key(|town| at(*town, Scope::Local).abs()).unwrap_or(placed.town);
        let town = if at(placed.town, Scope::Local).abs() >= TELLS_SHARE { placed.town } else { largest() };
        let (gross, kept) = (i128::from(at(town, Scope::Gross)), i128::from(at(town, Scope::Local)));
        let in_horizon = (run.scenario.first_year..=run.scenario.last_year).contains(&placed.year);
        if kept <= 0 && in_horizon && local != 0 {
            let source = &run.scenario.sources[placed.source];
            let problem = Problem::new(Code::E780, &placed.amount.place).with("item", &source.name).with("year", placed.year);
            problems.push(problem.with("town", &run.scenario.towns[placed.town].name));
            return None;
        }
        if kept <= 0 { Some(local) } else { i64::try_from(divide_half_away(i128::from(local) * gross, kept)).ok() }
    }
}

/// What was collected up to a month and what is still to come of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// \[分\] Still to come.
    pub amount: Fen,
    /// Whether last year's months say how much of a year comes after the month; else time does.
    pub by_last_year: bool,
}

/// The rest of a year: the projected amount × the part of last year that came after the month, else × the months left.
pub fn rest(placed: &Placed, projected: Fen, all: &[Placed]) -> Rest {
    let months = placed.amount.months;
    let last = all.iter().find(|p| (p.town, p.source, p.year) == (placed.town, placed.source, placed.year - 1)).map(|p| &p.amount);
    let share = last.filter(|l| l.months == MONTHS && l.to_date > 0).and_then(|l| l.by_month.get(&months).map(|until| (l.to_date - until, l.to_date)));
    let by_last_year = share.is_some_and(|(after, all)| (0..=all).contains(&after));
    let (part, whole) = share.filter(|_| by_last_year).unwrap_or((i64::from(MONTHS - months), i64::from(MONTHS)));
    let amount = divide_half_away(i128::from(projected) * i128::from(part), i128::from(whole));
    Rest { amount: i64::try_from(amount).unwrap_or(0), by_last_year }
}
