//! Rolling estimate 预计全年: what came in up to a month, and for the rest of the year the projection.

use std::collections::BTreeMap;

use super::offices::{self, Converter, Placed};
use crate::base::amount::Fen;
use crate::base::place::Place;
use crate::base::when::Year;
use crate::diag::{Code, Problem, Problems};
use crate::load::sheet::Sheet;
use crate::measure::backtest::{Figure, Figures, Item, Scope, Who};
use crate::measure::rolling::Estimate;
use crate::outturn::collected::MONTHS;
use crate::scenario::{Outturns, Rolling, Scenario, Town};

/// Outturns of whole years and estimates of those not over, to stand in place of what is projected.
#[derive(Clone, Debug, Default)]
pub struct Estimates {
    /// One a town, source and year; towns and sources in the order of the scenario they were read against.
    pub rows: Vec<Estimate>,
    /// Ids of towns and sources: variants may order them otherwise.
    ids: Vec<(String, String)>,
}

impl Estimates {
    /// Reads an office's table against a projection.
    pub fn read(sheet: &Sheet, scope: Option<Scope>, figures: &Figures<'_>, problems: &mut Problems) -> Self {
        let run = figures.run();
        let (first, last) = (run.scenario.first_year, run.scenario.last_year);
        if !offices::is_one(sheet, run) {
            problems.push(Problem::new(Code::E781, &Place::File(sheet.file)));
            return Self::default();
        }
        let all = offices::read(sheet, scope, run, problems);
        let mut converter = Converter { figures, told: false };
        let mut estimates = Self::default();
        for placed in all.iter().filter(|p| (first..=last).contains(&p.year)) {
            let to_date = match placed.amount.scope {
                Scope::Local => converter.gross(placed, placed.amount.to_date, problems),
                _ => Some(placed.amount.to_date),
            };
            let Some(to_date) = to_date else { continue };
            estimates.rows.push(estimate(placed, to_date, figures, &all));
            estimates.ids.push((run.scenario.towns[placed.town].id(), run.scenario.sources[placed.source].id.clone()));
        }
        if estimates.rows.is_empty() && !problems.has_errors() {
            let problem = Problem::new(Code::E715, &Place::File(sheet.file)).with("first", first).with("last", last);
            problems.push(problem.with("towns", run.scenario.towns.len()));
        }
        estimates
    }

    /// Puts them into a scenario and marks it.
    pub fn put_into(&self, scenario: &mut Scenario) {
        let towns: Vec<String> = scenario.towns.iter().map(Town::id).collect();
        for source in &mut scenario.sources {
            let own = self.rows.iter().zip(&self.ids).filter(|(_, (_, id))| *id == source.id);
            let amounts: BTreeMap<(usize, Year), Fen> = own.filter_map(|(row, (town, _))| Some(((towns.iter().position(|t| t == town)?, row.year), row.estimate()))).collect();
            if !amounts.is_empty() {
                source.outturns = Some(Outturns(amounts));
            }
        }
        scenario.rolling = self.rolling();
    }

    /// The years that rest on outturns, and the latest of them that is not over with its last month.
    #[must_use]
    pub fn rolling(&self) -> Option<Rolling> {
        let year = self.rows.iter().map(|row| row.year).max()?;
        let months = self.rows.iter().filter(|row| row.year == year).map(|row| row.months).min()?;
        Some(Rolling { year, months })
    }
}

fn estimate(placed: &Placed, to_date: Fen, figures: &Figures<'_>, all: &[Placed]) -> Estimate {
    let item = Item { figure: Figure::Source(placed.source), scope: Some(Scope::Gross) };
    let projected = figures.at(Who::Town(placed.town), placed.year, item).unwrap_or(0);
    let months = placed.amount.months;
    let (rest, by_last_year) = if months == MONTHS {
        (0, false)
    } else {
        let rest = offices::rest(placed, projected, all);
        (rest.amount, rest.by_last_year)
    };
    Estimate { town: placed.town, source: placed.source, year: placed.year, months, collected: to_date, rest, by_last_year, projected }
}
