//! Pools 均衡性转移支付 and competitions: the stage against a plain reading of the definition (docs/model.md, section 8), and both through the engine.

use std::ops::Range;

use fencheng::engine::{Broken, Outcome, project};
use fencheng::plan::builder::{Builder, Name};
use fencheng::plan::pool::{CompetePlan, PoolPlan};
use fencheng::plan::projects::{EarmarkPot, Mode, Projects};
use fencheng::plan::table::Shown;
use fencheng::plan::{Arg, Domain, Lane, Plan, Unit};
use fencheng::stages::pool::{Claim, Rounding, share};
use proptest::prelude::*;

/// λ as a fraction.
#[derive(Clone, Copy, Debug)]
struct Level {
    over: i128,
    under: i128,
}

impl Level {
    /// `clamp(λ·g, lo, hi)`, times the denominator.
    fn scaled(self, claim: &Claim) -> i128 {
        let low = claim.low * self.under;
        if claim.weight == 0 { low } else { (self.over * claim.weight).min(claim.high * self.under).max(low) }
    }

    fn is_below(self, other: Self) -> bool {
        self.over * other.under < other.over * self.under
    }
}

/// The level at which the claims add up to the sum, by trying every level at which a limit begins or ceases to bind.
fn level(sum: i128, claims: &[Claim]) -> Level {
    let points = claims.iter().filter(|c| c.weight > 0).flat_map(|c| [c.low, c.high].map(|limit| Level { over: limit, under: c.weight }));
    let fits = |level: &Level| claims.iter().map(|c| level.scaled(c)).sum::<i128>() <= sum * level.under;
    let start = Level { over: 0, under: 1 };
    let last = points.filter(fits).fold(start, |last, next| if last.is_below(next) { next } else { last });
    // From there on upwards these and only these towns move.
    let moves = |c: &&Claim| c.weight > 0 && c.low * last.under <= last.over * c.weight && last.over * c.weight < c.high * last.under;
    let under: i128 = claims.iter().filter(moves).map(|c| c.weight).sum();
    let still = |c: &&Claim| !moves(c);
    let fixed: i128 = claims.iter().filter(still).map(|c| last.scaled(c) / last.under).sum();
    if under == 0 { last } else { Level { over: sum - fixed, under } }
}

/// What each gets, straight from the definition.
fn by_definition(sum: i128, claims: &[Claim], rank: &[u32], rounding: Rounding) -> Vec<i128> {
    let (level, unit) = (level(sum, claims), rounding.unit);
    let is_free = |c: &Claim| c.weight > 0 && c.low * level.under < level.over * c.weight && level.over * c.weight < c.high * level.under;
    let cut = |c: &Claim| if is_free(c) { (unit * (level.over * c.weight / (level.under * unit))).max(c.low) } else { level.scaled(c) / level.under };
    let mut shares: Vec<i128> = claims.iter().map(cut).collect();
    let mut free: Vec<usize> = (0..claims.len()).filter(|n| is_free(&claims[*n])).collect();
    if !rounding.largest_remainder || free.is_empty() {
        return shares;
    }
    let lost: Vec<i128> = (0..claims.len()).map(|n| level.scaled(&claims[n]) - shares[n] * level.under).collect();
    free.sort_by_key(|n| (std::cmp::Reverse(lost[*n]), rank[*n]));
    for n in free {
        let residue = sum - shares.iter().sum::<i128>();
        if residue >= unit && shares[n] + unit <= claims[n].high {
            shares[n] += unit;
        }
    }
    shares
}

/// As the stage takes them: the upper limit not below the lower, none that the sum cannot reach.
fn bounded(sum: i128, claims: &[Claim]) -> Vec<Claim> {
    claims.iter().map(|c| Claim { high: c.high.min(sum + 1).max(c.low), ..*c }).collect()
}

const MOST: i128 = 1_000_000_000_000_000;

/// Small numbers for ties and limits met exactly, large ones for exactness.
fn number() -> impl Strategy<Value = i128> {
    prop_oneof![2 => Just(0_i128), 4 => 1..12_i128, 2 => 1..5_000_i128, 2 => 1..=MOST]
}

