//! The land chain as operations: area, contracts, cash, costs, set-asides, dues, what may be shared.

pub use super::advance::Advanced;
use super::{Agriculture, Cost, CostAmount, Holder, Land, Of, Taking, To};
use crate::base::ratio::{Ratio, nudge};
use crate::diag::{Code, Problem};
use crate::plan::{
    Arg, Lane, Unit,
    builder::Name,
    op::Op,
    table::{Follows, Shown},
};
use crate::rules::{
    lowering::Lowering,
    param::{Lives, Param},
    sources::{Outturn, fee::SQUARE_METRES_IN_MU},
};

/// What the chain leaves for others.
#[derive(Clone, Debug)]
pub struct LandLanes {
    /// \[分\] Cash received.
    pub cash: Lane,
    /// Sites that carry floor space, for the infrastructure fee.
    pub built: Vec<Site>,
    /// \[分\] To outside: compensation, development, fees for the sale.
    pub costs: Vec<Set>,
    /// For every cost whether it is the county's own outlay.
    pub costs_of_county: Vec<bool>,
    /// Costs that were laid out before.
    pub advances: Vec<Advanced>,
    /// \[分\] The central part of the new-land fee.
    pub central: Option<Lane>,
    /// \[分\] Local part of the new-land fee and farm-land development, each with its holder.
    pub before_net: Vec<(Set, Holder)>,
    /// \[分\] Money set aside from the net, each with its holder and earmark; full retention moves these to the town.
    pub held: Vec<(Set, Holder)>,
    /// \[分\] Dues to province and city.
    pub to_province: Vec<Set>,
    /// Dues to the city.
    pub to_city: Vec<Set>,
    /// \[分\] A loss and who bears it.
    pub loss: (Lane, Holder),
    /// \[分\] Net income before set-asides 净收益.
    pub net: Lane,
    /// \[分\] What county and town share.
    pub shareable: Lane,
}

/// Land of one use that carries floor space.
#[derive(Clone, Debug)]
pub struct Site {
    /// The use.
    pub id: String,
    /// \[0.01 亩\] Area under contract.
    pub area: Lane,
    /// Area of years before the first, as written.
    before: Option<Param>,
}

impl Site {
    /// \[0.01 亩\] The area of the year `lag` before, for the first years of the horizon.
    pub fn opening(&self, lag: usize, land: &str, low: &mut Lowering<'_>) -> Arg {
        let Some(before) = &self.before else { return Arg::Number(0.0) };
        if lag == 1 && before.constant().is_some() {
            return low.money(before).into();
        }
        // Several years back: each must be written under its own year.
        let first = low.first_year;
        let asked: Vec<i32> = (0..lag).map(|y| first + i32::try_from(y).unwrap_or(0) - i32::try_from(lag).unwrap_or(0)).collect();
        if let Some(missing) = asked.iter().find(|year| !before.days().any(|d| d.year == **year)) {
            low.problems.push(Problem::new(Code::E305, &before.place).with("year", *missing).with("path", format!("source.{land}.opening.area.{}", self.id)));
            return Arg::Number(0.0);
        }
        #[expect(clippy::cast_precision_loss, reason = "areas stay below 2^53")]
        let value = |y: usize, t: usize| {
            let year = asked.get(y).copied().unwrap_or(first);
            before.at(low.towns[t].0, year, low.drivers, Lives::ALL_YEAR).map_or(0.0, |(v, _)| v as f64)
        };
        let rows: Vec<f64> = (0..low.plan.years).flat_map(|y| (0..low.plan.towns).map(move |t| (y, t))).map(|(y, t)| if y < lag { value(y, t) } else { 0.0 }).collect();
        let towns = low.plan.towns;
        low.plan.made(&format!("{}_{lag}", before.path), Shown::Number, |y, t| rows[y * towns + t]).into()
    }
}

/// A named amount of the chain.
#[derive(Clone, Debug)]
pub struct Set {
    /// Its name.
    pub name: String,
    /// Its lane.
    pub lane: Lane,
    /// Its earmark.
    pub earmark: Option<String>,
}

