//! `concession` 特许经营、国有资本收益: a rate on what an operator turns over, with a minimum.

use super::Stream;
use crate::base::lang::Words;
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, optional, required},
    lowering::Lowering,
    param::{Lives, Param},
    speak::Speak,
    values::Values,
};

/// A rate on turnover, and what is due at least.
#[derive(Clone, Debug)]
pub struct Concession {
    turnover: Param,
    rate: Param,
    minimum: Option<Param>,
}

impl Concession {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("turnover", Kind::Value(Quantity::Money), "经营者的营业额（国有资本收益则为净利润）", "what the operator turns over (or a state firm's profit)"),
        required("rate", Kind::Value(Quantity::Share), "按营业额上交的比例", "rate on the turnover"),
        optional("minimum", Kind::Value(Quantity::Money), "保底数", "what is due at least"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "concession",
        name: Words::new("特许经营、国有资本收益", "concession, income from state capital"),
        formula: Words::new("G_t = max(保底_t, R(比例_t × 营业额_t))", "G_t = max(minimum_t, R(rate_t × turnover_t))"),
        law: Words::new("比例和保底依特许经营协议、国有资本收益上交办法（D）", "rate and minimum as the concession agreement or the rule on state capital returns says (D)"),
        example: Words::new("营业额 400、10%、保底 50 万元：50；营业额 600：60", "turnover 4.00 million, 10 %, minimum 0.50: 0.50; turnover 6.00: 0.60"),
        case: "70-concession",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        Some(Self { turnover: values.param("turnover")?, rate: values.param("rate")?, minimum: values.param("minimum") })
    }

    /// The rate, and the minimum where it is more.
    pub fn lower(&self, low: &mut Lowering<'_>) -> Stream {
        let (turnover, rate) = (low.money(&self.turnover), low.ratio(&self.rate));
        let by_rate = low.plan.amount(low.name("amount", "全年数额", "year's amount"), turnover, rate);
        let gross = match &self.minimum {
            None => by_rate,
            Some(minimum) => {
                let minimum = low.money(minimum);
                low.plan.clamp(low.name("at_least", "不低于保底", "at least the minimum"), by_rate, Some(minimum.into()), None)
            }
        };
        Stream { gross, lives: vec![Lives::ALL_YEAR; low.plan.years] }
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let (turnover, rate) = (speak.value(&self.turnover), speak.value(&self.rate));
        let minimum = self.minimum.as_ref().map_or_else(String::new, |m| speak.pick(format!("每年不少于{}", speak.value(m)), format!("no less than {} a year", speak.value(m))));
        speak.clauses(&[speak.pick(format!("按营业额上交，比例为{rate}；营业额{turnover}"), format!("{rate} of turnover; turnover {turnover}")), minimum])
    }
}
