//! A run beside observed outturns: every number here was worked out on paper.
//!
//! The scenario, in 万元: 甲镇 collects 1,000 in 2012 and 1,100 in 2013, 乙镇 200 and 250. The centre takes half of it; of the
//! local part the town gets 60 %.
//!
//! | town, year, item   | observed | projected | error | error % |
//! |--------------------|---------:|----------:|------:|--------:|
//! | 甲 2012 税收·总额  |      800 |     1,000 |   200 |    25 % |
//! | 甲 2013 税收·总额  |    1,100 |     1,100 |     0 |     0 % |
//! | 乙 2012 税收·总额  |      250 |       200 |   −50 |   −20 % |
//! | 乙 2013 税收·总额  |      125 |       250 |   125 |   100 % |
//! | 甲 2012 财政总收入 |    1,250 |     1,000 |  −250 |   −20 % |
//! | 乙 2012 税收·镇得  |        0 |        60 |    60 |       — |

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

use fencheng::base::amount::MoneyUnit;
use fencheng::base::lang::Lang;
use fencheng::base::place::Place;
use fencheng::diag::{Code, render};
use fencheng::load::single::{self, Single};
use fencheng::measure::Run;
use fencheng::measure::backtest::tables::Backtest;
use fencheng::measure::backtest::{Compared, Figures, finding};
use fencheng::measure::cell::{Cell, Sheet};
use fencheng::outturn::{self, Table};
use fencheng::write::csv::CSV;
use fencheng::write::table::Line;
use rust_xlsxwriter::{Format, Workbook};

mod common;

const SCENARIO: &str = r#"
[scenario]
format = 1
name = "回测"
county = "示例县"
first_year = 2012
last_year = 2013
base_year = 2012
money_unit = "万元"
grade = "D"
[towns]
file = "towns.csv"
[source.tax]
name = "税收"
kind = "series"
class = "tax"
book = "general"
amount.2012 = { column = "2012年税收" }
amount.2013 = { column = "2013年税收" }
[upper.central]
of = "gross"
tax = "50%"
[agreement.a]
name = "比例分成"
towns = "all"
from = 2012
[agreement.a.tax]
of = ["tax"]
form = "ratio"
share = "60%"
"#;

const LONG: &str = "镇,年份,项目,口径,数额（万元）,来源,依据等级,备注\n\
    甲镇,2012,税收,总额,800,决算表,A,\n\
    甲镇,2013年,tax,gross,\"1,100\",,,\n\
    ,,,,,,,\n\
    乙镇,２０１２,税收（总额）,,２５０,,b,\n\
    示例县/乙镇,2013,税收,总额,1250000元,,,\n\
    甲镇,2012,财政总收入,,1250,,C,估计\n\
    乙镇,2012,税收,镇得,0,,,\n";

fn scenario(folder: &Path, more: &str) -> Run {
    fs::write(folder.join("scenario.toml"), format!("{SCENARIO}{more}")).unwrap();
    fs::write(folder.join("towns.csv"), "镇,2012年税收,2013年税收\n甲镇,1000,1100\n乙镇,200,250\n").unwrap();
    Run::of(common::scenario(folder, None, &[])).unwrap()
}

fn run() -> Run {
    scenario(tempfile::tempdir().unwrap().path(), "")
}

