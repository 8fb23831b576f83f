//! What the figures rest on: documents with their grades, and every value with its document.

use super::Report;
use super::html::Html;
use super::words::Page;
use crate::measure::cell::{Cell, Row};
use crate::measure::tables;

/// A value, or those of a column that have the same source: path, from, as written, source, grade, where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Value {
    path: String,
    from: String,
    text: String,
    source: String,
    grade: String,
    place: String,
    count: usize,
}

/// The documents, then the values.
pub(super) fn section(report: &Report<'_>) -> Html {
    let values = values(report);
    let intro = Html::tag("p", report.say(Page::GradesMean));
    let all = [Html::tag("summary", report.say(Page::AllValues)), table(report, "parameters", &VALUE_HEADS, values.iter().map(Value::row))];
    [intro, documents(report, &values), Html::tag("details", all.into_iter().collect::<Html>())].into_iter().collect()
}

const VALUE_HEADS: [Page; 6] = [Page::Path, Page::From, Page::Written, Page::Document, Page::Grade, Page::Place];

impl Value {
    fn of(row: &Row<'_>, columns: &[&str]) -> Self {
        let cell = |key: &str| columns.iter().position(|c| *c == key).map_or("", |at| if let Cell::Key(text) | Cell::Text(text) = &row[at] { text } else { "" });
        let line = columns.iter().position(|c| *c == "line").and_then(|at| if let Cell::Whole(line) = row[at] { Some(line) } else { None });
        let (source, note) = (cell("source"), cell("note"));
        Self {
            path: cell("path").to_owned(),
            from: cell("from").to_owned(),
            text: cell("text").to_owned(),
            source: if source.is_empty() { note } else { source }.to_owned(),
            grade: if cell("grade").is_empty() { "D" } else { cell("grade") }.to_owned(),
            place: line.map_or_else(|| cell("file").to_owned(), |line| format!("{}:{line}", cell("file"))),
            count: 1,
        }
    }

    /// Whether it stands in a table of towns or projects, where each row has its own.
    fn is_of_table(&self) -> bool {
        let file = self.place.rsplit_once(':').map_or(self.place.as_str(), |(file, _)| file);
        [".csv", ".xlsx"].iter().any(|ending| file.to_lowercase().ends_with(ending))
    }

    /// The column of a table it stands in.
    fn column(self) -> Self {
        let path = self.path.rsplit_once('.').map_or(self.path.clone(), |(column, _)| format!("{column}.*"));
        let place = self.place.rsplit_once(':').map_or(self.place.clone(), |(file, _)| file.to_owned());
        Self { path, place, text: String::new(), ..self }
    }

    fn row(&self) -> Html {
        let path = if self.count > 1 { format!("{} × {}", self.path, self.count) } else { self.path.clone() };
        let cells = [Html::tag("code", path), Html::text(&self.from), Html::text(&self.text), Html::text(&self.source), Html::text(&self.grade), Html::text(&self.place)];
        Html::tag("tr", cells.into_iter().map(|cell| Html::tag("td", cell)).collect::<Html>())
    }
}

/// Every value of every run, those of a table's column together.
fn values(report: &Report<'_>) -> Vec<Value> {
    let (mut found, mut seen) = (Vec::<Value>::new(), std::collections::HashSet::new());
    let mut places = std::collections::HashMap::<_, usize>::new();
    for case in &report.cases {
        let sheet = tables::parameters(case.run);
        let columns: Vec<&str> = sheet.columns.iter().map(|c| c.key).collect();
        for row in sheet.rows {
            let value = Value::of(&row, &columns);
            if !seen.insert((value.path.clone(), value.from.clone(), value.text.clone(), value.place.clone())) {
                continue;
            }
            let value = if value.is_of_table() { value.column() } else { value };
            let key = (value.path.clone(), value.from.clone(), value.text.clone(), value.source.clone(), value.grade.clone(), value.place.clone());
            match places.get(&key) {
                Some(at) => found[*at].count += 1,
                None => {
                    places.insert(key, found.len());
                    found.push(value);
                }
            }
        }
    }
    found
}

/// The headings of the documents.
const DOCUMENT_HEADS: [Page; 4] = [Page::Grade, Page::Document, Page::Values, Page::Path];

/// The documents, as a table of texts.
#[cfg(feature = "pdf")]
pub(super) fn texts(report: &Report<'_>) -> (Vec<String>, Vec<Vec<String>>) {
    let heads = DOCUMENT_HEADS.map(|head| report.say(head).to_owned()).to_vec();
    (heads, grouped(report, &values(report)).into_iter().map(Vec::from).collect())
}

/// A row a document.
fn documents(report: &Report<'_>, values: &[Value]) -> Html {
    let cell = |(n, text): (usize, String)| match n {
        2 => Html::element("td", &[("class", "n")], text),
        3 => Html::tag("td", Html::tag("code", text)),
        _ => Html::tag("td", text),
    };
    let row = |cells: [String; 4]| Html::tag("tr", cells.into_iter().enumerate().map(cell).collect::<Html>());
    table(report, "documents", &DOCUMENT_HEADS, grouped(report, values).into_iter().map(row))
}

/// A row a document: its grade, its name, how many values rest on it, some of them.
fn grouped(report: &Report<'_>, values: &[Value]) -> Vec<[String; 4]> {
    let mut found: Vec<(String, &str, usize, Vec<&str>)> = Vec::new();
    for value in values {
        let source = if value.source.is_empty() { report.say(Page::NoDocument) } else { &value.source };
        match found.iter_mut().find(|(known, grade, ..)| known == source && *grade == value.grade) {
            Some((_, _, count, paths)) => {
                *count += value.count;
                paths.push(&value.path);
            }
            None => found.push((source.to_owned(), &value.grade, value.count, vec![&value.path])),
        }
    }
    found.sort_by_key(|(_, grade, count, _)| (*grade, std::cmp::Reverse(*count)));
    let row = |(source, grade, count, paths): (String, &str, usize, Vec<&str>)| {
        let some = paths.iter().take(3).copied().collect::<Vec<_>>().join(report.say(Page::Comma));
        let more = if paths.len() > 3 { "…" } else { "" };
        [grade.to_owned(), source, count.to_string(), format!("{some}{more}")]
    };
    found.into_iter().map(row).collect()
}

fn table(report: &Report<'_>, name: &str, heads: &[Page], rows: impl Iterator<Item = Html>) -> Html {
    let heads: Html = heads.iter().map(|head| Html::element("th", &[("scope", "col")], report.say(*head))).collect();
    let parts = [Html::tag("thead", Html::tag("tr", heads)), Html::tag("tbody", rows.collect::<Html>())];
    let table = Html::element("table", &[("class", "plain"), ("data-name", name)], parts.into_iter().collect::<Html>());
    Html::element("div", &[("class", "scroll")], table)
}
