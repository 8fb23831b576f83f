//! The tables of a run, as rows of cells.

use std::borrow::Cow;

use super::Run;
use super::cell::{Cell, Column, Row, Sheet};
use super::columns::{self, TABLES};
use super::town::{TownView, ratio};
use crate::base::{amount::Fen, decimal::Decimal};
use crate::compile::accounts::{Party, Posting};
use crate::rules::field::Quantity;
use crate::rules::param::Leaf;

/// All tables of a run on its own, in the order they are written.
#[must_use]
pub fn all<'r>(run: &'r Run, towns: &'r [TownView<'r>]) -> Vec<Sheet<'r>> {
    against(run, towns, None)
}

/// All tables of a run, with what only shows beside the run it is compared with.
#[must_use]
pub fn against<'r>(run: &'r Run, towns: &'r [TownView<'r>], baseline: Option<&Run>) -> Vec<Sheet<'r>> {
    let mut all = vec![
        summary(run, towns),
        super::projects::measures(run, towns),
        ledger(run, towns),
        super::settlement::table(run, towns),
        super::projects::projects(run),
        super::projects::project_years(run),
        super::county::table(run, baseline),
        super::budget::table(run, towns),
        super::functional::table(run, towns),
        levels(run, towns),
        super::inequality::table(run, towns),
        parameters(run),
        dictionary(&described(run)),
    ];
    all.extend(super::capital::table(run, towns));
    all
}

/// Key cells every town row starts with: variant, id, name.
pub(super) fn head<'r>(run: &'r Run, town: &'r TownView<'r>) -> Row<'r> {
    // Room for a whole row of the tables that have many.
    let mut row = Vec::with_capacity(16);
    row.extend([Cell::key(run.label()), Cell::text(&town.id), Cell::text(&town.town.name)]);
    row
}

pub(super) fn unit(run: &Run) -> Cell<'static> {
    Cell::key(run.scenario.unit.symbol())
}

/// Every town and year, in the order of rows.
pub(super) fn town_years<'r>(run: &'r Run, towns: &'r [TownView<'r>]) -> impl Iterator<Item = (&'r TownView<'r>, usize)> {
    towns.iter().flat_map(|town| (0..run.years()).map(move |year| (town, year)))
}

/// Yearly summary.
#[must_use]
pub fn summary<'r>(run: &'r Run, towns: &'r [TownView<'r>]) -> Sheet<'r> {
    let rows = towns.iter().flat_map(move |town| {
        let mut cumulative: Fen = 0;
        town.years.iter().enumerate().map(move |(n, y)| {
            cumulative += y.gap();
            let agreement = run.scenario.agreement_of(town.order, n).map_or("", |a| &a.name);
            let mut row = head(run, town);
            row.extend([Cell::text(&town.town.county), Cell::text(agreement), Cell::Year(y.year), unit(run)]);
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
            row
        })
    });
    Sheet::new("summary", columns::SUMMARY, rows)
}

/// Source × party × book × earmark, town by town and year by year; lines of nothing are left out.
#[must_use]
pub fn ledger<'r>(run: &'r Run, towns: &'r [TownView<'r>]) -> Sheet<'r> {
    let rows = town_years(run, towns).flat_map(move |(town, year)| run.compiled.accounts.postings.iter().filter_map(move |posting| posted(run, posting, town, year)));
    Sheet::new("ledger", columns::LEDGER, rows)
}

fn posted<'r>(run: &'r Run, posting: &'r Posting, town: &'r TownView<'r>, year: usize) -> Option<Row<'r>> {
    let amount = run.outcome.fen(posting.lane, year, town.place);
    if amount == 0 {
        return None;
    }
    let earmark = posting.earmark.map_or("", |e| &run.compiled.accounts.pot_keys[e]);
    let grade = run.evidence().at(posting.lane, year, town.place).map_or("", |g| g.letter());
    let mut row = head(run, town);
    row.extend([Cell::Year(run.year(year)), Cell::key(&posting.item), Cell::text(&posting.name)]);
    row.extend([Cell::key(book(run, posting, year, town.place)), Cell::key(posting.party.key()), Cell::text(earmark)]);
    row.extend([Cell::Money(if posting.is_paid { -amount } else { amount }), unit(run), Cell::key(&posting.rule), Cell::key(grade)]);
    Some(row)
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
#[must_use]
pub fn levels<'r>(run: &'r Run, towns: &'r [TownView<'r>]) -> Sheet<'r> {
    let of_sources = |party: Party| run.compiled.accounts.postings.iter().filter(move |p| p.party == party && p.item.starts_with("source."));
    let parties = Party::ALL.map(|party| (party, of_sources(party).collect::<Vec<&Posting>>()));
    // Money passes to other towns only where a firm moved or an enclave is shared.
    let parties: Vec<_> = parties.into_iter().filter(|(party, postings)| *party != Party::OtherTown || !postings.is_empty()).collect();
    let rows = town_years(run, towns).flat_map(move |(town, year)| {
        let gross: Fen = run.compiled.accounts.sources.iter().map(|s| run.outcome.fen(s.gross, year, town.place)).sum();
        let row = |(party, postings): &(Party, Vec<&Posting>)| {
            let amount: Fen = postings.iter().map(|p| run.outcome.fen(p.lane, year, town.place) * if p.is_paid { -1 } else { 1 }).sum();
            let mut row = head(run, town);
            row.extend([Cell::Year(run.year(year)), Cell::key(party.key()), Cell::Money(amount), unit(run)]);
            row.push(Cell::or_empty(ratio(amount, gross), Cell::Ratio));
            row
        };
        parties.iter().map(row).collect::<Vec<_>>()
    });
    Sheet::new("levels", columns::LEVELS, rows)
}

