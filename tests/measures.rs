//! Measures that need several counties, a baseline, or functional classes; expected figures by hand.

use std::fs;
use std::path::Path;

use fencheng::base::lang::Lang;
use fencheng::check::check;
use fencheng::load::{Request, load};
use fencheng::measure::breaks::Cause;
use fencheng::measure::cell::{Cell, Column, Row, Sheet};
use fencheng::measure::functional::Functional;
use fencheng::measure::story::tell;
use fencheng::measure::{Run, tables};

/// Two counties: 东县 takes 40 % of 100 + 200, 西县 of 300; their own money and guarantees stand in columns.
const SCENARIO: &str = r#"
[scenario]
format     = 1
name       = "两县"
first_year = 2012
last_year  = 2013
base_year  = 2012
money_unit = "万元"
grade      = "D"

[towns]
file = "towns.csv"

[source.tax]
name   = "税收"
kind   = "series"
class  = "tax"
book   = "general"
amount = { column = "税收" }

[agreement.a]
name  = "分成"
towns = "all"
from  = 2012

[agreement.a.tax]
of    = ["tax"]
form  = "ratio"
share = "60%"

[county_account]
own_revenue      = { column = "本级" }
three_guarantees = { column = "三保" }
debt_service     = { column = "还债" }
"#;

const TOWNS: &str = "县,镇,税收,本级,三保,还债\n东县,甲镇,100,900,1000,0\n西县,丙镇,300,600,650,60\n东县,乙镇,200,900,1000,0\n";

/// Everything to the towns: 东县 900 of 1,000; 西县 600 of 650.
const ALL_TO_TOWNS: &str = "[variant]\nname = \"全留\"\n\n[agreement.a.tax]\nshare = \"100%\"\n";

/// 80 %: 东县 900 + 60 of 1,000; 西县 600 + 60 = 660 of 650, but −50 after its debt.
const MOST_TO_TOWNS: &str = "[variant]\nname = \"八成\"\n\n[agreement.a.tax]\nshare = \"80%\"\n";

fn run(folder: &Path, variant: Option<&str>) -> Run {
    let loaded = load(&Request { scenario: folder.to_owned(), variants: fencheng::load::stack(variant), set: Vec::new() });
    let (scenario, problems) = check("test", &loaded);
    let scenario = scenario.unwrap_or_else(|| panic!("{problems:?}"));
    Run::of(scenario).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("variants")).unwrap();
    files.iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).unwrap());
    folder
}

fn two_counties() -> tempfile::TempDir {
    folder(&[("scenario.toml", SCENARIO), ("towns.csv", TOWNS), ("variants/all.toml", ALL_TO_TOWNS), ("variants/most.toml", MOST_TO_TOWNS)])
}

/// A table with its rows.
fn rows<'r>(sheets: Vec<Sheet<'r>>, name: &str) -> (&'static [Column], Vec<Row<'r>>) {
    let sheet = sheets.into_iter().find(|t| t.name == name).unwrap();
    (sheet.columns, sheet.rows.collect())
}

fn column<'r>((columns, rows): &(&[Column], Vec<Row<'r>>), key: &str) -> Vec<Cell<'r>> {
    let at = columns.iter().position(|c| c.key == key).unwrap();
    rows.iter().map(|row| row[at].clone()).collect()
}

#[test]
fn the_baseline_breaks_no_county() {
    // 东县 900 + 120 = 1,020 of 1,000; 西县 600 + 120 = 720 of 650, 10 left after its debt.
    let folder = two_counties();
    let baseline = run(folder.path(), None);
    assert_eq!(baseline.broken_counties(None, None), None);
    assert_eq!(tell(&baseline, None, None, Lang::En).warning, None);
    let covers: Vec<f64> = ["东县", "西县"].iter().map(|c| baseline.years_of_county(c)[0].cover().unwrap()).collect();
    assert!((covers[0] - 1.02).abs() < 1e-12 && (covers[1] - 720.0 / 650.0).abs() < 1e-12);
    assert_eq!(column(&rows(tables::all(&baseline, &baseline.town_views()), "county"), "broken_by_reform"), vec![Cell::Empty; 4]);
}

