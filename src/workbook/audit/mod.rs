//! Worksheets that recompute themselves 审计表: every amount of a town as a formula over the plan's own operations.
//!
//! [`Grid`] says where every figure stands; [`formula`] renders the plan's neutral expressions into cells of it, [`coefficient`]
//! makes coefficients of input cells, [`project`] the payments of projects. What does not follow a change (a pool, a competition,
//! a town that has no worksheet here) is the engine's value and marked as such.

pub mod coefficient;
pub mod formula;
pub mod inputs;
pub mod layout;
pub mod project;
pub mod write;

use std::collections::HashMap;

use crate::base::place::cell_name;
use crate::measure::Run;
use crate::plan::{Arg, Domain, Lane, Op, Plan, TableId, expr::Expr, table::Follows};
use crate::workbook::names::{Names, on_sheet};

/// The column of the first year: F.
pub const FIRST_COLUMN: usize = 6;
/// The row of the first line below the headings.
pub const FIRST_ROW: usize = 12;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A formula without its sign of equality.
    Formula(String),
    /// A number the user may change.
    Input,
    /// A number of the program: dates, counts, months; it does not follow changes.
    Given,
    /// The engine's value where a formula cannot be had; it does not follow changes.
    Engine,
}

/// A cell with its value as the engine has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What it holds.
    pub content: Content,
    /// Its value.
    pub value: f64,
}

impl Cell {
    /// A formula where there is one and it is no longer than spreadsheets take, else the engine's value.
    #[must_use]
    pub fn live(formula: Option<String>, value: f64) -> Self {
        // One character may take several bytes, never fewer than one.
        match formula.filter(|text| text.len() <= LONGEST) {
            Some(text) => Self { content: Content::Formula(text), value },
            None => Self { content: Content::Engine, value },
        }
    }

    /// A number of the program.
    #[must_use]
    pub const fn given(value: f64) -> Self {
        Self { content: Content::Given, value }
    }
}

/// The longest formula a spreadsheet takes is 8,192 characters.
const LONGEST: usize = 8_000;

/// A town or a county, by its order in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Spot {
    /// What it is.
    pub domain: Domain,
    /// Which.
    pub place: usize,
}

/// How a lane comes about.
#[derive(Clone, Debug)]
pub enum Maker {
    /// By a formula.
    Expr(Expr),
    /// What a pool gives: shared in whole numbers, which a spreadsheet cannot.
    Met,
    /// What a pool leaves to its payer.
    Rest(usize),
    /// The project stage.
    Stage,
}

/// Where every figure stands.
pub struct Grid<'r> {
    /// The run.
    pub run: &'r Run,
    /// The worksheet of the inputs.
    pub inputs: String,
    /// Worksheets by town, for those that have one.
    pub towns: Vec<Option<String>>,
    /// Worksheets by county.
    pub counties: Vec<Option<String>>,
    /// Lanes in the order of computation, with what makes them.
    pub lanes: Vec<(Lane, Maker)>,
    rows: HashMap<Lane, usize>,
    tables: [Vec<TableId>; 2],
    table_rows: HashMap<(Domain, TableId), usize>,
}

impl<'r> Grid<'r> {
    /// A grid for some towns, by their place in the plan, and the counties they are in.
    #[must_use]
    pub fn new(run: &'r Run, chosen: &[usize], words: (&str, &str), names: &mut Names) -> Self {
        let plan = &run.compiled.plan;
        let (audit, inputs) = words;
        let town = |place: usize| &run.scenario.towns[run.compiled.towns[place]].name;
        let inputs = names.free(&format!("{audit}·{inputs}"));
        let towns = (0..plan.towns).map(|place| chosen.contains(&place).then(|| names.free(&format!("{audit}·{}", town(place))))).collect();
        let county = |n: usize| plan.counties[n].clone().any(|place| chosen.contains(&place)).then(|| names.free(&format!("{audit}·{}", run.compiled.counties[n])));
        let counties = (0..plan.counties.len()).map(county).collect();
        let lanes = makers(plan);
        let mut grid = Self { run, inputs, towns, counties, lanes, rows: HashMap::new(), tables: Default::default(), table_rows: HashMap::new() };
        for domain in [Domain::Town, Domain::County] {
            grid.tables[domain as usize] = grid.tables_of(domain);
            grid.lay_out(domain);
        }
        grid
    }

    /// Rows: a heading, the coefficients, a heading, the lanes.
    fn lay_out(&mut self, domain: Domain) {
        let tables = &self.tables[domain as usize];
        self.table_rows.extend(tables.iter().enumerate().map(|(n, table)| ((domain, *table), FIRST_ROW + 1 + n)));
        let start = FIRST_ROW + 2 + tables.len();
        let own: Vec<Lane> = self.lanes.iter().map(|(lane, _)| *lane).filter(|lane| self.run.compiled.plan.lane(*lane).domain == domain).collect();
        self.rows.extend(own.into_iter().enumerate().map(|(n, lane)| (lane, start + n)));
    }

