//! Why a method cannot be applied to what it was given.

use std::fmt;

/// What is wrong with the input of a method 输入不成立的原因. No input makes a method panic: it returns one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is nothing to work on: no points, no inputs, no values.
    Empty(&'static str),
    /// A number that is infinite or none (NaN).
    NotFinite(&'static str),
    /// A number outside what the method allows; the text says what must hold.
    OutOfRange(&'static str),
    /// The step from `low` does not arrive at `high`: the last level is `last`, in the same whole units.
    StepMissesHigh {
        /// The last level that is not above `high`.
        last: i64,
    },
    /// More points, inputs or digits than the method can count.
    TooMany(&'static str),
    /// Two lists that belong together differ in length.
    Lengths {
        /// What is counted.
        what: &'static str,
        /// How many there should be.
        expected: u128,
        /// How many there are.
        found: u128,
    },
    /// A matrix with unequal entries at (row, column) and (column, row), counted from 0.
    Asymmetric {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
    /// A correlation matrix that no variables can have: this row, from 0, contradicts those before it.
    NotPositiveDefinite {
        /// The first row that does not fit.
        row: usize,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty(what) => write!(f, "no {what}"),
            Self::NotFinite(what) => write!(f, "{what} is not a finite number"),
            Self::OutOfRange(rule) => write!(f, "{rule} does not hold"),
            Self::StepMissesHigh { last } => write!(f, "the step does not arrive at the upper end: the last level is {last}"),
            Self::TooMany(what) => write!(f, "too many {what}"),
            Self::Lengths { what, expected, found } => write!(f, "{found} {what} where there should be {expected}"),
            Self::Asymmetric { row, column } => write!(f, "the entries at ({row}, {column}) and ({column}, {row}) differ"),
            Self::NotPositiveDefinite { row } => write!(f, "row {row} contradicts the rows before it: not positive definite"),
        }
    }
}

impl std::error::Error for Fault {}

/// The most inputs or players of a design whose points are worked out as lists.
pub(super) const MOST_INPUTS: u32 = 1 << 20;

/// All numbers are finite.
pub(super) fn finite(values: &[f64], what: &'static str) -> Result<(), Fault> {
    if values.iter().all(|value| value.is_finite()) { Ok(()) } else { Err(Fault::NotFinite(what)) }
}

/// Two counts agree.
pub(super) fn lengths(what: &'static str, expected: usize, found: usize) -> Result<(), Fault> {
    if expected == found { Ok(()) } else { Err(Fault::Lengths { what, expected: expected as u128, found: found as u128 }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_says_what_is_wrong() {
        assert_eq!(Fault::Empty("points").to_string(), "no points");
        assert_eq!(Fault::NotPositiveDefinite { row: 2 }.to_string(), "row 2 contradicts the rows before it: not positive definite");
        assert_eq!(lengths("results", 3, 2).unwrap_err().to_string(), "2 results where there should be 3");
        assert_eq!(finite(&[1.0, f64::NAN], "a result"), Err(Fault::NotFinite("a result")));
    }
}
