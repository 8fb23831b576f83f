//! The factor method 因素法: every factor has a weight, every town its share of the factor.

use crate::base::decimal::divide_half_away;
use crate::diag::{Code, Problem, Problems};
use crate::plan::{TableId, table::Shown};
use crate::rules::{
    count::Per,
    field::{Field, Kind, Quantity, required},
    lowering::Lowering,
    param::{Lives, Param},
    speak::Speak,
    values::Values,
};

/// Keys of a factor.
pub const FIELDS: &[Field] = &[required("per", Kind::Count, "按什么计", "what it is counted by"), required("share", Kind::Value(Quantity::Share), "权重", "weight")];

/// Factors and their weights.
#[derive(Clone, Debug)]
pub struct Weights {
    factors: Vec<(Per, Param)>,
    place: crate::base::place::Place,
}

impl Weights {
    /// Takes `weight`.
    pub fn read(values: &mut Values) -> Option<Self> {
        let place = values.place_of("weight");
        let factor = |(_, mut v): (String, Values)| Some((v.per("per")?, v.param("share")?));
        Some(Self { factors: values.keyed("weight").unwrap_or_default().into_iter().filter_map(factor).collect(), place })
    }

    /// The weights add up to the whole.
    pub fn check(&self, problems: &mut Problems) {
        let constants: Option<Vec<i64>> = self.factors.iter().map(|(_, share)| share.constant()).collect();
        let sum = constants.map(|c| c.iter().sum::<i64>());
        if self.factors.is_empty() || sum.is_some_and(|sum| sum != 1_000_000) {
            problems.push(Problem::new(Code::E210, &self.place).with("sum", crate::base::ratio::Ratio(sum.unwrap_or(0))));
        }
    }

    /// `Σ_f R'(10¹² × weight_f × x_fi ÷ Σ_j x_fj)` in exact integers: known before the year begins, so a table.
    pub fn lower(&self, by_county: bool, low: &mut Lowering<'_>) -> TableId {
        let towns = low.plan.towns;
        let mut points = vec![0_i128; low.plan.years * towns];
        for (per, share) in &self.factors {
            // Reports a weight asked for before its first date.
            low.ratio(share);
            for year in 0..low.plan.years {
                for group in low.plan.groups(by_county) {
                    let open = |t: usize| low.gate.at(year, t);
                    let count = |t: usize| if open(t) { i128::from(per.at(low.counts, year, low.towns[t].0)) } else { 0 };
                    let whole: i128 = group.clone().map(count).sum();
                    for town in group.clone().filter(|t| open(*t) && whole > 0) {
                        let weight = share.at(low.towns[town].0, low.year(year), low.drivers, Lives::ALL_YEAR).map_or(0, |(w, _)| w);
                        points[year * towns + town] += divide_half_away(1_000_000 * i128::from(weight) * count(town), whole);
                    }
                }
            }
        }
        let path = format!("{}/weight", low.path);
        #[expect(clippy::cast_precision_loss, reason = "points stay below 10^13")]
        low.plan.made(&path, Shown::Number, |y, t| points[y * towns + t] as f64)
    }

    /// In words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let said: Vec<String> = self.factors.iter().map(|(per, share)| format!("{}{}", speak.column(&per.name), speak.value(share))).collect();
        speak.pick(format!("按因素法分：{}", speak.list(&said)), format!("shared by factors: {}", speak.list(&said)))
    }
}
