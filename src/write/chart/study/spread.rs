//! How a result spreads over draws: how often each amount comes, those without any by themselves, median and bad end marked.

use super::super::axis::{Axis, TickStyle};
use super::super::canvas::{Canvas, Stroke};
use super::super::frame::{Aspect, Caption};
use super::super::layout::Rect;
use super::super::palette::{ALARM, INK, PAPER, SOFT, mix, series};
use super::super::pen::{Hang, Text};
use super::super::text::{Face, balanced, clean};
use super::super::{ChartError, Drawing};
use super::{drawable, plot_in};

/// The spread.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SpreadPicture {
    /// The words around it; the unit line names what runs upward (share of draws).
    pub caption: Caption,
    /// The shape of the page.
    pub aspect: Aspect,
    /// What runs to the right, with its unit.
    pub name: String,
    /// Share of draws without a gap, in percent, with the words below its bar.
    pub none: Option<(f64, String)>,
    /// Where the first part starts, and how wide each is.
    pub from: f64,
    /// Width of a part.
    pub width: f64,
    /// Share of draws in each part, in percent.
    pub shares: Vec<f64>,
    /// Values to point out, with their words.
    pub marks: Vec<(f64, String)>,
}

/// Draws the spread. In [`Drawing::marks`] series 0 are the parts, series 1 those without a gap.
///
/// # Errors
/// When there is nothing to draw, or the fonts are damaged.
pub fn draw(data: &SpreadPicture) -> Result<Drawing, ChartError> {
    if data.shares.is_empty() && data.none.is_none() {
        return Err(ChartError::Data("no draws".into()));
    }
    let shares = || data.shares.iter().copied().chain(data.none.iter().map(|(share, _)| *share));
    drawable("shares", shares().chain([data.from, data.width]).chain(data.marks.iter().map(|(value, _)| *value)))?;
    let (mut canvas, room) = Canvas::new(&data.caption, data.aspect)?;
    let high = shares().fold(0.0, f64::max);
    // Room above the bars for the words of what is pointed out.
    let room = Rect { y0: room.y0 + 54.0, ..room };
    let upward = |plot: &Rect| Axis::rounded(0.0, high, plot.y1, plot.y0, 90.0);
    let plot = plot_in(&room, upward, "%");
    let axis = upward(&plot);
    canvas.rows(&axis, &plot, TickStyle { suffix: "%", ..TickStyle::default() });
    canvas.scales.push(axis.scale());
    let left = none(&mut canvas, data, &axis, &plot);
    if !data.shares.is_empty() {
        let area = Rect { x0: left, x1: plot.x1 - 20.0, ..plot };
        let end = data.from + data.width * data.shares.len() as f64;
        let across = Axis::new(data.from, end, area.x0, area.x1, 130.0);
        bars(&mut canvas, data, &across, &axis);
        ticks(&mut canvas, &across, &plot);
        canvas.name_below(&data.name, &plot);
        points(&mut canvas, data, &across, &area);
    }
    canvas.finish()
}

/// The bar of draws without a gap; gives back where the others start.
fn none(canvas: &mut Canvas, data: &SpreadPicture, axis: &Axis, plot: &Rect) -> f64 {
    let Some((share, words)) = data.none.as_ref().filter(|(share, _)| *share > 0.0 || data.shares.is_empty()) else { return plot.x0 + 10.0 };
    let face = Face::regular(17.0);
    let bar = Rect::new(plot.x0 + 20.0, axis.at(*share).round(), plot.x0 + 130.0, plot.y1);
    canvas.fill(bar, series(2));
    canvas.mark(1, 0, *share, bar);
    canvas.scene.areas.push(bar);
    let text = Text::left(vec![format!("{share:.1}%")], Face::bold(17.0), INK, bar.center().0, bar.y0 - 22.0).hung(Hang::Center).cleared();
    canvas.text(text);
    let lines = balanced(&clean(words), face, 150.0);
    canvas.text(Text::left(lines, face, SOFT, bar.center().0, plot.y1 + 7.0).hung(Hang::Center));
    plot.x0 + 190.0
}

fn bars(canvas: &mut Canvas, data: &SpreadPicture, across: &Axis, axis: &Axis) {
    for (part, share) in data.shares.iter().enumerate() {
        let x = |k: usize| across.at(data.from + data.width * k as f64).round();
        let bar = Rect::new(x(part), axis.at(*share).round(), (x(part + 1) - 1.0).max(x(part) + 1.0), axis.at(0.0).round());
        canvas.fill(bar, mix(series(0), PAPER, 0.25));
        canvas.mark(0, part, *share, bar);
        canvas.scene.areas.push(bar);
    }
}

fn ticks(canvas: &mut Canvas, across: &Axis, plot: &Rect) {
    let labels: Vec<(f64, String)> = across.ticks().into_iter().map(|(_, x, text)| (x, text)).collect();
    for (x, _) in &labels {
        canvas.line(&[(*x, plot.y1), (*x, plot.y1 + 5.0)], Stroke::solid(INK, 1));
    }
    let left = labels.first().map_or(plot.x0, |(x, _)| x - 60.0);
    canvas.labels_below(&labels, plot.y1, &Rect { x0: left.max(plot.x0), ..*plot });
}

/// Lines through the bars at what is pointed out, the words above them, apart from each other.
fn points(canvas: &mut Canvas, data: &SpreadPicture, across: &Axis, area: &Rect) {
    let face = Face::bold(17.0);
    for (value, words) in &data.marks {
        let (x, words) = (across.at(*value).clamp(area.x0, area.x1), clean(words));
        let width = face.width(&words);
        let middle = x.clamp(area.x0 + width / 2.0, (area.x1 - width / 2.0).max(area.x0 + width / 2.0));
        let places = [area.y0 - 26.0, area.y0 - 50.0].map(|top| Text::left(vec![words.clone()], face, ALARM, middle, top).hung(Hang::Center));
        let free = places.into_iter().find(|text| canvas.scene.free_on_area(&text.bounds().grown(3.0)));
        let Some(text) = free else {
            canvas.dropped.push(words);
            continue;
        };
        canvas.solid_line(&[(x, text.bounds().y1 + 2.0), (x, area.y1)], Stroke::dashed(ALARM, 2, 7.0, 4.0));
        canvas.text(text);
    }
}
