//! The fused program and the plain engine agree to the bit: whatever varies, whatever is asked, however points are cut.

mod common;

use std::path::{Path, PathBuf};

use fencheng::compile::{Compiled, compile};
use fencheng::engine::project;
use fencheng::plan::{Domain, Lane, Plan, TableId};
use fencheng::program::{Observe, Points, Program, Seen};

fn bundled(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

fn compiled(name: &str, variant: Option<&str>, set: &[&str]) -> Compiled {
    compile(&common::scenario(&bundled(name), variant, set)).unwrap()
}

/// Every table scaled by the point: point 0 is the plan itself. Flags and shares keep their meaning.
struct Scaled<'p> {
    plan: &'p Plan,
    tables: &'p [TableId],
}

fn scaled(value: f64, point: usize) -> f64 {
    // Whole amounts stay whole; ratios and factors move a little; 0 and 1 may be flags.
    let step = 1 + point % 7;
    if value == 0.0 || value == 1.0 {
        value
    } else if value.fract() == 0.0 && value.abs() >= 100.0 {
        (value * (1.0 + 0.01 * step as f64)).floor()
    } else {
        value * (1.0 - 0.003 * (point % 7) as f64)
    }
}

impl Points for Scaled<'_> {
    fn is_uniform(&self, table: usize) -> bool {
        self.plan.tables[self.tables[table].0 as usize].width == 1
    }
    fn value(&self, table: usize, point: usize, year: usize, place: usize) -> f64 {
        scaled(self.plan.tables[self.tables[table].0 as usize].at(year, place), point)
    }
    fn changes(&self, _: usize, _: usize) -> bool {
        true
    }
}

/// Keeps every asked figure: by point, year, lane, place.
struct Keep {
    lanes: usize,
    figures: Vec<Vec<Vec<Vec<f64>>>>,
    first: usize,
    widths: Vec<usize>,
}

impl Observe for Keep {
    fn year<'a>(&mut self, year: usize, points: usize, asked: &dyn Fn(usize) -> Seen<'a>) {
        for point in 0..points {
            for lane in 0..self.lanes {
                let seen = asked(lane);
                let row = (0..self.widths[lane]).map(|place| seen.at(point, place));
                self.figures[self.first + point][year][lane].extend(row);
            }
        }
    }
}

fn patched(plan: &Plan, tables: &[TableId], point: usize) -> Plan {
    let mut plan = plan.clone();
    for table in tables {
        plan.tables[table.0 as usize].values.iter_mut().for_each(|value| *value = scaled(*value, point));
    }
    plan
}

/// Runs so many points both ways and compares every asked lane.
fn agree(plan: &Plan, tables: &[TableId], asked: &[Lane], points: usize) {
    let outcome = project(plan).unwrap();
    let programs = Program::of(plan, &outcome, tables, asked);
    let mut figures = vec![vec![vec![Vec::new(); asked.len()]; plan.years]; points];
    let values = Scaled { plan, tables };
    let mut failed = vec![false; points];
    for program in &programs {
        let mut work = program.work();
        let mut first = 0;
        while first < points {
            let until = (first + program.block()).min(points);
            let widths = asked.iter().map(|l| if plan.lane(*l).domain == Domain::Town { program.towns().len() } else { program.counties().len() }).collect();
            let mut keep = Keep { lanes: asked.len(), figures: std::mem::take(&mut figures), first, widths };
            let bad = work.run(program, first..until, &values, &mut keep);
            bad.iter().zip(first..).for_each(|(bad, point)| failed[point] |= bad);
            figures = keep.figures;
            first = until;
        }
    }
    for (point, of_point) in figures.iter().enumerate() {
        let expected = project(&patched(plan, tables, point));
        assert_eq!(expected.is_err(), failed[point], "point {point}: {:?}", expected.err());
        let Ok(expected) = project(&patched(plan, tables, point)) else { continue };
        for (year, of_year) in of_point.iter().enumerate() {
            for (lane, row) in asked.iter().zip(of_year) {
                let name = &plan.lane(*lane).name;
                assert_eq!(row.as_slice(), expected.row(*lane, year), "point {point}, year {year}, lane {name}");
            }
        }
    }
}

/// Results of the run that a study asks for, and some from the middle.
fn usual(compiled: &Compiled) -> Vec<Lane> {
    let (accounts, stage) = (&compiled.accounts, &compiled.plan.projects);
    let mut asked = vec![stage.planned, stage.paid, stage.unpaid];
    asked.extend(accounts.retained.as_ref().map(|r| [r.general, r.fund, r.tax]).into_iter().flatten());
    asked.extend(accounts.purse.as_ref().map(|p| [p.guarantees_unmet, p.balance_general, p.available]).into_iter().flatten());
    if let Some(county) = &accounts.county {
        asked.extend([county.from_towns, county.paid]);
        asked.extend(county.account.map(|a| a.balance));
    }
    asked
}

fn all_lanes(plan: &Plan) -> Vec<Lane> {
    (0..u32::try_from(plan.lanes.len()).unwrap()).map(Lane).collect()
}

fn all_tables(plan: &Plan) -> Vec<TableId> {
    (0..u32::try_from(plan.tables.len()).unwrap()).map(TableId).collect()
}

/// Tables that come from a rule and are no flags.
fn named(plan: &Plan, part: &str) -> Vec<TableId> {
    all_tables(plan).into_iter().filter(|t| plan.tables[t.0 as usize].name.contains(part)).collect()
}

#[test]
fn with_every_table_swept_every_lane_is_the_engine_s() {
    for (name, variant) in [("mengyang", None), ("mengyang", Some("pilot-reform")), ("mengyang", Some("tiers-by-growth")), ("mengyang", Some("over-base-levy-2009"))] {
        let compiled = compiled(name, variant, &[]);
        agree(&compiled.plan, &all_tables(&compiled.plan), &all_lanes(&compiled.plan), 5);
    }
}

#[test]
fn only_what_is_asked_and_reached_gives_the_same() {
    for (name, variant) in [("mengyang", Some("pilot-reform")), ("pilot-towns", None), ("pilot-towns", Some("instruments")), ("equalisation", None)] {
        let compiled = compiled(name, variant, &[]);
        let asked = usual(&compiled);
        agree(&compiled.plan, &named(&compiled.plan, ".share"), &asked, 9);
        agree(&compiled.plan, &all_tables(&compiled.plan), &asked, 9);
    }
}

#[test]
fn projects_that_slip_are_paid_in_the_same_order() {
    for (name, variant) in [("mengyang", Some("pilot-reform")), ("pilot-towns", Some("instruments"))] {
        let compiled = compiled(name, variant, &["projects.mode=constrained"]);
        agree(&compiled.plan, &all_tables(&compiled.plan), &usual(&compiled), 9);
    }
}

#[test]
fn three_hundred_towns_in_blocks_of_one_point() {
    for variant in [None, Some("pool-pro-rata"), Some("competition-by-growth")] {
        let compiled = compiled("hundred-towns", variant, &[]);
        agree(&compiled.plan, &all_tables(&compiled.plan), &usual(&compiled), 3);
    }
}

#[test]
fn a_lane_nothing_reaches_is_the_plan_s_own() {
    let compiled = compiled("mengyang", None, &[]);
    let outcome = project(&compiled.plan).unwrap();
    let asked = usual(&compiled);
    let programs = Program::of(&compiled.plan, &outcome, &[], &asked);
    assert_eq!(programs.iter().map(Program::instructions).sum::<usize>(), 0);
    agree(&compiled.plan, &[], &asked, 2);
}
