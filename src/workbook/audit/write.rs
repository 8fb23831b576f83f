//! Writing the worksheets that recompute themselves.

use std::collections::HashMap;

use rust_xlsxwriter::{Format, Note, Workbook, XlsxError};

use super::coefficient::Inputs;
use super::inputs::{FACTOR, FIRST, NUDGE, RATIO, TYPED, WHOLE, typed};
use super::layout::{Line, Measure, Row};
use super::{Content, FIRST_COLUMN, FIRST_ROW, Grid, Spot};
use crate::base::lang::Lang;
use crate::base::place::cell_name;
use crate::base::ratio::Factor;
use crate::plan::Domain;
use crate::rules::field::Quantity;
use crate::rules::param::Leaf;
use crate::workbook::names::fixed;
use crate::workbook::page::Page;
use crate::workbook::style::Style;
use crate::workbook::words::pick;

/// The row of the headings.
const HEAD: usize = FIRST_ROW - 1;
/// The row that sums up what differs from the engine.
const CHECK: usize = 9;

/// Everything the worksheets of a workbook share.
pub struct Writing<'w> {
    /// Formats.
    pub style: &'w Style,
    /// Language.
    pub lang: Lang,
    /// What stands at the foot of every page.
    pub about: &'w str,
}

/// Adds the worksheets of a grid to a workbook.
///
/// # Errors
/// What the writer of workbooks refuses.
pub fn write(book: &mut Workbook, grid: &Grid<'_>, names: &crate::speak::Names<'_>, writing: &Writing<'_>) -> Result<(), XlsxError> {
    let mut inputs = grid.inputs(names);
    let sheets: Vec<(Spot, Vec<Row>)> = grid.spots().map(|spot| (spot, grid.lines(spot, &mut inputs, writing.lang))).collect();
    write_inputs(book, grid, &inputs, writing)?;
    sheets.into_iter().try_for_each(|(spot, rows)| write_sheet(book, grid, spot, &rows, writing))
}

/// Formats by what a cell holds and how it is read, made once.
struct Formats<'s> {
    style: &'s Style,
    made: HashMap<(u8, Measure), Format>,
}

impl Formats<'_> {
    fn of(&mut self, content: &Content, shown: Measure) -> Format {
        let (kind, make): (u8, fn(&Style, &str) -> Format) = match content {
            Content::Formula(_) => (0, Style::formula),
            Content::Input => (1, Style::input),
            Content::Given => (2, Style::given),
            Content::Engine => (3, Style::engine),
        };
        self.made.entry((kind, shown)).or_insert_with(|| make(self.style, number_format(shown))).clone()
    }
}

/// Whole fen are shown as 万元 by two commas, each a division by a thousand: what stands in the cell stays whole fen.
const fn number_format(shown: Measure) -> &'static str {
    match shown {
        Measure::Fen => "#,##0.00,,;[Red]-#,##0.00,,;0",
        Measure::FenEach | Measure::CentiMu | Measure::Metre => "#,##0",
        Measure::Share => "0.00####%",
        Measure::Number => "General",
    }
}

fn write_sheet(book: &mut Workbook, grid: &Grid<'_>, spot: Spot, rows: &[Row], writing: &Writing<'_>) -> Result<(), XlsxError> {
    let (lang, years) = (writing.lang, grid.run.years());
    let mut page = Page::new(book.add_worksheet(), grid.sheet(spot).unwrap_or_default(), writing.about, writing.style, lang)?;
    top(&mut page, grid, spot, rows)?;
    let heads = [pick(lang, "行", "row"), pick(lang, "项目", "item"), pick(lang, "路径", "path"), pick(lang, "单位", "unit"), pick(lang, "来由", "made by")];
    page.head(HEAD, 1, &heads)?;
    let shown: Vec<String> = (0..years).map(|y| grid.run.year(y).to_string()).collect();
    page.head(HEAD, FIRST_COLUMN, &shown)?;
    page.head(HEAD, FIRST_COLUMN + years, &[pick(lang, "与引擎差（分）", "off the engine, fen")])?;
    page.head(HEAD, FIRST_COLUMN + years + 1, &shown.iter().map(|year| format!("{} {year}", pick(lang, "引擎", "engine"))).collect::<Vec<_>>())?;
    let mut formats = Formats { style: writing.style, made: HashMap::new() };
    for (n, row) in rows.iter().enumerate() {
        match row {
            Row::Heading(text) => page.text(FIRST_ROW + n, 1, text, &writing.style.section)?,
            Row::Line(line) => write_line(&mut page, FIRST_ROW + n, line, years, &mut formats)?,
        }
    }
    page.widths(1, &[6, 40, 30, 15, 14])?;
    page.widths(FIRST_COLUMN, &vec![13; years])?;
    page.widths(FIRST_COLUMN + years, &[15])?;
    page.widths(FIRST_COLUMN + years + 1, &vec![13; years])?;
    let engine = u16::try_from(FIRST_COLUMN + years).unwrap_or(u16::MAX);
    page.sheet.group_columns_collapsed(engine, engine + u16::try_from(years).unwrap_or(1) - 1)?;
    page.sheet.set_print_area(0, 0, u32::try_from(FIRST_ROW + rows.len() - 2).unwrap_or(0), engine - 1)?;
    page.freeze(FIRST_ROW, FIRST_COLUMN)
}

