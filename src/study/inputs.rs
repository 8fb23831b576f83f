//! The inputs of a study: levers with their values, uncertainties with their distributions, and the numbers of a point they fill.

use super::math::distribution::Distribution;
use super::math::grid::Levels;
use super::subject::Subject;
use super::value::{Changed, Several, Spot, Target};
use super::wrong::Wrong;
use crate::base::{
    decimal::Decimal,
    place::Place,
    when::{Day, Year},
};
use crate::check::quantity_of_text;
use crate::diag::Code;
use crate::load::{node::Value, set};
use crate::rules::{field::Quantity, param::Leaf};
use crate::scenario::Scenario;
use crate::scenario::study::{Acts, Each, Lever, Uncertain};

/// How an input is chosen.
#[derive(Clone, Debug)]
pub enum Chosen {
    /// One of these values.
    Levels(Levels),
    /// Anything from the lowest to the highest.
    Between(i64, i64),
    /// Drawn.
    Drawn(Drawn),
}

/// A drawn input.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// What is drawn, in written units.
    pub distribution: Distribution,
    /// How it acts on what stands there.
    pub acts: Acts,
    /// What stands there, for each of its numbers.
    pub base: Vec<i64>,
    /// Whole units in a written one.
    pub scale: f64,
    /// Correlation with the year before.
    pub persistence: f64,
    /// The years or towns of its numbers, where it is drawn for each.
    pub names: Vec<String>,
}

/// An input: a lever or an uncertainty.
#[derive(Clone, Debug)]
pub struct Input {
    /// `lever.tax_share`, `uncertain.land_price`.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What stands at its path in the scenario, for a lever.
    pub now: Option<i64>,
    /// How it is chosen.
    pub chosen: Chosen,
    /// The paths it was declared with.
    pub paths: Vec<String>,
    /// What its numbers set, in order.
    pub targets: Vec<Target>,
}

