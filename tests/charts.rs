//! The picture: nothing overlaps, nothing leaves the canvas, bars equal data.
#![cfg(feature = "chart")]

use fencheng::write::chart::funds::{FundsPicture, Role, Stack, draw};
use fencheng::write::chart::{Aspect, Caption, ChartError, Drawing, Format, fonts, render};
use usvg::roxmltree::Document;

const ROLES: [(&str, Role); 6] = [("税收", Role::Tax), ("转移支付", Role::Transfer), ("配套费", Role::Fee), ("土地", Role::Land), ("其他", Role::Other), ("动用结余", Role::Drawn)];

/// Numbers that look random and are the same everywhere.
fn noise(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / (1u64 << 31) as f64
    }
}

/// A picture of any length; gaps are what the stacks lack.
fn picture(years: usize, scale: f64, seed: u64) -> FundsPicture {
    let mut next = noise(seed);
    let mut series = |most: f64| (0..years).map(|_| scale * most * next()).collect::<Vec<f64>>();
    let sizes = [0.6, 0.3, 0.2, 1.0, 0.1, 0.2];
    let stacks = ROLES.iter().zip(sizes).map(|(&(name, role), most)| Stack { name: name.into(), role, values: series(most) }).collect();
    let recurrent = series(0.4);
    let planned = series(1.4);
    let mut picture = FundsPicture {
        caption: Caption {
            headline: "试点体制下，濛阳镇 2012—2016 年项目资金缺 2.3 亿元，此后有余".into(),
            second_line: Some("普通镇体制下缺口 4.8 亿元；县到 2030 年少收 9.0 亿元".into()),
            unit_line: "留存财力与支出计划，亿元".into(),
            badge: Some("示意：税基与地价为假定（D 级）".into()),
            footnotes: vec!["斜线＝缺口。".into(), "方案 mengyang · 运行 20261123-1412".into()],
        },
        years: (2011..).take(years).collect(),
        stacks,
        recurrent,
        planned,
        plan_label: "计划要花的钱（经常性支出＋项目）".into(),
        recurrent_label: "经常性支出".into(),
        ..FundsPicture::default()
    };
    fill_gaps(&mut picture);
    picture
}

fn fill_gaps(picture: &mut FundsPicture) {
    let years = picture.years.len();
    picture.gap = vec![0.0; years];
    picture.gap_texts = vec![None; years];
    picture.first_shortfall = None;
    for at in 0..years {
        let there: f64 = picture.stacks.iter().map(|stack| stack.values[at]).sum();
        let gap = picture.recurrent[at] + picture.planned[at] - there;
        if gap > 0.0 {
            picture.gap[at] = gap;
            picture.gap_texts[at] = Some(format!("缺 {gap:.1}"));
            let year = picture.years[at];
            picture.first_shortfall.get_or_insert((year, format!("{year} 年首次不足")));
        }
    }
}

fn drawn(picture: &FundsPicture) -> Drawing {
    match draw(picture) {
        Ok(drawing) => drawing,
        Err(why) => panic!("{why}"),
    }
}

/// All that must hold for any picture.
fn assert_sound(picture: &FundsPicture) -> Drawing {
    let drawing = drawn(picture);
    let (width, height) = (f64::from(drawing.size.0), f64::from(drawing.size.1));
    for (at, label) in drawing.labels.iter().enumerate() {
        let rect = label.rect;
        assert!(rect.x0 >= 0.0 && rect.y0 >= 0.0 && rect.x1 <= width && rect.y1 <= height, "off canvas: {label:?}");
        for other in &drawing.labels[at + 1..] {
            assert!(!rect.overlaps(&other.rect), "{label:?} over {other:?}");
        }
    }
    for stack in &picture.stacks {
        if stack.values.iter().any(|value| *value != 0.0) {
            assert!(shows(&drawing, &stack.name), "{} is missing", stack.name);
        }
    }
    assert!(shows(&drawing, &picture.recurrent_label) && shows(&drawing, &picture.plan_label));
    assert_bars(picture, &drawing);
    drawing
}

/// Is the text there, on one line or on consecutive ones?
fn shows(drawing: &Drawing, text: &str) -> bool {
    let squeeze = |text: &str| text.replace(' ', "");
    let all: String = drawing.labels.iter().map(|label| squeeze(&label.text)).collect();
    all.contains(&squeeze(text))
}

/// Every value has a bar of its height, on the bars of its sign, and the SVG
/// holds a rectangle there.
fn assert_bars(picture: &FundsPicture, drawing: &Drawing) {
    let document = Document::parse(&drawing.svg).expect("XML");
    let number = |node: &usvg::roxmltree::Node, name: &str| -> Option<f64> { node.attribute(name)?.parse().ok() };
    let rects: Vec<[f64; 4]> = document
        .descendants()
        .filter(|node| node.has_tag_name("rect"))
        .filter_map(|node| Some([number(&node, "x")?, number(&node, "y")?, number(&node, "width")?, number(&node, "height")?]))
        .collect();
    let (zero, per_unit) = drawing.scales[0];
    for year in 0..picture.years.len() {
        let mut ends = [0.0, 0.0];
        for (stack, series) in picture.stacks.iter().enumerate() {
            let value = series.values[year];
            if value == 0.0 {
                continue;
            }
            let bar = drawing.marks.iter().find(|bar| bar.series == stack && bar.item == year).expect("a bar");
            let end = &mut ends[usize::from(value < 0.0)];
            let (from, to) = (zero - *end * per_unit, zero - (*end + value) * per_unit);
            *end += value;
            assert!((bar.rect.y1 - from.max(to)).abs() <= 1.0 && (bar.rect.y0 - from.min(to)).abs() <= 1.0, "{bar:?}");
            if bar.rect.height() >= 2.0 {
                let painted = rects.iter().any(|[x, y, w, h]| *x == bar.rect.x0 && *w == bar.rect.width() && (y - bar.rect.y0).abs() <= 1.0 && (y + h - bar.rect.y1).abs() <= 1.0);
                assert!(painted, "no rectangle for {bar:?}");
            }
        }
    }
}

