//! Keys: what colours mean, where names find no place beside what they name.

use plotters::style::RGBColor;

use super::canvas::{Canvas, Stroke};
use super::layout::Rect;
use super::palette::{FAINT, INK, SOFT};
use super::pen::{Hang, Text};
use super::text::Face;

/// How an entry of a key looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sample {
    /// A filled patch.
    Fill(RGBColor),
    /// A patch hatched in the second colour.
    Hatched(RGBColor, RGBColor),
    /// A patch of the first colour with an edge of the second.
    Boxed(RGBColor, RGBColor),
    /// A patch with only an edge.
    Edge(RGBColor),
    /// A piece of line.
    Line(Stroke),
}

const PATCH: (f64, f64) = (22.0, 14.0);
const AFTER: f64 = 7.0;
const APART: f64 = 26.0;

impl Canvas {
    /// A row of samples with their names, from `x` at the row `y` (top), wrapped at `right`; gives back the row below it.
    pub fn key(&mut self, entries: &[(Sample, String)], x: f64, y: f64, right: f64, face: Face) -> f64 {
        let (mut at, mut top, line) = (x, y, face.size * 1.5);
        for (sample, name) in entries {
            let width = PATCH.0 + AFTER + face.width(name);
            if at > x && at + width > right {
                at = x;
                top += line;
            }
            let middle = top + face.size * 0.56;
            self.sample(*sample, Rect::new(at.round(), (middle - PATCH.1 / 2.0).round(), (at + PATCH.0).round(), (middle + PATCH.1 / 2.0).round()));
            self.text(Text::left(vec![name.clone()], face, SOFT, at + PATCH.0 + AFTER, top));
            at += width + APART;
        }
        top + line
    }

    /// One sample in its rectangle.
    pub fn sample(&mut self, sample: Sample, rect: Rect) {
        match sample {
            Sample::Fill(color) => self.fill(rect, color),
            Sample::Hatched(ground, lines) => {
                self.fill(rect, ground);
                self.hatch(&rect, lines, 6.0, 1);
                self.outline(rect, FAINT, 1.0);
            }
            Sample::Boxed(ground, edge) => {
                self.fill(rect, ground);
                self.outline(rect, edge, 2.0);
            }
            Sample::Edge(color) => self.outline(rect, color, 1.0),
            Sample::Line(stroke) => {
                let y = rect.center().1;
                self.line(&[(rect.x0, y), (rect.x1, y)], stroke);
            }
        }
    }

    /// A scale of colours in steps: `colors` between `bounds` (one more than colours), each bound labelled below where it does not touch the one before.
    pub fn color_scale(&mut self, colors: &[RGBColor], bounds: &[String], rect: &Rect, face: Face) {
        let width = rect.width() / colors.len().max(1) as f64;
        for (at, color) in colors.iter().enumerate() {
            let x = rect.x0 + width * at as f64;
            self.fill(Rect::new(x.round(), rect.y0, (x + width).round(), rect.y1), *color);
        }
        self.outline(*rect, INK, 1.0);
        let mut end = f64::NEG_INFINITY;
        for (at, words) in bounds.iter().enumerate() {
            let x = (rect.x0 + width * at as f64).round();
            let half = face.width(words) / 2.0;
            if x - half > end + 4.0 {
                self.line(&[(x, rect.y1), (x, rect.y1 + 4.0)], Stroke::solid(INK, 1));
                self.text(Text::left(vec![words.clone()], face, SOFT, x, rect.y1 + 5.0).hung(Hang::Center));
                end = x + half;
            }
        }
    }
}
