//! `ratio` 比例分成: the town gets a fixed share of the basket.

use super::{Basket, Shared};
use crate::base::{lang::Words, ratio::Ratio as Share};
use crate::diag::{Code, Problem, Problems};
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, optional, required},
    lowering::Lowering,
    param::{Lives, Param},
    speak::Speak,
    values::Values,
};

/// The town's share of the basket.
#[derive(Clone, Debug)]
pub struct Ratio {
    share: Param,
    of_gross: bool,
}

impl Ratio {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("share", Kind::Value(Quantity::Share), "镇级分成比例", "the town's share"),
        optional("share_of", Kind::Choice(&["local", "gross"]), "比例占地方留成部分（local）还是占总额（gross）", "share of the local part or of gross").or("local", "local"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "ratio",
        name: Words::new("比例分成", "ratio sharing"),
        formula: Words::new("S = R(s·X)；share_of = \"gross\"：S = min(R(s·G), X)", "S = R(s·X); share_of = \"gross\": S = min(R(s·G), X)"),
        law: Words::new("湖北某市自2011年起的财政体制通知（A）；比例由县定（D）", "a Hubei city's notice on its fiscal system from 2011 (A); the ratio is the county's to set (D)"),
        example: Words::new("X = 1,000 万元，s = 62.5%：镇 625 万元，县 375 万元", "X = 10.00 million, s = 62.5 %: town 6.25, county 3.75 million"),
        case: "01-ratio",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        let of_gross = values.text("share_of").is_some_and(|of| of == "gross");
        Some(Self { share: values.param("share")?, of_gross })
    }

    /// Nothing beyond what the fields say.
    pub fn check(&self, _: &mut Problems) {}

    /// `R(s·X)`, or a share of gross taken from X.
    pub fn lower(&self, basket: &Basket, low: &mut Lowering<'_>) -> Shared {
        let share = low.ratio(&self.share);
        if !self.of_gross {
            return Shared::only(low.plan.amount(low.name("share", "镇级分成", "town's share"), basket.local, share));
        }
        self.refuse_more_than_there_is(basket, low);
        let (name, rest) = (low.name("share", "镇级分成", "town's share"), low.name("beyond", "县级分成", "county's share"));
        Shared::only(low.plan.take(name, rest, basket.gross, share, basket.local).0)
    }

    /// A notice of another province quotes shares of gross; where the province here takes its own part first, less may be left.
    fn refuse_more_than_there_is(&self, basket: &Basket, low: &mut Lowering<'_>) {
        for year in 0..low.plan.years {
            for town in 0..low.plan.towns {
                let left = basket.local_of_gross[year * low.plan.towns + town];
                let Ok((share, _)) = self.share.at(low.towns[town].0, low.year(year), low.drivers, Lives::ALL_YEAR) else { continue };
                if low.gate.at(year, town) && share > left {
                    let fix = crate::base::decimal::divide_half_away(i128::from(share) * 1_000_000, i128::from(left.max(1)));
                    let fix = i64::try_from(fix).unwrap_or(i64::MAX).min(Share::ONE.0);
                    low.problems.push(
                        Problem::new(Code::E311, &self.share.place)
                            .with("sum", Share(Share::ONE.0 - left + share))
                            .with("share", Share(share))
                            .with("left", Share(left))
                            .with("town", &low.towns[town].1)
                            .with("year", low.year(year))
                            .with("path", &self.share.path)
                            .with("fix", Share(fix)),
                    );
                    return;
                }
            }
        }
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let share = speak.value(&self.share);
        if self.of_gross {
            return speak.pick(format!("按比例分成：镇得总额的{share}"), format!("shared by ratio, the town getting {share} of the gross amount"));
        }
        speak.pick(format!("按比例分成：镇得{share}"), format!("shared by ratio, the town getting {share}"))
    }
}
