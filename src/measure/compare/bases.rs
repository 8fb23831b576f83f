//! Checking bases 基数核对: what each part is shared by against what came in.

use super::columns;
use crate::base::{
    amount::{Fen, MoneyUnit},
    when::Year,
};
use crate::compile::accounts::PartLanes;
use crate::measure::Run;
use crate::measure::cell::{Cell, Row, Sheet};
use crate::measure::town::TownView;
use crate::plan::Arg;
use crate::rules::agreements::{FixedOn, UsedBase};

/// The bases of a run: a row for every part, town and term; amounts are printed in the unit given.
#[must_use]
pub fn table(run: &Run, unit: MoneyUnit) -> Sheet<'_> {
    let views = run.town_views();
    let mut rows = Vec::new();
    for view in &views {
        for (part, used) in run.compiled.accounts.parts.iter().filter_map(|p| p.base.map(|base| (p, base))) {
            rows.extend(terms(run, view, part.agreement).into_iter().map(|year| row(run, view, part, used, year, unit)));
        }
    }
    Sheet::new("base_check", columns::BASE_CHECK, rows)
}

/// The first year (by its order) of every term of an agreement in a town.
fn terms(run: &Run, view: &TownView<'_>, agreement: usize) -> Vec<usize> {
    let held = &run.scenario.regime[view.order];
    let starts = |year: &usize| held[*year].agreement == agreement && (*year == 0 || held[*year - 1] != held[*year]);
    (0..held.len().min(run.years())).filter(starts).collect()
}

fn row<'r>(run: &'r Run, view: &TownView<'r>, part: &'r PartLanes, used: UsedBase, year: usize, unit: MoneyUnit) -> Row<'r> {
    let base = value(run, used.amount, year, view.place);
    let years = years_of(used.on, run, view, year);
    let actual = mean(run, view, part, &years);
    let fixed_on = match used.on {
        FixedOn::Given => "given",
        FixedOn::Year(_) => "year",
        FixedOn::Mean(_) => "mean",
        FixedOn::Rolling(_) => "rolling",
    };
    let span = match (years.first(), years.last()) {
        (Some(first), Some(last)) if first != last => format!("{first}-{last}"),
        (Some(first), _) => first.to_string(),
        _ => String::new(),
    };
    vec![
        Cell::key(run.label()),
        Cell::text(view.id.clone()),
        Cell::text(&view.town.name),
        Cell::key(&part.path),
        Cell::Year(run.year(year)),
        Cell::key(fixed_on),
        Cell::Money(base),
        Cell::key(span),
        Cell::or_empty(actual, Cell::Money),
        Cell::or_empty(actual, |actual| Cell::Money(base - actual)),
        Cell::key(unit.symbol()),
    ]
}

/// The years a base is held against: those it was fixed on. One that somebody wrote is held against the year before it
/// applies (bases are approved on the outturn of that year), or the first year where the horizon has none before.
fn years_of(on: FixedOn, run: &Run, view: &TownView<'_>, year: usize) -> Vec<Year> {
    let now = run.year(year);
    let before = |from: Year, years: usize| (from - Year::try_from(years).unwrap_or(0)..from).collect();
    match on {
        FixedOn::Given if year == 0 => vec![now],
        FixedOn::Given => vec![now - 1],
        FixedOn::Year(base) => vec![base],
        FixedOn::Mean(years) => before(run.scenario.regime[view.order][year].since.min(now), years),
        FixedOn::Rolling(years) => before(now, years),
    }
}

/// \[分\] The mean of what county and town share over some years; none when one lies outside the horizon.
fn mean(run: &Run, view: &TownView<'_>, part: &PartLanes, years: &[Year]) -> Option<Fen> {
    let count = i128::try_from(years.len()).ok().filter(|n| *n > 0)?;
    let order = |year: &Year| usize::try_from(year - run.scenario.first_year).ok().filter(|y| *y < run.years());
    let orders = years.iter().map(order).collect::<Option<Vec<usize>>>()?;
    let sum: i128 = orders.into_iter().map(|y| i128::from(run.outcome.fen(part.outturn, y, view.place))).sum();
    Fen::try_from(crate::base::decimal::divide_half_away(sum, count)).ok()
}

#[expect(clippy::cast_possible_truncation, reason = "whole fen")]
fn value(run: &Run, arg: Arg, year: usize, place: usize) -> Fen {
    match arg {
        Arg::Lane(lane) => run.outcome.fen(lane, year, place),
        Arg::Table(table) => run.compiled.plan.tables[table.0 as usize].at(year, place) as Fen,
        Arg::Number(number) => number as Fen,
    }
}