/// What is read of a file, and its problems as text in one language.
fn observe(run: &Run, name: &str, bytes: &[u8], worksheet: Option<&str>) -> (Vec<Compared>, Vec<Code>, [String; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let Single { files, sheet, mut problems, .. } = single::table(&path, worksheet, &Place::Argument("--observed".into()));
    let figures = sheet.map_or(Vec::new(), |sheet| outturn::check(Table { sheet: &sheet, shown: name, scope: None }, &Figures::of(run), &mut problems));
    let codes = problems.in_file_order().iter().map(|p| p.code).collect();
    let here = format!("{}/", folder.path().to_str().unwrap());
    let said = [Lang::Zh, Lang::En].map(|lang| render::render(&problems, &files, lang, false).replace(&here, ""));
    (figures, codes, said)
}

/// The tables as they are written.
fn tables(run: &Run, figures: Vec<Compared>) -> Vec<String> {
    let backtest = Backtest { run, figures };
    backtest.tables().into_iter().map(|sheet| printed(sheet, run.scenario.unit)).collect()
}

fn printed(sheet: Sheet<'_>, unit: MoneyUnit) -> String {
    let mut out = Vec::new();
    (CSV.head)(sheet.columns, &mut out);
    for (number, cells) in sheet.rows.enumerate() {
        (CSV.row)(&Line { number, columns: sheet.columns, cells: &cells, unit }, &mut out);
    }
    String::from_utf8(out).unwrap()
}

/// The long form as a workbook: numbers as numbers, a title in another sheet, a hidden one before.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("旧").unwrap().set_hidden(true);
    let sheet = book.add_worksheet().set_name("决算").unwrap();
    // Whatever stands in a sheet, its rows keep their numbers: the headings here are in row 2.
    for (row, line) in LONG.lines().enumerate() {
        let row = u32::try_from(row).unwrap() + 1;
        for (column, cell) in line.replace("\"1,100\"", "1100").split(',').enumerate() {
            let column = u16::try_from(column).unwrap();
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) => sheet.write(row, column, cell).unwrap(),
            };
        }
    }
    sheet.set_active(true);
    book.save_to_buffer().unwrap()
}

#[test]
fn errors_are_those_worked_on_paper() {
    let run = run();
    let (figures, codes, said) = observe(&run, "决算.csv", LONG.as_bytes(), None);
    assert_eq!(codes, [], "{}", said[0]);
    let wan = 1_000_000;
    let amounts: Vec<(i64, i64)> = figures.iter().map(|f| (f.observed.amount / wan, f.projected / wan)).collect();
    assert_eq!(amounts, [(800, 1000), (1100, 1100), (250, 200), (125, 250), (1250, 1000), (0, 60)]);
    let shares: Vec<Option<f64>> = figures.iter().map(Compared::share).collect();
    assert_eq!(shares, [Some(0.25), Some(0.0), Some(-0.2), Some(1.0), Some(-0.2), None]);
    let written = tables(&run, figures);
    let lines: Vec<&str> = written[0].trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "variant,town_id,town,county,year,item_id,item,scope,observed,projected,error,error_share,unit,source,grade,note");
    assert_eq!(lines[1], "baseline,示例县/甲镇,甲镇,示例县,2012,source.tax,税收,gross,800,1000,200,0.25,万元,决算表,A,");
    assert_eq!(lines[5], "baseline,示例县/甲镇,甲镇,示例县,2012,summary.total_revenue,财政总收入,,1250,1000,-250,-0.2,万元,,C,估计");
    assert_eq!(lines[6], "baseline,示例县/乙镇,乙镇,示例县,2012,source.tax,税收,town,0,60,60,,万元,,,");
}

#[test]
fn statistics_are_those_worked_on_paper() {
    let run = run();
    let figures = observe(&run, "x.csv", LONG.as_bytes(), None).0;
    let written = tables(&run, figures);
    let rows = |n: usize| written[n].trim_start_matches('\u{feff}').lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    // 税收·总额, sorted −20, 0, 25, 100 %: bias 105 ÷ 4, MAPE 145 ÷ 4, median of 0, 20, 25, 100. Quantiles at 3p:
    // 0.3 → −20 + 0.3·20; 0.75 → −20 + 0.75·20; 1.5 → 12.5; 2.25 → 25 + 0.25·75; 2.7 → 25 + 0.7·75.
    // RMSE √((200² + 0 + 50² + 125²) ÷ 4) = √14,531.25 = 120.545634512.
    // 全部, −20, −20, 0, 25, 100 %: 85 ÷ 5, 165 ÷ 5, median of 0, 20, 20, 25, 100; at 4p: 0.4 → −20, 1 → −20, 2 → 0, 3 → 25,
    // 3.6 → 25 + 0.6·75. RMSE √(124,225 ÷ 6) = 143.889425138.
    assert_eq!(
        rows(1),
        [
            "baseline,source.tax,税收,gross,4,0.2625,0.3625,0.225,-0.14,-0.05,0.125,0.4375,0.775,120.545635,万元,2,1,high",
            "baseline,summary.total_revenue,财政总收入,,1,-0.2,0.2,0.2,-0.2,-0.2,-0.2,-0.2,-0.2,250,万元,0,1,low",
            "baseline,source.tax,税收,town,1,,,,,,,,,60,万元,1,0,high",
            "baseline,all,,,6,0.17,0.33,0.2,-0.2,-0.2,0,0.25,0.7,143.889425,万元,3,2,high",
        ]
    );
    // 2012: −20, −20, 25 %: bias −15 ÷ 3, MAPE 65 ÷ 3; at 2p: 0.2, 0.5, 1 → −20; 1.5 → 2.5; 1.8 → −20 + 0.8·45.
    // RMSE √(108,600 ÷ 4) = 164.772570531. 2013: 0, 100 %; RMSE √(15,625 ÷ 2) = 88.388347648.
    assert_eq!(
        rows(2),
        [
            "baseline,2012,4,-0.05,0.216667,0.2,-0.2,-0.2,-0.2,0.025,0.16,164.772571,万元,2,2,low",
            "baseline,2013,2,0.5,0.5,0.5,0.1,0.25,0.5,0.75,0.9,88.388348,万元,1,0,high",
        ]
    );
}

