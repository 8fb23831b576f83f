//! Sources of revenue 收入: what comes in before anybody shares it.

mod concession;
mod derived;
mod driven;
mod fee;
mod land;
mod outturn;
mod partner;
mod registry;
mod series;

pub use concession::Concession;
pub use derived::Derived;
pub use driven::{Driven, Ending};
pub use fee::Fee;
pub(crate) use land::{Advance as LandAdvance, Cost as LandCost, CostAmount, Of, Taking, To, Use as LandUse};
pub use land::{Advanced, Holder, Land, LandLanes, Set, Site};
pub use outturn::Outturn;
pub use partner::{Partner, PartnerHolder};
pub use registry::{Kind, source_kinds};
pub use series::Series;

use super::field::{Field, Kind as FieldKind, Quantity, optional, required};
use super::param::Lives;
use crate::plan::Lane;

/// Keys every source has, whatever its kind.
pub const COMMON: &[Field] = &[
    required("name", FieldKind::Text, "名称", "name"),
    required("kind", FieldKind::Choice(&registry::WORDS), "种类", "kind"),
    required("class", FieldKind::Choice(&["tax", "nontax", "fund", "state_capital"]), "税收、非税、基金、国有资本", "tax, non-tax, fund, state capital"),
    required("book", FieldKind::Value(Quantity::Word(BOOKS)), "列入哪本预算，可随年份变动", "which budget it belongs to; may change by date"),
    optional("mode", FieldKind::Choice(&["split", "return"]), "分级入库（split，默认）或先入县库再返还（return）", "split into the treasuries, or returned by the county"),
    optional("refunds", FieldKind::Value(Quantity::Money), "退税（如留抵退税），从当年收入中扣除", "refunds, taken off the year's amount"),
    optional("partner", FieldKind::Table(Partner::FIELDS), "与之分成的园区管委会、公司", "a development zone or company that shares it"),
];

/// The books a source may belong to, in the order of their dated values.
pub const BOOKS: &[&str] = &["general", "fund", "state_capital"];

/// Class of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// 税收
    Tax,
    /// 非税
    NonTax,
    /// 基金
    Fund,
    /// 国有资本
    StateCapital,
}

impl Class {
    /// From its word.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        [("tax", Self::Tax), ("nontax", Self::NonTax), ("fund", Self::Fund), ("state_capital", Self::StateCapital)].into_iter().find(|(k, _)| *k == key).map(|(_, class)| class)
    }
}

/// A stream of gross revenue with its own life within each year, and so its own weights for laws that change within a year.
#[derive(Clone, Debug)]
pub struct Stream {
    /// \[分\] Gross.
    pub gross: Lane,
    /// For every year the part of it in which the stream exists.
    pub lives: Vec<Lives>,
}
