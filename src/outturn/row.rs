//! One row of an observed file: whose, when, what, how much.

use super::Found;
use super::headings::{Form, Headings, unknown_item};
use super::names::{self, Level};
use crate::base::when::{YEARS, Year};
use crate::base::{amount::MoneyUnit, place::Place};
use crate::check::measured;
use crate::diag::{Code, Problem, Problems, nearest};
use crate::load::csv::half_width;
use crate::load::sheet::Cell;
use crate::measure::Run;
use crate::measure::backtest::{Figure, Figures, Item, Observed, Scope, Who};
use crate::rules::param::Grade;

/// Reads rows, collecting what is wrong.
pub struct Reader<'a, 'r> {
    /// What the columns mean.
    pub headings: &'a Headings<'a>,
    /// The scope of what names none.
    pub scope: Option<Scope>,
    /// What can be compared.
    pub figures: &'a Figures<'r>,
    /// What is wrong.
    pub problems: &'a mut Problems,
}

/// The scope written in a row, if any; `Err` when it could not be read, which was told.
type Written = Result<Option<Scope>, ()>;

/// What all figures of a row share.
struct Row {
    who: Who,
    year: Year,
    source: String,
    grade: Option<Grade>,
    note: String,
}

impl Reader<'_, '_> {
    /// The figures of a row; one in the long form, one a filled cell in the wide form.
    pub fn row(&mut self, row: &[Cell]) -> Vec<Found> {
        let text = |at: Option<usize>| at.map_or(String::new(), |n| row[n].text.clone());
        let headings = self.headings;
        // Each is read whatever is wrong with the others.
        let (who, year) = (self.who(row), self.year(&row[headings.year]));
        let (scope, grade) = (self.scope(headings.scope.map(|n| &row[n])), self.grade(headings.grade.map(|n| &row[n])));
        let level = if text(headings.town).is_empty() { Level::County } else { Level::Town };
        let figures = match &headings.form {
            Form::Long { item, amount, unit } => self.long(row, (*item, *amount), *unit, level, scope),
            Form::Wide(columns) => columns.iter().filter_map(|n| self.wide(&row[*n], &headings.cells[*n], level, scope)).collect(),
        };
        let (Some(who), Some(year)) = (who, year) else { return Vec::new() };
        let row = Row { who, year, source: text(headings.source), grade, note: text(headings.note) };
        figures.into_iter().map(|(item, amount, place)| row.found(item, amount, place)).collect()
    }

    fn long(&mut self, row: &[Cell], (item, amount): (usize, usize), unit: MoneyUnit, level: Level, scope: Written) -> Vec<(Item, i64, Place)> {
        let heading = &self.headings.cells[amount].text;
        let named = self.item(&row[item], level, scope, true);
        if row[amount].text.is_empty() {
            self.problems.push(Problem::new(Code::W712, &row[amount].place));
            return Vec::new();
        }
        let money = self.money(&row[amount], named.and_then(|n| n.unit).unwrap_or(unit), heading);
        named.zip(money).map(|(named, money)| (named.item, money, row[item].place.clone())).into_iter().collect()
    }

    /// An empty cell of the wide form is a figure nobody observed.
    fn wide(&mut self, cell: &Cell, heading: &Cell, level: Level, scope: Written) -> Option<(Item, i64, Place)> {
        if cell.text.is_empty() {
            return None;
        }
        let known = [Level::Town, Level::County].into_iter().any(|l| names::find(&heading.text, l, &self.figures.run().scenario).is_some());
        let named = if known { self.item(heading, level, scope, false) } else { None };
        let unit = named.and_then(|n| n.unit).unwrap_or(self.headings.unit);
        let money = self.money(cell, unit, &heading.text)?;
        Some((named?.item, money, cell.place.clone()))
    }

    /// An item with its scope: that of its name, else that of the row. In the long form a scope is written of this one item.
    fn item(&mut self, cell: &Cell, level: Level, scope: Written, of_this: bool) -> Option<names::Named> {
        let scenario = &self.figures.run().scenario;
        let Some(mut named) = names::find(&cell.text, level, scenario) else {
            self.problems.push(unknown_item(cell, level, scenario));
            return None;
        };
        let figure = named.item.figure;
        if figure.is_scoped() {
            named.item.scope = named.item.scope.or(scope.ok()?).or(self.scope);
            if named.item.scope.is_none() {
                self.problems.push(with_scopes(said(Problem::new(Code::E712, &cell.place), figure, self.figures.run())));
                return None;
            }
        } else if let Some(scope) = scope.ok()?.filter(|_| of_this) {
            let problem = said(Problem::new(Code::E713, &cell.place), figure, self.figures.run());
            self.problems.push(problem.with_in("scope", scope.words().zh, scope.words().en));
            return None;
        }
        Some(named)
    }