#[test]
fn the_headline_says_which_way_and_where() {
    let run = run();
    let figures = observe(&run, "x.csv", LONG.as_bytes(), None).0;
    let backtest = Backtest { run: &run, figures };
    assert_eq!(finding::headline(&backtest, Lang::Zh), "6 项观测中，测算平均高出 17.0%；偏差最大的是乙镇 2013 年税收·总额（高 100.0%）");
    assert_eq!(
        finding::headline(&backtest, Lang::En),
        "Of 6 observed figures, the projection is too high by 17.0% on average; furthest off is 税收 (gross) of 乙镇 in 2013 (100.0% too high)"
    );
    assert_eq!(finding::spread(&backtest, Lang::Zh).as_deref(), Some("误差绝对值平均 33.0%，中位数 20.0%；偏高 3 项，偏低 2 项"));
    let met = observe(&run, "x.csv", "镇,年份,项目,数额\n甲镇,2013,财政总收入,1100\n".as_bytes(), None).0;
    assert_eq!(finding::headline(&Backtest { run: &run, figures: met }, Lang::Zh), "1 项观测中，测算平均不高不低");
}

#[test]
fn every_way_to_keep_a_table_gives_the_same() {
    let run = run();
    let expected = tables(&run, observe(&run, "x.csv", LONG.as_bytes(), None).0);
    let (gb, _, lost) = encoding_rs::GB18030.encode(LONG);
    assert!(!lost);
    let marked = format!("\u{feff}{LONG}");
    let tabs = LONG.replace("\"1,100\"", "1100").replace(',', "\t");
    let files: [(&str, Vec<u8>, Option<&str>); 5] = [
        ("gb.csv", gb.into_owned(), None),
        ("bom.csv", marked.into_bytes(), None),
        ("tabs.txt", tabs.into_bytes(), None),
        ("book.xlsx", workbook(), None),
        ("book.xlsx", workbook(), Some("决算")),
    ];
    for (name, bytes, worksheet) in files {
        let (figures, codes, said) = observe(&run, name, &bytes, worksheet);
        assert_eq!(codes, [], "{name}: {}", said[0]);
        assert_eq!(tables(&run, figures), expected, "{name}");
    }
}

#[test]
fn the_wide_form_holds_one_column_an_item() {
    let run = run();
    let wide = "镇,年份,税收（总额）（元）,税收,财政总收入,口径,来源\n甲镇,2012,8000000,,1250,镇得,决算表\n乙镇,2012,,0,,镇得,\n";
    let (figures, codes, said) = observe(&run, "wide.csv", wide.as_bytes(), None);
    assert_eq!(codes, [], "{}", said[0]);
    let of = |f: &Compared| (f.observed.item.title(&run.scenario, Lang::Zh), f.observed.amount / 1_000_000, f.projected / 1_000_000);
    let found: Vec<_> = figures.iter().map(of).collect();
    assert_eq!(found, [("税收·总额".to_owned(), 800, 1000), ("财政总收入".to_owned(), 1250, 1000), ("税收·镇得".to_owned(), 0, 60)]);
}

