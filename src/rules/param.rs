//! A parameter: a quantity that is dated, may differ by town and may grow, with the source of every value.

use std::ops::RangeBounds as _;

use super::field::Quantity;
pub use super::leaf::{Grade, Leaf, Leaves, Provenance};
pub use crate::base::leaf::LeafId;
use crate::base::{
    change::Change,
    decimal::divide_half_away,
    place::Place,
    ratio::{Factor, Ratio},
    when::{Day, Year},
};
use crate::diag::Code;

/// How a parameter grows after its last date.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Growth {
    /// It stays.
    #[default]
    None,
    /// By a fixed rate a year.
    Fixed(Factor),
    /// With a driver, by its order.
    Driver(usize),
}

/// A value from a date on.
#[derive(Clone, Debug)]
pub struct Step {
    /// From when; `None`: always.
    pub from: Option<Day>,
    /// The value, the same for all towns or by town (`None`: that town's cell is empty).
    pub value: StepValue,
}

/// The value of a step.
#[derive(Clone, Debug)]
pub enum StepValue {
    /// The same for every town.
    Same(i64, LeafId),
    /// From a column of the town table.
    ByTown(Vec<Option<(i64, LeafId)>>),
}

/// A dated, growing, town-wise quantity.
#[derive(Clone, Debug)]
pub struct Param {
    /// Its path.
    pub path: String,
    /// Where it starts in the file, for messages.
    pub place: Place,
    /// What is measured.
    pub quantity: Quantity,
    /// Steps by date.
    pub steps: Vec<Step>,
    /// Growth after the step's date.
    pub growth: Growth,
    /// Linear between dates (at the first of January of each year).
    pub interpolate: bool,
    /// What draws of a study do to it, year by year.
    pub changes: Vec<Change>,
}

/// Why a parameter has no value for a town and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The year lies before its first date.
    Before(Day),
    /// The town's cell is empty.
    Town,
    /// It grows with a driver from a year before drivers are counted.
    Growth(Year),
    /// A draw makes it what its quantity cannot be.
    Beyond,
}

impl Missing {
    /// The error that says so, and from when there is a value.
    #[must_use]
    pub const fn code(self) -> (Code, Option<Day>) {
        match self {
            Self::Before(day) => (Code::E401, Some(day)),
            Self::Town => (Code::E402, None),
            Self::Growth(since) => (Code::E404, Some(Day::first_of(since))),
            Self::Beyond => (Code::E755, None),
        }
    }
}

/// Growth factors of the drivers: `factors[driver][year − first]`.
#[derive(Clone, Debug, Default)]
pub struct Drivers {
    /// The year of the first factor.
    pub first: Year,
    /// Factors by driver and year.
    pub factors: Vec<Vec<Factor>>,
    /// Their names, as people read them.
    pub names: Vec<String>,
}

impl Drivers {
    /// The factor by which things that follow this growth rise in a year.
    #[must_use]
    pub fn factor(&self, growth: &Growth, year: Year) -> Factor {
        match growth {
            Growth::None => Factor::ONE,
            Growth::Fixed(factor) => *factor,
            Growth::Driver(driver) => usize::try_from(year - self.first).ok().and_then(|n| self.factors.get(*driver)?.get(n)).copied().unwrap_or(Factor::ONE),
        }
    }

    /// The product of the factors from the year after `since` to `year`, in order of years.
    #[must_use]
    pub fn index(&self, growth: &Growth, since: Year, year: Year) -> f64 {
        (since + 1..=year).fold(1.0, |index, y| index * self.factor(growth, y).to_f64())
    }
}

impl Param {
    /// The value for a town and year, and the leaf it rests on (the one in force at the end of the year).
    ///
    /// A step that starts within the year is weighted by months (or days, when it does not start on a first);
    /// `months` narrows the weighing to the part of the year in which its subject exists.
    ///
    /// # Errors
    /// [`Missing`] when the year lies before the first date, the town's cell is empty, or a draw makes it what it cannot be.
    pub fn at(&self, town: usize, year: Year, drivers: &Drivers, lives: Lives) -> Result<(i64, LeafId), Missing> {
        let (value, leaf) = self.unchanged(town, year, drivers, lives)?;
        Ok((self.changed(value, year)?, leaf))
    }

