//! `fixed` 定额补助: a dated amount for every town it names.

use super::{Given, Sight};
use crate::base::lang::Words;
use crate::diag::Problems;
use crate::plan::Arg;
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, required},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

/// A dated amount.
#[derive(Clone, Debug)]
pub struct Fixed {
    amount: Param,
}

impl Fixed {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[required("amount", Kind::Value(Quantity::Money), "每镇每年的数额，可递增", "amount a town and year; may grow")];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "fixed",
        name: Words::new("定额转移支付", "fixed transfer"),
        formula: Words::new("G_t = R(数额 × 自其日期起的增长指数)", "G_t = R(amount × index since its date)"),
        law: Words::new(
            "由下达文件定；如成都重点支持小城市每镇每年2,500万元（B）",
            "set by the document that grants it; as in Chengdu's 25 million a year for each small city supported (B)",
        ),
        example: Words::new("2012 年 300 万元，每年增 10%：2014 年 363 万元", "3.00 million in 2012, 10 % a year: 3.63 million in 2014"),
        case: "41-transfers",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        Some(Self { amount: values.param("amount")? })
    }

    /// Nothing beyond what the fields say.
    pub fn check(&self, _: &mut Problems) {}

    /// The amount where the transfer runs.
    pub fn lower(&self, _: &Sight<'_>, low: &mut Lowering<'_>) -> Given {
        let amount = low.money(&self.amount);
        let name = low.name("amount", "转移支付", "transfer");
        Given::only(low.plan.amount(name, amount, Arg::Number(1.0)))
    }

    /// The amount in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        speak.yearly(&self.amount)
    }
}
