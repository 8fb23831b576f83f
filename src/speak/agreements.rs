//! Agreements: which towns, which years, and each part in words.

use std::collections::BTreeMap;

use super::{Act, Section, Speaker};
use crate::base::when::Year;
use crate::rules::{sources::Class, values::Look};
use crate::scenario::{Agreement, RemittingPart, SharingPart};

/// Names listed one by one; a longer basket is counted as well.
const FEW: usize = 4;

impl Speaker<'_> {
    /// One section an agreement.
    pub(super) fn agreement_sections(&self) -> Vec<Section> {
        self.scenario.agreements.iter().enumerate().map(|(order, a)| self.agreement(order, a)).collect()
    }

    fn agreement(&self, order: usize, agreement: &Agreement) -> Section {
        let path = format!("agreement.{}", agreement.id);
        let name = self.speak.called(&agreement.name);
        let source = self.speak.sources([&agreement.provenance]);
        let mut acts = vec![self.act_with(path.clone(), &name, &self.in_force(order), &source)];
        acts.extend(agreement.sharing.iter().map(|part| self.sharing(&path, part)));
        acts.extend(agreement.remitting.iter().map(|part| self.remitting(&path, part, agreement)));
        let account = if agreement.county_managed {
            self.speak.pick("（乡财县管：县代管账户，不改资金归属）", " (the county keeps the town's account; the money stays the town's)")
        } else {
            String::new()
        };
        let heading = self.speak.pick(format!("县镇体制：{name}{account}"), format!("County–town agreement: {name}{account}"));
        Section { heading, acts }
    }

    /// Which towns it holds for, and when: towns with the same years together.
    fn in_force(&self, order: usize) -> String {
        let mut by_years: BTreeMap<Vec<(Year, Year)>, Vec<bool>> = BTreeMap::new();
        for (town, regime) in self.scenario.regime.iter().enumerate() {
            let held: Vec<bool> = regime.iter().map(|held| held.agreement == order).collect();
            let runs = runs(&held, self.scenario.first_year);
            if !runs.is_empty() {
                let chosen = by_years.entry(runs).or_insert_with(|| vec![false; self.scenario.towns.len()]);
                if let Some(chosen) = chosen.get_mut(town) {
                    *chosen = true;
                }
            }
        }
        if by_years.is_empty() {
            return self.speak.pick("测算期内没有镇执行", "no town is under it in the years projected");
        }
        let said: Vec<String> = by_years
            .iter()
            .map(|(years, towns)| {
                let years: Vec<String> = years.iter().map(|run| self.years(*run)).collect();
                let (towns, years) = (self.towns(towns), self.speak.list(&years));
                self.speak.pick(format!("{towns}{years}执行"), format!("in force for {towns} {years}"))
            })
            .collect();
        self.speak.clauses(&said)
    }

    /// A run of years.
    pub(super) fn years(&self, (from, to): (Year, Year)) -> String {
        if from == to {
            return self.speak.pick(format!("{from}年"), format!("in {from}"));
        }
        self.speak.pick(format!("{from}年至{to}年"), format!("from {from} to {to}"))
    }

    fn sharing(&self, path: &str, part: &SharingPart) -> Act {
        let form = part.form.sentence(&self.speak);
        let clauses: Vec<String> = std::iter::once(form).chain(part.options.sentences(&self.speak)).collect();
        let (basket, clauses) = (self.basket(&part.of), self.speak.clauses(&clauses));
        let body = self.speak.pick(format!("{basket}{clauses}"), format!("{basket}: {clauses}"));
        self.act(format!("{path}.{}", part.id), "", &body)
    }

    fn remitting(&self, path: &str, part: &RemittingPart, agreement: &Agreement) -> Act {
        let (order, look) = part.of;
        let basket = agreement.sharing.get(order).map_or_else(String::new, |p| self.basket(&p.of));
        let from = match look {
            Look::Kept => self.speak.pick(format!("从镇所得的{basket}中"), format!("from what the town keeps of {basket}")),
            Look::Over => self.speak.pick(format!("从镇所得的{basket}超基数（超收）分成中"), format!("from the town's share of {basket} above the base")),
        };
        let form = part.form.sentence(&self.speak);
        let body = self.speak.pick(format!("{from}，{form}"), format!("{from}: {form}"));
        self.act(format!("{path}.{}", part.id), "", &body)
    }

    /// The sources of a part: all taxes and non-tax as such, a few by name, many by name and number.
    pub(super) fn basket(&self, of: &[usize]) -> String {
        let general: Vec<usize> = self.scenario.sources.iter().enumerate().filter(|(_, s)| matches!(s.class, Class::Tax | Class::NonTax)).map(|(n, _)| n).collect();
        let mut sorted = of.to_vec();
        sorted.sort_unstable();
        if sorted == general && general.len() > FEW {
            let n = general.len();
            return self.speak.pick(format!("各项税收和非税收入（共{n}项）"), format!("all tax and non-tax revenue ({n} sources)"));
        }
        let names: Vec<String> = of.iter().map(|n| self.speak.source(*n)).collect();
        let list = self.speak.list(&names);
        if names.len() > FEW { self.speak.pick(format!("{list}共{}项", names.len()), format!("{list} ({} sources)", names.len())) } else { list }
    }
}

/// Runs of years that are true.
pub(super) fn runs(held: &[bool], first: Year) -> Vec<(Year, Year)> {
    let mut runs: Vec<(Year, Year)> = Vec::new();
    for (year, _) in (first..).zip(held).filter(|(_, held)| **held) {
        match runs.last_mut() {
            Some((_, to)) if *to + 1 == year => *to = year,
            _ => runs.push((year, year)),
        }
    }
    runs
}
