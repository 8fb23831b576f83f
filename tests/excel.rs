//! Workbooks as bureaus keep them: tables, the form, collections by town and tax, CSV for Excel. Every number was worked out
//! on paper; the workbooks in `tests/excel` were written by openpyxl (the scripts stand beside them).

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use fencheng::base::amount::MoneyUnit;
use fencheng::base::place::Place;
use fencheng::diag::{Code, Problems};
use fencheng::form;
use fencheng::load::single::{self, Worksheets};
use fencheng::measure::Run;
use fencheng::measure::backtest::{Figures, Scope};
use fencheng::outturn::{Estimates, Replay, Table, collected};
use rust_xlsxwriter::{Format, Workbook};

mod common;

/// 万元 in fen.
const WAN: i64 = 1_000_000;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/excel").join(name)
}

fn fencheng(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fencheng")).args(arguments).current_dir(folder).output().unwrap()
}

fn ran(arguments: &[&str], folder: &Path) {
    let output = fencheng(arguments, folder);
    assert!(output.status.success(), "{arguments:?}\n{}", String::from_utf8_lossy(&output.stderr));
}

fn sheets(path: &Path) -> Worksheets {
    single::worksheets(path, &Place::Argument("--from".into()))
}

fn codes(problems: &Problems) -> Vec<&'static str> {
    problems.in_file_order().iter().map(|p| p.code.name()).collect()
}

/// A table typed as CSV.
fn typed(text: &str) -> (fencheng::load::sheet::Sheet, Problems) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv");
    fs::write(&path, text).unwrap();
    let read = single::table(&path, None, &Place::Argument("t".into()));
    (read.sheet.unwrap(), read.problems)
}

fn texts(cells: &[fencheng::load::sheet::Cell]) -> Vec<&str> {
    cells.iter().map(|c| c.text.as_str()).collect()
}

#[test]
fn headings_are_found_below_titles_and_over_merged_cells() {
    let read = sheets(&fixture("ordinary.xlsx"));
    let names: Vec<&str> = read.sheets.iter().map(|(name, _)| name.as_str()).collect();
    // 旧 is hidden.
    assert_eq!(names, ["分镇收入", "项目计划"]);
    let towns = &read.sheets[0].1;
    assert_eq!(texts(&towns.headings), ["序号", "区县", "乡镇", "常住人口", "增值税（万元）", "企业所得税（万元）", "契税（万元）", "非税收入"]);
    assert_eq!(towns.unit, Some(MoneyUnit::WanYuan));
    // The county is merged over both rows; the blank row, 小计, 合计 and the note are left out.
    assert_eq!(
        towns.rows.iter().map(|row| texts(row)[1..6].to_vec()).collect::<Vec<_>>(),
        [["清河县", "城关镇", "42000", "3,200.50", "800"], ["清河县", "河东镇", "18000", "1000", "２００"]]
    );
    assert_eq!(codes(&read.problems), ["W771", "W772", "W771"]);
    // 契税 of the rows is 400 + 90, of 合计 491.
    let wrong = read.problems.iter().find(|p| p.code == Code::W772).unwrap();
    assert_eq!(wrong.args.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), ["契税（万元）", "491", "490"]);
}