impl Input {
    /// How many numbers of a point it fills.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.targets.len()
    }

    /// The names of its columns.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        match &self.chosen {
            Chosen::Drawn(drawn) if !drawn.names.is_empty() => drawn.names.iter().map(|name| format!("{}.{}", self.key, name.replace([',', '"'], " "))).collect(),
            _ => vec![self.key.clone()],
        }
    }

    /// A lever as declared.
    ///
    /// # Errors
    /// A path that leads nowhere, values that cannot be read.
    pub fn lever(lever: &Lever, subject: &Subject, scenario: &Scenario) -> Result<Self, Wrong> {
        let texts: Vec<&str> = lever.range.iter().flat_map(|(low, high)| [low.as_str(), high.as_str()]).chain(lever.values.iter().map(String::as_str)).collect();
        let first = *texts.first().ok_or_else(|| Wrong::said(&lever.id, "要写 low 和 high，或者 values", "write low and high, or values"))?;
        let quantity = quantity_of_all(lever, first, subject, scenario)?;
        let target = |words: Vec<String>| Target { paths: lever.paths.clone(), quantity: quantity.unwrap_or(Quantity::Number), words, several: None, change: None };
        let read = |text: &str| number(text, quantity.unwrap_or(Quantity::Number), scenario).ok_or_else(|| unreadable(&lever.id, text));
        let made = |chosen, target: Target| Self {
            key: format!("lever.{}", lever.id),
            name: lever.name.clone(),
            now: if target.words.is_empty() { standing_in_all(&target.paths, scenario) } else { standing_word(&target, subject) },
            chosen,
            paths: lever.paths.clone(),
            targets: vec![target],
        };
        if let (None, words) | (Some(Quantity::Word(_)), words) = (quantity, &lever.values) {
            if words.is_empty() {
                return Err(unreadable(&lever.id, first));
            }
            let orders = (0..i64::try_from(words.len()).unwrap_or(0)).collect();
            return Ok(made(Chosen::Levels(Levels::List(orders)), target(words.clone())));
        }
        let Some((low, high)) = &lever.range else {
            let values = lever.values.iter().map(|text| read(text)).collect::<Result<_, _>>()?;
            return Ok(made(Chosen::Levels(Levels::List(values)), target(Vec::new())));
        };
        let (low, high) = (read(low)?, read(high)?);
        if low > high {
            return Err(Wrong::said(&lever.id, "最低值大于最高值", "the lowest value is above the highest"));
        }
        let chosen = match &lever.step {
            Some(step) => Chosen::Levels(Levels::span(low, high, read(step)?).map_err(|fault| Wrong::of(&lever.id, fault))?),
            None => Chosen::Between(low, high),
        };
        Ok(made(chosen, target(Vec::new())))
    }

    /// An uncertainty as declared.
    ///
    /// # Errors
    /// A path that leads nowhere, parameters that cannot be read or make no distribution.
    pub fn uncertain(input: &Uncertain, subject: &Subject, scenario: &Scenario) -> Result<Self, Wrong> {
        possible(input)?;
        let made = Self::drawn(input, subject, scenario)?;
        if super::neutral::changes_nothing(&made, input, subject)? {
            return Ok(made);
        }
        let made = Self::by_year(input, &made.targets, scenario)?;
        super::neutral::acts(&made, input, subject)?;
        Ok(made)
    }

    /// A draw that acts on what a parameter comes to in a year, where laid over what is written it would undo growth or dates.
    fn by_year(input: &Uncertain, written: &[Target], scenario: &Scenario) -> Result<Self, Wrong> {
        let quantity = standing_quantity(&input.path, scenario).unwrap_or(Quantity::Number);
        let times = input.acts == Acts::Times;
        let years: Vec<Option<Year>> = if input.each == Each::Year { drawn_years(&input.path, scenario).into_iter().map(Some).collect() } else { vec![None] };
        let target = |year: &Option<Year>| Target {
            paths: Vec::new(),
            quantity: if times { Quantity::Number } else { quantity },
            words: Vec::new(),
            several: None,
            change: Some(Changed { path: input.path.clone(), year: *year, times }),
        };
        let targets: Vec<Target> = years.iter().map(target).collect();
        debug_assert!(input.each != Each::Year || written.len() == targets.len());
        let scale = targets[0].scale(scenario.unit);
        let distribution = distribution(input, quantity, scale, scenario)?;
        let names = years.iter().flatten().map(Year::to_string).collect();
        let drawn = Drawn { distribution, acts: Acts::Replace, base: vec![0; targets.len()], scale, persistence: persistence(input, scenario), names };
        Ok(Self {
            key: format!("uncertain.{}", input.id),
            name: input.name.clone(),
            now: None,
            chosen: Chosen::Drawn(drawn),
            paths: vec![input.path.clone()],
            targets,
        })
    }

    fn drawn(input: &Uncertain, subject: &Subject, scenario: &Scenario) -> Result<Self, Wrong> {
        let id = &input.id;
        let some = input.parameters.iter().flatten().next().map_or("0", String::as_str);
        let quantity = match standing_quantity(&input.path, scenario) {
            Some(quantity) => quantity,
            None => quantity_at(&input.path, some, subject, scenario)?.ok_or_else(|| unreadable(id, some))?,
        };
        if matches!(quantity, Quantity::Word(_)) {
            return Err(Wrong::said(id, "这里写的是词，不是数，不能抽取", "this is a word, not a number, and cannot be drawn"));
        }
        let by_town = in_cells(&input.path, scenario);
        if input.each == Each::Town && by_town.is_empty() {
            return Err(Wrong::said(id, "每镇各抽要有镇表的一列作底数", "a draw for every town needs a column of the town table to act on"));
        }
        if !by_town.is_empty() && input.each != Each::Year {
            return Self::of_several(input, quantity, by_town, scenario);
        }
        let dated = dated(&input.path, scenario);
        // A lone dated value is replaced where it stands, so that it grows on; several are replaced by one for good, and changed each.
        let in_place = if input.acts == Acts::Replace { dated.len() == 1 } else { !dated.is_empty() };
        if input.each == Each::Run && in_place {
            return Self::of_several(input, quantity, dated, scenario);
        }
        let years: Vec<Year> = if input.each == Each::Year { drawn_years(&input.path, scenario) } else { Vec::new() };
        let paths: Vec<String> = if years.is_empty() { vec![input.path.clone()] } else { years.iter().map(|year| format!("{}@{year}", input.path)).collect() };
        let targets: Vec<Target> = paths.into_iter().map(|path| Target { paths: vec![path], quantity, words: Vec::new(), several: None, change: None }).collect();
        let base = if input.acts == Acts::Replace { vec![0; targets.len()] } else { bases(input, &years, scenario)? };
        let scale = targets.first().map_or(1.0, |target| target.scale(scenario.unit));
        let distribution = distribution(input, quantity, scale, scenario)?;
        let persistence = persistence(input, scenario);
        let names = years.iter().map(Year::to_string).collect();
        let chosen = Chosen::Drawn(Drawn { distribution, acts: input.acts, base, scale, persistence, names });
        Ok(Self { key: format!("uncertain.{id}"), name: input.name.clone(), now: None, chosen, paths: vec![input.path.clone()], targets })
    }

    /// A draw that acts on several values, cells of a column or dated ones: on all alike, or on each town's cell its own.
    fn of_several(input: &Uncertain, quantity: Quantity, spots: Vec<(String, Spot, i64)>, scenario: &Scenario) -> Result<Self, Wrong> {
        let acts = input.acts;
        let drawn = if acts == Acts::Times { Quantity::Number } else { quantity };
        let target = |spots| Target { paths: Vec::new(), quantity: drawn, words: Vec::new(), several: Some(Several { spots, acts, quantity }), change: None };
        let scale = target(Vec::new()).scale(scenario.unit);
        let (names, targets): (Vec<String>, Vec<Target>) = if input.each == Each::Town {
            spots.into_iter().map(|(town, spot, old)| (town, target(vec![(spot, old)]))).unzip()
        } else {
            (Vec::new(), vec![target(spots.into_iter().map(|(_, spot, old)| (spot, old)).collect())])
        };
        let distribution = distribution(input, quantity, scale, scenario)?;
        let base = vec![0; targets.len()];
        let chosen = Chosen::Drawn(Drawn { distribution, acts: Acts::Replace, base, scale, persistence: 0.0, names });
        Ok(Self { key: format!("uncertain.{}", input.id), name: input.name.clone(), now: None, chosen, paths: vec![input.path.clone()], targets })
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share")]
fn persistence(input: &Uncertain, scenario: &Scenario) -> f64 {
    input.persistence.as_deref().and_then(|text| number(text, Quantity::Rate, scenario)).map_or(0.0, |v| v as f64 / 1e6)
}

/// The cells of a table behind a path, each with its town or county.
fn in_cells(path: &str, scenario: &Scenario) -> Vec<(String, Spot, i64)> {
    let path = path.split('@').next().unwrap_or(path).trim();
    let undated = path.rsplit_once('.').map_or(path, |(front, _)| front);
    let name = |leaf: &Leaf| [path, undated].into_iter().find_map(|path| cell_of(leaf, path, scenario)).map(str::to_owned);
    leaves(path, scenario).filter_map(|leaf| Some((name(leaf)?, Spot::Cell(leaf.place.clone()), leaf.value))).collect()
}

/// The dated values at a path, in their order.
fn dated(path: &str, scenario: &Scenario) -> Vec<(String, Spot, i64)> {
    let spot = |leaf: &Leaf| leaf.from.map(|day| (day.to_string(), Spot::Dated(format!("{}@{day}", leaf.path)), leaf.value));
    let mut dated: Vec<_> = leaves(path, scenario).filter(|leaf| leaf.from.is_some()).collect();
    dated.sort_by_key(|leaf| leaf.from);
    dated.into_iter().filter_map(spot).collect()
}

/// What a draw may not say, whatever stands at its path.
fn possible(input: &Uncertain) -> Result<(), Wrong> {
    if input.each == Each::Year && input.path.contains('@') {
        let (zh, en) =
            ("路径里写了 @年份，就不能再每年各抽：去掉 @年份，或每次运行抽一次", "a path with @year cannot be drawn every year as well: leave out @year, or draw once a run");
        return Err(Wrong::said(&input.id, zh, en));
    }
    if input.persistence.is_some() && input.each != Each::Year {
        let (zh, en) = ("只有每年各抽才有与上年的相关（persistence）", "persistence, the correlation with the year before, needs a draw every year");
        return Err(Wrong::coded(Code::E732, &input.id, zh, en));
    }
    Ok(())
}

/// Which of the words of a lever stands at its path.
fn standing_word(target: &Target, subject: &Subject) -> Option<i64> {
    let mut words = target.paths.iter().map(|path| word_at(path, subject));
    let first = words.next()??;
    words.all(|word| word == Some(first)).then_some(())?;
    target.words.iter().position(|word| word == first).and_then(|at| i64::try_from(at).ok())
}

fn word_at<'s>(path: &str, subject: &'s Subject) -> Option<&'s str> {
    let mut keys = path.split('@').next()?.split('.').map(str::trim);
    let mut node = &subject.loaded().root.get(keys.next()?)?.node;
    for key in keys {
        node = &node.table()?.get(key)?.node;
    }
    let node = node.table().and_then(|table| table.get("value")).map_or(node, |entry| &entry.node);
    match &node.value {
        Value::Text(text) => Some(text.trim()),
        _ => None,
    }
}

