//! Grids 网格设计: every combination of levels, levels side by side, or one input at a time.
//!
//! Levels are whole numbers of the input's smallest unit (millionths of a share, fen), so 0 to 1 by 0.1 is eleven levels and none of them is
//! 0.30000000000000004. A design is a tree of axes; any point is computed from its number alone.

use super::fault::Fault;

/// The levels of one input 水平, in whole units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Levels {
    /// From `low` on, `count` levels, `step` apart. Made by [`Levels::span`].
    Span(Span),
    /// These, in this order.
    List(Vec<i64>),
}

/// Levels at equal distance, known to arrive at their upper end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    low: i64,
    step: i64,
    count: u128,
}

impl Levels {
    /// `low`, `low + step`, … `high`. Where `low` is `high` it is one level whatever the step.
    ///
    /// # Errors
    /// `low` above `high`; a step of 0 or less; a step that does not arrive at `high`.
    pub fn span(low: i64, high: i64, step: i64) -> Result<Self, Fault> {
        if low > high {
            return Err(Fault::OutOfRange("low ≤ high"));
        }
        if step <= 0 && low < high {
            return Err(Fault::OutOfRange("step > 0"));
        }
        let (width, stride) = (i128::from(high) - i128::from(low), i128::from(step.max(1)));
        if low < high && width % stride != 0 {
            // Between `low` and `high`, so it fits.
            return Err(Fault::StepMissesHigh { last: (i128::from(high) - width % stride) as i64 });
        }
        Ok(Self::Span(Span { low, step, count: (width / stride) as u128 + 1 }))
    }

    /// How many levels.
    #[must_use]
    pub const fn count(&self) -> u128 {
        match self {
            Self::Span(span) => span.count,
            Self::List(list) => list.len() as u128,
        }
    }

    /// Level `index`, from 0; `None` past the last.
    #[must_use]
    pub fn level(&self, index: u128) -> Option<i64> {
        if index >= self.count() {
            return None;
        }
        match self {
            Self::Span(span) => i64::try_from(i128::from(span.low) + i128::try_from(index).ok()? * i128::from(span.step)).ok(),
            Self::List(list) => list.get(usize::try_from(index).ok()?).copied(),
        }
    }
}

/// A design of points over several inputs, in the order its axes are written 试验设计.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    shape: Shape,
    points: u128,
    dimensions: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Shape {
    Axis(Levels),
    Crossed(Vec<Grid>),
    Paired(Vec<Grid>),
    OneAtATime(Vec<(i64, Levels)>),
}

impl Grid {
    /// One input.
    ///
    /// # Errors
    /// No level.
    pub fn axis(levels: Levels) -> Result<Self, Fault> {
        let points = levels.count();
        if points == 0 { Err(Fault::Empty("levels")) } else { Ok(Self { shape: Shape::Axis(levels), points, dimensions: 1 }) }
    }

    /// Every combination 全组合; the last part runs fastest.
    ///
    /// # Errors
    /// No part; more than 2^128 − 1 points.
    pub fn crossed(parts: Vec<Self>) -> Result<Self, Fault> {
        let points = count(parts.iter().map(|part| part.points))?;
        Ok(Self { points, dimensions: parts.iter().map(|part| part.dimensions).sum(), shape: Shape::Crossed(parts) })
    }

    /// Side by side 一一对应: point `i` is point `i` of every part.
    ///
    /// # Errors
    /// No part; parts of unequal length.
    pub fn paired(parts: Vec<Self>) -> Result<Self, Fault> {
        let points = parts.first().ok_or(Fault::Empty("inputs"))?.points;
        if let Some(other) = parts.iter().find(|part| part.points != points) {
            return Err(Fault::Lengths { what: "points to pair", expected: points, found: other.points });
        }
        Ok(Self { points, dimensions: parts.iter().map(|part| part.dimensions).sum(), shape: Shape::Paired(parts) })
    }

