//! One input after the other: what its low and its high end bring.

use super::row::Row;
use crate::study::discover::limit;
use crate::study::ends;
use crate::study::inputs::{Chosen, Input};
use crate::study::points::Points;

/// An end: as it is written, and the measure there.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// The value of the input.
    pub text: String,
    /// The measure; nothing where it cannot be computed or is not defined.
    pub value: Option<f64>,
}

/// An input with both ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Its name.
    pub name: String,
    /// The end of its lowest value, the end of its highest.
    pub ends: [End; 2],
}

impl Bar {
    /// From one end to the other, the base between them.
    #[must_use]
    pub fn span(&self, base: f64) -> f64 {
        let values = self.ends.iter().filter_map(|end| end.value).chain([base]);
        let (low, high) = values.fold((base, base), |(low, high), v| (low.min(v), high.max(v)));
        high - low
    }
}

/// All inputs.
#[derive(Clone, Debug)]
pub struct Tornado {
    /// The measure where no input moves.
    pub base: Option<f64>,
    points: Points,
    /// What was met of each input: its lowest and its highest value, by what they are compared by.
    met: Vec<Option<[(f64, End); 2]>>,
}

impl Tornado {
    /// Nothing met yet.
    #[must_use]
    pub fn new(points: &Points) -> Self {
        Self { base: None, points: points.clone(), met: vec![None; points.inputs.len()] }
    }

    /// Adds a point: the first is the base, of each other the input that moved is found.
    pub(super) fn add(&mut self, row: &Row<'_>) {
        if row.number == 0 {
            self.base = row.value;
            return;
        }
        let (now, base) = (self.points.point(row.number), self.points.point(0));
        let mut first = 0;
        for (order, input) in self.points.inputs.iter().enumerate() {
            let own = first..first + input.width();
            first = own.end;
            if now[own.clone()] == base[own.clone()] {
                continue;
            }
            let end = |value: i64, level: usize, result: Option<f64>| (key(input, value, result), End { text: text(input, value, level), value: result });
            let met = end(now[own.start], if now[own.start] < base[own.start] { 0 } else { 2 }, row.value);
            let [low, high] = self.met[order].get_or_insert_with(|| [end(base[own.start], 1, self.base), end(base[own.start], 1, self.base)]);
            if met.0 < low.0 {
                *low = met;
            } else if met.0 > high.0 {
                *high = met;
            }
        }
    }

    /// The inputs, the one that moves the measure most first.
    #[must_use]
    pub fn bars(&self) -> Vec<Bar> {
        let base = self.base.unwrap_or(0.0);
        let bar = |(input, met): (&Input, &Option<[(f64, End); 2]>)| Some(Bar { name: input.name.clone(), ends: met.clone()?.map(|(_, end)| end) });
        let mut bars: Vec<Bar> = self.points.inputs.iter().zip(&self.met).filter_map(bar).collect();
        bars.sort_by(|a, b| b.span(base).total_cmp(&a.span(base)));
        bars
    }
}

/// By what values are compared; words by what they bring.
#[expect(clippy::cast_precision_loss, reason = "values below 2^53")]
fn key(input: &Input, value: i64, result: Option<f64>) -> f64 {
    let words = input.targets.first().is_some_and(|target| !target.words.is_empty());
    if words { result.unwrap_or(0.0) } else { value as f64 }
}

/// A value in words; of a drawn input its quantile, and the value where there is one.
fn text(input: &Input, value: i64, level: usize) -> String {
    let written = input.targets.first().map_or_else(String::new, |target| target.text(value));
    match &input.chosen {
        Chosen::Drawn(_) => {
            let quantile = format!("P{:.0}", ends::QUANTILES.get(level).copied().unwrap_or(0.5) * 100.0);
            #[expect(clippy::cast_precision_loss, reason = "shown with few digits")]
            if input.width() > 1 { quantile } else { format!("{quantile} {}", limit(input, value as f64)) }
        }
        Chosen::Levels(_) | Chosen::Between(..) => written,
    }
}