    /// The value of a year after what draws of a study do to it.
    ///
    /// # Errors
    /// [`Missing::Beyond`] when it is then what its quantity cannot be.
    pub fn changed(&self, value: i64, year: Year) -> Result<i64, Missing> {
        let mut changes = self.changes.iter().filter(|change| change.year.is_none_or(|y| y == year)).peekable();
        if changes.peek().is_none() {
            return Ok(value);
        }
        let changed = changes.fold(value, |value, change| change.act.on(value));
        if self.quantity.range().contains(&changed) { Ok(changed) } else { Err(Missing::Beyond) }
    }

    fn unchanged(&self, town: usize, year: Year, drivers: &Drivers, lives: Lives) -> Result<(i64, LeafId), Missing> {
        let last = self.last_step(year).ok_or_else(|| Missing::Before(self.first_day()))?;
        let (value, leaf) = self.grown(last, town, year, drivers)?;
        let within = self.steps[..=last].iter().rposition(|s| s.from.is_none_or(|d| d <= Day::first_of(year)));
        // A ratio that changes within a year is weighted; an approved amount is the amount of its year.
        let weighs = matches!(self.quantity, Quantity::Share | Quantity::Rate | Quantity::Number);
        if !weighs || within == Some(last) || lives.is_empty() {
            return Ok((value, leaf));
        }
        self.weighted(within, last, town, year, drivers, lives).map(|value| (value, leaf))
    }

    /// All values as they were written, by their leaves.
    pub fn leaves(&self) -> impl Iterator<Item = LeafId> {
        self.steps.iter().flat_map(|step| match &step.value {
            StepValue::Same(_, leaf) => vec![*leaf],
            StepValue::ByTown(values) => values.iter().flatten().map(|(_, leaf)| *leaf).collect(),
        })
    }

    /// The years named by its dates, for warnings.
    pub fn days(&self) -> impl Iterator<Item = Day> {
        self.steps.iter().filter_map(|s| s.from)
    }

    fn first_day(&self) -> Day {
        self.steps.first().and_then(|s| s.from).unwrap_or(Day::first_of(0))
    }

    /// The last step that starts by the end of a year.
    fn last_step(&self, year: Year) -> Option<usize> {
        self.steps.iter().rposition(|s| s.from.is_none_or(|d| d.year <= year))
    }

    fn raw(&self, step: usize, town: usize) -> Result<(i64, LeafId), Missing> {
        match &self.steps[step].value {
            StepValue::Same(value, leaf) => Ok((*value, *leaf)),
            StepValue::ByTown(values) => values.get(town).copied().flatten().ok_or(Missing::Town),
        }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "amounts stay below 10^15")]
    fn grown(&self, step: usize, town: usize, year: Year, drivers: &Drivers) -> Result<(i64, LeafId), Missing> {
        let (value, leaf) = self.raw(step, town)?;
        let since = self.steps[step].from.map(|d| d.year);
        if let (true, Some(since), Some(next)) = (self.interpolate, since, self.steps.get(step + 1)) {
            let until = next.from.map_or(since, |d| d.year);
            let (after, _) = self.raw(step + 1, town)?;
            let way = i128::from(after - value) * i128::from(year - since);
            return Ok((value + divide_half_away(way, i128::from((until - since).max(1))) as i64, leaf));
        }
        let (Some(since), false) = (since, self.growth == Growth::None) else { return Ok((value, leaf)) };
        if matches!(self.growth, Growth::Driver(_)) && since + 1 < drivers.first && since < year {
            return Err(Missing::Growth(since));
        }
        // Far past every limit nothing matters but that later sums of it cannot overflow; the engine refuses it.
        let grown = (value.unsigned_abs() as f64 * drivers.index(&self.growth, since, year) + 0.5).floor().clamp(0.0, 9e15) as i64;
        Ok((grown * value.signum(), leaf))
    }

    fn weighted(&self, first: Option<usize>, last: usize, town: usize, year: Year, drivers: &Drivers, lives: Lives) -> Result<i64, Missing> {
        let start = |step: usize| self.steps[step].from.filter(|d| *d > Day::first_of(year)).map_or((0, 12), Day::elapsed);
        // Nothing is written for the first part of the year: it is an error to ask for it, unless the subject does not exist yet.
        let Some(first) = first.or_else(|| self.steps.iter().position(|s| s.from.is_some_and(|d| d.year == year && lives.begins_by(d.elapsed())))) else {
            return Err(Missing::Before(self.first_day()));
        };
        let mut sum: i128 = 0;
        let mut whole: i128 = 0;
        for step in first..=last {
            let end = if step == last { (12, 12) } else { start(step + 1) };
            let weight = lives.overlap(start(step), end);
            sum += i128::from(self.grown(step, town, year, drivers)?.0) * weight;
            whole += weight;
        }
        #[expect(clippy::cast_possible_truncation, reason = "a mean lies between its values")]
        Ok(if whole == 0 { self.grown(last, town, year, drivers)?.0 } else { divide_half_away(sum, whole) as i64 })
    }
}

