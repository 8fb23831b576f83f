//! What is asked of a point: a measure, at least or at most so much, up to a year. `coverage>=100%@2020`

use super::figures::Figures;
use super::measure::{self, Figure, Measure, Unit};
use super::wrong::Wrong;
use crate::base::lang::Lang;
use crate::base::{amount::MoneyUnit, decimal::Decimal, when::Year};
use crate::check::quantity_of_text;
use crate::diag::{Code, nearest};
use crate::measure::finding::{money, percent};
use crate::rules::field::Quantity;
use crate::scenario::Scenario;
use crate::scenario::study::Requirement;

/// A bare number of a ratio up to this is a multiple (1.12 of the three guarantees); more is most likely a percentage without its sign.
const MOST_BARE: f64 = 5.0;

/// What must hold of a measure 要求.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The measure.
    pub measure: &'static Measure,
    /// The lowest it may be: fen, a ratio, a number of towns or years, a year.
    pub at_least: Option<f64>,
    /// The highest it may be.
    pub at_most: Option<f64>,
    /// The last year that counts.
    pub by: Option<Year>,
}

/// Whose figures are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Those of all towns.
    All,
    /// Those of one town, by its place in the plan; what is the county's stays the county's.
    Town(usize),
}

/// How a condition is written on the command line, for messages.
pub const EXAMPLE: &str = "coverage>=100%@2020";

impl Condition {
    /// As declared.
    ///
    /// # Errors
    /// A measure there is not, a bound that cannot be read, a year outside the horizon.
    pub fn of(written: &Requirement, scenario: &Scenario) -> Result<Self, Wrong> {
        let measure = named(&written.measure)?;
        let read = |text: &Option<String>| text.as_deref().map(|text| bound(text, measure, scenario)).transpose();
        let (at_least, at_most) = (read(&written.at_least)?, read(&written.at_most)?);
        if at_least.is_none() && at_most.is_none() {
            return Err(unclear(&written.measure, "要写 at_least 或 at_most", "write at_least or at_most"));
        }
        let (first, last) = (scenario.first_year, scenario.last_year);
        if let Some(year) = written.by.filter(|year| !(first..=last).contains(year)) {
            return Err(unclear(&year.to_string(), format!("不在测算期 {first}—{last} 年之内"), format!("lies outside the horizon {first}–{last}")));
        }
        let account = matches!(measure.key, "county_cover" | "county_years_short" | "county_balance");
        if account && scenario.county.is_none() {
            return Err(unclear(measure.key, "方案没有县级账 [county_account]，看不出县里撑不撑得住", "the scenario has no [county_account], so nothing is known of the county"));
        }
        Ok(Self { measure, at_least, at_most, by: written.by })
    }

    /// As typed: `coverage>=100%@2020`, `县级三保保障率最低≥105%`, `gap<=0万元`. With `strict` also `<` and `>`, which are told by `true`: the
    /// condition given back is then the opposite of what was typed.
    ///
    /// # Errors
    /// What is not such a text, and as [`Condition::of`].
    pub fn typed(text: &str, strict: bool, scenario: &Scenario) -> Result<(Self, bool), Wrong> {
        let plain = text.replace('≥', ">=").replace('≤', "<=").replace('＞', ">").replace('＜', "<").replace('＝', "=").replace('＠', "@");
        let shape = || unclear(text, format!("写成 {EXAMPLE} 这样"), format!("write it like {EXAMPLE}"));
        let at = plain.find(['<', '>']).ok_or_else(shape)?;
        let (measure, rest) = plain.split_at(at);
        let (more, rest) = (rest.starts_with('>'), &rest[1..]);
        let (inclusive, rest) = rest.strip_prefix('=').map_or((false, rest), |rest| (true, rest));
        if !inclusive && !strict {
            return Err(shape());
        }
        let (value, by) = match rest.split_once('@') {
            Some((value, year)) => (value, Some(year.trim().parse::<Year>().map_err(|_| shape())?)),
            None => (rest, None),
        };
        if value.trim().is_empty() || measure.trim().is_empty() {
            return Err(shape());
        }
        let value = Some(value.trim().to_owned());
        // `x < 5` is the opposite of `x ≥ 5`.
        let least = more == inclusive;
        let written = Requirement { measure: measure.trim().to_owned(), at_least: value.clone().filter(|_| least), at_most: value.filter(|_| !least), by };
        Ok((Self::of(&written, scenario)?, !inclusive))
    }

