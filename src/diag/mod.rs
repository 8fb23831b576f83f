//! Problems a user can mend: stable codes, places, words in two languages. All of them are collected, none stops the reading.

pub mod catalogue;
pub mod excerpt;
mod nearest;
mod problem;
pub mod render;

pub use catalogue::{Code, Severity};
pub use nearest::nearest;
pub use problem::{Problem, Problems, in_both};
