//! Charts of the spreadsheet itself: they follow their cells.

use rust_xlsxwriter::{Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType, Color};

use super::words::pick;
use crate::base::lang::Lang;

/// The width of a chart in pixels, where there is room.
pub const WIDTH: usize = 960;
/// Rows a chart takes.
pub const ROWS: usize = 20;
/// The funds of a year, one upon another: the keys of their columns and the colour of each.
pub const STACKED: &[(&str, u32)] =
    &[("retained_tax", 0x2F_6D_B5), ("retained_other", 0x8F_B4_DC), ("retained_transfer", 0x9A_A0_A6), ("retained_fee", 0x5B_A8_5B), ("retained_land", 0xC9_8B_2B)];
const NEEDED: u32 = 0xC0_00_00;
const GAP: u32 = 0xD6_4B_3C;
const PLANNED: u32 = 0xB8_C4_D0;

/// Figures on a worksheet that a chart shows.
pub struct Plot<'p> {
    /// The worksheet.
    pub sheet: &'p str,
    /// What the figures are of: first row (or column), last, all counted from 1.
    pub from: (usize, usize),
    /// … their last cell.
    pub to: (usize, usize),
    /// The language of its words.
    pub lang: Lang,
    /// The unit of money.
    pub unit: &'p str,
    /// Its width in pixels.
    pub width: usize,
}

/// A series: its name, and rows or columns to move from the categories to the values.
pub struct Series<'s> {
    /// Its name.
    pub name: &'s str,
    /// Rows further down.
    pub down: usize,
    /// Columns further right.
    pub right: usize,
}

impl Plot<'_> {
    fn add(&self, chart: &mut Chart, series: &Series<'_>, format: &mut ChartFormat) {
        let cells = |down: usize, right: usize| {
            let at = |(row, column): (usize, usize)| (u32::try_from(row + down - 1).unwrap_or(0), u16::try_from(column + right - 1).unwrap_or(0));
            let (from, to) = (at(self.from), at(self.to));
            (self.sheet, from.0, from.1, to.0, to.1)
        };
        chart.add_series().set_name(series.name).set_categories(cells(0, 0)).set_values(cells(series.down, series.right)).set_format(format).set_gap(60);
    }

    fn finish(&self, chart: &mut Chart, title: &str, over: &str) {
        chart.title().set_name(title);
        chart.set_width(u32::try_from(self.width).unwrap_or(960)).set_height(380);
        chart.x_axis().set_name(over);
        chart.y_axis().set_name(self.unit).set_num_format("#,##0");
        chart.legend().set_position(ChartLegendPosition::Bottom);
    }

    /// Funds by year, one upon another, against what is to be spent; the last series is the line.
    #[must_use]
    pub fn funds(&self, series: &[Series<'_>], town: &str) -> Chart {
        let mut chart = Chart::new(ChartType::ColumnStacked);
        let (needed, stacked) = series.split_last().map_or((None, series), |(last, rest)| (Some(last), rest));
        for (series, (_, colour)) in stacked.iter().zip(STACKED) {
            self.add(&mut chart, series, &mut filled(*colour));
        }
        let mut line = Chart::new(ChartType::Line);
        if let Some(series) = needed {
            self.add(&mut line, series, ChartFormat::new().set_line(&ChartLine::new().set_color(Color::RGB(NEEDED)).set_width(2.25).clone()));
        }
        chart.combine(&line);
        // The name of a town stands last: a title that began with = would be a formula.
        self.finish(&mut chart, &format!("{}{town}", pick(self.lang, "留存财力与支出计划：", "Retained funds and planned spending: ")), self.year());
        chart
    }

    /// The gap by year.
    #[must_use]
    pub fn gap(&self, series: &Series<'_>, town: &str) -> Chart {
        let mut chart = Chart::new(ChartType::Column);
        self.add(&mut chart, series, &mut filled(GAP));
        self.finish(&mut chart, &format!("{}{town}", pick(self.lang, "各年缺口：", "Gap by year: ")), self.year());
        chart.legend().set_hidden();
        chart
    }

    /// What towns plan beside what of it is paid.
    #[must_use]
    pub fn towns(&self, planned: &Series<'_>, paid: &Series<'_>) -> Chart {
        let mut chart = Chart::new(ChartType::Column);
        for (series, colour) in [(planned, PLANNED), (paid, STACKED[0].1)] {
            self.add(&mut chart, series, &mut filled(colour));
        }
        self.finish(&mut chart, pick(self.lang, "各镇计划项目支出与已付", "Planned and paid by town"), pick(self.lang, "镇", "town"));
        chart
    }

    const fn year(&self) -> &'static str {
        pick(self.lang, "年度", "year")
    }
}

fn filled(colour: u32) -> ChartFormat {
    ChartFormat::new().set_solid_fill(&ChartSolidFill::new().set_color(Color::RGB(colour)).clone()).clone()
}
