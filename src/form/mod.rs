//! From what a bureau has to a scenario: the form it filled in, an ordinary workbook, or an office's table of collections.
//!
//! Facts keep the source and grade written beside them. What is left out becomes a marked assumption of grade D, or a
//! problem; a legal basis is never invented.

mod basics;
mod cells;
pub mod draft;
pub mod layout;
mod offices;
pub mod questions;
mod read;
mod starter;
mod tables;
mod toml;

pub use offices::from_collections;
pub use read::{from_form, from_workbook, is_form, is_workbook};
pub use starter::starter;
pub use toml::files;
