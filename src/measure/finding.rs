//! What a run found, as the sentence that stands over its picture. The first rule that holds speaks.

use super::town::TownView;
use crate::base::{amount::Fen, lang::Lang, when::Year};

/// The finding for one town (or for all).
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// The town cannot pay its own three guarantees.
    GuaranteesUnmet {
        /// The years.
        years: Vec<Year>,
        /// \[分\] All that stays unpaid.
        missing: Fen,
        /// \[分\] Sum of project gaps.
        gap: Fen,
    },
    /// Everything planned is paid.
    Enough {
        /// First planned year.
        first: Year,
        /// Last planned year.
        last: Year,
        /// The tightest year.
        tightest: Year,
        /// \[分\] What is left in it.
        left: Fen,
    },
    /// Short in every planned year.
    AlwaysShort {
        /// Share of the plan that is paid.
        coverage: f64,
    },
    /// Short from a year to the end of the plan.
    ShortToTheEnd {
        /// First year.
        first: Year,
        /// \[分\] Sum of gaps.
        gap: Fen,
    },
    /// Short for some years, then enough.
    ShortThenEnough {
        /// First year.
        first: Year,
        /// Last year.
        last: Year,
        /// \[分\] Sum of gaps.
        gap: Fen,
    },
    /// Short by less than half a percent of the plan.
    NearlyEnough {
        /// \[分\] Sum of gaps.
        gap: Fen,
    },
    /// Paid late in some years, and everything in the end.
    Late {
        /// First year.
        first: Year,
        /// Last year.
        last: Year,
    },
    /// Nothing is planned.
    NoPlan {
        /// \[分\] Retained funds over the horizon.
        kept: Fen,
    },
}

/// A gap below this share of the plan is "nearly enough".
const NEARLY: f64 = 0.005;

impl Finding {
    /// What holds for a town.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a comparison of shares")]
    pub fn of(town: &TownView<'_>) -> Self {
        let unmet: Vec<Year> = town.years.iter().filter(|y| y.guarantees_unpaid > 0).map(|y| y.year).collect();
        if !unmet.is_empty() {
            let gap = town.sum(|y| y.planned - y.paid);
            return Self::GuaranteesUnmet { years: unmet, missing: town.sum(|y| y.guarantees_unpaid), gap };
        }
        let planned: Vec<_> = town.years.iter().filter(|y| y.planned > 0).collect();
        let (Some(start), Some(end)) = (planned.first(), planned.last()) else { return Self::NoPlan { kept: town.sum(|y| y.retained) } };
        let all = town.sum(|y| y.planned);
        let gap = all - town.sum(|y| y.paid);
        match town.shortfall() {
            None => {
                let tightest = planned.iter().min_by_key(|y| y.available + y.paid_earmarked - y.paid).unwrap_or(start);
                Self::Enough { first: start.year, last: end.year, tightest: tightest.year, left: tightest.available + tightest.paid_earmarked - tightest.paid }
            }
            Some((first, last)) if gap <= 0 => Self::Late { first, last },
            Some(_) if (gap as f64) < NEARLY * all as f64 => Self::NearlyEnough { gap },
            Some((_, last)) if planned.iter().all(|y| y.unpaid > 0) && last >= end.year => Self::AlwaysShort { coverage: town.coverage().unwrap_or(0.0) },
            Some((first, last)) if last >= end.year => Self::ShortToTheEnd { first, gap },
            Some((first, last)) => Self::ShortThenEnough { first, last, gap },
        }
    }

    /// The sentence; `operating` is the other recurrent spending that stays unpaid 运转缺口: nobody may call that "enough".
    #[must_use]
    pub fn say(&self, town: &str, operating: Fen, lang: Lang) -> String {
        let recovers = matches!(self, Self::ShortThenEnough { .. });
        let tail = match (operating > 0, lang) {
            (true, Lang::Zh) => format!("；经常性支出另缺 {}", money(operating, lang)),
            (true, Lang::En) => format!("; recurrent spending lacks another {}", money(operating, lang)),
            (false, Lang::Zh) if recovers => "，此后有余".to_owned(),
            (false, Lang::En) if recovers => ", then covered".to_owned(),
            _ => String::new(),
        };
        let said = match lang {
            Lang::Zh => self.zh(town),
            Lang::En => self.en(town),
        };
        said + &tail
    }

    fn zh(&self, town: &str) -> String {
        match self {
            Self::GuaranteesUnmet { years, missing, gap } => {
                let projects = if *gap > 0 { format!("；项目资金缺 {}", money(*gap, Lang::Zh)) } else { String::new() };
                format!("{town} {} 年保不住三保，缺 {}{projects}", listed(years, "、"), money(*missing, Lang::Zh))
            }
            Self::Enough { first, last, tightest, left } => format!("{town} {}留存财力够用，最紧的 {tightest} 年余 {}", span(*first, *last, Lang::Zh), money(*left, Lang::Zh)),
            Self::AlwaysShort { coverage } => format!("{town}各年都不足，计划只能保 {}", percent(*coverage)),
            Self::ShortToTheEnd { first, gap } => format!("{town} {first} 年起出现缺口，累计 {}", money(*gap, Lang::Zh)),
            Self::ShortThenEnough { first, last, gap } => format!("{town} {}项目资金缺 {}", span(*first, *last, Lang::Zh), money(*gap, Lang::Zh)),
            Self::NearlyEnough { gap } => format!("{town}项目资金基本够用（缺 {}）", money(*gap, Lang::Zh)),
            Self::Late { first, last } => format!("{town} {}项目付款推迟，最后都付清", span(*first, *last, Lang::Zh)),
            Self::NoPlan { kept } => format!("{town}留存 {}，没有计划项目", money(*kept, Lang::Zh)),
        }
    }

