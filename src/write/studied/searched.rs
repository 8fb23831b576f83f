//! The front, sensitivity and discoveries.

use super::{About, Shown, less_is_better};
use crate::base::lang::Lang;
use crate::measure::finding::percent;
use crate::rules::field::Quantity;
use crate::study::front::{Combination, Front};
use crate::study::inputs::Input;
use crate::study::math::bootstrap::Estimate;
use crate::study::sensitivity::{Analysis, Index, ranked};
use crate::study::shown::front::{headline, said, second, values};
use crate::study::shown::scatter::{ACROSS, Scatter, Side, name};
use crate::write::chart::study::boxed::{BoxPicture, Spot};
use crate::write::chart::study::front::{Choice, FrontPicture};
use crate::write::chart::study::indices::{IndicesPicture, Input as Ranked, Share};
use crate::write::chart::study::screening::{Point, ScreeningPicture};

/// The county to the right, the towns upward.
#[must_use]
pub fn front(front: &Front, levers: &[Input], present: Option<&Combination>, about: &About<'_>) -> FrontPicture {
    let lang = about.lang;
    let number = |c: &Combination, side: usize| c.figures.as_ref().ok().and_then(|figures| figures[side].number());
    let of_side = |side: usize| Shown::of(front.measures[side], front.all.iter().chain(present).filter_map(|c| number(c, side)), lang);
    let shown = [of_side(0), of_side(1)];
    let choice = |c: &Combination| Some(Choice { upward: number(c, 0)? * shown[0].factor, across: number(c, 1)? * shown[1].factor, on_front: c.on_front });
    let names = [0, 1].map(|side| shown[side].named(front.measures[side].words.get(lang), lang));
    let told = |c: &Combination| Some((choice(c)?, format!("{}（{}，{}）", values(c, levers, lang), said(front, c, 0, lang), said(front, c, 1, lang))));
    let best = front.best();
    let ends = best.first().into_iter().chain(best.last().filter(|_| best.len() > 1));
    let between = best.iter().skip(1).take(best.len().saturating_sub(2)).step_by((best.len() / 5).max(1));
    let short = |c: &&Combination| Some((choice(c)?, values(c, levers, lang)));
    let named: Vec<(Choice, String)> = ends.filter_map(|c| told(c)).chain(between.filter_map(short)).map(|(c, words)| (c, english(words, lang))).collect();
    let note = about.words("每个点是一种取值；右、上都更好的点不存在，才算不被压倒。", "Every mark is a choice; it is on the front where no other gives both sides more.");
    FrontPicture {
        caption: about.caption(headline(front, lang), Some(second(front, levers, present, lang)), names[0].clone(), note),
        aspect: about.aspect,
        name: names[1].clone(),
        choices: front.all.iter().filter_map(choice).collect(),
        named,
        present: present.and_then(|c| Some((choice(c)?, about.words("现行规则", "present rules")))),
        suffixes: [shown[1].suffix, shown[0].suffix],
        less_is_better: [less_is_better(front.measures[1]), less_is_better(front.measures[0])],
        names: [about.words("不被压倒的取值", "the front"), about.words("其他取值", "other choices"), about.words("现行规则", "present rules")],
    }
}

/// Brackets and commas as English has them.
fn english(words: String, lang: Lang) -> String {
    if lang == Lang::Zh { words } else { words.replace('（', " (").replace('）', ")").replace('，', ", ") }
}

/// Sobol' indices of a measure.
#[must_use]
pub fn indices(analysis: &Analysis, inputs: &[Input], headline: String, warning: Option<String>, about: &About<'_>) -> IndicesPicture {
    let lang = about.lang;
    let share = |e: &Estimate| Share { value: e.value * 100.0, interval: (e.low() * 100.0, e.high() * 100.0), text: percent(e.value) };
    let ranked = ranked(&analysis.indices).into_iter().filter_map(|order| match &analysis.indices[order] {
        Index::Sobol { first, total } => Some(Ranked { name: inputs[order].name.clone(), indices: [share(first), share(total)] }),
        Index::Morris { .. } => None,
    });
    let name = analysis.measure.words.get(lang);
    let note = about.words(
        "一阶：单独解释的方差；总效应：连同与其他因素的共同作用。横线为 95% 自助法区间。",
        "First: the share of the variance an input explains alone; total: with all it does together with others. Whiskers are 95 % bootstrap intervals.",
    );
    IndicesPicture {
        caption: about.caption(headline, warning, about.words(&format!("{name}的方差由谁引起"), &format!("What makes {name} vary")), note),
        aspect: about.aspect,
        name: about.words("占方差", "share of variance"),
        inputs: ranked.collect(),
        names: [about.words("一阶指数", "first index"), about.words("总效应指数", "total index"), about.words("95% 区间", "95 % interval")],
    }
}

