//! Stages over the towns of a group: lanes of the block in, whole numbers through the stage, lanes out.

use std::ops::Range;

use super::block::Block;
use super::verify::Broken;
use crate::base::amount::LIMIT_FEN;
use crate::kernel::{Operand, Source};
use crate::plan::pool::{CompetePlan, PoolPlan, county_of, groups_in};
use crate::plan::{Arg, Lane, Plan};
use crate::stages::compete::winners;
use crate::stages::pool::{Claim, Rounding, share};

/// A whole number of a lane; a figure past the limit (reported after the run) is cut, so that nothing overflows before.
#[expect(clippy::cast_possible_truncation, reason = "a whole number within the limit")]
fn whole(value: f64) -> i128 {
    i128::from(value.clamp(-LIMIT_FEN, LIMIT_FEN) as i64)
}

#[expect(clippy::cast_precision_loss, reason = "shares are no larger than amounts")]
const fn amount(value: i128) -> f64 {
    value as f64
}

impl Block {
    /// Shares a pool, county by county or over all.
    pub(super) fn share_pool(&mut self, plan: &Plan, pool: &PoolPlan, year: usize) -> Result<(), Broken> {
        for group in groups_in(&pool.groups, &self.towns) {
            let (county, alone) = county_of(&plan.counties, group);
            let account = year * self.counties.len() + county - self.counties.start;
            let levied = pool.levied.map_or(0.0, |lane| self.lanes[lane.0 as usize][account]);
            let sum = whole(self.value(plan, &pool.amount, year).at(self.own(group).start)) + whole(levied);
            let rounding = Rounding { unit: whole(pool.unit), largest_remainder: pool.largest_remainder };
            let shares = share(sum, &self.claims(plan, pool, group, year), &pool.rank[group.clone()], rounding).map_err(|missing| Broken::Pool {
                pool: pool.name.clone(),
                county: alone.then_some(county),
                year,
                missing: amount(missing),
            })?;
            self.lanes[pool.rest.0 as usize][account] = amount(sum - shares.iter().sum::<i128>());
            self.cells(pool.out, group, year).iter_mut().zip(shares).for_each(|(cell, share)| *cell = amount(share));
        }
        Ok(())
    }

    fn claims(&self, plan: &Plan, pool: &PoolPlan, group: &Range<usize>, year: usize) -> Vec<Claim> {
        let at = |arg| self.value(plan, arg, year);
        let (member, weight, low, high) = (at(&pool.member), at(&pool.weight), at(&pool.low), pool.high.as_ref().map(at));
        let claim = |town| Claim { weight: whole(weight.at(town)), low: whole(low.at(town)), high: high.map_or(i128::MAX, |high| whole(high.at(town))) };
        self.own(group).map(|town| if member.at(town) == 0.0 { Claim::default() } else { claim(town) }).collect()
    }

    /// Lets towns compete, county by county or all together.
    pub(super) fn compete(&mut self, plan: &Plan, competition: &CompetePlan, year: usize) {
        for group in groups_in(&competition.groups, &self.towns) {
            let at = |arg| self.value(plan, arg, year);
            let (prize, member, score) = (at(&competition.prize), at(&competition.member), at(&competition.score));
            let scores: Vec<Option<f64>> = self.own(group).map(|town| (prize.at(town) > 0.0 && member.at(town) != 0.0).then(|| score.at(town))).collect();
            winners(&scores, &competition.rank[group.clone()], competition.best, self.cells(competition.out, group, year));
        }
    }

    /// A group's towns as the block counts them.
    const fn own(&self, group: &Range<usize>) -> Range<usize> {
        group.start - self.towns.start..group.end - self.towns.start
    }

    /// An operand over the block's towns.
    fn value<'a>(&'a self, plan: &'a Plan, arg: &'a Arg, year: usize) -> Operand<'a> {
        self.operand(plan, arg, year, &self.towns)
    }

    /// A group's cells of a town lane.
    fn cells(&mut self, lane: Lane, group: &Range<usize>, year: usize) -> &mut [f64] {
        let (own, before) = (self.own(group), year * self.towns.len());
        &mut self.lanes[lane.0 as usize][before + own.start..before + own.end]
    }
}