    /// One at a time 逐一变动: point 0 is the base; then each input in turn takes each of its levels that is not its base, the others at base.
    ///
    /// # Errors
    /// No input; more than 2^128 − 1 points.
    pub fn one_at_a_time(inputs: Vec<(i64, Levels)>) -> Result<Self, Fault> {
        if inputs.is_empty() {
            return Err(Fault::Empty("inputs"));
        }
        let mut points: u128 = 1;
        for (base, levels) in &inputs {
            points = points.checked_add(moves(*base, levels)).ok_or(Fault::TooMany("points"))?;
        }
        Ok(Self { points, dimensions: inputs.len(), shape: Shape::OneAtATime(inputs) })
    }

    /// How many points.
    #[must_use]
    pub const fn points(&self) -> u128 {
        self.points
    }

    /// Whether one input moves after the other.
    #[must_use]
    pub const fn is_one_at_a_time(&self) -> bool {
        matches!(self.shape, Shape::OneAtATime(_))
    }

    /// How many inputs.
    #[must_use]
    pub const fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// The levels of point `number`, from 0, an entry an input; `None` past the last point.
    #[must_use]
    pub fn point(&self, number: u128) -> Option<Vec<i64>> {
        let mut levels = Vec::with_capacity(self.dimensions);
        self.write(number, &mut levels)?;
        Some(levels)
    }

    fn write(&self, number: u128, out: &mut Vec<i64>) -> Option<()> {
        if number >= self.points {
            return None;
        }
        match &self.shape {
            Shape::Axis(levels) => out.push(levels.level(number)?),
            Shape::Paired(parts) => parts.iter().try_for_each(|part| part.write(number, out))?,
            Shape::Crossed(parts) => {
                let mut slower = self.points;
                let mut rest = number;
                for part in parts {
                    slower /= part.points;
                    part.write(rest / slower, out)?;
                    rest %= slower;
                }
            }
            Shape::OneAtATime(inputs) => out.extend(moved(inputs, number)?),
        }
        Some(())
    }

    /// All points in order.
    pub fn iter(&self) -> impl Iterator<Item = Vec<i64>> + '_ {
        let mut number = 0;
        std::iter::from_fn(move || {
            let point = self.point(number)?;
            number += 1;
            Some(point)
        })
    }
}

/// The number of combinations of parts of these lengths.
///
/// # Errors
/// No part; more than 2^128 − 1 combinations.
pub fn count(parts: impl IntoIterator<Item = u128>) -> Result<u128, Fault> {
    let product = parts.into_iter().try_fold(None, |product: Option<u128>, part| product.unwrap_or(1).checked_mul(part).map(Some));
    product.ok_or(Fault::TooMany("points"))?.ok_or(Fault::Empty("inputs"))
}

/// Levels that are not the base.
fn moves(base: i64, levels: &Levels) -> u128 {
    levels.count() - repeats(base, levels, levels.count())
}

/// How many of the first `until` levels are the base.
fn repeats(base: i64, levels: &Levels, until: u128) -> u128 {
    match levels {
        Levels::List(list) => list.iter().take(usize::try_from(until).unwrap_or(usize::MAX)).filter(|level| **level == base).count() as u128,
        Levels::Span(_) => u128::from(place(base, levels).is_some_and(|place| place < until)),
    }
}

/// Where the base stands in a span.
fn place(base: i64, levels: &Levels) -> Option<u128> {
    let Levels::Span(span) = levels else { return None };
    let (above, stride) = (i128::from(base) - i128::from(span.low), i128::from(span.step.max(1)));
    let index = u128::try_from(above / stride).ok()?;
    (above >= 0 && above % stride == 0 && index < span.count).then_some(index)
}

/// The `skip`-th level, from 0, that is not the base.
fn other(base: i64, levels: &Levels, skip: u128) -> Option<i64> {
    match levels {
        Levels::List(list) => list.iter().filter(|level| **level != base).nth(usize::try_from(skip).ok()?).copied(),
        Levels::Span(_) => levels.level(skip + u128::from(place(base, levels).is_some_and(|place| place <= skip))),
    }
}

