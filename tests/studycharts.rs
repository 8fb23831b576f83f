//! Pictures of studies: nothing overlaps, marks equal data, whatever the number of items; and what the commands do with them.
#![cfg(feature = "chart")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use fencheng::write::chart::study::{boxed, fan, front, indices, line, map, screening, spread, tornado, waterfall};
use fencheng::write::chart::{Aspect, Caption, ChartError, Drawing};

const LONG: &str = "彭州市濛阳镇（含原三界镇、九尺镇并入部分）试点镇土地收益留成比例 agreement.pilot.land.share";

fn caption() -> Caption {
    Caption {
        headline: "42 种取值没有一种够用；最好的项目资金保障率 69.5%（试点镇税收留成比例 100%、试点镇土地收益留成比例 100%）".into(),
        second_line: Some("其余变量不动：税收 80%".into()),
        unit_line: "项目资金保障率，%".into(),
        badge: Some("示意：留存财力 100% 依据假定（D 级）".into()),
        footnotes: vec!["缺口：付不了的部分。".into(), "研究 税收 · 42 个点 · 全组合 · 情景 mengyang".into()],
    }
}

fn sound(drawing: Result<Drawing, ChartError>) -> Drawing {
    let drawing = drawing.unwrap();
    let faults = drawing.faults();
    assert!(faults.is_empty(), "{faults:#?}");
    drawing
}

/// Numbers that look random and are the same everywhere, from 0 to 1.
fn noise(n: usize) -> f64 {
    let mixed = (n as u64 + 1).wrapping_mul(6_364_136_223_846_793_005).rotate_left(29).wrapping_mul(1_442_695_040_888_963_407);
    (mixed >> 11) as f64 / (1u64 << 53) as f64
}

fn both(mut draw: impl FnMut(Aspect)) {
    draw(Aspect::Wide);
    draw(Aspect::A4Landscape);
}

#[test]
fn maps_of_any_size() {
    for (columns, rows, scale) in [(2, 2, 100.0), (7, 6, 100.0), (60, 60, 1e6), (1, 2, -5.0), (24, 3, 0.0)] {
        let side = |count: usize, name: &str| map::Side { name: name.into(), texts: (0..count).map(|n| format!("{}%", n * 5)).collect(), now: Some(count - 1) };
        let patch = |n: usize| {
            let value = noise(n) * scale;
            (n % 11 != 5).then(|| map::Patch { value, text: format!("{value:.1}"), full: n * 2 > columns * rows, broken: n.is_multiple_of(3) })
        };
        both(|aspect| {
            let names = ["够用的界线", "县级三保不足", "现行取值", "不能计算"].map(str::to_owned);
            let ends = ["38.9%".to_owned(), LONG.to_owned()];
            let cells: Vec<_> = (0..columns * rows).map(patch).collect();
            let data = map::MapPicture { caption: caption(), aspect, across: side(columns, LONG), upward: side(rows, "土地"), cells, less_is_better: false, ends, names };
            let drawing = sound(map::draw(&data));
            for mark in &drawing.marks {
                assert_eq!(data.cells[mark.series * columns + mark.item].as_ref().unwrap().value, mark.value);
            }
            assert_eq!(drawing.marks.len(), data.cells.iter().flatten().count());
        });
    }
}

#[test]
fn lines_of_two_and_of_many_values() {
    for count in [2, 7, 40, 60] {
        both(|aspect| {
            let step = |n: usize| {
                let value = (n != 3).then_some(noise(n) * 40.0 - 10.0);
                let band = value.filter(|_| count > 7).map(|v| (v - 5.0, v + 5.0));
                line::Step { place: n as f64, text: format!("{n}00万元/亩"), value, value_text: format!("{value:.1?}"), band, full: n > count / 2, broken: n < 2 }
            };
            let names = ["够用", "县级三保不足", "最低到最高"].map(str::to_owned);
            let data =
                line::LinePicture { caption: caption(), aspect, name: LONG.into(), steps: (0..count).map(step).collect(), now: Some((1, "现行".into())), suffix: "%", names };
            let drawing = sound(line::draw(&data));
            assert!(drawing.marks.iter().all(|mark| data.steps[mark.item].value == Some(mark.value)));
        });
    }
    assert!(line::draw(&line::LinePicture::default()).is_err());
}

