//! The values a lever may have, on a line from its lowest to its highest.

use crate::rules::field::Quantity;
use crate::study::inputs::{Chosen, Input};
use crate::study::wrong::Wrong;

/// Parts of a scan.
const PARTS: i64 = 64;
/// The most levels that are all computed.
const MOST_LEVELS: u128 = 100_000;

/// The values of a lever.
#[derive(Clone, Debug)]
pub enum Line {
    /// These, in order: all are computed.
    Levels(Vec<i64>),
    /// Any between two ends, as fine as a step.
    Fine {
        /// The lowest.
        low: i64,
        /// The highest.
        high: i64,
        /// The finest step.
        step: i64,
    },
}

impl Line {
    /// Of a lever.
    ///
    /// # Errors
    /// No level, too many, or an input that is drawn.
    pub fn of(input: &Input) -> Result<Self, Wrong> {
        let levels = match &input.chosen {
            Chosen::Levels(levels) => levels,
            Chosen::Between(low, high) => {
                let quantity = input.targets.first().map_or(Quantity::Number, |target| target.quantity);
                return Ok(Self::Fine { low: *low, high: *high, step: finest(quantity) });
            }
            Chosen::Drawn(_) => return Err(Wrong::said(&input.key, "求解要政策变量，不是不确定因素", "a lever is needed, not an uncertainty")),
        };
        if levels.count() == 0 || levels.count() > MOST_LEVELS {
            let count = levels.count();
            return Err(Wrong::said(
                &input.key,
                format!("有 {count} 个取值，最多 {MOST_LEVELS} 个；去掉 step 就自动细分"),
                format!("has {count} levels, at most {MOST_LEVELS}; without a step the program narrows down by itself"),
            ));
        }
        let mut all: Vec<i64> = (0..levels.count()).filter_map(|n| levels.level(n)).collect();
        all.sort_unstable();
        all.dedup();
        Ok(Self::Levels(all))
    }

    /// Whether values between those tried may be tried too.
    #[must_use]
    pub const fn is_fine(&self) -> bool {
        matches!(self, Self::Fine { .. })
    }

    /// The lowest and highest value.
    #[must_use]
    pub fn range(&self) -> (i64, i64) {
        match self {
            Self::Levels(all) => (all.first().copied().unwrap_or(0), all.last().copied().unwrap_or(0)),
            Self::Fine { low, high, .. } => (*low, *high),
        }
    }

    /// The values tried first.
    #[must_use]
    pub fn scan(&self) -> Vec<i64> {
        match self {
            Self::Levels(all) => all.clone(),
            Self::Fine { low, high, .. } => self.between(*low, *high),
        }
    }

    /// Some values from one to another, both included, evenly spread.
    #[must_use]
    pub fn between(&self, from: i64, to: i64) -> Vec<i64> {
        let mut values: Vec<i64> = (0..=PARTS).filter_map(|n| self.at_or_below(from, to, n)).collect();
        values.dedup();
        values
    }

    fn at_or_below(&self, from: i64, to: i64, part: i64) -> Option<i64> {
        let Self::Fine { step, .. } = self else { return None };
        if part == PARTS {
            return Some(to);
        }
        let offset = i128::from(to - from) * i128::from(part) / i128::from(PARTS);
        // On the finest steps counted from the lower end.
        let steps = offset / i128::from(*step);
        Some(from + i64::try_from(steps * i128::from(*step)).ok()?)
    }

    /// The value in the middle of two, where they are more than one step apart.
    #[must_use]
    pub fn middle(&self, a: i64, b: i64) -> Option<i64> {
        let Self::Fine { step, .. } = self else { return None };
        let steps = (b - a + step - 1) / step;
        (steps > 1).then(|| a + steps / 2 * step)
    }
}

/// 0.01 percentage points, 1 yuan, 0.01 亩; a fen of a price.
const fn finest(quantity: Quantity) -> i64 {
    match quantity {
        Quantity::Share | Quantity::Rate | Quantity::Number | Quantity::Money | Quantity::SignedMoney => 100,
        Quantity::MoneyPerMu | Quantity::MoneyPerSquareMetre | Quantity::Area | Quantity::Word(_) => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_on_the_finest_steps() {
        let line = Line::Fine { low: 0, high: 1_000_000, step: 100 };
        let scan = line.scan();
        assert_eq!((scan.len(), scan[0], scan[1], scan[64]), (65, 0, 15_600, 1_000_000));
        assert_eq!(line.middle(600_000, 600_100), None);
        assert_eq!(line.middle(600_000, 600_200), Some(600_100));
        // The upper end need not stand on a step.
        assert_eq!((line.middle(600_000, 600_050), line.middle(600_000, 600_150)), (None, Some(600_100)));
        assert_eq!(line.between(0, 200), [0, 100, 200]);
    }
}
