//! Explained figures: every formula adds up from its parts, every leaf is somebody's value, and a small tree reads as written by hand.

mod common;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use fencheng::base::lang::Lang;
use fencheng::explain::cell::MARKS;
use fencheng::explain::row::{Narrow, Pointer};
use fencheng::explain::words::Teller;
use fencheng::explain::{Explainer, Key, Origin, item, json, lines};
use fencheng::measure::{Run, cell::Cell, tables};

fn run(folder: &Path, variant: Option<&str>) -> Run {
    Run::of(common::scenario(folder, variant, &[])).expect("it runs")
}

fn bundled(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

/// Every column that can be explained.
fn columns() -> Vec<String> {
    item::TABLES.iter().flat_map(|(table, columns)| columns.iter().map(move |c| format!("{table}.csv:{}", c.key))).collect()
}

/// Walks everything below every item of every town and year.
fn walk(run: &Run) -> usize {
    let explainer = Explainer::new(run);
    let mut todo: Vec<Key> = Vec::new();
    for town in 0..run.compiled.plan.towns {
        for year in 0..run.years() {
            todo.extend(columns().iter().filter_map(|cell| explainer.item(cell, year, town, Lang::En).ok()));
            let lanes = run.compiled.plan.lanes.iter().map(|lane| explainer.item(&lane.name, year, town, Lang::En).expect("a lane"));
            todo.extend(lanes);
        }
    }
    follow(run, &explainer, todo)
}

/// Everything below some figures adds up and ends in somebody's value.
fn follow(run: &Run, explainer: &Explainer<'_>, mut todo: Vec<Key>) -> usize {
    let mut seen: HashSet<Key> = HashSet::new();
    let mut rows: HashMap<String, usize> = HashMap::new();
    while let Some(key) = todo.pop() {
        if !seen.insert(key) {
            continue;
        }
        let node = explainer.node(key);
        let sum = node.formula.eval(&|key| explainer.node(key).value);
        assert!(sum == node.value || sum.is_nan() && node.value.is_nan(), "{node:?}: the formula gives {sum}");
        match &node.origin {
            None => {
                assert!(!node.formula.keys(true).is_empty(), "{node:?} rests on nothing");
                todo.extend(node.formula.keys(true));
            }
            Some(Origin::Written(leaf)) => assert!(!run.scenario.files.line_of(&explainer.leaf(*leaf).place).0.is_empty(), "{node:?}"),
            Some(Origin::Row(place) | Origin::Rule(_, place)) => assert!(!run.scenario.files.line_of(place).0.is_empty(), "{node:?}"),
            Some(Origin::Program) => *rows.entry(format!("{:?}", node.kind)).or_default() += 1,
        }
    }
    seen.len()
}

#[test]
fn every_figure_of_mengyang_adds_up_to_the_fen() {
    for variant in [None, Some("pilot-reform"), Some("tiers-by-growth")] {
        assert!(walk(&run(&bundled("mengyang"), variant)) > 5_000);
    }
}

#[test]
fn every_figure_of_the_pilot_towns_adds_up_to_the_fen() {
    assert!(walk(&run(&bundled("pilot-towns"), None)) > 50_000);
}

#[test]
fn every_figure_of_a_pool_adds_up_to_the_fen() {
    for variant in [None, Some("cap-per-head"), Some("whole-wan")] {
        walk(&run(&bundled("equalisation"), variant));
    }
}

/// Each column says what the table says.
#[test]
fn columns_are_those_of_the_tables() {
    for (name, variant) in [("pilot-towns", None), ("mengyang", Some("pilot-reform"))] {
        let run = run(&bundled(name), variant);
        let explainer = Explainer::new(&run);
        let views = run.town_views();
        let mut compared = 0;
        for sheet in tables::all(&run, &views).into_iter().filter(|s| ["summary", "county"].contains(&s.name)) {
            let (table, heads) = (sheet.name, sheet.columns);
            let whose = heads.iter().position(|c| c.key == if table == "summary" { "town_id" } else { "county" }).unwrap();
            let when = heads.iter().position(|c| c.key == "year").unwrap();
            for row in sheet.rows {
                let (Cell::Text(who), Cell::Year(year)) = (&row[whose], &row[when]) else { panic!("{row:?}") };
                let town = views.iter().find(|v| v.id == *who || v.town.county == *who).unwrap().place;
                let year = explainer.year(*year).unwrap();
                for (column, cell) in heads.iter().zip(&row) {
                    let Ok(key) = explainer.item(&format!("{table}:{}", column.key), year, town, Lang::En) else { continue };
                    let value = explainer.value(key);
                    let same = match cell {
                        Cell::Money(fen) => value == *fen as f64,
                        Cell::Ratio(ratio) => (value - ratio).abs() < 1e-12,
                        Cell::Decimal(text) => text.parse() == Ok(value),
                        Cell::Empty => value.is_nan(),
                        _ => false,
                    };
                    assert!(same, "{table}:{} {who} {year}: {cell:?} is told as {value}", column.key);
                    compared += 1;
                }
            }
        }
        assert!(compared > 500, "{compared}");
    }
}

const SMALL: &str = r#"
scenario = { format = 1, name = "小例", first_year = 2014, last_year = 2015, base_year = 2014, money_unit = "万元", grade = "D" }
towns.file = "towns.csv"
source.vat = { name = "增值税", kind = "driven", class = "tax", book = "general", grows_by = "10%" }

[agreement.a]
name  = "甲体制"
towns = "all"
from  = 2014
tax   = { of = ["vat"], form = "ratio", share = { value = "60%", source = "某府发〔2014〕1号第三条", grade = "A" } }
"#;

/// The tiny scenario; 甲镇 raises 100 万元 in 2014, of which it keeps 60 %.
fn small(folder: &Path) -> Run {
    fs::write(folder.join("scenario.toml"), SMALL).unwrap();
    fs::write(folder.join("towns.csv"), "镇,县,增值税\n甲镇,乙县,100\n丙镇,乙县,40\n").unwrap();
    run(folder, None)
}

fn told(run: &Run, item: &str, year: i32, lang: Lang, folder: &Path) -> String {
    let explainer = Explainer::new(run);
    let (town, year) = (explainer.town("甲镇", lang).unwrap(), explainer.year(year).unwrap());
    let key = explainer.item(item, year, town, lang).unwrap();
    let teller = Teller::new(&explainer, key, lang, false);
    lines::tree(&teller, &explainer.tree(key, 9, false), 9).join("\n").replace(&format!("{}/", folder.display()), "")
}

#[test]
fn a_small_tree_reads_as_written_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let run = small(folder.path());
    // 100 × 110 % = 110; 110 × 60 % = 66.
    let zh = "\
甲镇 2015年 留存财力 66.00万元 = 镇级分成 66.00（不超过可分成部分（不为负） 110.00）
└ 甲体制·增值税·镇级分成 66.00万元 = 四舍五入(县镇可分成部分 110.00 × 镇级分成比例 60%)
  ├ 甲体制·增值税·县镇可分成部分 110.00万元 = 四舍五入(基期年数额 100.00 × 增长指数 1.1)
  │ ├ 增值税·基期年数额 100.00万元  source.vat.base.乙县/甲镇（假定，D级）  towns.csv:2
  │ └ 增值税·增长指数 1.1，由所写“10%”算得  source.vat.grows_by（假定，D级）  scenario.toml:4
  └ 甲体制·增值税·镇级分成比例 60%  agreement.a.tax.share（某府发〔2014〕1号第三条，A级）  scenario.toml:10
金额显示两位小数，计算到分；加 --exact 显示到分";
    let en = "\
甲镇, 2015: retained funds 660,000.00 yuan = town's share 660,000.00 (at most what there is to share 1,100,000.00)
└ 甲体制·增值税: town's share 660,000.00 yuan = round(what county and town share 1,100,000.00 × the town's share 60%)
  ├ 甲体制·增值税: what county and town share 1,100,000.00 yuan = round(amount of the base year 1,000,000.00 × index 1.1)
  │ ├ value-added tax, amount of the base year 1,000,000.00 yuan  source.vat.base.乙县/甲镇 (assumption, grade D)  towns.csv:2
  │ └ value-added tax: index 1.1, from “10%” as written  source.vat.grows_by (assumption, grade D)  scenario.toml:4
  └ 甲体制, value-added tax, the town's share 60%  agreement.a.tax.share (某府发〔2014〕1号第三条, grade A)  scenario.toml:10";
    assert_eq!(told(&run, "retained", 2015, Lang::Zh, folder.path()), zh);
    assert_eq!(told(&run, "retained", 2015, Lang::En, folder.path()), en);
    // The source asks for the same figure under another name.
    assert!(told(&run, "增值税", 2015, Lang::Zh, folder.path()).contains("66.00万元"));
}

