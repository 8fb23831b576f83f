//! Counts 计数: what a rule multiplies a unit amount by: people, staff, villages, items of work handed down.

use super::field::{Field, Kind, Quantity, optional, required};

/// What may be written of a count.
pub const FIELDS: &[Field] = &[
    required("name", Kind::Text, "名称", "name"),
    required("value", Kind::Value(Quantity::Number), "数；可按日期、按镇、可增长", "the number; dated, by town, growing"),
    optional(
        "adds",
        Kind::Name("count"),
        "逐年累加另一项计数（如当年新落户），只在打开 [feedback] people 时",
        "another count whose yearly figures stay, only with [feedback] people",
    ),
];

/// What a rule counts by: a column of the town table, or a count.
#[derive(Clone, Debug)]
pub struct Per {
    /// The column or the count, as it was written.
    pub name: String,
    /// What it is.
    pub what: Counted,
}

/// See [`Per`].
#[derive(Clone, Debug)]
pub enum Counted {
    /// By town, in millionths, the same in all years.
    Column(Vec<i64>),
    /// A count, by its order.
    Count(usize),
}

/// Every count by year and town of the scenario, in millionths.
#[derive(Clone, Debug, Default)]
pub struct Counts(pub Vec<Vec<Vec<i64>>>);

impl Per {
    /// The count of a town (by its order in the scenario) in a year (by its order), in millionths.
    #[must_use]
    pub fn at(&self, counts: &Counts, year: usize, town: usize) -> i64 {
        match &self.what {
            Counted::Column(by_town) => by_town.get(town).copied().unwrap_or(0),
            Counted::Count(count) => counts.0.get(*count).and_then(|years| years.get(year)?.get(town)).copied().unwrap_or(0),
        }
    }
}
