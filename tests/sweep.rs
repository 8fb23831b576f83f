//! Sweeps as a user runs them: real processes, killed ones too. Every number here was worked out on paper.
//!
//! In 万元: 甲镇 collects 1,000 a year and plans 500, 乙镇 600 and 400, in 2012 and 2013. All of it is shared with the county.
//!
//! | share | 甲 keeps, gap | 乙 keeps, gap | gap of two years | paid ÷ 1,800   |
//! |------:|--------------:|--------------:|-----------------:|---------------:|
//! | 40 %  | 400, 100      | 240, 160      | 520              | 1280 = 71.1 %  |
//! | 50 %  | 500, 0        | 300, 100      | 200              | 1600 = 88.9 %  |
//! | 60 %  | 600, 0        | 360, 40       | 80               | 1720 = 95.6 %  |
//! | 70 %  | 700, 0        | 420, 0        | 0                | 100 %          |

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const SCENARIO: &str = r#"
[scenario]
format = 1
name = "扫描"
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
towns = "all"
from = 2012
[agreement.a.tax]
of = ["tax"]
form = "ratio"
share = "50%"
[lever.share]
name = "留成比例"
path = "agreement.a.tax.share"
low = "40%"
high = "70%"
step = "10%"
[uncertain.share]
name = "留成比例不定"
path = "agreement.a.tax.share"
draw = "uniform"
low = "40%"
high = "70%"
[sweep.shares]
name = "留成比例"
levers = ["share"]
keep = ["gap", "coverage", "towns_short", "first_shortfall"]
[sweep.risk]
name = "缺口有多大可能"
design = "latin"
points = 300
uncertain = ["share"]
"#;

fn scenario(folder: &Path) -> String {
    let scenario = folder.join("示例");
    fs::create_dir(&scenario).unwrap();
    fs::write(scenario.join("scenario.toml"), SCENARIO).unwrap();
    fs::write(scenario.join("towns.csv"), "镇,税收\n甲镇,1000\n乙镇,600\n").unwrap();
    fs::write(scenario.join("projects.csv"), projects()).unwrap();
    scenario.to_str().unwrap().to_owned()
}

/// A project a town: half of its cost in each year.
fn projects() -> String {
    "编号,项目名称,镇,类别,总投资,开工年,工期,可用资金\n甲1,甲镇道路,甲镇,道路,1000,2012,2,一般预算\n乙1,乙镇道路,乙镇,道路,800,2012,2,一般预算\n".to_owned()
}

fn fencheng(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fencheng")).args(arguments).output().unwrap()
}

