//! What may be written, told by the tables the reader itself uses: a JSON Schema for editors and pages for people.
//!
//! Nothing here knows a form or a key of its own where the reader has a table of them; what the reader takes apart by
//! hand (`[towns]`, `[projects]`, `[upper]`) is written down in `tables` and held to the reader's own lists by a test.

mod forms;
pub mod glossary;
mod kinds;
mod pages;
mod ranges;
mod schema;
mod tables;

pub use forms::{Group, groups};
pub use pages::pages;
pub use schema::schema;
