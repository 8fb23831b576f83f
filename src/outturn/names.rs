//! Names of items as people write them: `vat`, 国内增值税（地方部分）, 财政总收入, 留存·税收.

use super::collected;
use crate::base::amount::MoneyUnit;
use crate::check::split_unit;
use crate::measure::backtest::{Figure, Item, Scope};
use crate::measure::cell::Column;
use crate::measure::columns::{COUNTY_TABLE, SUMMARY};
use crate::scenario::Scenario;

/// Whose figures a name is looked up among.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// A town's: sources and the summary.
    Town,
    /// A county's: its account.
    County,
}

impl Level {
    fn columns(self) -> impl Iterator<Item = &'static Column> {
        let all = if self == Self::Town { SUMMARY } else { COUNTY_TABLE };
        all.iter().filter(|c| c.unit == "money")
    }

    fn figure(self, column: &'static Column) -> Figure {
        if self == Self::Town { Figure::Town(column) } else { Figure::County(column) }
    }
}

/// A name taken apart: the figure, its scope if the name says one, its unit if the name says one.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// What it is; a source without a scope still lacks one.
    pub item: Item,
    /// The unit in brackets.
    pub unit: Option<MoneyUnit>,
}

/// Finds an item by its name with or without scope and unit.
pub fn find(text: &str, level: Level, scenario: &Scenario) -> Option<Named> {
    let (words, unit) = split_unit(text);
    let figure = |words: &str| figure(words, level, scenario);
    if let Some(figure) = figure(&words) {
        return Some(Named { item: Item { figure, scope: None }, unit });
    }
    let (words, scope) = split_scope(&words)?;
    let figure = figure(words).filter(|f| f.is_scoped())?;
    Some(Named { item: Item { figure, scope: Some(scope) }, unit })
}

fn figure(words: &str, level: Level, scenario: &Scenario) -> Option<Figure> {
    let same = |name: &str| name == words || name.eq_ignore_ascii_case(words);
    let source = scenario.sources.iter().position(|s| s.name == words || s.id == words).filter(|_| level == Level::Town);
    let column = || level.columns().find(|c| same(c.key) || same(c.words.zh) || same(c.words.en)).map(|c| level.figure(c));
    let alias = || collected::national(words).filter(|_| level == Level::Town).and_then(|id| scenario.sources.iter().position(|s| s.id == id));
    source.map(Figure::Source).or_else(column).or_else(|| alias().map(Figure::Source))
}

/// `国内增值税（地方部分）`, `国内增值税·地方部分`, `vat/local`.
fn split_scope(words: &str) -> Option<(&str, Scope)> {
    let bracketed = [('（', '）'), ('(', ')')].into_iter().find_map(|(open, close)| words.strip_suffix(close)?.rsplit_once(open));
    let joined = || ['·', '/', '-', '—', ' '].into_iter().find_map(|sign| words.rsplit_once(sign).filter(|(_, tail)| Scope::parse(tail).is_some()));
    let (words, tail) = bracketed.or_else(joined)?;
    Some((words.trim(), Scope::parse(tail)?))
}

/// All names of a level, for "did you mean".
pub fn known(level: Level, scenario: &Scenario) -> impl Iterator<Item = &str> {
    let sources = scenario.sources.iter().filter(move |_| level == Level::Town).flat_map(|s| [s.name.as_str(), s.id.as_str()]);
    sources.chain(level.columns().flat_map(|c| [c.words.zh, c.key]))
}

/// A few names of each kind, for a message.
pub fn examples(level: Level, scenario: &Scenario) -> Vec<&str> {
    const FEW: usize = 3;
    let sources = scenario.sources.iter().filter(|_| level == Level::Town).take(FEW).map(|s| s.name.as_str());
    sources.chain(level.columns().take(FEW).map(|c| c.words.zh)).collect()
}
