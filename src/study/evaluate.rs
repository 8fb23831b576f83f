//! Computing points: by the fused program where the swept values reach the plan by known rules, else by whole runs.

use rayon::prelude::*;

use super::figures::{Figures, Tally, Wanted};
use super::maps::{INNER, Mapping, Maps, Unmapped, inner, samples};
use super::math::uniform::Draws;
use super::measure::Asked;
use super::subject::{Failed, Subject};
use super::value::Target;
use crate::base::amount::Fen;
use crate::base::lang::Lang;
use crate::compile::Compiled;
use crate::diag::Problems;
use crate::engine::Outcome;
use crate::measure::Run;
use crate::program::Program;
use crate::scenario::Scenario;

/// Points whose figures are held at a time where only a number of each is kept.
pub const AT_ONCE: usize = 4_096;

/// A run where the middle of the ranges cannot be computed: nobody asked for the middle, so some value that can be is enough, and
/// what cannot be computed is said point by point. `None` where every value tried fails.
fn beside_the_middle(subject: &Subject, targets: &[Target], ranges: &[(i64, i64)]) -> Option<Run> {
    let (low, high): (Vec<i64>, Vec<i64>) = ranges.iter().copied().unzip();
    let inside = (0..INNER).map(|n| inner(ranges, Draws::new(0), n));
    [low, high].into_iter().chain(inside).find_map(|values| subject.at(targets, &values).run().ok())
}

/// The scenario at the middle of what is swept, and how points differ from it.
#[derive(Debug)]
pub struct Evaluator {
    subject: Subject,
    targets: Vec<Target>,
    /// The scenario at the middle.
    pub scenario: Scenario,
    /// Its plan.
    pub compiled: Compiled,
    outcome: Outcome,
    maps: Result<Maps, Unmapped>,
    asked: Asked,
}

impl Evaluator {
    /// Prepares a study: `ranges` are the lowest and highest value of each target.
    ///
    /// # Errors
    /// What is wrong with the scenario at the middle of the ranges, where it is wrong at all values tried beside it too.
    pub fn new(subject: Subject, targets: Vec<Target>, ranges: &[(i64, i64)]) -> Result<Self, Problems> {
        let middle: Vec<i64> = targets.iter().zip(ranges).map(|(target, (low, high))| if target.words.is_empty() { low + (high - low) / 2 } else { *low }).collect();
        let (run, whole) = match subject.at(&targets, &middle).run() {
            Ok(run) => (run, false),
            Err(problems) => (beside_the_middle(&subject, &targets, ranges).ok_or(problems)?, true),
        };
        let (scenario, compiled, outcome) = (run.scenario, run.compiled, run.outcome);
        let maps = if whole {
            Err(Unmapped::Wrong)
        } else if targets.iter().any(|target| !target.words.is_empty()) {
            Err(Unmapped::Structure)
        } else {
            Maps::find(&subject, &targets, &middle, (&scenario, &compiled.plan), ranges)
        };
        let asked = Asked::of(&compiled).unwrap_or_default();
        let mut evaluator = Self { subject, targets, scenario, compiled, outcome, maps, asked };
        let points: Vec<i64> = samples(&middle, ranges).concat();
        if evaluator.differs(&points, &evaluator.wanted(true, true, None)).is_some() {
            evaluator.maps = Err(Unmapped::Structure);
        }
        Ok(evaluator)
    }

    /// \[分\] What is planned at the middle of what is swept, year after year and in each town by town, as gaps are laid out.
    #[must_use]
    pub fn planned(&self) -> Vec<Fen> {
        let Some(lane) = self.asked.lanes.first() else { return Vec::new() };
        (0..self.compiled.plan.years).flat_map(|year| (0..self.compiled.plan.towns).map(move |town| self.outcome.fen(*lane, year, town))).collect()
    }

    /// Why whole runs are needed, where they are.
    #[must_use]
    pub fn slow(&self) -> Option<&Unmapped> {
        self.maps.as_ref().err()
    }

