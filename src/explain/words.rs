//! A figure in words: its name, its number with the unit, its formula with the numbers put in, and where it ends.

use super::formula::is_unit;
use super::node::{Kind, Whose};
use super::{Explainer, Formula, Key, Node, Part};
use crate::base::amount::{Fen, MoneyUnit};
use crate::base::decimal::{Decimal, divide_half_away};
use crate::base::lang::Lang;
use crate::rules::speak::grouped;
use crate::rules::spending::UPKEEP;
use crate::speak::Names;

/// Terms a sum names in its sentence; of more only their number is said, they stand below.
const NAMED: usize = 6;

/// Says figures in one language.
pub struct Teller<'x, 'r> {
    /// What is asked.
    pub explainer: &'x Explainer<'r>,
    /// The language.
    pub lang: Lang,
    /// Money to the fen, not to two decimals of the unit.
    pub exact: bool,
    pub(super) names: Names<'r>,
    home: (Option<usize>, Whose),
}

impl<'x, 'r> Teller<'x, 'r> {
    /// Ready to tell of a figure; others are called by town and year only where these are different.
    #[must_use]
    pub fn new(explainer: &'x Explainer<'r>, about: Key, lang: Lang, exact: bool) -> Self {
        let home = (explainer.year_of(about), explainer.whose(about));
        Self { explainer, lang, exact, names: Names::new(&explainer.run.scenario, lang), home }
    }

    /// One of two texts.
    #[must_use]
    pub fn pick(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        if self.lang == Lang::Zh { zh.into() } else { en.into() }
    }

