//! The tables of the page: which columns of which table, and the same for readers without script.

use super::grid::{Grid, Kind};
use super::html::Html;
use super::words::Page;
use super::{Case, Report};
use crate::measure::cell::Cell;
use crate::measure::{county, projects, tables};

/// More rows than this are not repeated for readers without script: they have the tables of the run.
const MOST_ROWS: usize = 300;

/// The measures of every town over the years.
const MEASURES: [(&str, Kind); 16] = [
    ("town", Kind::Text),
    ("county", Kind::Text),
    ("class", Kind::Text),
    ("status", Kind::Word),
    ("retained", Kind::Money),
    ("planned", Kind::Money),
    ("paid", Kind::Money),
    ("gap", Kind::Money),
    ("coverage", Kind::Ratio),
    ("first_shortfall", Kind::Year),
    ("peak_gap_year", Kind::Year),
    ("guarantees_cover", Kind::Ratio),
    ("land_dependence", Kind::Ratio),
    ("self_sufficiency", Kind::Ratio),
    ("retained_per_head", Kind::Number),
    ("projects_delayed", Kind::Count),
];

const COUNTY: [(&str, Kind); 12] = [
    ("county", Kind::Text),
    ("year", Kind::Year),
    ("own_revenue", Kind::Money),
    ("from_towns", Kind::Money),
    ("held", Kind::Money),
    ("transfers_paid", Kind::Money),
    ("resources", Kind::Money),
    ("three_guarantees", Kind::Money),
    ("debt_service", Kind::Money),
    ("balance", Kind::Money),
    ("three_guarantees_cover", Kind::Ratio),
    ("broken_by_reform", Kind::Count),
];

const PROJECTS: [(&str, Kind); 12] = [
    ("project_id", Kind::Text),
    ("project", Kind::Text),
    ("town", Kind::Text),
    ("class", Kind::Text),
    ("status", Kind::Word),
    ("cost", Kind::Money),
    ("town_cost", Kind::Money),
    ("paid", Kind::Money),
    ("unpaid", Kind::Money),
    ("planned_start", Kind::Year),
    ("planned_finish", Kind::Year),
    ("finish", Kind::Year),
];

const COMPARISON: [(&str, Kind); 10] = [
    ("town", Kind::Text),
    ("county", Kind::Text),
    ("outcome", Kind::Word),
    ("retained_before", Kind::Money),
    ("retained_after", Kind::Money),
    ("change", Kind::Money),
    ("gap_before", Kind::Money),
    ("gap_after", Kind::Money),
    ("coverage_before", Kind::Ratio),
    ("coverage_after", Kind::Ratio),
];

impl Case<'_> {
    /// Every town over the years.
    pub(super) fn measures(&self) -> Grid {
        Grid::of(projects::measures(self.run, &self.towns), &MEASURES)
    }

    /// The counties of the towns shown, in the years shown.
    pub(super) fn county(&self, baseline: Option<&Self>) -> Grid {
        let mut sheet = county::table(self.run, baseline.map(|b| b.run));
        let shown = |cells: &[Cell<'_>]| {
            let county = cells.iter().find_map(|c| if let Cell::Text(name) = c { Some(name.as_ref()) } else { None });
            let year = cells.iter().find_map(|c| if let Cell::Year(year) = c { Some(*year) } else { None });
            self.towns.iter().any(|v| Some(v.town.county.as_str()) == county) && year.is_some_and(|y| self.years.contains(&y))
        };
        let rows: Vec<_> = sheet.rows.filter(|row| shown(row)).collect();
        sheet.rows = Box::new(rows.into_iter());
        Grid::of(sheet, &COUNTY)
    }

    /// The projects of the towns shown.
    pub(super) fn projects(&self) -> Grid {
        let mut sheet = projects::projects(self.run);
        let at = sheet.columns.iter().position(|c| c.key == "town_id").unwrap_or(0);
        let rows: Vec<_> = sheet.rows.filter(|row| matches!(&row[at], Cell::Text(id) if self.towns.iter().any(|v| v.id == **id))).collect();
        sheet.rows = Box::new(rows.into_iter());
        Grid::of(sheet, &PROJECTS)
    }

    /// Town by town against what it is compared with.
    pub(super) fn compared(&self) -> Option<Grid> {
        let sheet = self.comparison?.tables().into_iter().find(|sheet| sheet.name == "comparison")?;
        Some(Grid::of(sheet, &COMPARISON))
    }

    /// What each level gets of all that is raised, over the years and towns shown: keys and fen.
    pub(super) fn levels(&self) -> Vec<(String, i64)> {
        let sheet = tables::levels(self.run, &self.towns);
        let at = |key: &str| sheet.columns.iter().position(|c| c.key == key).unwrap_or(0);
        let (year, party, amount) = (at("year"), at("party"), at("amount"));
        let mut sums: Vec<(String, i64)> = Vec::new();
        for row in sheet.rows {
            let (Cell::Year(year), Cell::Key(party), Cell::Money(fen)) = (&row[year], &row[party], &row[amount]) else { continue };
            if !self.years.contains(year) {
                continue;
            }
            // As the status of a project the same key means something else.
            let party = if party == "outside" { "society" } else { party.as_ref() };
            match sums.iter_mut().find(|(known, _)| known == party) {
                Some((_, sum)) => *sum += fen,
                None => sums.push((party.to_string(), *fen)),
            }
        }
        sums
    }
}

/// For readers without script: the picture, and the tables of as many runs as a page can bear.
pub(super) fn without_script(report: &Report<'_>) -> Html {
    let mut parts = vec![Html::element("p", &[("class", "second")], report.say(Page::NoScript))];
    if !report.picture.is_empty() {
        parts.push(Html::element("figure", &[("class", "picture")], Html::trusted(report.picture.clone())));
    }
    let mut rows = 0;
    for case in &report.cases {
        let (measures, compared) = (case.measures(), case.compared());
        rows += measures.rows.len();
        if rows > MOST_ROWS && rows > measures.rows.len() {
            parts.push(Html::element("p", &[("class", "second")], report.say(Page::MoreTables)));
            break;
        }
        parts.push(Html::tag("h3", case.label.as_str()));
        parts.push(measures.table(report.unit(), report.lang));
        parts.extend(compared.map(|grid| grid.table(report.unit(), report.lang)));
    }
    parts.into_iter().collect()
}
