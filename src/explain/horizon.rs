//! Measures over the horizon as formulas over the summary's figures.

use super::cell::sum;
use super::{Explainer, Formula, Key, Part};
use crate::rules::spending::Function;

/// Recurrent spending due, by class.
const RECURRENT: [&str; 5] = ["wages", "operation", "livelihood", "debt_service", "other_recurrent"];

fn ratio(a: Formula, b: Formula) -> Formula {
    Formula::Quotient(Box::new(a), Box::new(b))
}

impl Explainer<'_> {
    /// A column of the summary, every year.
    fn every(&self, column: &'static str, place: usize) -> impl Iterator<Item = Key> + Clone + use<> {
        (0..self.run.years()).map(move |year| Key::Column("summary", column, year, place))
    }

    /// Measures over the horizon.
    pub(super) fn measure(&self, column: &str, place: usize) -> Option<Formula> {
        let over = |column: &'static str| sum(self.every(column, place));
        let own = |column: &'static str| Formula::Key(Key::Column("measures", column, 0, place));
        Some(match column {
            "retained" => over("retained"),
            "planned" => over("planned"),
            "paid" => over("paid"),
            "gap" => over("gap"),
            "coverage" => ratio(own("paid"), own("planned")),
            "land_dependence" => ratio(sum(self.every("retained_land", place).chain(self.every("retained_fee", place))), own("retained")),
            "peak_gap" => Formula::Key(self.worst("gap", place, |a, b| a > b && a > 0.0)?),
            "guarantees_cover" => Formula::Key(self.worst("guarantees_cover", place, |a, b| a < b || b == 0.0 && a.is_finite())?),
            "peak_need" => self.peak_need(place),
            "self_sufficiency" => ratio(over("local_revenue"), self.general_spending(place)),
            "volatility" => Formula::Given(self.volatility(place)?, self.every("retained", place).collect()),
            "retained_per_head" if self.has_people(place) => {
                let people = Formula::Key(Key::Column("summary", "population", 0, place));
                ratio(ratio(own("retained"), years(self.run.years())), people)
            }
            "services_share" => self.services_share(place)?,
            _ => return None,
        })
    }

    /// The first year that is worse than all before; the first of all is compared with nothing.
    fn worst(&self, column: &'static str, place: usize, worse: impl Fn(f64, f64) -> bool) -> Option<Key> {
        let mut found: Option<(Key, f64)> = None;
        for key in self.every(column, place) {
            let value = self.value(key);
            if value.is_finite() && worse(value, found.map_or(0.0, |f| f.1)) {
                found = Some((key, value));
            }
        }
        found.map(|f| f.0)
    }

    /// What would have to be advanced at most, up to the year of the peak.
    fn peak_need(&self, place: usize) -> Formula {
        let Some(purse) = self.run.compiled.accounts.purse.as_ref() else { return sum(self.every("planned", place)) };
        let stage = &self.run.compiled.plan.projects;
        let at = |lane: crate::plan::Lane, year: usize| Formula::Key(Key::Lane(lane, year, place));
        let least = |formula: Formula| Formula::Within(Box::new(formula), Box::new(Formula::Number(0.0)), false);
        let opening = || least(Formula::Key(Key::Column("summary", "brought_forward", 0, place)));
        let taken = |year: usize| {
            let pots = stage.earmarks.iter().map(move |pot| Formula::Sum(vec![at(pot.before, year)], vec![at(pot.after, year)]));
            let matched = stage.matches.iter().map(move |grant| at(grant.out, year));
            let new = [(stage.general.before, purse.opening_general), (stage.fund.before, purse.opening_fund)];
            pots.chain(matched).chain(new.map(|(before, opening)| least(Formula::Sum(vec![at(before, year)], vec![at(opening, year)])))).collect::<Vec<_>>()
        };
        let up_to = |last: usize| {
            let minus = std::iter::once(opening()).chain((0..=last).flat_map(taken)).collect();
            Formula::Sum((0..=last).map(|year| Formula::Key(Key::Column("summary", "planned", year, place))).collect(), minus)
        };
        let mut peak = (0.0, None);
        for year in 0..self.run.years() {
            let formula = up_to(year);
            let need = formula.eval(&|key| self.value(key));
            if need > peak.0 {
                peak = (need, Some(formula));
            }
        }
        // Never anything to advance: what was planned and what there was are the reason.
        peak.1.unwrap_or_else(|| Formula::Given(0.0, self.every("planned", place).chain(self.every("available", place)).collect()))
    }

    /// General spending: recurrent spending paid, and projects paid from the general book.
    fn general_spending(&self, place: usize) -> Formula {
        let general = self.run.compiled.plan.projects.general;
        let projects = (0..self.run.years()).map(|year| (Key::Lane(general.before, year, place), Key::Lane(general.after, year, place)));
        let due = RECURRENT.iter().flat_map(|column| self.every(column, place)).chain(projects.clone().map(|p| p.0));
        let not = self.every("recurrent_unpaid", place).chain(projects.map(|p| p.1));
        Formula::Sum(due.map(Formula::Key).collect(), not.map(Formula::Key).collect())
    }

    /// Sample standard deviation of the yearly growth of retained funds.
    fn volatility(&self, place: usize) -> Option<f64> {
        let kept: Vec<f64> = self.every("retained", place).map(|key| self.value(key)).collect();
        let growth: Vec<f64> = kept.windows(2).filter(|w| w[0] > 0.0).map(|w| (w[1] - w[0]) / w[0]).collect();
        if growth.len() < 2 {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "a count of years")]
        let n = growth.len() as f64;
        let mean = growth.iter().sum::<f64>() / n;
        let square: f64 = growth.iter().map(|g| (g - mean) * (g - mean)).sum();
        Some((square / (n - 1.0)).sqrt())
    }

    /// What was spent on public services beyond the first year, of what was retained beyond the first year.
    fn services_share(&self, place: usize) -> Option<Formula> {
        let scenario = &self.run.scenario;
        let public = scenario.public_services.as_ref()?;
        let function = |path: &str| scenario.spending.iter().find(|s| path.strip_prefix("spending.") == Some(s.id.as_str())).and_then(|s| s.function);
        let is_public = |function: Option<Function>| function.is_some_and(|f| public.has(f));
        let lines: Vec<_> = self.run.compiled.accounts.lines.iter().filter(|l| is_public(function(&l.path))).map(|l| l.paid).collect();
        let class = |n: usize| self.run.compiled.projects.get(n).and_then(|n| scenario.projects.get(*n)).map(|p| &p.class);
        let projects: Vec<usize> = self.projects_of(place).filter(|n| class(*n).is_some_and(|c| public.classes.contains(c))).collect();
        let services = |year: usize| {
            let recurrent = lines.iter().map(move |lane| Key::Lane(*lane, year, place));
            recurrent.chain(projects.iter().map(move |n| Key::Project(*n, Part::Paid, year))).map(Formula::Key).collect::<Vec<_>>()
        };
        let count = self.run.years();
        let times = |all: Vec<Formula>| if all.is_empty() { Formula::Number(0.0) } else { Formula::Product(vec![years(count), Formula::Sum(all, Vec::new())]) };
        let more = |of: &dyn Fn(usize) -> Vec<Formula>| Formula::Sum((0..count).flat_map(of).collect(), vec![times(of(0))]);
        let kept = |year: usize| vec![Formula::Key(Key::Column("summary", "retained", year, place))];
        let new = more(&kept);
        (new.eval(&|key| self.value(key)) > 0.0).then(|| ratio(more(&services), new))
    }
}

/// A number of years.
#[expect(clippy::cast_precision_loss, reason = "a count of years")]
const fn years(count: usize) -> Formula {
    Formula::Number(count as f64)
}