    /// The unit money is said in.
    #[must_use]
    pub fn unit(&self) -> &'static str {
        if self.lang == Lang::Zh { self.explainer.run.scenario.unit.symbol() } else { "yuan" }
    }

    /// A town's or county's name.
    #[must_use]
    pub fn who(&self, whose: Whose) -> String {
        let compiled = &self.explainer.run.compiled;
        match whose {
            Whose::Town(place) => compiled.towns.get(place).map(|town| self.explainer.run.scenario.towns[*town].name.clone()).unwrap_or_default(),
            Whose::County(county) => compiled.counties.get(county).cloned().unwrap_or_default(),
            Whose::Nobody => String::new(),
        }
    }

    /// A figure's name, with town and year where these are not those of the question.
    #[must_use]
    pub fn label(&self, key: Key) -> String {
        let whose = self.explainer.whose(key);
        let who = if whose == Whose::Nobody || whose == self.home.1 { String::new() } else { self.who(whose) };
        let year = self.explainer.year_of(key).filter(|year| self.home.0 != Some(*year) && !matches!(key, Key::Table(..)));
        let year = year.map(|year| self.explainer.run.year(year));
        let name = self.name(key);
        match (self.lang, year) {
            (Lang::Zh, year) => format!("{who}{}{name}{}", if who.is_empty() { "" } else { "·" }, year.map_or(String::new(), |y| format!("（{y}年）"))),
            (Lang::En, year) => format!("{}{name}{}", if who.is_empty() { who } else { format!("{who}: ") }, year.map_or(String::new(), |y| format!(" ({y})"))),
        }
    }

    fn name(&self, key: Key) -> String {
        let plan = &self.explainer.run.compiled.plan;
        match key {
            Key::Lane(lane, ..) => {
                let info = plan.lane(lane);
                let called = |owner: &str| if owner == UPKEEP.zh { UPKEEP.en.to_owned() } else { self.names.called(owner) };
                let english = || info.en.split_once(": ").map_or_else(|| info.en.clone(), |(owner, name)| format!("{}: {name}", called(owner)));
                if self.lang == Lang::Zh { info.zh.clone() } else { english() }
            }
            Key::Table(table, ..) => self.coefficient(&plan.tables[table.0 as usize].name),
            Key::Column(table, column, ..) => {
                let columns = super::item::TABLES.iter().find(|(name, _)| *name == table).map(|(_, columns)| *columns).unwrap_or_default();
                columns.iter().find(|c| c.key == column).map_or_else(|| column.to_owned(), |c| c.words.get(self.lang).to_owned())
            }
            Key::Cell(n) => self.cell(n),
            Key::Constant(..) => self.pick("比例", "part"),
            Key::Project(project, part, _) => {
                let scenario = &self.explainer.run.scenario;
                let name = self.explainer.run.compiled.projects.get(project).and_then(|n| scenario.projects.get(*n)).map_or("", |p| &p.name);
                let (zh, en) = of_project(part);
                self.pick(format!("{name}·{zh}"), format!("{}: {en}", self.names.called(name)))
            }
            Key::Drawn(pot, ..) => {
                let name = self.explainer.run.compiled.accounts.pot_keys.get(pot).map_or("", String::as_str);
                let name = self.names.earmark(name);
                self.pick(format!("{name}·付项目"), format!("{name}: paid for projects"))
            }
            Key::Left(..) => self.pick("扣除达到上下限的镇后可分的钱", "left for the towns at no limit"),
            Key::Weights(..) => self.pick("这些镇的权重之和", "weights of these towns"),
        }
    }

    /// A cell of a row: what the row is about, and the column where that is not plain.
    fn cell(&self, n: usize) -> String {
        let asked = self.explainer.asked(n);
        let about = if asked.table == "parameters" { self.names.label(&asked.about) } else { self.names.called(&asked.about) };
        let column =
            Some(asked.column.words.get(self.lang).to_owned()).filter(|_| !matches!(asked.column.key, "amount" | "spent" | "value") || about.is_empty() && asked.of.is_none());
        let of = asked.of.map(|words| words.get(self.lang).to_owned());
        let parts: Vec<String> = [Some(about).filter(|text| !text.is_empty()), of, column].into_iter().flatten().collect();
        parts.join(if self.lang == Lang::Zh { "·" } else { ": " })
    }

    /// A parameter by the words of its path, or what the program made of a rule.
    fn coefficient(&self, path: &str) -> String {
        let Some((rule, key)) = path.rsplit_once('/') else { return self.names.label(path) };
        let made = match key {
            "factor" => ("增长因子", "growth factor"),
            "start" => ("基期到首年的增长", "growth before the first year"),
            "in_force" | "starts" => ("是否执行", "in force"),
            "owed" => ("期初尚欠", "owed at the start"),
            "observed" => ("决算数", "outturn"),
            "floor_per_area" => ("每单位面积的建筑面积", "floor area a unit of land"),
            "part_before_end" => ("停征前占全年的比例", "part of the year before it ended"),
            "upkeep_before" => ("测算期前完工项目的管护费", "upkeep of what was finished before"),
            key if key.starts_with("count") || key.ends_with("heads") => ("计数", "count"),
            "weight" => ("权重", "weight"),
            _ => return format!("{} {key}", self.names.label(rule)),
        };
        let rule = self.names.label(rule);
        self.pick(format!("{rule}·{}", made.0), format!("{rule}: {}", made.1))
    }

    /// A number with its unit.
    #[must_use]
    pub fn value(&self, kind: Kind, value: f64) -> String {
        let gap = if self.lang == Lang::Zh { "" } else { " " };
        match kind {
            Kind::Money if !value.is_nan() => format!("{}{gap}{}", self.bare(kind, value), self.unit()),
            _ => self.bare(kind, value),
        }
    }

    /// A number as it stands in a formula: money without its unit.
    #[must_use]
    pub fn bare(&self, kind: Kind, value: f64) -> String {
        if value.is_nan() {
            return self.pick("无（除数为0）", "none (nothing to divide by)");
        }
        let money = |value: f64| self.money(whole(value));
        match kind {
            Kind::Money => money(value),
            Kind::PerMu => self.pick(format!("{}{}/亩", money(value), self.unit()), format!("{} yuan/mu", money(value))),
            Kind::PerMetre => self.pick(format!("{}元/平方米", yuan(value)), format!("{} yuan/m²", yuan(value))),
            Kind::Area => self.pick(format!("{}亩", decimal(value / 100.0, 2)), format!("{} mu", decimal(value / 100.0, 2))),
            Kind::Metres => self.pick(format!("{}平方米", decimal(value, 2)), format!("{} m²", decimal(value, 2))),
            Kind::Share | Kind::Ratio => format!("{}%", decimal(value * 100.0, 4)),
            Kind::Millionths => format!("{}%", decimal(value / 1e4, 4)),
            Kind::Number if self.exact => format!("{value}"),
            Kind::Number => decimal(value, 6),
            Kind::Flag => decimal(value, 0),
            Kind::Year => format!("{value:.0}"),
            Kind::PerHead => self.pick(format!("{}元/人", yuan(value)), format!("{} yuan a head", yuan(value))),
        }
    }

    /// Two decimals of the unit (all of them where asked, or where two would show nothing).
    fn money(&self, fen: Fen) -> String {
        let unit = if self.lang == Lang::Zh { self.explainer.run.scenario.unit } else { MoneyUnit::Yuan };
        let step = 10_i128.pow(unit.places() - 2);
        let short = divide_half_away(i128::from(fen), step);
        if self.exact || short == 0 && fen != 0 {
            return grouped(&unit.print(fen));
        }
        let text = Decimal::new(short, 2).to_string();
        let places = text.split_once('.').map_or(0, |(_, part)| part.len());
        grouped(&format!("{text}{}{}", if places == 0 { "." } else { "" }, "0".repeat(2 - places)))
    }

    /// The formula of a node with the numbers put in; nothing where it is a leaf.
    #[must_use]
    pub fn formula(&self, node: &Node) -> Option<String> {
        let quiet = node.origin.is_some() || matches!(node.formula, Formula::Number(_));
        (!quiet).then(|| self.say(&node.formula, node.core, false))
    }

    /// A figure within the formula of another: what both are of is not said twice.
    fn operand(&self, key: Key, of: Key) -> String {
        let sign = if self.lang == Lang::Zh { "·" } else { ": " };
        let (label, home) = (self.label(key), self.label(of));
        // Nor is the year, where it is that of the figure itself.
        let year = self.explainer.year_of(of).filter(|year| self.home.0 != Some(*year) && self.explainer.year_of(key) == Some(*year)).map(|year| self.explainer.run.year(year));
        let year = year.map_or(String::new(), |year| self.pick(format!("（{year}年）"), format!(" ({year})")));
        let label = label.strip_suffix(&year).unwrap_or(&label).to_owned();
        let (mut short, mut left) = (label.as_str(), home.as_str());
        while let (Some((first, rest)), Some((owner, other))) = (short.split_once(sign), left.split_once(sign)) {
            if first != owner {
                break;
            }
            (short, left) = (rest, other);
        }
        let is_upper = matches!(key, Key::Table(table, ..) if self.explainer.run.compiled.plan.tables[table.0 as usize].name.starts_with("upper."));
        let short = if matches!(key, Key::Table(..)) && !is_upper { short.rsplit(if self.lang == Lang::Zh { "·" } else { ", " }).next().unwrap_or(short) } else { short };
        let value = self.bare(self.explainer.node(key).kind, self.explainer.value(key));
        if matches!(key, Key::Constant(..)) { value } else { format!("{short} {value}") }
    }

    fn say(&self, formula: &Formula, of: Key, inner: bool) -> String {
        let say = |f: &Formula| self.say(f, of, true);
        match formula {
            Formula::Key(key) => self.operand(*key, of),
            Formula::Number(number) => decimal(*number, 6),
            Formula::Sum(plus, minus) => self.sum(plus, minus, of, inner),
            Formula::Product(factors) => self.product(factors, of),
            Formula::Quotient(a, b) => format!("{} ÷ {}", say(a), say(b)),
            Formula::Round(of) => self.pick(format!("四舍五入({})", say(of)), format!("round({})", say(of))),
            Formula::Within(a, limit, upper) => {
                let (zh, en) = if *upper { ("不超过", "at most") } else { ("不低于", "at least") };
                self.pick(format!("{}（{zh}{}）", say(a), say(limit)), format!("{} ({en} {})", say(a), say(limit)))
            }
            Formula::Power(a, b) => format!("({}) ^ {}", say(a), say(b)),
            Formula::Share { left, weight, weights, residue, .. } => {
                let [left, weight, weights] = [left, weight, weights].map(|key| self.operand(*key, of));
                let more = if *residue == 0.0 {
                    String::new()
                } else {
                    self.pick(format!(" + 尾差 {}", self.bare(Kind::Money, *residue)), format!(" + {} of the residue", self.bare(Kind::Money, *residue)))
                };
                self.pick(format!("取整({left} × 本镇{weight} ÷ {weights}){more}"), format!("cut({left} × own {weight} ÷ {weights}){more}"))
            }
            Formula::Given(_, keys) => {
                let named: Vec<String> = keys.iter().filter(|key| self.explainer.value(**key) != 0.0).take(NAMED).map(|key| self.operand(*key, of)).collect();
                let (zh, en) = if self.explainer.column_of(of).is_some() { ("依据 ", "from ") } else { ("按次序算得，依据 ", "worked out in order from ") };
                let more = keys.iter().filter(|key| self.explainer.value(**key) != 0.0).count() > NAMED;
                let more = if more { self.pick(" 等", " and others") } else { String::new() };
                if named.is_empty() { "0".to_owned() } else { self.pick(format!("{zh}{}{more}", named.join("、")), format!("{en}{}{more}", named.join(", "))) }
            }
        }
    }

    fn sum(&self, plus: &[Formula], minus: &[Formula], of: Key, inner: bool) -> String {
        let worth = |f: &&Formula| f.eval(&|key| self.explainer.value(key)) != 0.0;
        let (plus, minus): (Vec<&Formula>, Vec<&Formula>) = (plus.iter().filter(worth).collect(), minus.iter().filter(worth).collect());
        let count = plus.len() + minus.len();
        if count == 0 {
            return "0".to_owned();
        }
        if count > NAMED {
            return match (plus.len(), minus.len()) {
                (n, 0) => self.pick(format!("以下{n}项之和"), format!("the sum of these {n}")),
                (n, m) => self.pick(format!("以下前{n}项之和减后{m}项"), format!("the first {n} of these less the other {m}")),
            };
        }
        let say = |all: &[&Formula], sign: &str| all.iter().map(|f| self.say(f, of, true)).collect::<Vec<_>>().join(sign);
        let text = match (plus.is_empty(), minus.is_empty()) {
            (_, true) => say(&plus, " + "),
            (true, false) => format!("0 − {}", say(&minus, " − ")),
            (false, false) => format!("{} − {}", say(&plus, " + "), say(&minus, " − ")),
        };
        if inner && count > 1 { format!("({text})") } else { text }
    }

    /// Factors; areas are counted in 0.01 亩, so a number beside one is a hundred times what it is a mu.
    fn product(&self, factors: &[Formula], of: Key) -> String {
        let kind = |f: &Formula| f.same().map(|key| self.explainer.node(key).kind);
        let by_area = factors.iter().any(|f| kind(f) == Some(Kind::Area)) && self.explainer.node(of).kind != Kind::Area;
        let mut said: Vec<(String, usize)> = Vec::new();
        for factor in factors {
            let text = match factor {
                Formula::Number(number) if is_unit(*number) && (number - 0.01).abs() < 1e-9 => continue,
                Formula::Number(number) if *number == 1e6 => continue,
                Formula::Number(number) if by_area => self.pick(format!("每亩{}平方米", decimal(number * 100.0, 2)), format!("{} m² a mu", decimal(number * 100.0, 2))),
                Formula::Key(key) if by_area && kind(factor) == Some(Kind::Number) => self.pick(
                    format!("每亩建筑面积 {}平方米", decimal(self.explainer.value(*key) * 100.0, 2)),
                    format!("floor area {} m² a mu", decimal(self.explainer.value(*key) * 100.0, 2)),
                ),
                other => self.say(other, of, true),
            };
            match said.last_mut() {
                Some((last, times)) if *last == text => *times += 1,
                _ => said.push((text, 1)),
            }
        }
        let said = said.into_iter().map(|(text, times)| if times == 1 { text } else { self.pick(format!("{text}（连乘{times}年）"), format!("{text} ({times} years)")) });
        said.collect::<Vec<_>>().join(" × ")
    }
}

const fn of_project(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Planned => ("当年计划", "planned"),
        Part::Owed => ("以前年度未付", "unpaid before"),
        Part::Due => ("应付", "due"),
        Part::Paid => ("已付", "paid"),
        Part::Earmarked => ("专项付", "from earmarked money"),
        Part::Matched => ("配套补助付", "from a matching grant"),
        Part::Fund => ("基金付", "from the fund book"),
        Part::General => ("一般公共预算付", "from the general book"),
        Part::Upkeep => ("年管护费", "upkeep"),
        Part::Cost => ("总投资", "whole cost"),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "whole fen")]
pub(super) fn whole(value: f64) -> Fen {
    value.round() as Fen
}

fn yuan(fen: f64) -> String {
    grouped(&MoneyUnit::Yuan.print(whole(fen)))
}

/// A number with so many decimals at most.
fn decimal(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    grouped(if text == "-0" { "0" } else { text })
}
