//! What any sharing part may add: floor 保底, cap 封顶, guarantee 保既得利益, settlement with an advance share 预拨与结算.

use crate::base::place::Place;
use crate::diag::{Code, Problem, Problems};
use crate::plan::{Arg, Lane};
use crate::rules::{
    field::{Field, Kind, Quantity, optional, required},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

const GUARANTEE: &[Field] = &[
    optional("amount", Kind::Value(Quantity::Money), "保证的数额（如上年实得）", "guaranteed amount"),
    optional("last_year", Kind::Flag, "不低于上年所得", "not less than last year"),
    optional("opening", Kind::Value(Quantity::Money), "测算期上一年所得（last_year 用）", "what the year before the first had (for last_year)"),
    required("payer", Kind::Choice(&["county", "city", "province"]), "由谁补足", "who tops up"),
];

/// The options of a sharing part, in the order they apply.
#[derive(Clone, Debug)]
pub struct Options {
    floor: Option<Param>,
    cap: Option<Param>,
    /// Guarantee.
    pub guarantee: Option<Guarantee>,
    /// λ: share paid in advance within the year; the rest is settled in the next.
    pub advance: Option<Param>,
    /// \[分\] What the county still owed when the horizon opens.
    pub opening_receivable: Option<Param>,
    /// The town holds the set-asides of its land (full retention).
    pub town_holds_setasides: bool,
    /// Where the part stands.
    pub place: Place,
}

/// A guarantee against an amount or against last year.
#[derive(Clone, Debug)]
pub struct Guarantee {
    amount: Option<Param>,
    opening: Option<Param>,
    last_year: bool,
    /// Who tops up.
    pub payer: String,
    place: Place,
}

impl Options {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        optional("floor", Kind::Value(Quantity::Money), "保底：镇级分成不低于", "floor of the town's share"),
        optional("cap", Kind::Value(Quantity::Money), "封顶：镇级分成不高于", "cap of the town's share"),
        optional("guarantee", Kind::Table(GUARANTEE), "保既得利益", "guarantee of what the town had"),
        optional("advance", Kind::Value(Quantity::Share), "当年预拨比例，其余次年结算", "share paid within the year, the rest is settled in the next"),
        optional("opening_receivable", Kind::Value(Quantity::Money), "期初应收县级（预拨时必写）", "opening receivable from the county (required with advance)"),
        optional("setasides", Kind::Choice(&["county", "town"]), "土地各项计提由谁持有", "who holds the land set-asides").or("各项的 holder", "the holder of each"),
    ];

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Self {
        let place = values.place.clone();
        let guarantee_place = values.place_of("guarantee");
        let guarantee = values.table("guarantee").and_then(|mut v| {
            let last_year = v.flag("last_year").unwrap_or(false);
            Some(Guarantee { amount: v.param("amount"), opening: v.param("opening"), last_year, payer: v.text("payer")?, place: guarantee_place })
        });
        Self {
            floor: values.param("floor"),
            cap: values.param("cap"),
            guarantee,
            advance: values.param("advance"),
            opening_receivable: values.param("opening_receivable"),
            town_holds_setasides: values.text("setasides").is_some_and(|s| s == "town"),
            place,
        }
    }

    /// Floor below cap, a guarantee against exactly one thing, an opening where one is needed.
    pub fn check(&self, problems: &mut Problems) {
        let bounds = self.floor.as_ref().and_then(Param::constant).zip(self.cap.as_ref().and_then(Param::constant));
        if let (Some((floor, cap)), Some(param)) = (bounds, &self.cap)
            && cap < floor
        {
            problems.push(Problem::new(Code::E303, &param.place).with("path", &param.path));
        }
        if self.advance.is_some() && self.opening_receivable.is_none() {
            problems.push(
                Problem::new(Code::E102, &self.place)
                    .with("key", "opening_receivable")
                    .with_some("table", self.advance.as_ref().and_then(|p| p.path.rsplit_once('.')).map(|(path, _)| format!("[{path}]")))
                    .with_in("what", "预拨时须写期初应收县级", "needed with advance: what the county still owed"),
            );
        }
        let Some(guarantee) = &self.guarantee else { return };
        if guarantee.last_year == guarantee.amount.is_some() {
            problems.push(Problem::new(Code::E306, &guarantee.place).with("one", "amount").with("other", "last_year"));
        }
        if guarantee.last_year && guarantee.opening.is_none() {
            problems.push(Problem::new(Code::E102, &guarantee.place).with("key", "opening").with_in("table", "guarantee", "guarantee").with_in(
                "what",
                "与上年比，须写测算期上一年所得",
                "needed with last_year: what the year before the first had",
            ));
        }
    }

    /// Floor and cap.
    pub fn bounded(&self, share: Lane, low: &mut Lowering<'_>) -> Lane {
        let floor = self.floor.as_ref().map(|p| low.money(p).into());
        let cap = self.cap.as_ref().map(|p| low.money(p).into());
        if floor.is_none() && cap.is_none() {
            return share;
        }
        low.plan.clamp(low.name("bounded", "保底封顶后", "within floor and cap"), share, floor, cap)
    }

    /// The options in words, one clause each.
    #[must_use]
    pub fn sentences(&self, speak: &Speak<'_>) -> Vec<String> {
        let mut said = Vec::new();
        if let Some(floor) = &self.floor {
            said.push(speak.pick(format!("保底{}", speak.value(floor)), format!("not less than {}", speak.value(floor))));
        }
        if let Some(cap) = &self.cap {
            said.push(speak.pick(format!("封顶{}", speak.value(cap)), format!("not more than {}", speak.value(cap))));
        }
        said.extend(self.guarantee.as_ref().map(|g| g.sentence(speak)));
        if let Some(advance) = &self.advance {
            let owed = self
                .opening_receivable
                .as_ref()
                .map_or_else(String::new, |p| speak.pick(format!("，期初应收县级{}", speak.value(p)), format!(", with {} owed by the county at the start", speak.value(p))));
            let share = speak.value(advance);
            said.push(speak.pick(format!("当年预拨{share}，其余次年结算{owed}"), format!("{share} is paid within the year and the rest settled in the next{owed}")));
        }
        if self.town_holds_setasides {
            said.push(speak.pick("土地各项计提也由镇管理", "the land set-asides too are held by the town"));
        }
        said
    }
}

