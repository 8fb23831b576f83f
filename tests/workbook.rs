//! The workbook, recomputed by other programs, equals the engine to the fen: as it is, and after its inputs are changed.
//!
//! `tests/workbook/calculator.rs` is a small spreadsheet of its own. With LibreOffice on the machine the same is asked of it:
//! `cargo test --test workbook -- --ignored`.

#[path = "workbook/calculator.rs"]
mod calculator;
mod common;
#[path = "workbook/office.rs"]
mod office;
#[allow(dead_code, reason = "only its generator is used")]
#[path = "oracle/mod.rs"]
mod oracle;
#[path = "workbook/parser.rs"]
mod parser;

use std::path::{Path, PathBuf};
use std::thread;

use calculator::Book;
use fencheng::base::lang::Lang;
use fencheng::measure::{Run, story::tell, tables};
use fencheng::workbook::{Subject, book};

fn bundled(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

fn run(folder: &Path, variant: Option<&str>, set: &[&str]) -> Run {
    Run::of(common::scenario(folder, variant, set)).expect("it runs")
}

/// The workbook of a run, with audit sheets of some towns.
fn written(run: &Run, audited: Vec<usize>, lang: Lang) -> Vec<u8> {
    let (towns, story) = (run.town_views(), tell(run, None, None, lang));
    let listed = tables::all(run, &towns).into_iter().filter(|sheet| ["projects", "county", "parameters"].contains(&sheet.name)).collect();
    let (shown, years) = ((0..towns.len()).collect(), (run.scenario.first_year, run.scenario.last_year));
    book(Subject { run, towns: &towns, shown, years, story: &story, audited, digest: "0123456789", tables: listed, lang }).expect("a workbook")
}

fn everyone(run: &Run) -> Vec<usize> {
    (0..run.scenario.towns.len()).collect()
}

/// Formulas rest on formulas for as many years as there are: room for that.
fn deep(test: impl FnOnce() + Send + 'static) {
    thread::Builder::new().stack_size(512 << 20).spawn(test).expect("a thread").join().unwrap_or_else(|why| std::panic::resume_unwind(why));
}

/// Where a figure stands on an audit sheet: by its path, row and the first column of years.
const PATH: u32 = 2;
const FIRST_YEAR: u32 = 5;
const FIRST_ROW: u32 = 11;

/// Whether a spreadsheet's number is the engine's. Whole numbers, and so every amount, must be equal; ratios and growth factors
/// are written by LibreOffice with 15 digits, and what they make is rounded to fen and compared as well.
fn same(theirs: f64, engine: f64) -> bool {
    theirs == engine || (engine.fract() != 0.0 && (theirs - engine).abs() <= 1e-14 * engine.abs())
}

/// Compares every figure on the audit sheets with those of a run; says how many were compared.
fn against(book: &mut Book, run: &Run, only: Option<&[usize]>) -> usize {
    let (plan, places) = (&run.compiled.plan, run.places());
    let mut compared = 0;
    for (order, town) in run.scenario.towns.iter().enumerate().filter(|(order, _)| only.is_none_or(|only| only.contains(order))) {
        let sheet = book.sheet(&format!("审计·{}", town.name));
        let rows = book.cells.keys().filter(|at| at.0 == sheet).map(|at| at.1).max().unwrap_or(0);
        let mut found = 0;
        for row in FIRST_ROW..=rows {
            let path = book.text((sheet, row, PATH)).to_owned();
            let Some(lane) = plan.lanes.iter().position(|lane| lane.name == path && lane.domain == fencheng::plan::Domain::Town) else { continue };
            found += 1;
            for year in 0..run.years() {
                let value = book.value((sheet, row, FIRST_YEAR + u32::try_from(year).unwrap()));
                let engine = run.outcome.at(fencheng::plan::Lane(u32::try_from(lane).unwrap()), year, places[order]);
                assert!(same(value, engine), "{} {path} {}: the worksheet says {value}, the engine {engine}", town.name, run.year(year));
                compared += 1;
            }
        }
        assert!(found > 10, "{}: {found} figures", town.name);
    }
    compared
}

/// Recomputes everything a workbook holds.
fn recompute(run: &Run, audited: Vec<usize>, what: &str) -> usize {
    let mut book = Book::open(&written(run, audited.clone(), Lang::Zh));
    let wrong = book.wrong();
    assert!(wrong.is_empty(), "{what}: {} of {} formulas, first\n{}", wrong.len(), book.formulas(), wrong[..wrong.len().min(8)].join("\n"));
    against(&mut book, run, Some(&audited))
}

fn variants(scenario: &str) -> Vec<Option<String>> {
    let files = std::fs::read_dir(bundled(scenario).join("variants")).expect("variants").flatten();
    let mut names: Vec<String> = files.filter_map(|f| f.file_name().to_str()?.strip_suffix(".toml").map(str::to_owned)).collect();
    names.sort();
    std::iter::once(None).chain(names.into_iter().map(Some)).collect()
}

#[test]
fn every_bundled_town_recomputes_to_the_fen() {
    deep(|| {
        for scenario in ["mengyang", "equalisation"] {
            for variant in variants(scenario) {
                let run = run(&bundled(scenario), variant.as_deref(), &[]);
                recompute(&run, everyone(&run), &format!("{scenario} {variant:?}"));
            }
        }
        for variant in [None, Some("instruments")] {
            let run = run(&bundled("pilot-towns"), variant, &[]);
            recompute(&run, everyone(&run), &format!("pilot-towns {variant:?}"));
        }
    });
}

/// Of hundreds of towns a sample: a whole county, and a town alone, whose county is then the engine's.
#[test]
fn a_sample_of_hundred_towns_recomputes_to_the_fen() {
    deep(|| {
        for variant in [None, Some("competition-by-growth")] {
            let run = run(&bundled("hundred-towns"), variant, &[]);
            let county: Vec<usize> = run.compiled.plan.counties[0].clone().map(|place| run.compiled.towns[place]).collect();
            recompute(&run, county, "a county of hundred-towns");
            recompute(&run, vec![150], "a town of hundred-towns");
        }
    });
}

#[test]
fn random_scenarios_recompute_to_the_fen() {
    let count = std::env::var("WORKBOOK_SCENARIOS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_u64);
    deep(move || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut figures = 0;
        for seed in 0..count {
            oracle::generate::scenario(seed).write(folder.path());
            // Some of them grow past every limit: the program says so, and there is no workbook.
            let Ok(run) = Run::of(common::scenario(folder.path(), None, &[])) else { continue };
            let names: std::collections::BTreeSet<&str> = run.scenario.towns.iter().map(|t| t.name.as_str()).collect();
            if names.len() == run.scenario.towns.len() {
                figures += recompute(&run, everyone(&run), &format!("scenario {seed}"));
            }
        }
        assert!(figures > 5_000, "{figures}");
    });
}

/// A change of an input: its path, its date, the number typed into its cell, and the `--set` that says the same.
type Change = (&'static str, &'static str, f64, &'static str);

/// Changes inputs of the workbook of a variant and computes it anew: it must say what the engine says with `--set`.
fn changed(folder: &Path, variant: Option<&str>, changes: &[Change]) -> usize {
    let before = run(folder, variant, &[]);
    let mut book = Book::open(&written(&before, everyone(&before), Lang::Zh));
    for (path, from, number, _) in changes {
        let at = input(&book, path, from).unwrap_or_else(|| panic!("no input {path} from {from:?}"));
        book.put(at, *number);
    }
    let set: Vec<&str> = changes.iter().map(|(.., set)| *set).collect();
    let after = run(folder, variant, &set);
    let compared = against(&mut book, &after, None);
    let sheet = book.sheet(&format!("审计·{}", before.scenario.towns[0].name));
    let off = book.value((sheet, 8, FIRST_YEAR + u32::try_from(before.years()).unwrap()));
    assert!(off > 0.0, "{changes:?} change nothing");
    compared
}

/// The cell of an input.
fn input(book: &Book, path: &str, from: &str) -> Option<calculator::At> {
    let sheet = book.sheet("审计·参数");
    let rows = book.cells.keys().filter(|at| at.0 == sheet).map(|at| at.1).max()?;
    (7..=rows).find(|row| book.text((sheet, *row, 0)) == path && book.text((sheet, *row, 2)) == from).map(|row| (sheet, row, 3))
}

/// Of dated values the last: `--set` puts a value in place of all later ones. Shares, growth, prices, an approved base, a central share that changes within a year, a levy, tiers: each from one cell.
const CHANGES: &[(Option<&str>, &[Change])] = &[
    (None, &[("agreement.ordinary.land.share", "", 0.45, "agreement.ordinary.land.share=45%")]),
    (None, &[("agreement.ordinary.tax.excess_share", "", 0.333_333, "agreement.ordinary.tax.excess_share=33.3333%")]),
    (None, &[("agreement.ordinary.tax.revenue_base", "", 4_200.123_456, "agreement.ordinary.tax.revenue_base=4200.123456万元")]),
    (None, &[("source.vat.grows_by", "", 0.123, "source.vat.grows_by=12.3%"), ("spending.wages.cost.grows_by", "", 0.095, "spending.wages.cost.grows_by=9.5%")]),
    (None, &[("source.land.use.commercial.price", "2024", 171.5, "source.land.use.commercial.price.2024=171.5万元/亩")]),
    (None, &[("source.land.quota", "2014", 111.11, "source.land.quota.2014=111.11亩")]),
    (None, &[("upper.central.vat", "2016-05-01", 0.6, "upper.central.vat.2016-05-01=60%")]),
    (
        Some("pilot-reform"),
        &[("agreement.pilot.tax.share", "", 0.655, "agreement.pilot.tax.share=65.5%"), ("agreement.pilot.land.share", "", 0.7, "agreement.pilot.land.share=70%")],
    ),
    (
        Some("over-base-levy-2009"),
        &[("agreement.levy.pool.rate", "", 0.275, "agreement.levy.pool.rate=27.5%"), ("agreement.levy.pool.above", "", 35.5, "agreement.levy.pool.above=35.5万元")],
    ),
    (
        Some("tiers-by-growth"),
        &[
            ("agreement.tiers.tax.tier.third.share", "", 0.85, "agreement.tiers.tax.tier.third.share=85%"),
            ("agreement.tiers.tax.tier.third.above_base", "", 0.15, "agreement.tiers.tax.tier.third.above_base=15%"),
        ],
    ),
];

#[test]
fn changed_inputs_give_what_the_engine_gives() {
    deep(|| CHANGES.iter().for_each(|(variant, changes)| assert!(changed(&bundled("mengyang"), *variant, changes) > 0)));
}

/// What LibreOffice computes, cell by cell, against what was cached: every formula of every worksheet.
fn by_office(program: &str, run: &Run, audited: Vec<usize>, what: &str) -> usize {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let bytes = written(run, audited, Lang::Zh);
    let ours = Book::open(&bytes);
    let theirs = office::values(&office::computed(program, &office::bare(&bytes, &[]), folder.path()));
    let mut compared = 0;
    let mut wrong = Vec::new();
    for (at, held) in &ours.cells {
        let calculator::Held::Formula(formula, cached) = held else { continue };
        compared += 1;
        let value = theirs.get(at).copied();
        if !value.is_some_and(|value| same(value, *cached)) {
            wrong.push(format!("{} {at:?}: LibreOffice {value:?}, engine {cached}: {formula:?}", ours.names[at.0]));
        }
    }
    assert!(wrong.is_empty(), "{what}: {} of {compared} formulas, first\n{}", wrong.len(), wrong[..wrong.len().min(8)].join("\n"));
    compared
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_computes_every_formula_the_same() {
    let program = office::program().expect("LibreOffice is installed");
    deep(move || {
        let mut figures = 0;
        for (scenario, variant) in [("mengyang", None), ("mengyang", Some("tiers-by-growth")), ("mengyang", Some("pilot-reform")), ("pilot-towns", None), ("equalisation", None)] {
            let run = run(&bundled(scenario), variant, &[]);
            figures += by_office(program, &run, everyone(&run), &format!("{scenario} {variant:?}"));
        }
        let many = run(&bundled("hundred-towns"), None, &[]);
        let county: Vec<usize> = many.compiled.plan.counties[0].clone().map(|place| many.compiled.towns[place]).take(4).collect();
        figures += by_office(program, &many, county, "towns of hundred-towns");
        let folder = tempfile::tempdir().expect("a temporary folder");
        for seed in 0..8 {
            oracle::generate::scenario(seed).write(folder.path());
            if let Ok(run) = Run::of(common::scenario(folder.path(), None, &[])) {
                figures += by_office(program, &run, everyone(&run), &format!("scenario {seed}"));
            }
        }
        println!("LibreOffice: {figures} formulas");
    });
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_follows_changed_inputs() {
    let program = office::program().expect("LibreOffice is installed");
    deep(move || {
        for (variant, changes) in CHANGES {
            let before = run(&bundled("mengyang"), *variant, &[]);
            let bytes = written(&before, everyone(&before), Lang::Zh);
            let ours = Book::open(&bytes);
            let cells: Vec<(usize, String, f64)> = changes
                .iter()
                .map(|(path, from, number, _)| {
                    let at = input(&ours, path, from).expect("an input");
                    (at.0, fencheng::base::place::cell_name(at.1 as usize + 1, at.2 as usize + 1), *number)
                })
                .collect();
            let folder = tempfile::tempdir().expect("a temporary folder");
            let mut theirs = Book::of_values(&ours, office::values(&office::computed(program, &office::bare(&bytes, &cells), folder.path())));
            let set: Vec<&str> = changes.iter().map(|(.., set)| *set).collect();
            against(&mut theirs, &run(&bundled("mengyang"), *variant, &set), None);
        }
    });
}

#[test]
fn an_audit_sheet_of_a_town_that_is_not_there_is_refused() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_fencheng"))
        .args(["run", "scenarios/pilot-towns", "--audit", "濛阳镇,濛羊镇", "--chart", "none", "--lang", "zh", "--out"])
        .arg(out.path().join("out"))
        .output()
        .expect("the program");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.code() == Some(1) && said.contains("E761") && said.contains("濛羊镇") && said.contains("濛阳镇"), "{said}");
    assert!(!out.path().join("out").exists(), "nothing half-written stays");
}

/// Years differ in what is shared; each part of a statement must stay under its own whole: what is to be shared is what town and
/// county get of it.
#[test]
fn parts_of_a_settlement_statement_stand_under_their_whole() {
    let run = run(&bundled("pilot-towns"), None, &[]);
    for (lang, sheet, words) in [(Lang::Zh, "年终结算单", ["县镇可分成部分", "镇级应得", "县级应得"]), (Lang::En, "Settlement", ["to be shared", "the town's", "the county's"])]
    {
        let mut book = Book::open(&written(&run, Vec::new(), lang));
        let sheet = book.sheet(sheet);
        let last = book.cells.keys().filter(|at| at.0 == sheet).map(|at| at.1).max().unwrap();
        let mut compared = 0;
        for row in (0..last).filter(|row| book.text((sheet, *row, 1)).ends_with(words[0])).collect::<Vec<_>>() {
            assert!(book.text((sheet, row + 1, 1)).contains(words[1]) && book.text((sheet, row + 2, 1)).contains(words[2]), "{}", book.text((sheet, row, 1)));
            for column in 2..2 + u32::try_from(run.years()).unwrap() {
                let fen = [row, row + 1, row + 2].map(|row| (book.value((sheet, row, column)) * 1e6).round());
                assert!(fen[0] == fen[1] + fen[2], "row {} column {column}: {fen:?}", row + 1);
                compared += 1;
            }
        }
        assert!(compared > 500, "{compared}");
    }
}
