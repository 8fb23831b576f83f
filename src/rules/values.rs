//! What a reader found under the keys of a rule, each already of the right kind.

use std::collections::BTreeMap;

use super::count::Per;
use super::param::{Growth, Param};
use crate::base::{
    place::Place,
    ratio::Ratio,
    when::{Day, Year},
};

/// A value read under a [`Kind`](super::field::Kind).
#[derive(Clone, Debug)]
pub enum Item {
    /// A text, a choice or a name.
    Text(String),
    /// true or false.
    Flag(bool),
    /// A whole number or a year.
    Whole(i64),
    /// A day.
    Day(Day),
    /// When an agreement starts.
    Start(Start),
    /// Sources by their order.
    Sources(Vec<usize>),
    /// Another part of the agreement.
    Part(PartRef),
    /// A town by its order.
    Town(usize),
    /// Which towns.
    Towns(Vec<bool>),
    /// A driver by its order.
    Driver(usize),
    /// The word a key accepts instead of an id.
    Word,
    /// What a rule counts by.
    Per(Per),
    /// A list of texts.
    Texts(Vec<String>),
    /// Shares that add up to the whole.
    Shares(Vec<Ratio>),
    /// A parameter.
    Param(Param),
    /// The base of an agreement.
    Base(Base),
    /// A table.
    Table(Values),
    /// Quantities under keys the user chose.
    Map(Vec<(String, Param)>),
    /// A table of tables.
    Keyed(Vec<(String, Values)>),
}

/// When an act starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// In a year.
    Year(Year),
    /// In the year of the town's cohort 批次.
    Cohort,
}

/// A look at another part: what it keeps, or its share above the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartRef {
    /// `kept` or `over`.
    pub look: Look,
    /// The part's name.
    pub part: String,
}

/// What is looked at of another part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The town's entitlement.
    Kept,
    /// The town's share of what lies above the base.
    Over,
}

/// How the base 基数 of an agreement is found.
#[derive(Clone, Debug)]
pub enum Base {
    /// A given amount.
    Amount(Box<Param>),
    /// The basket's local part of a year.
    Year(Year),
    /// The mean of the years before the term starts.
    Mean {
        /// How many years.
        years: usize,
        /// Anew every year instead of once a term.
        rolling: bool,
    },
}

/// The values of one table, by key.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// Where the table stands.
    pub place: Place,
    /// Its path.
    pub path: String,
    items: BTreeMap<&'static str, (Item, Place)>,
}

macro_rules! takers {
    ($($(#[$doc:meta])* $name:ident: $variant:ident -> $type:ty;)*) => {$(
        $(#[$doc])*
        pub fn $name(&mut self, key: &str) -> Option<$type> {
            match self.items.remove(key) {
                Some((Item::$variant(value), _)) => Some(value),
                _ => None,
            }
        }
    )*};
}

impl Values {
    /// An empty table at a place.
    #[must_use]
    pub const fn new(path: String, place: Place) -> Self {
        Self { place, path, items: BTreeMap::new() }
    }

    /// Puts a value under a key.
    pub fn put(&mut self, key: &'static str, item: Item, place: &Place) {
        self.items.insert(key, (item, place.clone()));
    }

    /// Whether a key was written (and not yet taken).
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.items.contains_key(key)
    }

    /// Whether the word was written that a key accepts instead of an id.
    #[must_use]
    pub fn is_word(&self, key: &str) -> bool {
        matches!(self.items.get(key), Some((Item::Word, _)))
    }

    /// The word a key was given (`true` or `false` of a flag).
    #[must_use]
    pub fn word(&self, key: &str) -> Option<&str> {
        match self.items.get(key) {
            Some((Item::Text(word), _)) => Some(word),
            Some((Item::Flag(flag), _)) => Some(if *flag { "true" } else { "false" }),
            _ => None,
        }
    }

    /// Where a key's value stands; the table's place when it was not written.
    #[must_use]
    pub fn place_of(&self, key: &str) -> Place {
        self.items.get(key).map_or_else(|| self.place.clone(), |(_, place)| place.clone())
    }

    takers! {
        /// Takes a text.
        text: Text -> String;
        /// Takes a flag.
        flag: Flag -> bool;
        /// Takes a whole number.
        whole: Whole -> i64;
        /// Takes a day.
        day: Day -> Day;
        /// Takes a start.
        start: Start -> Start;
        /// Takes a list of sources.
        sources: Sources -> Vec<usize>;
        /// Takes a look at another part.
        part: Part -> PartRef;
        /// Takes a town.
        town: Town -> usize;
        /// Takes a selection of towns.
        towns: Towns -> Vec<bool>;
        /// Takes a driver.
        driver: Driver -> usize;
        /// Takes what a rule counts by.
        per: Per -> Per;
        /// Takes a list of texts.
        texts: Texts -> Vec<String>;
        /// Takes a list of shares.
        shares: Shares -> Vec<Ratio>;
        /// Takes a parameter.
        param: Param -> Param;
        /// Takes a base.
        base: Base -> Base;
        /// Takes a table.
        table: Table -> Values;
        /// Takes quantities under keys the user chose.
        map: Map -> Vec<(String, Param)>;
        /// Takes a table of tables.
        keyed: Keyed -> Vec<(String, Values)>;
    }

    /// A year.
    pub fn year(&mut self, key: &str) -> Option<Year> {
        self.whole(key).and_then(|y| Year::try_from(y).ok())
    }

    /// Growth written beside a value: `grows_by` a rate or `grows_with` a driver.
    pub fn growth(&mut self) -> Growth {
        if let Some(rate) = self.param("grows_by").and_then(|p| p.constant()) {
            return Ratio(rate).into();
        }
        self.driver("grows_with").map_or(Growth::None, Growth::Driver)
    }
}

impl Param {
    /// The value of a parameter that is neither dated nor by town.
    #[must_use]
    pub fn constant(&self) -> Option<i64> {
        match &self.steps[..] {
            [super::param::Step { value: super::param::StepValue::Same(value, _), .. }] => Some(*value),
            _ => None,
        }
    }
}
