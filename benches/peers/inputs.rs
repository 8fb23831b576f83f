//! What does not change from point to point, worked out once: indices, prices, thresholds, what is due and planned.
//!
//! Counties stand one after another, each a block of [`COUNTY`] lanes; the last may have lanes without a town, all nothing.

use fencheng::base::ratio::{Ratio, nudge};
use fencheng::kernel::round;

use super::model::{ABOVE_BASE, COST, COUNTY, FIRST_YEAR, Model, Project, TAX, TAXES, Town, VAT_BEFORE, VAT_CHANGES, grows, growth, land};

/// One figure for every town of a county.
pub type Row = [f64; COUNTY];

/// A county.
pub struct County {
    pub bases: [Row; TAXES],
    pub general: Row,
    pub fund: Row,
    /// From the year before the first: contracts and costs still open, floor space not yet built.
    pub contracts_owed: Row,
    pub costs_owed: Row,
    pub floor: Row,
    pub years: Vec<Year>,
    /// Commercial, industrial; apart, since only the land chain reads it.
    pub areas: Vec<[Row; 2]>,
}

/// What differs by town and year.
#[derive(Clone)]
pub struct Year {
    pub thresholds: [Row; 3],
    pub need: Row,
    /// Due: the three guarantees, other lines.
    pub guarantees: Row,
    pub other: Row,
    /// Planned: projects only the general book pays, only the fund, and those both may pay.
    pub of_general: Row,
    pub of_fund: Row,
    pub of_both: Row,
}

/// What differs by year.
pub struct Common {
    pub index: [f64; TAXES],
    pub vat_central: f64,
    pub price: [f64; 2],
    pub compensation: f64,
    pub pool: f64,
}

/// Everything.
pub struct Inputs {
    pub towns: usize,
    pub counties: Vec<County>,
    pub years: Vec<Common>,
    /// \[分\] All that is planned: the same for every point.
    pub planned: f64,
    /// m² of charged floor space for each 0.01 亩.
    pub floor_per_area: f64,
}

#[expect(clippy::cast_precision_loss, reason = "whole numbers below 2^53")]
const fn whole(x: i64) -> f64 {
    x as f64
}

/// A ratio as it is multiplied by.
pub fn ratio(millionths: i64) -> f64 {
    Ratio(millionths).coefficient()
}

/// The product of yearly factors, in order.
fn index(year: usize, growth: impl Fn(usize) -> i64) -> f64 {
    (1..=year).fold(1.0, |index, y| index * (whole(1_000_000_000 + growth(y) * 1_000) / 1e9))
}

fn grown(amount: i64, by: i64, year: usize) -> f64 {
    round(whole(amount) * index(year, |_| by))
}

impl Inputs {
    /// From the figures.
    pub fn of(model: &Model) -> Self {
        let counties: Vec<County> = model.towns.chunks(COUNTY).map(|towns| county(towns, model.years)).collect();
        let sum = |row: &Row| row.iter().sum::<f64>();
        let planned = counties.iter().flat_map(|c| &c.years).map(|y| sum(&y.of_general) + sum(&y.of_fund) + sum(&y.of_both)).sum();
        let years = (0..model.years).map(|y| common(model, y)).collect();
        Self { towns: model.towns.len(), counties, years, planned, floor_per_area: floor_per_area() }
    }
}

fn floor_per_area() -> f64 {
    let product = 66_667 * i128::from(land::PLOT_RATIO) * i128::from(1_000_000 - land::EXEMPT);
    #[expect(clippy::cast_precision_loss, reason = "a coefficient")]
    nudge(product as f64 / 1e16)
}

fn common(model: &Model, year: usize) -> Common {
    let old_vat = FIRST_YEAR + i32::try_from(year).unwrap() < VAT_CHANGES;
    Common {
        index: std::array::from_fn(|n| index(year, |y| growth(TAX[n].driver, y))),
        vat_central: ratio(if old_vat { VAT_BEFORE } else { TAX[0].central }),
        price: std::array::from_fn(|n| grown(land::PRICE[n], grows::LAND_PRICE[n], year)),
        compensation: grown(land::COMPENSATION, grows::LAND_COST, year),
        pool: grown(model.pool, grows::POOL, year),
    }
}

fn row(towns: &[Town], of: impl Fn(&Town) -> f64) -> Row {
    std::array::from_fn(|n| towns.get(n).map_or(0.0, &of))
}

fn county(towns: &[Town], years: usize) -> County {
    let late = |year: usize| usize::from(FIRST_YEAR + i32::try_from(year).unwrap() >= land::LATE);
    let owed = |total: i64| whole(total - Ratio(land::FIRST_INSTALMENT).of(total));
    let area = |town: &Town, year: usize, n: usize| whole(town.area[late(year)][n] * 100);
    let per_area = floor_per_area();
    County {
        bases: std::array::from_fn(|n| row(towns, |t| whole(t.taxes[n]))),
        general: row(towns, |t| whole(t.general)),
        fund: row(towns, |t| whole(t.fund)),
        contracts_owed: row(towns, |t| owed(t.contracts)),
        costs_owed: row(towns, |t| owed(t.compensation)),
        floor: row(towns, |t| round(area(t, 0, 0) * per_area)),
        years: (0..years).map(|y| by_town(towns, y)).collect(),
        areas: (0..years).map(|y| std::array::from_fn(|n| row(towns, |t| area(t, y, n)))).collect(),
    }
}

fn by_town(towns: &[Town], year: usize) -> Year {
    let costs = COST.map(|cost| grown(cost, grows::COSTS, year));
    let threshold = |town: &Town, above: i64| round(grown(town.tier_base, grows::TIER_BASE, year) * ratio(1_000_000 + above));
    let due = |t: &Town| round(whole(t.staff) * costs[0]) + round(whole(t.staff) * costs[1]) + round(whole(t.people) * costs[2]);
    let planned = |town: &Town, books: [bool; 2]| town.projects.iter().filter(|p| p.books == books).map(|p| part(p, year)).sum();
    Year {
        thresholds: ABOVE_BASE.map(|above| row(towns, |t| threshold(t, above))),
        need: row(towns, |t| grown(t.need, grows::NEED, year)),
        guarantees: row(towns, due),
        other: row(towns, |t| grown(t.other, grows::COSTS, year)),
        of_general: row(towns, |t| planned(t, [true, false])),
        of_fund: row(towns, |t| planned(t, [false, true])),
        of_both: row(towns, |t| planned(t, [true, true])),
    }
}

/// What is planned for a project in a year: by its profile, the last year by subtraction.
fn part(project: &Project, year: usize) -> f64 {
    let Some(k) = year.checked_sub(project.start).filter(|k| *k < project.profile.len()) else { return 0.0 };
    let parts = |n: usize| Ratio(project.profile[n] * 10_000).of(project.cost);
    let last = k + 1 == project.profile.len();
    whole(if last { project.cost - (0..k).map(parts).sum::<i64>() } else { parts(k) })
}