#[test]
fn fans_of_one_year_and_of_fifty() {
    for (years, scale) in [(1, 1.0), (3, 1e-3), (19, 1.0), (50, 1e5), (5, 0.0)] {
        both(|aspect| {
            let quantiles: Vec<[f64; 5]> = (0..years).map(|n| [0.0, 0.1, 0.3, 0.6, 1.0].map(|q| q * noise(n) * scale)).collect();
            let chances = (0..years).map(|n| (noise(n), format!("{:.0}%", noise(n) * 100.0))).collect();
            let names = ["中位数", "25%—75% 分位", "5%—95% 分位", "计划项目支出", "当年出现缺口的可能"].map(str::to_owned);
            let years: Vec<i32> = (2012..).take(years).collect();
            let planned = Some(vec![scale; years.len()]);
            let data = fan::FanPicture { caption: caption(), aspect, years, quantiles, planned, chances, names };
            let drawing = sound(fan::draw(&data));
            for mark in drawing.marks.iter().filter(|mark| mark.series < 5) {
                assert_eq!(mark.value, data.quantiles[mark.item][mark.series]);
            }
            // The strip: a chance is as high as its share.
            let (zero, unit) = drawing.scales[1];
            for mark in drawing.marks.iter().filter(|mark| mark.series == 6) {
                assert!((zero - mark.rect.y0 - mark.value * unit).abs() <= 1.0, "{mark:?}");
            }
        });
    }
}

#[test]
fn spreads_with_and_without_a_gap() {
    for (parts, none) in [(30, Some((12.5, "没有缺口".to_owned()))), (1, None), (0, Some((100.0, "没有缺口".to_owned())))] {
        both(|aspect| {
            let marks = vec![(3.0, "中位数 1.8 亿元".to_owned()), (3.1, "二十分之一超过 2.6 亿元".to_owned())];
            let shares = (0..parts).map(|n| noise(n) * 9.0).collect();
            let data = spread::SpreadPicture { caption: caption(), aspect, name: "累计缺口，亿元".into(), none: none.clone(), from: 0.5, width: 0.25, shares, marks };
            let drawing = sound(spread::draw(&data));
            assert_eq!(drawing.marks.iter().filter(|mark| mark.series == 0).map(|mark| mark.value).collect::<Vec<_>>(), data.shares);
        });
    }
}

#[test]
fn tornados_and_indices_of_any_number_of_inputs() {
    for count in [1, 3, 12, 60] {
        both(|aspect| {
            let name = |n: usize| if n.is_multiple_of(4) { LONG.to_owned() } else { format!("因素 {n}") };
            let end = |n: usize| tornado::End { text: format!("P95 {n}00元 → {n}.5%"), value: (n % 9 != 4).then_some(noise(n) * 90.0) };
            let bars = (0..count).map(|n| tornado::Bar { name: name(n), ends: [end(2 * n), end(2 * n + 1)] }).collect();
            let ends = ["低的一端", "高的一端"].map(str::to_owned);
            let data = tornado::TornadoPicture { caption: caption(), aspect, name: "保障率".into(), base: (45.0, "都不动 45.0%".into()), bars, suffix: "%", names: ends };
            let drawing = sound(tornado::draw(&data));
            assert!(drawing.marks.iter().all(|mark| data.bars[mark.item].ends[mark.series].value == Some(mark.value)));

            let share = |n: usize| indices::Share { value: noise(n) * 100.0 - 2.0, interval: (noise(n) * 90.0 - 10.0, noise(n) * 110.0), text: format!("{n}.1%") };
            let inputs = (0..count).map(|n| indices::Input { name: name(n), indices: [share(2 * n), share(2 * n + 1)] }).collect();
            let names = ["一阶指数", "总效应指数", "95% 区间"].map(str::to_owned);
            let data = indices::IndicesPicture { caption: caption(), aspect, name: "占方差".into(), inputs, names };
            let drawing = sound(indices::draw(&data));
            assert!(drawing.marks.iter().all(|mark| data.inputs[mark.item].indices[mark.series].value == mark.value));
        });
    }
}

