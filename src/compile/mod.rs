//! From a scenario to a plan of numeric operations, and the accounts that say what its lanes mean.

pub mod accounts;
mod agreements;
mod bonds;
mod books;
mod counts;
mod county;
mod feedback;
mod ladder;
mod money;
mod moving;
mod projects;
mod sources;
mod spending;
mod split;
mod totals;
mod transfers;
mod year_end;

use accounts::{Accounts, CapitalLanes};

use crate::base::lang::Words;
use crate::diag::Problems;
use crate::plan::{
    Arg, Domain, Lane, Plan, Unit,
    builder::{Builder, Name},
};
use crate::rules::count::Counts;
use crate::rules::lowering::{Gate, Lowering};
use crate::rules::span::Span;
use crate::scenario::Scenario;
use books::Books;

/// A plan and what its lanes mean.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The operations.
    pub plan: Plan,
    /// What the lanes mean.
    pub accounts: Accounts,
    /// For every town of the plan its place in the scenario; towns of a county stand together.
    pub towns: Vec<usize>,
    /// Counties, in the order of the plan.
    pub counties: Vec<String>,
    /// For every project of the plan its place in the scenario.
    pub projects: Vec<usize>,
}

/// Lowers every rule to operations.
///
/// # Errors
/// E305, E311, E401, E402: what only shows once every year and town is asked for.
pub fn compile(scenario: &Scenario) -> Result<Compiled, Problems> {
    let order = Order::of(scenario);
    let mut compiler = Compiler::new(scenario, &order);
    let recurrent = compiler.recurrent();
    let sources = compiler.sources();
    compiler.share(&sources, &recurrent);
    compiler.state_capital();
    compiler.transfers();
    let brought = compiler.brought_forward();
    let aid = compiler.repay_aid(&brought);
    compiler.retained();
    compiler.pay(&recurrent, &brought, aid);
    let (projects, project_order) = compiler.projects();
    compiler.county(&order);
    let Compiler { plan: builder, accounts, problems, .. } = compiler;
    if problems.has_errors() {
        return Err(problems);
    }
    let plan = Plan {
        first_year: scenario.first_year,
        years: builder.years,
        towns: builder.towns,
        counties: order.ranges,
        lanes: builder.lanes,
        tables: builder.tables,
        ops: builder.ops,
        projects,
        pools: builder.pools,
        competitions: builder.competitions,
        one_block: builder.one_block,
        closures: builder.closures,
    };
    Ok(Compiled { plan, accounts, towns: order.towns, counties: order.counties, projects: project_order })
}

/// Towns grouped by county, both in the order they first appear.
struct Order {
    towns: Vec<usize>,
    counties: Vec<String>,
    ranges: Vec<std::ops::Range<usize>>,
}

impl Order {
    fn of(scenario: &Scenario) -> Self {
        let mut counties: Vec<String> = Vec::new();
        for town in &scenario.towns {
            if !counties.contains(&town.county) {
                counties.push(town.county.clone());
            }
        }
        let (mut towns, mut ranges) = (Vec::new(), Vec::new());
        for county in &counties {
            let start = towns.len();
            towns.extend((0..scenario.towns.len()).filter(|t| scenario.towns[*t].county == *county));
            ranges.push(start..towns.len());
        }
        Self { towns, counties, ranges }
    }

    /// For every town its place in the order of ids: what settles a tie.
    fn ranks(&self, scenario: &Scenario) -> Vec<u32> {
        let ids: Vec<String> = self.towns.iter().map(|town| scenario.towns[*town].id()).collect();
        let mut sorted: Vec<usize> = (0..ids.len()).collect();
        sorted.sort_unstable_by_key(|town| &ids[*town]);
        let mut ranks = vec![0; ids.len()];
        (0..).zip(sorted).for_each(|(rank, town)| ranks[town] = rank);
        ranks
    }
}

/// The plan in the making.
struct Compiler<'s> {
    scenario: &'s Scenario,
    plan: Builder,
    accounts: Accounts,
    books: Books,
    towns: Vec<(usize, String)>,
    counts: Counts,
    capital: Option<CapitalLanes>,
    problems: Problems,
}

impl<'s> Compiler<'s> {
    fn new(scenario: &'s Scenario, order: &Order) -> Self {
        let years = usize::try_from(scenario.last_year - scenario.first_year + 1).unwrap_or(0);
        let towns: Vec<(usize, String)> = order.towns.iter().map(|t| (*t, scenario.towns[*t].name.clone())).collect();
        let plan = Builder { counties: order.ranges.clone(), ranks: order.ranks(scenario), ..Builder::new(years, towns.len()) };
        let mut problems = Problems::default();
        let counts = counts::of(scenario, &mut problems);
        Self { scenario, plan, accounts: Accounts::default(), books: Books::new(&scenario.earmarks), towns, counts, capital: None, problems }
    }

    /// The workbench for one rule.
    fn low<'l>(&'l mut self, path: &str, owner: &str, gate: Gate) -> Lowering<'l> {
        Lowering {
            plan: &mut self.plan,
            drivers: &self.scenario.drivers,
            counts: &self.counts,
            first_year: self.scenario.first_year,
            towns: &self.towns,
            problems: &mut self.problems,
            gate,
            path: path.to_owned(),
            owner: owner.to_owned(),
        }
    }

    /// In force everywhere.
    fn everywhere(&self) -> Gate {
        Gate::new(self.plan.years, self.plan.towns, |_, _| true)
    }

    /// In force in chosen towns (by their place in the scenario) while a rule runs.
    fn in_towns_while(&self, chosen: &[bool], span: Span) -> Gate {
        let (towns, scenario) = (&self.towns, self.scenario);
        let year = |y: usize| scenario.first_year + i32::try_from(y).unwrap_or(0);
        Gate::new(self.plan.years, self.plan.towns, |y, t| chosen.get(towns[t].0) == Some(&true) && span.runs(year(y), scenario.towns[towns[t].0].cohort))
    }

    /// In force in chosen towns (by their place in the scenario).
    fn in_towns(&self, chosen: &[bool]) -> Gate {
        let towns = &self.towns;
        Gate::new(self.plan.years, self.plan.towns, |_, t| chosen.get(towns[t].0) == Some(&true))
    }

    fn name(path: &str, key: &str, zh: &'static str, en: &'static str) -> Name {
        Name::of(path, "", key, Words::new(zh, en))
    }

    /// The sum of town lanes under a name; of none, nothing.
    fn total(&mut self, key: &str, zh: &'static str, en: &'static str, plus: &[Lane], minus: &[Lane]) -> Lane {
        self.plan.sum(Self::name("town", key, zh, en), plus, minus)
    }

    /// The sum of county lanes.
    fn county_total(&mut self, key: &str, zh: &'static str, en: &'static str, plus: Vec<Arg>, minus: Vec<Arg>) -> Lane {
        self.plan.sum_in(Self::name("county", key, zh, en), Domain::County, Unit::Fen, plus, minus)
    }
}
