//! `derived`: a rate on the gross amounts of other sources (城市维护建设税、教育费附加).

use super::Stream;
use crate::base::lang::Words;
use crate::plan::Lane;
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, required},
    lowering::Lowering,
    param::{Lives, Param},
    speak::Speak,
    values::Values,
};

/// A rate on other sources.
#[derive(Clone, Debug)]
pub struct Derived {
    rate: Param,
    /// The sources it is levied on, by their order.
    pub on: Vec<usize>,
}

impl Derived {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("rate", Kind::Value(Quantity::Rate), "税（费）率，可按镇（城区 7%、县城和镇 5%、其他 1%）", "rate; may differ by town"),
        required("on", Kind::Sources, "以哪几项的应征总额为计征依据", "the sources whose gross it is levied on"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "derived",
        name: Words::new("附征", "derived"),
        formula: Words::new(
            "G_t = R(税率_t × Σ 计征依据的总额)，在各级分成之前；退税已扣",
            "G_t = R(rate_t × Σ gross of what it is levied on), before any level shares; refunds taken off",
        ),
        law: Words::new("城市维护建设税法（A）；国务院令448号（A）；财综〔2010〕98号（B）", "城市维护建设税法 (A); 国务院令448号 (A); 财综〔2010〕98号 (B)"),
        example: Words::new("增值税 2,600 + 营业税 2,000，5%：230 万元", "VAT 2,600 + business tax 2,000, 5 %: 230"),
        case: "29-surcharges",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        Some(Self { rate: values.param("rate")?, on: values.sources("on")? })
    }

    /// Rate times the sum of what it is levied on.
    pub fn lower(&self, gross: &[Lane], low: &mut Lowering<'_>) -> Stream {
        let rate = low.ratio(&self.rate);
        let base = low.plan.sum(low.name("base", "计征依据", "what it is levied on"), gross, &[]);
        let gross = low.plan.amount(low.name("amount", "全年数额", "year's amount"), base, rate);
        Stream { gross, lives: vec![Lives::ALL_YEAR; low.plan.years] }
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let on: Vec<String> = self.on.iter().map(|n| speak.source(*n)).collect();
        let (on, rate) = (speak.list(&on), speak.value(&self.rate));
        speak.pick(format!("按{on}的总额附征，率为{rate}"), format!("levied on the gross amount of {on} at {rate}"))
    }
}
