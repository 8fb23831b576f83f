//! What a line costs: a count times a unit cost, or an amount a year.

use crate::plan::{Arg, Lane};
use crate::rules::{count::Per, lowering::Lowering, param::Param, speak::Speak};

/// How much a line costs.
#[derive(Clone, Debug)]
pub enum Cost {
    /// A count times a unit cost.
    Counted {
        /// What it is counted by.
        per: Per,
        /// The unit cost.
        unit: Box<Param>,
    },
    /// An amount a year.
    Amount(Box<Param>),
}

impl Cost {
    /// `R(count × unit cost)`, or the amount; nothing where the line is not in force.
    pub fn lower(&self, low: &mut Lowering<'_>) -> Lane {
        let name = low.name("amount", "支出", "spending");
        match self {
            Self::Amount(amount) => {
                let amount = low.money(amount);
                low.plan.amount(name, amount, Arg::Number(1.0))
            }
            Self::Counted { per, unit } => {
                let (unit, count) = (low.money(unit), low.count(per, "count"));
                low.plan.amount(name, unit, count)
            }
        }
    }

    /// The cost in words; `towns` says which towns have the line.
    #[must_use]
    pub fn sentence(&self, towns: &[bool], speak: &Speak<'_>) -> String {
        match self {
            Self::Amount(amount) => speak.pick(format!("每镇{}", speak.yearly(amount)), format!("for each town {}", speak.yearly(amount))),
            Self::Counted { per, unit } => {
                let (counted, unit) = (speak.counted(per, towns), speak.yearly(unit));
                speak.pick(format!("{counted}，每一单位{unit}"), format!("{counted}, each costing {unit}"))
            }
        }
    }
}
