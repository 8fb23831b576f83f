//! The picture of a run: retained funds stacked by source against planned spending.

use super::{Subject, caption};
use crate::base::{amount::Fen, lang::Lang};
use crate::measure::findings::Words;
use crate::measure::story::{self, Story};
use crate::measure::town::{TownView, TownYear};
use crate::write::chart::funds::{FundsPicture, Role, Stack};

/// Builds the picture of the towns of a subject together.
#[must_use]
pub fn funds(subject: &Subject<'_>) -> FundsPicture {
    let (story, lang) = (subject.story, subject.lang);
    let years = sums(&subject.views(), subject.years);
    let (factor, unit) = story::display_unit(largest(&years), lang);
    #[expect(clippy::cast_precision_loss, reason = "a picture's coordinate")]
    let shown = |of: &dyn Fn(&TownYear) -> Fen| -> Vec<f64> { years.iter().map(|y| of(y) as f64 * factor).collect() };
    // The hatch fills what is missing up to the line, of plan and recurrent spending alike, and the label says how much that is.
    let missing = |y: &TownYear| y.gap().max(0) + y.recurrent_unpaid;
    let words = |zh: &str, en: &str| if lang == Lang::Zh { zh.to_owned() } else { en.to_owned() };
    // Where nothing is to be spent there is no line of it.
    let spends = years.iter().any(|y| y.planned != 0 || y.recurrent_due() != 0);
    let label = |zh: &str, en: &str| if spends { words(zh, en) } else { String::new() };
    let unit_line = if spends { words("留存财力与支出计划", "Retained funds and planned spending") } else { words("留存财力", "Retained funds") };
    FundsPicture {
        caption: caption(subject, of_story(story), format!("{unit_line}{}{unit}", words("，", ", "))),
        years: years.iter().map(|y| y.year).collect(),
        stacks: stacks(&shown, lang),
        recurrent: shown(&TownYear::recurrent_due),
        planned: shown(&|y| y.planned),
        gap: shown(&missing),
        gap_texts: years.iter().map(|y| (missing(y) > 0).then(|| story::gap_label(missing(y), factor, lang))).collect(),
        first_shortfall: years.iter().find(|y| missing(y) > 0).map(|y| (y.year, story::first_shortfall(y.year, lang))),
        plan_label: label("计划要花的钱（经常性支出＋项目）", "what is to be spent (recurrent + projects)"),
        recurrent_label: label("经常性支出", "recurrent spending"),
        aspect: subject.aspect,
    }
}

/// The words of a story.
fn of_story(story: &Story) -> Words {
    Words { headline: story.headline.clone(), second: story.second.clone(), notes: [&story.notes[..], &story.remarks].concat() }
}

/// Turns a figure of the years into the numbers of the picture.
type Shown<'s> = dyn Fn(&dyn Fn(&TownYear) -> Fen) -> Vec<f64> + 's;

/// What the segments are called, and what kind of money they are.
pub(super) fn segments(lang: Lang) -> Vec<(String, Role)> {
    stacks(&|_| Vec::new(), lang).into_iter().map(|stack| (stack.name, stack.role)).collect()
}

/// The values of the segments of some years, in the order of [`segments`].
pub(super) fn values(years: &[TownYear], factor: f64) -> Vec<Vec<f64>> {
    #[expect(clippy::cast_precision_loss, reason = "a picture's coordinate")]
    let shown = |of: &dyn Fn(&TownYear) -> Fen| -> Vec<f64> { years.iter().map(|y| of(y) as f64 * factor).collect() };
    stacks(&shown, Lang::En).into_iter().map(|stack| stack.values).collect()
}

/// Segments from the axis outward. Balances used up this year and earmarked money explain years in which more was paid than came in.
fn stacks(shown: &Shown<'_>, lang: Lang) -> Vec<Stack> {
    let stack = |role, zh: &str, en: &str, of: &dyn Fn(&TownYear) -> Fen| Stack { name: if lang == Lang::Zh { zh.to_owned() } else { en.to_owned() }, role, values: shown(of) };
    vec![
        stack(Role::Tax, "税收", "taxes", &|y| y.retained_tax),
        // State capital that is only carried over pays for nothing: it stands in the footnote, not in the bars.
        stack(Role::Other, "非税等", "non-tax", &|y| y.retained_other - y.retained_capital),
        stack(Role::Transfer, "转移支付", "transfers", &|y| y.retained_transfer),
        stack(Role::Fee, "配套费", "fee", &|y| y.retained_fee),
        stack(Role::Land, "土地", "land", &|y| y.retained_land),
        stack(Role::Drawn, "动用结余和专项", "balances and earmarked", &drawn),
    ]
}

/// What was paid beyond the year's retained funds: from balances, earmarked money, or an earlier year's settlement.
fn drawn(y: &TownYear) -> Fen {
    let spent = y.recurrent_due() - y.recurrent_unpaid + y.paid;
    (spent - (y.retained - y.retained_capital)).max(0)
}

pub(super) fn largest(years: &[TownYear]) -> Fen {
    years.iter().map(|y| (y.retained - y.retained_capital).max(y.recurrent_due() + y.planned)).max().unwrap_or(0)
}

/// The chosen towns together, year by year.
pub(super) fn sums(views: &[&TownView<'_>], (first, last): (i32, i32)) -> Vec<TownYear> {
    let mut all: Vec<TownYear> = Vec::new();
    for view in views {
        for (n, y) in view.years.iter().filter(|y| (first..=last).contains(&y.year)).enumerate() {
            match all.get_mut(n) {
                Some(sum) => sum.add(y),
                None => all.push(y.clone()),
            }
        }
    }
    all
}
