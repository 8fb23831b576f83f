//! Two systems side by side: every number here was worked out on paper.
//!
//! The scenario, in 万元: 甲镇 collects 1,000 in 2012 and 1,100 in 2013, 乙镇 200 and 250. The centre takes half. Of the local part
//! (500, 550; 100, 125) a town keeps 50 %, and the county pays each town 30 a year. The reform: 60 %, and 10 a year.
//!
//! | retained  | before            | after             | change |
//! |-----------|------------------:|------------------:|-------:|
//! | 甲 2012   |    250 + 30 = 280 |    300 + 10 = 310 |    +30 |
//! | 甲 2013   |    275 + 30 = 305 |    330 + 10 = 340 |    +35 |
//! | 乙 2012   |     50 + 30 =  80 |     60 + 10 =  70 |    −10 |
//! | 乙 2013   |   62.5 + 30 = 92.5|     75 + 10 =  85 |   −7.5 |
//! | county 2012 | 300 − 60 = 240  |   240 − 20 = 220  |    −20 |
//! | county 2013 | 337.5 − 60 = 277.5 | 270 − 20 = 250 |  −27.5 |

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use fencheng::base::amount::MoneyUnit;
use fencheng::base::lang::Lang;
use fencheng::base::place::Place;
use fencheng::decompose::{Between, decompose};
use fencheng::diag::{Code, Problems};
use fencheng::load::{self, Loaded, Request, single};
use fencheng::measure::Run;
use fencheng::measure::backtest::Figures;
use fencheng::measure::cell::Sheet;
use fencheng::measure::compare::{Comparison, Lot, bases, finding};
use fencheng::outturn::{Replay, Table};
use fencheng::scenario::Scenario;
use fencheng::write::csv::CSV;
use fencheng::write::table::Line;

mod common;

const SCENARIO: &str = r#"
[scenario]
format = 1
name = "对比"
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
share = "50%"
[transfer.general]
name = "一般性补助"
payer = "county"
book = "general"
form = "fixed"
towns = "all"
amount = "30万元"
"#;

const SHARE: &str = "[agreement.a.tax]\nshare = \"60%\"\n";
const CUT: &str = "[transfer.general]\namount = \"10万元\"\n";
const CENTRE: &str = "[upper.central]\ntax = \"30%\"\n";
/// A new agreement from 2013 on that keeps the old share: only with a share of its own does it change anything.
const RENAMED: &str = "[agreement.b]\nname = \"新体制\"\ntowns = \"all\"\nfrom = 2013\n[agreement.b.tax]\nof = [\"tax\"]\nform = \"ratio\"\nshare = \"60%\"\n";

/// 万元 in fen.
const WAN: i64 = 1_000_000;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("scenario.toml"), SCENARIO).unwrap();
    fs::write(folder.path().join("towns.csv"), "镇,2012年税收,2013年税收\n甲镇,1000,1100\n乙镇,200,250\n").unwrap();
    fs::create_dir(folder.path().join("variants")).unwrap();
    let both = format!("{SHARE}{CUT}");
    let based = "[agreement.a.tax]\nform = \"base_and_increment\"\nbase = \"480万元\"\nbelow_base = \"50%\"\nabove_base = \"60%\"\n";
    let of_year = "[agreement.b]\nname = \"新体制\"\ntowns = \"all\"\nfrom = 2013\n[agreement.b.tax]\nof = [\"tax\"]\nform = \"base_and_increment\"\nbase = { year = 2012 }\nbelow_base = \"50%\"\nabove_base = \"60%\"\n";
    for (name, rules) in [("share", SHARE), ("cut", CUT), ("reform", &both), ("centre", CENTRE), ("renamed", RENAMED), ("of-year", of_year)] {
        fs::write(folder.path().join(format!("variants/{name}.toml")), format!("[variant]\nname = \"{name}\"\n{rules}")).unwrap();
    }
    // A part of another form takes none of the old one's keys along.
    fs::write(folder.path().join("variants/given.toml"), format!("[variant]\nname = \"given\"\nremove = [\"agreement.a.tax.share\"]\n{based}")).unwrap();
    folder
}

fn loaded(folder: &Path, variant: Option<&str>) -> Loaded {
    load::load(&Request { scenario: folder.to_owned(), variants: load::stack(variant), set: Vec::new() })
}

