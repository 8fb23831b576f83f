//! `per_unit` 按因素定额: so much a head, a post, a km², a migrant settled.

use super::{Given, Sight};
use crate::base::lang::Words;
use crate::diag::Problems;
use crate::rules::{
    card::Card,
    count::Per,
    field::{Field, Kind, Quantity, required},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

/// A rate and what it is multiplied by.
#[derive(Clone, Debug)]
pub struct PerUnit {
    per: Per,
    rate: Param,
}

impl PerUnit {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("per", Kind::Count, "按什么计：镇表的列，或 [count] 的键", "what it is counted by: a column of the town table, or a count"),
        required("rate", Kind::Value(Quantity::Money), "每一单位的数额", "amount a unit"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "per_unit",
        name: Words::new("按因素定额（人均、编制、落户人数）", "amount a unit (head, post, settled migrant)"),
        formula: Words::new("G_t = R(计数 × 标准_t)", "G_t = R(count × rate_t)"),
        law: Words::new(
            "按落户人数奖励：中央财政农业转移人口市民化奖励资金管理办法（2022，A）；标准额未查到（D）",
            "reward by migrants settled: 中央财政农业转移人口市民化奖励资金管理办法 (2022, A); the rate was not found (D)",
        ),
        example: Words::new("新落户 120 人，每人 2,000 元：24 万元", "120 people settled, 2,000 yuan each: 240,000 yuan"),
        case: "80-per-unit",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        Some(Self { per: values.per("per")?, rate: values.param("rate")? })
    }

    /// Nothing beyond what the fields say.
    pub fn check(&self, _: &mut Problems) {}

    /// Count times rate.
    pub fn lower(&self, _: &Sight<'_>, low: &mut Lowering<'_>) -> Given {
        let (rate, count) = (low.money(&self.rate), low.count(&self.per, "count"));
        let name = low.name("amount", "转移支付", "transfer");
        Given::only(low.plan.amount(name, rate, count))
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let (by, rate) = (speak.counted(&self.per, &[]), speak.yearly(&self.rate));
        speak.pick(format!("{by}，每一单位{rate}"), format!("{rate} a unit, {by}"))
    }
}
