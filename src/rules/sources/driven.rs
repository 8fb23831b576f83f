//! `driven`: a base grown by an index; it may end by law and go on as another source (营改增).

use super::Stream;
use crate::base::{
    lang::Words,
    ratio::{Factor, Ratio},
    when::{Day, Year},
};
use crate::plan::{Arg, Lane, table::Shown};
use crate::rules::{
    card::Card,
    field::{Field, Kind, Quantity, optional},
    lowering::Lowering,
    param::{Growth, Lives, Param},
    speak::Speak,
    values::Values,
};

/// A base and its growth.
#[derive(Clone, Debug)]
pub struct Driven {
    base: Param,
    growth: Growth,
    elasticity: Ratio,
    own: Option<Param>,
    ending: Option<Ending>,
}

/// The last day of a source, and what its base becomes.
#[derive(Clone, Debug)]
pub struct Ending {
    /// Its last day.
    pub until: Day,
    /// The source its base goes into, by id.
    pub becomes: Option<String>,
    at: Option<Param>,
}

impl Driven {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        optional("base", Kind::Value(Quantity::SignedMoney), "基期年数额", "amount of the base year").or("镇表的同名列", "column of the town table"),
        optional("grows_by", Kind::Value(Quantity::Rate), "每年增长率", "yearly growth"),
        optional("grows_with", Kind::Driver, "随之增长的因素（如生产总值）", "driver it grows with"),
        optional("elasticity", Kind::Value(Quantity::Rate), "对该因素的弹性", "elasticity to the driver").or("1", "1"),
        optional("own_growth", Kind::Value(Quantity::Rate), "本镇另加的增速（可按镇）", "the town's own extra growth").or("0%", "0%"),
        optional("until", Kind::Day, "停征前最后一日", "its last day"),
        optional("becomes", Kind::Name("source"), "停征后税基并入哪一项", "the source its base goes into"),
        optional("becomes_at", Kind::Value(Quantity::Rate), "并入后的税负系数", "burden factor after the change").or("100%", "100%"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "driven",
        name: Words::new("基数乘增长指数", "base times index"),
        formula: Words::new("G_t = R(基数 × Π(1 + 弹性·增速 + 本镇差异))", "G_t = R(base × Π(1 + elasticity·growth + own growth))"),
        law: Words::new(
            "增长率为假定（D）；营业税2016-05-01停征并入增值税：财税〔2016〕36号（B）",
            "growth is assumed (D); business tax went into VAT on 2016-05-01: 财税〔2016〕36号 (B)",
        ),
        example: Words::new("2012 年 2,600 万元，年增 10%：2014 年 3,146 万元", "26.00 million in 2012, 10 % a year: 31.46 million in 2014"),
        case: "51-growth",
    };

    /// Takes the parameters; `column` is the base found in the town table.
    pub fn read(values: &mut Values, column: Option<Param>) -> Option<Self> {
        let elasticity = values.param("elasticity").and_then(|p| p.constant()).map_or(Ratio::ONE, Ratio);
        let ending = values.day("until").map(|until| Ending { until, becomes: values.text("becomes"), at: values.param("becomes_at") });
        Some(Self { base: values.param("base").or(column)?, growth: values.growth(), elasticity, own: values.param("own_growth"), ending })
    }

    /// How it ends, if it does.
    #[must_use]
    pub const fn ending(&self) -> Option<&Ending> {
        self.ending.as_ref()
    }

    /// The stream itself and, where it ends, what goes on as another source.
    pub fn lower(&self, base_year: Year, low: &mut Lowering<'_>) -> (Stream, Option<Stream>) {
        let amount = self.year_amount(base_year, low);
        let Some(ending) = &self.ending else {
            return (Stream { gross: amount, lives: vec![Lives::ALL_YEAR; low.plan.years] }, None);
        };
        let (before, after) = ending.lives(low);
        let part = |lives: &[Lives]| -> Vec<f64> { lives.iter().map(|l| fraction(*l)).collect() };
        let kept_part = part(&before);
        let name = format!("{}/part_before_end", low.path);
        let kept = low.plan.made(&name, Shown::Number, |y, _| kept_part[y]);
        let gross = low.plan.amount(low.name("gross", "停征前收入", "before its end"), amount, kept);
        let converted = ending.converted(amount, gross, &after, low);
        (Stream { gross, lives: before }, converted)
    }

    fn year_amount(&self, base_year: Year, low: &mut Lowering<'_>) -> Lane {
        let base = low.money(&self.base);
        let (growth, start) = self.tables(base_year, low);
        let index = low.plan.index(low.name("index", "增长指数", "index"), start, growth);
        low.plan.amount(low.name("amount", "全年数额", "year's amount"), base, index)
    }