#[test]
fn a_county_is_compared_with_its_account() {
    // From 甲 500 − 300 = 200 and from 乙 100 − 60 = 40: 240. Own revenue needs an account.
    let rows = "县,镇,年份,项目,数额\n示例县,,2012,来自各镇的分成,300\n示例县,,2012,县本级财力,900\n";
    let (figures, codes, said) = observe(&run(), "x.csv", rows.as_bytes(), None);
    assert_eq!(codes, [Code::W713], "{}", said[0]);
    assert_eq!((figures[0].projected, figures[0].share()), (240_000_000, Some(-0.2)));
    let folder = tempfile::tempdir().unwrap();
    let with = scenario(folder.path(), "[county_account]\nown_revenue = \"1,000万元\"\nthree_guarantees = \"800万元\"\n");
    let (figures, codes, _) = observe(&with, "x.csv", rows.as_bytes(), None);
    assert_eq!((codes.len(), figures[1].projected), (0, 1_000_000_000));
}

#[test]
fn towns_merged_over_their_years_are_read_and_quotients_rounded_to_the_fen() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in ["镇", "年份", "财政总收入"].into_iter().enumerate() {
        sheet.write(0, u16::try_from(column).unwrap(), heading).unwrap();
    }
    sheet.merge_range(1, 0, 2, 0, "甲镇", &Format::new()).unwrap();
    for (row, year, amount) in [(1, 2012, 1000.0 / 3.0), (2, 2013, 0.1 + 0.2)] {
        sheet.write(row, 1, year).unwrap();
        sheet.write(row, 2, amount).unwrap();
    }
    let (figures, codes, said) = observe(&run(), "book.xlsx", &book.save_to_buffer().unwrap(), None);
    assert_eq!(codes, [], "{}", said[0]);
    // 333.333333 万元 and 0.3 万元.
    assert_eq!(figures.iter().map(|f| f.observed.amount).collect::<Vec<_>>(), [333_333_333, 300_000]);
}

#[test]
fn every_mistake_is_told_at_once_with_its_place() {
    let run = run();
    let rows = [
        "镇,年份,项目,口径,数额,依据等级,县",
        "甲,2012,税收,总额,1,,",         // E106
        "甲镇,12,税收,总额,1,,",         // E206
        "甲镇,2012,税受,总额,1,,",       // E711
        "甲镇,2012,税收,,1,,",           // E712
        "甲镇,2012,留存财力,镇得,1,,",   // E713
        "甲镇,2012,税收,毛额,1,,",       // E107
        "甲镇,2012,税收,中央,约500,,",   // E201
        "甲镇,2012,税收,中央,5亩,E,",    // E202, E107
        "甲镇,2012,税收,总额,9,,",       //
        "甲镇,2012,tax,gross,9,,",       // E714
        ",2012,来自各镇的分成,,1,,",     // E716
        ",2012,来自各镇的分成,,1,,示县", // E720
        ",2012,税收,总额,1,,示例县",     // E711
        "甲镇,2015,税收,总额,1,,",       // W711
        "甲镇,2013,税收,总额,,,",        // W712
        "甲镇,2013,税收,县得,1e9,,乙县", // E106, E202
    ];
    let (_, codes, said) = observe(&run, "x.csv", rows.join("\n").as_bytes(), None);
    let names: Vec<&str> = codes.iter().map(|c| c.name()).collect();
    let expected = ["E106", "E206", "E711", "E712", "E713", "E107", "E201", "E202", "E107", "E714", "E716", "E720", "E711", "E106", "E202", "W711", "W712"];
    assert_eq!(names, expected, "{}", said[0]);
    for (zh, en) in [
        ("x.csv:4:9", "x.csv:4:9"),
        ("是否想写 税收？", "did you mean 税收?"),
        ("税收 没有写口径", "the scope of 税收 is not written"),
        ("甲镇 2012 年的 税收·总额 写了两次", "税收 (gross) of 甲镇 in 2012 is written twice"),
        ("县级项目", "no item of a county"),
        ("可写：总额、地方部分", "one of: gross, local"),
    ] {
        assert!(said[0].contains(zh) && said[1].contains(en), "{zh}\n{}\n{}", said[0], said[1]);
    }
}

#[test]
fn a_mistake_in_a_workbook_is_shown_by_its_cell() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, (heading, cell)) in [("镇", "甲镇"), ("年份", "2012"), ("项目", "财政总收入"), ("数额", "#不详\n待查")].into_iter().enumerate() {
        let column = u16::try_from(column).unwrap();
        sheet.write(0, column, heading).unwrap();
        sheet.write(16, column, cell).unwrap();
    }
    sheet.write(16, 5, "旁注").unwrap();
    let (_, codes, said) = observe(&run(), "book.xlsx", &book.save_to_buffer().unwrap(), None);
    assert_eq!(codes, [Code::E201, Code::E035], "{}", said[0]);
    assert!(said[0].contains("--> book.xlsx:Sheet1!D17\n"), "{}", said[0]);
    assert!(said[0].contains("--> book.xlsx:Sheet1!F17\n"), "{}", said[0]);
    assert!(said[0].contains("\n17 | 甲镇    2012    财政总收入    #不详 待查"), "{}", said[0]);
}

