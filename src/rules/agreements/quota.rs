//! `quota` 定额上解/定额补助: a fixed amount up, or down.

use super::{Due, Kept};
use crate::base::lang::Words;
use crate::diag::{Code, Problem, Problems};
use crate::plan::Arg;
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, optional},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

/// A dated amount; 专项上解 is the same with its own list of dates.
#[derive(Clone, Debug)]
pub struct Quota {
    amount: Option<Param>,
    is_subsidy: bool,
    place: crate::base::place::Place,
}

impl Quota {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        optional("remit", Kind::Value(Quantity::Money), "定额上解（镇 → 县）", "fixed remittance, town to county"),
        optional("subsidy", Kind::Value(Quantity::Money), "定额补助（县 → 镇）", "fixed subsidy, county to town"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "quota",
        name: Words::new("定额上解、定额补助、专项上解", "fixed remittance or subsidy"),
        formula: Words::new(
            "应上解 = 定额 + 上年欠缴；实缴 = min(应上解, 镇级所得)；不足部分结转为欠缴",
            "due = quota + arrears of last year; paid = min(due, the town's entitlement); what is missing is carried as arrears",
        ),
        law: Words::new("定额上解、定额补助，县镇体制的标准类型（B）", "fixed remittance and fixed subsidy, standard types of county–town system (B)"),
        example: Words::new(
            "定额 1,150，镇级所得 1,000：实缴 1,000，欠缴 150，下年应上解 1,300 万元",
            "quota 1,150, entitlement 1,000: paid 1,000, arrears 150, due next year 1,300",
        ),
        case: "16-quota-arrears",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        let place = values.place.clone();
        let (remit, subsidy) = (values.param("remit"), values.param("subsidy"));
        let both = remit.is_some() == subsidy.is_some();
        let is_subsidy = subsidy.is_some();
        Some(Self { amount: if both { None } else { remit.or(subsidy) }, is_subsidy, place })
    }

    /// Exactly one of the two.
    pub fn check(&self, problems: &mut Problems) {
        if self.amount.is_none() {
            problems.push(Problem::new(Code::E306, &self.place).with("one", "remit").with("other", "subsidy"));
        }
    }

    /// The amount as written.
    pub fn lower(&self, _: &Kept, low: &mut Lowering<'_>) -> Due {
        let table: Arg = self.amount.as_ref().map_or(Arg::Number(0.0), |a| low.money(a).into());
        let words = if self.is_subsidy { ("定额补助", "fixed subsidy") } else { ("定额上解", "fixed remittance") };
        let due = low.plan.amount(low.name("amount", words.0, words.1), table, Arg::Number(1.0));
        Due { due, is_subsidy: self.is_subsidy, arrears: !self.is_subsidy, earmarked: None }
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let amount = self.amount.as_ref().map_or_else(String::new, |a| speak.yearly(a));
        if self.is_subsidy {
            return speak.pick(format!("县定额补助{amount}"), format!("the county adds a fixed subsidy of {amount}"));
        }
        speak.pick(format!("定额上解{amount}，解不足的结转为欠缴"), format!("a fixed remittance of {amount}, what cannot be paid being owed on"))
    }
}
