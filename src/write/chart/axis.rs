//! Axes of values, in either direction, and of categories; how they are painted.

use super::canvas::{Canvas, Stroke};
use super::layout::Rect;
use super::palette::{FAINT, GRID, INK, SOFT};
use super::pen::{Hang, Text};
use super::scale::{Slots, step, thinning, tick_text, ticks};
use super::text::Face;

/// Between a tick's label and the grid.
pub(super) const TICK_GAP: f64 = 10.0;
/// Height kept below a plot for the labels of one axis.
pub(super) const BELOW: f64 = 34.0;

/// An axis of values: `low` stands at pixel `from`, `high` at pixel `to`.
///
/// For rows give the bottom as `from`, for columns the left end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Axis {
    /// Lowest value shown.
    pub low: f64,
    /// Highest value shown.
    pub high: f64,
    /// Pixel of `low`.
    pub from: f64,
    /// Pixel of `high`.
    pub to: f64,
    /// Distance of its ticks.
    pub step: f64,
}

impl Axis {
    /// An axis over just these values, with about one tick every `apart` pixels. A span of nothing becomes one unit.
    pub fn new(low: f64, high: f64, from: f64, to: f64, apart: f64) -> Self {
        let high = if high - low < 1e-12 { low + 1.0 } else { high };
        // On a low panel one tick beside zero is all that can be read.
        let wanted = ((to - from).abs() / apart).clamp(1.0, 8.0);
        Axis { low, high, from, to, step: step(high - low, wanted) }
    }

    /// The same, reaching from and to round values, so that the last tick stands at the end.
    pub fn rounded(low: f64, high: f64, from: f64, to: f64, apart: f64) -> Self {
        let axis = Axis::new(low, high, from, to, apart);
        let out = |value: f64, up: bool| {
            let steps = value / axis.step;
            let whole = if up { (steps - 1e-9).ceil() } else { (steps + 1e-9).floor() };
            whole * axis.step
        };
        Axis { low: out(axis.low, false), high: out(axis.high, true), ..axis }
    }

    /// The pixel of a value.
    pub fn at(&self, value: f64) -> f64 {
        // Scaled before subtracting, so that the largest numbers cannot overflow.
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// Pixels per unit of value.
    pub fn per_unit(&self) -> f64 {
        (self.to - self.from).abs() / (self.high - self.low)
    }

    /// What [`super::Drawing::scales`] says of this axis.
    pub fn scale(&self) -> (f64, f64) {
        (self.at(0.0), self.per_unit())
    }

    /// Round values within the axis, with their pixel and text.
    pub fn ticks(&self) -> Vec<(f64, f64, String)> {
        let values = ticks(self.low, self.high, self.step);
        values.into_iter().map(|value| (value, self.at(value).round(), tick_text(value, self.step))).collect()
    }

    /// Width of the widest tick label.
    pub fn widest(&self, face: Face) -> f64 {
        self.ticks().iter().map(|(_, _, text)| face.width(text)).fold(0.0, f64::max)
    }
}

/// How the ticks of an axis read: plain numbers, or with something after each (as "%").
#[derive(Debug, Clone, Copy)]
pub(super) struct TickStyle {
    /// The face of the labels.
    pub face: Face,
    /// Printed after every number.
    pub suffix: &'static str,
}

impl Default for TickStyle {
    fn default() -> Self {
        TickStyle { face: Face::regular(17.0), suffix: "" }
    }
}

impl Canvas {
    /// Grid lines and labels of an axis whose values run upward; labels hang left of `plot.x0`. Zero is stronger.
    pub fn rows(&mut self, axis: &Axis, plot: &Rect, style: TickStyle) {
        for (value, y, text) in axis.ticks() {
            let color = if value == 0.0 { INK } else { GRID };
            self.line(&[(plot.x0, y), (plot.x1, y)], Stroke::solid(color, 1));
            let words = format!("{text}{}", style.suffix);
            let label = Text::left(vec![words], style.face, SOFT, plot.x0 - TICK_GAP, y - style.face.size * 0.54);
            self.text(label.hung(Hang::Right));
        }
    }

    /// Grid lines and labels of an axis whose values run to the right; labels stand below `plot.y1`. Labels too near to the one before are left out.
    pub fn columns(&mut self, axis: &Axis, plot: &Rect, style: TickStyle) {
        let mut end = f64::NEG_INFINITY;
        for (value, x, text) in axis.ticks() {
            let color = if value == 0.0 { INK } else { GRID };
            self.line(&[(x, plot.y0), (x, plot.y1)], Stroke::solid(color, 1));
            let words = format!("{text}{}", style.suffix);
            let half = style.face.width(&words) / 2.0;
            if x - half > end + 8.0 {
                self.text(Text::left(vec![words], style.face, SOFT, x, plot.y1 + 10.0).hung(Hang::Center));
                end = x + half;
            }
        }
    }

    /// The years below a plot: every one, or every second, fifth, … where they are too near.
    pub fn years(&mut self, slots: &Slots, years: &[i32], y: f64, face: Face) {
        let widest = years.iter().map(|year| face.width(&year.to_string())).fold(0.0, f64::max);
        let every = thinning(widest + face.size, slots.width);
        let mut shown: Vec<usize> = (0..years.len()).filter(|at| every == 1 || i64::from(years[*at]).rem_euclid(every as i64) == 0).collect();
        if shown.is_empty() {
            shown = vec![0];
        }
        for at in shown {
            let middle = slots.middle(at).round();
            if every > 1 {
                self.line(&[(middle, y + 1.0), (middle, y + 5.0)], Stroke::solid(FAINT, 1));
            }
            self.text(Text::left(vec![years[at].to_string()], face, SOFT, middle, y + 7.0).hung(Hang::Center));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_runs_both_ways() {
        let up = Axis::new(-1.0, 3.0, 400.0, 0.0, 100.0);
        assert_eq!((up.at(-1.0), up.at(0.0), up.at(3.0)), (400.0, 300.0, 0.0));
        assert_eq!(up.scale(), (300.0, 100.0));
        let right = Axis::rounded(0.0, 9.3, 0.0, 500.0, 100.0);
        assert_eq!((right.high, right.ticks().len()), (10.0, 6));
        assert!(Axis::new(0.0, 0.0, 0.0, 1.0, 50.0).at(0.0).is_finite());
    }
}