    fn en(&self, town: &str) -> String {
        match self {
            Self::GuaranteesUnmet { years, missing, gap } => {
                let projects = if *gap > 0 { format!("; projects lack {}", money(*gap, Lang::En)) } else { String::new() };
                format!("{town} cannot pay its three guarantees in {}: {} short{projects}", listed(years, ", "), money(*missing, Lang::En))
            }
            Self::Enough { first, last, tightest, left } => {
                format!("{town} can pay its plan in {}; {tightest} is tightest, with {} left", span(*first, *last, Lang::En), money(*left, Lang::En))
            }
            Self::AlwaysShort { coverage } => format!("{town} is short in every planned year: only {} of the plan is paid", percent(*coverage)),
            Self::ShortToTheEnd { first, gap } => format!("{town} is short of its plan from {first} on, by {} in all", money(*gap, Lang::En)),
            Self::ShortThenEnough { first, last, gap } => format!("{town} is {} short in {}", money(*gap, Lang::En), span(*first, *last, Lang::En)),
            Self::NearlyEnough { gap } => format!("{town} can nearly pay its plan ({} short)", money(*gap, Lang::En)),
            Self::Late { first, last } => format!("{town} pays its projects late in {}, and all in the end", span(*first, *last, Lang::En)),
            Self::NoPlan { kept } => format!("{town} keeps {} and plans no projects", money(*kept, Lang::En)),
        }
    }
}

/// \[分\] as a headline says it: from 1 亿 one decimal of 亿元, else whole 万元; in English millions.
#[must_use]
pub fn money(fen: Fen, lang: Lang) -> String {
    const YI: i64 = 10_000_000_000;
    const WAN: i64 = 1_000_000;
    let rounded = |unit: i64| crate::base::decimal::divide_half_away(i128::from(fen), i128::from(unit));
    match lang {
        Lang::Zh if fen.abs() >= YI => format!("{} 亿元", tenths(rounded(YI / 10))),
        Lang::Zh if fen != 0 && fen.abs() < WAN => format!("{} 元", thousands(rounded(100))),
        Lang::Zh => format!("{} 万元", thousands(rounded(WAN))),
        Lang::En if fen == 0 => "0 yuan".to_owned(),
        Lang::En if fen.abs() >= 100 * WAN * 10 => format!("{} million yuan", thousands(rounded(100 * WAN))),
        Lang::En if fen.abs() < 5 * WAN => format!("{} yuan", thousands(rounded(100))),
        Lang::En => format!("{} million yuan", tenths(rounded(10 * WAN))),
    }
}

fn tenths(count: i128) -> String {
    let sign = if count < 0 { "-" } else { "" };
    format!("{sign}{}.{}", thousands(count.abs() / 10), count.abs() % 10)
}

/// A whole number with thousands separators.
#[must_use]
pub fn thousands(number: i128) -> String {
    let digits = number.unsigned_abs().to_string();
    let grouped: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|c| std::str::from_utf8(c).ok()).collect();
    format!("{}{}", if number < 0 { "-" } else { "" }, grouped.join(","))
}

/// A share as a percentage with one decimal.
#[must_use]
pub fn percent(share: f64) -> String {
    let text = format!("{:.1}%", share * 100.0);
    if text == "-0.0%" { "0.0%".to_owned() } else { text }
}

/// Up to three years by name; runs as a span, more as a count.
/// Years as runs: 2012—2019、2021—2030; of many runs the first ones and the last year.
fn listed(years: &[Year], comma: &str) -> String {
    let dash = if comma == "、" { "—" } else { "–" };
    let mut runs: Vec<(Year, Year)> = Vec::new();
    for &year in years {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == year => *last = year,
            _ => runs.push((year, year)),
        }
    }
    let say = |(first, last): &(Year, Year)| if first == last { first.to_string() } else { format!("{first}{dash}{last}") };
    let shown = runs.iter().take(3).map(say).collect::<Vec<_>>().join(comma);
    match runs.last().filter(|_| runs.len() > 3) {
        Some((_, last)) => format!("{shown}…{last}"),
        None => shown,
    }
}

fn span(first: Year, last: Year, lang: Lang) -> String {
    match (first == last, lang) {
        (true, Lang::Zh) => format!("{first} 年"),
        (false, Lang::Zh) => format!("{first}—{last} 年"),
        (true, Lang::En) => first.to_string(),
        (false, Lang::En) => format!("{first}–{last}"),
    }
}
