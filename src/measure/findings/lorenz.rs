//! How unequal towns are a head, and whether that grows.

use super::{Words, either};
use crate::base::{lang::Lang, when::Year};
use crate::measure::inequality::gini;
use crate::measure::town::TownView;

/// A change of the coefficient smaller than this is none.
const SAME: f64 = 0.005;

/// One year of the towns that have a population.
#[derive(Clone, Debug)]
pub struct Spread {
    /// The year.
    pub year: Year,
    /// Cumulative share in per cent of retained funds a head, from the poorest town to the richest.
    pub shares: Vec<f64>,
    /// The Gini coefficient 基尼系数.
    pub gini: f64,
}

/// The spread by year; years in which it is not defined are left out, and all of them where fewer than two towns have a population.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "figures a head are for reading")]
pub fn spreads(towns: &[&TownView<'_>], years: (Year, Year)) -> Vec<Spread> {
    let of_year = |year: Year| {
        let head = |t: &&TownView<'_>| {
            let people = t.town.population.filter(|p| *p > 0)? as f64 / 1e6;
            t.years.iter().find(|y| y.year == year).map(|y| y.retained as f64 / 100.0 / people)
        };
        let mut heads: Vec<f64> = towns.iter().filter_map(head).collect();
        let gini = gini(&heads)?;
        heads.sort_by(f64::total_cmp);
        let all: f64 = heads.iter().sum();
        let mut sum = 0.0;
        let shares = heads.iter().map(|x| {
            sum += x;
            100.0 * sum / all
        });
        Some(Spread { year, shares: shares.collect(), gini })
    };
    (years.0..=years.1).filter_map(of_year).collect()
}

/// The words about the first and the last year.
#[must_use]
pub fn words(spreads: &[Spread], lang: Lang) -> Words {
    let (Some(first), Some(last)) = (spreads.first(), spreads.last()) else { return Words::default() };
    let (a, b) = (format!("{:.3}", first.gini), format!("{:.3}", last.gini));
    let change = last.gini - first.gini;
    let headline = if spreads.len() == 1 {
        either(lang, format!("{} 年各镇人均留存财力的基尼系数为 {a}", first.year), format!("Gini coefficient of retained funds a head across towns in {}: {a}", first.year))
    } else if change.abs() < SAME {
        either(
            lang,
            format!("各镇人均留存财力的差距基本不变：基尼系数 {} 年 {a}，{} 年 {b}", first.year, last.year),
            format!("Towns stay about as unequal a head: Gini {a} in {}, {b} in {}", first.year, last.year),
        )
    } else {
        let (zh, en) = if change > 0.0 { ("扩大", "grow more unequal") } else { ("缩小", "grow more equal") };
        either(
            lang,
            format!("各镇人均留存财力的差距{zh}：基尼系数由 {} 年的 {a} 变为 {} 年的 {b}", first.year, last.year),
            format!("Towns {en} a head: Gini {a} in {}, {b} in {}", first.year, last.year),
        )
    };
    let half = first.shares.len() / 2;
    let second = (half > 0).then(|| {
        let share = format!("{:.0}%", last.shares[half - 1]);
        either(
            lang,
            format!("{} 年较低的 {half} 个镇（共 {} 个）占人均财力之和的 {share}", last.year, last.shares.len()),
            format!("In {} the lower {half} of {} towns hold {share} of the sum of funds a head", last.year, last.shares.len()),
        )
    });
    let note = either(
        lang,
        "每镇算一个单位，按人均留存财力从低到高排列；没有人口数的镇不在内。基尼系数 0 为完全平均，越大越不均。".to_owned(),
        "Each town counts once, from the lowest to the highest retained funds a head; towns without a population are left out. 0 = all equal.".to_owned(),
    );
    Words { headline, second, notes: vec![note] }
}
