//! Cells of the tables' rows as formulas over figures: what a row is about, and what each of its numbers is made of.

use super::node::{Kind, Whose};
use super::{Explainer, Formula, Key, Origin, Part};
use crate::base::lang::Words;
use crate::compile::accounts::Party;
use crate::measure::cell::{Cell, Column, Line, Row};
use crate::measure::settlement;
use crate::rules::field::Quantity;
use crate::rules::spending::Function;

/// A cell of a row of a table, as it was asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The table, without its ending.
    pub table: &'static str,
    /// Its column.
    pub column: &'static Column,
    /// What the row is about: an item, a project, a parameter's path, by its name in the scenario.
    pub about: String,
    /// Who gets it, on what it is spent.
    pub of: Option<Words>,
    /// Whose it is.
    pub whose: Whose,
    /// The year, by its order.
    pub year: Option<usize>,
    /// What the number is.
    pub kind: Kind,
    /// What it is made of.
    pub formula: Formula,
    /// Where it ends at once.
    pub origin: Option<Origin>,
}

/// A cell as something that can be told: a figure that is known under its own name, or one of this row.
#[derive(Clone, Debug)]
pub enum Told {
    /// Known.
    Key(Key),
    /// Of this row.
    Row(Box<Asked>),
}

/// Columns that name a row, order it or mark it, and are no figures.
pub const MARKS: &[&str] = &["year", "line", "used", "public"];

/// What a cell is made of, and where it ends at once.
type Made = (Formula, Option<Origin>);

const fn made(formula: Formula) -> Option<Made> {
    Some((formula, None))
}

pub(super) fn sum(keys: impl IntoIterator<Item = Key>) -> Formula {
    Formula::Sum(keys.into_iter().map(Formula::Key).collect(), Vec::new())
}

/// A number of a cell, to be told by what it was looked up from.
#[expect(clippy::cast_precision_loss, reason = "amounts and counts below 2^53")]
fn number(cell: &Cell<'_>) -> Option<f64> {
    match cell {
        Cell::Money(n) | Cell::Whole(n) => Some(*n as f64),
        Cell::Year(year) => Some(f64::from(*year)),
        Cell::Ratio(ratio) => Some(*ratio),
        Cell::Decimal(text) => text.parse().ok(),
        Cell::Empty | Cell::Key(_) | Cell::Text(_) => None,
    }
}

const fn kind(table: &str, column: &Column, cell: &Cell<'_>) -> Kind {
    match cell {
        Cell::Money(_) => Kind::Money,
        Cell::Year(_) => Kind::Year,
        // Indices of inequality are no shares of anything.
        Cell::Ratio(_) if !matches!(table.as_bytes(), b"inequality") && matches!(column.unit.as_bytes(), b"1") => Kind::Ratio,
        Cell::Decimal(_) if matches!(column.key.as_bytes(), b"retained_per_head") => Kind::PerHead,
        _ => Kind::Number,
    }
}

