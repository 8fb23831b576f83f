//! Figures by year 年度: years across, items down, a block a town; native charts of funds against the plan.

use rust_xlsxwriter::{Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType, Color, XlsxError};

use super::page::Page;
use super::words::pick;
use super::{Subject, Writer};
use crate::base::amount::Fen;
use crate::base::lang::Words;
use crate::measure::columns::SUMMARY;
use crate::measure::town::{TownView, TownYear, ratio};

/// More towns than this have no charts of their own: a workbook of hundreds of pictures opens slowly.
const MOST_CHARTS: usize = 12;
/// Rows a chart takes.
const CHART_ROWS: usize = 20;

/// An amount of a year.
type Amount = fn(&TownYear) -> Fen;

/// Amounts in the order of the summary: the keys of their columns, from which the words come.
const AMOUNTS: &[(&str, Amount)] = &[
    ("total_revenue", |y| y.total_revenue),
    ("local_revenue", |y| y.local_revenue),
    ("retained_tax", |y| y.retained_tax),
    ("retained_land", |y| y.retained_land),
    ("retained_fee", |y| y.retained_fee),
    ("retained_transfer", |y| y.retained_transfer),
    ("retained_other", |y| y.retained_other),
    ("retained", |y| y.retained),
    ("retained_general", |y| y.retained_general),
    ("retained_fund", |y| y.retained_fund),
    ("earmarked", |y| y.earmarked),
    ("wages", |y| y.recurrent[0]),
    ("operation", |y| y.recurrent[1]),
    ("livelihood", |y| y.recurrent[2]),
    ("other_recurrent", |y| y.recurrent[4]),
    ("debt_service", |y| y.recurrent[3]),
    ("recurrent_unpaid", |y| y.recurrent_unpaid),
    ("brought_forward", |y| y.brought_forward),
    ("available", |y| y.available),
    ("planned", |y| y.planned),
    ("paid", |y| y.paid),
    ("gap", TownYear::gap),
    ("due", |y| y.due),
    ("unpaid", |y| y.unpaid),
    ("balance_general", |y| y.balance_general),
    ("balance_fund", |y| y.balance_fund),
    ("balance_earmarked", |y| y.balance_earmarked),
    ("receivable", |y| y.receivable),
    ("arrears", |y| y.arrears),
];
/// What is stacked in the chart, and the colour of each.
const STACKED: &[(&str, u32)] =
    &[("retained_tax", 0x2F_6D_B5), ("retained_other", 0x8F_B4_DC), ("retained_transfer", 0x9A_A0_A6), ("retained_fee", 0x5B_A8_5B), ("retained_land", 0xC9_8B_2B)];
/// Beside the amounts: the line of the chart.
const NEEDED: Words = Words::new("经常性支出＋计划项目", "recurrent and planned");

fn words(key: &str) -> Words {
    SUMMARY.iter().find(|column| column.key == key).map_or(Words::both(""), |column| column.words)
}

/// Writes the worksheet.
///
/// # Errors
/// What the writer of workbooks refuses.
pub fn write(writer: &mut Writer<'_>, subject: &Subject<'_>) -> Result<(), XlsxError> {
    let (lang, orders) = (subject.lang, subject.orders());
    let charts = subject.shown.len() <= MOST_CHARTS;
    let mut page = writer.page("年度", "Years")?;
    let note = pick(
        lang,
        "一镇一块，年度横排；合计列是各年之和（年末数不合计）。",
        "A block a town, years across; the last column adds the years up (not what stands at the end of a year).",
    );
    let top = page.top(pick(lang, "年度收支", "Figures by year"), &[note.to_owned()])?;
    let mut heads = vec![pick(lang, "项目", "item").to_owned()];
    heads.extend(orders.iter().map(|order| subject.run.year(*order).to_string()));
    heads.push(pick(lang, "合计", "total").to_owned());
    page.head(top, 1, &heads)?;
    page.freeze(top + 1, 2)?;
    let mut row = top + 1;
    for view in subject.views() {
        let first = row;
        row = block(&mut page, row, view, &orders)?;
        if charts {
            draw(&mut page, (top, first + 1), row + 1, view, orders.len())?;
            row += 2 * CHART_ROWS + 2;
        }
        row += 1;
    }
    page.widths(1, &[34])?;
    page.widths(2, &vec![15; orders.len() + 1])
}