#[test]
fn tables_of_a_workbook_give_what_their_csv_gives() {
    let folder = tempfile::tempdir().unwrap();
    let (csv, xlsx) = (folder.path().join("csv/my"), folder.path().join("xlsx/my"));
    for copy in [&csv, &xlsx] {
        fs::create_dir_all(copy).unwrap();
        for name in ["scenario.toml", "towns.csv", "projects.csv"] {
            fs::copy(common::mengyang().join(name), copy.join(name)).unwrap();
        }
    }
    let mut book = Workbook::new();
    for (name, file) in [("说明", ""), ("各镇", "towns.csv"), ("项目库", "projects.csv")] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        let text = if file.is_empty() { "填表说明\n请勿改列名".to_owned() } else { fs::read_to_string(csv.join(file)).unwrap() };
        for (row, line) in (0..).zip(text.trim_start_matches('\u{feff}').lines()) {
            for (column, cell) in (0..).zip(line.split(',')) {
                match cell.strip_suffix('%').filter(|p| !p.contains('/')).map(|p| p.parse::<f64>().unwrap()) {
                    Some(percent) => sheet.write_with_format(row + 2, column, percent / 100.0, &Format::new().set_num_format("0%")).unwrap(),
                    None => match cell.parse::<f64>() {
                        Ok(number) => sheet.write(row + 2, column, number).unwrap(),
                        Err(_) => sheet.write(row + 2, column, cell).unwrap(),
                    },
                };
            }
        }
    }
    book.save(xlsx.join("表.xlsx")).unwrap();
    fs::remove_file(xlsx.join("towns.csv")).unwrap();
    fs::remove_file(xlsx.join("projects.csv")).unwrap();
    // Each table finds its worksheet by its headings; both may be named too.
    let toml = fs::read_to_string(xlsx.join("scenario.toml")).unwrap();
    fs::write(xlsx.join("scenario.toml"), toml.replace("\"towns.csv\"", "\"表.xlsx\"").replace("\"projects.csv\"", "\"表.xlsx\"\nsheet = \"项目库\"")).unwrap();
    ran(&["run", "csv/my", "--out", "a", "--chart", "none", "-q"], folder.path());
    ran(&["run", "xlsx/my", "--out", "b", "--chart", "none", "-q"], folder.path());
    for table in ["summary.csv", "projects.csv", "ledger.csv", "county.csv"] {
        let of = |run: &str| fs::read(folder.path().join(run).join("tables").join(table)).unwrap();
        assert!(of("a") == of("b"), "{table}");
    }
    // The workbook is copied once, under its own name, and the copy runs.
    assert!(folder.path().join("b/inputs/scenario/my/表.xlsx").is_file());
    ran(&["verify", "b"], folder.path());
}

#[test]
fn a_filled_form_becomes_a_scenario_and_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(fixture("filled.xlsx"), folder.path().join("填报表.xlsx")).unwrap();
    ran(&["new", "清河", "--from", "填报表.xlsx", "--lang", "zh"], folder.path());
    let towns = fs::read_to_string(folder.path().join("清河/towns.csv")).unwrap();
    assert!(towns.ends_with("河东镇,清河县,一般镇,18000,45,9,1000,0,200,80,60,40,30,90,20,12,60,80,400\r\n"), "{towns}");
    let toml = fs::read_to_string(folder.path().join("清河/scenario.toml")).unwrap();
    for line in [
        "source = \"清河县2024年决算\"\ngrade = \"A\"",
        "[source.vat]\ngrows_by = { value = \"6%\", source = \"县统计局五年平均\", grade = \"B\" }",
        "[source.cit]\ngrows_by = { value = \"0%\", grade = \"D\", note = \"填报表没有填，按不增长假定\" }",
        "of   = { class = [\"tax\", \"nontax\"] }\nform = \"ratio\"\nshare = \"50%\"\nsource = \"清财〔2024〕1号\"\ngrade = \"A\"",
        "per = \"staff\"\ncost = { 2024 = \"9万元\", grows_by = { value = \"4%\"",
    ] {
        assert!(toml.contains(line), "{line}\n{toml}");
    }
    ran(&["run", "清河", "--out", "结果", "--chart", "svg", "-q"], folder.path());
    assert!(fs::read_dir(folder.path().join("结果")).unwrap().flatten().filter(|e| e.path().extension().is_some_and(|e| e == "svg")).count() == 2);
    // 河东镇, 2024: local part 325 + 52 + 20.8 + 39 + 26 + 30 + 58.5 + 13 + 12 + 60 + 80, surcharges 50 + 30 + 20, half of it;
    // land 400 × 30 %.
    let summary = fs::read_to_string(folder.path().join("结果/tables/summary.csv")).unwrap();
    let heads: Vec<&str> = summary.lines().next().unwrap().split(',').collect();
    let row = summary.lines().find(|l| l.contains("河东镇") && l.contains(",2024,")).unwrap();
    let of = |key: &str| row.split(',').nth(heads.iter().position(|h| h.trim_start_matches('\u{feff}') == key).unwrap()).unwrap().to_owned();
    assert_eq!((of("local_revenue"), of("retained_fund"), of("retained")), ("816.3".to_owned(), "120".to_owned(), "528.15".to_owned()));
    // Nothing is overwritten.
    let again = fencheng(&["new", "清河", "--from", "填报表.xlsx", "--lang", "en"], folder.path());
    assert!(!again.status.success() && String::from_utf8_lossy(&again.stderr).contains("E789"));
}

