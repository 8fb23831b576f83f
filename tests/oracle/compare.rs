//! What the program says of a scenario, under the oracle's names, and where the two differ.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use fencheng::base::lang::Lang;
use fencheng::compile::accounts::{Accounts, Party};
use fencheng::compile::{Compiled, compile};
use fencheng::diag::{Problems, render};
use fencheng::engine::{Broken, Outcome, project};
use fencheng::load::{Request, load};
use fencheng::plan::Lane;
use fencheng::scenario::Scenario;

use super::Figures;

/// Why the program gives no figures.
#[derive(Debug)]
pub enum Refusal {
    /// It finds something wrong with the scenario.
    Problems(String),
    /// A figure is too large to be an amount.
    TooLarge(String),
    /// Its books do not close.
    Broken(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problems(text) => write!(f, "it has problems\n{text}"),
            Self::TooLarge(text) => write!(f, "a figure is too large: {text}"),
            Self::Broken(text) => write!(f, "its books do not close: {text}"),
        }
    }
}

/// The program's figures, or why there are none.
pub fn of_program(folder: &Path) -> Result<Figures, Refusal> {
    let loaded = load(&Request { scenario: folder.to_owned(), variants: Vec::new(), set: Vec::new() });
    let files = loaded.files.clone();
    let rendered = |problems: &Problems| Refusal::Problems(render::render(problems, &files, Lang::En, false));
    let (scenario, problems) = fencheng::check::check("oracle", &loaded);
    let scenario = scenario.ok_or_else(|| rendered(&problems))?;
    let compiled = compile(&scenario).map_err(|problems| rendered(&problems))?;
    let outcome = project(&compiled.plan).map_err(|broken| match broken {
        Broken::Amount { .. } => Refusal::TooLarge(format!("{broken:?}")),
        other => Refusal::Broken(format!("{other:?}")),
    })?;
    let mut reading = Reading { scenario: &scenario, compiled: &compiled, outcome: &outcome, figures: Figures::new() };
    reading.sources();
    reading.agreements();
    reading.money();
    reading.pots();
    reading.transfers();
    reading.named();
    reading.counties();
    Ok(reading.figures)
}

struct Reading<'a> {
    scenario: &'a Scenario,
    compiled: &'a Compiled,
    outcome: &'a Outcome,
    figures: Figures,
}

