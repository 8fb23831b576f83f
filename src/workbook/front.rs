//! The first worksheet 结论: the finding, what it rests on, and every town in a row.

use rust_xlsxwriter::{Chart, XlsxError};

use super::charts::{Plot, Series, WIDTH};
use super::page::Page;
use super::words::pick;
use super::{Subject, Writer};
use crate::base::amount::Fen;
use crate::base::lang::Lang;
use crate::measure::town::{TownView, TownYear};
use crate::rules::param::Grade;

/// The widths of the columns.
const WIDTHS: [usize; 11] = [18, 18, 18, 18, 18, 18, 14, 10, 12, 18, 12];
/// More towns than this make no chart.
const MOST_BARS: usize = 40;

/// An amount of a year.
type Amount = fn(&TownYear) -> Fen;

/// Where the page has room for a chart.
pub struct Foot {
    sheet: String,
    row: usize,
}

impl Foot {
    /// Puts a chart there.
    ///
    /// # Errors
    /// What the writer of workbooks refuses.
    pub fn draw(&self, writer: &mut Writer<'_>, chart: &Chart) -> Result<(), XlsxError> {
        writer.book.worksheet_from_name(&self.sheet)?.insert_chart(u32::try_from(self.row - 1).unwrap_or(0), 0, chart)?;
        Ok(())
    }
}

/// Writes the worksheet; says where a chart may stand.
///
/// # Errors
/// What the writer of workbooks refuses.
pub fn write(writer: &mut Writer<'_>, subject: &Subject<'_>) -> Result<Foot, XlsxError> {
    let lang = subject.lang;
    let mut page = writer.page("结论", "Findings")?;
    page.widths(1, &WIDTHS)?;
    let head = words(&mut page, subject)?;
    page.head(head, 1, &heads(lang))?;
    page.height(head, 2, 14.0)?;
    let views: Vec<&TownView<'_>> = subject.views().collect();
    for (n, view) in views.iter().enumerate() {
        town(&mut page, head + 1 + n, view)?;
    }
    let last = head + views.len();
    if views.len() > 1 {
        totals(&mut page, (head + 1, last), &views)?;
    }
    page.filter(head, last, WIDTHS.len())?;
    page.sheet.set_repeat_rows(u32::try_from(head - 1).unwrap_or(0), u32::try_from(head - 1).unwrap_or(0))?;
    let foot = Foot { sheet: page.sheet.name(), row: last + 4 };
    if (2..=MOST_BARS).contains(&views.len()) {
        let unit = unit(subject);
        let plot = Plot { sheet: &foot.sheet, from: (head + 1, 2), to: (last, 2), lang, unit, width: WIDTH };
        let series = |column: usize| Series { name: heads(lang)[column - 1], down: 0, right: column - 2 };
        foot.draw(writer, &plot.towns(&series(4), &series(5)))?;
    }
    Ok(foot)
}

/// The finding, what it rests on and what it is of; gives the row below.
fn words(page: &mut Page<'_>, subject: &Subject<'_>) -> Result<usize, XlsxError> {
    let (style, all) = (page.style, WIDTHS.iter().sum::<usize>());
    let over = (1, WIDTHS.len());
    // The headline is larger than the characters widths are counted in.
    page.wide(1, over, &subject.story.headline, &style.headline, (all * 10 / 16, 22.0))?;
    let mut row = 2;
    for line in subject.story.second.iter().chain(&subject.story.warning).chain(&subject.story.remarks) {
        page.wide(row, over, line, &style.told, (all, 14.0))?;
        row += 1;
    }
    if let Some(badge) = &subject.story.badge {
        page.wide(row, over, badge, &style.badge, (all, 16.0))?;
        row += 1;
    }
    row += 1;
    for (name, text) in imprint(subject) {
        page.text(row, 1, name, &style.total_text)?;
        page.wide(row, (2, WIDTHS.len()), &text, &style.wrapped, (all - WIDTHS[0], 14.0))?;
        row += 1;
    }
    for note in &subject.story.notes {
        page.wide(row, over, note, &style.told, (all, 14.0))?;
        row += 1;
    }
    Ok(row + 1)
}

/// The sums below the towns.
fn totals(page: &mut Page<'_>, rows: (usize, usize), views: &[&TownView<'_>]) -> Result<(), XlsxError> {
    let (style, row) = (page.style, rows.1 + 1);
    page.text(row, 1, pick(page.lang, "合计", "total"), &style.total_text)?;
    page.text(row, 2, "", &style.total_text)?;
    let of: [Amount; 4] = [|y| y.retained, |y| y.planned, |y| y.paid, TownYear::gap];
    (3..).zip(of).try_for_each(|(column, of)| page.sum(row, column, rows, views.iter().map(|view| view.sum(of)).sum()))
}

fn unit<'s>(subject: &Subject<'s>) -> &'s str {
    let unit = subject.run.scenario.unit;
    if subject.lang == Lang::Zh { unit.symbol() } else { unit.english() }
}

/// What the workbook is of.
fn imprint(subject: &Subject<'_>) -> Vec<(&'static str, String)> {
    let (run, lang) = (subject.run, subject.lang);
    let grades = Grade::ALL.map(|grade| format!("{} {:.1}%", grade.letter(), subject.story.grades[grade as usize] * 100.0)).join("  ");
    let variant = run.scenario.variant.as_ref().map_or_else(|| pick(lang, "基准（方案本身）", "baseline").to_owned(), |variant| format!("{}（{}）", variant.name, variant.id));
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
        (pick(lang, "金额单位", "unit of money"), unit(subject).to_owned()),
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

fn town(page: &mut Page<'_>, row: usize, view: &TownView<'_>) -> Result<(), XlsxError> {
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

fn ratio(page: &mut Page<'_>, row: usize, column: usize, ratio: Option<f64>) -> Result<(), XlsxError> {
    let style = page.style;
    match ratio {
        Some(ratio) => page.number(row, column, ratio, &style.share),
        None => page.text(row, column, "—", &style.whole),
    }
}

fn year(page: &mut Page<'_>, row: usize, column: usize, year: Option<i32>) -> Result<(), XlsxError> {
    let style = page.style;
    match year {
        Some(year) => page.number(row, column, f64::from(year), &style.whole),
        None => page.text(row, column, "—", &style.whole),
    }
}
