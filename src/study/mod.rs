//! Studies 研究: what is done with many runs of one scenario.
//!
//! A point is a list of values laid over a scenario, each the same as a `--set` on the command line: every point can be run again
//! by hand. [`points`] says which points there are, [`evaluate`] computes them, fast where the swept values reach the plan's tables
//! by a known rule and one whole run each where they do not; the results are the same. [`math`] is what needs no scenario.

pub mod columns;
pub mod condition;
mod correlated;
pub mod crossed;
pub mod declared;
pub mod discover;
pub mod ends;
pub mod evaluate;
pub mod figures;
pub mod front;
pub mod inputs;
pub mod job;
pub mod maps;
pub mod math;
pub mod measure;
mod neutral;
pub mod points;
pub mod rows;
pub mod rule;
pub mod sensitivity;
pub mod shown;
pub mod solve;
pub mod spread;
pub mod subject;
pub mod told;
pub mod value;
pub mod wrong;
