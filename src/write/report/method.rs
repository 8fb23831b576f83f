//! How the figures are made: the definitions and formulas of the tables shown, from the dictionary.

use super::Report;
use super::html::Html;
use super::words::Page;
use crate::base::lang::Lang;
use crate::measure::cell::Column;
use crate::measure::columns;

/// The tables whose columns are explained.
const TABLES: [&[Column]; 4] = [columns::SUMMARY, columns::MEASURES, columns::COUNTY_TABLE, columns::INEQUALITY];

/// What holds for every figure.
pub(super) const RULES: [Page; 5] = [Page::RuleFen, Page::RuleClosed, Page::RuleBooks, Page::RuleGap, Page::RuleEarmarked];

/// What holds for every figure, then every measure that has a definition.
pub(super) fn section(report: &Report<'_>) -> Html {
    let rules: Html = RULES.into_iter().map(|rule| Html::tag("li", report.say(rule))).collect();
    let (heads, rows) = texts(report);
    let heads: Html = heads.into_iter().map(|head| Html::element("th", &[("scope", "col")], head)).collect();
    let rows: Html = rows.into_iter().map(row).collect();
    let table = [Html::tag("thead", Html::tag("tr", heads)), Html::tag("tbody", rows)];
    let table = Html::element("table", &[("class", "plain"), ("data-name", "method")], table.into_iter().collect::<Html>());
    [Html::tag("ul", rules), Html::element("div", &[("class", "scroll")], table)].into_iter().collect()
}

/// Every column with a definition, once.
fn explained() -> Vec<&'static Column> {
    let mut found: Vec<&Column> = Vec::new();
    for column in TABLES.into_iter().flatten().filter(|c| !c.definition.zh.is_empty()) {
        if !found.iter().any(|known| known.words == column.words && known.definition == column.definition) {
            found.push(column);
        }
    }
    found
}

/// The table of measures: headings and rows.
pub(super) fn texts(report: &Report<'_>) -> (Vec<String>, Vec<Vec<String>>) {
    let heads = [Page::Measure, Page::Meaning, Page::Formula, Page::InFiles].map(|head| report.say(head).to_owned());
    (heads.to_vec(), explained().into_iter().map(|column| told(column, report.lang)).collect())
}

fn told(column: &Column, lang: Lang) -> Vec<String> {
    // A formula in Chinese words is none for the English reader; the meaning says the same.
    let in_signs = !column.formula.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let formula = if in_signs || lang == Lang::Zh { column.formula } else { "" };
    [column.words.get(lang), column.definition.get(lang), formula, column.key].map(str::to_owned).to_vec()
}

/// A row of the page; the last cell is a key.
fn row(cells: Vec<String>) -> Html {
    let last = cells.len().saturating_sub(1);
    let cell = |(n, text): (usize, String)| Html::tag("td", if n == last { Html::tag("code", text) } else { text.into() });
    Html::tag("tr", cells.into_iter().enumerate().map(cell).collect::<Html>())
}
