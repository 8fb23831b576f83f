//! fencheng 分成 — a county–town fiscal revenue-sharing simulator.
//!
//! It answers: *if the county changes what a town keeps, can the town pay for what it plans, and what is left for the county?*
//!
//! Data flows one way: [`load`] → [`check`] → [`compile`] → [`engine`] → [`measure`] → [`mod@write`]. Only `load` and `write`
//! touch files, only the command line prints. `docs/architecture.md` shows the layers, `docs/model.md` the formulas.

pub mod base;
pub mod check;
pub mod cli;
pub mod compile;
pub mod decompose;
pub mod diag;
pub mod engine;
pub mod explain;
pub mod form;
pub mod kernel;
pub mod load;
pub mod measure;
pub mod outturn;
pub mod plan;
pub mod program;
pub mod reference;
pub mod rules;
pub mod scenario;
pub mod speak;
pub mod stages;
pub mod study;
pub mod workbook;
pub mod write;