#[test]
fn a_reform_that_breaks_both_counties_names_the_worst() {
    let folder = two_counties();
    let (baseline, reform) = (run(folder.path(), None), run(folder.path(), Some("all")));
    let breaks = reform.broken_counties(Some(&baseline), None).unwrap();
    // 东县 lacks 100, and 200 with last year's; 西县 lacks 50, and owes 110, then 220 with its debt.
    assert_eq!((breaks.worst.county.as_str(), breaks.worst.year, breaks.count, breaks.of), ("西县", 2012, 2, 2));
    assert_eq!(breaks.worst.missing, 220_000_000);
    assert_eq!(breaks.worst.cause, Cause::Guarantees(600.0 / 650.0));
    let story = tell(&reform, Some(&baseline), None, Lang::Zh);
    assert!(story.headline.starts_with("2 个县中 2 个县级账被打破，最重的是西县县级三保 2012 年起不足 100%，"), "{}", story.headline);
    assert_eq!(story.warning.as_deref(), Some("本方案以打破县级账为代价：西县 2012 年三保保障率降到 92.3%，最多缺 220 万元（2 个县如此，这是最重的）"));
}

#[test]
fn a_balance_that_turns_negative_is_a_break_too() {
    let folder = two_counties();
    let (baseline, reform) = (run(folder.path(), None), run(folder.path(), Some("most")));
    let breaks = reform.broken_counties(Some(&baseline), None).unwrap();
    // 东县 lacks 40 a year, 80 in the second; 西县 660 − 650 − 60 = −50, then −100.
    assert_eq!((breaks.worst.county.as_str(), breaks.worst.cause, breaks.worst.missing), ("西县", Cause::Balance(-50_000_000), 100_000_000));
    let towns = reform.town_views();
    let county = rows(tables::against(&reform, &towns, Some(&baseline)), "county");
    assert_eq!(column(&county, "broken_by_reform"), vec![Cell::Whole(1); 4]);
    assert_eq!(column(&county, "broken"), [1, 1, 0, 0].map(Cell::Whole));
    assert_eq!(column(&county, "in_debt"), vec![Cell::Whole(1); 4]);
}

const SERVICES: &str = r#"
[scenario]
format     = 1
name       = "公共服务"
county     = "示例县"
first_year = 2012
last_year  = 2014
base_year  = 2012
money_unit = "万元"
grade      = "D"

[towns]
file = "towns.csv"

[projects]
file = "projects.csv"

[source.tax]
name   = "税收"
kind   = "series"
class  = "tax"
book   = "general"
amount = { 2012 = "100万元", 2013 = "150万元", 2014 = "90万元" }

[agreement.a]
name  = "全留"
towns = "all"
from  = 2012

[agreement.a.tax]
of   = ["tax"]
form = "full"

[spending.schools]
class    = "livelihood"
amount   = { 2012 = "20万元", 2013 = "25万元" }
function = "education"

[spending.office]
class    = "operation"
amount   = "30万元"
function = "general_services"

[public_services]
functions = ["education", "health"]
classes   = ["卫生"]
"#;

#[test]
fn new_money_reaches_public_services_by_hand() {
    let projects = "编号,项目名称,镇,类别,总投资（万元）,开工年,工期（年）,进度,优先级,可用资金,管护费率\nH,医院,甲镇,卫生,10,2013,1,100%,1,一般预算,0%\nR,路,甲镇,道路,10,2013,1,100%,2,一般预算,0%\n";
    let folder = folder(&[("scenario.toml", SERVICES), ("towns.csv", "镇\n甲镇\n"), ("projects.csv", projects)]);
    let run = run(folder.path(), None);
    let views = run.town_views();
    let functional = Functional::of(&run).unwrap();
    // 2012: 20; 2013: 25 + hospital 10 = 35; 2014: 25.
    let public: Vec<i64> = (0..3).map(|y| functional.public(&views[0], y)).collect();
    assert_eq!(public, [20_000_000, 35_000_000, 25_000_000]);
    // To 2013: (35 − 20) ÷ (150 − 100) = 30 %. To 2014: (15 + 5) ÷ (50 − 10) = 50 %. In the first year there is nothing new.
    let shares: Vec<Option<f64>> = (0..3).map(|y| functional.share_of_new_money(&views[0], y)).collect();
    assert_eq!(shares, [None, Some(0.3), Some(0.5)]);
    let table = rows(tables::all(&run, &views), "functions");
    // Two lines in each of three years, two projects in one.
    assert_eq!(table.1.len(), 8);
    assert_eq!(column(&table, "public").iter().filter(|c| **c == Cell::Whole(1)).count(), 4);
}
