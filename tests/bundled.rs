//! Bundled scenarios against papers of their own: a published-style allocation, the hundred towns' control totals, and a pool
//! that cannot pay what it promises.

use std::path::Path;

use fencheng::base::lang::Lang;
use fencheng::diag::render::render;
use fencheng::load::{Request, load};
use fencheng::measure::Run;

fn run(folder: &str, variant: Option<&str>, set: &[&str]) -> Result<Run, String> {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(folder);
    let loaded = load(&Request { scenario, variants: fencheng::load::stack(variant), set: set.iter().map(|s| (*s).to_owned()).collect() });
    let (scenario, problems) = fencheng::check::check(folder, &loaded);
    let shown = |problems| render(&problems, &loaded.files, Lang::Zh, false);
    let Some(scenario) = scenario else { return Err(shown(problems)) };
    Run::of(scenario).map_err(shown)
}

/// What every town gets of a transfer in a year, in the order of the town table.
fn received(run: &Run, id: &str, year: i32) -> Vec<i64> {
    let at = run.scenario.transfers.iter().position(|t| t.id == id).expect("the transfer");
    let lane = run.compiled.accounts.transfers.iter().find(|(n, _)| *n == at).expect("its lane").1;
    let year = usize::try_from(year - run.scenario.first_year).unwrap();
    run.places().iter().map(|place| run.outcome.fen(lane, year, *place)).collect()
}

/// `scenarios/equalisation/expected.csv` was worked out in exact fractions by another program.
#[test]
fn an_allocation_is_reproduced_to_the_fen_from_its_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/equalisation");
    let mut reader = csv::Reader::from_path(folder.join("expected.csv")).expect("the paper");
    let headings: Vec<String> = reader.headers().unwrap().iter().map(|h| h.trim_start_matches('\u{feff}').trim_end_matches("（元）").to_owned()).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    for (at, heading) in headings.iter().enumerate().skip(4) {
        let variant = (heading != "补助").then_some(heading.as_str());
        let run = run("equalisation", variant, &[]).expect("a sound scenario");
        let paper: Vec<i64> = rows[..rows.len() - 1].iter().map(|row| row[at].replace('.', "").parse().unwrap()).collect();
        assert_eq!(received(&run, "equalisation", 2024), paper, "{heading}");
        let total: i64 = rows.last().unwrap()[at].replace('.', "").parse().unwrap();
        assert_eq!(paper.iter().sum::<i64>(), total, "{heading}: the paper adds up");
    }
}

#[test]
fn a_pool_that_cannot_pay_its_floors_names_itself_the_year_and_what_is_missing() {
    // 600,000 people at 120 yuan are 72 million; 60 million are there.
    let said = run("equalisation", None, &["transfer.equalisation.floor.per_head=120元"]).expect_err("an infeasible pool");
    for part in ["E604", "transfer.equalisation", "2024", "12,000,000"] {
        assert!(said.contains(part), "{part} is missing in:\n{said}");
    }
}

#[test]
fn the_hundred_towns_get_what_the_article_says() {
    let run = run("hundred-towns", None, &[]).expect("a sound scenario");
    let yuan = 100;
    // 1 billion yuan a year for three years, 10 million for each of 100 towns that join.
    for year in 2013..=2015 {
        let got = received(&run, "hundred_towns", year);
        assert_eq!(got.iter().sum::<i64>(), 1_000_000_000 * yuan, "{year}");
        assert_eq!(got.iter().filter(|fen| **fen == 10_000_000 * yuan).count(), 100, "{year}");
        assert_eq!(got.iter().filter(|fen| **fen == 0).count(), 200, "{year}");
    }
    // 2016: 500 million to 100 towns.
    let prizes = received(&run, "two_batches", 2016);
    assert_eq!(prizes.iter().filter(|fen| **fen == 5_000_000 * yuan).count(), 100);
    assert_eq!(prizes.iter().sum::<i64>(), 500_000_000 * yuan);
    // 32.1 billion of total investment.
    assert_eq!(run.scenario.projects.iter().map(|p| p.cost).sum::<i64>(), 32_100_000_000 * yuan);
    assert_eq!((run.scenario.towns.len(), run.compiled.counties.len()), (300, 75));
}

/// Wages unpaid in 2012 are a shortage before the first project is: the mark stands at the first gap that is labelled.
#[cfg(feature = "chart")]
#[test]
fn the_picture_marks_the_first_year_that_shows_a_gap() {
    use fencheng::write::{
        chart::Aspect,
        picture::{Subject, funds::funds},
    };
    let run = run("hundred-towns", None, &[]).expect("a sound scenario");
    let story = fencheng::measure::story::tell(&run, None, None, Lang::Zh);
    let (views, towns): (_, Vec<usize>) = (run.town_views(), (0..run.scenario.towns.len()).collect());
    let picture = funds(&Subject { run: &run, all: &views, towns: &towns, story: &story, years: (2012, 2030), when: "", lang: Lang::Zh, aspect: Aspect::Wide });
    let labelled = picture.years.iter().zip(&picture.gap_texts).find(|(_, text)| text.is_some()).map(|(year, _)| *year);
    assert_eq!(labelled, Some(2012));
    assert_eq!(picture.first_shortfall.map(|(year, _)| year), labelled);
}
