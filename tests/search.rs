//! Searches as a user runs them. Every number here was worked out on paper.
//!
//! In 万元: 甲镇 collects 1,000 a year and plans 625 in 2012 and 500 in 2013; 乙镇 collects 600 and plans 300 and 540. A share s
//! of it stays in the towns; what is left over of a year may be spent in the next.
//!
//! - 2012: 甲 needs 1,000 s ≥ 625, s ≥ 62.5 %; 乙 600 s ≥ 300, s ≥ 50 %.
//! - 2013: 甲 2,000 s ≥ 1,125, s ≥ 56.25 %; 乙 1,200 s ≥ 840, s ≥ 70 %.
//! - The county has 1,000 of its own and 1,600 (1 − s) of the towns for guarantees of 1,500: s ≤ 68.75 % in 2012.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const SCENARIO: &str = r#"
[scenario]
format = 1
name = "求解"
county = "示例县"
first_year = 2012
last_year = 2013
base_year = 2012
money_unit = "万元"
grade = "D"
[towns]
file = "towns.csv"
[projects]
file = "projects.csv"
[source.tax]
name = "税收"
kind = "series"
class = "tax"
book = "general"
amount.2012 = { column = "税收" }
[agreement.a]
name = "比例分成"
towns = ["甲镇"]
from = 2012
[agreement.a.tax]
of = ["tax"]
form = "ratio"
share = "50%"
[agreement.b]
name = "比例分成"
towns = ["乙镇"]
from = 2012
[agreement.b.tax]
of = ["tax"]
form = "ratio"
share = "50%"
[county_account]
own_revenue = "1000万元"
three_guarantees = "1500万元"
[lever.share]
name = "留成比例"
paths = ["agreement.a.tax.share", "agreement.b.tax.share"]
low = "0%"
high = "100%"
[solve.least]
name = "至少留多少"
lever = "share"
find = "lowest"
require.lowest_coverage = { at_least = "100%", by = 2012 }
require.county_cover = { at_least = "100%", by = 2012 }
"#;
const TOWNS: &str = "镇,税收\n甲镇,1000\n乙镇,600\n";
const PROJECTS: &str = "编号,项目名称,镇,类别,总投资（万元）,其中：镇级（万元）,开工年,工期（年）,可用资金\n\
A1,甲路,甲镇,道路,625,625,2012,1,一般预算\nA2,甲桥,甲镇,道路,500,500,2013,1,一般预算\nB1,乙路,乙镇,道路,300,300,2012,1,一般预算\nB2,乙桥,乙镇,道路,540,540,2013,1,一般预算\n";

fn folder_of(scenario: &str, towns: &str, projects: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("scenario.toml", scenario), ("towns.csv", towns), ("projects.csv", projects)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn folder() -> tempfile::TempDir {
    folder_of(SCENARIO, TOWNS, PROJECTS)
}

fn fencheng(folder: &Path, command: &str, more: &[&str]) -> Output {
    let mut run = Command::new(env!("CARGO_BIN_EXE_fencheng"));
    let out = folder.join("out");
    run.args([command, folder.to_str().unwrap(), "--replace", "--out", out.to_str().unwrap()]).args(more);
    run.output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap() + &String::from_utf8(output.stderr.clone()).unwrap()
}

/// What `solve` tells a program, and its exit code.
fn solved(folder: &Path, more: &[&str]) -> (Value, Option<i32>) {
    let output = fencheng(folder, "solve", &[more, &["--json"]].concat());
    let value: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output)));
    (value["solve"].clone(), output.status.code())
}

fn answers(told: &Value) -> Vec<Option<&str>> {
    told["found"].as_array().unwrap().iter().map(|one| one["answer"].as_str()).collect()
}

