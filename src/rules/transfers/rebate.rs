//! `rebate` 税收返还: grows with part of the growth of what is sent up, falls when that falls, and may be frozen.

use super::{Given, Sight};
use super::{Look, Measure, look};
use crate::base::lang::Words;
use crate::base::when::Year;
use crate::diag::Problems;
use crate::plan::{Arg, Lane, table::Shown};
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, optional, required},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

/// A rebate and what it follows.
#[derive(Clone, Debug)]
pub struct Rebate {
    amount: Param,
    rate: Param,
    look: Look,
    frozen: Option<Year>,
}

impl Rebate {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("amount", Kind::Value(Quantity::Money), "起始年（写了 before 则为上一年）的返还额", "rebate of the first year (of the year before it where before is written)"),
        required("rate", Kind::Value(Quantity::Share), "增长系数，如 30%", "part of the growth that counts, such as 30 %"),
        optional("frozen", Kind::Year, "自哪年起固定不变", "the year from which it stays as it is"),
        look::MEASURE.or("central", "central"),
        look::OF,
        look::LAG,
        look::BEFORE,
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "rebate",
        name: Words::new("税收返还（1∶0.3 递增）", "tax rebate (1 : 0.3)"),
        formula: Words::new(
            "M_t ≥ M_{t−1}：R_t = R_{t−1} + R(系数·R_{t−1}) × (M_t − M_{t−1}) ÷ M_{t−1}；M_t < M_{t−1}：max(0, R_{t−1} − (M_{t−1} − M_t))；固定后 R_t = R_{t−1}",
            "M_t ≥ M_{t−1}: R_t = R_{t−1} + R(rate·R_{t−1}) × (M_t − M_{t−1}) ÷ M_{t−1}; M_t < M_{t−1}: max(0, R_{t−1} − (M_{t−1} − M_t)); once frozen R_t = R_{t−1}",
        ),
        law: Words::new(
            "国发〔1993〕85号；川府发〔2000〕4号（A）；2016年起固定：国发〔2016〕71号（B）",
            "国发〔1993〕85号; 川府发〔2000〕4号 (A); frozen from 2016: 国发〔2016〕71号 (B)",
        ),
        example: Words::new("上年返还 100，上划增长 10%：返还 103 万元", "rebate 100 last year, sent up 10 % more: 103"),
        case: "83-rebate",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        let frozen = values.year("frozen");
        Some(Self { amount: values.param("amount")?, rate: values.param("rate")?, look: Look::read(values, Some(Measure::Central))?, frozen })
    }

    /// What is looked at.
    pub fn check(&self, problems: &mut Problems) {
        self.look.check(problems);
    }

    /// Last year's rebate, grown or cut.
    pub fn lower(&self, sight: &Sight<'_>, low: &mut Lowering<'_>) -> Given {
        let measure = self.look.lower(sight, low);
        let starts = low.starts();
        let out = low.plan.fen(low.name("amount", "税收返还", "rebate"));
        let (amount, rate) = (low.money(&self.amount), low.ratio(&self.rate));
        let carried = low.plan.carry(low.name("carried", "上年返还", "last year's rebate"), out, 1, Arg::Number(0.0));
        let before = low.plan.select(low.name("before", "返还基数", "rebate before growth"), starts, amount, carried);
        let last = self.last(measure, low);
        let grown = grown(measure, last, before, rate.into(), low);
        let in_force = low.in_force();
        low.plan.ops.push(crate::plan::Op::Select { out, when: in_force.into(), yes: grown.into(), no: Arg::Number(0.0) });
        Given::only(out)
    }

    /// M₋₁: in the year it starts what is written, or M itself: no growth yet. Nor any once it is frozen.
    fn last(&self, measure: Lane, low: &mut Lowering<'_>) -> Lane {
        let last = self.look.last(measure, low);
        let first: Arg = self.look.before.as_ref().map_or(measure.into(), |p| low.money(p).into());
        let starts = low.starts();
        let last = low.plan.select(low.name("measure_last", "上年数", "last year's figure"), starts, first, last);
        let Some(frozen) = self.frozen else { return last };
        let (path, first_year) = (format!("{}/frozen", low.path), low.first_year);
        let flag = low.plan.made(&path, Shown::Flag, |y, _| f64::from(first_year + Year::try_from(y).unwrap_or(0) >= frozen));
        low.plan.select(low.name("measure_compared", "比较的上年数", "last year's figure compared with"), flag, measure, last)
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let (amount, rate, look) = (speak.value(&self.amount), speak.value(&self.rate), self.look.sentence(speak));
        let frozen = self.frozen.map_or_else(String::new, |y| speak.pick(format!("；{y}年起固定"), format!("; fixed from {y} on")));
        speak.pick(
            format!("返还基数{amount}，每年按{look}增幅的{rate}递增，上划减少则照减{frozen}"),
            format!("a rebate of {amount}, growing by {rate} of the growth of {look}, cut by what that falls{frozen}"),
        )
    }
}

/// `R₋₁ + R(rate·R₋₁) × (M − M₋₁) ÷ M₋₁`, or less what M fell, not below nothing.
fn grown(measure: Lane, last: Lane, before: Lane, rate: Arg, low: &mut Lowering<'_>) -> Lane {
    let up = low.excess("rise", "上划增加", "rise of what is sent up", measure.into(), last.into());
    let down = low.excess("fall", "上划减少", "fall of what is sent up", last.into(), measure.into());
    let part = low.plan.amount(low.name("part", "系数部分", "part that grows"), before, rate);
    let base = low.plan.clamp(low.name("base", "比较基数（不为负）", "base of comparison"), last, Some(Arg::Number(0.0)), None);
    let growth = low.plan.prorate(low.name("growth", "递增额", "growth"), part, up, base, Arg::Number(0.0));
    let raw = low.plan.sum(low.name("raw", "增减后", "grown or cut"), &[before, growth], &[down]);
    low.plan.clamp(low.name("grown", "增减后（不为负）", "grown or cut, not below nothing"), raw, Some(Arg::Number(0.0)), None)
}
