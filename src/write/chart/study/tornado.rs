//! One input after the other from its low to its high end: bars around what stands now, the longest on top.

use super::super::axis::{Axis, BELOW, TickStyle};
use super::super::canvas::{Canvas, Stroke};
use super::super::frame::{Aspect, Caption};
use super::super::key::Sample;
use super::super::layout::Rect;
use super::super::palette::{INK, PAPER, SOFT, mix, series};
use super::super::pen::{Hang, Text};
use super::super::text::{Face, clean};
use super::super::{ChartError, Drawing};
use super::rows::Rows;
use super::{NAMED, drawable, extent};

/// An end of an input.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct End {
    /// The value of the input, and of the measure there, as printed beside the bar.
    pub text: String,
    /// The measure; nothing where it cannot be computed.
    pub value: Option<f64>,
}

/// An input.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bar {
    /// Its name.
    pub name: String,
    /// Its low end and its high end.
    pub ends: [End; 2],
}

/// All inputs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TornadoPicture {
    /// The words around it.
    pub caption: Caption,
    /// The shape of the page.
    pub aspect: Aspect,
    /// The measure with its unit.
    pub name: String,
    /// The measure where nothing moves, and as printed.
    pub base: (f64, String),
    /// The inputs, the one that moves the measure most first.
    pub bars: Vec<Bar>,
    /// Printed after every number of the axis.
    pub suffix: &'static str,
    /// Names of the low and of the high end.
    pub names: [String; 2],
}

/// Draws the bars. In [`Drawing::marks`] series 0 and 1 are the ends, items the inputs.
///
/// # Errors
/// When there is no input, numbers cannot be drawn, or the fonts are damaged.
pub fn draw(data: &TornadoPicture) -> Result<Drawing, ChartError> {
    if data.bars.is_empty() {
        return Err(ChartError::Data("no inputs".into()));
    }
    let values = || data.bars.iter().flat_map(|bar| bar.ends.iter().filter_map(|end| end.value)).chain([data.base.0]);
    drawable("ends", values())?;
    let (mut canvas, mut room) = Canvas::new(&data.caption, data.aspect)?;
    let entries = [0, 1].map(|end| (sample(end), clean(&data.names[end])));
    room.y0 = canvas.key(&entries, room.x0, room.y0 + 4.0, room.x1, Face::regular(17.0)) + 30.0;
    room.y1 -= BELOW + NAMED;
    let most = Rows::most(&room);
    let bars = &data.bars[..data.bars.len().min(most)];
    canvas.dropped.extend(data.bars[bars.len()..].iter().map(|bar| bar.name.clone()));
    let names: Vec<String> = bars.iter().map(|bar| bar.name.clone()).collect();
    let rows = canvas.names(&names, &room);
    let face = rows.face();
    // The words beside the ends need room inside the plot.
    let beside = bars.iter().flat_map(|bar| &bar.ends).map(|end| face.width(&clean(&end.text))).fold(0.0, f64::max) + 14.0;
    let (low, high) = extent(values());
    let inner = (rows.plot.x0 + beside.min(rows.plot.width() * 0.36), rows.plot.x1 - beside.min(rows.plot.width() * 0.36));
    let axis = Axis::new(low, high, inner.0, inner.1, 130.0);
    canvas.columns(&axis, &rows.plot, TickStyle { suffix: data.suffix, ..TickStyle::default() });
    canvas.name_below(&data.name, &rows.plot);
    canvas.scales.push(axis.scale());
    paint(&mut canvas, bars, data.base.0, &axis, &rows);
    base(&mut canvas, data, &axis, &rows);
    canvas.finish()
}

/// The low end is hatched, so that both are told apart without colour.
fn sample(end: usize) -> Sample {
    if end == 0 { Sample::Hatched(mix(series(3), PAPER, 0.5), INK) } else { Sample::Fill(series(0)) }
}

fn paint(canvas: &mut Canvas, bars: &[Bar], base: f64, axis: &Axis, rows: &Rows) {
    let half = (rows.height * 0.34).clamp(4.0, 20.0);
    let zero = axis.at(base).round();
    for (row, bar) in bars.iter().enumerate() {
        let y = rows.middle(row);
        let both_up = bar.ends.iter().all(|end| end.value.is_some_and(|v| v > base));
        let both_down = bar.ends.iter().all(|end| end.value.is_some_and(|v| v < base));
        for (order, end) in bar.ends.iter().enumerate() {
            let Some(value) = end.value else { continue };
            let rect = Rect::new(zero, y - half, axis.at(value).round(), y + half);
            // Both ends on one side share the row.
            let rect = if both_up || both_down { Rect { y0: if order == 0 { rect.y0 } else { y }, y1: if order == 0 { y } else { rect.y1 }, ..rect } } else { rect };
            match sample(order) {
                Sample::Hatched(ground, lines) => {
                    canvas.fill(rect, ground);
                    canvas.hatch(&rect, lines, 7.0, 1);
                    canvas.outline(rect, INK, 1.0);
                }
                _ => canvas.fill(rect, series(0)),
            }
            canvas.mark(order, row, value, rect);
            canvas.scene.areas.push(rect);
        }
    }
    for (row, bar) in bars.iter().enumerate() {
        ends(canvas, bar, base, axis, rows, row);
    }
}

/// The words at both ends: outward of the bar; of two ends on one side those of the longer.
fn ends(canvas: &mut Canvas, bar: &Bar, base: f64, axis: &Axis, rows: &Rows, row: usize) {
    let face = rows.face();
    for end in &bar.ends {
        let Some(value) = end.value else { continue };
        let (x, y) = (axis.at(value), rows.middle(row));
        let leftward = value < base || (value == base && bar.ends.iter().any(|other| other.value.is_some_and(|v| v > base)));
        let (x, hang) = if leftward { (x - 7.0, Hang::Right) } else { (x + 7.0, Hang::Left) };
        let text = Text::left(vec![clean(&end.text)], face, SOFT, x, y - Text::height_of(1, face) / 2.0).hung(hang).cleared();
        canvas.text_if_free(text, &Rect { x0: rows.plot.x0 - 10.0, x1: rows.plot.x1 + 40.0, ..rows.plot }, 0.0, false);
    }
}

/// The line of what stands now, its value above.
fn base(canvas: &mut Canvas, data: &TornadoPicture, axis: &Axis, rows: &Rows) {
    let (x, face) = (axis.at(data.base.0).round(), Face::bold(17.0));
    canvas.line(&[(x, rows.plot.y0 - 4.0), (x, rows.plot.y1)], Stroke::solid(INK, 2));
    let words = clean(&data.base.1);
    let half = face.width(&words) / 2.0;
    let middle = x.clamp(rows.plot.x0 + half, (rows.plot.x1 - half).max(rows.plot.x0 + half));
    canvas.text(Text::left(vec![words], face, INK, middle, rows.plot.y0 - 28.0).hung(Hang::Center));
}
