//! Forms of rule: what a county may write down, one file a form.
//!
//! A form has its fields (what may be written), its parameters (typed), its checks, its lowering to operations of the
//! [plan](crate::plan) and a card (formula, source in law, worked example). The registries list them; everything that
//! must know "all forms" (reader, schema, pages) asks a registry.

#[macro_use]
mod registry;

pub mod agreements;
pub mod bond;
pub mod budget;
pub mod card;
pub mod count;
pub mod field;
pub mod leaf;
pub mod lowering;
pub mod only;
pub mod param;
pub mod sources;
pub mod span;
pub mod speak;
pub mod spending;
pub mod transfers;
pub mod values;
