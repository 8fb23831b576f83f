//! Spending by function 功能分类, and the share of new money that reaches public services 公共服务.

use super::Run;
use super::cell::{Cell, Sheet};
use super::columns;
use super::projects::ProjectView;
use super::tables::{head, town_years, unit};
use super::town::{TownView, ratio};
use crate::base::amount::Fen;
use crate::plan::Lane;
use crate::rules::spending::Function;

/// \[分\] What a town spent in a year on something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent<'r> {
    /// Recurrent, else on projects.
    pub is_recurrent: bool,
    /// The function of the lines, or the class of the projects; empty where none is written.
    pub on: &'r str,
    /// Whether it counts as a public service.
    pub is_public: bool,
    /// \[分\] The amount.
    pub amount: Fen,
}

/// What spending is on: the lines with their functions, the projects of every town.
#[derive(Debug)]
pub struct Functional<'r> {
    run: &'r Run,
    lines: Vec<(Option<Function>, Lane)>,
    projects: Vec<Vec<ProjectView<'r>>>,
}

impl<'r> Functional<'r> {
    /// Of a run; `None` where neither functions nor public services are written.
    #[must_use]
    pub fn of(run: &'r Run) -> Option<Self> {
        let scenario = &run.scenario;
        if scenario.public_services.is_none() && scenario.spending.iter().all(|s| s.function.is_none()) {
            return None;
        }
        let function = |path: &str| scenario.spending.iter().find(|s| path.strip_prefix("spending.") == Some(s.id.as_str())).and_then(|s| s.function);
        let lines = run.compiled.accounts.lines.iter().map(|line| (function(&line.path), line.paid)).collect();
        let mut projects: Vec<Vec<ProjectView<'r>>> = scenario.towns.iter().map(|_| Vec::new()).collect();
        for view in run.project_views() {
            projects[view.project.town].push(view);
        }
        Some(Self { run, lines, projects })
    }

    /// What a town spent in a year (by its order): by function of the lines, then by class of the projects.
    #[must_use]
    pub fn spent(&self, town: &TownView<'_>, year: usize) -> Vec<Spent<'r>> {
        let public = self.run.scenario.public_services.as_ref();
        let mut found = Vec::new();
        for (function, lane) in &self.lines {
            let is_public = function.is_some_and(|f| public.is_some_and(|p| p.has(f)));
            add(&mut found, true, function.map_or("", Function::key), is_public, self.run.outcome.fen(*lane, year, town.place));
        }
        for view in &self.projects[town.order] {
            let class = &view.project.class;
            let is_public = public.is_some_and(|p| p.classes.contains(class));
            #[expect(clippy::cast_possible_truncation, reason = "payments are whole fen below 2^53")]
            add(&mut found, false, class, is_public, view.payments.get(year).map_or(0, |p| p.paid() as Fen));
        }
        found
    }

    /// \[分\] Spending on public services in a year.
    #[must_use]
    pub fn public(&self, town: &TownView<'_>, year: usize) -> Fen {
        self.spent(town, year).iter().filter(|s| s.is_public).map(|s| s.amount).sum()
    }

    /// The share of new money that reaches public services, over the years up to one: what was spent on them beyond the first
    /// year's amount ÷ what was retained beyond the first year's; `None` where no more was retained, or nothing says what public
    /// services are.
    #[must_use]
    pub fn share_of_new_money(&self, town: &TownView<'_>, year: usize) -> Option<f64> {
        self.run.scenario.public_services.as_ref()?;
        let (first, kept) = (self.public(town, 0), town.years.first()?.retained);
        let new: Fen = town.years.get(..=year)?.iter().map(|y| y.retained - kept).sum();
        let services: Fen = (0..=year).map(|y| self.public(town, y) - first).sum();
        if new <= 0 { None } else { ratio(services, new) }
    }
}

fn add<'r>(found: &mut Vec<Spent<'r>>, is_recurrent: bool, on: &'r str, is_public: bool, amount: Fen) {
    match found.iter_mut().find(|s| s.is_recurrent == is_recurrent && s.on == on) {
        Some(known) => known.amount += amount,
        None => found.push(Spent { is_recurrent, on, is_public, amount }),
    }
}

/// The table of functions; lines of nothing are left out.
#[must_use]
pub fn table<'r>(run: &'r Run, towns: &'r [TownView<'r>]) -> Sheet<'r> {
    let rows = Functional::of(run).into_iter().flat_map(move |functional| {
        town_years(run, towns).flat_map(move |(town, year)| {
            let spent = functional.spent(town, year).into_iter().filter(|s| s.amount != 0);
            spent.map(move |spent| {
                let mut row = head(run, town);
                let kind = if spent.is_recurrent { "recurrent" } else { "project" };
                row.extend([Cell::Year(run.year(year)), Cell::key(kind), Cell::text(spent.on), Cell::Whole(i64::from(spent.is_public))]);
                row.extend([Cell::Money(spent.amount), unit(run)]);
                row
            })
        })
    });
    Sheet::new("functions", columns::FUNCTIONS, rows)
}
