//! What the pictures of a sweep show, gathered while its rows go by: never more than some cells, whatever the number of points.
//!
//! Rows are read as they were written, so that a picture shows what the table holds, whether the sweep was computed just now,
//! resumed, or joined from shards.

pub mod axis;
pub mod cells;
pub mod fan;
pub mod front;
pub mod histogram;
pub mod row;
pub mod scatter;
pub mod tornado;
pub mod words;

use axis::Axis;
use cells::Cells;
use row::{Row, Rower};
use tornado::Tornado;

use super::inputs::{Chosen, Input};
use super::job::{Job, Sum};
use super::measure::{self, Measure};
use super::points::Laid;

/// What a picture of a sweep is.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A measure over one lever or two.
    Cells(Cells),
    /// Inputs moved one after the other.
    Tornado(Box<Tornado>),
    /// Draws alone: how the gap spreads.
    Spread,
}

/// What is gathered of a sweep.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The picture.
    pub shape: Shape,
    /// What it shows.
    pub measure: &'static Measure,
    /// \[分\] Lowest and highest plan of a point, over the whole horizon.
    pub planned: Option<(i64, i64)>,
    rower: Rower,
}

impl Shown {
    /// What is to be gathered of a sweep; nothing where there is one point only.
    #[must_use]
    pub fn of(job: &Job) -> Option<Self> {
        let measure = shown_measure(&job.rows.measures)?;
        let rower = Rower::new(&job.points.inputs, &job.rows.measures, measure, job.rows.unit);
        let shape = match job.points.laid() {
            _ if job.points.count() < 2 => return None,
            Laid::OneAtATime => Shape::Tornado(Box::new(Tornado::new(&job.points))),
            Laid::Crossed(levers) => cells(job, &job.points.inputs[..levers], levers),
            Laid::Drawn => cells(job, &job.points.inputs, 0),
        };
        Some(Self { shape, measure, planned: None, rower })
    }

    /// Adds whole lines of `points` with what was added up of each.
    pub fn add(&mut self, lines: &[u8], sums: impl Iterator<Item = Sum>) {
        for (line, sum) in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).zip(sums) {
            let row = self.rower.read(line, sum);
            if row.fine {
                let (low, high) = self.planned.unwrap_or((sum.planned, sum.planned));
                self.planned = Some((low.min(sum.planned), high.max(sum.planned)));
            }
            self.show(&row);
        }
    }

    fn show(&mut self, row: &Row<'_>) {
        match &mut self.shape {
            Shape::Cells(cells) => cells.add(row),
            Shape::Tornado(tornado) => tornado.add(row),
            Shape::Spread => {}
        }
    }
}

/// What is shown of the measures kept: the first, or coverage where all are.
fn shown_measure(kept: &[&'static Measure]) -> Option<&'static Measure> {
    if kept.len() == measure::ALL.len() { measure::find("coverage") } else { kept.first().copied() }
}

/// A map over the first two levers that take more than one value, a line over one; of draws alone, how they spread.
fn cells(job: &Job, inputs: &[Input], gridded: usize) -> Shape {
    let points = job.points.count();
    let moving = |(_, input): &(usize, &Input)| !matches!(input.chosen, Chosen::Drawn(_)) && axis::moves(input);
    let levers: Vec<(usize, &Input)> = inputs.iter().enumerate().filter(moving).collect();
    let few = levers.len().min(2);
    let axes: Vec<Axis> = levers[..few].iter().map(|(order, input)| Axis::of(*order, input, few, points, job.rows.unit)).collect();
    if axes.is_empty() {
        return Shape::Spread;
    }
    // Further levers of a grid stand where the scenario has them; drawn ones are averaged over.
    let fixed = levers[few..].iter().filter(|_| gridded > 0).map(|(order, input)| axis::base(*order, input, job.rows.unit)).collect();
    Shape::Cells(Cells::new(axes, fixed, levers[few..].iter().filter(|_| gridded == 0).map(|(_, input)| input.name.clone()).collect()))
}
