//! The summary on the terminal: the finding first, then the years, then where the results are.

use unicode_width::UnicodeWidthStr;

use crate::base::{amount::Fen, decimal::divide_half_away, lang::Lang};
use crate::measure::finding::{percent, thousands};
use crate::measure::story::Story;
use crate::measure::town::{TownView, TownYear};
use crate::measure::{Run, finding};

/// Years shown one by one; later ones are summed up.
const MOST_ROWS: usize = 12;

/// The lines for one town.
#[must_use]
pub fn lines(run: &Run, view: &TownView<'_>, story: &Story, years: (i32, i32), lang: Lang) -> Vec<String> {
    let zh = lang == Lang::Zh;
    let unit = if zh { run.scenario.unit.symbol() } else { run.scenario.unit.english() };
    let s = &run.scenario;
    let title = if zh { format!("{}：留得多少，够不够建", view.town.name) } else { format!("{}: kept against planned", view.town.name) };
    let labels = if zh { ("方案", "单位") } else { ("variant", "in") };
    let mut lines = vec![format!("{title}    {} {}   {}-{}   {} {unit}", labels.0, run.variant(), s.first_year, s.last_year, labels.1), String::new()];
    lines.push(format!("  {}", story.headline));
    lines.extend(story.second.iter().map(|l| format!("  {l}")));
    lines.extend(story.warning.iter().chain(&story.badge).map(|line| format!("  ! {line}")));
    lines.push(String::new());
    let shown: Vec<TownYear> = view.years.iter().filter(|y| (years.0..=years.1).contains(&y.year)).cloned().collect();
    lines.extend(table(run, &shown, lang));
    lines.push(
        if zh {
            "  税收等含非税；可用 = 留存 - 已付经常性 + 上年结余；缺口 = 计划 - 已付（专项支付也算已付）"
        } else {
            "  Tax etc. holds non-tax too; avail. = kept - recurrent paid + balance brought forward; gap = plan - paid (earmarked money included)"
        }
        .to_owned(),
    );
    lines.extend(other_steps(run, lang));
    lines.push(String::new());
    lines.extend(unpaid(view, lang));
    lines.push(closing(run, view, lang));
    lines.extend(story.remarks.iter().map(|remark| format!("  ! {remark}")));
    lines
}

fn table(run: &Run, years: &[TownYear], lang: Lang) -> Vec<String> {
    let heads = match lang {
        Lang::Zh => ["年份", "留存", "税收等", "土地等", "转移", "经常性", "可用", "计划", "已付", "缺口"],
        Lang::En => ["Year", "Kept", "Tax etc.", "Land+fee", "Grants", "Recurr.", "Avail.", "Plan", "Paid", "Gap"],
    };
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    let active = years.iter().rposition(|y| y.planned != 0 || y.unpaid != 0).map_or(0, |last| last + 2);
    let shown = active.clamp(3, MOST_ROWS).min(years.len());
    let shown = if shown + 1 == years.len() { shown + 1 } else { shown };
    for y in &years[..shown] {
        rows.push(row(run, y.year.to_string(), std::slice::from_ref(y), false));
    }
    if let [first, .., last] = &years[shown..] {
        rows.push(row(run, format!("{}-{}", first.year, last.year), &years[shown..], true));
    }
    rows.push(row(run, if lang == Lang::Zh { "合计" } else { "Total" }.to_owned(), years, true));
    aligned_rows(&rows)
}

fn row(run: &Run, label: String, years: &[TownYear], is_sum: bool) -> Vec<String> {
    let sum = |of: &dyn Fn(&TownYear) -> Fen| amount(run, years.iter().map(of).sum());
    let available = if is_sum { String::new() } else { sum(&|y| y.available) };
    vec![
        label,
        sum(&|y| y.retained),
        sum(&|y| y.retained_tax + y.retained_other),
        sum(&|y| y.retained_land + y.retained_fee),
        sum(&|y| y.retained_transfer),
        sum(&TownYear::recurrent_due),
        available,
        sum(&|y| y.planned),
        sum(&|y| y.paid),
        sum(&TownYear::gap),
    ]
}

/// Whole units with separators; nothing is a dash.
#[must_use]
pub fn amount(run: &Run, fen: Fen) -> String {
    let unit = 10_i128.pow(run.scenario.unit.places());
    if fen == 0 { "-".to_owned() } else { thousands(divide_half_away(i128::from(fen), unit)) }
}

