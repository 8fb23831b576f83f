//! Morris screening: how much every input moves a measure, against how unevenly it does.

use super::super::axis::{Axis, TickStyle};
use super::super::canvas::{Canvas, Stroke};
use super::super::frame::{Aspect, Caption};
use super::super::layout::Rect;
use super::super::palette::{FAINT, INK, series};
use super::super::text::{Face, clean};
use super::super::{ChartError, Drawing};
use super::{INSET, drawable, plot_in};

/// An input.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Point {
    /// Its name.
    pub name: String,
    /// The mean size of its effect.
    pub mean: f64,
    /// The interval of that.
    pub interval: (f64, f64),
    /// The standard deviation of its effects.
    pub deviation: f64,
}

/// All inputs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ScreeningPicture {
    /// The words around it; the unit line names what runs upward (deviation).
    pub caption: Caption,
    /// The shape of the page.
    pub aspect: Aspect,
    /// What runs to the right: the mean size of effects, with its unit.
    pub name: String,
    /// The inputs.
    pub points: Vec<Point>,
    /// Printed after every number.
    pub suffix: &'static str,
    /// The words of the line on which both are equal.
    pub line: String,
}

/// Draws the points. In [`Drawing::marks`] items are inputs, the value is the mean size of the effect.
///
/// # Errors
/// When there is no input, numbers cannot be drawn, or the fonts are damaged.
pub fn draw(data: &ScreeningPicture) -> Result<Drawing, ChartError> {
    if data.points.is_empty() {
        return Err(ChartError::Data("no inputs".into()));
    }
    drawable("effects", data.points.iter().flat_map(|p| [p.mean, p.deviation, p.interval.0, p.interval.1]))?;
    let (mut canvas, room) = Canvas::new(&data.caption, data.aspect)?;
    let far = data.points.iter().map(|p| p.mean.max(p.interval.1)).fold(0.0, f64::max);
    let high = data.points.iter().map(|p| p.deviation).fold(0.0, f64::max);
    // An input whose effects are even lies low: the axis must not blow its noise up.
    let high = high.max(far * 0.25);
    let upward = |plot: &Rect| Axis::rounded(0.0, high * 1.08, plot.y1, plot.y0, 90.0);
    let plot = plot_in(&room, upward, data.suffix);
    let axis = upward(&plot);
    let across = Axis::rounded(0.0, far * 1.05, plot.x0 + INSET, plot.x1 - 30.0, 130.0);
    let style = TickStyle { suffix: data.suffix, ..TickStyle::default() };
    canvas.rows(&axis, &plot, style);
    canvas.columns(&across, &plot, style);
    canvas.name_below(&data.name, &plot);
    canvas.scales.push(across.scale());
    diagonal(&mut canvas, data, &across, &axis, &plot);
    for point in &data.points {
        let at = (across.at(point.mean), axis.at(point.deviation));
        let (from, to) = (across.at(point.interval.0.max(0.0)), across.at(point.interval.1));
        canvas.solid_line(&[(from, at.1), (to, at.1)], Stroke::solid(INK, 2));
        canvas.scene.strokes.push(Rect::new(at.0, at.1, at.0, at.1).grown(9.0));
    }
    for (item, point) in data.points.iter().enumerate() {
        let at = (across.at(point.mean), axis.at(point.deviation));
        canvas.dot(at, 7.0, series(0));
        canvas.mark(0, item, point.mean, Rect::new(at.0, at.1, at.0, at.1));
    }
    for point in &data.points {
        let at = (across.at(point.mean), axis.at(point.deviation));
        canvas.label_led(&clean(&point.name), Face::regular(17.0), INK, at, 12.0, &Rect { x1: plot.x1 + 30.0, ..plot });
    }
    canvas.finish()
}

/// Where both are equal: above it an input acts together with others or not evenly.
fn diagonal(canvas: &mut Canvas, data: &ScreeningPicture, across: &Axis, axis: &Axis, plot: &Rect) {
    let end = across.high.min(axis.high);
    let (from, to) = ((across.at(0.0), axis.at(0.0)), (across.at(end), axis.at(end)));
    canvas.solid_line(&[from, to], Stroke::dashed(FAINT, 1, 6.0, 5.0));
    let before = canvas.dropped.len();
    canvas.label_near(&clean(&data.line), Face::regular(15.0), FAINT, ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0), 10.0, plot);
    canvas.dropped.truncate(before);
}
