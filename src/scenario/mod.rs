//! A scenario, valid by construction: every name resolved, every value within its range, every town under one agreement.

mod county;
mod moving;
mod project;
mod spending;
pub mod study;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use county::CountyAccount;
pub use moving::{CapitalFeedback, Enclave, Feedback, FirmMove, StateCapital};
pub use project::{Funding, Project};
pub use spending::{OnLent, Spending};

use crate::base::{
    amount::{Fen, MoneyUnit},
    lang::Lang,
    place::{Files, Place},
    when::Year,
};
use crate::plan::projects::Mode;
use crate::rules::{
    agreements::{Options, Remitting, Sharing},
    budget::Budget,
    param::{Drivers, Leaves, Param, Provenance},
    sources,
    span::Span,
    spending::PublicServices,
    transfers::Giving,
    values::{Look, PartRef},
};

/// Everything a run needs; made by `check`, read by `compile`.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The name of the folder: what outputs are called after.
    pub id: String,
    /// Its title.
    pub name: String,
    /// The variant laid over it, if any.
    pub variant: Option<Variant>,
    /// First year of the horizon.
    pub first_year: Year,
    /// Last year of the horizon.
    pub last_year: Year,
    /// The year of the amounts in the town table.
    pub base_year: Year,
    /// The unit of files and tables.
    pub unit: MoneyUnit,
    /// The language it answers in.
    pub lang: Lang,
    /// Growth of the drivers.
    pub drivers: Drivers,
    /// Towns, in file order.
    pub towns: Vec<Town>,
    /// Sources, in file order.
    pub sources: Vec<Source>,
    /// Upper levels, in the order they take.
    pub uppers: Vec<Upper>,
    /// Agreements, in file order.
    pub agreements: Vec<Agreement>,
    /// Which agreement holds: `regime[town][year]`, by its order.
    pub regime: Vec<Vec<Held>>,
    /// Counts 计数, in file order.
    pub counts: Vec<Count>,
    /// Transfers.
    pub transfers: Vec<Transfer>,
    /// Recurrent spending.
    pub spending: Vec<Spending>,
    /// On-lent special bonds, in the order they are served.
    pub bonds: Vec<OnLent>,
    /// Reserve, stabilisation fund, transfer-in, ladder, carry-over.
    pub budget: Budget,
    /// What counts as public services, if written.
    pub public_services: Option<PublicServices>,
    /// Earmarks 专项, in the order they pay.
    pub earmarks: Vec<Earmark>,
    /// Projects, in file order.
    pub projects: Vec<Project>,
    /// How projects are paid.
    pub mode: Mode,
    /// The county's own account.
    pub county: Option<CountyAccount>,
    /// Opening balances.
    pub opening: Opening,
    /// Firms that move, in file order.
    pub moves: Vec<FirmMove>,
    /// Enclaves, in file order.
    pub enclaves: Vec<Enclave>,
    /// What leaves the state capital book.
    pub state_capital: Option<StateCapital>,
    /// What feeds back into later years.
    pub feedback: Feedback,
    /// A table of towns, counties or projects is marked as made up 示意数据.
    pub illustrative: bool,
    /// What is declared for studies.
    pub studies: study::Studies,
    /// Every value a user wrote.
    pub leaves: Leaves,
    /// Outturns and a rolling estimate in place of the projection, if a run asks for them.
    pub rolling: Option<Rolling>,
    /// The files it was read from.
    pub files: Files,
}

impl Scenario {
    /// The agreement that holds for a town in a year (by their order); none in a scenario without sources.
    #[must_use]
    pub fn agreement_of(&self, town: usize, year: usize) -> Option<&Agreement> {
        self.regime.get(town)?.get(year).and_then(|held| self.agreements.get(held.agreement))
    }

    /// Whether anything that is computed feeds back into later years: every output says so.
    #[must_use]
    pub const fn feedback_on(&self) -> bool {
        self.feedback.is_on()
    }
}

/// The agreement that holds for a town in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which, by its order.
    pub agreement: usize,
    /// The year in which its term began; a renewed term begins anew.
    pub since: Year,
}

/// What is laid over a scenario 方案: one variant, or a stack of them.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its file name without `.toml`; of a stack `a+b`.
    pub id: String,
    /// Its title.
    pub name: String,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// A town 镇.
#[derive(Clone, Debug)]
pub struct Town {
    /// Its name.
    pub name: String,
    /// Its county.
    pub county: String,
    /// Its class (重点镇 …), if written.
    pub class: String,
    /// The year it joined, if written 批次.
    pub cohort: Option<Year>,
    /// People, in millionths (as every count).
    pub population: Option<i64>,
    /// All cells by heading.
    pub cells: BTreeMap<String, String>,
    /// Where its row stands.
    pub place: Place,
}

