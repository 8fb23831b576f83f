//! Limits of a pool: in money, a head, against last year.

use std::ops::Bound::Included;

use crate::base::place::Place;
use crate::diag::Problems;
use crate::plan::{Arg, Lane, builder::Name};
use crate::rules::{
    count::Per,
    field::{Field, Kind, Quantity, optional},
    lowering::Lowering,
    only::idle,
    param::Param,
    speak::Speak,
    values::Values,
};

/// Keys of `floor` and `cap`.
pub const FIELDS: &[Field] = &[
    optional("amount", Kind::Value(Quantity::Money), "每镇数额", "amount a town"),
    optional("per_head", Kind::Value(Quantity::Money), "每人数额", "amount a head"),
    optional("of_last_year", Kind::Value(Quantity::Rate), "占上年所得的比例", "part of last year's payment").within(Included(0), Quantity::Rate.range().1),
];

/// \[分\] What no town reaches: an upper limit that does not bind.
const NO_LIMIT: f64 = 1e15;

/// Lower or upper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// 下限
    Floor,
    /// 上限
    Cap,
}

impl Side {
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Floor => ("floor", "下限", "lower limit"),
            Self::Cap => ("cap", "上限", "upper limit"),
        }
    }
}

/// All limits of a pool.
#[derive(Clone, Debug)]
pub struct Limits {
    floor: Limit,
    cap: Limit,
    last_year: Option<Param>,
    /// What heads are counted by.
    pub heads: Option<Per>,
    heads_place: Place,
}

#[derive(Clone, Debug, Default)]
struct Limit {
    amount: Option<Param>,
    per_head: Option<Param>,
    of_last_year: Option<Param>,
}

impl Limits {
    /// Takes `floor`, `cap`, `last_year`, `heads`.
    pub fn read(values: &mut Values) -> Self {
        let mut limit = |key: &str| {
            let table = values.table(key);
            table.map_or_else(Limit::default, |mut v| Limit { amount: v.param("amount"), per_head: v.param("per_head"), of_last_year: v.param("of_last_year") })
        };
        let (floor, cap) = (limit("floor"), limit("cap"));
        let heads_place = values.place_of("heads");
        Self { floor, cap, last_year: values.param("last_year"), heads: values.per("heads"), heads_place }
    }

    /// What is counted by must be limited by: heads by a limit a head, last year's payment by a limit against it.
    pub fn check(&self, path: &str, problems: &mut Problems) {
        let none = |of: fn(&Limit) -> bool| !of(&self.floor) && !of(&self.cap);
        if self.heads.is_some() && none(|l| l.per_head.is_some()) {
            problems.push(idle(&format!("{path}.heads"), &["floor.per_head", "cap.per_head"], &self.heads_place));
        }
        if let Some(last) = self.last_year.as_ref().filter(|_| none(|l| l.of_last_year.is_some())) {
            problems.push(idle(&format!("{path}.last_year"), &["floor.of_last_year", "cap.of_last_year"], &last.place));
        }
    }

    /// A limit a head was written, and not what counts as heads.
    #[must_use]
    pub fn needs_heads(&self) -> bool {
        self.heads.is_none() && (self.floor.per_head.is_some() || self.cap.per_head.is_some())
    }

    const fn of(&self, side: Side) -> &Limit {
        match side {
            Side::Floor => &self.floor,
            Side::Cap => &self.cap,
        }
    }

    /// The highest of the lower limits, or the lowest of the upper ones; `paid` is what the pool pays in the year.
    pub fn lower(&self, side: Side, paid: Lane, low: &mut Lowering<'_>) -> Option<Lane> {
        let limit = self.of(side);
        let mut found: Vec<Lane> = Vec::new();
        if let Some(amount) = &limit.amount {
            let table = low.money(amount);
            found.push(low.plan.amount(name(side, "amount", low), table, Arg::Number(1.0)));
        }
        if let (Some(per_head), Some(heads)) = (&limit.per_head, &self.heads) {
            let (each, count) = (low.money(per_head), low.count(heads, &format!("{}_heads", side.words().0)));
            found.push(low.plan.amount(name(side, "per_head", low), each, count));
        }
        if let Some(part) = &limit.of_last_year {
            found.push(self.of_last_year(side, part, paid, low));
        }
        let mut found = found.into_iter();
        let first = found.next()?;
        Some(found.enumerate().fold(first, |closest, (n, next)| {
            let (lowest, highest) = if side == Side::Floor { (Some(next.into()), None) } else { (None, Some(next.into())) };
            low.plan.clamp(name(side, &format!("all_{n}"), low), closest, lowest, highest)
        }))
    }

    /// A part of last year's payment; in the year the rule starts of what is written, else no limit.
    fn of_last_year(&self, side: Side, part: &Param, paid: Lane, low: &mut Lowering<'_>) -> Lane {
        let (starts, rate) = (low.starts(), low.ratio(part));
        let carried = low.plan.carry(name(side, "last", low), paid, 1, Arg::Number(0.0));
        let opening: Arg = self.last_year.as_ref().map_or(Arg::Number(0.0), |p| low.money(p).into());
        let last = low.plan.select(name(side, "last_known", low), starts, opening, carried);
        let limit = low.plan.amount(name(side, "of_last_year", low), last, rate);
        if side == Side::Floor || self.last_year.is_some() {
            return limit;
        }
        low.plan.select(name(side, "after_first", low), starts, Arg::Number(NO_LIMIT), limit)
    }

    /// In words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> Option<String> {
        let said: Vec<String> = [Side::Floor, Side::Cap].into_iter().filter_map(|side| self.of(side).sentence(side, speak)).collect();
        (!said.is_empty()).then(|| speak.clauses(&said))
    }
}

impl Limit {
    fn sentence(&self, side: Side, speak: &Speak<'_>) -> Option<String> {
        let amount = self.amount.as_ref().map(|p| speak.pick(format!("每镇{}", speak.value(p)), format!("{} a town", speak.value(p))));
        let head = self.per_head.as_ref().map(|p| speak.pick(format!("每人{}", speak.value(p)), format!("{} a head", speak.value(p))));
        let last = self.of_last_year.as_ref().map(|p| speak.pick(format!("上年的{}", speak.value(p)), format!("{} of last year's", speak.value(p))));
        let all: Vec<String> = [amount, head, last].into_iter().flatten().collect();
        let (_, zh, en) = side.words();
        (!all.is_empty()).then(|| speak.pick(format!("{zh}{}", all.join("、")), format!("{en} {}", all.join(", "))))
    }
}

fn name(side: Side, key: &str, low: &Lowering<'_>) -> Name {
    let (prefix, zh, en) = side.words();
    Name { path: format!("{}/{prefix}_{key}", low.path), zh: format!("{}·{zh}", low.owner), en: format!("{}: {en}", low.owner) }
}
