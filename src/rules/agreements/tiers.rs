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
        formula: "S = Σ R(r_k·(min(X, θ_{k+1}) − θ_k)⁺)；全额累进：S = R(r_k·X)，k 为 X 所在档（恰在 θ_k 时属下一档）",
        law: "典型县级办法 5:5、4:6、3:7（facts 3c，D）",
        example: Words::new(
            "基数 1,000，X = 1,250；0–基数 100%，超 0–10% 50%，10–20% 60%，20% 以上 70%：1,000 + 50 + 60 + 35 = 1,145 万元",
            "base 1,000, X = 1,250; base 100 %, growth to 10 % 50 %, to 20 % 60 %, beyond 70 %: 1,145",
        ),
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
            problems.push(Problem::new(Code::E304, &self.place).with("what", "tier"));
        }
        for (n, tier) in self.tiers.iter().enumerate() {
            let wrong = match &tier.from {
                From::Nothing => n != 0,
                From::Money(_) => n == 0,
                From::Growth(_) => n == 0 || self.base.is_none(),
            };
            if wrong {
                problems.push(Problem::new(Code::E304, &tier.place).with("what", n + 1));
            }
        }
        for pair in self.tiers.windows(2) {
            let falls = match (&pair[0].from, &pair[1].from) {
                (From::Money(a), From::Money(b)) | (From::Growth(a), From::Growth(b)) => a.constant().zip(b.constant()).is_some_and(|(a, b)| a >= b),
                _ => false,
            };
            if falls {
                problems.push(Problem::new(Code::E304, &pair[1].place).with("what", &pair[1].share.path));
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
        Shared::only(low.plan.rungs(low.name("share", "镇级分成", "town's share"), basket.local, rungs, self.whole))
    }
}

/// `R(base × (1 + growth))`
fn threshold(growth: &Param, base: Arg, number: usize, low: &mut Lowering<'_>) -> Arg {
    let factor = low.table(growth, crate::plan::table::Shown::Share, |v| Ratio(v + Ratio::ONE.0).coefficient());
    let name = low.name(&format!("threshold_{number}"), "档次起点", "start of the tier");
    low.plan.amount(name, base, factor).into()
}
