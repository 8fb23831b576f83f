//! Writing: tables, pictures, the manifest; the only layer beside `load` that touches files.

#[cfg(feature = "chart")]
pub mod chart;
pub mod chunks;
pub mod csv;
pub mod folder;
pub mod form;
pub mod json;
pub mod manifest;
#[cfg(feature = "parquet")]
pub mod parquet;
#[cfg(feature = "chart")]
pub mod picture;
pub mod report;
#[cfg(feature = "chart")]
pub mod studied;
pub mod table;