#[test]
fn the_empty_form_asks_for_what_is_missing_cell_by_cell() {
    for (lang, name, cell) in [("zh", "填报表.xlsx", "填报表.xlsx:基本情况!B3"), ("en", "form.xlsx", "form.xlsx:basics!B3")] {
        let folder = tempfile::tempdir().unwrap();
        ran(&["new", "f", "--template", "xlsx", "--lang", lang], folder.path());
        let path = folder.path().join("f").join(name);
        let mut archive = zip::ZipArchive::new(Cursor::new(fs::read(&path).unwrap())).unwrap();
        let mut towns = String::new();
        archive.by_name("xl/worksheets/sheet3.xml").unwrap().read_to_string(&mut towns).unwrap();
        assert!(towns.contains("<dataValidation ") && towns.contains("state=\"frozen\"") && towns.contains("promptTitle") | towns.contains("prompt="), "{lang}");
        let output = fencheng(&["new", "s", "--from", path.to_str().unwrap(), "--lang", lang], folder.path());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && !folder.path().join("s").exists(), "{said}");
        // Name, county, base year, last year, scope; towns; agreement.
        assert!(said.contains(cell) && said.matches("[E782]").count() >= 6, "{said}");
        assert!(!said.contains("E505") && !said.contains("E035") && !said.contains("W772"), "{said}");
    }
}

