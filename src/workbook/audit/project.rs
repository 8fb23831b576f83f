//! The payments of projects as formulas: the same steps as `stages::projects`, each draw a cell.
//!
//! Which money may pay which project, and in which turn, does not depend on amounts, so the order of draws is known beforehand:
//! every draw is the smaller of what is open and what is left.

mod pots;

use std::collections::HashMap;

use super::layout::{Line, Measure};
use super::{Cell, Content, FIRST_COLUMN, Grid, Spot};
use crate::base::lang::Lang;
use crate::base::place::cell_name;
use crate::plan::projects::{Mode, ProjectPlan, Projects};
use crate::plan::{Domain, Lane};
use crate::workbook::words::pick;
use pots::{Draw, Pots};

/// The lanes the stage writes.
#[must_use]
pub fn lanes(stage: &Projects) -> Vec<Lane> {
    let single = [stage.general.after, stage.fund.after, stage.planned, stage.due, stage.paid, stage.unpaid, stage.upkeep];
    let of_matches = stage.matches.iter().map(|m| m.out);
    stage.earmarks.iter().map(|e| e.after).chain(of_matches).chain(single).chain(stage.finished_cost).collect()
}

/// The projects of a town: rows, and the formulas of the lanes the stage writes.
#[derive(Debug, Default)]
pub struct Stage {
    /// Rows, a project after another.
    pub lines: Vec<Line>,
    lanes: HashMap<(Lane, usize), String>,
}

impl Stage {
    /// The formula of a lane.
    #[must_use]
    pub fn formula(&self, lane: Lane, year: usize) -> Option<String> {
        self.lanes.get(&(lane, year)).cloned()
    }
}

/// Where the rows of a project stand.
struct Rows {
    planned: usize,
    due: usize,
    earmarks: usize,
    matched: Option<usize>,
    fund: usize,
    general: usize,
    open: usize,
    blocked: Option<usize>,
    finished: usize,
    upkeep: usize,
    cost: usize,
}

/// The stage of a town being written.
struct Writer<'g> {
    grid: &'g Grid<'g>,
    town: usize,
    list: &'g [ProjectPlan],
    rows: Vec<Rows>,
    lines: Vec<Line>,
    /// The row of the first line.
    start: usize,
}

fn cell(row: usize, year: usize) -> String {
    cell_name(row, FIRST_COLUMN + year)
}

fn sum(parts: &[String]) -> String {
    if parts.is_empty() { "0".to_owned() } else { parts.join("+") }
}

impl Grid<'_> {
    /// The projects of a town.
    #[must_use]
    pub fn stage(&self, town: usize, lang: Lang) -> Stage {
        let stage = &self.run.compiled.plan.projects;
        let Some(range) = stage.by_town.get(town).cloned() else { return Stage::default() };
        let mut writer = Writer { grid: self, town, list: &stage.list[range.clone()], rows: Vec::new(), lines: Vec::new(), start: self.projects_row() + 1 };
        range.for_each(|order| writer.lay_out(order, lang));
        let mut lanes = HashMap::new();
        for year in 0..self.run.years() {
            writer.year(year, &mut lanes);
        }
        Stage { lines: writer.lines, lanes }
    }
}

