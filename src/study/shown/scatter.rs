//! The points of a discovery over the two inputs that matter most: each by itself where they are few, else counted in cells.

use crate::study::inputs::Input;
use crate::study::math::prim::{Discovery, Limits};

/// More points than this are counted in cells.
const MOST_POINTS: usize = 2_500;
/// Cells along each axis.
const CELLS: usize = 36;

/// An input as an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Its order among the inputs.
    pub input: usize,
    /// The lowest and the highest value of a point, in whole units of the input.
    pub range: (f64, f64),
    /// The limits of the box.
    pub limits: Limits,
}

/// Points over one input or two.
#[derive(Clone, Debug, PartialEq)]
pub struct Scatter {
    /// One axis or two.
    pub sides: Vec<Side>,
    /// Where points lie, how many, and how many are of interest; with one axis the second place is 0.
    pub marks: Vec<Mark>,
    /// Marks are cells, not single points.
    pub in_cells: bool,
}

/// A point, or a cell of points around its middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Its place.
    pub at: [f64; 2],
    /// How many points.
    pub points: usize,
    /// How many of interest.
    pub hits: usize,
}

impl Scatter {
    /// Of points given by column.
    #[must_use]
    pub fn of(columns: &[Vec<f64>], hits: &[bool], discovery: &Discovery) -> Self {
        let sides: Vec<Side> = chosen(columns.len(), discovery).into_iter().map(|input| side(input, &columns[input], discovery)).collect();
        let single = hits.len() <= MOST_POINTS && sides.len() > 1;
        let place = |n: usize, side: usize| sides.get(side).map_or(0.0, |side| columns[side.input][n]);
        let marks = if single {
            hits.iter().enumerate().map(|(n, hit)| Mark { at: [place(n, 0), place(n, 1)], points: 1, hits: usize::from(*hit) }).collect()
        } else {
            cells(&sides, hits, place)
        };
        Self { sides, marks, in_cells: !single }
    }
}

/// The inputs the box limits, the least likely by chance first; then others, up to two.
fn chosen(inputs: usize, discovery: &Discovery) -> Vec<usize> {
    let mut limited = discovery.p_values.clone();
    limited.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut order: Vec<usize> = limited.into_iter().map(|(input, _)| input).collect();
    order.extend((0..inputs).filter(|input| !discovery.region.restricted().any(|limited| limited == *input)));
    order.dedup();
    order.truncate(2);
    order
}

fn side(input: usize, column: &[f64], discovery: &Discovery) -> Side {
    let low = column.iter().copied().fold(f64::INFINITY, f64::min);
    let high = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Side { input, range: (low, high), limits: discovery.region.limits[input] }
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "few cells")]
fn cells(sides: &[Side], hits: &[bool], place: impl Fn(usize, usize) -> f64) -> Vec<Mark> {
    let part = |side: &Side, value: f64| {
        let (low, high) = side.range;
        if high > low { (((value - low) / (high - low) * CELLS as f64) as usize).min(CELLS - 1) } else { 0 }
    };
    let mut counts = vec![(0, 0); CELLS * CELLS];
    for (n, hit) in hits.iter().enumerate() {
        let at: Vec<usize> = sides.iter().enumerate().map(|(order, side)| part(side, place(n, order))).collect();
        let count = &mut counts[at.get(1).copied().unwrap_or(0) * CELLS + at.first().copied().unwrap_or(0)];
        *count = (count.0 + 1, count.1 + usize::from(*hit));
    }
    let middle = |side: Option<&Side>, at: usize| side.map_or(0.0, |side| side.range.0 + (side.range.1 - side.range.0) * (at as f64 + 0.5) / CELLS as f64);
    let mark = |(n, (points, hits)): (usize, (usize, usize))| Mark { at: [middle(sides.first(), n % CELLS), middle(sides.get(1), n / CELLS)], points, hits };
    counts.into_iter().enumerate().filter(|(_, (points, _))| *points > 0).map(mark).collect()
}

/// How many cells there are along an axis, for whoever draws them.
pub const ACROSS: usize = CELLS;

/// The name of a side, and that of a drawn one with several numbers is a mean.
#[must_use]
pub fn name(side: &Side, inputs: &[Input]) -> (String, bool) {
    inputs.get(side.input).map_or_else(|| (String::new(), false), |input| (input.name.clone(), input.width() > 1))
}