#[test]
fn every_mistake_of_a_form_is_told_at_once() {
    let mut book = Workbook::new();
    let mut put = |name: &str, rows: &[&[&str]]| {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (r, row) in (0..).zip(rows) {
            for (c, text) in (0..).zip(*row) {
                sheet.write(r, c, *text).unwrap();
            }
        }
    };
    let basics: &[&[&str]] = &[&["项目", "内容"], &["方案名称", "甲"], &["县（市、区）", "乙县"], &["基年", "二零二四"], &["测算到哪一年", "2030"], &["收入口径", "全部"]];
    put("基本情况", basics);
    put("镇", &[&["镇", "国内增值税", "契税", "等级"], &["甲镇", "12a", "1", "E"], &["", "5", "1", ""]]);
    put("增长", &[&["收入", "每年增长"], &["契说", "5%"], &["契税", "60"]]);
    put(
        "体制",
        &[
            &["体制名称", "起始年", "适用的镇", "收入范围", "分法", "镇得比例"],
            &["现行", "2024", "甲镇、丁镇", "税收", "比例分成", ""],
            &["现行", "2024", "", "税收", "比例", "50%"],
        ],
    );
    put("项目库", &[&["编号", "项目名称", "镇", "类别", "总投资", "开工年", "工期（年）", "可用资金"], &["P1", "路", "戊镇", "道路", "100", "2025", "2", "基金"]]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.xlsx");
    book.save(&path).unwrap();
    let Worksheets { sheets, mut problems, .. } = sheets(&path);
    assert!(form::is_form(&sheets));
    let draft = form::from_form(&sheets, "x.xlsx", fencheng::base::lang::Lang::Zh, &mut problems);
    assert!(draft.is_none());
    let mut found = codes(&problems);
    found.sort_unstable();
    // 丁镇, 戊镇; 12a; 二零二四; 60; no name of a town, no share; 全部, E, 契说, 比例; nobody says how non-tax is shared.
    assert_eq!(found, ["E106", "E106", "E202", "E206", "E208", "E782", "E782", "E783", "E783", "E783", "E783", "E787"]);
}

#[test]
fn a_workbook_that_is_no_form_is_read_by_its_headings() {
    let folder = tempfile::tempdir().unwrap();
    ran(&["new", "s", "--from", fixture("ordinary.xlsx").to_str().unwrap(), "--lang", "zh"], folder.path());
    let toml = fs::read_to_string(folder.path().join("s/scenario.toml")).unwrap();
    assert!(toml.contains("source = \"ordinary.xlsx，分镇收入\"\ngrade = \"D\"") && toml.contains("假定：全额留镇") && toml.contains("base_year  = 2024"), "{toml}");
    let towns = fs::read_to_string(folder.path().join("s/towns.csv")).unwrap();
    assert!(towns.contains("城关镇,清河县,,42000,,,3200.5,0,800,0,0,0,0,400,0,0,0,240"), "{towns}");
    assert!(fs::read_to_string(folder.path().join("s/projects.csv")).unwrap().contains("P1,道路,城关镇,道路,2400,,600,,,,,2025,2,,,,一般预算") || toml.contains("projects.csv"));
    ran(&["check", "s"], folder.path());
}

#[test]
fn a_scenario_comes_from_collections_and_from_the_starter() {
    let folder = tempfile::tempdir().unwrap();
    ran(&["new", "s", "--from", fixture("offices.xlsx").to_str().unwrap(), "--lang", "zh"], folder.path());
    // 2015 is whole: (100 + 50) × 12, 30 × 12, 10 × 12; 其中 is part of a column, 消费税 the centre's, 县本级 no town.
    let towns = fs::read_to_string(folder.path().join("s/towns.csv")).unwrap();
    assert!(towns.ends_with("濛阳镇,,1800,0,360,0,0,0,0,120,0,0,0,0\r\n"), "{towns}");
    for lang in ["zh", "en"] {
        ran(&["new", lang, "--lang", lang], folder.path());
        ran(&["check", lang], folder.path());
        ran(&["compare", lang, "--variant", "reform", "--out", &format!("c-{lang}"), "--chart", "none", "-q"], folder.path());
    }
    let refused = fencheng(&["new", "t", "--from", fixture("local.xlsx").to_str().unwrap()], folder.path());
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("E788"));
}

fn mengyang() -> Run {
    Run::of(common::scenario(&common::mengyang(), None, &[])).unwrap()
}

#[test]
fn a_rolling_estimate_is_what_came_in_and_the_rest_of_the_projection() {
    let (run, mut problems) = (mengyang(), Problems::default());
    let read = single::table(&fixture("offices.xlsx"), None, &Place::Argument("--outturn".into()));
    let estimates = Estimates::read(&read.sheet.unwrap(), None, &Figures::of(&run), &mut problems);
    assert_eq!(codes(&problems), ["W775", "W774"]);
    let deed = estimates.rows.iter().find(|r| run.scenario.sources[r.source].id == "deed_tax" && r.year == 2016).unwrap();
    // 10 a month; the deed tax is projected as 700 × 1.08^4 = 952.342272; last year a quarter came after September.
    assert_eq!((deed.months, deed.collected, deed.projected, deed.rest, deed.by_last_year), (9, 90 * WAN, 952_342_272, 238_085_568, true));
    let vat = estimates.rows.iter().find(|r| run.scenario.sources[r.source].id == "vat" && r.year == 2015).unwrap();
    assert_eq!((vat.months, vat.collected, vat.rest), (12, 1800 * WAN, 0));
    // A run that uses it says so everywhere, and comes out the same when computed anew.
    let folder = tempfile::tempdir().unwrap();
    let (scenario, table) = (common::mengyang(), fixture("offices.xlsx"));
    let arguments = ["run", scenario.to_str().unwrap(), "--outturn", table.to_str().unwrap(), "--out", "r", "--chart", "none", "--lang", "zh"];
    let output = fencheng(&arguments, folder.path());
    assert!(String::from_utf8_lossy(&output.stdout).contains("（2016 年为预计全年：1—9 月入库数加以后各月的测算）"));
    let summary = fs::read_to_string(folder.path().join("r/tables/summary.csv")).unwrap();
    assert!(summary.lines().skip(1).all(|line| line.starts_with("baseline+rolling2016m09,")));
    let manifest: serde_json::Value = serde_json::from_str(&fs::read_to_string(folder.path().join("r/run.json")).unwrap()).unwrap();
    assert_eq!((manifest["rolling"]["year"].as_i64(), manifest["rolling"]["months"].as_i64()), (Some(2016), Some(9)));
    ran(&["verify", "r"], folder.path());
}