fn run(folder: &Path, variant: Option<&str>) -> Run {
    Run::of(common::scenario(folder, variant, &[])).unwrap()
}

fn printed(sheet: Sheet<'_>) -> String {
    let mut out = Vec::new();
    (CSV.head)(sheet.columns, &mut out);
    for (number, cells) in sheet.rows.enumerate() {
        (CSV.row)(&Line { number, columns: sheet.columns, cells: &cells, unit: MoneyUnit::WanYuan }, &mut out);
    }
    String::from_utf8(out).unwrap().trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

/// The tables of a comparison, by name.
fn tables(comparison: &Comparison<'_>) -> Vec<(&'static str, String)> {
    comparison.tables().into_iter().map(|sheet| (sheet.name, printed(sheet))).collect()
}

fn table(comparison: &Comparison<'_>, name: &str) -> Vec<String> {
    let text = tables(comparison).into_iter().find(|(n, _)| *n == name).unwrap().1;
    text.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn winners_losers_county_and_the_cost_of_keeping_everyone_whole() {
    let folder = folder();
    let (before, after) = (run(folder.path(), None), run(folder.path(), Some("reform")));
    let comparison = Comparison::of(&before, &after, None);
    assert_eq!(
        table(&comparison, "comparison"),
        [
            "baseline,reform,示例县/甲镇,甲镇,示例县,万元,585,650,65,0,0,0,0,0,0,,,,,winner,1",
            "baseline,reform,示例县/乙镇,乙镇,示例县,万元,172.5,155,-17.5,0,0,0,0,0,0,,,,,loser,1",
        ]
    );
    assert_eq!(table(&comparison, "county_changes"), ["baseline,reform,示例县,2012,万元,240,220,-20,,,,,", "baseline,reform,示例县,2013,万元,277.5,250,-27.5,,,,,"]);
    // Without keeping anybody whole the county gives up 20 and 27.5; 乙 must be given 10 and 7.5 on top.
    assert_eq!(table(&comparison, "whole"), ["baseline,reform,示例县,2012,万元,20,1,10,30", "baseline,reform,示例县,2013,万元,27.5,1,7.5,35"]);
    assert_eq!((comparison.given_up(), comparison.whole()), (47_500_000, 17_500_000));
    assert_eq!((comparison.total(Lot::Winner), comparison.total(Lot::Loser)), (65 * WAN, -17_500_000));
    let changes = table(&comparison, "changes");
    assert!(changes.contains(&"baseline,reform,示例县/乙镇,乙镇,2013,retained,92.5,85,-7.5,万元".to_owned()));
    assert_eq!(changes.len(), 2 * 2 * 15);
    // 甲 2012: the town has 50 more of the tax and the county 50 less; of the transfer 20 less and 20 more.
    let items: Vec<String> = table(&comparison, "changes_by_source").into_iter().filter(|r| r.contains("甲镇,2012")).collect();
    let row = |item: &str| format!("baseline,reform,示例县/甲镇,甲镇,2012,{item},万元");
    assert_eq!(
        items,
        [
            row("source.tax,税收,town,250,300,50"),
            row("source.tax,税收,county,250,200,-50"),
            row("transfer.general,一般性补助,county,-30,-10,20"),
            row("transfer.general,一般性补助,town,30,10,-20")
        ]
    );
}

#[test]
fn the_words_say_who_gains_and_who_pays() {
    let folder = folder();
    let (before, after) = (run(folder.path(), None), run(folder.path(), Some("reform")));
    let comparison = Comparison::of(&before, &after, None);
    assert_eq!(finding::headline(&comparison, Lang::Zh), "方案 reform：2 个镇中 1 个增加留存财力，合计多留 65 万元；1 个减少，合计少留 18 万元；县级少得 48 万元");
    assert_eq!(
        finding::headline(&comparison, Lang::En),
        "Variant reform: retained funds rise in 1 of 2 towns, by 0.7 million yuan in all, and fall in 1, by 0.2 million yuan in all; the county gives up 0.5 million yuan"
    );
    assert_eq!(finding::lots(&comparison, Lang::Zh), ["增加的镇：甲镇 +65 万元（占 100.0%）", "减少的镇：乙镇 -18 万元（占 100.0%）"]);
    assert_eq!(finding::whole(&comparison, Lang::Zh), "保既得利益（每年减少的镇都补到原数）要 18 万元；不保则县级让利 48 万元；两项合计 65 万元");
    // The other way round: the county has 47.5 more, and 甲 would have to be kept whole.
    let back = Comparison::of(&after, &before, None);
    assert_eq!(
        finding::whole(&back, Lang::En),
        "Keeping every town whole in every year costs 0.7 million yuan; without it the county side gains 0.5 million yuan; together 0.2 million yuan"
    );
}

#[test]
fn rules_that_work_together_share_what_they_bring_together() {
    // Of 甲's gross of 2,100: centre 50 → 30 % alone 350 for 250 of a thousand, share 50 → 60 % alone 300, both 420. Shapley:
    // centre ½·100 + ½·120 = 110, share ½·50 + ½·70 = 60 of a thousand: 231 and 126; 乙 with 450: 49.5 and 27.
    // The county has 250, 350, 200, 280 of a thousand: centre 90, share −60; of 2,550: 229.5 and −153.
    let folder = folder();
    let (before, after) = (run(folder.path(), None), run(folder.path(), Some("centre+share")));
    let comparison = Comparison::of(&before, &after, None);
    let (base, variant) = (loaded(folder.path(), None), loaded(folder.path(), Some("centre+share")));
    let parts = decompose(&Between { before: &base, after: &variant, ready: &|_| {} }, &comparison);
    let rules: Vec<String> = parts.groups.iter().map(|g| g.rules.join("; ")).collect();
    assert_eq!(rules, ["upper.central", "agreement.a.tax"]);
    // Retained and gap of 甲, of 乙, then the county.
    assert_eq!(parts.parts[0], [231 * WAN, 0, 49_500_000, 0, 229_500_000]);
    assert_eq!(parts.parts[1], [126 * WAN, 0, 27 * WAN, 0, -153 * WAN]);
    let sum = |figure: usize| parts.parts.iter().map(|p| p[figure]).sum::<i64>();
    assert_eq!([sum(0), sum(2), -sum(4)], [comparison.towns[0].change(), comparison.towns[1].change(), comparison.given_up()]);
    assert!(printed(parts.table(&comparison)).contains("baseline,centre+share,2,agreement.a.tax,,county,示例县,county,-153,万元"));
}

#[test]
fn a_new_agreement_is_taken_apart_by_its_parts() {
    // From 2013 on the towns are under another agreement with 60 %: 55 of 甲's 550, 12.5 of 乙's 125. Its share is the rule.
    let folder = folder();
    let (before, after) = (run(folder.path(), None), run(folder.path(), Some("renamed+cut")));
    let comparison = Comparison::of(&before, &after, None);
    let (base, variant) = (loaded(folder.path(), None), loaded(folder.path(), Some("renamed+cut")));
    let parts = decompose(&Between { before: &base, after: &variant, ready: &|_| {} }, &comparison);
    assert_eq!(parts.groups.iter().map(|g| g.rules.join("; ")).collect::<Vec<_>>(), ["agreement.b.tax", "transfer.general"]);
    assert_eq!(parts.parts[0], [55 * WAN, 0, 12_500_000, 0, -67_500_000]);
    assert_eq!(parts.parts[1], [-40 * WAN, 0, -40 * WAN, 0, 80 * WAN]);
}

#[test]
fn a_stack_is_the_file_that_holds_both() {
    let folder = folder();
    let before = run(folder.path(), None);
    let (stack, file) = (run(folder.path(), Some("share+cut")), run(folder.path(), Some("reform")));
    assert_eq!((stack.variant(), stack.label()), ("share+cut", "share+cut"));
    let of = |run: &Run| tables(&Comparison::of(&before, run, None));
    let renamed: Vec<_> = of(&stack).into_iter().map(|(name, text)| (name, text.replace(",share+cut,", ",reform,"))).collect();
    assert_eq!(renamed, of(&file));
    // Of two that say the same the upper one holds.
    fs::write(folder.path().join("variants/less.toml"), "[variant]\nname = \"less\"\n[agreement.a.tax]\nshare = \"40%\"\n").unwrap();
    let kept = |variant: &str| run(folder.path(), Some(variant)).town_views()[0].sum(|y| y.retained) / WAN;
    assert_eq!((kept("share+less"), kept("less+share")), (420 + 60, 630 + 60));
    // A file may be called like a stack.
    fs::write(folder.path().join("variants/share+less.toml"), "[variant]\nname = \"one file\"\n[agreement.a.tax]\nshare = \"80%\"\n").unwrap();
    assert_eq!(kept("share+less"), 840 + 60);
}

#[test]
fn an_unknown_variant_of_a_stack_is_named() {
    let folder = folder();
    let problems = loaded(folder.path(), Some("share+cutt")).problems;
    assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), [Code::E123]);
    let args = &problems.iter().next().unwrap().args;
    assert!(args.contains(&("name", "cutt".to_owned())) && args.contains(&("nearest", "cut".to_owned())), "{args:?}");
    assert_eq!(loaded(folder.path(), Some("share+")).problems.len(), 1);
}

