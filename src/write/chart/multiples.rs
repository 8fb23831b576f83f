//! Small multiples: retained funds against the plan, once for every town or variant, on one page.
//!
//! Marks: series = panel × (stacks + 1) + stack, and the last of each panel is its gap; item = the year.

use super::axis::{Axis, TICK_GAP, TickStyle};
use super::canvas::{Canvas, Stroke};
use super::funds::Role;
use super::key::Sample;
use super::layout::Rect;
use super::palette::{self, ALARM, INK, PAPER, SOFT};
use super::pen::Text;
use super::scale::Slots;
use super::text::{Face, clean, ellipsis};
use super::{Aspect, Caption, ChartError, Drawing, grid};

/// One panel: a town, or a variant. Every series has one value a year.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Panel {
    /// Its name.
    pub title: String,
    /// Its finding in a few words, as "缺 1.2 亿元".
    pub note: String,
    /// The finding is a shortfall.
    pub is_short: bool,
    /// Values of each stack of [`MultiplesPicture::stacks`], from the zero line outward.
    pub stacks: Vec<Vec<f64>>,
    /// Recurrent spending.
    pub recurrent: Vec<f64>,
    /// Planned project spending, on top of recurrent spending.
    pub planned: Vec<f64>,
    /// What is missing, downward from the plan.
    pub gap: Vec<f64>,
}

/// Panels of one kind, side by side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MultiplesPicture {
    /// The words around the plot.
    pub caption: Caption,
    /// The shape of the canvas.
    pub aspect: Aspect,
    /// The years, ascending.
    pub years: Vec<i32>,
    /// Name and kind of money of each stack.
    pub stacks: Vec<(String, Role)>,
    /// The panels, in reading order.
    pub panels: Vec<Panel>,
    /// All panels on one scale; else each on its own.
    pub is_shared: bool,
    /// Names of the plan, of recurrent spending and of the gap in the key.
    pub names: [String; 3],
}

/// More panels than this cannot be told apart on one page.
pub const MOST_PANELS: usize = 24;

impl MultiplesPicture {
    fn check(&self) -> Result<(), ChartError> {
        let years = self.years.len();
        let fits = |values: &Vec<f64>| values.len() == years && values.iter().all(|v| v.is_finite() && v.abs() < 1e15);
        let sound = |p: &Panel| p.stacks.len() == self.stacks.len() && p.stacks.iter().chain([&p.recurrent, &p.planned, &p.gap]).all(fits);
        match () {
            () if years == 0 || years > 400 => Err(ChartError::Data(format!("{years} years"))),
            () if self.panels.is_empty() || self.panels.len() > MOST_PANELS => Err(ChartError::Data(format!("{} panels; 1 to {MOST_PANELS} fit a page", self.panels.len()))),
            () => match self.panels.iter().find(|p| !sound(p)) {
                Some(panel) => Err(ChartError::Data(format!("{}: series of the wrong length or not finite", panel.title))),
                None => Ok(()),
            },
        }
    }
}

/// Sizes that depend on how large a panel is.
#[derive(Clone, Copy)]
struct Sizes {
    title: Face,
    note: Face,
    axis: Face,
    /// Pixels between ticks of values.
    apart: f64,
    plan: u32,
}

impl Sizes {
    fn of(cell: &Rect) -> Self {
        let (title, axis, apart, plan) = if cell.height() > 400.0 && cell.width() > 330.0 {
            (22.0, 16.0, 90.0, 4)
        } else if cell.height() > 210.0 {
            (18.0, 14.0, 60.0, 3)
        } else {
            (15.0, 12.0, 32.0, 2)
        };
        Sizes { title: Face::bold(title), note: Face::regular(title - 1.0), axis: Face::regular(axis), apart, plan }
    }
}

/// Draws the picture.
///
/// # Errors
/// When the series do not fit together, or the embedded fonts are damaged.
pub fn draw(data: &MultiplesPicture) -> Result<Drawing, ChartError> {
    data.check()?;
    let (mut canvas, mut room) = Canvas::new(&data.caption, data.aspect)?;
    room.y0 = canvas.key(&entries(data), room.x0, room.y0 + 4.0, room.x1, Face::regular(16.0)) + 10.0;
    let few = data.panels.len() <= 3 && room.width() > room.height();
    let division = if few { (data.panels.len(), 1) } else { grid::division(&room, data.panels.len(), 1.7) };
    let cells = grid::cells(&room, division, (26.0, 14.0));
    let sizes = cells.first().map_or(Sizes::of(&room), Sizes::of);
    let extents: Vec<(f64, f64)> = data.panels.iter().map(extent).collect();
    let all = extents.iter().fold((0.0_f64, 0.0_f64), |a, b| (a.0.min(b.0), a.1.max(b.1)));
    let extent_of = |at: usize| if data.is_shared { all } else { extents[at] };
    // Cells differ by a pixel; one step for all keeps shared scales alike.
    let common = axis(all, &cells[0], &sizes).step;
    let axis_of = |at: usize, cell: &Rect| {
        let own = axis(extent_of(at), cell, &sizes);
        if data.is_shared { Axis { step: common, ..own } } else { own }
    };
    // All axes start at the same distance from their cell, or the page looks torn.
    let widest = (0..data.panels.len()).map(|at| axis_of(at, &cells[at]).widest(sizes.axis)).fold(0.0, f64::max);
    for (at, panel) in data.panels.iter().enumerate() {
        let cell = &cells[at];
        let axis = axis_of(at, cell);
        let plot = Rect::new((cell.x0 + widest + TICK_GAP).round(), axis.to, cell.x1, axis.from);
        head(&mut canvas, panel, cell, &sizes);
        panel_plot(&mut canvas, data, at, &axis, &plot, &sizes);
    }
    canvas.finish()
}