impl Explainer<'_> {
    /// A cell of a row of a table; none where it names the row (a year, an id) or is a word.
    #[must_use]
    pub fn told(&self, table: &'static str, columns: &'static [Column], row: &Row<'_>, at: usize) -> Option<Told> {
        let (column, cell) = (columns.get(at)?, row.get(at)?);
        let line = Line { columns, row };
        let place = self.place_of(&line);
        let year = line.year("year").and_then(|year| self.year(year).ok());
        if let (Some(place), true) = (place.or_else(|| self.county_of(&line)), super::item::TABLES.iter().any(|(name, _)| *name == table)) {
            let known = Key::Column(table, column.key, year.unwrap_or(0), place);
            if self.is_defined(table, column.key, year.unwrap_or(0), place) {
                return Some(Told::Key(known));
            }
        }
        number(cell).filter(|_| !MARKS.contains(&column.key))?;
        let (about, of) = about(&line);
        let whose = place.map(Whose::Town).or_else(|| self.county_of(&line).map(Whose::County)).unwrap_or(Whose::Nobody);
        let mut asked = Asked { table, column, about, of, whose, year, kind: kind(table, column, cell), formula: Formula::Number(0.0), origin: None };
        if table == "parameters" {
            return self.parameter(&line, asked);
        }
        (asked.formula, asked.origin) = self.made(table, column.key, cell, &line, place, year)?;
        Some(Told::Row(Box::new(asked)))
    }

    /// Makes a cell of a row a figure that can be asked for.
    pub fn ask(&mut self, told: Told) -> Key {
        match told {
            Told::Key(key) => key,
            Told::Row(asked) => {
                self.cells.push(*asked);
                Key::Cell(self.cells.len() - 1)
            }
        }
    }

    fn place_of(&self, line: &Line<'_, '_>) -> Option<usize> {
        let id = line.text("town_id")?;
        self.run.compiled.towns.iter().position(|town| self.run.scenario.towns[*town].id() == id)
    }

    fn county_of(&self, line: &Line<'_, '_>) -> Option<usize> {
        if line.text("town_id").is_some() {
            return None;
        }
        let name = line.text("county")?;
        self.run.compiled.counties.iter().position(|county| county == name)
    }

    fn made(&self, table: &str, column: &str, cell: &Cell<'_>, line: &Line<'_, '_>, place: Option<usize>, year: Option<usize>) -> Option<Made> {
        match (table, place, year) {
            ("ledger", Some(place), Some(year)) if column == "amount" => self.posting(line, cell, place, year),
            ("levels", Some(place), Some(year)) => self.level(column, line, place, year),
            ("settlement", Some(place), Some(year)) if column == "amount" => self.settled(line, place, year),
            ("budget", Some(place), Some(year)) if column == "amount" => {
                let lane = self.lane_called(line.text("item_id")?)?;
                made(Formula::Key(Key::Lane(lane, year, place)))
            }
            ("functions", Some(place), Some(year)) if column == "spent" => made(self.function(line, place, year)),
            ("projects", Some(_), _) => self.project_cell(column, cell, line),
            ("project_years", Some(_), Some(year)) => self.project_year(column, line, year),
            ("measures", Some(place), _) => self.measured(column, cell, place),
            ("inequality", None, Some(year)) => {
                let towns = (0..self.run.compiled.plan.towns).filter(|place| self.has_people(*place));
                made(Formula::Given(number(cell)?, towns.map(|place| Key::Column("summary", "retained", year, place)).collect()))
            }
            ("county", None, Some(year)) => {
                let county = self.county_of(line)?;
                let of = |column: &'static str| Key::Column("county", column, year, county);
                let keys = if column == "in_debt" { vec![of("balance")] } else { vec![of("resources"), of("three_guarantees")] };
                made(Formula::Given(number(cell)?, keys))
            }
            _ => None,
        }
    }

    /// Whether a town is counted where figures are taken a head.
    pub(super) fn has_people(&self, place: usize) -> bool {
        self.run.scenario.towns[self.run.compiled.towns[place]].population.is_some_and(|people| people > 0)
    }

    /// What a party gets of an item, or pays.
    fn posting(&self, line: &Line<'_, '_>, cell: &Cell<'_>, place: usize, year: usize) -> Option<Made> {
        let accounts = &self.run.compiled.accounts;
        let earmark = |order: Option<usize>| order.map_or("", |n| accounts.pot_keys[n].as_str());
        let found = accounts.postings.iter().find(|p| {
            let amount = self.run.outcome.fen(p.lane, year, place) * if p.is_paid { -1 } else { 1 };
            let names = [(p.item.as_str(), "item_id"), (p.party.key(), "party"), (earmark(p.earmark), "earmark"), (p.rule.as_str(), "rule")];
            names.into_iter().all(|(name, column)| line.text(column) == Some(name)) && *cell == Cell::Money(amount)
        })?;
        let key = Formula::Key(Key::Lane(found.lane, year, place));
        made(if found.is_paid { Formula::Sum(Vec::new(), vec![key]) } else { key })
    }

    /// What a level gets of all that is raised in the town.
    fn level(&self, column: &str, line: &Line<'_, '_>, place: usize, year: usize) -> Option<Made> {
        let accounts = &self.run.compiled.accounts;
        let postings = accounts.postings.iter().filter(|p| Some(p.party.key()) == line.text("party") && p.item.starts_with("source."));
        let (paid, got): (Vec<_>, Vec<_>) = postings.partition(|p| p.is_paid);
        let of = |all: Vec<&crate::compile::accounts::Posting>| all.into_iter().map(|p| Formula::Key(Key::Lane(p.lane, year, place))).collect();
        let amount = Formula::Sum(of(got), of(paid));
        let gross = sum(accounts.sources.iter().map(|s| Key::Lane(s.gross, year, place)));
        made(if column == "share" { Formula::Quotient(Box::new(amount), Box::new(gross)) } else { amount })
    }

    /// A line of the settlement.
    fn settled(&self, line: &Line<'_, '_>, place: usize, year: usize) -> Option<Made> {
        let number = usize::try_from(line.whole("line")?).ok()?;
        let of = (self.run.compiled.towns[place], place);
        let lines = settlement::lines(self.run, of, year, (self.run.scenario.lang, &str::to_owned));
        let lane = lines.get(number.checked_sub(1)?)?.lane;
        made(lane.map_or(Formula::Number(0.0), |lane| Formula::Key(Key::Lane(lane, year, place))))
    }

    /// What was spent on a function, or on a class of projects.
    fn function(&self, line: &Line<'_, '_>, place: usize, year: usize) -> Formula {
        let on = line.text("function").unwrap_or_default();
        if line.text("kind") == Some("recurrent") {
            let spending = &self.run.scenario.spending;
            let of = |path: &str| spending.iter().find(|s| path.strip_prefix("spending.") == Some(s.id.as_str())).and_then(|s| s.function).map_or("", Function::key);
            return sum(self.run.compiled.accounts.lines.iter().filter(|l| of(&l.path) == on).map(|l| Key::Lane(l.paid, year, place)));
        }
        sum(self.projects_of(place).filter(|n| self.project(*n).is_some_and(|p| p.class == on)).map(|n| Key::Project(n, Part::Paid, year)))
    }

    /// The projects of a town, by their order in the plan.
    pub(super) fn projects_of(&self, place: usize) -> std::ops::Range<usize> {
        self.run.compiled.plan.projects.by_town.get(place).cloned().unwrap_or_default()
    }

    fn project(&self, n: usize) -> Option<&crate::scenario::Project> {
        self.run.scenario.projects.get(*self.run.compiled.projects.get(n)?)
    }

    fn project_of(&self, line: &Line<'_, '_>) -> Option<usize> {
        let (id, town) = (line.text("project_id")?, self.place_of(line)?);
        self.projects_of(town).find(|n| self.project(*n).is_some_and(|p| p.id == id))
    }

    fn project_cell(&self, column: &str, cell: &Cell<'_>, line: &Line<'_, '_>) -> Option<Made> {
        let n = self.project_of(line)?;
        let years = 0..self.run.years();
        let all = |part: Part| years.clone().map(move |year| Key::Project(n, part, year));
        let formula = match column {
            "paid" => sum(all(Part::Paid)),
            "paid_earmarked" => sum(all(Part::Earmarked)),
            "paid_matched" => sum(all(Part::Matched)),
            "paid_general" => sum(all(Part::General)),
            "paid_fund" => sum(all(Part::Fund)),
            "unpaid" if self.run.scenario.mode == crate::plan::projects::Mode::Unconstrained => {
                Formula::Sum(all(Part::Due).map(Formula::Key).collect(), all(Part::Paid).map(Formula::Key).collect())
            }
            "unpaid" => {
                let last = self.run.years().checked_sub(1)?;
                let of = |part: Part| vec![Formula::Key(Key::Project(n, part, last))];
                Formula::Sum(of(Part::Due), of(Part::Paid))
            }
            "finish" | "delay_years" => Formula::Given(number(cell)?, all(Part::Paid).chain(all(Part::Planned)).filter(|key| self.value(*key) != 0.0).collect()),
            _ => return Some((Formula::Number(number(cell)?), Some(Origin::Row(self.project(n)?.place.clone())))),
        };
        made(formula)
    }

    fn project_year(&self, column: &str, line: &Line<'_, '_>, year: usize) -> Option<Made> {
        let n = self.project_of(line)?;
        let of = |part: Part| Formula::Key(Key::Project(n, part, year));
        made(match column {
            "planned" => of(Part::Planned),
            "due" => of(Part::Due),
            "paid_earmarked" => of(Part::Earmarked),
            "paid_matched" => of(Part::Matched),
            "paid_general" => of(Part::General),
            "paid_fund" => of(Part::Fund),
            "unpaid" => Formula::Sum(vec![of(Part::Due)], vec![of(Part::Paid)]),
            _ => return None,
        })
    }

    /// A value somebody wrote, as it is used.
    #[expect(clippy::cast_precision_loss, reason = "values stay below 2^53")]
    fn parameter(&self, line: &Line<'_, '_>, mut asked: Asked) -> Option<Told> {
        let text = |column: &str| line.text(column).unwrap_or_default();
        let same = |leaf: &crate::rules::param::Leaf| leaf.path == text("path") && leaf.text == text("text") && leaf.from.map_or(String::new(), |d| d.to_string()) == text("from");
        let (id, leaf) = self.run.scenario.leaves.iter().find(|(_, leaf)| same(leaf))?;
        let value = leaf.value as f64;
        let (kind, value) = match leaf.quantity {
            Quantity::Share | Quantity::Rate => (Kind::Share, value / 1e6),
            Quantity::Number => (Kind::Number, value / 1e6),
            Quantity::Money | Quantity::SignedMoney => (Kind::Money, value),
            Quantity::MoneyPerMu => (Kind::PerMu, value),
            Quantity::MoneyPerSquareMetre => (Kind::PerMetre, value),
            Quantity::Area => (Kind::Area, value),
            Quantity::Word(_) => return None,
        };
        (asked.kind, asked.formula, asked.origin) = (kind, Formula::Number(value), Some(Origin::Written(id)));
        (asked.column.key == "value").then(|| Told::Row(Box::new(asked)))
    }

    /// A measure over the horizon that is no sum of the summary.
    fn measured(&self, column: &str, cell: &Cell<'_>, place: usize) -> Option<Made> {
        let given = |keys: Vec<Key>| number(cell).map(|n| Formula::Given(n, keys));
        let formula = match column {
            "cohort" => return Some((Formula::Number(number(cell)?), Some(Origin::Row(self.run.scenario.towns[self.run.compiled.towns[place]].place.clone())))),
            "projects" => given(self.projects_of(place).map(|n| Key::Project(n, Part::Cost, 0)).collect())?,
            "projects_delayed" => {
                let last = self.run.years().saturating_sub(1);
                given(self.projects_of(place).map(|n| Key::Project(n, Part::Due, last)).collect())?
            }
            "first_shortfall" | "last_shortfall" | "peak_gap_year" => {
                let year = line_year(cell).and_then(|year| self.year(year).ok())?;
                given(vec![Key::Column("summary", if column == "peak_gap_year" { "gap" } else { "unpaid" }, year, place)])?
            }
            _ => return None,
        };
        made(formula)
    }
}

const fn line_year(cell: &Cell<'_>) -> Option<crate::base::when::Year> {
    if let Cell::Year(year) = cell { Some(*year) } else { None }
}

/// What a row is about, and whom it is for.
fn about(line: &Line<'_, '_>) -> (String, Option<Words>) {
    let item = ["item", "project", "project_id", "path"].iter().find_map(|column| line.text(column)).unwrap_or_default();
    let item = item.trim_start_matches('　').trim_start_matches("其中：");
    let party = line.text("party").and_then(|key| Party::ALL.into_iter().find(|party| party.key() == key)).map(Party::words);
    let function = line.text("function").and_then(Function::parse).map(Function::words);
    let class = line.text("function").filter(|_| function.is_none()).unwrap_or_default();
    let name = if item.is_empty() { class } else { item };
    (name.to_owned(), party.or(function))
}
