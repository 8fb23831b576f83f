//! `competition` 竞争立项: the best by score win a prize.

use super::{Given, Look, Sight, look};
use crate::base::{lang::Words, place::Place};
use crate::diag::{Code, Problem, Problems};
use crate::plan::{
    Arg, Domain, Op, Unit,
    pool::CompetePlan,
    table::{Follows, Shown},
};
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, optional, required},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

/// How many win what, by which score.
#[derive(Clone, Debug)]
pub struct Competition {
    best: usize,
    prize: Param,
    score: Option<Param>,
    look: Option<Look>,
    place: Place,
}

impl Competition {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("best", Kind::Whole(1, 100_000), "取前几名", "how many win"),
        required("prize", Kind::Value(Quantity::Money), "每名奖多少；0 的年份不评", "prize of each; no competition in years of 0"),
        optional("score", Kind::Value(Quantity::Number), "得分（按镇，如考核分一列）", "score by town, such as a column of marks"),
        look::MEASURE,
        look::OF.only("measure", &[]),
        look::LAG.only("measure", &[]),
        look::BEFORE.only("measure", &[]),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "competition",
        name: Words::new("竞争立项、以奖代补", "competition for the best"),
        formula: Words::new(
            "得分前 n 名各得奖额；得分为给定数或增幅 10⁶ × (M_t − M_{t−1}) ÷ M_{t−1}；同分按镇名先后",
            "the best n get the prize each; the score is given, or the growth 10⁶ × (M_t − M_{t−1}) ÷ M_{t−1}; ties in the order of names",
        ),
        law: Words::new("2016年“两个一批”：5亿元竞争分配、100镇（四川日报2016-02-07，A）", "“两个一批” of 2016: 500 million for 100 towns by competition (四川日报 2016-02-07, A)"),
        example: Words::new("取 2 名、奖 500 万元，得分 80、90、85：后两镇各得 500 万元", "two win 5.00 million, scores 80, 90, 85: the last two"),
        case: "86-competition",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        let place = values.place.clone();
        let best = values.whole("best").and_then(|n| usize::try_from(n).ok())?;
        Some(Self { best, prize: values.param("prize")?, score: values.param("score"), look: Look::read(values, None), place })
    }

    /// One score.
    pub fn check(&self, problems: &mut Problems) {
        if self.score.is_some() == self.look.is_some() {
            problems.push(Problem::new(Code::E306, &self.place).with("one", "score").with("other", "measure"));
        }
        if let Some(look) = &self.look {
            look.check(problems);
        }
    }

    /// Winners by the stage, prize by winning.
    pub fn lower(&self, sight: &Sight<'_>, low: &mut Lowering<'_>) -> Given {
        let prize: Arg = low.money(&self.prize).into();
        let member: Arg = low.in_force().into();
        let score = self.scored(sight, low);
        let out = low.plan.lane(low.name("wins", "入选", "wins"), Domain::Town, Unit::One);
        let (groups, rank, name) = (low.plan.groups(sight.by_county), low.plan.ranks.clone(), low.path.clone());
        low.plan.compete(CompetePlan { name, groups, prize, member, score, best: self.best, rank, out });
        let name = low.name("amount", "奖励", "prize");
        Given::only(low.plan.amount(name, out, prize))
    }

    fn scored(&self, sight: &Sight<'_>, low: &mut Lowering<'_>) -> Arg {
        if let Some(score) = &self.score {
            // Marks are compared, never multiplied: as written, in millionths.
            return low.table(score, Shown::Number, Follows::Whole).into();
        }
        let Some(look) = &self.look else { return Arg::Number(0.0) };
        let measure = look.lower(sight, low);
        let last = look.last_or_same(measure, low);
        let growth = low.difference("growth", "增量", "growth", measure.into(), last.into());
        let base = low.plan.clamp(low.name("base", "比较基数（不为负）", "base of comparison"), last, Some(Arg::Number(0.0)), None);
        // A score is compared, not paid: it is no amount.
        let out = low.plan.lane(low.name("score", "增幅得分", "score by growth"), Domain::Town, Unit::One);
        low.plan.ops.push(Op::Prorate { out, a: Arg::Number(1e6), b: growth.into(), c: base.into(), none: Arg::Number(0.0) });
        out.into()
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let prize = speak.yearly(&self.prize);
        let by = match (&self.score, &self.look) {
            (Some(_), _) => speak.pick("按考核得分", "by marks"),
            (None, Some(look)) => speak.pick(format!("按{}的增幅", look.sentence(speak)), format!("by the growth of {}", look.sentence(speak))),
            (None, None) => String::new(),
        };
        let best = self.best;
        speak.pick(format!("{by}取前{best}名，每名{prize}"), format!("the best {best} {by} win {prize} each"))
    }
}