#[test]
fn local_parts_become_gross_by_the_shares_of_the_levels_above() {
    let (run, mut problems) = (mengyang(), Problems::default());
    let read = single::table(&fixture("local.xlsx"), None, &Place::Argument("--outturn".into()));
    let estimates = Estimates::read(&read.sheet.unwrap(), None, &Figures::of(&run), &mut problems);
    assert_eq!(codes(&problems), ["W778"]);
    let deed = estimates.rows.iter().find(|r| run.scenario.sources[r.source].id == "deed_tax").unwrap();
    // 1,800,000 yuan are 65 % of the whole: 276.923077 万元; without last year's months a quarter of the projection is to come.
    assert_eq!((deed.months, deed.collected, deed.rest, deed.by_last_year), (9, 276_923_077, 238_085_568, false));
}

#[test]
fn whole_years_of_collections_are_replayed_and_part_years_are_told() {
    let (run, mut problems) = (mengyang(), Problems::default());
    let read = single::table(&fixture("offices.xlsx"), None, &Place::Argument("--replay".into()));
    let sheet = read.sheet.unwrap();
    let replay = Replay::read(Table { sheet: &sheet, shown: "offices.xlsx", scope: None }, &Figures::of(&run), &mut problems);
    let mut found = codes(&problems);
    found.sort_unstable();
    assert_eq!((replay.len(), replay.years(), found), (3, vec![2015], vec!["W774", "W775", "W776"]));
}

#[test]
fn what_a_table_of_collections_does_not_say_is_asked_for() {
    let read = |text: &str, scope: Option<Scope>| {
        let (sheet, mut problems) = typed(text);
        assert!(collected::is_one(&sheet, &collected::national), "{text}");
        let table = collected::read(&sheet, scope, MoneyUnit::WanYuan, &collected::national, &mut problems);
        let amounts: Vec<(String, i32, u32, i64)> = table.into_iter().map(|(key, a)| (key.source, key.year, a.months, a.to_date / WAN)).collect();
        (amounts, codes(&problems))
    };
    let one = |source: &str, year: i32, months: u32, amount: i64| (source.to_owned(), year, months, amount);
    assert_eq!(read("2016年分镇税收\n镇,增值税\n甲镇,5\n", None), (vec![], vec!["E777"]));
    assert_eq!(read("2016年分镇税收\n镇,增值税\n甲镇,5\n", Some(Scope::Local)), (vec![one("vat", 2016, 12, 5)], vec![]));
    // A refund is taken off; two columns of one tax are added; a negative amount stays negative.
    let refunds = "2016年1-6月入库表（总收入口径）\n镇,增值税,改征增值税,增值税退税,契税\n甲镇,50,10,20,-3\n";
    assert_eq!(read(refunds, None), (vec![one("deed_tax", 2016, 6, -3), one("vat", 2016, 6, 40)], vec![]));
    // Months without a hole; by tax in rows; months and sums that do not agree.
    let rows = "2016年入库表（总收入口径）\n镇,税种,1月,2月,3月,合计\n甲镇,契税,1,2,3,6\n甲镇,烟叶税,1,1,1,3\n";
    assert_eq!(read(rows, None), (vec![one("deed_tax", 2016, 3, 6)], vec!["W773"]));
    assert_eq!(read("总收入口径\n镇,年份,月份,契税\n甲镇,2016,1,1\n甲镇,2016,3,1\n", None), (vec![], vec!["E779"]));
    assert_eq!(read("总收入口径\n镇,年份,月份,契税\n甲镇,2016,1月,1\n甲镇,2016,2月,1\n甲镇,2016,1-2月,3\n", None), (vec![one("deed_tax", 2016, 2, 3)], vec!["W777"]));
    let run = mengyang();
    let (sheet, mut problems) = typed("镇,人口\n濛阳镇,1\n");
    Estimates::read(&sheet, None, &Figures::of(&run), &mut problems);
    assert_eq!(codes(&problems), ["E781"]);
}

