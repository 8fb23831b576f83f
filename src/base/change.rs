//! What a draw does to a parameter: not to what is written, but to what the parameter is in a year.
//!
//! A price that grows, a rate that changes in May and a cell a town all come to one number a year and town; a draw of times 1.1 makes
//! that number a tenth larger. Laid over what is written it would undo growth and dates.

use super::decimal::divide_half_away;
use super::when::Year;

/// How a number is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Times so many millionths.
    Times(i64),
    /// Plus so many whole units of its quantity.
    Plus(i64),
}

/// A change of one parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The parameter's path.
    pub path: String,
    /// The year it holds in; every year when `None`.
    pub year: Option<Year>,
    /// What is done.
    pub act: Act,
}

impl Act {
    /// The number after it, rounded half away from zero.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "cut to what fits")]
    pub fn on(self, number: i64) -> i64 {
        match self {
            Self::Times(millionths) => divide_half_away(i128::from(number) * i128::from(millionths), 1_000_000).clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64,
            Self::Plus(units) => number.saturating_add(units),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_more_is_rounded_once_half_away() {
        assert_eq!([Act::Times(1_100_000).on(5), Act::Times(1_100_000).on(-5), Act::Times(1_000_000).on(7), Act::Plus(-3).on(2)], [6, -6, 7, -1]);
    }
}
