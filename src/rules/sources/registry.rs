//! The kinds of source there are, one line each.

use super::{Concession, Derived, Driven, Fee, Land, Series};
use crate::rules::{card::Card, field::Field, param::Param, values::Values};

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
    /// A rate on turnover.
    Concession(Concession),
}

/// A kind as it is written: its card, its keys, and how it is taken (with the column of the town table that may be its base).
struct Entry {
    card: Card,
    fields: &'static [Field],
    read: fn(&mut Values, Option<Param>) -> Option<Kind>,
}

/// All kinds: the one list.
const KINDS: [Entry; 6] = [
    Entry { card: Driven::CARD, fields: Driven::FIELDS, read: |v, column| Driven::read(v, column).map(Kind::Driven) },
    Entry { card: Series::CARD, fields: Series::FIELDS, read: |v, _| Series::read(v).map(Kind::Series) },
    Entry { card: Derived::CARD, fields: Derived::FIELDS, read: |v, _| Derived::read(v).map(Kind::Derived) },
    Entry { card: Land::CARD, fields: Land::FIELDS, read: |v, _| Land::read(v).map(|l| Kind::Land(Box::new(l))) },
    Entry { card: Fee::CARD, fields: Fee::FIELDS, read: |v, _| Fee::read(v).map(Kind::Fee) },
    Entry { card: Concession::CARD, fields: Concession::FIELDS, read: |v, _| Concession::read(v).map(Kind::Concession) },
];

/// The words of all kinds.
pub(super) const WORDS: [&str; KINDS.len()] = {
    let (mut words, mut n) = ([""; KINDS.len()], 0);
    while n < words.len() {
        words[n] = KINDS[n].card.kind;
        n += 1;
    }
    words
};

/// All kinds: card and fields.
#[must_use]
pub fn source_kinds() -> [(Card, &'static [Field]); KINDS.len()] {
    KINDS.map(|kind| (kind.card, kind.fields))
}

impl Kind {
    /// Takes the parameters of a kind; `column` is the base found in the town table.
    pub fn read(word: &str, values: &mut Values, column: Option<Param>) -> Option<Self> {
        KINDS.into_iter().find(|kind| kind.card.kind == word).and_then(|kind| (kind.read)(values, column))
    }

    /// Whether it has amounts of its own: firms that move, and capital that builds up, change such amounts and no others.
    #[must_use]
    pub const fn has_own_amounts(&self) -> bool {
        matches!(self, Self::Driven(_) | Self::Series(_) | Self::Concession(_))
    }
}