#[test]
fn what_cannot_be_read_or_compared_is_told() {
    let run = run();
    let code = |name: &str, bytes: &[u8], worksheet: Option<&str>| {
        let (figures, codes, said) = observe(&run, name, bytes, worksheet);
        assert!(figures.is_empty());
        assert!(said.iter().all(|text| !text.contains('…')), "a hole is open: {}", said[0]);
        codes.iter().map(|c| c.name()).collect::<Vec<_>>()
    };
    assert_eq!(code("x.csv", "镇,年份,项目,数额\n甲镇,2020,财政总收入,1\n".as_bytes(), None), ["E715", "W711"]);
    assert_eq!(code("x.csv", "镇,年份,来源\n甲镇,2012,x\n".as_bytes(), None), ["E505"]);
    assert_eq!(code("x.csv", "年份,数额\n2012,1\n".as_bytes(), None), ["E505", "E505"]);
    assert_eq!(code("x.csv", "镇,年份,税受\n甲镇,2012,1\n".as_bytes(), None), ["E711"]);
    assert_eq!(code("x.csv", "镇,年份,税收\n甲镇,2012,1\n乙镇,2012,1\n".as_bytes(), None), ["E712"]);
    assert_eq!(code("x.csv", b"", None), ["E030"]);
    assert_eq!(code("x.xls", b"x", None), ["E719"]);
    assert_eq!(code("x.xlsx", b"PK no workbook", None), ["E718"]);
    assert_eq!(code("x.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old", None), ["E775"]);
    assert_eq!(code("x.xlsx", &workbook(), Some("结算")), ["E717"]);
    assert_eq!(code("x.csv", "镇,年份,项目,数额\n".as_bytes(), Some("甲")), ["E717", "E030"]);
    let missing = single::table(Path::new("nowhere/决算.xlsx"), None, &Place::Argument("--observed".into()));
    assert_eq!(missing.problems.iter().map(|p| p.code).collect::<Vec<_>>(), [Code::E001]);
}

#[test]
fn a_workbook_that_would_fill_the_memory_is_refused() {
    // One cell far away is no table of towns; a sheet of blanks packs to nothing.
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 1_500, "远").unwrap();
    assert_eq!(observe(&run(), "far.xlsx", &book.save_to_buffer().unwrap(), None).1, [Code::E036]);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let blank = vec![b' '; 1 << 20];
    for _ in 0..257 {
        writer.write_all(&blank).unwrap();
    }
    let bomb = writer.finish().unwrap().into_inner();
    assert!(bomb.len() < 4 << 20);
    assert_eq!(observe(&run(), "bomb.xlsx", &bomb, None).1, [Code::E003]);
}

#[test]
fn the_command_writes_a_folder_and_says_what_it_found() {
    let folder = tempfile::tempdir().unwrap();
    scenario(folder.path(), "");
    let observed = folder.path().join("observed.csv");
    fs::write(&observed, LONG).unwrap();
    let out = folder.path().join("out");
    let call = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fencheng"));
        command.arg("backtest").arg(folder.path()).arg("--observed").arg(&observed).arg("--out").arg(&out).args(more);
        let output = command.output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (done, said, _) = call(&["--lang", "zh", "--format", "csv,json"]);
    assert!(done && said.contains("6 项观测中，测算平均高出 17.0%"), "{said}");
    for file in ["tables/backtest.csv", "tables/backtest_items.json", "tables/backtest_years.csv", "tables/columns.csv", "inputs/observed/observed.csv", "run.json"] {
        assert!(out.join(file).is_file(), "{file}");
    }
    assert_eq!(fs::read(out.join("inputs/observed/observed.csv")).unwrap(), LONG.as_bytes());
    let rows: serde_json::Value = serde_json::from_slice(&fs::read(out.join("tables/backtest.json")).unwrap()).unwrap();
    assert_eq!((rows[0]["error"].as_f64(), rows[5]["error_share"].is_null()), (Some(200.0), true));
    let (done, _, complaint) = call(&[]);
    assert!(!done && complaint.contains("E702"), "{complaint}");
    let (done, said, _) = call(&["--replace", "--json", "--set", "agreement.a.tax.share=50%"]);
    let manifest: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert!(done && manifest["observed"]["compared"] == 6 && manifest["headlines"][0].is_string(), "{said}");
    let (done, said, _) = call(&["--replace", "--quiet"]);
    assert!(done && said.trim() == out.to_str().unwrap());
    fs::write(&observed, LONG.replace("甲镇,2012,财政总收入", "丙镇,2012,财政总收入")).unwrap();
    let (done, said, complaint) = call(&["--replace", "--lang", "en"]);
    assert!(!done && said.is_empty() && complaint.contains("error[E106]: there is no town called 丙镇"), "{complaint}");
}

