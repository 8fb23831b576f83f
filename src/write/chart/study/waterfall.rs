//! A difference taken apart: from before over every changed rule to after, one panel a figure, the rules below each other.

use super::super::axis::{Axis, BELOW, TickStyle};
use super::super::canvas::{Canvas, Stroke};
use super::super::frame::{Aspect, Caption};
use super::super::layout::Rect;
use super::super::palette::{FAINT, GRID, INK, PAPER, SOFT, mix, series};
use super::super::pen::{Hang, Text};
use super::super::text::{Face, clean, ellipsis};
use super::super::{ChartError, Drawing};
use super::drawable;

/// A figure taken apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Panel {
    /// Its name with its unit.
    pub name: String,
    /// Before and after, as printed.
    pub ends: [String; 2],
    /// What each rule brings, in the unit of the panel, and as printed.
    pub steps: Vec<(f64, String)>,
    /// More is better: what each rule adds is painted blue, else ochre.
    pub more_is_better: bool,
}

/// The picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WaterfallPicture {
    /// The words around it.
    pub caption: Caption,
    /// The shape of the page.
    pub aspect: Aspect,
    /// What stands before, every rule, what stands after: one more than steps on both sides.
    pub names: Vec<String>,
    /// The figures.
    pub panels: Vec<Panel>,
}

/// Between panels.
const APART: f64 = 34.0;
/// Height of the head of a panel.
const HEAD: f64 = 34.0;

/// Draws the panels. In [`Drawing::marks`] the series is the panel, items are the rules; of the total the item is their number.
///
/// # Errors
/// When names and steps do not fit, or the fonts are damaged.
pub fn draw(data: &WaterfallPicture) -> Result<Drawing, ChartError> {
    let steps = data.names.len().saturating_sub(2);
    if data.panels.is_empty() || data.names.len() < 2 || data.panels.iter().any(|panel| panel.steps.len() != steps) {
        return Err(ChartError::Data(format!("{} names do not fit the steps", data.names.len())));
    }
    drawable("steps", data.panels.iter().flat_map(|panel| panel.steps.iter().map(|(value, _)| *value)))?;
    let (mut canvas, room) = Canvas::new(&data.caption, data.aspect)?;
    let inner = Rect { y0: room.y0 + HEAD + 8.0, y1: room.y1 - BELOW, ..room };
    let rows = canvas.names(&data.names, &inner);
    let count = data.panels.len() as f64;
    let width = (rows.plot.width() - APART * (count - 1.0)) / count;
    for (n, panel) in data.panels.iter().enumerate() {
        let x = (rows.plot.x0 + (width + APART) * n as f64).round();
        let plot = Rect { x0: x, x1: (x + width).round(), ..rows.plot };
        let name = clean(&panel.name);
        let head = [18.0, 16.0, 14.0].map(Face::bold).into_iter().find(|face| face.width(&name) <= width).unwrap_or(Face::bold(13.0));
        canvas.text(Text::left(vec![ellipsis(&name, head, width)], head, INK, x, room.y0 + 6.0));
        lay(&mut canvas, panel, n, &plot, rows.height);
    }
    canvas.finish()
}

/// Where each step starts and ends, from 0; the last is the whole.
fn ladder(panel: &Panel) -> Vec<(f64, f64)> {
    let mut at = 0.0;
    let mut all = vec![(0.0, 0.0)];
    for (value, _) in &panel.steps {
        all.push((at, at + value));
        at += value;
    }
    all.push((0.0, at));
    all
}

fn lay(canvas: &mut Canvas, panel: &Panel, number: usize, plot: &Rect, height: f64) {
    let ladder = ladder(panel);
    let face = Face::regular((height * 0.7).clamp(11.0, 17.0).floor());
    let texts: Vec<String> = std::iter::once(&panel.ends[0]).chain(panel.steps.iter().map(|(_, text)| text)).chain([&panel.ends[1]]).map(|text| clean(text)).collect();
    let widest = texts.iter().map(|text| Face::bold(face.size).width(text)).fold(0.0, f64::max) + 10.0;
    let (low, high) = ladder.iter().fold((0.0_f64, 0.0_f64), |(low, high), (a, b)| (low.min(*a).min(*b), high.max(*a).max(*b)));
    // Words stand right of a bar, so room is kept there; where that is too little they stand on the other side.
    let axis = Axis::new(low, high, plot.x0 + 4.0, (plot.x1 - widest).max(plot.x0 + plot.width() * 0.3), 110.0);
    canvas.columns(&axis, plot, TickStyle { face: Face::regular(15.0), suffix: "" });
    canvas.scales.push(axis.scale());
    let half = (height * 0.32).clamp(4.0, 22.0);
    for (row, (from, to)) in ladder.iter().enumerate() {
        let y = (plot.y0 + height * (row as f64 + 0.5)).round();
        let rect = Rect::new(axis.at(*from).round(), y - half, axis.at(*to).round(), y + half);
        let ends = row == 0 || row + 1 == ladder.len();
        paint(canvas, rect, *to - *from, ends, panel.more_is_better);
        if row > 0 {
            canvas.mark(number, row - 1, to - from, rect);
        }
        if row + 1 < ladder.len() {
            let x = axis.at(*to).round();
            canvas.line(&[(x, y + half), (x, y + height - half)], Stroke::dashed(FAINT, 1, 3.0, 3.0));
        }
        let text =
            Text::left(vec![texts[row].clone()], if ends { Face::bold(face.size) } else { face }, if ends { INK } else { SOFT }, rect.x1 + 7.0, y - Text::height_of(1, face) / 2.0);
        canvas.text(text.hung(Hang::Left).cleared());
    }
}

/// What is better is blue, what is worse ochre and hatched; the whole is grey; what stands before is a line.
fn paint(canvas: &mut Canvas, rect: Rect, value: f64, ends: bool, more_is_better: bool) {
    let thin = Rect { x1: rect.x1.max(rect.x0 + 2.0), ..rect };
    match (ends, (value > 0.0) == more_is_better) {
        (true, _) => canvas.fill(thin, mix(INK, PAPER, 0.45)),
        (false, true) => canvas.fill(thin, series(0)),
        (false, false) if value == 0.0 => canvas.fill(thin, GRID),
        (false, false) => {
            canvas.fill(thin, mix(series(3), PAPER, 0.3));
            canvas.hatch(&thin, INK, 8.0, 1);
            canvas.outline(thin, INK, 1.0);
        }
    }
}
