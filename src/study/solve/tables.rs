//! The tables of a search: every value tried with every measure, and every requirement at every value.

use std::sync::LazyLock;

use super::{Search, Solution};
use crate::base::amount::MoneyUnit;
use crate::measure::cell::{Cell, Column, Row, Sheet, defined, plain};
use crate::study::condition::{Condition, Who};
use crate::study::measure::{self, Figure, Unit};

/// `solve`: a row a value (and a town, where each has its own search).
pub static SOLVE: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let mut columns = vec![
        TOWN,
        VALUE,
        defined("status", ("状态", "status"), "", ("ok 或错误代码", "ok or the code of the error"), ""),
        defined("holds", ("全部满足", "all met"), "", ("1 满足全部要求", "1 where every requirement is met"), ""),
        defined("answer", ("答案", "answer"), "", ("1 求得的值；0 其他", "1 for the value found"), ""),
        defined("nearest", ("最接近", "nearest"), "", ("没有解时 1 为最接近的值", "1 for the value that comes nearest where none is found"), ""),
        defined(
            "worst_shortfall",
            ("最大差额比例", "worst shortfall"),
            "1",
            ("各项要求差额占界限的比例，取最大", "largest shortfall of a requirement as a share of its bound"),
            "max 差额 ÷ 界限",
        ),
        plain("unit", "单位", "unit", ""),
    ];
    columns.extend(measure::ALL.iter().map(|m| plain(m.key, m.words.zh, m.words.en, unit_of(m.unit))));
    columns
});

/// `solve_requirements`: a row a requirement and value.
pub const REQUIREMENTS: &[Column] = &[
    TOWN,
    VALUE,
    plain("measure", "指标", "measure", ""),
    plain("by", "到哪一年", "by", "年"),
    plain("at_least", "至少", "at least", ""),
    plain("at_most", "至多", "at most", ""),
    plain("reached", "达到", "reached", ""),
    plain("missing", "差", "missing", ""),
    plain("holds", "满足", "met", ""),
];

const TOWN: Column = defined("town", ("镇", "town"), "", ("空：各镇合起来的要求", "empty: requirements of all towns together"), "");
const VALUE: Column = defined("value", ("取值", "value"), "", ("写法同 --set", "as written after --set"), "");

const fn unit_of(unit: Unit) -> &'static str {
    match unit {
        Unit::Money => "money",
        Unit::Ratio => "1",
        Unit::Count => "个",
        Unit::Year => "年",
    }
}

/// A figure as a cell.
#[must_use]
pub const fn cell<'r>(figure: Figure, unit: Unit) -> Cell<'r> {
    match (figure, unit) {
        (Figure::None, _) => Cell::Empty,
        (Figure::Whole(fen), Unit::Money) => Cell::Money(fen),
        (Figure::Whole(whole), _) => Cell::Whole(whole),
        (Figure::Ratio(ratio), _) => Cell::Ratio(ratio),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "fen, towns and years are whole")]
const fn number<'r>(number: f64, unit: Unit) -> Cell<'r> {
    match unit {
        Unit::Ratio => Cell::Ratio(number),
        Unit::Money => Cell::Money(number as i64),
        Unit::Count | Unit::Year => Cell::Whole(number as i64),
    }
}

/// Both tables.
#[must_use]
pub fn tables(search: &Search<'_>, solutions: &[Solution], unit: MoneyUnit) -> Vec<Sheet<'static>> {
    let towns = search.towns();
    let town = |who: Who| match who {
        Who::All => Cell::Empty,
        Who::Town(n) => Cell::text(towns.get(n).copied().unwrap_or_default().to_owned()),
    };
    let written = |value: i64| Cell::text(search.input.targets.first().map_or_else(String::new, |target| target.text(value)));
    let (mut values, mut requirements) = (Vec::new(), Vec::new());
    for solution in solutions {
        for value in search.tried() {
            let head = [town(solution.who), written(value)];
            values.push(head.clone().into_iter().chain(of_value(search, solution, value, unit)).collect::<Row<'static>>());
            requirements.extend(search.conditions.iter().map(|c| head.clone().into_iter().chain(of_condition(search, solution.who, value, c)).collect::<Row<'static>>()));
        }
    }
    vec![
        Sheet::new("solve", &SOLVE, values),
        Sheet::new("solve_requirements", REQUIREMENTS, requirements),
        crate::measure::tables::dictionary(&[("solve", &SOLVE), ("solve_requirements", REQUIREMENTS)]),
    ]
}

fn of_value(search: &Search<'_>, solution: &Solution, value: i64, unit: MoneyUnit) -> Row<'static> {
    let flag = |flag: bool| Cell::Whole(i64::from(flag));
    let worst = search.worst(value, solution.who);
    let status = match search.figures(value) {
        Some(Err(failed)) => failed.code.clone(),
        _ => "ok".to_owned(),
    };
    let mut row = vec![Cell::key(status), flag(worst <= 0.0), flag(solution.answer == Some(value)), flag(solution.nearest == Some(value))];
    row.extend([Cell::or_empty(Some(worst).filter(|w| w.is_finite()), Cell::Ratio), Cell::key(unit.symbol())]);
    let figures = search.figures_by(value, None);
    let figure = |m: &measure::Measure| {
        figures.map_or(Cell::Empty, |figures| {
            let own = if let Who::Town(town) = solution.who { &figures.of_town(town) } else { figures };
            cell((m.of)(own), m.unit)
        })
    };
    row.extend(measure::ALL.iter().map(figure));
    row
}

fn of_condition(search: &Search<'_>, who: Who, value: i64, condition: &Condition) -> Row<'static> {
    let unit = condition.measure.unit;
    let bound = |bound: Option<f64>| Cell::or_empty(bound, |b| number(b, unit));
    let reached = search.reached(value, condition, who);
    vec![
        Cell::key(condition.measure.key),
        Cell::or_empty(condition.by, Cell::Year),
        bound(condition.at_least),
        bound(condition.at_most),
        reached.map_or(Cell::Empty, |r| cell(r.figure, unit)),
        reached.filter(|r| r.figure != Figure::None).map_or(Cell::Empty, |r| number(r.missing, unit)),
        Cell::Whole(i64::from(reached.is_some_and(|r| r.missing <= 0.0))),
    ]
}