/// With 70 % instead of 60 % 甲镇 keeps 77 instead of 66: 11 more, and the share is all that differs.
#[test]
fn a_difference_ends_in_the_parameter_that_differs() {
    let folder = tempfile::tempdir().unwrap();
    let base = small(folder.path());
    let more = Run::of(common::scenario(folder.path(), None, &["agreement.a.tax.share=70%"])).expect("it runs");
    let (a, b) = (Explainer::new(&more), Explainer::new(&base));
    let ask = |explainer: &Explainer<'_>| explainer.item("retained", 1, 0, Lang::Zh).unwrap();
    let (ours, theirs) = (ask(&a), ask(&b));
    let pair = a.against(ours, &b, theirs, 9);
    assert_eq!(pair.difference(), 11_000_000.0);
    let (first, second) = (Teller::new(&a, ours, Lang::Zh, false), Teller::new(&b, theirs, Lang::Zh, false));
    let text = lines::against(&first, &second, &pair, 9).join("\n");
    assert!(text.contains("留存财力 77.00万元 ↔ 66.00万元，多 11.00万元"), "{text}");
    assert!(text.contains("镇级分成比例 70% ↔ 60%") && text.contains("其余1项相同"), "{text}");
    assert!(!text.contains("基期年数额"), "{text}");
    let value = json::against(&first, &second, &pair);
    assert_eq!((&value["a"]["fen"], &value["b"]["fen"]), (&77_000_000.into(), &66_000_000.into()));
}

