//! The county's own account beside its towns: a reform that funds the towns by breaking the county must show it.

use super::accounts::{CountyBalance, CountyLanes};
use super::{Compiler, Order};
use crate::diag::{Code, Problem};
use crate::plan::{
    Arg, Lane, TableId,
    table::{Shown, Table},
};
use crate::rules::param::{Lives, Param};
use crate::scenario::CountyAccount;

impl Compiler<'_> {
    /// Gathers what flows between towns and county; with an account, its balance.
    pub(super) fn county(&mut self, order: &Order) {
        let side = self.books.county.clone();
        let from_sources = self.gathered("from_towns", "来自各镇的分成", "from the towns", &side.from_sources);
        let remittances = self.gathered("remittances", "其中：上解和集中", "remittances and levies", &side.remittances);
        let held = self.gathered("held", "持有的计提", "set-asides held", &side.held);
        let paid = self.gathered("paid", "对各镇的补助和支付", "paid to and for the towns", &side.paid);
        let account = self.scenario.county.as_ref().and_then(|account| {
            if order.counties.len() == 1 {
                return Some(self.account(account, from_sources, held, paid));
            }
            self.problems.push(Problem::new(Code::E118, &account.place).with("count", order.counties.len()));
            None
        });
        self.accounts.county = Some(CountyLanes { from_towns: from_sources, remittances, held, paid, account });
    }

    fn gathered(&mut self, key: &str, zh: &'static str, en: &'static str, lanes: &[Lane]) -> Lane {
        let sum = self.total(&format!("county_{key}"), zh, en, lanes, &[]);
        self.plan.gather(Self::name("county", key, zh, en), sum)
    }

    fn account(&mut self, account: &CountyAccount, from_towns: Lane, held: Lane, paid: Lane) -> CountyBalance {
        let own = self.county_money("own", "县本级财力", "own revenue", Some(&account.own_revenue));
        let guarantees = self.county_money("three_guarantees", "县级“三保”", "the county's three guarantees", Some(&account.three_guarantees));
        let debt = self.county_money("debt_service", "还本付息", "debt service", account.debt_service.as_ref());
        let other = self.county_money("other_spending", "其他支出", "other spending", account.other_spending.as_ref());
        let args = |lanes: &[Lane]| lanes.iter().map(|l| Arg::Lane(*l)).collect::<Vec<_>>();
        let resources = self.county_total("resources", "县级可用财力", "resources", args(&[own, from_towns, held]), args(&[paid]));
        let balance = self.plan.lane(Self::name("county", "balance", "县级年末结余", "balance"), crate::plan::Domain::County, crate::plan::Unit::Fen);
        let opening: Arg = account.opening_balance.as_ref().map_or(Arg::Number(0.0), |p| self.county_table(p).into());
        let before = self.plan.carry(Self::name("county", "balance_before", "上年结余", "brought forward"), balance, 1, opening);
        self.plan.sum_into(balance, &[before, resources], &[guarantees, debt, other]);
        CountyBalance { own, resources, guarantees, debt, balance }
    }

    fn county_money(&mut self, key: &str, zh: &'static str, en: &'static str, param: Option<&Param>) -> Lane {
        let amount: Vec<Arg> = param.map(|p| Arg::Table(self.county_table(p))).into_iter().collect();
        self.county_total(key, zh, en, amount, Vec::new())
    }

    /// A parameter of the county: one value a year.
    #[expect(clippy::cast_precision_loss, reason = "amounts stay below 10^15")]
    fn county_table(&mut self, param: &Param) -> TableId {
        let (mut values, mut leaves) = (Vec::new(), Vec::new());
        for year in self.scenario.first_year..=self.scenario.last_year {
            match param.at(0, year, &self.scenario.drivers, Lives::ALL_YEAR) {
                Ok((value, leaf)) => {
                    values.push(value as f64);
                    leaves.push(Some(leaf));
                }
                Err(_) => {
                    let first = param.days().next();
                    self.problems.push(Problem::new(Code::E401, &param.place).with("path", &param.path).with("year", year).with_some("first", first).with_in(
                        "town",
                        "县",
                        "the county",
                    ));
                    (values, leaves) = (vec![0.0; self.plan.years], vec![None; self.plan.years]);
                    break;
                }
            }
        }
        self.plan.table(Table { name: param.path.clone(), shown: Shown::Fen, values, width: 1, leaves })
    }
}
