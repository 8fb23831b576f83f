//! The front between towns and county 县镇之间的取舍: values of levers none of which gives both more.

use super::condition::named;
use super::evaluate::{AT_ONCE, Evaluator};
use super::figures::Figures;
use super::inputs::Input;
use super::measure::{Figure, Measure};
use super::solve::Line;
use super::solve::tables::cell;
use super::subject::Failed;
use super::value::Target;
use super::wrong::Wrong;
use crate::base::amount::MoneyUnit;
use crate::diag::Code;
use crate::measure::cell::{Cell, Column, Row, Sheet, defined, plain};

/// Measures of which less is better.
const LESS_IS_BETTER: [&str; 4] = ["gap", "towns_short", "guarantees_unpaid", "county_years_short"];
/// The most combinations of values.
const MOST_POINTS: usize = 1_000_000;

/// A combination of values.
#[derive(Clone, Debug)]
pub struct Combination {
    /// The values of the levers.
    pub values: Vec<i64>,
    /// The towns' figure and the county's; nothing where it cannot be computed.
    pub figures: Result<[Figure; 2], Failed>,
    /// No other combination is as good in both and better in one.
    pub on_front: bool,
}

/// All combinations, judged.
#[derive(Clone, Debug)]
pub struct Front {
    /// The towns' measure and the county's.
    pub measures: [&'static Measure; 2],
    /// Every combination.
    pub all: Vec<Combination>,
}

/// The two measures of `coverage,county_of_towns`.
///
/// # Errors
/// Not two, or not measures.
pub fn measures(text: &str) -> Result<[&'static Measure; 2], Wrong> {
    match text.split([',', '，']).collect::<Vec<_>>()[..] {
        [towns, county] => Ok([named(towns)?, named(county)?]),
        _ => Err(Wrong::coded(Code::E734, text, "写两个指标，如 coverage,county_of_towns", "write two measures, such as coverage,county_of_towns")),
    }
}

/// The combinations of the values of one or two levers; a lever without a step is divided evenly.
///
/// # Errors
/// No lever or more than two; too many combinations.
pub fn combinations(levers: &[Input]) -> Result<Vec<Vec<i64>>, Wrong> {
    if levers.is_empty() || levers.len() > 2 {
        return Err(Wrong::said("--lever", "取舍看一个或两个政策变量", "the front has one lever or two"));
    }
    let mut all: Vec<Vec<i64>> = vec![Vec::new()];
    for lever in levers {
        let scan = Line::of(lever)?.scan();
        if all.len().saturating_mul(scan.len()) > MOST_POINTS {
            return Err(Wrong::said("--lever", "组合太多，把 step 取大些", "too many combinations: take larger steps"));
        }
        all = all.into_iter().flat_map(|head| scan.iter().map(move |v| head.iter().copied().chain([*v]).collect())).collect();
    }
    Ok(all)
}

impl Front {
    /// Computes and judges all combinations.
    #[must_use]
    pub fn of(evaluator: &Evaluator, combinations: Vec<Vec<i64>>, measures: [&'static Measure; 2]) -> Self {
        let wanted = evaluator.wanted(measures.iter().any(|m| m.by_town), false, None);
        let mut results = Vec::with_capacity(combinations.len());
        combinations.chunks(AT_ONCE).for_each(|some| {
            let figures = |result: Result<Figures, Failed>| result.map(|f| measures.map(|m| (m.of)(&f)));
            results.extend(evaluator.points(&some.concat(), &wanted).into_iter().map(figures));
        });
        let mut all: Vec<Combination> = combinations.into_iter().zip(results).map(|(values, figures)| Combination { values, figures, on_front: false }).collect();
        let goods: Vec<Option<[f64; 2]>> = all.iter().map(|c| good(c, measures)).collect();
        let front = undominated(&goods);
        all.iter_mut().zip(front).for_each(|(c, on_front)| c.on_front = on_front);
        Self { measures, all }
    }

    /// The combinations on the front, the best for the county first.
    #[must_use]
    pub fn best(&self) -> Vec<&Combination> {
        let mut best: Vec<&Combination> = self.all.iter().filter(|c| c.on_front).collect();
        let county = |c: &Combination| good(c, self.measures).map_or(f64::NEG_INFINITY, |g| g[1]);
        best.sort_by(|a, b| county(b).total_cmp(&county(a)));
        best
    }

    /// The table.
    #[must_use]
    pub fn tables(&self, targets: &[Target], unit: MoneyUnit) -> Vec<Sheet<'static>> {
        let text = |c: &Combination, n: usize| Cell::or_empty(targets.get(n).zip(c.values.get(n)), |(target, value)| Cell::text(target.text(*value)));
        let row = |c: &Combination| -> Row<'static> {
            let figure = |n: usize| c.figures.as_ref().map_or(Cell::Empty, |figures| cell(figures[n], self.measures[n].unit));
            let status = c.figures.as_ref().map_or_else(|failed| failed.code.clone(), |_| "ok".to_owned());
            vec![
                text(c, 0),
                text(c, 1),
                Cell::key(status),
                Cell::key(self.measures[0].key),
                figure(0),
                Cell::key(self.measures[1].key),
                figure(1),
                Cell::key(unit.symbol()),
                Cell::Whole(i64::from(c.on_front)),
            ]
        };
        let rows: Vec<Row<'static>> = self.all.iter().map(row).collect();
        vec![Sheet::new("front", FRONT, rows), crate::measure::tables::dictionary(&[("front", FRONT)])]
    }
}

