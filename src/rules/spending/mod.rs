//! Recurrent spending 经常性支出: what must be paid before anything is built.

use crate::plan::{Arg, Lane};
use crate::rules::{
    field::{Field, Kind, Quantity, optional},
    lowering::Lowering,
    param::Param,
    speak::Speak,
};

/// Keys of a spending line.
pub const FIELDS: &[Field] = &[
    optional("name", Kind::Text, "名称", "name"),
    optional("towns", Kind::Towns, "适用的镇（默认全部）", "towns it applies to (default all)"),
    Field {
        need: crate::rules::field::Need::Required,
        ..optional("class", Kind::Choice(Class::KEYS), "类别：工资、运转、基本民生、还本付息、其他", "class")
    },
    optional("per", Kind::Text, "按哪一列的数计（如“编制”）", "column of the town table it is counted by"),
    optional("cost", Kind::Value(Quantity::Money), "单位成本（与 per 同用）", "unit cost (with per)"),
    optional("amount", Kind::Value(Quantity::Money), "每年数额（不按列计时）", "amount a year (without per)"),
    optional("paid_by", Kind::Choice(&["town", "county"]), "由谁支付（默认镇）", "who pays (default the town)"),
];

/// Class of recurrent spending, in the order it is paid: 三保 first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// 保工资
    Wages,
    /// 保运转
    Operation,
    /// 保基本民生
    Livelihood,
    /// 还本付息
    Debt,
    /// 其他
    Other,
}

impl Class {
    /// In the order they are paid.
    pub const ALL: [Self; 5] = [Self::Wages, Self::Operation, Self::Livelihood, Self::Debt, Self::Other];
    /// The words behind `class =`.
    pub const KEYS: &'static [&'static str] = &["wages", "operation", "livelihood", "debt", "other"];

    /// The word behind `class =`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        Self::KEYS[self as usize]
    }

    /// From its word.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.key() == key)
    }

    /// One of the three guarantees 三保.
    #[must_use]
    pub const fn is_guarantee(self) -> bool {
        matches!(self, Self::Wages | Self::Operation | Self::Livelihood)
    }
}

/// How much a line costs.
#[derive(Clone, Debug)]
pub enum Cost {
    /// A count from the town table times a unit cost.
    Counted {
        /// Count by town, in millionths.
        counts: Vec<i64>,
        /// The unit cost.
        unit: Box<Param>,
        /// The column.
        column: String,
    },
    /// An amount a year.
    Amount(Box<Param>),
}

impl Cost {
    /// `R(count × unit cost)`, or the amount.
    pub fn lower(&self, low: &mut Lowering<'_>) -> Lane {
        let name = low.name("amount", "支出", "spending");
        match self {
            Self::Amount(amount) => {
                let amount = low.money(amount);
                low.plan.amount(name, amount, Arg::Number(1.0))
            }
            Self::Counted { counts, unit, .. } => {
                let unit = low.money(unit);
                let path = format!("{}/count", low.path);
                let order: Vec<usize> = low.towns.iter().map(|(t, _)| *t).collect();
                #[expect(clippy::cast_precision_loss, reason = "counts of millionths stay below 2^53")]
                let count = low.plan.made(&path, crate::plan::table::Shown::Number, |_, t| crate::base::ratio::nudge(counts[order[t]] as f64 / 1e6));
                low.plan.amount(name, unit, count)
            }
        }
    }

    /// The cost in words; `towns` says which towns have the line.
    #[must_use]
    pub fn sentence(&self, towns: &[bool], speak: &Speak<'_>) -> String {
        match self {
            Self::Amount(amount) => speak.pick(format!("每镇{}", speak.yearly(amount)), format!("for each town {}", speak.yearly(amount))),
            Self::Counted { counts, unit, column } => {
                let count: i64 = counts.iter().zip(towns).filter(|(_, has)| **has).map(|(count, _)| *count).sum();
                let (count, column, unit) = (speak.number(count), speak.column(column), speak.yearly(unit));
                speak.pick(format!("{column}共{count}，每一单位{unit}"), format!("{count} {column}, each costing {unit}"))
            }
        }
    }
}