    /// The same study with every point a whole run: to check the fast way.
    #[must_use]
    pub fn by_whole_runs(mut self) -> Self {
        self.maps = Err(Unmapped::Structure);
        self
    }

    /// The numbers of a point, in order.
    #[must_use]
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// What may be wanted: `last_year` is the last one that counts.
    #[must_use]
    pub fn wanted(&self, by_town: bool, by_year: bool, last_year: Option<i32>) -> Wanted {
        let (first_year, all, towns) = (self.scenario.first_year, self.compiled.plan.years, self.compiled.plan.towns);
        let years = last_year.and_then(|last| usize::try_from(last - first_year + 1).ok()).map_or(all, |years| years.min(all));
        Wanted { asked: self.asked.clone(), by_town, by_year, years, towns, first_year }
    }

    /// Computes points; `values` holds them one after another.
    #[must_use]
    pub fn points(&self, values: &[i64], wanted: &Wanted) -> Vec<Result<Figures, Failed>> {
        let width = self.targets.len().max(1);
        match &self.maps {
            Ok(maps) => self.fused(maps, values, wanted),
            Err(_) => values.par_chunks(width).map(|point| self.whole_run(point, wanted)).collect(),
        }
    }

    /// One point as a run of its own.
    ///
    /// # Errors
    /// Why it cannot be computed.
    pub fn whole_run(&self, values: &[i64], wanted: &Wanted) -> Result<Figures, Failed> {
        let values = if self.targets.is_empty() { &[] } else { values };
        let failed = |problems: Problems| Failed::of(&problems, self.lang());
        let run = self.subject.at(&self.targets, values).run().map_err(failed)?;
        // A set may change which lanes there are: they are asked anew.
        let asked = Asked::of(&run.compiled).unwrap_or_default();
        Ok(Wanted { asked, ..wanted.clone() }.of_run(&run.compiled.plan, &run.outcome))
    }

    /// One point as a run that can be looked at.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn run(&self, values: &[i64]) -> Result<Run, Problems> {
        self.subject.at(&self.targets, values).run()
    }

    const fn lang(&self) -> Lang {
        self.scenario.lang
    }

    fn fused(&self, maps: &Maps, values: &[i64], wanted: &Wanted) -> Vec<Result<Figures, Failed>> {
        let width = self.targets.len().max(1);
        let programs = Program::of(&self.compiled.plan, &self.outcome, &maps.tables, &wanted.asked.lanes);
        let points = Mapping { maps, values, width };
        let block = programs.iter().map(Program::block).min().unwrap_or(1);
        let count = values.len() / width;
        let starts: Vec<usize> = (0..count).step_by(block).collect();
        let works = || programs.iter().map(Program::work).collect::<Vec<_>>();
        let blocks = starts.par_iter().map_init(works, |works, start| {
            let range = *start..(start + block).min(count);
            let mut figures: Vec<Figures> = range.clone().map(|_| wanted.start()).collect();
            let mut failed = vec![false; range.len()];
            for (program, work) in programs.iter().zip(works) {
                let mut tally = Tally { wanted, towns: program.towns().clone(), figures: &mut figures };
                let bad = work.run(program, range.clone(), &points, &mut tally);
                failed.iter_mut().zip(bad).for_each(|(all, bad)| *all |= bad);
            }
            let point = |(n, figures)| {
                // What went wrong is said by a run of the point.
                if failed[n] { self.whole_run(&values[(start + n) * width..(start + n + 1) * width], wanted) } else { Ok(figures) }
            };
            figures.into_iter().enumerate().map(point).collect::<Vec<_>>()
        });
        blocks.flatten_iter().collect()
    }

    /// Some points computed both ways; gives the first that differs.
    #[must_use]
    pub fn differs(&self, values: &[i64], wanted: &Wanted) -> Option<usize> {
        if self.slow().is_some() {
            return None;
        }
        let width = self.targets.len().max(1);
        let fast = self.points(values, wanted);
        let whole: Vec<_> = values.par_chunks(width).map(|point| self.whole_run(point, wanted)).collect();
        fast.iter().zip(&whole).position(|(a, b)| a != b)
    }
}
