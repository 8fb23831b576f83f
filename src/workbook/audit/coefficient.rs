//! Coefficients out of input cells: which written values a coefficient follows, and by which formula.
//!
//! A way is only taken when it gives the engine's coefficient to the bit; where none does the number stands as the program made it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::inputs::{FACTOR, FIRST, NUDGE, RATIO, WHOLE};
use super::{Cell, Content, Grid, Spot};
use crate::base::ratio::Factor;
use crate::base::when::Year;
use crate::measure::Run;
use crate::plan::{
    TableId,
    table::{Follows, Table},
};
use crate::rules::field::Quantity;
use crate::rules::param::LeafId;
use crate::speak::Names;
use crate::workbook::names::{fixed, on_sheet};

/// Input cells: one a written value.
pub struct Inputs<'r> {
    run: &'r Run,
    names: &'r Names<'r>,
    sheet: String,
    rows: HashMap<LeafId, usize>,
    by_path: BTreeMap<&'r str, Vec<LeafId>>,
    /// Values that coefficients here follow.
    pub used: BTreeSet<LeafId>,
    /// Values of which some coefficients here rest on, but do not follow.
    pub partly: BTreeSet<LeafId>,
}

/// A whole number of the engine: the formula and its value.
struct Whole {
    text: String,
    value: i64,
    of: Vec<LeafId>,
}

impl<'r> Inputs<'r> {
    /// Input cells for the values given, in their order.
    #[must_use]
    pub fn new(run: &'r Run, names: &'r Names<'r>, sheet: &str, values: &BTreeSet<LeafId>) -> Self {
        let rows = values.iter().enumerate().map(|(n, leaf)| (*leaf, FIRST + n)).collect();
        let mut by_path: BTreeMap<&str, Vec<LeafId>> = BTreeMap::new();
        for (id, leaf) in run.scenario.leaves.iter().filter(|(_, leaf)| !matches!(leaf.quantity, Quantity::Word(_))) {
            by_path.entry(&leaf.path).or_default().push(id);
        }
        Self { run, names, sheet: sheet.to_owned(), rows, by_path, used: BTreeSet::new(), partly: BTreeSet::new() }
    }

    /// A path in words.
    #[must_use]
    pub fn called(&self, path: &str) -> String {
        self.names.label(path.split('/').next().unwrap_or(path))
    }

    /// A cell of the worksheet of inputs.
    fn at(&self, leaf: LeafId, column: usize) -> String {
        on_sheet(&self.sheet, &fixed(self.rows.get(&leaf).copied().unwrap_or(FIRST), column))
    }

    /// 1 + 2^-51
    fn nudge(&self) -> String {
        on_sheet(&self.sheet, &fixed(NUDGE.0, NUDGE.1))
    }

    /// The cell of a coefficient.
    pub fn coefficient(&mut self, grid: &Grid<'_>, id: TableId, year: usize, spot: Spot) -> Cell {
        let table = &grid.run.compiled.plan.tables[id.0 as usize];
        let value = table.at(year, spot.place);
        if let Follows::Excess(a, b) = table.follows {
            let of = |t: TableId| grid.run.compiled.plan.tables[t.0 as usize].at(year, spot.place);
            let cells = grid.table(a, year, spot.domain).zip(grid.table(b, year, spot.domain));
            if let (Some((a, b)), true) = (cells, (of(a) - of(b)).max(0.0).to_bits() == value.to_bits()) {
                return Cell { content: Content::Formula(format!("MAX(0,{a}-{b})")), value };
            }
        }
        let found = self.followed(table, year, spot).or_else(|| self.factor(table, year, spot, value));
        match found {
            Some((text, leaves)) => {
                self.used.extend(leaves);
                Cell { content: Content::Formula(text), value }
            }
            None => {
                self.partly.extend(table.leaf(year, spot.place));
                Cell::given(value)
            }
        }
    }

    /// By the rule of the table, from the value behind the cell.
    fn followed(&self, table: &Table, year: usize, spot: Spot) -> Option<(String, Vec<LeafId>)> {
        let (leaf, wanted) = (table.leaf(year, spot.place)?, table.at(year, spot.place));
        let ways = [self.weighted(leaf, year), self.grown(table, leaf, year), Some(self.itself(leaf))];
        let way = ways.into_iter().flatten().find(|way| table.follows.of(way.value).is_some_and(|value| value.to_bits() == wanted.to_bits()))?;
        let single = way.of.len() == 1;
        let x = &way.text;
        let text = match table.follows {
            Follows::Whole => x.clone(),
            Follows::Share if single => self.at(leaf, RATIO),
            Follows::Share => self.nudged(x),
            Follows::Rest => self.nudged(&format!("(1000000-{x})")),
            Follows::Over => self.nudged(&format!("(1000000+{x})")),
            Follows::Plain => format!("{x}/1000000"),
            Follows::Excess(..) | Follows::Program => return None,
        };
        Some((text, way.of))
    }

    /// Millionths as a nudged ratio; whole numbers stay what they are.
    fn nudged(&self, x: &str) -> String {
        format!("IF(MOD({x},1000000)=0,{x}/1000000,{x}/1000000*{})", self.nudge())
    }