impl Reading<'_> {
    fn accounts(&self) -> &Accounts {
        &self.compiled.accounts
    }

    /// Adds a lane to an item for every town and year.
    fn add(&mut self, item: &str, lane: Lane) {
        for (place, town) in self.compiled.towns.iter().enumerate() {
            for (order, year) in (self.scenario.first_year..=self.scenario.last_year).enumerate() {
                let key = (self.scenario.towns[*town].name.clone(), year, item.to_owned());
                *self.figures.entry(key).or_default() += i128::from(self.outcome.fen(lane, order, place));
            }
        }
    }

    fn sources(&mut self) {
        for lanes in self.accounts().sources.clone() {
            let id = self.scenario.sources[lanes.source].id.clone();
            let local = [("gross", Some(lanes.gross)), ("local", Some(lanes.local)), ("town", lanes.town), ("county", lanes.county)];
            for (item, lane) in local.into_iter().filter_map(|(item, lane)| lane.map(|lane| (item, lane))) {
                self.add(&format!("source.{id}.{item}"), lane);
            }
        }
        for posting in self.accounts().postings.clone() {
            let upper = [Party::Central, Party::Province, Party::City].contains(&posting.party);
            if upper && posting.source.is_some() && posting.item.starts_with("source.") {
                self.add(&format!("{}.{}", posting.item, posting.party.key()), posting.lane);
            }
        }
    }

    fn agreements(&mut self) {
        for part in self.accounts().parts.clone() {
            let mut lanes = vec![("local", part.local), ("kept", part.kept), ("payment", part.payment), ("net", part.net)];
            lanes.extend(part.subsidy.map(|lane| ("subsidy", lane)));
            lanes.extend(part.top_up.map(|(lane, _)| ("top_up", lane)));
            for (item, lane) in lanes {
                self.add(&format!("{}.{item}", part.path), lane);
            }
            for remitted in part.remitted.iter().filter(|r| !r.is_subsidy) {
                self.add(&format!("{}.remitted", part.path), remitted.paid);
            }
        }
    }

    fn money(&mut self) {
        let retained = self.accounts().retained.expect("retained funds");
        let purse = self.accounts().purse.expect("money and its use");
        let kinds = [("tax", retained.tax), ("land", retained.land), ("fee", retained.fee), ("transfer", retained.transfer), ("other", retained.other)];
        for (kind, lane) in kinds.into_iter().chain([("general", retained.general), ("fund", retained.fund)]) {
            self.add(&format!("retained.{kind}"), lane);
        }
        for line in self.accounts().lines.clone() {
            self.add(&format!("recurrent.{}.paid", line.class.key()), line.paid);
            self.add(&format!("recurrent.{}.unpaid", line.class.key()), line.unmet);
        }
        let stage = &self.compiled.plan.projects;
        let projects = [("planned", stage.planned), ("due", stage.due), ("paid", stage.paid), ("gap", stage.unpaid)];
        let money = [("available", purse.available), ("receivable", purse.receivable), ("arrears", purse.arrears)];
        let balances = [("balance.general", stage.general.after), ("balance.fund", stage.fund.after)];
        for (item, lane) in projects.into_iter().chain(money).chain(balances) {
            self.add(item, lane);
        }
        for (item, lane) in [("opening.general", purse.opening_general), ("opening.fund", purse.opening_fund)] {
            self.add(item, lane);
        }
    }

    /// Every earmark, and all purses that serve a purpose together: earmarks, bonds, transfers for projects.
    fn pots(&mut self) {
        let pots = &self.compiled.plan.projects.earmarks;
        for (earmark, pot) in self.scenario.earmarks.iter().zip(pots) {
            self.add(&format!("balance.earmark.{}", earmark.id), pot.after);
        }
        for pot in pots {
            self.add("balance.pots", pot.after);
        }
    }

    fn transfers(&mut self) {
        for (transfer, lane) in self.accounts().transfers.clone() {
            self.add(&format!("transfer.{}", self.scenario.transfers[transfer].id), lane);
        }
    }

    /// The lane of a path, where the plan has one.
    fn lane_named(&self, path: &str) -> Option<Lane> {
        let found = self.compiled.plan.lanes.iter().position(|lane| lane.name == path);
        found.map(|at| Lane(u32::try_from(at).expect("few lanes")))
    }

    /// Lanes that go by the same name in both: what a town puts aside, gets and owes, and its bonds.
    fn named(&mut self) {
        let of_bonds = |name: &&String| name.starts_with("bond.") && BOND_LANES.iter().any(|end| name.ends_with(end));
        let bonds: Vec<String> = self.compiled.plan.lanes.iter().map(|lane| &lane.name).filter(of_bonds).cloned().collect();
        for path in TOWN_LANES.into_iter().map(str::to_owned).chain(bonds) {
            if let Some(lane) = self.lane_named(&path) {
                self.add(&path, lane);
            }
        }
    }

    /// The account of every county; of the only one without its name.
    fn counties(&mut self) {
        let Some(account) = self.accounts().county.and_then(|county| county.account) else { return };
        let lanes = [("resources", account.resources), ("three_guarantees", account.guarantees), ("balance", account.balance)];
        let names = &self.compiled.counties;
        for (place, name) in names.iter().enumerate() {
            let key = if names.len() == 1 { "" } else { name };
            for (order, year) in (self.scenario.first_year..=self.scenario.last_year).enumerate() {
                for (item, lane) in lanes {
                    self.figures.insert((key.to_owned(), year, format!("county.{item}")), i128::from(self.outcome.fen(lane, order, place)));
                }
            }
        }
    }
}

/// What a town puts aside, gets, gives back and owes.
const TOWN_LANES: [&str; 8] =
    ["town/reserve", "town/stabilisation", "town/transfer_in", "town/county_aid", "town/aid_repaid", "town/aid_owed", "town/lapsed", "town/state_capital"];

const BOND_LANES: [&str; 3] = ["/due", "/paid", "/owed"];

/// What the oracle says of these the program must say too.
const IN_BOTH: [&str; 6] = ["transfer.", "town/", "bond.", "balance.pots", "county.resources", "county.balance"];

/// A figure on which the two do not agree: ours and the program's.
#[derive(Debug)]
pub struct Difference {
    pub town: String,
    pub year: i32,
    pub item: String,
    pub oracle: Option<i128>,
    pub program: Option<i128>,
}

/// All differences, the first year's first, in the order in which money flows. A figure only one of them has counts as nothing.
pub fn differences(oracle: &Figures, program: &Figures) -> Vec<Difference> {
    let flow = ["opening.", "source.", "agreement.", "transfer.", "retained.", "bond.", "town/", "recurrent.", "available", "due", "balance."];
    let rank = |item: &str| flow.iter().position(|start| item.starts_with(start)).unwrap_or(flow.len());
    let mut found: BTreeMap<(i32, usize, String, String), Difference> = BTreeMap::new();
    let must = oracle.keys().filter(|(_, _, item)| IN_BOTH.iter().any(|start| item.starts_with(start)));
    for key in program.keys().chain(must) {
        let (ours, theirs) = (oracle.get(key).copied(), program.get(key).copied());
        if ours.unwrap_or(0) != theirs.unwrap_or(0) {
            let (town, year, item) = key.clone();
            found.insert((year, rank(&item), town.clone(), item.clone()), Difference { town, year, item, oracle: ours, program: theirs });
        }
    }
    found.into_values().collect()
}