#[test]
fn bases_are_held_against_what_came_in() {
    // A given base of 480 against 2012, the first year: 甲 500, 乙 100. A base of the year 2012 is what came in.
    let folder = folder();
    let rows = |variant: &str| printed(bases::table(&run(folder.path(), Some(variant)), MoneyUnit::WanYuan)).lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(
        rows("given"),
        ["given,示例县/甲镇,甲镇,agreement.a.tax,2012,given,480,2012,500,-20,万元", "given,示例县/乙镇,乙镇,agreement.a.tax,2012,given,480,2012,100,380,万元",]
    );
    assert_eq!(
        rows("of-year"),
        ["of-year,示例县/甲镇,甲镇,agreement.b.tax,2013,year,500,2012,500,0,万元", "of-year,示例县/乙镇,乙镇,agreement.b.tax,2013,year,100,2012,100,0,万元",]
    );
}

/// Reads a table of outturns and puts it into both.
fn replay(folder: &Path, text: &str) -> (Replay, Vec<Code>) {
    let path = folder.join("observed.csv");
    fs::write(&path, text).unwrap();
    let file = single::table(&path, None, &Place::Argument("--replay".into()));
    let mut problems: Problems = file.problems.clone();
    let baseline = run(folder, None);
    let replay = Replay::read(Table { sheet: &file.sheet.unwrap(), shown: "observed.csv", scope: None }, &Figures::of(&baseline), &mut problems);
    (replay, problems.in_file_order().iter().map(|p| p.code).collect())
}

