//! The scenario as a good programmer would write it by hand: straight loops over the towns of a county, nothing decided by data.
//!
//! Amounts are never negative here, so rounding needs no sign and no take below nothing. Only what the totals need is computed.
//! A year of a county is two passes, since every town's share of the pool depends on whether all shares together fit.

use fencheng::stages::pool::{Claim, Rounding, share};
use multiversion::multiversion;

use super::inputs::{Common, County, Inputs, Row, Year, ratio};
use super::model::{COEFFICIENT, COUNTY, Point, TAX, TAXES, TIER_SHARES, UMCT, land};

/// \[分\] Over all towns and years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub planned: i64,
    pub paid: i64,
    pub gap: i64,
    pub general: i64,
    pub fund: i64,
    pub guarantees_unpaid: i64,
}

/// Everything is computed but the land chain, which no point changes.
pub const FULL: u8 = 0;
/// The land chain too.
pub const CHAIN: u8 = 1;
/// From the local part of the baskets on.
pub const SHARES: u8 = 2;
/// From the tiers on whose share no point changes.
pub const TOP: u8 = 3;

/// What does not change from point to point beyond the inputs, by county and year.
pub struct Prepared {
    /// What county and town share of the land; what the town keeps of the fee.
    pub land: Vec<Vec<Row>>,
    pub fee_kept: Vec<Vec<Row>>,
    basket: Vec<Vec<Row>>,
    /// Kept of the lower tiers, and what reaches the top one.
    lower: Vec<Vec<[Row; 2]>>,
}

/// Constant ratios.
struct Ratios {
    central: [f64; TAXES],
    province: [f64; TAXES],
    city: [f64; TAXES],
    umct: [f64; 2],
    tiers: [f64; 3],
    need: f64,
    hundredth: f64,
    first: f64,
    development: f64,
    business: f64,
    new_land: f64,
    setasides: [f64; 3],
    income_fund: f64,
    dues: [f64; 2],
    fee_kept: f64,
    floor: f64,
}

impl Ratios {
    fn of(inputs: &Inputs) -> Self {
        let of = |get: fn(&super::model::Tax) -> i64| std::array::from_fn(|n| ratio(get(&TAX[n])));
        Self {
            central: of(|t| t.central),
            province: of(|t| t.province),
            city: of(|t| t.city),
            umct: UMCT.map(ratio),
            tiers: TIER_SHARES.map(ratio),
            need: ratio(COEFFICIENT),
            hundredth: ratio(10_000),
            first: ratio(land::FIRST_INSTALMENT),
            development: ratio(land::DEVELOPMENT),
            business: ratio(land::BUSINESS),
            new_land: fencheng::base::ratio::nudge(6.666_7),
            setasides: land::SETASIDES.map(ratio),
            income_fund: ratio(land::INCOME_FUND),
            dues: land::DUES.map(ratio),
            fee_kept: ratio(land::FEE_SHARE),
            floor: inputs.floor_per_area,
        }
    }
}

