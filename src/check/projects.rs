//! The project table: costs, who pays which part, years, and that they add up.

use std::collections::HashMap;

use super::Head;
use super::quantity;
use super::read::Reader;
use crate::base::{
    amount::{Fen, MoneyUnit},
    decimal::divide_half_away,
    lang::Words,
    place::Place,
    ratio::Ratio,
    when::YEARS,
};
use crate::diag::{Code, Problem, Problems, in_both, nearest};
use crate::load::layout::split_unit;
use crate::load::{
    Loaded,
    node::{Table, Value},
    sheet::{Cell, Sheet},
};
use crate::plan::projects::{Eligible, Mode};
use crate::rules::field::Quantity;
use crate::scenario::{Funding, Project, Town};

/// Keys of `[projects]`.
pub const KEYS: &[&str] = &["file", "sheet", "mode", "strict", "expect", "illustrative", "source", "grade", "verified", "note"];

/// Headings, Chinese first.
pub const COLUMNS: [(&str, &[&str]); 17] = [
    ("id", &["编号", "项目编号", "id"]),
    ("name", &["项目名称", "名称", "name"]),
    ("town", &["镇", "乡镇", "town"]),
    ("class", &["类别", "class"]),
    ("cost", &["总投资", "cost"]),
    ("society", &["其中：社会投资", "社会投资", "society"]),
    ("upper", &["其中：上级专项", "上级专项", "upper"]),
    ("county", &["其中：县级", "县级", "county_part"]),
    ("bond", &["其中：债券", "债券", "bond"]),
    ("land_development", &["其中：土地前期开发", "土地前期开发", "land_development"]),
    ("town_part", &["其中：镇级", "镇级", "town_part"]),
    ("start", &["开工年", "start"]),
    ("years", &["工期（年）", "工期", "years"]),
    ("profile", &["进度", "profile"]),
    ("priority", &["优先级", "priority"]),
    ("books", &["可用资金", "books"]),
    ("upkeep", &["管护费率", "upkeep"]),
];

/// The English heading of a column of projects, by any of its names.
pub(crate) fn project_heading(heading: &str) -> Option<&'static str> {
    COLUMNS.iter().find(|(_, names)| names.contains(&heading)).and_then(|(_, names)| names.last()).copied()
}

/// Where each known heading stands, and the unit written in it.
struct Columns {
    at: Vec<Option<(usize, Option<MoneyUnit>)>>,
}

impl Columns {
    fn find(sheet: &Sheet) -> (Self, Vec<&Cell>) {
        let heads: Vec<(String, Option<MoneyUnit>)> = sheet.headings.iter().map(|h| split_unit(&h.text)).collect();
        let find = |names: &[&str]| {
            let at = sheet.headings.iter().zip(&heads).position(|(cell, (words, _))| names.contains(&words.as_str()) || names.contains(&cell.text.as_str()));
            at.map(|at| (at, heads[at].1))
        };
        let columns = Self { at: COLUMNS.iter().map(|(_, names)| find(names)).collect() };
        let known = |at: usize| columns.at.iter().flatten().any(|(n, _)| *n == at);
        let unknown = (0..heads.len()).filter(|n| !known(*n)).map(|n| &sheet.headings[n]).collect();
        (columns, unknown)
    }

    fn of(&self, key: &str) -> Option<(usize, Option<MoneyUnit>)> {
        COLUMNS.iter().position(|(k, _)| *k == key).and_then(|n| self.at[n])
    }
}

/// Towns by what a project may call them: their name, or county and name where two counties have the same.
struct TownNames<'t> {
    all: &'t [Town],
    ids: HashMap<String, usize>,
    names: HashMap<&'t str, Vec<usize>>,
}

impl<'t> TownNames<'t> {
    fn of(all: &'t [Town]) -> Self {
        let mut names: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut ids = HashMap::new();
        for (n, town) in all.iter().enumerate() {
            // A town that stands twice was told already.
            if ids.insert(town.id(), n).is_none() {
                names.entry(&town.name).or_default().push(n);
            }
        }
        Self { all, ids, names }
    }
}

/// One row being read.
struct Row<'r> {
    cells: &'r [Cell],
    columns: &'r Columns,
    unit: MoneyUnit,
    name: String,
}

