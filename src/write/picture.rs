//! The picture of a run: retained funds stacked by source against planned spending.

use super::chart::{Aspect, FundsPicture, Role, Stack};
use crate::base::{amount::Fen, lang::Lang};
use crate::measure::Run;
use crate::measure::story::{self, Story};
use crate::measure::town::{TownView, TownYear};

/// What a picture is of.
#[derive(Clone, Debug)]
pub struct Subject<'r> {
    /// The run.
    pub run: &'r Run,
    /// The town, by its order; `None` for all together.
    pub town: Option<usize>,
    /// First and last year shown.
    pub years: (i32, i32),
    /// When it was run, as printed.
    pub when: &'r str,
}

/// Builds the picture.
#[must_use]
pub fn funds(subject: &Subject<'_>, story: &Story, lang: Lang) -> FundsPicture {
    let views = subject.run.town_views();
    let chosen: Vec<&TownView<'_>> = views.iter().filter(|v| subject.town.is_none_or(|t| t == v.order)).collect();
    let years = sums(&chosen, subject.years);
    let (factor, unit) = story::display_unit(largest(&years), lang);
    #[expect(clippy::cast_precision_loss, reason = "a picture's coordinate")]
    let shown = |of: &dyn Fn(&TownYear) -> Fen| -> Vec<f64> { years.iter().map(|y| of(y) as f64 * factor).collect() };
    let digest = super::manifest::input_digest(subject.run);
    let mut footnotes = [&story.notes[..], &story.remarks].concat();
    footnotes.push(story::imprint(subject.run, &story.grades, subject.when, &digest, lang));
    // The hatch fills what is missing up to the line, of plan and recurrent spending alike, and the label says how much that is.
    let missing = |y: &TownYear| y.gap().max(0) + y.recurrent_unpaid;
    let words = |zh: &str, en: &str| if lang == Lang::Zh { zh.to_owned() } else { en.to_owned() };
    FundsPicture {
        headline: story.headline.clone(),
        second_line: story.second.clone(),
        unit_line: words(&format!("留存财力与支出计划，{unit}"), &format!("Retained funds and planned spending, {unit}")),
        badge: story.badge.clone(),
        years: years.iter().map(|y| y.year).collect(),
        stacks: stacks(&shown, lang),
        recurrent: shown(&TownYear::recurrent_due),
        planned: shown(&|y| y.planned),
        gap: shown(&missing),
        gap_texts: years.iter().map(|y| (missing(y) > 0).then(|| story::gap_label(missing(y), factor, lang))).collect(),
        first_shortfall: years.iter().find(|y| missing(y) > 0).map(|y| (y.year, story::first_shortfall(y.year, lang))),
        plan_label: words("计划要花的钱（经常性支出＋项目）", "what is to be spent (recurrent + projects)"),
        recurrent_label: words("经常性支出", "recurrent spending"),
        footnotes,
        aspect: Aspect::Wide,
    }
}

/// Turns a figure of the years into the numbers of the picture.
type Shown<'s> = dyn Fn(&dyn Fn(&TownYear) -> Fen) -> Vec<f64> + 's;

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

fn largest(years: &[TownYear]) -> Fen {
    years.iter().map(|y| (y.retained - y.retained_capital).max(y.recurrent_due() + y.planned)).max().unwrap_or(0)
}

/// The chosen towns together, year by year.
fn sums(views: &[&TownView<'_>], (first, last): (i32, i32)) -> Vec<TownYear> {
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