impl Writer<'_> {
    /// The rows of a project, empty yet.
    fn lay_out(&mut self, order: usize, lang: Lang) {
        let run = self.grid.run;
        let project = &run.scenario.projects[run.compiled.projects[order]];
        let plan = &run.compiled.plan.projects.list[order];
        let mut row = |zh: &str, en: &str, shown: Measure| {
            let name = format!("{}{}{}", project.name, pick(lang, "·", ": "), pick(lang, zh, en));
            self.lines.push(Line { name, path: format!("project.{}", project.id), shown, cells: Vec::new(), checked: true });
            self.start + self.lines.len() - 1
        };
        let planned = row("当年镇级计划", "planned, the town's part", Measure::Fen);
        let due = row("当年应付", "due", Measure::Fen);
        let earmarks = due + 1;
        for earmark in &plan.earmarks {
            let key = &run.compiled.accounts.pot_keys[*earmark];
            row(&format!("专项支付（{key}）"), &format!("from earmarked money ({key})"), Measure::Fen);
        }
        let matched = (!plan.matched.is_empty()).then(|| {
            let own = row("配套：自有资金", "matching: own money", Measure::Fen);
            row("配套补助", "matching grant", Measure::Fen);
            own
        });
        let fund = row("基金支付", "from the fund book", Measure::Fen);
        let general = row("一般公共预算支付", "from the general book", Measure::Fen);
        let open = row("未付", "unpaid", Measure::Fen);
        let strict = run.compiled.plan.projects.mode == Mode::Constrained { strict: true };
        let blocked = strict.then(|| row("排在前面的未付清", "an earlier project is unpaid", Measure::Number));
        let finished = row("已完工", "finished", Measure::Number);
        let upkeep = row("完工后年管护费", "upkeep a year", Measure::Fen);
        let cost = row("总投资", "whole cost", Measure::Fen);
        self.rows.push(Rows { planned, due, earmarks, matched, fund, general, open, blocked, finished, upkeep, cost });
    }

    fn put(&mut self, row: usize, content: Content, value: f64) {
        self.lines[row - self.start].cells.push(Cell { content, value });
    }

    fn formula(&mut self, row: usize, text: String, value: f64) {
        let cell = Cell::live(Some(text), value);
        self.lines[row - self.start].cells.push(cell);
    }

    fn value(&self, row: usize, year: usize) -> f64 {
        self.lines[row - self.start].cells.get(year).map_or(0.0, |cell| cell.value)
    }

    /// One year: what is due, who pays, what is finished, and the lanes of the stage.
    fn year(&mut self, year: usize, lanes: &mut HashMap<(Lane, usize), String>) {
        let carries = self.stage().mode != Mode::Unconstrained;
        self.due(year, carries);
        let mut pots = Pots::of(self.grid, self.town, year);
        let mut open: Vec<Draw> = self.rows.iter().map(|rows| Draw::open(cell(rows.due, year), self.value(rows.due, year))).collect();
        self.pay(year, &mut pots, &mut open);
        for (n, open) in open.iter().enumerate() {
            let row = self.rows[n].open;
            self.formula(row, open.text(), open.left);
        }
        self.finish(year, carries);
        self.totals(year, &pots, &open, lanes);
    }

    fn stage(&self) -> &Projects {
        &self.grid.run.compiled.plan.projects
    }

    fn due(&mut self, year: usize, carries: bool) {
        for n in 0..self.list.len() {
            let (planned, due, open) = (self.rows[n].planned, self.rows[n].due, self.rows[n].open);
            let of_year = self.list[n].due[year];
            self.put(planned, Content::Input, of_year);
            let owed = if carries && year > 0 { self.value(open, year - 1) } else { 0.0 };
            let text = if carries && year > 0 { format!("{}+{}", cell(planned, year), cell(open, year - 1)) } else { cell(planned, year) };
            self.formula(due, text, of_year + owed);
            for (row, value) in [(self.rows[n].upkeep, self.list[n].upkeep), (self.rows[n].cost, self.list[n].cost)] {
                if year == 0 { self.put(row, Content::Input, value) } else { self.formula(row, cell(row, 0), value) }
            }
        }
    }

    fn pay(&mut self, year: usize, pots: &mut Pots, open: &mut [Draw]) {
        match self.stage().mode {
            Mode::Unconstrained => self.level(0..self.list.len(), year, pots, open),
            Mode::Constrained { strict: false } => {
                let mut start = 0;
                while start < self.list.len() {
                    let end = start + self.list[start..].iter().take_while(|p| p.priority == self.list[start].priority).count();
                    self.level(start..end, year, pots, open);
                    start = end;
                }
            }
            Mode::Constrained { strict: true } => {
                for n in 0..self.list.len() {
                    let stopped = self.block(n, year, open);
                    self.earmarked(n, year, pots, open, stopped.as_ref());
                    self.booked(n, year, pots, open, stopped.as_ref());
                }
            }
        }
    }

    /// Whether an earlier project stays open: then this one gets nothing.
    fn block(&mut self, n: usize, year: usize, open: &[Draw]) -> Option<(String, bool)> {
        let row = self.rows[n].blocked?;
        let Some(last) = n.checked_sub(1) else {
            self.put(row, Content::Given, 0.0);
            return None;
        };
        let before = self.rows[last].blocked?;
        let blocked = self.value(before, year) > 0.0 || open[last].left > 0.0;
        let text = format!("IF(OR({}=1,{}>0),1,0)", cell(before, year), open[last].text());
        self.formula(row, text, f64::from(u8::from(blocked)));
        Some((cell(row, year), blocked))
    }

    fn level(&mut self, range: std::ops::Range<usize>, year: usize, pots: &mut Pots, open: &mut [Draw]) {
        range.clone().for_each(|n| self.earmarked(n, year, pots, open, None));
        for now in 0..3 {
            for n in range.clone() {
                // Own money that brings a grant goes first, then money that has only one use.
                let turn = match (pots.grant_of(&self.list[n]), self.list[n].eligible.general != self.list[n].eligible.fund) {
                    (Some(_), _) => 0,
                    (None, true) => 1,
                    (None, false) => 2,
                };
                if turn == now {
                    self.booked(n, year, pots, open, None);
                }
            }
        }
    }

    fn earmarked(&mut self, n: usize, year: usize, pots: &mut Pots, open: &mut [Draw], stopped: Option<&(String, bool)>) {
        for (k, earmark) in self.list[n].earmarks.iter().enumerate() {
            let row = self.rows[n].earmarks + k;
            let (text, value) = pots.earmarks[*earmark].drawn(&open[n].text(), open[n].left, stopped);
            self.formula(row, text, value);
            pots.earmarks[*earmark].take(cell(row, year), value);
            open[n].take(cell(row, year), value);
        }
    }

    /// Fund money first: it may pay for less. Own money brings the grant that matches it.
    fn booked(&mut self, n: usize, year: usize, pots: &mut Pots, open: &mut [Draw], stopped: Option<&(String, bool)>) {
        let eligible = self.list[n].eligible;
        let mut own = (open[n].text(), open[n].left);
        if let Some(row) = self.rows[n].matched {
            match pots.grant_of(&self.list[n]) {
                None => [row, row + 1].into_iter().for_each(|row| self.put(row, Content::Given, 0.0)),
                Some(grant) => {
                    let parts = pots.parts(grant, &open[n], eligible, cell(row, year), stopped);
                    self.formula(row, parts.own.0, parts.own.1);
                    self.formula(row + 1, parts.grant.0, parts.grant.1);
                    pots.matches[grant].take(cell(row + 1, year), parts.grant.1);
                    open[n].take(cell(row + 1, year), parts.grant.1);
                    own = (cell(row, year), parts.own.1);
                }
            }
        }
        for (row, may, pot) in [(self.rows[n].fund, eligible.fund, &mut pots.fund), (self.rows[n].general, eligible.general, &mut pots.general)] {
            if !may {
                self.put(row, Content::Given, 0.0);
                continue;
            }
            let (text, value) = pot.drawn(&own.0, own.1, stopped);
            self.formula(row, text, value);
            pot.take(cell(row, year), value);
            open[n].take(cell(row, year), value);
            own = (format!("{}-{}", own.0, cell(row, year)), own.1 - value);
        }
    }

    fn finish(&mut self, year: usize, carries: bool) {
        for n in 0..self.list.len() {
            let (row, open) = (self.rows[n].finished, self.rows[n].open);
            let planned = self.list[n].planned_finish;
            let scheduled = planned >= 0 && i64::try_from(year).unwrap_or(i64::MAX) >= planned;
            let (before, was) = if year == 0 { ("0".to_owned(), 0.0) } else { (cell(row, year - 1), self.value(row, year - 1)) };
            match (scheduled, carries) {
                (false, _) => self.formula(row, before, was),
                (true, false) => self.put(row, Content::Given, 1.0),
                (true, true) => {
                    let settled = f64::from(u8::from(was > 0.0 || self.value(open, year) <= 0.0));
                    self.formula(row, format!("IF(OR({before}=1,{}<=0),1,0)", cell(open, year)), settled);
                }
            }
        }
    }

    fn totals(&self, year: usize, pots: &Pots, open: &[Draw], lanes: &mut HashMap<(Lane, usize), String>) {
        let stage = self.stage();
        let all = |row: &dyn Fn(&Rows) -> usize| -> Vec<String> { self.rows.iter().map(|rows| cell(row(rows), year)).collect() };
        let mut put = |lane: Lane, text: String| {
            lanes.insert((lane, year), text);
        };
        stage.earmarks.iter().zip(&pots.earmarks).for_each(|(pot, left)| put(pot.after, left.text()));
        stage.matches.iter().zip(&pots.matches).for_each(|(grant, given)| put(grant.out, sum(&given.taken)));
        put(stage.general.after, pots.general.text());
        put(stage.fund.after, pots.fund.text());
        put(stage.planned, sum(&all(&|rows| rows.planned)));
        put(stage.due, sum(&all(&|rows| rows.due)));
        put(stage.paid, sum(&open.iter().flat_map(|o| o.taken.clone()).collect::<Vec<_>>()));
        let own = |lane: Lane| self.grid.lane(lane, year).unwrap_or_default();
        put(stage.unpaid, format!("{}-{}", own(stage.due), own(stage.paid)));
        let upkeep = |(rows, plan): (&Rows, &ProjectPlan)| {
            if plan.planned_finish < 0 { cell(rows.upkeep, year) } else { format!("{}*{}", cell(rows.finished, year), cell(rows.upkeep, year)) }
        };
        put(stage.upkeep, sum(&self.rows.iter().zip(self.list).map(upkeep).collect::<Vec<_>>()));
        let fresh = |rows: &Rows| match year {
            0 => format!("{}*{}", cell(rows.finished, year), cell(rows.cost, year)),
            _ => format!("({}-{})*{}", cell(rows.finished, year), cell(rows.finished, year - 1), cell(rows.cost, year)),
        };
        if let Some(lane) = stage.finished_cost {
            put(lane, sum(&self.rows.iter().map(fresh).collect::<Vec<_>>()));
        }
    }
}

impl Grid<'_> {
    /// All worksheets, the counties after the towns.
    pub fn spots(&self) -> impl Iterator<Item = Spot> + '_ {
        let towns = (0..self.towns.len()).map(|place| Spot { domain: Domain::Town, place });
        let counties = (0..self.counties.len()).map(|place| Spot { domain: Domain::County, place });
        towns.chain(counties).filter(|spot| self.sheet(*spot).is_some())
    }
}