    /// The figure it looks at.
    #[must_use]
    pub fn figure(&self, figures: &Figures, who: Who) -> Figure {
        match who {
            Who::All => (self.measure.of)(figures),
            Who::Town(town) => (self.measure.of)(&figures.of_town(town)),
        }
    }

    /// How much is missing; nothing where it holds, or where there is nothing to compare (a county without three guarantees to pay).
    #[must_use]
    pub fn missing(&self, figure: Figure) -> f64 {
        let Some(x) = self.measure.rank(figure) else { return 0.0 };
        let below = self.at_least.map_or(0.0, |bound| bound - x);
        let above = self.at_most.map_or(0.0, |bound| x - bound);
        below.max(above).max(0.0)
    }

    /// What is missing as a share of what is asked; of a bound of nothing, as a share of what is planned, or of one town or year.
    #[must_use]
    pub fn shortfall(&self, figures: &Figures, who: Who) -> f64 {
        let missing = self.missing(self.figure(figures, who));
        let bound = self.at_least.or(self.at_most).map_or(0.0, f64::abs);
        let scale = match self.measure.unit {
            // Of a year only the distance counts: 2 years of 2018 are not a thousandth.
            Unit::Year => 1.0,
            _ if bound > 0.0 => bound,
            Unit::Money => figures.planned.max(100.0),
            Unit::Ratio | Unit::Count => 1.0,
        };
        missing / scale
    }

    /// A figure of its measure in words: with as many digits as tell it from the bound.
    #[must_use]
    pub fn say(&self, figure: Figure, lang: Lang) -> String {
        match (figure, self.measure.unit) {
            (Figure::None, Unit::Year) => if lang == Lang::Zh { "从未" } else { "never" }.to_owned(),
            (Figure::None, _) => "—".to_owned(),
            (Figure::Whole(fen), Unit::Money) => self.money(fen, lang),
            (Figure::Whole(whole), _) => whole.to_string(),
            (Figure::Ratio(ratio), _) => self.ratio(ratio),
        }
    }

    /// To the fen where rounding would make it look like a bound that it misses.
    #[expect(clippy::cast_possible_truncation, reason = "bounds are whole fen")]
    fn money(&self, fen: i64, lang: Lang) -> String {
        let plain = money(fen, lang);
        let hides = |bound: Option<f64>| bound.is_some_and(|bound| bound as i64 != fen && money(bound as i64, lang) == plain);
        match (hides(self.at_least) || hides(self.at_most), lang) {
            (false, _) => plain,
            (true, Lang::Zh) => format!("{} 万元", MoneyUnit::WanYuan.print(fen)),
            (true, Lang::En) => format!("{} yuan", MoneyUnit::Yuan.print(fen)),
        }
    }

    /// `99.97%` rather than a `100.0%` that does not hold.
    fn ratio(&self, ratio: f64) -> String {
        let clear = |digits: usize| {
            let shown = format!("{:.digits$}", ratio * 100.0);
            let same = |bound: f64| (bound - ratio).abs() > f64::EPSILON && format!("{:.digits$}", bound * 100.0) == shown;
            (!self.at_least.is_some_and(same) && !self.at_most.is_some_and(same)).then(|| format!("{shown}%"))
        };
        (1..=6).find_map(clear).unwrap_or_else(|| percent(ratio))
    }

    /// A number in the unit of its measure, in words.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "fen, towns and years are whole")]
    pub fn number(&self, number: f64, lang: Lang) -> String {
        match self.measure.unit {
            Unit::Ratio => {
                let text = format!("{:.4}", number * 100.0);
                format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
            }
            Unit::Money => money(number as i64, lang),
            Unit::Count | Unit::Year => format!("{number:.0}"),
        }
    }