fn replayed(folder: &Path, variant: Option<&str>, replay: &Replay) -> Run {
    let mut scenario: Scenario = common::scenario(folder, variant, &[]);
    replay.put_into(&mut scenario);
    Run::of(scenario).unwrap()
}

#[test]
fn outturns_run_under_both_systems() {
    // 2012: 甲 collected 800, 乙 300. Before 200 + 30 and 75 + 30; after 240 + 10 and 90 + 10. 2013 is not compared.
    let folder = folder();
    let (seen, codes) = replay(folder.path(), "镇,年份,项目,口径,数额\n甲镇,2012,税收,总额,800\n乙镇,2012,税收,总额,300\n");
    assert_eq!((codes, seen.years()), (vec![], vec![2012]));
    let (before, after) = (replayed(folder.path(), None, &seen), replayed(folder.path(), Some("reform"), &seen));
    let comparison = Comparison::of(&before, &after, Some(&seen.years()));
    let kept: Vec<(i64, i64)> = comparison.towns.iter().map(|t| (t.before.sum(|y| y.retained) / WAN, t.after.sum(|y| y.retained) / WAN)).collect();
    assert_eq!(kept, [(230, 250), (105, 100)]);
    assert_eq!((comparison.given_up() / WAN, comparison.whole() / WAN), (15, 5));
    let used = seen.used(&run(folder.path(), None), &before);
    assert_eq!(used.iter().map(|u| (u.observed, u.amount / WAN, u.projected / WAN)).collect::<Vec<_>>(), [(true, 800, 1000), (true, 300, 200)]);
}

