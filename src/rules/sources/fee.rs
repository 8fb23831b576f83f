//! `fee` 城市基础设施配套费: on the floor space built on land that was sold.

use super::{Stream, land::LandLanes};
use crate::base::{
    lang::Words,
    ratio::{Ratio, nudge},
};
use crate::plan::{Arg, Domain, Lane, TableId, Unit, table::Shown};
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, optional, required},
    lowering::Lowering,
    param::{Lives, Param},
    speak::Speak,
    values::Values,
};

/// A rate on floor space.
#[derive(Clone, Debug)]
pub struct Fee {
    /// The land source it follows, by id.
    pub land: String,
    rate: Param,
    plot_ratio: Param,
    exempt: Option<Param>,
    build_out: Vec<Ratio>,
}

/// Square metres in a 亩, in hundredths: 666.67.
pub const SQUARE_METRES_IN_MU: i128 = 66_667;

impl Fee {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("land", Kind::Name("source"), "随哪一项土地出让", "the land source it follows"),
        required("rate", Kind::Value(Quantity::MoneyPerSquareMetre), "每平方米建筑面积的费额", "fee a square metre of floor space"),
        required("plot_ratio", Kind::Value(Quantity::Number), "容积率", "plot ratio"),
        optional("exempt", Kind::Value(Quantity::Share), "减免面积的比例", "exempt share of floor space").or("0%", "0%"),
        required("build_out", Kind::Shares, "出让当年、次年…各建成多少", "share built in the year of the contract, the next, …"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "fee",
        name: Words::new("城市基础设施配套费", "urban infrastructure supporting fee"),
        formula: Words::new(
            "建筑面积 = R(亩 × 666.67 × 容积率 × (1 − 减免))；费 = R(Σ_k 面积_{t−k} × 建成比例_k) × 费额",
            "floor = R(mu × 666.67 × plot ratio × (1 − exempt)); fee = R(Σ_k floor_{t−k} × built_k) × rate",
        ),
        law: Words::new("政府性基金：财综函〔2002〕3号（B）；四川各镇费额未查到（D）", "a government fund: 财综函〔2002〕3号 (B); rates of Sichuan towns were not found (D)"),
        example: Words::new(
            "2011 年出让 110 亩，容积率 2.0，减免 20%，次年建成，40 元/m²：117,334 m²，469.336 万元",
            "110 mu, plot ratio 2.0, 20 % exempt, built next year, 40 yuan/m²: 117,334 m², 4.69336 million",
        ),
        case: "36-infrastructure-fee",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        Some(Self {
            land: values.text("land")?,
            rate: values.param("rate")?,
            plot_ratio: values.param("plot_ratio")?,
            exempt: values.param("exempt"),
            build_out: values.shares("build_out")?,
        })
    }

    /// Years of land needed before the first year.
    #[must_use]
    pub const fn lag(&self) -> usize {
        self.build_out.len().saturating_sub(1)
    }

    /// Floor space contracted, built, and charged.
    pub fn lower(&self, land: &LandLanes, low: &mut Lowering<'_>) -> Stream {
        let per_mu = self.floor_per_area(low);
        let floors: Vec<Lane> = land.built.iter().map(|site| self.floor(&site.id, site.area.into(), per_mu, low)).collect();
        let floor = self.metres("floor", "出让地块建筑面积", "floor space of the land sold", floors.into_iter().map(Arg::Lane).collect(), Vec::new(), low);
        let built: Vec<Arg> = (0..self.build_out.len()).map(|k| self.built(k, floor, land, per_mu, low).into()).collect();
        let built = self.metres("built", "当年建成面积", "floor space built", built, Vec::new(), low);
        let rate = low.money(&self.rate);
        let gross = low.plan.amount(low.name("amount", "全年数额", "year's amount"), built, rate);
        Stream { gross, lives: vec![Lives::ALL_YEAR; low.plan.years] }
    }

    fn metres(&self, key: &str, zh: &'static str, en: &'static str, plus: Vec<Arg>, minus: Vec<Arg>, low: &mut Lowering<'_>) -> Lane {
        let name = low.name(key, zh, en);
        low.plan.sum_in(name, Domain::Town, Unit::SquareMetre, plus, minus)
    }

