//! The county's own account beside its towns: a reform that funds the towns by breaking the county must show it.

use super::accounts::{CountyBalance, CountyLanes};
use super::{Compiler, Order};
use crate::base::when::Year;
use crate::diag::{Code, Problem};
use crate::plan::{
    Arg, Lane, TableId,
    table::{Follows, Shown, Table},
};
use crate::rules::param::{Lives, Missing, Param, StepValue};
use crate::scenario::CountyAccount;

impl Compiler<'_> {
    /// Gathers what flows between towns and county; with an account, its balance.
    pub(super) fn county(&mut self, order: &Order) {
        let side = self.books.county.clone();
        let from_sources = self.gathered("from_towns", "来自各镇的分成", "from the towns", &side.from_sources);
        let remittances = self.gathered("remittances", "其中：上解和集中", "remittances and levies", &side.remittances);
        let held = self.gathered("held", "持有的计提", "set-asides held", &side.held);
        let returned = (!side.returned.is_empty()).then(|| self.gathered("returned", "各镇还付的本息和救助", "brought back by the towns", &side.returned));
        let paid = self.gathered("paid", "对各镇的补助和支付", "paid to and for the towns", &side.paid);
        let account = self.scenario.county.as_ref().map(|account| {
            let receipts: Vec<Lane> = [from_sources, held].into_iter().chain(returned).collect();
            self.account(account, order, &receipts, paid)
        });
        self.accounts.county = Some(CountyLanes { from_towns: from_sources, remittances, held, returned, paid, account });
    }

    fn gathered(&mut self, key: &str, zh: &'static str, en: &'static str, lanes: &[Lane]) -> Lane {
        let sum = self.total(&format!("county_{key}"), zh, en, lanes, &[]);
        self.plan.gather(Self::name("county", key, zh, en), sum)
    }

    fn account(&mut self, account: &CountyAccount, order: &Order, receipts: &[Lane], paid: Lane) -> CountyBalance {
        let own = self.county_money("own", "县本级财力", "own revenue", Some(&account.own_revenue), order);
        let guarantees = self.county_money("three_guarantees", "县级“三保”", "the county's three guarantees", Some(&account.three_guarantees), order);
        let debt = self.county_money("debt_service", "还本付息", "debt service", account.debt_service.as_ref(), order);
        let other = self.county_money("other_spending", "其他支出", "other spending", account.other_spending.as_ref(), order);
        let args = |lanes: &[Lane]| lanes.iter().map(|l| Arg::Lane(*l)).collect::<Vec<_>>();
        let resources = self.county_total("resources", "县级可用财力", "resources", args(&[&[own], receipts].concat()), args(&[paid]));
        let balance = self.plan.lane(Self::name("county", "balance", "县级年末结余", "balance"), crate::plan::Domain::County, crate::plan::Unit::Fen);
        let opening: Arg = account.opening_balance.as_ref().map_or(Arg::Number(0.0), |p| self.county_table(p, order).into());
        let before = self.plan.carry(Self::name("county", "balance_before", "上年结余", "brought forward"), balance, 1, opening);
        self.plan.sum_into(balance, &[before, resources], &[guarantees, debt, other]);
        CountyBalance { own, resources, guarantees, debt, balance }
    }

    fn county_money(&mut self, key: &str, zh: &'static str, en: &'static str, param: Option<&Param>, order: &Order) -> Lane {
        let amount: Vec<Arg> = param.map(|p| Arg::Table(self.county_table(p, order))).into_iter().collect();
        self.county_total(key, zh, en, amount, Vec::new())
    }

    /// A parameter of the counties: a value a year and county, that of the county's first town.
    #[expect(clippy::cast_precision_loss, reason = "amounts stay below 10^15")]
    fn county_table(&mut self, param: &Param, order: &Order) -> TableId {
        let counties = order.counties.len();
        let (mut values, mut leaves) = (Vec::new(), Vec::new());
        let found = self.one_value_a_county(param, order).and_then(|()| {
            for year in self.scenario.first_year..=self.scenario.last_year {
                for (county, towns) in order.counties.iter().zip(&order.ranges) {
                    let town = order.towns[towns.start];
                    let (value, leaf) = param.at(town, year, &self.scenario.drivers, Lives::ALL_YEAR).map_err(|missing| {
                        let who = if counties == 1 { ("县".to_owned(), "the county".to_owned()) } else { (county.clone(), county.clone()) };
                        not_there(param, missing, year, who)
                    })?;
                    values.push(value as f64);
                    leaves.push(Some(leaf));
                }
            }
            Ok(())
        });
        if let Err(problem) = found {
            self.problems.push(problem);
            (values, leaves) = (vec![0.0; self.plan.years * counties], vec![None; self.plan.years * counties]);
        }
        self.plan.table(Table { name: param.path.clone(), shown: Shown::Fen, follows: Follows::Whole, values, width: counties.max(1), leaves })
    }

    /// Several counties need a column, and the towns of a county must agree on its value.
    fn one_value_a_county(&self, param: &Param, order: &Order) -> Result<(), Problem> {
        let of = |code: Code| Problem::new(code, &param.place).with("path", &param.path);
        for step in &param.steps {
            let values = match &step.value {
                StepValue::Same(..) if order.counties.len() == 1 => continue,
                StepValue::Same(..) => return Err(of(Code::E118).with("count", order.counties.len())),
                StepValue::ByTown(values) => values,
            };
            for (county, places) in order.counties.iter().zip(&order.ranges) {
                let said = || places.clone().filter_map(|place| Some((order.towns[place], values.get(order.towns[place]).copied().flatten()?.0)));
                let first = said().next();
                if let Some((other, _)) = said().find(|(_, value)| first.is_some_and(|(_, first)| *value != first)) {
                    let name = |town: usize| &self.scenario.towns[town].name;
                    return Err(of(Code::E124).with("county", county).with("first", first.map_or("", |(town, _)| name(town))).with("second", name(other)));
                }
            }
        }
        Ok(())
    }
}

/// Why a county's parameter has no value in a year.
fn not_there(param: &Param, missing: Missing, year: Year, (zh, en): (String, String)) -> Problem {
    let (code, first) = missing.code();
    Problem::new(code, &param.place).with("path", &param.path).with("year", year).with_some("first", first).with_in("town", zh, en)
}
