//! Charts of runs over made-up series: nothing overlaps, nothing leaves the page, marks equal data, at any number of towns, years, names, signs.
#![cfg(feature = "chart")]

use fencheng::write::chart::calendar::{self, CalendarPicture};
use fencheng::write::chart::flow::{self, End, FlowPanel, FlowPicture, Taker};
use fencheng::write::chart::funds::Role;
use fencheng::write::chart::heat::{self, HeatPicture};
use fencheng::write::chart::lorenz::{self, Curve, LorenzPicture};
use fencheng::write::chart::multiples::{self, MOST_PANELS, MultiplesPicture, Panel};
use fencheng::write::chart::{Aspect, Caption, ChartError, Drawing};

const ASPECTS: [Aspect; 3] = [Aspect::Wide, Aspect::A4Landscape, Aspect::A4Portrait];
const LONG: &str = "四川省成都市彭州市濛阳街道办事处原濛阳镇及清流片区（合并）";

/// Numbers that look random and are the same everywhere, from −0.2 to 0.8 of `scale`.
fn noise(seed: usize, scale: f64) -> f64 {
    let mixed = (seed as u64).wrapping_add(1).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    ((mixed >> 33) as f64 / (1u64 << 31) as f64 - 0.2) * scale
}

fn caption(words: &str) -> Caption {
    Caption {
        headline: format!("{words}：7 个镇中 6 个出现缺口，累计 2.7 亿元；最紧的是濛阳镇"),
        second_line: Some("与基准方案相比，县里到 2030 年累计少得 13.5 亿元".into()),
        unit_line: "留存财力与支出计划，亿元".into(),
        badge: Some("示意：表格数据为编造，留存财力 100% 依据假定（D 级）".into()),
        footnotes: vec!["斜线＝缺口。".into(), "情景 mengyang · 方案 基准 · 运行 2026-11-24".into()],
    }
}

fn years(count: usize) -> Vec<i32> {
    (2011..).take(count).collect()
}

fn name(at: usize, long: bool) -> String {
    if long { format!("{LONG}{at}") } else { format!("示例{at:03}镇") }
}

fn sound(drawing: Result<Drawing, ChartError>, what: &str) -> Drawing {
    let drawing = drawing.unwrap_or_else(|why| panic!("{what}: {why}"));
    let faults = drawing.faults();
    assert!(faults.is_empty(), "{what}: {}", faults.join("\n"));
    drawing
}

fn panel(at: usize, count: usize, scale: f64, long: bool) -> Panel {
    let series = |seed: usize| (0..count).map(|y| noise(at * 1000 + seed * 100 + y, scale)).collect::<Vec<f64>>();
    let gap = series(9).into_iter().map(|x| x.max(0.0)).collect();
    Panel {
        title: name(at, long),
        note: "保障率 72.7%，缺 1.2 亿元".into(),
        is_short: at.is_multiple_of(2),
        stacks: vec![series(1), series(2)],
        recurrent: series(3),
        planned: series(4),
        gap,
    }
}

