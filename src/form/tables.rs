//! The tables that go beside a scenario: towns with their revenue, projects, outturns.

use super::cells::Filled;
use super::draft::{Fact, Revenue, TableText};
use super::layout::{Column, FormSheet, Holds, said};
use super::questions::{DERIVED, REVENUE};
use super::read::{Reader, sheet};
use super::toml::pick;
use crate::base::lang::{Lang, Words};
use crate::base::place::Place;
use crate::diag::{Code, Problem, nearest};
use crate::load::sheet::{Cell, Sheet};
use crate::outturn::collected;

/// Columns of people and posts: their English and Chinese headings.
const COUNTS: [(&str, &str); 3] = [("population", "人口"), ("staff", "编制"), ("villages", "村社区数")];

/// A revenue of the table and the columns it is the sum of.
struct Found {
    id: &'static str,
    words: Words,
    class: &'static str,
    at: Vec<usize>,
}

impl Found {
    /// The heading of its column in the scenario's table.
    fn heading(&self, lang: Lang) -> String {
        pick(lang, self.words.zh, self.id).to_owned()
    }

    /// Whether a row says nothing of it.
    fn is_empty_in(&self, row: &[Cell]) -> bool {
        self.at.iter().all(|at| row.get(*at).is_none_or(|c| c.text.is_empty()))
    }
}

impl Reader<'_> {
    /// The towns, and the revenue that stands in their columns.
    pub(super) fn towns(&mut self, sheet: &Sheet) -> (TableText, Vec<Revenue>) {
        let (filled, lang) = (self.filled(sheet, "towns"), self.lang);
        filled.required(self.problems);
        let kept = self.revenue_columns(sheet, &filled);
        let fixed = [("town", "镇"), ("county", "县"), ("class", "类别")].into_iter().chain(COUNTS).map(|(en, zh)| pick(lang, zh, en).to_owned());
        let mut table = TableText { headings: fixed.chain(kept.iter().map(|r| r.heading(lang))).collect(), ..TableText::default() };
        for row in filled.rows() {
            let mut cells = vec![filled.text(row, "town"), self.basics.county.clone(), filled.text(row, "class")];
            cells.extend(COUNTS.map(|(key, _)| filled.count(row, key, self.problems).unwrap_or_default()));
            for revenue in &kept {
                let fen: i64 = revenue.at.iter().filter_map(|at| filled.fen_at(row, *at, self.problems)).sum();
                cells.push(self.basics.unit.print(fen));
            }
            table.rows.push(cells);
        }
        if table.rows.is_empty() {
            self.problems.push(Problem::new(Code::E782, &Place::File(sheet.file)).with_in("item", "镇", "town"));
        }
        let zero = pick(lang, "表中没有填，按 0", "not filled in, taken as 0");
        let empty = kept.iter().filter(|r| filled.rows().any(|row| r.is_empty_in(row)));
        table.assumed = empty.map(|r| (r.heading(lang), zero.to_owned())).collect();
        table.evidence = self.evidences(&filled);
        let revenue = |r: &Found| Revenue { id: r.id.to_owned(), name: pick(lang, r.words.zh, r.words.en).to_owned(), class: r.class, growth: Fact::default() };
        (table, kept.iter().map(revenue).collect())
    }

    /// The revenue a scenario needs: of gross revenue the national rules want every tax, of local parts only those there are.
    fn revenue_columns(&self, sheet: &Sheet, filled: &Filled<'_>) -> Vec<Found> {
        let called = |at: usize| collected::national(&crate::check::split_unit(&sheet.headings[at].text).0);
        let columns = |id: &str| match filled.column(id) {
            Some(own) => (0..sheet.headings.len()).filter(|at| *at == own || called(*at).as_deref() == Some(id)).collect(),
            None => (0..sheet.headings.len()).filter(|at| called(*at).as_deref() == Some(id)).collect::<Vec<_>>(),
        };
        let local = self.basics.local;
        let wanted = REVENUE.iter().chain(DERIVED.iter().filter(|_| local));
        let found = wanted.map(|(id, words, class)| Found { id, words: *words, class, at: columns(id) });
        found.filter(|r| (!local && r.id != "land_net") || filled.rows().any(|row| !r.is_empty_in(row))).collect()
    }

    /// The projects of the form, if there are any.
    pub(super) fn projects(&mut self, towns: &[String]) -> Option<TableText> {
        self.project_table(sheet(self.sheets, "projects")?, towns)
    }

    /// A table of projects.
    pub(super) fn project_table(&mut self, sheet: &Sheet, towns: &[String]) -> Option<TableText> {
        let filled = self.filled(sheet, "projects");
        filled.rows().next()?;
        filled.required(self.problems);
        let form = FormSheet::of("projects");
        let columns: Vec<&Column> = form.columns.iter().filter(|c| !["source", "grade"].contains(&c.key) && filled.column(c.key).is_some()).collect();
        let mut table = TableText { headings: columns.iter().map(|c| pick(self.lang, c.words.zh, c.key).to_owned()).collect(), ..TableText::default() };
        for row in filled.rows() {
            if let Some(cell) = filled.cell(row, "town").filter(|c| !towns.contains(&c.text)) {
                let near = nearest(&cell.text, towns.iter().map(String::as_str));
                self.problems.push(Problem::new(Code::E106, &cell.place).with("name", &cell.text).with_some("nearest", near));
            }
            table.rows.push(columns.iter().map(|column| self.project_cell(&filled, row, column)).collect());
        }
        table.evidence = self.evidences(&filled);
        Some(table)
    }

    fn project_cell(&mut self, filled: &Filled<'_>, row: &[Cell], column: &Column) -> String {
        let (key, problems) = (column.key, &mut *self.problems);
        let text = match column.holds {
            Holds::Text => Some(filled.text(row, key)),
            Holds::Money => filled.amount(row, key, self.basics.unit, problems),
            Holds::Count => filled.count(row, key, problems),
            Holds::Year => filled.year(row, key, problems).map(|y| y.to_string()),
            Holds::Share | Holds::Rate => filled.share(row, key, problems),
            Holds::Choice(choices) => filled.choice(row, key, problems).map(|meaning| said(choices, meaning, self.lang).to_owned()),
        };
        text.unwrap_or_default()
    }

    /// The outturns of the form, if there are any.
    pub(super) fn outturns(&mut self) -> Option<TableText> {
        let sheet = sheet(self.sheets, "outturns")?;
        let filled = self.filled(sheet, "outturns");
        filled.rows().next()?;
        filled.required(self.problems);
        let keys = ["town", "year", "item", "scope", "amount", "source", "grade"];
        let headings = match self.lang {
            Lang::Zh => ["镇", "年份", "项目", "口径", "数额", "来源", "依据等级"],
            Lang::En => keys,
        };
        let mut table = TableText { headings: headings.map(str::to_owned).to_vec(), ..TableText::default() };
        for row in filled.rows() {
            filled.year(row, "year", self.problems);
            let amount = filled.amount(row, "amount", self.basics.unit, self.problems).unwrap_or_default();
            table.rows.push(keys.iter().map(|key| if *key == "amount" { amount.clone() } else { filled.text(row, key) }).collect());
        }
        Some(table)
    }
}
