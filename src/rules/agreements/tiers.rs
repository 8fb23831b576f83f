//! `tiers` 分档超额分成: marginal shares over thresholds in money or in growth over a base.

use super::{BaseTerms, Basket, Shared};
use crate::base::{lang::Words, place::Place, ratio::Ratio};
use crate::diag::{Code, Problem, Problems};
use crate::plan::{Arg, op::Rung};
use crate::rules::{
    card::Card,
    field::{Field, Kind, Need, Quantity, optional, required},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

/// Rungs of a scale.
#[derive(Clone, Debug)]
pub struct Tiers {
    base: Option<BaseTerms>,
    tiers: Vec<Tier>,
    whole: bool,
    place: Place,
}

#[derive(Clone, Debug)]
struct Tier {
    from: From,
    share: Param,
    place: Place,
}

#[derive(Clone, Debug)]
enum From {
    Nothing,
    Money(Param),
    /// Growth over the base: 10 % means base × 1.10.
    Growth(Param),
}

const TIER: &[Field] = &[
    required("share", Kind::Value(Quantity::Share), "本档镇级比例", "the town's share on this tier"),
    optional("above", Kind::Value(Quantity::Money), "本档起点（金额）", "where the tier starts, in money"),
    optional("above_base", Kind::Value(Quantity::Rate), "本档起点（比基数增长的幅度，0% 即基数）", "where the tier starts, as growth over the base"),
];

impl Tiers {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        Field { need: Need::Optional, ..BaseTerms::BASE },
        BaseTerms::HISTORY,
        BaseTerms::GROWS_BY,
        BaseTerms::GROWS_WITH,
        required("tier", Kind::Keyed(TIER), "各档，由低到高；第一档从零起，不写起点", "tiers from below; the first starts at nothing"),
        optional("whole_amount", Kind::Flag, "全额累进：按所在档的比例分全部", "whole-amount scale: the rate of the tier reached applies to all"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "tiers",
        name: Words::new("分档超额分成", "tiers"),
        formula: Words::new(
            "S = Σ R(r_k·(min(X, θ_{k+1}) − θ_k)⁺)；全额累进：S = R(r_k·X)，k 为 X 所在档（恰在 θ_k 时属下一档）",
            "S = Σ R(r_k·(min(X, θ_{k+1}) − θ_k)⁺); whole_amount: S = R(r_k·X), k the tier X stands in (exactly at θ_k the lower one)",
        ),
        law: Words::new("县级办法中常见的5∶5、4∶6、3∶7（D）", "5 : 5, 4 : 6 and 3 : 7 as often seen in county notices (D)"),
        example: Words::new(
            "基数 1,000，X = 1,250；0–基数 100%，超 0–10% 50%，10–20% 60%，20% 以上 70%：1,000 + 50 + 60 + 35 = 1,145 万元",
            "base 1,000, X = 1,250; base 100 %, growth to 10 % 50 %, to 20 % 60 %, beyond 70 %: 1,145",
        ),
        case: "13-tiers-by-growth",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        let place = values.place_of("tier");
        let base = values.has("base").then(|| BaseTerms::read(values)).flatten();
        let whole = values.flag("whole_amount").unwrap_or(false);
        let tier = |(_, mut v): (String, Values)| {
            let place = v.place.clone();
            let from = match (v.param("above"), v.param("above_base")) {
                (Some(money), _) => From::Money(money),
                (None, Some(growth)) => From::Growth(growth),
                (None, None) => From::Nothing,
            };
            Some(Tier { from, share: v.param("share")?, place })
        };
        let tiers = values.keyed("tier")?.into_iter().map(tier).collect::<Option<Vec<_>>>()?;
        Some(Self { base, tiers, whole, place })
    }

    /// The first tier starts at nothing, the others somewhere; a growth needs a base; starts rise.
    pub fn check(&self, problems: &mut Problems) {
        if self.tiers.is_empty() {
            problems.push(Problem::new(Code::E304, &self.place).with_in("what", "一档也没有", "there is none"));
        }
        for (n, tier) in self.tiers.iter().enumerate() {
            let wrong = match &tier.from {
                From::Nothing => n != 0,
                From::Money(_) => n == 0,
                From::Growth(_) => n == 0 || self.base.is_none(),
            };
            if wrong {
                problems.push(Problem::new(Code::E304, &tier.place).with_in("what", format!("第 {} 档", n + 1), format!("tier {}", n + 1)));
            }
        }
        for (n, pair) in self.tiers.windows(2).enumerate() {
            let falls = match (&pair[0].from, &pair[1].from) {
                (From::Money(a), From::Money(b)) | (From::Growth(a), From::Growth(b)) => a.constant().zip(b.constant()).is_some_and(|(a, b)| a >= b),
                _ => false,
            };
            if falls {
                problems.push(Problem::new(Code::E304, &pair[1].place).with_in(
                    "what",
                    format!("第 {} 档不高于前一档", n + 2),
                    format!("tier {} is not above the one before", n + 2),
                ));
            }
        }
    }

    /// One rung a tier.
    pub fn lower(&self, basket: &Basket, low: &mut Lowering<'_>) -> Shared {
        let base = self.base.as_ref().map(|b| b.lower(basket, low));
        let mut rungs = Vec::with_capacity(self.tiers.len());
        for tier in &self.tiers {
            let from = match &tier.from {
                From::Nothing => Arg::Number(0.0),
                From::Money(money) => low.money(money).into(),
                From::Growth(growth) => threshold(growth, base.unwrap_or(Arg::Number(0.0)), rungs.len(), low),
            };
            rungs.push(Rung { from, rate: low.ratio(&tier.share).into() });
        }
        let used = self.base.as_ref().zip(base).map(|(terms, amount)| terms.used(amount));
        let share = low.plan.rungs(low.name("share", "镇级分成", "town's share"), basket.local, rungs, self.whole);
        Shared { base: used, ..Shared::only(share) }
    }

    /// The rule in words, tier by tier.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let base = self.base.as_ref().map_or_else(String::new, |b| speak.pick(format!("基数为{}", b.sentence(speak)), format!("the base being {}", b.sentence(speak))));
        let scale = if self.whole {
            speak.pick("全额累进，全部按所在档的比例", "the rate of the tier reached applies to all")
        } else {
            speak.pick("超额累进", "each tier at its own rate")
        };
        let head = speak.pick(format!("按分档办法分成（{scale}）"), format!("shared by tiers ({scale})"));
        let tiers: Vec<String> = self.tiers.iter().enumerate().map(|(n, tier)| tier.sentence(self.tiers.get(n + 1), speak)).collect();
        format!("{head}{}{}", speak.pick("：", ": "), speak.clauses(&[base, tiers.join(&speak.pick("，", ", "))]))
    }
}