#[test]
fn any_number_of_years_and_any_size() {
    for years in [1, 2, 3, 5, 8, 12, 20, 30, 50] {
        for (seed, scale) in [(1, 1.0), (2, 0.01), (3, 100_000.0)] {
            for aspect in [Aspect::Wide, Aspect::A4Landscape] {
                let mut picture = picture(years, scale, seed + years as u64);
                picture.aspect = aspect;
                assert_sound(&picture);
            }
        }
    }
}

#[test]
fn marks_are_there() {
    let drawing = assert_sound(&picture(12, 1.0, 7));
    assert!(shows(&drawing, "示意：税基与地价为假定（D 级）") && shows(&drawing, "年首次不足"));
    assert!(drawing.dropped.is_empty(), "{:?}", drawing.dropped);
    assert!(drawing.svg.contains("Fencheng Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"));
}

#[test]
fn negative_and_zero_values() {
    let mut below = picture(9, 1.0, 5);
    below.stacks[3].values[2] = -0.7;
    below.stacks[0].values[6] = -0.3;
    fill_gaps(&mut below);
    let drawing = assert_sound(&below);
    let bar = drawing.marks.iter().find(|bar| bar.series == 3 && bar.item == 2).expect("a bar");
    assert!(bar.rect.y0 >= drawing.scales[0].0.round() && bar.rect.height() > 10.0);
    let nothing = picture(7, 0.0, 5);
    assert_sound(&nothing);
    assert!(drawn(&nothing).marks.is_empty());
}

#[test]
fn long_texts_keep_their_places() {
    let mut long = picture(11, 1.0, 4);
    long.caption.headline = "比较濛阳镇、郫都区、邛崃市三地的项目资金缺口，".repeat(9);
    long.caption.second_line = Some("试点使缺口减少 2.5 亿元，".repeat(14));
    long.caption.badge = Some("示意：税基、地价、项目清单均为假定（D 级），不可作为预算编制的依据".into());
    long.caption.footnotes = vec!["这是一条很长的脚注。".repeat(60), "A very long footnote in English. ".repeat(30), "末尾".into()];
    for (at, stack) in long.stacks.iter_mut().enumerate() {
        stack.name = format!("{}（含以前年度结余结转资金，第{at}类）", stack.name);
    }
    long.first_shortfall = long.first_shortfall.map(|(year, _)| (year, format!("{year} 年首次出现财力不足，需要另筹资金")));
    let drawing = assert_sound(&long);
    assert!(!drawing.dropped.is_empty() && shows(&drawing, "末尾"));
}

#[test]
fn same_input_same_bytes() {
    let picture = picture(20, 3.0, 8);
    let (one, two) = (drawn(&picture), drawn(&picture));
    assert_eq!(one, two);
    for format in [Format::Png, Format::SvgOutlines] {
        assert_eq!(render(&one.svg, format, 1.0), render(&two.svg, format, 1.0));
    }
}

#[test]
fn user_text_cannot_break_the_xml() {
    let mut bad = picture(4, 1.0, 2);
    bad.caption.headline = "</text><script>&amp;\u{0}\u{8}\u{ffff}\u{202e}\" ' <a> ]]>".into();
    bad.stacks[0].name = "税<&>收\n\u{1b}[31m".into();
    let svg = drawn(&bad).svg;
    let document = Document::parse(&svg).expect("XML");
    assert!(!document.descendants().any(|node| node.has_tag_name("script") || node.has_tag_name("a")));
    assert!(render(&svg, Format::Png, 0.5).is_ok());
}

#[test]
fn embedded_fonts_have_the_names_of_towns() {
    assert!(fonts::missing_glyphs("濛阳 郫都区 邛崃 缺 0.8 亿元 （）＋—…−").is_empty());
    assert_eq!(fonts::missing_glyphs("濛\u{10ffff}阳\u{10ffff}"), ['\u{10ffff}']);
}

#[test]
fn formats() {
    let drawing = drawn(&picture(11, 1.0, 3));
    let png = render(&drawing.svg, Format::Png, 0.5).expect("PNG");
    assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
    assert_eq!((&png[16..20], &png[20..24], png[25]), (&800u32.to_be_bytes()[..], &450u32.to_be_bytes()[..], 2));
    let outlines = render(&drawing.svg, Format::SvgOutlines, 1.0).expect("SVG");
    assert!(!String::from_utf8_lossy(&outlines).contains("<text"));
    assert!(render("no picture", Format::Png, 1.0).is_err() && render(&drawing.svg, Format::Png, f32::NAN).is_err());
    match render(&drawing.svg, Format::Pdf, 1.0) {
        Ok(pdf) => assert!(cfg!(feature = "pdf") && pdf.starts_with(b"%PDF")),
        Err(why) => {
            assert!(why == ChartError::Feature("pdf") && why.to_string().contains("--features pdf"))
        }
    }
}

#[test]
fn series_that_do_not_fit_are_refused() {
    let mut short = picture(5, 1.0, 1);
    short.planned.pop();
    let mut infinite = picture(5, 1.0, 1);
    infinite.stacks[0].values[1] = f64::INFINITY;
    for bad in [short, infinite, FundsPicture::default()] {
        assert!(matches!(draw(&bad), Err(ChartError::Data(_))));
    }
}