fn fine(arguments: &[&str]) -> String {
    let output = fencheng(arguments);
    assert!(output.status.success(), "{arguments:?}\n{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a command says when it fails.
fn refused(arguments: &[&str]) -> String {
    let output = fencheng(arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

/// The rows of a table, without the heading, as cells.
fn rows(folder: &Path, name: &str) -> Vec<Vec<String>> {
    read(folder, name).lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn a_grid_is_the_table_on_paper() {
    let home = tempfile::tempdir().unwrap();
    let (scenario, out) = (scenario(home.path()), home.path().join("out"));
    let said = fine(&["sweep", &scenario, "shares", "--towns", "--out", out.to_str().unwrap()]);
    assert!(said.contains("留成比例：4 个点") && said.contains("项目资金保障率 71.1%—100.0%") && said.contains("没有缺口的有 1 个点"), "{said}");
    assert_eq!(read(&out, "tables/points.csv").lines().next().unwrap(), "\u{feff}point,status,message,lever.share,gap,coverage,towns_short,first_shortfall");
    let expected = ["0,ok,,0.4,520,0.711111,2,2012", "1,ok,,0.5,200,0.888889,1,2012", "2,ok,,0.6,80,0.955556,1,2012", "3,ok,,0.7,0,1,0,"];
    assert_eq!(rows(&out, "tables/points.csv"), expected.map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>()));
    let towns = rows(&out, "tables/points_towns.csv");
    assert_eq!(towns[1], ["0", "示例县/乙镇", "乙镇", "480", "800", "480", "320", "0.6", "2012"]);
    assert_eq!(towns[6], ["3", "示例县/甲镇", "甲镇", "1400", "1000", "1000", "0", "1", ""]);
}

#[test]
fn decimal_steps_are_exact_and_one_at_a_time_starts_from_what_stands() {
    let home = tempfile::tempdir().unwrap();
    let (scenario, out) = (scenario(home.path()), home.path().join("out"));
    fine(&["sweep", &scenario, "--lever", "agreement.a.tax.share=0%..100%/10%", "--keep", "gap", "--out", out.to_str().unwrap()]);
    let shares: Vec<String> = rows(&out, "tables/points.csv").into_iter().map(|row| row[3].clone()).collect();
    assert_eq!(shares, ["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1"]);
    let out = home.path().join("one");
    fine(&["sweep", &scenario, "shares", "--design", "one_at_a_time", "--out", out.to_str().unwrap()]);
    let gaps: Vec<String> = rows(&out, "tables/points.csv").into_iter().map(|row| row[4].clone()).collect();
    assert_eq!(gaps[0], "200", "the first point is the scenario itself: {gaps:?}");
}

#[test]
fn a_point_that_cannot_be_computed_is_a_row_with_a_code() {
    let home = tempfile::tempdir().unwrap();
    let (scenario, out) = (scenario(home.path()), home.path().join("out"));
    let said = fine(&["sweep", &scenario, "--lever", "agreement.a.tax.share=90%..110%/10%", "--keep", "gap", "--out", out.to_str().unwrap()]);
    assert!(said.contains("3 个点，其中 1 个不能计算（E2"), "{said}");
    let rows = rows(&out, "tables/points.csv");
    assert_eq!((rows[1][1].as_str(), rows[1][4].as_str()), ("ok", "0"));
    assert!(rows[2][1].starts_with("E2") && !rows[2][2].is_empty() && rows[2].last().unwrap().is_empty(), "{:?}", rows[2]);
}

/// 40 % to 70 %: 甲 has a gap below 50 %, 乙 below 66.7 %. Every latin stratum of 300 holds one point: 266 or 267 of them are below
/// two thirds, and that is the chance of a gap, 88.9 %.
#[test]
fn draws_are_the_same_in_shards_and_the_chance_is_that_of_the_strata() {
    let home = tempfile::tempdir().unwrap();
    let scenario = scenario(home.path());
    let at = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let said = fine(&["sweep", &scenario, "risk", "--quantiles", "--towns", "--out", &at("whole")]);
    assert!(said.contains("出现缺口的可能 88.7%") || said.contains("出现缺口的可能 89.0%") || said.contains("出现缺口的可能 88.9%"), "{said}");
    for shard in ["1/3", "2/3", "3/3"] {
        fine(&["sweep", &scenario, "risk", "--quantiles", "--towns", "--shard", shard, "--out", &at(&shard.replace('/', "-"))]);
    }
    fine(&["merge", &at("3-3"), &at("1-3"), &at("2-3"), "--out", &at("joined")]);
    for name in ["tables/points.csv", "tables/points_towns.csv", "tables/quantiles.csv", "tables/columns.csv", "sweep.json"] {
        assert_eq!(read(&home.path().join("whole"), name), read(&home.path().join("joined"), name), "{name}");
    }
    let said = refused(&["merge", &at("3-3"), &at("1-3"), "--out", &at("holed")]);
    assert!(said.contains("E733"), "{said}");
    fine(&["sweep", &scenario, "risk", "--seed", "2", "--out", &at("other")]);
    assert_ne!(read(&home.path().join("whole"), "tables/points.csv"), read(&home.path().join("other"), "tables/points.csv"));
}

/// Four policies, each with five draws that change nothing: a gap is sure at 40 %, 50 % and 60 %, and there is none at 70 %.
#[test]
fn chances_are_of_one_policy_and_never_of_a_mixture() {
    let home = tempfile::tempdir().unwrap();
    let scenario = scenario(home.path());
    let at = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let sweep = |out: &str, more: &[&str]| {
        let mut all = vec!["sweep", &scenario, "--lever", "agreement.a.tax.share=40%..70%/10%", "--uncertain", "source.tax.amount~normal(1,0):times"];
        all.extend(["--points", "5", "--quantiles", "--chart", "none", "--out", out]);
        all.extend(more);
        fine(&all)
    };
    let said = sweep(&at("whole"), &[]);
    assert!(said.contains("4 种政策取值各抽 5 次：出现缺口的可能由最低的 0.0% 到最高的 100.0%"), "{said}");
    let table = read(&home.path().join("whole"), "tables/quantiles.csv");
    let row = |share: &str, town: &str| table.lines().find(|line| line.starts_with(&format!("{share},")) && line.contains(&format!("{town},2012,"))).map(str::to_owned);
    // 乙 lacks 100 at 50 % and nothing at 70 %, in each of the five draws.
    assert!(row("0.5", "乙镇").unwrap().contains(",gap,5,100,100,100,100,100,1,"), "{table}");
    assert!(row("0.7", "乙镇").unwrap().contains(",gap,5,0,0,0,0,0,0,"), "{table}");
    sweep(&at("1-2"), &["--shard", "1/2"]);
    sweep(&at("2-2"), &["--shard", "2/2"]);
    fine(&["merge", &at("1-2"), &at("2-2"), "--out", &at("joined"), "--chart", "none"]);
    assert_eq!(read(&home.path().join("joined"), "tables/quantiles.csv"), table);
}

#[test]
fn a_killed_sweep_goes_on_and_is_the_same_to_the_byte() {
    let home = tempfile::tempdir().unwrap();
    let scenario = scenario(home.path());
    let at = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let lever = "agreement.a.tax.share=0%..100%/0.002%";
    fine(&["sweep", &scenario, "--lever", lever, "--out", &at("whole"), "--quiet"]);
    let out = at("killed");
    let arguments = ["sweep", &scenario, "--lever", lever, "--out", &out, "--quiet"];
    let mut child = Command::new(env!("CARGO_BIN_EXE_fencheng")).args(arguments).stdout(Stdio::null()).spawn().unwrap();
    let second = home.path().join("killed.unfinished/00000001.sums");
    while !second.exists() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    if !home.path().join("killed").exists() {
        assert!(refused(&arguments).contains("E733"), "an unfinished sweep is not overwritten unasked");
        let other = refused(&["sweep", &scenario, "shares", "--out", &out, "--resume"]);
        assert!(other.contains("E733"), "{other}");
        fine(&["sweep", &scenario, "--lever", lever, "--out", &out, "--quiet", "--resume"]);
    }
    for name in ["tables/points.csv", "tables/columns.csv", "sweep.json"] {
        assert_eq!(read(&home.path().join("whole"), name), read(&home.path().join("killed"), name), "{name}");
    }
    assert!(!home.path().join("killed.unfinished").exists());
}

#[test]
fn what_is_wrong_with_a_study_is_said() {
    let home = tempfile::tempdir().unwrap();
    let scenario = scenario(home.path());
    let out = home.path().join("out").to_str().unwrap().to_owned();
    let cases: [(&[&str], &str); 9] = [
        (&["shars"], "E734"),
        (&["--lever", "agreement.a.tax.share"], "E731"),
        (&["--lever", "agreement.a.tax.share=70%..40%/10%"], "E731"),
        (&["--lever", "agreement.a.tax.share=40%..75%/10%"], "E732"),
        (&["--lever", "agreement.a.tax.share=40%..75%"], "E732"),
        (&["--lever", "agreement.a.tax.shore=40%,50%"], "E101"),
        (&["--uncertain", "agreement.a.tax.share~normal(50%)"], "E731"),
        (&["--uncertain", "agreement.a.tax.share~normal(50%,-1%)"], "E73"),
        (&["shares", "--keep", "cover"], "E734"),
    ];
    for (arguments, code) in cases {
        let said = refused(&[&["sweep", scenario.as_str(), "--out", &out], arguments].concat());
        assert!(said.contains(code), "{arguments:?}: {said}");
    }
    let huge = refused(&["sweep", &scenario, "--lever", "agreement.a.tax.share=0%..100%/0.0001%", "--lever", "source.tax.amount.2012=0元..1000000元/0.01元", "--out", &out]);
    assert!(huge.contains("E732") || huge.contains("E731"), "{huge}");
}

/// 甲 1,000 and 乙 600 at 50 %: 甲 needs its tax at 1.0 times or more, 乙 at 1.333. Drawn for all alike and for each its own, the figures
/// are those of a town table written that way.
#[test]
fn a_column_is_drawn_for_all_towns_alike_or_for_each() {
    let home = tempfile::tempdir().unwrap();
    let scenario = scenario(home.path());
    for (each, columns) in [("", 1), (":town", 2)] {
        let out = home.path().join(format!("out{columns}"));
        let uncertain = format!("source.tax.amount.2012~uniform(0.5,1.5):times{each}");
        fine(&["sweep", &scenario, "--uncertain", &uncertain, "--points", "20", "--towns", "--keep", "gap", "--out", out.to_str().unwrap()]);
        let heading = read(&out, "tables/points.csv").lines().next().unwrap().to_owned();
        assert_eq!(heading.matches("uncertain.").count(), columns, "{heading}");
        assert_eq!(heading.contains("示例县/乙镇"), columns == 2);
        let points = rows(&out, "tables/points.csv");
        for (point, towns) in points.iter().zip(rows(&out, "tables/points_towns.csv").chunks(2)) {
            for (n, (base, town)) in [1000.0, 600.0].into_iter().zip(towns).enumerate() {
                let factor: f64 = point[if columns == 1 { 3 } else { 3 + n }].parse().unwrap();
                let retained: f64 = town[3].parse().unwrap();
                assert!((retained - 2.0 * 0.5 * base * factor).abs() < 1e-6, "{point:?} {town:?}");
            }
        }
    }
}

/// A price written for several years is multiplied as a whole: the taxes of 2012 and 2013 both by the draw.
#[test]
fn dated_values_are_drawn_together() {
    let home = tempfile::tempdir().unwrap();
    let folder = scenario(home.path());
    let text = SCENARIO.replace("amount.2012 = { column = \"税收\" }", "amount = { 2012 = \"1000万元\", 2013 = \"1200万元\" }");
    fs::write(Path::new(&folder).join("scenario.toml"), text).unwrap();
    let out = home.path().join("out");
    fine(&["sweep", &folder, "--uncertain", "source.tax.amount~uniform(0.5,1.5):times", "--points", "20", "--keep", "retained", "--out", out.to_str().unwrap()]);
    for point in rows(&out, "tables/points.csv") {
        let (factor, retained): (f64, f64) = (point[3].parse().unwrap(), point[4].parse().unwrap());
        // Two towns at 50 %: 2 × 50 % × (1,000 + 1,200) × factor.
        assert!((retained - 2200.0 * factor).abs() < 1e-5, "{point:?}");
    }
}