#[test]
fn what_rests_on_an_observed_tax_follows_it_and_its_parts_keep_to_the_whole() {
    let folder = folder();
    let surcharge = "[source.surcharge]\nname = \"附加\"\nkind = \"derived\"\nclass = \"nontax\"\nbook = \"general\"\nrate = \"10%\"\non = [\"tax\"]\n[upper.central]\nsurcharge = \"0%\"\n[agreement.a.tax]\nof = [\"tax\", \"surcharge\"]\n";
    fs::write(folder.path().join("variants/more.toml"), format!("[variant]\nname = \"more\"\n{surcharge}")).unwrap();
    let (seen, _) = replay(folder.path(), "镇,年份,项目,口径,数额\n甲镇,2012,税收,总额,800\n");
    // 400 local and 80 surcharge, half of it, and 30.
    let run = replayed(folder.path(), Some("more"), &seen);
    assert_eq!(run.town_views()[0].years[0].retained, 270 * WAN);
    // Not observed: as projected, (500 + 100) ÷ 2 ... 乙 (100 + 20) ÷ 2 + 30.
    assert_eq!(run.town_views()[1].years[0].retained, 90 * WAN);
}

#[test]
fn what_cannot_be_replayed_is_said() {
    let folder = folder();
    let rows = "镇,年份,项目,口径,数额\n甲镇,2012,税收,总额,800\n甲镇,2012,税收,地方部分,400\n甲镇,2012,财政总收入,,800\n";
    let (seen, codes) = replay(folder.path(), rows);
    assert_eq!(seen.len(), 1);
    // One of two towns: observed in part.
    assert_eq!(codes, [Code::W715, Code::W714, Code::W714]);
    let (seen, codes) = replay(folder.path(), "镇,年份,项目,口径,数额\n甲镇,2012,税收,地方部分,400\n");
    assert!(seen.is_empty());
    assert_eq!(codes, [Code::E721, Code::W714]);
    let (_, codes) = replay(folder.path(), "镇,年份,项目,口径,数额\n甲镇,2030,税收,总额,400\n");
    assert!(codes.contains(&Code::E715) && !codes.contains(&Code::E721), "{codes:?}");
}

/// What the program says.
fn fencheng(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fencheng")).args(arguments).output().unwrap()
}

#[test]
fn the_command_writes_the_same_tables_twice() {
    let folder = folder();
    let written = |name: &str| {
        let out = folder.path().join(name);
        let scenario = folder.path().to_str().unwrap();
        let told = fencheng(&["compare", scenario, "-v", "reform", "-v", "share+cut", "--decompose", "--chart", "none", "--quiet", "--out", out.to_str().unwrap()]);
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        assert_eq!(String::from_utf8_lossy(&told.stdout).trim(), out.to_str().unwrap());
        let tables = out.join("tables");
        let mut names: Vec<String> = fs::read_dir(&tables).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names.into_iter().map(|n| (n.clone(), fs::read(tables.join(n)).unwrap())).collect::<Vec<_>>()
    };
    let first = written("one");
    let names: Vec<&str> = first.iter().map(|(n, _)| n.as_str()).collect();
    assert_eq!(names, ["base_check.csv", "changes.csv", "changes_by_source.csv", "columns.csv", "comparison.csv", "county_changes.csv", "decomposition.csv", "whole.csv"]);
    assert_eq!(first, written("two"));
}

#[test]
fn the_command_says_what_is_missing() {
    let folder = folder();
    let scenario = folder.path().to_str().unwrap();
    for (more, code) in [(&["-v", "baseline"][..], "E705"), (&["-v", "share+nope"], "E123"), (&["-v", "share", "--against", "nope"], "E123"), (&["--replay", "no.csv"], "E001")] {
        let told = fencheng(&[&["compare", scenario, "--lang", "en"][..], more].concat());
        let said = String::from_utf8_lossy(&told.stderr).into_owned();
        assert!(told.status.code() == Some(1) && said.contains(code), "{more:?}: {said}");
    }
    let out = folder.path().join("json");
    let told = fencheng(&["compare", scenario, "-v", "reform", "--json", "--chart", "none", "--out", out.to_str().unwrap()]);
    let value: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!((value["comparisons"][0]["given_up"].as_str(), value["comparisons"][0]["whole"].as_str()), (Some("47.5"), Some("17.5")));
}

