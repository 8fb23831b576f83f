//! Where one yuan goes: a band from what is raised to who gets it, level by level, by way of what county and town share.
//!
//! Marks: series = the panel, item = the end, both counted from 0.

use plotters::style::RGBColor;

use super::canvas::{Canvas, Stroke};
use super::layout::{Rect, spread};
use super::palette::{self, FAINT, INK, SOFT};
use super::pen::{Hang, Text};
use super::text::{Face, balanced, clean, ellipsis, wrap};
use super::{Aspect, Caption, ChartError, Drawing, grid};

/// Who gets a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taker {
    /// Central 中央, province 省, city 市: greys, darker the higher.
    Central,
    /// 省
    Province,
    /// 市
    City,
    /// 县: green.
    County,
    /// 镇: blue, the strongest colour of the page.
    Town,
    /// Costs paid to outsiders 社会: ochre.
    Outside,
    /// Set aside for a purpose 计提: pale with an edge.
    SetAside,
}

impl Taker {
    const fn color(self) -> RGBColor {
        match self {
            Taker::Central => RGBColor(96, 96, 96),
            Taker::Province => RGBColor(140, 140, 140),
            Taker::City => RGBColor(180, 180, 180),
            Taker::County => RGBColor(84, 147, 123),
            Taker::Town => RGBColor(0, 84, 147),
            Taker::Outside => RGBColor(208, 162, 48),
            Taker::SetAside => RGBColor(214, 196, 222),
        }
    }
}

/// A part of the yuan.
#[derive(Debug, Clone, PartialEq)]
pub struct End {
    /// Who gets it and for what, as "县".
    pub name: String,
    /// Its amount; not below zero.
    pub amount: f64,
    /// Its share and amount in words, as "0.35 元 · 56.0 亿元".
    pub text: String,
    /// Who gets it; decides the colour.
    pub taker: Taker,
    /// It passes through what county and town share.
    pub is_shared: bool,
}

/// One yuan of something.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowPanel {
    /// What is raised, as "税收 1 元".
    pub title: String,
    /// Its amount in words.
    pub total: String,
    /// The name of what county and town share.
    pub shared: String,
    /// The parts; those shared come last.
    pub ends: Vec<End>,
    /// What is not in the bands, if anything (as money that is added).
    pub note: Option<String>,
}

/// Everything the picture shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FlowPicture {
    /// The words around the plot.
    pub caption: Caption,
    /// The shape of the canvas.
    pub aspect: Aspect,
    /// One, two or three flows.
    pub panels: Vec<FlowPanel>,
}

const NODE: f64 = 26.0;
const NAME: Face = Face::bold(19.0);
const WORDS: Face = Face::regular(16.0);

/// Draws the picture.
///
/// # Errors
/// When an amount is negative or not finite, or the embedded fonts are damaged.
pub fn draw(data: &FlowPicture) -> Result<Drawing, ChartError> {
    let sound = |end: &End| end.amount.is_finite() && end.amount >= 0.0;
    if data.panels.is_empty() || data.panels.len() > 3 || !data.panels.iter().flat_map(|p| &p.ends).all(sound) {
        return Err(ChartError::Data("1 to 3 flows of amounts that are not negative".into()));
    }
    let (mut canvas, room) = Canvas::new(&data.caption, data.aspect)?;
    let count = data.panels.len();
    let division = if room.width() > room.height() { (count, 1) } else { (1, count) };
    for (at, cell) in grid::cells(&room, division, (60.0, 30.0)).into_iter().enumerate() {
        panel(&mut canvas, at, &data.panels[at], &cell);
    }
    canvas.finish()
}

