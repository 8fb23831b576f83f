//! `guarantee` 托底补助: what brings a town's general funds up to a share of a reference.

use super::{Given, Sight};
use crate::base::{lang::Words, place::Place};
use crate::diag::{Code, Problem, Problems};
use crate::plan::Arg;
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, optional},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

/// A reference and the share of it that is guaranteed.
#[derive(Clone, Debug)]
pub struct Guarantee {
    share: Option<Param>,
    reference: Option<Param>,
    of_last_year: bool,
    before: Option<Param>,
    path: String,
    place: Place,
}

impl Guarantee {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        optional("reference", Kind::Value(Quantity::Money), "保证数：每镇每年", "what is guaranteed, a town and year"),
        optional(
            "of_last_year",
            Kind::Flag,
            "以上年一般公共预算留存财力为保证数（与 reference 二选一）",
            "last year's general retained funds are guaranteed (instead of reference)",
        ),
        optional("share", Kind::Value(Quantity::Share), "保证的比例", "share of it that is guaranteed").or("100%", "100%"),
        optional("before", Kind::Value(Quantity::Money), "测算期前一年的留存财力", "general retained funds of the year before the first").only("of_last_year", &["true"]),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "guarantee",
        name: Words::new("托底补助", "guarantee of general funds"),
        formula: Words::new("G_t = max(0, R(比例 × 保证数) − 此前的一般公共预算留存财力)", "G_t = max(0, R(share × what is guaranteed) − general retained funds so far)"),
        law: Words::new(
            "县级基本财力保障：财预〔2010〕443号（A）；用于县对镇为类推（D）",
            "guarantee of counties' basic capacity: 财预〔2010〕443号 (A); from county to town by analogy (D)",
        ),
        example: Words::new("保证 2,000 万元的 90%，已有 1,500：补 300 万元", "90 % of 20.00 million guaranteed, 15.00 there: 3.00"),
        case: "88-guarantee",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        let (path, place) = (values.path.clone(), values.place.clone());
        let of_last_year = values.flag("of_last_year").unwrap_or(false);
        Some(Self { share: values.param("share"), reference: values.param("reference"), of_last_year, before: values.param("before"), path, place })
    }

    /// One reference; last year's needs one for the first year.
    pub fn check(&self, problems: &mut Problems) {
        if self.reference.is_some() == self.of_last_year {
            problems.push(Problem::new(Code::E306, &self.place).with("one", "reference").with("other", "of_last_year"));
        }
        if self.of_last_year && self.before.is_none() {
            let problem = Problem::new(Code::E102, &self.place).with("key", "before").with("table", format!("[{}]", self.path));
            problems.push(problem.with_in("what", "与上年比，须写测算期前一年的留存财力", "needed with of_last_year: the funds of the year before the first"));
        }
    }

    /// What is missing to the guaranteed sum.
    pub fn lower(&self, sight: &Sight<'_>, low: &mut Lowering<'_>) -> Given {
        let there = sight.retained;
        let whole = low.plan.fen(low.name("with_guarantee", "托底后留存财力", "general funds with the guarantee"));
        let reference: Arg = match (&self.reference, &self.before) {
            (Some(reference), _) => low.money(reference).into(),
            (None, before) => {
                let opening: Arg = before.as_ref().map_or(Arg::Number(0.0), |p| low.money_always(p).into());
                low.plan.carry(low.name("last_year", "上年留存财力", "last year's general funds"), whole, 1, opening).into()
            }
        };
        let share: Arg = self.share.as_ref().map_or(Arg::Number(1.0), |s| low.ratio(s).into());
        let guaranteed = low.plan.amount(low.name("guaranteed", "保证数", "what is guaranteed"), reference, share);
        let short = low.excess("short", "不足", "short", guaranteed.into(), there.into());
        let in_force = low.in_force();
        let name = low.name("amount", "托底补助", "guarantee");
        let amount = low.plan.amount(name, short, in_force);
        low.plan.sum_into(whole, &[there, amount], &[]);
        Given::only(amount)
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let share = self.share.as_ref().map_or_else(|| speak.share(1_000_000), |s| speak.value(s));
        match &self.reference {
            Some(reference) => {
                let reference = speak.yearly(reference);
                speak.pick(format!("一般公共预算留存财力不足{reference}的{share}时补足"), format!("tops general retained funds up to {share} of {reference}"))
            }
            None => speak.pick(format!("一般公共预算留存财力不足上年{share}时补足"), format!("tops general retained funds up to {share} of last year's")),
        }
    }
}