/// Areas of the year.
struct Areas {
    by_use: Vec<Lane>,
    all: Lane,
    new: Lane,
}

impl Land {
    /// The chain of a year; cash that was observed stands in place of what is projected.
    pub fn lower(&self, outturn: Option<Outturn>, low: &mut Lowering<'_>) -> LandLanes {
        let areas = self.areas(low);
        let cash = self.cash(&areas, low);
        let cash = outturn.map_or(cash, |seen| seen.instead_of(cash, low));
        let costs: Vec<Set> = self.costs.iter().map(|c| self.cost(c, &areas, cash, low)).collect();
        let advances = self.advances(&costs, low);
        let (central, mut before_net) = self.fee_on_new_land(areas.new, low);
        before_net.extend(self.farmland_development(areas.all, low));
        let before: Vec<Lane> = costs.iter().map(|c| c.lane).chain(central).chain(before_net.iter().map(|(s, _)| s.lane)).collect();
        let left = low.plan.sum(low.name("left", "到账减成本", "cash less costs"), &[cash], &before);
        let net = low.plan.clamp(low.name("net", "净收益", "net income"), left, Some(Arg::Number(0.0)), None);
        let loss = low.plan.sum(low.name("loss", "倒挂（成本超过到账）", "loss"), &[net], &[left]);
        let built = self.sites(&areas);
        let mut lanes = LandLanes {
            cash,
            built,
            costs,
            costs_of_county: self.costs.iter().map(|c| c.is_county_s).collect(),
            advances,
            central,
            before_net,
            held: vec![],
            to_province: vec![],
            to_city: vec![],
            loss: (loss, self.loss),
            net,
            shareable: net,
        };
        self.set_aside(&mut lanes, low);
        let parts = lanes.parts();
        let whole = low.plan.sum(low.name("cash_and_loss", "到账加倒挂", "cash and loss"), &[cash, loss], &[]);
        low.plan.closes(&low.path.clone(), whole, parts);
        lanes
    }

    /// min(plan, quota left for its new part, bank left), use after use.
    fn areas(&self, low: &mut Lowering<'_>) -> Areas {
        let (mut quota, bank) = (self.quota_of_year(low), self.bank_left(low));
        let mut left = bank.map(|(left, _)| Arg::from(left));
        let (mut by_use, mut new) = (Vec::new(), Vec::new());
        for land_use in &self.uses {
            let owner = std::mem::replace(&mut low.owner, land_use.name.clone());
            let path = format!("{}.use.{}", low.path, land_use.id);
            let path = std::mem::replace(&mut low.path, path);
            let planned = low.money(&land_use.area);
            let new_share = low.ratio(&land_use.new);
            let mut area = area_lane("area_planned", "计划供地", "planned area", planned.into(), low);
            if let Some(quota_left) = quota {
                area = within_quota(area, &land_use.new, quota_left, low);
            }
            if let Some(bank_left) = left {
                area = low.plan.clamp(low.name("area_in_bank", "不超过可供土地", "within the bank"), area, None, Some(bank_left));
                left = Some(difference(low, "bank_left", bank_left, area));
            }
            let new_area = low.plan.amount_in(low.name("area_new", "其中新增建设用地", "of it new land"), Unit::CentiMu, area, new_share, Arg::Number(1.0));
            quota = quota.map(|q| difference(low, "quota_left", q, new_area));
            by_use.push(area);
            new.push(new_area);
            (low.owner, low.path) = (owner, path);
        }
        let mut total = |key: &str, zh, en, of: &[Lane]| {
            let name = low.name(key, zh, en);
            let args = of.iter().map(|l| Arg::Lane(*l)).collect();
            low.plan.sum_in(name, crate::plan::Domain::Town, Unit::CentiMu, args, Vec::new())
        };
        let (all, new) = (total("area", "供地", "area", &by_use), total("area_new", "新增建设用地", "new land", &new));
        if let Some((_, after)) = bank {
            let left = left.unwrap_or(Arg::Number(0.0));
            low.plan.ops.push(Op::Sum { out: after, plus: vec![left], minus: Vec::new() });
        }
        Areas { by_use, all, new }
    }