/// The part of a year in which a thing exists, as fractions of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lives {
    /// Parts of the year before it starts.
    pub from: (i64, i64),
    /// Parts of the year before it ends.
    pub to: (i64, i64),
}

impl Lives {
    /// The whole year.
    pub const ALL_YEAR: Self = Self { from: (0, 12), to: (12, 12) };

    const fn is_empty(self) -> bool {
        self.from.0 * self.to.1 >= self.to.0 * self.from.1
    }

    /// Whether it starts no earlier than a part of the year.
    const fn begins_by(self, part: (i64, i64)) -> bool {
        part.0 * self.from.1 <= self.from.0 * part.1
    }

    /// How much of `start..end` lies inside, in 1/(12·365·366) of a year: a whole number for months and days alike.
    fn overlap(self, start: (i64, i64), end: (i64, i64)) -> i128 {
        const UNITS: i128 = 12 * 365 * 366;
        let units = |(part, of): (i64, i64)| i128::from(part) * UNITS / i128::from(of);
        (units(end).min(units(self.to)) - units(start).max(units(self.from))).max(0)
    }
}

impl From<Ratio> for Growth {
    fn from(rate: Ratio) -> Self {
        Self::Fixed(Factor::growth(rate, Ratio::ONE, Ratio::ZERO))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(steps: &[(&str, i64)]) -> Param {
        let steps = steps.iter().map(|(day, value)| Step { from: Day::parse(day), value: StepValue::Same(*value, LeafId(0)) });
        let (place, growth) = (Place::Nowhere, Growth::None);
        Param { path: "vat".into(), place, quantity: Quantity::Share, steps: steps.collect(), growth, interpolate: false, changes: Vec::new() }
    }

    #[test]
    fn a_law_that_changes_in_may_is_weighted_by_months() {
        let vat = share(&[("1994", 750_000), ("2016-05-01", 500_000)]);
        let at = |year, lives| vat.at(0, year, &Drivers::default(), lives).map(|v| v.0);
        assert_eq!(at(2015, Lives::ALL_YEAR), Ok(750_000));
        // (75 % × 4 + 50 % × 8) / 12 = 58.3333 %
        assert_eq!(at(2016, Lives::ALL_YEAR), Ok(583_333));
        // What exists only from May on knows only the new law.
        assert_eq!(at(2016, Lives { from: (4, 12), to: (12, 12) }), Ok(500_000));
        assert_eq!(at(2017, Lives::ALL_YEAR), Ok(500_000));
        assert_eq!(at(1993, Lives::ALL_YEAR), Err(Missing::Before(Day::first_of(1994))));
    }

    /// 10 % a year on 1,000, twice that in 2014: 1,000, 1,100, 2 × 1,210, 1,331. A share of 60 % is not doubled.
    #[test]
    fn a_draw_changes_what_has_grown() {
        let twice = |path: &str, year| Change { path: path.into(), year, act: crate::base::change::Act::Times(2_000_000) };
        let mut price = share(&[("2012", 1_000)]);
        price.growth = Growth::Fixed(Factor(1_100_000_000));
        price.changes.push(twice("vat", Some(2014)));
        let at = |param: &Param, year| param.at(0, year, &Drivers::default(), Lives::ALL_YEAR).map(|v| v.0);
        assert_eq!([2012, 2013, 2014, 2015].map(|year| at(&price, year)), [Ok(1_000), Ok(1_100), Ok(2_420), Ok(1_331)]);
        let mut large = share(&[("2012", 600_000)]);
        large.changes.push(twice("vat", None));
        assert_eq!(at(&large, 2012), Err(Missing::Beyond));
    }

    #[test]
    fn a_price_grows_from_its_own_date() {
        let mut price = share(&[("2012", 1_000), ("2015", 2_000)]);
        price.growth = Growth::Fixed(Factor(1_100_000_000));
        let at = |year| price.at(0, year, &Drivers::default(), Lives::ALL_YEAR).map(|v| v.0);
        assert_eq!([at(2012), at(2013), at(2014), at(2015), at(2016)], [Ok(1_000), Ok(1_100), Ok(1_210), Ok(2_000), Ok(2_200)]);
    }
}
