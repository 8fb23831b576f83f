//! The figures of the scenario the peers compute: made by formula, the same on every machine.
//!
//! From here the scenario's text is written (`scenario.rs`) and the constant inputs of the peers are prepared (`inputs.rs`), so
//! that they can only differ in what is computed from the same figures.

/// \[个\] Towns a county has; each has a pool of its own.
pub const COUNTY: usize = 76;
/// The first year, and the year of all amounts.
pub const FIRST_YEAR: i32 = 2012;
/// How many taxes grow with a driver.
pub const TAXES: usize = 9;
/// \[分\] 万元.
pub const WAN: i64 = 1_000_000;

/// A tax that grows from its base.
pub struct Tax {
    pub id: &'static str,
    pub name: &'static str,
    pub class: &'static str,
    /// What it grows with, by its order in [`DRIVERS`].
    pub driver: usize,
    /// \[10⁻⁶\] Of gross; [`VAT_BEFORE`] until 2016 for the first.
    pub central: i64,
    /// \[10⁻⁶\] Of what is left.
    pub province: i64,
    /// \[10⁻⁶\] Of what is left then.
    pub city: i64,
    /// \[万元\] A town's base on average.
    pub size: i64,
}

const fn tax(id: &'static str, name: &'static str, driver: usize, takes: [i64; 3], size: i64) -> Tax {
    Tax { id, name, class: "tax", driver, central: takes[0], province: takes[1], city: takes[2], size }
}

/// The taxes, in the order of the file.
pub const TAX: [Tax; TAXES] = [
    tax("vat", "增值税", 0, [500_000, 350_000, 100_000], 400),
    tax("cit", "企业所得税", 0, [600_000, 350_000, 100_000], 90),
    tax("pit", "个人所得税", 0, [600_000, 350_000, 100_000], 80),
    tax("property_tax", "房产税", 1, [0, 0, 150_000], 40),
    tax("land_use_tax", "城镇土地使用税", 1, [0, 0, 0], 50),
    tax("land_vat", "土地增值税", 2, [0, 350_000, 0], 100),
    tax("deed_tax", "契税", 2, [0, 350_000, 0], 150),
    tax("stamp_tax", "印花税", 0, [0, 0, 0], 10),
    Tax { class: "nontax", ..tax("nontax", "非税收入", 3, [0, 0, 0], 110) },
];
/// \[10⁻⁶\] Central share of value-added tax before the first year of [`VAT_CHANGES`].
pub const VAT_BEFORE: i64 = 750_000;
/// The year from which the central share is that of the table.
pub const VAT_CHANGES: i32 = 2017;
/// \[10⁻⁶\] Urban maintenance tax, of value-added tax; and the city's part of it.
pub const UMCT: [i64; 2] = [50_000, 150_000];

/// What taxes grow with.
pub const DRIVERS: [&str; 4] = ["economy", "property", "land_market", "charges"];

/// \[10⁻⁶\] Growth of a driver, years after the first.
pub const fn growth(driver: usize, year: usize) -> i64 {
    let k = year as i64;
    match driver {
        0 => 95_000 - 2_500 * k,
        1 => 80_000 - 1_000 * k + k % 3 * 4_000,
        2 => [90_000, 40_000, 120_000, -40_000, 60_000][year % 5],
        _ => 30_000,
    }
}

/// \[10⁻⁶\] Yearly growth of what the scenario writes with `grows_by`.
pub mod grows {
    pub const TIER_BASE: i64 = 50_000;
    pub const NEED: i64 = 60_000;
    pub const POOL: i64 = 60_000;
    pub const COSTS: i64 = 60_000;
    pub const LAND_PRICE: [i64; 2] = [40_000, 20_000];
    pub const LAND_COST: i64 = 40_000;
}

/// \[10⁻⁶\] What a tier starts at above the base, but for the first, and the town's shares; the last is what a point varies.
pub const ABOVE_BASE: [i64; 3] = [0, 100_000, 200_000];
pub const TIER_SHARES: [i64; 3] = [600_000, 500_000, 600_000];

/// The land chain; ratios in millionths, money in fen.
pub mod land {
    use super::WAN;
    /// Commercial land falls to half, industrial land to a third from this year on.
    pub const LATE: i32 = 2022;
    pub const PRICE: [i64; 2] = [42 * WAN, 20 * WAN];
    /// Paid in the year of the contract; the rest in the next.
    pub const FIRST_INSTALMENT: i64 = 700_000;
    pub const COMPENSATION: i64 = 15 * WAN;
    pub const DEVELOPMENT: i64 = 190_000;
    pub const BUSINESS: i64 = 10_000;
    pub const NEW_LAND_FEE: i64 = 2_000;
    pub const NEW_LAND_CENTRAL: i64 = 300_000;
    pub const FARMLAND: i64 = 300_000;
    /// Education, water, housing; of net income.
    pub const SETASIDES: [i64; 3] = [100_000, 90_000, 80_000];
    pub const INCOME_FUND: i64 = 30_000;
    /// Of net income, then of the remainder.
    pub const DUES: [i64; 2] = [50_000, 100_000];
    /// The infrastructure fee: a square metre, plot ratio, exempt, the town's share.
    pub const FEE: i64 = 4_000;
    pub const PLOT_RATIO: i64 = 2_000_000;
    pub const EXEMPT: i64 = 200_000;
    pub const FEE_SHARE: i64 = 500_000;
}