    /// The quota with what is added to it.
    fn quota_of_year(&self, low: &mut Lowering<'_>) -> Option<Arg> {
        let quota = Arg::from(low.money(self.quota.as_ref()?));
        let Some(extra) = &self.quota_extra else { return Some(quota) };
        let extra = low.money_once_written(extra);
        let name = low.name("quota", "新增建设用地指标（含另加）", "quota with what is added");
        Some(low.plan.sum_in(name, crate::plan::Domain::Town, Unit::CentiMu, vec![quota, extra.into()], Vec::new()).into())
    }

    /// What the land bank holds at the start of the year, and the lane that takes what it holds at its end.
    fn bank_left(&self, low: &mut Lowering<'_>) -> Option<(Lane, Lane)> {
        let bank = self.bank.as_ref()?;
        let opening = low.money(bank);
        let after = low.plan.lane(low.name("bank", "年末可供土地", "land bank at the end of the year"), crate::plan::Domain::Town, Unit::CentiMu);
        let before = low.plan.carry(low.name("bank_before", "年初可供土地", "land bank at the start of the year"), after, 1, opening);
        Some((before, after))
    }

    fn cash(&self, areas: &Areas, low: &mut Lowering<'_>) -> Lane {
        let mut contracts = Vec::new();
        for (land_use, area) in self.uses.iter().zip(&areas.by_use) {
            let price = low.money(&land_use.price);
            let name = Name {
                path: format!("{}.use.{}/contract", low.path, land_use.id),
                zh: format!("{}·合同额", land_use.name),
                en: format!("{}: contracts", land_use.name),
            };
            contracts.push(low.plan.amount_in(name, Unit::Fen, *area, price, Arg::Number(nudge(0.01))));
        }
        let contracts = low.plan.sum(low.name("contracts", "合同额", "contracts"), &contracts, &[]);
        self.instalments("cash", "到账", "cash received", contracts, self.opening.contracts.as_ref(), low)
    }

    /// The first instalment of this year's total and what last year's total still owes.
    fn instalments(&self, key: &str, zh: &'static str, en: &'static str, total: Lane, opening: Option<&Param>, low: &mut Lowering<'_>) -> Lane {
        let [first, _] = self.instalments[..] else { return total };
        let share = Arg::Number(first.coefficient());
        let now = low.plan.amount(low.name(&format!("{key}_now"), "当年到期部分", "due this year"), total, share);
        let owed = low.plan.sum(low.name(&format!("{key}_owed"), "次年到期部分", "due next year"), &[total], &[now]);
        let opening: Arg = opening.map_or(Arg::Number(0.0), |p| self.opening_owed(p, first, low));
        let before = low.plan.carry(low.name(&format!("{key}_before"), "上年余下部分", "what last year still owed"), owed, 1, opening);
        low.plan.sum(low.name(key, zh, en), &[now, before], &[])
    }

