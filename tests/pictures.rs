//! Pictures of the bundled scenarios, from one town to three hundred, in both languages: labels keep apart, no glyph is missing, what is drawn
//! is what the tables say; and how the command line asks for them.
#![cfg(feature = "chart")]

mod common;

use std::path::Path;
use std::process::{Command, Output};

use fencheng::base::lang::Lang;
use fencheng::measure::cell::Cell;
use fencheng::measure::story::{Story, tell};
use fencheng::measure::town::TownView;
use fencheng::measure::{Run, tables};
use fencheng::write::chart::{Aspect, Drawing};
use fencheng::write::picture::{Picture, Subject, funds::funds, of_run, variants};

fn run(folder: &str, variant: Option<&str>, set: &[&str]) -> Run {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(folder);
    Run::of(common::scenario(&folder, variant, set)).expect("a sound scenario")
}

/// A run with what its pictures need.
struct Shown<'r> {
    run: &'r Run,
    all: Vec<TownView<'r>>,
    towns: Vec<usize>,
    story: Story,
    lang: Lang,
}

impl<'r> Shown<'r> {
    fn of(run: &'r Run, lang: Lang) -> Self {
        let all = run.town_views();
        let town = (all.len() == 1).then_some(0);
        Self { run, towns: (0..all.len()).collect(), all, story: tell(run, None, town, lang), lang }
    }

    fn subject(&self, aspect: Aspect) -> Subject<'_> {
        let years = (self.run.scenario.first_year, self.run.scenario.last_year);
        Subject { run: self.run, all: &self.all, towns: &self.towns, story: &self.story, years, when: "2026-11-24 00:00", lang: self.lang, aspect }
    }
}

fn sound(picture: &Picture, what: &str) -> Drawing {
    let drawing = picture.draw().unwrap_or_else(|why| panic!("{what}: {why}"));
    let faults = drawing.faults();
    assert!(faults.is_empty(), "{what}: {}", faults.join("\n"));
    drawing
}

#[test]
fn every_kind_of_every_bundled_scenario_keeps_its_labels_apart() {
    for (folder, set) in [("mengyang", &[][..]), ("pilot-towns", &[]), ("pilot-towns", &["projects.mode=constrained"]), ("equalisation", &[]), ("hundred-towns", &[])] {
        let run = run(folder, None, set);
        for lang in [Lang::Zh, Lang::En] {
            let shown = Shown::of(&run, lang);
            for aspect in [Aspect::Wide, Aspect::A4Landscape] {
                for kind in ["funds", "county", "towns", "flow", "heat", "lorenz", "calendar"] {
                    let Ok(pictures) = of_run(kind, &shown.subject(aspect)) else { continue };
                    for (part, picture) in &pictures {
                        sound(picture, &format!("{folder} {kind} {part:?} {lang:?} {aspect:?}"));
                    }
                }
            }
        }
    }
}

#[test]
fn variants_stand_side_by_side_at_most_six() {
    let names = [
        None,
        Some("centre-town-80"),
        Some("full-retention"),
        Some("hubei-streets-2011"),
        Some("key-town-full-return"),
        Some("over-base-levy-2009"),
        Some("pilot-reform"),
        Some("tiers-by-growth"),
    ];
    let runs: Vec<Run> = names.iter().map(|name| run("mengyang", *name, &[])).collect();
    for lang in [Lang::Zh, Lang::En] {
        let shown: Vec<Shown<'_>> = runs.iter().map(|run| Shown::of(run, lang)).collect();
        for count in [2, 3, 6, 8] {
            let subjects: Vec<Subject<'_>> = shown[..count].iter().map(|s| s.subject(Aspect::Wide)).collect();
            let picture = variants::picture(&subjects).expect("several variants");
            assert_eq!(picture.panels.len(), count.min(6));
            // The finding is about all of them, drawn or not: the best and the worst are among the panels.
            let cover = |s: &Shown<'_>| s.all[0].coverage().unwrap();
            let best = shown[..count].iter().map(cover).fold(0.0, f64::max);
            assert!(picture.caption.headline.contains(&format!("{:.1}%", best * 100.0)), "{}", picture.caption.headline);
            assert!(picture.panels.iter().any(|p| p.note.contains(&format!("{:.1}%", best * 100.0))));
            sound(&Picture::Multiples(picture), &format!("{count} variants {lang:?}"));
        }
        assert!(variants::picture(&[shown[0].subject(Aspect::Wide)]).is_err());
    }
}

