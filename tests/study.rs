//! Studies: a point is a run of the patched scenario, computed fast or whole.

mod common;

use std::path::{Path, PathBuf};

use fencheng::base::place::Place;
use fencheng::load::{self, Request};
use fencheng::measure::town::TownYear;
use fencheng::rules::field::Quantity;
use fencheng::scenario::study::{Acts, Each, Uncertain};
use fencheng::study::evaluate::Evaluator;
use fencheng::study::inputs::Input;
use fencheng::study::maps::Unmapped;
use fencheng::study::measure;
use fencheng::study::subject::Subject;
use fencheng::study::value::Target;
use fencheng::study::wrong::Wrong;

fn bundled(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

fn subject(name: &str, variant: Option<&str>) -> Subject {
    let request = Request { scenario: bundled(name), variants: variant.map(str::to_owned).into_iter().collect(), set: Vec::new() };
    Subject::new(name, load::load(&request))
}

fn share(path: &str) -> Target {
    Target { paths: vec![path.to_owned()], quantity: Quantity::Share, words: Vec::new(), several: None, change: None }
}

fn evaluator(name: &str, variant: Option<&str>, targets: &[Target], ranges: &[(i64, i64)]) -> Evaluator {
    Evaluator::new(subject(name, variant), targets.to_vec(), ranges).expect("the middle is sound")
}

/// Every measure of every point, both ways.
fn both_ways(evaluator: &Evaluator, points: &[i64]) {
    assert_eq!(evaluator.slow(), None);
    let wanted = evaluator.wanted(true, true, None);
    assert_eq!(evaluator.differs(points, &wanted), None);
}

#[test]
fn shares_are_swept_by_the_fused_program() {
    let targets = [share("agreement.pilot.tax.share"), share("agreement.pilot.land.share")];
    let evaluator = evaluator("mengyang", Some("pilot-reform"), &targets, &[(400_000, 1_000_000), (500_000, 1_000_000)]);
    both_ways(&evaluator, &[400_000, 500_000, 613_579, 777_777, 1_000_000, 1_000_000, 999_999, 500_001]);
}

#[test]
fn what_an_upper_level_takes_and_how_taxes_grow_are_swept_too() {
    let mut growth = share("source.vat.grows_by");
    growth.quantity = Quantity::Rate;
    let targets = [share("upper.city.other"), growth];
    let evaluator = evaluator("mengyang", Some("pilot-reform"), &targets, &[(0, 250_000), (-50_000, 150_000)]);
    both_ways(&evaluator, &[0, -50_000, 123_456, 77_777, 250_000, 150_000]);
}

#[test]
fn what_changes_the_structure_is_a_whole_run() {
    let mode = Target {
        paths: vec!["projects.mode".to_owned()],
        quantity: Quantity::Number,
        words: vec!["unconstrained".into(), "constrained".into()],
        several: None,
        change: None,
    };
    let evaluator = evaluator("mengyang", None, &[mode], &[(0, 1)]);
    assert_eq!(evaluator.slow(), Some(&Unmapped::Structure));
    let wanted = evaluator.wanted(true, false, None);
    let found = evaluator.points(&[0, 1], &wanted);
    assert!(found.iter().all(Result::is_ok));
    assert_ne!(found[0], found[1]);
}

#[test]
fn a_point_that_is_wrong_has_a_code_and_the_others_go_on() {
    let evaluator = evaluator("mengyang", Some("pilot-reform"), &[share("agreement.pilot.tax.share")], &[(500_000, 1_500_000)]);
    assert_eq!(evaluator.slow(), Some(&Unmapped::Wrong));
    let found = evaluator.points(&[500_000, 1_200_000], &evaluator.wanted(false, false, None));
    assert!(found[0].is_ok());
    let failed = found[1].as_ref().unwrap_err();
    assert!(failed.code.starts_with("E2") && !failed.message.is_empty(), "{failed:?}");
}

#[test]
fn the_figures_are_those_of_the_tables() {
    for (name, variant) in [("mengyang", Some("pilot-reform")), ("pilot-towns", None), ("pilot-towns", Some("instruments")), ("hundred-towns", None)] {
        let run = subject(name, variant).run().unwrap();
        let evaluator = evaluator(name, variant, &[], &[]);
        let figures = evaluator.whole_run(&[], &evaluator.wanted(true, false, None)).unwrap();
        let get = |key: &str| (measure::find(key).unwrap().of)(&figures);
        let views = run.town_views();
        let whole = |of: fn(&TownYear) -> i64| measure::Figure::Whole(views.iter().map(|v| v.sum(of)).sum());
        assert_eq!(get("planned"), whole(|y| y.planned));
        assert_eq!(get("gap"), whole(TownYear::gap));
        assert_eq!(get("retained"), whole(|y| y.retained));
        assert_eq!(get("retained_fund"), whole(|y| y.retained_fund));
        assert_eq!(get("guarantees_unpaid"), whole(|y| y.guarantees_unpaid));
        let short: Vec<_> = views.iter().filter_map(|v| v.shortfall()).collect();
        assert_eq!(get("towns_short"), measure::Figure::Whole(short.len() as i64));
        assert_eq!(get("first_shortfall").number(), short.iter().map(|s| f64::from(s.0)).reduce(f64::min));
        let lowest = views.iter().filter_map(|v| v.coverage()).reduce(f64::min);
        assert_eq!(get("lowest_coverage").number(), lowest);
        let counties: Vec<_> = (0..run.compiled.counties.len()).map(|n| run.county_years(n)).collect();
        let cover = counties.iter().flatten().filter_map(fencheng::measure::county::CountyYear::cover).reduce(f64::min);
        assert_eq!(get("county_cover").number(), cover);
        let net: i64 = counties.iter().flatten().map(fencheng::measure::county::CountyYear::of_towns).sum();
        assert_eq!(get("county_of_towns"), measure::Figure::Whole(net));
    }
}

/// What is asked of one town is that town's: the books and the guarantees too, not those of all towns.
#[test]
fn figures_of_a_town_are_those_of_its_table() {
    let evaluator = evaluator("pilot-towns", None, &[share("agreement.ordinary.tax.excess_share")], &[(0, 500_000)]);
    let run = subject("pilot-towns", None).run().expect("a sound scenario");
    let all = evaluator.wanted(true, false, None).of_run(&run.compiled.plan, &run.outcome);
    let mut unpaid = 0;
    for town in run.town_views() {
        let own = all.of_town(run.places()[town.order]);
        let sum = |of: fn(&TownYear) -> i64| Some(town.sum(of) as f64);
        let of = |key: &str| (measure::find(key).expect("a measure").of)(&own).number();
        assert_eq!(of("retained_general"), sum(|y| y.retained_general), "{}", town.id);
        assert_eq!(of("retained_fund"), sum(|y| y.retained_fund), "{}", town.id);
        assert_eq!(of("guarantees_unpaid"), sum(|y| y.guarantees_unpaid), "{}", town.id);
        unpaid += i64::from(of("guarantees_unpaid") != Some(0.0));
    }
    assert!(unpaid > 0 || all.guarantees_unpaid == 0.0);
}

/// What `--uncertain` says, as an input of the study.
fn drawn(subject: &Subject, path: &str, acts: Acts, each: Each, mean: &str) -> Result<Input, Wrong> {
    let parameters = [Some(mean.to_owned()), Some("0".to_owned()), None, None, None];
    let one = Uncertain {
        id: path.to_owned(),
        name: path.to_owned(),
        path: path.to_owned(),
        acts,
        each,
        draw: "normal".to_owned(),
        parameters,
        persistence: None,
        place: Place::Nowhere,
    };
    Input::uncertain(&one, subject, &subject.scenario().expect("bundled"))
}

/// Times 1 and plus 0 change nothing, whatever grows, changes in May or differs by town.
#[test]
fn a_neutral_draw_gives_the_results_of_the_scenario() {
    for (name, variant, every) in [("mengyang", Some("pilot-reform"), 11), ("pilot-towns", None, 37)] {
        let subject = subject(name, variant);
        let scenario = subject.scenario().expect("bundled");
        let base = Evaluator::new(subject.clone(), Vec::new(), &[]).expect("bundled");
        let wanted = base.wanted(true, true, None);
        let standing = base.whole_run(&[], &wanted);
        let mut paths: Vec<&str> = scenario.leaves.iter().map(|(_, leaf)| leaf.path.as_str()).collect();
        paths.dedup();
        for path in paths.iter().step_by(every).chain(&["county_account.own_revenue", "spending.wages.cost", "upper.central.vat", "source.land.use.commercial.price"]) {
            for (acts, mean, each) in [(Acts::Times, "1", Each::Run), (Acts::Times, "1", Each::Year), (Acts::Times, "1", Each::Town)] {
                let Ok(input) = drawn(&subject, path, acts, each, mean) else { continue };
                let values = input.values(&vec![0.5; input.width()]);
                assert_eq!(
                    subject.at(&input.targets, &values).run().map(|run| wanted.of_run(&run.compiled.plan, &run.outcome)).ok(),
                    standing.as_ref().ok().cloned(),
                    "{name} {path} {acts:?} {each:?}"
                );
            }
        }
    }
}

/// What grows, changes in May or differs by town is drawn every year, and what is drawn counts.
#[test]
fn draws_act_on_what_a_value_comes_to_in_a_year() {
    for (name, path) in [
        ("mengyang", "county_account.own_revenue"),
        ("mengyang", "spending.wages.cost"),
        ("mengyang", "upper.central.vat"),
        ("pilot-towns", "source.land.use.commercial.price"),
    ] {
        let subject = subject(name, None);
        let input = drawn(&subject, path, Acts::Times, Each::Year, "0.9").expect(path);
        let values = input.values(&vec![0.5; input.width()]);
        assert_eq!(values, vec![900_000; input.width()], "{path}: a factor a year");
        let evaluator = Evaluator::new(subject.clone(), input.targets.clone(), &vec![(850_000, 950_000); input.width()]).expect("sound");
        let wanted = evaluator.wanted(true, true, None);
        let point = evaluator.points(&values, &wanted).remove(0).expect("sound");
        assert_eq!(point, evaluator.whole_run(&values, &wanted).expect("sound"), "{path}");
        let standing = Evaluator::new(subject, Vec::new(), &[]).expect("bundled").whole_run(&[], &wanted).expect("bundled");
        assert_ne!(point, standing, "{path}");
    }
}

/// 10 % from 2015 on beside 10 % before is 10 % throughout; until a rule can take rates by year it is refused, never taken as none.
#[test]
fn growth_by_date_is_never_taken_as_no_growth() {
    let dated = subject("mengyang", None).with(&["source.vat.grows_by@2015=10%".to_owned()]);
    let codes: Vec<&str> = dated.scenario().expect_err("refused").iter().map(|p| p.code.name()).collect();
    assert!(codes.contains(&"E103"), "{codes:?}");
}

/// 125 % lies in the middle of 0 % and 250 %, and nobody asked for it.
#[test]
fn a_middle_that_cannot_be_computed_stops_nothing() {
    let targets = [share("upper.city.other")];
    let evaluator = evaluator("mengyang", None, &targets, &[(0, 2_500_000)]);
    assert_eq!(evaluator.slow(), Some(&Unmapped::Wrong));
    let found = evaluator.points(&[0, 500_000, 2_500_000], &evaluator.wanted(false, false, None));
    assert!(found[0].is_ok() && found[2].is_err());
}