    fn itself(&self, leaf: LeafId) -> Whole {
        Whole { text: self.at(leaf, WHOLE), value: self.run.scenario.leaves.get(leaf).value, of: vec![leaf] }
    }

    /// A ratio that changes within the year, weighted by months or days.
    fn weighted(&self, leaf: LeafId, year: usize) -> Option<Whole> {
        let now = self.run.scenario.leaves.get(leaf);
        let from = now.from.filter(|day| day.year == self.run.year(year))?;
        let (part, of) = from.elapsed();
        let is_ratio = matches!(now.quantity, Quantity::Share | Quantity::Rate | Quantity::Number);
        let before = self.dated(&now.path, |day| day < Some(from)).filter(|_| is_ratio && part > 0)?;
        let sum = i128::from(self.run.scenario.leaves.get(before).value) * i128::from(part) + i128::from(now.value) * i128::from(of - part);
        let value = i64::try_from(crate::base::decimal::divide_half_away(sum, i128::from(of))).ok()?;
        let text = format!("ROUND(({}*{part}+{}*{})/{of},0)", self.at(before, WHOLE), self.at(leaf, WHOLE), of - part);
        Some(Whole { text, value, of: vec![before, leaf] })
    }

    /// An amount that has grown since its date.
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "amounts stay below 10^15")]
    fn grown(&self, table: &Table, leaf: LeafId, year: usize) -> Option<Whole> {
        let now = self.run.scenario.leaves.get(leaf);
        let since = now.from?.year;
        let years: Vec<Year> = (since + 1..=self.run.year(year)).collect();
        if years.is_empty() || now.value < 0 {
            return None;
        }
        let rates = self.rates(&table.name, &years)?;
        let index = rates.iter().fold(1.0, |index, rate| index * self.factor_of(*rate));
        let value = (now.value as f64 * index + 0.5).floor() as i64;
        let product: Vec<String> = rates.iter().map(|rate| self.at(*rate, FACTOR)).collect();
        Some(Whole { text: format!("ROUND({}*({}),0)", self.at(leaf, WHOLE), product.join("*")), value, of: [vec![leaf], rates].concat() })
    }

    /// `1 + rate`
    fn factor_of(&self, rate: LeafId) -> f64 {
        Factor(1_000_000_000 + self.run.scenario.leaves.get(rate).value * 1_000).to_f64()
    }

    /// The growth of each year as it was written for a rule, or for the only driver there is.
    fn rates(&self, rule: &str, years: &[Year]) -> Option<Vec<LeafId>> {
        if let Some(own) = self.by_path.get(format!("{rule}.grows_by").as_str()) {
            return Some(vec![*own.first()?; years.len()]);
        }
        let drivers: Vec<&str> = self.by_path.keys().copied().filter(|path| path.starts_with("driver.")).collect();
        let [driver] = drivers[..] else { return None };
        years.iter().map(|year| self.dated(driver, |day| day.is_none_or(|day| day.year <= *year))).collect()
    }

    /// The last value of a path whose date is asked for.
    fn dated(&self, path: &str, wanted: impl Fn(Option<crate::base::when::Day>) -> bool) -> Option<LeafId> {
        let dated = self.by_path.get(path)?.iter().map(|leaf| (self.run.scenario.leaves.get(*leaf).from, *leaf));
        dated.filter(|(from, _)| wanted(*from)).max_by_key(|(from, _)| *from).map(|(_, leaf)| leaf)
    }

    /// A growth factor: `1 + elasticity × growth + own growth`, to nine decimals.
    fn factor(&self, table: &Table, year: usize, spot: Spot, wanted: f64) -> Option<(String, Vec<LeafId>)> {
        let rule = table.name.strip_suffix("/factor")?;
        let now = self.run.year(year);
        let rate = *self.rates(rule, &[now])?.first()?;
        let value = |leaf: LeafId| crate::base::ratio::Ratio(self.run.scenario.leaves.get(leaf).value);
        let elasticity = self.by_path.get(format!("{rule}.elasticity").as_str()).and_then(|all| all.first().copied());
        let id = self.run.scenario.towns[*self.run.compiled.towns.get(spot.place)?].id();
        let in_force = |path: &str| self.dated(path, |day| day.is_none_or(|day| day.year <= now));
        let own = in_force(&format!("{rule}.own_growth.{id}")).or_else(|| in_force(&format!("{rule}.own_growth")));
        let (one, none) = (crate::base::ratio::Ratio::ONE, crate::base::ratio::Ratio::ZERO);
        let made = Factor::growth(value(rate), elasticity.map_or(one, value), own.map_or(none, value)).to_f64();
        if made.to_bits() != wanted.to_bits() {
            return None;
        }
        let growth = match elasticity {
            Some(elasticity) => format!("ROUND({}*{}/1000,0)", self.at(rate, WHOLE), self.at(elasticity, WHOLE)),
            None => format!("{}*1000", self.at(rate, WHOLE)),
        };
        let own_text = own.map_or_else(String::new, |own| format!("+{}*1000", self.at(own, WHOLE)));
        let leaves = [Some(rate), elasticity, own].into_iter().flatten().collect();
        Some((format!("(1000000000+{growth}{own_text})/1000000000"), leaves))
    }
}
