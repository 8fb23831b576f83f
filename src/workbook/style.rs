//! How cells look: one format a kind of cell.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::base::amount::MoneyUnit;
use crate::base::lang::Lang;

/// Formats of a workbook.
pub struct Style {
    base: Format,
    unit: MoneyUnit,
    /// The title of a worksheet.
    pub title: Format,
    /// A sentence under it.
    pub note: Format,
    /// A heading over columns.
    pub head: Format,
    /// A heading over rows.
    pub section: Format,
    /// A text.
    pub text: Format,
    /// A sentence over several columns, wrapped.
    pub told: Format,
    /// The finding itself, over several columns, wrapped.
    pub headline: Format,
    /// A long text, wrapped.
    pub wrapped: Format,
    /// A year, a count.
    pub whole: Format,
    /// A whole number of anything.
    pub count: Format,
    /// A number with as many decimals as it has.
    pub any: Format,
    /// A ratio.
    pub share: Format,
    /// An amount in the unit of the tables: shown with two decimals and a dash for nothing; the cell holds every fen.
    pub money: Format,
    /// A sum of amounts.
    pub total: Format,
    /// The heading of a sum.
    pub total_text: Format,
    /// The badge of assumed figures.
    pub badge: Format,
}

const MONEY: &str = "#,##0.00;-#,##0.00;\"–\"";
const INK: u32 = 0x00_1F_2D_3D;
const PALE: u32 = 0x00_E8_EE_F4;
const LINE: u32 = 0x00_B8_C4_D0;
const INPUT_INK: u32 = 0x00_00_00_FF;
const INPUT_PAPER: u32 = 0x00_FF_F8_CC;
const ENGINE_INK: u32 = 0x00_7F_7F_7F;
const ENGINE_PAPER: u32 = 0x00_F0_F0_F0;

impl Style {
    /// The formats of a language and a unit of money.
    #[must_use]
    pub fn new(lang: Lang, unit: MoneyUnit) -> Self {
        let font = if lang == Lang::Zh { "宋体" } else { "Calibri" };
        let base = Format::new().set_font_name(font).set_font_size(10).set_align(FormatAlign::VerticalCenter);
        let ruled = base.clone().set_border(FormatBorder::Thin).set_border_color(Color::RGB(LINE));
        let bold = ruled.clone().set_bold().set_background_color(Color::RGB(PALE));
        let money = ruled.clone().set_num_format(MONEY);
        Self {
            unit,
            title: base.clone().set_bold().set_font_size(16).set_font_color(Color::RGB(INK)),
            note: base.clone().set_font_color(Color::RGB(0x00_59_59_59)),
            head: bold.clone().set_align(FormatAlign::Center).set_text_wrap(),
            section: base.clone().set_bold().set_background_color(Color::RGB(PALE)),
            text: ruled.clone(),
            told: base.clone().set_text_wrap().set_align(FormatAlign::Left),
            headline: base.clone().set_bold().set_font_size(16).set_font_color(Color::RGB(INK)).set_text_wrap().set_align(FormatAlign::Left),
            wrapped: ruled.clone().set_text_wrap().set_align(FormatAlign::Top),
            whole: ruled.clone().set_num_format("0").set_align(FormatAlign::Center),
            any: ruled.clone().set_num_format("#,##0.00########"),
            count: ruled.clone().set_num_format("#,##0"),
            share: ruled.clone().set_num_format("0.00%"),
            total: money.clone().set_bold().set_background_color(Color::RGB(PALE)),
            money,
            total_text: bold,
            badge: base.clone().set_bold().set_font_color(Color::RGB(0x00_9C_00_06)).set_background_color(Color::RGB(0x00_FF_E3_E0)),
            base,
        }
    }

    /// What one unit of money is in fen.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most 10^10")]
    pub const fn fen_a_unit(&self) -> f64 {
        10_i64.pow(self.unit.places()) as f64
    }

    /// Decimals that still are whole fen.
    #[must_use]
    pub const fn places(&self) -> u32 {
        self.unit.places()
    }

    /// A cell the user may change: blue on yellow.
    #[must_use]
    pub fn input(&self, number: &str) -> Format {
        self.ruled(number).set_font_color(Color::RGB(INPUT_INK)).set_background_color(Color::RGB(INPUT_PAPER)).set_unlocked()
    }

    /// A formula: black.
    #[must_use]
    pub fn formula(&self, number: &str) -> Format {
        self.ruled(number)
    }

    /// A number of the program: grey.
    #[must_use]
    pub fn given(&self, number: &str) -> Format {
        self.ruled(number).set_font_color(Color::RGB(ENGINE_INK))
    }

    /// The engine's value where no formula stands: grey on grey.
    #[must_use]
    pub fn engine(&self, number: &str) -> Format {
        self.given(number).set_background_color(Color::RGB(ENGINE_PAPER)).set_italic()
    }

    fn ruled(&self, number: &str) -> Format {
        self.base.clone().set_border(FormatBorder::Hair).set_border_color(Color::RGB(LINE)).set_num_format(number)
    }
}
