//! Transfers 转移支付: money paid to towns by rule, general or for a purpose.
//!
//! To add a form: a file here, one line in the registry below, and its stage of the year.

mod look;

pub use look::{Look, Measure};

use crate::base::when::Year;
use crate::diag::Problems;
use crate::plan::Lane;
use crate::rules::{card::Card, field::Field, lowering::Lowering, speak::Speak, values::Values};

forms! {
    /// Forms of transfer.
    Giving, giving_forms, Sight<'_> => Given;
    fixed::Fixed,
    per_unit::PerUnit,
    cohort::Cohort,
    project::Project,
    rebate::Rebate,
    base_return::BaseReturn,
    incentive::Incentive,
    competition::Competition,
    matching::Matching,
    pool::Pool,
    guarantee::Guarantee,
}

/// When in the year a transfer is worked out: a later stage sees what the earlier ones gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// What rests on nothing another transfer gives.
    First,
    /// Rewards 奖补.
    Reward,
    /// Pools 均衡性转移支付.
    Pool,
    /// Guarantees 托底.
    Guarantee,
}

impl Stage {
    /// In the order of the year.
    pub const ALL: [Self; 4] = [Self::First, Self::Reward, Self::Pool, Self::Guarantee];
}

/// What a transfer finds when its turn comes.
#[derive(Debug)]
pub struct Sight<'a> {
    /// Sources, in file order.
    pub sources: &'a [SourceSight],
    /// G so far: general retained funds of the agreements and of the stages before.
    pub retained: Lane,
    /// Whether the county pays: a pool or competition is then the county's own.
    pub by_county: bool,
    /// What levies took from a town in the year.
    pub levies: Lane,
    /// Cohorts 批次 of the towns, in the order of the plan.
    pub cohorts: &'a [Option<Year>],
    /// Planned spending by project.
    pub planned: &'a [Planned],
}

/// A source as transfers see it.
#[derive(Clone, Debug)]
pub struct SourceSight {
    /// Its key.
    pub id: String,
    /// Gross.
    pub gross: Lane,
    /// Local part.
    pub local: Lane,
    /// What central, province and city take, where they take anything.
    pub levels: [Option<Lane>; 3],
    /// What the county has of it.
    pub county: Option<Lane>,
    /// What the town has of it.
    pub town: Option<Lane>,
}

/// What a project plans year by year.
#[derive(Clone, Debug)]
pub struct Planned {
    /// Its id.
    pub id: String,
    /// Its town, in the order of the plan.
    pub town: usize,
    /// \[分\] The town's part due by year.
    pub due: Vec<f64>,
}

/// What a transfer gives.
#[derive(Clone, Debug)]
pub struct Given {
    /// \[分\] What the towns receive.
    pub amount: Lane,
    /// \[分\] What the towns send to the payer instead.
    pub back: Option<Lane>,
    /// The projects it may pay for and no others, by id.
    pub only: Option<Vec<String>>,
    /// It is worked out while projects are paid, and passes through no book.
    pub matched: bool,
}

impl Given {
    /// An amount and nothing else.
    #[must_use]
    pub const fn only(amount: Lane) -> Self {
        Self { amount, back: None, only: None, matched: false }
    }
}

impl Giving {
    /// Its stage of the year.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        match self {
            Self::Incentive(_) | Self::Competition(_) => Stage::Reward,
            Self::Pool(_) => Stage::Pool,
            Self::Guarantee(_) => Stage::Guarantee,
            _ => Stage::First,
        }
    }

    /// The projects it names, by id.
    #[must_use]
    pub fn projects(&self) -> &[String] {
        match self {
            Self::Project(form) => form.projects(),
            _ => &[],
        }
    }
}
