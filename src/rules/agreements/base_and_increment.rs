//! `base_and_increment` 基数加增量分成: one share of the base, another of what exceeds it.

use super::{BaseTerms, Basket, Shared};
use crate::base::lang::Words;
use crate::diag::Problems;
use crate::plan::{Arg, Lane, TableId};
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, optional, required},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

/// Shares below and above a base.
#[derive(Clone, Debug)]
pub struct BaseAndIncrement {
    base: BaseTerms,
    below: Param,
    above: Param,
    shortfall: Shortfall,
}

/// Who bears it when less than the base comes in 短收.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shortfall {
    /// Both, by the share below the base.
    Shared,
    /// The county: the town still gets its share of the base.
    County,
    /// The town: every yuan short is deducted from its share of the base.
    Town,
}

impl BaseAndIncrement {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        BaseTerms::BASE,
        BaseTerms::HISTORY,
        BaseTerms::GROWS_BY,
        BaseTerms::GROWS_WITH,
        required("below_base", Kind::Value(Quantity::Share), "基数以内镇级比例", "the town's share up to the base"),
        required("above_base", Kind::Value(Quantity::Share), "超基数部分镇级比例", "the town's share above the base"),
        optional(
            "shortfall",
            Kind::Choice(&["shared", "county", "town"]),
            "短收由谁承担：按比例（shared）、县、镇",
            "who bears a shortfall: both by the share, the county, the town",
        )
        .or("shared", "shared"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "base_and_increment",
        name: Words::new("基数加增量分成", "base and increment"),
        formula: Words::new(
            "X ≥ b：S = R(s0·b) + R(s1·(X−b))；X < b：shared R(s0·X)，county R(s0·b)，town max(min(X, 0), R(s0·b) − (b−X))",
            "X ≥ b: S = R(s0·b) + R(s1·(X−b)); X < b: shared R(s0·X), county R(s0·b), town max(min(X, 0), R(s0·b) − (b−X))",
        ),
        law: Words::new(
            "核定基数、超收分成，县镇体制的标准类型（B）；比例为假定（D）",
            "an approved base and a shared increment, a standard type of county–town system (B); ratios are assumed (D)",
        ),
        example: Words::new("b = 3,200，X = 4,000，s0 = 50%，s1 = 70%：1,600 + 560 = 2,160 万元", "b = 3,200, X = 4,000, s0 = 50 %, s1 = 70 %: 1,600 + 560 = 2,160"),
        case: "04-base-and-increment",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        let shortfall = match values.text("shortfall").as_deref() {
            Some("county") => Shortfall::County,
            Some("town") => Shortfall::Town,
            _ => Shortfall::Shared,
        };
        Some(Self { base: BaseTerms::read(values)?, below: values.param("below_base")?, above: values.param("above_base")?, shortfall })
    }

    /// Nothing beyond what the fields say.
    pub fn check(&self, _: &mut Problems) {}

    /// The part within the base and the part above it, each rounded by itself.
    pub fn lower(&self, basket: &Basket, low: &mut Lowering<'_>) -> Shared {
        let base = self.base.lower(basket, low);
        let (s0, s1) = (low.ratio(&self.below), low.ratio(&self.above));
        let inside = self.inside(basket, base, s0, low);
        let excess = low.excess("excess", "超基数部分", "excess over the base", basket.local.into(), base);
        let over = low.plan.amount(low.name("over", "超基数部分镇级分成", "town's share of the excess"), excess, s1);
        let share = low.plan.sum(low.name("share", "镇级分成", "town's share"), &[inside, over], &[]);
        Shared { over: Some(over), base: Some(self.base.used(base)), ..Shared::only(share) }
    }

    fn inside(&self, basket: &Basket, base: Arg, s0: TableId, low: &mut Lowering<'_>) -> Lane {
        let name = low.name("inside", "基数以内镇级分成", "town's share of the base");
        if self.shortfall == Shortfall::Shared {
            let within = low.plan.clamp(low.name("within", "基数以内部分", "part within the base"), basket.local, None, Some(base));
            return low.plan.amount(name, within, s0);
        }
        let of_base = low.plan.amount(low.name("of_base", "基数乘比例", "share of the base"), base, s0);
        if self.shortfall == Shortfall::County {
            return of_base;
        }
        let zero = Arg::Number(0.0);
        let short = low.excess("short", "短收", "shortfall", base, basket.local.into());
        let left = low.plan.sum(low.name("inside_signed", "扣短收后", "after the shortfall"), &[of_base], &[short]);
        // A refund (X < 0) is the town's to bear down to X itself; otherwise its share does not fall below nothing.
        let least = low.plan.clamp(low.name("least", "下限", "lower bound"), basket.local, None, Some(zero));
        // A base below nothing (a year of refunds) leaves a share below nothing, which is then the bound.
        let least = low.plan.clamp(low.name("least_of_base", "下限（基数为负时）", "lower bound with a negative base"), least, None, Some(of_base.into()));
        low.plan.clamp(name, left, Some(least.into()), None)
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let (base, below, above) = (self.base.sentence(speak), speak.value(&self.below), speak.value(&self.above));
        let shortfall = match self.shortfall {
            Shortfall::Shared => speak.pick("短收由县镇按基数内比例分担", "a shortfall is borne by both at the share within the base"),
            Shortfall::County => speak.pick("短收由县负担", "a shortfall is borne by the county"),
            Shortfall::Town => speak.pick("短收由镇负担", "a shortfall is borne by the town"),
        };
        speak.clauses(&[
            speak.pick(format!("按基数加增量分成：基数为{base}"), format!("shared by base and increment, the base being {base}")),
            speak.pick(format!("基数以内镇得{below}，超基数部分镇得{above}"), format!("within the base the town gets {below}, above it {above}")),
            shortfall,
        ])
    }
}