fn panel(canvas: &mut Canvas, at: usize, data: &FlowPanel, cell: &Rect) {
    let title = ellipsis(&clean(&data.title), Face::bold(22.0), cell.width());
    canvas.text(Text::left(vec![title], Face::bold(22.0), INK, cell.x0, cell.y0 + 4.0));
    canvas.text(Text::left(vec![ellipsis(&clean(&data.total), WORDS, cell.width())], WORDS, SOFT, cell.x0, cell.y0 + 32.0));
    let mut plot = Rect { y0: cell.y0 + 66.0, y1: cell.y1 - 4.0, ..*cell };
    if let Some(note) = &data.note {
        let lines = wrap(&clean(note), WORDS, cell.width());
        let height = Text::height_of(lines.len(), WORDS);
        canvas.text(Text::left(lines, WORDS, SOFT, cell.x0, plot.y1 - height));
        plot.y1 -= height + 12.0;
    }
    let total: f64 = data.ends.iter().map(|end| end.amount).sum();
    if total > 0.0 {
        bands(canvas, at, data, &plot, total);
    } else {
        canvas.line(&[(plot.x0, plot.y0 + 20.0), (plot.x1, plot.y0 + 20.0)], Stroke::dashed(FAINT, 1, 6.0, 5.0));
    }
}

/// Where an end stands at the right, and its label.
struct Place {
    end: Rect,
    label: f64,
}

fn bands(canvas: &mut Canvas, at: usize, data: &FlowPanel, plot: &Rect, total: f64) {
    let ends: Vec<&End> = data.ends.iter().filter(|end| end.amount > 0.0).collect();
    let gap = (plot.height() * 0.30 / ends.len().max(1) as f64).min(34.0);
    let per_unit = (plot.height() - gap * ends.len().saturating_sub(1) as f64) / total;
    canvas.scales.push((plot.y0, per_unit));
    let is_flat = ends.len() > MOST_TALL;
    let right = (plot.x1 - (widest(&ends, is_flat) + 24.0).min(plot.width() * 0.5)).round();
    let places = places(&ends, plot, right, (gap, per_unit), is_flat);
    let left = Rect::new(plot.x0, plot.y0 + (plot.height() - total * per_unit) / 2.0, plot.x0 + NODE, plot.y0 + (plot.height() + total * per_unit) / 2.0);
    canvas.fill(left, INK);
    let middle = middle(&ends, &places, &left, right, per_unit);
    let mut from = left.y0;
    let mut inner = middle.map_or(0.0, |m| m.y0);
    if let Some(middle) = middle {
        let taken: f64 = ends.iter().filter(|end| !end.is_shared).map(|end| end.amount * per_unit).sum();
        band(canvas, (left.x1, left.y0 + taken), (middle.x0, middle.y0), middle.height(), RGBColor(120, 120, 120), 0.28);
        canvas.fill(middle, FAINT);
    }
    for (n, (end, place)) in ends.iter().zip(&places).enumerate() {
        let thick = end.amount * per_unit;
        let start = match middle {
            Some(middle) if end.is_shared => {
                inner += thick;
                (middle.x1, inner - thick)
            }
            _ => {
                from += thick;
                (left.x1, from - thick)
            }
        };
        band(canvas, start, (place.end.x0, place.end.y0), thick, end.taker.color(), 0.55);
        canvas.fill(Rect { y1: place.end.y1.max(place.end.y0 + 1.0), ..place.end }, end.taker.color());
        canvas.mark(at, data.ends.iter().position(|e| std::ptr::eq(e, *end)).unwrap_or(n), end.amount, place.end);
        label(canvas, end, place, plot, is_flat);
    }
    if let Some(middle) = middle {
        name_middle(canvas, &data.shared, &left, &middle, plot);
    }
}

/// Up to this many labels have their amount below their name, more have it beside.
const MOST_TALL: usize = 5;
/// Between name and amount on one line.
const BESIDE: f64 = 12.0;

fn widest(ends: &[&End], is_flat: bool) -> f64 {
    let width = |end: &&End| {
        let (name, words) = (NAME.width(&clean(&end.name)), WORDS.width(&clean(&end.text)));
        if is_flat { name + BESIDE + words } else { name.max(words) }
    };
    ends.iter().map(width).fold(0.0, f64::max)
}

fn label_height(is_flat: bool) -> f64 {
    Text::height_of(1, NAME) + if is_flat { 0.0 } else { Text::height_of(1, WORDS) + 2.0 }
}

