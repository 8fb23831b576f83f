//! What the documents say against what the program says: every coverage, gap, count and year that a row of a table puts beside a
//! command is computed again from that command, so that no figure goes stale.

mod common;

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use fencheng::base::{amount::Fen, lang::Lang};
use fencheng::measure::finding::{money, percent, thousands};
use fencheng::measure::{Run, functional::Functional, town::TownYear, town::ratio};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const GIVEN: [&str; 9] = ["10亿元", "35亿元", "321亿元", "24个", "75个", "100个", "300个", "510个", "996个"]; // input, not results

fn text(path: &str) -> String {
    std::fs::read_to_string(Path::new(ROOT).join(path)).expect("a document")
}

fn run(folder: &str, variant: Option<&str>, set: &[&str]) -> Run {
    Run::of(common::scenario(&Path::new(ROOT).join("scenarios").join(folder), variant, set)).expect("a sound scenario")
}

/// A command of a row: the folder and its options.
#[derive(Default)]
struct Command<'t> {
    folder: &'t str,
    variant: Option<&'t str>,
    set: Vec<&'t str>,
    against: Option<&'t str>,
    town: Option<&'t str>,
}

impl<'t> Command<'t> {
    /// The code span of a row that runs a bundled scenario; one that starts with an option is about the seven towns.
    fn of(row: &'t str) -> Option<Self> {
        let is_command = |s: &&str| s.contains("run scenarios/") || s.starts_with("scenarios/") && s.contains(' ') || s.starts_with("--variant");
        let span = row.split('`').skip(1).step_by(2).find(is_command).filter(|s| !s.contains("--variant all"))?;
        let mut found = Self { folder: "pilot-towns", ..Self::default() };
        // As a shell splits it: single quotes hold words together.
        let mut words = span.split('\'').enumerate().flat_map(|(n, part)| part.split(move |c| n % 2 == 0 && c == ' ').filter(|w| !w.is_empty()));
        while let Some(word) = words.next() {
            match word {
                "--variant" => found.variant = words.next(),
                "--against" => found.against = words.next(),
                "--towns" => found.town = words.next(),
                "--set" => found.set.extend(words.next()),
                other => found.folder = other.strip_prefix("scenarios/").unwrap_or(found.folder),
            }
        }
        Some(found)
    }

    /// What the program knows of it: its own run, the one without `--set`, and the one it is compared with.
    fn known(&self, runs: &mut HashMap<String, Run>) -> BTreeSet<String> {
        let cases = [(self.against, &[][..]), (self.variant, &[]), (self.variant, &self.set[..])];
        let key = |(variant, set): &(Option<&str>, &[&str])| format!("{} {variant:?} {set:?}", self.folder);
        let mut said = BTreeSet::new();
        let totals = cases.map(|case| said_of(runs.entry(key(&case)).or_insert_with(|| run(self.folder, case.0, case.1)), self.town, &mut said));
        let ([gap, held, short], [gap_then, held_then, short_then]) = (totals[2], totals[0]);
        said.extend([gap, gap_then, gap - gap_then, held - held_then].map(|fen| money(fen.abs(), Lang::Zh).replace(' ', "")));
        said.extend([short, short_then, short - short_then].map(|n| format!("{}个", n.abs())));
        said
    }
}

/// Shares and years of a run; returned are the gap, what the counties have of their towns, and how many towns fall short.
fn said_of(run: &Run, town: Option<&str>, said: &mut BTreeSet<String>) -> [Fen; 3] {
    let mut views = run.town_views();
    let order = town.map(|name| views.iter().position(|v| v.town.name == name).expect("the town"));
    views.retain(|v| order.is_none_or(|o| v.order == o));
    let sum = |of: fn(&TownYear) -> Fen| -> Fen { views.iter().map(|v| v.sum(of)).sum() };
    let failed = views.iter().flat_map(|v| &v.years).filter(|y| y.guarantees_unpaid > 0).map(|y| y.year).min();
    said.extend(ratio(sum(|y| y.paid), sum(|y| y.planned)).map(percent));
    said.extend(run.lowest_county_cover(order).map(|c| percent(c.cover)));
    said.extend(failed.map(|year| format!("{year}年")));
    let counties = (0..run.compiled.counties.len()).filter(|c| order.is_none_or(|o| run.scenario.towns[o].county == run.compiled.counties[*c]));
    let held = counties.flat_map(|c| run.county_years(c)).map(|y| y.of_towns()).sum();
    [sum(TownYear::gap), held, views.iter().filter(|v| v.sum(TownYear::gap) > 0).map(|_| 1).sum()]
}