/// One instruction each; `f64::min` and `f64::max` take several to look for NaN.
#[inline(always)]
fn lower(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

#[inline(always)]
fn above_zero(a: f64) -> f64 {
    if a > 0.0 { a } else { 0.0 }
}

/// `floor(x + ½)` of what is not negative: one instruction where the machine has it.
#[inline(always)]
fn r<const FLOOR: bool>(x: f64) -> f64 {
    const SHIFT: f64 = 6_755_399_441_055_744.0;
    if FLOOR {
        return (x + 0.5).floor();
    }
    let y = x + 0.5;
    let near = (y + SHIFT) - SHIFT;
    near - f64::from(u8::from(near > y))
}

/// The local part of all taxes of a town.
#[inline(always)]
fn taxes<const FLOOR: bool>(scaled: &[Row; TAXES], i: usize, year: &Common, k: &Ratios) -> f64 {
    let gross = |n: usize| r::<FLOOR>(scaled[n][i] * year.index[n]);
    let below = |n: usize, left: f64| {
        let left = left - r::<FLOOR>(left * k.province[n]);
        left - r::<FLOOR>(left * k.city[n])
    };
    let vat = gross(0);
    let umct = r::<FLOOR>(vat * k.umct[0]);
    let mut local = below(0, vat - r::<FLOOR>(vat * year.vat_central)) + umct - r::<FLOOR>(umct * k.umct[1]);
    for n in [1, 2] {
        let gross = gross(n);
        local += below(n, gross - r::<FLOOR>(gross * k.central[n]));
    }
    let property = gross(3);
    local += property - r::<FLOOR>(property * k.city[3]) + gross(4);
    for n in [5, 6] {
        let gross = gross(n);
        local += gross - r::<FLOOR>(gross * k.province[n]);
    }
    local + gross(7) + gross(8)
}

/// What county and town share of the land of a year. `owed` are contracts and costs due from last year; it leaves this year's.
#[inline(always)]
fn land_chain<const FLOOR: bool>(area: [f64; 2], owed: [&mut f64; 2], year: &Common, k: &Ratios) -> f64 {
    let all = area[0] + area[1];
    let contracts = r::<FLOOR>(area[0] * year.price[0] * k.hundredth) + r::<FLOOR>(area[1] * year.price[1] * k.hundredth);
    let costs = r::<FLOOR>(area[0] * year.compensation * k.hundredth) + r::<FLOOR>(area[1] * year.compensation * k.hundredth);
    let (now, costs_now) = (r::<FLOOR>(contracts * k.first), r::<FLOOR>(costs * k.first));
    let (cash, cost) = (now + *owed[0], costs_now + *owed[1]);
    (*owed[0], *owed[1]) = (contracts - now, costs - costs_now);
    let new_land = r::<FLOOR>(all * land::NEW_LAND_FEE as f64 * k.new_land) + r::<FLOOR>(all * land::FARMLAND as f64 * k.hundredth);
    let net = above_zero(cash - cost - r::<FLOOR>(cash * k.development) - r::<FLOOR>(cash * k.business) - new_land);
    let mut left = net - r::<FLOOR>(net * k.setasides[0]) - r::<FLOOR>(net * k.setasides[1]) - r::<FLOOR>(net * k.setasides[2]);
    left -= lower(r::<FLOOR>(cash * k.income_fund), left);
    left -= lower(r::<FLOOR>(net * k.dues[0]), left);
    left - r::<FLOOR>(left * k.dues[1])
}

/// The town's share of the fee on floor space of last year's land. A rate in whole fen needs no rounding.
#[inline(always)]
fn fee<const FLOOR: bool>(area: f64, floor: &mut f64, k: &Ratios) -> f64 {
    let kept = r::<FLOOR>(*floor * land::FEE as f64 * k.fee_kept);
    *floor = r::<FLOOR>(area * k.floor);
    kept
}

/// What a town keeps of the tiers below the top one, and what reaches that.
#[inline(always)]
fn lower_tiers<const FLOOR: bool>(x: f64, year: &Year, i: usize, k: &Ratios) -> [f64; 2] {
    let [a, b, c] = [year.thresholds[0][i], year.thresholds[1][i], year.thresholds[2][i]];
    let first = r::<FLOOR>(lower(x, a) * k.tiers[0]);
    let second = r::<FLOOR>(above_zero(lower(x, b) - a) * k.tiers[1]);
    let third = r::<FLOOR>(above_zero(lower(x, c) - b) * k.tiers[2]);
    [first + second + third, above_zero(x - c)]
}

/// A county on its way through the years.
struct State {
    scaled: [Row; TAXES],
    contracts_owed: Row,
    costs_owed: Row,
    floor: Row,
    general: Row,
    fund: Row,
    kept: Row,
    pooled: Row,
    /// Sums over the years: retained general and fund, paid, unpaid.
    sums: [Row; 4],
}

impl State {
    #[inline(always)]
    fn start<const MODE: u8, const FLOOR: bool>(county: &County, point: Point) -> Self {
        let mut scaled = county.bases;
        if MODE <= CHAIN {
            let scale = ratio(point.scale);
            scaled.iter_mut().flatten().for_each(|base| *base = r::<FLOOR>(*base * scale));
        }
        let (zero, c) = ([0.0; COUNTY], county);
        Self {
            scaled,
            contracts_owed: c.contracts_owed,
            costs_owed: c.costs_owed,
            floor: c.floor,
            general: c.general,
            fund: c.fund,
            kept: zero,
            pooled: zero,
            sums: [zero; 4],
        }
    }

    /// First pass: what agreement and pool give each town.
    #[inline(always)]
    fn share<const MODE: u8, const FLOOR: bool>(&mut self, year: &Year, common: &Common, prepared: (&Row, &[Row; 2]), top: f64, k: &Ratios) {
        for i in 0..COUNTY {
            let [low, high] = match MODE {
                TOP => [prepared.1[0][i], prepared.1[1][i]],
                SHARES => lower_tiers::<FLOOR>(prepared.0[i], year, i, k),
                _ => lower_tiers::<FLOOR>(taxes::<FLOOR>(&self.scaled, i, common, k), year, i, k),
            };
            let kept = low + r::<FLOOR>(high * top);
            self.kept[i] = kept;
            self.pooled[i] = r::<FLOOR>(above_zero(year.need[i] - kept) * k.need);
        }
        if sum(&self.pooled) > common.pool {
            shrink(&mut self.pooled, &self.kept, &year.need, common.pool);
        }
    }

    /// Second pass: the year's money.
    #[inline(always)]
    #[expect(clippy::needless_range_loop, reason = "a dozen rows at the same lane")]
    fn spend<const MODE: u8, const FLOOR: bool>(&mut self, year: &Year, common: &Common, areas: &[Row; 2], prepared: (&Row, &Row), share: f64, k: &Ratios) {
        for i in 0..COUNTY {
            let (land, fee_kept) = if MODE == CHAIN {
                let area = [areas[0][i], areas[1][i]];
                let land = land_chain::<FLOOR>(area, [&mut self.contracts_owed[i], &mut self.costs_owed[i]], common, k);
                (land, fee::<FLOOR>(area[0], &mut self.floor[i], k))
            } else {
                (prepared.0[i], prepared.1[i])
            };
            let general = self.kept[i] + self.pooled[i];
            let fund = r::<FLOOR>(land * share) + fee_kept;
            let cash = self.general[i] + general;
            let guaranteed = lower(year.guarantees[i], cash);
            let mut left = cash - guaranteed;
            left -= lower(year.other[i], left);
            let mut in_fund = self.fund[i] + fund;
            let by_fund = lower(year.of_fund[i], in_fund);
            in_fund -= by_fund;
            let by_general = lower(year.of_general[i], left);
            left -= by_general;
            let both = lower(year.of_both[i], in_fund);
            let rest = lower(year.of_both[i] - both, left);
            self.fund[i] = in_fund - both;
            self.general[i] = left - rest;
            self.sums[0][i] += general;
            self.sums[1][i] += fund;
            self.sums[2][i] += by_fund + by_general + both + rest;
            self.sums[3][i] += year.guarantees[i] - guaranteed;
        }
    }
}

#[inline(always)]
fn sum(row: &Row) -> f64 {
    let mut lanes = [0.0; 4];
    for chunk in row.chunks_exact(4) {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += x;
        }
    }
    lanes.iter().sum()
}

