//! The columns of the tables of a sweep, in order: headings, types and the dictionary all come from here.

use serde::{Deserialize, Serialize};

use super::measure::Unit;
use super::rows::Rows;
use super::spread::QUANTILES;
use super::value::Target;
use crate::measure::typed::{Kind, Typed};
use crate::rules::field::Quantity;

/// The columns of each table; none where a table is not written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// One row a point.
    pub points: Vec<Typed>,
    /// One row a point and town.
    pub points_towns: Vec<Typed>,
    /// One row a town and year, and a combination of levers where draws are crossed with them.
    pub quantiles: Vec<Typed>,
}

/// The names of the tables.
pub const TABLES: [&str; 3] = ["points", "points_towns", "quantiles"];

impl Columns {
    /// The columns of a sweep.
    #[must_use]
    pub fn of(rows: &Rows, by_town: bool, by_year: bool) -> Self {
        let only = |wanted: bool, columns: fn(&Rows) -> Vec<Typed>| if wanted { columns(rows) } else { Vec::new() };
        Self { points: points(rows), points_towns: only(by_town, towns), quantiles: only(by_year, quantiles) }
    }

    /// The tables in order, with their columns.
    #[must_use]
    pub fn tables(&self) -> [(&'static str, &[Typed]); 3] {
        let [points, towns, quantiles] = TABLES;
        [(points, &self.points), (towns, &self.points_towns), (quantiles, &self.quantiles)]
    }
}

fn points(rows: &Rows) -> Vec<Typed> {
    let mut columns = vec![
        Typed::new("point", Kind::Whole, "", "点的序号（从 0 起）", "number of the point from 0"),
        Typed::new("status", Kind::Text, "", "ok 或错误代码", "ok or the code of the error"),
        Typed::new("message", Kind::Text, "", "不能计算的原因", "why it cannot be computed"),
    ];
    for (column, target) in rows.inputs.iter().zip(&rows.targets) {
        columns.push(input(column, target, rows));
    }
    for measure in &rows.measures {
        let (kind, unit) = match measure.unit {
            Unit::Money => (Kind::Number, rows.unit.symbol()),
            Unit::Ratio => (Kind::Number, ""),
            Unit::Count => (Kind::Whole, "个"),
            Unit::Year => (Kind::Year, "年"),
        };
        columns.push(Typed::new(measure.key, kind, unit, measure.words.zh, measure.words.en));
    }
    columns
}

/// The column of a number of a point.
fn input(column: &str, target: &Target, rows: &Rows) -> Typed {
    let path = target.paths().replace([',', '"'], " ");
    Typed::new(column, kind(target), input_unit(target, rows), &format!("取值：{path}"), &format!("value of {path}"))
}

/// What a value is written as.
fn kind(target: &Target) -> Kind {
    if target.words.is_empty() && !matches!(target.quantity, Quantity::Word(_)) { Kind::Number } else { Kind::Text }
}

/// The unit a value is written in.
fn input_unit(target: &Target, rows: &Rows) -> &'static str {
    match target.quantity {
        _ if kind(target) == Kind::Text => "",
        Quantity::Money | Quantity::SignedMoney => rows.unit.symbol(),
        Quantity::MoneyPerMu => "元/亩",
        Quantity::MoneyPerSquareMetre => "元/平方米",
        Quantity::Area => "亩",
        _ => "",
    }
}

fn town() -> Typed {
    Typed::new("town_id", Kind::Text, "", "镇", "town with its county")
}

fn towns(rows: &Rows) -> Vec<Typed> {
    let money = |key, zh, en| Typed::new(key, Kind::Number, rows.unit.symbol(), zh, en);
    vec![
        Typed::new("point", Kind::Whole, "", "点的序号（从 0 起）", "number of the point from 0"),
        town(),
        Typed::new("town", Kind::Text, "", "镇名", "name of the town"),
        money("retained", "留存财力", "retained funds"),
        money("planned", "计划项目支出", "planned"),
        money("paid", "已付", "paid"),
        money("gap", "缺口", "gap"),
        Typed::new("coverage", Kind::Number, "", "项目资金保障率", "coverage"),
        Typed::new("first_shortfall", Kind::Year, "年", "首次不足年份", "first year short"),
    ]
}

fn quantiles(rows: &Rows) -> Vec<Typed> {
    let share = |key, zh, en| Typed::new(key, Kind::Number, "", zh, en);
    let mut columns: Vec<Typed> = rows.inputs.iter().zip(&rows.targets).take(rows.mixed).map(|(column, target)| input(column, target, rows)).collect();
    columns.extend([
        town(),
        Typed::new("year", Kind::Year, "年", "年份", "year"),
        Typed::new("measure", Kind::Text, "", "指标", "measure"),
        Typed::new("n", Kind::Whole, "个", "点数", "number of points"),
    ]);
    columns.extend(QUANTILES.map(|(name, _)| Typed::new(name, Kind::Number, rows.unit.symbol(), "缺口的分位数", "quantile of the gap")));
    columns.push(share("prob_shortfall", "出现缺口的点所占比例", "share of points with a gap"));
    columns.push(share("prob_low", "其 95% 区间下端", "lower end of its 95% interval"));
    columns.push(share("prob_high", "其 95% 区间上端", "upper end of its 95% interval"));
    columns
}
