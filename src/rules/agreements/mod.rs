//! County–town agreements 县镇财政体制: how a basket of sources is shared, and what is remitted afterwards.
//!
//! To add a form: a file here, one line in the registry below. `docs/adding-a-rule.md` walks through one.

mod base;
mod options;

pub use base::{BaseTerms, FixedOn, UsedBase};
pub use options::{Guarantee, Options};

use crate::diag::Problems;
use crate::plan::{Lane, TableId};
use crate::rules::{card::Card, field::Field, lowering::Lowering, speak::Speak, values::Values};

forms! {
    /// Forms that share a basket.
    Sharing, sharing_forms, Basket => Shared;
    ratio::Ratio,
    full::Full,
    none::None,
    base_and_increment::BaseAndIncrement,
    contract::Contract,
    tiers::Tiers,
    unified::Unified,
}

forms! {
    /// Forms that remit (or subsidise) afterwards.
    Remitting, remitting_forms, Kept => Due;
    quota::Quota,
    quota_up::QuotaUp,
    levy::Levy,
}

/// What a sharing form finds on its basket.
#[derive(Clone, Debug)]
pub struct Basket {
    /// X: the local part of its sources where the agreement is in force.
    pub local: Lane,
    /// The same local part in all years, in force or not: what bases are fixed from.
    pub outturn: Lane,
    /// The gross amounts behind it, for shares quoted of gross.
    pub gross: Lane,
    /// The town's recurrent spending approved for the year, computed first.
    pub approved: Lane,
    /// The smallest part of gross that reaches county and town, by year and town (millionths).
    pub local_of_gross: Vec<i64>,
}

/// What a sharing form gives back.
#[derive(Clone, Copy, Debug)]
pub struct Shared {
    /// S: the town's share before options.
    pub share: Lane,
    /// The town's share of what lies above the base, where there is a base.
    pub over: Option<Lane>,
    /// D: a fixed subsidy from the county.
    pub subsidy: Option<TableId>,
    /// U: a fixed remittance due to the county.
    pub remit: Option<TableId>,
    /// The base it is shared by, if there is one.
    pub base: Option<UsedBase>,
}

impl Shared {
    /// A share and nothing else.
    #[must_use]
    pub const fn only(share: Lane) -> Self {
        Self { share, over: None, subsidy: None, remit: None, base: None }
    }
}

/// What a remitting form finds: the entitlement of the part it remits from.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// What the form's amount is figured on: the town's entitlement, or its share above the base.
    pub looked_at: Lane,
    /// X of the part it remits from.
    pub local: Lane,
}

/// What a remitting form gives back.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// \[分\] What is due this year (before arrears).
    pub due: Lane,
    /// Whether it flows from the county to the town instead.
    pub is_subsidy: bool,
    /// Whether what cannot be paid is owed on.
    pub arrears: bool,
    /// What of the looked-at amount is earmarked after the remittance.
    pub earmarked: Option<Lane>,
}

impl Remitting {
    /// The earmark that what remains is put to, if any.
    #[must_use]
    pub fn rest_earmark(&self) -> Option<&str> {
        match self {
            Self::Levy(levy) => levy.rest_earmark(),
            _ => None,
        }
    }
}
