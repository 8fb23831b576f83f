//! One worksheet set up to be read and printed: A4 landscape, fit to width, headings on every page, scenario and page below.

use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use super::style::Style;
use super::words::pick;
use crate::base::lang::Lang;

/// A4.
const PAPER: u8 = 9;
/// Columns are no wider than this, in characters.
const WIDEST: usize = 60;

/// A worksheet being written; rows and columns count from 1, as people count them.
pub struct Page<'w> {
    /// The worksheet.
    pub sheet: &'w mut Worksheet,
    /// Formats.
    pub style: &'w Style,
    /// Language.
    pub lang: Lang,
}

#[expect(clippy::cast_possible_truncation, reason = "a worksheet has no more rows and columns than fit")]
const fn at(row: usize, column: usize) -> (u32, u16) {
    (row as u32 - 1, column as u16 - 1)
}

impl<'w> Page<'w> {
    /// Sets a worksheet up under its name; `about` stands at the foot of every page.
    ///
    /// # Errors
    /// When the name is refused.
    pub fn new(sheet: &'w mut Worksheet, name: &str, about: &str, style: &'w Style, lang: Lang) -> Result<Self, XlsxError> {
        // An ampersand begins a code of the footer; Excel takes no more than 255 characters.
        let about: String = about.replace('&', "＆").chars().take(120).collect();
        let page = pick(lang, "第 &P 页，共 &N 页", "page &P of &N");
        sheet.set_name(name)?.set_paper_size(PAPER).set_landscape().set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
        sheet.set_header(format!("&L&A&R{}", pick(lang, "县镇财政分成测算", "County–town revenue sharing")));
        sheet.set_footer(format!("&L&8{about}&R&8{page}"));
        Ok(Self { sheet, style, lang })
    }

    /// Freezes what stands above a row and left of a column, and repeats rows on every printed page.
    ///
    /// # Errors
    /// Never for cells of a worksheet.
    pub fn freeze(&mut self, row: usize, column: usize) -> Result<(), XlsxError> {
        let (y, x) = at(row, column);
        self.sheet.set_freeze_panes(y, x)?;
        if row > 1 {
            self.sheet.set_repeat_rows(y - 1, y - 1)?;
        }
        Ok(())
    }

    /// A text; one that looks like a formula stays a text.
    ///
    /// # Errors
    /// Never: texts are cut to what a cell holds.
    pub fn text(&mut self, row: usize, column: usize, text: &str, format: &Format) -> Result<(), XlsxError> {
        let (y, x) = at(row, column);
        let short: String = text.chars().take(32_000).collect();
        self.sheet.write_string_with_format(y, x, short, format)?;
        Ok(())
    }

    /// A number.
    ///
    /// # Errors
    /// Never for cells of a worksheet.
    pub fn number(&mut self, row: usize, column: usize, number: f64, format: &Format) -> Result<(), XlsxError> {
        let (y, x) = at(row, column);
        // There is no negative nought on paper.
        self.sheet.write_number_with_format(y, x, number + 0.0, format)?;
        Ok(())
    }

    /// A formula with its value.
    ///
    /// # Errors
    /// Never for cells of a worksheet.
    pub fn formula(&mut self, row: usize, column: usize, formula: &str, value: f64, format: &Format) -> Result<(), XlsxError> {
        let (y, x) = at(row, column);
        self.sheet.write_formula_with_format(y, x, Formula::new(formula).set_result(format!("{}", value + 0.0)), format)?;
        Ok(())
    }

    /// An amount in the unit of the tables.
    ///
    /// # Errors
    /// Never for cells of a worksheet.
    #[expect(clippy::cast_precision_loss, reason = "amounts stay below 10^15")]
    pub fn money(&mut self, row: usize, column: usize, fen: i64, format: &Format) -> Result<(), XlsxError> {
        self.number(row, column, fen as f64 / self.style.fen_a_unit(), format)
    }

    /// A sum of the cells of a column, from one row to another.
    ///
    /// # Errors
    /// Never for cells of a worksheet.
    #[expect(clippy::cast_precision_loss, reason = "sums stay below 2^53")]
    pub fn sum(&mut self, row: usize, column: usize, rows: (usize, usize), fen: i64) -> Result<(), XlsxError> {
        let cell = |row: usize| crate::base::place::cell_name(row, column);
        let (digits, value) = (self.style.places(), fen as f64 / self.style.fen_a_unit());
        // Decimals of amounts are no binary fractions: the sum is rounded to the fen it is.
        let formula = format!("ROUND(SUM({}:{}),{digits})", cell(rows.0), cell(rows.1));
        let format = self.style.total.clone();
        self.formula(row, column, &formula, value, &format)
    }

    /// The title and sentences under it; gives the next free row.
    ///
    /// # Errors
    /// Never for cells of a worksheet.
    pub fn top(&mut self, title: &str, notes: &[String]) -> Result<usize, XlsxError> {
        let style = self.style;
        self.text(1, 1, title, &style.title)?;
        self.sheet.set_row_height(0, 26)?;
        for (n, note) in notes.iter().enumerate() {
            self.text(n + 2, 1, note, &style.note)?;
        }
        Ok(notes.len() + 2)
    }

    /// A row of headings.
    ///
    /// # Errors
    /// Never for cells of a worksheet.
    pub fn head<T: AsRef<str>>(&mut self, row: usize, column: usize, heads: &[T]) -> Result<(), XlsxError> {
        let style = self.style;
        heads.iter().enumerate().try_for_each(|(n, head)| self.text(row, column + n, head.as_ref(), &style.head))
    }

    /// The width of columns from a first one on, in characters of which a Chinese one is two.
    ///
    /// # Errors
    /// Never for cells of a worksheet.
    pub fn widths(&mut self, column: usize, widths: &[usize]) -> Result<(), XlsxError> {
        for (n, width) in widths.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a width")]
            self.sheet.set_column_width(at(1, column + n).1, (*width).clamp(4, WIDEST) as f64)?;
        }
        Ok(())
    }

    /// Buttons to filter the rows below a heading by.
    ///
    /// # Errors
    /// Never for cells of a worksheet.
    pub fn filter(&mut self, head: usize, last: usize, columns: usize) -> Result<(), XlsxError> {
        if last > head {
            self.sheet.autofilter(at(head, 1).0, 0, at(last, 1).0, at(1, columns).1)?;
        }
        Ok(())
    }
}
