//! `cohort` 批次补助: a year's money goes to the towns that join in that year.

use super::{Given, Sight};
use crate::base::{lang::Words, place::Place, when::Year};
use crate::diag::{Code, Problem, Problems};
use crate::plan::{
    Arg,
    table::{Follows, Shown, Table},
};
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, optional},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

/// A sum divided among the newcomers, or an amount for each.
#[derive(Clone, Debug)]
pub struct Cohort {
    amount: Option<Param>,
    per_town: Option<Param>,
    years: Year,
    place: Place,
}

impl Cohort {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        optional("amount", Kind::Value(Quantity::Money), "当年总额，由当年入列的镇均分", "the year's sum, divided equally among the towns that join"),
        optional("per_town", Kind::Value(Quantity::Money), "每个新入列的镇得多少（与 amount 二选一）", "amount for each town that joins (instead of amount)"),
        optional("years", Kind::Whole(1, 50), "每镇享受几年", "how many years each town gets it").or("1", "1"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "cohort",
        name: Words::new("批次补助（当年入列的镇均分）", "cohort transfer (divided among those who join)"),
        formula: Words::new(
            "每镇 ⌊当年总额 ÷ 入列镇数⌋ 分，余下各分依镇名先后一镇一分",
            "each town ⌊sum of the year ÷ towns that join⌋ fen, the fen left over one by one in the order of names",
        ),
        law: Words::new(
            "百镇建设行动：省财政每年10亿元、每年100镇（四川日报2014-01-17，A）；每镇1,000万元为推算（B）",
            "百镇建设行动: the province gave 1 billion a year to 100 towns a year (四川日报 2014-01-17, A); 10 million a town is derived (B)",
        ),
        example: Words::new("10 亿元、100 镇入列：每镇 1,000 万元", "1 billion yuan, 100 towns: 10 million each"),
        case: "81-cohort",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        let place = values.place.clone();
        let years = values.whole("years").and_then(|y| Year::try_from(y).ok()).unwrap_or(1);
        Some(Self { amount: values.param("amount"), per_town: values.param("per_town"), years, place })
    }

    /// Exactly one of the two amounts.
    pub fn check(&self, problems: &mut Problems) {
        if self.amount.is_some() == self.per_town.is_some() {
            problems.push(Problem::new(Code::E306, &self.place).with("one", "amount").with("other", "per_town"));
        }
    }

    /// What every town gets is known before the year begins: a table.
    pub fn lower(&self, sight: &Sight<'_>, low: &mut Lowering<'_>) -> Given {
        let name = low.name("amount", "转移支付", "transfer");
        let open = |low: &Lowering<'_>, y: usize, t: usize| {
            let joined = sight.cohorts[t].is_some_and(|cohort| cohort <= low.year(y) && low.year(y) - self.years < cohort);
            low.gate.at(y, t) && joined
        };
        let gives: Vec<bool> = (0..low.plan.years * low.plan.towns).map(|at| open(low, at / low.plan.towns, at % low.plan.towns)).collect();
        let towns = low.plan.towns;
        if let Some(each) = &self.per_town {
            let (table, path) = (low.money(each), format!("{}/joins", low.path));
            let joins = low.plan.made(&path, Shown::Flag, |y, t| f64::from(gives[y * towns + t]));
            return Given::only(low.plan.amount(name, table, joins));
        }
        let Some(amount) = &self.amount else { return Given::only(low.plan.amount(name, Arg::Number(0.0), Arg::Number(1.0))) };
        let total = low.money(amount);
        let shares = divided(low, &gives, |y, t| low.plan.get(total).at(y, t));
        // The parts rest on what the sum rests on.
        let leaves = (0..shares.len()).map(|at| low.plan.get(total).leaf(at / towns, at % towns)).collect();
        let part = low.plan.table(Table { name: format!("{}/part", low.path), shown: Shown::Fen, follows: Follows::Program, values: shares, width: towns, leaves });
        Given::only(low.plan.amount(name, part, Arg::Number(1.0)))
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let years = if self.years == 1 { String::new() } else { speak.pick(format!("，每镇享受{}年", self.years), format!(", for {} years", self.years)) };
        match (&self.amount, &self.per_town) {
            (Some(amount), _) => {
                let amount = speak.yearly(amount);
                speak.pick(format!("总额{amount}，由当年入列的各镇均分{years}"), format!("{amount} in all, divided equally among the towns that join in the year{years}"))
            }
            (None, each) => {
                let each = each.as_ref().map_or_else(String::new, |p| speak.yearly(p));
                speak.pick(format!("每个当年入列的镇{each}{years}"), format!("{each} for every town that joins in the year{years}"))
            }
        }
    }
}

/// Equal parts in whole fen; what is left goes fen by fen to the first by town id.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "amounts are whole fen below 10^15")]
fn divided(low: &Lowering<'_>, gives: &[bool], total: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let towns = low.plan.towns;
    let mut parts = vec![0.0; gives.len()];
    for year in 0..low.plan.years {
        let mut members: Vec<usize> = (0..towns).filter(|t| gives[year * towns + t]).collect();
        let Some(&first) = members.first() else { continue };
        members.sort_by_key(|t| low.plan.ranks[*t]);
        let (sum, count) = (total(year, first) as i64, i64::try_from(members.len()).unwrap_or(1));
        for (n, town) in (0_i64..).zip(members) {
            parts[year * towns + town] = (sum / count + i64::from(n < sum % count)) as f64;
        }
    }
    parts
}