/// The differences of every branch are real, whatever two variants are compared, and the same run has none.
#[test]
fn no_branch_of_a_difference_is_the_same_in_both() {
    let (base, reform) = (run(&bundled("mengyang"), None), run(&bundled("mengyang"), Some("pilot-reform")));
    let (a, b) = (Explainer::new(&reform), Explainer::new(&base));
    for cell in columns() {
        let (Ok(ours), Ok(theirs)) = (a.item(&cell, 4, 0, Lang::En), b.item(&cell, 4, 0, Lang::En)) else { continue };
        let mut todo = vec![a.against(ours, &b, theirs, 6)];
        while let Some(pair) = todo.pop() {
            assert!(todo.is_empty() || pair.difference() != 0.0, "{cell}: {pair:?}");
            todo.extend(pair.children);
        }
        assert!(a.against(ours, &a, ours, 6).children.is_empty(), "{cell}");
    }
}

#[test]
fn json_names_path_source_grade_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let run = small(folder.path());
    let explainer = Explainer::new(&run);
    let key = explainer.item("summary.csv:retained", 1, explainer.town("乙县/甲镇", Lang::Zh).unwrap(), Lang::Zh).unwrap();
    let value = json::tree(&Teller::new(&explainer, key, Lang::Zh, false), &explainer.tree(key, 9, true));
    assert_eq!((&value["fen"], &value["in_unit"], &value["unit"]), (&66_000_000.into(), &"66".into(), &"万元".into()));
    let leaf = &value["children"][0]["children"][1]["leaf"];
    assert_eq!((&leaf["path"], &leaf["text"], &leaf["grade"]), (&"agreement.a.tax.share".into(), &"60%".into(), &"A".into()));
    assert_eq!((&leaf["source"], &leaf["line"]), (&"某府发〔2014〕1号第三条".into(), &10.into()));
}

