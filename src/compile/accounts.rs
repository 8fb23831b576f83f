//! What the lanes of a plan mean: who got what of which source, what was shared, paid, planned and left.

use crate::base::lang::Words;
use crate::plan::{Lane, projects::Projects};
use crate::rules::{agreements::UsedBase, spending::Class};
use crate::scenario::Payer;

/// The item of what passes from the state capital book to the general one.
pub const CAPITAL: &str = "state_capital";

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
    /// 其他镇: what a move or an enclave takes to or brings from another town.
    OtherTown,
}

impl Party {
    /// All parties, from above.
    pub const ALL: [Self; 7] = [Self::Central, Self::Province, Self::City, Self::County, Self::Town, Self::Outside, Self::OtherTown];

    /// The key in tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        ["central", "province", "city", "county", "town", "outside", "other_town"][self as usize]
    }

    /// Its name.
    #[must_use]
    pub const fn words(self) -> Words {
        const WORDS: [Words; 7] = [
            Words::new("中央", "central"),
            Words::new("省", "province"),
            Words::new("市", "city"),
            Words::new("县", "county"),
            Words::new("镇", "town"),
            Words::new("社会", "outside"),
            Words::new("其他镇", "other towns"),
        ];
        WORDS[self as usize]
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
    /// The pot it goes into, by order in [`Accounts::pot_keys`].
    pub earmark: Option<usize>,
    /// The amount.
    pub lane: Lane,
    /// Paid instead of received.
    pub is_paid: bool,
    /// The rule it rests on.
    pub rule: String,
}

impl Posting {
    /// Whether it is financing: money lent, repaid or moved between books is nobody's revenue.
    #[must_use]
    pub fn is_financing(&self) -> bool {
        self.rule.starts_with("bond.") || self.rule == "ladder" || self.rule == "transfer_in" || self.rule == CAPITAL
    }
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
    /// The same of the state capital book.
    pub in_capital: Vec<bool>,
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
    /// The same local part in all years, in force or not.
    pub outturn: Lane,
    /// The base it is shared by, if there is one.
    pub base: Option<UsedBase>,
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

/// An on-lent bond.
#[derive(Clone, Debug)]
pub struct BondService {
    /// Its path.
    pub path: String,
    /// Lent in the year.
    pub lent: Lane,
    /// Service due for the year.
    pub due: Lane,
    /// Service paid by the town.
    pub paid: Lane,
    /// Service owed at the end of the year.
    pub owed: Lane,
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
    /// G + F, and C where there is a state capital book.
    pub all: Lane,
    /// The state capital book, where some source is in it.
    pub capital: Option<CapitalLanes>,
}

/// The state capital book 国有资本经营预算.
#[derive(Clone, Copy, Debug)]
pub struct CapitalLanes {
    /// What the town has of the sources in it.
    pub received: Lane,
    /// Of it transferred into the general book.
    pub transferred: Lane,
    /// C: what stays.
    pub kept: Lane,
    /// Carried over at the end of the year.
    pub balance: Lane,
}

/// A firm that moved: what left, what came, what is passed back.
#[derive(Clone, Copy, Debug)]
pub struct MoveLanes {
    /// Which, by its order.
    pub order: usize,
    /// Gross that left, in the town it left.
    pub left: Lane,
    /// Gross that came, in the town it went to.
    pub came: Lane,
    /// Compensation: paid by the new town, received by the old one.
    pub compensation: Option<(Lane, Lane)>,
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
    /// Balance of the general book at the end of the year.
    pub balance_general: Lane,
    /// Balance of the fund book at the end of the year.
    pub balance_fund: Lane,
}

/// A step of the year's general money that was written: stabilisation fund, transfer-in, aid, what lapsed.
#[derive(Clone, Debug)]
pub struct StepLanes {
    /// Its key: the lane is `town/KEY`.
    pub key: &'static str,
    /// The amount of the year, or the balance at its end.
    pub lane: Lane,
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
    /// Service of on-lent bonds and aid that towns bring back, where there is any.
    pub returned: Option<Lane>,
    /// Payments, subsidies, transfers, top-ups, spending for the towns, losses borne, service of on-lent bonds, aid.
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
    /// Money for a purpose, by the key tables show: earmarks first, in file order.
    pub pot_keys: Vec<String>,
    /// Firms that moved.
    pub moves: Vec<MoveLanes>,
    /// Transfers received, with their order.
    pub transfers: Vec<(usize, Lane)>,
    /// Recurrent lines the town pays, in the order they are paid.
    pub lines: Vec<LineLanes>,
    /// On-lent bonds, in the order they are served.
    pub bonds: Vec<BondService>,
    /// Steps of the year's general money that are written.
    pub steps: Vec<StepLanes>,
    /// What every pot holds at the end of the year, in the order of [`Projects::earmarks`].
    pub pots: Vec<Lane>,
    /// Retained funds.
    pub retained: Option<Retained>,
    /// Money and its use.
    pub purse: Option<Purse>,
    /// The stock of capital at the end and at the start of the year, where revenue follows it.
    pub capital_stock: Option<(Lane, Lane)>,
    /// The project stage while the plan is being made.
    pub(super) stage: Option<Projects>,
    /// The county.
    pub county: Option<CountyLanes>,
    /// Land chain lines for the ledger's reader: name and lane, by source.
    pub land: Vec<(usize, Vec<(String, Lane)>)>,
}
