//! A lever as an axis: its values where they are few, else even parts of its range.

use std::collections::HashMap;

use crate::base::amount::MoneyUnit;
use crate::base::decimal::Decimal;
use crate::study::inputs::{Chosen, Input};
use crate::study::math::grid::Levels;

/// More values than this are taken together in parts.
const MOST_LEVELS: u128 = 60;
/// Parts of a range, at least and at most, of one axis and of each of two.
const PARTS: [[u64; 2]; 2] = [[4, 40], [4, 24]];
/// Points wanted in a part.
const POINTS_IN_A_PART: u64 = 10;

/// A lever over which something is shown.
#[derive(Clone, Debug)]
pub struct Axis {
    /// Its name.
    pub name: String,
    /// Its order among the numbers of a point.
    pub order: usize,
    /// Its values, or the middles of its parts, as numbers; words count from 0.
    pub places: Vec<f64>,
    /// The same as they are written, with their unit.
    pub texts: Vec<String>,
    /// The number of the place that stands in the scenario, where it is one of them.
    pub now: Option<usize>,
    /// Where what is written in a row belongs.
    sorter: Sorter,
}

#[derive(Clone, Debug)]
enum Sorter {
    Levels(HashMap<Vec<u8>, usize>),
    Parts { low: f64, width: f64, count: usize },
}

/// Whether an input takes more than one value.
#[must_use]
pub fn moves(input: &Input) -> bool {
    match &input.chosen {
        Chosen::Levels(levels) => levels.count() > 1,
        Chosen::Between(low, high) => low < high,
        Chosen::Drawn(_) => true,
    }
}

/// A lever that stays where it is: its order among the numbers of a point, what is written there, and the words for it.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// Its order.
    pub order: usize,
    /// As a row has it.
    pub printed: Vec<u8>,
    /// Its name.
    pub name: String,
    /// As people write it.
    pub text: String,
}

/// Where a lever stands that is not shown: at the scenario's own value, or the nearest of its levels.
#[must_use]
pub fn base(order: usize, input: &Input, unit: MoneyUnit) -> Fixed {
    let levels = all(input);
    let now = input.now.or_else(|| levels.first().copied()).unwrap_or(0);
    let value = levels.into_iter().min_by_key(|level| level.abs_diff(now)).unwrap_or(now);
    Fixed { order, printed: printed(input, value, unit), name: input.name.clone(), text: text(input, value) }
}

fn all(input: &Input) -> Vec<i64> {
    match &input.chosen {
        Chosen::Levels(levels) => (0..levels.count().min(MOST_LEVELS * 1_000)).filter_map(|at| levels.level(at)).collect(),
        _ => Vec::new(),
    }
}

fn printed(input: &Input, value: i64, unit: MoneyUnit) -> Vec<u8> {
    let mut out = Vec::new();
    if let Some(target) = input.targets.first() {
        target.print(value, unit, &mut out);
    }
    out
}

fn text(input: &Input, value: i64) -> String {
    input.targets.first().map_or_else(String::new, |target| target.text(value))
}

fn number(field: &[u8]) -> Option<f64> {
    std::str::from_utf8(field).ok().and_then(Decimal::parse).map(Decimal::to_f64)
}

impl Axis {
    /// Of a lever, as one of `axes` axes over so many points.
    #[must_use]
    pub fn of(order: usize, input: &Input, axes: usize, points: u64, unit: MoneyUnit) -> Self {
        match &input.chosen {
            Chosen::Levels(levels) if levels.count() <= MOST_LEVELS => Self::levels(order, input, unit),
            Chosen::Levels(Levels::List(_)) if input.targets.first().is_some_and(|t| !t.words.is_empty()) => Self::levels(order, input, unit),
            _ => Self::parts(order, input, axes, points, unit),
        }
    }

    fn levels(order: usize, input: &Input, unit: MoneyUnit) -> Self {
        let mut values = all(input);
        let words = input.targets.first().is_some_and(|t| !t.words.is_empty());
        if !words {
            values.sort_unstable();
            values.dedup();
        }
        let fields: Vec<Vec<u8>> = values.iter().map(|v| printed(input, *v, unit)).collect();
        #[expect(clippy::cast_precision_loss, reason = "few levels")]
        let places = fields.iter().enumerate().map(|(n, f)| number(f).filter(|_| !words).unwrap_or(n as f64)).collect();
        let now = input.now.and_then(|now| values.iter().position(|v| *v == now));
        let texts = values.iter().map(|v| text(input, *v)).collect();
        let sorter = Sorter::Levels(fields.into_iter().enumerate().map(|(n, f)| (f, n)).collect());
        Self { name: input.name.clone(), order, places, texts, now, sorter }
    }

    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "few parts; values below 2^53")]
    fn parts(order: usize, input: &Input, axes: usize, points: u64, unit: MoneyUnit) -> Self {
        let (low, high) = match &input.chosen {
            Chosen::Between(low, high) => (*low, *high),
            _ => {
                let all = all(input);
                (all.iter().min().copied().unwrap_or(0), all.iter().max().copied().unwrap_or(0))
            }
        };
        let [least, most] = PARTS[usize::from(axes > 1)];
        let wanted = points / POINTS_IN_A_PART;
        let count = if axes > 1 { wanted.isqrt() } else { wanted }.clamp(least, most);
        let [from, to] = [low, high].map(|v| number(&printed(input, v, unit)).unwrap_or(0.0));
        let width = (to - from) / count as f64;
        let middle = |n: u64| low + ((high - low) as f64 * (n as f64 + 0.5) / count as f64).round() as i64;
        Self {
            name: input.name.clone(),
            order,
            places: (0..count).map(|n| from + width * (n as f64 + 0.5)).collect(),
            texts: (0..count).map(|n| text(input, rounded(middle(n), high - low))).collect(),
            now: input.now.filter(|now| (low..=high).contains(now)).map(|now| (((now - low) as f64 / (high - low) as f64 * count as f64) as usize).min(count as usize - 1)),
            sorter: Sorter::Parts { low: from, width, count: count as usize },
        }
    }

    /// The place of what is written in a row.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part's number")]
    pub fn place(&self, field: &[u8]) -> Option<usize> {
        match &self.sorter {
            Sorter::Levels(known) => known.get(field).copied(),
            Sorter::Parts { low, width, count } => {
                let at = ((number(field)? - low) / width).floor();
                (at >= 0.0).then(|| (at as usize).min(count - 1))
            }
        }
    }
}

/// A middle with three digits of the range: more would say more than a part knows.
fn rounded(value: i64, range: i64) -> i64 {
    let mut unit = 1;
    while range / unit > 1_000 {
        unit *= 10;
    }
    (value + value.signum() * unit / 2) / unit * unit
}
