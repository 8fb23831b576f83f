//! The measures a study keeps of a point: one formula each, over what is added up while the point is computed.

use super::figures::Figures;
use crate::base::lang::Words;
use crate::plan::Lane;

/// What a measure is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Money.
    Money,
    /// A ratio.
    Ratio,
    /// A number of towns or years.
    Count,
    /// A year.
    Year,
}

/// A figure of a point, whole where its unit is: fen, towns, a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// Fen, towns or a year.
    Whole(i64),
    /// A ratio.
    Ratio(f64),
    /// Not defined: nothing planned, no gap, no county account.
    None,
}

impl Figure {
    /// As a number; `None` where it is not defined.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "amounts stay below 2^53")]
    pub const fn number(self) -> Option<f64> {
        match self {
            Self::Whole(whole) => Some(whole as f64),
            Self::Ratio(ratio) => Some(ratio),
            Self::None => None,
        }
    }
}

/// A measure.
#[derive(Clone, Copy)]
pub struct Measure {
    /// Its column.
    pub key: &'static str,
    /// Its name.
    pub words: Words,
    /// What it is counted in.
    pub unit: Unit,
    /// How it follows from what was added up.
    pub of: fn(&Figures) -> Figure,
    /// Whether it needs figures town by town.
    pub by_town: bool,
}

/// What never happens comes after every year.
const NEVER: f64 = 10_000.0;

impl Measure {
    /// A figure as it is compared with bounds and with others: never comes after every year, and where nothing is planned all of it is
    /// covered. `None` where nothing can be compared.
    #[must_use]
    pub fn rank(&self, figure: Figure) -> Option<f64> {
        match (figure, self.unit) {
            (Figure::None, Unit::Year) => Some(NEVER),
            (Figure::None, Unit::Ratio) if matches!(self.key, "coverage" | "lowest_coverage") => Some(1.0),
            _ => figure.number(),
        }
    }
}

impl std::fmt::Debug for Measure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "sums of whole fen below 2^53")]
const fn fen(sum: f64) -> Figure {
    Figure::Whole(sum as i64)
}

fn ratio(a: f64, b: f64) -> Figure {
    if b == 0.0 { Figure::None } else { Figure::Ratio(a / b) }
}

const fn measure(key: &'static str, zh: &'static str, en: &'static str, unit: Unit, of: fn(&Figures) -> Figure) -> Measure {
    Measure { key, words: Words::new(zh, en), unit, of, by_town: false }
}

const fn town_by_town(measure: Measure) -> Measure {
    Measure { by_town: true, ..measure }
}

/// All measures.
pub const ALL: &[Measure] = &[
    measure("retained", "留存财力", "retained funds", Unit::Money, |f| fen(f.retained)),
    measure("retained_general", "其中一般公共预算", "of it general", Unit::Money, |f| fen(f.general)),
    measure("retained_fund", "其中政府性基金", "of it fund", Unit::Money, |f| fen(f.fund)),
    measure("planned", "计划项目支出", "planned project spending", Unit::Money, |f| fen(f.planned)),
    measure("paid", "已付项目支出", "project spending paid", Unit::Money, |f| fen(f.paid)),
    measure("gap", "缺口", "gap", Unit::Money, |f| fen(f.planned - f.paid)),
    measure("coverage", "项目资金保障率", "coverage", Unit::Ratio, |f| ratio(f.paid, f.planned)),
    town_by_town(measure("lowest_coverage", "最低的镇保障率", "lowest coverage of a town", Unit::Ratio, Figures::lowest_coverage)),
    town_by_town(measure("towns_short", "有缺口的镇数", "towns with a gap", Unit::Count, Figures::towns_short)),
    town_by_town(measure("first_shortfall", "首次不足年份", "first year short", Unit::Year, Figures::first_shortfall)),
    measure("guarantees_unpaid", "镇级“三保”未付", "towns' three guarantees unpaid", Unit::Money, |f| fen(f.guarantees_unpaid)),
    measure("county_of_towns", "县级从各镇净得", "the county's net of its towns", Unit::Money, |f| fen(f.county)),
    measure("county_cover", "县级三保保障率最低", "lowest cover of the county's three guarantees", Unit::Ratio, |f| f.cover.map_or(Figure::None, Figure::Ratio)),
    measure("county_years_short", "县级三保不足的年数", "county years short of the three guarantees", Unit::Count, |f| f.broken.map_or(Figure::None, Figure::Whole)),
    measure("county_balance", "县级期末结余", "the county's final balance", Unit::Money, |f| f.balance.map_or(Figure::None, fen)),
];

/// The measure of a key.
#[must_use]
pub fn find(key: &str) -> Option<&'static Measure> {
    ALL.iter().find(|m| m.key == key)
}

/// The lanes figures are added up from, by their place among the asked lanes.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// All of them, in order.
    pub lanes: Vec<Lane>,
    /// The county's receipts (first) and payments (second) among its dealings with its towns.
    pub county: Option<(Vec<usize>, usize)>,
    /// Resources, three guarantees, balance of the county's account.
    pub account: Option<[usize; 3]>,
}

/// The town lanes asked, in this order.
pub const TOWN_LANES: usize = 7;

impl Asked {
    /// The lanes of a compiled scenario.
    #[must_use]
    pub fn of(compiled: &crate::compile::Compiled) -> Option<Self> {
        let (accounts, stage) = (&compiled.accounts, &compiled.plan.projects);
        let (retained, purse) = (accounts.retained.as_ref()?, accounts.purse.as_ref()?);
        let mut lanes = vec![stage.planned, stage.paid, stage.unpaid, retained.all, retained.general, retained.fund, purse.guarantees_unmet];
        let mut add = |lane: Lane| {
            lanes.push(lane);
            lanes.len() - 1
        };
        let county = accounts.county.as_ref().map(|c| {
            let receipts = [Some(c.from_towns), Some(c.held), c.returned].into_iter().flatten().map(&mut add).collect();
            (receipts, add(c.paid))
        });
        let account = accounts.county.as_ref().and_then(|c| c.account).map(|a| [a.resources, a.guarantees, a.balance].map(&mut add));
        Some(Self { lanes, county, account })
    }
}