impl Row<'_> {
    fn cell(&self, key: &str) -> Option<&Cell> {
        self.columns.of(key).map(|(at, _)| &self.cells[at]).filter(|c| !c.text.is_empty())
    }

    fn place(&self, key: &str) -> Place {
        self.columns.of(key).map_or_else(|| self.cells[0].place.clone(), |(at, _)| self.cells[at].place.clone())
    }

    fn money(&self, key: &str, problems: &mut Problems) -> Option<Fen> {
        let cell = self.cell(key)?;
        let unit = self.columns.of(key).and_then(|(_, unit)| unit).unwrap_or(self.unit);
        let heading = COLUMNS.iter().find(|(k, _)| *k == key).map_or(key, |(_, names)| names[0]);
        let label = in_both(format!("{}·{heading}", self.name), format!("{}: {key}", self.name));
        match quantity::of_text(&cell.text, None, Quantity::Money, unit, &label, &cell.place) {
            Ok(fen) => Some(fen),
            Err(problem) => {
                problems.push(quantity::in_a_cell(problem));
                None
            }
        }
    }

    fn whole(&self, key: &str, range: std::ops::RangeInclusive<i64>, words: (&str, &str), example: &str, problems: &mut Problems) -> Option<i64> {
        let cell = self.cell(key);
        let number = cell.and_then(|c| crate::load::csv::number(&c.text)).and_then(|n| n.exact(0)).and_then(|n| i64::try_from(n).ok());
        let number = number.filter(|n| range.contains(n));
        if number.is_none() {
            problems.push(self.wrong(key, words, example));
        }
        number
    }

    fn wrong(&self, key: &str, (zh, en): (&str, &str), example: &str) -> Problem {
        let text = self.cell(key).map_or_else(|| in_both("（空）", "(empty)"), |c| c.text.clone());
        Problem::new(Code::E504, &self.place(key)).with("project", &self.name).with("key", zh).with("key_en", en).with("text", text).with("example", example)
    }
}