#[test]
fn screenings_fronts_and_boxes() {
    for count in [1, 5, 30] {
        both(|aspect| {
            let point = |n: usize| screening::Point { name: format!("因素 {n}"), mean: noise(n), interval: (noise(n) * 0.9, noise(n) * 1.1), deviation: noise(n + 99) };
            let data =
                screening::ScreeningPicture { caption: caption(), aspect, name: "μ*".into(), points: (0..count).map(point).collect(), suffix: "%", line: "σ = μ*".into() };
            let drawing = sound(screening::draw(&data));
            assert_eq!(drawing.marks.len(), count);
        });
    }
    for count in [1, 2, 40, 200_000] {
        let choice = |n: usize| front::Choice { across: n as f64 - 9.0, upward: (count - n) as f64, on_front: count < 50 || n.is_multiple_of(5_000) };
        let choices: Vec<_> = (0..count).map(choice).collect();
        let named = vec![(choices[0], LONG.to_owned()), (choices[count - 1], LONG.to_owned())];
        let names = ["不被压倒", "其他", "现行规则"].map(str::to_owned);
        let present = Some((choices[count / 2], "现行规则".to_owned()));
        let data = front::FrontPicture {
            caption: caption(), choices, named, present, name: "县级净得，亿元".into(), suffixes: ["", "%"], names, ..front::FrontPicture::default()
        };
        let drawing = sound(front::draw(&data));
        assert_eq!(drawing.marks.iter().filter(|mark| mark.series == 0).count(), data.choices.iter().filter(|c| c.on_front).count());
        // Many choices are no larger a picture.
        assert!(drawing.svg.len() < 3_000_000, "{}", drawing.svg.len());
    }
    for (cells, single) in [(None, false), (Some(36), false), (Some(36), true)] {
        let spots = (0..300).map(|n| boxed::Spot { across: noise(n), upward: noise(n + 7), points: 1 + n % 5, hits: n % 2 }).collect();
        let names = ["缺口高于 1.8 亿元", "其他点", "情景箱"].map(str::to_owned);
        let limits = [(Some(0.2), None), (None, Some(0.7))];
        let data = boxed::BoxPicture {
            caption: caption(),
            name: "地价".into(),
            spots,
            cells,
            ranges: [(0.0, 1.0); 2],
            limits,
            suffixes: ["", "%"],
            single,
            names,
            ..boxed::BoxPicture::default()
        };
        let drawing = sound(boxed::draw(&data));
        let frame = drawing.marks.iter().find(|mark| mark.series == 2).unwrap().rect;
        let (zero, unit) = drawing.scales[0];
        assert!((frame.x0 - (zero + 0.2 * unit)).abs() < 0.01, "{frame:?}");
    }
}

#[test]
fn waterfalls_close() {
    for rules in [1, 4, 8] {
        both(|aspect| {
            let steps = |sign: f64| (0..rules).map(|n| (sign * (noise(n) - 0.3) * 9.0, "+3,819 万元".to_owned())).collect::<Vec<_>>();
            let panel =
                |sign: f64| waterfall::Panel {
                    name: "留存财力，亿元".into(), ends: ["12.1 亿元".into(), "19.2 亿元".into()], steps: steps(sign), more_is_better: sign > 0.0
                };
            let names = (0..rules + 2).map(|n| format!("{n} {LONG}")).collect();
            let data = waterfall::WaterfallPicture { caption: caption(), aspect, names, panels: vec![panel(1.0), panel(-1.0), panel(0.0)] };
            let drawing = sound(waterfall::draw(&data));
            for (n, panel) in data.panels.iter().enumerate() {
                let whole = drawing.marks.iter().find(|mark| mark.series == n && mark.item == rules).unwrap().value;
                assert!((whole - panel.steps.iter().map(|(value, _)| value).sum::<f64>()).abs() < 1e-9);
            }
        });
    }
}

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
keep = ["coverage", "gap"]
[sweep.risk]
name = "缺口有多大可能"
design = "latin"
points = 60
uncertain = ["share"]
keep = ["gap"]
"#;

/// As in `tests/sweep.rs`: plans of two years are all paid from 70 % on, 88.9 % of them at 50 %.
fn scenario(folder: &Path) -> String {
    let scenario = folder.join("示例");
    fs::create_dir(&scenario).unwrap();
    fs::write(scenario.join("scenario.toml"), SCENARIO).unwrap();
    fs::write(scenario.join("towns.csv"), "镇,税收\n甲镇,1000\n乙镇,600\n").unwrap();
    let projects = "编号,项目名称,镇,类别,总投资,开工年,工期,可用资金\n甲1,甲镇道路,甲镇,道路,1000,2012,2,一般预算\n乙1,乙镇道路,乙镇,道路,800,2012,2,一般预算\n";
    fs::write(scenario.join("projects.csv"), projects).unwrap();
    scenario.to_str().unwrap().to_owned()
}

fn fencheng(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fencheng")).args(arguments).output().unwrap()
}

