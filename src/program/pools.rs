//! Pools over a block: most are large enough for every upper limit; only the others need whole-number division.

use std::ops::Range;

use super::code::{Code, Slot, Src};
use super::rows::Value;
use super::run::{Year, with, write};
use super::stages::at;
use crate::base::amount::LIMIT_FEN;
use crate::kernel;
use crate::plan::Domain;
use crate::plan::pool::{PoolPlan, county_of, groups_in};
use crate::stages::pool::{Claim, Rounding};

/// A whole number of a lane; a figure past the limit (the point is marked for it) is cut, so that nothing overflows before.
#[expect(clippy::cast_possible_truncation, reason = "a whole number within the limit")]
const fn whole(value: f64) -> i64 {
    value.clamp(-LIMIT_FEN, LIMIT_FEN) as i64
}

#[expect(clippy::cast_precision_loss, reason = "shares are no larger than amounts")]
const fn amount(value: i128) -> f64 {
    value as f64
}

impl Year<'_, '_> {
    #[inline(always)]
    pub(super) fn pool(&mut self, code: &Code) {
        let Code::Pool { pool, member, weight, low, high, out, .. } = code else { return };
        // Without lower limits and with a computed upper one (a whole number).
        let full = match (low, high, out) {
            (Src::Number(0.0), Some(high @ Src::Slot(_)), Some(out)) => {
                self.fill_up([*member, *weight, *high], *out);
                Some(*out)
            }
            _ => None,
        };
        let (pool, program) = (&self.program.plan.pools[*pool], self.program);
        let (towns, counties) = (&program.shape.towns, &program.shape.counties);
        if let (Some(full), 1, 1) = (full, towns.len(), counties.len()) {
            return groups_in(&pool.groups, towns).for_each(|group| self.alone(code, pool, full, group));
        }
        for group in groups_in(&pool.groups, towns) {
            let (county, _) = county_of(&program.plan.counties, group);
            for point in 0..self.count {
                let (first, account) = (point * towns.len() + group.start - towns.start, point * counties.len() + county - counties.start);
                self.share(code, pool, full, group, first..first + group.len(), account);
            }
        }
    }

    /// What everyone gets of pools that are large enough for all upper limits.
    #[inline(always)]
    fn fill_up(&mut self, [member, weight, high]: [Src; 3], out: Slot) {
        write!(self, out, lane => {
            let (member, weight, high) = (self.value(member, out.domain), self.value(weight, out.domain), self.value(high, out.domain));
            with!(member, member => with!(weight, weight => with!(high, high => kernel::ceilings(lane, member, weight, high))));
        });
    }

    /// The pool of a single town, at all points at once: what the sum leaves, and division only where it is not enough.
    #[inline(always)]
    fn alone(&mut self, code: &Code, pool: &PoolPlan, full: Slot, group: &Range<usize>) {
        let Code::Pool { amount: of, levied, rest, .. } = code else { return };
        let mut spare = std::mem::take(&mut self.work.scratch.spare[0]);
        let mut lane = self.borrow(*rest, &mut spare);
        {
            let levied = levied.map_or(Value::One(0.0), |levied| self.value(levied, Domain::County));
            let full = self.value(Src::Slot(full), Domain::Town);
            let left = &mut lane[..self.count];
            with!(self.value(*of, Domain::Town), of => with!(levied, levied => with!(full, full => kernel::add_three(left, of, levied, full, -1.0))));
        }
        let short = lane[..self.count].iter().any(|left| *left < 0.0);
        match rest {
            Some(rest) => self.work.slots[rest.of(self.year)] = lane,
            None => spare = lane,
        }
        self.work.scratch.spare[0] = spare;
        if short {
            (0..self.count).for_each(|point| self.share(code, pool, Some(full), group, point..point + 1, point));
        }
    }

    /// One pool of one point. Where `full` holds what everyone would get at most and the sum is enough for that, it stands:
    /// the level only rises while something is left.
    #[inline(always)]
    fn share(&mut self, code: &Code, pool: &PoolPlan, full: Option<Slot>, group: &Range<usize>, places: Range<usize>, account: usize) {
        let Code::Pool { amount: of, levied, rest, .. } = code else { return };
        let levied = levied.map_or(0, |lane| whole(at(self.value(lane, Domain::County), account)));
        let sum = whole(at(self.value(*of, Domain::Town), places.start)) + levied;
        if let Some(full) = full {
            // Doubles add whole numbers exactly up to far beyond any sum.
            let given = kernel::total(&self.work.slots[full.of(self.year)][places.clone()]);
            let sum = amount(i128::from(sum));
            if given <= sum {
                return self.put(*rest, account, sum - given);
            }
        }
        self.divide(code, pool, sum.into(), group, places, account);
    }

    /// Shares what is not enough, or has lower limits.
    #[inline(never)]
    fn divide(&mut self, code: &Code, pool: &PoolPlan, sum: i128, group: &Range<usize>, places: Range<usize>, account: usize) {
        let Code::Pool { member, weight, low, high, out, rest, .. } = code else { return };
        let mut table = std::mem::take(&mut self.work.scratch.pools);
        table.claims.clear();
        table.claims.extend(places.clone().map(|place| {
            let there = |src: Src| at(self.value(src, Domain::Town), place);
            let of = |src: Src| i128::from(whole(there(src)));
            if there(*member) == 0.0 { Claim::default() } else { Claim { weight: of(*weight), low: of(*low), high: high.map_or(i128::MAX, of) } }
        }));
        let rounding = Rounding { unit: whole(pool.unit).into(), largest_remainder: pool.largest_remainder };
        if table.share(sum, &pool.rank[group.clone()], rounding).is_ok() {
            self.put(*rest, account, amount(sum - table.shares.iter().sum::<i128>()));
            table.shares.iter().zip(places).for_each(|(share, place)| self.put(*out, place, amount(*share)));
        } else {
            self.fail(places.start / self.program.shape.towns.len());
        }
        self.work.scratch.pools = table;
    }
}