    /// The bound in words: 至少 100%
    #[must_use]
    pub fn asked(&self, lang: Lang) -> String {
        let (least, most) = if lang == Lang::Zh { ("至少 ", "至多 ") } else { ("at least ", "at most ") };
        let parts = [(least, self.at_least), (most, self.at_most)];
        let said: Vec<String> = parts.iter().filter_map(|(word, bound)| bound.map(|bound| format!("{word}{}", self.number(bound, lang)))).collect();
        said.join(if lang == Lang::Zh { "、" } else { ", " })
    }
}

/// A measure by its key or one of its names.
///
/// # Errors
/// There is none; the nearest is named.
pub fn named(name: &str) -> Result<&'static Measure, Wrong> {
    let wanted = name.trim();
    let found = measure::ALL.iter().find(|m| m.key == wanted || m.words.zh == wanted || m.words.en == wanted);
    found.ok_or_else(|| {
        let keys = || measure::ALL.iter().map(|m| m.key);
        let list = |between: &str| keys().collect::<Vec<_>>().join(between);
        let near = nearest(wanted, keys());
        let (zh, en) = near.map_or((String::new(), String::new()), |near| (format!("，是否想写 {near}？"), format!("; did you mean {near}?")));
        Wrong::coded(Code::E734, wanted, format!("没有这个指标；有：{}{zh}", list("、")), format!("no such measure; there are: {}{en}", list(", ")))
    })
}

#[expect(clippy::cast_precision_loss, reason = "bounds of people are small")]
fn bound(text: &str, measure: &Measure, scenario: &Scenario) -> Result<f64, Wrong> {
    let text = text.trim();
    let read = |quantity| quantity_of_text(text, quantity, scenario.unit);
    let bare = || Decimal::parse(text).map(Decimal::to_f64);
    let (number, zh, en) = match measure.unit {
        Unit::Money => (read(Quantity::SignedMoney).map(|fen| fen as f64), "写成 1000万元", "write 1000万元"),
        Unit::Ratio => (read(Quantity::Rate).map(|millionths| millionths as f64 / 1e6).or_else(|| bare().filter(|n| (0.0..=MOST_BARE).contains(n))), "写成 100%", "write 100%"),
        Unit::Count | Unit::Year => (bare().filter(|n| n.fract() == 0.0), "写成整数", "write a whole number"),
    };
    let what = format!("{} {text}", measure.key);
    number.ok_or_else(|| unclear(&what, format!("读不懂；{zh}"), format!("cannot be read; {en}")))
}

fn unclear(what: &str, zh: impl Into<String>, en: impl Into<String>) -> Wrong {
    Wrong::coded(Code::E735, what, zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(key: &str, at_least: Option<f64>, at_most: Option<f64>) -> Condition {
        Condition { measure: named(key).unwrap(), at_least, at_most, by: None }
    }

    #[test]
    fn never_comes_after_every_year() {
        assert_eq!(asked("first_shortfall", Some(2015.0), None).missing(Figure::None), 0.0);
        assert!(asked("first_shortfall", None, Some(2015.0)).missing(Figure::None) > 1_000.0);
        assert_eq!(asked("first_shortfall", Some(2015.0), None).missing(Figure::Whole(2012)), 3.0);
        // Nothing planned is wholly covered: neither short of 100 % nor below 50 %.
        assert_eq!(asked("coverage", Some(1.0), None).missing(Figure::None), 0.0);
        assert_eq!(asked("coverage", None, Some(0.5)).missing(Figure::None), 0.5);
    }

    #[test]
    fn an_amount_that_misses_its_bound_does_not_look_like_it() {
        // 1.4706 亿元 of 1.5 亿元: both are 1.5 亿元 with one decimal.
        let bound = asked("county_of_towns", Some(15_000_000_000.0), None);
        assert_eq!(bound.say(Figure::Whole(14_706_000_000), Lang::Zh), "14706 万元");
        assert_eq!(bound.say(Figure::Whole(15_000_000_000), Lang::Zh), "1.5 亿元");
        assert_eq!(bound.say(Figure::Whole(12_000_000_000), Lang::Zh), "1.2 亿元");
    }
}
