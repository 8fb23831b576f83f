//! A measure over two levers: coloured cells, the line from which on all plans are paid, where the county's guarantees break.

use super::super::axis::{BELOW, TICK_GAP, TickStyle};
use super::super::canvas::{Canvas, Stroke};
use super::super::frame::{Aspect, Caption};
use super::super::key::Sample;
use super::super::layout::Rect;
use super::super::palette::{ALARM, INK, PAPER, SOFT, mix, readable, sequential, series};
use super::super::pen::{Hang, Text};
use super::super::text::{Face, clean, ellipsis};
use super::super::{ChartError, Drawing};
use super::{NAME, NAMED, drawable};

/// A lever as an axis of cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Side {
    /// Its name.
    pub name: String,
    /// Its values, ready to print, from the lowest.
    pub texts: Vec<String>,
    /// Which of them stands now.
    pub now: Option<usize>,
}

/// A combination.
#[derive(Debug, Clone, PartialEq)]
pub struct Patch {
    /// The value.
    pub value: f64,
    /// As it is printed in the cell.
    pub text: String,
    /// All plans are paid.
    pub full: bool,
    /// The county falls short of its three guarantees.
    pub broken: bool,
}

/// The map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MapPicture {
    /// The words around it.
    pub caption: Caption,
    /// The shape of the page.
    pub aspect: Aspect,
    /// The lever that runs to the right.
    pub across: Side,
    /// The lever that runs upward.
    pub upward: Side,
    /// The combinations, the lever to the right running fastest; nothing where none could be computed.
    pub cells: Vec<Option<Patch>>,
    /// Less is better: dark cells are high. Else dark cells are low.
    pub less_is_better: bool,
    /// Lowest and highest value, ready to print.
    pub ends: [String; 2],
    /// Names of: the line of full cover, cells with broken guarantees, what stands now, cells that cannot be computed.
    pub names: [String; 4],
}

/// Steps of the scale of colours.
const STEPS: usize = 6;
/// The darkest shade a cell takes: text must stay readable.
const DARKEST: f64 = 0.86;

/// Draws the map. In [`Drawing::marks`] the series is the row, the item the column.
///
/// # Errors
/// When cells and axes do not fit, or the fonts are damaged.
pub fn draw(data: &MapPicture) -> Result<Drawing, ChartError> {
    let (columns, rows) = (data.across.texts.len(), data.upward.texts.len());
    if columns == 0 || rows == 0 || data.cells.len() != columns * rows {
        return Err(ChartError::Data(format!("{} cells for {columns} × {rows}", data.cells.len())));
    }
    drawable("cells", data.cells.iter().flatten().map(|cell| cell.value))?;
    let (mut canvas, room) = Canvas::new(&data.caption, data.aspect)?;
    let mut map = Map { data, plot: room, columns, rows };
    map.plot.y0 = canvas.key(&map.entries(), room.x0, room.y0 + 6.0, room.x1, Face::regular(17.0)) + 12.0;
    map.legend(&mut canvas, &room);
    map.frame(&mut canvas, &room);
    map.cells(&mut canvas);
    map.edges(&mut canvas);
    canvas.finish()
}

struct Map<'d> {
    data: &'d MapPicture,
    plot: Rect,
    columns: usize,
    rows: usize,
}

/// Width kept on the right for the scale of colours.
const LEGEND: f64 = 150.0;

