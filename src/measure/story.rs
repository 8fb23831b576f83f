//! What is said about a run: headline, second line, evidence badge, footnotes. Words only; the picture and the terminal share them.

use super::Run;
use super::evidence::shares;
use super::finding::{Finding, money, percent, thousands};
use super::town::{TownView, TownYear};
use crate::base::{amount::Fen, decimal::divide_half_away, lang::Lang, when::Year};
use crate::rules::param::Grade;

/// More than this share on grade D and the picture itself says "illustrative".
const MOSTLY_ASSUMED: f64 = 0.25;

/// The words over and under a picture.
#[derive(Clone, Debug)]
pub struct Story {
    /// The finding.
    pub headline: String,
    /// Against the baseline, and what the county pays.
    pub second: Option<String>,
    /// That a reform funds the towns by breaking their county.
    pub warning: Option<String>,
    /// The evidence badge, when much is assumed.
    pub badge: Option<String>,
    /// What the figures rest on, what is not in them.
    pub notes: Vec<String>,
    /// What must not be overlooked.
    pub remarks: Vec<String>,
    /// Shares of retained funds by grade.
    pub grades: [f64; 4],
}

/// The words about one town of a run (or all, with `town = None`), compared with the baseline if there is one.
#[must_use]
pub fn tell(run: &Run, baseline: Option<&Run>, town: Option<usize>, lang: Lang) -> Story {
    let grades = shares(run, run.evidence());
    let views = run.town_views();
    let mut headline = match town {
        Some(order) => of_town(run, &views[order], lang),
        None => of_all(&views, lang),
    };
    let breaks = run.broken_counties(baseline, town);
    // A county that breaks in both is told too: a comparison must not make a cleaner headline than there is.
    if let Some(breaks) = breaks.clone().or_else(|| run.broken_counties(None, town)) {
        headline.insert_str(0, &breaks.clause(lang));
    }
    headline.extend(run.scenario.rolling.map(|rolling| super::rolling::mark(rolling, lang)));
    let warning = breaks.filter(|_| baseline.is_some()).map(|b| b.warning(lang));
    // A town for which nothing differs is not compared with itself.
    let before = baseline.map(|b| (b, b.town_views())).filter(|(_, before)| town.is_none_or(|t| views[t].years != before[t].years));
    let second = match &before {
        Some((baseline, before)) => Some(against((run, &views), (baseline, before), town, lang)),
        None => alone(run, &views, town, lang),
    };
    Story {
        headline,
        second,
        warning,
        badge: badge(&grades, run.scenario.illustrative, lang),
        notes: notes(run, &views, town, lang),
        remarks: remarks(run, &views, town, lang),
        grades,
    }
}

/// The finding about one town; of a variant with the agreement the town is under.
#[must_use]
pub fn of_town(run: &Run, view: &TownView<'_>, lang: Lang) -> String {
    let operating = view.sum(|y| y.recurrent_unpaid - y.guarantees_unpaid);
    let said = Finding::of(view).say(&view.town.name, operating, lang);
    match (&run.scenario.variant, lang) {
        (None, _) => said,
        (Some(_), _) if last_agreement(run, view).is_empty() => said,
        (Some(_), Lang::Zh) => format!("{}下，{said}", last_agreement(run, view)),
        (Some(_), Lang::En) => format!("Under {}, {said}", last_agreement(run, view)),
    }
}

/// The agreement a town is under at the end: what a variant is about.
fn last_agreement<'r>(run: &'r Run, view: &TownView<'_>) -> &'r str {
    run.scenario.agreement_of(view.order, run.years() - 1).map_or("", |agreement| &agreement.name)
}

