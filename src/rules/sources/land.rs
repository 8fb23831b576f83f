//! `land` 国有土地使用权出让收入: from contracts to what county and town may share.

mod advance;
mod chain;
mod fields;

use std::collections::BTreeMap;

pub use chain::{Advanced, LandLanes, Set, Site};

use crate::base::{place::Place, ratio::Ratio};
use crate::diag::{Code, Problem, Problems};
use crate::rules::{param::Param, values::Values};

/// The whole chain.
#[derive(Clone, Debug)]
pub struct Land {
    pub(crate) instalments: Vec<Ratio>,
    pub(crate) quota: Option<Param>,
    pub(crate) quota_extra: Option<Param>,
    pub(crate) bank: Option<Param>,
    pub(crate) loss: Holder,
    pub(crate) uses: Vec<Use>,
    pub(crate) costs: Vec<Cost>,
    pub(crate) new_land_fee: Option<NewLandFee>,
    pub(crate) farmland: Option<(Param, Holder)>,
    pub(crate) takes: Vec<Taking>,
    pub(crate) agriculture: Option<Agriculture>,
    pub(crate) opening: Opening,
    pub(crate) place: Place,
}

/// Who holds money set aside, or bears a loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// 县
    County,
    /// 镇
    Town,
}

/// One use of land 用途.
#[derive(Clone, Debug)]
pub(crate) struct Use {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) area: Param,
    pub(crate) price: Param,
    pub(crate) new: Param,
    pub(crate) builds: bool,
}

/// One cost before the net 成本.
#[derive(Clone, Debug)]
pub(crate) struct Cost {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) amount: CostAmount,
    pub(crate) advance: Option<Advance>,
    /// The county's own outlay, not somebody outside's.
    pub(crate) is_county_s: bool,
}

/// A cost laid out before it is recognised 垫付.
#[derive(Clone, Debug)]
pub(crate) struct Advance {
    pub(crate) amount: Param,
    pub(crate) by: Holder,
}

#[derive(Clone, Debug)]
pub(crate) enum CostAmount {
    PerMu(Param),
    OfCash(Param),
}

#[derive(Clone, Debug)]
pub(crate) struct NewLandFee {
    pub(crate) rate: Param,
    pub(crate) central: Param,
    pub(crate) holder: Holder,
}

/// A set-aside or a due: a rate on a base, taken in order.
#[derive(Clone, Debug)]
pub(crate) struct Taking {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) of: Of,
    pub(crate) rate: Param,
    pub(crate) to: To,
    pub(crate) earmark: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Cash,
    Net,
    Remainder,
}

/// To whom a taking goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum To {
    Holder(Holder),
    Province,
    City,
}

#[derive(Clone, Debug)]
pub(crate) struct Agriculture {
    pub(crate) name: String,
    pub(crate) net: Param,
    pub(crate) gross: Param,
    pub(crate) counts: Vec<String>,
    pub(crate) holder: Holder,
    pub(crate) earmark: Option<String>,
}

/// What stood before the first year.
#[derive(Clone, Debug, Default)]
pub(crate) struct Opening {
    pub(crate) contracts: Option<Param>,
    pub(crate) costs: BTreeMap<String, Param>,
    pub(crate) areas: BTreeMap<String, Param>,
}

impl Holder {
    fn read(values: &mut Values, key: &str) -> Self {
        if values.text(key).is_some_and(|h| h == "town") { Self::Town } else { Self::County }
    }
}

impl Land {
    /// Takes the parameters.
    pub fn read(values: &mut Values) -> Option<Self> {
        let place = values.place.clone();
        let instalments = values.shares("instalments").unwrap_or_else(|| vec![Ratio::ONE]);
        let mut takes = Vec::new();
        for (id, v) in values.keyed("setaside").unwrap_or_default() {
            takes.push(Taking::setaside(id, v)?);
        }
        let agriculture = values.table("agriculture").and_then(Agriculture::read);
        for (id, v) in values.keyed("due").unwrap_or_default() {
            takes.push(Taking::due(id, v)?);
        }
        let farmland = values.table("farmland_development").and_then(|mut v| {
            let holder = Holder::read(&mut v, "holder");
            Some((v.param("per_mu")?, holder))
        });
        Some(Self {
            instalments,
            quota: values.param("quota"),
            quota_extra: values.param("quota_extra"),
            bank: values.param("bank"),
            loss: Holder::read(values, "loss"),
            uses: values.keyed("use")?.into_iter().map(Use::read).collect::<Option<_>>()?,
            costs: values.keyed("cost").unwrap_or_default().into_iter().map(Cost::read).collect::<Option<_>>()?,
            new_land_fee: values.table("new_land_fee").and_then(NewLandFee::read),
            farmland,
            takes,
            agriculture,
            opening: values.table("opening").map(Opening::read).unwrap_or_default(),
            place,
        })
    }