    /// What the total of the year before still owes when the horizon opens.
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "whole fen below 10^15")]
    fn opening_owed(&self, total: &Param, first: Ratio, low: &mut Lowering<'_>) -> Arg {
        let table = low.money(total);
        let table = low.plan.get(table).clone();
        let owed = |y: usize, t: usize| {
            let total = table.at(y, t) as i64;
            (total - first.of(total)) as f64
        };
        low.plan.made(&format!("{}/owed", total.path), Shown::Fen, owed).into()
    }

    fn cost(&self, cost: &Cost, areas: &Areas, cash: Lane, low: &mut Lowering<'_>) -> Set {
        let path = format!("{}.cost.{}", low.path, cost.id);
        let (path, owner) = (std::mem::replace(&mut low.path, path), std::mem::replace(&mut low.owner, cost.name.clone()));
        let lane = match &cost.amount {
            CostAmount::OfCash(share) => {
                let share = low.ratio(share);
                low.plan.amount(low.name("amount", "成本", "cost"), cash, share)
            }
            CostAmount::PerMu(unit) => {
                let unit = low.money(unit);
                let by_use: Vec<Lane> = areas
                    .by_use
                    .iter()
                    .zip(&self.uses)
                    .map(|(area, u)| {
                        let name = low.name(&format!("total_{}", u.id), "按合同计的成本（一种用途）", "cost of the contracts of a use");
                        low.plan.amount_in(name, Unit::Fen, *area, unit, Arg::Number(nudge(0.01)))
                    })
                    .collect();
                let total = low.plan.sum(low.name("total", "按合同计的成本", "cost of the contracts"), &by_use, &[]);
                self.instalments("amount", "成本", "cost", total, self.opening.costs.get(&cost.id), low)
            }
        };
        (low.path, low.owner) = (path, owner);
        Set { name: cost.name.clone(), lane, earmark: None }
    }

    fn fee_on_new_land(&self, new: Lane, low: &mut Lowering<'_>) -> (Option<Lane>, Vec<(Set, Holder)>) {
        let Some(fee) = &self.new_land_fee else { return (None, Vec::new()) };
        let (rate, central) = (low.money(&fee.rate), low.ratio(&fee.central));
        #[expect(clippy::cast_precision_loss, reason = "a constant")]
        let metres = Arg::Number(nudge(SQUARE_METRES_IN_MU as f64 / 1e4));
        let all = low.plan.amount_in(low.name("new_land_fee", "新增建设用地有偿使用费", "new-land fee"), Unit::Fen, new, rate, metres);
        let up = low.plan.amount(low.name("new_land_fee_central", "新增费·中央", "new-land fee, central"), all, central);
        let local = low.plan.sum(low.name("new_land_fee_local", "新增费·地方", "new-land fee, local"), &[all], &[up]);
        (Some(up), vec![(Set { name: "新增建设用地有偿使用费".to_owned(), lane: local, earmark: None }, fee.holder)])
    }

    fn farmland_development(&self, area: Lane, low: &mut Lowering<'_>) -> Option<(Set, Holder)> {
        let (per_mu, holder) = self.farmland.as_ref()?;
        let per_mu = low.money(per_mu);
        let lane = low.plan.amount_in(low.name("farmland_development", "农业土地开发资金", "farm-land development"), Unit::Fen, area, per_mu, Arg::Number(nudge(0.01)));
        Some((Set { name: "农业土地开发资金".to_owned(), lane, earmark: None }, *holder))
    }

    /// Set-asides, the agriculture top-up, then dues; each takes no more than is left.
    fn set_aside(&self, lanes: &mut LandLanes, low: &mut Lowering<'_>) {
        let mut counted = Vec::new();
        let counts = |id: &String| self.agriculture.as_ref().is_some_and(|a| a.counts.contains(id));
        let (set_asides, dues): (Vec<_>, Vec<_>) = self.takes.iter().partition(|t| matches!(t.to, To::Holder(_)));
        for taking in set_asides {
            let lane = self.taking(taking, lanes, low);
            if counts(&taking.id) {
                counted.push(lane);
            }
        }
        if let Some(agriculture) = &self.agriculture {
            top_up(agriculture, &counted, lanes, low);
        }
        for taking in dues {
            self.taking(taking, lanes, low);
        }
    }

    #[expect(clippy::unused_self, reason = "one of the steps of the chain")]
    fn taking(&self, taking: &Taking, lanes: &mut LandLanes, low: &mut Lowering<'_>) -> Lane {
        let base = match taking.of {
            Of::Cash => lanes.cash,
            Of::Net => lanes.net,
            Of::Remainder => lanes.shareable,
        };
        let rate = low.ratio(&taking.rate);
        let name = Name { path: format!("{}/{}", low.path, taking.id), zh: taking.name.clone(), en: taking.name.clone() };
        let rest = Name { path: format!("{}/{}_left", low.path, taking.id), zh: format!("{}后余额", taking.name), en: format!("left after {}", taking.name) };
        let (out, rest) = low.plan.take(name, rest, base, rate, lanes.shareable);
        lanes.shareable = rest;
        let set = Set { name: taking.name.clone(), lane: out, earmark: taking.earmark.clone() };
        match taking.to {
            To::Holder(holder) => lanes.held.push((set, holder)),
            To::Province => lanes.to_province.push(set),
            To::City => lanes.to_city.push(set),
        }
        out
    }

    /// The uses that carry floor space, with what was sold of each before the first year.
    fn sites(&self, areas: &Areas) -> Vec<Site> {
        let uses = self.uses.iter().zip(&areas.by_use).filter(|(u, _)| u.builds);
        uses.map(|(u, area)| Site { id: u.id.clone(), area: *area, before: self.opening.areas.get(&u.id).cloned() }).collect()
    }
}