/// `front`: a row a combination.
pub const FRONT: &[Column] = &[
    plain("first", "第一个政策变量", "first lever", ""),
    plain("second", "第二个政策变量", "second lever", ""),
    defined("status", ("状态", "status"), "", ("ok 或错误代码", "ok or the code of the error"), ""),
    plain("towns_measure", "镇的指标", "towns' measure", ""),
    plain("towns", "镇", "towns", ""),
    plain("county_measure", "县的指标", "county's measure", ""),
    plain("county", "县", "county", ""),
    plain("unit", "单位", "unit", ""),
    defined("on_front", ("不被压倒", "on the front"), "", ("1：没有别的取值两头都不差、一头更好", "1: no other combination is as good in both and better in one"), ""),
];

/// Both figures so that more is better; `None` where one is not defined.
fn good(combination: &Combination, measures: [&'static Measure; 2]) -> Option<[f64; 2]> {
    let [towns, county] = combination.figures.as_ref().ok()?;
    let sign = |m: &Measure, x: f64| if LESS_IS_BETTER.contains(&m.key) { -x } else { x };
    Some([sign(measures[0], measures[0].rank(*towns)?), sign(measures[1], measures[1].rank(*county)?)])
}

/// Which of some pairs no other is as good as in both and better in one: sorted by the first, those that raise the second.
fn undominated(goods: &[Option<[f64; 2]>]) -> Vec<bool> {
    let mut order: Vec<(usize, [f64; 2])> = goods.iter().enumerate().filter_map(|(n, good)| Some((n, (*good)?))).collect();
    order.sort_by(|a, b| b.1[0].total_cmp(&a.1[0]).then(b.1[1].total_cmp(&a.1[1])));
    let mut on_front = vec![false; goods.len()];
    let mut best: Option<[f64; 2]> = None;
    for (n, good) in order {
        let better = best.is_none_or(|best| good[1] > best[1] || good == best);
        if better {
            (on_front[n], best) = (true, Some(good));
        }
    }
    on_front
}

#[cfg(test)]
mod tests {
    use super::undominated;

    #[test]
    fn what_gives_both_more_takes_the_others_off_the_front() {
        // (1, 5) and (3, 3) and (5, 1) stand; (2, 3) is worse than (3, 3), (3, 2) too; a twin of (5, 1) stands with it.
        let goods = [[1.0, 5.0], [2.0, 3.0], [3.0, 3.0], [3.0, 2.0], [5.0, 1.0], [5.0, 1.0]].map(Some);
        assert_eq!(undominated(&goods), [true, false, true, false, true, true]);
        assert_eq!(undominated(&[None, Some([0.0, 0.0])]), [false, true]);
    }
}