impl Tier {
    fn sentence(&self, next: Option<&Self>, speak: &Speak<'_>) -> String {
        let (from, to, share) = (self.from.sentence(speak), next.and_then(|n| n.from.sentence(speak)), speak.value(&self.share));
        match (from, to) {
            (None, None) => speak.pick(format!("镇得{share}"), format!("the town gets {share}")),
            (None, Some(to)) => speak.pick(format!("{to}以内镇得{share}"), format!("up to {to} the town gets {share}")),
            (Some(from), Some(to)) => speak.pick(format!("{from}至{to}的部分镇得{share}"), format!("from {from} to {to} {share}")),
            (Some(from), None) => speak.pick(format!("{from}以上的部分镇得{share}"), format!("above {from} {share}")),
        }
    }
}

impl From {
    /// Where a tier starts; `None` at nothing. A growth of 10 % over the base is 110 % of it.
    fn sentence(&self, speak: &Speak<'_>) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Money(money) => Some(speak.value(money)),
            Self::Growth(growth) => Some(match growth.constant() {
                Some(0) => {
                    let _ = speak.value(growth);
                    speak.pick("基数", "the base")
                }
                Some(rate) => {
                    let _ = speak.value(growth);
                    let of_base = speak.share(rate + Ratio::ONE.0);
                    speak.pick(format!("基数的{of_base}"), format!("{of_base} of the base"))
                }
                None => speak.pick(format!("比基数增长（{}）", speak.value(growth)), format!("growth over the base ({})", speak.value(growth))),
            }),
        }
    }
}

/// `R(base × (1 + growth))`
fn threshold(growth: &Param, base: Arg, number: usize, low: &mut Lowering<'_>) -> Arg {
    let factor = low.table(growth, crate::plan::table::Shown::Share, crate::plan::table::Follows::Over);
    let name = low.name(&format!("threshold_{number}"), "档次起点", "start of the tier");
    low.plan.amount(name, base, factor).into()
}
