//! A rolling estimate 预计全年 as a table and in words: what came in, what is still expected, beside the projection.

use super::Run;
use super::cell::{Cell, Column, Sheet, defined, plain};
use super::columns::{TOWN, TOWN_ID, UNIT, YEAR};
use super::tables::unit;
use crate::base::{amount::Fen, lang::Lang, when::Year};
use crate::scenario::Rolling;

/// The months of a year.
const MONTHS: u32 = 12;

/// \[分\] A town's source in a year, collected in part or in whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// The town, by its order.
    pub town: usize,
    /// The source, by its order.
    pub source: usize,
    /// The year.
    pub year: Year,
    /// The last month collected; 12 is the whole year.
    pub months: u32,
    /// Gross collected up to then.
    pub collected: Fen,
    /// Expected for the rest of the year.
    pub rest: Fen,
    /// The rest is the projection × the part of last year that came after the month; else × the months left.
    pub by_last_year: bool,
    /// What was projected for the whole year.
    pub projected: Fen,
}

impl Estimate {
    /// \[分\] The whole year 预计全年.
    #[must_use]
    pub const fn estimate(&self) -> Fen {
        self.collected + self.rest
    }
}

/// The columns of `outturn.csv`.
pub const OUTTURN: &[Column] = &[
    TOWN_ID,
    TOWN,
    YEAR,
    plain("item_id", "项目键", "item id", ""),
    plain("item", "收入", "source", ""),
    defined("months", ("入库到几月", "months in"), "", ("12 为全年决算数，小于 12 为部分月份", "12 is a whole year's outturn, less is part of a year"), ""),
    defined("collected", ("已入库总额", "gross collected"), "money", ("当年已经入库的各级合计总额", "the total of all levels collected so far"), ""),
    defined("rest", ("以后各月预计", "expected for the rest"), "money", ("测算的全年数 × 剩余部分", "the year as projected × the part that is left"), "projected × part"),
    defined(
        "rest_by",
        ("剩余部分按", "part left by"),
        "",
        ("last_year 上年同期以后所占比重、time 剩余月份÷12、空 全年已有", "last_year: the part of last year after the month; time: months left ÷ 12; empty: the year is whole"),
        "",
    ),
    defined("estimate", ("预计全年", "rolling estimate"), "money", ("已入库 + 以后各月预计", "collected + expected"), "collected + rest"),
    defined("projected", ("测算总额", "projected gross"), "money", ("测算的各级合计总额", "the projected total of all levels"), ""),
    UNIT,
];

/// The table; towns and sources are those of the run.
#[must_use]
pub fn table<'r>(run: &'r Run, rows: &'r [Estimate]) -> Sheet<'r> {
    let row = move |e: &'r Estimate| {
        let (town, source) = (&run.scenario.towns[e.town], &run.scenario.sources[e.source]);
        let by = match (e.months == MONTHS, e.by_last_year) {
            (true, _) => "",
            (false, true) => "last_year",
            (false, false) => "time",
        };
        let mut row = vec![Cell::text(town.id()), Cell::text(&town.name), Cell::Year(e.year), Cell::key(format!("source.{}", source.id)), Cell::text(&source.name)];
        row.extend([Cell::key(e.months.to_string()), Cell::Money(e.collected), Cell::Money(e.rest), Cell::key(by), Cell::Money(e.estimate()), Cell::Money(e.projected), unit(run)]);
        row
    };
    Sheet::new("outturn", OUTTURN, rows.iter().map(row))
}

/// What stands behind a headline: that a year is an estimate, and of what.
#[must_use]
pub fn mark(rolling: Rolling, lang: Lang) -> String {
    let Rolling { year, months } = rolling;
    match (months == MONTHS, lang) {
        (true, Lang::Zh) => format!("（{year} 年及以前有决算数的用决算数）"),
        (true, Lang::En) => format!(" (outturns are used up to {year})"),
        (false, Lang::Zh) => format!("（{year} 年为预计全年：1—{months} 月入库数加以后各月的测算）"),
        (false, Lang::En) => format!(" ({year} is a rolling estimate: {months} months collected, the rest projected)"),
    }
}

/// What marks the rows of every table: `+rolling2016m09`; a whole year of outturns is `+outturn2016`.
#[must_use]
pub fn label(rolling: Rolling) -> String {
    let Rolling { year, months } = rolling;
    if months == MONTHS { format!("+outturn{year}") } else { format!("+rolling{year}m{months:02}") }
}
