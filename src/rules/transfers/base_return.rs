//! `base_return` 划分基数返还: when the split of a tax changes, the amount of a base year that changes hands is returned, or sent up, every year.

use super::{Given, Sight};
use crate::base::{lang::Words, when::Year};
use crate::diag::{Code, Problem, Problems};
use crate::plan::{Arg, Lane, Op, builder::Name, table::Shown};
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, optional, required},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

/// Old and new shares of the level above, by source, and the base year.
#[derive(Clone, Debug)]
pub struct BaseReturn {
    year: Year,
    of: Vec<usize>,
    old: Vec<(String, Param)>,
    new: Vec<(String, Param)>,
    gross: Vec<(String, Param)>,
}

impl BaseReturn {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("year", Kind::Year, "基期年", "the base year"),
        required("of", Kind::Sources, "哪几项收入", "which sources"),
        required("old", Kind::Map(Quantity::Share), "各项原来的上级分成比例", "the old share of the level above, by source"),
        required("new", Kind::Map(Quantity::Share), "各项新的上级分成比例", "the new share of the level above, by source"),
        optional("gross", Kind::Map(Quantity::Money), "基期年早于测算首年时各项的总额", "gross amounts by source where the base year lies before the first year"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "base_return",
        name: Words::new("划分基数返还或上解（如2016年增值税五五分享）", "return of a changed split's base (VAT in 2016)"),
        formula: Words::new(
            "A = Σ (R(新比例·G_基期) − R(旧比例·G_基期))；A > 0 上级返还，A < 0 上解",
            "A = Σ (R(new·G_base) − R(old·G_base)); A > 0 is returned, A < 0 is sent up",
        ),
        law: Words::new(
            "以2014年为基数核定返还和上缴：国发〔2016〕26号（B）；落到镇为类推（D）",
            "returns and remittances from the base of 2014: 国发〔2016〕26号 (B); down to towns by analogy (D)",
        ),
        example: Words::new(
            "2014 年增值税 400（75%→50%）、营业税 1,000（0→50%）：返还 500 − 100 = 400 万元",
            "VAT 400 (75 % → 50 %) and business tax 1,000 (0 → 50 %) in 2014: 500 − 100 = 400 returned",
        ),
        case: "84-base-return-2016",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        let gross = values.map("gross").unwrap_or_default();
        Some(Self { year: values.year("year")?, of: values.sources("of")?, old: values.map("old")?, new: values.map("new")?, gross })
    }

    /// What can be told without the sources' keys: see [`Self::shares_of`].
    pub fn check(&self, _: &mut Problems) {}

    /// Every source has both shares, and a base where the base year lies before the horizon; no share is for a source not named.
    pub fn shares_of(&self, ids: &[String], first_year: Year, (path, place): (&str, &crate::base::place::Place), problems: &mut Problems) {
        let named: Vec<&str> = self.of.iter().filter_map(|s| ids.get(*s)).map(String::as_str).collect();
        let before = self.year < first_year;
        let lists = [("old", &self.old, true), ("new", &self.new, true), ("gross", &self.gross, before)];
        for (key, list, needed) in lists {
            for id in named.iter().filter(|id| needed && !list.iter().any(|(known, _)| known == *id)) {
                let problem = Problem::new(Code::E102, place).with("key", format!("{key}.{id}")).with("table", format!("[{path}]"));
                problems.push(problem.with_in("what", "每项收入都要写", "every source needs one"));
            }
            for (id, param) in list.iter().filter(|(id, _)| !named.contains(&id.as_str())) {
                problems.push(Problem::new(Code::E105, &param.place).with("name", id).with_list("known", &named));
            }
        }
    }

    /// The amount of the base year that changes hands.
    pub fn lower(&self, sight: &Sight<'_>, low: &mut Lowering<'_>) -> Given {
        let (mut plus, mut minus) = (Vec::new(), Vec::new());
        for source in self.of.iter().filter_map(|s| sight.sources.get(*s)) {
            let base = self.base_of(&source.id, source.gross, low);
            for (list, key, out) in [(&self.new, "new", &mut plus), (&self.old, "old", &mut minus)] {
                let Some((_, share)) = list.iter().find(|(id, _)| *id == source.id) else { continue };
                let share = low.ratio(share);
                let name = Name { path: format!("{}/{key}.{}", low.path, source.id), zh: format!("{}·{}", low.owner, source.id), en: format!("{}: {}", low.owner, source.id) };
                out.push(low.plan.amount(name, base, share));
            }
        }
        let changed = low.plan.sum(low.name("changed", "基数变动", "what changes hands"), &plus, &minus);
        let zero = Some(Arg::Number(0.0));
        let amount = low.plan.clamp(low.name("amount", "基数返还", "returned"), changed, zero, None);
        let turned = low.plan.sum(low.name("turned", "基数变动（反号）", "what changes hands, turned"), &[], &[changed]);
        let back = low.plan.clamp(low.name("back", "基数上解", "sent up"), turned, zero, None);
        Given { back: Some(back), ..Given::only(amount) }
    }

    /// Gross of the base year, kept from then on.
    fn base_of(&self, id: &str, gross: Lane, low: &mut Lowering<'_>) -> Lane {
        let name = |key: &str| Name { path: format!("{}/{key}.{id}", low.path), zh: format!("{}·{id}基期数", low.owner), en: format!("{}: {id} of the base year", low.owner) };
        let (kept, before) = (name("base"), name("base_before"));
        let out = low.plan.fen(kept);
        let opening: Arg = self.gross.iter().find(|(known, _)| known == id).map_or(Arg::Number(0.0), |(_, p)| low.money_always(p).into());
        let before = low.plan.carry(before, out, 1, opening);
        let (path, first, year) = (format!("{}/base_year", low.path), low.first_year, self.year);
        let flag = low.plan.made(&path, Shown::Flag, |y, _| f64::from(first + Year::try_from(y).unwrap_or(0) == year));
        low.plan.ops.push(Op::Select { out, when: flag.into(), yes: gross.into(), no: before.into() });
        out
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let said = |list: &[(String, Param)]| list.iter().map(|(id, p)| format!("{}{}", speak.source_of_key(id), speak.value(p))).collect::<Vec<_>>();
        let (old, new, year) = (speak.list(&said(&self.old)), speak.list(&said(&self.new)), speak.year(self.year));
        speak.pick(
            format!("按{year}数核定：上级分成原为{old}，改为{new}；多集中的每年返还，少集中的每年上解"),
            format!("on the figures of {year}: the share above was {old} and becomes {new}; what is taken more is returned every year, what is taken less is sent up"),
        )
    }
}
