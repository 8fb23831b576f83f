//! The heat map of gaps: a row a town, a column a year; the darker, the more is missing.
//!
//! Nothing missing, nothing planned and something missing are three different looks. Where rows are too many for names, the first ones (the
//! worst) stand at the left with names and amounts, and all of them small at the right.
//!
//! Marks: series = the row, item = the year, both counted from 0; cells without a plan have none.

use plotters::style::RGBColor;

use super::canvas::{Canvas, Stroke};
use super::key::Sample;
use super::layout::Rect;
use super::palette::{self, FAINT, INK, PAPER, SOFT};
use super::pen::{Hang, Text};
use super::scale::{Slots, step, tick_text};
use super::text::{Face, clean, ellipsis};
use super::{Aspect, Caption, ChartError, Drawing};

/// A row of the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The town.
    pub name: String,
    /// Its gap by year; `None` where nothing is planned.
    pub gaps: Vec<Option<f64>>,
}

/// Everything the picture shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HeatPicture {
    /// The words around the plot.
    pub caption: Caption,
    /// The shape of the canvas.
    pub aspect: Aspect,
    /// The years, ascending.
    pub years: Vec<i32>,
    /// The towns, the worst first.
    pub rows: Vec<Row>,
    /// The titles where rows are too many for names: of those that are named, and of all.
    pub worst: String,
    /// See `worst`.
    pub whole: String,
    /// What "nothing missing", "nothing planned" and the scale (with its unit) are called.
    pub names: [String; 3],
}

const ENOUGH: RGBColor = RGBColor(222, 235, 247);
const NO_PLAN: RGBColor = RGBColor(238, 238, 238);
/// Height kept below the map for its years and the key.
const BELOW: f64 = 92.0;

/// Draws the picture.
///
/// # Errors
/// When rows and years do not fit together, or the embedded fonts are damaged.
pub fn draw(data: &HeatPicture) -> Result<Drawing, ChartError> {
    let sound = |row: &Row| row.gaps.len() == data.years.len() && row.gaps.iter().flatten().all(|gap| gap.is_finite());
    if data.years.is_empty() || data.rows.is_empty() || !data.rows.iter().all(sound) {
        return Err(ChartError::Data("a row of the heat map has not one value a year".into()));
    }
    let (mut canvas, room) = Canvas::new(&data.caption, data.aspect)?;
    let bounds = bounds(data);
    let area = Rect { y0: room.y0 + 6.0, y1: room.y1 - BELOW, ..room };
    let left =
        if area.height() / data.rows.len() as f64 >= LEAST { map(&mut canvas, data, data.rows.len(), &area, &bounds, true) } else { divided(&mut canvas, data, &area, &bounds) };
    key(&mut canvas, data, &bounds, &left, &room);
    canvas.finish()
}

/// The least height of a row that has a name.
const LEAST: f64 = 13.0;
/// The height of a named row where not all are named.
const NAMED: f64 = 25.0;
const TITLE: Face = Face::bold(17.0);

/// The worst rows in full, all of them small beside.
fn divided(canvas: &mut Canvas, data: &HeatPicture, area: &Rect, bounds: &[f64]) -> Rect {
    let area = Rect { y0: area.y0 + 30.0, ..*area };
    let split = (area.x0 + area.width() * 0.60).round();
    let (left, right) = (Rect { x1: split, ..area }, Rect { x0: split + 70.0, ..area });
    let count = ((area.height() / NAMED) as usize).min(data.rows.len());
    let title = |words: &str, x: f64| Text::left(vec![clean(words)], TITLE, INK, x, area.y0 - 28.0);
    let worst = map(canvas, data, count, &left, bounds, true);
    canvas.text(title(&format!("{} {count}", data.worst), worst.x0));
    canvas.text(title(&data.whole, right.x0));
    let whole = map(canvas, data, data.rows.len(), &right, bounds, false);
    // Which rows of the whole stand in full at the left.
    let end = (whole.y0 + whole.height() * count as f64 / data.rows.len() as f64).round();
    let stroke = Stroke::solid(FAINT, 1);
    canvas.line(&[(whole.x0 - 3.0, whole.y0), (whole.x0 - 10.0, whole.y0), (whole.x0 - 10.0, end), (whole.x0 - 3.0, end)], stroke);
    for (from, to) in [(whole.y0, worst.y0), (end, worst.y1)] {
        canvas.line(&[(whole.x0 - 10.0, from), (worst.x1 + 6.0, to)], stroke);
    }
    worst
}

/// The first rows within an area, with their names at the left if `named`; gives back where their cells are.
fn map(canvas: &mut Canvas, data: &HeatPicture, count: usize, area: &Rect, bounds: &[f64], named: bool) -> Rect {
    let height = (area.height() / count as f64).min(80.0);
    let face = Face::regular((height * 0.62).clamp(11.0, 18.0));
    let rows = &data.rows[..count];
    let widest = if named { rows.iter().map(|row| face.width(&clean(&row.name))).fold(0.0, f64::max).min(area.width() * 0.3) } else { 0.0 };
    let x0 = if named { (area.x0 + widest + 14.0).round() } else { area.x0 };
    let map = Rect::new(x0, area.y0, area.x1, (area.y0 + height * count as f64).round());
    let slots = Slots { left: x0, width: map.width() / data.years.len() as f64, count: data.years.len() };
    for (at, row) in rows.iter().enumerate() {
        let y = |k: usize| map.y0 + height * k as f64;
        paint_row(canvas, at, row, bounds, (y(at), y(at + 1)), &slots);
        if named {
            let top = (y(at) + y(at + 1)) / 2.0 - Text::height_of(1, face) / 2.0;
            canvas.text(Text::left(vec![ellipsis(&clean(&row.name), face, widest)], face, INK, x0 - 8.0, top).hung(Hang::Right));
        }
    }
    canvas.outline(map, FAINT, 1.0);
    canvas.years(&slots, &data.years, map.y1, Face::regular(16.0));
    map
}