/// Title, legend, and how far the worksheet is from the engine.
fn top(page: &mut Page<'_>, grid: &Grid<'_>, spot: Spot, rows: &[Row]) -> Result<(), XlsxError> {
    let (lang, style, years) = (page.lang, page.style, grid.run.years());
    let town = |place: usize| &grid.run.scenario.towns[grid.run.compiled.towns[place]];
    let who = if spot.domain == Domain::Town { format!("{} {}", town(spot.place).county, town(spot.place).name) } else { grid.run.compiled.counties[spot.place].clone() };
    let lines: Vec<&Line> = rows.iter().filter_map(|row| if let Row::Line(line) = row { Some(line) } else { None }).collect();
    let count = |wanted: &Content| lines.iter().flat_map(|line| &line.cells).filter(|cell| cell.content == *wanted && cell.value != 0.0).count();
    let (given, engine) = (count(&Content::Given), count(&Content::Engine));
    page.top(
        &format!("{who} · {}", pick(lang, "审计表（可重算）", "audit sheet, recomputes itself")),
        &[
            pick(
                lang,
                "金额格内是整分（如 123456789 分显示为 123.46 万元）；每步按 ROUND(金额×r⁺,0) 四舍五入到分，r⁺ 在参数页。",
                "Cells of money hold whole fen, shown in 10,000 yuan; every step is rounded to the fen by ROUND(amount×r⁺,0), with r⁺ on the sheet of inputs.",
            )
            .to_owned(),
            format!(
                "{}{}{}",
                pick(
                    lang,
                    "改参数页的黄格，本表随之重算。灰字是程序按日期、人数等算好的系数（",
                    "Change a yellow cell of the sheet of inputs and this sheet follows. Grey numbers were made by the program of dates and counts ("
                ),
                given,
                pick(lang, " 个非零），不随输入变动。", " not nought) and do not follow.")
            ),
            format!(
                "{}{}{}",
                pick(
                    lang,
                    "灰底斜体是引擎值（均衡性转移支付的分配、竞争立项、没有列出的镇），不随改动变化：",
                    "Italics on grey are values of the engine (shares of a pool, competitions, towns not on a sheet), which do not follow: "
                ),
                engine,
                pick(lang, " 个非零。", " not nought.")
            ),
        ],
    )?;
    let legend = [
        (style.input("0"), pick(lang, "输入", "input")),
        (style.formula("0"), pick(lang, "公式", "formula")),
        (style.given("0"), pick(lang, "程序算出", "by the program")),
        (style.engine("0"), pick(lang, "引擎值", "engine value")),
    ];
    legend.iter().enumerate().try_for_each(|(n, (format, text))| page.text(7, 2 + n, text, format))?;
    page.text(
        CHECK,
        1,
        pick(
            lang,
            "与引擎差合计（分，绝对值之和）：未改参数时为 0；改了参数后是改动的影响，不是错误",
            "sum of what is off the engine, fen, without signs: 0 until something is changed, then what the change brings, no error",
        ),
        &style.note,
    )?;
    let (column, last) = (FIRST_COLUMN + years, FIRST_ROW + rows.len() - 1);
    let (unit, off) = (|row| fixed(row, 4), |row| fixed(row, column));
    let formula = format!("SUMIF({}:{},\"{}\",{}:{})", unit(FIRST_ROW), unit(last), Measure::Fen.words().get(lang), off(FIRST_ROW), off(last));
    page.formula(CHECK, column, &formula, 0.0, &style.formula("#,##0"))
}