/// Results in a row: number and unit.
fn figures(cells: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = cells[at..].find(|c: char| c.is_ascii_digit()).map(|n| at + n) {
        at = cells[start..].find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').map_or(cells.len(), |n| start + n);
        let (before, number, after) = (&cells[..start], &cells[start..at], &cells[at..]);
        let Some(unit) = ["亿元", "万元", "%", "个", "年"].into_iter().find(|unit| after.starts_with(unit)) else { continue };
        let is_result = match unit {
            "%" => number.contains('.'),
            "万元" => before.ends_with('缺'),
            "年" => cells.contains("保不住") && !before.ends_with('（'),
            _ => number.len() > 1 && !after.starts_with("个市县"),
        };
        found.extend(Some(format!("{number}{unit}")).filter(|figure| is_result && !GIVEN.contains(&figure.as_str())));
    }
    found
}

#[test]
fn every_figure_beside_a_command_is_what_the_command_says() {
    let (mut runs, mut checked, mut wrong) = (HashMap::new(), 0, Vec::new());
    for path in ["docs/instruments.zh.md", "README.zh.md"] {
        for row in text(path).lines().filter(|l| l.starts_with('|') && !l.contains("backtest")) {
            let (Some(command), Some(end)) = (Command::of(row), row.rfind("| `")) else { continue };
            let (said, figures) = (command.known(&mut runs), figures(&row[..end].replace(' ', "")));
            checked += figures.len();
            wrong.extend(figures.into_iter().filter(|f| !said.contains(f)).map(|f| format!("{path}: {f} in {row}\n  the program says {said:?}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked >= 80, "only {checked} figures were found: has the form of the tables changed?");
}

#[test]
fn other_figures_of_rows_are_what_the_program_says() {
    let wan = |fen| thousands((i128::from(fen) + 500_000) / 1_000_000);
    let document = text("docs/instruments.zh.md");
    let expect = |start: &str, figure: String| {
        let row = document.lines().find(|l| l.trim_start_matches("| ").starts_with(start));
        assert!(row.is_some_and(|row| row.contains(&figure)), "{figure} is missing in: {row:?}");
    };
    for variant in [None, Some("without-reform")] {
        let run = run("pilot-towns", variant, &[]);
        let functional = Functional::of(&run).expect("functions");
        let spent: Vec<_> = (0..run.years()).flat_map(|y| functional.spent(&run.town_views()[0], y)).collect();
        let sum = |public: bool| -> Fen { spent.iter().filter(|s| s.is_public || !public).map(|s| s.amount).sum() };
        expect("功能分类", percent(ratio(sum(true), sum(false)).unwrap()));
        expect("功能分类", format!("{}中的{}", wan(sum(false)), wan(sum(true))));
    }
    for bank in ["source.land.bank=3800亩", "source.land.bank=1000亩"] {
        expect("可供土地", wan(run("mengyang", None, &[bank]).town_views()[0].sum(|y| y.retained_land + y.retained_fee)));
    }
    let years = run("hundred-towns", Some("pool-pro-rata"), &[]).years_of_county("示例19县");
    expect("`pool` 比例法", format!("倒欠{}万元", wan(-years.iter().find(|y| y.year == 2014).and_then(|y| y.balance()).expect("an account"))));
}

/// `press.csv` is not a target; what the run adds up to is the article's total, one of its rows.
#[test]
fn the_projects_add_up_to_what_the_press_reported() {
    let press = text("scenarios/hundred-towns/press.csv");
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(press.as_bytes()).records().map(Result::unwrap).collect();
    let article = rows.iter().find(|row| row[5].contains("湖南编制网")).expect("the article's row");
    let total: Fen = run("hundred-towns", None, &[]).scenario.projects.iter().map(|p| p.cost).sum();
    assert_eq!(total, article[3].parse::<Fen>().unwrap() * 10_000_000_000, "亿元 in fen");
    let table = text("scenarios/hundred-towns/README.md");
    assert!(rows.iter().all(|row| table.contains(&format!("| {} |", &row[3]))), "its table shows every row");
}
