//! The plot: axes, bars and lines, with the labels that `notes` and `names`
//! have placed.

use std::collections::BTreeSet;

use plotters::style::RGBColor;

use super::FundsPicture;
use super::bars;
use super::names::Outside;
use crate::write::chart::frame::MARGIN;
use crate::write::chart::layout::{Rect, Scene};
use crate::write::chart::palette::{ALARM, BADGE, FAINT, GRID, INK, Paint, SOFT};
use crate::write::chart::pen::{Hang, Pen, Text};
use crate::write::chart::scale::{Scale, Slots, step, thinning, tick_text, ticks};
use crate::write::chart::text::Face;
use crate::write::chart::{ChartError, Mark};

/// Labels of both axes.
const AXIS: Face = Face::regular(18.0);
/// Between the labels of the values and the grid.
const TICK_GAP: f64 = 12.0;

/// A thin line from a label to what it names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Leader {
    pub from: (f64, f64),
    pub to: (f64, f64),
    pub color: RGBColor,
}

/// A laid-out plot.
pub(super) struct Plot<'a> {
    pub data: &'a FundsPicture,
    /// Where labels may go: from the unit line down to the lowest value.
    pub area: Rect,
    pub scale: Scale,
    pub slots: Slots,
    step: f64,
    /// Every number is zero: there is no scale to show.
    flat: bool,
    pub bars: Vec<Mark>,
    pub gaps: Vec<Option<Rect>>,
    /// Corners of the red and of the dashed line.
    pub plan: Vec<(f64, f64)>,
    pub recurrent: Vec<(f64, f64)>,
    pub scene: Scene,
    pub texts: Vec<Text>,
    pub leaders: Vec<Leader>,
    /// Colour keys beside names that stand outside the bars.
    pub keys: Vec<(Rect, usize)>,
    /// The ground of the badge.
    pub badge: Option<Rect>,
    pub paints: Vec<Paint>,
    pub dropped: Vec<String>,
    /// How badly the labels fit; 0 when all have a place.
    pub penalty: u32,
}

impl<'a> Plot<'a> {
    /// Lays out the plot in a rectangle with some room above the highest value.
    /// Labels that find no place among the bars move to the column on the right,
    /// which makes the bars narrower, so this repeats until nothing moves.
    pub fn lay(data: &'a FundsPicture, area: Rect, headroom: f64) -> Self {
        let mut outside = BTreeSet::new();
        loop {
            let mut plot = Plot::bare(data, area, headroom, &outside);
            plot.place_badge();
            plot.place_gap_labels();
            let before = outside.len();
            if !data.plan_label.is_empty() && !outside.contains(&Outside::Plan) && !plot.place_plan_label() {
                outside.insert(Outside::Plan);
            }
            plot.place_names(&mut outside);
            if outside.len() == before {
                plot.place_column(&outside);
                return plot;
            }
        }
    }

    /// Axes, bars and lines, without labels.
    fn bare(data: &'a FundsPicture, area: Rect, headroom: f64, outside: &BTreeSet<Outside>) -> Self {
        let (low, high) = extent(data);
        let pad = if data.gap_texts.iter().any(Option::is_some) { 34.0 } else { 12.0 };
        let scale = Scale { low, high, top: area.y0 + pad + headroom, bottom: area.y1 };
        let step = step(high - low, ((scale.bottom - scale.top) / 95.0).clamp(2.0, 7.0));
        let mut plot = Plot {
            data,
            area,
            scale,
            slots: Slots::new(area.x0, area.width(), data.years.len()),
            step,
            flat: data.is_flat(),
            bars: Vec::new(),
            gaps: Vec::new(),
            plan: Vec::new(),
            recurrent: Vec::new(),
            scene: Scene::default(),
            texts: Vec::new(),
            leaders: Vec::new(),
            keys: Vec::new(),
            badge: None,
            paints: bars::paints(data),
            dropped: Vec::new(),
            penalty: 0,
        };
        plot.area.x0 = plot.axis_left();
        let room = area.width() - (plot.area.x0 - area.x0) - plot.column_width(outside);
        plot.slots = Slots::new(plot.area.x0, room, data.years.len());
        plot.fill_in();
        plot
    }

    fn fill_in(&mut self) {
        let data = self.data;
        self.bars = bars::segments(data, &self.scale, &self.slots);
        self.gaps = bars::gaps(data, &self.scale, &self.slots);
        let spending: Vec<f64> = (0..data.years.len()).map(|year| data.spending(year)).collect();
        // A line without a name is not drawn: nothing is to be spent.
        let named = |label: &str, values: &[f64]| if label.is_empty() { Vec::new() } else { bars::steps(values, &self.scale, &self.slots) };
        self.plan = named(&data.plan_label, &spending);
        self.recurrent = named(&data.recurrent_label, &data.recurrent);
        self.scene.areas = self.bars.iter().map(|bar| bar.rect).collect();
        self.scene.areas.extend(self.gaps.iter().flatten());
        self.scene.strokes = bars::strokes(&self.plan, 4.0);
        self.scene.strokes.extend(bars::strokes(&self.recurrent, 2.0));
        let zero = self.scale.y(0.0);
        self.scene.strokes.push(Rect::new(self.area.x0, zero, self.slots.right(), zero).grown(1.0));
    }

