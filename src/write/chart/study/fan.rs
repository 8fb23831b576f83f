//! How the gap of every year spreads over draws: bands around the median against the plan, and the chance of a shortfall below.

use super::super::axis::{Axis, BELOW, TICK_GAP, TickStyle};
use super::super::canvas::{Canvas, Stroke};
use super::super::frame::{Aspect, Caption};
use super::super::key::Sample;
use super::super::layout::Rect;
use super::super::palette::{ALARM, INK, PAPER, SOFT, mix};
use super::super::pen::{Hang, Text};
use super::super::scale::{Slots, thinning};
use super::super::text::{Face, clean};
use super::super::{ChartError, Drawing};
use super::drawable;

/// The fan.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FanPicture {
    /// The words around it.
    pub caption: Caption,
    /// The shape of the page.
    pub aspect: Aspect,
    /// The years.
    pub years: Vec<i32>,
    /// The 5 %, 25 %, 50 %, 75 % and 95 % quantile of the gap, year by year.
    pub quantiles: Vec<[f64; 5]>,
    /// What is planned in each year.
    pub planned: Option<Vec<f64>>,
    /// The chance of a gap in each year, from 0 to 1, and as it is printed.
    pub chances: Vec<(f64, String)>,
    /// Names of: the median, the inner band, the outer band, the plan, the chance.
    pub names: [String; 5],
}

/// Height of the strip of chances, with its title.
const STRIP: f64 = 150.0;

/// Draws the fan. In [`Drawing::marks`] series 0 to 4 are the quantiles, 5 the plan, 6 the chance; items are years.
///
/// # Errors
/// When series differ in length, or the fonts are damaged.
pub fn draw(data: &FanPicture) -> Result<Drawing, ChartError> {
    let years = data.years.len();
    let planned = data.planned.iter().flatten().copied();
    if years == 0 || data.quantiles.len() != years || data.chances.len() != years || data.planned.as_ref().is_some_and(|p| p.len() != years) {
        return Err(ChartError::Data(format!("series of different lengths for {years} years")));
    }
    drawable("gaps", data.quantiles.iter().flatten().copied().chain(planned.clone()).chain(data.chances.iter().map(|(share, _)| *share)))?;
    let (mut canvas, mut room) = Canvas::new(&data.caption, data.aspect)?;
    room.y0 = canvas.key(&entries(data), room.x0, room.y0 + 4.0, room.x1, Face::regular(17.0)) + 6.0;
    let high = data.quantiles.iter().map(|q| q[4]).chain(planned).fold(0.0, f64::max);
    let low = data.quantiles.iter().map(|q| q[0]).fold(0.0, f64::min);
    let bottom = room.y1 - BELOW - STRIP;
    let axis = Axis::rounded(low, high, bottom, room.y0 + 12.0, 80.0);
    let left = room.x0 + axis.widest(TickStyle::default().face) + TICK_GAP;
    let plot = Rect::new(left.round(), room.y0 + 12.0, room.x1, bottom);
    let slots = Slots::new(plot.x0, plot.width(), years);
    let plot = Rect { x1: slots.right(), ..plot };
    canvas.rows(&axis, &plot, TickStyle::default());
    canvas.scales.push(axis.scale());
    bands(&mut canvas, data, &axis, &slots);
    strip(&mut canvas, data, &slots, &Rect::new(plot.x0, bottom + 40.0, plot.x1, room.y1 - BELOW));
    canvas.years(&slots, &data.years, room.y1 - BELOW, Face::regular(17.0));
    canvas.finish()
}

fn shades() -> [plotters::style::RGBColor; 2] {
    [mix(ALARM, PAPER, 0.82), mix(ALARM, PAPER, 0.58)]
}

fn entries(data: &FanPicture) -> Vec<(Sample, String)> {
    let [median, inner, outer, plan, _] = &data.names;
    let [pale, strong] = shades();
    let plan = data.planned.as_ref().map(|_| (Sample::Line(Stroke::dashed(INK, 3, 9.0, 5.0)), clean(plan)));
    [(Sample::Line(Stroke::solid(ALARM, 4)), clean(median)), (Sample::Fill(strong), clean(inner)), (Sample::Fill(pale), clean(outer))].into_iter().chain(plan).collect()
}

/// Both bands, the median and the plan, from middle to middle of the years; of one year as bars.
fn bands(canvas: &mut Canvas, data: &FanPicture, axis: &Axis, slots: &Slots) {
    let years = data.years.len();
    let value = |year: usize, quantile: usize| data.quantiles[year][quantile];
    for ((low, high), color) in [(0, 4), (1, 3)].into_iter().zip(shades()) {
        if years == 1 {
            let (x0, x1) = slots.bar(0);
            canvas.fill(Rect::new(x0, axis.at(value(0, low)), x1, axis.at(value(0, high))), color);
        }
        let mut edge: Vec<(f64, f64)> = (0..years).map(|y| (slots.middle(y), axis.at(value(y, high)))).collect();
        edge.extend((0..years).rev().map(|y| (slots.middle(y), axis.at(value(y, low)))));
        canvas.area(edge, color, 1.0);
    }
    let row = |of: &dyn Fn(usize) -> f64| -> Vec<(f64, f64)> {
        if years == 1 {
            let (x0, x1) = slots.bar(0);
            return vec![(x0, axis.at(of(0))), (x1, axis.at(of(0)))];
        }
        (0..years).map(|y| (slots.middle(y), axis.at(of(y)))).collect()
    };
    canvas.line(&row(&|y| value(y, 2)), Stroke::solid(ALARM, 4));
    if let Some(planned) = &data.planned {
        // Stairs: a plan is of a whole year.
        let stairs: Vec<(f64, f64)> = (0..years).flat_map(|y| [(slots.edge(y), axis.at(planned[y])), (slots.edge(y + 1), axis.at(planned[y]))]).collect();
        canvas.line(&stairs, Stroke::dashed(INK, 3, 9.0, 5.0));
    }
    for year in 0..years {
        let x = slots.middle(year);
        let mut mark = |series: usize, value: f64| canvas.mark(series, year, value, Rect::new(x, axis.at(value), x, axis.at(value)));
        (0..5).for_each(|quantile| mark(quantile, value(year, quantile)));
        data.planned.iter().for_each(|planned| mark(5, planned[year]));
    }
}

/// The chance of every year as a bar from 0 to 100 %, labelled where there is room.
fn strip(canvas: &mut Canvas, data: &FanPicture, slots: &Slots, area: &Rect) {
    let face = Face::regular(17.0);
    canvas.text(Text::left(vec![clean(&data.names[4])], face, SOFT, area.x0, area.y0 - 28.0));
    let axis = Axis::new(0.0, 1.0, area.y1, area.y0 + 22.0, 1_000.0);
    canvas.line(&[(area.x0, area.y1), (area.x1, area.y1)], Stroke::solid(INK, 1));
    let widest = data.chances.iter().map(|(_, text)| Face::regular(15.0).width(text)).fold(0.0, f64::max);
    let every = thinning(widest + 6.0, slots.width);
    for (year, (share, text)) in data.chances.iter().enumerate() {
        let (x0, x1) = slots.bar(year);
        let bar = Rect::new(x0, axis.at(*share).round(), x1, area.y1);
        canvas.fill(bar, mix(ALARM, PAPER, 0.35));
        canvas.mark(6, year, *share, bar);
        if year % every == 0 {
            canvas.text(Text::left(vec![text.clone()], Face::regular(15.0), INK, slots.middle(year), bar.y0 - 19.0).hung(Hang::Center));
        }
    }
    canvas.scales.push(axis.scale());
}