fn table(folder: &Path, name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(folder.join("out/tables").join(name)).unwrap();
    text.trim_start_matches('\u{feff}').lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn the_least_share_that_covers_the_plans_of_2012() {
    let folder = folder();
    let (told, code) = solved(folder.path(), &[]);
    assert_eq!((answers(&told), code), (vec![Some("62.5%")], Some(0)));
    let found = &told["found"][0];
    assert_eq!(found["set"], serde_json::json!(["agreement.a.tax.share=62.5%", "agreement.b.tax.share=62.5%"]));
    // The county takes from above what the towns take from below.
    assert_eq!(found["hold"], serde_json::json!([["62.5%", "68.75%"]]));
    assert_eq!(found["binding"], serde_json::json!(["lowest_coverage"]));
    let words = text(&fencheng(folder.path(), "solve", &[]));
    for said in ["留成比例至少 62.5%：2 个镇到 2012 年项目资金保障率都达到 100%", "106.7%（示例县 2012 年，要求至少 100%）", "62.49% 时", "只有：62.5%—68.75%"]
    {
        assert!(words.contains(said), "{said} in {words}");
    }
    let english = text(&fencheng(folder.path(), "solve", &["--lang", "en"]));
    assert!(english.contains("留成比例 at least 62.5%: by 2012 every one of 2 towns covers 100% of its plan"), "{english}");
}

#[test]
fn the_greatest_share_the_county_can_bear() {
    let folder = folder();
    let (told, _) = solved(folder.path(), &["--find", "highest"]);
    assert_eq!(answers(&told), [Some("68.75%")]);
    assert_eq!(told["found"][0]["binding"], serde_json::json!(["county_cover"]));
}

#[test]
fn a_grid_gives_its_own_levels_only() {
    let folder = folder();
    let (told, _) = solved(folder.path(), &["--lever", "agreement.a.tax.share=0%..100%/10%", "--require", "coverage>=100%@2012", "--for", "甲镇"]);
    assert_eq!(answers(&told), [Some("70%")]);
    let rows = table(folder.path(), "solve.csv");
    assert_eq!(rows.len(), 12);
    let (listed, _) = solved(folder.path(), &["--lever", "agreement.a.tax.share=70%,60%,65%", "--require", "coverage>=100%@2012", "--for", "甲镇"]);
    assert_eq!(listed["found"][0]["hold"], serde_json::json!([["65%", "70%"]]));
    assert!(rows[0].iter().any(|c| c == "county_cover") && rows.iter().any(|r| r[1] == "70%" && r[3] == "1" && r[4] == "1"));
}

#[test]
fn each_town_has_its_own_answer_and_the_last_year_counts() {
    let folder = folder();
    let ask = |requirement: &str| solved(folder.path(), &["--require", requirement, "--for", "each"]).0;
    assert_eq!(answers(&ask("coverage>=100%")), [Some("62.5%"), Some("70%")]);
    assert_eq!(answers(&ask("最低的镇保障率≥100%@2012")), [Some("62.5%"), Some("50%")]);
    // Both together: the larger of the two.
    assert_eq!(answers(&solved(folder.path(), &["--require", "gap<=0万元"]).0), [Some("70%")]);
}

/// Towns lack 1 − 1200 s ÷ 840, the county 1 − (2600 − 1600 s) ÷ 1500: alike at 69.4656 %. At 69.46 % the towns lack 0.7714 %,
/// at 69.47 % the county lacks 0.768 %, which is less.
#[test]
fn where_nothing_holds_the_nearest_is_told_with_exit_code_3() {
    let folder = folder();
    let requirements = ["--require", "lowest_coverage>=100%", "--require", "county_cover>=100%@2012"];
    let (told, code) = solved(folder.path(), &requirements);
    assert_eq!((answers(&told), code), (vec![None], Some(3)));
    assert_eq!(told["found"][0]["nearest"], "69.47%");
    let words = text(&fencheng(folder.path(), "solve", &requirements));
    assert!(words.contains("没有一个值满足全部要求；最接近的是 69.47%") && words.contains("乙镇 99.2%，差 0.8 个百分点"), "{words}");
}

/// One value for 甲's share and for what the city takes first: 甲 keeps 1,000 s (1 − s), at least 160 from 20 % to 80 %.
#[test]
fn a_measure_that_turns_is_said_to_and_all_values_are_told() {
    let turning =
        "[upper.city]\nof = \"gross\"\nother = \"0%\"\n[lever.both]\nname = \"两头\"\npaths = [\"agreement.a.tax.share\", \"upper.city.other\"]\nlow = \"0%\"\nhigh = \"100%\"\n";
    let folder = folder_of(&format!("{SCENARIO}{turning}"), TOWNS, &PROJECTS.replace("625,625", "160,160"));
    let ask = |requirement: &str| solved(folder.path(), &["--lever", "both", "--for", "甲镇", "--require", requirement]).0["found"][0].clone();
    let inner = ask("coverage>=100%@2012");
    assert_eq!((inner["hold"].clone(), inner["answer"].clone()), (serde_json::json!([["20%", "80%"]]), Value::from("20%")));
    assert_eq!(inner["not_monotone"], serde_json::json!(["coverage"]));
    let outer = ask("retained<=160万元@2012");
    assert_eq!(outer["hold"], serde_json::json!([["0%", "20%"], ["80%", "100%"]]));
    let words = text(&fencheng(folder.path(), "solve", &["--lever", "both", "--for", "甲镇", "--require", "coverage>=100%@2012"]));
    assert!(words.contains("有升有降") && words.contains("只有：20%—80%"), "{words}");
}

#[test]
fn what_cannot_be_asked_is_said_with_its_remedy() {
    let folder = folder();
    let cases: [(&[&str], &str, &str); 8] = [
        (&["--lever", "nonsense"], "E731", "写成"),
        (&["--require", "covrage>=100%"], "E734", "是否想写 coverage？"),
        (&["--require", "nonsense"], "E735", "coverage>=100%@2020"),
        (&["--require", "coverage>=60"], "E735", "写成 100%"),
        (&["--require", "coverage>=100%@1999"], "E735", "2012—2013"),
        (&["--for", "丙镇"], "E701", "all, each"),
        (&["nowhere"], "E734", "least"),
        (&["--front=coverage"], "E734", "coverage,county_of_towns"),
    ];
    for (more, code, said) in cases {
        let output = fencheng(folder.path(), "solve", more);
        let words = text(&output);
        assert!(output.status.code() == Some(1) && words.contains(code) && words.contains(said), "{more:?}: {words}");
        let english = text(&fencheng(folder.path(), "solve", &[more, &["--lang", "en"]].concat()));
        assert!(english.contains(&format!("error[{code}]")), "{english}");
    }
    let bare = folder_of(&SCENARIO.replace("[county_account]\nown_revenue = \"1000万元\"\nthree_guarantees = \"1500万元\"\n", ""), TOWNS, PROJECTS);
    assert!(text(&fencheng(bare.path(), "solve", &[])).contains("没有县级账"));
    let empty = folder_of(&SCENARIO.replace("paths = [\"agreement.a.tax.share\", \"agreement.b.tax.share\"]\n", ""), TOWNS, PROJECTS);
    assert!(text(&fencheng(empty.path(), "solve", &[])).contains("E102"));
}

/// 甲's plan of 625 takes 62.5 % of what it collects; a price has a stroke of its own, a word no order.
#[test]
fn levers_of_other_kinds() {
    let folder = folder();
    let tax = SCENARIO.replace("amount.2012 = { column = \"税收\" }", "amount = \"1000万元\"");
    let money = folder_of(&tax, TOWNS, PROJECTS);
    // Half of the tax stays: 625 needs 1,250.
    let words = text(&fencheng(money.path(), "solve", &["--lever", "source.tax.amount=0元..2000万元", "--for", "甲镇", "--require", "coverage>=100%@2012"]));
    assert!(words.contains("source.tax.amount至少 1250万元"), "{words}");
    let words = text(&fencheng(folder.path(), "solve", &["--lever", "projects.mode=unconstrained,constrained", "--require", "planned>=0元"]));
    assert!(words.contains("projects.mode取 unconstrained"), "{words}");
    let words = text(&fencheng(folder.path(), "solve", &["--lever", "source.land.use.a.price=1万元/亩..2万元/亩/1万元/亩", "--require", "planned>=0元"]));
    assert!(words.contains("source.land") && !words.contains("E731"), "{words}");
}

/// Every share is on the front where both only trade money: what the towns keep the county does not have.
#[test]
fn on_the_front_nobody_gains_without_a_loss() {
    let folder = folder();
    let output = fencheng(folder.path(), "solve", &["--lever", "agreement.a.tax.share=0%..100%/10%", "--front=retained,county_of_towns"]);
    assert!(output.status.success() && text(&output).contains("11 种取值中 11 种不被压倒"), "{}", text(&output));
    // Covered in full from 70 % on (甲's plan of 62.5 %), more share only costs the county: 0 to 70 % are left.
    let output = fencheng(folder.path(), "solve", &["--lever", "agreement.a.tax.share=0%..100%/10%", "--pareto"]);
    assert!(text(&output).contains("11 种取值中 8 种不被压倒"), "{}", text(&output));
    assert_eq!(table(folder.path(), "front.csv").iter().filter(|row| row[8] == "1").count(), 8);
}

const LINEAR: &str = r#"
[scenario]
format = 1
name = "敏感性"
county = "示例县"
first_year = 2012
last_year = 2012
base_year = 2012
money_unit = "万元"
grade = "D"
[towns]
file = "towns.csv"
[projects]
file = "projects.csv"
[source.x]
name = "甲税"
kind = "series"
class = "tax"
book = "general"
amount = "150万元"
[source.y]
name = "乙税"
kind = "series"
class = "tax"
book = "general"
amount = "200万元"
[agreement.a]
name = "全留"
towns = "all"
from = 2012
[agreement.a.all]
of = "rest"
form = "full"
[uncertain.x]
name = "甲税"
path = "source.x.amount"
draw = "uniform"
low = "100万元"
high = "200万元"
[uncertain.y]
name = "乙税"
path = "source.y.amount"
draw = "uniform"
low = "100万元"
high = "300万元"
[sweep.both]
name = "两税"
design = "latin"
points = 100
uncertain = ["x", "y"]
"#;

fn linear() -> tempfile::TempDir {
    folder_of(LINEAR, "镇\n甲镇\n", "编号,项目名称,镇,类别,总投资（万元）,其中：镇级（万元）,开工年,工期（年）,可用资金\nA1,甲路,甲镇,道路,1000,1000,2012,1,一般预算\n")
}

/// gap = 1,000 − x − y: the variances are 100²÷12 and 200²÷12, 1 : 4; nothing is done together, so both indices are 20 % and 80 %.
#[test]
fn the_indices_of_a_sum_are_the_shares_of_its_variance() {
    let folder = linear();
    let output = fencheng(folder.path(), "sensitivity", &["--measure", "gap"]);
    assert!(output.status.success(), "{}", text(&output));
    let rows = table(folder.path(), "sensitivity.csv");
    let number = |row: usize, column: &str| rows[row][rows[0].iter().position(|c| c == column).unwrap()].parse::<f64>().unwrap();
    for (row, share) in [(1, 0.2), (2, 0.8)] {
        assert!((number(row, "first") - share).abs() < 0.02 && (number(row, "total") - share).abs() < 0.02, "{rows:?}");
        assert!(number(row, "first_low") <= share && share <= number(row, "first_high"), "{rows:?}");
    }
    assert_eq!((number(1, "rank"), number(2, "rank"), number(1, "points")), (2.0, 1.0, 4096.0));
    assert!(text(&output).contains("左右缺口的主要是：乙税 80"), "{}", text(&output));
}

/// From its lowest to its highest x takes 100 off the gap and y 200, wherever the other stands: σ is nothing.
#[test]
fn morris_gives_the_slopes_of_a_plane() {
    let folder = linear();
    let output = fencheng(folder.path(), "sensitivity", &["--measure", "gap", "--method", "morris", "--points", "10"]);
    let rows = table(folder.path(), "sensitivity.csv");
    let cell = |row: usize, column: &str| rows[row][rows[0].iter().position(|c| c == column).unwrap()].clone();
    assert_eq!([cell(1, "mu"), cell(1, "mu_star"), cell(1, "sigma")], ["-100", "100", "0"], "{}", text(&output));
    assert_eq!([cell(2, "mu"), cell(2, "mu_star"), cell(2, "sigma")], ["-200", "200", "0"]);
}

#[test]
fn a_point_that_cannot_be_computed_stops_an_analysis() {
    let folder = folder();
    let output = fencheng(folder.path(), "sensitivity", &["--lever", "agreement.a.tax.share=50%..150%", "--points", "8"]);
    let words = text(&output);
    assert!(output.status.code() == Some(1) && words.contains("E736") && words.contains("不能计算"), "{words}");
    let undefined = fencheng(folder.path(), "sensitivity", &["--lever", "agreement.a.tax.share=50%..100%", "--measure", "first_shortfall", "--set", "agreement.b.tax.share=100%"]);
    assert!(text(&undefined).contains("没有这个数"), "{}", text(&undefined));
}

/// 甲's share is drawn from 0 to 100 % of 1,000: its plan of 625 is short below 62.5 %, whatever the county has of its own.
#[test]
fn the_box_ends_where_the_plan_is_covered() {
    let folder = folder();
    let share = "agreement.a.tax.share=0%..100%";
    // 乙's tax is left alone: only 甲's coverage in 2012 matters, as 乙 keeps all of its own.
    let more = [
        "--lever",
        share,
        "--uncertain",
        "county_account.own_revenue~uniform(900万元,1100万元)",
        "--where",
        "lowest_coverage<100%@2012",
        "--set",
        "agreement.b.tax.share=100%",
    ];
    let output = fencheng(folder.path(), "discover", &more);
    assert!(output.status.success(), "{}", text(&output));
    let rows = table(folder.path(), "discover_limits.csv");
    let limit = |row: usize| rows[row][3].trim_end_matches('%').parse::<f64>().ok();
    assert!(limit(1).is_some_and(|high| (59.0..66.0).contains(&high)), "{rows:?}");
    assert_eq!((rows[1][2].as_str(), rows[2][2].as_str(), rows[2][3].as_str()), ("", "", ""), "{rows:?}");
    let boxes = table(folder.path(), "discover.csv");
    let last = boxes.last().unwrap();
    let ratio = |at: usize| last[at].parse::<f64>().unwrap();
    assert!(last[0].is_empty() && ratio(3) > 0.94 && ratio(4) > 0.94, "{last:?}");
    let words = text(&output);
    assert!(words.contains("不高于 6") || words.contains("不高于 5"), "{words}");
    let none = fencheng(folder.path(), "discover", &["--lever", share, "--where", "coverage>200%"]);
    assert!(none.status.success() && text(&none).contains("没有一个"), "{}", text(&none));
}

/// The bundled question has an answer, and one step less is not enough.
#[test]
fn the_seven_towns_have_an_answer() {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/pilot-towns");
    let out = tempfile::tempdir().unwrap();
    let target = out.path().join("o");
    let output = Command::new(env!("CARGO_BIN_EXE_fencheng")).args(["solve", scenario.to_str().unwrap(), "--json", "--out", target.to_str().unwrap()]).output().unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = &told["solve"]["found"][0];
    assert!(found["answer"].is_string() && found["set"].as_array().unwrap().len() == 7, "{found}");
    assert_eq!(found["binding"], serde_json::json!(["lowest_coverage"]));
}