/// What stands where nothing is defined.
#[must_use]
pub fn dash() -> String {
    "—".to_owned()
}

/// Rows under each other, the first of them the headings.
#[must_use]
pub fn aligned_rows(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns).map(|c| rows.iter().map(|r| r[c].width()).max().unwrap_or(0)).collect();
    rows.iter().map(|row| format!("  {}", aligned(row, &widths))).collect()
}

/// The first column to the left, the others to the right, by width on a terminal.
fn aligned(row: &[String], widths: &[usize]) -> String {
    let cells = row.iter().zip(widths).enumerate().map(|(n, (cell, width))| {
        let pad = " ".repeat(width.saturating_sub(cell.width()));
        if n == 0 { format!("{cell}{pad}") } else { format!("{pad}{cell}") }
    });
    cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}

/// Where reserve, stabilisation fund, transfer-in, aid and bonds stand, if there are any: they too move what is available.
fn other_steps(run: &Run, lang: Lang) -> Option<String> {
    let accounts = &run.compiled.accounts;
    let words = match lang {
        Lang::Zh => "  可用另加减预备费、预算稳定调节基金、调入、救助和债券本息，见 tables/budget.csv",
        Lang::En => "  Avail. also counts reserve, stabilisation fund, transfer-in, aid and service of bonds: see tables/budget.csv",
    };
    (!accounts.steps.is_empty() || !accounts.bonds.is_empty()).then(|| words.to_owned())
}

/// Recurrent spending the general book cannot pay: three guarantees and the rest, which no headline may hide.
fn unpaid(view: &TownView<'_>, lang: Lang) -> Option<String> {
    let (all, guarantees) = (view.sum(|y| y.recurrent_unpaid), view.sum(|y| y.guarantees_unpaid));
    let (all, guarantees) = (finding::money(Some(all).filter(|a| *a > 0)?, lang), finding::money(guarantees, lang));
    Some(match lang {
        Lang::Zh => format!("  经常性支出未付 {all}，其中三保 {guarantees}"),
        Lang::En => format!("  Recurrent spending unpaid {all}, three guarantees {guarantees} of it"),
    })
}

fn closing(run: &Run, view: &TownView<'_>, lang: Lang) -> String {
    let coverage = view.coverage().map_or_else(dash, percent);
    let first = view.shortfall().map_or_else(dash, |s| s.0.to_string());
    let worst = view.peak_gap().map(|(gap, year)| (year, finding::money(gap, lang)));
    let own = view.lowest_cover().map_or_else(dash, |c| percent(c.0));
    let county = run.lowest_county_cover(Some(view.order)).map(|c| c.say(lang));
    let items = run.scenario.sources.len();
    match lang {
        Lang::Zh => {
            let worst = worst.map_or(String::new(), |(y, g)| format!("   最紧 {y}（缺 {g}）"));
            let county = county.map_or(String::new(), |c| format!("   县级三保最低 {c}"));
            format!("  保障率 {coverage}   首次不足 {first}{worst}   三保保障率最低 {own}{county}\n  账目核对  {items} 项 x {} 年，逐项分尽，差 0 分", run.years())
        }
        Lang::En => {
            let worst = worst.map_or(String::new(), |(y, g)| format!("   worst {y} ({g} short)"));
            let county = county.map_or(String::new(), |c| format!("   county lowest {c}"));
            format!(
                "  Coverage {coverage}   first short {first}{worst}   own three guarantees lowest {own}{county}\n  Books  {items} sources x {} years close to the fen",
                run.years()
            )
        }
    }
}

/// One line a town, when there are many.
#[must_use]
pub fn overview(views: &[TownView<'_>], run: &Run, lang: Lang) -> Vec<String> {
    let heads = match lang {
        Lang::Zh => ["镇", "留存", "计划", "已付", "缺口", "保障率", "首次不足"],
        Lang::En => ["Town", "Kept", "Plan", "Paid", "Gap", "Coverage", "First short"],
    };
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for view in views {
        let sum = |of: &dyn Fn(&TownYear) -> Fen| amount(run, view.sum(of));
        rows.push(vec![
            view.town.name.clone(),
            sum(&|y| y.retained),
            sum(&|y| y.planned),
            sum(&|y| y.paid),
            sum(&TownYear::gap),
            view.coverage().map_or_else(dash, percent),
            view.shortfall().map_or_else(dash, |s| s.0.to_string()),
        ]);
    }
    aligned_rows(&rows)
}
