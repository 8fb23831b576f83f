//! `fencheng run --outturn`: what was collected takes the place of the projection, a year not over is completed by it.

use std::path::PathBuf;

use super::args::{Global, RunArgs};
use super::check::project;
use super::outcome::{Failure, language, report};
use crate::base::place::Place;
use crate::diag::Problems;
use crate::load::single::{self, Single};
use crate::measure::Run;
use crate::measure::backtest::Figures;
use crate::outturn::Estimates;

/// The table of an office, read against a projection.
pub struct Collected {
    /// Where it was read.
    pub path: PathBuf,
    /// Its file.
    pub file: Single,
    /// What it gives.
    pub estimates: Estimates,
}

impl Collected {
    /// Reads the table asked for; `None` when none was.
    ///
    /// # Errors
    /// When it cannot be used; that was printed.
    pub fn read(args: &RunArgs, projected: Option<&Run>, notes: &mut Problems, global: &Global) -> Result<Option<Self>, Failure> {
        let (Some(path), Some(run)) = (&args.outturn, projected) else { return Ok(None) };
        let file = single::table(path, args.sheet.as_deref(), &Place::Argument(format!("--outturn {}", path.display()).into()));
        let mut problems = file.problems.clone();
        let read = |sheet| Estimates::read(sheet, args.scope.map(Into::into), &Figures::of(run), &mut problems);
        let estimates = file.sheet.as_ref().map(read).unwrap_or_default();
        report(&problems, &file.files, language(global, Some(run.scenario.lang)), global);
        if problems.has_errors() {
            return Err(Failure::Reported);
        }
        notes.append(problems);
        Ok(Some(Self { path: path.clone(), file, estimates }))
    }

    /// A run anew with what was collected.
    ///
    /// # Errors
    /// When it cannot be computed; that was printed.
    pub fn put_into(&self, run: Run, global: &Global) -> Result<Run, Failure> {
        let mut scenario = run.scenario;
        self.estimates.put_into(&mut scenario);
        project(scenario, global)
    }
}
