//! Dates and fiscal years 预算年度 (a fiscal year is the calendar year).

use std::fmt;

/// A fiscal year.
pub type Year = i32;

/// The years a scenario may speak of; outside of them a number is a typing mistake.
pub const YEARS: std::ops::RangeInclusive<Year> = 1950..=2150;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// The year.
    pub year: Year,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Day {
    /// The first of January.
    #[must_use]
    pub const fn first_of(year: Year) -> Self {
        Self { year, month: 1, day: 1 }
    }

    /// Reads `2016` or `2016-05-01`; `None` when it is neither, or no real day in a sensible year.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |s: &str, n: usize| (s.len() == n && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse().ok()).flatten();
        let year: Year = digits(text.get(..4)?, 4)?;
        let whole = match text.get(4..)? {
            "" => Self::first_of(year),
            rest => {
                let (month, day) = rest.strip_prefix('-')?.split_once('-')?;
                Self { year, month: digits(month, 2)?.try_into().ok()?, day: digits(day, 2)?.try_into().ok()? }
            }
        };
        (YEARS.contains(&year) && (1..=12).contains(&whole.month) && (1..=whole.days_in_month()).contains(&whole.day)).then_some(whole)
    }

    /// The day after.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.day < self.days_in_month() {
            Self { day: self.day + 1, ..self }
        } else if self.month < 12 {
            Self { month: self.month + 1, day: 1, ..self }
        } else {
            Self::first_of(self.year + 1)
        }
    }

    /// How much of its year lies before this day, as parts of a whole: months (of 12) when it is the first of a month, else days.
    #[must_use]
    pub const fn elapsed(self) -> (i64, i64) {
        if self.day == 1 {
            return (self.month as i64 - 1, 12);
        }
        let mut days = self.day as i64 - 1;
        let mut month = 1;
        while month < self.month {
            days += Self { month, day: 1, ..self }.days_in_month() as i64;
            month += 1;
        }
        (days, if Self::leap(self.year) { 366 } else { 365 })
    }

    const fn days_in_month(self) -> u8 {
        match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if Self::leap(self.year) => 29,
            2 => 28,
            _ => 31,
        }
    }

    const fn leap(year: Year) -> bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.month == 1 && self.day == 1 { write!(f, "{}", self.year) } else { write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_count_when_a_law_starts_on_the_first() {
        assert_eq!(Day::parse("2016-05-01").unwrap().elapsed(), (4, 12));
        assert_eq!(Day::parse("2016-05-02").unwrap().elapsed(), (122, 366));
        assert_eq!(Day::parse("2016-04-30").unwrap().next(), Day::parse("2016-05-01").unwrap());
        assert_eq!(Day::parse("2015-12-31").unwrap().next(), Day::first_of(2016));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for bad in ["2015-02-29", "16", "2016-5-1", "2016-13-01", "20160501", "2016-05", "1200", "二〇一六"] {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
    }
}
