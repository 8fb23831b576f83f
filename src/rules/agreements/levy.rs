//! `levy` 超额集中: a share of what lies above a threshold goes to a county pool.

use super::{Due, Kept};
use crate::base::lang::Words;
use crate::diag::Problems;
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, optional, required},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

/// A threshold and a rate.
#[derive(Clone, Debug)]
pub struct Levy {
    above: Param,
    rate: Param,
    rest_earmark: Option<String>,
}

impl Levy {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("above", Kind::Value(Quantity::Money), "起征额：其上的部分才集中", "only what lies above this is levied"),
        required("rate", Kind::Value(Quantity::Share), "集中比例", "rate of the levy"),
        optional("rest_earmark", Kind::Name("earmark"), "其余超出部分列为何种专项", "earmark of what remains above the threshold"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "levy",
        name: Words::new("超额集中（县级调剂金）", "levy into a county pool"),
        formula: Words::new(
            "集中 = R(ρ·max(0, Y − 起征额))；Y = kept（镇级所得）或 over（超基数部分）；不结转欠缴",
            "levy = R(ρ·max(0, Y − above)); Y = kept (the town's entitlement) or over (its share above the base); no arrears",
        ),
        law: Words::new(
            "某县级市2009—2013年镇乡财政体制：超基数100万元以上部分集中15%，其余85%作项目资金（A）",
            "town system of a county-level city, 2009–2013: 15 % of what lies more than 1 million above the base, the other 85 % is project money (A)",
        ),
        example: Words::new("超基数 500，起征 100，15%：集中 60，其余 340 作项目资金", "excess 500, threshold 100, 15 %: levy 60, the other 340 is project money"),
        case: "20-levy",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        Some(Self { above: values.param("above")?, rate: values.param("rate")?, rest_earmark: values.text("rest_earmark") })
    }

    /// Nothing beyond what the fields say.
    pub fn check(&self, _: &mut Problems) {}

    /// The earmark of the rest, by its id.
    #[must_use]
    pub fn rest_earmark(&self) -> Option<&str> {
        self.rest_earmark.as_deref()
    }

    /// A rate on what lies above.
    pub fn lower(&self, kept: &Kept, low: &mut Lowering<'_>) -> Due {
        let (above, rate) = (low.money(&self.above), low.ratio(&self.rate));
        let excess = low.excess("above", "起征额以上部分", "part above the threshold", kept.looked_at.into(), above.into());
        let due = low.plan.amount(low.name("amount", "集中额", "levy"), excess, rate);
        let earmarked = self.rest_earmark.is_some().then(|| low.plan.sum(low.name("rest", "其余列专项", "earmarked rest"), &[excess], &[due]));
        Due { due, is_subsidy: false, arrears: false, earmarked }
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let (above, rate) = (speak.value(&self.above), speak.value(&self.rate));
        let rest = self.rest_earmark.as_ref().map_or_else(String::new, |e| {
            speak.pick(format!("，超出的其余部分列为{}", speak.earmark(e)), format!(", and the rest of what lies above becomes {}", speak.earmark(e)))
        });
        speak.pick(format!("超过{above}的部分由县集中{rate}{rest}"), format!("the county levies {rate} on what lies above {above}{rest}"))
    }
}
