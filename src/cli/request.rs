//! What was asked for, as `run.json` keeps it: the arguments one by one, with the copies of the inputs for the inputs.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::args::{BacktestArgs, CompareArgs, DiscoverArgs, RunArgs, ScenarioArgs, SensitivityArgs, SolveArgs, SweepArgs};

/// A command whose results can be computed again.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Request {
    /// `fencheng run`
    Run(RunArgs),
    /// `fencheng compare`
    Compare(CompareArgs),
    /// `fencheng backtest`
    Backtest(BacktestArgs),
    /// `fencheng sweep`, or shards of it joined.
    Sweep(SweepArgs),
    /// `fencheng solve`, with or without `--front`
    Solve(SolveArgs),
    /// `fencheng sensitivity`
    Sensitivity(SensitivityArgs),
    /// `fencheng discover`
    Discover(DiscoverArgs),
}

impl Request {
    /// What the scenario is and how it is changed.
    fn scenario_mut(&mut self) -> &mut ScenarioArgs {
        match self {
            Self::Run(args) => &mut args.scenario,
            Self::Compare(args) => &mut args.scenario,
            Self::Backtest(args) => &mut args.scenario,
            Self::Sweep(args) => &mut args.study.scenario,
            Self::Solve(args) => &mut args.scenario,
            Self::Sensitivity(args) => &mut args.study.scenario,
            Self::Discover(args) => &mut args.study.scenario,
        }
    }

    /// Fixes the variant that was laid over the scenario, whether typed or the study's own.
    #[must_use]
    pub fn of_variant(mut self, variant: Option<&str>) -> Self {
        self.scenario_mut().variant = vec![variant.unwrap_or(super::run::BASELINE).to_owned()];
        self
    }

    /// What else is read: the outturns, or the sweep a discovery takes its points from.
    fn observed_mut(&mut self) -> Option<&mut PathBuf> {
        match self {
            Self::Sweep(_) | Self::Solve(_) | Self::Sensitivity(_) => None,
            Self::Discover(args) => args.from.as_mut(),
            Self::Run(args) => args.outturn.as_mut(),
            Self::Compare(args) => args.replay.as_mut(),
            Self::Backtest(args) => Some(&mut args.observed),
        }
    }

    /// The same with the scenario's file and the outturns elsewhere.
    #[must_use]
    pub fn of_files(mut self, scenario: &str, observed: Option<&str>) -> Self {
        self.scenario_mut().scenario = scenario.into();
        if let (Some(place), Some(observed)) = (self.observed_mut(), observed) {
            *place = observed.into();
        }
        self
    }

    /// As a value.
    #[must_use]
    pub fn value(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }

    /// The same with paths within a folder of results as paths on this machine; `scenario` stands for the copy.
    /// `None` where a path leads out of the folder.
    #[must_use]
    pub fn within(mut self, folder: &Path, scenario: Option<&Path>) -> Option<Self> {
        let inside = |path: &Path| path.to_str().filter(|text| super::result::is_inside(text)).map(|text| folder.join(text));
        let place = &mut self.scenario_mut().scenario;
        *place = match scenario {
            Some(scenario) => scenario.to_owned(),
            None => inside(place)?,
        };
        if let Some(observed) = self.observed_mut() {
            *observed = inside(observed)?;
        }
        Some(self)
    }
}