/// The figures of a town; gives the next row.
fn block(page: &mut Page<'_>, row: usize, view: &TownView<'_>, orders: &[usize]) -> Result<usize, XlsxError> {
    let (style, lang) = (page.style, page.lang);
    page.text(row, 1, &format!("{} {}", view.town.county, view.town.name), &style.section)?;
    let years: Vec<&TownYear> = orders.iter().map(|order| &view.years[*order]).collect();
    let mut at = row + 1;
    let needed: (Words, Amount) = (NEEDED, |y| y.recurrent_due() + y.planned);
    for (n, (words, of)) in AMOUNTS.iter().map(|(key, of)| (words(key), *of)).chain([needed]).enumerate() {
        page.text(at, 1, words.get(lang), &style.text)?;
        for (n, year) in years.iter().enumerate() {
            page.money(at, 2 + n, of(year), &style.money)?;
        }
        let stands = AMOUNTS.get(n).is_some_and(|(key, _)| key.starts_with("balance") || ["brought_forward", "available", "due", "unpaid", "receivable", "arrears"].contains(key));
        if !stands && !years.is_empty() {
            total(page, at, years.len(), years.iter().map(|year| of(year)).sum())?;
        }
        at += 1;
    }
    for (key, of) in [("coverage", (|y| ratio(y.paid, y.due)) as fn(&TownYear) -> Option<f64>), ("guarantees_cover", TownYear::guarantees_cover)] {
        page.text(at, 1, words(key).get(lang), &style.text)?;
        for (n, year) in years.iter().enumerate() {
            match of(year) {
                Some(ratio) => page.number(at, 2 + n, ratio, &style.share)?,
                None => page.text(at, 2 + n, "—", &style.text)?,
            }
        }
        at += 1;
    }
    Ok(at)
}

/// The sum of a row, rounded to the fen it is.
#[expect(clippy::cast_precision_loss, reason = "sums stay below 2^53")]
fn total(page: &mut Page<'_>, row: usize, years: usize, fen: Fen) -> Result<(), XlsxError> {
    let cell = |column: usize| crate::base::place::cell_name(row, column);
    let formula = format!("ROUND(SUM({}:{}),{})", cell(2), cell(1 + years), page.style.places());
    let style = page.style;
    page.formula(row, 2 + years, &formula, fen as f64 / style.fen_a_unit(), &style.total)
}

/// Two charts under a block: funds against what is to be spent, and the gap.
fn draw(page: &mut Page<'_>, (head, first): (usize, usize), row: usize, view: &TownView<'_>, years: usize) -> Result<(), XlsxError> {
    let (lang, sheet) = (page.lang, page.sheet.name());
    let of = |key: &str| first + AMOUNTS.iter().position(|(known, _)| *known == key).unwrap_or(AMOUNTS.len());
    let plot = Plot { sheet: &sheet, head, years };
    let mut funds = Chart::new(ChartType::ColumnStacked);
    for (key, colour) in STACKED {
        let fill = ChartSolidFill::new().set_color(Color::RGB(*colour)).clone();
        plot.add(&mut funds, words(key).get(lang), of(key), ChartFormat::new().set_solid_fill(&fill));
    }
    let mut needed = Chart::new(ChartType::Line);
    let line = ChartLine::new().set_color(Color::RGB(0xC0_00_00)).set_width(2.25).clone();
    plot.add(&mut needed, NEEDED.get(lang), first + AMOUNTS.len(), ChartFormat::new().set_line(&line));
    funds.combine(&needed);
    let mut gap = Chart::new(ChartType::Column);
    let fill = ChartSolidFill::new().set_color(Color::RGB(0xD6_4B_3C)).clone();
    plot.add(&mut gap, words("gap").get(lang), of("gap"), ChartFormat::new().set_solid_fill(&fill));
    gap.legend().set_hidden();
    // The name of a town stands last: a title that began with = would be a formula.
    funds.title().set_name(&format!("{}{}", pick(lang, "留存财力与支出计划：", "Retained funds and planned spending: "), view.town.name));
    gap.title().set_name(&format!("{}{}", pick(lang, "各年缺口：", "Gap by year: "), view.town.name));
    for (n, chart) in [&mut funds, &mut gap].into_iter().enumerate() {
        chart.set_width(960).set_height(380);
        chart.y_axis().set_num_format("#,##0");
        chart.legend().set_position(ChartLegendPosition::Bottom);
        page.sheet.insert_chart(u32::try_from(row - 1 + n * CHART_ROWS).unwrap_or(0), 0, chart)?;
    }
    Ok(())
}

/// Where the charts' figures stand.
struct Plot<'p> {
    sheet: &'p str,
    /// The row of the years.
    head: usize,
    years: usize,
}

impl Plot<'_> {
    /// Adds the figures of a row.
    fn add(&self, chart: &mut Chart, name: &str, row: usize, format: &mut ChartFormat) {
        let cells = |row: usize| {
            let (row, last) = (u32::try_from(row - 1).unwrap_or(0), u16::try_from(self.years).unwrap_or(1));
            (self.sheet, row, 1, row, last)
        };
        chart.add_series().set_name(name).set_categories(cells(self.head)).set_values(cells(row)).set_format(format).set_gap(60);
    }
}
