//! What must hold whatever the numbers are.

mod common;

use std::collections::BTreeMap;

use fencheng::engine::project;
use fencheng::measure::{Run, tables};
use fencheng::scenario::Scenario;
use proptest::prelude::*;

fn run(scenario: Scenario) -> Run {
    Run::of(scenario).unwrap_or_else(|p| panic!("{:?}", p.iter().collect::<Vec<_>>()))
}

fn in_pool<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

#[test]
fn the_same_bits_on_one_thread_and_on_two() {
    let folder = tempfile::tempdir().unwrap();
    common::many_towns(folder.path(), 300, 25);
    let scenario = common::scenario(folder.path(), Some("tiers-by-growth"), &[]);
    let compiled = fencheng::compile::compile(&scenario).unwrap();
    let (one, two) = (in_pool(1, || project(&compiled.plan).unwrap()), in_pool(2, || project(&compiled.plan).unwrap()));
    for lane in (0..compiled.plan.lanes.len()).map(|n| fencheng::plan::Lane(u32::try_from(n).unwrap())) {
        let places = match compiled.plan.lane(lane).domain {
            fencheng::plan::Domain::Town => compiled.plan.towns,
            fencheng::plan::Domain::County => compiled.plan.counties.len(),
        };
        for year in 0..compiled.plan.years {
            for place in 0..places {
                assert_eq!(one.at(lane, year, place).to_bits(), two.at(lane, year, place).to_bits(), "{}", compiled.plan.lane(lane).name);
            }
        }
    }
}

#[test]
fn the_order_of_towns_in_the_table_does_not_matter() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    common::many_towns(folder.path(), 40, 7);
    common::many_towns(other.path(), 40, 7);
    let table = std::fs::read_to_string(other.path().join("towns.csv")).unwrap();
    let mut lines: Vec<&str> = table.lines().collect();
    lines[1..].reverse();
    std::fs::write(other.path().join("towns.csv"), lines.join("\n")).unwrap();
    let rows = |folder: &std::path::Path| {
        let run = run(common::scenario(folder, None, &[]));
        let mut rows: Vec<String> = tables::summary(&run, &run.town_views()).rows.map(|r| format!("{r:?}")).collect();
        rows.sort();
        rows
    };
    assert_eq!(rows(folder.path()), rows(other.path()));
}

/// What the printed ledger says, added up here: town, year and item.
fn ledger_sums(run: &Run) -> BTreeMap<(String, i32, String), i64> {
    use fencheng::measure::cell::Cell;
    let towns = run.town_views();
    let ledger = tables::all(run, &towns).into_iter().find(|t| t.name == "ledger").unwrap();
    let at = |key: &str| ledger.columns.iter().position(|c| c.key == key).unwrap();
    let (town, year, item, amount) = (at("town_id"), at("year"), at("item_id"), at("amount"));
    let mut sums = BTreeMap::new();
    for row in ledger.rows {
        let (Cell::Text(town), Cell::Year(year), Cell::Key(item), Cell::Money(fen)) = (&row[town], &row[year], &row[item], &row[amount]) else { panic!("{row:?}") };
        *sums.entry((town.to_string(), *year, item.to_string())).or_insert(0) += fen;
    }
    sums
}

/// Sources whose ledger lines do not add up to their gross amount.
fn open_sources(run: &Run) -> Vec<String> {
    let (sums, towns, mut open) = (ledger_sums(run), run.town_views(), Vec::new());
    for source in &run.compiled.accounts.sources {
        let id = format!("source.{}", run.scenario.sources[source.source].id);
        for view in &towns {
            for n in 0..run.years() {
                let sum = sums.get(&(view.id.clone(), run.year(n), id.clone())).copied().unwrap_or(0);
                let gross = run.outcome.fen(source.gross, n, view.place);
                if sum != gross {
                    open.push(format!("{id} {} {}: {sum} of {gross}", view.id, run.year(n)));
                }
            }
        }
    }
    open
}

/// Every source is handed out to the fen, whoever has a part of it, and what moves from town to town is neither lost nor made.
#[test]
fn the_ledger_of_every_worked_case_adds_up() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/worked");
    let cases = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    for case in cases {
        let run = run(common::scenario(&case, None, &[]));
        assert_eq!(open_sources(&run), Vec::<String>::new(), "{}", case.display());
        let moved: i64 = ledger_sums(&run).iter().filter(|((_, _, item), _)| item.starts_with("move.")).map(|(_, fen)| fen).sum();
        assert_eq!(moved, 0, "{}", case.display());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// `Run::of` refuses a result whose books do not close to the fen; so it is enough that it runs.
    #[test]
    fn books_close_for_any_share_base_and_price(
        share in 0_u32..=1_000_000, excess in 0_u32..=1_000_000, base in 0_u64..900_000_000, price in 0_u64..5_000_000_000, land in 0_u32..=1_000_000,
    ) {
        let percent = |millionths: u32| format!("{}.{:04}%", millionths / 10_000, millionths % 10_000);
        let yuan = |fen: u64| format!("{}.{:02}元", fen / 100, fen % 100);
        let set = [
            format!("agreement.pilot.tax.share={}", percent(share)),
            format!("agreement.ordinary.tax.excess_share={}", percent(excess)),
            format!("agreement.ordinary.tax.revenue_base={}", yuan(base)),
            format!("source.land.use.commercial.price@2014={}/亩", yuan(price)),
            format!("agreement.pilot.land.share={}", percent(land)),
        ];
        let set: Vec<&str> = set.iter().map(String::as_str).collect();
        let run = run(common::scenario(&common::mengyang(), Some("pilot-reform"), &set));
        prop_assert_eq!(open_sources(&run), Vec::<String>::new());
    }

    /// No pool offsets it here: a town that keeps more of its taxes retains more.
    #[test]
    fn a_higher_share_never_lowers_retained_funds(low in 0_u32..=100, more in 0_u32..=50) {
        let high = (low + more).min(100);
        let retained = |share: u32| -> Vec<i64> {
            let run = run(common::scenario(&common::mengyang(), Some("pilot-reform"), &[&format!("agreement.pilot.tax.share={share}%")]));
            run.town_views()[0].years.iter().map(|y| y.retained).collect()
        };
        for (less, more) in retained(low).into_iter().zip(retained(high)) {
            prop_assert!(less <= more);
        }
    }
}
