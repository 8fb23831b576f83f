//! `unified` 统收统支: the county takes all and pays the town's approved spending.

use super::{Basket, Shared};
use crate::base::lang::Words;
use crate::diag::Problems;
use crate::rules::{card::Card, field::Field, lowering::Lowering, speak::Speak, values::Values};

/// The approved spending of the year.
#[derive(Clone, Copy, Debug)]
pub struct Unified;

impl Unified {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "unified",
        name: Words::new("统收统支（乡财县管下常见）", "unified revenue and spending"),
        formula: Words::new(
            "S = 当年核定支出（镇级经常性支出合计）；结余归县，不足由县补",
            "S = the approved spending of the year (all recurrent lines of the town); a surplus is the county's, a shortfall too",
        ),
        law: Words::new("乡财县管：财预〔2006〕402号（B）", "town finance managed by the county: 财预〔2006〕402号 (B)"),
        example: Words::new(
            "X = 3,000，核定支出 2,850：镇 2,850，县 150 万元；X = 2,000：镇 2,850，其中县补 850",
            "X = 3,000, approved 2,850: town 2,850, county 150; X = 2,000: town 2,850, of which 850 from the county",
        ),
        case: "15-unified",
    };

    /// Takes the parameters: none.
    pub fn read(_: &mut Values) -> Option<Self> {
        Some(Self)
    }

    /// Nothing can be wrong.
    pub fn check(&self, _: &mut Problems) {}

    /// The recurrent spending the town answers for, where the agreement is in force.
    pub fn lower(&self, basket: &Basket, low: &mut Lowering<'_>) -> Shared {
        Shared::only(low.gated_sum(low.name("share", "核定支出", "approved spending"), &[basket.approved]))
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        speak.pick(
            "统收统支：收入归县，按核定的镇级经常性支出拨给镇，结余归县、不足由县补",
            "collected by the county, which pays the town its approved recurrent spending, keeps what is over and tops up what is short",
        )
    }
}
