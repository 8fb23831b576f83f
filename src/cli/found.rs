//! What searches have in common on the command line: the evaluator of their inputs, and the folder they write.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::args::{Global, PictureArgs, TargetArgs};
use super::outcome::{Failure, Outcome};
use super::pictured::{Drawn, Of, pictures};
use super::request::Request;
use super::study::{Studied, failure};
use super::sweep::warn_if_slow;
use super::target::{Target, When};
use crate::measure::cell::Sheet;
use crate::study::evaluate::Evaluator;
use crate::study::value::Target as Number;
use crate::write::manifest::outputs;

/// What computes the points of some inputs within these ranges.
///
/// # Errors
/// When the scenario is wrong in the middle of them.
pub fn evaluator(studied: &Studied, targets: Vec<Number>, ranges: &[(i64, i64)], global: &Global) -> Result<Evaluator, Failure> {
    let made = Evaluator::new(studied.subject.clone(), targets, ranges).map_err(|problems| failure(problems.into(), studied, global))?;
    if !global.silent {
        warn_if_slow(&made, studied.lang);
    }
    Ok(made)
}

/// Draws what a command found, where pictures are asked for.
///
/// # Errors
/// When the scenario cannot be run as it stands, a format is not built in, or the system refuses.
pub fn draw(drawn: &[Drawn<'_>], study: String, studied: &Studied, args: &PictureArgs, (when, global): (&When, &Global), target: &mut Target) -> Outcome {
    if !args.is_wanted() || drawn.is_empty() {
        return Ok(());
    }
    let run = studied.subject.run().map_err(|problems| failure(problems.into(), studied, global))?;
    pictures(drawn, &Of { run: &run, study, when, lang: studied.lang }, args, target)
}

/// What a command writes beside its tables.
pub struct Found<'f> {
    /// The scenario.
    pub studied: &'f Studied,
    /// Its folder, as asked for.
    pub scenario: &'f Path,
    /// `solve`, `sensitivity`, `discover`: the key in the manifest.
    pub kind: &'static str,
    /// What a program wants to know without reading tables.
    pub told: Value,
    /// The first lines of the answer.
    pub headlines: &'f [String],
    /// What was asked for; nothing where it cannot be computed again from the folder.
    pub request: Option<Request>,
}

impl Found<'_> {
    /// Writes tables, pictures, inputs and manifest.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(self, args: &TargetArgs, sheets: impl FnOnce() -> Vec<Sheet<'static>>, draw: impl FnOnce(&mut Target) -> Outcome, when: &When) -> Result<PathBuf, Failure> {
        let scenario = &self.studied.scenario;
        let mut target = Target::open(args, self.scenario, &format!("{}-{}", scenario.id, self.kind), when, self.studied.lang)?;
        target.tables(sheets, scenario.unit)?;
        draw(&mut target)?;
        target.input_files(scenario.files.iter())?;
        let request = self.request.map(|request| request.of_variant(self.studied.variant.as_deref()));
        let about = target.about(when, self.studied.notes.clone(), request.as_ref());
        let mut manifest = json!({
            "program": "fencheng",
            "version": env!("CARGO_PKG_VERSION"),
            "format": 1,
            "scenario": scenario.id,
            "name": scenario.name,
            "variant": scenario.variant.as_ref().map(|v| v.id.clone()),
            "unit": scenario.unit.symbol(),
            "answer": self.headlines,
            "inputs": about.inputs,
            "outputs": outputs(&about.files),
        });
        manifest[self.kind] = self.told;
        about.add_to(&mut manifest);
        target.finish(&manifest)
    }
}