#[test]
fn an_observed_total_is_met_to_the_fen_whatever_kind_the_source_is() {
    // 2018: VAT is what it was and what the business tax became; land is a chain, the fee rests on it, a surcharge on VAT.
    let seen = [("国内增值税", "1234.567891"), ("国有土地使用权出让收入", "4321.01"), ("城市基础设施配套费", "77"), ("城市维护建设税", "55.55")];
    let copy = folder();
    let rows: String = seen.iter().map(|(item, amount)| format!("濛阳镇,2018,{item},总额,{amount}\n")).collect();
    let path = copy.path().join("observed.csv");
    fs::write(&path, format!("镇,年份,项目,口径,数额（万元）\n{rows}")).unwrap();
    let sheet = single::table(&path, None, &Place::Argument("--replay".into())).sheet.unwrap();
    let (before, mut problems) = (run(&common::mengyang(), None), Problems::default());
    let replay = Replay::read(Table { sheet: &sheet, shown: "observed.csv", scope: None }, &Figures::of(&before), &mut problems);
    assert_eq!((problems.len(), replay.len()), (0, 4));
    let after = replayed(&common::mengyang(), Some("pilot-reform"), &replay);
    let streams = |run: &Run, name: &str| run.compiled.plan.lanes.iter().filter(|l| l.name.contains(name)).count();
    assert!(streams(&after, "source.vat/outturn_part") > 0, "VAT has two streams");
    let used = replay.used(&before, &after);
    let met: Vec<(bool, String)> = seen
        .iter()
        .map(|(item, _)| {
            let u = used.iter().find(|u| after.scenario.sources[u.source].name == *item).unwrap();
            (u.observed, MoneyUnit::WanYuan.print(u.amount))
        })
        .collect();
    assert_eq!(met, seen.map(|(_, amount)| (true, amount.to_owned())));
    // The education surcharge was not observed: 3 % of what was observed of VAT and of the consumption and business taxes left.
    let surcharge = used.iter().find(|u| after.scenario.sources[u.source].id == "education_surcharge").unwrap();
    assert!(!surcharge.observed && surcharge.amount == 37_037_037, "{surcharge:?}");
}

#[test]
fn rules_that_cannot_stand_alone_are_one_and_of_many_the_smallest_are_merged() {
    let folder = folder();
    let write = |name: &str, rules: &str| fs::write(folder.path().join(format!("variants/{name}.toml")), format!("[variant]\nname = \"{name}\"\n{rules}")).unwrap();
    let transfer = |id: &str, amount: u32, more: &str| {
        format!("[transfer.{id}]\nname = \"{id}\"\npayer = \"county\"\nbook = \"general\"\nform = \"fixed\"\ntowns = \"all\"\namount = \"{amount}万元\"\n{more}")
    };
    write("needy", &format!("{}[earmark.roads]\nname = \"修路\"\nclasses = [\"道路\"]\n{CUT}", transfer("roads", 5, "earmark = \"roads\"\n")));
    write("many", &(1..=9).map(|n| transfer(&format!("t{n}"), n, "")).collect::<String>());
    let before = run(folder.path(), None);
    let parts = |variant: &str| {
        let after = run(folder.path(), Some(variant));
        let (base, other) = (loaded(folder.path(), None), loaded(folder.path(), Some(variant)));
        decompose(&Between { before: &base, after: &other, ready: &|_| {} }, &Comparison::of(&before, &after, None))
    };
    let said = |variant: &str| parts(variant).groups.iter().map(|g| (g.rules.join("; "), g.joined())).collect::<Vec<_>>();
    let own = |text: &str, joined: &str| (text.to_owned(), joined.to_owned());
    assert_eq!(said("needy"), [own("transfer.general", ""), own("transfer.roads; earmark.roads", "needs")]);
    let many = parts("many");
    assert_eq!(many.groups.len(), 8);
    assert_eq!((many.groups[0].rules.join("; "), many.groups[0].joined()), own("transfer.t1; transfer.t2", "small"));
    // n 万元 a year for each town: 3 × 2 for the first group, 9 × 2 for the last.
    assert_eq!((many.parts[0][0] / WAN, many.parts[7][0] / WAN), (6, 18));
}
