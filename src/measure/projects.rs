//! Project tables and the measures over the horizon.

use super::Run;
use super::cell::{Cell, Sheet};
use super::columns;
use super::tables::{head, unit};
use super::town::TownView;
use crate::base::{amount::Fen, when::Year};
use crate::plan::projects::Mode;
use crate::scenario::Project;
use crate::stages::projects::Payment;

/// A project over the horizon.
#[derive(Clone, Debug)]
pub struct ProjectView<'r> {
    /// The project.
    pub project: &'r Project,
    /// Payments year by year.
    pub payments: &'r [Payment],
    /// The year everything was paid and the schedule over.
    pub finish: Option<Year>,
    /// What was never paid.
    pub unpaid: Fen,
}

impl ProjectView<'_> {
    /// Years behind the plan; `None` when it is not finished.
    #[must_use]
    pub fn delay(&self) -> Option<Year> {
        self.finish.map(|finish| finish - self.project.planned_finish())
    }

    /// What became of it.
    #[must_use]
    pub fn status(&self, mode: Mode) -> &'static str {
        match (mode, self.finish) {
            _ if self.project.funding.town == 0 => "outside",
            (_, Some(_)) if self.unpaid > 0 => "short",
            (_, Some(_)) if self.delay() > Some(0) => "delayed",
            (_, Some(_)) => "paid",
            (Mode::Unconstrained, None) if self.unpaid > 0 => "short",
            (_, None) => "open",
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "payments are whole fen below 2^53")]
const fn fen(amount: f64) -> Fen {
    amount as Fen
}

impl Run {
    /// All projects in file order.
    #[must_use]
    pub fn project_views(&self) -> Vec<ProjectView<'_>> {
        let mut at: Vec<usize> = vec![0; self.compiled.projects.len()];
        for (place, project) in self.compiled.projects.iter().enumerate() {
            at[*project] = place;
        }
        self.scenario.projects.iter().enumerate().map(|(n, project)| self.project_view(project, at[n])).collect()
    }

    fn project_view<'r>(&'r self, project: &'r Project, place: usize) -> ProjectView<'r> {
        let payments: &[Payment] = &self.outcome.payments[place];
        let unpaid: Fen =
            if self.scenario.mode == Mode::Unconstrained { payments.iter().map(|p| fen(p.due - p.paid())).sum() } else { payments.last().map_or(0, |p| fen(p.due - p.paid())) };
        let finish = self.outcome.finished[place].map(|y| self.year(y)).filter(|_| unpaid == 0);
        ProjectView { project, payments, finish, unpaid }
    }
}

/// Projects with their funding.
#[must_use]
pub fn projects<'r>(run: &'r Run) -> Sheet<'r> {
    let row = move |view: ProjectView<'r>| {
        let (p, f) = (view.project, view.project.funding);
        let town = &run.scenario.towns[p.town];
        let sum = |of: fn(&Payment) -> f64| Cell::Money(view.payments.iter().map(|x| fen(of(x))).sum());
        let mut row = vec![Cell::key(run.label()), Cell::text(&p.id), Cell::text(&p.name), Cell::text(town.id()), Cell::text(&town.name)];
        row.extend([Cell::text(&p.class), Cell::Whole(p.priority)]);
        row.extend([p.cost, f.society, f.upper, f.county, f.bond, f.land_development, f.town].map(Cell::Money));
        row.extend([Cell::Year(p.start), Cell::Year(p.planned_finish()), Cell::or_empty(view.finish, Cell::Year)]);
        row.push(Cell::or_empty(view.delay(), |d| Cell::Whole(i64::from(d))));
        row.extend([sum(Payment::paid), sum(|x| x.earmarked), sum(|x| x.matched), sum(|x| x.general), sum(|x| x.fund), Cell::Money(view.unpaid)]);
        row.extend([Cell::Money(p.upkeep.of(p.cost)), Cell::key(view.status(run.scenario.mode)), unit(run)]);
        row
    };
    Sheet::new("projects", columns::PROJECTS, run.project_views().into_iter().map(row))
}

/// Projects year by year; years without any figure are left out.
#[must_use]
pub fn project_years(run: &Run) -> Sheet<'_> {
    let mut rows = Vec::new();
    for view in run.project_views() {
        for (n, paid) in view.payments.iter().enumerate() {
            let planned = view.project.due(run.year(n));
            if planned == 0 && paid.due == 0.0 {
                continue;
            }
            let town = run.scenario.towns[view.project.town].id();
            let mut row = vec![Cell::key(run.label()), Cell::text(&view.project.id), Cell::text(town), Cell::Year(run.year(n))];
            row.push(Cell::Money(planned));
            row.extend([paid.due, paid.earmarked, paid.matched, paid.general, paid.fund, paid.due - paid.paid()].map(|a| Cell::Money(fen(a))));
            row.push(unit(run));
            rows.push(row);
        }
    }
    Sheet::new("project_years", columns::PROJECT_YEARS, rows)
}

/// One row a town over the horizon.
#[must_use]
pub fn measures<'r>(run: &'r Run, towns: &'r [TownView<'r>]) -> Sheet<'r> {
    let projects = run.project_views();
    let functional = super::functional::Functional::of(run);
    let last = run.years().saturating_sub(1);
    let row = move |town: &'r TownView<'r>| {
        let own: Vec<&ProjectView<'_>> = projects.iter().filter(|p| p.project.town == town.order).collect();
        let late = own.iter().filter(|p| matches!(p.status(run.scenario.mode), "delayed" | "open" | "short")).count();
        let general_paid: Fen = own.iter().flat_map(|p| p.payments).map(|p| fen(p.general)).sum();
        let count = |n: usize| Cell::Whole(i64::try_from(n).unwrap_or(0));
        let (shortfall, peak) = (town.shortfall(), town.peak_gap());
        let mut row = head(run, town);
        row.extend([Cell::text(&town.town.county), Cell::text(&town.town.class), Cell::or_empty(town.town.cohort, Cell::Year), unit(run)]);
        row.extend([town.sum(|y| y.retained), town.sum(|y| y.planned), town.sum(|y| y.paid), town.sum(super::town::TownYear::gap)].map(Cell::Money));
        row.push(Cell::or_empty(town.coverage(), Cell::Ratio));
        row.extend([Cell::or_empty(shortfall, |s| Cell::Year(s.0)), Cell::or_empty(shortfall, |s| Cell::Year(s.1))]);
        row.extend([Cell::or_empty(peak, |p| Cell::Money(p.0)), Cell::or_empty(peak, |p| Cell::Year(p.1)), Cell::Money(town.peak_need())]);
        let ratios = [town.land_dependence(), town.self_sufficiency(general_paid), town.volatility()];
        row.extend(ratios.map(|r| Cell::or_empty(r, Cell::Ratio)));
        row.push(Cell::or_empty(town.retained_per_head(), |r| Cell::Decimal(format!("{r:.2}"))));
        row.push(Cell::or_empty(town.lowest_cover(), |c| Cell::Ratio(c.0)));
        row.push(Cell::or_empty(functional.as_ref().and_then(|f| f.share_of_new_money(town, last)), Cell::Ratio));
        row.extend([count(own.len()), count(late), Cell::key(status(town))]);
        row
    };
    Sheet::new("measures", columns::MEASURES, towns.iter().map(row))
}

fn status(town: &TownView<'_>) -> &'static str {
    if town.years.iter().any(|y| y.guarantees_unpaid > 0) {
        "guarantees"
    } else if town.sum(|y| y.planned) == 0 {
        "no_plan"
    } else if town.shortfall().is_some() {
        "short"
    } else {
        "covered"
    }
}