impl Reader<'_> {
    /// The projects and how they are paid.
    pub fn projects(&mut self, loaded: &Loaded, towns: &[Town], head: &Head) -> (Vec<Project>, Mode) {
        let Some((table, sheet)) = self.sheet(loaded, "projects", KEYS) else { return (Vec::new(), Mode::Unconstrained) };
        let mode = self.mode(table);
        let (columns, unknown) = Columns::find(sheet);
        for cell in unknown {
            self.problems.push(Problem::new(Code::W203, &cell.place).with("column", &cell.text));
        }
        if !self.needed_columns(loaded, sheet, &columns) {
            return (Vec::new(), mode);
        }
        let mut projects: Vec<Project> = Vec::new();
        let by_name = TownNames::of(towns);
        for cells in &sheet.rows {
            let mut row = Row { cells, columns: &columns, unit: sheet.unit.unwrap_or(head.unit), name: String::new() };
            row.name = row.cell("name").or_else(|| row.cell("id")).map_or_else(|| "?".to_owned(), |c| c.text.clone());
            projects.extend(self.project(&row, &by_name, head));
        }
        let mut seen: HashMap<&str, &Project> = HashMap::new();
        for project in &projects {
            if let Some(first) = seen.get(project.id.as_str()) {
                let problem = Problem::new(Code::E110, &project.place).with("name", &project.id);
                self.problems.push(problem.also_in(&first.place, Words::new("第一次", "first time")));
            } else {
                seen.insert(&project.id, project);
            }
        }
        self.expect_rows(table, sheet.rows.len());
        // Rows that could not be read would make any total wrong.
        if projects.len() == sheet.rows.len() {
            self.expect_cost(table, &projects, head.unit);
        }
        (projects, mode)
    }

    fn mode(&mut self, table: &Table) -> Mode {
        let strict = match table.get("strict").map(|e| &e.node) {
            Some(node) => {
                if !matches!(node.value, Value::Flag(_)) {
                    self.expected(node, "projects.strict", ("true 或 false", "true or false"), "strict = true");
                }
                matches!(node.value, Value::Flag(true))
            }
            None => false,
        };
        match table.get("mode").map(|e| &e.node) {
            None => Mode::Unconstrained,
            Some(node) => match &node.value {
                Value::Text(t) if t == "unconstrained" => Mode::Unconstrained,
                Value::Text(t) if t == "constrained" => Mode::Constrained { strict },
                Value::Text(t) => {
                    let problem = Problem::new(Code::E107, &node.place).with("key", "mode").with("name", t).with_list("known", ["unconstrained", "constrained"]);
                    self.problems.push(problem.with_some("nearest", nearest(t, ["unconstrained", "constrained"])));
                    Mode::Unconstrained
                }
                _ => {
                    self.expected(node, "projects.mode", ("文字", "text"), "mode = \"constrained\"");
                    Mode::Unconstrained
                }
            },
        }
    }

    fn needed_columns(&mut self, loaded: &Loaded, sheet: &Sheet, columns: &Columns) -> bool {
        let missing: Vec<&str> = ["id", "name", "town", "class", "cost", "start", "years", "books"].into_iter().filter(|key| columns.of(key).is_none()).collect();
        for key in &missing {
            let file = loaded.files.get(sheet.file).map_or(String::new(), |f| f.shown.clone());
            let name = COLUMNS.iter().find(|(k, _)| k == key).map_or(*key, |(_, names)| names[0]);
            let known = sheet.headings.iter().map(|h| h.text.as_str());
            let problem = Problem::new(Code::E505, &Place::File(sheet.file)).with("file", file).with_in("column", name, key);
            self.problems.push(problem.with_list("known", known));
        }
        missing.is_empty()
    }

    fn project(&mut self, row: &Row<'_>, towns: &TownNames<'_>, head: &Head) -> Option<Project> {
        let town = self.town_of(row, towns);
        let cost = row.money("cost", &mut self.problems);
        if cost.is_none() && row.cell("cost").is_none() {
            self.problems.push(row.wrong("cost", ("总投资", "cost"), "1800"));
        }
        let funding = self.funding(row, cost);
        let years = i64::from(*YEARS.start())..=i64::from(*YEARS.end());
        let start = row.whole("start", years, ("开工年", "start"), "2013", &mut self.problems);
        let profile = self.profile(row);
        let priority = row.cell("priority").map_or(Some(1), |_| row.whole("priority", 1..=1_000_000, ("优先级", "priority"), "2", &mut self.problems));
        let eligible = self.eligible(row);
        let upkeep = self.upkeep(row);
        let text = |key: &str| row.cell(key).map(|c| c.text.clone()).unwrap_or_default();
        let project = Project {
            id: text("id"),
            name: row.name.clone(),
            town: town?,
            class: text("class"),
            cost: cost?,
            funding: funding?,
            start: i32::try_from(start?).ok()?,
            profile: profile?,
            priority: priority?,
            eligible: eligible?,
            upkeep: upkeep?,
            place: row.place("id"),
        };
        self.outside_horizon(&project, head);
        Some(project)
    }

    fn town_of(&mut self, row: &Row<'_>, towns: &TownNames<'_>) -> Option<usize> {
        let name = row.cell("town").map(|c| c.text.clone()).unwrap_or_default();
        let at = match (towns.ids.get(&name), towns.names.get(name.as_str()).map(Vec::as_slice)) {
            (Some(at), _) | (None, Some([at])) => Some(*at),
            (None, Some([first, second, ..])) => {
                let ids = [first, second].map(|n| towns.all[*n].id());
                self.problems.push(Problem::new(Code::E119, &row.place("town")).with("name", &name).with_list("ids", &ids).with("example", &ids[0]));
                return None;
            }
            _ => None,
        };
        if name.is_empty() {
            self.problems.push(row.wrong("town", ("镇", "town"), towns.all.first().map_or("濛阳镇", |t| t.name.as_str())));
        } else if at.is_none() {
            let near = nearest(&name, towns.all.iter().map(|t| t.name.as_str()));
            self.problems.push(Problem::new(Code::E106, &row.place("town")).with("name", &name).with_some("nearest", near));
        }
        at
    }

    /// The parts that are written; the town's takes the rest when it is not.
    fn funding(&mut self, row: &Row<'_>, cost: Option<Fen>) -> Option<Funding> {
        let mut part = |key: &str| row.money(key, &mut self.problems);
        let written = part("town_part");
        let mut funding = Funding {
            society: part("society").unwrap_or(0),
            upper: part("upper").unwrap_or(0),
            county: part("county").unwrap_or(0),
            bond: part("bond").unwrap_or(0),
            land_development: part("land_development").unwrap_or(0),
            town: 0,
        };
        let cost = cost?;
        let others = funding.society + funding.upper + funding.county + funding.bond + funding.land_development;
        funding.town = written.unwrap_or(cost - others);
        if funding.town < 0 || funding.town + others != cost {
            let show = |fen: Fen| format!("{}{}", row.unit.print(fen), row.unit.symbol());
            let found = show(others + written.unwrap_or(0));
            let problem = Problem::new(Code::E503, &row.place("cost")).with("project", &row.name).with("found", found);
            self.problems.push(problem.with("expected", show(cost)));
            return None;
        }
        Some(funding)
    }

    fn profile(&mut self, row: &Row<'_>) -> Option<Vec<Ratio>> {
        let years = row.whole("years", 1..=100, ("工期", "duration"), "3", &mut self.problems)?;
        let years = usize::try_from(years).ok()?;
        let Some(cell) = row.cell("profile") else {
            // Equal parts; the last year takes what rounding leaves.
            let each = i64::try_from(divide_half_away(i128::from(Ratio::ONE.0), years as i128)).unwrap_or(0);
            let last = Ratio::ONE.0 - each * i64::try_from(years - 1).unwrap_or(0);
            return Some((0..years).map(|n| Ratio(if n + 1 == years { last } else { each })).collect());
        };
        let parts: Vec<&str> = cell.text.split(['/', '／', '、']).map(str::trim).collect();
        let mut shares = Vec::new();
        for part in &parts {
            match quantity::of_text(part, None, Quantity::Share, row.unit, &in_both(format!("{}·进度", row.name), format!("{}: profile", row.name)), &cell.place) {
                Ok(share) => shares.push(Ratio(share)),
                Err(problem) => {
                    self.problems.push(quantity::in_a_cell(problem));
                    return None;
                }
            }
        }
        if shares.iter().map(|s| s.0).sum::<i64>() != Ratio::ONE.0 || shares.len() != years {
            self.problems.push(row.wrong("profile", ("进度（年数与工期一致，合计 100%）", "profile (as many years as the duration, 100 % in all)"), "30%/40%/30%"));
            return None;
        }
        Some(shares)
    }

    fn eligible(&mut self, row: &Row<'_>) -> Option<Eligible> {
        let text = row.cell("books").map(|c| c.text.clone()).unwrap_or_default();
        let mut eligible = Eligible { general: false, fund: false };
        for word in text.split(['、', '，', ',', '/', '和', '+', ';', '；']).map(str::trim).filter(|w| !w.is_empty()) {
            match word {
                "一般预算" | "一般公共预算" | "general" => eligible.general = true,
                "基金" | "基金预算" | "政府性基金" | "fund" => eligible.fund = true,
                _ => {
                    self.problems.push(row.wrong("books", ("可用资金", "books"), &in_both("基金、一般预算", "fund/general")));
                    return None;
                }
            }
        }
        if !eligible.general && !eligible.fund {
            self.problems.push(row.wrong("books", ("可用资金", "books"), &in_both("基金、一般预算", "fund/general")));
            return None;
        }
        Some(eligible)
    }

    fn upkeep(&mut self, row: &Row<'_>) -> Option<Ratio> {
        let Some(cell) = row.cell("upkeep") else { return Some(Ratio::ZERO) };
        match quantity::of_text(&cell.text, None, Quantity::Share, row.unit, &in_both(format!("{}·管护费率", row.name), format!("{}: upkeep", row.name)), &cell.place) {
            Ok(rate) => Some(Ratio(rate)),
            Err(problem) => {
                self.problems.push(quantity::in_a_cell(problem));
                None
            }
        }
    }

    fn outside_horizon(&mut self, project: &Project, head: &Head) {
        let outside: Vec<i32> = (project.start..=project.planned_finish()).filter(|y| !(head.first_year..=head.last_year).contains(y)).collect();
        let amount: Fen = outside.iter().map(|y| project.due(*y)).sum();
        if amount > 0 {
            let problem = Problem::new(Code::W205, &project.place).with("project", &project.name).with_list("years", runs(&outside));
            self.problems.push(problem.with("amount", format!("{}{}", head.unit.print(amount), head.unit.symbol())));
        }
    }

    fn expect_cost(&mut self, table: &Table, projects: &[Project], unit: MoneyUnit) {
        let Some(cost) = table.get("expect").and_then(|e| e.node.table()).and_then(|t| t.get("cost")) else { return };
        match quantity::read(&cost.node, Quantity::Money, unit, "projects.expect.cost") {
            Ok(expected) => {
                let found = projects.iter().fold(0, |sum: Fen, p| sum.saturating_add(p.cost));
                if found != expected.value {
                    let show = |fen: Fen| format!("{}{}", unit.print(fen), unit.symbol());
                    let more = found > expected.value;
                    let amount = show(found.saturating_sub(expected.value).saturating_abs());
                    let (zh, en) = if more { ("多", "more") } else { ("少", "less") };
                    let problem = Problem::new(Code::E502, &cost.node.place).with("found", show(found)).with("expected", show(expected.value));
                    self.problems.push(problem.with_in("difference", format!("{zh} {amount}"), format!("{amount} {en}")));
                }
            }
            Err(problem) => self.problems.push(problem),
        }
    }
}

/// Years in a row as `2031–2033`.
fn runs(years: &[i32]) -> Vec<String> {
    let show = |run: &[i32]| match run {
        [first, .., last] => format!("{first}–{last}"),
        _ => run.iter().map(ToString::to_string).collect(),
    };
    years.chunk_by(|a, b| a + 1 == *b).map(show).collect()
}
