//! A discovery: points over two inputs, those of interest apart from the others, and the box that holds most of them.

use super::super::axis::{Axis, TickStyle};
use super::super::canvas::{Canvas, Stroke};
use super::super::frame::{Aspect, Caption};
use super::super::key::Sample;
use super::super::layout::Rect;
use super::super::palette::{ALARM, INK, PAPER, mix};
use super::super::text::{Face, clean};
use super::super::{ChartError, Drawing};
use super::{INSET, drawable, plot_in};

/// A point, or a cell of points around its middle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Spot {
    /// To the right.
    pub across: f64,
    /// Upward.
    pub upward: f64,
    /// How many points.
    pub points: usize,
    /// How many of interest.
    pub hits: usize,
}

/// The discovery.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BoxPicture {
    /// The words around it; the unit line names what runs upward.
    pub caption: Caption,
    /// The shape of the page.
    pub aspect: Aspect,
    /// What runs to the right, with its unit.
    pub name: String,
    /// The points.
    pub spots: Vec<Spot>,
    /// How many cells there are along an axis; nothing where spots are single points.
    pub cells: Option<usize>,
    /// Lowest and highest value to the right and upward.
    pub ranges: [(f64, f64); 2],
    /// The box: from and to, to the right and upward; open ends are nothing.
    pub limits: [(Option<f64>, Option<f64>); 2],
    /// Printed after every number: to the right, upward.
    pub suffixes: [&'static str; 2],
    /// Without a second input the axis upward has no numbers.
    pub single: bool,
    /// Names of: points of interest, other points, the box.
    pub names: [String; 3],
}

/// Draws the discovery. In [`Drawing::marks`] series 0 are spots of interest, 1 the others, 2 the box.
///
/// # Errors
/// When there is no point, numbers cannot be drawn, or the fonts are damaged.
pub fn draw(data: &BoxPicture) -> Result<Drawing, ChartError> {
    if data.spots.is_empty() {
        return Err(ChartError::Data("no points".into()));
    }
    let limits = data.limits.iter().flat_map(|(low, high)| low.iter().chain(high));
    drawable("points", data.spots.iter().flat_map(|s| [s.across, s.upward]).chain(data.ranges.iter().flat_map(|(a, b)| [*a, *b])).chain(limits.copied()))?;
    let (mut canvas, mut room) = Canvas::new(&data.caption, data.aspect)?;
    let [hit, other, boxed] = [0, 1, 2].map(|n| clean(&data.names[n]));
    let entries = [(Sample::Fill(ALARM), hit), (Sample::Fill(OTHER), other), (Sample::Line(Stroke::solid(INK, 4)), boxed)];
    room.y0 = canvas.key(&entries, room.x0, room.y0 + 4.0, room.x1, Face::regular(17.0)) + 4.0;
    let [(left, right), (low, high)] = data.ranges.map(|(low, high)| (low - (high - low) * 0.02, high + (high - low) * 0.02));
    let upward = |plot: &Rect| Axis::new(low, high, plot.y1, plot.y0, 90.0);
    let plot = if data.single { Rect { y0: room.y0 + 40.0, y1: room.y1 - 66.0, ..room } } else { plot_in(&room, upward, data.suffixes[1]) };
    let (axis, across) = (upward(&plot), Axis::new(left, right, plot.x0 + INSET, plot.x1 - 20.0, 130.0));
    if !data.single {
        canvas.rows(&axis, &plot, TickStyle { suffix: data.suffixes[1], ..TickStyle::default() });
    }
    canvas.columns(&across, &plot, TickStyle { suffix: data.suffixes[0], ..TickStyle::default() });
    canvas.name_below(&data.name, &plot);
    canvas.scales.extend([across.scale(), axis.scale()]);
    spots(&mut canvas, data, &across, &axis, &plot);
    frame(&mut canvas, data, &across, &axis, &plot);
    canvas.finish()
}

/// Points that are not of interest.
const OTHER: plotters::style::RGBColor = plotters::style::RGBColor(150, 178, 200);

fn spots(canvas: &mut Canvas, data: &BoxPicture, across: &Axis, axis: &Axis, plot: &Rect) {
    let most = data.spots.iter().map(|s| s.points).max().unwrap_or(1) as f64;
    // Points of interest on top.
    let mut order: Vec<usize> = (0..data.spots.len()).collect();
    order.sort_by_key(|n| (data.spots[*n].hits > 0, *n));
    for item in order {
        let spot = &data.spots[item];
        let (x, y) = (across.at(spot.across), axis.at(spot.upward));
        let share = spot.hits as f64 / spot.points.max(1) as f64;
        let series = usize::from(spot.hits == 0);
        let rect = match data.cells {
            None if spot.hits > 0 => Rect::new(x - 3.0, y - 3.0, x + 3.0, y + 3.0),
            None => Rect::new(x - 2.0, y - 2.0, x + 2.0, y + 2.0),
            Some(cells) => {
                // The more points, the larger; a lone one still shows.
                let size = 0.35 + 0.65 * libm::sqrt(spot.points as f64 / most);
                let full = (across.to - across.from).abs() / cells as f64 * 0.46 * size;
                let tall = if data.single { plot.height() / 2.0 * size } else { (axis.from - axis.to).abs() / cells as f64 * 0.46 * size };
                let middle = if data.single { plot.center().1 } else { y };
                Rect::new(x - full, middle - tall, x + full, middle + tall)
            }
        };
        let color = if data.cells.is_some() {
            mix(OTHER, ALARM, share)
        } else if spot.hits > 0 {
            ALARM
        } else {
            OTHER
        };
        canvas.fill(rect, color);
        canvas.mark(series, item, share, rect);
    }
}

/// The box, open where an input is not limited on that side, its limits labelled on the axes.
fn frame(canvas: &mut Canvas, data: &BoxPicture, across: &Axis, axis: &Axis, plot: &Rect) {
    let [(left, right), (low, high)] = data.limits;
    let x = |limit: Option<f64>, open: f64| limit.map_or(open, |v| across.at(v));
    let y = |limit: Option<f64>, open: f64| limit.map_or(open, |v| axis.at(v));
    let rect = Rect::new(x(left, plot.x0), y(high, plot.y0), x(right, plot.x1), y(low, plot.y1));
    canvas.mark(2, 0, 1.0, rect);
    let Rect { x0, y0, x1, y1 } = rect;
    let sides = [(left.is_some(), [(x0, y0), (x0, y1)]), (right.is_some(), [(x1, y0), (x1, y1)]), (low.is_some(), [(x0, y1), (x1, y1)]), (high.is_some(), [(x0, y0), (x1, y0)])];
    for (limited, ends) in sides {
        let stroke = |color, width| if limited { Stroke::solid(color, width) } else { Stroke::dashed(color, width, 4.0, 8.0) };
        canvas.line(&ends, stroke(PAPER, 7));
        canvas.line(&ends, stroke(INK, if limited { 4 } else { 2 }));
    }
}