impl Town {
    /// 县/镇: unique.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}/{}", self.county, self.name)
    }
}

/// A source of revenue.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: sources::Class,
    /// Its book by date.
    pub book: Param,
    /// Returned by the county (返还) instead of split at the treasury (入库分成).
    pub is_returned: bool,
    /// Refunds, if any.
    pub refunds: Option<Param>,
    /// Who shares it before county and town, if anybody.
    pub partner: Option<sources::Partner>,
    /// Outturns that stand in place of what is projected, if a replay asks for them.
    pub outturns: Option<Outturns>,
    /// What it is.
    pub kind: sources::Kind,
    /// Where it stands.
    pub place: Place,
}

/// Outturns put in place of the projection 滚动预计: the latest year they reach, and its last month (12: the year is whole).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rolling {
    /// The year.
    pub year: Year,
    /// The last month.
    pub months: u32,
}

/// \[分\] Observed gross amounts of a source 决算数: by town (in their order) and year; where none was observed the projection stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outturns(pub BTreeMap<(usize, Year), Fen>);

/// Parties above the county.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 中央
    Central,
    /// 省
    Province,
    /// 市
    City,
}

/// What an upper level takes of each source.
#[derive(Clone, Debug)]
pub struct Upper {
    /// Which level.
    pub level: Level,
    /// Its share by source (by the source's order); `None` for land, which has its own chain.
    pub shares: Vec<Option<UpperShare>>,
}

/// One share.
#[derive(Clone, Debug)]
pub struct UpperShare {
    /// The rate.
    pub rate: Arc<Param>,
    /// Of gross, or of what the level above leaves.
    pub of_gross: bool,
}

/// An agreement 体制.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub provenance: Provenance,
    /// The county keeps the town's account 乡财县管; changes who keeps it, not whose money it is.
    pub county_managed: bool,
    /// Sharing parts.
    pub sharing: Vec<SharingPart>,
    /// Remitting parts, in file order.
    pub remitting: Vec<RemittingPart>,
    /// Where it stands.
    pub place: Place,
}

/// A part that shares a basket.
#[derive(Clone, Debug)]
pub struct SharingPart {
    /// Its key.
    pub id: String,
    /// The sources of its basket.
    pub of: Vec<usize>,
    /// Its form.
    pub form: Sharing,
    /// Its options.
    pub options: Options,
    /// Where it stands.
    pub place: Place,
}

/// A part that remits from another.
#[derive(Clone, Debug)]
pub struct RemittingPart {
    /// Its key.
    pub id: String,
    /// The part it remits from, by its order among the sharing parts, and what of it is looked at.
    pub of: (usize, Look),
    /// Its form.
    pub form: Remitting,
    /// Where it stands.
    pub place: Place,
}

impl RemittingPart {
    /// Resolves a look at another part.
    #[must_use]
    pub fn resolve(part: &PartRef, sharing: &[SharingPart]) -> Option<(usize, Look)> {
        sharing.iter().position(|s| s.id == part.part).map(|n| (n, part.look))
    }
}

/// Who pays a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payer {
    /// 中央
    Central,
    /// 省
    Province,
    /// 市
    City,
    /// 县
    County,
}

impl Payer {
    /// All payers, from above.
    pub const ALL: [Self; 4] = [Self::Central, Self::Province, Self::City, Self::County];

    /// The word behind `payer =`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        ["central", "province", "city", "county"][self as usize]
    }

    /// From its word.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.key() == key)
    }
}

/// A transfer.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who pays.
    pub payer: Payer,
    /// Whether it goes into the fund budget.
    pub to_fund: bool,
    /// Its earmark, by order.
    pub earmark: Option<usize>,
    /// Which towns get it.
    pub towns: Vec<bool>,
    /// When it runs.
    pub span: Span,
    /// Its form.
    pub form: Giving,
}

/// A count 计数: people, staff, items of work, by town and year.
#[derive(Clone, Debug)]
pub struct Count {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The number.
    pub value: Param,
    /// A count whose yearly figures stay in this one, by its order (only with feedback of people).
    pub adds: Option<usize>,
}

/// Money for a purpose 专项.
#[derive(Clone, Debug)]
pub struct Earmark {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The project classes it may pay for.
    pub classes: Vec<String>,
}

/// What the towns start with.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// General balance.
    pub general: Option<Param>,
    /// Fund balance.
    pub fund: Option<Param>,
}
