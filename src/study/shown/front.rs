//! The front between towns and county as a picture tells it: its ends, and where the present rules stand.

use super::words::figure;
use crate::base::lang::Lang;
use crate::study::evaluate::Evaluator;
use crate::study::front::{Combination, Front};
use crate::study::inputs::Input;
use crate::study::measure::Figure;

/// Where the present rules stand: the values of the levers in the scenario, and what they come to.
#[must_use]
pub fn present(evaluator: &Evaluator, levers: &[Input], front: &Front) -> Option<Combination> {
    let values: Vec<i64> = levers.iter().map(|lever| lever.now).collect::<Option<_>>()?;
    if let Some(known) = front.all.iter().find(|c| c.values == values) {
        return Some(known.clone());
    }
    // They may lie outside of what is tried: so a run of their own.
    let wanted = evaluator.wanted(front.measures.iter().any(|m| m.by_town), false, None);
    let figures = evaluator.whole_run(&values, &wanted).map(|f| front.measures.map(|m| (m.of)(&f)));
    figures.is_ok().then_some(Combination { values, figures, on_front: false })
}

/// The values of the levers: 税收留成 40%，土地留成 50%
#[must_use]
pub fn values(combination: &Combination, levers: &[Input], lang: Lang) -> String {
    let one = |(lever, value): (&Input, &i64)| lever.targets.first().map_or_else(String::new, |target| format!("{} {}", lever.name, target.text(*value)));
    levers.iter().zip(&combination.values).map(one).collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " })
}

/// A figure of one side: 0 the towns', 1 the county's.
#[must_use]
pub fn said(front: &Front, combination: &Combination, side: usize, lang: Lang) -> String {
    let found = combination.figures.as_ref().ok().and_then(|figures: &[Figure; 2]| figures[side].number());
    found.map_or_else(|| "—".to_owned(), |x| figure(front.measures[side], x, lang))
}

/// What the towns' gain takes from the county, from one end of the front to the other.
#[must_use]
pub fn headline(front: &Front, lang: Lang) -> String {
    let best = front.best();
    let [towns, county] = front.measures.map(|m| m.words.get(lang));
    let Some((first, last)) = best.first().zip(best.last()) else {
        return if lang == Lang::Zh { "没有一种取值能比较".to_owned() } else { "No values can be compared".to_owned() };
    };
    let [[t0, c0], [t1, c1]] = [first, last].map(|c| [said(front, c, 0, lang), said(front, c, 1, lang)]);
    match (best.len(), lang) {
        (1, Lang::Zh) => format!("有一种取值两头都最好：{towns} {t0}，{county} {c0}"),
        (1, Lang::En) => format!("One choice is best for both: {towns} {t0}, {county} {c0}"),
        (_, Lang::Zh) => format!("{towns}要从 {t0}提到 {t1}，{county}就从 {c0}变为 {c1}"),
        (_, Lang::En) => format!("Taking {towns} from {t0} to {t1} takes {county} from {c0} to {c1}"),
    }
}

/// How many values were tried, and how the present rules compare.
#[must_use]
pub fn second(front: &Front, levers: &[Input], present: Option<&Combination>, lang: Lang) -> String {
    let (all, best) = (front.all.len(), front.best().len());
    let tried = match lang {
        Lang::Zh => format!("试了 {all} 种取值，{best} 种不被压倒（再没有两头都更好的）"),
        Lang::En => format!("{all} combinations were tried; {best} are on the front (none gives both more)"),
    };
    let Some(present) = present else { return tried };
    let (values, towns, county) = (values(present, levers, lang), said(front, present, 0, lang), said(front, present, 1, lang));
    match (present.on_front, lang) {
        (true, Lang::Zh) => format!("{tried}；现行（{values}）在其中：{towns}，{county}"),
        (false, Lang::Zh) => format!("{tried}；现行（{values}）不在其中：{towns}，{county}"),
        (true, Lang::En) => format!("{tried}; the present rules ({values}) are on it: {towns}, {county}"),
        (false, Lang::En) => format!("{tried}; the present rules ({values}) are not on it: {towns}, {county}"),
    }
}
