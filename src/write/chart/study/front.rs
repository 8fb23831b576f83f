//! The front between two sides: every choice tried, those none of which gives both more, and where the present rules stand.

use std::collections::BTreeSet;

use super::super::axis::{Axis, TickStyle};
use super::super::canvas::{Canvas, Stroke};
use super::super::frame::{Aspect, Caption};
use super::super::key::Sample;
use super::super::layout::Rect;
use super::super::palette::{ALARM, INK, SOFT, series};
use super::super::text::{Face, clean};
use super::super::{ChartError, Drawing};
use super::{INSET, drawable, extent, plot_in};

/// A choice.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Choice {
    /// The figure of the side that runs to the right.
    pub across: f64,
    /// The figure of the side that runs upward.
    pub upward: f64,
    /// No other gives both more.
    pub on_front: bool,
}

/// All choices.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FrontPicture {
    /// The words around it; the unit line names what runs upward.
    pub caption: Caption,
    /// The shape of the page.
    pub aspect: Aspect,
    /// What runs to the right, with its unit.
    pub name: String,
    /// The choices.
    pub choices: Vec<Choice>,
    /// Choices to name, with their words: the ends of the front first.
    pub named: Vec<(Choice, String)>,
    /// The present rules, with their words.
    pub present: Option<(Choice, String)>,
    /// Printed after every number: to the right, upward.
    pub suffixes: [&'static str; 2],
    /// Less is better: to the right, upward.
    pub less_is_better: [bool; 2],
    /// Names of: the front, other choices, the present rules.
    pub names: [String; 3],
}

/// Other choices nearer to each other than this are one mark.
const RASTER: f64 = 6.0;

/// Draws the front. In [`Drawing::marks`] series 0 is the front (items in order to the right), series 1 the present rules.
///
/// # Errors
/// When there is no choice, numbers cannot be drawn, or the fonts are damaged.
pub fn draw(data: &FrontPicture) -> Result<Drawing, ChartError> {
    if data.choices.is_empty() {
        return Err(ChartError::Data("no choices".into()));
    }
    let all = || data.choices.iter().chain(data.present.iter().map(|(choice, _)| choice));
    drawable("figures", all().flat_map(|c| [c.across, c.upward]))?;
    let (mut canvas, mut room) = Canvas::new(&data.caption, data.aspect)?;
    room.y0 = canvas.key(&entries(data), room.x0, room.y0 + 4.0, room.x1, Face::regular(17.0)) + 4.0;
    let (low, high) = extent(all().map(|c| c.upward));
    let upward = |plot: &Rect| Axis::rounded(low, high, plot.y1, plot.y0, 90.0);
    let plot = plot_in(&room, upward, data.suffixes[1]);
    let axis = upward(&plot);
    let (left, right) = extent(all().map(|c| c.across));
    let across = Axis::new(left, right, plot.x0 + INSET, plot.x1 - 20.0, 130.0);
    canvas.rows(&axis, &plot, TickStyle { suffix: data.suffixes[1], ..TickStyle::default() });
    canvas.columns(&across, &plot, TickStyle { suffix: data.suffixes[0], ..TickStyle::default() });
    canvas.name_below(&data.name, &plot);
    canvas.scales.extend([across.scale(), axis.scale()]);
    others(&mut canvas, data, &across, &axis);
    front(&mut canvas, data, &across, &axis);
    label(&mut canvas, data, &across, &axis, &plot);
    canvas.finish()
}

/// Other choices.
const OTHER: plotters::style::RGBColor = plotters::style::RGBColor(176, 176, 176);

fn entries(data: &FrontPicture) -> Vec<(Sample, String)> {
    let [front, other, present] = &data.names;
    let mut entries = vec![(Sample::Line(Stroke::solid(series(0), 4)), clean(front))];
    if data.choices.iter().any(|c| !c.on_front) {
        entries.push((Sample::Fill(OTHER), clean(other)));
    }
    if data.present.is_some() {
        entries.push((Sample::Fill(ALARM), clean(present)));
    }
    entries
}

/// The choices off the front on a raster: a million of them are no more marks than the plot has room for.
fn others(canvas: &mut Canvas, data: &FrontPicture, across: &Axis, axis: &Axis) {
    let place = |at: f64| (at / RASTER).round() as i64;
    let places: BTreeSet<(i64, i64)> = data.choices.iter().filter(|c| !c.on_front).map(|c| (place(across.at(c.across)), place(axis.at(c.upward)))).collect();
    for (x, y) in places {
        let (x, y) = (x as f64 * RASTER, y as f64 * RASTER);
        canvas.fill(Rect::new(x - 2.0, y - 2.0, x + 3.0, y + 3.0), OTHER);
    }
}

/// The front as stairs: between two choices nothing better is known than the worse of both.
fn front(canvas: &mut Canvas, data: &FrontPicture, across: &Axis, axis: &Axis) {
    let mut best: Vec<&Choice> = data.choices.iter().filter(|c| c.on_front).collect();
    best.sort_by(|a, b| a.across.total_cmp(&b.across).then(a.upward.total_cmp(&b.upward)));
    let at = |c: &Choice| (across.at(c.across), axis.at(c.upward));
    let mut stairs = Vec::new();
    for pair in best.windows(2) {
        let (a, b) = (at(pair[0]), at(pair[1]));
        // The corner towards the worse side of both.
        let upward_first = data.less_is_better[0];
        stairs.extend([a, if upward_first { (b.0, a.1) } else { (a.0, b.1) }, b]);
    }
    canvas.solid_line(&stairs, Stroke::solid(series(0), 2));
    let small = best.len() > 60;
    for (item, choice) in best.iter().enumerate() {
        let (x, y) = at(choice);
        canvas.mark(0, item, choice.upward, Rect::new(x, y, x, y));
        if small {
            canvas.fill(Rect::new(x - 2.0, y - 2.0, x + 3.0, y + 3.0), series(0));
        } else {
            canvas.dot((x, y), 6.0, series(0));
        }
        canvas.scene.areas.push(Rect::new(x, y, x, y).grown(if small { 3.0 } else { 7.0 }));
    }
}

fn label(canvas: &mut Canvas, data: &FrontPicture, across: &Axis, axis: &Axis, plot: &Rect) {
    let at = |c: &Choice| (across.at(c.across), axis.at(c.upward));
    if let Some((choice, words)) = &data.present {
        let (x, y) = at(choice);
        canvas.dot((x, y), 9.0, ALARM);
        canvas.mark(1, 0, choice.upward, Rect::new(x, y, x, y));
        canvas.scene.areas.push(Rect::new(x, y, x, y).grown(10.0));
        canvas.label_led(&clean(words), Face::bold(17.0), ALARM, (x, y), 14.0, plot);
    }
    for (n, (choice, words)) in data.named.iter().enumerate() {
        let (face, color) = if n < 2 { (Face::bold(17.0), INK) } else { (Face::regular(15.0), SOFT) };
        let before = canvas.dropped.len();
        canvas.label_led(&clean(words), face, color, at(choice), 12.0, plot);
        if n >= 2 {
            canvas.dropped.truncate(before);
        }
    }
}
