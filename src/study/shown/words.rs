//! The findings of a sweep in a sentence, as they stand over its pictures.

use super::cells::Cells;
use super::fan::Fan;
use super::tornado::{Bar, Tornado};
use super::{Shape, Shown};
use crate::base::lang::Lang;
use crate::measure::finding::{money, percent};
use crate::study::measure::{Measure, Unit};

/// A figure of a measure in words.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "fen, towns and years are whole")]
pub fn figure(measure: &Measure, value: f64, lang: Lang) -> String {
    match measure.unit {
        Unit::Money => money(value.round() as i64, lang),
        Unit::Ratio => percent(value),
        Unit::Count if value.fract() != 0.0 => format!("{value:.1}"),
        Unit::Count | Unit::Year => format!("{value:.0}"),
    }
}

impl Shown {
    /// What was found, where the picture has a sentence of its own.
    #[must_use]
    pub fn headline(&self, lang: Lang) -> Option<String> {
        match &self.shape {
            Shape::Cells(cells) => Some(of_cells(cells, self.measure, lang)),
            Shape::Tornado(tornado) => Some(of_tornado(tornado, self.measure, lang)),
            Shape::Spread => None,
        }
    }
}

/// The county's guarantees first, then whether the plans are paid anywhere.
fn of_cells(cells: &Cells, measure: &'static Measure, lang: Lang) -> String {
    let all = cells.defined().count();
    let broken = cells.defined().filter(|(_, _, cell)| cell.broken > 0).count();
    let clause = match (broken, lang) {
        (0, _) => String::new(),
        (_, Lang::Zh) => format!("县级三保在 {broken}/{all} 种取值下不足；"),
        (_, Lang::En) => format!("The county's three guarantees break in {broken} of {all} cases; "),
    };
    let Some((best, worst)) = extremes(cells, measure) else {
        return if lang == Lang::Zh { "没有一种取值能计算".to_owned() } else { "No value can be computed".to_owned() };
    };
    let full = cells.defined().filter(|(_, _, cell)| cell.is_full()).count();
    let about_plans = matches!(measure.key, "coverage" | "lowest_coverage" | "gap" | "towns_short");
    clause
        + &match (about_plans, full) {
            (true, 0) => nowhere(cells, measure, all, best, lang),
            (true, full) if full == all => everywhere(all, lang),
            (true, full) => somewhere(cells, full, all, lang),
            (false, _) => ranging(cells, measure, (worst, best), lang),
        }
}

/// The places of the best and of the worst combination; the lowest first where more is no merit.
fn extremes(cells: &Cells, measure: &Measure) -> Option<((usize, usize), (usize, usize))> {
    let less = matches!(measure.key, "gap" | "towns_short" | "guarantees_unpaid" | "county_years_short");
    let good = |at: &(usize, usize, f64)| if less { -at.2 } else { at.2 };
    let means: Vec<(usize, usize, f64)> = cells.defined().filter_map(|(x, y, cell)| Some((x, y, cell.mean()?))).collect();
    let first = |best: &(usize, usize, f64), one: &(usize, usize, f64)| good(one) > good(best);
    let best = means.iter().reduce(|best, one| if first(best, one) { one } else { best })?;
    let worst = means.iter().reduce(|worst, one| if first(one, worst) { one } else { worst })?;
    Some(((best.0, best.1), (worst.0, worst.1)))
}

/// 税收留成 100%、土地留成 100%
fn place(cells: &Cells, at: (usize, usize), lang: Lang) -> String {
    let said: Vec<String> = cells.axes.iter().zip([at.0, at.1]).map(|(axis, at)| format!("{} {}", axis.name, axis.texts[at])).collect();
    said.join(if lang == Lang::Zh { "、" } else { ", " })
}

fn value_at(cells: &Cells, measure: &'static Measure, at: (usize, usize), lang: Lang) -> String {
    cells.at(at.0, at.1).mean().map_or_else(|| "—".to_owned(), |mean| figure(measure, mean, lang))
}

fn nowhere(cells: &Cells, measure: &'static Measure, all: usize, best: (usize, usize), lang: Lang) -> String {
    let (place, value, name) = (place(cells, best, lang), value_at(cells, measure, best, lang), measure.words.get(lang));
    match lang {
        Lang::Zh => format!("{all} 种取值没有一种够用；最好的{name} {value}（{place}）"),
        Lang::En => format!("None of {all} cases pays for all plans; the best reaches {name} {value} ({place})"),
    }
}

fn everywhere(all: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("所试 {all} 种取值，计划项目都有钱可付"),
        Lang::En => format!("All {all} cases pay for all plans"),
    }
}

