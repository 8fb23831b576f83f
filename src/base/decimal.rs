//! Exact decimals as they stand in a file: `0.35`, `1_234.50`, `27.45`.

use std::fmt;

/// A decimal number kept exactly: `digits / 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: i128,
    scale: u32,
}

/// More digits than any budget needs; keeps every later product inside `i128`.
const MOST_DIGITS: usize = 18;

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self { digits: 0, scale: 0 };

    /// `digits / 10^scale`.
    #[must_use]
    pub const fn new(digits: i128, scale: u32) -> Self {
        Self { digits, scale }
    }

    /// Reads `-12`, `3.50`, `1_000`; no exponent, no sign but a leading `-` or `+`, at most 18 digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, body) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (whole, part) = body.split_once('.').unwrap_or((body, ""));
        if whole.is_empty() || (body.contains('.') && part.is_empty()) {
            return None;
        }
        let mut digits: i128 = 0;
        let mut count = 0;
        for byte in whole.bytes().chain(part.bytes()).filter(|b| *b != b'_') {
            let digit = i128::from(byte.checked_sub(b'0').filter(|d| *d < 10)?);
            count += usize::from(digits != 0 || digit != 0);
            if count > MOST_DIGITS {
                return None;
            }
            digits = digits * 10 + digit;
        }
        let scale = u32::try_from(part.bytes().filter(|b| *b != b'_').count()).ok()?;
        let digits = if negative { -digits } else { digits };
        (scale <= 18).then_some(Self { digits, scale })
    }

    /// The number of whole `1/10^places`, if the decimal has no more places than that.
    #[must_use]
    pub fn exact(self, places: u32) -> Option<i128> {
        let lean = self.lean();
        let lift = places.checked_sub(lean.scale)?;
        lean.digits.checked_mul(10_i128.checked_pow(lift)?)
    }

    /// The nearest number of whole `1/10^places`, half away from zero.
    #[must_use]
    pub fn nearest(self, places: u32) -> Option<i128> {
        match self.scale.checked_sub(places) {
            Some(drop) => Some(divide_half_away(self.digits, 10_i128.checked_pow(drop)?)),
            None => self.exact(places),
        }
    }

    /// The same number divided by `10^places`.
    #[must_use]
    pub fn shifted_down(self, places: u32) -> Self {
        Self { digits: self.digits, scale: self.scale + places }.lean()
    }

    /// The exact product.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let digits = self.digits.checked_mul(other.digits)?;
        Some(Self { digits, scale: self.scale + other.scale }.lean())
    }

    /// Whether it is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.digits < 0
    }

    /// The nearest double.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the nearest double is what is asked for")]
    pub fn to_f64(self) -> f64 {
        let lean = self.lean();
        // Both operands are exact for up to 15 digits and 22 places, so the quotient is the nearest double.
        lean.digits as f64 / 10_i128.pow(lean.scale.min(36)) as f64
    }

    fn lean(mut self) -> Self {
        while self.scale > 0 && self.digits % 10 == 0 {
            self.digits /= 10;
            self.scale -= 1;
        }
        self
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lean = self.lean();
        let sign = if lean.digits < 0 { "-" } else { "" };
        let digits = lean.digits.unsigned_abs().to_string();
        let scale = lean.scale as usize;
        if scale == 0 {
            return write!(f, "{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, part) = padded.split_at(padded.len() - scale);
        write!(f, "{sign}{whole}.{part}")
    }
}

/// Appends `number / 10^places` as [`Decimal`] shows it: tables print millions of them.
pub fn print(number: i64, places: u32, out: &mut Vec<u8>) {
    let (start, mut digits, mut places) = (out.len(), number.unsigned_abs(), places);
    while places > 0 && digits % 10 == 0 {
        (digits, places) = (digits / 10, places - 1);
    }
    // From the right: the part, the point, the whole, the sign.
    for place in 0.. {
        if place > places && digits == 0 {
            break;
        }
        if place == places && places > 0 {
            out.push(b'.');
        }
        out.push(b'0' + (digits % 10) as u8);
        digits /= 10;
    }
    if number < 0 {
        out.push(b'-');
    }
    out[start..].reverse();
}

/// `a / b` rounded to a whole number, half away from zero; `b > 0`.
#[must_use]
pub const fn divide_half_away(a: i128, b: i128) -> i128 {
    let half = b / 2 + b % 2;
    let (whole, rest) = (a / b, a % b);
    if rest.abs() >= half { whole + a.signum() } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints_what_a_person_writes() {
        for (text, printed) in [("0.350", "0.35"), ("-3", "-3"), ("1_000.5", "1000.5"), ("0.00", "0")] {
            assert_eq!(Decimal::parse(text).unwrap().to_string(), printed);
        }
        for bad in ["", ".", "1.", ".5", "1e3", "--1", "1234567890123456789", "一", "nan"] {
            assert_eq!(Decimal::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn both_ways_of_printing_agree() {
        let numbers = [0, 1, -1, 9, 10, -105, 1_000_000, -1_234_500, 123_456_789, i64::MAX, i64::MIN];
        for (number, places) in numbers.into_iter().flat_map(|n| [0, 2, 6, 10].map(|places| (n, places))) {
            let mut text = Vec::new();
            print(number, places, &mut text);
            assert_eq!(String::from_utf8(text).unwrap(), Decimal::new(i128::from(number), places).to_string());
        }
    }

    #[test]
    fn halves_go_away_from_zero() {
        for (a, b, expected) in [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (5, 3, 2), (1, 2, 1), (0, 7, 0), (-1, 3, 0)] {
            assert_eq!(divide_half_away(a, b), expected, "{a}/{b}");
        }
    }
}
