//! `incentive` 以奖代补: a rate on the growth of what the town brings.

use super::{Given, Sight};
use super::{Look, look};
use crate::base::lang::Words;
use crate::diag::Problems;
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, required},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

/// A rate on growth.
#[derive(Clone, Debug)]
pub struct Incentive {
    rate: Param,
    look: Look,
}

impl Incentive {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("rate", Kind::Value(Quantity::Share), "增量的奖励比例", "share of the growth that is paid"),
        look::MEASURE.or("up", "up"),
        look::OF,
        look::LAG,
        look::BEFORE,
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "incentive",
        name: Words::new("以奖代补（增量奖励）", "incentive (reward on growth)"),
        formula: Words::both("G_t = R(ρ × max(0, M_t − M_{t−1}))"),
        law: Words::new(
            "重点扶持城镇的县得部分返还、增收奖励一类办法（A）；比例由县定（D）",
            "return of the county's part and rewards on growth for supported towns (A); the rate is the county's to set (D)",
        ),
        example: Words::new("上划由 1,000 增至 1,200，奖 20%：40 万元", "sent up 1,000, then 1,200, 20 %: 40"),
        case: "85-incentive",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        Some(Self { rate: values.param("rate")?, look: Look::read(values, Some(super::Measure::Up))? })
    }

    /// What is looked at.
    pub fn check(&self, problems: &mut Problems) {
        self.look.check(problems);
    }

    /// A rate on what M rose.
    pub fn lower(&self, sight: &Sight<'_>, low: &mut Lowering<'_>) -> Given {
        let measure = self.look.lower(sight, low);
        let last = self.look.last_or_same(measure, low);
        let rise = low.excess("rise", "增量", "growth", measure.into(), last.into());
        let rate = low.ratio(&self.rate);
        let name = low.name("amount", "奖励", "reward");
        Given::only(low.plan.amount(name, rise, rate))
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let (rate, look) = (speak.value(&self.rate), self.look.sentence(speak));
        speak.pick(format!("{look}比上年增加部分的{rate}"), format!("{rate} of what {look} rose over last year"))
    }
}