    /// Factors by year and town, and the index of the year before the first.
    fn tables(&self, base_year: Year, low: &mut Lowering<'_>) -> (crate::plan::TableId, Arg) {
        let (first, drivers) = (low.first_year, low.drivers);
        let towns: Vec<usize> = low.towns.iter().map(|(t, _)| *t).collect();
        let year_of = |y: usize| first + Year::try_from(y).unwrap_or(0);
        let factor = |year: Year, town: usize| -> f64 {
            let growth = Ratio((drivers.factor(&self.growth, year).0 - Factor::ONE.0) / 1_000);
            let own = self.own.as_ref().and_then(|p| p.at(town, year, drivers, Lives::ALL_YEAR).ok()).map_or(Ratio::ZERO, |(v, _)| Ratio(v));
            Factor::growth(growth, self.elasticity, own).to_f64()
        };
        let names = (format!("{}/factor", low.path), format!("{}/start", low.path));
        // The base year itself has index 1; a later first year has grown from there.
        let growth = low.plan.made(&names.0, Shown::Factor, |y, t| if year_of(y) <= base_year { 1.0 } else { factor(year_of(y), towns[t]) });
        let start = low.plan.made(&names.1, Shown::Factor, |_, t| (base_year + 1..first).fold(1.0, |i, y| i * factor(y, towns[t])));
        (growth, start.into())
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, base_year: Year, speak: &Speak<'_>) -> String {
        let base = speak.value(&self.base);
        let path = self.base.path.strip_suffix(".base").unwrap_or(&self.base.path);
        let growth = speak.growth(&self.growth, path);
        let elastic = if self.elasticity == Ratio::ONE {
            String::new()
        } else {
            speak.cite_path(&format!("{path}.elasticity"));
            speak.pick(format!("，弹性{}", speak.number(self.elasticity.0)), format!(" with an elasticity of {}", speak.number(self.elasticity.0)))
        };
        let own = self.own.as_ref().map_or_else(String::new, |p| speak.pick(format!("，本镇另加{}", speak.value(p)), format!(", and the town's own {} on top", speak.value(p))));
        let grown = speak.pick(format!("{base_year}年{base}，{growth}{elastic}{own}"), format!("{base} in {base_year}, {growth}{elastic}{own}"));
        speak.clauses(&[grown, self.ending.as_ref().map_or_else(String::new, |e| e.sentence(speak))])
    }
}

impl Ending {
    /// For every year the part before the end and the part after it.
    fn lives(&self, low: &Lowering<'_>) -> (Vec<Lives>, Vec<Lives>) {
        let next = self.until.next();
        let split = |y: usize| match low.year(y).cmp(&next.year) {
            std::cmp::Ordering::Less => (12, 12),
            std::cmp::Ordering::Equal => next.elapsed(),
            std::cmp::Ordering::Greater => (0, 12),
        };
        let years = 0..low.plan.years;
        let before = years.clone().map(|y| Lives { from: (0, 12), to: split(y) }).collect();
        let after = years.map(|y| Lives { from: split(y), to: (12, 12) }).collect();
        (before, after)
    }

    fn converted(&self, amount: Lane, gross: Lane, after: &[Lives], low: &mut Lowering<'_>) -> Option<Stream> {
        self.becomes.as_ref()?;
        let rate: Arg = match &self.at {
            Some(param) => low.ratio(param).into(),
            None => Arg::Number(1.0),
        };
        let rest = low.plan.sum(low.name("after_end", "停征后税基", "base after its end"), &[amount], &[gross]);
        let converted = low.plan.amount(low.name("converted", "并入他项", "goes on as another source"), rest, rate);
        Some(Stream { gross: converted, lives: after.to_vec() })
    }

    /// When it ends, and what it becomes.
    fn sentence(&self, speak: &Speak<'_>) -> String {
        let day = speak.day(self.until.next());
        let Some(target) = self.becomes.as_ref().map(|t| speak.source_of_key(t)) else {
            return speak.pick(format!("自{day}起停征"), format!("not levied from {day} on"));
        };
        let at = self.at.as_ref().map_or_else(|| speak.share(Ratio::ONE.0), |p| speak.value(p));
        speak.pick(format!("自{day}起停征，税基按{at}并入{target}"), format!("not levied from {day} on, {at} of its base going on as {target}"))
    }
}

/// How much of a year a life covers, nudged unless whole.
#[expect(clippy::cast_precision_loss, reason = "months and days")]
fn fraction(lives: Lives) -> f64 {
    let (from, to) = (lives.from.0 * lives.to.1, lives.to.0 * lives.from.1);
    crate::base::ratio::nudge((to - from) as f64 / (lives.from.1 * lives.to.1) as f64)
}
