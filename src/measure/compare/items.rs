//! Who gains what of each item: the ledgers of both runs beside each other.

use std::collections::BTreeMap;

use super::{Comparison, TownChange, columns};
use crate::base::{amount::Fen, when::Year};
use crate::compile::accounts::{Party, Posting};
use crate::measure::Run;
use crate::measure::cell::{Cell, Row, Sheet};
use crate::measure::town::TownView;

/// An item and who gets it; the postings of it in both runs.
struct Line<'r> {
    item: &'r str,
    name: &'r str,
    party: Party,
    before: Vec<&'r Posting>,
    after: Vec<&'r Posting>,
}

impl<'r> Comparison<'r> {
    /// What every party gets of every item, where it changes.
    pub(super) fn changes_by_source(&'r self) -> Sheet<'r> {
        let lines = self.lines();
        let rows = self.town_years().flat_map(move |(town, year)| lines.iter().filter_map(|line| self.line(line, town, year)).collect::<Vec<_>>());
        Sheet::new("changes_by_source", columns::CHANGES_BY_SOURCE, rows)
    }

    /// Items in the order of the ledgers, the variant's first; money lent or moved between books is nobody's gain.
    fn lines(&self) -> Vec<Line<'r>> {
        let mut lines: Vec<Line<'r>> = Vec::new();
        let mut known: BTreeMap<(&'r str, Party), usize> = BTreeMap::new();
        for (run, is_after) in [(self.after, true), (self.before, false)] {
            for posting in run.compiled.accounts.postings.iter().filter(|p| !p.is_financing()) {
                let key = (posting.item.as_str(), posting.party);
                let at = *known.entry(key).or_insert_with(|| {
                    lines.push(Line { item: &posting.item, name: title(run, posting), party: posting.party, before: Vec::new(), after: Vec::new() });
                    lines.len() - 1
                });
                if is_after { lines[at].after.push(posting) } else { lines[at].before.push(posting) }
            }
        }
        lines
    }

    fn line(&'r self, line: &Line<'r>, town: &'r TownChange<'r>, year: Year) -> Option<Row<'r>> {
        let before = amount(self.before, &town.before, &line.before, year);
        let after = amount(self.after, &town.after, &line.after, year);
        if before == after {
            return None;
        }
        let mut row = self.head();
        row.extend([Cell::text(&town.after.id), Cell::text(&town.after.town.name), Cell::Year(year)]);
        row.extend([Cell::key(line.item), Cell::text(line.name), Cell::key(line.party.key())]);
        row.extend([before, after, after - before].map(Cell::Money));
        row.push(self.unit());
        Some(row)
    }
}

/// A source by its own name, whatever single postings of its chain are called.
fn title<'r>(run: &'r Run, posting: &'r Posting) -> &'r str {
    let of_source = posting.item.strip_prefix("source.").and_then(|id| run.scenario.sources.iter().find(|s| s.id == id));
    of_source.map_or(&posting.name, |s| &s.name)
}

fn amount(run: &Run, town: &TownView<'_>, postings: &[&Posting], year: Year) -> Fen {
    let order = usize::try_from(year - run.scenario.first_year).ok().filter(|_| !town.years.is_empty());
    let Some(order) = order else { return 0 };
    postings.iter().map(|p| run.outcome.fen(p.lane, order, town.place) * if p.is_paid { -1 } else { 1 }).sum()
}