fn write_line(page: &mut Page<'_>, row: usize, line: &Line, years: usize, formats: &mut Formats<'_>) -> Result<(), XlsxError> {
    let (lang, style) = (page.lang, page.style);
    #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
    page.number(row, 1, row as f64, &style.whole)?;
    page.text(row, 2, &line.name, &style.text)?;
    page.text(row, 3, &line.path, &style.text)?;
    page.text(row, 4, line.shown.words().get(lang), &style.text)?;
    page.text(row, 5, made_by(line, lang), &style.text)?;
    for (year, cell) in line.cells.iter().enumerate() {
        let format = formats.of(&cell.content, line.shown);
        match &cell.content {
            Content::Formula(text) => page.formula(row, FIRST_COLUMN + year, text, cell.value, &format)?,
            _ => page.number(row, FIRST_COLUMN + year, cell.value, &format)?,
        }
        if line.checked {
            let format = formats.of(&Content::Given, line.shown);
            page.number(row, FIRST_COLUMN + years + 1 + year, cell.value, &format)?;
        }
    }
    if line.checked {
        let range = |column: usize| format!("{}:{}", cell_name(row, column), cell_name(row, column + years - 1));
        let formula = format!("SUMPRODUCT(ABS({}-{}))", range(FIRST_COLUMN), range(FIRST_COLUMN + years + 1));
        page.formula(row, FIRST_COLUMN + years, &formula, 0.0, &formats.of(&Content::Formula(String::new()), Measure::Number))?;
    }
    Ok(())
}

/// Where the numbers of a line come from.
fn made_by(line: &Line, lang: Lang) -> &'static str {
    let any = |wanted: fn(&Content) -> bool| line.cells.iter().any(|cell| wanted(&cell.content));
    let (live, given, engine) = (any(|c| matches!(c, Content::Formula(_))), any(|c| *c == Content::Given), any(|c| *c == Content::Engine));
    match (live, given, engine) {
        _ if any(|c| *c == Content::Input) => pick(lang, "输入", "input"),
        (true, false, false) => pick(lang, "公式", "formula"),
        (false, false, true) => pick(lang, "引擎值", "engine value"),
        (true, _, true) => pick(lang, "公式、引擎值", "formula, engine"),
        (true, true, false) => pick(lang, "公式、程序", "formula, program"),
        _ => pick(lang, "程序算出", "by the program"),
    }
}

fn write_inputs(book: &mut Workbook, grid: &Grid<'_>, inputs: &Inputs<'_>, writing: &Writing<'_>) -> Result<(), XlsxError> {
    let (lang, style) = (writing.lang, writing.style);
    let mut page = Page::new(book.add_worksheet(), &grid.inputs, writing.about, style, lang)?;
    page.top(
        pick(lang, "审计表的输入", "Inputs of the audit sheets"),
        &[
            pick(
                lang,
                "黄格可改：一个参数一格，审计表里各年各处的系数都由它算出。比例最多六位小数，金额到分。",
                "Yellow cells may be changed: one a parameter, from which every coefficient on the audit sheets follows. Ratios have six decimals at most, money is whole fen.",
            )
            .to_owned(),
            pick(
                lang,
                "“整数”是引擎用的整数（分、百万分之一、0.01亩）；r⁺＝比例×(1＋2⁻⁵¹)，使 ROUND 与手算四舍五入一致，整数不动。",
                "\"whole\" is the engine's whole number (fen, millionths, 0.01 mu); r⁺ = ratio × (1+2⁻⁵¹) makes ROUND equal decimal rounding on paper; whole numbers stay.",
            )
            .to_owned(),
            pick(
                lang,
                "“部分”表示这个参数还参与了程序算好的系数（灰字）：改它时审计表只跟随一部分，请改用 fencheng run --set。",
                "\"partly\": some coefficients the program made (grey) also rest on it and do not follow; then use fencheng run --set.",
            )
            .to_owned(),
        ],
    )?;
    page.text(NUDGE.0, NUDGE.1 - 1, "1+2^-51", &style.note)?;
    page.formula(NUDGE.0, NUDGE.1, "1+2^-51", 1.0 + 2.0 * f64::EPSILON, &style.formula("General"))?;
    let heads = [
        ("路径", "path"),
        ("参数", "parameter"),
        ("起", "from"),
        ("数值", "value"),
        ("单位", "unit"),
        ("整数", "whole"),
        ("r⁺", "r⁺"),
        ("1＋数值", "1 + value"),
        ("等级", "grade"),
        ("依据", "source"),
        ("原文", "as written"),
        ("文件", "file"),
        ("行", "line"),
        ("跟随", "follows"),
    ];
    page.head(FIRST - 1, 1, &heads.map(|(zh, en)| pick(lang, zh, en)))?;
    for (n, id) in inputs.used.iter().enumerate() {
        let partly = inputs.partly.contains(id);
        write_input(&mut page, FIRST + n, grid, grid.run.scenario.leaves.get(*id), &inputs.called(&grid.run.scenario.leaves.get(*id).path), partly)?;
    }
    page.widths(1, &[40, 40, 11, 16, 12, 18, 12, 12, 6, 40, 14, 24, 6, 8])?;
    page.filter(FIRST - 1, FIRST - 1 + inputs.used.len(), heads.len())?;
    page.freeze(FIRST, TYPED)
}