fn entries(data: &MultiplesPicture) -> Vec<(Sample, String)> {
    let used = |stack: &usize| data.panels.iter().any(|p| p.stacks[*stack].iter().any(|v| *v != 0.0));
    let stacks = (0..data.stacks.len()).filter(used).map(|stack| {
        let (name, role) = &data.stacks[stack];
        let paint = palette::paint(*role, 0);
        (if paint.edge.is_some() { Sample::Boxed(paint.fill, paint.edge.unwrap_or(INK)) } else { Sample::Fill(paint.fill) }, clean(name))
    });
    let [plan, recurrent, gap] = data.names.each_ref().map(|name| clean(name));
    let lines = [(Sample::Line(Stroke::solid(ALARM, 4)), plan), (Sample::Line(Stroke::dashed(INK, 2, 7.0, 4.0)), recurrent), (Sample::Hatched(PAPER, ALARM), gap)];
    stacks.chain(lines).collect()
}

/// The axis of a panel: below its title and note, above its years.
fn axis((low, high): (f64, f64), cell: &Rect, sizes: &Sizes) -> Axis {
    let head = Text::height_of(1, sizes.title) + Text::height_of(1, sizes.note) + 4.0 + sizes.axis.size * 0.7;
    Axis::new(low, high, (cell.y1 - sizes.axis.size - 12.0).round(), (cell.y0 + head).round(), sizes.apart)
}

/// Lowest and highest value of a panel, with zero.
fn extent(panel: &Panel) -> (f64, f64) {
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    for year in 0..panel.planned.len() {
        let values = panel.stacks.iter().map(|stack| stack[year]);
        let up: f64 = values.clone().filter(|v| *v > 0.0).sum();
        let down: f64 = values.filter(|v| *v < 0.0).sum();
        let plan = panel.recurrent[year] + panel.planned[year];
        for value in [up, down, plan, plan - panel.gap[year]] {
            low = low.min(value);
            high = high.max(value);
        }
    }
    (low, high)
}

fn head(canvas: &mut Canvas, panel: &Panel, cell: &Rect, sizes: &Sizes) {
    let title = ellipsis(&clean(&panel.title), sizes.title, cell.width());
    canvas.text(Text::left(vec![title], sizes.title, INK, cell.x0, cell.y0));
    let below = cell.y0 + Text::height_of(1, sizes.title) + 2.0;
    let note = ellipsis(&clean(&panel.note), sizes.note, cell.width());
    if !note.is_empty() {
        canvas.text(Text::left(vec![note], sizes.note, if panel.is_short { ALARM } else { SOFT }, cell.x0, below));
    }
}

fn panel_plot(canvas: &mut Canvas, data: &MultiplesPicture, at: usize, axis: &Axis, plot: &Rect, sizes: &Sizes) {
    let panel = &data.panels[at];
    canvas.scales.push(axis.scale());
    canvas.rows(axis, plot, TickStyle { face: sizes.axis, suffix: "" });
    let slots = Slots::new(plot.x0, plot.width(), data.years.len());
    for year in 0..data.years.len() {
        bars(canvas, data, at, year, axis, &slots);
    }
    let zero = axis.at(0.0).round();
    canvas.line(&[(plot.x0, zero), (plot.x1, zero)], Stroke::solid(INK, 1));
    let steps = |values: &dyn Fn(usize) -> f64| -> Vec<(f64, f64)> {
        (0..data.years.len()).flat_map(|y| [(slots.edge(y), axis.at(values(y)).round()), (slots.edge(y + 1), axis.at(values(y)).round())]).collect()
    };
    let plan = steps(&|y| panel.recurrent[y] + panel.planned[y]);
    canvas.line(&plan, Stroke::solid(PAPER, sizes.plan + 2));
    canvas.line(&plan, Stroke::solid(ALARM, sizes.plan));
    canvas.line(&steps(&|y| panel.recurrent[y]), Stroke::dashed(INK, 1, 5.0, 4.0));
    canvas.years(&slots, &data.years, plot.y1, sizes.axis);
}

fn bars(canvas: &mut Canvas, data: &MultiplesPicture, at: usize, year: usize, axis: &Axis, slots: &Slots) {
    let panel = &data.panels[at];
    let (x0, x1) = slots.bar(year);
    let x1 = x1.max(x0 + 1.0);
    let first = at * (data.stacks.len() + 1);
    let mut ends = [0.0_f64; 2];
    for (stack, (_, role)) in data.stacks.iter().enumerate() {
        let value = panel.stacks[stack][year];
        let end = &mut ends[usize::from(value < 0.0)];
        let from = axis.at(*end).round();
        *end += value;
        let rect = Rect::new(x0, from, x1, axis.at(*end).round());
        if value != 0.0 {
            canvas.patch(rect, &palette::paint(*role, 0));
            canvas.mark(first + stack, year, value, rect);
        }
    }
    let (plan, gap) = (panel.recurrent[year] + panel.planned[year], panel.gap[year]);
    if gap > 0.0 {
        let rect = Rect::new(x0, axis.at(plan).round(), x1, axis.at(plan - gap).round());
        let ground = Rect { y1: rect.y1.min(axis.at(ends[0]).round()).max(rect.y0), ..rect };
        canvas.fill(ground, PAPER);
        if rect.width() < 7.0 || rect.height() < 5.0 {
            canvas.fill(rect, ALARM)
        } else {
            canvas.hatch(&rect, ALARM, 7.0, if rect.width() > 20.0 { 2 } else { 1 })
        }
        canvas.mark(first + data.stacks.len(), year, gap, rect);
    }
}
