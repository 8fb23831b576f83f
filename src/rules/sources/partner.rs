//! A partner 园区管委会、公司 that has a share of a source before county and town divide it.

use crate::rules::{
    field::{Field, Kind, Quantity, required},
    param::Param,
    values::Values,
};

/// Who, how much, and whose money it is.
#[derive(Clone, Debug)]
pub struct Partner {
    /// Its name.
    pub name: String,
    /// Its share of what the levels above leave.
    pub share: Param,
    /// Whose money it is.
    pub holder: PartnerHolder,
}

/// Whose money a partner's share is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartnerHolder {
    /// The county's: a zone committee 管委会 is an office of the county.
    County,
    /// Nobody's among the governments: a company.
    Outside,
}

impl Partner {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("name", Kind::Text, "名称", "name"),
        required("share", Kind::Value(Quantity::Share), "占地方留成部分的比例，先于县镇分成", "its share of the local part, before county and town share"),
        required("holder", Kind::Choice(&["county", "outside"]), "算县的钱（county）还是社会的（outside）", "whether it is the county's money or goes outside"),
    ];

    /// Takes the parameters.
    pub fn read(mut values: Values) -> Option<Self> {
        let holder = if values.text("holder")? == "county" { PartnerHolder::County } else { PartnerHolder::Outside };
        Some(Self { name: values.text("name")?, share: values.param("share")?, holder })
    }
}
