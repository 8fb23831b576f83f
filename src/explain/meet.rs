//! Where towns meet: what a pool gave a town and by whom it was moved, and how a town stood in a competition.

use std::ops::Range;

use super::formula::cut;
use super::{Explainer, Formula, Key, Note};
use crate::plan::pool::{CompetePlan, PoolPlan, county_of};
use crate::plan::{Arg, Lane, expr::Expr};

/// Other towns that are named beside a town's share.
const NAMED: usize = 3;

impl Explainer<'_> {
    fn arg(&self, arg: Arg, lane: Lane, year: usize, place: usize) -> Formula {
        let at = super::formula::At { plan: &self.run.compiled.plan, lane, year, place };
        Formula::of(&Expr::from(arg), at, &|key| self.value(key))
    }

    fn worth(&self, arg: Arg, year: usize, place: usize) -> f64 {
        self.arg(arg, Lane(0), year, place).eval(&|key| self.value(key))
    }

    fn pool(&self, pool: usize) -> &PoolPlan {
        &self.run.compiled.plan.pools[pool]
    }

    /// The sum of a group: what was written for its first town, and what was levied.
    fn pool_sum(&self, pool: &PoolPlan, year: usize, group: &Range<usize>) -> Vec<Formula> {
        let county = county_of(&self.run.compiled.plan.counties, group).0;
        let levied = pool.levied.map(|lane| Formula::Key(Key::Lane(lane, year, county)));
        std::iter::once(self.arg(pool.amount, pool.out, year, group.start)).chain(levied).collect()
    }

    fn takes_part(&self, pool: &PoolPlan, year: usize, town: usize) -> bool {
        self.worth(pool.member, year, town) != 0.0
    }

    /// Limits in force: at least, at most.
    fn limits(&self, pool: &PoolPlan, year: usize, town: usize) -> (f64, f64) {
        let low = self.worth(pool.low, year, town).max(0.0);
        let high = pool.high.map_or(f64::INFINITY, |high| self.worth(high, year, town)).max(low);
        if self.worth(pool.weight, year, town) <= 0.0 { (low, low) } else { (low, high) }
    }

    /// Whether a town's share lies between its limits.
    fn is_free(&self, pool: &PoolPlan, year: usize, town: usize) -> bool {
        let (low, high) = self.limits(pool, year, town);
        let share = self.run.outcome.at(pool.out, year, town);
        self.takes_part(pool, year, town) && share < high && (share > low || low == 0.0)
    }

    /// What a town gets of a pool.
    pub(super) fn pool_formula(&self, n: usize, year: usize, place: usize) -> Formula {
        let pool = self.pool(n);
        let got = self.run.outcome.at(pool.out, year, place);
        let group = pool.groups.iter().position(|group| group.contains(&place));
        let (Some(group), true) = (group, self.takes_part(pool, year, place)) else { return Formula::Number(0.0) };
        let weight = self.arg(pool.weight, pool.out, year, place);
        let (left, weights) = (Key::Left(n, year, group), Key::Weights(n, year, group));
        let keys = weight.keys(true);
        if let (true, Some(weight)) = (self.is_free(pool, year, place), weight.same()) {
            let residue = got - cut(self.value(left), self.value(weight), self.value(weights), pool.unit);
            if (0.0..=pool.unit).contains(&residue) {
                return Formula::Share { left, weight, weights, unit: pool.unit, residue };
            }
        }
        let limits = [Some(pool.low), pool.high].into_iter().flatten().map(|limit| self.arg(limit, pool.out, year, place));
        if let Some(limit) = limits.into_iter().find(|limit| limit.eval(&|key| self.value(key)) == got && !limit.keys(true).is_empty()) {
            return limit;
        }
        Formula::Given(got, [&[left, weights], &keys[..]].concat())
    }

    /// What a pool leaves with its payer.
    pub(super) fn rest_formula(&self, n: usize, year: usize, county: usize) -> Formula {
        let pool = self.pool(n);
        let counties = &self.run.compiled.plan.counties;
        let Some(group) = pool.groups.iter().find(|group| county_of(counties, group).0 == county) else { return Formula::Number(0.0) };
        let given = group.clone().map(|town| Formula::Key(Key::Lane(pool.out, year, town))).collect();
        Formula::Sum(self.pool_sum(pool, year, group), given)
    }

    /// What is left of a pool for the towns at no limit.
    pub(super) fn left_formula(&self, n: usize, year: usize, group: usize) -> Formula {
        let pool = self.pool(n);
        let group = &pool.groups[group];
        let at_limit = group.clone().filter(|town| !self.is_free(pool, year, *town) && self.run.outcome.at(pool.out, year, *town) != 0.0);
        Formula::Sum(self.pool_sum(pool, year, group), at_limit.map(|town| Formula::Key(Key::Lane(pool.out, year, town))).collect())
    }

    /// The weights of these towns.
    pub(super) fn weights_formula(&self, n: usize, year: usize, group: usize) -> Formula {
        let pool = self.pool(n);
        let free = pool.groups[group].clone().filter(|town| self.is_free(pool, year, *town));
        Formula::Sum(free.map(|town| self.arg(pool.weight, pool.out, year, town)).filter(|w| w.eval(&|key| self.value(key)) > 0.0).collect(), Vec::new())
    }

    /// Who else moved this number most: the largest shares of the other towns, with the sum and its limits.
    pub(super) fn pool_note(&self, n: usize, year: usize, place: usize) -> Option<Note> {
        let pool = self.pool(n);
        let group = pool.groups.iter().find(|group| group.contains(&place))?;
        let share = |town: usize| self.run.outcome.at(pool.out, year, town);
        let mut others: Vec<(usize, f64)> = group.clone().filter(|town| *town != place && share(*town) > 0.0).map(|town| (town, share(town))).collect();
        others.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        others.truncate(NAMED);
        let towns = group.clone().filter(|town| self.takes_part(pool, year, *town)).count();
        let sum = self.pool_sum(pool, year, group).iter().map(|f| f.eval(&|key| self.value(key))).sum();
        let (low, high) = self.limits(pool, year, place);
        Some(Note::Pool { sum, towns, low, high: high.is_finite().then_some(high), others })
    }

    fn race(&self, n: usize) -> &CompetePlan {
        &self.run.compiled.plan.competitions[n]
    }

    /// 1 where a town won, with its score and the prize.
    pub(super) fn race_formula(&self, n: usize, year: usize, place: usize) -> Formula {
        let race = self.race(n);
        let keys = [race.score, race.prize].map(|arg| self.arg(arg, race.out, year, place).keys(true)).concat();
        Formula::Given(self.run.outcome.at(race.out, year, place), keys)
    }

    /// How a town stood.
    pub(super) fn race_note(&self, n: usize, year: usize, place: usize) -> Option<Note> {
        let race = self.race(n);
        let group = race.groups.iter().find(|group| group.contains(&place))?;
        let runs = |town: usize| self.worth(race.prize, year, town) > 0.0 && self.worth(race.member, year, town) != 0.0;
        if !runs(place) {
            return None;
        }
        let score = |town: usize| self.worth(race.score, year, town) + 0.0;
        let better = |town: &usize| score(*town) > score(place) || score(*town) == score(place) && race.rank[*town] < race.rank[place];
        let field: Vec<usize> = group.clone().filter(|town| runs(*town)).collect();
        Some(Note::Rank { rank: 1 + field.iter().filter(|town| better(town)).count(), of: field.len(), best: race.best })
    }
}
