//! The empty form 填报表.xlsx: drop-downs, notes, checks of cells, an example row, headings that stay in sight.

use rust_xlsxwriter::{Color, DataValidation, DataValidationRule, Format, FormatBorder, Note, Workbook, Worksheet, XlsxError};

use crate::base::lang::Lang;
use crate::form::layout::{Column, FormSheet, Holds, offered};
use crate::form::questions::{BASICS, EXPLAINED, REVENUE, SHEETS};

/// Rows that are prepared to be filled in.
const ROWS: u32 = 200;
/// The row of headings: what a sheet is for stands above.
const HEADINGS: u32 = 1;
/// The first row to fill in; the example stands before it.
const FIRST: u32 = HEADINGS + 1;

/// The looks of cells.
struct Looks {
    about: Format,
    heading: Format,
    required: Format,
    example: Format,
    cell: Format,
    must: Format,
}

impl Looks {
    fn new() -> Self {
        let bordered = || Format::new().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00BF_BFBF));
        let heading = bordered().set_bold().set_text_wrap().set_background_color(Color::RGB(0x00D9_E2EF));
        Self {
            about: Format::new().set_bold().set_font_size(12),
            required: heading.clone().set_background_color(Color::RGB(0x00FF_E699)),
            heading,
            example: bordered().set_italic().set_font_color(Color::RGB(0x007F_7F7F)).set_background_color(Color::RGB(0x00F2_F2F2)),
            cell: bordered(),
            must: bordered().set_background_color(Color::RGB(0x00FF_F2CC)),
        }
    }
}

/// The bytes of the empty form.
///
/// # Errors
/// What the writer of workbooks says.
pub fn workbook(lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let (mut book, looks) = (Workbook::new(), Looks::new());
    explained(book.add_worksheet(), &looks, lang)?;
    for form in SHEETS {
        let sheet = book.add_worksheet();
        sheet.set_name(form.words.get(lang))?;
        headings(sheet, form, &looks, lang)?;
        match form.key {
            "basics" => basics(sheet, &looks, lang)?,
            key => rows(sheet, form, matches!(key, "growth" | "upper"), &looks, lang)?,
        }
        let first = if form.key == "basics" { FIRST } else { FIRST + 1 };
        sheet.set_freeze_panes(first, u16::from(form.key != "basics"))?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, HEADINGS)?;
    }
    book.save_to_buffer()
}

fn explained(sheet: &mut Worksheet, looks: &Looks, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(if lang == Lang::Zh { "填表说明" } else { "read me" })?;
    sheet.set_column_width(0, 110)?;
    for (row, words) in (0..).zip(EXPLAINED) {
        let format = if row == 0 { looks.about.clone() } else { Format::new().set_text_wrap() };
        sheet.write_with_format(row, 0, words.get(lang), &format)?;
    }
    Ok(())
}

fn headings(sheet: &mut Worksheet, form: &FormSheet, looks: &Looks, lang: Lang) -> Result<(), XlsxError> {
    sheet.write_with_format(0, 0, form.about.get(lang), &looks.about)?;
    for (at, column) in (0..).zip(form.columns) {
        let format = if column.required { &looks.required } else { &looks.heading };
        sheet.write_with_format(HEADINGS, at, column.words.get(lang), format)?;
        let note = column.note.get(lang);
        if !note.is_empty() {
            sheet.insert_note(HEADINGS, at, &Note::new(note).set_author("fencheng"))?;
        }
        sheet.set_column_width(at, width(column, form, lang))?;
    }
    sheet.set_row_height(HEADINGS, 32)?;
    Ok(())
}

fn width(column: &Column, form: &FormSheet, lang: Lang) -> f64 {
    let wide = match (column.key, form.key) {
        ("content" | "source" | "note", _) | ("name", "projects") => 28,
        ("item" | "name", _) | ("of" | "form", "system") => 20,
        _ => 11,
    };
    let letters = column.words.get(lang).chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u32>();
    f64::from(letters.min(18).max(wide))
}

/// 基本情况: what is asked stands in rows, each with its own check.
fn basics(sheet: &mut Worksheet, looks: &Looks, lang: Lang) -> Result<(), XlsxError> {
    for (row, asked) in (FIRST..).zip(BASICS) {
        sheet.write_with_format(row, 0, asked.words.get(lang), &looks.heading)?;
        sheet.write_blank(row, 1, if asked.required { &looks.must } else { &looks.cell })?;
        sheet.write_blank(row, 2, &looks.cell)?.write_blank(row, 3, &looks.cell)?;
        sheet.write_with_format(row, 4, asked.note.get(lang), &looks.example)?;
        validate(sheet, asked, (row, row), 1, lang)?;
    }
    sheet.set_column_width(4, 60)?;
    let last = FIRST + u32::try_from(BASICS.len()).unwrap_or(0) - 1;
    validate(sheet, &FormSheet::of("basics").columns[3], (FIRST, last), 3, lang)
}

fn rows(sheet: &mut Worksheet, form: &FormSheet, by_revenue: bool, looks: &Looks, lang: Lang) -> Result<(), XlsxError> {
    for (at, text) in (0..).zip(form.example) {
        sheet.write_with_format(FIRST, at, text.get(lang), &looks.example)?;
    }
    if by_revenue {
        for (row, (_, words, _)) in (FIRST + 1..).zip(REVENUE) {
            sheet.write_with_format(row, 0, words.get(lang), &looks.heading)?;
        }
    }
    for (at, column) in (0..).zip(form.columns) {
        validate(sheet, column, (FIRST + 1, FIRST + ROWS), at, lang)?;
    }
    Ok(())
}

/// The check of a column's cells, with what to write as a hint.
fn validate(sheet: &mut Worksheet, column: &Column, (first, last): (u32, u32), at: u16, lang: Lang) -> Result<(), XlsxError> {
    let rule = DataValidation::new();
    let rule = match column.holds {
        Holds::Text => return Ok(()),
        Holds::Count => rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
        Holds::Money => rule.allow_decimal_number(DataValidationRule::Between(-1e13, 1e13)),
        Holds::Share => rule.allow_decimal_number(DataValidationRule::Between(0.0, 1.0)),
        Holds::Rate => rule.allow_decimal_number(DataValidationRule::Between(-0.99, 10.0)),
        Holds::Year => rule.allow_whole_number(DataValidationRule::Between(1950, 2150)),
        Holds::Choice(choices) => rule.allow_list_strings(&offered(choices, lang))?,
    };
    if matches!(column.holds, Holds::Share | Holds::Rate) {
        let percent = Format::new().set_num_format("0.####%");
        for row in first..=last {
            sheet.write_blank(row, at, &percent)?;
        }
    }
    let (title, wrong) = if lang == Lang::Zh { ("填法不对", "请看列名上的批注") } else { ("Not valid here", "see the note of the heading") };
    let note: String = column.note.get(lang).chars().take(250).collect();
    let rule = rule.set_error_title(title)?.set_error_message(wrong)?;
    let rule = if note.is_empty() { rule } else { rule.set_input_message(note)? };
    sheet.add_data_validation(first, at, last, at, &rule)?;
    Ok(())
}
