//! What must be paid besides projects: recurrent lines, and the service of on-lent bonds.

use super::Payer;
use crate::rules::{
    bond::Bond,
    span::Span,
    spending::{Class, Cost, Function, Level},
};

/// A line of recurrent spending.
#[derive(Clone, Debug)]
pub struct Spending {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: Class,
    /// Which towns have it.
    pub towns: Vec<bool>,
    /// When it runs.
    pub span: Span,
    /// How much it costs at its full level.
    pub cost: Cost,
    /// How it starts, and what of it is bought from outside.
    pub level: Level,
    /// Its functional class 功能分类, if written.
    pub function: Option<Function>,
    /// Who pays instead of the town.
    pub payer: Option<Payer>,
}

/// An on-lent special bond 转贷专项债.
#[derive(Clone, Debug)]
pub struct OnLent {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The towns it may be lent to.
    pub towns: Vec<bool>,
    /// The project classes it may pay for.
    pub classes: Vec<String>,
    /// Amounts and terms.
    pub terms: Bond,
}
