//! Every town small, side by side, the largest gap first; as many pages as it takes.

use super::funds::{largest, segments, sums, values};
use super::{Picture, Subject, caption};
use crate::base::{amount::Fen, lang::Lang};
use crate::measure::finding::money;
use crate::measure::findings::Words;
use crate::measure::story::display_unit;
use crate::measure::town::{TownView, TownYear};
use crate::write::chart::multiples::{MOST_PANELS, MultiplesPicture, Panel};

/// Scales this far apart are not put on one.
const SHARED_UP_TO: i64 = 4;

/// The pages, with their numbers where there are several.
#[must_use]
pub fn pictures(subject: &Subject<'_>) -> Vec<(Option<String>, Picture)> {
    let mut views = subject.views();
    let years = |v: &TownView<'_>| sums(&[v], subject.years);
    let gap = |v: &TownView<'_>| -> Fen { years(v).iter().map(TownYear::gap).sum() };
    views.sort_by_cached_key(|v| (-gap(v), v.order));
    let pages = views.len().div_ceil(MOST_PANELS).max(1);
    // Pages of the same number of towns look better than a last one with two.
    let a_page = views.len().div_ceil(pages).max(1);
    let page = |(n, towns): (usize, &[&TownView<'_>])| {
        let number = (pages > 1).then(|| format!("{:0width$}", n + 1, width = pages.to_string().len()));
        (number, Picture::Multiples(picture(subject, towns, (n + 1, pages))))
    };
    views.chunks(a_page).enumerate().map(page).collect()
}

fn picture(subject: &Subject<'_>, towns: &[&TownView<'_>], (page, pages): (usize, usize)) -> MultiplesPicture {
    let lang = subject.lang;
    let years: Vec<Vec<TownYear>> = towns.iter().map(|v| sums(&[v], subject.years)).collect();
    let tops: Vec<Fen> = years.iter().map(|y| largest(y)).collect();
    let (most, least) = (tops.iter().max().copied().unwrap_or(0), tops.iter().min().copied().unwrap_or(0));
    let is_shared = most <= least.saturating_mul(SHARED_UP_TO);
    let (factor, unit) = display_unit(most, lang);
    let own = if is_shared { subject.words("各图同一尺度", "all on one scale") } else { subject.words("各图尺度不同", "each on its own scale") };
    let at = if pages > 1 {
        subject.words(&format!("；按缺口排序，第 {page}/{pages} 页"), &format!("; by gap, page {page} of {pages}"))
    } else {
        subject.words("；按缺口从大到小", "; largest gap first")
    };
    let line = subject.words(&format!("留存财力与支出计划，{unit}；{own}{at}"), &format!("Retained funds and planned spending, {unit}; {own}{at}"));
    let story = subject.story;
    let said = Words { headline: story.headline.clone(), second: story.second.clone(), notes: [&story.notes[..], &story.remarks].concat() };
    MultiplesPicture {
        caption: caption(subject, said, line),
        aspect: subject.aspect,
        years: years.first().map_or_else(Vec::new, |y| y.iter().map(|y| y.year).collect()),
        stacks: segments(lang),
        panels: towns.iter().zip(&years).map(|(town, years)| panel(town.town.name.clone(), years, factor, lang)).collect(),
        is_shared,
        names: names(lang),
    }
}

/// What plan, recurrent spending and gap are called.
pub(super) fn names(lang: Lang) -> [String; 3] {
    let [plan, recurrent, gap] = if lang == Lang::Zh { ["计划要花的钱", "经常性支出", "缺口"] } else { ["to be spent", "recurrent", "gap"] };
    [plan, recurrent, gap].map(str::to_owned)
}

/// A panel and its finding in a few words.
pub(super) fn panel(title: String, years: &[TownYear], factor: f64, lang: Lang) -> Panel {
    #[expect(clippy::cast_precision_loss, reason = "a picture's coordinate")]
    let shown = |of: &dyn Fn(&TownYear) -> Fen| -> Vec<f64> { years.iter().map(|y| of(y) as f64 * factor).collect() };
    let missing = |y: &TownYear| y.gap().max(0) + y.recurrent_unpaid;
    let short: Fen = years.iter().map(missing).sum();
    let planned: Fen = years.iter().map(|y| y.planned).sum();
    let note = match (short > 0, planned > 0, lang) {
        (true, _, Lang::Zh) => format!("缺 {}", money(short, lang)),
        (true, _, Lang::En) => format!("{} short", money(short, lang)),
        (false, true, Lang::Zh) => "够用".to_owned(),
        (false, true, Lang::En) => "enough".to_owned(),
        (false, false, Lang::Zh) => "没有计划项目".to_owned(),
        (false, false, Lang::En) => "no projects planned".to_owned(),
    };
    Panel {
        title,
        note,
        is_short: short > 0,
        stacks: values(years, factor),
        recurrent: shown(&TownYear::recurrent_due),
        planned: shown(&|y| y.planned),
        gap: shown(&missing),
    }
}