fn places(ends: &[&End], plot: &Rect, right: f64, (gap, per_unit): (f64, f64), is_flat: bool) -> Vec<Place> {
    let mut top = plot.y0;
    let mut rects = Vec::new();
    for end in ends {
        let thick = end.amount * per_unit;
        rects.push(Rect::new(right - NODE, top, right, top + thick));
        top += thick + gap;
    }
    let height = label_height(is_flat) + 8.0;
    let wishes: Vec<f64> = rects.iter().map(|rect| rect.center().1).collect();
    let labels = spread(&wishes, &vec![height; rects.len()], plot.y0 - 8.0, plot.y1 + 8.0);
    rects.into_iter().zip(labels).map(|(end, label)| Place { end, label }).collect()
}

/// The node of what county and town share: halfway, at the height of its ends.
fn middle(ends: &[&End], places: &[Place], left: &Rect, right: f64, per_unit: f64) -> Option<Rect> {
    let shared: f64 = ends.iter().filter(|end| end.is_shared).map(|end| end.amount).sum();
    let taken = ends.iter().any(|end| !end.is_shared);
    let first = ends.iter().position(|end| end.is_shared).filter(|_| shared > 0.0 && taken)?;
    let wish = (places[first].end.y0 + places.last()?.end.y1 - shared * per_unit) / 2.0;
    let x = (left.x1 + (right - NODE - left.x1) * 0.5).round();
    Some(Rect::new(x, wish, x + NODE * 0.6, wish + shared * per_unit))
}

/// A band of even thickness along an S-curve.
fn band(canvas: &mut Canvas, from: (f64, f64), to: (f64, f64), thick: f64, color: RGBColor, opacity: f64) {
    const PIECES: usize = 28;
    let at = |k: usize, shift: f64| {
        let t = k as f64 / PIECES as f64;
        let smooth = t * t * (3.0 - 2.0 * t);
        (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * smooth + shift)
    };
    let thick = thick.max(0.8);
    let upper = (0..=PIECES).map(|k| at(k, 0.0));
    let lower = (0..=PIECES).rev().map(|k| at(k, thick));
    canvas.area(upper.chain(lower).collect(), color, opacity);
}

fn label(canvas: &mut Canvas, end: &End, place: &Place, plot: &Rect, is_flat: bool) {
    let x = place.end.x1 + 16.0;
    let room = plot.x1 - x;
    let top = place.label - label_height(is_flat) / 2.0;
    let middle = place.end.center().1;
    if (middle - place.label).abs() > 3.0 {
        canvas.line(&[(place.end.x1 + 2.0, middle), (x - 4.0, place.label)], Stroke::solid(FAINT, 1));
    }
    let color = if end.taker == Taker::Town { palette::series(0) } else { INK };
    let name = ellipsis(&clean(&end.name), NAME, room);
    let (beside, below) = if is_flat { (NAME.width(&name) + BESIDE, (NAME.size - WORDS.size) * 0.9) } else { (0.0, Text::height_of(1, NAME) + 2.0) };
    canvas.text(Text::left(vec![name], NAME, color, x, top));
    let words = ellipsis(&clean(&end.text), WORDS, room - beside);
    canvas.text(Text::left(vec![words], WORDS, SOFT, x + beside, top + below));
}

/// The name stands on the band that leads to the node where that is thick enough, else below or above the node.
fn name_middle(canvas: &mut Canvas, name: &str, left: &Rect, middle: &Rect, plot: &Rect) {
    let face = Face::regular(15.0);
    let lines = balanced(&clean(name), face, 170.0);
    let height = Text::height_of(lines.len(), face);
    let text = |x: f64, top: f64| Text::left(lines.clone(), face, INK, x, top).hung(Hang::Center);
    if middle.height() > 2.2 * height && face.widest(&lines) + 20.0 < middle.x0 - left.x1 {
        let x = middle.x0 - face.widest(&lines) / 2.0 - 12.0;
        canvas.text(text(x, middle.center().1 - height / 2.0));
    } else if middle.y1 + 4.0 + height < plot.y1 + 12.0 {
        canvas.text(text(middle.center().0, middle.y1 + 4.0));
    } else {
        canvas.text(text(middle.center().0, middle.y0 - height - 4.0).cleared());
    }
}
