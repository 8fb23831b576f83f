//! The card of a form: what the reference pages print.

use crate::base::lang::Words;

/// What a form is, in words a finance officer can check.
#[derive(Clone, Copy, Debug)]
pub struct Card {
    /// The word behind `form =`.
    pub kind: &'static str,
    /// Its name.
    pub name: Words,
    /// The formula.
    pub formula: Words,
    /// Where it comes from: document and grade, or that it is an assumption.
    pub law: Words,
    /// A worked example with round numbers.
    pub example: Words,
    /// The folder of `tests/worked` that works it out on paper.
    pub case: &'static str,
}
