//! How unequal towns are: Lorenz curves with their Gini coefficients, and the coefficient year by year.
//!
//! Marks: series = the curve and item = its point, value = the cumulative share; after the curves one series more, the coefficient by year.

use super::axis::{Axis, BELOW, TickStyle};
use super::canvas::{Canvas, Stroke};
use super::layout::{Rect, spread};
use super::palette::{self, FAINT, INK, SOFT};
use super::pen::{Hang, Text};
use super::scale::Slots;
use super::text::{Face, clean, ellipsis, wrap};
use super::{Aspect, Caption, ChartError, Drawing};

/// One curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Its name with its coefficient, as "2030 年：0.21".
    pub name: String,
    /// Cumulative shares of the poorest to the richest, in per cent, after each town.
    pub shares: Vec<f64>,
}

/// Everything the picture shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LorenzPicture {
    /// The words around the plot.
    pub caption: Caption,
    /// The shape of the canvas.
    pub aspect: Aspect,
    /// Two to four curves, or one.
    pub curves: Vec<Curve>,
    /// Names of both axes and of the diagonal.
    pub names: [String; 3],
    /// Years of the coefficient.
    pub years: Vec<i32>,
    /// The coefficient by year.
    pub gini: Vec<f64>,
    /// The title of the plot of coefficients.
    pub gini_name: String,
}

/// Draws the picture.
///
/// # Errors
/// When there is no curve, a number is not finite, or the embedded fonts are damaged.
pub fn draw(data: &LorenzPicture) -> Result<Drawing, ChartError> {
    let finite = data.curves.iter().flat_map(|c| &c.shares).chain(&data.gini).all(|v| v.is_finite());
    if data.curves.is_empty() || data.curves.len() > 4 || data.curves.iter().any(|c| c.shares.is_empty()) || !finite || data.years.len() != data.gini.len() {
        return Err(ChartError::Data("1 to 4 curves of finite shares, one coefficient a year".into()));
    }
    let (mut canvas, room) = Canvas::new(&data.caption, data.aspect)?;
    let wide = room.width() > room.height();
    let side = if wide { (room.height() - BELOW - 74.0).min(room.width() * 0.46) } else { (room.width() - 220.0).min(room.height() * 0.55) };
    // One year alone has no development to show: the square stands in the middle.
    let alone = data.years.len() < 2;
    let x0 = if alone { (room.center().0 - side / 2.0).round() } else { room.x0 + 66.0 };
    let plot = Rect::new(x0, room.y0 + 44.0, x0 + side, room.y0 + 44.0 + side);
    square(&mut canvas, data, &plot);
    if alone {
        return canvas.finish();
    }
    let next = if wide { Rect::new(plot.x1 + 190.0, plot.y0, room.x1, plot.y1) } else { Rect::new(plot.x0, plot.y1 + 130.0, room.x1, room.y1 - BELOW) };
    coefficients(&mut canvas, data, &next);
    canvas.finish()
}

fn square(canvas: &mut Canvas, data: &LorenzPicture, plot: &Rect) {
    let lowest = data.curves.iter().flat_map(|c| &c.shares).fold(0.0_f64, |a, b| a.min(*b));
    let up = Axis::new(lowest, 100.0, plot.y1, plot.y0, 90.0);
    let across = Axis::new(0.0, 100.0, plot.x0, plot.x1, 110.0);
    canvas.scales.push(up.scale());
    let style = TickStyle { face: Face::regular(16.0), suffix: "%" };
    canvas.rows(&up, plot, style);
    canvas.columns(&across, plot, style);
    canvas.solid_line(&[(plot.x0, up.at(0.0)), (plot.x1, up.at(100.0))], Stroke::dashed(FAINT, 2, 6.0, 5.0));
    let [x_name, y_name, even] = data.names.each_ref().map(|name| clean(name));
    canvas.text(Text::left(vec![ellipsis(&y_name, Face::regular(16.0), plot.width())], Face::regular(16.0), SOFT, plot.x0, plot.y0 - 28.0));
    let below = wrap(&x_name, Face::regular(16.0), plot.width() + 100.0);
    canvas.text(Text::left(below, Face::regular(16.0), SOFT, plot.x1, plot.y1 + 32.0).hung(Hang::Right));
    let mut ends = Vec::new();
    for (at, curve) in data.curves.iter().enumerate() {
        let n = curve.shares.len() as f64;
        let mut points = vec![(plot.x0, up.at(0.0))];
        for (k, share) in curve.shares.iter().enumerate() {
            let point = (across.at(100.0 * (k as f64 + 1.0) / n), up.at(*share));
            points.push(point);
            canvas.mark(at, k, *share, Rect::new(point.0, point.1, point.0, point.1));
        }
        canvas.solid_line(&points, palette::dash(at, 3));
        // Labels stand at the right, where the curve is at four fifths of its way.
        let bend = points[(points.len() * 4 / 5).min(points.len() - 1)];
        ends.push((at, bend));
    }
    name_curves(canvas, data, &ends, plot);
    let face = Face::regular(16.0);
    let text = Text::left(vec![even.clone()], face, FAINT, plot.x0 + plot.width() * 0.42, up.at(100.0 * 0.42) - 46.0).hung(Hang::Right);
    if !canvas.text_if_free(text, plot, 2.0, true) {
        canvas.dropped.push(even);
    }
}

