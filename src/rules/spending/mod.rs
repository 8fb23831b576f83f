//! Recurrent spending 经常性支出: what must be paid before anything is built.

mod cost;
mod function;
mod level;

pub use cost::Cost;
pub use function::{Function, PUBLIC_SERVICES, PublicServices};
pub use level::{Level, Purchase};

use crate::base::lang::Words;
use crate::rules::card::Card;
use crate::rules::field::{Field, Kind, Quantity, optional, required};

/// Keys of a spending line.
pub const FIELDS: &[Field] = &[
    optional("name", Kind::Text, "名称", "name"),
    optional("towns", Kind::Towns, "适用的镇（默认全部）", "towns it applies to (default all)"),
    required("class", Kind::Choice(Class::KEYS), "类别：工资、运转、基本民生、还本付息、其他", "class"),
    optional("per", Kind::Text, "按哪一列或哪个计数计（如“编制”）", "column of the town table, or count, it is counted by"),
    optional("cost", Kind::Value(Quantity::Money), "单位成本（与 per 同用）", "unit cost (with per)"),
    optional("amount", Kind::Value(Quantity::Money), "每年数额（不按列计时）", "amount a year (without per)"),
    optional("paid_by", Kind::Choice(&["town", "county", "city", "province"]), "由谁支付（默认镇）", "who pays (default the town)"),
    optional("ramp", Kind::Levels, "起始各年的水平：第一年、第二年……，最后一个一直有效（须写 from）", "level in the 1st, 2nd, … year since from; the last holds on (needs from)"),
    optional("contracted_out", Kind::Value(Quantity::Share), "购买服务的比重（与 saving 同用）", "share bought from outside 购买服务 (with saving)"),
    optional("saving", Kind::Value(Quantity::Share), "购买服务节省的比例（与 contracted_out 同用）", "what buying saves (with contracted_out)"),
    optional("function", Kind::Choice(Function::KEYS), "功能分类", "functional class"),
];

/// How the line is called that no user writes: what finished projects cost every year.
pub const UPKEEP: Words = Words::new("已建项目管护", "upkeep of finished projects");

/// What the reference pages print.
pub const CARD: Card = Card {
    kind: "spending",
    name: Words::new("经常性支出", "recurrent spending"),
    formula: Words::new(
        "每年 R(计数 × 单位成本)，或给定数额；依次付工资、运转、基本民生、还本付息、其他",
        "yearly R(count × unit cost), or an amount; wages, operation, basic livelihood, debt service, other are paid in this order",
    ),
    law: Words::new(
        "“三保”优先：预算法第三十七条（A）；三保之内的先后为通行做法（B）",
        "the three guarantees first: Budget Law 预算法 art. 37 (A); the order among them is common practice (B)",
    ),
    example: Words::new("编制 20 人，每人 4 万元：80 万元", "20 posts at 40,000 yuan: 800,000 yuan"),
    case: "53-three-guarantees",
};

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