impl Map<'_> {
    fn at(&self, column: usize, row: usize) -> Option<&Patch> {
        self.data.cells.get(row * self.columns + column).and_then(Option::as_ref)
    }

    fn any(&self, of: impl Fn(&Patch) -> bool) -> bool {
        self.data.cells.iter().flatten().any(of)
    }

    /// What the key explains: only what occurs.
    fn entries(&self) -> Vec<(Sample, String)> {
        let [full, broken, now, missing] = &self.data.names;
        let mixed = self.any(|cell| cell.full) && self.data.cells.iter().any(|cell| cell.as_ref().is_none_or(|cell| !cell.full));
        let marked = self.data.across.now.is_some() && self.data.upward.now.is_some();
        let all = [
            (mixed, Sample::Line(Stroke::solid(series(0), 5)), full),
            (self.any(|cell| cell.broken), Sample::Hatched(PAPER, ALARM), broken),
            (marked, Sample::Edge(INK), now),
            (self.data.cells.iter().any(Option::is_none), Sample::Fill(MISSING), missing),
        ];
        all.into_iter().filter(|(occurs, ..)| *occurs).map(|(_, sample, name)| (sample, clean(name))).collect()
    }

    /// Lowest and highest value.
    fn range(&self) -> (f64, f64) {
        let values = || self.data.cells.iter().flatten().map(|cell| cell.value);
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
    }

    fn color(&self, value: f64) -> plotters::style::RGBColor {
        let (low, high) = self.range();
        let share = if high > low { (value - low) / (high - low) } else { 0.0 };
        let dark = if self.data.less_is_better { share } else { 1.0 - share };
        sequential(dark * DARKEST)
    }

    /// The scale of colours on the right, its ends labelled.
    fn legend(&mut self, canvas: &mut Canvas, room: &Rect) {
        let (low, high) = self.range();
        if low >= high {
            return;
        }
        let face = Face::regular(16.0);
        let height = ((room.y1 - self.plot.y0) * 0.5).min(260.0);
        let bar = Rect::new(room.x1 - LEGEND + 34.0, self.plot.y0 + 24.0, room.x1 - LEGEND + 58.0, self.plot.y0 + 24.0 + height);
        for step in 0..STEPS {
            let part = |k: usize| bar.y1 - bar.height() * k as f64 / STEPS as f64;
            let value = low + (high - low) * (step as f64 + 0.5) / STEPS as f64;
            canvas.fill(Rect::new(bar.x0, part(step + 1).round(), bar.x1, part(step).round()), self.color(value));
        }
        canvas.outline(bar, INK, 1.0);
        for (words, y) in [(&self.data.ends[0], bar.y1), (&self.data.ends[1], bar.y0)] {
            let words = ellipsis(&clean(words), face, LEGEND - 66.0);
            canvas.text(Text::left(vec![words], face, SOFT, bar.x1 + 8.0, y - face.size * 0.54));
        }
        self.plot.x1 = room.x1 - LEGEND;
    }

    /// The labels of both axes.
    fn frame(&mut self, canvas: &mut Canvas, room: &Rect) {
        let face = TickStyle::default().face;
        let most = room.width() * 0.22;
        let upward: Vec<String> = self.data.upward.texts.iter().map(|text| ellipsis(&clean(text), face, most)).collect();
        let name = ellipsis(&clean(&self.data.upward.name), NAME, room.width() * 0.6);
        canvas.text(Text::left(vec![name], NAME, SOFT, room.x0, self.plot.y0 - 4.0));
        self.plot = Rect { x0: (room.x0 + face.widest(&upward) + TICK_GAP).round(), y0: self.plot.y0 + 26.0, x1: self.plot.x1, y1: room.y1 - BELOW - NAMED };
        let step = (face.size * 1.25 / self.cell(0, 0).height()).ceil().max(1.0) as usize;
        for (row, words) in upward.into_iter().enumerate().filter(|(row, _)| row % step == 0) {
            let y = self.cell(0, row).center().1;
            canvas.text(Text::left(vec![words], face, SOFT, self.plot.x0 - TICK_GAP, y - face.size * 0.54).hung(Hang::Right));
        }
        let labels: Vec<(f64, String)> =
            self.data.across.texts.iter().enumerate().map(|(column, text)| (self.cell(column, 0).center().0, ellipsis(&clean(text), face, most))).collect();
        canvas.labels_below(&labels, self.plot.y1, &Rect { x0: self.plot.x0 - 20.0, x1: self.plot.x1 + 40.0, ..self.plot });
        canvas.name_below(&self.data.across.name, &self.plot);
    }

    /// The place of a combination, the lowest values at the bottom left.
    fn cell(&self, column: usize, row: usize) -> Rect {
        let x = |k: usize| (self.plot.x0 + self.plot.width() * k as f64 / self.columns as f64).round();
        let y = |k: usize| (self.plot.y1 - self.plot.height() * k as f64 / self.rows as f64).round();
        Rect::new(x(column), y(row + 1), x(column + 1), y(row))
    }

    fn cells(&self, canvas: &mut Canvas) {
        let face = self.face();
        for row in 0..self.rows {
            for column in 0..self.columns {
                let rect = self.cell(column, row);
                let Some(patch) = self.at(column, row) else {
                    canvas.fill(rect, MISSING);
                    continue;
                };
                let color = self.color(patch.value);
                canvas.fill(rect, color);
                canvas.mark(row, column, patch.value, rect);
                if patch.broken {
                    canvas.hatch(&rect, mix(ALARM, INK, 0.25), 12.0, 1);
                }
                if let Some(face) = face {
                    self.print(canvas, &rect, patch, face, color);
                }
            }
        }
        canvas.outline(self.plot, INK, 1.0);
    }

    fn print(&self, canvas: &mut Canvas, rect: &Rect, patch: &Patch, face: Face, color: plotters::style::RGBColor) {
        let (x, y) = rect.center();
        let text = Text::left(vec![clean(&patch.text)], face, readable(color), x, y - Text::height_of(1, face) / 2.0).hung(Hang::Center);
        if patch.broken {
            canvas.fill(text.bounds().grown(2.0), color);
        }
        canvas.text(text);
    }

    /// The largest face in which every value fits into its cell.
    fn face(&self) -> Option<Face> {
        let cell = self.cell(0, 0);
        let widest = |face: Face| self.data.cells.iter().flatten().map(|patch| face.width(&clean(&patch.text))).fold(0.0, f64::max);
        let fits = |face: &Face| widest(*face) + 10.0 <= cell.width() && Text::height_of(1, *face) + 4.0 <= cell.height();
        [20.0, 18.0, 16.0, 14.0, 12.0].into_iter().map(Face::regular).find(fits)
    }

    /// The line between combinations that pay for everything and those that do not, and what stands now.
    fn edges(&self, canvas: &mut Canvas) {
        let full = |column: usize, row: usize| self.at(column, row).is_some_and(|cell| cell.full);
        for row in 0..self.rows {
            for column in 0..self.columns {
                let rect = self.cell(column, row);
                if column + 1 < self.columns && full(column, row) != full(column + 1, row) {
                    self.edge(canvas, (rect.x1, rect.y0), (rect.x1, rect.y1));
                }
                if row + 1 < self.rows && full(column, row) != full(column, row + 1) {
                    self.edge(canvas, (rect.x0, rect.y0), (rect.x1, rect.y0));
                }
            }
        }
        if let (Some(column), Some(row)) = (self.data.across.now, self.data.upward.now) {
            let rect = self.cell(column, row);
            canvas.outline(rect.grown(-2.0), PAPER, 4.0);
            canvas.outline(rect.grown(-3.0), INK, 2.0);
        }
    }

    fn edge(&self, canvas: &mut Canvas, from: (f64, f64), to: (f64, f64)) {
        canvas.line(&[from, to], Stroke::solid(PAPER, 8));
        canvas.line(&[from, to], Stroke::solid(series(0), 5));
    }
}

/// Cells that cannot be computed.
const MISSING: plotters::style::RGBColor = plotters::style::RGBColor(214, 214, 214);