fn fine(arguments: &[&str]) -> String {
    let output = fencheng(arguments);
    assert!(output.status.success(), "{arguments:?}\n{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let output = fencheng(arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// The headline of a picture: the title of its SVG.
fn title(folder: &Path, name: &str) -> String {
    let svg = fs::read_to_string(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    svg.split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_owned()
}

#[test]
fn a_sweep_draws_what_its_table_says() {
    let home = tempfile::tempdir().unwrap();
    let scenario = scenario(home.path());
    let at = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let said = fine(&["sweep", &scenario, "shares", "--chart", "svg", "--out", &at("line")]);
    assert!(said.contains("取值线.svg"), "{said}");
    assert_eq!(title(&home.path().join("line"), "取值线.svg"), "4 种取值中 1 种够用：留成比例从 70% 起够用");
    fine(&["--lang", "en", "sweep", &scenario, "shares", "--design", "one_at_a_time", "--chart", "svg", "--paper", "a4", "--out", &at("tornado")]);
    // 50 % stands; 40 % pays 1,280 of 1,800, 70 % all.
    assert_eq!(title(&home.path().join("tornado"), "tornado.svg"), "The coverage moves with 留成比例: 71.1% → 100.0%");
    fine(&["sweep", &scenario, "risk", "--quantiles", "--chart", "svg", "--out", &at("risk")]);
    for name in ["分布.svg", "扇形-各镇合计.svg", "扇形-甲镇.svg", "扇形-乙镇.svg"] {
        assert!(home.path().join("risk").join(name).is_file(), "{name}");
    }
    fine(&["verify", &at("line"), &at("risk")]);
    fine(&["sweep", &scenario, "shares", "--chart", "none", "--out", &at("none")]);
    assert!(!fs::read_dir(at("none")).unwrap().any(|entry| entry.unwrap().path().extension().is_some_and(|e| e == "png" || e == "svg")));
}

#[test]
fn shards_draw_nothing_and_their_whole_draws_the_same() {
    let home = tempfile::tempdir().unwrap();
    let scenario = scenario(home.path());
    let at = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    fine(&["sweep", &scenario, "risk", "--quantiles", "--chart", "svg", "--out", &at("whole")]);
    for shard in ["1/2", "2/2"] {
        let out = at(&shard.replace('/', "of"));
        fine(&["sweep", &scenario, "risk", "--quantiles", "--chart", "svg", "--shard", shard, "--out", &out]);
        assert!(!Path::new(&out).join("分布.svg").exists());
    }
    fine(&["merge", &at("1of2"), &at("2of2"), "--chart", "svg", "--out", &at("merged")]);
    for name in ["分布.svg", "扇形-甲镇.svg"] {
        assert_eq!(title(&home.path().join("merged"), name), title(&home.path().join("whole"), name));
    }
    // A shard that was changed after it was written is named, with the file.
    let points = home.path().join("2of2/tables/points.csv");
    fs::write(&points, fs::read_to_string(&points).unwrap().replacen(",ok,", ",OK,", 1)).unwrap();
    let said = refused(&["merge", &at("1of2"), &at("2of2"), "--out", &at("again")]);
    assert!(said.contains("E754") && said.contains("tables/points.csv") && said.contains("2of2"), "{said}");
    assert!(!home.path().join("again").exists());
}

#[test]
fn two_sweeps_do_not_write_one_folder() {
    let home = tempfile::tempdir().unwrap();
    let scenario = scenario(home.path());
    let out = home.path().join("out");
    let lock = home.path().join(".out.lock");
    let held = fs::File::create(&lock).unwrap();
    held.lock().unwrap();
    let said = refused(&["sweep", &scenario, "shares", "--out", out.to_str().unwrap()]);
    assert!(said.contains("E737") && said.contains("--out"), "{said}");
    // Whoever held it was killed: the file is still there, the lock is not.
    drop(held);
    assert!(lock.is_file());
    fine(&["sweep", &scenario, "shares", "--resume", "--out", out.to_str().unwrap()]);
    assert!(!lock.exists());
}

#[test]
fn a_discovery_takes_the_points_of_a_sweep() {
    let home = tempfile::tempdir().unwrap();
    let scenario = scenario(home.path());
    let at = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    fine(&["sweep", &scenario, "risk", "--chart", "none", "--out", &at("risk")]);
    // Above 50 % the gap is below 200: one in three of the draws from 40 % to 70 % is of interest.
    for from in ["risk", "risk/tables/points.csv"] {
        let out = at(&format!("box-{}", from.len()));
        let said = fine(&["discover", &scenario, "--from", &at(from), "--where", "gap>200万元", "--chart", "svg", "--out", &out]);
        assert!(said.contains("100.0% 落在这里") && said.contains("33.3%"), "{said}");
        assert!(title(Path::new(&out), "情景箱.svg").starts_with("留成比例不定不高于 "));
    }
    let said = refused(&["discover", &scenario, "--from", &at("risk"), "--where", "coverage<100%"]);
    assert!(said.contains("E738") && said.contains("gap"), "{said}");
    let said = refused(&["discover", &scenario, "--from", &at("risk"), "--where", "gap>200万元@2012"]);
    assert!(said.contains("E738"), "{said}");
    fs::write(home.path().join("risk/tables/points.csv"), "x").unwrap();
    let said = refused(&["discover", &scenario, "--from", &at("risk"), "--where", "gap>200万元"]);
    assert!(said.contains("E754"), "{said}");
}
