//! What may be asked for: columns of tables as formulas over lanes, sources, and every lane by its path.

use super::{Explainer, Formula, Key};
use crate::base::lang::Lang;
use crate::base::when::Year;
use crate::diag::{Code, nearest};
use crate::measure::cell::Column;
use crate::measure::columns::{COUNTY_TABLE, MEASURES, STATE_CAPITAL, SUMMARY};
use crate::plan::{Domain, Lane};
use crate::rules::spending::Class;

/// The tables whose cells are formulas over lanes.
pub const TABLES: &[(&str, &[Column])] = &[("summary", SUMMARY), ("county", COUNTY_TABLE), ("measures", MEASURES), ("state_capital", STATE_CAPITAL)];

/// Known names a message lists at most.
const LISTED: usize = 12;

/// What is wrong with a question: a code and what fills its holes.
pub type Wrong = (Code, Vec<(&'static str, String)>);

/// The likeliest name first, then others that are known.
fn known<'a>(name: &str, all: impl IntoIterator<Item = &'a str> + Clone, lang: Lang) -> String {
    let near = nearest(name, all.clone());
    let rest = all.into_iter().filter(|n| near.as_deref() != Some(n)).map(str::to_owned);
    let all: Vec<String> = near.clone().into_iter().chain(rest).collect();
    let more = if all.len() > LISTED { "…" } else { "" };
    format!("{}{more}", all[..all.len().min(LISTED)].join(if lang == Lang::Zh { "、" } else { ", " }))
}

impl Explainer<'_> {
    /// The place of a town, by name or `county/name`.
    ///
    /// # Errors
    /// E741 with the names there are, the nearest first; two towns of one name must be asked for as `county/name`.
    pub fn town(&self, name: &str, lang: Lang) -> Result<usize, Wrong> {
        let towns = &self.run.scenario.towns;
        let places = self.run.places();
        let ids: Vec<String> = towns.iter().map(crate::scenario::Town::id).collect();
        let found: Vec<usize> = (0..towns.len()).filter(|t| towns[*t].name == name || ids[*t] == name).collect();
        match found[..] {
            [town] => Ok(places[town]),
            [] => Err((Code::E741, vec![("name", name.to_owned()), ("known", known(name, towns.iter().map(|t| t.name.as_str()), lang))])),
            _ => Err((Code::E741, vec![("name", name.to_owned()), ("known", known(name, found.iter().map(|t| ids[*t].as_str()), lang))])),
        }
    }

    /// The order of a year.
    ///
    /// # Errors
    /// E742 outside the horizon.
    pub fn year(&self, year: Year) -> Result<usize, Wrong> {
        let (first, last) = (self.run.scenario.first_year, self.run.scenario.last_year);
        let order = usize::try_from(year.saturating_sub(first)).ok().filter(|_| year <= last);
        order.ok_or_else(|| (Code::E742, vec![("year", year.to_string()), ("first", first.to_string()), ("last", last.to_string())]))
    }

    /// What is asked for: `TABLE.csv:COLUMN`, a column of the summary by key or heading, a source by key or name, a lane's path.
    ///
    /// # Errors
    /// E743 for an unknown item, E744 for a cell that is no formula over lanes.
    pub fn item(&self, text: &str, year: usize, town: usize, lang: Lang) -> Result<Key, Wrong> {
        if let Some((table, column)) = text.split_once(':') {
            return self.cell(table.trim(), column.trim(), year, town, lang);
        }
        if let Some(column) = SUMMARY.iter().find(|c| c.key == text || c.words.zh == text || c.words.en == text) {
            return self.column(("summary", SUMMARY), column.key, year, town, lang);
        }
        let (scenario, accounts) = (&self.run.scenario, &self.run.compiled.accounts);
        let id = text.strip_prefix("source.").unwrap_or(text);
        let source = scenario.sources.iter().position(|s| s.id == id || s.name == text);
        if let Some(lanes) = source.and_then(|source| accounts.sources.iter().find(|l| l.source == source)) {
            return Ok(self.key(lanes.town.unwrap_or(lanes.local), year, town));
        }
        let lanes = &self.run.compiled.plan.lanes;
        let called = || lanes.iter().position(|lane| lane.zh == text).and_then(|n| u32::try_from(n).ok()).map(Lane);
        self.lane_called(text)
            .or_else(called)
            .map(|lane| self.key(lane, year, town))
            .ok_or_else(|| (Code::E743, vec![("name", text.to_owned()), ("known", self.known_items(text, lang))]))
    }

    fn known_items(&self, text: &str, lang: Lang) -> String {
        let columns = SUMMARY.iter().filter(|c| c.unit == "money" || c.unit == "1").map(|c| if text.is_ascii() { c.key } else { c.words.zh });
        let sources = self.run.scenario.sources.iter().map(|s| if text.is_ascii() { s.id.as_str() } else { s.name.as_str() });
        let lanes = self.run.compiled.plan.lanes.iter().map(|lane| lane.name.as_str()).filter(|name| text.contains('/') || text.contains('.') && name.contains(text));
        let all: Vec<&str> = lanes.chain(columns).chain(sources).collect();
        known(text, all.iter().copied(), lang)
    }

    /// A lane where a town is asked for: a county's lane stands with its county.
    pub(super) fn key(&self, lane: Lane, year: usize, town: usize) -> Key {
        let plan = &self.run.compiled.plan;
        match plan.lane(lane).domain {
            Domain::Town => Key::Lane(lane, year, town),
            Domain::County => Key::Lane(lane, year, self.county(town)),
        }
    }

    fn county(&self, town: usize) -> usize {
        self.run.compiled.plan.counties.iter().position(|towns| towns.contains(&town)).unwrap_or(0)
    }

    fn cell(&self, table: &str, column: &str, year: usize, town: usize, lang: Lang) -> Result<Key, Wrong> {
        let stem = ["csv", "json", "xlsx"].iter().find_map(|e| table.strip_suffix(e)?.strip_suffix('.')).unwrap_or(table);
        if stem == "budget" {
            let steps = &self.run.compiled.accounts.steps;
            let step = steps.iter().find(|step| step.key == column).map(|step| self.key(step.lane, year, town));
            return step.ok_or_else(|| cell_wrong(&format!("{table}:{column}"), column, steps.iter().map(|s| s.key).collect(), lang));
        }
        match TABLES.iter().find(|(name, _)| *name == stem) {
            Some(found) => self.column(*found, column, year, town, lang),
            None => Err(cell_wrong(&format!("{table}:{column}"), column, vec!["summary.csv", "county.csv", "measures.csv", "state_capital.csv", "budget.csv"], lang)),
        }
    }

    fn column(&self, table: (&'static str, &'static [Column]), column: &str, year: usize, town: usize, lang: Lang) -> Result<Key, Wrong> {
        let place = if table.0 == "county" { self.county(town) } else { town };
        let of = |c: &Column| self.definition(table.0, c.key, year, place).map(|_| Key::Column(table.0, c.key, year, place));
        let found = table.1.iter().find(|c| c.key == column || c.words.zh == column || c.words.en == column).and_then(of);
        found.ok_or_else(|| cell_wrong(&format!("{}.csv:{column}", table.0), column, table.1.iter().filter(|c| of(c).is_some()).map(|c| c.key).collect(), lang))
    }

    pub(super) fn column_formula(&self, table: &str, column: &str, year: usize, place: usize) -> Formula {
        self.definition(table, column, year, place).unwrap_or(Formula::Number(f64::NAN))
    }

    /// Whether a cell is a formula over lanes.
    pub(super) fn is_defined(&self, table: &str, column: &str, year: usize, place: usize) -> bool {
        self.definition(table, column, year, place).is_some()
    }

    /// A lane by its path.
    pub(super) fn lane_called(&self, path: &str) -> Option<Lane> {
        let at = self.run.compiled.plan.lanes.iter().position(|lane| lane.name == path)?;
        u32::try_from(at).ok().map(Lane)
    }

    /// What a cell is made of; none where it is no formula over lanes.
    fn definition(&self, table: &str, column: &str, year: usize, place: usize) -> Option<Formula> {
        match table {
            "summary" => self.summary(column, year, place),
            "county" => self.county_column(column, year, place),
            "measures" => self.measure(column, place),
            _ => {
                let capital = self.run.compiled.accounts.retained.and_then(|r| r.capital)?;
                let lane = [("received", capital.received), ("transferred", capital.transferred), ("retained", capital.kept), ("balance", capital.balance)];
                lane.into_iter().find(|(key, _)| *key == column).map(|(_, lane)| Formula::Key(Key::Lane(lane, year, place)))
            }
        }
    }

    fn summary(&self, column: &str, year: usize, place: usize) -> Option<Formula> {
        let accounts = &self.run.compiled.accounts;
        let stage = &self.run.compiled.plan.projects;
        let at = |lane: Lane| Formula::Key(Key::Lane(lane, year, place));
        let sum = |lanes: Vec<Lane>| Formula::Sum(lanes.into_iter().map(at).collect(), Vec::new());
        let own = |column: &'static str, year: usize| Formula::Key(Key::Column("summary", column, year, place));
        let ratio = |a: Formula, b: Formula| Formula::Quotient(Box::new(a), Box::new(b));
        let due_of = |wanted: &dyn Fn(Class) -> bool| sum(accounts.lines.iter().filter(|l| wanted(l.class)).map(|l| l.due).collect());
        let unmet_of = |wanted: &dyn Fn(Class) -> bool| sum(accounts.lines.iter().filter(|l| wanted(l.class)).map(|l| l.unmet).collect());
        let cell = year * self.run.compiled.plan.towns + place;
        let general = accounts.sources.iter().filter(|s| !s.in_fund[cell] && !s.in_capital[cell]);
        if let Some(formula) = self.summary_lane(column).map(at) {
            return Some(formula);
        }
        Some(match column {
            "total_revenue" => sum(general.map(|s| s.gross).collect()),
            "local_revenue" => sum(general.map(|s| s.local).collect()),
            "wages" => due_of(&|c| c == Class::ALL[0]),
            "operation" => due_of(&|c| c == Class::ALL[1]),
            "livelihood" => due_of(&|c| c == Class::ALL[2]),
            "debt_service" => due_of(&|c| c == Class::ALL[3]),
            "other_recurrent" => due_of(&|c| c == Class::ALL[4]),
            "recurrent_unpaid" => unmet_of(&|_| true),
            "guarantees_cover" => {
                let (due, unmet) = (due_of(&Class::is_guarantee), unmet_of(&Class::is_guarantee));
                ratio(Formula::Sum(vec![due.clone()], vec![unmet]), due)
            }
            "gap" => Formula::Sum(vec![at(stage.planned)], vec![at(stage.paid)]),
            "gap_cumulative" => Formula::Sum((0..=year).map(|y| own("gap", y)).collect(), Vec::new()),
            "coverage" => ratio(at(stage.paid), at(stage.due)),
            "balance_earmarked" => sum(accounts.pots.clone()),
            "match" => ratio(own("retained_general", year), due_of(&|_| true)),
            "population" => Formula::Number(people(self.run.scenario.towns[self.run.compiled.towns[place]].population?)),
            _ => return None,
        })
    }

    /// Columns that are a lane.
    fn summary_lane(&self, column: &str) -> Option<Lane> {
        let stage = &self.run.compiled.plan.projects;
        let retained = self.run.compiled.accounts.retained.as_ref();
        let purse = self.run.compiled.accounts.purse.as_ref();
        match column {
            "planned" => Some(stage.planned),
            "paid" => Some(stage.paid),
            "due" => Some(stage.due),
            "unpaid" => Some(stage.unpaid),
            "retained" => retained.map(|r| r.all),
            "retained_tax" => retained.map(|r| r.tax),
            "retained_land" => retained.map(|r| r.land),
            "retained_fee" => retained.map(|r| r.fee),
            "retained_transfer" => retained.map(|r| r.transfer),
            "retained_other" => retained.map(|r| r.other),
            "retained_general" => retained.map(|r| r.general),
            "retained_fund" => retained.map(|r| r.fund),
            "earmarked" => purse.map(|p| p.earmarked),
            "brought_forward" => purse.map(|p| p.opening),
            "available" => purse.map(|p| p.available),
            "balance_general" => purse.map(|p| p.balance_general),
            "balance_fund" => purse.map(|p| p.balance_fund),
            "receivable" => purse.map(|p| p.receivable),
            "arrears" => purse.map(|p| p.arrears),
            _ => None,
        }
    }

    fn county_column(&self, column: &str, year: usize, county: usize) -> Option<Formula> {
        let lanes = self.run.compiled.accounts.county?;
        let at = |lane: Lane| Some(Formula::Key(Key::Lane(lane, year, county)));
        match column {
            "from_towns" => at(lanes.from_towns),
            "remittances" => at(lanes.remittances),
            "held" => at(lanes.held),
            "returned" => lanes.returned.and_then(at),
            "transfers_paid" => at(lanes.paid),
            "own_revenue" => at(lanes.account?.own),
            "resources" => at(lanes.account?.resources),
            "three_guarantees" => at(lanes.account?.guarantees),
            "debt_service" => at(lanes.account?.debt),
            "balance" => at(lanes.account?.balance),
            "three_guarantees_cover" => {
                let account = lanes.account?;
                Some(Formula::Quotient(Box::new(at(account.resources)?), Box::new(at(account.guarantees)?)))
            }
            _ => None,
        }
    }
}

/// A number of people.
#[expect(clippy::cast_precision_loss, reason = "people, in millionths")]
fn people(millionths: i64) -> f64 {
    millionths as f64 / 1e6
}

/// A cell that cannot be told, with what is named there and what could be.
pub(super) fn cell_wrong(cell: &str, column: &str, all: Vec<&str>, lang: Lang) -> Wrong {
    (Code::E744, vec![("cell", cell.to_owned()), ("known", known(column, all, lang))])
}
