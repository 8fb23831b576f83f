//! What a search found, in words: the answer first, what binds, what else holds; or what comes nearest.

use super::{Search, Solution};
use crate::base::lang::Lang;
use crate::base::when::Year;
use crate::measure::county::CountyYear;
use crate::measure::finding::percent;
use crate::rules::field::Quantity;
use crate::study::condition::{Condition, Who};
use crate::study::figures::{Figures, TownFigures};
use crate::study::measure::{self, Figure, Unit};

/// \[分\] 1 万元.
const WAN: i64 = 1_000_000;

/// Tells what a search found.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'s> {
    /// The search.
    pub search: &'s Search<'s>,
    /// Whether the lowest value was looked for.
    pub lowest: bool,
    /// The language.
    pub lang: Lang,
}

impl Teller<'_> {
    const fn zh(&self) -> bool {
        matches!(self.lang, Lang::Zh)
    }

    /// A value of the lever as it is written.
    #[must_use]
    pub fn value(&self, value: i64) -> String {
        let Some(target) = self.search.input.targets.first() else { return String::new() };
        // Whole 万元 are read more easily than yuan.
        let is_money = matches!(target.quantity, Quantity::Money | Quantity::SignedMoney) && target.words.is_empty();
        if is_money && value % WAN == 0 && value != 0 { format!("{}万元", value / WAN) } else { target.text(value) }
    }

    /// The first line.
    #[must_use]
    pub fn headline(&self, solution: &Solution) -> String {
        let lever = &self.search.input.name;
        let whose = match solution.who {
            Who::All => String::new(),
            Who::Town(town) => self.search.towns().get(town).map_or(String::new(), |name| if self.zh() { format!("{name}：") } else { format!("{name}: ") }),
        };
        let comma = if self.zh() { "；" } else { "; " };
        let Some(answer) = solution.answer else { return format!("{whose}{}", self.none(solution, lever, comma)) };
        let said: Vec<String> = self.search.conditions.iter().map(|c| self.state(c, answer, solution.who)).collect();
        let (word, value) = (self.word(), self.value(answer));
        if self.zh() { format!("{whose}{lever}{word} {value}：{}", said.join(comma)) } else { format!("{whose}{lever} {word} {value}: {}", said.join(comma)) }
    }

    fn word(&self) -> &'static str {
        if self.search.input.targets.first().is_some_and(|target| !target.words.is_empty()) {
            // Words have no order: the first (or last) listed that will do.
            return if self.zh() { "取" } else { "as" };
        }
        match (self.zh(), self.lowest) {
            (true, true) => "至少",
            (true, false) => "至多",
            (false, true) => "at least",
            (false, false) => "at most",
        }
    }

    fn none(&self, solution: &Solution, lever: &str, comma: &str) -> String {
        let (low, high) = self.search.range();
        let (low, high) = (self.value(low), self.value(high));
        let start = if self.zh() {
            format!("{lever}在 {low}—{high} 之间没有一个值满足全部要求")
        } else {
            format!("no {lever} from {low} to {high} meets all requirements")
        };
        let Some(nearest) = solution.nearest else {
            return if self.zh() { format!("{start}，也没有一个值能够计算") } else { format!("{start}, and none can be computed") };
        };
        let said: Vec<String> = self.search.conditions.iter().map(|c| self.state(c, nearest, solution.who)).collect();
        let (value, said) = (self.value(nearest), said.join(comma));
        if self.zh() { format!("{start}；最接近的是 {value}：{said}") } else { format!("{start}; {value} comes nearest: {said}") }
    }

    /// What a condition comes to at a value: that it holds, or how much is missing.
    #[must_use]
    pub fn state(&self, condition: &Condition, value: i64, who: Who) -> String {
        let Some(figures) = self.search.figures_by(value, condition.by) else { return String::new() };
        let by = match (condition.by, self.zh()) {
            (None, _) => String::new(),
            (Some(year), true) => format!("到 {year} 年"),
            (Some(year), false) => format!("by {year} "),
        };
        if let (Who::All, "lowest_coverage", Some(bound)) = (who, condition.measure.key, condition.at_least) {
            return self.towns(condition, figures, bound, &by);
        }
        let figure = condition.figure(figures, who);
        let missing = condition.missing(figure);
        let place = self.place(condition, value);
        let (name, said, asked) = (self.name(condition, who), condition.say(figure, self.lang), condition.asked(self.lang));
        // Of what never happens nothing can be said to be missing.
        match (self.zh(), missing > 0.0 && figure != Figure::None) {
            (true, false) => format!("{by}{name} {said}（{place}要求{asked}）"),
            (true, true) => format!("{by}{name} {said}（{place}要求{asked}），差 {}", self.amount(condition, missing)),
            (false, false) => format!("{by}{name} {said} ({place}asked {asked})"),
            (false, true) => format!("{by}{name} {said} ({place}asked {asked}), {} missing", self.amount(condition, missing)),
        }
    }

    /// The name of its measure: of one town alone the lowest coverage is just its coverage.
    fn name(&self, condition: &Condition, who: Who) -> &'static str {
        let own = if who != Who::All && condition.measure.key == "lowest_coverage" { measure::find("coverage") } else { None };
        own.unwrap_or(condition.measure).words.get(self.lang)
    }

    /// Every town's coverage.
    fn towns(&self, condition: &Condition, figures: &Figures, bound: f64, by: &str) -> String {
        let covered: Vec<(usize, f64)> = figures.towns.iter().enumerate().filter_map(|(n, town)| Some((n, TownFigures::coverage(town)?))).collect();
        let (all, short) = (covered.len(), covered.iter().filter(|(_, c)| *c < bound).count());
        let asked = condition.number(bound, self.lang);
        let lowest = covered.iter().min_by(|a, b| a.1.total_cmp(&b.1));
        let Some((town, lowest)) = lowest.filter(|_| short > 0) else {
            return if self.zh() { format!("{all} 个镇{by}项目资金保障率都达到 {asked}") } else { format!("{by}every one of {all} towns covers {asked} of its plan") };
        };
        let (name, lowest, missing) =
            (self.search.towns().get(*town).copied().unwrap_or_default(), condition.say(Figure::Ratio(*lowest), self.lang), self.amount(condition, bound - lowest));
        if self.zh() {
            format!("{all} 个镇中 {short} 个{by}项目资金保障率不到 {asked}，最低的{name} {lowest}，差 {missing}")
        } else {
            format!("{by}{short} of {all} towns cover less than {asked} of their plans, {name} least with {lowest}, {missing} missing")
        }
    }

    /// An amount that is missing; of shares percentage points.
    fn amount(&self, condition: &Condition, missing: f64) -> String {
        if condition.measure.unit != Unit::Ratio {
            return condition.number(missing, self.lang);
        }
        let points = format!("{:.4}", missing * 100.0);
        let points = points.trim_end_matches('0').trim_end_matches('.');
        let shown = if missing >= 0.001 { percent(missing).trim_end_matches('%').to_owned() } else { points.to_owned() };
        if self.zh() { format!("{shown} 个百分点") } else { format!("{shown} percentage points") }
    }

    /// Where and when a county's cover is lowest.
    fn place(&self, condition: &Condition, value: i64) -> String {
        if condition.measure.key != "county_cover" {
            return String::new();
        }
        let Some((county, year)) = self.lowest_county(value, condition.by) else { return String::new() };
        if self.zh() { format!("{county} {year} 年，") } else { format!("{county} {year}, ") }
    }

    fn lowest_county(&self, value: i64, by: Option<Year>) -> Option<(String, Year)> {
        let run = self.search.run(value)?;
        let all = run.compiled.counties.iter().enumerate().flat_map(|(n, county)| run.county_years(n).into_iter().map(move |year| (county, year)));
        let counted = all.filter(|(_, year)| by.is_none_or(|by| year.year <= by));
        let covers = counted.filter_map(|(county, year)| Some((county, year.year, CountyYear::cover(&year)?)));
        covers.min_by(|a, b| a.2.total_cmp(&b.2)).map(|(county, year, _)| (county.clone(), year))
    }

    /// What binds, which other values hold, what is not monotone, what could not be computed.
    #[must_use]
    pub fn remarks(&self, solution: &Solution) -> Vec<String> {
        let mut said = Vec::new();
        said.extend(self.binds(solution));
        said.extend(self.others(solution));
        said.extend(self.stepped());
        if !solution.uneven.is_empty() {
            let names = self.names(&solution.uneven, solution.who);
            said.push(if self.zh() {
                format!("{names}随{}有升有降，不是单调的", self.search.input.name)
            } else {
                format!("{names} both rises and falls along {}: it is not monotone", self.search.input.name)
            });
        }
        let failed = self.search.tried().filter(|v| matches!(self.search.figures(*v), Some(Err(_)))).collect::<Vec<_>>();
        if let Some(Err(first)) = failed.first().and_then(|v| self.search.figures(*v)) {
            let (count, code, message) = (failed.len(), &first.code, &first.message);
            said.push(if self.zh() {
                format!("{count} 个取值不能计算（{code}：{message}），按不满足计")
            } else {
                format!("{count} values cannot be computed ({code}: {message}) and count as not met")
            });
        }
        said
    }

    /// Between the steps of a lever nothing was tried.
    fn stepped(&self) -> Option<String> {
        let target = self.search.input.targets.first().filter(|target| self.search.is_stepped() && target.words.is_empty())?;
        let (low, high) = self.search.range();
        let finer = match (&target.paths[..], self.zh()) {
            ([path], _) => format!("--lever '{path}={}..{}'", target.text(low), target.text(high)),
            (_, true) => "去掉 step".to_owned(),
            (_, false) => "leave step out".to_owned(),
        };
        let count = self.search.tried().count();
        Some(if self.zh() {
            format!("只试了写明的 {count} 个取值，两档之间没有试；要细分到底：{finer}")
        } else {
            format!("only the {count} values written were tried, none between them; to narrow it down: {finer}")
        })
    }

    fn names(&self, orders: &[usize], who: Who) -> String {
        let all: Vec<&str> = orders.iter().filter_map(|n| self.search.conditions.get(*n)).map(|c| self.name(c, who)).collect();
        all.join(if self.zh() { "、" } else { ", " })
    }

    fn binds(&self, solution: &Solution) -> Option<String> {
        let answer = solution.answer?;
        let tried: Vec<i64> = self.search.tried().collect();
        let at = tried.iter().position(|v| *v == answer)?;
        let next = if self.lowest { at.checked_sub(1).and_then(|at| tried.get(at)) } else { tried.get(at + 1) };
        let Some(next) = next else {
            return Some(if self.zh() {
                "这已是取值范围的一端，没有哪项要求卡住".to_owned()
            } else {
                "this is an end of the range: no requirement binds".to_owned()
            });
        };
        let (next, states): (String, Vec<String>) = (self.value(*next), solution.binding.iter().map(|n| self.state(&self.search.conditions[*n], *next, solution.who)).collect());
        if states.is_empty() {
            return None;
        }
        let names = self.names(&solution.binding, solution.who);
        let states = states.join(if self.zh() { "；" } else { "; " });
        Some(if self.zh() { format!("卡住的是{names}：{next} 时，{states}") } else { format!("{names} binds: at {next}, {states}") })
    }

    fn others(&self, solution: &Solution) -> Option<String> {
        let (low, high) = self.search.range();
        let usual = match solution.intervals.as_slice() {
            [] => true,
            [(from, to)] => {
                if self.lowest {
                    *to == high
                } else {
                    *from == low
                }
            }
            _ => false,
        };
        if usual {
            return None;
        }
        let span = |(from, to): &(i64, i64)| if from == to { self.value(*from) } else { format!("{}—{}", self.value(*from), self.value(*to)) };
        let all: Vec<String> = solution.intervals.iter().map(span).collect();
        let all = all.join(if self.zh() { "、" } else { ", " });
        Some(match (self.zh(), self.search.is_stepped()) {
            (true, false) => format!("满足全部要求的取值只有：{all}"),
            (true, true) => format!("在试过的取值里，满足全部要求的只有：{all}"),
            (false, false) => format!("all requirements hold only at: {all}"),
            (false, true) => format!("of the values tried, all requirements hold only at: {all}"),
        })
    }
}
