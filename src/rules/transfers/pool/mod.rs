//! `pool` 均衡性转移支付: a sum shared by need, gap or factors, within limits, to the fen.

mod limits;
mod need;
mod weights;

use super::{Given, Look, Sight, look};
use crate::base::{lang::Words, place::Place};
use crate::diag::{Code, Problem, Problems};
use crate::plan::{Arg, Domain, Lane, Unit, pool::PoolPlan};
use crate::rules::{
    card::Card,
    count::Per,
    field::{Field, Kind, Quantity, optional, required},
    lowering::Lowering,
    param::Param,
    speak::Speak,
    values::Values,
};
use limits::{Limits, Side};
use need::Need;
use weights::Weights;

/// How the sum is shared.
#[derive(Clone, Debug)]
enum Mode {
    /// In proportion to the gaps, all of it.
    ProRata,
    /// A share of each gap, scaled down only where the sum is too small.
    Coefficient(Option<Param>),
    /// In proportion to weighted factors.
    Weights(Weights),
}

/// The words behind `mode =`.
const MODES: &[&str] = &["pro_rata", "coefficient", "weights"];
/// Modes that go by the gap between need and capacity.
const BY_GAP: &[&str] = &["pro_rata", "coefficient"];
/// The words behind `round_to =`, and how many fen each is.
const UNITS: [(&str, f64); 3] = [("分", 1.0), ("元", 100.0), ("万元", 1_000_000.0)];

/// A pool.
#[derive(Clone, Debug)]
pub struct Pool {
    mode: Mode,
    amount: Option<Param>,
    from_levies: bool,
    need: Option<Box<Need>>,
    capacity: Option<Param>,
    look: Option<Box<Look>>,
    limits: Box<Limits>,
    unit: f64,
    largest_remainder: bool,
    path: String,
    place: Place,
}