/// A money column of the summary, by town and year, in 万元.
fn column(run: &Run, towns: &[TownView<'_>], key: &str) -> Vec<(String, i32, f64)> {
    let sheet = tables::summary(run, towns);
    let at = |key: &str| sheet.columns.iter().position(|c| c.key == key).expect("a column");
    let (town, year, money) = (at("town"), at("year"), at(key));
    let cell = |row: Vec<Cell<'_>>| match (&row[town], &row[year], &row[money]) {
        (Cell::Text(town), Cell::Year(year), Cell::Money(fen)) => (town.to_string(), *year, *fen as f64 / 1e6),
        other => panic!("{other:?}"),
    };
    sheet.rows.map(cell).collect()
}

#[test]
fn the_heat_map_shows_the_gaps_of_the_table() {
    for folder in ["pilot-towns", "hundred-towns"] {
        let run = run(folder, None, &[]);
        let shown = Shown::of(&run, Lang::Zh);
        let Ok(pictures) = of_run("heat", &shown.subject(Aspect::Wide)) else { panic!("nothing planned") };
        let Picture::Heat(data) = &pictures[0].1 else { panic!("a heat map") };
        let drawing = sound(&pictures[0].1, folder);
        let factor = if data.caption.unit_line.contains("亿元") { 1e-4 } else { 1.0 };
        let gaps = column(&run, &shown.all, "gap");
        for mark in &drawing.marks {
            let (town, year) = (&data.rows[mark.series].name, data.years[mark.item]);
            let (_, _, gap) = gaps.iter().find(|(t, y, _)| t == town && *y == year).expect("a row of the table");
            assert!((mark.value - gap * factor).abs() < 1e-9, "{town} {year}: {} drawn, {gap} in the table", mark.value);
        }
        let drawn: std::collections::BTreeSet<(usize, usize)> = drawing.marks.iter().map(|m| (m.series, m.item)).collect();
        let planned = column(&run, &shown.all, "planned").into_iter().filter(|(_, _, plan)| *plan != 0.0).count();
        assert_eq!(drawn.len(), planned, "every town and year with a plan has a cell");
    }
}

#[test]
fn funds_and_small_multiples_show_the_retained_funds_of_the_table() {
    let run = run("pilot-towns", None, &[]);
    let shown = Shown::of(&run, Lang::Zh);
    let land = column(&run, &shown.all, "retained_land");
    let pictures = of_run("towns", &shown.subject(Aspect::Wide)).unwrap_or_default();
    let Picture::Multiples(data) = &pictures[0].1 else { panic!("small multiples") };
    let stack = data.stacks.iter().position(|(name, _)| name == "土地").expect("land");
    let drawing = sound(&pictures[0].1, "towns");
    for (at, panel) in data.panels.iter().enumerate() {
        for mark in drawing.marks.iter().filter(|m| m.series == at * (data.stacks.len() + 1) + stack) {
            let (_, _, amount) = land.iter().find(|(t, y, _)| *t == panel.title && *y == data.years[mark.item]).expect("a row");
            assert!((mark.value * 1e4 - amount).abs() < 1e-6);
        }
    }
    // All towns together: the sum of the rows of a year.
    let all = funds(&shown.subject(Aspect::Wide));
    for (year, value) in all.years.iter().zip(&all.stacks[stack].values) {
        let sum: f64 = land.iter().filter(|(_, y, _)| y == year).map(|(_, _, x)| x).sum();
        assert!((value * 1e4 - sum).abs() < 1e-6);
    }
}

#[test]
fn the_parts_of_a_yuan_are_those_of_the_ledger() {
    for folder in ["mengyang", "pilot-towns", "hundred-towns"] {
        let run = run(folder, None, &[]);
        let shown = Shown::of(&run, Lang::Zh);
        let Ok(pictures) = of_run("flow", &shown.subject(Aspect::Wide)) else { panic!("nothing raised") };
        let Picture::Flow(data) = &pictures[0].1 else { panic!("a flow") };
        let sheet = tables::ledger(&run, &shown.all);
        let at = |key: &str| sheet.columns.iter().position(|c| c.key == key).expect("a column");
        let (item, party, amount) = (at("item_id"), at("party"), at("amount"));
        let is_land = |id: &str| id == "source.land";
        let is_tax = |id: &str| id.strip_prefix("source.").is_some_and(|id| run.scenario.sources.iter().any(|s| s.id == id && format!("{:?}", s.class) == "Tax"));
        let mut sums = [[0_i64; 2]; 2];
        for row in sheet.rows {
            let (Cell::Key(id), Cell::Key(who), Cell::Money(fen)) = (&row[item], &row[party], &row[amount]) else { panic!("{row:?}") };
            for (flow, belongs) in [is_tax(id), is_land(id)].into_iter().enumerate().filter(|(_, b)| *b) {
                let _ = belongs;
                sums[flow][0] += fen;
                sums[flow][1] += if who == "central" { *fen } else { 0 };
            }
        }
        for (panel, [all, central]) in data.panels.iter().zip(sums) {
            let total: f64 = panel.ends.iter().map(|e| e.amount).sum();
            assert_eq!(total, all as f64, "{folder} {}", panel.title);
            let drawn: f64 = panel.ends.iter().filter(|e| e.name == "中央").map(|e| e.amount).sum();
            assert_eq!(drawn, central as f64, "{folder} {}", panel.title);
        }
    }
}

