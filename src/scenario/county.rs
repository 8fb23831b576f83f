//! The county's own account 县级账.

use crate::base::place::Place;
use crate::rules::{
    field::{Field, Kind, Quantity, optional, required},
    param::Param,
    values::Values,
};

/// What the county has and must pay beside its towns.
#[derive(Clone, Debug)]
pub struct CountyAccount {
    /// Own revenue, without what comes from the towns here.
    pub own_revenue: Param,
    /// Its own three guarantees 县级三保.
    pub three_guarantees: Param,
    /// Debt service.
    pub debt_service: Option<Param>,
    /// Other spending.
    pub other_spending: Option<Param>,
    /// Balance when the horizon opens.
    pub opening_balance: Option<Param>,
    /// Where it stands.
    pub place: Place,
}

impl CountyAccount {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("own_revenue", Kind::Value(Quantity::Money), "县本级财力（不含测算各镇）", "own revenue, without these towns"),
        required("three_guarantees", Kind::Value(Quantity::Money), "县级“三保”支出", "the county's three guarantees"),
        optional("debt_service", Kind::Value(Quantity::Money), "还本付息", "debt service"),
        optional("other_spending", Kind::Value(Quantity::Money), "其他支出", "other spending"),
        optional("opening_balance", Kind::Value(Quantity::SignedMoney), "期初结余", "opening balance"),
    ];

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        Some(Self {
            place: values.place.clone(),
            own_revenue: values.param("own_revenue")?,
            three_guarantees: values.param("three_guarantees")?,
            debt_service: values.param("debt_service"),
            other_spending: values.param("other_spending"),
            opening_balance: values.param("opening_balance"),
        })
    }
}