/// Point `number` of a design that moves one input at a time.
fn moved(inputs: &[(i64, Levels)], number: u128) -> Option<Vec<i64>> {
    let mut point: Vec<i64> = inputs.iter().map(|(base, _)| *base).collect();
    let Some(mut rest) = number.checked_sub(1) else { return Some(point) };
    for (input, (base, levels)) in inputs.iter().enumerate() {
        let moves = moves(*base, levels);
        if rest < moves {
            point[input] = other(*base, levels, rest)?;
            return Some(point);
        }
        rest -= moves;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(low: i64, high: i64, step: i64) -> Grid {
        Grid::axis(Levels::span(low, high, step).unwrap()).unwrap()
    }

    #[test]
    fn nought_to_one_by_a_tenth_is_eleven_levels() {
        let levels = Levels::span(0, 1_000_000, 100_000).unwrap();
        assert_eq!(levels.count(), 11);
        assert_eq!((levels.level(3), levels.level(10), levels.level(11)), (Some(300_000), Some(1_000_000), None));
        assert_eq!(Levels::span(0, 100, 30), Err(Fault::StepMissesHigh { last: 90 }));
        assert_eq!(Levels::span(5, 5, 0).unwrap().count(), 1);
        assert!(Levels::span(1, 0, 1).is_err() && Levels::span(0, 1, 0).is_err() && Levels::span(0, 1, -1).is_err());
    }

    #[test]
    fn crossed_the_last_runs_fastest() {
        let grid = Grid::crossed(vec![axis(1, 2, 1), axis(10, 30, 10)]).unwrap();
        let points: Vec<Vec<i64>> = grid.iter().collect();
        assert_eq!(points, [[1, 10], [1, 20], [1, 30], [2, 10], [2, 20], [2, 30]]);
        assert_eq!((grid.points(), grid.dimensions(), grid.point(6)), (6, 2, None));
    }

    #[test]
    fn paired_and_crossed_may_be_nested() {
        let pair = Grid::paired(vec![axis(1, 3, 1), axis(10, 30, 10)]).unwrap();
        let grid = Grid::crossed(vec![pair, axis(0, 1, 1)]).unwrap();
        assert_eq!(grid.point(3), Some(vec![2, 20, 1]));
        assert_eq!(grid.points(), 6);
        let unequal = Grid::paired(vec![axis(1, 3, 1), axis(1, 2, 1)]);
        assert_eq!(unequal, Err(Fault::Lengths { what: "points to pair", expected: 3, found: 2 }));
    }

    #[test]
    fn one_at_a_time_leaves_the_others_at_base() {
        let list = Levels::List(vec![7, 5, 9]);
        let inputs = vec![(2, Levels::span(1, 3, 1).unwrap()), (5, list), (100, Levels::span(1, 2, 1).unwrap())];
        let points: Vec<Vec<i64>> = Grid::one_at_a_time(inputs).unwrap().iter().collect();
        assert_eq!(points, [[2, 5, 100], [1, 5, 100], [3, 5, 100], [2, 7, 100], [2, 9, 100], [2, 5, 1], [2, 5, 2]]);
    }

    #[test]
    fn what_cannot_be_counted_is_a_fault() {
        let wide = axis(i64::MIN, i64::MAX, 1);
        assert_eq!(wide.points(), 1 << 64);
        assert_eq!(wide.point((1 << 64) - 1), Some(vec![i64::MAX]));
        assert_eq!(Grid::crossed(vec![wide.clone(), wide.clone()]), Err(Fault::TooMany("points")));
        assert_eq!(Grid::crossed(vec![]), Err(Fault::Empty("inputs")));
        assert_eq!(Grid::paired(vec![]), Err(Fault::Empty("inputs")));
        assert_eq!(Grid::one_at_a_time(vec![]), Err(Fault::Empty("inputs")));
        assert_eq!(Grid::axis(Levels::List(vec![])), Err(Fault::Empty("levels")));
        assert_eq!(wide.point(u128::MAX), None);
    }
}