/// A written number in the whole units of a quantity; `None` when it is none. Ranges are not looked at: a draw may be negative.
fn number(text: &str, quantity: Quantity, scenario: &Scenario) -> Option<i64> {
    let quantity = match quantity {
        Quantity::Share | Quantity::Rate => Quantity::Rate,
        Quantity::Money | Quantity::SignedMoney => Quantity::SignedMoney,
        other => other,
    };
    quantity_of_text(text, quantity, scenario.unit)
}

fn unreadable(id: &str, text: &str) -> Wrong {
    Wrong::said(id, format!("读不懂 {text}"), format!("{text} cannot be read"))
}

/// What stands at a path: its leaves with their years, and behind a column those of every town. A dated value is meant by the path of
/// its parameter, or by that with its date.
fn leaves<'s>(path: &'s str, scenario: &'s Scenario) -> impl Iterator<Item = &'s Leaf> + 's {
    let path = path.split('@').next().unwrap_or(path).trim();
    let dated = path.rsplit_once('.').and_then(|(path, day)| Some((path, Day::parse(day)?)));
    let is_at = move |leaf: &Leaf, path: &str| leaf.path == path || cell_of(leaf, path, scenario).is_some();
    let meant = move |leaf: &Leaf| is_at(leaf, path) || dated.is_some_and(|(path, day)| leaf.from == Some(day) && is_at(leaf, path));
    scenario.leaves.iter().map(|(_, leaf)| leaf).filter(move |leaf| meant(leaf))
}