#[test]
fn the_curve_has_the_coefficient_of_the_table() {
    let run = run("hundred-towns", None, &[]);
    let shown = Shown::of(&run, Lang::En);
    let Ok(pictures) = of_run("lorenz", &shown.subject(Aspect::Wide)) else { panic!("no population") };
    let Picture::Lorenz(data) = &pictures[0].1 else { panic!("a curve") };
    let sheet = fencheng::measure::inequality::table(&run, &shown.all);
    let gini = sheet.columns.iter().position(|c| c.key == "gini").expect("a column");
    let table: Vec<f64> = sheet.rows.filter_map(|row| if let Cell::Ratio(g) = row[gini] { Some(g) } else { None }).collect();
    assert_eq!(data.gini, table);
    // One less twice the area below the curve, by trapezoids, is the coefficient.
    let shares = &data.curves[0].shares;
    let area: f64 = std::iter::once(&0.0).chain(shares).zip(shares).map(|(a, b)| (a + b) / 200.0 / shares.len() as f64).sum();
    assert!((1.0 - 2.0 * area - table[table.len() - 1]).abs() < 1e-9);
}

fn fencheng(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fencheng")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).filter(|n| n.ends_with(".svg")).collect();
    names.sort();
    names
}

#[test]
fn the_command_line_draws_what_it_is_asked_for() {
    let scratch = tempfile::tempdir().unwrap();
    let out = scratch.path().join("out");
    let drawn = |more: &[&str]| {
        let _ = std::fs::remove_dir_all(&out);
        let run = fencheng(&[&["run"], more, &["--format", "none", "--chart", "svg", "--out", out.to_str().unwrap()]].concat());
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        files(&out)
    };
    assert_eq!(drawn(&["scenarios/mengyang"]), ["濛阳镇.svg"]);
    assert_eq!(drawn(&["scenarios/mengyang", "--picture", "工期,flow", "--lang", "en"]), ["濛阳镇-calendar.svg", "濛阳镇-flow.svg"]);
    let all = drawn(&["scenarios/mengyang", "--picture", "all", "--paper", "a4"]);
    assert_eq!(all, ["彭州市-县级.svg", "濛阳镇-工期.svg", "濛阳镇-流向.svg", "濛阳镇.svg"]);
    assert!(std::fs::read_to_string(out.join("濛阳镇.svg")).unwrap().contains("height=\"1131\""));
    let pages = drawn(&["scenarios/hundred-towns", "--picture", "towns", "--lang", "zh"]);
    assert_eq!((pages.len(), pages[0].as_str()), (13, "全部镇-各镇-01.svg"));
}

#[test]
fn comparing_draws_the_variants_side_by_side() {
    let scratch = tempfile::tempdir().unwrap();
    let out = scratch.path().join("out");
    let run = fencheng(&["compare", "scenarios/mengyang", "-v", "pilot-reform", "--lang", "zh", "--format", "none", "--chart", "svg", "--out", out.to_str().unwrap()]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(files(&out), ["方案.svg", "濛阳镇-pilot-reform.svg", "濛阳镇.svg"]);
}

#[test]
fn a_picture_that_is_not_there_or_has_nothing_to_show_is_told() {
    let scratch = tempfile::tempdir().unwrap();
    let out = scratch.path().join("out");
    for (picture, code, words) in [("heatmap", "E791", "heat 热力"), ("sankey", "E791", "flow 流向"), ("lorenz", "E792", "两个以上"), ("variants", "E792", "--variant")] {
        let run = fencheng(&["run", "scenarios/mengyang", "--lang", "zh", "--picture", picture, "--out", out.to_str().unwrap()]);
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(run.status.code() == Some(1) && said.contains(code) && said.contains(words), "{picture}: {said}");
        assert!(!out.exists(), "nothing half-written stays");
    }
}

#[test]
fn transfers_alone_are_drawn_without_a_line_at_nothing() {
    let run = run("equalisation", None, &[]);
    let shown = Shown::of(&run, Lang::Zh);
    let data = funds(&shown.subject(Aspect::Wide));
    assert!(data.plan_label.is_empty() && data.recurrent_label.is_empty(), "no line, no name");
    assert_eq!(data.caption.unit_line, "留存财力，亿元");
    assert!(!data.caption.footnotes.iter().any(|note| note.contains("斜线") || note.contains("0 万元")), "{:?}", data.caption.footnotes);
    let drawing = sound(&Picture::Funds(data), "transfers alone");
    assert!(!drawing.svg.contains("#B21820"), "no red line");
}