/// A pool that is too small: its exact shares, in whole numbers. Rare, so not written for speed.
#[cold]
#[inline(never)]
fn shrink(pooled: &mut Row, kept: &Row, need: &Row, pool: f64) {
    let claim = |n: usize| Claim { weight: (need[n] - kept[n]).max(0.0) as i128, low: 0, high: pooled[n] as i128 };
    let claims: Vec<Claim> = (0..COUNTY).map(claim).collect();
    let shares = share(pool as i128, &claims, &[0; COUNTY], Rounding { unit: 1, largest_remainder: false }).unwrap();
    pooled.iter_mut().zip(shares).for_each(|(x, share)| *x = share as f64);
}

#[inline(always)]
fn run<const MODE: u8, const FLOOR: bool>(inputs: &Inputs, prepared: &Prepared, points: &[Point], out: &mut [Totals]) {
    let k = Ratios::of(inputs);
    for (c, county) in inputs.counties.iter().enumerate() {
        for (point, totals) in points.iter().zip(&mut *out) {
            let (top, share) = (ratio(point.top), ratio(point.land));
            let mut state = State::start::<MODE, FLOOR>(county, *point);
            for (y, (year, common)) in county.years.iter().zip(&inputs.years).enumerate() {
                state.share::<MODE, FLOOR>(year, common, (&prepared.basket[c][y], &prepared.lower[c][y]), top, &k);
                state.spend::<MODE, FLOOR>(year, common, &county.areas[y], (&prepared.land[c][y], &prepared.fee_kept[c][y]), share, &k);
            }
            let [general, fund, paid, unpaid] = [0, 1, 2, 3].map(|n| sum(&state.sums[n]) as i64);
            totals.general += general;
            totals.fund += fund;
            totals.paid += paid;
            totals.guarantees_unpaid += unpaid;
        }
    }
    for totals in out {
        totals.planned = inputs.planned as i64;
        totals.gap = totals.planned - totals.paid;
    }
}