/// What does not exist is said with the names that do, the nearest first.
#[test]
fn unknown_names_are_told_with_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let run = small(folder.path());
    let explainer = Explainer::new(&run);
    let said = |wrong: item::Wrong, lang: Lang| format!("{} {} {}", wrong.0, wrong.0.title(lang, &wrong.1), wrong.0.remedy(lang, &wrong.1).expect("a remedy"));
    assert!(said(explainer.town("甲", Lang::Zh).unwrap_err(), Lang::Zh).starts_with("E741 没有叫 甲 的镇"));
    assert!(said(explainer.town("丙村", Lang::En).unwrap_err(), Lang::En).ends_with("丙镇, 甲镇"));
    assert_eq!(said(explainer.year(2016).unwrap_err(), Lang::En), "E742 2016 lies outside the horizon ask for a year from 2014 to 2015");
    assert!(explainer.year(i32::MIN).is_err() && explainer.year(i32::MAX).is_err());
    let item = |text: &str| explainer.item(text, 0, 0, Lang::En).unwrap_err();
    assert!(said(item("retaind"), Lang::En).contains("a formula: retained, "));
    assert_eq!(item("summary.csv:town").0.name(), "E744");
    assert_eq!(item("nowhere.csv:gap").0.name(), "E744");
    assert_eq!(item("state_capital.csv:received").0.name(), "E744");
    for odd in ["", ":", "::", "（", "source.", "summary.csv:"] {
        assert!(["E743", "E744"].contains(&item(odd).0.name()), "{odd}");
    }
}

/// Every number of every table is told as the table has it, adds up from its parts, and ends in somebody's value.
fn every_row(folder: &Path, variant: Option<&str>) -> usize {
    let run = run(folder, variant);
    let views = run.town_views();
    let (mut explainer, mut told) = (Explainer::new(&run), Vec::new());
    for sheet in tables::all(&run, &views) {
        let (table, columns) = (sheet.name, sheet.columns);
        for row in sheet.rows {
            for (at, cell) in row.iter().enumerate() {
                let column = &columns[at];
                let is_figure = match cell {
                    Cell::Money(_) | Cell::Ratio(_) | Cell::Whole(_) | Cell::Year(_) | Cell::Decimal(_) => !MARKS.contains(&column.key),
                    _ => false,
                };
                let figure = explainer.told(table, columns, &row, at).map(|told| explainer.ask(told));
                // A parameter may be a word.
                let is_word = table == "parameters" && matches!(cell, Cell::Decimal(text) if text.parse::<f64>().is_err());
                assert!(figure.is_some() || !is_figure || is_word, "{table}:{} {row:?}: nothing is told", column.key);
                if let Some(key) = figure {
                    check(&explainer, key, cell, (table, column.key));
                    told.push(key);
                }
            }
        }
    }
    let below: Vec<Key> = told.iter().flat_map(|key| explainer.node(*key).formula.keys(true)).collect();
    follow(&run, &explainer, below);
    told.len()
}