impl Pool {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required(
            "mode",
            Kind::Choice(MODES),
            "按缺口比例 pro_rata、按系数补缺口 coefficient、因素法 weights",
            "in proportion to gaps, a share of each gap, or by weighted factors",
        ),
        optional("amount", Kind::Value(Quantity::Money), "每年的盘子（县付：每县一盘）", "the sum a year (each county's own where the county pays)"),
        optional("funded_by", Kind::Choice(&["levies"]), "盘子另加当年从各镇集中的数", "what levies took in the year is added"),
        optional("need", Kind::Value(Quantity::Money), "标准支出（直接给出）", "standard need, given").only("mode", BY_GAP),
        optional("need_factor", Kind::Keyed(need::FIELDS), "标准支出的各因素：计数 × 单位成本 × 系数", "factors of need: count × unit cost × coefficient").only("mode", BY_GAP),
        optional("capacity", Kind::Value(Quantity::Money), "标准收入（直接给出）", "standard capacity, given").only("mode", BY_GAP),
        look::MEASURE.only("mode", BY_GAP),
        look::OF.only("measure", &[]),
        look::LAG.only("measure", &[]),
        look::BEFORE.only("measure", &[]),
        optional("coefficient", Kind::Value(Quantity::Share), "补助系数：补缺口的多少", "share of the gap that is paid").only("mode", &["coefficient"]),
        optional("weight", Kind::Keyed(weights::FIELDS), "因素法的各因素和权重，合计 100%", "factors and their weights, 100% in all").only("mode", &["weights"]),
        optional("heads", Kind::Count, "人均上下限按什么人数", "heads for limits per head").or("人口", "人口"),
        optional("floor", Kind::Table(limits::FIELDS), "下限", "lower limits"),
        optional("cap", Kind::Table(limits::FIELDS), "上限", "upper limits"),
        optional("last_year", Kind::Value(Quantity::Money), "开始前一年各镇所得", "what each town had in the year before it starts"),
        optional(
            "residue",
            Kind::Choice(&["payer", "largest_remainder"]),
            "尾差留付款方，或按最大余数补给各镇",
            "what rounding leaves stays with the payer, or goes to the largest remainders",
        )
        .or("payer", "payer"),
        optional("round_to", Kind::Choice(&["分", "元", "万元"]), "各镇数额取整到", "unit each town's amount is cut to").or("分", "分"),
    ];
    /// What the reference pages print.
    pub const CARD: Card = Card {
        kind: "pool",
        name: Words::new("均衡性转移支付（一个盘子按公式分）", "equalisation pool"),
        formula: Words::new(
            "缺口 = max(0, 标准支出 − 标准收入)；x_i = clamp(λ·权数_i, 下限_i, 上限_i)，Σx = 盘子；系数法 x_i = R(k·缺口_i)，盘子不够才同比例压缩",
            "gap = max(0, need − capacity); x_i = clamp(λ·weight_i, floor_i, cap_i), Σx = pool; coefficient: x_i = R(k·gap_i), scaled down only where the pool is too small",
        ),
        law: Words::new("均衡性转移支付：财预〔2012〕300号（A）；县对镇为类推（D）", "equalisation transfers: 财预〔2012〕300号 (A); from county to town by analogy (D)"),
        example: Words::new("盘子 90，缺口 100、200：得 30、60", "pool 90, gaps 100 and 200: 30 and 60"),
        case: "89-pool-pro-rata",
    };

    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        let (path, place) = (values.path.clone(), values.place.clone());
        let mode = match values.text("mode")?.as_str() {
            "coefficient" => Mode::Coefficient(values.param("coefficient")),
            "weights" => Mode::Weights(Weights::read(values)?),
            _ => Mode::ProRata,
        };
        let unit = values.text("round_to").and_then(|word| UNITS.into_iter().find(|(known, _)| *known == word)).map_or(1.0, |(_, fen)| fen);
        Some(Self {
            mode,
            amount: values.param("amount"),
            from_levies: values.text("funded_by").is_some(),
            need: Need::read(values).map(Box::new),
            capacity: values.param("capacity"),
            look: Look::read(values, None).map(Box::new),
            limits: Box::new(Limits::read(values)),
            unit,
            largest_remainder: values.text("residue").is_some_and(|r| r == "largest_remainder"),
            path,
            place,
        })
    }

    /// A pool has money, and something to share it by.
    pub fn check(&self, problems: &mut Problems) {
        let missing = |key: &str, zh: &str, en: &str| Problem::new(Code::E102, &self.place).with("key", key).with("table", format!("[{}]", self.path)).with_in("what", zh, en);
        if self.amount.is_none() && !self.from_levies {
            problems.push(missing("amount", "盘子多大", "how much there is to share"));
        }
        if let Some(look) = &self.look {
            look.check(problems);
        }
        self.limits.check(&self.path, problems);
        if matches!(self.mode, Mode::Coefficient(None)) {
            problems.push(missing("coefficient", "补缺口的多少", "what share of the gap is paid"));
        }
        match &self.mode {
            Mode::Weights(weights) => weights.check(problems),
            _ => {
                if self.capacity.is_some() && self.look.is_some() {
                    problems.push(Problem::new(Code::E306, &self.place).with("one", "capacity").with("other", "measure"));
                }
                match &self.need {
                    None => problems.push(missing("need", "标准支出：need，或 need_factor 各因素", "standard need: need, or factors under need_factor")),
                    Some(need) => need.check(problems),
                }
            }
        }
    }

    /// Whether it takes what levies brought: that is the county's.
    #[must_use]
    pub const fn takes_levies(&self) -> bool {
        self.from_levies
    }

    /// The column its limits per head count by, unless another is named.
    #[must_use]
    pub fn needs_heads(&self) -> bool {
        self.limits.needs_heads()
    }

    /// Sets the heads that were not named.
    pub fn set_heads(&mut self, heads: Per) {
        self.limits.heads = Some(heads);
    }

    /// The weights, the limits, and the stage that shares.
    pub fn lower(&self, sight: &Sight<'_>, low: &mut Lowering<'_>) -> Given {
        let out = low.plan.fen(low.name("amount", "转移支付", "transfer"));
        let rest = low.plan.lane(low.name("rest", "尾差和未分完", "left with the payer"), Domain::County, Unit::Fen);
        let floor = self.limits.lower(Side::Floor, out, low);
        let cap = self.limits.lower(Side::Cap, out, low).map(|cap| self.not_below(cap, floor, low));
        let (weight, high) = match &self.mode {
            Mode::ProRata => (self.gap(sight, low).into(), cap),
            Mode::Coefficient(k) => {
                let gap = self.gap(sight, low);
                (gap.into(), Some(wanted(gap, k.as_ref(), floor, cap, low)))
            }
            Mode::Weights(weights) => (weights.lower(sight.by_county, low).into(), cap),
        };
        let amount: Arg = self.amount.as_ref().map_or(Arg::Number(0.0), |p| low.money_of_group(p).into());
        let levied = self.from_levies.then(|| low.plan.gather(low.name("levied", "集中入县", "levied"), sight.levies));
        let (name, member) = (low.path.clone(), low.in_force().into());
        let (groups, rank) = (low.plan.groups(sight.by_county), low.plan.ranks.clone());
        let low_limit = floor.map_or(Arg::Number(0.0), Arg::Lane);
        low.plan.pool(PoolPlan {
            name,
            groups,
            amount,
            levied,
            member,
            weight,
            low: low_limit,
            high: high.map(Arg::Lane),
            unit: self.unit,
            largest_remainder: self.largest_remainder,
            rank,
            out,
            rest,
        });
        Given::only(out)
    }

    fn not_below(&self, cap: Lane, floor: Option<Lane>, low: &mut Lowering<'_>) -> Lane {
        floor.map_or(cap, |floor| low.plan.clamp(low.name("cap_above_floor", "上限（不低于下限）", "upper limit, not below the lower"), cap, Some(floor.into()), None))
    }

    /// What is needed beyond what there is.
    fn gap(&self, sight: &Sight<'_>, low: &mut Lowering<'_>) -> Lane {
        let need: Arg = self.need.as_ref().map_or(Arg::Number(0.0), |need| need.lower(low).into());
        let capacity: Arg = match (&self.capacity, &self.look) {
            (Some(given), _) => low.money(given).into(),
            (None, Some(look)) => look.lower(sight, low).into(),
            (None, None) => Arg::Number(0.0),
        };
        low.excess("gap", "标准收支缺口", "gap", need, capacity)
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let amount = self.amount.as_ref().map(|p| speak.pick(format!("盘子{}", speak.yearly(p)), format!("a pool of {}", speak.yearly(p))));
        let levies = self.from_levies.then(|| speak.pick("从各镇集中的数作盘子", "what levies took makes the pool"));
        let by = match &self.mode {
            Mode::ProRata => speak.pick("按缺口比例全部分完", "shared out in proportion to gaps"),
            Mode::Coefficient(k) => {
                let k = k.as_ref().map_or_else(String::new, |k| speak.value(k));
                speak.pick(format!("按缺口的{k}补助，盘子不够时同比例压缩"), format!("{k} of each gap, scaled down where the pool is too small"))
            }
            Mode::Weights(weights) => weights.sentence(speak),
        };
        let need = self.need.as_ref().filter(|_| !matches!(self.mode, Mode::Weights(_))).map(|need| need.sentence(speak));
        let capacity = match (&self.capacity, &self.look) {
            (Some(given), _) => Some(speak.pick(format!("标准收入{}", speak.value(given)), format!("capacity {}", speak.value(given)))),
            (None, Some(look)) => Some(speak.pick(format!("标准收入取{}", look.sentence(speak)), format!("capacity is {}", look.sentence(speak)))),
            (None, None) => None,
        };
        let clauses: Vec<String> = [amount, levies, Some(by), need, capacity, self.limits.sentence(speak)].into_iter().flatten().collect();
        speak.clauses(&clauses)
    }
}

/// A share of the gap within the limits: the most a town may have.
fn wanted(gap: Lane, k: Option<&Param>, floor: Option<Lane>, cap: Option<Lane>, low: &mut Lowering<'_>) -> Lane {
    let share: Arg = k.map_or(Arg::Number(0.0), |k| low.ratio(k).into());
    let mut wanted = low.plan.amount(low.name("share_of_gap", "按系数应补", "share of the gap"), gap, share);
    if let Some(cap) = cap {
        wanted = low.plan.clamp(low.name("share_capped", "按系数应补（不超上限）", "share of the gap, capped"), wanted, None, Some(cap.into()));
    }
    if let Some(floor) = floor {
        wanted = low.plan.clamp(low.name("share_bounded", "按系数应补（上下限内）", "share of the gap, within limits"), wanted, Some(floor.into()), None);
    }
    wanted
}
