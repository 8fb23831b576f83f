//! The project calendar: planned years as an outline, paid years filled, late ones ochre, unpaid ones hatched.
//!
//! Marks: series = the row, item = the year, value = what was paid in it.

use super::canvas::{Canvas, Stroke};
use super::key::Sample;
use super::layout::Rect;
use super::palette::{ALARM, FAINT, GRID, INK, PAPER, SOFT};
use super::pen::{Hang, Text};
use super::scale::Slots;
use super::text::{Face, clean, ellipsis};
use super::{Aspect, Caption, ChartError, Drawing};
use plotters::style::RGBColor;

/// A project.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its name, with its town where there are several.
    pub name: String,
    /// First and last planned year.
    pub planned: (i32, i32),
    /// By year: paid, and due but unpaid.
    pub years: Vec<(f64, f64)>,
    /// What became of it, as "迟 2 年" or "缺 320 万元".
    pub outcome: String,
    /// It is late or lacks money.
    pub is_late: bool,
}

/// Everything the picture shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CalendarPicture {
    /// The words around the plot.
    pub caption: Caption,
    /// The shape of the canvas.
    pub aspect: Aspect,
    /// The years, ascending.
    pub years: Vec<i32>,
    /// The projects, in reading order.
    pub rows: Vec<Row>,
    /// What planned, paid as planned, paid late and unpaid are called.
    pub names: [String; 4],
}

/// More projects than this are not readable on one page.
pub const MOST_ROWS: usize = 26;

const PAID: RGBColor = RGBColor(43, 91, 138);
const LATE: RGBColor = RGBColor(208, 162, 48);

/// Draws the picture.
///
/// # Errors
/// When rows and years do not fit together, or the embedded fonts are damaged.
pub fn draw(data: &CalendarPicture) -> Result<Drawing, ChartError> {
    let sound = |row: &Row| row.years.len() == data.years.len() && row.years.iter().all(|(a, b)| a.is_finite() && b.is_finite());
    if data.years.is_empty() || data.rows.is_empty() || data.rows.len() > MOST_ROWS || !data.rows.iter().all(sound) {
        return Err(ChartError::Data(format!("1 to {MOST_ROWS} projects, each with one value a year")));
    }
    let (mut canvas, mut room) = Canvas::new(&data.caption, data.aspect)?;
    room.y0 = canvas.key(&entries(data), room.x0, room.y0 + 4.0, room.x1, Face::regular(16.0)) + 8.0;
    let height = ((room.height() - 36.0) / data.rows.len() as f64).min(46.0);
    let face = Face::regular((height * 0.62).clamp(13.0, 18.0));
    let widest = |of: &dyn Fn(&Row) -> String, most: f64| data.rows.iter().map(|row| face.width(&of(row))).fold(0.0, f64::max).min(most);
    let (names, outcomes) = (widest(&|r| clean(&r.name), room.width() * 0.28), widest(&|r| clean(&r.outcome), room.width() * 0.2));
    let plot = Rect::new((room.x0 + names + 16.0).round(), room.y0, (room.x1 - outcomes - 16.0).round(), (room.y0 + height * data.rows.len() as f64).round());
    let slots = Slots { left: plot.x0, width: plot.width() / data.years.len() as f64, count: data.years.len() };
    for at in 0..=data.years.len() {
        canvas.line(&[(slots.edge(at), plot.y0), (slots.edge(at), plot.y1)], Stroke::solid(GRID, 1));
    }
    for (at, row) in data.rows.iter().enumerate() {
        let y0 = plot.y0 + height * at as f64;
        let top = y0 + height / 2.0 - Text::height_of(1, face) / 2.0;
        canvas.text(Text::left(vec![ellipsis(&clean(&row.name), face, names)], face, INK, plot.x0 - 10.0, top).hung(Hang::Right));
        let color = if row.is_late { ALARM } else { SOFT };
        let outcome = ellipsis(&clean(&row.outcome), face, outcomes);
        if !outcome.is_empty() {
            canvas.text(Text::left(vec![outcome], face, color, plot.x1 + 10.0, top));
        }
        row_bars(&mut canvas, data, at, (y0 + 3.0, y0 + height - 3.0), &slots);
    }
    canvas.line(&[(plot.x0, plot.y1), (plot.x1, plot.y1)], Stroke::solid(FAINT, 1));
    canvas.years(&slots, &data.years, plot.y1, Face::regular(17.0));
    canvas.finish()
}

fn entries(data: &CalendarPicture) -> Vec<(Sample, String)> {
    let samples = [Sample::Edge(INK), Sample::Fill(PAID), Sample::Fill(LATE), Sample::Hatched(PAPER, ALARM)];
    samples.into_iter().zip(data.names.iter().map(|name| clean(name))).collect()
}

fn row_bars(canvas: &mut Canvas, data: &CalendarPicture, at: usize, (y0, y1): (f64, f64), slots: &Slots) {
    let row = &data.rows[at];
    let (first, last) = (data.years[0], data.years[data.years.len() - 1]);
    for (n, (paid, unpaid)) in row.years.iter().enumerate() {
        let cell = Rect::new(slots.edge(n) + 1.0, (y0 + 2.0).round(), slots.edge(n + 1) - 1.0, (y1 - 2.0).round());
        let late = data.years[n] > row.planned.1;
        let split = if *paid + *unpaid > 0.0 { cell.x0 + cell.width() * (*paid / (*paid + *unpaid)).clamp(0.0, 1.0) } else { cell.x0 };
        if *paid > 0.0 {
            let rect = Rect { x1: split.round().max(cell.x0 + 1.0), ..cell };
            canvas.fill(rect, if late { LATE } else { PAID });
            canvas.mark(at, n, *paid, rect);
        }
        if *unpaid > 0.0 {
            let rect = Rect { x0: split.round().min(cell.x1 - 1.0), ..cell };
            canvas.fill(rect, PAPER);
            if rect.width() > 6.0 { canvas.hatch(&rect, ALARM, 7.0, 1) } else { canvas.fill(rect, ALARM) }
        }
    }
    let (from, to) = (row.planned.0.max(first), row.planned.1.min(last));
    if from <= to {
        let slot = |year: i32| usize::try_from(year - first).unwrap_or(0);
        canvas.outline(Rect::new(slots.edge(slot(from)), y0.round(), slots.edge(slot(to) + 1), y1.round()), INK, 1.0);
    }
}