    fn who(&mut self, row: &[Cell]) -> Option<Who> {
        let run = self.figures.run();
        let cell = |at: Option<usize>| at.map(|n| &row[n]).filter(|c| !c.text.is_empty());
        let (town, county) = (cell(self.headings.town), cell(self.headings.county));
        let Some(town) = town else { return self.county(county, &row[self.headings.town.or(self.headings.county).unwrap_or(0)].place) };
        let in_county = |t: &crate::scenario::Town| county.is_none_or(|c| c.text == t.county);
        let called = |t: &crate::scenario::Town| t.name == town.text || t.id() == town.text;
        let towns = &run.scenario.towns;
        let found: Vec<usize> = (0..towns.len()).filter(|n| called(&towns[*n]) && in_county(&towns[*n])).collect();
        match found[..] {
            [one] => return Some(Who::Town(one)),
            [] => {
                let name = county.map_or_else(|| town.text.clone(), |c| format!("{}/{}", c.text, town.text));
                let ids: Vec<String> = towns.iter().map(|t| if county.is_some() { t.id() } else { t.name.clone() }).collect();
                let near = nearest(&name, ids.iter().map(String::as_str));
                self.problems.push(Problem::new(Code::E106, &town.place).with("name", name).with_some("nearest", near));
            }
            [first, ..] => {
                let problem = Problem::new(Code::E119, &town.place).with("name", &town.text).with("example", towns[first].id());
                self.problems.push(problem.with_list("ids", found.iter().map(|n| towns[*n].id())));
            }
        }
        None
    }

    fn county(&mut self, county: Option<&Cell>, empty: &Place) -> Option<Who> {
        let known = &self.figures.run().compiled.counties;
        let Some(cell) = county else {
            self.problems.push(Problem::new(Code::E716, empty));
            return None;
        };
        let found = known.iter().position(|c| *c == cell.text).map(Who::County);
        if found.is_none() {
            let near = nearest(&cell.text, known.iter().map(String::as_str));
            self.problems.push(Problem::new(Code::E720, &cell.place).with("name", &cell.text).with_list("known", known).with_some("nearest", near));
        }
        found
    }

    fn year(&mut self, cell: &Cell) -> Option<Year> {
        let plain = half_width(&cell.text);
        let year = plain.trim_end_matches('度').trim_end_matches('年').trim().parse().ok().filter(|y| YEARS.contains(y));
        if year.is_none() {
            self.problems.push(Problem::new(Code::E206, &cell.place).with("text", &cell.text));
        }
        year
    }

    fn scope(&mut self, cell: Option<&Cell>) -> Written {
        let Some(cell) = cell.filter(|c| !c.text.is_empty()) else { return Ok(None) };
        if let Some(scope) = Scope::parse(&cell.text) {
            return Ok(Some(scope));
        }
        let names = Scope::ALL.iter().flat_map(|s| s.names()).copied();
        let problem = Problem::new(Code::E107, &cell.place).with_in("key", "口径", "the scope").with("name", &cell.text);
        self.problems.push(with_scopes(problem).with_some("nearest", nearest(&cell.text, names)));
        Err(())
    }

    fn grade(&mut self, cell: Option<&Cell>) -> Option<Grade> {
        let cell = cell.filter(|c| !c.text.is_empty())?;
        let grade = Grade::parse(&half_width(&cell.text).to_uppercase());
        if grade.is_none() {
            let problem = Problem::new(Code::E107, &cell.place).with_in("key", "依据等级", "the grade").with("name", &cell.text);
            self.problems.push(problem.with_list("known", Grade::ALL.map(Grade::letter)));
        }
        grade
    }

    fn money(&mut self, cell: &Cell, unit: MoneyUnit, key: &str) -> Option<i64> {
        measured(&cell.text, unit, key, &cell.place).map_err(|problem| self.problems.push(problem)).ok()
    }
}

impl Row {
    fn found(&self, item: Item, amount: i64, place: Place) -> Found {
        let Self { who, year, source, grade, note } = self;
        Found { observed: Observed { who: *who, year: *year, item, amount, source: source.clone(), grade: *grade, note: note.clone() }, place }
    }
}

/// Lists the scopes there are.
fn with_scopes(problem: Problem) -> Problem {
    problem.with_in("known", Scope::ALL.map(|s| s.words().zh).join("、"), Scope::ALL.map(|s| s.words().en).join(", "))
}

/// Names the figure in both languages.
fn said(problem: Problem, figure: Figure, run: &Run) -> Problem {
    use crate::base::lang::Lang::{En, Zh};
    problem.with_in("item", figure.title(&run.scenario, Zh), figure.title(&run.scenario, En))
}

/// A problem about a figure: whose and which.
pub fn about(code: Code, place: &Place, observed: &Observed, run: &Run) -> Problem {
    use crate::base::lang::Lang::{En, Zh};
    let who = match observed.who {
        Who::Town(n) => &run.scenario.towns[n].name,
        Who::County(n) => &run.compiled.counties[n],
    };
    let item = |lang| observed.item.title(&run.scenario, lang);
    Problem::new(code, place).with("who", who).with_in("item", item(Zh), item(En))
}
