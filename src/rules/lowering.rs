//! What a form needs to become operations: parameters as tables, names for lanes, and the town-years it is in force.

use super::count::{Counts, Per};
use super::param::{Drivers, Growth, LeafId, Lives, Missing, Param};
use crate::base::{lang::Words, ratio::nudge, when::Year};
use crate::diag::{Code, Problem, Problems};
use crate::plan::{
    Arg, Domain, Lane, TableId, Unit,
    builder::{Builder, Name},
    table::{Follows, Shown, Table},
};

/// The town-years in which a rule is in force, year after year.
#[derive(Clone, Debug)]
pub struct Gate {
    towns: usize,
    open: Vec<bool>,
    since: Vec<Option<Year>>,
}

impl Gate {
    /// From a rule for every year (by its order) and town.
    #[must_use]
    pub fn new(years: usize, towns: usize, holds: impl Fn(usize, usize) -> bool) -> Self {
        let open: Vec<bool> = (0..years).flat_map(|y| (0..towns).map(move |t| (y, t))).map(|(y, t)| holds(y, t)).collect();
        let since = vec![None; open.len()];
        Self { towns, open, since }
    }

    /// The same, knowing in which year the term began that runs in each year and town: a renewed term is a start.
    #[must_use]
    pub fn since(mut self, since: impl Fn(usize, usize) -> Year) -> Self {
        self.since = (0..self.open.len()).map(|n| Some(since(n / self.towns, n % self.towns))).collect();
        self
    }

    /// The year in which the term began that runs in a year and town; `year` itself where nothing is known.
    #[must_use]
    pub fn began(&self, year: usize, town: usize) -> Option<Year> {
        self.since[year * self.towns + town]
    }

    /// Whether it is in force.
    #[must_use]
    pub fn at(&self, year: usize, town: usize) -> bool {
        self.open[year * self.towns + town]
    }

    /// Whether it starts here: in force now and not the year before.
    #[must_use]
    pub fn starts(&self, year: usize, town: usize) -> bool {
        self.at(year, town) && (year == 0 || !self.at(year - 1, town) || self.began(year, town) != self.began(year - 1, town))
    }

    /// In force everywhere.
    #[must_use]
    pub fn always(&self) -> bool {
        self.open.iter().all(|o| *o)
    }

    /// In force nowhere.
    #[must_use]
    pub fn never(&self) -> bool {
        !self.open.contains(&true)
    }
}

/// The workbench on which a rule becomes operations.
#[derive(Debug)]
pub struct Lowering<'a> {
    /// The plan being built.
    pub plan: &'a mut Builder,
    /// Growth of the drivers.
    pub drivers: &'a Drivers,
    /// Counts by year and town.
    pub counts: &'a Counts,
    /// The first year of the horizon.
    pub first_year: Year,
    /// Names of the towns in the order of the plan, and where each stands in the scenario.
    pub towns: &'a [(usize, String)],
    /// What goes wrong on the way (a value asked before its first date).
    pub problems: &'a mut Problems,
    /// Where the rule is in force.
    pub gate: Gate,
    /// The rule's path.
    pub path: String,
    /// The rule's name as people read it.
    pub owner: String,
}

