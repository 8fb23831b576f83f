//! On-lent special bonds 转贷专项债: what is lent, and the service it needs year after year.

use super::{
    card::Card,
    field::{Field, Kind, Quantity, optional, required},
    lowering::Lowering,
    param::{Drivers, LeafId, Lives, Missing, Param, StepValue},
    speak::Speak,
    values::Values,
};
use crate::base::{amount::Fen, decimal::divide_half_away, lang::Words, ratio::Ratio, when::Year};
use crate::plan::{
    Arg, Domain, Lane, Unit,
    table::{Follows, Shown, Table},
};

/// Keys of `[bond.ID]`.
pub const FIELDS: &[Field] = &[
    required("name", Kind::Text, "名称", "name"),
    required("towns", Kind::Towns, "转贷给哪些镇", "towns it is lent to"),
    required("principal", Kind::Value(Quantity::Money), "当年转贷数，按年写：{ 2014 = \"2000万元\" }", "money lent that year, by date: { 2014 = \"2000万元\" }"),
    required("rate", Kind::Value(Quantity::Share), "年利率，按转贷年份取", "interest a year, that of the year of lending"),
    required("years", Kind::Whole(1, 60), "期限（年）", "term in years"),
    required("repay", Kind::Choice(&["bullet", "instalments"]), "到期一次还本 bullet，或分年等额还本 instalments", "principal at the end (bullet) or in equal parts (instalments)"),
    optional("grace", Kind::Whole(0, 59), "分年还本前只付息的年数（默认 0）", "years of interest alone before instalments (default 0)").only("repay", &["instalments"]),
    required("classes", Kind::SomeTexts, "可用于哪些类别的项目", "project classes it may pay for"),
];

/// What the reference pages print.
pub const CARD: Card = Card {
    kind: "bond",
    name: Words::new("转贷专项债", "on-lent special bond"),
    formula: Words::new(
        "利息 = R(利率 × 年初未还本金)；还本：到期一次，或宽限期后每年 R'(P ÷ (期限 − 宽限))，末年为余数；镇以基金付县，付不了的挂欠；县照付全部本息",
        "interest = R(rate × principal owed at the start of the year); repaid at the end, or after the grace R'(P ÷ (years − grace)) a year, the last by subtraction; the town pays the county from fund money, arrears stay due; the county pays all of it",
    ),
    law: Words::new(
        "债券由省级发行、可转贷，限公益性资本支出：预算法第三十五条，实施条例第四十四、四十五条（A）；镇不能举债，由镇向县分担本息是假定（D）",
        "issued by the province and on-lent, for public capital spending only: Budget Law 预算法 art. 35, Regulation 预算法实施条例 art. 44–45 (A); towns cannot borrow, that a town bears the service is an assumption (D)",
    ),
    example: Words::new(
        "2014 年转贷 1,000 万元，利率 4%，2 年，分年还本：2015 年 40 + 500，2016 年 20 + 500",
        "10 million lent in 2014 at 4 % for 2 years in instalments: 0.4 + 5 in 2015, 0.2 + 5 in 2016 (millions)",
    ),
    case: "58-on-lent-bonds",
};

/// An on-lent bond.
#[derive(Clone, Debug)]
pub struct Bond {
    principal: Param,
    rate: Param,
    years: usize,
    /// Years of interest alone; `None`: the principal falls due at the end.
    grace: Option<usize>,
}

/// Money lent to a town in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loan {
    /// The year of lending.
    pub year: Year,
    /// \[分\] What is lent.
    pub principal: Fen,
    /// The interest a year.
    pub rate: Ratio,
    leaf: LeafId,
}

/// What a bond is in the plan.
#[derive(Clone, Copy, Debug)]
pub struct BondLanes {
    /// Lent in the year.
    pub lent: Lane,
    /// Interest and principal of the year.
    pub due: Lane,
}