    /// The first row below the lanes of towns: there the projects stand.
    #[must_use]
    pub fn projects_row(&self) -> usize {
        let lanes = self.lanes.iter().filter(|(lane, _)| self.run.compiled.plan.lane(*lane).domain == Domain::Town).count();
        FIRST_ROW + 2 + self.tables[0].len() + lanes
    }

    /// The coefficients a worksheet needs.
    #[must_use]
    pub fn tables(&self, domain: Domain) -> &[TableId] {
        &self.tables[domain as usize]
    }

    fn tables_of(&self, domain: Domain) -> Vec<TableId> {
        let plan = &self.run.compiled.plan;
        let mut found = Vec::new();
        for (lane, maker) in &self.lanes {
            if let (Maker::Expr(expr), true) = (maker, plan.lane(*lane).domain == domain) {
                tables_in(expr, &mut found);
            }
        }
        if domain == Domain::Town {
            found.extend(plan.projects.matches.iter().flat_map(|m| [Some(m.runs), Some(m.share), m.cap]).flatten());
            found.extend(plan.pools.iter().filter_map(|pool| if let Arg::Table(table) = pool.amount { Some(table) } else { None }));
        }
        let of_others = |table: &TableId| match plan.tables[table.0 as usize].follows {
            Follows::Excess(a, b) => vec![a, b, *table],
            _ => vec![*table],
        };
        let mut all: Vec<TableId> = found.iter().flat_map(of_others).collect();
        let mut seen = std::collections::HashSet::new();
        all.retain(|table| seen.insert(*table));
        all
    }

    /// The worksheet of a town or county, if it has one.
    #[must_use]
    pub fn sheet(&self, spot: Spot) -> Option<&str> {
        let of = if spot.domain == Domain::Town { &self.towns } else { &self.counties };
        of.get(spot.place)?.as_deref()
    }

    /// The cell of a lane on its own worksheet.
    #[must_use]
    pub fn lane(&self, lane: Lane, year: usize) -> Option<String> {
        self.rows.get(&lane).map(|row| cell_name(*row, FIRST_COLUMN + year))
    }

    /// The cell of a lane seen from any worksheet; none where its town has none.
    #[must_use]
    pub fn lane_of(&self, lane: Lane, year: usize, spot: Spot) -> Option<String> {
        Some(on_sheet(self.sheet(spot)?, &self.lane(lane, year)?))
    }

    /// The cell of a coefficient on a worksheet of the domain.
    #[must_use]
    pub fn table(&self, table: TableId, year: usize, domain: Domain) -> Option<String> {
        self.table_rows.get(&(domain, table)).map(|row| cell_name(*row, FIRST_COLUMN + year))
    }

    /// The row of a coefficient.
    #[must_use]
    pub fn table_row(&self, table: TableId, domain: Domain) -> usize {
        self.table_rows.get(&(domain, table)).copied().unwrap_or_default()
    }
}

/// Every lane that is written, in order, with what writes it.
fn makers(plan: &Plan) -> Vec<(Lane, Maker)> {
    let mut found = Vec::new();
    for op in &plan.ops {
        match op {
            Op::Pool(n) => found.extend([(plan.pools[*n].out, Maker::Met), (plan.pools[*n].rest, Maker::Rest(*n))]),
            Op::Compete(n) => found.push((plan.competitions[*n].out, Maker::Met)),
            Op::Projects => found.extend(project::lanes(&plan.projects).into_iter().map(|lane| (lane, Maker::Stage))),
            _ => found.extend(op.exprs().into_iter().map(|(lane, expr)| (lane, Maker::Expr(expr)))),
        }
    }
    found
}

fn tables_in(expr: &Expr, found: &mut Vec<TableId>) {
    let mut all = |of: &[&Expr]| of.iter().for_each(|e| tables_in(e, found));
    match expr {
        Expr::Table(table) => found.push(*table),
        Expr::Lane(_) | Expr::Number(_) | Expr::OverTowns(_) | Expr::Of(..) => {}
        Expr::Before(_, _, inner) | Expr::Round(inner) => all(&[inner]),
        Expr::Sum(plus, minus) => plus.iter().chain(minus).for_each(|e| tables_in(e, found)),
        Expr::Product(factors) => factors.iter().for_each(|e| tables_in(e, found)),
        Expr::Quotient(a, b, c) => all(&[a, b, c]),
        Expr::Min(a, b) | Expr::Max(a, b) | Expr::Power(a, b) => all(&[a, b]),
        Expr::If(a, b, c, d) => all(&[a, b, c, d]),
    }
}
