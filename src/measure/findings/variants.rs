//! What variants side by side show: which covers most of the plan, and what the county gives for it.

use super::{Words, either};
use crate::base::{amount::Fen, lang::Lang};
use crate::measure::Run;
use crate::measure::finding::{money, percent};
use crate::measure::town::{TownView, TownYear, ratio};

/// What one variant comes to.
#[derive(Clone, Debug)]
pub struct Total {
    /// Its name.
    pub name: String,
    /// \[分\] Planned.
    pub planned: Fen,
    /// \[分\] Paid.
    pub paid: Fen,
    /// \[分\] Retained.
    pub retained: Fen,
    /// \[分\] What the counties have of the towns shown.
    pub county: Fen,
}

impl Total {
    /// Adds up the towns shown.
    #[must_use]
    pub fn of(run: &Run, views: &[TownView<'_>], town: Option<usize>, name: String) -> Self {
        let sum = |of: fn(&TownYear) -> Fen| views.iter().filter(|v| town.is_none_or(|t| t == v.order)).map(|v| v.sum(of)).sum();
        let county = run.counties_of(town).into_iter().flat_map(|c| run.county_years(c)).map(|y| y.of_towns()).sum();
        Self { name, planned: sum(|y| y.planned), paid: sum(|y| y.paid), retained: sum(|y| y.retained), county }
    }

    /// Coverage 项目资金保障率; `None` when nothing is planned.
    #[must_use]
    pub fn coverage(&self) -> Option<f64> {
        ratio(self.paid, self.planned)
    }
}

impl Total {
    /// Lower is better: what stays unpaid, and where nothing is planned what is not retained.
    #[must_use]
    pub const fn rank(&self) -> (Fen, Fen) {
        if self.planned > 0 { (self.planned - self.paid, 0) } else { (0, -self.retained) }
    }
}

/// The words; the first total is what the others are compared with. `who` is the town, or all.
#[must_use]
pub fn words(who: &str, totals: &[Total], last: i32, lang: Lang) -> Words {
    let (Some(first), Some(best), Some(worst)) = (totals.first(), totals.iter().min_by_key(|t| t.rank()), totals.iter().max_by_key(|t| t.rank())) else { return Words::default() };
    let names = |total: &Total| -> Vec<&str> { totals.iter().filter(|t| t.rank() == total.rank()).map(|t| t.name.as_str()).collect() };
    let comma = if lang == Lang::Zh { "、" } else { ", " };
    let (best_names, worst_names) = (names(best).join(comma), names(worst).join(comma));
    let headline = match (best.rank() == worst.rank(), best.coverage(), worst.coverage()) {
        (true, Some(cover), _) => {
            either(lang, format!("{who}各方案的项目资金保障率相同，都是 {}", percent(cover)), format!("{who}: every variant pays the same share of the plan, {}", percent(cover)))
        }
        (true, None, _) => {
            either(lang, format!("{who}各方案留存财力相同，都是 {}", money(best.retained, lang)), format!("{who}: every variant retains the same, {}", money(best.retained, lang)))
        }
        (false, Some(high), Some(low)) => either(
            lang,
            format!("{who}：{best_names}保障最多，计划能保 {}；{worst_names}最少，保 {}", percent(high), percent(low)),
            format!("{who}: {best_names} pays most of the plan, {}; {worst_names} least, {}", percent(high), percent(low)),
        ),
        _ => either(
            lang,
            format!("{who}：{best_names}留存最多，{}；{worst_names}最少，{}", money(best.retained, lang), money(worst.retained, lang)),
            format!("{who}: {best_names} retains most, {}; {worst_names} least, {}", money(best.retained, lang), money(worst.retained, lang)),
        ),
    };
    Words { headline, second: (!std::ptr::eq(best, first)).then(|| county(first, best, last, lang)), notes: Vec::new() }
}

/// What the county has less (or more) under the best than under the first.
fn county(first: &Total, best: &Total, last: i32, lang: Lang) -> String {
    let less = first.county - best.county;
    match less.signum() {
        0 => either(lang, format!("与{}相比，{}下县里得失不变", first.name, best.name), format!("The county has the same under {} and {}", first.name, best.name)),
        sign => either(
            lang,
            format!("与{}相比，{}下县里到 {last} 年累计{} {}", first.name, best.name, if sign > 0 { "少得" } else { "多得" }, money(less.abs(), lang)),
            format!("Against {}, the county has {} {} under {} to {last}", first.name, money(less.abs(), lang), if sign > 0 { "less" } else { "more" }, best.name),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(name: &str, planned: Fen, paid: Fen, county: Fen) -> Total {
        Total { name: name.to_owned(), planned, paid, retained: 0, county }
    }

    #[test]
    fn the_variant_that_leaves_least_unpaid_covers_most() {
        // By hand: 80 of 100 and 60 of 100; the county has 5 million yuan less.
        let totals = [total("基准", 10_000_000_000, 6_000_000_000, 900_000_000), total("试点", 10_000_000_000, 8_000_000_000, 400_000_000)];
        let words = words("甲镇", &totals, 2030, Lang::Zh);
        assert_eq!(words.headline, "甲镇：试点保障最多，计划能保 80.0%；基准最少，保 60.0%");
        assert_eq!(words.second.as_deref(), Some("与基准相比，试点下县里到 2030 年累计少得 500 万元"));
    }
}
