//! The tables of a run, as rows of cells.

use std::collections::BTreeSet;

use super::Run;
use super::cell::{Cell, Column, Sheet};
use super::columns::{self, TABLES};
use super::evidence::Evidence;
use super::town::{TownView, ratio};
use crate::base::{amount::Fen, decimal::Decimal, leaf::LeafId};
use crate::compile::accounts::{Party, Posting};
use crate::rules::field::Quantity;
use crate::rules::param::Leaf;

/// All tables of a run on its own, in the order they are written.
#[must_use]
pub fn all(run: &Run) -> Vec<Sheet> {
    against(run, None)
}

/// All tables of a run, with what only shows beside the run it is compared with.
#[must_use]
pub fn against(run: &Run, baseline: Option<&Run>) -> Vec<Sheet> {
    let towns = run.town_views();
    let evidence = Evidence::of(run);
    let mut all = vec![
        summary(run, &towns),
        super::projects::measures(run, &towns),
        ledger(run, &towns, &evidence),
        super::settlement::table(run, &towns),
        super::projects::projects(run),
        super::projects::project_years(run),
        super::county::table(run, baseline),
        super::budget::table(run, &towns),
        super::functional::table(run, &towns),
        levels(run, &towns),
        super::inequality::table(run, &towns),
        parameters(run),
        dictionary(&described(run)),
    ];
    all.extend(super::capital::table(run, &towns));
    all
}

/// Key cells every town row starts with: variant, id, name.
pub(super) fn head(run: &Run, town: &TownView<'_>) -> Vec<Cell> {
    vec![Cell::Key(run.variant().to_owned()), Cell::Text(town.town.id()), Cell::Text(town.town.name.clone())]
}

pub(super) fn unit(run: &Run) -> Cell {
    Cell::Key(run.scenario.unit.symbol().to_owned())
}

