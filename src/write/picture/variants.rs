//! Variants side by side, on one scale.

use super::funds::{largest, segments, sums};
use super::towns::{names, panel};
use super::{Nothing, Subject, caption};
use crate::base::lang::Lang;
use crate::measure::Run;
use crate::measure::finding::percent;
use crate::measure::findings::variants::{Total, words};
use crate::measure::story::display_unit;
use crate::measure::town::TownYear;
use crate::write::chart::multiples::MultiplesPicture;

/// More variants than this are not told apart at a glance.
pub const MOST: usize = 6;

/// Two to six subjects, one a variant, of the same towns; the first is what the others are compared with.
///
/// # Errors
/// When there are fewer than two.
pub fn picture(subjects: &[Subject<'_>]) -> Result<MultiplesPicture, Nothing> {
    let [first, _, ..] = subjects else {
        return Err(("只有一个方案；加 --variant all", "there is only one variant; add --variant all"));
    };
    let lang = first.lang;
    let all: Vec<Total> = subjects.iter().map(|s| Total::of(s.run, s.all, s.only(), name(s.run, lang))).collect();
    let kept = shown(&all);
    let shown: Vec<&Subject<'_>> = kept.iter().map(|at| &subjects[*at]).collect();
    let totals: Vec<&Total> = kept.iter().map(|at| &all[*at]).collect();
    let years: Vec<Vec<TownYear>> = shown.iter().map(|s| sums(&s.views(), s.years)).collect();
    let (factor, unit) = display_unit(years.iter().map(|y| largest(y)).max().unwrap_or(0), lang);
    let mut said = words(&first.who(), &all, first.run.scenario.last_year, lang);
    said.notes.push(first.words(
        "斜线＝缺口：用完当年留存和历年结余仍付不了的计划和经常性支出；保障率只看计划项目。",
        "Hatched = gap: plans and recurrent spending that cannot be paid even with all balances; coverage is that of planned projects.",
    ));
    if subjects.len() > shown.len() {
        let left = subjects.len() - shown.len();
        said.notes.push(first.words(
            &format!("画基准、保障最少和最多的方案；另有 {left} 个方案未画。"),
            &format!("Drawn are the first, those that cover most, and the one that covers least; {left} more are not."),
        ));
    }
    let panels = shown.iter().zip(&years).zip(&totals).map(|((subject, years), total)| {
        let mut panel = panel(title(subject.run, lang), years, factor, lang);
        if let Some(cover) = total.coverage() {
            panel.note = first.words(&format!("保障率 {}，{}", percent(cover), panel.note), &format!("{} covered, {}", percent(cover), panel.note));
        }
        panel
    });
    Ok(MultiplesPicture {
        caption: caption(
            first,
            said,
            first.words(&format!("留存财力与支出计划，{unit}；各方案同一尺度"), &format!("Retained funds and planned spending, {unit}; all on one scale")),
        ),
        aspect: first.aspect,
        years: years.first().map_or_else(Vec::new, |y| y.iter().map(|y| y.year).collect()),
        stacks: segments(lang),
        panels: panels.collect(),
        is_shared: true,
        names: names(lang),
    })
}

/// Which are drawn, in their order: all of a few; else the first, the one that covers least, and those that cover most.
fn shown(totals: &[Total]) -> Vec<usize> {
    let mut order: Vec<usize> = (1..totals.len()).collect();
    order.sort_by_key(|at| (totals[*at].rank(), *at));
    if order.len() >= MOST {
        let worst = order.pop();
        order.truncate(MOST - 2);
        order.extend(worst);
    }
    order.push(0);
    order.sort_unstable();
    order
}

/// A variant as a sentence calls it: its title up to the first pause; in English by its id, for titles are Chinese.
fn name(run: &Run, lang: Lang) -> String {
    match (&run.scenario.variant, lang) {
        (Some(variant), Lang::Zh) if !variant.name.is_empty() => variant.name.split(['：', '；', '，']).next().unwrap_or_default().to_owned(),
        (Some(variant), _) => variant.id.clone(),
        (None, Lang::Zh) => "基准方案".to_owned(),
        (None, Lang::En) => "baseline".to_owned(),
    }
}

/// The same with the id, by which the command line knows it.
fn title(run: &Run, lang: Lang) -> String {
    let name = name(run, lang);
    match &run.scenario.variant {
        Some(variant) if variant.id != name => format!("{name} · {}", variant.id),
        _ => name,
    }
}
