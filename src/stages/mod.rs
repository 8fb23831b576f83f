//! Stages: steps of a year that are no single formula.

pub mod compete;
pub mod pool;
pub mod projects;
