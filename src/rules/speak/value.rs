//! A dated, growing, town-wise parameter in words.

use super::Speak;
use crate::base::{amount::MoneyUnit, ratio::Ratio, when::Day};
use crate::rules::{
    field::Quantity,
    param::{Growth, LeafId, Param, Step, StepValue},
};

/// Towns whose values are said one by one; of more only the range is.
const MOST_TOWNS: usize = 3;

impl Speak<'_> {
    /// A number of a quantity with its unit.
    #[must_use]
    pub fn quantity(&self, quantity: Quantity, value: i64) -> String {
        match quantity {
            Quantity::Share | Quantity::Rate => self.share(value),
            Quantity::Number => self.number(value),
            Quantity::Money | Quantity::SignedMoney if value == 0 => self.pick("零", "nothing"),
            Quantity::Money | Quantity::SignedMoney => self.money(value),
            Quantity::MoneyPerMu => self.pick(format!("每亩{}", self.money(value)), format!("{} per mu", self.money(value))),
            Quantity::MoneyPerSquareMetre => {
                let yuan = super::grouped(&MoneyUnit::Yuan.print(value));
                self.pick(format!("每平方米{yuan}元"), format!("{yuan} yuan per m²"))
            }
            Quantity::Area => self.area(value),
            Quantity::Word(words) => self.word(usize::try_from(value).ok().and_then(|n| words.get(n)).copied().unwrap_or_default()),
        }
    }

    /// A dated word.
    fn word(&self, word: &str) -> String {
        match word {
            "general" => self.pick("一般公共预算", "the general public budget"),
            "fund" => self.pick("政府性基金预算", "the government fund budget"),
            "state_capital" => self.pick("国有资本经营预算", "the state capital budget"),
            other => other.to_owned(),
        }
    }

    /// What holds over the years spoken of: `75%，2016年5月1日起50%`; `2012年6.5万元，以后每年增7%`.
    #[must_use]
    pub fn value(&self, param: &Param) -> String {
        let steps = self.steps_in_force(param);
        if steps.is_empty() {
            return self.pick("测算期内没有数", "no value in these years");
        }
        let grows = param.growth != Growth::None && steps.last().is_some_and(|s| s.from.is_some());
        let mut said: Vec<String> = Vec::new();
        let mut last = String::new();
        for (n, step) in steps.iter().enumerate() {
            let value = self.step(step, param.quantity);
            // The same value enacted again is cited, not said twice; a value that grows starts anew.
            if n > 0 && value == last && !grows && !param.interpolate {
                continue;
            }
            last.clone_from(&value);
            let before = step.from.is_none_or(|d| d <= Day::first_of(self.years.0));
            said.push(match step.from {
                Some(day) if grows || param.interpolate => self.pick(format!("{}{value}", self.day(day)), format!("{value} in {}", self.day(day))),
                Some(day) if n > 0 || !before => self.since(day, &value),
                _ => value,
            });
        }
        if grows {
            said.push(self.growth_after(param, said.len()));
        } else if param.interpolate && said.len() > 1 {
            said.push(self.pick("其间各年按直线推算", "in a straight line between these years"));
        }
        said.join(&self.pick("，", ", "))
    }

    /// The same of an amount a year: a fixed one says so.
    #[must_use]
    pub fn yearly(&self, param: &Param) -> String {
        let value = self.value(param);
        match self.fixed(param) {
            Some(_) => self.pick(format!("每年{value}"), format!("{value} a year")),
            None => value,
        }
    }

    /// Every dated value, each with its year: outturns before the first year.
    #[must_use]
    pub fn outturns(&self, param: &Param) -> String {
        let said: Vec<String> = param
            .steps
            .iter()
            .map(|step| {
                let value = self.step(step, param.quantity);
                step.from.map_or(value.clone(), |day| self.pick(format!("{}{value}", self.day(day)), format!("{value} in {}", self.day(day))))
            })
            .collect();
        self.list(&said)
    }

    /// Growth in words, without a comma: `每年增7%`, `随生产总值增长`. `path` is that of the table in which `grows_by` stands.
    #[must_use]
    pub fn growth(&self, growth: &Growth, path: &str) -> String {
        match growth {
            Growth::None => self.pick("以后不变", "unchanged afterwards"),
            Growth::Fixed(factor) => {
                self.cite_path(&format!("{path}.grows_by"));
                let rate = (factor.0 - crate::base::ratio::Factor::ONE.0) / 1_000;
                self.rate_a_year(rate)
            }
            Growth::Driver(driver) => {
                let name = self.driver(*driver);
                self.pick(format!("随{name}增长"), format!("growing with {name}"))
            }
        }
    }

    /// The name of a driver by its order.
    #[must_use]
    pub fn driver(&self, order: usize) -> String {
        let name = self.known.drivers.get(order).map_or("", String::as_str);
        if name == "gdp" { self.pick("地区生产总值", "GDP") } else { self.pick(format!("“{name}”"), format!("“{name}”")) }
    }

    /// The only value of a parameter that neither changes nor grows.
    #[must_use]
    pub fn fixed(&self, param: &Param) -> Option<i64> {
        param.constant().filter(|_| param.growth == Growth::None || param.steps.iter().all(|s| s.from.is_none()))
    }

    /// `每年增7%`, `每年减5%`.
    fn rate_a_year(&self, rate: i64) -> String {
        let size = Ratio(rate.abs());
        match rate {
            0 => self.pick("每年不增不减", "unchanged every year"),
            1.. => self.pick(format!("每年增{size}"), format!("growing {size} a year")),
            _ => self.pick(format!("每年减{size}"), format!("falling {size} a year")),
        }
    }

    fn growth_after(&self, param: &Param, steps: usize) -> String {
        let growth = self.growth(&param.growth, &param.path);
        let zh = if steps > 1 { format!("每次以后{growth}") } else { format!("以后{growth}") };
        let en = if steps > 1 { format!("after each of these {growth}") } else { growth.clone() };
        self.pick(zh, en)
    }

    fn since(&self, day: Day, value: &str) -> String {
        self.pick(format!("{}起{value}", self.day(day)), format!("{value} from {}", self.day(day)))
    }

    /// The step in force when the years open, and those that start within them.
    fn steps_in_force<'p>(&self, param: &'p Param) -> Vec<&'p Step> {
        let open = Day::first_of(self.years.0);
        let first = param.steps.iter().rposition(|s| s.from.is_none_or(|d| d <= open)).unwrap_or(0);
        param.steps.iter().skip(first).filter(|s| s.from.is_none_or(|d| d.year <= self.years.1)).collect()
    }

    fn step(&self, step: &Step, quantity: Quantity) -> String {
        match &step.value {
            StepValue::Same(value, leaf) => {
                self.cite(*leaf);
                self.quantity(quantity, *value)
            }
            StepValue::ByTown(values) => self.by_town(values, quantity),
        }
    }

    fn by_town(&self, values: &[Option<(i64, LeafId)>], quantity: Quantity) -> String {
        let given: Vec<(usize, i64)> = values.iter().enumerate().filter_map(|(town, v)| v.map(|(value, _)| (town, value))).collect();
        values.iter().flatten().for_each(|(_, leaf)| self.cite(*leaf));
        let (least, most) = (given.iter().map(|(_, v)| *v).min(), given.iter().map(|(_, v)| *v).max());
        let (Some(least), Some(most)) = (least, most) else { return self.pick("未填", "not given") };
        if least == most {
            return self.quantity(quantity, least);
        }
        // Towns of a county share the county's value: it is said once, of the county.
        let mut said_of: Vec<LeafId> = Vec::new();
        let given: Vec<(String, i64)> = values
            .iter()
            .enumerate()
            .filter_map(|(town, value)| {
                let (value, leaf) = (*value)?;
                if self.is_of_county(leaf) {
                    if said_of.contains(&leaf) {
                        return None;
                    }
                    said_of.push(leaf);
                    return Some((self.county_of(leaf), value));
                }
                Some((self.known.towns.get(town).cloned().unwrap_or_default(), value))
            })
            .collect();
        if given.len() <= MOST_TOWNS {
            let said: Vec<String> =
                given.iter().map(|(name, v)| self.pick(format!("{name}{}", self.quantity(quantity, *v)), format!("{} in {name}", self.quantity(quantity, *v)))).collect();
            return self.list(&said);
        }
        let (least, most) = (self.quantity(quantity, least), self.quantity(quantity, most));
        if !said_of.is_empty() {
            return self.pick(format!("各县不同（{least}至{most}）"), format!("between {least} and {most} by county"));
        }
        self.pick(format!("各镇不同（{least}至{most}）"), format!("between {least} and {most} by town"))
    }
}

impl Speak<'_> {
    /// A share that comes so many years later: `当年70%`, `次年30%`.
    #[must_use]
    pub fn of_lag(&self, share: Ratio, years: usize) -> String {
        match years {
            0 => self.pick(format!("当年{share}"), format!("{share} in the same year")),
            1 => self.pick(format!("次年{share}"), format!("{share} in the next year")),
            n => self.pick(format!("第{}年{share}", n + 1), format!("{share} {n} years later")),
        }
    }
}

impl Speak<'_> {
    /// Whether a value stands in the table of counties: its path ends in the county's name, without a town.
    fn is_of_county(&self, leaf: LeafId) -> bool {
        let path = &self.leaves.get(leaf).path;
        let last = path.rsplit('.').next().unwrap_or_default();
        self.known.counties.iter().any(|county| county == last)
    }

    /// The county a value is of, by its path.
    fn county_of(&self, leaf: LeafId) -> String {
        self.leaves.get(leaf).path.rsplit('.').next().unwrap_or_default().to_owned()
    }
}