impl Guarantee {
    /// The top-up that brings a share up to what is guaranteed.
    pub fn lower(&self, share: Lane, low: &mut Lowering<'_>) -> Lane {
        let reference: Arg = if self.last_year {
            let entitled = low.plan.fen(low.name("guaranteed", "保既得利益后所得", "share with guarantee"));
            let starts = low.starts();
            let before = low.plan.carry(low.name("guaranteed_before", "上年所得", "last year's share"), entitled, 1, Arg::Number(0.0));
            let opening: Arg = self.opening.as_ref().map_or(Arg::Number(0.0), |p| low.money(p).into());
            let reference = low.plan.select(low.name("reference", "保证基数", "what is guaranteed"), starts, opening, before);
            let top_up = self.top_up(share, reference.into(), low);
            low.plan.sum_into(entitled, &[share, top_up], &[]);
            return top_up;
        } else {
            self.amount.as_ref().map_or(Arg::Number(0.0), |p| low.money(p).into())
        };
        self.top_up(share, reference, low)
    }

    fn top_up(&self, share: Lane, reference: Arg, low: &mut Lowering<'_>) -> Lane {
        let short = low.excess("top_up_all", "低于保证数", "below the guarantee", reference, share.into());
        let in_force = low.in_force();
        low.plan.amount(low.name("top_up", "保既得利益补助", "guarantee top-up"), short, in_force)
    }

    /// What is guaranteed, and by whom.
    fn sentence(&self, speak: &Speak<'_>) -> String {
        let payer = match self.payer.as_str() {
            "city" => speak.pick("市", "the city"),
            "province" => speak.pick("省", "the province"),
            _ => speak.pick("县", "the county"),
        };
        let least = match (&self.amount, &self.opening) {
            (Some(amount), _) => speak.value(amount),
            (None, Some(opening)) => {
                speak.pick(format!("上年所得（测算期上一年为{}）", speak.value(opening)), format!("last year's ({} before the first year)", speak.value(opening)))
            }
            (None, None) => speak.pick("上年所得", "last year's"),
        };
        speak.pick(format!("保既得利益：不低于{least}，不足由{payer}补"), format!("guaranteed not to fall below {least}, topped up by {payer}"))
    }
}
