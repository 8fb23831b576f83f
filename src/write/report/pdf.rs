//! The report on paper: findings, a picture a variant, tables town by town, method and sources on A4 pages.

use super::findings::tightest;
use super::grid::{Grid, shown};
use super::words::Page;
use super::{Case, Report, method, sources};
use crate::measure::compare::finding;
use crate::write::chart::document::{Block, pages, pdf};
use crate::write::chart::{Aspect, ChartError, funds::draw};
use crate::write::picture::{Subject, funds::funds};

/// Up to so many towns each have a picture of their own, under the first run.
const MOST_PICTURES: usize = 12;
/// A table of the first run is told to its end up to so many rows.
const MOST_WHOLE: usize = 400;
/// So many rows has a table that is not told to its end.
const MOST_ROWS: usize = 40;

impl Report<'_> {
    /// The same as the page, as PDF with selectable text.
    ///
    /// # Errors
    /// When a picture cannot be drawn or the PDF cannot be made.
    pub fn pdf(&self) -> Result<Vec<u8>, ChartError> {
        let name = self.cases.first().map_or("", |c| c.run.scenario.name.as_str());
        let title = format!("{name} · {}", self.say(Page::Kind));
        let mut blocks = vec![Block::Title(name.to_owned()), Block::Note(self.say(Page::Kind).to_owned()), Block::Heading(self.say(Page::Findings).to_owned())];
        if let Some(grid) = self.overview() {
            blocks.extend([Block::Text(self.say(Page::Overview).to_owned()), Block::Note(format!("{} {}", self.say(Page::Unit), self.unit_name())), self.table(&grid)]);
        }
        for (n, case) in self.cases.iter().enumerate() {
            blocks.extend(self.found(n, case));
        }
        for (n, case) in self.cases.iter().enumerate() {
            blocks.extend(self.drawn(n == 0, case)?);
            blocks.extend(self.tabulated(n == 0, case));
        }
        blocks.push(Block::NewPage);
        blocks.push(Block::Heading(self.say(Page::Method).to_owned()));
        blocks.extend(method::RULES.map(|rule| Block::Text(self.say(rule).to_owned())));
        let (heads, rows) = method::texts(self);
        blocks.push(Block::Table(heads, vec![false; 4], rows));
        blocks.extend([Block::Heading(self.say(Page::Sources).to_owned()), Block::Text(self.say(Page::GradesMean).to_owned())]);
        let (heads, rows) = sources::texts(self);
        blocks.push(Block::Table(heads, vec![false, false, true, false], rows));
        blocks.extend(self.terms());
        blocks.extend(self.again());
        let started = self.origins.first().map_or("", |o| o.started.as_str());
        pdf(&pages(&blocks, &format!("{title} · fencheng {} · {started}", env!("CARGO_PKG_VERSION"))), &title)
    }

    fn found(&self, n: usize, case: &Case<'_>) -> Vec<Block> {
        let against = case.base.map_or(String::new(), |base| format!(" · {} {}", self.say(Page::Against), self.cases[base].label));
        let mut blocks = vec![Block::Kicker(format!("{} {}{against}", n + 1, case.label))];
        if let Some(story) = &case.story {
            blocks.push(Block::Lead(story.headline.clone()));
            blocks.extend(story.second.iter().cloned().map(Block::Text));
            blocks.extend(story.warning.iter().chain(story.badge.iter().filter(|_| n == 0)).cloned().map(Block::Alarm));
        }
        if let Some(comparison) = case.comparison {
            let lines = std::iter::once(finding::headline(comparison, self.lang)).chain(finding::lots(comparison, self.lang));
            blocks.extend(lines.chain([finding::whole(comparison, self.lang)]).map(|line| Block::Text(format!("· {line}"))));
        }
        blocks
    }

    /// The picture of all towns, and of each where they are few: of the first run, for the others show what differs.
    fn drawn(&self, first_of_all: bool, case: &Case<'_>) -> Result<Vec<Block>, ChartError> {
        let (Some(_), Some(first), Some(last)) = (&case.story, case.years.first(), case.years.last()) else { return Ok(Vec::new()) };
        let mut blocks = vec![Block::NewPage, Block::Heading(format!("{} · {}", self.say(Page::Funds), case.label))];
        let all: Vec<usize> = case.towns.iter().map(|view| view.order).collect();
        let together = (all.len() > 1).then(|| all.clone());
        let each = all.iter().map(|town| vec![*town]).filter(|_| all.len() == 1 || first_of_all && all.len() <= MOST_PICTURES);
        let baseline = case.base.map(|base| self.cases[base].run);
        let when = self.origins.get(case.origin).map_or("", |o| o.started.as_str());
        for towns in together.into_iter().chain(each) {
            let only = if let [only] = towns[..] { Some(only) } else { None };
            let story = crate::measure::story::tell(case.run, baseline, only, self.lang);
            let subject = Subject { run: case.run, all: &case.towns, towns: &towns, story: &story, years: (*first, *last), when, lang: self.lang, aspect: Aspect::Wide };
            let drawing = draw(&funds(&subject))?;
            blocks.push(Block::Picture(drawing.svg, drawing.size));
        }
        Ok(blocks)
    }

    /// The tables: all of them of the first run, of the others only what they change.
    fn tabulated(&self, first_of_all: bool, case: &Case<'_>) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut put = |title: Page, grid: Grid| {
            if !grid.rows.is_empty() {
                blocks.push(Block::Heading(format!("{} · {} · {} {}", self.say(title), case.label, self.say(Page::Unit), self.unit_name())));
                blocks.extend(self.cut(grid, first_of_all));
            }
        };
        match case.compared() {
            Some(grid) if !first_of_all => put(Page::ChangeTitle, grid),
            _ => put(Page::Towns, case.measures()),
        }
        if first_of_all {
            put(Page::County, case.county(case.base.map(|b| &self.cases[b])));
            put(Page::Projects, case.projects());
        }
        let lines = tightest(self, case);
        if !lines.is_empty() {
            blocks.push(Block::Heading(format!("{} · {}", self.say(Page::TightestTowns), case.label)));
            blocks.extend(lines.into_iter().map(Block::Text));
        }
        blocks
    }

    /// A table; of those that are not told to their end the rows that press most, and a note.
    fn cut(&self, mut grid: Grid, whole: bool) -> Vec<Block> {
        let all = grid.rows.len();
        if all <= if whole { MOST_WHOLE } else { MOST_ROWS } {
            return vec![self.table(&grid)];
        }
        let at = |key: &str| grid.heads.iter().position(|h| h.key == key);
        if let Some(at) = at("change").or_else(|| at("gap")).or_else(|| at("unpaid")) {
            grid.rows.sort_by_key(|row| -row[at].as_i64().unwrap_or(0).abs());
        } else if let Some(at) = at("three_guarantees_cover") {
            let cover = |row: &Vec<serde_json::Value>| row[at].as_f64().unwrap_or(f64::INFINITY);
            grid.rows.sort_by(|a, b| cover(a).total_cmp(&cover(b)));
        }
        grid.rows.truncate(MOST_ROWS);
        let note = self.say(Page::OnlyRows).replace("{n}", &MOST_ROWS.to_string()).replace("{all}", &all.to_string());
        vec![Block::Note(note), self.table(&grid)]
    }

    fn table(&self, grid: &Grid) -> Block {
        let heads = grid.heads.iter().map(|head| head.heading(self.lang)).collect();
        let numbers = grid.heads.iter().map(|head| head.kind.is_number()).collect();
        let row = |row: &Vec<serde_json::Value>| row.iter().zip(&grid.heads).map(|(value, head)| shown(value, head.kind, self.unit(), self.lang)).collect();
        Block::Table(heads, numbers, grid.rows.iter().map(row).collect())
    }

    /// The glossary, a table a subject.
    fn terms(&self) -> Vec<Block> {
        let heads = [Page::Term, Page::OtherLanguage, Page::Meaning].map(|head| self.say(head).to_owned()).to_vec();
        let mut blocks = vec![Block::Heading(self.say(Page::Glossary).to_owned())];
        for topic in &self.glossary {
            let said =
                |lines: &[(&str, String)]| lines.iter().map(|(label, text)| format!("{label}{}{text}", self.say(Page::Colon))).collect::<Vec<_>>().join(self.say(Page::Stop));
            let rows = topic.terms.iter().map(|(name, other, lines)| vec![(*name).to_owned(), (*other).to_owned(), said(lines)]).collect();
            blocks.extend([Block::Lead(topic.name.to_owned()), Block::Table(heads.clone(), vec![false; 3], rows)]);
        }
        blocks
    }

    fn again(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Heading(self.say(Page::Again).to_owned())];
        for origin in &self.origins {
            blocks.push(Block::Text(format!("{}{}{}", self.say(Page::Command), self.say(Page::Colon), origin.command)));
            blocks.push(Block::Text(format!("{}{}{}", self.say(Page::Version), self.say(Page::Colon), origin.version)));
            let heads = [Page::Input, Page::Digest].map(|head| self.say(head).to_owned()).to_vec();
            blocks.push(Block::Table(heads, vec![false, false], origin.inputs.iter().map(|(file, digest)| vec![file.clone(), digest.clone()]).collect()));
        }
        blocks
    }
}
