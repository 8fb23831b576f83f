//! A draw that changes nothing must change nothing: times 1 and plus 0 give the results of the scenario as it stands.
//!
//! A draw acts on numbers as they are written. Where a year's number follows from what is written by growth, by a date within the
//! year or by a cell a town, a year's own number laid over it would take all that away. So the neutral draw is tried before
//! anything is drawn, and a draw that fails it is refused.

use super::figures::{Figures, Wanted};
use super::inputs::{Chosen, Input};
use super::measure::Asked;
use super::subject::Subject;
use super::wrong::Wrong;
use crate::measure::Run;
use crate::scenario::study::{Acts, Uncertain};

/// Tries the neutral draw of an uncertainty.
///
/// # Errors
/// It changes a result, or cannot be computed.
pub fn changes_nothing(input: &Input, declared: &Uncertain, subject: &Subject) -> Result<(), Wrong> {
    let Chosen::Drawn(drawn) = &input.chosen else { return Ok(()) };
    if declared.acts == Acts::Replace {
        return Ok(());
    }
    let neutral = |(target, base): (&super::value::Target, &i64)| match &target.several {
        Some(several) if several.acts == Acts::Times => 1_000_000,
        Some(_) => 0,
        None => *base,
    };
    let values: Vec<i64> = input.targets.iter().zip(&drawn.base).map(neutral).collect();
    if figures(&subject.run()?) == figures(&subject.at(&input.targets, &values).run()?) {
        return Ok(());
    }
    let (path, id) = (&declared.path, &declared.id);
    let zh = format!("{path} 抽到乘 1（或加 0）也会改变结果：它逐年增长、年中起变或逐镇不同，不能每年各抽一个数盖上去；改成每次运行抽一次，或抽它的增长率");
    let en = format!(
        "a draw of times 1 (or plus 0) at {path} would change the results: it grows, changes within a year or differs by town, and cannot be covered by a number a year; draw once a run, or draw its growth"
    );
    Err(Wrong::said(id, zh, en))
}

/// Everything a study tells of a run, town by town and year by year.
fn figures(run: &Run) -> Figures {
    let asked = Asked::of(&run.compiled).unwrap_or_default();
    let (plan, first_year) = (&run.compiled.plan, run.scenario.first_year);
    let wanted = Wanted { asked, by_town: true, by_year: true, years: plan.years, towns: plan.towns, first_year };
    wanted.of_run(plan, &run.outcome)
}
