//! The scenario that is studied: read once, patched and checked for every whole run.

use std::collections::HashMap;

use super::value::Target;
use crate::base::{amount::MoneyUnit, place::Place};
use crate::check::check;
use crate::compile::{Compiled, compile};
use crate::diag::{Problems, Severity};
use crate::load::{Loaded, set};
use crate::measure::Run;
use crate::scenario::Scenario;

/// A scenario as it was read, before it is checked.
#[derive(Clone, Debug)]
pub struct Subject {
    id: String,
    loaded: Loaded,
}

impl Subject {
    /// A scenario read from its folder.
    #[must_use]
    pub fn new(id: &str, loaded: Loaded) -> Self {
        Self { id: id.to_owned(), loaded }
    }

    /// What was read.
    #[must_use]
    pub const fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    /// The same with further assignments.
    #[must_use]
    pub fn with(&self, sets: &[String]) -> Self {
        let mut other = self.clone();
        sets.iter().for_each(|argument| set::apply(&mut other.loaded.root, argument, &mut other.loaded.problems));
        other
    }

    /// The same at the values of a point.
    #[must_use]
    pub fn at(&self, targets: &[Target], values: &[i64]) -> Self {
        let mut other = self.with(&sets(targets, values));
        let cells: Vec<(&Place, String)> =
            targets.iter().zip(values).filter_map(|(target, value)| target.several.as_ref().map(|several| several.cells(*value))).flatten().collect();
        other.loaded.changes.extend(targets.iter().zip(values).filter_map(|(target, value)| target.change(*value)));
        if !cells.is_empty() {
            let texts: HashMap<(u32, usize), String> = cells.into_iter().filter_map(|(place, text)| Some((at(place)?, text))).collect();
            for cell in other.loaded.sheets.values_mut().flat_map(|sheet| sheet.rows.iter_mut().flatten()) {
                if let Some(text) = at(&cell.place).and_then(|place| texts.get(&place)) {
                    cell.text.clone_from(text);
                }
            }
        }
        other
    }

    /// Checked.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn scenario(&self) -> Result<Scenario, Problems> {
        let (scenario, problems) = check(&self.id, &self.loaded);
        scenario.ok_or(problems)
    }

    /// Checked and compiled.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn compiled(&self) -> Result<(Scenario, Compiled), Problems> {
        let scenario = self.scenario()?;
        let compiled = compile(&scenario)?;
        Ok((scenario, compiled))
    }

    /// Checked, compiled and projected.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn run(&self) -> Result<Run, Problems> {
        Run::of(self.scenario()?)
    }
}

/// The assignments of a point.
#[must_use]
pub fn sets(targets: &[Target], values: &[i64]) -> Vec<String> {
    targets.iter().zip(values).flat_map(|(target, value)| target.sets(*value)).collect()
}

/// Where a cell stands, to find it by.
const fn at(place: &Place) -> Option<(u32, usize)> {
    match place {
        Place::Text { file, start, .. } => Some((file.0, *start)),
        _ => None,
    }
}

/// Why a point could not be computed: the first code, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The code of the first error.
    pub code: String,
    /// What is wrong, in the language of the scenario.
    pub message: String,
}

impl Failed {
    /// From what a whole run reported.
    #[must_use]
    pub fn of(problems: &Problems, lang: crate::base::lang::Lang) -> Self {
        let error = problems.iter().find(|p| p.code.severity() == Severity::Error);
        error.map_or_else(
            || Self { code: "E602".to_owned(), message: String::new() },
            |p| Self { code: p.code.name().to_owned(), message: p.code.title(lang, &p.args).replace(['\n', '\r'], " ") },
        )
    }
}

/// The unit of a scenario's tables.
#[must_use]
pub const fn unit(scenario: &Scenario) -> MoneyUnit {
    scenario.unit
}