impl LandLanes {
    /// Everything cash (and a loss) is handed out to.
    fn parts(&self) -> Vec<Lane> {
        let sets = |sets: &[Set]| sets.iter().map(|s| s.lane).collect::<Vec<_>>();
        let mut parts = sets(&self.costs);
        parts.extend(self.central);
        parts.extend(self.before_net.iter().chain(&self.held).map(|(s, _)| s.lane));
        parts.extend(sets(&self.to_province));
        parts.extend(sets(&self.to_city));
        parts.push(self.shareable);
        parts
    }
}

/// max(0, max(R(p·net), R(g·cash)) − what counts), no more than is left.
fn top_up(agriculture: &Agriculture, counted: &[Lane], lanes: &mut LandLanes, low: &mut Lowering<'_>) {
    let (net, gross) = (low.ratio(&agriculture.net), low.ratio(&agriculture.gross));
    let of_net = low.plan.amount(low.name("agriculture_of_net", "农业农村：按净收益", "agriculture: of net"), lanes.net, net);
    let of_cash = low.plan.amount(low.name("agriculture_of_cash", "农业农村：按到账", "agriculture: of cash"), lanes.cash, gross);
    let least = low.plan.clamp(low.name("agriculture_least", "农业农村最低数", "agriculture: least"), of_net, Some(of_cash.into()), None);
    let counted = low.plan.sum(low.name("agriculture_counted", "已计提抵算", "set-asides that count"), counted, &[]);
    let short = low.excess("agriculture_short", "应补足", "to be topped up", least.into(), counted.into());
    let name = Name { path: format!("{}/agriculture", low.path), zh: agriculture.name.clone(), en: agriculture.name.clone() };
    let (out, rest) = low.plan.take(name, low.name("agriculture_left", "农业农村后余额", "left after agriculture"), short, Arg::Number(1.0), lanes.shareable);
    lanes.shareable = rest;
    lanes.held.push((Set { name: agriculture.name.clone(), lane: out, earmark: agriculture.earmark.clone() }, agriculture.holder));
}

fn area_lane(key: &str, zh: &'static str, en: &'static str, value: Arg, low: &mut Lowering<'_>) -> Lane {
    low.plan.amount_in(low.name(key, zh, en), Unit::CentiMu, value, Arg::Number(1.0), Arg::Number(1.0))
}

/// New land stays within the quota: the area whose new part is just the quota, when the plan would need more.
fn within_quota(area: Lane, new_share: &Param, quota_left: Arg, low: &mut Lowering<'_>) -> Lane {
    // The largest area whose new part fits is quota ÷ share, cut down to whole 0.01 亩.
    // Millionths on both sides, so that the quotient is exact where it can be.
    let share = low.table(new_share, Shown::Number, Follows::Whole);
    let most =
        low.plan.prorate(low.name("area_for_quota", "指标可供面积", "area the quota allows"), quota_left, Arg::Number(1e6), share, Arg::Number(crate::base::amount::LIMIT_FEN));
    low.plan.lanes[most.0 as usize].unit = Unit::CentiMu;
    low.plan.clamp(low.name("area_in_quota", "不超过指标", "within the quota"), area, None, Some(most.into()))
}

fn difference(low: &mut Lowering<'_>, key: &str, a: Arg, b: Lane) -> Arg {
    let name = low.name(key, "余额", "left");
    low.plan.sum_in(name, crate::plan::Domain::Town, Unit::CentiMu, vec![a], vec![b.into()]).into()
}