/// Every value a user wrote, with its source and grade.
#[must_use]
pub fn parameters(run: &Run) -> Sheet<'_> {
    let mut used = vec![false; run.scenario.leaves.iter().count()];
    run.compiled.plan.tables.iter().flat_map(|t| t.leaves.iter().flatten()).for_each(|leaf| used[leaf.0 as usize] = true);
    let rows = run.scenario.leaves.iter().zip(used).map(|((_, leaf), used)| parameter(run, leaf, used || leaf.quantity == Quantity::Rate));
    Sheet::new("parameters", columns::PARAMETERS, rows)
}

fn parameter<'r>(run: &'r Run, leaf: &'r Leaf, used: bool) -> Row<'r> {
    let (value, unit) = value_of(run, leaf);
    let (file, line) = run.scenario.files.line_of(&leaf.place);
    let text = |text: &'r Option<String>| text.as_ref().map_or(Cell::Empty, Cell::text);
    vec![
        Cell::text(&leaf.path),
        Cell::or_empty(leaf.from, |d| Cell::key(d.to_string())),
        Cell::Decimal(value),
        Cell::text(&leaf.text),
        Cell::Key(unit),
        text(&leaf.provenance.source),
        Cell::or_empty(leaf.provenance.grade, |g| Cell::key(g.letter())),
        Cell::or_empty(leaf.provenance.verified, |d| Cell::key(d.to_string())),
        text(&leaf.provenance.note),
        Cell::text(run.scenario.files.from_scenario(file)),
        if line == 0 { Cell::Empty } else { Cell::Whole(i64::try_from(line).unwrap_or(0)) },
        Cell::text(leaf.layer.as_ref()),
        Cell::Whole(i64::from(used)),
    ]
}

/// A leaf's value in the unit of the tables.
fn value_of(run: &Run, leaf: &Leaf) -> (String, Cow<'static, str>) {
    let money = run.scenario.unit;
    let decimal = |places: u32| Decimal::new(i128::from(leaf.value), places).to_string();
    match leaf.quantity {
        Quantity::Share | Quantity::Rate | Quantity::Number => (decimal(6), "1".into()),
        Quantity::Money | Quantity::SignedMoney => (money.print(leaf.value), money.symbol().into()),
        Quantity::MoneyPerMu => (money.print(leaf.value), format!("{}/亩", money.symbol()).into()),
        Quantity::MoneyPerSquareMetre => (decimal(2), "元/平方米".into()),
        Quantity::Area => (decimal(2), "亩".into()),
        Quantity::Word(words) => (usize::try_from(leaf.value).ok().and_then(|n| words.get(n)).map_or(String::new(), |w| (*w).to_owned()), "".into()),
    }
}

/// The tables that are described: one more where the state capital book exists.
fn described(run: &Run) -> Vec<(&'static str, &'static [Column])> {
    let outturn = run.scenario.rolling.map(|_| ("outturn", super::rolling::OUTTURN));
    TABLES.iter().copied().chain(run.has_state_capital().then_some(columns::CAPITAL_TABLE)).chain(outturn).collect()
}

/// The dictionary of the columns of some tables.
#[must_use]
pub fn dictionary<'r>(tables: &[(&'static str, &'static [Column])]) -> Sheet<'r> {
    let mut rows = Vec::new();
    for (table, columns) in tables {
        for c in *columns {
            let cells = [*table, c.key, c.words.zh, c.words.en, c.unit, c.definition.zh, c.definition.en, c.formula];
            rows.push(cells.map(Cell::key).to_vec());
        }
    }
    Sheet::new("columns", columns::DICTIONARY, rows)
}