/// \[10⁻⁶\] Part of a gap the pool fills.
pub const COEFFICIENT: i64 = 400_000;
/// \[%\] A county's pool, of the need of the largest: enough for every point that is timed, not for a town that has hardly any revenue.
pub const POOL_OF_NEED: i64 = 27;
/// \[分\] Of a post: wages, operation. Of an inhabitant: livelihood.
pub const COST: [i64; 3] = [13 * WAN / 2, 6 * WAN / 5, 6_000];

/// A project.
#[derive(Clone, Copy)]
pub struct Project {
    /// \[分\]
    pub cost: i64,
    /// Years after the first.
    pub start: usize,
    /// \[%\] By year.
    pub profile: &'static [i64],
    /// Which books may pay: general, fund.
    pub books: [bool; 2],
}

/// A town's row; money in fen.
pub struct Town {
    pub taxes: [i64; TAXES],
    pub tier_base: i64,
    pub need: i64,
    pub staff: i64,
    pub people: i64,
    pub other: i64,
    /// \[亩\] Commercial and industrial, before and from [`land::LATE`].
    pub area: [[i64; 2]; 2],
    /// Of the year before the first: contracts and cost of compensation.
    pub contracts: i64,
    pub compensation: i64,
    pub general: i64,
    pub fund: i64,
    pub projects: [Project; 3],
}

/// What one evaluation varies, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Every tax base is multiplied by it and rounded.
    pub scale: i64,
    /// The town's share of the top tier.
    pub top: i64,
    /// The town's share of land income.
    pub land: i64,
}

impl Point {
    /// The scenario as it is written.
    pub const PLAIN: Self = Self { scale: 1_000_000, top: 700_000, land: 400_000 };
}

/// All figures.
pub struct Model {
    pub towns: Vec<Town>,
    pub years: usize,
    /// \[分\] Of each county in the first year.
    pub pool: i64,
}

impl Model {
    /// So many towns and years.
    pub fn new(towns: usize, years: usize) -> Self {
        let towns: Vec<Town> = (0..towns as u64).map(town).collect();
        let need = towns.chunks(COUNTY).map(|county| county.iter().map(|town| town.need).sum::<i64>()).max().unwrap_or(0);
        Self { towns, years, pool: need / WAN * WAN * POOL_OF_NEED / 100 }
    }
}

/// A number between two, without any pattern that meets the eye.
fn draw(town: u64, what: u64, low: i64, high: i64) -> i64 {
    let mut x = (town * 64 + what).wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    low + ((x ^ (x >> 31)) % (high - low) as u64) as i64
}

fn town(n: u64) -> Town {
    // Half to one and a half times the average, to the fen.
    let size = draw(n, 0, 50, 151);
    let around = |what: u64, wan: i64| wan * WAN * size / 100 * draw(n, what, 80, 121) / 100 + draw(n, what + 1, 0, WAN);
    let mut taxes = [0; TAXES];
    for (what, (base, tax)) in taxes.iter_mut().zip(&TAX).enumerate() {
        *base = around(2 + 2 * what as u64, tax.size);
    }
    let area = [draw(n, 24, 4, 30), draw(n, 25, 0, 20)];
    let before = [draw(n, 26, 4, 30), draw(n, 27, 0, 20)];
    Town {
        taxes,
        tier_base: around(30, 440),
        need: around(32, 600),
        staff: draw(n, 34, 12, 60) * size / 100 + 1,
        people: draw(n, 35, 8_000, 24_000) * size / 100,
        other: around(36, 30),
        area: [area, [area[0] / 2, area[1] / 3]],
        contracts: before[0] * land::PRICE[0] + before[1] * land::PRICE[1] + draw(n, 38, 0, 100),
        compensation: (before[0] + before[1]) * land::COMPENSATION,
        general: draw(n, 40, 0, 60 * WAN),
        fund: draw(n, 41, 0, 40 * WAN),
        projects: projects(n),
    }
}

fn projects(n: u64) -> [Project; 3] {
    let cost = |what: u64, wan: i64| draw(n, what, wan / 2 * WAN, wan * 3 / 2 * WAN);
    let start = |what: u64, first: i64| draw(n, what, first, first + 5) as usize;
    [
        Project { cost: cost(50, 700), start: start(51, 0), profile: &[10, 20, 30, 25, 15], books: [true, true] },
        Project { cost: cost(52, 600), start: start(53, 3), profile: &[10, 15, 25, 25, 15, 10], books: [!n.is_multiple_of(3), true] },
        Project { cost: cost(54, 1_500), start: start(55, 8), profile: &[5, 10, 15, 20, 20, 15, 10, 5], books: [true, !n.is_multiple_of(4)] },
    ]
}
