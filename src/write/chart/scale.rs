//! The value axis, the places of the years, and round ticks.

/// The value axis: values to pixel rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    /// Lowest value shown.
    pub low: f64,
    /// Highest value of the data.
    pub high: f64,
    /// Pixel row of `high`.
    pub top: f64,
    /// Pixel row of `low`.
    pub bottom: f64,
}

impl Scale {
    /// Pixels per unit of value.
    pub fn per_unit(&self) -> f64 {
        (self.bottom - self.top) / (self.high - self.low)
    }

    /// The pixel row of a value.
    pub fn y(&self, value: f64) -> f64 {
        // Scaled before subtracting, so that the largest numbers cannot overflow.
        self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)
    }

    /// The pixel row of a value, rounded.
    pub fn row(&self, value: f64) -> i32 {
        self.y(value).round() as i32
    }
}

/// The places of the years along the horizontal axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slots {
    /// Left end of the first slot.
    pub left: f64,
    /// Width of one slot.
    pub width: f64,
    /// Number of years.
    pub count: usize,
}

impl Slots {
    /// Slots that fill the room, but not wider than looks sane for few years.
    pub fn new(left: f64, room: f64, count: usize) -> Self {
        let most = match count {
            1 => 640.0,
            2 => 480.0,
            3..=4 => 330.0,
            _ => 240.0,
        };
        Slots { left, width: (room / count as f64).min(most), count }
    }

    /// Left end of a slot (of the slot past the last: right end of all).
    pub fn edge(&self, at: usize) -> f64 {
        (self.left + self.width * at as f64).round()
    }

    /// Middle of a slot.
    pub fn middle(&self, at: usize) -> f64 {
        self.left + self.width * (at as f64 + 0.5)
    }

    /// Left and right edge of the bar in a slot.
    pub fn bar(&self, at: usize) -> (f64, f64) {
        let share = if self.count <= 2 {
            0.5
        } else if self.count <= 4 {
            0.62
        } else {
            0.74
        };
        let half = self.width * share / 2.0;
        let middle = self.middle(at);
        ((middle - half).round(), (middle + half).round())
    }

    /// Right end of the last slot.
    pub fn right(&self) -> f64 {
        self.edge(self.count)
    }
}

/// The step of round ticks so that about `wanted` of them cover `span`.
pub(super) fn step(span: f64, wanted: f64) -> f64 {
    let raw = span / wanted.max(1.0);
    let power = libm::pow(10.0, libm::log10(raw).floor());
    let off = |factor: f64| libm::log(raw / (factor * power)).abs();
    let near = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().min_by(|&a, &b| off(a).total_cmp(&off(b)));
    near.unwrap_or(10.0) * power
}

/// Multiples of `step` in `low..=high`.
pub(super) fn ticks(low: f64, high: f64, step: f64) -> Vec<f64> {
    let from = (low / step - 1e-6).ceil() as i64;
    let to = (high / step + 1e-6).floor() as i64;
    (from..=to).take(64).map(|at| at as f64 * step).collect()
}

/// A tick as text: as many decimals as the step needs, thousands apart, a real
/// minus sign.
pub(super) fn tick_text(value: f64, step: f64) -> String {
    let mut decimals = 0usize;
    while decimals < 12 && {
        let shifted = step * libm::pow(10.0, decimals as f64);
        (shifted - shifted.round()).abs() > 1e-6 * shifted
    } {
        decimals += 1;
    }
    let text = format!("{:.decimals$}", value.abs());
    let (whole, part) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut out = String::new();
    if value < 0.0 && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        out.push('−');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + part
}

/// How many years one label stands for when `room` pixels are needed for each.
pub(super) fn thinning(room: f64, slot: f64) -> usize {
    let every = [1, 2, 5, 10, 20, 50, 100];
    every.into_iter().find(|&every| every as f64 * slot >= room).unwrap_or(200)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_written_plainly() {
        for (span, expected) in [(2.55, "0.5"), (0.01, "0.002"), (100_000.0, "20,000"), (12.0, "2.5"), (9.0, "2")] {
            let step = step(span, 5.0);
            assert_eq!(tick_text(step, step), expected);
        }
        assert_eq!(tick_text(-1500.0, 500.0), "−1,500");
        assert_eq!(tick_text(-0.0, 0.5), "0.0");
        assert_eq!(ticks(-1.0, 2.0, 0.5).len(), 7);
    }
}
