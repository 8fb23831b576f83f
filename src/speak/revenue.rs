//! What comes in, and what the levels above take of it.

use super::{Act, Section, Speaker};
use crate::base::{decimal::Decimal, lang::Lang, when::Day};
use crate::rules::{
    param::{Growth, Param, StepValue},
    sources::Kind,
};
use crate::scenario::{Level, Source, UpperShare};

/// The whole of an amount: three shares of six decimals each, one after another, are exact in it.
const WHOLE: i128 = 1_000_000_000_000_000_000;

impl Speaker<'_> {
    /// Sources of the general public budget.
    pub(super) fn general_revenue(&self) -> Section {
        let acts = self.scenario.sources.iter().filter(|s| begins_in(s, "general")).map(|s| self.revenue(s)).collect();
        self.section("一般公共预算收入", "Revenue of the general public budget", acts)
    }

    /// Sources of the government fund budget.
    pub(super) fn fund_revenue(&self) -> Section {
        let acts = self.scenario.sources.iter().filter(|s| begins_in(s, "fund")).map(|s| self.revenue(s)).collect();
        self.section("政府性基金收入", "Revenue of the government fund budget", acts)
    }

    /// Sources of the state capital budget.
    pub(super) fn capital_revenue(&self) -> Section {
        let acts = self.scenario.sources.iter().filter(|s| begins_in(s, "state_capital")).map(|s| self.revenue(s)).collect();
        self.section("国有资本经营预算收入", "Revenue of the state capital budget", acts)
    }

    fn revenue(&self, source: &Source) -> Act {
        let speak = &self.speak;
        let rule = match &source.kind {
            Kind::Driven(driven) => driven.sentence(self.scenario.base_year, speak),
            Kind::Series(series) => series.sentence(speak),
            Kind::Derived(derived) => derived.sentence(speak),
            Kind::Fee(fee) => fee.sentence(speak),
            Kind::Concession(concession) => concession.sentence(speak),
            Kind::Land(_) => speak.pick("按供地、地价和成本逐年推算，见下", "worked out from area, prices and costs, see below"),
        };
        let returned = if source.is_returned { speak.pick("先入县库再返还", "paid into the county treasury first and returned") } else { String::new() };
        let refunds =
            source.refunds.as_ref().map_or_else(String::new, |r| speak.pick(format!("退税{}从中扣除", speak.value(r)), format!("refunds of {} are taken off", speak.value(r))));
        let book = if source.book.steps.len() > 1 || !begins_in(source, "general") {
            speak.pick(format!("列{}", speak.value(&source.book)), format!("belongs to {}", speak.value(&source.book)))
        } else {
            String::new()
        };
        let partner = source.partner.as_ref().map_or_else(String::new, |p| self.partner(p));
        let body = speak.clauses(&[rule, refunds, partner, returned, book]);
        self.act(format!("source.{}", source.id), &speak.called(&source.name), &body)
    }

    /// What central, province and city take, and the part of gross that is left to county and town.
    pub(super) fn upper_shares(&self) -> Section {
        let mut said: Vec<(String, String, Vec<String>)> = Vec::new();
        for (order, source) in self.scenario.sources.iter().enumerate().filter(|(_, s)| !matches!(s.kind, Kind::Land(_))) {
            let body = self.split(order, source);
            let cites = self.speak.cited();
            let name = self.speak.called(&source.name);
            match said.iter_mut().find(|(b, c, _)| *b == body && *c == cites) {
                Some((_, _, names)) => names.push(name),
                None => said.push((body, cites, vec![name])),
            }
        }
        let acts = said.into_iter().map(|(body, cites, names)| self.act_with("", &self.speak.list(&names), &body, &cites)).collect();
        self.section("上级分成", "What the levels above take", acts)
    }

    /// The split of one source, from the first year on.
    fn split(&self, order: usize, source: &Source) -> String {
        let shares: Vec<(Level, &UpperShare)> = self.scenario.uppers.iter().filter_map(|u| u.shares.get(order)?.as_ref().map(|s| (u.level, s))).collect();
        if shares.is_empty() {
            return self.speak.pick("上级都不分，全部留县镇", "no level above takes a share; all is left to county and town");
        }
        if shares.iter().any(|(_, s)| !is_plain(&s.rate)) {
            return self.as_written(&shares);
        }
        let open = Day::first_of(self.scenario.first_year);
        let mut days: Vec<Day> = shares.iter().flat_map(|(_, s)| s.rate.days()).filter(|d| *d > open && d.year <= self.scenario.last_year && !ended(source, *d)).collect();
        days.sort_unstable();
        days.dedup();
        let mut clauses: Vec<String> = Vec::new();
        let mut last = String::new();
        for day in std::iter::once(open).chain(days) {
            let now = self.split_at(&shares, day);
            if now != last {
                clauses.push(if day == open { now.clone() } else { self.speak.pick(format!("{}起{now}", self.speak.day(day)), format!("from {} on {now}", self.speak.day(day))) });
                last = now;
            }
        }
        self.speak.clauses(&clauses)
    }

    fn split_at(&self, shares: &[(Level, &UpperShare)], day: Day) -> String {
        let speak = &self.speak;
        let mut left = WHOLE;
        let mut said = Vec::new();
        for (level, share) in shares {
            let rate = self.rate_at(&share.rate, day);
            let (of, whole) = if share.of_gross { (WHOLE, true) } else { (left, left == WHOLE) };
            left -= (of / 1_000_000 * i128::from(rate)).min(left);
            let (zh, en) = name(*level);
            let percent = speak.share(rate);
            said.push(match (rate, whole) {
                (0, _) => speak.pick(format!("{zh}不分"), format!("{en} nothing")),
                (_, true) => speak.pick(format!("{zh}{percent}"), format!("{en} {percent}")),
                (_, false) => speak.pick(format!("{zh}得余额的{percent}"), format!("{en} {percent} of the remainder")),
            });
        }
        if left == WHOLE {
            let all: Vec<&str> = shares.iter().map(|(level, _)| if speak.lang == Lang::Zh { name(*level).0 } else { name(*level).1 }).collect();
            let all = speak.list(&all);
            let (both, take) = if shares.len() > 1 { ("都", "take") } else { ("", "takes") };
            return speak.pick(format!("{all}{both}不分，全部留县镇"), format!("{all} {take} nothing; all is left to county and town"));
        }
        // 18 decimals of a share are 16 of a percentage.
        let local = Decimal::new(left, 16);
        let said = said.join(&speak.pick("，", ", "));
        speak.pick(format!("{said}，县镇留成{local}%"), format!("{said}, leaving county and town {local}% of gross"))
    }

    /// The rate in force on a day; where the first date lies later, that first one.
    fn rate_at(&self, param: &Param, day: Day) -> i64 {
        let at = param.steps.iter().rposition(|s| s.from.is_none_or(|d| d <= day)).unwrap_or(0);
        match param.steps.get(at).map(|s| &s.value) {
            Some(StepValue::Same(value, leaf)) => {
                self.speak.cite(*leaf);
                *value
            }
            _ => 0,
        }
    }

    /// Shares that differ by town or grow are said as they are written, without the local part.
    fn as_written(&self, shares: &[(Level, &UpperShare)]) -> String {
        let say = |(level, share): &(Level, &UpperShare)| {
            let ((zh, en), value) = (name(*level), self.speak.value(&share.rate));
            if share.of_gross {
                self.speak.pick(format!("{zh}占总额：{value}"), format!("{en}, of gross: {value}"))
            } else {
                self.speak.pick(format!("{zh}占余额：{value}"), format!("{en}, of the remainder: {value}"))
            }
        };
        self.speak.clauses(&shares.iter().map(say).collect::<Vec<_>>())
    }
}

const fn name(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Central => ("中央", "the centre"),
        Level::Province => ("省", "the province"),
        Level::City => ("市", "the city"),
    }
}

/// Whether a share is the same for all towns and changes only at its dates.
fn is_plain(param: &Param) -> bool {
    param.growth == Growth::None && !param.interpolate && param.steps.iter().all(|s| matches!(s.value, StepValue::Same(..)))
}

/// Whether a source is over on a day.
fn ended(source: &Source, day: Day) -> bool {
    matches!(&source.kind, Kind::Driven(driven) if driven.ending().is_some_and(|e| e.until < day))
}

/// Whether a source belongs to a budget when it begins.
fn begins_in(source: &Source, book: &str) -> bool {
    let named = |value: i64| usize::try_from(value).ok().and_then(|n| crate::rules::sources::BOOKS.get(n)).is_some_and(|b| *b == book);
    match source.book.steps.first().map(|s| &s.value) {
        Some(StepValue::Same(value, _)) => named(*value),
        // Books that differ by town are said under the general budget.
        _ => book == "general",
    }
}
