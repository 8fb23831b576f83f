//! Days of the calendar, and the parts of a year by which a ratio is weighted.

use super::number::Whole;

pub type Year = i32;

/// A year is counted in this many equal pieces, so that months and days are both whole.
pub const PIECES: Whole = 12 * 365 * 366;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    pub year: Year,
    pub month: u32,
    pub day: u32,
}

/// The part of a year in which something exists, in pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    pub from: Whole,
    pub to: Whole,
}

pub const ALL_YEAR: Life = Life { from: 0, to: PIECES };

impl Day {
    pub fn new(year: Year, month: u32, day: u32) -> Self {
        Self { year, month, day }
    }

    /// `2016` or `2016-05-01`; `None` for anything else (a key that is no date).
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
        match (parts.next(), parts.next()) {
            (None, _) => Some(Self::new(year, 1, 1)),
            (Some(month), Some(day)) => Some(Self::new(year, month.parse().ok()?, day.parse().ok()?)),
            _ => None,
        }
    }

    pub fn next(self) -> Self {
        if self.day < days_in(self.year, self.month) {
            Self { day: self.day + 1, ..self }
        } else if self.month < 12 {
            Self::new(self.year, self.month + 1, 1)
        } else {
            Self::new(self.year + 1, 1, 1)
        }
    }

    /// How much of its year has gone when it begins: by months when it is the first of one, by days otherwise.
    pub fn gone(self) -> Whole {
        if self.day == 1 {
            return PIECES / 12 * Whole::from(self.month - 1);
        }
        let before: u32 = (1..self.month).map(|month| days_in(self.year, month)).sum();
        let whole: u32 = (1..=12).map(|month| days_in(self.year, month)).sum();
        PIECES / Whole::from(whole) * Whole::from(before + self.day - 1)
    }
}

impl Life {
    pub fn length(self) -> Whole {
        (self.to - self.from).max(0)
    }

    pub fn overlap(self, other: Self) -> Whole {
        Self { from: self.from.max(other.from), to: self.to.min(other.to) }.length()
    }
}

/// The parts of a year before and after the end of a day.
pub fn around_end(last_day: Day, year: Year) -> (Life, Life) {
    let next = last_day.next();
    let cut = match year.cmp(&next.year) {
        std::cmp::Ordering::Less => PIECES,
        std::cmp::Ordering::Equal => next.gone(),
        std::cmp::Ordering::Greater => 0,
    };
    (Life { from: 0, to: cut }, Life { from: cut, to: PIECES })
}

fn days_in(year: Year, month: u32) -> u32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}
