//! A value a study sets: a path and a whole number in the unit of its quantity.

use crate::base::{
    amount::MoneyUnit,
    change::{Act, Change},
    decimal::{self, Decimal, divide_half_away},
    place::Place,
    ratio::Ratio,
    when::Year,
};
use crate::rules::field::Quantity;
use crate::scenario::study::Acts;

/// What one number of a point sets.
#[derive(Clone, Debug)]
pub struct Target {
    /// The paths, with `@year` where they start later; all get the same value.
    pub paths: Vec<String>,
    /// What it measures.
    pub quantity: Quantity,
    /// Words, where it is one of several and no number; a point holds the order.
    pub words: Vec<String>,
    /// What it changes instead, where several values stand: each from what it is.
    pub several: Option<Several>,
    /// What it changes instead, where no written value is meant but what a parameter comes to in a year.
    pub change: Option<Changed>,
}

/// A parameter whose value of a year (or of all) is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its path.
    pub path: String,
    /// The year, or every one.
    pub year: Option<Year>,
    /// Whether it is multiplied by the draw, in millionths; else the draw is added.
    pub times: bool,
}

impl Changed {
    fn by(&self, draw: i64) -> Change {
        Change { path: self.path.clone(), year: self.year, act: if self.times { Act::Times(draw) } else { Act::Plus(draw) } }
    }
}

/// One of several values a draw changes.
#[derive(Clone, Debug)]
pub enum Spot {
    /// A cell of a table.
    Cell(Place),
    /// A dated value: its path with `@` and the date.
    Dated(String),
}

/// Several values, and how a draw changes them.
#[derive(Clone, Debug)]
pub struct Several {
    /// Where they stand, and what they hold; dated values in their order.
    pub spots: Vec<(Spot, i64)>,
    /// How the draw acts on each; a factor is counted in millionths.
    pub acts: Acts,
    /// What they measure.
    pub quantity: Quantity,
}

impl Several {
    /// What a value becomes at a draw, as it is written.
    fn text(&self, old: i64, draw: i64) -> String {
        #[expect(clippy::cast_possible_truncation, reason = "a factor of an amount; what is no amount is refused when it is read")]
        let new = match self.acts {
            Acts::Replace => draw,
            Acts::Add => old.saturating_add(draw),
            Acts::Times => divide_half_away(i128::from(old) * i128::from(draw), 1_000_000) as i64,
        };
        text(self.quantity, new)
    }

    /// What each cell holds at a draw.
    pub fn cells(&self, draw: i64) -> impl Iterator<Item = (&Place, String)> {
        self.spots.iter().filter_map(move |(spot, old)| match spot {
            Spot::Cell(place) => Some((place, self.text(*old, draw))),
            Spot::Dated(_) => None,
        })
    }

    fn sets(&self, draw: i64) -> impl Iterator<Item = String> + '_ {
        self.spots.iter().filter_map(move |(spot, old)| match spot {
            Spot::Dated(path) => Some(format!("{path}={}", self.text(*old, draw))),
            Spot::Cell(_) => None,
        })
    }
}

