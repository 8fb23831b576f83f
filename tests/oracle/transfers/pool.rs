//! `pool` 均衡性转移支付: what there is, what each town lacks, within which limits.

use toml::{Table, Value};

use super::Paying;
use super::levels::{Limits, Member, hand_out};
use crate::oracle::number::{ONE, Whole, divide, part_of};
use crate::oracle::town::Town;
use crate::oracle::written::{NO_ROW, Written, table, text, word};

impl<'a> Paying<'_, 'a> {
    pub fn by_pool(&self) -> Vec<Whole> {
        let mut amounts = vec![0; self.towns.len()];
        for (county, group) in self.groups() {
            let total = self.total(county);
            let weights = self.weights(&group);
            let members: Vec<Member> = group.iter().zip(weights).map(|(at, weight)| self.member(&self.towns[*at], weight)).collect();
            for (at, amount) in group.into_iter().zip(self.handed(members, total)) {
                amounts[at] = amount;
            }
        }
        amounts
    }

    /// P: the amount of the pool and what levies brought.
    fn total(&self, county: Option<&str>) -> Whole {
        let row = county.map_or(&NO_ROW, |county| &self.counties[county]);
        let root = self.towns[0].written.root;
        let amount = self.terms.get("amount").map_or(0, |amount| Written { root, row: &NO_ROW, county: row }.amount(amount, self.year));
        match word(self.terms, "funded_by") {
            Some("levies") => amount + self.towns.iter().filter(|town| county == Some(town.county.as_str())).map(|town| town.income.levied).sum::<Whole>(),
            Some(other) => panic!("funded_by {other}"),
            None => amount,
        }
    }

    fn mode(&self) -> &str {
        text(&self.terms["mode"])
    }

    fn weights(&self, group: &[usize]) -> Vec<Whole> {
        match self.mode() {
            "pro_rata" | "coefficient" => group.iter().map(|at| self.gap(&self.towns[*at])).collect(),
            "weights" => self.by_factors(group),
            other => panic!("mode {other}"),
        }
    }

    /// What a town needs beyond what it has.
    fn gap(&self, town: &Town) -> Whole {
        let capacity = match self.terms.get("capacity") {
            Some(capacity) => town.written.amount(capacity, self.year),
            None => town.measured(self.terms, "", self.stage, self.year).expect("a measure"),
        };
        (self.need(town) - capacity).max(0)
    }

    fn need(&self, town: &Town) -> Whole {
        if let Some(need) = self.terms.get("need") {
            return town.written.amount(need, self.year);
        }
        let factor = |factor: &Table| {
            let unit = town.written.amount(&factor["unit_cost"], self.year);
            let coefficient = factor.get("coefficient").map_or(ONE, |number| town.written.number(number, self.year));
            divide(town.count(text(&factor["per"]), self.year) * unit * coefficient, ONE * ONE)
        };
        table(&self.terms["need_factor"]).values().map(|value| factor(table(value))).sum()
    }

    /// Shares of each factor, in 10⁻¹² of the pool.
    fn by_factors(&self, group: &[usize]) -> Vec<Whole> {
        let mut weights = vec![0; group.len()];
        for factor in table(&self.terms["weight"]).values().map(table) {
            let counts: Vec<Whole> = group.iter().map(|at| self.towns[*at].count(text(&factor["per"]), self.year)).collect();
            let sum: Whole = counts.iter().sum();
            for ((weight, count), at) in weights.iter_mut().zip(counts).zip(group) {
                let share = self.towns[*at].written.ratio(&factor["share"], self.year);
                *weight += if sum > 0 { divide(ONE * share * count, sum) } else { 0 };
            }
        }
        weights
    }

    fn member(&self, town: &Town, weight: Whole) -> Member {
        let low = self.limits(town, "floor").into_iter().max().unwrap_or(0);
        let high = self.limits(town, "cap").into_iter().min().map(|high| high.max(low));
        let wanted = self.terms.get("coefficient").filter(|_| self.mode() == "coefficient").map(|k| part_of(weight, town.written.ratio(k, self.year)));
        let wanted = wanted.map(|wanted| high.map_or(wanted.max(low), |high| wanted.max(low).min(high)));
        Member { id: town.id(), weight, limits: Limits { low, high }, wanted }
    }

    /// The limits that bind: an amount, one by head, one by what was paid last year.
    fn limits(&self, town: &Town, key: &str) -> Vec<Whole> {
        let Some(rule) = self.terms.get(key).map(table) else { return Vec::new() };
        let of = |(kind, value): (&String, &Value)| match kind.as_str() {
            "amount" => Some(town.written.amount(value, self.year)),
            "per_head" => Some(town.times_count(word(self.terms, "heads").unwrap_or("人口"), town.written.amount(value, self.year), self.year)),
            "of_last_year" => self.paid_before(town).map(|last| part_of(last, town.written.ratio(value, self.year))),
            other => panic!("{key}.{other}"),
        };
        rule.iter().filter_map(of).collect()
    }

    fn paid_before(&self, town: &Town) -> Option<Whole> {
        if self.year > town.years.first && town.runs(self.terms, self.year - 1) {
            return Some(town.paid_last_year(self.id, self.year).unwrap_or(0));
        }
        self.terms.get("last_year").map(|amount| town.written.amount(amount, self.year))
    }

    fn handed(&self, mut members: Vec<Member>, total: Whole) -> Vec<Whole> {
        let wanted: Option<Vec<Whole>> = members.iter().map(|member| member.wanted).collect();
        if let Some(wanted) = wanted.filter(|_| self.mode() == "coefficient") {
            if wanted.iter().sum::<Whole>() <= total {
                return wanted;
            }
            members.iter_mut().zip(wanted).for_each(|(member, wanted)| member.limits.high = Some(wanted));
        }
        let unit = match word(self.terms, "round_to").unwrap_or("分") {
            "分" => 1,
            "元" => 100,
            "万元" => 1_000_000,
            other => panic!("round_to {other}"),
        };
        let residue = word(self.terms, "residue").unwrap_or("payer");
        assert!(["payer", "largest_remainder"].contains(&residue), "residue {residue}");
        hand_out(&members, total, unit, residue == "largest_remainder")
    }
}