/// The town or county whose cell of a column a leaf is: it stands behind the path of the parameter.
fn cell_of<'l>(leaf: &'l Leaf, path: &str, scenario: &Scenario) -> Option<&'l str> {
    let name = leaf.path.strip_prefix(path)?.strip_prefix('.')?;
    scenario.towns.iter().any(|town| town.county == name || name.strip_prefix(town.county.as_str()).and_then(|rest| rest.strip_prefix('/')) == Some(&town.name)).then_some(name)
}

fn standing_quantity(path: &str, scenario: &Scenario) -> Option<Quantity> {
    leaves(path, scenario).next().map(|leaf| leaf.quantity)
}

/// The number that stands at a path in a year (the last, where none is named).
fn standing(path: &str, scenario: &Scenario, year: Option<Year>) -> Option<i64> {
    let until = year.unwrap_or(scenario.last_year);
    leaves(path, scenario).filter(|leaf| leaf.from.is_none_or(|day| day.year <= until)).max_by_key(|leaf| leaf.from).map(|leaf| leaf.value)
}

/// The number that stands at all of several paths, where it is the same.
fn standing_in_all(paths: &[String], scenario: &Scenario) -> Option<i64> {
    let mut numbers = paths.iter().map(|path| standing(path, scenario, None));
    let first = numbers.next()??;
    numbers.all(|number| number == Some(first)).then_some(first)
}