macro_rules! for_this_machine {
    ($($name:ident = $mode:ident, $targets:tt, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[multiversion(targets $targets)]
        pub fn $name(inputs: &Inputs, prepared: &Prepared, points: &[Point], out: &mut [Totals]) {
            const FLOOR: bool = multiversion::target::selected_target!().supports_feature_str("avx2");
            run::<$mode, FLOOR>(inputs, prepared, points, out);
        }
    )*};
}

for_this_machine! {
    full = FULL, ("x86_64+avx2"), "See [`FULL`]. Totals are added to `out`.";
    chain = CHAIN, ("x86_64+avx2"), "See [`CHAIN`].";
    shares = SHARES, ("x86_64+avx2"), "See [`SHARES`]; the points' scale must be the prepared one.";
    top = TOP, ("x86_64+avx2"), "See [`TOP`]; the points' scale must be the prepared one.";
    full_wide = FULL, ("x86_64+avx512f+avx512vl+avx512dq+avx512bw+avx2", "x86_64+avx2"), "[`full`] for the widest lanes there are.";
    top_wide = TOP, ("x86_64+avx512f+avx512vl+avx512dq+avx512bw+avx2", "x86_64+avx2"), "[`top`] for the widest lanes there are.";
}

impl Prepared {
    /// For points of one scale.
    pub fn of(inputs: &Inputs, scale: i64) -> Self {
        let k = Ratios::of(inputs);
        let mut all = Self { land: Vec::new(), fee_kept: Vec::new(), basket: Vec::new(), lower: Vec::new() };
        for county in &inputs.counties {
            let mut state = State::start::<FULL, false>(county, Point { scale, ..Point::PLAIN });
            let years = || county.years.iter().zip(&inputs.years);
            let basket: Vec<Row> = years().map(|(_, common)| std::array::from_fn(|i| taxes::<false>(&state.scaled, i, common, &k))).collect();
            let low = |(x, year): (&Row, &Year)| -> [Row; 2] { [0, 1].map(|n| std::array::from_fn(|i| lower_tiers::<false>(x[i], year, i, &k)[n])) };
            all.lower.push(basket.iter().zip(&county.years).map(low).collect());
            all.basket.push(basket);
            let mut land_of = |(y, (_, common)): (usize, (&Year, &Common))| -> Row {
                let area = |i: usize| county.areas[y].map(|row| row[i]);
                std::array::from_fn(|i| land_chain::<false>(area(i), [&mut state.contracts_owed[i], &mut state.costs_owed[i]], common, &k))
            };
            all.land.push(years().enumerate().map(&mut land_of).collect());
            all.fee_kept.push(county.areas.iter().map(|areas| std::array::from_fn(|i| fee::<false>(areas[0][i], &mut state.floor[i], &k))).collect());
        }
        all
    }
}
