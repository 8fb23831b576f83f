//! One worksheet set up to be read and printed: A4 landscape, fit to width, headings on every page, scenario and page below.

use rust_xlsxwriter::{Chart, Format, Formula, Worksheet, XlsxError};

use super::paper::Paper;
use super::style::Style;
use super::words::pick;
use crate::base::lang::Lang;

/// A4.
const PAPER: u8 = 9;
/// Columns are no wider than this, in characters.
const WIDEST: usize = 60;

/// Pages of a worksheet that may begin at rows of our choice.
const MOST_BREAKS: usize = 1_000;

/// The width of a text in characters, a Chinese one counting two.
#[must_use]
pub fn wide(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// The lines a text takes in a column of a width; words are not cut, so a little is left free.
#[must_use]
pub fn lines(text: &str, characters: usize) -> usize {
    let room = (characters * 9 / 10).max(2);
    text.split('\n').map(|line| wide(line).div_ceil(room).max(1)).sum()
}

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

    /// A text over several columns, wrapped, in a row as high as it takes.
    ///
    /// # Errors
    /// Never for cells of a worksheet.
    pub fn wide(&mut self, row: usize, columns: (usize, usize), text: &str, format: &Format, (characters, points): (usize, f64)) -> Result<(), XlsxError> {
        let ((y, from), (_, to)) = (at(row, columns.0), at(row, columns.1));
        let short: String = text.chars().take(32_000).collect();
        self.sheet.merge_range(y, from, y, to, &short, format)?;
        self.height(row, lines(&short, characters), points)
    }

    /// A row of so many lines of text.
    ///
    /// # Errors
    /// Never for rows of a worksheet.
    pub fn height(&mut self, row: usize, lines: usize, points: f64) -> Result<(), XlsxError> {
        // A row is at most 409 points high.
        #[expect(clippy::cast_precision_loss, reason = "a number of lines")]
        self.sheet.set_row_height(at(row, 1).0, (lines as f64 * points + 2.0).min(409.0))?;
        Ok(())
    }

    /// Prints columns over as many pages as they need, the first on every one; gives how.
    ///
    /// # Errors
    /// Never for columns of a worksheet.
    pub fn across(&mut self, repeated: &[usize], columns: &[usize]) -> Result<Paper, XlsxError> {
        self.widths(1, &[repeated, columns].concat())?;
        let paper = Paper::of(repeated, columns);
        let breaks: Vec<u32> = paper.breaks.iter().filter_map(|n| u32::try_from(repeated.len() + n).ok()).collect();
        self.sheet.set_print_scale(u16::try_from(paper.scale).unwrap_or(100)).set_vertical_page_breaks(&breaks)?;
        self.sheet.set_repeat_columns(0, at(1, repeated.len()).1)?;
        Ok(paper)
    }

    /// A chart, its upper left corner in a cell.
    ///
    /// # Errors
    /// What the writer of workbooks refuses.
    pub fn chart(&mut self, row: usize, column: usize, chart: &Chart) -> Result<(), XlsxError> {
        let (y, x) = at(row, column);
        self.sheet.insert_chart(y, x, chart)?;
        Ok(())
    }

    /// A row begins a new page.
    ///
    /// # Errors
    /// Never for rows of a worksheet.
    pub fn pages_begin(&mut self, rows: &[usize]) -> Result<(), XlsxError> {
        // Spreadsheets take no more than this.
        let breaks: Vec<u32> = rows.iter().take(MOST_BREAKS).map(|row| at(*row, 1).0).collect();
        self.sheet.set_page_breaks(&breaks)?;
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