#[expect(clippy::cast_precision_loss, reason = "whole numbers of parameters stay below 2^53")]
fn write_input(page: &mut Page<'_>, row: usize, grid: &Grid<'_>, leaf: &Leaf, called: &str, partly: bool) -> Result<(), XlsxError> {
    let (lang, style) = (page.lang, page.style);
    let (scale, unit) = typed(leaf.quantity, grid.run.scenario.unit, lang);
    let is_ratio = matches!(leaf.quantity, Quantity::Share | Quantity::Rate | Quantity::Number);
    let number = if matches!(leaf.quantity, Quantity::Share | Quantity::Rate) { "0.00####%" } else { "#,##0.00####" };
    page.text(row, 1, &leaf.path, &style.text)?;
    page.text(row, 2, called, &style.text)?;
    page.text(row, 3, &leaf.from.map_or_else(String::new, |day| day.to_string()), &style.text)?;
    page.number(row, TYPED, leaf.value as f64 / scale, &style.input(number))?;
    page.text(row, 5, &unit, &style.text)?;
    let (cell, whole) = (cell_name(row, TYPED), cell_name(row, WHOLE));
    page.formula(row, WHOLE, &format!("ROUND({cell}*{scale},0)"), leaf.value as f64, &style.formula("0"))?;
    if is_ratio {
        let nudge = fixed(NUDGE.0, NUDGE.1);
        let ratio = crate::base::ratio::Ratio(leaf.value).coefficient();
        page.formula(row, RATIO, &format!("IF(MOD({whole},1000000)=0,{whole}/1000000,{whole}/1000000*{nudge})"), ratio, &style.formula("General"))?;
        let factor = Factor(1_000_000_000 + leaf.value * 1_000).to_f64();
        page.formula(row, FACTOR, &format!("(1000000000+{whole}*1000)/1000000000"), factor, &style.formula("General"))?;
    }
    let (file, line) = grid.run.scenario.files.line_of(&leaf.place);
    let source = leaf.provenance.source.clone().unwrap_or_default();
    page.text(row, 9, leaf.provenance.grade.map_or("", |grade| grade.letter()), &style.text)?;
    page.text(row, 10, &source, &style.text)?;
    page.text(row, 11, &leaf.text, &style.text)?;
    page.text(row, 12, &grid.run.scenario.files.from_scenario(file), &style.text)?;
    if line > 0 {
        page.number(row, 13, line as f64, &style.whole)?;
    }
    page.text(row, 14, if partly { pick(lang, "部分", "partly") } else { pick(lang, "全部", "wholly") }, &style.text)?;
    if !source.is_empty() {
        let told: String = format!("{}\n{source}\n{}:{line}", leaf.path, grid.run.scenario.files.from_scenario(file)).chars().take(1_000).collect();
        let (y, x) = (u32::try_from(row - 1).unwrap_or(0), u16::try_from(TYPED - 1).unwrap_or(0));
        page.sheet.insert_note(y, x, &Note::new(told).add_author_prefix(false))?;
    }
    Ok(())
}
