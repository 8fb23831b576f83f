//! A measure over one lever: a line, its band where points are many, where all plans are paid and where guarantees break.

use super::super::axis::{Axis, TickStyle};
use super::super::canvas::{Canvas, Stroke};
use super::super::frame::{Aspect, Caption};
use super::super::key::Sample;
use super::super::layout::Rect;
use super::super::palette::{ALARM, INK, PAPER, SOFT, mix, series};
use super::super::text::{Face, clean};
use super::super::{ChartError, Drawing};
use super::{drawable, extent, plot_in};

/// A value of the lever.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Where it stands.
    pub place: f64,
    /// As it is printed.
    pub text: String,
    /// The measure there; nothing where it cannot be computed.
    pub value: Option<f64>,
    /// As it is printed.
    pub value_text: String,
    /// Lowest and highest value, where points are several.
    pub band: Option<(f64, f64)>,
    /// All plans are paid.
    pub full: bool,
    /// The county falls short of its three guarantees.
    pub broken: bool,
}

/// The line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LinePicture {
    /// The words around it.
    pub caption: Caption,
    /// The shape of the page.
    pub aspect: Aspect,
    /// The name of the lever.
    pub name: String,
    /// Its values, ascending.
    pub steps: Vec<Step>,
    /// Which of them stands now, with the words for it.
    pub now: Option<(usize, String)>,
    /// Printed after every number of the axis.
    pub suffix: &'static str,
    /// Names of: where all is paid, where guarantees break, the band.
    pub names: [String; 3],
}

/// Draws the line. In [`Drawing::marks`] items are the values of the lever.
///
/// # Errors
/// When there are fewer than two values, numbers that cannot be drawn, or the fonts are damaged.
pub fn draw(data: &LinePicture) -> Result<Drawing, ChartError> {
    if data.steps.len() < 2 {
        return Err(ChartError::Data(format!("{} values of a lever", data.steps.len())));
    }
    let values = || data.steps.iter().flat_map(|step| step.value.into_iter().chain(step.band.into_iter().flat_map(|(low, high)| [low, high])));
    drawable("values", values().chain(data.steps.iter().map(|step| step.place)))?;
    let (mut canvas, mut room) = Canvas::new(&data.caption, data.aspect)?;
    room.y0 = canvas.key(&entries(data), room.x0, room.y0 + 4.0, room.x1, Face::regular(17.0));
    let (low, high) = extent(values());
    let upward = |plot: &Rect| Axis::rounded(low, high, plot.y1, plot.y0, 90.0);
    let plot = plot_in(&room, upward, data.suffix);
    let axis = upward(&plot);
    let (first, last) = (data.steps[0].place, data.steps[data.steps.len() - 1].place);
    let inner = Rect { x0: plot.x0 + 30.0, x1: plot.x1 - 30.0, ..plot };
    let across = Axis::new(first, last, inner.x0, inner.x1, 120.0);
    stripes(&mut canvas, data, &across, &plot);
    canvas.rows(&axis, &plot, TickStyle { suffix: data.suffix, ..TickStyle::default() });
    let labels: Vec<(f64, String)> = data.steps.iter().map(|step| (across.at(step.place), clean(&step.text))).collect();
    canvas.labels_below(&labels, plot.y1, &Rect { x1: plot.x1 + 40.0, ..plot });
    canvas.name_below(&data.name, &plot);
    canvas.scales.push(axis.scale());
    curve(&mut canvas, data, &across, &axis, &plot);
    canvas.finish()
}

fn entries(data: &LinePicture) -> Vec<(Sample, String)> {
    let any = |of: fn(&Step) -> bool| data.steps.iter().any(of);
    let all = [
        (any(|s| s.full) && !data.steps.iter().all(|s| s.full), Sample::Fill(FULL), &data.names[0]),
        (any(|s| s.broken), Sample::Hatched(PAPER, ALARM), &data.names[1]),
        (any(|s| s.band.is_some()), Sample::Fill(mix(series(0), PAPER, 0.75)), &data.names[2]),
    ];
    all.into_iter().filter(|(occurs, ..)| *occurs).map(|(_, sample, name)| (sample, clean(name))).collect()
}

