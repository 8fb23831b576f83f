//! The picture "retained funds 留存财力 against planned project spending".
//!
//! - `mod` checks the data and runs the page: heading, plot, footnotes;
//! - `bars` turns numbers into rectangles, hatching and step lines;
//! - `notes` finds free places for the labels in the plot, `names` for the sources.
//!
//! Marks: series = the stack, item = the year, both counted from 0.

mod bars;
mod names;
mod notes;
mod plot;

use super::frame::{self, Frame};
use super::pen::{self, Pen};
use super::{Aspect, Caption, ChartError, Drawing, fonts, palette};
use plot::Plot;

/// What kind of money a stack is; decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Taxes 税收: blue.
    Tax,
    /// Transfers 转移支付: grey.
    Transfer,
    /// Fees 配套费: green.
    Fee,
    /// Land proceeds 土地: ochre.
    Land,
    /// Anything else: violet.
    Other,
    /// Balances of earlier years that are used up 动用结余: pale with an outline.
    Drawn,
}

/// One source of money over the years.
#[derive(Debug, Clone, PartialEq)]
pub struct Stack {
    /// The name shown in the picture.
    pub name: String,
    /// What kind of money it is.
    pub role: Role,
    /// One value a year, in the unit of the picture; may be negative.
    pub values: Vec<f64>,
}

/// Everything the picture shows: words ready to print, numbers in one unit.
///
/// All series have one entry a year. Stacks are drawn from the zero line
/// outward in the order given.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FundsPicture {
    /// The words around the plot.
    pub caption: Caption,
    /// The years, ascending.
    pub years: Vec<i32>,
    /// The sources of money, from the bottom of the stack to its top.
    pub stacks: Vec<Stack>,
    /// Recurrent spending: the dashed line.
    pub recurrent: Vec<f64>,
    /// Planned project spending; the red line is this plus recurrent spending.
    pub planned: Vec<f64>,
    /// What is missing, hatched downward from the red line; 0 where nothing is.
    pub gap: Vec<f64>,
    /// The label of each gap, as "缺 0.8".
    pub gap_texts: Vec<Option<String>>,
    /// The first year that falls short, with the text of its mark.
    pub first_shortfall: Option<(i32, String)>,
    /// Label of the red line, as "计划要花的钱（经常性支出＋项目）".
    pub plan_label: String,
    /// Label of the dashed line, as "经常性支出".
    pub recurrent_label: String,
    /// The shape of the canvas.
    pub aspect: Aspect,
}

/// More sources than this cannot be told apart in one picture.
const MOST_STACKS: usize = 24;
/// More years than this cannot be told apart in one picture.
const MOST_YEARS: usize = 400;
/// Numbers beyond this are a mistake of the caller, not an amount of money.
const MOST_VALUE: f64 = 1e15;

impl FundsPicture {
    /// Recurrent and project spending of a year together.
    pub(super) fn spending(&self, year: usize) -> f64 {
        self.recurrent[year] + self.planned[year]
    }

    /// Is every number zero?
    pub(super) fn is_flat(&self) -> bool {
        let stacks = self.stacks.iter().map(|stack| &stack.values);
        let lines = [&self.recurrent, &self.planned, &self.gap];
        stacks.chain(lines).flatten().all(|value| *value == 0.0)
    }

    /// Checks that the series fit together and hold only finite numbers.
    ///
    /// # Errors
    /// [`ChartError::Data`] with the first thing that does not fit.
    pub fn check(&self) -> Result<(), ChartError> {
        let years = self.years.len();
        let wrong = |why: String| Err(ChartError::Data(why));
        if years == 0 || years > MOST_YEARS {
            return wrong(format!("{years} years; 1 to {MOST_YEARS} can be drawn"));
        }
        if self.stacks.len() > MOST_STACKS {
            return wrong(format!("{} sources; at most {MOST_STACKS} can be told apart", self.stacks.len()));
        }
        if self.gap_texts.len() != years {
            return wrong(format!("{} gap labels for {years} years", self.gap_texts.len()));
        }
        let lines = [("recurrent", &self.recurrent), ("planned", &self.planned), ("gap", &self.gap)];
        let stacks = self.stacks.iter().map(|stack| (stack.name.as_str(), &stack.values));
        for (name, values) in lines.into_iter().chain(stacks) {
            if values.len() != years {
                return wrong(format!("{name}: {} values for {years} years", values.len()));
            }
            if let Some(bad) = values.iter().find(|value| !value.is_finite() || value.abs() > MOST_VALUE) {
                return wrong(format!("{name}: {bad} cannot be drawn"));
            }
        }
        Ok(())
    }
}

/// Height kept for the labels of the years below the plot.
const YEARS: f64 = 34.0;
/// Extra room above the highest value, tried from least to most until all
/// labels have found a place.
const HEADROOM: [f64; 7] = [0.0, 30.0, 60.0, 90.0, 120.0, 160.0, 200.0];

/// Draws the picture.
///
/// # Errors
/// When the series do not fit together, or the embedded fonts are damaged.
pub fn draw(data: &FundsPicture) -> Result<Drawing, ChartError> {
    data.check()?;
    fonts::register()?;
    let size = data.aspect.size();
    let mut frame = frame::frame(&data.caption, size);
    frame.room.y1 -= YEARS;
    let plot = best(data, &frame);
    let mut svg = String::new();
    let mut pen = Pen::new(&mut svg, size, palette::PAPER)?;
    plot.paint(&mut pen)?;
    for text in &frame.texts {
        pen.text(text)?;
    }
    let (labels, fine) = pen.finish()?;
    Ok(Drawing {
        svg: pen::finished(svg, fine, &data.caption.headline),
        size,
        labels,
        scales: vec![(plot.scale.y(0.0), plot.scale.per_unit())],
        dropped: frame.dropped.iter().chain(&plot.dropped).cloned().collect(),
        marks: plot.bars,
    })
}

/// The plot that leaves the fewest labels homeless; room above the bars costs
/// a little too, so that one small label does not squash the picture.
fn best<'a>(data: &'a FundsPicture, frame: &Frame) -> Plot<'a> {
    let score = |plot: &Plot, headroom: f64| 3.0 * f64::from(plot.penalty) + headroom / 20.0;
    let mut best = Plot::lay(data, frame.room, HEADROOM[0]);
    let mut least = score(&best, HEADROOM[0]);
    for &headroom in &HEADROOM[1..] {
        if best.penalty == 0 || headroom > frame.room.height() / 3.0 {
            break;
        }
        let plot = Plot::lay(data, frame.room, headroom);
        if score(&plot, headroom) < least {
            least = score(&plot, headroom);
            best = plot;
        }
    }
    best
}
