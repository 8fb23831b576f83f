//! Numbers as rectangles, hatching and step lines.

use super::funds::FundsPicture;
use super::layout::Rect;
use super::palette::{self, ALARM, INK, PAPER, Paint};
use super::pen::Pen;
use super::scale::{Scale, Slots};
use super::{ChartError, text};

/// One segment of a stacked bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Which stack of [`FundsPicture::stacks`].
    pub stack: usize,
    /// Which year, counted from 0.
    pub year: usize,
    /// The value it shows.
    pub value: f64,
    /// Its place, in whole pixels. Neighbours share an edge; the thin white
    /// separator is taken from the end farther from zero when it is painted.
    pub rect: Rect,
}

/// The paints of all stacks.
pub(super) fn paints(data: &FundsPicture) -> Vec<Paint> {
    let nth = |at: usize| data.stacks[..at].iter().filter(|other| other.role == data.stacks[at].role).count();
    (0..data.stacks.len()).map(|at| palette::paint(data.stacks[at].role, nth(at))).collect()
}

/// All segments: positive values upward from zero, negative ones downward.
pub(super) fn segments(data: &FundsPicture, scale: &Scale, slots: &Slots) -> Vec<Bar> {
    let mut bars = Vec::new();
    for year in 0..data.years.len() {
        let (x0, x1) = slots.bar(year);
        let mut ends = [0.0_f64; 2];
        for (stack, series) in data.stacks.iter().enumerate() {
            let value = series.values[year];
            let end = &mut ends[usize::from(value < 0.0)];
            let from = scale.row(*end);
            *end += value;
            let rect = Rect::new(x0, f64::from(from), x1, f64::from(scale.row(*end)));
            if value != 0.0 {
                bars.push(Bar { stack, year, value, rect });
            }
        }
    }
    bars
}

/// The hatched gaps: from what is there up to the planned spending.
pub(super) fn gaps(data: &FundsPicture, scale: &Scale, slots: &Slots) -> Vec<Option<Rect>> {
    let one = |year: usize| {
        let top = data.spending(year);
        let (x0, x1) = slots.bar(year);
        let (y0, y1) = (scale.row(top), scale.row(top - data.gap[year]));
        (data.gap[year] > 0.0 && y1 > y0).then(|| Rect::new(x0, f64::from(y0), x1, f64::from(y1)))
    };
    (0..data.years.len()).map(one).collect()
}

/// The corners of a step line.
pub(super) fn steps(values: &[f64], scale: &Scale, slots: &Slots) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    for (at, &value) in values.iter().enumerate() {
        let y = f64::from(scale.row(value));
        points.push((slots.edge(at), y));
        points.push((slots.edge(at + 1), y));
    }
    points
}

/// A step line as thin rectangles, for collisions.
pub(super) fn strokes(points: &[(f64, f64)], half: f64) -> Vec<Rect> {
    points.windows(2).map(|ends| Rect::new(ends[0].0, ends[0].1, ends[1].0, ends[1].1).grown(half)).collect()
}

/// Paints the segments.
pub(super) fn paint_segments(pen: &Pen, bars: &[Bar], paints: &[Paint]) -> Result<(), ChartError> {
    for bar in bars {
        let mut rect = bar.rect;
        if rect.height() > 3.0 {
            if bar.value > 0.0 {
                rect.y0 += 1.0;
            } else {
                rect.y1 -= 1.0;
            }
        }
        patch(pen, &rect, &paints[bar.stack])?;
    }
    Ok(())
}

/// A patch of a source's paint, with its edge if it has one.
pub(super) fn patch(pen: &Pen, rect: &Rect, paint: &Paint) -> Result<(), ChartError> {
    match paint.edge {
        Some(edge) if rect.height() > 4.0 => {
            pen.fill(rect, edge)?;
            pen.fill(&rect.grown(-2.0), paint.fill)
        }
        Some(edge) => pen.fill(rect, edge),
        None => pen.fill(rect, paint.fill),
    }
}

/// Paints a gap: white ground and red lines at 45 degrees, cut at its edges.
pub(super) fn paint_gap(pen: &Pen, rect: &Rect, stack_top: f64) -> Result<(), ChartError> {
    // Only the part above the stack: negative values can push a gap into it.
    let ground = Rect { y1: rect.y1.min(stack_top), ..*rect };
    pen.fill(&ground, PAPER)?;
    let apart = match rect.width() {
        narrow if narrow < 30.0 => 7.0,
        wide if wide > 150.0 => 12.0,
        _ => 9.0,
    };
    // The lines are x + y = constant; all gaps share the same raster.
    let mut sum = ((rect.x0 + rect.y0) / apart).ceil() * apart;
    while sum < rect.x1 + rect.y1 {
        let low = ((sum - rect.y1).max(rect.x0), (sum - rect.x0).min(rect.y1));
        let high = ((sum - rect.y0).min(rect.x1), (sum - rect.x1).max(rect.y0));
        if high.0 > low.0 {
            pen.path(&[low, high], ALARM, 2)?;
        }
        sum += apart;
    }
    Ok(())
}

/// Paints both step lines. The dashes go on top, so that both can be seen where
/// nothing but recurrent spending is planned.
pub(super) fn paint_lines(pen: &Pen, plan: &[(f64, f64)], recurrent: &[(f64, f64)]) -> Result<(), ChartError> {
    pen.path(recurrent, PAPER, 4)?;
    pen.path(plan, PAPER, 8)?;
    pen.path(plan, ALARM, 5)?;
    for dash in dashes(recurrent, 9.0, 5.0) {
        pen.path(&dash, INK, 2)?;
    }
    Ok(())
}

/// Cuts a line into dashes that run on around its corners.
fn dashes(points: &[(f64, f64)], on: f64, off: f64) -> Vec<Vec<(f64, f64)>> {
    let mut out = Vec::new();
    let mut dash: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
    let (mut drawing, mut left) = (true, on);
    for ends in points.windows(2) {
        let (mut at, to) = (ends[0], ends[1]);
        loop {
            let length = (to.0 - at.0).hypot(to.1 - at.1);
            if length <= left {
                left -= length;
                if drawing && length > 0.0 {
                    dash.push(to);
                }
                break;
            }
            at = (at.0 + (to.0 - at.0) * left / length, at.1 + (to.1 - at.1) * left / length);
            if drawing {
                dash.push(at);
                out.push(std::mem::take(&mut dash));
                left = off;
            } else {
                dash = vec![at];
                left = on;
            }
            drawing = !drawing;
        }
    }
    if drawing && dash.len() > 1 {
        out.push(dash);
    }
    out
}

/// The name of a stack as it is drawn.
pub(super) fn name(data: &FundsPicture, stack: usize) -> String {
    text::clean(&data.stacks[stack].name)
}
