//! `series`: outturns or approved plans year by year; afterwards it goes on growing from the last.

use super::Stream;
use crate::base::lang::Words;
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, optional, required},
    lowering::Lowering,
    param::{Growth, Lives, Param},
    speak::Speak,
    values::Values,
};

/// Amounts by year.
#[derive(Clone, Debug)]
pub struct Series {
    amounts: Param,
}

impl Series {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("amount", Kind::Value(Quantity::SignedMoney), "逐年数额；每年可写 { column = 列名 } 按镇取数", "amounts by year; a year may name a column of the town table"),
        optional("grows_by", Kind::Value(Quantity::Rate), "最后一年以后的增长率", "growth after the last year"),
        optional("grows_with", Kind::Driver, "最后一年以后随之增长的因素", "driver after the last year"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "series",
        name: Words::new("逐年给定", "year by year"),
        formula: Words::new("G_t = 给定数；最后一年 L 以后 G_t = R(G_L × Π(1 + 增速))", "G_t as given; after the last year L: G_t = R(G_L × Π(1 + growth))"),
        law: Words::new(
            "决算或批复的预算，等级随所写的依据；以后的增长率为假定（D）",
            "final accounts or approved budgets, graded by the source written; growth after them is assumed (D)",
        ),
        example: Words::new("2012 年 100、2013 年 120，此后年增 10%：2015 年 145.2", "100 in 2012, 120 in 2013, then 10 % a year: 145.2 in 2015"),
        case: "51-growth",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        let mut amounts = values.param("amount")?;
        let growth = values.growth();
        if growth != Growth::None {
            amounts.growth = growth;
        }
        Some(Self { amounts })
    }

    /// The amounts.
    pub fn lower(&self, low: &mut Lowering<'_>) -> Stream {
        let amounts = low.money(&self.amounts);
        let gross = low.plan.amount(low.name("amount", "全年数额", "year's amount"), amounts, crate::plan::Arg::Number(1.0));
        Stream { gross, lives: vec![Lives::ALL_YEAR; low.plan.years] }
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let amounts = speak.outturns(&self.amounts);
        let path = self.amounts.path.strip_suffix(".amount").unwrap_or(&self.amounts.path);
        let growth = speak.growth(&self.amounts.growth, path);
        let then = if self.amounts.growth == Growth::None { growth } else { speak.pick(format!("以后{growth}"), format!("then {growth}")) };
        speak.pick(format!("逐年给定：{amounts}，{then}"), format!("given year by year: {amounts}, {then}"))
    }
}
