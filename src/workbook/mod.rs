//! The workbook 工作簿: a run as worksheets a bureau knows, and worksheets that recompute themselves.
//!
//! Everything is made of the run; nothing is read, written to disk, or taken from a clock: the same run gives the same bytes.

pub mod audit;
pub mod charts;
pub mod front;
pub mod ledger;
pub mod listed;
pub mod names;
pub mod page;
pub mod paper;
pub mod statement;
pub mod style;
pub mod terms;
pub mod words;
pub mod years;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::base::lang::Lang;
use crate::measure::Run;
use crate::measure::cell::Sheet;
use crate::measure::story::Story;
use crate::measure::town::TownView;
use crate::speak::Names as Labels;
use audit::Grid;
use audit::write::Writing;
use names::Names;
use page::Page;
use style::Style;
use words::pick;

/// What a workbook is of.
pub struct Subject<'r> {
    /// The run.
    pub run: &'r Run,
    /// Its towns, in the order of the scenario.
    pub towns: &'r [TownView<'r>],
    /// Which of them are shown, by their order.
    pub shown: Vec<usize>,
    /// First and last year shown.
    pub years: (i32, i32),
    /// The words about the run: of its only town, or of all together.
    pub story: &'r Story,
    /// The towns with worksheets that recompute themselves, by their order.
    pub audited: Vec<usize>,
    /// The digest of the inputs.
    pub digest: &'r str,
    /// Its tables of projects, counties and parameters.
    pub tables: Vec<Sheet<'r>>,
    /// The language of names and headings.
    pub lang: Lang,
}

impl Subject<'_> {
    /// The towns shown.
    fn views(&self) -> impl Iterator<Item = &TownView<'_>> {
        self.shown.iter().filter_map(|order| self.towns.get(*order))
    }

    /// The years shown, by their order in the run.
    fn orders(&self) -> Vec<usize> {
        (0..self.run.years()).filter(|order| (self.years.0..=self.years.1).contains(&self.run.year(*order))).collect()
    }

    /// What stands at the foot of every page.
    fn about(&self) -> String {
        let short = self.digest.get(..8).unwrap_or(self.digest);
        let scenario = &self.run.scenario;
        format!("{} · {} · fencheng {} · {} {short}", scenario.name, self.run.label(), env!("CARGO_PKG_VERSION"), pick(self.lang, "输入摘要", "inputs"))
    }
}

/// The bytes of the workbook.
///
/// # Errors
/// What the writer of workbooks refuses.
pub fn book(mut subject: Subject<'_>) -> Result<Vec<u8>, XlsxError> {
    let (lang, about) = (subject.lang, subject.about());
    let style = Style::new(lang, subject.run.scenario.unit);
    let (mut book, mut names) = (Workbook::new(), Names::default());
    // The day a workbook was made is no part of what it says.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(&subject.run.scenario.name).set_author("fencheng").set_creation_datetime(&day));
    let tables = std::mem::take(&mut subject.tables);
    let labels = Labels::new(&subject.run.scenario, lang);
    let mut writer = Writer { book: &mut book, names: &mut names, style: &style, labels: &labels, about: &about, lang };
    let foot = front::write(&mut writer, &subject)?;
    statement::write(&mut writer, &subject)?;
    if let Some(chart) = years::write(&mut writer, &subject)? {
        foot.draw(&mut writer, &chart)?;
    }
    ledger::write(&mut writer, &subject)?;
    tables.into_iter().try_for_each(|table| listed::write(&mut writer, table))?;
    terms::write(&mut writer)?;
    if !subject.audited.is_empty() {
        let places = subject.run.places();
        let chosen: Vec<usize> = subject.audited.iter().map(|order| places[*order]).collect();
        let grid = Grid::new(subject.run, &chosen, (pick(lang, "审计", "Audit"), pick(lang, "参数", "inputs")), &mut names);
        audit::write::write(&mut book, &grid, &labels, &Writing { style: &style, lang, about: &about })?;
    }
    book.save_to_buffer()
}

/// A workbook being written.
pub struct Writer<'w> {
    book: &'w mut Workbook,
    names: &'w mut Names,
    style: &'w Style,
    labels: &'w Labels<'w>,
    about: &'w str,
    lang: Lang,
}

impl Writer<'_> {
    /// A new worksheet under a name in two languages.
    ///
    /// # Errors
    /// Never: the name is made fit.
    pub fn page(&mut self, zh: &str, en: &str) -> Result<Page<'_>, XlsxError> {
        let name = self.names.free(pick(self.lang, zh, en));
        Page::new(self.book.add_worksheet(), &name, self.about, self.style, self.lang)
    }

    /// A worksheet of many rows: written row by row from above, its cells never stand in memory together.
    ///
    /// # Errors
    /// When the system gives no room for it.
    pub fn long_page(&mut self, zh: &str, en: &str) -> Result<Page<'_>, XlsxError> {
        let name = self.names.free(pick(self.lang, zh, en));
        Page::new(self.book.add_worksheet(), &name, self.about, self.style, self.lang)
    }
}

/// The last row a worksheet has.
pub const LAST_ROW: usize = 1_048_576;
