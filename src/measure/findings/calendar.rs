//! What becomes of the projects: how many are late, how long, what stays unpaid.

use super::{Words, either};
use crate::base::{amount::Fen, lang::Lang, when::Year};
use crate::measure::finding::money;
use crate::measure::projects::ProjectView;
use crate::plan::projects::Mode;

/// How grave a project's trouble is: unpaid at the end before late before on time.
#[must_use]
pub fn trouble(view: &ProjectView<'_>, mode: Mode) -> (u8, i64) {
    match view.status(mode) {
        "open" | "short" => (0, -view.unpaid),
        "delayed" => (1, -i64::from(view.delay().unwrap_or(0))),
        _ => (2, 0),
    }
}

/// What became of one project, in a few words; empty when all went as planned.
#[must_use]
pub fn outcome(view: &ProjectView<'_>, mode: Mode, lang: Lang) -> String {
    match view.status(mode) {
        "open" | "short" => either(lang, format!("缺 {}", money(view.unpaid, lang)), format!("{} short", money(view.unpaid, lang))),
        "delayed" => {
            let years = view.delay().unwrap_or(0);
            either(lang, format!("迟 {years} 年"), format!("{years} {} late", if years == 1 { "year" } else { "years" }))
        }
        _ => String::new(),
    }
}

/// The words about projects the town pays for; `left_out` are those not shown.
#[must_use]
pub fn words(who: &str, views: &[ProjectView<'_>], mode: Mode, left_out: usize, last: Year, lang: Lang) -> Words {
    let of = |wanted: u8| views.iter().filter(move |v| trouble(v, mode).0 == wanted);
    let (n, unpaid, late) = (views.len(), of(0).count(), of(1).count());
    let missing: Fen = of(0).map(|v| v.unpaid).sum();
    let longest = of(1).max_by_key(|v| v.delay());
    let most = of(0).max_by_key(|v| v.unpaid);
    let mut clauses = Vec::new();
    if let Some(most) = most {
        clauses.push(match mode {
            Mode::Unconstrained => either(lang, format!("{unpaid} 个缺钱，共缺 {}", money(missing, lang)), format!("{unpaid} lack money, {} in all", money(missing, lang))),
            Mode::Constrained { .. } => {
                either(lang, format!("{unpaid} 个到 {last} 年仍未付清，欠 {}", money(missing, lang)), format!("{unpaid} are still unpaid in {last}, by {}", money(missing, lang)))
            }
        });
        if late == 0 {
            clauses.push(either(lang, format!("最多的是{}", most.project.name), format!("{} most", most.project.name)));
        }
    }
    if let Some(longest) = longest {
        let years = longest.delay().unwrap_or(0);
        clauses.push(either(
            lang,
            format!("{late} 个推迟，最长 {years} 年（{}）", longest.project.name),
            format!("{late} are late, by up to {years} {} ({})", if years == 1 { "year" } else { "years" }, longest.project.name),
        ));
    }
    let headline = if clauses.is_empty() {
        either(lang, format!("{who} {n} 个项目都能按计划付清"), format!("{who}: all {n} projects are paid as planned"))
    } else {
        either(lang, format!("{who} {n} 个项目中 {}", clauses.join("；")), format!("{who}: of {n} projects {}", clauses.join("; ")))
    };
    let rule = match mode {
        Mode::Unconstrained => either(lang, "计划不变，只标出缺的钱。".to_owned(), "The plan stands; what is missing is marked.".to_owned()),
        Mode::Constrained { .. } => either(lang, "按优先级付款，付不了的顺延。".to_owned(), "Paid in order of priority; what cannot be paid slips.".to_owned()),
    };
    let mut notes = vec![rule + &either(lang, "只含镇级承担部分。".to_owned(), " Only the town's part.".to_owned())];
    if left_out > 0 {
        notes.push(either(
            lang,
            format!("另有 {left_out} 个项目未列：问题较轻或按期完成，见 projects 表。"),
            format!("{left_out} more projects are not shown: less in trouble or on time; see the table projects."),
        ));
    }
    Words { headline, second: None, notes }
}