fn claim() -> impl Strategy<Value = Claim> {
    let low = prop_oneof![3 => Just(0_i128), 2 => 0..20_i128, 1 => 0..=MOST / 20];
    let high = prop_oneof![3 => Just(i128::MAX), 3 => number()];
    (number(), low, high).prop_map(|(weight, low, high)| Claim { weight, low, high })
}

fn rounding() -> impl Strategy<Value = Rounding> {
    (prop_oneof![Just(1_i128), Just(100), Just(1_000_000)], any::<bool>()).prop_map(|(unit, largest_remainder)| Rounding { unit, largest_remainder })
}

/// Towns, their order by id, and a sum: one that covers the floors as often as not.
fn pools() -> impl Strategy<Value = (i128, Vec<Claim>, Vec<u32>)> {
    (prop::collection::vec(claim(), 1..9), number()).prop_flat_map(|(claims, more)| {
        let least: i128 = claims.iter().map(|c| c.low).sum();
        let sum = prop_oneof![4 => Just((least + more).min(MOST)), 1 => Just(more)];
        let rank = Just((0..u32::try_from(claims.len()).unwrap()).collect::<Vec<_>>()).prop_shuffle();
        (sum, Just(claims), rank)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn the_stage_does_what_the_definition_says((sum, claims, rank) in pools(), rounding in rounding()) {
        let least: i128 = claims.iter().map(|c| c.low).sum();
        let shared = share(sum, &claims, &rank, rounding);
        if least > sum {
            prop_assert_eq!(shared, Err(least - sum));
            return Ok(());
        }
        let (shared, limits) = (shared.unwrap(), bounded(sum, &claims));
        prop_assert_eq!(&shared, &by_definition(sum, &limits, &rank, rounding));
        let rest = sum - shared.iter().sum::<i128>();
        prop_assert!(rest >= 0);
        for (share, limit) in shared.iter().zip(&limits) {
            prop_assert!(limit.low <= *share && *share <= limit.high);
        }
        // No cap holds anything back: less than a step is left where the residue is handed out, less than a step a town where not.
        if claims.iter().all(|c| c.high == i128::MAX) && claims.iter().any(|c| c.weight > 0) {
            let steps = if rounding.largest_remainder { 1 } else { i128::try_from(claims.len()).unwrap() };
            prop_assert!(rest < rounding.unit * steps);
        }
    }

    #[test]
    fn within_the_limits_shares_are_proportional((sum, claims, rank) in pools()) {
        let Ok(shared) = share(sum, &claims, &rank, Rounding { unit: 1, largest_remainder: false }) else { return Ok(()) };
        let limits = bounded(sum, &claims);
        let inside: Vec<(i128, i128)> = shared.iter().zip(&limits).filter(|(x, c)| c.low < **x && **x < c.high).map(|(x, c)| (*x, c.weight)).collect();
        for (x, g) in &inside {
            for (y, h) in &inside {
                // x ≤ λg < x + 1 and y ≤ λh < y + 1
                prop_assert!(x * h < (y + 1) * g);
            }
        }
    }

    #[test]
    fn the_order_of_towns_does_not_matter(((sum, claims, rank), order) in pools().prop_flat_map(|pool| {
        let order = Just((0..pool.1.len()).collect::<Vec<_>>()).prop_shuffle();
        (Just(pool), order)
    }), rounding in rounding()) {
        let (moved, ranks): (Vec<Claim>, Vec<u32>) = order.iter().map(|n| (claims[*n], rank[*n])).unzip();
        let straight = share(sum, &claims, &rank, rounding).map(|shares| order.iter().map(|n| shares[*n]).collect::<Vec<_>>());
        prop_assert_eq!(share(sum, &moved, &ranks, rounding), straight);
    }
}

/// A plan in the making, without projects.
fn builder(years: usize, counties: Vec<Range<usize>>) -> Builder {
    let towns = counties.last().map_or(0, |c| c.end);
    Builder { counties, ranks: (0..u32::try_from(towns).unwrap()).collect(), ..Builder::new(years, towns) }
}

fn name(path: &str) -> Name {
    Name { path: path.to_owned(), zh: path.to_owned(), en: path.to_owned() }
}

fn plan(builder: Builder) -> Plan {
    let (none, pot) = (Lane(0), EarmarkPot { before: Lane(0), after: Lane(0) });
    let projects = Projects {
        list: Vec::new(),
        by_town: vec![0..0; builder.towns],
        mode: Mode::Unconstrained,
        earmarks: Vec::new(),
        matches: Vec::new(),
        finished_cost: None,
        general: pot,
        fund: pot,
        planned: none,
        due: none,
        paid: none,
        unpaid: none,
        upkeep: none,
    };
    Plan {
        first_year: 2012,
        years: builder.years,
        towns: builder.towns,
        counties: builder.counties,
        lanes: builder.lanes,
        tables: builder.tables,
        ops: builder.ops,
        projects,
        pools: builder.pools,
        competitions: builder.competitions,
        one_block: builder.one_block,
        closures: builder.closures,
    }
}

/// A pool of an amount by weight, over floors.
fn pool(b: &mut Builder, by_county: bool, amount: Arg, weight: Arg, low: Arg) -> PoolPlan {
    PoolPlan {
        name: "transfer.pool".to_owned(),
        groups: b.groups(by_county),
        amount,
        levied: None,
        member: Arg::Number(1.0),
        weight,
        low,
        high: None,
        unit: 1.0,
        largest_remainder: false,
        rank: b.ranks.clone(),
        out: b.fen(name("transfer.pool/paid")),
        rest: b.lane(name("transfer.pool/rest"), Domain::County, Unit::Fen),
    }
}

fn row(outcome: &Outcome, lane: Lane, year: usize, places: usize) -> Vec<f64> {
    (0..places).map(|place| outcome.at(lane, year, place)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn number_of(town: usize) -> f64 {
    town as f64
}

/// County A has towns of weight 1, 2, 3, county B of 4, 5; the third does not take part. In the second year 10 a town are levied on top of 100.
/// A: 100 by 1 : 2 is 33.3…, 66.6…; 130 is 43.3…, 86.6…. B: 100 by 4 : 5 is 44.4…, 55.5…; 120 is 53.3…, 66.6….
#[test]
fn every_county_shares_its_own_pool() {
    let mut b = builder(2, vec![0..3, 3..5]);
    let weight = b.made("weight", Shown::Number, |_, t| number_of(t + 1));
    let member = b.made("member", Shown::Flag, |_, t| f64::from(t != 2));
    let due = b.made("levy", Shown::Fen, |y, _| number_of(10 * y));
    let levy = b.amount(name("levy"), due, Arg::Number(1.0));
    let levied = b.gather(name("levied"), levy);
    let pool = PoolPlan { levied: Some(levied), member: member.into(), ..pool(&mut b, true, Arg::Number(100.0), weight.into(), Arg::Number(0.0)) };
    let (out, rest) = (pool.out, pool.rest);
    b.pool(pool);
    assert!(!b.one_block);
    let plan = plan(b);
    let outcome = project(&plan).unwrap();
    assert_eq!(row(&outcome, out, 0, 5), [33.0, 66.0, 0.0, 44.0, 55.0]);
    assert_eq!(row(&outcome, rest, 0, 2), [1.0, 1.0]);
    assert_eq!(row(&outcome, out, 1, 5), [43.0, 86.0, 0.0, 53.0, 66.0]);
    assert_eq!(row(&outcome, rest, 1, 2), [1.0, 1.0]);
    assert_eq!(
        fencheng::plan::print::print(&plan).lines().find(|l| l.starts_with("transfer.pool/paid")),
        Some("transfer.pool/paid = share of (100 + levied) by [weight] within 0 .. no limit where [member], among the towns of a county, in steps of 1, the residue to the payer")
    );
}

/// 1000 by 1 : 2 : 3 : 4 : 5 over two counties: 66.6…, 133.3…, 200, 266.6…, 333.3…; 998 handed out, the two fen to the first and the fourth.
#[test]
fn one_pool_over_all_counties_stands_in_one_block() {
    let mut b = builder(1, vec![0..3, 3..5]);
    let weight = b.made("weight", Shown::Number, |_, t| number_of(t + 1));
    let over_all = pool(&mut b, false, Arg::Number(1_000.0), weight.into(), Arg::Number(0.0));
    let by_remainder = PoolPlan { largest_remainder: true, ..pool(&mut b, false, Arg::Number(1_000.0), weight.into(), Arg::Number(0.0)) };
    let (out, rest, other) = (over_all.out, over_all.rest, by_remainder.out);
    b.pool(over_all);
    b.pool(by_remainder);
    assert!(b.one_block);
    let outcome = project(&plan(b)).unwrap();
    assert_eq!(row(&outcome, out, 0, 5), [66.0, 133.0, 200.0, 266.0, 333.0]);
    assert_eq!(row(&outcome, rest, 0, 2), [2.0, 0.0]);
    assert_eq!(row(&outcome, other, 0, 5), [67.0, 133.0, 200.0, 267.0, 333.0]);
}

/// Three counties in three blocks. Floors of 1 a town, 64 in all: the third county holds 60 in the first year, the first 50 in the second.
#[test]
fn the_first_pool_that_cannot_pay_its_floors_is_named_whatever_the_threads() {
    let mut b = builder(3, vec![0..64, 64..128, 128..192]);
    let amount = b.made("amount", Shown::Fen, |y, t| match (y, t / 64) {
        (0, 2) => 60.0,
        (1.., 0) => 50.0,
        _ => 64.0,
    });
    let pool = pool(&mut b, true, amount.into(), Arg::Number(1.0), Arg::Number(1.0));
    b.pool(pool);
    let plan = plan(b);
    for threads in [1, 2] {
        let threads = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let broken = threads.install(|| project(&plan)).unwrap_err();
        assert_eq!(broken, Broken::Pool { pool: "transfer.pool".to_owned(), county: Some(2), year: 0, missing: 4.0 });
    }
}

/// The pool over all of two counties holds 9 where 10 towns have floors of 1: no county is to blame.
#[test]
fn a_pool_over_all_names_no_county() {
    let mut b = builder(1, vec![0..5, 5..10]);
    let pool = pool(&mut b, false, Arg::Number(9.0), Arg::Number(1.0), Arg::Number(1.0));
    b.pool(pool);
    assert_eq!(project(&plan(b)).unwrap_err(), Broken::Pool { pool: "transfer.pool".to_owned(), county: None, year: 0, missing: 1.0 });
}

/// Scores 3, 1, 2 in A and 2, 2 in B. Two win of all: the first, then the lowest by id of those with 2. One wins a county. No prize in the second year.
#[test]
fn towns_compete_in_their_county_or_with_all() {
    let mut b = builder(2, vec![0..3, 3..5]);
    let score = b.made("score", Shown::Number, |_, t| [3.0, 1.0, 2.0, 2.0, 2.0][t]);
    let prize = b.made("prize", Shown::Fen, |y, _| number_of(100 * (1 - y)));
    b.ranks = vec![0, 1, 4, 3, 2];
    let mut compete = |by_county: bool, best: usize| {
        let out = b.lane(name("won"), Domain::Town, Unit::One);
        let (groups, rank) = (b.groups(by_county), b.ranks.clone());
        b.compete(CompetePlan { name: "transfer.prize".to_owned(), groups, prize: prize.into(), member: Arg::Number(1.0), score: score.into(), best, rank, out });
        out
    };
    let (of_all, of_county) = (compete(false, 2), compete(true, 1));
    let outcome = project(&plan(b)).unwrap();
    assert_eq!(row(&outcome, of_all, 0, 5), [1.0, 0.0, 0.0, 0.0, 1.0]);
    assert_eq!(row(&outcome, of_county, 0, 5), [1.0, 0.0, 0.0, 0.0, 1.0]);
    assert_eq!(row(&outcome, of_all, 1, 5), [0.0; 5]);
}
