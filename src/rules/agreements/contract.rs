//! `contract` 核定收支、定额上解/补助、超收分成、短收分担: the commonest town system.

use super::{Basket, FixedOn, Shared, UsedBase};
use crate::base::lang::Words;
use crate::diag::Problems;
use crate::plan::table::{Follows, Shown, Table};
use crate::plan::{TableId, builder::Builder};
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, required},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

/// Approved revenue and spending, and what happens above and below.
#[derive(Clone, Debug)]
pub struct Contract {
    revenue: Param,
    spending: Param,
    excess: Param,
    shortfall: Param,
}

impl Contract {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("revenue_base", Kind::Value(Quantity::Money), "核定收入基数 R0", "approved revenue R0"),
        required("spending_base", Kind::Value(Quantity::Money), "核定支出基数 E0", "approved spending E0"),
        required("excess_share", Kind::Value(Quantity::Share), "超收部分镇级比例 s", "the town's share of the excess, s"),
        required("shortfall_share", Kind::Value(Quantity::Share), "短收部分县级分担比例 p", "the county's share of a shortfall, p"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "contract",
        name: Words::new("核定收支、定额上解（补助）、超收分成、短收分担", "contract: approved revenue and spending"),
        formula: Words::new(
            "T = X − U + D − R((1−s)·max(0, X−R0)) + R(p·max(0, R0−X))；U = max(0, R0−E0)，D = max(0, E0−R0)",
            "T = X − U + D − R((1−s)·max(0, X−R0)) + R(p·max(0, R0−X)); U = max(0, R0−E0), D = max(0, E0−R0)",
        ),
        law: Words::new(
            "核定收支基数、定额上解或补助、超收分成，县镇体制的标准类型（B）；比例由县定（D）",
            "approved bases, a fixed remittance or subsidy, a shared excess: a standard type of county–town system (B); ratios are the county's to set (D)",
        ),
        example: Words::new(
            "R0 = 3,900，E0 = 2,750，s = 40%，X = 4,214.5：U = 1,150，县分超收 188.7，镇 4,214.5 − 1,150 − 188.7 = 2,875.8 万元",
            "R0 = 3,900, E0 = 2,750, s = 40 %, X = 4,214.5: U = 1,150, county's part of the excess 188.7, town 2,875.8",
        ),
        case: "10-contract",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        Some(Self {
            revenue: values.param("revenue_base")?,
            spending: values.param("spending_base")?,
            excess: values.param("excess_share")?,
            shortfall: values.param("shortfall_share")?,
        })
    }

    /// Nothing beyond what the fields say.
    pub fn check(&self, _: &mut Problems) {}

    /// The basket less the county's part of the excess plus its part of a shortfall; quota or subsidy beside it.
    pub fn lower(&self, basket: &Basket, low: &mut Lowering<'_>) -> Shared {
        let (revenue, spending) = (low.money(&self.revenue), low.money(&self.spending));
        let (county_share, aid_share) = (low.rest_ratio(&self.excess), low.ratio(&self.shortfall));
        let excess = low.excess("excess", "超收", "excess over approved revenue", basket.local.into(), revenue.into());
        let short = low.excess("short", "短收", "shortfall below approved revenue", revenue.into(), basket.local.into());
        let up = low.plan.amount(low.name("excess_to_county", "超收县级分成", "county's part of the excess"), excess, county_share);
        let aid = low.plan.amount(low.name("shortfall_aid", "短收县级分担", "county's part of the shortfall"), short, aid_share);
        let over = low.plan.sum(low.name("over", "超收镇级分成", "town's part of the excess"), &[excess], &[up]);
        let share = low.plan.sum(low.name("share", "镇级分成", "town's share"), &[basket.local, aid], &[up]);
        let remit = positive_difference(low.plan, revenue, spending, &format!("{}/remit", low.path));
        let subsidy = positive_difference(low.plan, spending, revenue, &format!("{}/subsidy", low.path));
        let base = UsedBase { amount: revenue.into(), on: FixedOn::Given };
        Shared { share, over: Some(over), subsidy: Some(subsidy), remit: Some(remit), base: Some(base) }
    }

    /// The rule in words; remittance or subsidy are worked out where both amounts are fixed.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let (revenue, spending, excess) = (speak.value(&self.revenue), speak.value(&self.spending), speak.value(&self.excess));
        let quota = match speak.fixed(&self.revenue).zip(speak.fixed(&self.spending)) {
            Some((r, e)) if r > e => speak.pick(format!("定额上解{}", speak.money(r - e)), format!("remits a fixed {}", speak.money(r - e))),
            Some((r, e)) if r < e => speak.pick(format!("县定额补助{}", speak.money(e - r)), format!("gets a fixed subsidy of {}", speak.money(e - r))),
            Some(_) => speak.pick("不上解也不补助", "neither remits nor is subsidised"),
            None => speak.pick("收入核定数大于支出的差额定额上解，小于的差额由县补助", "remits what approved revenue has over approved spending, or is paid what it lacks"),
        };
        let aid = speak.value(&self.shortfall);
        let shortfall = match speak.fixed(&self.shortfall) {
            Some(0) => speak.pick("短收县里不补", "the county does not make up a shortfall"),
            _ => speak.pick(format!("短收部分县里分担{aid}"), format!("the county bears {aid} of a shortfall")),
        };
        speak.clauses(&[
            speak.pick(
                format!("按核定收支办法：核定收入{revenue}、支出{spending}，{quota}"),
                format!("under a contract, with approved revenue of {revenue} and approved spending of {spending}; the town {quota}"),
            ),
            speak.pick(format!("超收部分镇得{excess}"), format!("of the excess over approved revenue the town gets {excess}")),
            shortfall,
        ])
    }
}

/// `max(0, a − b)` of two tables of whole fen: exact, so it can be done before the years run.
fn positive_difference(plan: &mut Builder, a: TableId, b: TableId, name: &str) -> TableId {
    let follows = Follows::Excess(a, b);
    let (a, b) = (plan.get(a).clone(), plan.get(b).clone());
    let towns = plan.towns;
    let cells = |y: usize| (0..towns).map(move |t| (y, t));
    let values = (0..plan.years).flat_map(cells).map(|(y, t)| (a.at(y, t) - b.at(y, t)).max(0.0)).collect();
    let leaves = (0..plan.years).flat_map(cells).map(|(y, t)| a.leaf(y, t)).collect();
    plan.table(Table { name: name.to_owned(), shown: Shown::Fen, follows, values, width: towns.max(1), leaves })
}
