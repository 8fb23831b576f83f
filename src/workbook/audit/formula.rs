//! The plan's neutral expressions as formulas of a spreadsheet.

use super::{Grid, Spot};
use crate::base::ratio::nudge;
use crate::plan::{Arg, Domain, expr::Expr};

/// Most decimals of a ratio the program holds itself (months, scales).
const DECIMALS: i32 = 9;

impl Grid<'_> {
    /// A formula for a year and a town or county; none where it needs a town that has no worksheet here.
    #[must_use]
    pub fn render(&self, expr: &Expr, year: usize, spot: Spot) -> Option<String> {
        let say = |e: &Expr| self.render(e, year, spot);
        let factor = |e: &Expr| say(e).map(|text| if matches!(e, Expr::Sum(..)) { format!("({text})") } else { text });
        let all = |of: &[Expr], sign: &str| of.iter().map(factor).collect::<Option<Vec<_>>>().map(|parts| parts.join(sign));
        Some(match expr {
            Expr::Lane(lane) => self.lane(*lane, year).unwrap_or_else(|| "0".to_owned()),
            Expr::Before(lane, lag, _) if year >= *lag => self.lane(*lane, year - lag).unwrap_or_else(|| "0".to_owned()),
            Expr::Before(_, _, opening) => say(opening)?,
            Expr::Table(table) => self.table(*table, year, spot.domain)?,
            Expr::Number(value) => self.number(*value),
            Expr::Sum(plus, minus) if minus.is_empty() && !plus.is_empty() => all(plus, "+")?,
            Expr::Sum(plus, minus) => {
                let plus = if plus.is_empty() { "0".to_owned() } else { all(plus, "+")? };
                if minus.is_empty() { plus } else { format!("{plus}-{}", all(minus, "-")?) }
            }
            Expr::Product(factors) => all(factors, "*")?,
            Expr::Quotient(a, b, none) => {
                let (a, b) = (factor(a)?, factor(b)?);
                if b.parse::<f64>().is_ok_and(|b| b != 0.0) { format!("({a}/{b})") } else { format!("IF({b}=0,{},{a}/{b})", say(none)?) }
            }
            Expr::Round(inner) => format!("ROUND({},0)", say(inner)?),
            Expr::Min(a, b) => format!("MIN({},{})", say(a)?, say(b)?),
            Expr::Max(a, b) => format!("MAX({},{})", say(a)?, say(b)?),
            Expr::If(a, b, yes, no) => format!("IF({}>{},{},{})", say(a)?, say(b)?, say(yes)?, say(no)?),
            Expr::OverTowns(lane) => {
                let towns = self.run.compiled.plan.counties.get(spot.place)?.clone();
                let cells = towns.map(|place| self.lane_of(*lane, year, Spot { domain: Domain::Town, place })).collect::<Option<Vec<_>>>()?;
                if cells.is_empty() { "0".to_owned() } else { cells.join("+") }
            }
            Expr::Power(base, exponent) => format!("POWER({},{})", say(base)?, say(exponent)?),
            Expr::Of(lane, from) => match from.get(spot.place).copied().flatten() {
                Some(place) => self.lane_of(*lane, year, Spot { domain: Domain::Town, place })?,
                None => "0".to_owned(),
            },
        })
    }

    /// What a pool leaves to its payer: its sum less what its towns get.
    #[must_use]
    pub fn rest_of_pool(&self, pool: usize, year: usize, county: usize) -> Option<String> {
        let plan = &self.run.compiled.plan;
        let pool = &plan.pools[pool];
        let mut whole = Vec::new();
        for group in pool.groups.iter().filter(|group| plan.counties[county].contains(&group.start)) {
            let first = Spot { domain: Domain::Town, place: group.start };
            let sum = match pool.amount {
                Arg::Number(value) => self.number(value),
                Arg::Lane(lane) => self.lane_of(lane, year, first)?,
                Arg::Table(table) => super::on_sheet(self.sheet(first)?, &self.table(table, year, Domain::Town)?),
            };
            let levied = pool.levied.map(|lane| self.lane(lane, year)).map_or(Some(String::new()), |cell| Some(format!("+{}", cell?)))?;
            let given = group.clone().map(|place| self.lane_of(pool.out, year, Spot { domain: Domain::Town, place })).collect::<Option<Vec<_>>>()?;
            whole.push(format!("{sum}{levied}-{}", given.join("-")));
        }
        (!whole.is_empty()).then(|| whole.join("+"))
    }

    /// A number of the program. A nudged ratio is written as the ratio times the nudge, for a spreadsheet keeps 15 digits.
    #[must_use]
    pub fn number(&self, value: f64) -> String {
        let short = |digits: i32| {
            let scale = f64::from(10_i32.pow(digits.unsigned_abs()));
            let decimal = (value * scale).round() / scale;
            (nudge(decimal).to_bits() == value.to_bits() && decimal.fract() != 0.0).then_some(decimal)
        };
        match (0..=DECIMALS).find_map(short) {
            Some(decimal) => format!("({decimal}*{})", self.nudge()),
            None if value < 0.0 => format!("({value})"),
            None => format!("{value}"),
        }
    }
}
