//! Figures by year 年度: years across, items down, a block a town; native charts of funds against the plan.

use rust_xlsxwriter::{Chart, XlsxError};

use super::charts::{Plot, ROWS, STACKED, Series, WIDTH};
use super::page::Page;
use super::words::pick;
use super::{Subject, Writer};
use crate::base::amount::Fen;
use crate::base::lang::Words;
use crate::measure::columns::SUMMARY;
use crate::measure::town::{TownView, TownYear, ratio};

/// More towns than this have no charts of their own: a workbook of hundreds of pictures opens slowly.
const MOST_CHARTS: usize = 12;

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
/// Beside the amounts: the line of the chart.
const NEEDED: Words = Words::new("经常性支出＋计划项目", "recurrent and planned");

fn words(key: &str) -> Words {
    SUMMARY.iter().find(|column| column.key == key).map_or(Words::both(""), |column| column.words)
}

/// Writes the worksheet; gives the first chart where there is one town.
///
/// # Errors
/// What the writer of workbooks refuses.
pub fn write(writer: &mut Writer<'_>, subject: &Subject<'_>) -> Result<Option<Chart>, XlsxError> {
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
    let columns = vec![13; orders.len() + 1];
    let paper = page.across(&[34], &columns)?;
    let width = paper.room(&columns).min(WIDTH);
    // Where years go on over several pages the second chart stands on the second of them.
    let beside = paper.breaks.first().map(|years| 2 + years);
    let (mut row, mut begins, mut only) = (top + 1, Vec::new(), None);
    for view in subject.views() {
        let first = row;
        begins.push(row);
        row = block(&mut page, row, view, &orders)?;
        if charts {
            let pair = draw(&page, top, first + 1, view, subject, (orders.len(), width));
            let band = row + 1;
            if band + ROWS - first > paper.rows() {
                begins.push(band);
            }
            page.chart(band, 2, &pair[0])?;
            row = match beside {
                Some(column) => page.chart(band, column, &pair[1]).map(|()| band + ROWS)?,
                None => page.chart(band + ROWS, 2, &pair[1]).map(|()| band + 2 * ROWS)?,
            };
            only = Some(pair[0].clone());
        }
        row += 1;
    }
    page.pages_begin(&begins[begins.len().min(1)..])?;
    Ok(only.filter(|_| subject.shown.len() == 1))
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
                None => page.text(at, 2 + n, "—", &style.whole)?,
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

/// The charts of a block: funds against what is to be spent, and the gap.
fn draw(page: &Page<'_>, head: usize, first: usize, view: &TownView<'_>, subject: &Subject<'_>, (years, width): (usize, usize)) -> [Chart; 2] {
    let (lang, sheet) = (page.lang, page.sheet.name());
    let down = |key: &str| first + AMOUNTS.iter().position(|(known, _)| *known == key).unwrap_or(AMOUNTS.len()) - head;
    let series = |key: &str| Series { name: words(key).get(lang), down: down(key), right: 0 };
    let unit = if lang == crate::base::lang::Lang::Zh { subject.run.scenario.unit.symbol() } else { subject.run.scenario.unit.english() };
    let plot = Plot { sheet: &sheet, from: (head, 2), to: (head, 1 + years), lang, unit, width };
    let mut funds: Vec<Series<'_>> = STACKED.iter().map(|(key, _)| series(key)).collect();
    funds.push(Series { name: NEEDED.get(lang), down: first + AMOUNTS.len() - head, right: 0 });
    [plot.funds(&funds, &view.town.name), plot.gap(&series("gap"), &view.town.name)]
}