    /// What was before the first year is written where instalments reach back to it, and names things that exist.
    pub fn check(&self, problems: &mut Problems) {
        let lags = self.instalments.len() > 1;
        let missing = |key: &str| {
            Problem::new(Code::E102, &self.place)
                .with("key", key)
                .with_some("table", self.uses.first().and_then(|u| u.area.path.split_once(".use.")).map(|(path, _)| format!("[{path}]")))
                .with_in("what", "分期到账，须写测算期上一年的数", "needed with instalments: the year before the first")
        };
        if lags && self.opening.contracts.is_none() {
            problems.push(missing("opening.contracts"));
        }
        for cost in self.costs.iter().filter(|c| lags && matches!(c.amount, CostAmount::PerMu(_))) {
            if !self.opening.costs.contains_key(&cost.id) {
                problems.push(missing(&format!("opening.cost.{}", cost.id)));
            }
        }
        if let (None, Some(extra)) = (&self.quota, &self.quota_extra) {
            let problem = Problem::new(Code::E102, &extra.place).with("key", "quota").with_some("table", extra.path.strip_suffix(".quota_extra").map(|path| format!("[{path}]")));
            problems.push(problem.with_in("what", "另加的指标加在 quota 上，没有 quota 就没有限制", "quota_extra adds to a quota; without one there is no limit"));
        }
        if self.instalments.len() > 2 {
            problems.push(Problem::new(Code::E307, &self.place));
        }
        let unknown = |id: &String, known: &[&String]| !known.contains(&id);
        for id in self.opening.costs.keys().filter(|id| unknown(id, &self.costs.iter().map(|c| &c.id).collect::<Vec<_>>())) {
            problems.push(
                Problem::new(Code::E101, &self.place).with("key", format!("opening.cost.{id}")).with("table", "opening.cost").with_list("known", self.costs.iter().map(|c| &c.id)),
            );
        }
        for id in self.opening.areas.keys().filter(|id| unknown(id, &self.uses.iter().map(|u| &u.id).collect::<Vec<_>>())) {
            problems.push(
                Problem::new(Code::E101, &self.place).with("key", format!("opening.area.{id}")).with("table", "opening.area").with_list("known", self.uses.iter().map(|u| &u.id)),
            );
        }
        let counts = self.agriculture.iter().flat_map(|a| &a.counts);
        for id in counts.filter(|id| unknown(id, &self.takes.iter().map(|t| &t.id).collect::<Vec<_>>())) {
            problems.push(Problem::new(Code::E105, &self.place).with("name", id));
        }
    }

    /// The earmarks its set-asides are put to, by id.
    pub fn earmarks(&self) -> impl Iterator<Item = &str> {
        let farmland = self.agriculture.iter().filter_map(|a| a.earmark.as_deref());
        self.takes.iter().filter_map(|t| t.earmark.as_deref()).chain(farmland)
    }
}

impl Use {
    fn read((id, mut v): (String, Values)) -> Option<Self> {
        let name = v.text("name").unwrap_or_else(|| id.clone());
        let builds = v.flag("builds").unwrap_or(false);
        Some(Self { id, name, area: v.param("area")?, price: v.param("price")?, new: v.param("new")?, builds })
    }
}

impl Cost {
    fn read((id, mut v): (String, Values)) -> Option<Self> {
        let name = v.text("name").unwrap_or_else(|| id.clone());
        let amount = match v.param("per_mu") {
            Some(per_mu) => CostAmount::PerMu(per_mu),
            None => CostAmount::OfCash(v.param("share")?),
        };
        let advance = v.table("advance").and_then(Advance::read);
        let is_county_s = v.text("party").is_some_and(|party| party == "county");
        Some(Self { id, name, amount, advance, is_county_s })
    }
}

impl Advance {
    fn read(mut v: Values) -> Option<Self> {
        let by = Holder::read(&mut v, "by");
        Some(Self { amount: v.param("amount")?, by })
    }
}

impl NewLandFee {
    fn read(mut v: Values) -> Option<Self> {
        let holder = Holder::read(&mut v, "holder");
        Some(Self { rate: v.param("rate")?, central: v.param("central")?, holder })
    }
}

impl Taking {
    fn of(v: &mut Values) -> Of {
        match v.text("of").as_deref() {
            Some("cash") => Of::Cash,
            Some("remainder") => Of::Remainder,
            _ => Of::Net,
        }
    }

    fn setaside(id: String, mut v: Values) -> Option<Self> {
        let name = v.text("name").unwrap_or_else(|| id.clone());
        let to = To::Holder(Holder::read(&mut v, "holder"));
        Some(Self { id, name, of: Self::of(&mut v), to, earmark: v.text("earmark"), rate: v.param("rate")? })
    }

    fn due(id: String, mut v: Values) -> Option<Self> {
        let name = v.text("name").unwrap_or_else(|| id.clone());
        let to = match v.text("to").as_deref() {
            Some("city") => To::City,
            _ => To::Province,
        };
        Some(Self { id, name, of: Self::of(&mut v), to, earmark: None, rate: v.param("rate")? })
    }
}

impl Agriculture {
    fn read(mut v: Values) -> Option<Self> {
        let name = v.text("name").unwrap_or_else(|| "农业农村".to_owned());
        let holder = Holder::read(&mut v, "holder");
        let counts = v.texts("counts").unwrap_or_default();
        Some(Self { name, counts, holder, earmark: v.text("earmark"), net: v.param("net")?, gross: v.param("gross")? })
    }
}

impl Opening {
    fn read(mut v: Values) -> Self {
        let mut by_id = |key: &str| v.map(key).unwrap_or_default().into_iter().collect();
        let (costs, areas) = (by_id("cost"), by_id("area"));
        Self { contracts: v.param("contracts"), costs, areas }
    }
}
