//! The tables of a comparison.

use super::{Comparison, CountyChange, TownChange, columns};
use crate::base::{amount::Fen, when::Year};
use crate::measure::cell::{Cell, Row, Sheet};
use crate::measure::county::CountyYear;
use crate::measure::tables::{dictionary, unit};
use crate::measure::town::{TownView, TownYear};

/// A figure of the yearly summary that is compared.
type Measure = (&'static str, fn(&TownYear) -> Fen);

/// The measures of `changes.csv`, each a column of `summary.csv`.
const MEASURES: [Measure; 15] = [
    ("retained", |y| y.retained),
    ("retained_general", |y| y.retained_general),
    ("retained_fund", |y| y.retained_fund),
    ("retained_tax", |y| y.retained_tax),
    ("retained_land", |y| y.retained_land),
    ("retained_fee", |y| y.retained_fee),
    ("retained_transfer", |y| y.retained_transfer),
    ("retained_other", |y| y.retained_other),
    ("earmarked", |y| y.earmarked),
    ("recurrent_unpaid", |y| y.recurrent_unpaid),
    ("available", |y| y.available),
    ("planned", |y| y.planned),
    ("paid", |y| y.paid),
    ("gap", TownYear::gap),
    ("unpaid", |y| y.unpaid),
];

impl<'r> Comparison<'r> {
    /// All tables but those of a decomposition and a replay, in the order they are written.
    #[must_use]
    pub fn tables(&'r self) -> Vec<Sheet<'r>> {
        vec![self.comparison(), self.changes(), self.changes_by_source(), self.county_changes(), self.whole_table()]
    }

    /// Key cells every row starts with.
    pub(super) fn head(&self) -> Row<'r> {
        vec![Cell::key(self.before.label()), Cell::key(self.after.label())]
    }

    pub(super) fn unit(&self) -> Cell<'static> {
        unit(self.before)
    }

    /// Every town and year, in the order of rows.
    pub(super) fn town_years(&'r self) -> impl Iterator<Item = (&'r TownChange<'r>, Year)> {
        self.towns.iter().flat_map(|town| self.years.iter().map(move |year| (town, *year)))
    }

    fn comparison(&'r self) -> Sheet<'r> {
        let row = |town: &'r TownChange<'r>| {
            let pair = |of: fn(&TownYear) -> Fen| [Cell::Money(town.before.sum(of)), Cell::Money(town.after.sum(of))];
            let both = [&town.before, &town.after];
            let mut row = self.head();
            row.extend([Cell::text(&town.after.id), Cell::text(&town.after.town.name), Cell::text(&town.after.town.county), self.unit()]);
            row.extend(pair(|y| y.retained));
            row.push(Cell::Money(town.change()));
            row.extend([pair(|y| y.planned), pair(|y| y.paid), pair(TownYear::gap)].into_iter().flatten());
            row.extend(both.map(|v: &TownView<'_>| Cell::or_empty(v.coverage(), Cell::Ratio)));
            row.extend(both.map(|v| Cell::or_empty(v.shortfall(), |s| Cell::Year(s.0))));
            row.extend([Cell::key(town.lot().key()), Cell::or_empty(self.share(town), Cell::Ratio)]);
            row
        };
        Sheet::new("comparison", columns::COMPARISON, self.towns.iter().map(row))
    }

    fn changes(&'r self) -> Sheet<'r> {
        let rows = self.town_years().flat_map(move |(town, year)| {
            let (before, after) = town.year(year);
            MEASURES.into_iter().map(move |(key, of)| {
                let (before, after) = (of(&before), of(&after));
                let mut row = self.head();
                row.extend([Cell::text(&town.after.id), Cell::text(&town.after.town.name), Cell::Year(year), Cell::key(key)]);
                row.extend([before, after, after - before].map(Cell::Money));
                row.push(self.unit());
                row
            })
        });
        Sheet::new("changes", columns::CHANGES, rows)
    }

    fn county_changes(&'r self) -> Sheet<'r> {
        let rows = self.counties.iter().flat_map(move |county| self.years.iter().map(move |year| self.county_change(county, *year)));
        Sheet::new("county_changes", columns::COUNTY_CHANGES, rows)
    }

    fn county_change(&'r self, county: &'r CountyChange, year: Year) -> Row<'r> {
        let (before, after) = county.year(year);
        let net = |y: Option<&CountyYear>| y.map_or(0, CountyYear::of_towns);
        let mut row = self.head();
        row.extend([Cell::text(&county.name), Cell::Year(year), self.unit()]);
        row.extend([net(before), net(after), net(after) - net(before)].map(Cell::Money));
        row.extend([before, after].map(|y| Cell::or_empty(y.and_then(CountyYear::cover), Cell::Ratio)));
        row.extend([before, after].map(|y| Cell::or_empty(y.and_then(CountyYear::balance), Cell::Money)));
        let with_account = after.filter(|y| y.account.is_some());
        row.push(Cell::or_empty(with_account, |y| Cell::Whole(i64::from(y.broken_since(before).is_some()))));
        row
    }

    fn whole_table(&'r self) -> Sheet<'r> {
        let rows = self.counties.iter().flat_map(move |county| {
            self.years.iter().zip(&county.whole).map(move |(year, whole)| {
                let (before, after) = county.year(*year);
                let given_up = before.map_or(0, CountyYear::of_towns) - after.map_or(0, CountyYear::of_towns);
                let losing = self.towns.iter().filter(|t| t.after.town.county == county.name && t.loss_of(*year) > 0).count();
                let mut row = self.head();
                row.extend([Cell::text(&county.name), Cell::Year(*year), self.unit(), Cell::Money(given_up)]);
                row.push(Cell::Whole(i64::try_from(losing).unwrap_or(0)));
                row.extend([*whole, given_up + whole].map(Cell::Money));
                row
            })
        });
        Sheet::new("whole", columns::WHOLE, rows)
    }
}

/// The dictionary of the tables that are written.
#[must_use]
pub fn described<'r>(names: &[&str]) -> Sheet<'r> {
    let tables: Vec<_> = columns::TABLES.into_iter().filter(|(name, _)| names.contains(name)).collect();
    dictionary(&tables)
}