/// A Morris screening of a measure.
#[must_use]
pub fn screening(analysis: &Analysis, inputs: &[Input], headline: String, about: &About<'_>) -> ScreeningPicture {
    let lang = about.lang;
    let effects = || analysis.indices.iter().filter_map(|index| if let Index::Morris { mu_star, sigma, .. } = index { Some((mu_star, *sigma)) } else { None });
    let shown = Shown::of(analysis.measure, effects().flat_map(|(mean, sigma)| [mean.value, sigma]), lang);
    let point = |((mean, sigma), input): ((&Estimate, f64), &Input)| Point {
        name: input.name.clone(),
        mean: mean.value * shown.factor,
        interval: (mean.low() * shown.factor, mean.high() * shown.factor),
        deviation: sigma * shown.factor,
    };
    let points: Vec<Point> = effects().zip(inputs).map(point).collect();
    let name = analysis.measure.words.get(lang);
    let note = about.words(
        "μ*：因素由最低到最高，指标平均改变多少；σ：各处改变的差别，大则与其他因素有交互或非线性。横线为 μ* 的 95% 区间。",
        "μ*: the mean size of the change from the lowest to the highest value; σ: how unequal these changes are, large where inputs interact or effects bend. Whiskers: 95 % interval of μ*.",
    );
    ScreeningPicture {
        caption: about.caption(headline, None, shown.named(&about.words(&format!("{name}：σ（标准差）"), &format!("{name}: σ (standard deviation)")), lang), note),
        aspect: about.aspect,
        name: shown.named(&about.words("μ*（平均绝对效应）", "μ* (mean absolute effect)"), lang),
        points,
        suffix: shown.suffix,
        line: "σ = μ*".to_owned(),
    }
}

/// A discovery over the two inputs that matter most.
#[must_use]
pub fn discovery(scatter: &Scatter, inputs: &[Input], headline: String, interest: &str, counts: (usize, usize), about: &About<'_>) -> BoxPicture {
    let lang = about.lang;
    let side = |n: usize| scatter.sides.get(n);
    let scales = [0, 1].map(|n| side(n).map_or((1.0, "", String::new()), |side| scale(side, inputs, lang)));
    let range = |n: usize| side(n).map_or((0.0, 1.0), |side| (side.range.0 * scales[n].0, side.range.1 * scales[n].0));
    let limit = |n: usize| side(n).map_or((None, None), |side| (side.limits.low.map(|v| v * scales[n].0), side.limits.high.map(|v| v * scales[n].0)));
    let spots = scatter.marks.iter().map(|mark| Spot { across: mark.at[0] * scales[0].0, upward: mark.at[1] * scales[1].0, points: mark.points, hits: mark.hits });
    let (points, hits) = counts;
    let second = about.words(&format!("{points} 个点，其中 {hits} 个{interest}"), &format!("{points} points, {hits} of them with {interest}"));
    let more = if scatter.in_cells {
        about.words("点多，按格计：方块越大点越多，越红关心的越多。", "Many points, counted in cells: the larger the more points, the redder the more of interest. ")
    } else {
        String::new()
    };
    let note = more + &about.words("虚线一侧不受限制；箱还可能受未画出的因素限制。", "Dashed sides are open; the box may be limited by inputs that are not drawn.");
    BoxPicture {
        caption: about.caption(headline, Some(second), scales[1].2.clone(), note),
        aspect: about.aspect,
        name: scales[0].2.clone(),
        spots: spots.collect(),
        cells: scatter.in_cells.then_some(ACROSS),
        ranges: [range(0), range(1)],
        limits: [limit(0), limit(1)],
        suffixes: [scales[0].1, scales[1].1],
        single: scatter.sides.len() < 2,
        names: [interest.to_owned(), about.words("其他点", "other points"), about.words("情景箱", "the box")],
    }
}

/// How the whole units of an input are shown: factor, what stands after each number, name with unit.
fn scale(side: &Side, inputs: &[Input], lang: Lang) -> (f64, &'static str, String) {
    let (own, mean) = name(side, inputs);
    let largest = side.range.0.abs().max(side.range.1.abs());
    let quantity = inputs.get(side.input).and_then(|input| input.targets.first()).map(|target| target.quantity);
    let zh = lang == Lang::Zh;
    let (factor, suffix, unit) = match quantity {
        Some(Quantity::Share | Quantity::Rate) => (1e-4, "%", ""),
        Some(Quantity::Number) => (1e-6, "", ""),
        #[expect(clippy::cast_possible_truncation, reason = "fen below 2^53")]
        Some(Quantity::Money | Quantity::SignedMoney) => {
            let shown = Shown::money(largest as i64, lang);
            (shown.factor, "", shown.unit)
        }
        Some(Quantity::MoneyPerMu) if largest >= 1e7 => {
            if zh {
                (1e-6, "", "万元/亩")
            } else {
                (1e-6, "", "10,000 yuan a mu")
            }
        }
        Some(Quantity::MoneyPerMu) => (1e-2, "", if zh { "元/亩" } else { "yuan a mu" }),
        Some(Quantity::MoneyPerSquareMetre) => (1e-2, "", if zh { "元/平方米" } else { "yuan a m²" }),
        Some(Quantity::Area) => (1e-2, "", if zh { "亩" } else { "mu" }),
        Some(Quantity::Word(_)) | None => (1.0, "", ""),
    };
    let name = match (mean, zh) {
        (false, _) => own,
        (true, true) => format!("{own}（各年平均）"),
        (true, false) => format!("{own} (mean of the years)"),
    };
    (factor, suffix, Shown { factor, suffix, unit }.named(&name, lang))
}
