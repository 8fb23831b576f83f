//! The only part that touches plotters: texts, areas and lines on an SVG sheet,
//! and the record of every text drawn.

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{PathElement, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, RGBColor, TextStyle};

use super::fonts::{FAMILY, PLOTTERS_EM};
use super::layout::Rect;
use super::text::{Face, clean, escape};
use super::{ChartError, Label};

/// Height of a line's box above and below its baseline, in em.
const ABOVE: f64 = 0.90;
const BELOW: f64 = 0.20;
/// From one baseline to the next, in em.
const LEADING: f64 = 1.26;
/// plotters puts the baseline this far below a text anchored at its top.
const PLOTTERS_TOP: f64 = 0.76;

/// Where a text hangs on its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hang {
    Left,
    Center,
    Right,
}

/// A text of one or more lines at its place. `x` is the left edge, the middle
/// or the right edge, `top` the upper edge of the first line's box.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    pub lines: Vec<String>,
    pub face: Face,
    pub color: RGBColor,
    pub hang: Hang,
    pub x: f64,
    pub top: f64,
    /// Clear the ground (grid lines) under the text.
    pub clear: bool,
}

impl Text {
    /// A text hanging on its left edge, with the ground left as it is.
    pub fn left(lines: Vec<String>, face: Face, color: RGBColor, x: f64, top: f64) -> Self {
        Text { lines, face, color, hang: Hang::Left, x: x.round(), top, clear: false }
    }

    /// The same text hanging differently on its point.
    pub fn hung(self, hang: Hang) -> Self {
        Text { hang, ..self }
    }

    /// The same text with the grid cleared under it.
    pub fn cleared(self) -> Self {
        Text { clear: true, ..self }
    }

    /// Height of a number of lines in a face.
    pub fn height_of(lines: usize, face: Face) -> f64 {
        face.size * (ABOVE + BELOW + LEADING * lines.saturating_sub(1) as f64)
    }

    fn baseline(&self, line: usize) -> f64 {
        (self.top + self.face.size * (ABOVE + LEADING * line as f64)).round()
    }

    /// The box of one line.
    fn line_box(&self, line: usize) -> Rect {
        let width = self.face.width(&self.lines[line]);
        let x0 = match self.hang {
            Hang::Left => self.x,
            Hang::Center => self.x - width / 2.0,
            Hang::Right => self.x - width,
        };
        let base = self.baseline(line);
        Rect::new(x0, base - ABOVE * self.face.size, x0 + width, base + BELOW * self.face.size)
    }

    /// The boxes of all lines.
    pub fn boxes(&self) -> Vec<Rect> {
        (0..self.lines.len()).map(|line| self.line_box(line)).collect()
    }

    /// The box around all lines.
    pub fn bounds(&self) -> Rect {
        let mut boxes = self.boxes().into_iter();
        let first = boxes.next().unwrap_or(Rect::new(self.x, self.top, self.x, self.top));
        boxes.fold(first, |all, one| Rect { x0: all.x0.min(one.x0), y0: all.y0.min(one.y0), x1: all.x1.max(one.x1), y1: all.y1.max(one.y1) })
    }
}

/// A plotters sheet that records its texts.
pub(super) struct Pen<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    labels: Vec<Label>,
    /// For every path and area in order, its points to a tenth of a pixel where whole pixels would show as stairs.
    fine: Vec<Option<String>>,
}

fn point(at: (f64, f64)) -> (i32, i32) {
    (at.0.round() as i32, at.1.round() as i32)
}

fn failed<E: std::fmt::Display>(why: E) -> ChartError {
    ChartError::Draw(why.to_string())
}

impl<'a> Pen<'a> {
    /// An empty white sheet written into `svg`.
    pub fn new(svg: &'a mut String, size: (u32, u32), paper: RGBColor) -> Result<Self, ChartError> {
        let area = SVGBackend::with_string(svg, size).into_drawing_area();
        area.fill(&paper).map_err(failed)?;
        Ok(Pen { area, labels: Vec::new(), fine: Vec::new() })
    }

    /// Ends the sheet; gives back the record of texts and the fine points for [`finished`].
    pub fn finish(self) -> Result<(Vec<Label>, Vec<Option<String>>), ChartError> {
        self.area.present().map_err(failed)?;
        Ok((self.labels, self.fine))
    }

