//! Sweeps over levers, and inputs moved one after the other.

use super::{About, Shown, less_is_better};
use crate::base::lang::Lang;
use crate::study::measure::{Measure, Unit};
use crate::study::shown::axis::Axis;
use crate::study::shown::cells::{Cell, Cells};
use crate::study::shown::tornado::{End, Tornado};
use crate::study::shown::words::figure;
use crate::write::chart::study::line::{LinePicture, Step};
use crate::write::chart::study::map::{MapPicture, Patch, Side};
use crate::write::chart::study::tornado::{self as picture, TornadoPicture};

/// A measure over two levers.
#[must_use]
pub fn map(cells: &Cells, measure: &'static Measure, headline: String, about: &About<'_>) -> MapPicture {
    let lang = about.lang;
    let means = || cells.defined().filter_map(|(_, _, cell)| cell.mean());
    let shown = Shown::of(measure, means(), lang);
    let side = |axis: &Axis| Side { name: axis.name.clone(), texts: axis.texts.clone(), now: axis.now };
    let patch = |cell: &Cell| {
        let value = cell.mean()?;
        Some(Patch { value: value * shown.factor, text: short(value * shown.factor, measure), full: cell.is_full(), broken: cell.broken > 0 })
    };
    let ends = [means().fold(f64::INFINITY, f64::min), means().fold(f64::NEG_INFINITY, f64::max)].map(|value| short(value * shown.factor, measure) + shown.suffix);
    let unit_line = shown.named(measure.words.get(lang), lang) + shown.suffix_words(lang);
    MapPicture {
        caption: about.caption(headline, second(cells, lang), unit_line, note(cells, about)),
        aspect: about.aspect,
        across: side(&cells.axes[0]),
        upward: cells.axes.get(1).map(side).unwrap_or_default(),
        cells: cells.all().map(|(_, _, cell)| patch(cell)).collect(),
        less_is_better: less_is_better(measure),
        ends,
        names: [
            about.words("够用的界线：一侧计划全都有钱可付", "on one side of this line all plans are paid"),
            about.words("县级三保不足", "the county's three guarantees break"),
            about.words("现行取值", "as the scenario stands"),
            about.words("不能计算", "cannot be computed"),
        ],
    }
}

/// A measure over one lever.
#[must_use]
pub fn line(cells: &Cells, measure: &'static Measure, headline: String, about: &About<'_>) -> LinePicture {
    let (lang, axis) = (about.lang, &cells.axes[0]);
    let shown = Shown::of(measure, cells.defined().flat_map(|(_, _, cell)| [cell.low, cell.high]), lang);
    let step = |(at, _, cell): (usize, usize, &Cell)| Step {
        place: axis.places[at],
        text: axis.texts[at].clone(),
        value: cell.mean().map(|mean| mean * shown.factor),
        value_text: cell.mean().map_or_else(String::new, |mean| figure(measure, mean, lang)),
        band: (cell.points > 1).then_some((cell.low * shown.factor, cell.high * shown.factor)),
        full: cell.is_full(),
        broken: cell.broken > 0,
    };
    LinePicture {
        caption: about.caption(headline, second(cells, lang), shown.named(measure.words.get(lang), lang), note(cells, about)),
        aspect: about.aspect,
        name: axis.name.clone(),
        steps: cells.all().map(step).collect(),
        now: axis.now.map(|at| (at, about.words("现行", "now"))),
        suffix: shown.suffix,
        names: [
            about.words("计划全都有钱可付", "all plans are paid"),
            about.words("县级三保不足", "the county's three guarantees break"),
            about.words("各点的最低到最高", "from the lowest to the highest point"),
        ],
    }
}

impl Shown {
    /// Cells print percentages without the sign.
    const fn suffix_words(self, lang: Lang) -> &'static str {
        match (self.suffix.is_empty(), lang) {
            (true, _) => "",
            (false, Lang::Zh) => "，%",
            (false, Lang::En) => ", %",
        }
    }
}

/// A value as a cell has room for it.
fn short(value: f64, measure: &Measure) -> String {
    let text = match measure.unit {
        Unit::Ratio => format!("{value:.1}"),
        Unit::Money if value.abs() < 100.0 => format!("{value:.1}"),
        Unit::Count if value.fract() != 0.0 => format!("{value:.1}"),
        Unit::Money | Unit::Count | Unit::Year => format!("{value:.0}"),
    };
    if text.trim_start_matches('-').trim_matches(['0', '.']).is_empty() { text.replace('-', "") } else { text.replace('-', "−") }
}

/// What the other levers do.
fn second(cells: &Cells, lang: Lang) -> Option<String> {
    let fixed: Vec<String> = cells.fixed.iter().map(|fixed| format!("{} {}", fixed.name, fixed.text)).collect();
    let mut said = Vec::new();
    let comma = if lang == Lang::Zh { "、" } else { ", " };
    if !fixed.is_empty() {
        let list = fixed.join(comma);
        said.push(if lang == Lang::Zh { format!("其余变量不动：{list}") } else { format!("other levers stay: {list}") });
    }
    if !cells.averaged.is_empty() {
        let list = cells.averaged.join(comma);
        said.push(if lang == Lang::Zh { format!("对其余变量取平均：{list}") } else { format!("averaged over: {list}") });
    }
    (!said.is_empty()).then(|| said.join(if lang == Lang::Zh { "；" } else { "; " }))
}

fn note(cells: &Cells, about: &About<'_>) -> String {
    let several = cells.has_several_points();
    let failed: u64 = cells.all().map(|(_, _, cell)| cell.failed).sum();
    let mut said = if several {
        about.words("每处为所有抽样的平均；每次抽样都付得起才算够用。", "Means over all draws; enough means at every draw.")
    } else {
        String::new()
    };
    if failed > 0 {
        said.push_str(&about.words(&format!("{failed} 个点不能计算，见 points.csv。"), &format!(" {failed} points cannot be computed, see points.csv.")));
    }
    said
}

/// Inputs moved one after the other.
#[must_use]
pub fn tornado(tornado: &Tornado, measure: &'static Measure, headline: String, about: &About<'_>) -> TornadoPicture {
    let (lang, bars) = (about.lang, tornado.bars());
    let base = tornado.base.unwrap_or(0.0);
    let shown = Shown::of(measure, bars.iter().flat_map(|bar| &bar.ends).filter_map(|end| end.value).chain([base]), lang);
    let end = |end: &End| {
        let value = end.value.map_or_else(|| "—".to_owned(), |value| figure(measure, value, lang));
        picture::End { text: format!("{} → {value}", end.text), value: end.value.map(|value| value * shown.factor) }
    };
    let now = figure(measure, base, lang);
    let name = shown.named(measure.words.get(lang), lang);
    let drawn = about.words(
        "抽样的因素取 5% 与 95% 分位（P5、P95），其余取最低与最高值；每次只动一个。",
        "Drawn inputs at their 5 % and 95 % quantiles (P5, P95), levers at their lowest and highest value; one at a time.",
    );
    TornadoPicture {
        caption: about.caption(headline, None, name.clone(), drawn),
        aspect: about.aspect,
        name,
        base: (base * shown.factor, about.words(&format!("都不动 {now}"), &format!("nothing moved {now}"))),
        bars: bars.iter().map(|bar| picture::Bar { name: bar.name.clone(), ends: bar.ends.each_ref().map(end) }).collect(),
        suffix: shown.suffix,
        names: [about.words("低的一端", "low end"), about.words("高的一端", "high end")],
    }
}