/// The curves' names in the column to the right, in the order of the curves, with lines to them.
fn name_curves(canvas: &mut Canvas, data: &LorenzPicture, ends: &[(usize, (f64, f64))], plot: &Rect) {
    let face = Face::bold(18.0);
    let heights = vec![Text::height_of(2, face) + 10.0; ends.len()];
    let wishes: Vec<f64> = ends.iter().map(|(_, bend)| bend.1).collect();
    let places = spread(&wishes, &heights, plot.y0, plot.y1);
    for ((at, bend), place) in ends.iter().zip(places) {
        let lines = wrap(&clean(&data.curves[*at].name), face, 150.0);
        let lines: Vec<String> = lines.into_iter().take(2).collect();
        let height = Text::height_of(lines.len(), face);
        canvas.line(&[*bend, (plot.x1 + 10.0, place)], Stroke::solid(palette::series(*at), 1));
        canvas.text(Text::left(lines, face, palette::series(*at), plot.x1 + 16.0, place - height / 2.0));
    }
}

fn coefficients(canvas: &mut Canvas, data: &LorenzPicture, room: &Rect) {
    let face = Face::regular(16.0);
    let most = data.gini.iter().fold(0.0_f64, |a, b| a.max(*b));
    let least = data.gini.iter().fold(0.0_f64, |a, b| a.min(*b));
    let axis = Axis::rounded(least, if most > 0.0 { most } else { 0.1 }, room.y1, room.y0, 90.0);
    let plot = Rect { x0: (room.x0 + axis.widest(face) + 10.0).round(), ..*room };
    canvas.text(Text::left(vec![ellipsis(&clean(&data.gini_name), Face::bold(17.0), room.width())], Face::bold(17.0), INK, room.x0, room.y0 - 30.0));
    canvas.scales.push(axis.scale());
    canvas.rows(&axis, &plot, TickStyle { face, suffix: "" });
    let slots = Slots { left: plot.x0, width: plot.width() / data.years.len() as f64, count: data.years.len() };
    let points: Vec<(f64, f64)> = data.gini.iter().enumerate().map(|(at, g)| (slots.middle(at), axis.at(*g))).collect();
    canvas.solid_line(&points, Stroke::solid(palette::series(0), 3));
    for (at, point) in points.iter().enumerate() {
        canvas.mark(data.curves.len(), at, data.gini[at], Rect::new(point.0, point.1, point.0, point.1));
        if at == 0 || at + 1 == points.len() {
            canvas.dot(*point, 5.0, palette::series(0));
            let words = format!("{:.3}", data.gini[at]);
            let hang = if at == 0 { Hang::Left } else { Hang::Right };
            let (dx, top) = (if hang == Hang::Left { 2.0 } else { -2.0 }, point.1 - 30.0);
            let top = if top < plot.y0 { point.1 + 10.0 } else { top };
            canvas.text(Text::left(vec![words], Face::bold(16.0), palette::series(0), point.0 + dx, top).hung(hang).cleared());
        }
    }
    canvas.years(&slots, &data.years, plot.y1, face);
}
