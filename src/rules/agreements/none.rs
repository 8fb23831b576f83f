//! `none` 全额上解: the county keeps everything.

use super::{Basket, Shared};
use crate::base::lang::Words;
use crate::diag::Problems;
use crate::plan::Arg;
use crate::rules::{card::Card, field::Field, lowering::Lowering, speak::Speak, values::Values};

/// The town keeps nothing.
#[derive(Clone, Copy, Debug)]
pub struct None;

impl None {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "none",
        name: Words::new("全额上解", "nothing retained"),
        formula: Words::both("S = 0"),
        law: Words::new("由县集中的收入项目，常见做法（B）", "revenue the county keeps whole, common practice (B)"),
        example: Words::new("X = 1,000 万元：镇 0，县 1,000 万元", "X = 10 million: town nothing, county 10 million"),
        case: "03-full-and-none",
    };

    /// Takes the parameters: none.
    pub fn read(_: &mut Values) -> Option<Self> {
        Some(Self)
    }

    /// Nothing can be wrong.
    pub fn check(&self, _: &mut Problems) {}

    /// Nothing.
    pub fn lower(&self, _: &Basket, low: &mut Lowering<'_>) -> Shared {
        Shared::only(low.plan.amount(low.name("share", "镇级分成", "town's share"), Arg::Number(0.0), Arg::Number(1.0)))
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        speak.pick("全部归县，镇不留", "kept by the county in full")
    }
}
