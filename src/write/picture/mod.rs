//! Pictures of runs: from a run to the neutral series of each kind of chart. One file a kind.
//!
//! ```text
//! Subject ─<kind>→ FundsPicture, HeatPicture, … → Picture ─draw→ Drawing ─render→ file
//! ```

pub mod batch;
pub mod calendar;
pub mod county;
pub mod flow;
pub mod funds;
pub mod heat;
pub mod lorenz;
pub mod towns;
pub mod variants;

use crate::base::{lang::Lang, when::Year};
use crate::measure::Run;
use crate::measure::findings::Words;
use crate::measure::story::{self, Story};
use crate::measure::town::TownView;

use super::chart::{Aspect, Caption, ChartError, Drawing};
use super::chart::{calendar as calendar_chart, flow as flow_chart, funds as funds_chart, heat as heat_chart, lorenz as lorenz_chart, multiples};

/// What a picture is of.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'r> {
    /// The run.
    pub run: &'r Run,
    /// All its towns.
    pub all: &'r [TownView<'r>],
    /// The towns shown, by their order.
    pub towns: &'r [usize],
    /// What is said of them: of the town where there is one, else of all together.
    pub story: &'r Story,
    /// First and last year shown.
    pub years: (Year, Year),
    /// When it was run, as printed.
    pub when: &'r str,
    /// In which language.
    pub lang: Lang,
    /// The shape of the page.
    pub aspect: Aspect,
}

impl<'r> Subject<'r> {
    /// The towns shown.
    #[must_use]
    pub fn views(&self) -> Vec<&'r TownView<'r>> {
        self.all.iter().filter(|v| self.towns.contains(&v.order)).collect()
    }

    /// The town, where only one is shown.
    #[must_use]
    pub fn only(&self) -> Option<usize> {
        match self.towns {
            [town] => Some(*town),
            _ => None,
        }
    }

    /// Who is shown: the town, or how many.
    #[must_use]
    pub fn who(&self) -> String {
        match (self.only(), self.lang) {
            (Some(town), _) => self.run.scenario.towns[town].name.clone(),
            (None, Lang::Zh) => format!("{} 个镇", self.towns.len()),
            (None, Lang::En) => format!("{} towns", self.towns.len()),
        }
    }

    /// Chinese or English words.
    fn words(&self, zh: &str, en: &str) -> String {
        if self.lang == Lang::Zh { zh.to_owned() } else { en.to_owned() }
    }
}

/// The words around a plot: the finding, what is shown in which unit, notes, and what it is a picture of.
fn caption(subject: &Subject<'_>, words: Words, unit_line: String) -> Caption {
    let mut footnotes = words.notes;
    let digest = super::manifest::input_digest(subject.run);
    footnotes.push(story::imprint(subject.run, &subject.story.grades, subject.when, &digest, subject.lang));
    Caption { headline: words.headline, second_line: words.second, unit_line, badge: subject.story.badge.clone(), footnotes }
}

/// A picture of any kind, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Picture {
    /// Retained funds, or a county's money, against what is to be spent.
    Funds(funds_chart::FundsPicture),
    /// Towns or variants side by side.
    Multiples(multiples::MultiplesPicture),
    /// Where one yuan goes.
    Flow(flow_chart::FlowPicture),
    /// Gaps by town and year.
    Heat(heat_chart::HeatPicture),
    /// How unequal towns are.
    Lorenz(lorenz_chart::LorenzPicture),
    /// Projects, planned and actual.
    Calendar(calendar_chart::CalendarPicture),
}

impl Picture {
    /// Draws it.
    ///
    /// # Errors
    /// What the chart says.
    pub fn draw(&self) -> Result<Drawing, ChartError> {
        match self {
            Self::Funds(data) => funds_chart::draw(data),
            Self::Multiples(data) => multiples::draw(data),
            Self::Flow(data) => flow_chart::draw(data),
            Self::Heat(data) => heat_chart::draw(data),
            Self::Lorenz(data) => lorenz_chart::draw(data),
            Self::Calendar(data) => calendar_chart::draw(data),
        }
    }
}

/// A picture and the words of its file name, most important first.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// Such as `濛阳镇`, `全部镇-热力`, `全部镇-各镇-01`.
    pub name: String,
    /// The picture.
    pub picture: Picture,
}

/// Why a kind has nothing to show for a subject, in Chinese and English.
pub type Nothing = (&'static str, &'static str);

/// The pictures of one kind (by its key) of a subject, several where there are several counties or pages. The kinds `funds` and `variants` are
/// drawn by their own functions, for they ask for more than a subject.
///
/// # Errors
/// Why there is nothing to draw.
pub fn of_run(kind: &str, subject: &Subject<'_>) -> Result<Vec<(Option<String>, Picture)>, Nothing> {
    let one = |picture: Picture| vec![(None, picture)];
    match kind {
        "county" => county::pictures(subject),
        "towns" => Ok(towns::pictures(subject)),
        "flow" => flow::picture(subject).map(|p| one(Picture::Flow(p))),
        "heat" => heat::picture(subject).map(|p| one(Picture::Heat(p))),
        "lorenz" => lorenz::picture(subject).map(|p| one(Picture::Lorenz(p))),
        "calendar" => calendar::picture(subject).map(|p| one(Picture::Calendar(p))),
        _ => Ok(one(Picture::Funds(funds::funds(subject)))),
    }
}