impl Bond {
    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        let (years, grace) = (values.whole("years"), values.whole("grace").unwrap_or(0));
        let instalments = values.text("repay")? == "instalments";
        let whole = |n: i64| usize::try_from(n).ok();
        Some(Self {
            principal: values.param("principal")?,
            rate: values.param("rate")?,
            years: whole(years?)?,
            grace: if instalments { whole(grace) } else { None },
        })
    }

    /// Whether every amount lent has its year, and none grows.
    #[must_use]
    pub fn is_dated(&self) -> bool {
        self.principal.growth == super::param::Growth::None && !self.principal.interpolate && self.principal.steps.iter().all(|s| s.from.is_some())
    }

    /// Whether money is lent in a year or later.
    #[must_use]
    pub fn lends_from(&self, year: Year) -> bool {
        self.principal.days().any(|day| day.year >= year)
    }

    /// Whether some years are left for instalments.
    #[must_use]
    pub fn leaves_time_to_repay(&self) -> bool {
        self.grace.is_none_or(|grace| grace < self.years)
    }

    /// What a town was lent, before the horizon or within it.
    ///
    /// # Errors
    /// The parameter that has no value, why, and the year.
    pub fn loans(&self, town: usize, drivers: &Drivers) -> Result<Vec<Loan>, (&Param, Missing, Year)> {
        let dated = self.principal.steps.iter().filter_map(|step| step.from.map(|day| (day.year, &step.value)));
        let loan = |(year, value): (Year, &StepValue)| {
            let (principal, leaf) = match value {
                StepValue::Same(value, leaf) => (*value, *leaf),
                StepValue::ByTown(values) => values.get(town).copied().flatten().ok_or((&self.principal, Missing::Town, year))?,
            };
            let principal = self.principal.changed(principal, year).map_err(|missing| (&self.principal, missing, year))?;
            let (rate, _) = self.rate.at(town, year, drivers, Lives::ALL_YEAR).map_err(|missing| (&self.rate, missing, year))?;
            Ok(Loan { year, principal, rate: Ratio(rate), leaf })
        };
        dated.map(loan).collect()
    }

    /// \[分\] Interest and principal of a loan in the years after it was lent, to the end of its term.
    #[must_use]
    pub fn service(&self, loan: &Loan) -> Vec<Fen> {
        let mut open = loan.principal;
        let service = |year: usize| {
            let (interest, repaid) = (loan.rate.of(open), self.repaid(loan.principal, open, year));
            open -= repaid;
            interest + repaid
        };
        (1..=self.years).map(service).collect()
    }

    /// Principal repaid in a year of the term: all that is open in the last, equal parts before it.
    fn repaid(&self, principal: Fen, open: Fen, year: usize) -> Fen {
        match self.grace {
            _ if year == self.years => open,
            Some(grace) if year > grace => {
                let parts = i128::try_from(self.years - grace).unwrap_or(1);
                #[expect(clippy::cast_possible_truncation, reason = "a part is no more than the whole")]
                let part = divide_half_away(i128::from(principal), parts) as Fen;
                part.min(open)
            }
            _ => 0,
        }
    }

    /// What is lent and what is due, by year and town: schedules, since nothing in them depends on the run.
    pub fn lower(&self, low: &mut Lowering<'_>) -> BondLanes {
        let width = low.plan.towns;
        let mut lent = Schedule::new("principal", low);
        let mut due = Schedule::new("service", low);
        for town in 0..width {
            if !low.gate.at(0, town) {
                continue;
            }
            match self.loans(low.towns[town].0, low.drivers) {
                Ok(loans) => loans.iter().for_each(|loan| {
                    lent.add(loan.year, town, loan.principal, loan.leaf);
                    self.service(loan).into_iter().zip(loan.year + 1..).for_each(|(service, year)| due.add(year, town, service, loan.leaf));
                }),
                Err((param, missing, year)) => low.report(param, missing, year, town),
            }
        }
        BondLanes { lent: lent.lane("lent", "当年转贷", "lent in the year", low), due: due.lane("due", "当年应付本息", "service due in the year", low) }
    }

    /// The bond in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let (lent, rate, years) = (speak.outturns(&self.principal), speak.value(&self.rate), self.years);
        let terms = speak.pick(format!("年利率{rate}，期限{years}年"), format!("interest a year {rate}, term {years} years"));
        let repaid = match self.grace {
            None => speak.pick("到期一次还本", "repaid at the end"),
            Some(0) => speak.pick("分年等额还本", "repaid in equal instalments"),
            Some(grace) => speak.pick(format!("头{grace}年只付息，以后分年等额还本"), format!("interest alone up to year {grace}, then equal instalments")),
        };
        speak.clauses(&[speak.pick(format!("转贷{lent}"), format!("lent: {lent}")), terms, repaid])
    }
}

/// Amounts by year and town in the making.
struct Schedule {
    name: String,
    first: Year,
    width: usize,
    values: Vec<Fen>,
    leaves: Vec<Option<LeafId>>,
}

impl Schedule {
    fn new(key: &str, low: &Lowering<'_>) -> Self {
        let width = low.plan.towns;
        let cells = low.plan.years * width;
        Self { name: format!("{}/{key}", low.path), first: low.first_year, width, values: vec![0; cells], leaves: vec![None; cells] }
    }

    /// Years outside the horizon are left out.
    fn add(&mut self, year: Year, town: usize, amount: Fen, leaf: LeafId) {
        let at = usize::try_from(year - self.first).ok().map(|y| y * self.width + town);
        if let Some((value, from)) = at.and_then(|at| Some((self.values.get_mut(at)?, self.leaves.get_mut(at)?))) {
            *value += amount;
            *from = Some(leaf);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "amounts stay below 10^15")]
    fn lane(self, key: &str, zh: &'static str, en: &'static str, low: &mut Lowering<'_>) -> Lane {
        let values = self.values.iter().map(|v| *v as f64).collect();
        let table = low.plan.table(Table { name: self.name, shown: Shown::Fen, follows: Follows::Program, values, width: self.width, leaves: self.leaves });
        let name = low.name(key, zh, en);
        low.plan.sum_in(name, Domain::Town, Unit::Fen, vec![Arg::Table(table)], Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{place::Place, when::Day};
    use crate::rules::param::{Growth, Step};

    fn bond(years: usize, grace: Option<usize>) -> (Bond, Loan) {
        let param = |path: &str, quantity, value| {
            let steps = vec![Step { from: Some(Day::first_of(2014)), value: StepValue::Same(value, LeafId(0)) }];
            Param { path: path.to_owned(), place: Place::Nowhere, quantity, steps, growth: Growth::None, interpolate: false, changes: Vec::new() }
        };
        let bond = Bond { principal: param("principal", Quantity::Money, 1_000), rate: param("rate", Quantity::Share, 40_000), years, grace };
        let loan = bond.loans(0, &Drivers::default()).unwrap()[0];
        (bond, loan)
    }

    #[test]
    fn service_by_hand() {
        // 1,000 at 4 %: interest 40 each year, the principal with the last.
        let (bullet, loan) = bond(3, None);
        assert_eq!(bullet.service(&loan), [40, 40, 1_040]);
        // Three parts of 333, 333 and the rest, on 1,000, 667, 334: interest 40, 26.68 → 27, 13.36 → 13.
        let (equal, loan) = bond(3, Some(0));
        assert_eq!(equal.service(&loan), [373, 360, 347]);
        let (late, loan) = bond(3, Some(1));
        assert_eq!(late.service(&loan), [40, 540, 520]);
    }
}
