//! Projects as planned and as money permits.

use super::{Nothing, Subject, caption};
use crate::measure::findings::calendar::{outcome, trouble, words};
use crate::measure::projects::ProjectView;
use crate::measure::story::display_unit;
use crate::write::chart::calendar::{CalendarPicture, MOST_ROWS, Row};

/// The picture: all projects the towns shown pay for, or the ones most in trouble.
///
/// # Errors
/// When there is none.
pub fn picture(subject: &Subject<'_>) -> Result<CalendarPicture, Nothing> {
    let (run, lang, mode) = (subject.run, subject.lang, subject.run.scenario.mode);
    let own = |v: &ProjectView<'_>| subject.towns.contains(&v.project.town) && v.project.funding.town > 0;
    let mut views: Vec<ProjectView<'_>> = run.project_views().into_iter().filter(own).collect();
    if views.is_empty() {
        return Err(("没有由镇付款的项目", "no project is paid by a town"));
    }
    let left_out = views.len().saturating_sub(MOST_ROWS);
    let said = words(&subject.who(), &views, mode, left_out, run.scenario.last_year, lang);
    if left_out > 0 {
        views.sort_by_key(|v| trouble(v, mode));
        views.truncate(MOST_ROWS);
    }
    views.sort_by_key(|v| (v.project.start, v.project.planned_finish(), v.project.priority));
    let (factor, _) = display_unit(views.iter().map(|v| v.project.cost).max().unwrap_or(0), lang);
    let line = subject.words("项目计划与付款：每格一年，按付款比例填色", "Projects, planned and paid; a box a year, filled by the share paid");
    let (first, last) = busy(&views, subject);
    let row = |view: &ProjectView<'_>| {
        let town = &run.scenario.towns[view.project.town].name;
        let year = |y: i32| usize::try_from(y - run.scenario.first_year).ok().and_then(|at| view.payments.get(at));
        let amounts = |y: i32| year(y).map_or((0.0, 0.0), |p| (p.paid() * factor, (p.due - p.paid()) * factor));
        Row {
            name: if subject.only().is_some() || view.project.name.contains(town.as_str()) { view.project.name.clone() } else { format!("{} · {town}", view.project.name) },
            planned: (view.project.start, view.project.planned_finish()),
            years: (first..=last).map(amounts).collect(),
            outcome: outcome(view, mode, lang),
            is_late: trouble(view, mode).0 < 2,
        }
    };
    Ok(CalendarPicture {
        caption: caption(subject, said, line),
        aspect: subject.aspect,
        years: (first..=last).collect(),
        rows: views.iter().map(row).collect(),
        names: [
            subject.words("计划工期", "planned"),
            subject.words("按期付款", "paid as planned"),
            subject.words("推迟付款", "paid late"),
            subject.words("应付未付", "due, unpaid"),
        ],
    })
}

/// The years shown in which something is planned, due or paid.
fn busy(views: &[ProjectView<'_>], subject: &Subject<'_>) -> (i32, i32) {
    let (start, end) = subject.years;
    let year = |at: usize| subject.run.year(at);
    let moved = |v: &ProjectView<'_>| v.payments.iter().enumerate().filter(|(_, p)| p.due > 0.0).map(|(at, _)| year(at)).collect::<Vec<_>>();
    let all = views.iter().flat_map(|v| moved(v).into_iter().chain([v.project.start, v.project.planned_finish()]));
    let (first, last) = all.fold((i32::MAX, i32::MIN), |(a, b), y| (a.min(y), b.max(y)));
    let first = first.clamp(start, end);
    (first, last.clamp(first, end))
}
