//! `full` 全额留镇: everything that reaches county and town stays in the town.

use super::{Basket, Shared};
use crate::base::lang::Words;
use crate::diag::Problems;
use crate::rules::{card::Card, field::Field, lowering::Lowering, speak::Speak, values::Values};

/// The town keeps all.
#[derive(Clone, Copy, Debug)]
pub struct Full;

impl Full {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "full",
        name: Words::new("全额留镇", "full retention"),
        formula: Words::both("S = X"),
        law: Words::new(
            "彭州市濛阳镇：土地收益除上交省、成都市外全额留镇（湖南编制网2017-07-30，A）",
            "Mengyang town, Pengzhou: all land income but what goes to the province and Chengdu (湖南编制网 2017-07-30, A)",
        ),
        example: Words::new("X = 1,000 万元：镇 1,000 万元，县 0", "X = 10 million: town 10 million, county nothing"),
        case: "03-full-and-none",
    };

    /// Takes the parameters: none.
    pub fn read(_: &mut Values) -> Option<Self> {
        Some(Self)
    }

    /// Nothing can be wrong.
    pub fn check(&self, _: &mut Problems) {}

    /// X itself.
    pub fn lower(&self, basket: &Basket, _: &mut Lowering<'_>) -> Shared {
        Shared::only(basket.local)
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        speak.pick("全额留镇", "kept by the town in full")
    }
}
