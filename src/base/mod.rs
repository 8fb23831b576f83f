//! The ground everything stands on: money, ratios, years, places in files. Knows nothing of rules.

pub mod amount;
pub mod change;
pub mod decimal;
pub mod lang;
pub mod leaf;
pub mod place;
pub mod ratio;
pub mod when;
