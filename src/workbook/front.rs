//! The first worksheet 结论: the finding, what it rests on, and every town in a row.

use rust_xlsxwriter::XlsxError;

use super::words::pick;
use super::{Subject, Writer};
use crate::base::lang::Lang;
use crate::measure::town::TownView;
use crate::rules::param::Grade;

/// Writes the worksheet.
///
/// # Errors
/// What the writer of workbooks refuses.
pub fn write(writer: &mut Writer<'_>, subject: &Subject<'_>) -> Result<(), XlsxError> {
    let lang = subject.lang;
    let mut page = writer.page("结论", "Findings")?;
    let style = page.style;
    page.text(1, 1, &subject.story.headline, &style.title)?;
    page.sheet.set_row_height(0, 30)?;
    let mut row = 2;
    for line in subject.story.second.iter().chain(&subject.story.warning).chain(&subject.story.remarks) {
        page.text(row, 1, line, &style.note)?;
        row += 1;
    }
    if let Some(badge) = &subject.story.badge {
        page.text(row, 1, badge, &style.badge)?;
        row += 1;
    }
    row += 1;
    for (name, text) in imprint(subject) {
        page.text(row, 1, name, &style.total_text)?;
        page.text(row, 2, &text, &style.text)?;
        row += 1;
    }
    for note in &subject.story.notes {
        page.text(row, 1, note, &style.note)?;
        row += 1;
    }
    let head = row + 1;
    let heads = heads(lang);
    page.head(head, 1, &heads)?;
    let views: Vec<&TownView<'_>> = subject.views().collect();
    for (n, view) in views.iter().enumerate() {
        town(&mut page, head + 1 + n, view)?;
    }
    let last = head + views.len();
    if views.len() > 1 {
        page.text(last + 1, 1, pick(lang, "合计", "total"), &style.total_text)?;
        page.text(last + 1, 2, "", &style.total_text)?;
        for (column, of) in [
            (3, views.iter().map(|v| v.sum(|y| y.retained)).sum()),
            (4, views.iter().map(|v| v.sum(|y| y.planned)).sum()),
            (5, views.iter().map(|v| v.sum(|y| y.paid)).sum()),
            (6, views.iter().map(|v| v.sum(|y| y.gap())).sum()),
        ] {
            page.sum(last + 1, column, (head + 1, last), of)?;
        }
    }
    page.widths(1, &[18, 18, 20, 20, 20, 20, 14, 12, 14, 20, 12])?;
    page.filter(head, last, heads.len())?;
    page.sheet.set_repeat_rows(u32::try_from(head - 1).unwrap_or(0), u32::try_from(head - 1).unwrap_or(0))?;
    Ok(())
}

/// What the workbook is of.
fn imprint(subject: &Subject<'_>) -> Vec<(&'static str, String)> {
    let (run, lang) = (subject.run, subject.lang);
    let grades = Grade::ALL.map(|grade| format!("{} {:.1}%", grade.letter(), subject.story.grades[grade as usize] * 100.0)).join("  ");
    let variant = run.scenario.variant.as_ref().map_or_else(|| pick(lang, "基准（方案本身）", "baseline").to_owned(), |variant| format!("{}（{}）", variant.name, variant.id));
    let unit = if lang == Lang::Zh { run.scenario.unit.symbol() } else { run.scenario.unit.english() };
    let audited: Vec<&str> = subject.audited.iter().filter_map(|order| subject.towns.get(*order)).map(|view| view.town.name.as_str()).collect();
    let audited = if audited.is_empty() {
        pick(lang, "没有（镇数较多；以 --audit 镇名 指定）", "none, for there are many towns: ask for some by --audit TOWN").to_owned()
    } else {
        audited.join(pick(lang, "、", ", "))
    };
    vec![
        (pick(lang, "方案", "scenario"), format!("{}（{}）", run.scenario.name, run.scenario.id)),
        (pick(lang, "变式", "variant"), variant),
        (pick(lang, "年度", "years"), format!("{}—{}", subject.years.0, subject.years.1)),
        (pick(lang, "金额单位", "unit of money"), unit.to_owned()),
        (pick(lang, "依据等级（按金额）", "evidence, by amount"), grades),
        (pick(lang, "输入摘要", "digest of inputs"), subject.digest.to_owned()),
        (pick(lang, "程序", "program"), format!("fencheng {}", env!("CARGO_PKG_VERSION"))),
        (pick(lang, "可重算的审计表", "audit sheets"), audited),
    ]
}

fn heads(lang: Lang) -> [&'static str; 11] {
    [
        pick(lang, "县", "county"),
        pick(lang, "镇", "town"),
        pick(lang, "留存财力合计", "retained"),
        pick(lang, "计划项目支出合计", "planned"),
        pick(lang, "已付合计", "paid"),
        pick(lang, "累计缺口", "gap"),
        pick(lang, "项目资金保障率", "coverage"),
        pick(lang, "首次不足", "first shortfall"),
        pick(lang, "最紧的年份", "peak year"),
        pick(lang, "最大当年缺口", "peak gap"),
        pick(lang, "土地依赖度", "land dependence"),
    ]
}

fn town(page: &mut super::page::Page<'_>, row: usize, view: &TownView<'_>) -> Result<(), XlsxError> {
    let style = page.style;
    page.text(row, 1, &view.town.county, &style.text)?;
    page.text(row, 2, &view.town.name, &style.text)?;
    for (column, fen) in [(3, view.sum(|y| y.retained)), (4, view.sum(|y| y.planned)), (5, view.sum(|y| y.paid)), (6, view.sum(|y| y.gap()))] {
        page.money(row, column, fen, &style.money)?;
    }
    ratio(page, row, 7, view.coverage())?;
    year(page, row, 8, view.shortfall().map(|(first, _)| first))?;
    year(page, row, 9, view.peak_gap().map(|(_, year)| year))?;
    match view.peak_gap() {
        Some((gap, _)) => page.money(row, 10, gap, &style.money)?,
        None => page.text(row, 10, "", &style.text)?,
    }
    ratio(page, row, 11, view.land_dependence())
}

fn ratio(page: &mut super::page::Page<'_>, row: usize, column: usize, ratio: Option<f64>) -> Result<(), XlsxError> {
    let style = page.style;
    match ratio {
        Some(ratio) => page.number(row, column, ratio, &style.share),
        None => page.text(row, column, "—", &style.text),
    }
}

fn year(page: &mut super::page::Page<'_>, row: usize, column: usize, year: Option<i32>) -> Result<(), XlsxError> {
    let style = page.style;
    match year {
        Some(year) => page.number(row, column, f64::from(year), &style.whole),
        None => page.text(row, column, "—", &style.text),
    }
}