/// From where on the plans are paid: the least value of each lever with the other at its end.
fn somewhere(cells: &Cells, full: usize, all: usize, lang: Lang) -> String {
    let whole = match lang {
        Lang::Zh => format!("{all} 种取值中 {full} 种够用"),
        Lang::En => format!("{full} of {all} cases pay for all plans"),
    };
    let ends: Vec<String> = match &cells.axes[..] {
        [only] => from(cells, 0, 0).map(|(at, up)| threshold(only, at, up, lang)).into_iter().collect(),
        [first, second] => {
            let last = [first.places.len() - 1, second.places.len() - 1];
            let one = |order: usize, axis: &super::Axis, other: &super::Axis| {
                let (at, up) = from(cells, order, last[1 - order])?;
                let with = &other.texts[last[1 - order]];
                Some(match lang {
                    Lang::Zh => format!("{} {with} 时，{}", other.name, threshold(axis, at, up, lang)),
                    Lang::En => format!("{} with {} {with}", threshold(axis, at, up, lang), other.name),
                })
            };
            [one(0, first, second), one(1, second, first)].into_iter().flatten().collect()
        }
        _ => Vec::new(),
    };
    if ends.is_empty() {
        return whole;
    }
    match lang {
        Lang::Zh => format!("{whole}：{}", ends.join("；")),
        Lang::En => format!("{whole}: {}", ends.join("; ")),
    }
}

/// The value of a lever from which on (`true`) or up to which (`false`) all is paid, the other lever at `other`.
fn from(cells: &Cells, order: usize, other: usize) -> Option<(usize, bool)> {
    let count = cells.axes[order].places.len();
    let is_full = |at: usize| if order == 0 { cells.at(at, other) } else { cells.at(other, at) }.is_full();
    let least = (0..count).rev().take_while(|at| is_full(*at)).last();
    let most = (0..count).take_while(|at| is_full(*at)).last();
    match (least, most) {
        // Everywhere: the lever does not matter there.
        (Some(0), _) => None,
        (Some(least), _) => Some((least, true)),
        (None, most) => most.map(|most| (most, false)),
    }
}

fn threshold(axis: &super::Axis, at: usize, up: bool, lang: Lang) -> String {
    let (name, text) = (&axis.name, &axis.texts[at]);
    match (up, lang) {
        (true, Lang::Zh) => format!("{name}从 {text} 起够用"),
        (false, Lang::Zh) => format!("{name}不超过 {text} 才够用"),
        (true, Lang::En) => format!("from {name} {text} on"),
        (false, Lang::En) => format!("up to {name} {text}"),
    }
}

fn ranging(cells: &Cells, measure: &'static Measure, (worst, best): ((usize, usize), (usize, usize)), lang: Lang) -> String {
    let name = measure.words.get(lang);
    let said = [worst, best].map(|at| (value_at(cells, measure, at, lang), place(cells, at, lang)));
    let [(a, at_a), (b, at_b)] = said;
    match lang {
        Lang::Zh => format!("{name}从 {a}（{at_a}）到 {b}（{at_b}）"),
        Lang::En => format!("The {name} goes from {a} ({at_a}) to {b} ({at_b})"),
    }
}

fn of_tornado(tornado: &Tornado, measure: &'static Measure, lang: Lang) -> String {
    let (bars, name) = (tornado.bars(), measure.words.get(lang));
    let base = tornado.base.unwrap_or(0.0);
    let Some(first) = bars.first().filter(|bar| bar.span(base) > 0.0) else {
        return if lang == Lang::Zh { format!("这些因素单独变动，{name}都不变") } else { format!("No input moves the {name} by itself") };
    };
    let ends = |bar: &Bar| {
        let [low, high] = &bar.ends;
        let value = |v: Option<f64>| v.map_or_else(|| "—".to_owned(), |v| figure(measure, v, lang));
        format!("{} → {}", value(low.value), value(high.value))
    };
    let next = bars.get(1).filter(|bar| bar.span(base) > 0.0);
    match (lang, next) {
        (Lang::Zh, None) => format!("左右{name}的是{}：{}", first.name, ends(first)),
        (Lang::Zh, Some(next)) => format!("最左右{name}的是{}：{}；其次是{}：{}", first.name, ends(first), next.name, ends(next)),
        (Lang::En, None) => format!("The {name} moves with {}: {}", first.name, ends(first)),
        (Lang::En, Some(next)) => format!("The {name} moves most with {}: {}; then {}: {}", first.name, ends(first), next.name, ends(next)),
    }
}

