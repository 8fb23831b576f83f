//! Stages: steps of a year that are no single formula.

pub mod projects;