#[test]
fn the_observed_figures_shipped_can_be_read() {
    let text = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/pilot-towns/observed.csv")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let rules = fs::read_to_string("tests/worked/28-huayuan-2011/scenario.toml").unwrap();
    fs::write(folder.path().join("scenario.toml"), rules.replace("示例县", "新津县").replace("\"增值税\"\nkind", "\"国内增值税\"\nkind")).unwrap();
    fs::write(folder.path().join("towns.csv"), "镇,增值税,营业税,企业所得税\n花源镇,5754,642,677\n").unwrap();
    let run = Run::of(common::scenario(folder.path(), None, &[])).unwrap();
    let (figures, codes, said) = observe(&run, "observed.csv", &text, None);
    assert_eq!(codes, [], "{}", said[0]);
    // Worked case 28: 935.025, 417.3 and 176.02 beside the published 935, 417 and 176.
    let errors: Vec<i64> = figures.iter().skip(2).map(Compared::error).collect();
    assert_eq!(errors, [25_000, 300_000, 20_000]);
    let graded = Backtest { run: &run, figures };
    let mut figures = graded.tables().into_iter().next().unwrap();
    let at = figures.columns.iter().position(|c| c.key == "grade").unwrap();
    assert!(figures.rows.all(|row| row[at] == Cell::key("B")));
}

/// The parts of a workbook, packed again after one was changed.
fn repacked(whole: &[u8], change: impl Fn(usize, &mut Vec<u8>)) -> Vec<u8> {
    let mut parts = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..parts.len() {
        let mut part = parts.by_index(n).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        change(n, &mut bytes);
        writer.start_file(part.name().unwrap().into_owned(), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_damaged_workbook_is_a_problem_and_never_a_panic() {
    let (run, whole) = (run(), workbook());
    // Bytes changed here and there, in the container and in its parts, from a fixed sequence.
    let state = std::cell::Cell::new(20_112_011_u64);
    let next = |below: usize| {
        state.set(state.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
        usize::try_from(state.get() >> 33).unwrap() % below.max(1)
    };
    let spoil = |bytes: &mut Vec<u8>| {
        for _ in 0..=next(4) {
            let at = next(bytes.len());
            bytes.splice(at..(at + next(2)).min(bytes.len()), b"09<>/\"=ZA&; -".iter().copied().skip(next(12)).take(1 + next(2)));
        }
    };
    for round in 0..200 {
        let mut bytes = whole.clone();
        if round % 4 == 0 {
            spoil(&mut bytes);
        } else {
            let chosen = next(14);
            bytes = repacked(&whole, |n, part| {
                if n == chosen || round % 3 == 0 {
                    spoil(part)
                }
            });
        }
        let (figures, codes, _) = observe(&run, "book.xlsx", &bytes, None);
        assert!(!figures.is_empty() || !codes.is_empty());
    }
    // Cells that claim to stand beyond any sheet.
    for far in ["XFD1048576", "ZZZZZZZZ9", "A99999999999", "A0", "1A", "", "A4294967296", "FXSHRXX1"] {
        let moved = repacked(&whole, |_, part| *part = String::from_utf8_lossy(part).replace("r=\"E9\"", &format!("r=\"{far}\"")).into_bytes());
        let (_, codes, said) = observe(&run, "book.xlsx", &moved, None);
        assert!(!codes.is_empty(), "{far}: {}", said[0]);
    }
}