/// What may happen by year, to a town or to all of them.
#[must_use]
pub fn of_fan(fan: &Fan, who: &str, lang: Lang) -> String {
    let years: Vec<i32> = fan.years.iter().filter(|(_, s)| s.short.share > 0.5).map(|(year, _)| *year).collect();
    let Some((year, spread)) = fan.likeliest().filter(|(_, s)| s.short.share > 0.0) else {
        return if lang == Lang::Zh { format!("{who}每次抽样各年都没有缺口") } else { format!("{who}: no draw shows a gap in any year") };
    };
    let (share, worst) = (percent(spread.short.share), money(spread.quantiles[4], lang));
    let span = match (years.first(), years.last()) {
        (Some(first), Some(last)) if first == last => Some((first.to_string(), 1)),
        (Some(first), Some(last)) => Some((format!("{first}—{last}"), years.len())),
        _ => None,
    };
    match (span, lang) {
        (None, Lang::Zh) => format!("{who}出现缺口的可能最高 {share}（{year} 年），二十分之一的可能缺 {worst}以上"),
        (None, Lang::En) => format!("{who}: a gap is likeliest in {year}, at {share}; one in twenty lacks more than {worst}"),
        (Some((span, 1)), Lang::Zh) => format!("{who} {span} 年多半出现缺口（可能 {share}），二十分之一的可能缺 {worst}以上"),
        (Some((span, 1)), Lang::En) => format!("{who}: a gap is likely in {span} ({share}); one in twenty lacks more than {worst}"),
        (Some((span, count)), Lang::Zh) if is_unbroken(&years, count) => {
            format!("{who} {span} 年各年多半出现缺口，最险的是 {year} 年（{share}，二十分之一的可能缺 {worst}以上）")
        }
        (Some((span, count)), Lang::En) if is_unbroken(&years, count) => {
            format!("{who}: a gap is likely in every year of {}; likeliest in {year} ({share}, one in twenty lacks more than {worst})", span.replace('—', "–"))
        }
        (Some((span, count)), Lang::Zh) => format!("{who} {span} 年有 {count} 年多半出现缺口，最险的是 {year} 年（{share}，二十分之一的可能缺 {worst}以上）"),
        (Some((span, count)), Lang::En) => {
            format!("{who}: a gap is likely in {count} years of {}; likeliest in {year} ({share}, one in twenty lacks more than {worst})", span.replace('—', "–"))
        }
    }
}

/// Whether so many years follow each other.
fn is_unbroken(years: &[i32], count: usize) -> bool {
    years.first().zip(years.last()).is_some_and(|(first, last)| usize::try_from(last - first + 1) == Ok(count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::amount::MoneyUnit;
    use crate::rules::field::Quantity;
    use crate::study::inputs::{Chosen, Input};
    use crate::study::math::grid::Levels;
    use crate::study::measure::find;
    use crate::study::shown::axis::Axis;
    use crate::study::shown::row::Row;
    use crate::study::value::Target;

    fn lever(name: &str, levels: &[i64]) -> Input {
        let target = Target { paths: vec![name.to_owned()], quantity: Quantity::Share, words: Vec::new(), several: None, change: None };
        Input {
            key: name.to_owned(),
            name: name.to_owned(),
            now: Some(levels[0]),
            chosen: Chosen::Levels(Levels::List(levels.to_vec())),
            paths: vec![name.to_owned()],
            targets: vec![target],
        }
    }

    /// Coverage at 40 % and 50 % of A, 50 % and 60 % of B: (0.5, 0.8) and (0.7, `last`); the third breaks the county where asked.
    fn cells(last: f64, breaks: bool) -> Cells {
        let levers = [lever("甲", &[400_000, 500_000]), lever("乙", &[500_000, 600_000])];
        let axes = levers.iter().enumerate().map(|(order, input)| Axis::of(order, input, 2, 4, MoneyUnit::WanYuan)).collect();
        let mut cells = Cells::new(axes, Vec::new(), Vec::new());
        let points: [(&[u8], &[u8], f64); 4] = [(b"0.4", b"0.5", 0.5), (b"0.5", b"0.5", 0.8), (b"0.4", b"0.6", 0.7), (b"0.5", b"0.6", last)];
        for (n, (a, b, value)) in points.into_iter().enumerate() {
            let row = Row { number: n as u64, values: vec![a, b], value: Some(value), fine: true, short: value < 1.0, broken: breaks && n == 2 };
            cells.add(&row);
        }
        cells
    }

    #[test]
    fn a_map_says_from_where_on_plans_are_paid() {
        let coverage = find("coverage").unwrap();
        assert_eq!(of_cells(&cells(1.0, false), coverage, Lang::Zh), "4 种取值中 1 种够用：乙 60% 时，甲从 50% 起够用；甲 50% 时，乙从 60% 起够用");
        assert_eq!(of_cells(&cells(0.9, false), coverage, Lang::Zh), "4 种取值没有一种够用；最好的项目资金保障率 90.0%（甲 50%、乙 60%）");
        assert_eq!(
            of_cells(&cells(0.9, true), coverage, Lang::En),
            "The county's three guarantees break in 1 of 4 cases; None of 4 cases pays for all plans; the best reaches coverage 90.0% (甲 50%, 乙 60%)"
        );
    }

    /// Gaps of 2012: 1 and 3 fen; of 2013: 0 and 4. So 2012 is certain, 2013 even.
    #[test]
    fn a_fan_names_the_likeliest_year() {
        let fan = Fan::of(&[1, 0, 3, 4], None, 1, 2012, None, 2).unwrap();
        assert_eq!(of_fan(&fan, "甲镇", Lang::Zh), "甲镇 2012 年多半出现缺口（可能 100.0%），二十分之一的可能缺 0 元以上");
        let none = Fan::of(&[0, 0, 0, 0], None, 1, 2012, None, 2).unwrap();
        assert_eq!(of_fan(&none, "甲镇", Lang::Zh), "甲镇每次抽样各年都没有缺口");
    }
}