/// A cell is told as it stands, and its formula gives it.
fn check(explainer: &Explainer<'_>, key: Key, cell: &Cell<'_>, name: (&str, &str)) {
    let node = explainer.node(key);
    let sum = node.formula.eval(&|key| explainer.node(key).value);
    assert!(sum == node.value || sum.is_nan() && node.value.is_nan(), "{name:?} {node:?}: the formula gives {sum}");
    let near = |a: f64, b: f64, within: f64| (a - b).abs() <= within * b.abs().max(1.0);
    let same = match cell {
        Cell::Money(fen) => node.value == *fen as f64,
        Cell::Ratio(ratio) => near(node.value, *ratio, 1e-11),
        Cell::Whole(n) => node.value == *n as f64,
        Cell::Year(year) => node.value == f64::from(*year),
        Cell::Decimal(text) => text.parse::<f64>().is_ok_and(|number| match name {
            ("measures", _) => near(node.value / 100.0, number, 0.005),
            ("parameters", _) => [1.0, 100.0, 1e6].into_iter().any(|scale| near(node.value, number * scale, 1e-12)),
            _ => node.value == number,
        }),
        Cell::Empty => node.value.is_nan(),
        Cell::Key(_) | Cell::Text(_) => false,
    };
    assert!(same, "{name:?}: {cell:?} is told as {}", node.value);
    assert!(node.origin.is_some() || !node.formula.keys(true).is_empty() || node.value == 0.0, "{name:?} {node:?} rests on nothing");
}

#[test]
fn every_row_of_every_table_of_the_pilot_towns_is_told() {
    for variant in [None, Some("without-reform"), Some("one-share")] {
        assert!(every_row(&bundled("pilot-towns"), variant) > 15_000);
    }
}

#[test]
fn every_row_of_every_table_of_mengyang_is_told() {
    for variant in [None, Some("pilot-reform"), Some("over-base-5-5")] {
        assert!(every_row(&bundled("mengyang"), variant) > 1_000);
    }
    every_row(&bundled("equalisation"), None);
}

/// A row is pointed at by its line, or by what stands in it.
#[test]
fn rows_are_found_by_line_and_by_text() {
    let folder = tempfile::tempdir().unwrap();
    let run = small(folder.path());
    let mut explainer = Explainer::new(&run);
    let mut ask = |text: &str, town: Option<&str>, year: Option<i32>| -> Result<Vec<String>, String> {
        let wrong = |(code, holes): item::Wrong| code.title(Lang::Zh, &holes).to_string();
        let pointer = Pointer::parse(text, &run, Lang::Zh).map_err(wrong)?;
        let found = explainer.rows(&pointer, Narrow { town, year }, Lang::Zh).map_err(wrong)?;
        let keys: Vec<Key> = found.into_iter().map(|found| explainer.ask(found.told)).collect();
        Ok(keys.iter().map(|key| lines::tree(&Teller::new(&explainer, *key, Lang::Zh, true), &explainer.tree(*key, 0, false), 0)[0].clone()).collect())
    };
    // 甲镇 2015: 110 raised, 66 kept, 44 with the county.
    assert_eq!(ask("ledger.csv:增值税,town:amount", Some("乙县/甲镇"), Some(2015)).unwrap(), ["甲镇 2015年 增值税·镇 66万元 = 镇级分成 66（不超过可分成部分（不为负） 110）"]);
    assert!(ask("ledger.csv:增值税,county", Some("乙县/甲镇"), Some(2015)).unwrap()[0].starts_with("甲镇 2015年 增值税·县 44万元"));
    assert!(ask("measures.csv:2:retained", None, None).unwrap()[0].starts_with("甲镇 留存财力合计 126万元"));
    assert!(ask("parameters.csv:agreement.a.tax.share", None, None).unwrap()[0].contains("60%  agreement.a.tax.share（某府发〔2014〕1号第三条，A级）"));
    assert!(ask("summary.csv:gap", Some("乙县/丙镇"), Some(2014)).unwrap()[0].starts_with("丙镇 2014年 缺口 0"));
    assert_eq!(ask("ledger.csv:999", None, None).unwrap_err(), "ledger.csv:999 这一格没有算式可讲");
    assert_eq!(ask("summary.csv:town", None, None).unwrap_err(), "summary.csv:town 这一格没有算式可讲");
    assert!(ask("nowhere.csv:1", None, None).unwrap_err().contains("nowhere.csv:1"));
}