/// Yearly summary.
#[must_use]
pub fn summary(run: &Run, towns: &[TownView<'_>]) -> Sheet {
    let mut rows = Vec::new();
    for town in towns {
        let mut cumulative: Fen = 0;
        for (n, y) in town.years.iter().enumerate() {
            cumulative += y.gap();
            let agreement = run.scenario.agreement_of(town.order, n).map_or("", |a| &a.name);
            let mut row = head(run, town);
            row.extend([Cell::Text(town.town.county.clone()), Cell::Text(agreement.to_owned()), Cell::Year(y.year), unit(run)]);
            let money = [y.total_revenue, y.local_revenue, y.retained_tax, y.retained_land, y.retained_fee, y.retained_transfer, y.retained_other];
            row.extend(money.map(Cell::Money));
            row.extend([y.retained, y.retained_general, y.retained_fund, y.earmarked].map(Cell::Money));
            let [wages, operation, livelihood, debt, other] = y.recurrent;
            row.extend([wages, operation, livelihood, other, debt, y.recurrent_unpaid].map(Cell::Money));
            row.push(Cell::or_empty(y.guarantees_cover(), Cell::Ratio));
            row.extend([y.brought_forward, y.available, y.planned, y.paid, y.gap(), cumulative, y.due, y.unpaid].map(Cell::Money));
            row.push(Cell::or_empty(ratio(y.paid, y.due), Cell::Ratio));
            row.extend([y.balance_general, y.balance_fund, y.balance_earmarked, y.receivable, y.arrears].map(Cell::Money));
            row.push(Cell::or_empty(ratio(y.retained_general, y.recurrent_due()), Cell::Ratio));
            row.push(Cell::or_empty(town.town.population, |p| Cell::Decimal(Decimal::new(i128::from(p), 6).to_string())));
            rows.push(row);
        }
    }
    Sheet { name: "summary", columns: columns::SUMMARY, rows }
}

/// Source × party × book × earmark, town by town and year by year; lines of nothing are left out.
#[must_use]
pub fn ledger(run: &Run, towns: &[TownView<'_>], evidence: &Evidence) -> Sheet {
    let mut rows = Vec::new();
    for town in towns {
        for year in 0..run.years() {
            for posting in &run.compiled.accounts.postings {
                let amount = run.outcome.fen(posting.lane, year, town.place);
                if amount == 0 {
                    continue;
                }
                let mut row = head(run, town);
                let earmark = posting.earmark.map_or(String::new(), |e| run.compiled.accounts.pot_keys[e].clone());
                let grade = evidence.at(posting.lane, year, town.place).map_or("", |g| g.letter());
                row.extend([Cell::Year(run.year(year)), Cell::Key(posting.item.clone()), Cell::Text(posting.name.clone())]);
                row.extend([Cell::Key(book(run, posting, year, town.place).to_owned()), Cell::Key(posting.party.key().to_owned()), Cell::Text(earmark)]);
                row.extend([Cell::Money(if posting.is_paid { -amount } else { amount }), unit(run), Cell::Key(posting.rule.clone()), Cell::Key(grade.to_owned())]);
                rows.push(row);
            }
        }
    }
    Sheet { name: "ledger", columns: columns::LEDGER, rows }
}

fn book(run: &Run, posting: &Posting, year: usize, place: usize) -> &'static str {
    let of_source = posting.source.and_then(|s| run.compiled.accounts.sources.iter().find(|l| l.source == s));
    let at = year * run.compiled.plan.towns + place;
    match of_source {
        Some(source) if source.in_capital[at] => "state_capital",
        Some(source) if source.in_fund[at] => "fund",
        None if posting.to_fund => "fund",
        _ => "general",
    }
}

/// What each level gets of all that is raised in a town.
fn levels(run: &Run, towns: &[TownView<'_>]) -> Sheet {
    let mut rows = Vec::new();
    for town in towns {
        for year in 0..run.years() {
            let gross: Fen = run.compiled.accounts.sources.iter().map(|s| run.outcome.fen(s.gross, year, town.place)).sum();
            for party in Party::ALL {
                let of = run.compiled.accounts.postings.iter().filter(|p| p.party == party && p.item.starts_with("source."));
                let amount: Fen = of.map(|p| run.outcome.fen(p.lane, year, town.place) * if p.is_paid { -1 } else { 1 }).sum();
                let mut row = head(run, town);
                row.extend([Cell::Year(run.year(year)), Cell::Key(party.key().to_owned()), Cell::Money(amount), unit(run)]);
                row.push(Cell::or_empty(ratio(amount, gross), Cell::Ratio));
                rows.push(row);
            }
        }
    }
    Sheet { name: "levels", columns: columns::LEVELS, rows }
}

/// Every value a user wrote, with its source and grade.
fn parameters(run: &Run) -> Sheet {
    let used: BTreeSet<LeafId> = run.compiled.plan.tables.iter().flat_map(|t| t.leaves.iter().flatten().copied()).collect();
    let rows = run.scenario.leaves.iter().map(|(id, leaf)| parameter(run, leaf, used.contains(&id) || leaf.quantity == Quantity::Rate)).collect();
    Sheet { name: "parameters", columns: columns::PARAMETERS, rows }
}

fn parameter(run: &Run, leaf: &Leaf, used: bool) -> Vec<Cell> {
    let (value, unit) = value_of(run, leaf);
    let (file, line) = run.scenario.files.line_of(&leaf.place);
    let text = |text: &Option<String>| text.clone().map_or(Cell::Empty, Cell::Text);
    vec![
        Cell::Text(leaf.path.clone()),
        Cell::or_empty(leaf.from, |d| Cell::Key(d.to_string())),
        Cell::Decimal(value),
        Cell::Text(leaf.text.clone()),
        Cell::Key(unit),
        text(&leaf.provenance.source),
        Cell::or_empty(leaf.provenance.grade, |g| Cell::Key(g.letter().to_owned())),
        Cell::or_empty(leaf.provenance.verified, |d| Cell::Key(d.to_string())),
        text(&leaf.provenance.note),
        Cell::Text(file),
        if line == 0 { Cell::Empty } else { Cell::Whole(i64::try_from(line).unwrap_or(0)) },
        Cell::Text(leaf.layer.to_string()),
        Cell::Whole(i64::from(used)),
    ]
}

/// A leaf's value in the unit of the tables.
fn value_of(run: &Run, leaf: &Leaf) -> (String, String) {
    let money = run.scenario.unit;
    let decimal = |places: u32| Decimal::new(i128::from(leaf.value), places).to_string();
    match leaf.quantity {
        Quantity::Share | Quantity::Rate | Quantity::Number => (decimal(6), "1".to_owned()),
        Quantity::Money | Quantity::SignedMoney => (money.print(leaf.value), money.symbol().to_owned()),
        Quantity::MoneyPerMu => (money.print(leaf.value), format!("{}/亩", money.symbol())),
        Quantity::MoneyPerSquareMetre => (decimal(2), "元/平方米".to_owned()),
        Quantity::Area => (decimal(2), "亩".to_owned()),
        Quantity::Word(words) => (usize::try_from(leaf.value).ok().and_then(|n| words.get(n)).map_or(String::new(), |w| (*w).to_owned()), String::new()),
    }
}

/// The tables that are described: one more where the state capital book exists.
fn described(run: &Run) -> Vec<(&'static str, &'static [Column])> {
    TABLES.iter().copied().chain(run.has_state_capital().then_some(columns::CAPITAL_TABLE)).collect()
}

/// The dictionary of the columns of some tables.
pub(super) fn dictionary(tables: &[(&str, &[Column])]) -> Sheet {
    let mut rows = Vec::new();
    for (table, columns) in tables {
        for c in *columns {
            let cells = [table, c.key, c.words.zh, c.words.en, c.unit, c.definition.zh, c.definition.en, c.formula];
            rows.push(cells.map(|t| Cell::Key(t.to_owned())).to_vec());
        }
    }
    Sheet { name: "columns", columns: columns::DICTIONARY, rows }
}