impl Target {
    /// The assignments as they would be typed after `--set`.
    pub fn sets(&self, value: i64) -> impl Iterator<Item = String> + '_ {
        let text = self.text(value);
        let several = self.several.iter().flat_map(move |several| several.sets(value));
        self.paths.iter().map(move |path| format!("{path}={text}")).chain(several)
    }

    /// What it does to a parameter's value of a year, where it acts on that.
    #[must_use]
    pub fn change(&self, value: i64) -> Option<Change> {
        self.change.as_ref().map(|changed| changed.by(value))
    }

    /// Where it is set.
    #[must_use]
    pub fn paths(&self) -> String {
        let spots = self.several.iter().flat_map(|several| &several.spots).map(|(spot, _)| match spot {
            Spot::Dated(path) => path.as_str(),
            Spot::Cell(_) => "towns",
        });
        let mut all: Vec<&str> = self.paths.iter().map(String::as_str).chain(spots).chain(self.change.as_ref().map(|changed| changed.path.as_str())).collect();
        all.dedup();
        all.join(" ")
    }

    /// The value as it is written in a scenario, with its unit.
    #[must_use]
    pub fn text(&self, value: i64) -> String {
        if let Some(word) = usize::try_from(value).ok().and_then(|at| self.words.get(at)) {
            return word.clone();
        }
        text(self.quantity, value)
    }

    /// The value as a column holds it: a share as a fraction, money in the unit of the tables, a word as it is.
    pub fn print(&self, value: i64, unit: MoneyUnit, out: &mut Vec<u8>) {
        match self.quantity {
            _ if !self.words.is_empty() => out.extend_from_slice(format!("\"{}\"", self.text(value).replace('"', "\"\"")).as_bytes()),
            Quantity::Share | Quantity::Rate | Quantity::Number => decimal::print(value, 6, out),
            Quantity::Money | Quantity::SignedMoney => decimal::print(value, unit.places(), out),
            Quantity::MoneyPerMu | Quantity::MoneyPerSquareMetre => decimal::print(value, MoneyUnit::Yuan.places(), out),
            Quantity::Area => decimal::print(value, 2, out),
            Quantity::Word(_) => out.extend_from_slice(self.text(value).as_bytes()),
        }
    }

    /// The value a column holds, in whole units as [`Target::print`] was given it; a word by its order.
    #[must_use]
    pub fn read(&self, field: &str, unit: MoneyUnit) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "few words")]
        let order = |words: &[&str]| words.iter().position(|word| *word == field.trim_matches('"').replace("\"\"", "\"")).map(|at| at as f64);
        match self.quantity {
            _ if !self.words.is_empty() => order(&self.words.iter().map(String::as_str).collect::<Vec<_>>()),
            Quantity::Word(words) => order(words),
            _ => Some((Decimal::parse(field)?.to_f64() * self.scale(unit)).round()),
        }
    }

    /// How many whole units one of the written unit has: a draw of 0.05 of a share is 50,000.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "powers of ten up to 10^12")]
    pub fn scale(&self, unit: MoneyUnit) -> f64 {
        let places = match self.quantity {
            Quantity::Share | Quantity::Rate | Quantity::Number => 6,
            Quantity::Money | Quantity::SignedMoney => unit.places(),
            Quantity::MoneyPerMu | Quantity::MoneyPerSquareMetre => MoneyUnit::Yuan.places(),
            Quantity::Area => 2,
            Quantity::Word(_) => 0,
        };
        10_i64.pow(places) as f64
    }
}

/// A number as it is written, with its unit.
fn text(quantity: Quantity, value: i64) -> String {
    match quantity {
        Quantity::Share | Quantity::Rate => Ratio(value).to_string(),
        Quantity::Number => Decimal::new(i128::from(value), 6).to_string(),
        Quantity::Money | Quantity::SignedMoney => format!("{}元", MoneyUnit::Yuan.print(value)),
        Quantity::MoneyPerMu => format!("{}元/亩", MoneyUnit::Yuan.print(value)),
        Quantity::MoneyPerSquareMetre => format!("{}元/平方米", MoneyUnit::Yuan.print(value)),
        Quantity::Area => format!("{}亩", Decimal::new(i128::from(value), 2)),
        Quantity::Word(words) => usize::try_from(value).ok().and_then(|at| words.get(at)).map_or_else(String::new, |word| (*word).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(quantity: Quantity) -> Target {
        Target { paths: vec!["a.b".into()], quantity, words: Vec::new(), several: None, change: None }
    }

    #[test]
    fn a_value_is_written_as_a_person_would() {
        let set = |target: Target, value| target.sets(value).collect::<Vec<_>>().join(" ");
        assert_eq!(set(target(Quantity::Share), 625_000), "a.b=62.5%");
        assert_eq!(set(target(Quantity::Rate), -12_345), "a.b=-1.2345%");
        assert_eq!(set(target(Quantity::Number), 1_500_000), "a.b=1.5");
        assert_eq!(set(target(Quantity::Money), 123_456), "a.b=1234.56元");
        assert_eq!(set(target(Quantity::MoneyPerSquareMetre), 4_500), "a.b=45元/平方米");
        assert_eq!(set(target(Quantity::Area), 15_050), "a.b=150.5亩");
        let two = Target { paths: vec!["a".into(), "b@2013".into()], ..target(Quantity::Share) };
        assert_eq!(set(two, 625_000), "a=62.5% b@2013=62.5%");
    }

    #[test]
    fn a_column_holds_plain_decimals() {
        let printed = |quantity, value| {
            let mut out = Vec::new();
            target(quantity).print(value, MoneyUnit::WanYuan, &mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(printed(Quantity::Share, 350_000), "0.35");
        assert_eq!(printed(Quantity::Money, 123_400_000_000), "123400");
    }
}