#[test]
fn small_multiples_keep_apart_and_show_their_data() {
    for (panels, count, scale, long) in [
        (1, 1, 1.0, false),
        (1, 50, 1e5, true),
        (2, 3, 0.0, false),
        (3, 19, 1.0, true),
        (6, 19, 3.0, false),
        (7, 15, 0.01, true),
        (MOST_PANELS, 3, 1.0, true),
        (MOST_PANELS, 50, 40.0, false),
    ] {
        for aspect in ASPECTS {
            for is_shared in [true, false] {
                let data = MultiplesPicture {
                    caption: caption("各镇"),
                    aspect,
                    years: years(count),
                    stacks: vec![("税收".into(), Role::Tax), ("动用结余和专项".into(), Role::Drawn)],
                    panels: (0..panels).map(|at| panel(at, count, scale, long)).collect(),
                    is_shared,
                    names: ["计划要花的钱", "经常性支出", "缺口"].map(str::to_owned),
                };
                let drawing = sound(multiples::draw(&data), &format!("{panels} panels, {count} years, {aspect:?}"));
                // Every value that is not zero has one mark with that value, and bars are as high as their values.
                for (at, panel) in data.panels.iter().enumerate() {
                    for (stack, values) in panel.stacks.iter().enumerate() {
                        let marks: Vec<_> = drawing.marks.iter().filter(|m| m.series == at * 3 + stack).collect();
                        assert_eq!(marks.len(), values.iter().filter(|v| **v != 0.0).count());
                        for mark in marks {
                            assert_eq!(mark.value, values[mark.item]);
                            assert!((mark.rect.height() - mark.value.abs() * drawing.scales[at].1).abs() <= 1.0);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn heat_maps_of_any_number_of_towns() {
    for (rows, count, scale, long) in [
        (1, 1, 1.0, false),
        (1, 50, 1.0, true),
        (7, 3, 0.0, false),
        (7, 15, 50.0, true),
        (30, 50, 4000.0, true),
        (300, 6, 4000.0, false),
        (300, 50, 0.3, true),
        (5, 4, -1.0, false),
    ] {
        for aspect in ASPECTS {
            let cell = |row: usize, year: usize| (!(row + year).is_multiple_of(4)).then(|| noise(row * 100 + year, scale));
            let data = HeatPicture {
                caption: caption("热力"),
                aspect,
                years: years(count),
                rows: (0..rows).map(|row| heat::Row { name: name(row, long), gaps: (0..count).map(|year| cell(row, year)).collect() }).collect(),
                worst: "缺口最大的".into(),
                whole: format!("全部 {rows} 个镇"),
                names: ["够用", "没有计划项目", "缺口（万元）"].map(str::to_owned),
            };
            let drawing = sound(heat::draw(&data), &format!("{rows} rows, {count} years, {aspect:?}"));
            for (at, row) in data.rows.iter().enumerate() {
                for (year, gap) in row.gaps.iter().enumerate() {
                    let mut marks = drawing.marks.iter().filter(|m| (m.series, m.item) == (at, year));
                    assert!(marks.clone().next().is_some() == gap.is_some() && marks.all(|m| Some(m.value) == *gap));
                }
            }
        }
    }
}

#[test]
fn flows_end_where_their_amounts_say() {
    let all = [Taker::Outside, Taker::Central, Taker::Province, Taker::City, Taker::SetAside, Taker::SetAside, Taker::County, Taker::Town];
    for amounts in [
        vec![75.1, 0.5, 0.5, 0.7, 9.2, 2.8, 4.0, 7.2],
        vec![0.0; 8],
        vec![0.0, 44.6, 16.8, 0.0, 0.0, 0.0, 9.4, 29.2],
        vec![0.001; 8],
        vec![0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1e12],
    ] {
        for panels in 1..=3 {
            for aspect in ASPECTS {
                let ends = all.iter().zip(&amounts).map(|(taker, amount)| {
                    let text = format!("{amount:.1} 分，共 14.3 亿元");
                    End { name: format!("{taker:?}"), amount: *amount, text, taker: *taker, is_shared: matches!(taker, Taker::County | Taker::Town) }
                });
                let panel = FlowPanel {
                    title: "1 元土地出让收入".into(),
                    total: "共收 29.3 亿元".into(),
                    shared: "县镇分享".into(),
                    ends: ends.collect(),
                    note: (panels == 2).then(|| "已减去承担方垫付和倒挂承担的 1.2 亿元。".to_owned()),
                };
                let data = FlowPicture { caption: caption("流向"), aspect, panels: vec![panel; panels] };
                let drawing = sound(flow::draw(&data), &format!("{panels} flows of {amounts:?}, {aspect:?}"));
                assert_eq!(drawing.marks.len(), panels * amounts.iter().filter(|x| **x > 0.0).count());
                for mark in &drawing.marks {
                    assert_eq!(mark.value, amounts[mark.item]);
                    assert!((mark.rect.height() - mark.value * drawing.scales[mark.series].1).abs() < 1e-6);
                }
            }
        }
    }
    let bad = End { name: "县".into(), amount: -1.0, text: String::new(), taker: Taker::County, is_shared: true };
    let panel = FlowPanel { title: String::new(), total: String::new(), shared: String::new(), ends: vec![bad], note: None };
    assert!(matches!(flow::draw(&FlowPicture { panels: vec![panel], ..FlowPicture::default() }), Err(ChartError::Data(_))));
}

#[test]
fn lorenz_curves_of_few_and_many_towns() {
    for (towns, count) in [(2, 1), (7, 3), (300, 50)] {
        for aspect in ASPECTS {
            let curve = |power: i32| {
                let share = |k: usize| 100.0 * (0..power).map(|_| (k + 1) as f64 / towns as f64).product::<f64>();
                Curve { name: format!("{} 年 0.{power}00", 2011 + power), shares: (0..towns).map(share).collect() }
            };
            let data = LorenzPicture {
                caption: caption("洛伦兹"),
                aspect,
                curves: if count == 1 { vec![curve(2)] } else { vec![curve(2), curve(3)] },
                names: ["镇数累计（人均财力从低到高）", "人均留存财力累计占比", "完全平均"].map(str::to_owned),
                years: years(count),
                gini: (0..count).map(|y| 0.1 + 0.01 * y as f64).collect(),
                gini_name: "各年基尼系数".into(),
            };
            let drawing = sound(lorenz::draw(&data), &format!("{towns} towns, {count} years, {aspect:?}"));
            for (at, curve) in data.curves.iter().enumerate() {
                let values: Vec<f64> = drawing.marks.iter().filter(|m| m.series == at).map(|m| m.value).collect();
                assert_eq!(values, curve.shares);
            }
        }
    }
}

#[test]
fn calendars_of_few_and_many_projects() {
    for (rows, count, long) in [(1, 1, false), (7, 3, true), (calendar::MOST_ROWS, 50, true), (calendar::MOST_ROWS, 6, false)] {
        for aspect in ASPECTS {
            let first = 2011;
            let row = |at: usize| calendar::Row {
                name: name(at, long),
                planned: (first + (at % 5) as i32 - 2, first + (at % 5) as i32 + 1),
                years: (0..count).map(|y| (noise(at * 100 + y, 1.0).max(0.0), noise(at * 77 + y, 1.0).max(0.0))).collect(),
                outcome: if at.is_multiple_of(3) { "缺 5,496 万元".into() } else { String::new() },
                is_late: true,
            };
            let data = CalendarPicture {
                caption: caption("工期"),
                aspect,
                years: years(count),
                rows: (0..rows).map(row).collect(),
                names: ["计划工期", "按期付款", "推迟付款", "应付未付"].map(str::to_owned),
            };
            let drawing = sound(calendar::draw(&data), &format!("{rows} projects, {count} years, {aspect:?}"));
            for mark in &drawing.marks {
                assert_eq!(mark.value, data.rows[mark.series].years[mark.item].0);
            }
        }
    }
}

#[test]
fn long_words_are_cut_and_strange_numbers_refused() {
    let mut data = HeatPicture {
        caption: caption(&LONG.repeat(6)),
        years: years(3),
        rows: vec![heat::Row { name: LONG.repeat(9), gaps: vec![Some(1.0); 3] }],
        ..HeatPicture::default()
    };
    data.caption.badge = Some(LONG.repeat(5));
    data.caption.footnotes = vec![LONG.repeat(40), "末尾".into()];
    sound(heat::draw(&data), "long words");
    data.rows[0].gaps[1] = Some(f64::NAN);
    assert!(matches!(heat::draw(&data), Err(ChartError::Data(_))));
    assert!(multiples::draw(&MultiplesPicture::default()).is_err() && lorenz::draw(&LorenzPicture::default()).is_err());
    assert!(flow::draw(&FlowPicture::default()).is_err() && calendar::draw(&CalendarPicture::default()).is_err());
}
