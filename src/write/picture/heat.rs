//! Gaps by town and year.

use super::{Nothing, Subject, caption};
use crate::base::amount::Fen;
use crate::measure::findings::heat::words;
use crate::measure::story::display_unit;
use crate::measure::town::{TownView, TownYear};
use crate::write::chart::heat::{HeatPicture, Row};

/// The picture; towns by their gap, the largest first.
///
/// # Errors
/// When no town plans anything in the years shown.
pub fn picture(subject: &Subject<'_>) -> Result<HeatPicture, Nothing> {
    let mut views = subject.views();
    let planned = |year: &i32| views.iter().flat_map(|v| &v.years).any(|y| y.year == *year && (y.planned != 0 || y.gap() != 0));
    let mut years = (subject.years.0..=subject.years.1).filter(planned);
    let Some(first) = years.next() else { return Err(("没有计划项目", "nothing is planned")) };
    let last = years.next_back().unwrap_or(first);
    let shown = |v: &TownView<'_>| -> Vec<TownYear> { v.years.iter().filter(|y| (first..=last).contains(&y.year)).cloned().collect() };
    let gap = |v: &TownView<'_>| -> Fen { shown(v).iter().map(TownYear::gap).sum() };
    views.sort_by_cached_key(|v| (-gap(v), v.order));
    let largest = views.iter().flat_map(|v| &v.years).map(TownYear::gap).max().unwrap_or(0);
    let (factor, unit) = display_unit(largest, subject.lang);
    #[expect(clippy::cast_precision_loss, reason = "a picture's coordinate")]
    let cell = |y: &TownYear| (y.planned != 0 || y.gap() != 0).then(|| y.gap() as f64 * factor);
    let row = |v: &&TownView<'_>| Row { name: v.town.name.clone(), gaps: shown(v).iter().map(cell).collect() };
    let mut said = words(&views, (first, last), subject.lang);
    if (first, last) != subject.years {
        said.notes.push(subject.words(&format!("{first}—{last} 年以外没有计划项目。"), &format!("Nothing is planned outside {first}–{last}.")));
    }
    let line = subject.words(&format!("各镇各年项目资金缺口，{unit}"), &format!("Project gap by town and year, {unit}"));
    Ok(HeatPicture {
        caption: caption(subject, said, line),
        aspect: subject.aspect,
        years: (first..=last).collect(),
        rows: views.iter().map(row).collect(),
        worst: subject.words("缺口最大的", "the largest gaps"),
        whole: subject.words(&format!("全部 {} 个镇", views.len()), &format!("all {} towns", views.len())),
        names: [subject.words("够用", "no gap"), subject.words("没有计划项目", "nothing planned"), subject.words(&format!("缺口（{unit}）"), &format!("gap ({unit})"))],
    })
}
