//! Sweeps over draws: how the gap spreads, by year and in all.

use super::{About, Shown};
use crate::base::amount::Fen;
use crate::measure::finding::{money, percent};
use crate::study::shown::fan::Fan;
use crate::study::shown::histogram::Histogram;
use crate::study::shown::words::of_fan;
use crate::write::chart::study::fan::FanPicture;
use crate::write::chart::study::spread::SpreadPicture;

/// The gap of every year against the plan; `who` is a town, or all of them.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a picture's coordinate")]
pub fn fan(fan: &Fan, who: &str, about: &About<'_>) -> FanPicture {
    let lang = about.lang;
    let largest = fan.years.iter().map(|(_, spread)| spread.quantiles[4]).chain(fan.planned.iter().flatten().copied()).max().unwrap_or(0);
    let shown = Shown::money(largest, lang);
    let amount = |fen: Fen| fen as f64 * shown.factor;
    let draws = fan.years.first().map_or(0, |(_, spread)| spread.points);
    let unit_line = shown.named(&about.words(&format!("{who}每年缺口"), &format!("Gap of each year, {who}")), lang);
    let note = about.words(
        "缺口：当年计划项目支出中付不了的部分。淡色带有九成的情形，深色带有一半，实线上下各半。",
        "Gap: the part of the year's planned project spending that cannot be paid. The pale band holds nine draws of ten, the strong one half of them.",
    );
    let second = about.words(&format!("{draws} 次抽样"), &format!("{draws} draws"));
    FanPicture {
        caption: about.caption(of_fan(fan, who, lang), Some(second), unit_line, note),
        aspect: about.aspect,
        years: fan.years.iter().map(|(year, _)| *year).collect(),
        quantiles: fan.years.iter().map(|(_, spread)| spread.quantiles.map(amount)).collect(),
        planned: fan.planned.as_ref().map(|planned| planned.iter().map(|fen| amount(*fen)).collect()),
        chances: fan.years.iter().map(|(_, spread)| (spread.short.share, whole(spread.short.share))).collect(),
        names: [
            about.words("中位数", "median"),
            about.words("25%—75% 分位", "25–75 % quantiles"),
            about.words("5%—95% 分位", "5–95 % quantiles"),
            about.words("计划项目支出", "planned project spending"),
            about.words("当年出现缺口的可能", "chance of a gap in the year"),
        ],
    }
}

/// A chance in whole percent; never 0 or 100 % where it is neither.
fn whole(share: f64) -> String {
    match share {
        s if s > 0.0 && s < 0.005 => "<1%".to_owned(),
        s if s < 1.0 && s > 0.995 => ">99%".to_owned(),
        s => format!("{:.0}%", s * 100.0),
    }
}

/// How the gap of the whole horizon spreads.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a picture's coordinate")]
pub fn spread(histogram: &Histogram, headline: String, about: &About<'_>) -> SpreadPicture {
    let lang = about.lang;
    let end = histogram.from + histogram.width * Fen::try_from(histogram.counts.len()).unwrap_or(0);
    let shown = Shown::money(end, lang);
    let share = |count: usize| count as f64 / histogram.draws.max(1) as f64 * 100.0;
    let draws = histogram.draws;
    let (median, worst) = (money(histogram.median, lang), money(histogram.worst, lang));
    let mut marks = Vec::new();
    if histogram.median > 0 {
        marks.push((histogram.median as f64 * shown.factor, about.words(&format!("中位数 {median}"), &format!("median {median}"))));
    }
    if histogram.worst > histogram.median {
        marks.push((histogram.worst as f64 * shown.factor, about.words(&format!("二十分之一超过 {worst}"), &format!("one in twenty above {worst}"))));
    }
    let width = money(histogram.width, lang);
    let second = about.words(
        &format!("{draws} 次抽样，其中 {} 没有缺口", percent(histogram.none as f64 / draws.max(1) as f64)),
        &format!("{draws} draws, {} of them without a gap", percent(histogram.none as f64 / draws.max(1) as f64)),
    );
    SpreadPicture {
        caption: about.caption(
            headline,
            Some(second),
            about.words("占全部抽样", "Share of all draws"),
            about.words(
                &format!("缺口：全期计划项目支出中付不了的部分。每柱宽 {width}。"),
                &format!("Gap: the part of all planned project spending that cannot be paid. Each bar is {width} wide."),
            ),
        ),
        aspect: about.aspect,
        name: shown.named(&about.words("累计缺口", "Gap in all"), lang),
        none: Some((share(histogram.none), about.words("没有缺口", "no gap"))),
        from: histogram.from as f64 * shown.factor,
        width: histogram.width as f64 * shown.factor,
        shares: histogram.counts.iter().map(|count| share(*count)).collect(),
        marks,
    }
}
