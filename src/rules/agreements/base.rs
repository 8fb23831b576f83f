//! The base 基数 shared by several forms: given, of a year, or a mean fixed when the term starts; it may grow 递增.

use super::Basket;
use crate::base::when::Year;
use crate::diag::{Code, Problem};
use crate::plan::{Arg, Lane, table::Shown};
use crate::rules::{
    field::{Field, Kind, Quantity, optional, required},
    lowering::Lowering,
    param::{Growth, Lives, Param},
    speak::Speak,
    values::{Base, Values},
};

/// The base of every year and town, and what it was fixed on: for checking it against what came in 基数核对.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UsedBase {
    /// \[分\] The base.
    pub amount: Arg,
    /// What it was fixed on.
    pub on: FixedOn,
}

/// What a base was fixed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixedOn {
    /// An amount somebody wrote.
    Given,
    /// The local part of a year.
    Year(Year),
    /// The mean of the local part over so many years before the term.
    Mean(usize),
    /// The mean over the years before each year.
    Rolling(usize),
}

/// A base, what came before the first year, and how it grows.
#[derive(Clone, Debug)]
pub struct BaseTerms {
    base: Base,
    history: Option<Param>,
    growth: Growth,
    place: crate::base::place::Place,
    path: String,
}

impl BaseTerms {
    /// The keys every form with a base has.
    pub const BASE: Field = required("base", Kind::Base, "基数：金额，{ year = 年份 }，或 { mean_of = 前几年 }", "base: an amount, { year = … } or { mean_of = … }");
    /// Outturns before the first year.
    pub const HISTORY: Field = optional("history", Kind::Value(Quantity::SignedMoney), "测算期以前各年的地方留成部分", "local part of the basket in years before the first");
    /// Growth at a fixed rate.
    pub const GROWS_BY: Field = optional("grows_by", Kind::Value(Quantity::Rate), "基数每年递增的比率", "yearly growth of the base");
    /// Growth with a driver.
    pub const GROWS_WITH: Field = optional("grows_with", Kind::Driver, "基数随之递增的因素", "driver the base grows with");

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        let (place, path) = (values.place_of("base"), values.path.clone());
        Some(Self { base: values.base("base")?, history: values.param("history"), growth: values.growth(), place, path })
    }

    /// What a form gives back of its base.
    #[must_use]
    pub const fn used(&self, amount: Arg) -> UsedBase {
        let on = match self.base {
            Base::Amount(_) => FixedOn::Given,
            Base::Year(year) => FixedOn::Year(year),
            Base::Mean { years, rolling: false } => FixedOn::Mean(years),
            Base::Mean { years, rolling: true } => FixedOn::Rolling(years),
        };
        UsedBase { amount, on }
    }

    /// The base of every year and town.
    pub fn lower(&self, basket: &Basket, low: &mut Lowering<'_>) -> Arg {
        match &self.base {
            Base::Amount(amount) if self.growth == Growth::None => low.money(amount).into(),
            Base::Amount(amount) => {
                let given = low.money(amount);
                let starts = low.starts();
                self.fixed(given.into(), starts.into(), low)
            }
            Base::Year(year) => self.of_year(*year, basket, low),
            Base::Mean { years, rolling } => {
                let mean = self.mean(*years, basket, low);
                if *rolling {
                    return mean.into();
                }
                let starts = low.starts();
                self.fixed(mean.into(), starts.into(), low)
            }
        }
    }

    /// Set where `sets` says so, carried and grown in between.
    fn fixed(&self, value: Arg, sets: Arg, low: &mut Lowering<'_>) -> Arg {
        let base = low.plan.fen(low.name("base", "基数", "base"));
        let before = low.plan.carry(low.name("base_before", "上年基数", "last year's base"), base, 1, Arg::Number(0.0));
        let grown = if self.growth == Growth::None {
            before
        } else {
            let factor = low.factors(&self.growth);
            low.plan.amount(low.name("base_grown", "递增后的基数", "grown base"), before, factor)
        };
        low.plan.ops.push(crate::plan::Op::Select { out: base, when: sets, yes: value, no: grown.into() });
        base.into()
    }

    fn of_year(&self, year: Year, basket: &Basket, low: &mut Lowering<'_>) -> Arg {
        let order = year - low.first_year;
        let path = format!("{}/base_year", low.path);
        if order < 0 {
            let Some(history) = self.history_at(year, low) else { return Arg::Number(0.0) };
            let sets = low.plan.made(&path, Shown::Flag, |y, _| f64::from(y == 0));
            return self.fixed(history, sets.into(), low);
        }
        let gate = low.gate.clone();
        let too_early = (0..low.plan.towns).any(|t| (0..usize::try_from(order).unwrap_or(0)).any(|y| y < low.plan.years && gate.at(y, t)));
        if too_early || usize::try_from(order).unwrap_or(0) >= low.plan.years {
            low.problems.push(Problem::new(Code::E305, &self.place).with("year", year).with("path", &low.path));
        }
        let sets = low.plan.made(&path, Shown::Flag, |y, _| f64::from(i32::try_from(y).is_ok_and(|y| y == order)));
        self.fixed(basket.outturn.into(), sets.into(), low)
    }

    fn mean(&self, years: usize, basket: &Basket, low: &mut Lowering<'_>) -> Lane {
        let of = (1..=years).map(|lag| self.lagged(lag, basket, low)).collect();
        low.plan.mean(low.name("base_mean", "前几年平均", "mean of the years before"), of)
    }

    /// X as it was `lag` years before; before the first year from `history`.
    fn lagged(&self, lag: usize, basket: &Basket, low: &mut Lowering<'_>) -> Lane {
        let needed = |low: &Lowering<'_>, y: usize, t: usize| y < lag && low.gate.at(y, t);
        let ask = (0..low.plan.years).any(|y| (0..low.plan.towns).any(|t| needed(low, y, t) && (low.gate.starts(y, t) || self.is_rolling())));
        let name = low.name(&format!("local_before_{lag}"), "以前年度地方留成", "local part of an earlier year");
        if !ask {
            return low.plan.carry(name, basket.outturn, lag, Arg::Number(0.0));
        }
        let Some(history) = self.history.clone() else {
            low.problems.push(Problem::new(Code::E305, &self.place).with("year", low.first_year - 1).with("path", &low.path));
            return low.plan.carry(name, basket.outturn, lag, Arg::Number(0.0));
        };
        let values = self.history_table(&history, lag, low);
        low.plan.carry(name, basket.outturn, lag, values)
    }

    const fn is_rolling(&self) -> bool {
        matches!(self.base, Base::Mean { rolling: true, .. })
    }

    /// The year the lag counts from: a fixed base looks back from where its term began, which may lie before the horizon.
    fn asked(&self, low: &Lowering<'_>, y: usize, t: usize) -> Year {
        if y > 0 || self.is_rolling() { low.year(y) } else { low.began(y, t).min(low.year(y)) }
    }

    /// Row y holds the amount of year y − lag.
    #[expect(clippy::cast_precision_loss, reason = "amounts stay below 10^15")]
    fn history_table(&self, history: &Param, lag: usize, low: &mut Lowering<'_>) -> Arg {
        let lag_years = i32::try_from(lag).unwrap_or(i32::MAX);
        let value = |low: &Lowering<'_>, y: usize, t: usize| {
            let asked = self.asked(low, y, t) - lag_years;
            let written = history.days().any(|d| d.year == asked);
            written.then(|| history.at(low.towns[t].0, asked, low.drivers, Lives::ALL_YEAR).ok()).flatten().map(|(v, _)| v as f64)
        };
        for y in 0..lag.min(low.plan.years) {
            for t in 0..low.plan.towns {
                let asked = low.gate.at(y, t) && (low.gate.starts(y, t) || self.is_rolling());
                if asked && value(low, y, t).is_none() {
                    let year = self.asked(low, y, t) - lag_years;
                    low.problems.push(Problem::new(Code::E305, &history.place).with("year", year).with("path", &low.path));
                }
            }
        }
        let rows: Vec<f64> =
            (0..low.plan.years).flat_map(|y| (0..low.plan.towns).map(move |t| (y, t))).map(|(y, t)| if y < lag { value(low, y, t).unwrap_or(0.0) } else { 0.0 }).collect();
        let towns = low.plan.towns;
        let name = format!("{}/history_{lag}", low.path);
        low.plan.made(&name, Shown::Fen, |y, t| rows[y * towns + t]).into()
    }

    #[expect(clippy::cast_precision_loss, reason = "amounts stay below 10^15")]
    fn history_at(&self, year: Year, low: &mut Lowering<'_>) -> Option<Arg> {
        let history = self.history.as_ref().filter(|h| h.days().any(|d| d.year == year));
        let Some(history) = history else {
            low.problems.push(Problem::new(Code::E305, &self.place).with("year", year).with("path", &low.path));
            return None;
        };
        // Each year's base is a published amount: grown year by year to the first year of the horizon, rounded each time.
        let grown = |value: f64| (year + 1..=low.first_year).fold(value, |v, y| (v.abs() * low.drivers.factor(&self.growth, y).to_f64() + 0.5).floor().copysign(v));
        let rows: Vec<f64> = low.towns.iter().map(|(t, _)| history.at(*t, year, low.drivers, Lives::ALL_YEAR).map_or(0.0, |(v, _)| grown(v as f64))).collect();
        let name = format!("{}/history", low.path);
        Some(low.plan.made(&name, Shown::Fen, |_, t| rows[t]).into())
    }

    /// The base in words, and how it grows.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let base = match &self.base {
            Base::Amount(amount) => speak.value(amount),
            Base::Year(year) => speak.pick(format!("{year}年的地方留成部分"), format!("the local part of {year}")),
            Base::Mean { years, rolling: false } => speak.pick(
                format!("起始年以前{years}年地方留成部分的平均数，期内不变"),
                format!("the mean of the local part over the {years} years before the start, fixed for the term"),
            ),
            Base::Mean { years, rolling: true } => {
                speak.pick(format!("前{years}年地方留成部分的平均数，逐年滚动"), format!("the mean of the local part over the last {years} years, rolling"))
            }
        };
        let history = self
            .history
            .as_ref()
            .map_or_else(String::new, |h| speak.pick(format!("（测算期以前：{}）", speak.outturns(h)), format!(" (before the first year: {})", speak.outturns(h))));
        if self.growth == Growth::None {
            return format!("{base}{history}");
        }
        let growth = speak.growth(&self.growth, &self.path);
        speak.pick(format!("{base}{history}，{growth}"), format!("{base}{history}, {growth}"))
    }
}