    /// The floor space that may be built on an area: fixed when the land is sold.
    fn floor(&self, key: &str, area: Arg, per_mu: TableId, low: &mut Lowering<'_>) -> Lane {
        let name = low.name(&format!("floor_{key}"), "地块建筑面积", "floor space of a site");
        low.plan.amount_in(name, Unit::SquareMetre, area, per_mu, Arg::Number(1.0))
    }

    /// m² of charged floor space for each 0.01 亩: 6.6667 × plot ratio × (1 − exempt), multiplied out in decimals.
    fn floor_per_area(&self, low: &mut Lowering<'_>) -> TableId {
        let plot = low.money(&self.plot_ratio);
        let plot = low.plan.get(plot).clone();
        let exempt = self.exempt.as_ref().map(|e| low.money(e)).map(|t| low.plan.get(t).clone());
        let name = format!("{}/floor_per_area", low.path);
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "millionths in, one coefficient out")]
        let coefficient = |y: usize, t: usize| {
            let charged = Ratio(exempt.as_ref().map_or(0, |e| e.at(y, t) as i64)).rest();
            let product = SQUARE_METRES_IN_MU * i128::from(plot.at(y, t) as i64) * i128::from(charged.0);
            nudge(product as f64 / 1e16)
        };
        low.plan.made(&name, Shown::Number, coefficient)
    }

    /// What of the floor space contracted k years ago is built now; the last share takes the rest.
    fn built(&self, k: usize, floor: Lane, land: &LandLanes, per_mu: TableId, low: &mut Lowering<'_>) -> Lane {
        let contracted = if k == 0 { floor } else { self.contracted_before(k, floor, land, per_mu, low) };
        let share = |n: usize, low: &mut Lowering<'_>| {
            let name = low.name(&format!("built_{k}_{n}"), "建成面积", "floor space built");
            low.plan.amount_in(name, Unit::SquareMetre, contracted, Arg::Number(self.build_out[n].coefficient()), Arg::Number(1.0))
        };
        if k + 1 < self.build_out.len() {
            return share(k, low);
        }
        let earlier: Vec<Arg> = (0..k).map(|n| share(n, low).into()).collect();
        self.metres("built_last", "建成面积（余数）", "floor space built, the rest", vec![contracted.into()], earlier, low)
    }

    /// Floor space contracted k years ago; before the first year from the opening areas, at the first year's plot ratio.
    fn contracted_before(&self, k: usize, floor: Lane, land: &LandLanes, per_mu: TableId, low: &mut Lowering<'_>) -> Lane {
        let mut opening = Vec::new();
        for site in &land.built {
            let area = site.opening(k, &self.land, low);
            opening.push(self.floor(&format!("{}_opening_{k}", site.id), area, per_mu, low).into());
        }
        let opening = self.metres(&format!("floor_opening_{k}"), "测算期以前的建筑面积", "floor space sold before the first year", opening, Vec::new(), low);
        let name = low.name(&format!("floor_before_{k}"), "以前年度出让的建筑面积", "floor space sold in an earlier year");
        low.plan.carry(name, floor, k, opening)
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let (land, rate, plot) = (speak.source_of_key(&self.land), speak.value(&self.rate), speak.value(&self.plot_ratio));
        let exempt =
            self.exempt.as_ref().map_or_else(String::new, |e| speak.pick(format!("，减免面积{}", speak.value(e)), format!(", {} of the floor space exempt", speak.value(e))));
        let built: Vec<String> = self.build_out.iter().enumerate().filter(|(_, share)| share.0 != 0).map(|(k, share)| speak.of_lag(*share, k)).collect();
        let built = speak.list(&built);
        speak.pick(
            format!("随{land}的供地，按建筑面积{rate}计征，容积率{plot}{exempt}；供地后{built}建成"),
            format!("on the floor space of the land sold ({land}), {rate}, with a plot ratio of {plot}{exempt}; built {built} after the sale"),
        )
    }
}
