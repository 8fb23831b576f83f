//! The scenario by the library's fused program: what a sweep over the same points runs.

use std::ops::Range;

use fencheng::base::ratio::Ratio;
use fencheng::kernel::round;
use fencheng::measure::Run;
use fencheng::plan::{Lane, Plan, TableId};
use fencheng::program::{Observe, Points, Program, Seen};

use super::by_hand::Totals;
use super::model::{Point, TAX};

/// What points vary.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Vary {
    /// Every tax base and both shares.
    All,
    /// The town's share of the top tier and of land income.
    Shares,
}

/// The programs of a run, one a group of counties, with what they need.
pub struct Swept<'p> {
    programs: Vec<Program<'p>>,
    /// By tax, town after town, as the plan has them; none where only shares vary.
    bases: Vec<Vec<f64>>,
    planned: i64,
}

fn table(plan: &Plan, name: &str) -> TableId {
    let at = plan.tables.iter().position(|table| table.name == name).expect("a table of this name");
    TableId(u32::try_from(at).unwrap())
}

/// Retained in both books, paid for projects, guarantees unpaid.
fn lanes(run: &Run) -> [Lane; 4] {
    let accounts = &run.compiled.accounts;
    let (retained, purse) = (accounts.retained.as_ref().unwrap(), accounts.purse.as_ref().unwrap());
    [retained.general, retained.fund, run.compiled.plan.projects.paid, purse.guarantees_unmet]
}

impl<'p> Swept<'p> {
    /// Of a run whose scenario is that of [`Point::PLAIN`], but for its scale where only shares vary.
    pub fn of(run: &'p Run, vary: Vary) -> Self {
        let plan = &run.compiled.plan;
        let mut tables = vec![table(plan, "agreement.bench.tax.tier.fourth.share"), table(plan, "agreement.bench.land.share")];
        if vary == Vary::All {
            tables.extend(TAX.iter().map(|tax| table(plan, &format!("source.{}.base", tax.id))));
        }
        let base = |id: &TableId| (0..plan.towns).map(|town| plan.tables[id.0 as usize].at(0, town)).collect();
        let planned = (0..plan.years).flat_map(|year| run.outcome.row(plan.projects.planned, year)).sum::<f64>();
        Self { programs: Program::of(plan, &run.outcome, &tables, &lanes(run)), bases: tables[2..].iter().map(base).collect(), planned: planned as i64 }
    }

    /// Runs points one block after another; totals are added to `out`.
    pub fn run(&self, points: &[Point], out: &mut [Totals]) {
        for program in &self.programs {
            let mut work = program.work();
            for (points, out) in points.chunks(program.block()).zip(out.chunks_mut(program.block())) {
                let mut sums = Sums { lanes: vec![[0.0; 4]; points.len()] };
                let bad = work.run(program, 0..points.len(), &Values { bases: &self.bases, points }, &mut sums);
                assert!(bad.iter().all(|bad| !bad), "a point that cannot be computed");
                out.iter_mut().zip(&sums.lanes).for_each(|(out, lanes)| add(out, *lanes));
            }
        }
        for totals in out {
            totals.planned = self.planned;
            totals.gap = totals.planned - totals.paid;
        }
    }
}

fn add(totals: &mut Totals, [general, fund, paid, unpaid]: [f64; 4]) {
    totals.general += general as i64;
    totals.fund += fund as i64;
    totals.paid += paid as i64;
    totals.guarantees_unpaid += unpaid as i64;
}

/// A block's values of the tables that vary: both shares, then the bases.
struct Values<'a> {
    bases: &'a [Vec<f64>],
    points: &'a [Point],
}

impl Points for Values<'_> {
    fn is_uniform(&self, table: usize) -> bool {
        table < 2
    }

    fn value(&self, table: usize, point: usize, _: usize, place: usize) -> f64 {
        let point = &self.points[point];
        match table {
            0 => Ratio(point.top).coefficient(),
            1 => Ratio(point.land).coefficient(),
            _ => round(self.bases[table - 2][place] * Ratio(point.scale).coefficient()),
        }
    }

    fn row(&self, table: usize, point: usize, _: usize, places: Range<usize>, row: &mut [f64]) {
        let scale = Ratio(self.points[point].scale).coefficient();
        row.iter_mut().zip(&self.bases[table - 2][places]).for_each(|(cell, base)| *cell = round(*base * scale));
    }

    fn changes(&self, _: usize, _: usize) -> bool {
        false
    }
}

/// Totals over years and towns by point.
struct Sums {
    lanes: Vec<[f64; 4]>,
}

impl Observe for Sums {
    fn year<'a>(&mut self, _: usize, points: usize, asked: &dyn Fn(usize) -> Seen<'a>) {
        for lane in 0..4 {
            let seen = asked(lane);
            self.lanes[..points].iter_mut().enumerate().for_each(|(point, sums)| sums[lane] += seen.total(point));
        }
    }
}