/// The ground on which all plans are paid.
const FULL: plotters::style::RGBColor = plotters::style::RGBColor(222, 240, 228);

/// Stripes of the ground: where all is paid, and hatched where guarantees break; each value owns half the way to its neighbours.
fn stripes(canvas: &mut Canvas, data: &LinePicture, across: &Axis, plot: &Rect) {
    let x = |n: usize| across.at(data.steps[n].place);
    for (n, step) in data.steps.iter().enumerate() {
        let left = if n == 0 { plot.x0 } else { (x(n - 1) + x(n)) / 2.0 };
        let right = if n + 1 == data.steps.len() { plot.x1 } else { (x(n) + x(n + 1)) / 2.0 };
        let stripe = Rect::new(left.round(), plot.y0, right.round(), plot.y1);
        if step.full && !data.steps.iter().all(|s| s.full) {
            canvas.fill(stripe, FULL);
        }
        if step.broken {
            canvas.hatch(&stripe, mix(ALARM, PAPER, 0.55), 14.0, 1);
        }
    }
}

fn curve(canvas: &mut Canvas, data: &LinePicture, across: &Axis, axis: &Axis, plot: &Rect) {
    let at = |place: f64, value: f64| (across.at(place), axis.at(value));
    let banded = |bound: fn((f64, f64)) -> f64| data.steps.iter().filter_map(move |s| s.band.map(|band| (s.place, bound(band))));
    let mut band: Vec<(f64, f64)> = banded(|b| b.1).map(|(p, v)| at(p, v)).collect();
    band.extend(banded(|b| b.0).map(|(p, v)| at(p, v)).collect::<Vec<_>>().into_iter().rev());
    canvas.area(band, mix(series(0), PAPER, 0.75), 1.0);
    // A value that cannot be computed breaks the line.
    for part in data.steps.split(|step| step.value.is_none()) {
        let points: Vec<(f64, f64)> = part.iter().filter_map(|s| Some(at(s.place, s.value?))).collect();
        canvas.solid_line(&points, Stroke::solid(series(0), 4));
    }
    let few = data.steps.len() <= 40;
    for (n, step) in data.steps.iter().enumerate() {
        let Some(value) = step.value else { continue };
        let (x, y) = at(step.place, value);
        canvas.mark(0, n, value, Rect::new(x, y, x, y));
        if few {
            canvas.dot((x, y), 6.0, series(0));
            canvas.scene.strokes.push(Rect::new(x, y, x, y).grown(7.0));
        }
    }
    label(canvas, data, across, axis, plot);
}

/// What stands now, then the ends, the first value that pays for all, and others while there is room.
fn label(canvas: &mut Canvas, data: &LinePicture, across: &Axis, axis: &Axis, plot: &Rect) {
    let last = data.steps.len() - 1;
    let turn = (1..=last).find(|n| data.steps[*n].full != data.steps[*n - 1].full);
    let mut order: Vec<usize> = data.now.iter().map(|(n, _)| *n).chain([0, last]).chain(turn).collect();
    order.extend(0..=last);
    let mut done = Vec::new();
    let dropped = canvas.dropped.len();
    for n in order {
        let Some(value) = data.steps.get(n).and_then(|step| step.value).filter(|_| !done.contains(&n)) else { continue };
        done.push(n);
        let at = (across.at(data.steps[n].place), axis.at(value));
        let now = data.now.as_ref().filter(|(now, _)| *now == n);
        let words = clean(&now.map_or_else(|| data.steps[n].value_text.clone(), |(_, words)| format!("{words} {}", data.steps[n].value_text)));
        let (face, color) = if now.is_some() { (Face::bold(18.0), INK) } else { (Face::regular(16.0), SOFT) };
        canvas.label_near(&words, face, color, at, 11.0, &plot.grown(-2.0));
    }
    // Values that found no place stand in the table; only what stands now must be told.
    canvas.dropped.truncate(dropped);
}
