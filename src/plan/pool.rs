//! Stages over many towns at once: pools 均衡性转移支付 and competitions 竞争立项.

use std::ops::Range;

use super::{Arg, Lane};

/// A sum shared by weight within limits (see `stages::pool`).
#[derive(Clone, Debug)]
pub struct PoolPlan {
    /// Its path.
    pub name: String,
    /// The towns of each pool, in order: one range a county, or all towns.
    pub groups: Vec<Range<usize>>,
    /// \[分\] P; its value at the group's first town counts.
    pub amount: Arg,
    /// \[分\] A county lane that is added to the amount; only where groups are counties.
    pub levied: Option<Lane>,
    /// 1 where a town takes part.
    pub member: Arg,
    /// g: a whole number, nothing below 0.
    pub weight: Arg,
    /// \[分\] lo
    pub low: Arg,
    /// \[分\] hi
    pub high: Option<Arg>,
    /// \[分\] The step: 1, 100 or 1,000,000.
    pub unit: f64,
    /// The residue goes to the largest remainders, not to the payer.
    pub largest_remainder: bool,
    /// For every town its place in the order of ids.
    pub rank: Vec<u32>,
    /// \[分\] What each town gets.
    pub out: Lane,
    /// \[分\] What stays with the payer: a county lane; of a pool over several counties it stands with the first.
    pub rest: Lane,
}

/// Prizes for the best by score (see `stages::compete`).
#[derive(Clone, Debug)]
pub struct CompetePlan {
    /// Its path.
    pub name: String,
    /// The towns that compete with each other, in order.
    pub groups: Vec<Range<usize>>,
    /// A town competes where its prize is above nothing …
    pub prize: Arg,
    /// … and it takes part: 1.
    pub member: Arg,
    /// The higher wins.
    pub score: Arg,
    /// How many win.
    pub best: usize,
    /// For every town its place in the order of ids: the lower wins a tie.
    pub rank: Vec<u32>,
    /// 1 for those who win, else 0.
    pub out: Lane,
}

/// The groups that lie in a range of towns (whole counties).
pub fn groups_in<'a>(groups: &'a [Range<usize>], towns: &Range<usize>) -> impl Iterator<Item = &'a Range<usize>> + use<'a> {
    let before = |town: usize| groups.partition_point(|group| group.start < town);
    groups[before(towns.start)..before(towns.end)].iter()
}

/// The county of a group's first town, and whether the whole group lies in it.
#[must_use]
pub fn county_of(counties: &[Range<usize>], group: &Range<usize>) -> (usize, bool) {
    let county = counties.partition_point(|towns| towns.end <= group.start);
    (county, counties.get(county).is_some_and(|towns| group.end <= towns.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_found_by_their_towns() {
        let counties = [0..2, 2..5, 5..6];
        assert_eq!(groups_in(&counties, &(2..6)).cloned().collect::<Vec<_>>(), [2..5, 5..6]);
        assert_eq!(groups_in(std::slice::from_ref(&(0..6)), &(0..6)).count(), 1);
        assert_eq!(county_of(&counties, &(2..5)), (1, true));
        assert_eq!(county_of(&counties, &(5..6)), (2, true));
        assert_eq!(county_of(&counties, &(0..6)), (0, false));
    }
}