#[test]
fn a_file_that_only_bears_the_name_of_a_workbook_is_called_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let code = |bytes: &[u8]| {
        let path = folder.path().join("x.xlsx");
        fs::write(&path, bytes).unwrap();
        codes(&sheets(&path).problems)
    };
    assert_eq!(code("镇,人口\n甲镇,1\n".as_bytes()), ["E775"]);
    assert_eq!(code(b"<html><body><table></table></body></html>"), ["E775"]);
    assert_eq!(code(b"%PDF-1.7"), ["E775"]);
    assert_eq!(code(b"PK\x03\x04\x14\0\0\0\0\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), ["E775"]);
    assert_eq!(code(b""), ["E775"]);
    let locked: Vec<u8> = b"\xD0\xCF\x11\xE0".iter().copied().chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(code(&locked), ["E776"]);
    assert_eq!(code(&Workbook::new().save_to_buffer().unwrap()), [""; 0]);
}

#[test]
fn csv_in_gb18030_is_the_same_text_and_comes_out_the_same_again() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = common::mengyang();
    for (out, encoding) in [("u", "utf8"), ("g", "gb18030")] {
        ran(&["run", scenario.to_str().unwrap(), "--out", out, "--encoding", encoding, "--chart", "none", "-q"], folder.path());
    }
    let of = |run: &str| fs::read(folder.path().join(run).join("tables/summary.csv")).unwrap();
    let bytes = of("g");
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(&bytes).unwrap();
    assert_eq!(format!("\u{feff}{text}").as_bytes(), of("u"));
    let manifest: serde_json::Value = serde_json::from_str(&fs::read_to_string(folder.path().join("g/run.json")).unwrap()).unwrap();
    assert_eq!(manifest["request"]["encoding"], "gb18030");
    ran(&["verify", "g"], folder.path());
}

/// The bundled example: whole years are replayed, the part of 2015 is not; commas of its title separate nothing.
#[test]
fn the_bundled_collections_are_replayed() {
    let run = Run::of(common::scenario(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/pilot-towns"), None, &[])).unwrap();
    let read = single::table(&common::mengyang().join("../pilot-towns/outturns.csv"), None, &Place::Argument("--replay".into()));
    let (sheet, mut problems) = (read.sheet.unwrap(), read.problems);
    let replay = Replay::read(Table { sheet: &sheet, shown: "outturns.csv", scope: None }, &Figures::of(&run), &mut problems);
    // Three taxes of 2011, 2013 and 2014.
    assert_eq!((replay.len(), replay.years()), (9, vec![2011, 2013, 2014]));
    assert_eq!(typed("收入表，万元，2016年\n镇,契税,增值税,人口,房产税\n甲镇,1,2,3,4\n").0.headings.len(), 5);
}