    fn ticks(&self) -> Vec<(f64, String)> {
        if self.flat {
            return vec![(self.scale.y(0.0).round(), "0".to_owned())];
        }
        let over = (self.scale.top - self.area.y0 - 8.0).max(0.0) / self.scale.per_unit();
        let values = ticks(self.scale.low, self.scale.high + over, self.step);
        values.into_iter().map(|value| (self.scale.y(value).round(), tick_text(value, self.step))).collect()
    }

    /// Left end of the grid: right of the widest label.
    fn axis_left(&self) -> f64 {
        let widest = self.ticks().iter().map(|(_, text)| AXIS.width(text)).fold(0.0, f64::max);
        (MARGIN + widest + TICK_GAP).round()
    }

    /// The row where a year's bar ends at the top.
    pub fn stack_top(&self, year: usize) -> f64 {
        let zero = self.scale.y(0.0);
        self.bars.iter().filter(|bar| bar.item == year).map(|bar| bar.rect.y0).fold(zero, f64::min)
    }

    /// Paints everything from the ground up.
    pub fn paint(&self, pen: &mut Pen) -> Result<(), ChartError> {
        self.paint_grid(pen)?;
        bars::paint_segments(pen, &self.bars, &self.paints)?;
        for (year, gap) in self.gaps.iter().enumerate() {
            if let Some(gap) = gap {
                bars::paint_gap(pen, gap, self.stack_top(year))?;
            }
        }
        let zero = self.scale.y(0.0).round();
        pen.path(&[(self.area.x0, zero), (self.slots.right(), zero)], INK, 2)?;
        bars::paint_lines(pen, &self.plan, &self.recurrent)?;
        if let Some(ground) = &self.badge {
            pen.fill(&ground.grown(1.0), BADGE[1])?;
            pen.fill(ground, BADGE[0])?;
        }
        for leader in &self.leaders {
            let width = if leader.color == ALARM { 2 } else { 1 };
            pen.path(&[leader.from, leader.to], leader.color, width)?;
        }
        for (key, stack) in &self.keys {
            bars::patch(pen, key, &self.paints[*stack])?;
        }
        for text in &self.texts {
            pen.text(text)?;
        }
        self.paint_years(pen)
    }

    fn paint_grid(&self, pen: &mut Pen) -> Result<(), ChartError> {
        for (y, text) in self.ticks() {
            pen.fill(&Rect::new(self.area.x0, y, self.slots.right(), y + 1.0), GRID)?;
            let label = Text::left(vec![text], AXIS, SOFT, self.area.x0 - TICK_GAP, y - AXIS.size * 0.54);
            pen.text(&label.hung(Hang::Right))?;
        }
        Ok(())
    }

    fn paint_years(&self, pen: &mut Pen) -> Result<(), ChartError> {
        let years = &self.data.years;
        let widest = years.iter().map(|year| AXIS.width(&year.to_string())).fold(0.0, f64::max);
        let every = thinning(widest + 22.0, self.slots.width);
        for (at, year) in years.iter().enumerate() {
            if every > 1 && i64::from(*year).rem_euclid(every as i64) != 0 {
                continue;
            }
            let middle = self.slots.middle(at).round();
            if every > 1 {
                pen.fill(&Rect::new(middle, self.area.y1 + 2.0, middle + 1.0, self.area.y1 + 8.0), FAINT)?;
            }
            let label = Text::left(vec![year.to_string()], AXIS, SOFT, middle, self.area.y1 + 10.0);
            pen.text(&label.hung(Hang::Center))?;
        }
        Ok(())
    }
}

/// Lowest and highest value anything in the plot reaches, with zero.
fn extent(data: &FundsPicture) -> (f64, f64) {
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    for year in 0..data.years.len() {
        let values = data.stacks.iter().map(|stack| stack.values[year]);
        let up: f64 = values.clone().filter(|value| *value > 0.0).sum();
        let down: f64 = values.filter(|value| *value < 0.0).sum();
        let spending = data.spending(year);
        for value in [up, down, spending, data.recurrent[year], spending - data.gap[year].max(0.0)] {
            low = low.min(value);
            high = high.max(value);
        }
    }
    if high - low < 1e-12 { (low, low + 1.0) } else { (low, high) }
}
