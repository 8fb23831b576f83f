//! Sobol' indices: for every input what it explains alone and with all others, each with its interval.

use super::super::axis::{Axis, BELOW, TickStyle};
use super::super::canvas::{Canvas, Stroke};
use super::super::frame::{Aspect, Caption};
use super::super::key::Sample;
use super::super::layout::Rect;
use super::super::palette::{INK, PAPER, SOFT, mix, series};
use super::super::pen::Text;
use super::super::text::{Face, clean};
use super::super::{ChartError, Drawing};
use super::rows::Rows;
use super::{NAMED, drawable};

/// An estimate with the ends of its interval, in percent, and as printed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Share {
    /// The estimate.
    pub value: f64,
    /// The interval.
    pub interval: (f64, f64),
    /// As printed.
    pub text: String,
}

/// An input: its name, its first index, its total index.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// First and total index.
    pub indices: [Share; 2],
}

/// All inputs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IndicesPicture {
    /// The words around it.
    pub caption: Caption,
    /// The shape of the page.
    pub aspect: Aspect,
    /// What runs to the right.
    pub name: String,
    /// The inputs, the strongest first.
    pub inputs: Vec<Input>,
    /// Names of first index, total index, interval.
    pub names: [String; 3],
}

/// Draws the indices. In [`Drawing::marks`] series 0 is first, 1 total; items are inputs.
///
/// # Errors
/// When there is no input, numbers cannot be drawn, or the fonts are damaged.
pub fn draw(data: &IndicesPicture) -> Result<Drawing, ChartError> {
    if data.inputs.is_empty() {
        return Err(ChartError::Data("no inputs".into()));
    }
    let all = || data.inputs.iter().flat_map(|input| &input.indices).flat_map(|share| [share.value, share.interval.0, share.interval.1]);
    drawable("indices", all())?;
    let (mut canvas, mut room) = Canvas::new(&data.caption, data.aspect)?;
    let whisker = Sample::Line(Stroke::solid(INK, 2));
    let entries = [(sample(0), clean(&data.names[0])), (sample(1), clean(&data.names[1])), (whisker, clean(&data.names[2]))];
    room.y0 = canvas.key(&entries, room.x0, room.y0 + 4.0, room.x1, Face::regular(17.0)) + 10.0;
    room.y1 -= BELOW + NAMED;
    let inputs = &data.inputs[..data.inputs.len().min(Rows::most(&room))];
    canvas.dropped.extend(data.inputs[inputs.len()..].iter().map(|input| input.name.clone()));
    let names: Vec<String> = inputs.iter().map(|input| input.name.clone()).collect();
    let rows = canvas.names(&names, &room);
    let (low, high) = all().fold((0.0_f64, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)));
    let axis = Axis::rounded(low, high, rows.plot.x0, rows.plot.x1 - 110.0, 120.0);
    canvas.columns(&axis, &Rect { x1: axis.to, ..rows.plot }, TickStyle { suffix: "%", ..TickStyle::default() });
    canvas.name_below(&data.name, &rows.plot);
    canvas.scales.push(axis.scale());
    for (row, input) in inputs.iter().enumerate() {
        paint(&mut canvas, input, row, &axis, &rows);
    }
    canvas.finish()
}

/// The first index is pale and edged, the total one full.
fn sample(order: usize) -> Sample {
    if order == 0 { Sample::Fill(mix(series(0), PAPER, 0.62)) } else { Sample::Fill(series(0)) }
}

fn paint(canvas: &mut Canvas, input: &Input, row: usize, axis: &Axis, rows: &Rows) {
    let (y, half) = (rows.middle(row), (rows.height * 0.36).clamp(4.0, 38.0));
    for (order, share) in input.indices.iter().enumerate() {
        let (top, bottom) = if order == 0 { (y - half, y) } else { (y, y + half) };
        let rect = Rect::new(axis.at(0.0).round(), top.round(), axis.at(share.value).round(), bottom.round());
        if let Sample::Fill(color) = sample(order) {
            canvas.fill(rect, color);
        }
        if order == 0 {
            canvas.outline(rect, series(0), 1.0);
        }
        canvas.mark(order, row, share.value, rect);
        let middle = ((top + bottom) / 2.0).round();
        let (from, to) = (axis.at(share.interval.0), axis.at(share.interval.1));
        canvas.line(&[(from, middle), (to, middle)], Stroke::solid(PAPER, 4));
        canvas.line(&[(from, middle), (to, middle)], Stroke::solid(INK, 2));
        for x in [from, to] {
            canvas.line(&[(x, middle - 4.0), (x, middle + 4.0)], Stroke::solid(INK, 2));
        }
        let face = Face::regular((half * 0.95).clamp(10.0, 16.0).floor());
        let x = to.max(axis.at(share.value)) + 8.0;
        if half >= 9.0 {
            canvas.text(Text::left(vec![share.text.clone()], face, SOFT, x, middle - Text::height_of(1, face) / 2.0));
        }
    }
}
