//! A comparison taken apart by changed rule.

use super::{About, Shown};
use crate::base::amount::Fen;
use crate::measure::compare::Comparison;
use crate::measure::compare::decomposition::{Decomposition, signed};
use crate::measure::county::CountyYear;
use crate::measure::finding::money;
use crate::measure::town::TownYear;
use crate::write::chart::study::waterfall::{Panel, WaterfallPicture};

/// Retained funds, gap and the counties' net part, from before over every changed rule to after.
#[must_use]
pub fn waterfall(decomposition: &Decomposition, comparison: &Comparison<'_>, about: &About<'_>) -> WaterfallPicture {
    let lang = about.lang;
    let county = |after: bool| -> Fen { comparison.counties.iter().flat_map(|c| if after { &c.after } else { &c.before }).map(CountyYear::of_towns).sum() };
    let figures = [
        (about.words("留存财力", "Retained funds"), comparison.sum(|y| y.retained), true),
        (about.words("项目缺口", "Project gap"), comparison.sum(TownYear::gap), false),
        (about.words("县级从各镇净得", "The county's net of its towns"), (county(false), county(true)), true),
    ];
    let groups = decomposition.groups.len();
    let panel = |(n, (name, (before, after), more_is_better)): (usize, (String, (Fen, Fen), bool))| {
        let parts: Vec<Fen> = (0..groups).map(|group| decomposition.totals(group, comparison)[n]).collect();
        let shown = Shown::money(parts.iter().map(|fen| fen.abs()).max().unwrap_or(0), lang);
        #[expect(clippy::cast_precision_loss, reason = "a picture's coordinate")]
        let steps = parts.iter().map(|fen| (*fen as f64 * shown.factor, signed(*fen, lang))).collect();
        Panel { name: shown.named(&name, lang), ends: [money(before, lang), money(after, lang)], steps, more_is_better }
    };
    let before = about.words(&format!("原：{}", comparison.before.label()), &format!("Before: {}", comparison.before.label()));
    let after = about.words(&format!("新：{}", comparison.after.label()), &format!("After: {}", comparison.after.label()));
    let rules = decomposition.groups.iter().map(|group| group.named(comparison, lang));
    let note = about.words(
        "从原体制（0）逐条规则到新体制；每条规则的贡献按沙普利值计，与先后次序无关，合计等于全部差额。",
        "From the old system (0) rule by rule to the new one; what each rule brings is its Shapley value, whatever the order; together they are the whole difference.",
    );
    WaterfallPicture {
        caption: about.caption(decomposition.headline(comparison, lang), None, about.words("与原体制相比的增减", "Change against the old system"), note),
        aspect: about.aspect,
        names: std::iter::once(before).chain(rules).chain([after]).collect(),
        panels: figures.into_iter().enumerate().map(panel).collect(),
    }
}
