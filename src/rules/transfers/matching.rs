//! `matching` 配套补助: the payer adds its share to what a town builds of its own money.

use super::{Given, Sight};
use crate::base::lang::Words;
use crate::diag::{Code, Problem, Problems};
use crate::plan::{
    projects::MatchPlan,
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

/// A share, a cap, and what it is for.
#[derive(Clone, Debug)]
pub struct Matching {
    share: Param,
    cap: Option<Param>,
    classes: Vec<String>,
}

impl Matching {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("share", Kind::Value(Quantity::Share), "补助占项目支出的比例（小于 100%）", "share of the project's spending, below 100%"),
        required("classes", Kind::SomeTexts, "哪些类别的项目", "project classes"),
        optional("cap", Kind::Value(Quantity::Money), "每镇每年上限", "most for a town and year"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "matching",
        name: Words::new("配套补助", "matching grant"),
        formula: Words::new(
            "自筹 L = min(可用, o − min(上限, R(m·o)))；补助 = 自筹足额时 o − L，否则 min(上限, L × m ÷ (1−m), o − L)",
            "own money L = min(available, o − min(cap, R(m·o))); grant = o − L where L is the whole own part, else min(cap, L × m ÷ (1−m), o − L)",
        ),
        law: Words::new(
            "成都对简阳水利项目按审定投资补70%（A）；一般配套比例30%—70%为假定（D）",
            "Chengdu pays 70 % of the audited cost of Jianyang's irrigation projects (A); 30–70 % elsewhere is assumed (D)",
        ),
        example: Words::new("项目 1,000，补 70%：自筹 300 得 700；只有 150：得 350", "project 1,000, 70 %: own 300 brings 700; own 150 brings 350"),
        case: "87-matching",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        Some(Self { share: values.param("share")?, cap: values.param("cap"), classes: values.texts("classes")? })
    }

    /// Somebody must pay the rest.
    pub fn check(&self, problems: &mut Problems) {
        let whole = |step: &crate::rules::param::Step| matches!(step.value, crate::rules::param::StepValue::Same(value, _) if value >= 1_000_000);
        if self.share.steps.iter().any(whole) {
            let problem = Problem::new(Code::E207, &self.share.place).with("key", &self.share.path).with("read", "100%");
            problems.push(problem.with_in("fix", "配套须小于 100%，另一部分由镇自筹", "a matching share is below 100 %: the town pays the rest"));
        }
    }

    /// The project classes.
    #[must_use]
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// What is granted shows only as projects are paid: the project stage writes it.
    pub fn lower(&self, _: &Sight<'_>, low: &mut Lowering<'_>) -> Given {
        let out = low.plan.fen(low.name("amount", "配套补助", "matching grant"));
        let share = low.table(&self.share, Shown::Number, Follows::Whole);
        let cap = self.cap.as_ref().map(|cap| low.money(cap));
        let (owner, runs) = (low.path.clone(), low.in_force());
        low.plan.matches.push(MatchPlan { owner, runs, share, cap, classes: self.classes.clone(), out });
        Given { matched: true, ..Given::only(out) }
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let (share, classes) = (speak.value(&self.share), speak.list(&self.classes));
        let cap =
            self.cap.as_ref().map_or_else(String::new, |c| speak.pick(format!("，每镇每年不超过{}", speak.value(c)), format!(", at most {} a town and year", speak.value(c))));
        speak.pick(format!("{classes}类项目按自筹配套，补助占{share}{cap}"), format!("{share} of projects of class {classes}, matching own money{cap}"))
    }
}
