//! Standard need 标准支出: given, or factor by factor.

use crate::diag::{Code, Problem, Problems};
use crate::plan::{Arg, Lane, builder::Name};
use crate::rules::{
    count::Per,
    field::{Field, Kind, Quantity, optional, required},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

/// Keys of a factor.
pub const FIELDS: &[Field] = &[
    required("per", Kind::Count, "按什么计", "what it is counted by"),
    required("unit_cost", Kind::Value(Quantity::Money), "单位成本", "unit cost"),
    optional("coefficient", Kind::Value(Quantity::Number), "困难程度等系数", "coefficient of difficulty").or("1", "1"),
];

/// Need.
#[derive(Clone, Debug)]
pub struct Need {
    given: Option<Param>,
    factors: Vec<Factor>,
    place: crate::base::place::Place,
}

/// A factor.
#[derive(Clone, Debug)]
struct Factor {
    key: String,
    per: Per,
    unit_cost: Param,
    coefficient: Option<Param>,
}

impl Need {
    /// Takes `need` and `need_factor`.
    pub fn read(values: &mut Values) -> Option<Self> {
        let place = values.place.clone();
        let given = values.param("need");
        let factor = |(key, mut v): (String, Values)| Some(Factor { key, per: v.per("per")?, unit_cost: v.param("unit_cost")?, coefficient: v.param("coefficient") });
        let factors: Vec<Factor> = values.keyed("need_factor").unwrap_or_default().into_iter().filter_map(factor).collect();
        (given.is_some() || !factors.is_empty()).then_some(Self { given, factors, place })
    }

    /// Given or by factors, not both.
    pub fn check(&self, problems: &mut Problems) {
        if self.given.is_some() && !self.factors.is_empty() {
            problems.push(Problem::new(Code::E306, &self.place).with("one", "need").with("other", "need_factor"));
        }
    }

    /// The given need, or the sum of the factors.
    pub fn lower(&self, low: &mut Lowering<'_>) -> Lane {
        if let Some(given) = &self.given {
            let table = low.money(given);
            return low.plan.amount(low.name("need", "标准支出", "standard need"), table, Arg::Number(1.0));
        }
        let lanes: Vec<Lane> = self.factors.iter().map(|factor| factor.lower(low)).collect();
        low.plan.sum(low.name("need", "标准支出", "standard need"), &lanes, &[])
    }

    /// In words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        if let Some(given) = &self.given {
            return speak.pick(format!("标准支出{}", speak.value(given)), format!("need {}", speak.value(given)));
        }
        let said: Vec<String> = self.factors.iter().map(|f| f.sentence(speak)).collect();
        speak.pick(format!("标准支出为{}之和", speak.list(&said)), format!("need is the sum of {}", speak.list(&said)))
    }
}

impl Factor {
    fn lower(&self, low: &mut Lowering<'_>) -> Lane {
        let (cost, count) = (low.money(&self.unit_cost), low.count(&self.per, &format!("count.{}", self.key)));
        let coefficient: Arg = self.coefficient.as_ref().map_or(Arg::Number(1.0), |c| low.number(c).into());
        let name = Name {
            path: format!("{}/need.{}", low.path, self.key),
            zh: format!("{}·标准支出·{}", low.owner, self.key),
            en: format!("{}: need, {}", low.owner, self.key),
        };
        low.plan.amount_in(name, crate::plan::Unit::Fen, cost, count, coefficient)
    }

    fn sentence(&self, speak: &Speak<'_>) -> String {
        let (by, cost) = (speak.counted(&self.per, &[]), speak.yearly(&self.unit_cost));
        let times = self.coefficient.as_ref().map_or_else(String::new, |c| speak.pick(format!("×系数{}", speak.value(c)), format!(" × {}", speak.value(c))));
        speak.pick(format!("{by}×{cost}{times}"), format!("{cost} a unit, {by}{times}"))
    }
}
