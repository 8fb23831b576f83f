//! `quota_up` 递增上解: a remittance that grows by a rate, with a driver, or with the town's own revenue.

use super::{Due, Kept};
use crate::base::lang::Words;
use crate::diag::{Code, Problem, Problems};
use crate::plan::{Arg, Lane, Op};
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, optional, required},
    lowering::Lowering,
    param::{Growth, Param},
    speak::Speak,
    values::Values,
};

/// A first amount and how it grows.
#[derive(Clone, Debug)]
pub struct QuotaUp {
    quota: Param,
    growth: Growth,
    with_revenue: bool,
    before: Option<Param>,
    never_below_base: bool,
    place: crate::base::place::Place,
}

impl QuotaUp {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("quota", Kind::Value(Quantity::Money), "起始年的上解额", "the amount of the first year"),
        optional("grows_by", Kind::Value(Quantity::Rate), "每年递增比率", "yearly growth"),
        optional(
            "grows_with",
            Kind::DriverOr("own_revenue"),
            "随之递增的因素；\"own_revenue\" 为本镇地方留成部分的增幅",
            "driver it grows with, or \"own_revenue\": the town's own local part",
        ),
        optional("never_below_base", Kind::Flag, "不低于起始年上解额", "never below the first year's amount"),
        optional(
            "revenue_before",
            Kind::Value(Quantity::Money),
            "起始年上一年的地方留成部分；写了则起始年已按增幅递增",
            "local part of the year before the start; if given the start year already grows",
        ),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "quota_up",
        name: Words::new("递增上解", "escalating remittance"),
        formula: Words::new(
            "U_t = R(U_{t−1}·(1+g_t))；own_revenue：U_t = R(U_{t−1}·X_t÷X_{t−1})；never_below_base：不低于起始额",
            "U_t = R(U_{t−1}·(1+g_t)); own_revenue: U_t = R(U_{t−1}·X_t÷X_{t−1}); never_below_base: not below the first amount",
        ),
        law: Words::new(
            "湖北某市自2011年起的财政体制通知：与当年地方税收增幅同步，不低于2010年基数（A）",
            "a Hubei city's notice on its fiscal system from 2011: grows with the local tax of the year, never below the base of 2010 (A)",
        ),
        example: Words::new(
            "U_0 = 600，X 由 4,000 增到 4,400：U_1 = 600 × 4,400 ÷ 4,000 = 660 万元；X 降到 3,600：仍为 600（不低于基数）",
            "U_0 = 600, X grows from 4,000 to 4,400: 660; X falls to 3,600: still 600 (never below base)",
        ),
        case: "18-quota-up-with-revenue",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        let place = values.place.clone();
        let with_revenue = values.is_word("grows_with");
        let never_below_base = values.flag("never_below_base").unwrap_or(false);
        let before = values.param("revenue_before");
        Some(Self { quota: values.param("quota")?, growth: values.growth(), with_revenue, before, never_below_base, place })
    }

    /// Grows in exactly one way.
    pub fn check(&self, problems: &mut Problems) {
        if self.with_revenue == (self.growth != Growth::None) {
            problems.push(Problem::new(Code::E306, &self.place).with("one", "grows_by / grows_with").with("other", "grows_with = \"own_revenue\""));
        }
    }

    /// Set in the first year, grown from there.
    pub fn lower(&self, kept: &Kept, low: &mut Lowering<'_>) -> Due {
        let quota = low.money(&self.quota);
        let (starts, in_force) = (low.starts(), low.in_force());
        let due = low.plan.fen(low.name("amount", "递增上解额", "escalating remittance"));
        let before = low.plan.carry(low.name("amount_before", "上年上解额", "last year's remittance"), due, 1, Arg::Number(0.0));
        let first = low.plan.select(low.name("from", "递增起点", "what it grows from"), starts, quota, before);
        let grown = self.grown(first, kept, starts.into(), low);
        let floor: Arg = if self.never_below_base { quota.into() } else { Arg::Number(0.0) };
        let bounded = low.plan.clamp(low.name("amount_bounded", "不低于基数", "not below the base"), grown, Some(floor), None);
        low.plan.ops.push(Op::Select { out: due, when: in_force.into(), yes: bounded.into(), no: Arg::Number(0.0) });
        Due { due, is_subsidy: false, arrears: true, earmarked: None }
    }

    fn grown(&self, from: Lane, kept: &Kept, starts: Arg, low: &mut Lowering<'_>) -> Lane {
        let name = low.name("amount_grown", "递增后", "after growth");
        if !self.with_revenue {
            let factor = low.factors(&self.growth);
            let grown = low.plan.amount(name, from, factor);
            return low.plan.select(low.name("amount_started", "起始年不递增", "no growth in the first year"), starts, from, grown);
        }
        let opening: Arg = self.before.as_ref().map_or(Arg::Number(0.0), |b| low.money(b).into());
        let last = low.plan.carry(low.name("revenue_last", "上年地方留成", "last year's local part"), kept.local, 1, opening);
        // In the start year the lane before is another regime's; what is written stands in for it, or nothing grows.
        let last = low.plan.select(low.name("revenue_before", "用以比较的上年", "the year compared with"), starts, opening, last);
        let last = low.plan.clamp(low.name("revenue_before_positive", "上年（不为负）", "not negative"), last, Some(Arg::Number(0.0)), None);
        low.plan.prorate(name, from, kept.local, last, from)
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let quota = speak.value(&self.quota);
        let growth = if self.with_revenue {
            speak.pick("随本镇地方留成部分同步增减", "moving with the town's own local part")
        } else {
            speak.growth(&self.growth, self.quota.path.strip_suffix(".quota").unwrap_or(&self.quota.path))
        };
        let before = self
            .before
            .as_ref()
            .map_or_else(String::new, |b| speak.pick(format!("（起始年上一年为{}）", speak.value(b)), format!(" ({} in the year before the start)", speak.value(b))));
        let floor = if self.never_below_base { speak.pick("，不低于起始年数额", ", never below the first year's amount") } else { String::new() };
        speak.pick(format!("递增上解：起始年{quota}，以后{growth}{before}{floor}"), format!("an escalating remittance of {quota} in the first year, {growth}{before}{floor}"))
    }
}
