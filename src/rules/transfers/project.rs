//! `project` 项目专项: money for named projects and nothing else.

use super::{Given, Sight};
use crate::base::{lang::Words, place::Place};
use crate::diag::{Code, Problem, Problems};
use crate::plan::{Arg, table::Shown};
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, optional, required},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

/// Projects, and an amount or a share of what they plan.
#[derive(Clone, Debug)]
pub struct Project {
    projects: Vec<String>,
    amount: Option<Param>,
    share: Option<Param>,
    place: Place,
}

impl Project {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("projects", Kind::SomeTexts, "项目编号", "ids of the projects"),
        optional("amount", Kind::Value(Quantity::Money), "每镇每年的数额", "amount a town and year"),
        optional("share", Kind::Value(Quantity::Share), "占当年计划（镇级部分）的比例（与 amount 二选一）", "share of what they plan for the year (instead of amount)"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "project",
        name: Words::new("项目专项补助", "transfer for named projects"),
        formula: Words::new(
            "G_t = R(数额)；或 R(比例 × Σ 所列项目当年计划)；只能用于所列项目",
            "G_t = R(amount), or R(share × Σ what the projects named plan for the year); pays for these projects only",
        ),
        law: Words::new(
            "专项转移支付用于特定事项：预算法第十六条（A）；成都对简阳水利项目补助70%（A）",
            "special transfers serve a named purpose: Budget Law 预算法 art. 16 (A); Chengdu pays 70 % of Jianyang's irrigation projects (A)",
        ),
        example: Words::new("项目当年计划 800 万元，补助 70%：560 万元", "a project plans 8.00 million, 70 %: 5.60 million"),
        case: "82-project-transfer",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        let place = values.place.clone();
        Some(Self { projects: values.texts("projects")?, amount: values.param("amount"), share: values.param("share"), place })
    }

    /// Exactly one of the two.
    pub fn check(&self, problems: &mut Problems) {
        if self.amount.is_some() == self.share.is_some() {
            problems.push(Problem::new(Code::E306, &self.place).with("one", "amount").with("other", "share"));
        }
    }

    /// The projects, by id.
    #[must_use]
    pub fn projects(&self) -> &[String] {
        &self.projects
    }

    /// The amount, or the share of what is planned.
    pub fn lower(&self, sight: &Sight<'_>, low: &mut Lowering<'_>) -> Given {
        let name = low.name("amount", "转移支付", "transfer");
        let amount = match (&self.amount, &self.share) {
            (Some(amount), _) => {
                let table = low.money(amount);
                low.plan.amount(name, table, Arg::Number(1.0))
            }
            (None, share) => {
                let share: Arg = share.as_ref().map_or(Arg::Number(0.0), |s| low.ratio(s).into());
                let path = format!("{}/planned", low.path);
                let of = |y: usize, t: usize| sight.planned.iter().filter(|p| p.town == t && self.projects.contains(&p.id)).map(|p| p.due[y]).sum();
                let planned = low.plan.made(&path, Shown::Fen, of);
                low.plan.amount(name, planned, share)
            }
        };
        Given { only: Some(self.projects.clone()), ..Given::only(amount) }
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let ids = speak.list(&self.projects);
        match (&self.amount, &self.share) {
            (Some(amount), _) => {
                let amount = speak.yearly(amount);
                speak.pick(format!("{amount}，只用于项目{ids}"), format!("{amount}, only for projects {ids}"))
            }
            (None, share) => {
                let share = share.as_ref().map_or_else(String::new, |s| speak.value(s));
                speak.pick(format!("项目{ids}当年计划的{share}"), format!("{share} of what projects {ids} plan for the year"))
            }
        }
    }
}
