//! A draw that changes nothing must change nothing: times 1 and plus 0 give the results of the scenario as it stands.
//!
//! A draw acts on numbers as they are written. Where a year's number follows from what is written by growth, by a date within the
//! year or by a cell a town, a year's own number laid over it would take all that away. So the neutral draw is tried before
//! anything is drawn, and a draw that fails it acts on what the parameter comes to in each year instead.

use super::figures::{Figures, Wanted};
use super::inputs::{Chosen, Input};
use super::measure::Asked;
use super::subject::Subject;
use super::value::Target;
use super::wrong::Wrong;
use crate::measure::Run;
use crate::scenario::study::{Acts, Uncertain};

/// Whether the neutral draw of an uncertainty gives the results of the scenario as it stands.
///
/// # Errors
/// What is wrong with the scenario.
pub fn changes_nothing(input: &Input, declared: &Uncertain, subject: &Subject) -> Result<bool, Wrong> {
    let Chosen::Drawn(drawn) = &input.chosen else { return Ok(true) };
    if declared.acts == Acts::Replace {
        return Ok(true);
    }
    let neutral = |(target, base): (&Target, &i64)| match &target.several {
        Some(several) if several.acts == Acts::Times => 1_000_000,
        Some(_) => 0,
        None => *base,
    };
    let values: Vec<i64> = input.targets.iter().zip(&drawn.base).map(neutral).collect();
    Ok(subject.at(&input.targets, &values).run().is_ok_and(|run| Some(figures(&run)) == subject.run().ok().map(|run| figures(&run))))
}

/// Refuses a draw that no rule takes up: a thousandth more, or one unit, must make another plan.
///
/// # Errors
/// It changes nothing, and the path is that of no value by year.
pub fn acts(input: &Input, declared: &Uncertain, subject: &Subject) -> Result<(), Wrong> {
    let values: Vec<i64> = input.targets.iter().map(|target| if target.change.as_ref().is_some_and(|changed| changed.times) { 900_000 } else { -1_000 }).collect();
    let tables = |subject: &Subject| subject.compiled().map(|(_, compiled)| compiled.plan.tables.into_iter().map(|table| table.values).collect::<Vec<_>>()).ok();
    if tables(&subject.at(&input.targets, &values)) != tables(subject) {
        return Ok(());
    }
    let (path, id) = (&declared.path, &declared.id);
    let zh = format!("{path} 抽到乘 1（或加 0）也会改变结果：它逐年增长、年中起变或逐镇不同，不能盖上去；改成抽它的增长率，或用 replace");
    let en =
        format!("a draw of times 1 (or plus 0) at {path} would change the results: it grows, changes within a year or differs by town; draw its growth, or let draws replace it");
    Err(Wrong::said(id, zh, en))
}

/// Everything a study tells of a run, town by town and year by year.
fn figures(run: &Run) -> Figures {
    let asked = Asked::of(&run.compiled).unwrap_or_default();
    let (plan, first_year) = (&run.compiled.plan, run.scenario.first_year);
    let wanted = Wanted { asked, by_town: true, by_year: true, years: plan.years, towns: plan.towns, first_year };
    wanted.of_run(plan, &run.outcome)
}
