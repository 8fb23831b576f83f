//! The land chain in the order of the money: area, price, cash, costs, set-asides, dues.

use super::{Act, Section, Speaker};
use crate::base::lang::Lang;
use crate::rules::sources::{CostAmount, Holder, Kind, Land, LandAdvance, LandCost, LandUse, Of, Taking, To};

impl Speaker<'_> {
    /// One section a land source.
    pub(super) fn land_sections(&self) -> Vec<Section> {
        let lands = self.scenario.sources.iter().filter_map(|s| match &s.kind {
            Kind::Land(land) => Some((s, land)),
            _ => None,
        });
        lands.map(|(source, land)| Section { heading: super::capital(&self.speak.called(&source.name)), acts: self.land(&format!("source.{}", source.id), land) }).collect()
    }

    fn land(&self, path: &str, land: &Land) -> Vec<Act> {
        let mut acts: Vec<Act> = land.uses.iter().map(|u| self.land_use(path, u)).collect();
        acts.extend(self.supply(path, land));
        acts.push(self.instalments(path, land));
        acts.extend(land.costs.iter().map(|c| self.land_cost(path, c)));
        acts.extend(self.before_net(path, land));
        let (aside, dues): (Vec<_>, Vec<_>) = land.takes.iter().partition(|t| matches!(t.to, To::Holder(_)));
        acts.extend(aside.into_iter().map(|t| self.taking(path, t)));
        acts.extend(self.agriculture(path, land));
        acts.extend(dues.into_iter().map(|t| self.taking(path, t)));
        let loss = self.speak.pick(
            format!("成本超过到账收入的年份由{}负担", self.holder(land.loss)),
            format!("in years when costs exceed the cash received {} bears the loss", self.holder(land.loss)),
        );
        let rest = self.speak.pick("依次扣除以上各项后的余额，由县镇分成", "what is left after all of these is shared by county and town");
        acts.push(self.act(format!("{path}.loss"), "", &self.speak.clauses(&[rest, loss])));
        acts.extend(self.land_opening(path, land));
        acts
    }

    fn land_use(&self, path: &str, land_use: &LandUse) -> Act {
        let speak = &self.speak;
        let new = match speak.fixed(&land_use.new) {
            Some(1_000_000) => {
                let _ = speak.value(&land_use.new);
                speak.pick("全部为新增建设用地", "all of it new construction land")
            }
            _ => speak.pick(format!("其中新增建设用地占{}", speak.value(&land_use.new)), format!("{} of it new construction land", speak.value(&land_use.new))),
        };
        let builds = if land_use.builds { speak.pick("建房，须缴配套费", "built on, and so subject to the infrastructure fee") } else { String::new() };
        let (area, price) = (speak.value(&land_use.area), speak.value(&land_use.price));
        let body = speak.clauses(&[
            speak.pick(format!("每年供地{area}"), format!("supplied each year: {area}")),
            speak.pick(format!("地价{price}"), format!("price {price}")),
            new,
            builds,
        ]);
        self.act(format!("{path}.use.{}", land_use.id), &speak.called(&land_use.name), &body)
    }

    /// Quota and land bank.
    fn supply(&self, path: &str, land: &Land) -> Option<Act> {
        let speak = &self.speak;
        let quota = land.quota.as_ref().map_or_else(String::new, |q| {
            speak.pick(format!("新增建设用地指标每年{}", speak.value(q)), format!("the yearly quota of new construction land is {}", speak.value(q)))
        });
        let extra = land.quota_extra.as_ref().map_or_else(String::new, |q| speak.pick(format!("另加指标{}", speak.value(q)), format!("on top of it {}", speak.value(q))));
        let bank =
            land.bank.as_ref().map_or_else(String::new, |b| speak.pick(format!("可供土地共{}", speak.value(b)), format!("the land that can be sold in all is {}", speak.value(b))));
        let body = speak.clauses(&[quota, extra, bank]);
        (!body.is_empty()).then(|| self.act(format!("{path}.quota"), "", &body))
    }

    fn instalments(&self, path: &str, land: &Land) -> Act {
        let parts: Vec<String> = land.instalments.iter().enumerate().map(|(k, share)| self.speak.of_lag(*share, k)).collect();
        let parts = self.speak.list(&parts);
        let body = self.speak.pick(format!("合同价款{parts}到账"), format!("the contract price is received {parts}"));
        self.act(format!("{path}.instalments"), "", &body)
    }

    fn land_cost(&self, path: &str, cost: &LandCost) -> Act {
        let speak = &self.speak;
        let body = match &cost.amount {
            CostAmount::PerMu(unit) => speak.value(unit),
            CostAmount::OfCash(share) => speak.pick(format!("占到账收入的{}", speak.value(share)), format!("{} of the cash received", speak.value(share))),
        };
        let body = speak.clauses(&[body, cost.advance.as_ref().map_or_else(String::new, |a| self.advance(a))]);
        let title = speak.pick(format!("成本·{}", cost.name), format!("cost of {}", speak.called(&cost.name)));
        self.act(format!("{path}.cost.{}", cost.id), &title, &body)
    }

    fn advance(&self, advance: &LandAdvance) -> String {
        let speak = &self.speak;
        let (by, amount) = (self.holder(advance.by), speak.value(&advance.amount));
        speak.pick(format!("由{by}先垫付{amount}，以后从认列的成本里先归还"), format!("laid out first by {by}, {amount}, and repaid first from the cost as it is recognised"))
    }

    /// The new-land fee and farm-land development money.
    fn before_net(&self, path: &str, land: &Land) -> Vec<Act> {
        let speak = &self.speak;
        let fee = land.new_land_fee.as_ref().map(|fee| {
            let (rate, central, holder) = (speak.value(&fee.rate), speak.value(&fee.central), self.holder(fee.holder));
            let body =
                speak.pick(format!("按新增面积{rate}，中央得{central}，其余由{holder}管理"), format!("{rate} of new land, {central} to the centre, the rest held by {holder}"));
            self.act(format!("{path}.new_land_fee"), &speak.called("新增建设用地土地有偿使用费"), &body)
        });
        let farmland = land.farmland.as_ref().map(|(per_mu, holder)| {
            let (per_mu, holder) = (speak.value(per_mu), self.holder(*holder));
            let body = speak.pick(format!("{per_mu}，由{holder}管理"), format!("{per_mu}, held by {holder}"));
            self.act(format!("{path}.farmland_development"), &speak.called("农业土地开发资金"), &body)
        });
        fee.into_iter().chain(farmland).collect()
    }

    fn taking(&self, path: &str, taking: &Taking) -> Act {
        let speak = &self.speak;
        let of = match taking.of {
            Of::Cash => speak.pick("到账收入", "the cash received"),
            Of::Net => speak.pick("净收益", "net income"),
            Of::Remainder => speak.pick("当时余额", "what is left by then"),
        };
        let rate = speak.value(&taking.rate);
        let table = if matches!(taking.to, To::Holder(_)) { "setaside" } else { "due" };
        let (what, to) = match taking.to {
            To::Holder(holder) => (speak.pick("计提", "set aside from"), speak.pick(format!("由{}管理", self.holder(holder)), format!("held by {}", self.holder(holder)))),
            To::Province | To::City => (speak.pick("上交", "handed up from"), String::new()),
        };
        let earmark = taking.earmark.as_ref().map(|e| speak.earmark(e)).filter(|e| *e != speak.called(&taking.name));
        let earmark = earmark.map_or_else(String::new, |e| speak.pick(format!("列为{e}"), format!("as {e}")));
        let tail: Vec<String> = [to, earmark].into_iter().filter(|t| !t.is_empty()).collect();
        let tail = if tail.is_empty() { String::new() } else { speak.pick(format!("，{}", tail.join("，")), format!(", {}", tail.join(", "))) };
        let body = speak.pick(format!("按{of}{what}，比例为{rate}{tail}"), format!("{what} {of} at {rate}{tail}"));
        self.act(format!("{path}.{table}.{}", taking.id), &speak.called(&taking.name), &body)
    }

    fn agriculture(&self, path: &str, land: &Land) -> Option<Act> {
        let (speak, agriculture) = (&self.speak, land.agriculture.as_ref()?);
        let (net, gross) = (speak.value(&agriculture.net), speak.value(&agriculture.gross));
        let named = |id: &String| land.takes.iter().find(|t| t.id == *id).map_or_else(|| id.clone(), |t| speak.called(&t.name));
        let counts: Vec<String> = agriculture.counts.iter().map(named).collect();
        let counts = if counts.is_empty() {
            String::new()
        } else {
            speak.pick(format!("已提的{}可以抵算", speak.list(&counts)), format!("{} already set aside counts towards it", speak.list(&counts)))
        };
        let least = speak.pick(format!("占净收益的最低比例为{net}"), format!("least share of net income {net}"));
        let other = speak.pick(format!("占到账收入的最低比例为{gross}"), format!("least share of the cash received {gross}"));
        let rule = speak.pick(
            format!("按两者中较大的，不足部分补提，由{}管理", self.holder(agriculture.holder)),
            format!("what is short of the larger of the two is set aside as well, held by {}", self.holder(agriculture.holder)),
        );
        Some(self.act(format!("{path}.agriculture"), &speak.called(&agriculture.name), &speak.clauses(&[least, other, rule, counts])))
    }

    /// What the contracts of the year before bring and cost.
    fn land_opening(&self, path: &str, land: &Land) -> Option<Act> {
        let speak = &self.speak;
        let contracts = land.opening.contracts.as_ref()?;
        let mut clauses = vec![speak.pick(format!("合同额{}", speak.value(contracts)), format!("contracts {}", speak.value(contracts)))];
        for cost in &land.costs {
            if let Some(amount) = land.opening.costs.get(&cost.id) {
                clauses.push(format!("{}{}{}", speak.called(&cost.name), gap(speak.lang), speak.value(amount)));
            }
        }
        for land_use in &land.uses {
            if let Some(area) = land.opening.areas.get(&land_use.id) {
                clauses.push(format!("{}{}{}", speak.called(&land_use.name), gap(speak.lang), speak.value(area)));
            }
        }
        let title = speak.pick("测算期前一年", "The year before the first");
        let body = clauses.join(&speak.pick("，", ", "));
        Some(self.act(format!("{path}.opening"), &title, &body))
    }

    fn holder(&self, holder: Holder) -> String {
        match holder {
            Holder::County => self.speak.pick("县", "the county"),
            Holder::Town => self.speak.pick("镇", "the town"),
        }
    }
}

const fn gap(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "",
        Lang::En => " ",
    }
}