/// Round bounds of the colour classes, from the smallest above zero on; five classes at most.
fn bounds(data: &HeatPicture) -> Vec<f64> {
    let most = data.rows.iter().flat_map(|row| &row.gaps).flatten().fold(0.0_f64, |a, b| a.max(*b));
    if most <= 0.0 {
        return Vec::new();
    }
    let step = step(most, 5.0);
    let classes = (most / step - 1e-9).ceil().max(1.0) as usize;
    (0..=classes).map(|k| k as f64 * step).collect()
}

/// The colour of a gap: its class.
fn color(gap: f64, bounds: &[f64]) -> RGBColor {
    let classes = bounds.len().saturating_sub(1).max(1);
    let class = (1..classes).filter(|k| gap > bounds[*k]).count();
    class_color(class, classes)
}

fn class_color(class: usize, classes: usize) -> RGBColor {
    palette::sequential((class as f64 + 0.6) / (classes as f64 - 0.4 + 0.6).max(1.0))
}

fn paint_row(canvas: &mut Canvas, at: usize, row: &Row, bounds: &[f64], (y0, y1): (f64, f64), slots: &Slots) {
    for (year, gap) in row.gaps.iter().enumerate() {
        let cell = Rect::new(slots.edge(year), y0.round(), slots.edge(year + 1), y1.round());
        let inner = if cell.height() > 9.0 && cell.width() > 9.0 { Rect { x1: cell.x1 - 1.0, y1: cell.y1 - 1.0, ..cell } } else { cell };
        let Some(gap) = *gap else {
            canvas.fill(inner, NO_PLAN);
            if inner.height() > 9.0 && inner.width() > 9.0 {
                canvas.hatch(&inner, RGBColor(196, 196, 196), 8.0, 1);
            }
            continue;
        };
        let fill = if gap > 0.0 { color(gap, bounds) } else { ENOUGH };
        canvas.fill(inner, fill);
        canvas.mark(at, year, gap, cell);
        write_in(canvas, gap, fill, &inner, bounds);
    }
}

/// The amount inside its cell where it fits.
fn write_in(canvas: &mut Canvas, gap: f64, fill: RGBColor, cell: &Rect, bounds: &[f64]) {
    let face = Face::regular(15.0);
    if gap <= 0.0 || cell.height() < 22.0 {
        return;
    }
    let step = bounds.get(1).copied().unwrap_or(1.0);
    let words = short(gap, step);
    if face.width(&words) + 6.0 <= cell.width() {
        let (x, y) = cell.center();
        canvas.text(Text::left(vec![words], face, palette::readable(fill), x, y - Text::height_of(1, face) / 2.0 - 1.0).hung(Hang::Center));
    }
}

/// As many decimals as tell amounts of a class apart.
fn short(gap: f64, step: f64) -> String {
    let unit = if step >= 100.0 {
        1.0
    } else if step >= 1.0 {
        0.1
    } else {
        libm::pow(10.0, (libm::log10(step) - 1.0).floor().max(-4.0))
    };
    tick_text((gap / unit).round() * unit, unit)
}

fn key(canvas: &mut Canvas, data: &HeatPicture, bounds: &[f64], map: &Rect, room: &Rect) {
    let (face, y) = (Face::regular(16.0), map.y1 + 46.0);
    let [enough, none, scale] = data.names.each_ref().map(|name| clean(name));
    let mut x = map.x0;
    if bounds.len() > 1 {
        canvas.text(Text::left(vec![scale.clone()], face, SOFT, x, y));
        x += face.width(&scale) + 14.0;
        let classes = bounds.len() - 1;
        let colors: Vec<RGBColor> = (0..classes).map(|k| class_color(k, classes)).collect();
        let texts: Vec<String> = bounds.iter().map(|b| tick_text(*b, bounds[1])).collect();
        let width = (64.0 * classes as f64).min((room.x1 - x) * 0.5);
        canvas.color_scale(&colors, &texts, &Rect::new(x, y + 1.0, (x + width).round(), y + 17.0), Face::regular(14.0));
        x += width + 44.0;
    }
    let used = |wanted: bool| data.rows.iter().flat_map(|row| &row.gaps).any(|gap| gap.is_none() == wanted);
    let mut entries = vec![(Sample::Boxed(ENOUGH, RGBColor(150, 170, 190)), enough)];
    if used(true) {
        entries.push((Sample::Hatched(PAPER, RGBColor(150, 150, 150)), none));
    }
    canvas.key(&entries, x, y, room.x1, face);
}
