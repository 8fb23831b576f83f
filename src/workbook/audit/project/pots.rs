//! Money while projects are paid: what there was, and the cells that drew on it.

use crate::base::ratio::nudge;
use crate::plan::projects::{EarmarkPot, Eligible, ProjectPlan};
use crate::plan::{Domain, TableId};
use crate::workbook::audit::{Grid, Spot};

/// What is left of an amount after cells were taken off it.
#[derive(Clone, Debug)]
pub(super) struct Draw {
    /// The cell it starts with.
    pub whole: String,
    /// The cells taken off.
    pub taken: Vec<String>,
    /// \[分\] What is left, as the engine has it.
    pub left: f64,
}

impl Draw {
    pub fn open(whole: String, left: f64) -> Self {
        Self { whole, taken: Vec::new(), left }
    }

    pub fn take(&mut self, cell: String, value: f64) {
        self.taken.push(cell);
        self.left -= value;
    }

    /// What is left, as a formula.
    pub fn text(&self) -> String {
        let taken = self.taken.iter().map(|cell| format!("-{cell}"));
        std::iter::once(self.whole.clone()).chain(taken).collect()
    }

    /// What is paid of a wanted amount: no more than is left, nothing where an earlier project stands in the way.
    pub fn drawn(&self, wanted: &str, value: f64, stopped: Option<&(String, bool)>) -> (String, f64) {
        let drawn = value.min(self.left.max(0.0));
        unless(stopped, format!("MIN({wanted},MAX(0,{}))", self.text()), drawn)
    }
}

/// A formula that is nothing where an earlier project stands in the way.
fn unless(stopped: Option<&(String, bool)>, text: String, value: f64) -> (String, f64) {
    match stopped {
        None => (text, value),
        Some((flag, stopped)) => (format!("IF({flag}=1,0,{text})"), if *stopped { 0.0 } else { value }),
    }
}

/// A matching grant of a town and year.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    runs: bool,
    /// The cell of its share in millionths, and its value.
    share: (String, f64),
    /// What is left of its cap, where it has one.
    cap: Option<Draw>,
    /// The cells of what was granted.
    pub taken: Vec<String>,
}

impl Grant {
    pub fn take(&mut self, cell: String, value: f64) {
        self.taken.push(cell.clone());
        if let Some(cap) = &mut self.cap {
            cap.take(cell, value);
        }
    }
}

/// Own money and grant, each a formula and its value.
pub(super) struct Parts {
    pub own: (String, f64),
    pub grant: (String, f64),
}

/// All money of a town in a year.
pub(super) struct Pots {
    pub general: Draw,
    pub fund: Draw,
    pub earmarks: Vec<Draw>,
    pub matches: Vec<Grant>,
    nudge: String,
}

impl Pots {
    pub fn of(grid: &Grid<'_>, town: usize, year: usize) -> Self {
        let plan = &grid.run.compiled.plan;
        let stage = &plan.projects;
        let pot = |pot: &EarmarkPot| Draw::open(grid.lane(pot.before, year).unwrap_or_else(|| "0".to_owned()), grid.run.outcome.at(pot.before, year, town));
        let table = |id: TableId| {
            let spot = Spot { domain: Domain::Town, place: town };
            (grid.table(id, year, spot.domain).unwrap_or_default(), plan.tables[id.0 as usize].at(year, spot.place))
        };
        let grant = |m: &crate::plan::projects::MatchPlan| {
            let cap = m.cap.map(table).map(|(cell, value)| Draw::open(cell, value));
            Grant { runs: table(m.runs).1 != 0.0, share: table(m.share), cap, taken: Vec::new() }
        };
        Self {
            general: pot(&stage.general),
            fund: pot(&stage.fund),
            earmarks: stage.earmarks.iter().map(pot).collect(),
            matches: stage.matches.iter().map(grant).collect(),
            nudge: grid.nudge(),
        }
    }

    /// The matching grant that runs for a project.
    pub fn grant_of(&self, project: &ProjectPlan) -> Option<usize> {
        project.matched.iter().copied().find(|n| self.matches[*n].runs)
    }

    /// Own money and grant for what is open; `cell` is where the own money stands.
    pub fn parts(&self, grant: usize, open: &Draw, eligible: Eligible, cell: String, stopped: Option<&(String, bool)>) -> Parts {
        let grant = &self.matches[grant];
        let (text, value) = (open.text(), open.left);
        let (share, millionths) = &grant.share;
        let within = |text: String| grant.cap.as_ref().map_or(text.clone(), |cap| format!("MIN({},{text})", cap.text()));
        let left = grant.cap.as_ref().map_or(f64::MAX, |cap| cap.left);
        let first = within(format!("ROUND(({text})*({share}/1000000*{}),0)", self.nudge));
        let whole = value - left.min(round(value * nudge(millionths / 1e6)));
        let books = [(eligible.fund, &self.fund), (eligible.general, &self.general)];
        let cash: Vec<String> = books.iter().filter(|(may, _)| *may).map(|(_, pot)| format!("MAX(0,{})", pot.text())).collect();
        let cash = if cash.is_empty() { "0".to_owned() } else { cash.join("+") };
        let there: f64 = books.iter().filter(|(may, _)| *may).map(|(_, pot)| pot.left.max(0.0)).sum();
        let own = there.min(whole);
        let follows = within(format!("IF({share}=1000000,0,ROUND({cell}*{share}/(1000000-{share}),0))"));
        let granted = if own >= whole { value - own } else { left.min(quotient(own * millionths, 1e6 - millionths)).min(value - own) };
        let given = format!("IF({cell}>={text}-{first},{text}-{cell},MIN({follows},{text}-{cell}))");
        Parts { own: unless(stopped, format!("MIN({cash},{text}-{first})"), own), grant: unless(stopped, given, granted) }
    }
}

/// Half away from zero.
fn round(x: f64) -> f64 {
    (x.abs() + 0.5).floor().copysign(x)
}

fn quotient(a: f64, b: f64) -> f64 {
    if b == 0.0 { 0.0 } else { round(a / b) }
}