fn of_all(views: &[TownView<'_>], lang: Lang) -> String {
    if views.iter().all(|v| v.last_planned().is_none()) {
        let kept = money(views.iter().map(|v| v.sum(|y| y.retained)).sum(), lang);
        return match lang {
            Lang::Zh => format!("{} 个镇共留存 {kept}，没有计划项目", views.len()),
            Lang::En => format!("{} towns keep {kept} in all; no projects are planned", views.len()),
        };
    }
    let short: Vec<&TownView<'_>> = views.iter().filter(|v| v.shortfall().is_some()).collect();
    let gap: Fen = short.iter().map(|v| v.sum(TownYear::gap)).sum();
    let worst = short.iter().max_by_key(|v| v.sum(TownYear::gap)).map_or("", |v| v.town.name.as_str());
    let said = match (short.is_empty(), lang) {
        (true, Lang::Zh) => format!("{} 个镇的计划项目都有钱可付", views.len()),
        (true, Lang::En) => format!("All {} towns can pay their plans", views.len()),
        (false, Lang::Zh) if gap <= 0 => format!("{} 个镇中 {} 个项目付款推迟，最后都付清", views.len(), short.len()),
        (false, Lang::En) if gap <= 0 => format!("{} of {} towns pay for projects late, and everything in the end", short.len(), views.len()),
        (false, Lang::Zh) => format!("{} 个镇中 {} 个出现缺口，累计 {}；最紧的是{worst}", views.len(), short.len(), money(gap, lang)),
        (false, Lang::En) => format!("{} of {} towns fall short, by {} in all; {worst} most", short.len(), views.len(), money(gap, lang)),
    };
    said + &unpaid_in_all(views, lang)
}

/// Recurrent spending that stays unpaid: nobody may call that enough.
fn unpaid_in_all(views: &[TownView<'_>], lang: Lang) -> String {
    let unpaid: Fen = views.iter().map(|v| v.sum(|y| y.recurrent_unpaid)).sum();
    match (unpaid > 0, lang) {
        (false, _) => String::new(),
        (true, Lang::Zh) => format!("；经常性支出另缺 {}", money(unpaid, lang)),
        (true, Lang::En) => format!("; recurrent spending lacks another {}", money(unpaid, lang)),
    }
}

fn sum_of(views: &[TownView<'_>], town: Option<usize>, of: impl Fn(&TownYear) -> Fen) -> Fen {
    views.iter().filter(|v| town.is_none_or(|t| t == v.order)).map(|v| v.sum(&of)).sum()
}

/// A run and its towns.
type Side<'r> = (&'r Run, &'r [TownView<'r>]);

/// Against the baseline: the gap there, the difference, what the county gives up.
fn against(now: Side<'_>, then: Side<'_>, town: Option<usize>, lang: Lang) -> String {
    let ((run, _), (baseline, before)) = (now, then);
    let county = |r: &Run| -> Fen { r.counties_of(town).into_iter().flat_map(|c| r.county_years(c)).map(|y| y.of_towns()).sum() };
    let (given, last) = (county(baseline) - county(run), run.scenario.last_year);
    let several = run.counties_of(town).len() > 1;
    let base = base_name(baseline, town.and_then(|t| before.get(t)), lang);
    let (before, change) = change(now.1, before, town, lang);
    let gives = match (given.signum(), lang) {
        (0, Lang::Zh) => format!("{}得失不变", if several { "各县" } else { "县里" }),
        (0, Lang::En) => format!("{} as before", if several { "the counties are" } else { "the county is" }),
        (sign, Lang::Zh) => {
            let (who, verb) = (if several { "各县合计" } else { "县里" }, if sign > 0 { "少得" } else { "多得" });
            format!("{who}到 {last} 年累计{verb} {}", money(given.abs(), lang))
        }
        (sign, Lang::En) => {
            let who = match (several, sign > 0) {
                (true, true) => "the counties give up",
                (true, false) => "the counties gain",
                (false, true) => "the county gives up",
                (false, false) => "the county gains",
            };
            format!("{who} {} to {last}", money(given.abs(), lang))
        }
    };
    match lang {
        Lang::Zh => format!("{base}下{before}；本方案{change}，{gives}"),
        Lang::En => format!("Under {base} {before}; here {change}; {gives}"),
    }
}

/// How what is compared with is called: by the town's agreement there, else by the variant.
fn base_name(baseline: &Run, view: Option<&TownView<'_>>, lang: Lang) -> String {
    let agreement = view.map_or("", |view| last_agreement(baseline, view));
    match (agreement.is_empty(), baseline.scenario.variant.as_ref(), lang) {
        (false, _, _) => agreement.to_owned(),
        (true, Some(variant), Lang::Zh) => format!("方案 {} ", variant.id),
        (true, Some(variant), Lang::En) => format!("variant {}", variant.id),
        (true, None, Lang::Zh) => "基准方案".to_owned(),
        (true, None, Lang::En) => "the baseline".to_owned(),
    }
}

/// What the run compared with lacks, and how much less or more it is here; where the gap is the same, retained funds.
fn change(here: &[TownView<'_>], there: &[TownView<'_>], town: Option<usize>, lang: Lang) -> (String, String) {
    let both = |of: fn(&TownYear) -> Fen| (sum_of(here, town, of), sum_of(there, town, of));
    let ((now, before), (kept_now, kept_before)) = (both(TownYear::gap), both(|y| y.retained));
    let amount = |fen: Fen| money(fen.abs(), lang);
    match (now == before, lang) {
        (false, Lang::Zh) => (format!("缺口 {}", amount(before)), format!("{} {}", if now < before { "少缺" } else { "多缺" }, amount(before - now))),
        (false, Lang::En) => (format!("{} is lacking", amount(before)), format!("{} {}", amount(before - now), if now < before { "less" } else { "more" })),
        (true, Lang::Zh) => (format!("留存 {}", amount(kept_before)), format!("{} {}", if kept_now < kept_before { "少留" } else { "多留" }, amount(kept_now - kept_before))),
        (true, Lang::En) => (format!("{} is kept", amount(kept_before)), format!("{} {}", amount(kept_now - kept_before), if kept_now < kept_before { "less" } else { "more" })),
    }
}

/// Without a baseline: coverage and the county's lowest cover.
fn alone(run: &Run, views: &[TownView<'_>], town: Option<usize>, lang: Lang) -> Option<String> {
    let paid = sum_of(views, town, |y| y.paid);
    let planned = sum_of(views, town, |y| y.planned);
    let coverage = super::town::ratio(paid, planned);
    let gap = planned - paid;
    let short = match (gap > 0, lang) {
        (false, _) => String::new(),
        (true, Lang::Zh) => format!("，缺 {}", money(gap, lang)),
        (true, Lang::En) => format!(", {} short", money(gap, lang)),
    };
    let county = run.lowest_county_cover(town);
    let mut clauses = Vec::new();
    match lang {
        Lang::Zh => {
            clauses.extend(coverage.map(|c| format!("计划项目支出 {}，保障率 {}{short}", money(planned, lang), percent(c))));
            clauses.extend(county.map(|c| format!("县级三保保障率最低 {}", c.say(lang))));
        }
        Lang::En => {
            clauses.extend(coverage.map(|c| format!("{} of a plan of {} is paid{short}", percent(c), money(planned, lang))));
            clauses.extend(county.map(|c| format!("lowest cover of the county's three guarantees {}", c.say(lang))));
        }
    }
    (!clauses.is_empty()).then(|| clauses.join(if lang == Lang::Zh { "；" } else { "; " }))
}

/// Made-up tables and much that is assumed are told in the picture itself.
#[must_use]
pub fn badge(grades: &[f64; 4], made_up: bool, lang: Lang) -> Option<String> {
    let assumed = grades[Grade::D as usize];
    let share = format!("{:.0}%", assumed * 100.0);
    match (made_up, assumed > MOSTLY_ASSUMED, lang) {
        (false, false, _) => None,
        (true, false, Lang::Zh) => Some("示意：表格数据为编造".to_owned()),
        (true, false, Lang::En) => Some("Illustrative: the tables are made up".to_owned()),
        (true, true, Lang::Zh) => Some(format!("示意：表格数据为编造，留存财力 {share} 依据假定（D 级）")),
        (true, true, Lang::En) => Some(format!("Illustrative: made-up tables, {share} of retained funds rest on assumptions (grade D)")),
        (false, true, Lang::Zh) => Some(format!("示意：留存财力 {share} 依据假定（D 级）")),
        (false, true, Lang::En) => Some(format!("Illustrative: {share} of retained funds rest on assumptions (grade D)")),
    }
}

fn notes(run: &Run, views: &[TownView<'_>], town: Option<usize>, lang: Lang) -> Vec<String> {
    let last = views.iter().filter(|v| town.is_none_or(|t| t == v.order)).filter_map(TownView::last_planned).max();
    let end = run.scenario.last_year;
    let funding = |of: fn(&crate::scenario::Funding) -> Fen| -> Fen { run.scenario.projects.iter().filter(|p| town.is_none_or(|t| t == p.town)).map(|p| of(&p.funding)).sum() };
    let (society, others) = (funding(|f| f.society), funding(|f| f.upper + f.county + f.bond + f.land_development));
    let (earmarked, unpaid) = (sum_of(views, town, |y| y.earmarked - y.paid_earmarked), sum_of(views, town, |y| y.recurrent_unpaid));
    if sum_of(views, town, |y| y.planned + y.recurrent_due()) == 0 {
        return vec![nothing_spent(lang)];
    }
    let locked = sum_of(views, town, |y| i64::from((y.gap() > 0 || y.recurrent_unpaid > 0) && y.balance_fund > 0)) > 0;
    match lang {
        Lang::Zh => {
            let mut note = "斜线＝缺口：用完当年留存和历年结余仍付不了的计划和经常性支出。".to_owned();
            if unpaid > 0 {
                note.push_str(&format!("其中经常性支出 {}。", money(unpaid, lang)));
            }
            if locked {
                note.push_str("有的年份仍有基金结余：基金不能用于一般公共预算的支出。");
            }
            if town.is_none() && views.len() > 1 {
                note.push_str("一镇有余不能补他镇。");
            }
            note.extend(last.filter(|l| *l < end).map(|l| format!("{}—{end} 年没有计划项目。", l + 1)));
            note.push_str(&format!("不在图内：社会投资 {}、上级和县级等资金 {}、专项未用部分 {}。", money(society, lang), money(others, lang), money(earmarked, lang)));
            vec![note]
        }
        Lang::En => {
            let mut note = "Hatched = gap: plans and recurrent spending that cannot be paid even with all balances. ".to_owned();
            if unpaid > 0 {
                note.push_str(&format!("Of this, {} is recurrent spending the general book leaves unpaid. ", money(unpaid, lang)));
            }
            if locked {
                note.push_str("Some of these years still hold fund money, which may not pay what the general book owes. ");
            }
            if town.is_none() && views.len() > 1 {
                note.push_str("What one town has left does not pay for another. ");
            }
            note.extend(last.filter(|l| *l < end).map(|l| format!("No projects are planned in {}–{end}. ", l + 1)));
            note.push_str(&format!(
                "Not shown: outside investment {}, other governments' parts {}, unused earmarked money {}.",
                money(society, lang),
                money(others, lang),
                money(earmarked, lang)
            ));
            vec![note]
        }
    }
}

/// The note where a scenario is about what towns keep, not about what they spend.
fn nothing_spent(lang: Lang) -> String {
    match lang {
        Lang::Zh => "情景没有写支出和项目，只算留存财力。".to_owned(),
        Lang::En => "The scenario holds no spending and no projects: only retained funds are computed.".to_owned(),
    }
}

/// What must not be overlooked: feedback is on, or part of the retained funds pays for nothing.
fn remarks(run: &Run, views: &[TownView<'_>], town: Option<usize>, lang: Lang) -> Vec<String> {
    let mut said = Vec::new();
    if run.scenario.feedback_on() {
        let (zh, en) = ("已开反馈：以后各年的收入或人数随测算结果变动（假定）。", "Feedback is on: later revenue or counts follow the projection itself (assumed).");
        said.push(if lang == Lang::Zh { zh } else { en }.to_owned());
    }
    let capital = sum_of(views, town, |y| y.retained_capital);
    if run.has_state_capital() && capital != 0 {
        let amount = money(capital, lang);
        said.push(match lang {
            Lang::Zh => format!("留存财力含国有资本经营预算 {amount}，只结转、不安排支出，不在图内。"),
            Lang::En => format!("Retained funds include {amount} in the state capital budget, carried over, not spent, and not shown."),
        });
    }
    said
}

/// The line that says what this is a picture of.
#[must_use]
pub fn imprint(run: &Run, grades: &[f64; 4], when: &str, digest: &str, lang: Lang) -> String {
    let s = &run.scenario;
    let share = |g: Grade| format!("{} {:.0}%", g.letter(), grades[g as usize] * 100.0);
    let grades = Grade::ALL.map(share).join(" ");
    let short = digest.get(..8).unwrap_or(digest);
    match lang {
        Lang::Zh => format!(
            "情景 {} · 方案 {} · {}—{} · fencheng {} · 运行 {when} · 输入摘要 {short}… · 依据等级 {grades}（按金额）",
            s.id,
            variant_zh(run),
            s.first_year,
            s.last_year,
            env!("CARGO_PKG_VERSION")
        ),
        Lang::En => format!(
            "scenario {} · variant {} · {}–{} · fencheng {} · run {when} · inputs {short}… · evidence {grades} (by amount)",
            s.id,
            run.variant(),
            s.first_year,
            s.last_year,
            env!("CARGO_PKG_VERSION")
        ),
    }
}

fn variant_zh(run: &Run) -> &str {
    run.scenario.variant.as_ref().map_or("基准", |v| &v.id)
}

/// \[分\] as 亿元 or 万元 of a picture whose amounts reach `largest`: factor and unit.
#[must_use]
pub fn display_unit(largest: Fen, lang: Lang) -> (f64, &'static str) {
    match (largest >= 5_000_000_000, lang) {
        (true, Lang::Zh) => (1e-10, "亿元"),
        (false, Lang::Zh) => (1e-6, "万元"),
        (_, Lang::En) => (1e-8, "million yuan"),
    }
}

/// A gap as a label beside a bar, in the unit of the picture or the smaller one.
#[must_use]
pub fn gap_label(gap: Fen, factor: f64, lang: Lang) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a label")]
    let shown = gap as f64 * factor;
    match lang {
        Lang::Zh if factor < 1e-8 && shown < 0.095 => format!("缺 {} 万", thousands(divide_half_away(i128::from(gap), 1_000_000))),
        Lang::Zh if factor < 1e-8 => format!("缺 {shown:.1}"),
        Lang::Zh => format!("缺 {}", thousands(divide_half_away(i128::from(gap), 1_000_000))),
        Lang::En => format!("−{shown:.1}"),
    }
}

/// The words for the first shortfall.
#[must_use]
pub fn first_shortfall(year: Year, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{year} 年首次不足"),
        Lang::En => format!("first short in {year}"),
    }
}
