//! What a backtest found, in words.

use super::Compared;
use super::statistics::Direction;
use super::tables::Backtest;
use crate::base::lang::Lang;
use crate::measure::finding::{money, percent};

/// The headline: how many figures, which way they lean, where the projection is furthest off.
#[must_use]
pub fn headline(backtest: &Backtest<'_>, lang: Lang) -> String {
    let all = backtest.all().statistics;
    let lean = lean(all.direction, all.bias, lang);
    let worst = worst(backtest).map_or(String::new(), |w| furthest(backtest, w, lang));
    match lang {
        Lang::Zh => format!("{} 项观测中，{lean}{worst}", all.count),
        Lang::En => format!("Of {} observed figures, {lean}{worst}", all.count),
    }
}

/// The second line: how far off a figure is, whichever way.
#[must_use]
pub fn spread(backtest: &Backtest<'_>, lang: Lang) -> Option<String> {
    let all = backtest.all().statistics;
    let (mape, median) = (percent(all.mape?), percent(all.median?));
    Some(match lang {
        Lang::Zh => format!("误差绝对值平均 {mape}，中位数 {median}；偏高 {} 项，偏低 {} 项", all.above, all.below),
        Lang::En => format!("A figure is off by {mape} on average, {median} in the median; {} too high, {} too low", all.above, all.below),
    })
}

/// The way errors lean, in a word.
#[must_use]
pub const fn direction(direction: Direction, lang: Lang) -> &'static str {
    match (direction, lang) {
        (Direction::High, Lang::Zh) => "偏高",
        (Direction::Low, Lang::Zh) => "偏低",
        (Direction::Even, Lang::Zh) => "持平",
        (Direction::High, Lang::En) => "high",
        (Direction::Low, Lang::En) => "low",
        (Direction::Even, Lang::En) => "even",
    }
}

fn lean(direction: Direction, bias: Option<f64>, lang: Lang) -> String {
    let by = bias.map_or(String::new(), |b| format!(" {}", percent(b.abs())));
    match (direction, lang) {
        (Direction::High, Lang::Zh) if bias.is_none() => "测算偏高".to_owned(),
        (Direction::Low, Lang::Zh) if bias.is_none() => "测算偏低".to_owned(),
        (Direction::High, Lang::En) if bias.is_none() => "the projection is too high".to_owned(),
        (Direction::Low, Lang::En) if bias.is_none() => "the projection is too low".to_owned(),
        (Direction::High, Lang::Zh) => format!("测算平均高出{by}"),
        (Direction::Low, Lang::Zh) => format!("测算平均低{by}"),
        (Direction::Even, Lang::Zh) => "测算平均不高不低".to_owned(),
        (Direction::High, Lang::En) => format!("the projection is too high by{by} on average"),
        (Direction::Low, Lang::En) => format!("the projection is too low by{by} on average"),
        (Direction::Even, Lang::En) => "the projection is neither high nor low on average".to_owned(),
    }
}

/// The figure with the largest error %; where no percentage is defined, with the largest error. `None` when all are met.
fn worst<'b>(backtest: &'b Backtest<'_>) -> Option<&'b Compared> {
    let share = |c: &Compared| c.share().map_or(-1.0, f64::abs);
    let off = backtest.figures.iter().filter(|c| c.error() != 0);
    off.max_by(|a, b| share(a).total_cmp(&share(b)).then(a.error().abs().cmp(&b.error().abs())))
}

fn furthest(backtest: &Backtest<'_>, worst: &Compared, lang: Lang) -> String {
    let seen = &worst.observed;
    let (who, title) = (backtest.name(seen.who).0, seen.item.title(&backtest.run.scenario, lang));
    let by = worst.share().map_or_else(|| money(worst.error().abs(), lang), |s| percent(s.abs()));
    let high = worst.error() > 0;
    match lang {
        Lang::Zh => format!("；偏差最大的是{who} {} 年{title}（{}{by}）", seen.year, if high { "高 " } else { "低 " }),
        Lang::En => format!("; furthest off is {title} of {who} in {} ({by} too {})", seen.year, if high { "high" } else { "low" }),
    }
}
