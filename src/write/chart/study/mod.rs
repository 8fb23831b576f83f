//! Charts of studies: sweeps, draws, sensitivity, the front, decompositions, discoveries.
//!
//! Each is a file over its own neutral series with `draw`; `rows` is what charts of one row an item share.

pub mod boxed;
pub mod fan;
pub mod front;
pub mod indices;
pub mod line;
pub mod map;
mod rows;
pub mod screening;
pub mod spread;
pub mod tornado;
pub mod waterfall;

use super::ChartError;
use super::axis::{Axis, BELOW, TICK_GAP, TickStyle};
use super::canvas::{Canvas, Stroke};
use super::layout::Rect;
use super::palette::{FAINT, SOFT};
use super::pen::{Hang, Text};
use super::text::{Face, clean, ellipsis};
use plotters::style::RGBColor;

/// The face of the name of an axis.
const NAME: Face = Face::regular(18.0);
/// Height kept below the labels of a horizontal axis for its name.
const NAMED: f64 = 28.0;
/// From the left end of a plot to the first value, so that the labels of both axes do not meet in the corner.
const INSET: f64 = 30.0;
/// Numbers beyond this are a mistake of the caller.
const MOST_VALUE: f64 = 1e16;

/// A number that can be drawn.
///
/// # Errors
/// [`ChartError::Data`] with what it is of.
fn drawable(of: &str, values: impl IntoIterator<Item = f64>) -> Result<(), ChartError> {
    match values.into_iter().find(|value| !value.is_finite() || value.abs() > MOST_VALUE) {
        Some(bad) => Err(ChartError::Data(format!("{of}: {bad} cannot be drawn"))),
        None => Ok(()),
    }
}

/// Lowest and highest of some values, a little more on both sides; of nothing 0 and 1.
fn extent(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values.into_iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    if low > high {
        return (0.0, 1.0);
    }
    let pad = if high > low { (high - low) * 0.04 } else { high.abs().max(1.0) * 0.05 };
    (low - pad, high + pad)
}

/// The plot in a room: what is left beside the labels of both axes and the name of the lower one.
fn plot_in(room: &Rect, upward: impl Fn(&Rect) -> Axis, suffix: &'static str) -> Rect {
    let style = TickStyle { suffix, ..TickStyle::default() };
    let inner = Rect { y0: room.y0 + 10.0, y1: room.y1 - BELOW - NAMED, ..*room };
    let widest = upward(&inner).ticks().iter().map(|(_, _, text)| style.face.width(&format!("{text}{suffix}"))).fold(0.0, f64::max);
    Rect { x0: (room.x0 + widest + TICK_GAP).round(), ..inner }
}

impl Canvas {
    /// A label beside a point or farther away, then with a thin line to it; what finds no place is dropped and listed.
    fn label_led(&mut self, words: &str, face: Face, color: RGBColor, (x, y): (f64, f64), reach: f64, within: &Rect) -> bool {
        let (height, width) = (Text::height_of(1, face), face.width(words));
        for far in [0.0, 14.0, 30.0, 50.0, 80.0, 120.0, 170.0] {
            for (side, up) in [(0.0, -1.0), (1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (1.0, -1.0), (-1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                let (middle, center) = (x + side * (reach + far + width / 2.0), y + up * (reach + far + height / 2.0));
                let text = Text::left(vec![words.to_owned()], face, color, middle, center - height / 2.0).hung(Hang::Center).cleared();
                let bounds = text.bounds();
                let end = (x.clamp(bounds.x0, bounds.x1), y.clamp(bounds.y0, bounds.y1));
                let (dx, dy) = (end.0 - x, end.1 - y);
                let length = dx.hypot(dy).max(1.0);
                let start = (x + dx / length * reach, y + dy / length * reach);
                let led = far > 20.0;
                if led && !self.scene.clear_line(start, end) {
                    continue;
                }
                if self.text_if_free(text, within, 2.0, false) {
                    if led {
                        self.line(&[start, end], Stroke::solid(FAINT, 1));
                    }
                    return true;
                }
            }
        }
        self.dropped.push(words.to_owned());
        false
    }

    /// The name of the horizontal axis, under its labels at the right end.
    fn name_below(&mut self, words: &str, plot: &Rect) {
        let words = ellipsis(&clean(words), NAME, plot.width());
        if !words.is_empty() {
            self.text(Text::left(vec![words], NAME, SOFT, plot.x1, plot.y1 + BELOW).hung(Hang::Right));
        }
    }

    /// Labels below places of the horizontal axis; those too near to the one before are left out, the last one stands.
    fn labels_below(&mut self, labels: &[(f64, String)], y: f64, within: &Rect) {
        let face = TickStyle::default().face;
        let place = |x: f64, words: &str| {
            let half = face.width(words) / 2.0;
            x.clamp(within.x0 + half, (within.x1 - half).max(within.x0 + half))
        };
        let Some((last, others)) = labels.split_last() else { return };
        let last_start = place(last.0, &last.1) - face.width(&last.1) / 2.0;
        let mut end = f64::NEG_INFINITY;
        for (x, words) in others {
            let (middle, half) = (place(*x, words), face.width(words) / 2.0);
            if middle - half > end + 10.0 && middle + half + 10.0 < last_start {
                self.text(Text::left(vec![words.clone()], face, SOFT, middle, y + 7.0).hung(Hang::Center));
                end = middle + half;
            }
        }
        self.text(Text::left(vec![last.1.clone()], face, SOFT, place(last.0, &last.1), y + 7.0).hung(Hang::Center));
    }
}