impl Lowering<'_> {
    /// A lane name under this rule.
    #[must_use]
    pub fn name(&self, key: &str, zh: &'static str, en: &'static str) -> Name {
        Name::of(&self.path, &self.owner, key, Words::new(zh, en))
    }

    /// A parameter as it stands in the plan: 0 where the rule is not in force.
    pub fn table(&mut self, param: &Param, shown: Shown, follows: Follows) -> TableId {
        self.table_while(param, shown, follows, |_, _| Lives::ALL_YEAR)
    }

    /// The same, weighing changes within a year over the part of it in which the subject exists.
    pub fn table_while(&mut self, param: &Param, shown: Shown, follows: Follows, lives: impl Fn(usize, usize) -> Lives) -> TableId {
        let width = self.plan.towns;
        let mut values = vec![0.0; self.plan.years * width];
        let mut leaves: Vec<Option<LeafId>> = vec![None; values.len()];
        for year in 0..self.plan.years {
            for town in 0..width {
                if !self.gate.at(year, town) {
                    continue;
                }
                match param.at(self.towns[town].0, self.year(year), self.drivers, lives(year, town)) {
                    Ok((value, leaf)) => {
                        values[year * width + town] = follows.of(value).unwrap_or_default();
                        leaves[year * width + town] = Some(leaf);
                    }
                    Err(missing) => self.report(param, missing, self.year(year), town),
                }
            }
        }
        self.plan.table(Table { name: param.path.clone(), shown, follows, values, width, leaves })
    }

    /// A share or rate, nudged.
    pub fn ratio(&mut self, param: &Param) -> TableId {
        self.table(param, Shown::Share, Follows::Share)
    }

    /// What a share leaves, nudged.
    pub fn rest_ratio(&mut self, param: &Param) -> TableId {
        self.table(param, Shown::Share, Follows::Rest)
    }

    /// Money, prices, areas: whole numbers.
    pub fn money(&mut self, param: &Param) -> TableId {
        self.table(param, Shown::Fen, Follows::Whole)
    }

    /// What stood before the first year, for the towns the rule ever concerns, in force in that year or not.
    pub fn money_always(&mut self, param: &Param) -> TableId {
        let gate = self.gate.clone();
        let years = self.plan.years;
        self.gate = Gate::new(years, self.plan.towns, |y, t| y == 0 && (0..years).any(|y| gate.at(y, t)));
        let table = self.money(param);
        self.gate = gate;
        table
    }

    /// The sum of a pool: for each county (or all) the value of its first town, in force or not.
    pub fn money_of_group(&mut self, param: &Param) -> TableId {
        let gate = self.gate.clone();
        let towns = self.plan.towns;
        self.gate = Gate::new(self.plan.years, towns, |y, _| (0..towns).any(|t| gate.at(y, t)));
        let table = self.money(param);
        self.gate = gate;
        table
    }

    /// Money or area that begins with its first date: nothing before it.
    pub fn money_once_written(&mut self, param: &Param) -> TableId {
        let (gate, first) = (self.gate.clone(), self.first_year);
        let begins = param.days().next().map_or(first, |day| day.year);
        let years = self.plan.years;
        self.gate = Gate::new(years, self.plan.towns, |y, t| gate.at(y, t) && first + Year::try_from(y).unwrap_or(0) >= begins);
        let table = self.money(param);
        self.gate = gate;
        table
    }

    /// A plain number of millionths, nudged when it is not whole.
    pub fn number(&mut self, param: &Param) -> TableId {
        self.table(param, Shown::Number, Follows::Share)
    }

    /// What a rule counts by, as a nudged number; nothing where the rule is not in force.
    pub fn count(&mut self, per: &Per, key: &str) -> TableId {
        let (path, gate, counts) = (format!("{}/{key}", self.path), self.gate.clone(), self.counts);
        let order: Vec<usize> = self.towns.iter().map(|(t, _)| *t).collect();
        #[expect(clippy::cast_precision_loss, reason = "counts of millionths stay below 2^53")]
        let value = |y: usize, t: usize| if gate.at(y, t) { nudge(per.at(counts, y, order[t]) as f64 / 1e6) } else { 0.0 };
        self.plan.made(&path, Shown::Number, value)
    }

    /// The growth factors of a growth.
    pub fn factors(&mut self, growth: &Growth) -> TableId {
        let (first, drivers) = (self.first_year, self.drivers);
        let name = format!("{}/factor", self.path);
        self.plan.made(&name, Shown::Factor, |y, _| drivers.factor(growth, first + i32::try_from(y).unwrap_or(0)).to_f64())
    }

    /// 1 in the years a rule starts in a town, else 0.
    pub fn starts(&mut self) -> TableId {
        let (gate, name) = (self.gate.clone(), format!("{}/starts", self.path));
        self.plan.made(&name, Shown::Flag, |y, t| f64::from(gate.starts(y, t)))
    }

    /// 1 where the rule is in force, else 0.
    pub fn in_force(&mut self) -> TableId {
        let (gate, name) = (self.gate.clone(), format!("{}/in_force", self.path));
        self.plan.made(&name, Shown::Flag, |y, t| f64::from(gate.at(y, t)))
    }

    /// A sum of lanes where the rule is in force, nothing elsewhere.
    pub fn gated_sum(&mut self, name: Name, lanes: &[Lane]) -> Lane {
        if self.gate.always() {
            return self.plan.sum(name, lanes, &[]);
        }
        let all = Name { path: format!("{}_all", name.path), ..name.clone() };
        let (sum, gate) = (self.plan.sum(all, lanes, &[]), self.in_force());
        self.plan.amount(name, sum, gate)
    }

    /// `a − b`
    pub fn difference(&mut self, key: &str, zh: &'static str, en: &'static str, a: Arg, b: Arg) -> Lane {
        let name = self.name(key, zh, en);
        self.plan.sum_in(name, Domain::Town, Unit::Fen, vec![a], vec![b])
    }

    /// `max(0, a − b)`
    pub fn excess(&mut self, key: &str, zh: &'static str, en: &'static str, a: Arg, b: Arg) -> Lane {
        let signed = Name { path: format!("{}/{key}_signed", self.path), ..self.name(key, zh, en) };
        let signed = self.plan.sum_in(signed, Domain::Town, Unit::Fen, vec![a], vec![b]);
        let name = self.name(key, zh, en);
        self.plan.clamp(name, signed, Some(Arg::Number(0.0)), None)
    }

    /// The year in which the term began that runs in a year (by its order) and town.
    #[must_use]
    pub fn began(&self, year: usize, town: usize) -> Year {
        self.gate.began(year, town).unwrap_or_else(|| self.year(year))
    }

    /// The year of an order.
    #[must_use]
    pub fn year(&self, order: usize) -> Year {
        self.first_year + Year::try_from(order).unwrap_or(0)
    }

    /// Carries a lane by one year with what stood before written as a parameter, or nothing where it is not needed.
    pub fn before(&mut self, name: Name, of: Lane, opening: Option<&Param>) -> Lane {
        let opening: Arg = match opening {
            Some(param) => self.money(param).into(),
            None => Arg::Number(0.0),
        };
        self.plan.carry(name, of, 1, opening)
    }

    /// Says once that a parameter has no value for a year and town (by its place in the plan).
    pub fn report(&mut self, param: &Param, missing: Missing, year: Year, town: usize) {
        let (code, first) = missing.code();
        let problem = Problem::new(code, &param.place).with("path", &param.path).with("town", &self.towns[town].1);
        // One message a parameter (and town, for an empty cell): the first year it is missing.
        let known = |p: &Problem| p.code == code && p.args.first() == problem.args.first() && (code != Code::E402 || p.args.get(1) == problem.args.get(1));
        if !self.problems.iter().any(known) {
            self.problems.push(problem.with("year", year).with_some("first", first));
        }
    }
}
