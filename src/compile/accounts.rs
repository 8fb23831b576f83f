//! What the lanes of a plan mean: who got what of which source, what was shared, paid, planned and left.

use crate::plan::{Lane, projects::Projects};
use crate::rules::spending::Class;
use crate::scenario::Payer;

/// A party of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// 中央
    Central,
    /// 省
    Province,
    /// 市
    City,
    /// 县
    County,
    /// 镇
    Town,
    /// 社会
    Outside,
}

impl Party {
    /// All parties, from above.
    pub const ALL: [Self; 6] = [Self::Central, Self::Province, Self::City, Self::County, Self::Town, Self::Outside];

    /// The key in tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        ["central", "province", "city", "county", "town", "outside"][self as usize]
    }
}

impl From<Payer> for Party {
    fn from(payer: Payer) -> Self {
        match payer {
            Payer::Central => Self::Central,
            Payer::Province => Self::Province,
            Payer::City => Self::City,
            Payer::County => Self::County,
        }
    }
}

/// One line of the ledger: what a party gets of an item.
#[derive(Clone, Debug)]
pub struct Posting {
    /// The item's path: `source.vat`, `transfer.general`.
    pub item: String,
    /// Its name.
    pub name: String,
    /// Who gets it (or pays it).
    pub party: Party,
    /// The source whose book it follows; `None`: see `to_fund`.
    pub source: Option<usize>,
    /// Fund book, where no source says so.
    pub to_fund: bool,
    /// Its earmark, by order.
    pub earmark: Option<usize>,
    /// The amount.
    pub lane: Lane,
    /// Paid instead of received.
    pub is_paid: bool,
    /// The rule it rests on.
    pub rule: String,
}

/// A source: gross, what each level takes, what county and town share.
#[derive(Clone, Debug)]
pub struct SourceLanes {
    /// The source, by its order in the scenario.
    pub source: usize,
    /// Gross.
    pub gross: Lane,
    /// The local part 地方留成.
    pub local: Lane,
    /// The town's, after remittances.
    pub town: Option<Lane>,
    /// The county's, remittances included.
    pub county: Option<Lane>,
    /// 1 in the years and towns it belongs to the fund book; for printing.
    pub in_fund: Vec<bool>,
}

/// A sharing part as the settlement statement shows it.
#[derive(Clone, Debug)]
pub struct PartLanes {
    /// The agreement, by order.
    pub agreement: usize,
    /// Path: `agreement.pilot.tax`.
    pub path: String,
    /// X.
    pub local: Lane,
    /// K: what the town keeps of X.
    pub kept: Lane,
    /// The county's part, X − K.
    pub county: Lane,
    /// P: what the county pays beyond X.
    pub payment: Lane,
    /// D: fixed subsidy.
    pub subsidy: Option<Lane>,
    /// Guarantee top-up and who pays it.
    pub top_up: Option<(Lane, Party)>,
    /// Remittances: name, amount of the year, paid, arrears.
    pub remitted: Vec<Remitted>,
    /// N: kept less remitted.
    pub net: Lane,
    /// Cash of the year and receivable at its end, where settled with an advance.
    pub settlement: Option<(Lane, Lane)>,
}

/// One remittance.
#[derive(Clone, Debug)]
pub struct Remitted {
    /// Its name.
    pub name: String,
    /// Due for the year, without arrears.
    pub due: Lane,
    /// Paid.
    pub paid: Lane,
    /// Arrears at the end of the year.
    pub arrears: Option<Lane>,
    /// Flows to the town instead.
    pub is_subsidy: bool,
}

/// A recurrent line.
#[derive(Clone, Debug)]
pub struct LineLanes {
    /// Its path.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: Class,
    /// What it costs.
    pub due: Lane,
    /// What was paid.
    pub paid: Lane,
    /// What was not.
    pub unmet: Lane,
}

/// Retained funds 留存财力 by kind.
#[derive(Clone, Copy, Debug)]
pub struct Retained {
    /// Taxes.
    pub tax: Lane,
    /// Land.
    pub land: Lane,
    /// Infrastructure fee.
    pub fee: Lane,
    /// Transfers, subsidies, payments, top-ups.
    pub transfer: Lane,
    /// Non-tax and the rest.
    pub other: Lane,
    /// G: general book.
    pub general: Lane,
    /// F: fund book.
    pub fund: Lane,
    /// G + F.
    pub all: Lane,
}

/// Money of the year and its use.
#[derive(Clone, Copy, Debug)]
pub struct Purse {
    /// Opening balances, general and fund.
    pub opening: Lane,
    /// Opening balance of the general book.
    pub opening_general: Lane,
    /// Opening balance of the fund book.
    pub opening_fund: Lane,
    /// Cash and opening balance less recurrent spending: what projects may draw on.
    pub available: Lane,
    /// Recurrent spending due.
    pub recurrent: Lane,
    /// Recurrent spending paid.
    pub recurrent_paid: Lane,
    /// Three guarantees due.
    pub guarantees: Lane,
    /// Three guarantees unpaid.
    pub guarantees_unmet: Lane,
    /// Receivable from the county at the end of the year.
    pub receivable: Lane,
    /// Arrears to the county at the end of the year.
    pub arrears: Lane,
    /// Earmarked money received in the year.
    pub earmarked: Lane,
}

/// The county's account.
#[derive(Clone, Copy, Debug)]
pub struct CountyLanes {
    /// Parts of the towns' sources that stay with the county, remittances included.
    pub from_towns: Lane,
    /// Remittances and levies among them.
    pub remittances: Lane,
    /// Set-asides and fees it holds.
    pub held: Lane,
    /// Payments, subsidies, transfers, top-ups, spending for the towns, losses borne.
    pub paid: Lane,
    /// With a county account: own revenue, resources, three guarantees, debt service, other, balance.
    pub account: Option<CountyBalance>,
}

/// The balance of the county's account.
#[derive(Clone, Copy, Debug)]
pub struct CountyBalance {
    /// Own revenue.
    pub own: Lane,
    /// All it has.
    pub resources: Lane,
    /// Its own three guarantees.
    pub guarantees: Lane,
    /// Debt service.
    pub debt: Lane,
    /// Balance at the end of the year.
    pub balance: Lane,
}

/// All accounts.
#[derive(Clone, Debug, Default)]
pub struct Accounts {
    /// Ledger lines.
    pub postings: Vec<Posting>,
    /// Sources.
    pub sources: Vec<SourceLanes>,
    /// Sharing parts in force somewhere.
    pub parts: Vec<PartLanes>,
    /// Transfers received, with their order.
    pub transfers: Vec<(usize, Lane)>,
    /// Recurrent lines the town pays, in the order they are paid.
    pub lines: Vec<LineLanes>,
    /// Retained funds.
    pub retained: Option<Retained>,
    /// Money and its use.
    pub purse: Option<Purse>,
    /// The project stage while the plan is being made.
    pub(super) stage: Option<Projects>,
    /// The county.
    pub county: Option<CountyLanes>,
    /// Land chain lines for the ledger's reader: name and lane, by source.
    pub land: Vec<(usize, Vec<(String, Lane)>)>,
}
