//! All variants in one table, before each is told: who lacks money, what towns keep, what it costs the counties.

use serde_json::{Value, json};

use super::data::{net, restricted};
use super::grid::{Grid, Head, Kind};
use super::html::Html;
use super::words::Page;
use super::{Case, Report};
use crate::base::amount::Fen;
use crate::base::lang::Words;
use crate::measure::town::TownYear;

/// The columns: key, heading, kind.
const HEADS: [(&str, Page, Kind); 8] = [
    ("variant", Page::Variant, Kind::Text),
    ("towns_lacking", Page::TownsLacking, Kind::Count),
    ("coverage", Page::Coverage, Kind::Ratio),
    ("gap", Page::Gap, Kind::Money),
    ("recurrent_unpaid", Page::RecurrentUnpaid, Kind::Money),
    ("retained", Page::Retained, Kind::Money),
    ("change", Page::RetainedChange, Kind::Money),
    ("county_change", Page::CountyChange, Kind::Money),
];

impl Report<'_> {
    /// A row a variant; nothing where there is only one.
    pub(super) fn overview(&self) -> Option<Grid> {
        let head = |(key, word, kind): (&'static str, Page, Kind)| Head { key, words: word.words(), meaning: Words::new("", ""), unit: "", kind };
        let rows = self.cases.iter().enumerate().map(|(n, case)| self.row(n, case)).collect();
        (self.cases.len() > 1).then(|| Grid { heads: HEADS.map(head).to_vec(), rows })
    }

    #[expect(clippy::cast_precision_loss, reason = "a share that is shown with one decimal")]
    fn row(&self, n: usize, case: &Case<'_>) -> Vec<Value> {
        let (planned, paid) = (sum(case, |y| y.planned), sum(case, |y| y.paid));
        let lacks = |y: &TownYear| y.gap().max(0) + y.recurrent_unpaid;
        let lacking = case.towns.iter().filter(|view| restricted(case, view).any(|y| lacks(y) > 0)).count();
        let base = case.base.map(|base| &self.cases[base]);
        let retained = sum(case, |y| y.retained);
        vec![
            json!(format!("{} {}", n + 1, case.label)),
            json!(lacking),
            if planned > 0 { json!(paid as f64 / planned as f64) } else { Value::Null },
            json!(planned - paid),
            json!(sum(case, |y| y.recurrent_unpaid)),
            json!(retained),
            base.map_or(Value::Null, |base| json!(retained - sum(base, |y| y.retained))),
            base.map_or(Value::Null, |base| json!(net(case) - net(base))),
        ]
    }
}

/// \[分\] A figure of all towns and years shown.
fn sum(case: &Case<'_>, figure: impl Fn(&TownYear) -> Fen) -> Fen {
    case.towns.iter().flat_map(|view| restricted(case, view)).map(figure).sum()
}

/// The table with its unit, where there are several variants.
pub(super) fn section(report: &Report<'_>) -> Html {
    let Some(grid) = report.overview() else { return Html::nothing() };
    let caption = format!("{} {}", report.say(Page::Unit), report.unit_name());
    let parts = [Html::tag("h3", report.say(Page::Overview)), Html::element("p", &[("class", "unit")], caption), grid.table(report.unit(), report.lang)];
    Html::element("div", &[("class", "overview")], parts.into_iter().collect::<Html>())
}
