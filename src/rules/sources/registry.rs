//! The kinds of source there are.

use super::{Derived, Driven, Fee, Land, Series};
use crate::rules::{card::Card, field::Field};

/// A source by its kind.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A base times an index.
    Driven(Driven),
    /// Year by year.
    Series(Series),
    /// A rate on others.
    Derived(Derived),
    /// Land.
    Land(Box<Land>),
    /// Infrastructure fee.
    Fee(Fee),
}

/// All kinds: card and fields.
#[must_use]
pub fn source_kinds() -> [(Card, &'static [Field]); 5] {
    [(Driven::CARD, Driven::FIELDS), (Series::CARD, Series::FIELDS), (Derived::CARD, Derived::FIELDS), (Land::CARD, Land::FIELDS), (Fee::CARD, Fee::FIELDS)]
}