/// What the paths of a lever measure: the same, as one value is set in all. `None` for a word.
fn quantity_of_all(lever: &Lever, text: &str, subject: &Subject, scenario: &Scenario) -> Result<Option<Quantity>, Wrong> {
    let mut found = lever.paths.iter().map(|path| quantity_at(path, text, subject, scenario));
    let missing = || Wrong::said(&lever.id, "要写 path 或 paths", "write path or paths");
    let first = found.next().ok_or_else(missing)??;
    for other in found {
        if other? != first {
            return Err(Wrong::said(&lever.id, "各路径的量不同类，不能取同一个值", "the paths measure different things and cannot share a value"));
        }
    }
    Ok(first)
}

/// What a path measures: what stands there, or what it becomes when a text is set. `None` for a word.
fn quantity_at(path: &str, text: &str, subject: &Subject, scenario: &Scenario) -> Result<Option<Quantity>, Wrong> {
    if let Some(quantity) = standing_quantity(path, scenario) {
        return Ok(Some(quantity));
    }
    let argument = format!("{path}={text}");
    let with = subject.with(std::slice::from_ref(&argument)).scenario()?;
    let place = Place::Argument(format!("--set {argument}").into());
    Ok(with.leaves.iter().find(|(_, leaf)| leaf.place == place && leaf.layer.as_ref() == set::LAYER).map(|(_, leaf)| leaf.quantity))
}

/// Growth counts from the year after the base year; everything else from the first year.
fn drawn_years(path: &str, scenario: &Scenario) -> Vec<Year> {
    let first = if path.starts_with("driver.") { scenario.base_year + 1 } else { scenario.first_year };
    (first..=scenario.last_year).collect()
}

fn bases(input: &Uncertain, years: &[Year], scenario: &Scenario) -> Result<Vec<i64>, Wrong> {
    let at = |year: Option<Year>| {
        let missing = || Wrong::said(&input.id, format!("{} 没有现值，不能相加或相乘", input.path), format!("{} has no value to add to or to multiply", input.path));
        standing(&input.path, scenario, year).ok_or_else(missing)
    };
    if years.is_empty() {
        return Ok(vec![at(None)?]);
    }
    years.iter().map(|year| at(Some(*year))).collect()
}

#[expect(clippy::cast_precision_loss, reason = "written parameters are small")]
fn distribution(input: &Uncertain, quantity: Quantity, scale: f64, scenario: &Scenario) -> Result<Distribution, Wrong> {
    let id = &input.id;
    let get = |n: usize| -> Result<f64, Wrong> {
        let key = Uncertain::PARAMETERS[n];
        let text = input.parameters[n].as_deref().ok_or_else(|| Wrong::said(id, format!("{} 分布要写 {key}", input.draw), format!("{} needs {key}", input.draw)))?;
        if input.acts == Acts::Times {
            return factor(text).ok_or_else(|| unreadable(id, text));
        }
        number(text, quantity, scenario).map(|value| value as f64 / scale).ok_or_else(|| unreadable(id, text))
    };
    let (mean, sd, low, mode, high) = (get(0), get(1), get(2), get(3), get(4));
    let made = match input.draw.as_str() {
        "normal" => Distribution::normal(mean?, sd?),
        "lognormal" => Distribution::lognormal_of(mean?, sd?),
        "triangular" => Distribution::triangular(low?, mode?, high?),
        _ => Distribution::uniform(low?, high?),
    };
    made.map_err(|fault| Wrong::of(id, fault))
}

/// What multiplies: a plain number or a percentage.
fn factor(text: &str) -> Option<f64> {
    let (digits, percent) = match text.trim().strip_suffix(['%', '％']) {
        Some(digits) => (digits, true),
        None => (text, false),
    };
    let number = Decimal::parse(digits.trim())?.to_f64();
    Some(if percent { number / 100.0 } else { number })
}