    /// A filled rectangle; nothing if it is thinner than a pixel.
    pub fn fill(&self, rect: &Rect, color: RGBColor) -> Result<(), ChartError> {
        let corners = [point((rect.x0, rect.y0)), point((rect.x1, rect.y1))];
        if corners[0].0 >= corners[1].0 || corners[0].1 >= corners[1].1 {
            return Ok(());
        }
        self.area.draw(&Rectangle::new(corners, color.filled())).map_err(failed)
    }

    /// A line through points, in whole pixels.
    pub fn path(&mut self, points: &[(f64, f64)], color: RGBColor, width: u32) -> Result<(), ChartError> {
        let points: Vec<_> = points.iter().map(|&at| point(at)).collect();
        self.fine.push(None);
        self.area.draw(&PathElement::new(points, color.stroke_width(width))).map_err(failed)
    }

    /// A line through points that may slope or bend.
    pub fn curve(&mut self, points: &[(f64, f64)], color: RGBColor, width: u32) -> Result<(), ChartError> {
        self.path(points, color, width)?;
        self.refine(points);
        Ok(())
    }

    /// A filled area; `opacity` from 0 to 1.
    pub fn area(&mut self, points: &[(f64, f64)], color: RGBColor, opacity: f64) -> Result<(), ChartError> {
        if points.len() < 3 || opacity <= 0.0 {
            return Ok(());
        }
        let corners: Vec<_> = points.iter().map(|&at| point(at)).collect();
        self.fine.push(None);
        self.area.draw(&Polygon::new(corners, color.mix(opacity.min(1.0)).filled())).map_err(failed)?;
        self.refine(points);
        Ok(())
    }

    fn refine(&mut self, points: &[(f64, f64)]) {
        let tenth = |v: f64| (v * 10.0).round() / 10.0;
        if let Some(last) = self.fine.last_mut() {
            let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", tenth(*x), tenth(*y))).collect();
            *last = Some(points.join(" "));
        }
    }

    /// A text; its boxes are recorded.
    pub fn text(&mut self, text: &Text) -> Result<(), ChartError> {
        let size = text.face.size;
        let font = FontDesc::new(FontFamily::Name(FAMILY), plotters_size(size), text.face.weight.style());
        let hang = match text.hang {
            Hang::Left => HPos::Left,
            Hang::Center => HPos::Center,
            Hang::Right => HPos::Right,
        };
        let style = TextStyle::from(font).color(&text.color).pos(Pos::new(hang, VPos::Top));
        for (line, rect) in text.boxes().into_iter().enumerate() {
            if text.clear {
                self.fill(&rect.grown(2.0), super::palette::PAPER)?;
            }
            let top = text.baseline(line) - PLOTTERS_TOP * size;
            self.area.draw_text(&text.lines[line], &style, point((text.x, top))).map_err(failed)?;
            self.labels.push(Label { text: text.lines[line].clone(), rect });
        }
        Ok(())
    }
}

/// The plotters size that comes out as exactly `size` in the SVG.
fn plotters_size(size: f64) -> f64 {
    let near = size * PLOTTERS_EM;
    let choices = [near, near.next_up(), near.next_down()];
    choices.into_iter().find(|&choice| choice / PLOTTERS_EM == size).unwrap_or(near)
}

/// The SVG with its title, for screen readers and for the PDF, and with the fine points of curves in place of whole pixels.
pub(super) fn finished(svg: String, fine: Vec<Option<String>>, headline: &str) -> String {
    let Some(at) = svg.find(">\n") else {
        return svg;
    };
    let (head, mut rest) = svg.split_at(at);
    let mut out = format!("{head} role=\"img\"><title>{}</title>", escape(&clean(headline)));
    rest = &rest[1..];
    for points in fine {
        let Some(tag) = rest.find("<poly") else { break };
        let Some(from) = rest[tag..].find("points=\"").map(|at| tag + at + 8) else { break };
        let Some(end) = rest[from..].find('"').map(|at| from + at) else { break };
        out.push_str(&rest[..from]);
        out.push_str(points.as_deref().unwrap_or(&rest[from..end]));
        rest = &rest[end..];
    }
    out + rest
}
