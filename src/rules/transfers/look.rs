//! What a transfer looks at: a measure over sources, this year's or last year's.

use super::{Sight, SourceSight};
use crate::base::lang::Words;
use crate::diag::{Code, Problem, Problems};
use crate::plan::{Arg, Lane, builder::Name};
use crate::rules::{
    field::{Field, Kind, Quantity, optional},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};

/// The words behind `measure =`, in the order of [`Measure`].
const WORDS: &[&str] = &["gross", "local", "central", "province", "city", "county", "town", "up", "retained"];

/// `measure = …`
pub const MEASURE: Field = optional(
    "measure",
    Kind::Choice(WORDS),
    "看哪个数：总额 gross、地方留成 local、某级所得 central province city county town、全部上划 up、留存财力 retained",
    "what is looked at: gross, local part, what a level has, all that leaves the town (up), general retained funds (retained)",
);
/// `of = …`
pub const OF: Field = optional("of", Kind::Sources, "看哪几项收入", "which sources");
/// `lag = …`
pub const LAG: Field = optional("lag", Kind::Whole(0, 1), "1：看上一年的数", "1: last year's figure").or("0", "0");
/// `before = …`
pub const BEFORE: Field = optional("before", Kind::Value(Quantity::SignedMoney), "测算期（或开始）前一年的数", "the figure of the year before the first");

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// 总额
    Gross,
    /// 地方留成部分
    Local,
    /// 上划中央
    Central,
    /// 省级所得
    Province,
    /// 市级所得
    City,
    /// 县级所得
    County,
    /// 镇级所得
    Town,
    /// 镇域上划合计
    Up,
    /// 一般公共预算留存财力
    Retained,
}

impl Measure {
    const ALL: [Self; 9] = [Self::Gross, Self::Local, Self::Central, Self::Province, Self::City, Self::County, Self::Town, Self::Up, Self::Retained];

    const fn words(self) -> Words {
        match self {
            Self::Gross => Words::new("总额", "gross amount"),
            Self::Local => Words::new("地方留成", "local part"),
            Self::Central => Words::new("上划中央", "centre's part"),
            Self::Province => Words::new("省级所得", "province's part"),
            Self::City => Words::new("市级所得", "city's part"),
            Self::County => Words::new("县级所得", "county's part"),
            Self::Town => Words::new("镇级所得", "town's part"),
            Self::Up => Words::new("上划各级合计", "all that leaves the town"),
            Self::Retained => Words::new("留存财力（一般公共预算）", "general retained funds"),
        }
    }
}

/// A measure over sources.
#[derive(Clone, Debug)]
pub struct Look {
    what: Measure,
    of: Vec<usize>,
    lag: bool,
    /// The figure of the year before the first.
    pub before: Option<Param>,
    path: String,
    place: crate::base::place::Place,
}

impl Look {
    /// Takes `measure`, `of`, `lag`, `before`; without `measure` the given one holds, if any.
    pub fn read(values: &mut Values, otherwise: Option<Measure>) -> Option<Self> {
        let (path, place) = (values.path.clone(), values.place.clone());
        let word = values.text("measure");
        let what = word.and_then(|w| WORDS.iter().position(|k| *k == w)).map(|n| Measure::ALL[n]).or(otherwise)?;
        let (of, lag) = (values.sources("of").unwrap_or_default(), values.whole("lag") == Some(1));
        Some(Self { what, of, lag, before: values.param("before"), path, place })
    }

    /// Sources are named unless retained funds are looked at; last year's figure needs one for the first year.
    pub fn check(&self, problems: &mut Problems) {
        let missing = |key: &str, zh: &str, en: &str| Problem::new(Code::E102, &self.place).with("key", key).with("table", format!("[{}]", self.path)).with_in("what", zh, en);
        if self.of.is_empty() && self.what != Measure::Retained {
            problems.push(missing("of", "看哪几项收入", "which sources are looked at"));
        }
        if self.lag && self.before.is_none() {
            problems.push(missing("before", "看上一年的数，须写测算期前一年是多少", "needed with lag: the figure of the year before the first"));
        }
    }

    /// M: the measure of the year, or of the year before where it lags.
    pub fn lower(&self, sight: &Sight<'_>, low: &mut Lowering<'_>) -> Lane {
        let of = |pick: fn(&SourceSight) -> Option<Lane>| self.of.iter().filter_map(|s| pick(sight.sources.get(*s)?)).collect::<Vec<Lane>>();
        let (plus, minus) = match self.what {
            Measure::Gross => (of(|s| Some(s.gross)), Vec::new()),
            Measure::Local => (of(|s| Some(s.local)), Vec::new()),
            Measure::Central => (of(|s| s.levels[0]), Vec::new()),
            Measure::Province => (of(|s| s.levels[1]), Vec::new()),
            Measure::City => (of(|s| s.levels[2]), Vec::new()),
            Measure::County => (of(|s| s.county), Vec::new()),
            Measure::Town => (of(|s| s.town), Vec::new()),
            Measure::Up => (of(|s| Some(s.gross)), of(|s| s.town)),
            Measure::Retained => (vec![sight.retained], Vec::new()),
        };
        let words = self.what.words();
        let name = low.name("measure", words.zh, words.en);
        let now = low.plan.sum(name, &plus, &minus);
        if self.lag { self.one_year_before("measure_lagged", now, low) } else { now }
    }

    /// M₋₁: last year's; in the first year what is written, else nothing.
    pub fn last(&self, measure: Lane, low: &mut Lowering<'_>) -> Lane {
        self.one_year_before("measure_before", measure, low)
    }

    /// M₋₁, and M itself in the first year when nothing is written: no growth is shown then.
    pub fn last_or_same(&self, measure: Lane, low: &mut Lowering<'_>) -> Lane {
        let last = self.last(measure, low);
        if self.before.is_some() {
            return last;
        }
        let path = format!("{}/first_year", low.path);
        let first = low.plan.made(&path, crate::plan::table::Shown::Flag, |y, _| f64::from(y == 0));
        low.plan.select(low.name("measure_compared", "比较的上年数", "last year's figure compared with"), first, measure, last)
    }

    fn one_year_before(&self, key: &str, measure: Lane, low: &mut Lowering<'_>) -> Lane {
        let words = self.what.words();
        let name = Name {
            path: format!("{}/{key}", low.path), zh: format!("{}·上年{}", low.owner, words.zh), en: format!("{}: last year's {}", low.owner, words.en)
        };
        let opening: Arg = self.before.as_ref().map_or(Arg::Number(0.0), |p| low.money_always(p).into());
        low.plan.carry(name, measure, 1, opening)
    }

    /// What is looked at, in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let words = self.what.words();
        let sources: Vec<String> = self.of.iter().map(|s| speak.source(*s)).collect();
        let last = if self.lag { speak.pick("上年", "last year's ") } else { String::new() };
        if sources.is_empty() {
            return speak.pick(format!("{last}{}", words.zh), format!("{last}{}", words.en));
        }
        let sources = speak.list(&sources);
        speak.pick(format!("{last}{sources}的{}", words.zh), format!("{last}{} of {sources}", words.en))
    }
}
