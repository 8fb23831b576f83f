//! A county's own money: what it has of its own and of its towns, against its three guarantees, debt and what it pays to the towns.

use super::{Nothing, Picture, Subject, caption};
use crate::base::amount::Fen;
use crate::measure::county::CountyYear;
use crate::measure::findings::Words;
use crate::measure::findings::county::{of_all, words};
use crate::measure::story;
use crate::write::chart::funds::{FundsPicture, Role, Stack};

/// Up to this many counties each has its own picture; more are added up.
const MOST: usize = 12;

/// One picture for each county of the towns shown, or one for all.
///
/// # Errors
/// When the scenario has no counties' accounts.
pub fn pictures(subject: &Subject<'_>) -> Result<Vec<(Option<String>, Picture)>, Nothing> {
    let run = subject.run;
    let of_towns = |name: &String| subject.towns.iter().any(|t| run.scenario.towns[*t].county == *name);
    let counties: Vec<usize> = (0..run.compiled.counties.len()).filter(|c| of_towns(&run.compiled.counties[*c])).collect();
    let years = |county: usize| -> Vec<CountyYear> { run.county_years(county).into_iter().filter(|y| (subject.years.0..=subject.years.1).contains(&y.year)).collect() };
    let is_empty = |y: &CountyYear| y.account.is_none() && [y.from_towns, y.held, y.returned, y.paid].iter().all(|x| *x == 0);
    if counties.iter().all(|c| years(*c).iter().all(is_empty)) {
        return Err(("情景没有县级账", "the scenario has no county's account"));
    }
    if counties.len() <= MOST {
        return Ok(counties
            .into_iter()
            .map(|c| (Some(run.compiled.counties[c].clone()), Picture::Funds(picture(subject, words(&run.compiled.counties[c], &years(c), subject.lang), &years(c)))))
            .collect());
    }
    let mut all: Vec<CountyYear> = Vec::new();
    for county in &counties {
        for (n, year) in years(*county).iter().enumerate() {
            match all.get_mut(n) {
                Some(sum) => add(sum, year),
                None => all.push(year.clone()),
            }
        }
    }
    let name = subject.words(&format!("{} 个县合计", counties.len()), &format!("{} counties together", counties.len()));
    Ok(vec![(None, Picture::Funds(picture(subject, of_all(run, &name, &all, subject.lang), &all)))])
}

fn add(sum: &mut CountyYear, year: &CountyYear) {
    sum.from_towns += year.from_towns;
    sum.remittances += year.remittances;
    sum.held += year.held;
    sum.returned += year.returned;
    sum.paid += year.paid;
    if let (Some(sum), Some(more)) = (&mut sum.account, year.account) {
        sum.iter_mut().zip(more).for_each(|(a, b)| *a += b);
    }
}

fn picture(subject: &Subject<'_>, mut said: Words, years: &[CountyYear]) -> FundsPicture {
    let lang = subject.lang;
    let account = |at: usize| move |y: &CountyYear| y.account.map_or(0, |a| a[at]);
    let (own, guarantees, debt) = (account(0), account(2), account(3));
    let resources = |y: &CountyYear| own(y) + y.from_towns + y.held + y.returned;
    // What is due beyond the guarantees: debt, and what goes to the towns.
    let others = |y: &CountyYear| debt(y) + y.paid;
    let missing = |y: &CountyYear| (guarantees(y) + others(y) - resources(y)).max(0);
    let largest = years.iter().map(|y| resources(y).max(guarantees(y) + others(y))).max().unwrap_or(0);
    let (factor, unit) = story::display_unit(largest, lang);
    #[expect(clippy::cast_precision_loss, reason = "a picture's coordinate")]
    let shown = |of: &dyn Fn(&CountyYear) -> Fen| -> Vec<f64> { years.iter().map(|y| of(y) as f64 * factor).collect() };
    let stack = |role, zh: &str, en: &str, of: &dyn Fn(&CountyYear) -> Fen| Stack { name: subject.words(zh, en), role, values: shown(of) };
    let has_account = years.iter().any(|y| y.account.is_some());
    if years.iter().any(|y| missing(y) > 0) {
        said.notes
            .insert(0, subject.words("斜线＝当年收入不够当年要付的部分（未计上年结余）。", "Hatched = what the year's receipts do not cover (balances of earlier years aside)."));
    }
    FundsPicture {
        caption: caption(subject, said, subject.words(&format!("县级收入与支出，{unit}"), &format!("Receipts and payments of the county, {unit}"))),
        years: years.iter().map(|y| y.year).collect(),
        stacks: vec![
            stack(Role::Tax, "县本级财力", "own revenue", &own),
            stack(Role::Other, "各镇上解", "remitted by towns", &|y| y.remittances),
            stack(Role::Fee, "从各镇分成", "share of towns' revenue", &|y| y.from_towns - y.remittances),
            stack(Role::Land, "专项计提", "set aside", &|y| y.held),
            stack(Role::Transfer, "还付的本息和救助", "service brought back", &|y| y.returned),
        ],
        recurrent: shown(&guarantees),
        planned: shown(&others),
        gap: shown(&missing),
        gap_texts: years.iter().map(|y| (missing(y) > 0).then(|| story::gap_label(missing(y), factor, lang))).collect(),
        first_shortfall: years.iter().find(|y| missing(y) > 0).map(|y| (y.year, story::first_shortfall(y.year, lang))),
        plan_label: if has_account {
            subject.words("三保、还本付息和对镇支出", "guarantees, debt and payments to towns")
        } else {
            subject.words("对镇支出", "payments to towns")
        },
        recurrent_label: if has_account { subject.words("县级三保", "the county's three guarantees") } else { String::new() },
        aspect: subject.aspect,
    }
}
