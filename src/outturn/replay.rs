//! Replay 回放: what was collected in the last years, put in place of what is projected, whatever the rules.

use std::collections::BTreeMap;

use super::{Table, compared, row};
use crate::base::{amount::Fen, place::Place, when::Year};
use crate::diag::{Code, Problem, Problems};
use crate::measure::Run;
use crate::measure::backtest::{Figure, Figures, Item, Scope, Who};
use crate::measure::compare::replay::Used;
use crate::scenario::{Outturns, Scenario, Town};

/// Observed gross amounts by town, source and year; towns and sources by their ids, since scenarios may order them otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replay {
    /// \[分\] What was observed.
    seen: BTreeMap<(String, String, Year), Fen>,
}

impl Replay {
    /// Reads a table against a run. What is no gross amount of a source is told and left out.
    pub fn read(table: Table<'_>, figures: &Figures<'_>, problems: &mut Problems) -> Self {
        let sheet = table.sheet;
        let run = figures.run();
        let mut replay = Self::default();
        let found = compared(table, true, figures, problems);
        let any = !found.is_empty();
        for (figure, place) in found {
            let seen = figure.observed;
            match (seen.who, seen.item) {
                (Who::Town(town), Item { figure: Figure::Source(source), scope: Some(Scope::Gross) }) => {
                    let key = (run.scenario.towns[town].id(), run.scenario.sources[source].id.clone(), seen.year);
                    replay.seen.insert(key, seen.amount);
                }
                _ => problems.push(row::about(Code::W714, &place, &seen, run)),
            }
        }
        if replay.seen.is_empty() && any && !problems.has_errors() {
            let example = run.scenario.sources.first().map(|s| s.name.clone());
            problems.push(Problem::new(Code::E721, &Place::File(sheet.file)).with_some("example", example));
        }
        replay.tell_partly(run, &Place::File(sheet.file), problems);
        replay
    }

    /// The years in which anything was observed.
    #[must_use]
    pub fn years(&self) -> Vec<Year> {
        let mut years: Vec<Year> = self.seen.keys().map(|(_, _, year)| *year).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// How many amounts were observed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    /// Whether nothing was observed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// Puts the outturns into a scenario; a town or source it does not have is passed over.
    pub fn put_into(&self, scenario: &mut Scenario) {
        let towns: Vec<String> = scenario.towns.iter().map(Town::id).collect();
        for source in &mut scenario.sources {
            let own = self.seen.iter().filter(|((_, id, _), _)| *id == source.id);
            let of_town = |((town, _, year), fen): (&(String, String, Year), &Fen)| Some(((towns.iter().position(|t| t == town)?, *year), *fen));
            let seen: BTreeMap<(usize, Year), Fen> = own.filter_map(of_town).collect();
            source.outturns = (!seen.is_empty()).then_some(Outturns(seen));
        }
    }

    /// What is used of every source, town and year compared: the baseline as it is projected, and with the outturns put in.
    #[must_use]
    pub fn used(&self, projected: &Run, replayed: &Run) -> Vec<Used> {
        let (figures, replayed, scenario) = (Figures::of(projected), Figures::of(replayed), &projected.scenario);
        let mut used = Vec::new();
        for (town, name) in scenario.towns.iter().map(Town::id).enumerate() {
            for year in self.years() {
                for (source, id) in scenario.sources.iter().map(|s| s.id.clone()).enumerate() {
                    let item = Item { figure: Figure::Source(source), scope: Some(Scope::Gross) };
                    let of = |figures: &Figures<'_>| figures.at(Who::Town(town), year, item).unwrap_or(0);
                    let observed = self.seen.contains_key(&(name.clone(), id, year));
                    let (amount, projected) = (of(&replayed), of(&figures));
                    if observed || projected != 0 {
                        used.push(Used { town, year, source, observed, amount, projected });
                    }
                }
            }
        }
        used
    }

    /// Sources observed in some towns and years and not in others.
    fn tell_partly(&self, run: &Run, place: &Place, problems: &mut Problems) {
        let all = run.scenario.towns.len() * self.years().len();
        for source in &run.scenario.sources {
            let seen = self.seen.keys().filter(|(_, id, _)| *id == source.id).count();
            if seen > 0 && seen < all {
                problems.push(Problem::new(Code::W715, place).with("item", &source.name).with("seen", seen).with("all", all));
            }
        }
    }
}
