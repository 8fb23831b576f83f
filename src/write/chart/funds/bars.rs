//! Numbers as rectangles, hatching and step lines.

use super::FundsPicture;
use crate::write::chart::layout::{Rect, dashes, hatching};
use crate::write::chart::palette::{self, ALARM, INK, PAPER, Paint};
use crate::write::chart::pen::Pen;
use crate::write::chart::scale::{Scale, Slots};
use crate::write::chart::{ChartError, Mark, text};

/// The paints of all stacks.
pub(super) fn paints(data: &FundsPicture) -> Vec<Paint> {
    let nth = |at: usize| data.stacks[..at].iter().filter(|other| other.role == data.stacks[at].role).count();
    (0..data.stacks.len()).map(|at| palette::paint(data.stacks[at].role, nth(at))).collect()
}

/// All segments: positive values upward from zero, negative ones downward.
pub(super) fn segments(data: &FundsPicture, scale: &Scale, slots: &Slots) -> Vec<Mark> {
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
                bars.push(Mark { series: stack, item: year, value, rect });
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
pub(super) fn paint_segments(pen: &mut Pen, bars: &[Mark], paints: &[Paint]) -> Result<(), ChartError> {
    for bar in bars {
        // The thin white separator is taken from the end farther from zero.
        let mut rect = bar.rect;
        if rect.height() > 3.0 {
            if bar.value > 0.0 {
                rect.y0 += 1.0;
            } else {
                rect.y1 -= 1.0;
            }
        }
        patch(pen, &rect, &paints[bar.series])?;
    }
    Ok(())
}

/// A patch of a source's paint, with its edge if it has one.
pub(super) fn patch(pen: &mut Pen, rect: &Rect, paint: &Paint) -> Result<(), ChartError> {
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
pub(super) fn paint_gap(pen: &mut Pen, rect: &Rect, stack_top: f64) -> Result<(), ChartError> {
    // Only the part above the stack: negative values can push a gap into it.
    let ground = Rect { y1: rect.y1.min(stack_top), ..*rect };
    pen.fill(&ground, PAPER)?;
    let apart = match rect.width() {
        narrow if narrow < 30.0 => 7.0,
        wide if wide > 150.0 => 12.0,
        _ => 9.0,
    };
    for line in hatching(rect, apart) {
        pen.path(&line, ALARM, 2)?;
    }
    Ok(())
}

/// Paints both step lines. The dashes go on top, so that both can be seen where
/// nothing but recurrent spending is planned.
pub(super) fn paint_lines(pen: &mut Pen, plan: &[(f64, f64)], recurrent: &[(f64, f64)]) -> Result<(), ChartError> {
    if plan.is_empty() && recurrent.is_empty() {
        return Ok(());
    }
    pen.path(recurrent, PAPER, 4)?;
    pen.path(plan, PAPER, 8)?;
    pen.path(plan, ALARM, 5)?;
    for dash in dashes(recurrent, 9.0, 5.0) {
        pen.path(&dash, INK, 2)?;
    }
    Ok(())
}

/// The name of a stack as it is drawn.
pub(super) fn name(data: &FundsPicture, stack: usize) -> String {
    text::clean(&data.stacks[stack].name)
}
