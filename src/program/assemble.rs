//! From a plan to instructions: what is live and varies gets a slot, everything else is a fixed row.

use std::collections::HashMap;

use super::Input;
use super::code::{Code, Flow, Grant, Past, PlanOuts, Slot, Src, Stage};
use super::due::{DueList, DueStage};
use super::fuse::{Stream, fuse};
use super::reach;
use super::rows::{Rows, Shape};
use super::slots::{aliases, pasts};
use super::steps::{Step, steps};
use crate::engine::Outcome;
use crate::plan::projects::{Mode, Projects};
use crate::plan::{Arg, Domain, Lane, Op, Plan, TableId, Unit};

/// The instructions and what they need.
#[derive(Debug)]
pub(super) struct Assembled {
    pub code: Vec<Code>,
    pub rows: Rows,
    pub inputs: Vec<Input>,
    pub pasts: Vec<Past>,
    /// The asked lanes, as operands.
    pub asked: Vec<Src>,
    /// The domain of every slot.
    pub slots: Vec<Domain>,
}

/// What every lane becomes.
pub(super) struct Assembler<'p> {
    pub plan: &'p Plan,
    outcome: &'p Outcome,
    pub shape: &'p Shape,
    tables: &'p [TableId],
    varying: Vec<bool>,
    pub steps: Vec<Step<'p>>,
    /// Lanes that are another under a second name.
    pub alias: HashMap<Lane, Lane>,
    /// Lanes that are another of years before: its name, how many years, and what stood before the first.
    pub past: HashMap<Lane, (Lane, usize, Arg)>,
    pub slots: HashMap<Lane, Slot>,
    pub rows: Rows,
    inputs: Vec<Input>,
    pasts: Vec<Past>,
}

/// Assembles the part of a plan that the asked lanes rest on and the tables reach.
pub(super) fn assemble(plan: &Plan, outcome: &Outcome, shape: &Shape, tables: &[TableId], asked: &[Lane]) -> Assembled {
    let varying = reach::varying(plan, tables);
    let live = reach::live(plan, asked, &varying, steps(plan, outcome, tables, &varying));
    let steps = fuse(plan, outcome, shape, tables, &varying, asked, live);
    let alias = aliases(plan, &steps, &varying);
    let past = pasts(&steps, &alias, &varying);
    let (slots, rows) = (HashMap::new(), Rows::default());
    let mut a = Assembler { plan, outcome, shape, tables, varying, steps, alias, past, slots, rows, inputs: Vec::new(), pasts: Vec::new() };
    let slots = a.place(asked);
    let mut code = Vec::new();
    for step in std::mem::take(&mut a.steps) {
        a.lower_step(&step, &mut code);
    }
    let asked = asked.iter().map(|lane| a.lane(*lane)).collect();
    Assembled { code, rows: a.rows, inputs: a.inputs, pasts: a.pasts, asked, slots }
}

impl<'p> Assembler<'p> {
    pub fn true_name(&self, lane: Lane) -> Lane {
        self.alias.get(&lane).copied().unwrap_or(lane)
    }

    pub fn varies(&self, lane: Lane) -> bool {
        self.varying[lane.0 as usize]
    }

    pub fn arg_varies(&self, arg: Arg) -> bool {
        match arg {
            Arg::Lane(lane) => self.varies(lane),
            Arg::Table(table) => self.tables.contains(&table),
            Arg::Number(_) => false,
        }
    }

    pub fn lane(&mut self, lane: Lane) -> Src {
        let name = self.true_name(lane);
        if !self.varies(lane) {
            Src::Fixed(self.rows.lane(self.plan, self.outcome, lane, self.shape))
        } else if let Some((of, lag, opening)) = self.past.get(&name).copied() {
            let past = Past { of: self.slots[&of], lag, opening: self.src(opening, self.plan.lane(name).domain) };
            self.pasts.push(past);
            Src::Past(u32::try_from(self.pasts.len() - 1).unwrap_or(u32::MAX))
        } else {
            Src::Slot(self.slots[&name])
        }
    }

    /// The slot of a result, where it is asked for.
    pub fn out(&self, lane: Lane) -> Option<Slot> {
        self.slots.get(&lane).copied()
    }

    pub fn src(&mut self, arg: Arg, domain: Domain) -> Src {
        match arg {
            Arg::Lane(lane) => self.lane(lane),
            Arg::Number(number) => Src::Number(number),
            Arg::Table(table) => match self.tables.iter().position(|t| *t == table) {
                Some(order) => Src::Input(self.input(order, domain)),
                None => Src::Fixed(self.rows.table(self.plan, table, domain, self.shape)),
            },
        }
    }

    /// Where a rung starts: one figure a place even where all are the same, as the pass over a whole scale wants it.
    fn bound(&mut self, from: Arg, domain: Domain, rung: usize) -> Src {
        match from {
            Arg::Table(table) if rung > 0 && !self.tables.contains(&table) => Src::Fixed(self.rows.table_rows(self.plan, table, domain, self.shape)),
            _ => self.src(from, domain),
        }
    }

    fn input(&mut self, order: usize, domain: Domain) -> u32 {
        let known = self.inputs.iter().position(|input| input.order == order && input.domain == domain);
        let at = known.unwrap_or_else(|| {
            self.inputs.push(Input { order, domain });
            self.inputs.len() - 1
        });
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    fn flow(&mut self, stream: &Stream, domain: Domain) -> Flow {
        let mut at = |arg: &Arg| self.src(*arg, domain);
        Flow { a: at(&stream.a), b: stream.b.as_ref().map(&mut at), rates: stream.rates.iter().map(&mut at).collect() }
    }

    /// Payments one after another as one; neither result is further from nothing than dues and money are.
    fn pay(&mut self, [unmet, rest]: [Option<Lane>; 2], dues: &[Arg], from: Lane) -> Option<Code> {
        let domain = self.plan.lane(from).domain;
        let dues: Vec<(Src, f64)> = dues.iter().map(|due| (self.src(*due, domain), 1.0)).collect();
        let due = if let [(due, _)] = dues[..] { due } else { self.added_up(&dues, domain) };
        let (unmet, rest) = (unmet.and_then(|lane| self.out(lane)), rest.and_then(|lane| self.out(lane)));
        (unmet.is_some() || rest.is_some()).then(|| Code::Pay { paid: None, unmet, rest, due, from: self.lane(from) })
    }

    fn lower_step(&mut self, step: &Step<'_>, code: &mut Vec<Code>) {
        let (out, made) = match step {
            Step::Op(op) => return self.lower(op, code),
            Step::Rest { rest, dues, from } => return code.extend(self.pay([None, Some(*rest)], dues, *from)),
            Step::Unmet { unmet, dues, from } => return code.extend(self.pay([Some(*unmet), None], dues, *from)),
            Step::Basket { out, streams, plus, minus } => {
                let domain = self.plan.lane(*out).domain;
                let flows = streams.iter().map(|stream| self.flow(stream, domain)).collect();
                let Some(Code::Sum { out: slot, plus, minus }) = self.sum(*out, plus, minus) else { return };
                (*out, Code::Basket { out: slot, flows, plus, minus })
            }
        };
        code.push(made);
        code.extend(self.out(out).map(|x| Code::Guard { x }));
    }

    fn lower(&mut self, op: &Op, code: &mut Vec<Code>) {
        let domain = reach::writes(self.plan, op).first().map_or(Domain::Town, |lane| self.plan.lane(*lane).domain);
        let aliased = matches!(op, Op::Sum { out, .. } if self.alias.contains_key(out));
        let mut at = |arg: &Arg| self.src(*arg, domain);
        let made = match op {
            Op::Amount { out, a, b, k } => {
                let (a, b, k) = (at(a), at(b), (*k != Arg::Number(1.0)).then(|| at(k)));
                self.out(*out).map(|out| Code::Amount { out, a, b, k })
            }
            Op::Take { out, rest, base, rate, left } => {
                let (base, rate, left) = (at(base), at(rate), at(&Arg::Lane(*left)));
                Some(Code::Take { out: self.out(*out), rest: self.out(*rest), base, rate, left })
            }
            Op::Pay { paid, unmet, rest, due, from } => {
                let (due, from) = (at(due), at(&Arg::Lane(*from)));
                Some(Code::Pay { paid: self.out(*paid), unmet: self.out(*unmet), rest: self.out(*rest), due, from })
            }
            Op::Rungs { out, x, rungs, whole } => {
                if let Some(basket) = self.rungs(*out, *x, rungs, *whole) {
                    return code.extend([basket, Code::Guard { x: self.slots[out] }]);
                }
                let x = self.lane(*x);
                let rungs = rungs.iter().enumerate().map(|(n, rung)| (self.bound(rung.from, domain, n), self.src(rung.rate, domain))).collect();
                self.out(*out).map(|out| Code::Rungs { out, x, rungs, whole: *whole })
            }
            Op::Clamp { out, x, low, high } => {
                let (x, low, high) = (at(x), low.as_ref().map(&mut at), high.as_ref().map(&mut at));
                self.out(*out).map(|out| Code::Clamp { out, x, low, high })
            }
            Op::Sum { .. } if aliased => None,
            Op::Sum { out, plus, minus } => self.sum(*out, plus, minus),
            Op::Mean { out, of } => {
                let of: Vec<Src> = of.iter().map(|lane| at(&Arg::Lane(*lane))).collect();
                #[expect(clippy::cast_precision_loss, reason = "a mean is of a few years")]
                let n = of.len() as f64;
                self.out(*out).map(|out| Code::Mean { out, of, n })
            }
            Op::Carry { out, of, lag, opening } => {
                let (of, opening) = (at(&Arg::Lane(*of)), at(opening));
                self.out(*out).map(|out| Code::Carry { out, of, lag: *lag, opening })
            }
            Op::Index { out, start, factor } => {
                let (start, factor) = (at(start), at(factor));
                self.out(*out).map(|out| Code::Index { out, start, factor })
            }
            Op::Prorate { out, a, b, c, none } => {
                let (a, b, c, none) = (at(a), at(b), at(c), at(none));
                self.out(*out).map(|out| Code::Prorate { out, a, b, c, none })
            }
            Op::Select { out, when, yes, no } => {
                let (when, yes, no) = (at(when), at(yes), at(no));
                self.out(*out).map(|out| Code::Select { out, when, yes, no })
            }
            Op::Power { out, a, b, exponent } => {
                let (a, b, exponent) = (at(a), at(b), at(exponent));
                self.out(*out).map(|out| Code::Power { out, a, b, exponent })
            }
            Op::Route { out, x, from } => {
                let (x, first) = (at(&Arg::Lane(*x)), self.shape.towns.start);
                let from = from[self.shape.towns.clone()].iter().map(|town| town.map(|town| town - first)).collect();
                self.out(*out).map(|out| Code::Route { out, x, from })
            }
            Op::Gather { out, x } => {
                let x = self.lane(*x);
                self.out(*out).map(|out| Code::Gather { out, x })
            }
            Op::Projects => Some(self.projects()),
            Op::Pool(n) => Some(self.pool(*n)),
            Op::Compete(n) => {
                let competition = &self.plan.competitions[*n];
                let [prize, member, score] = [competition.prize, competition.member, competition.score].map(|arg| self.src(arg, Domain::Town));
                self.out(competition.out).map(|out| Code::Compete { competition: *n, prize, member, score, out })
            }
        };
        code.extend(made);
        self.guard(op, code);
    }

    /// Amounts can pass the limit where they are made or added up; an amount taken from another cannot.
    fn guard(&self, op: &Op, code: &mut Vec<Code>) {
        if let Op::Amount { out, .. } | Op::Sum { out, .. } | Op::Prorate { out, .. } | Op::Index { out, .. } = op
            && let Some(x) = self.out(*out)
        {
            code.push(Code::Guard { x });
        }
    }

    /// A sum; of whole numbers what is fixed is added up beforehand, since their order does not matter.
    fn sum(&mut self, out: Lane, plus: &[Arg], minus: &[Arg]) -> Option<Code> {
        let domain = self.plan.lane(out).domain;
        let whole = self.plan.lane(out).unit != Unit::One;
        let slot = self.out(out)?;
        let mut sides = [Vec::new(), Vec::new()];
        let mut fixed: Vec<(Src, f64)> = Vec::new();
        for (side, args, sign) in [(0, plus, 1.0), (1, minus, -1.0)] {
            for arg in args {
                let src = self.src(*arg, domain);
                if whole && matches!(src, Src::Fixed(_) | Src::Number(_)) { fixed.push((src, sign)) } else { sides[side].push(src) }
            }
        }
        let [mut plus, minus] = sides;
        match &fixed[..] {
            [] => {}
            [(one, sign)] if *sign > 0.0 => plus.push(*one),
            several => {
                let several = several.to_vec();
                plus.push(self.added_up(&several, domain));
            }
        }
        Some(Code::Sum { out: slot, plus, minus })
    }

    fn pool(&mut self, n: usize) -> Code {
        let pool = &self.plan.pools[n];
        let mut at = |arg: Arg| self.src(arg, Domain::Town);
        let (amount, member, weight, low, high) = (at(pool.amount), at(pool.member), at(pool.weight), at(pool.low), pool.high.map(&mut at));
        let levied = pool.levied.map(|lane| self.lane(lane));
        Code::Pool { pool: n, amount, levied, member, weight, low, high, out: self.out(pool.out), rest: self.out(pool.rest) }
    }

    fn projects(&mut self) -> Code {
        let stage = &self.plan.projects;
        let (general, fund) = (self.lane(stage.general.before), self.lane(stage.fund.before));
        let outs = PlanOuts { general: self.out(stage.general.after), fund: self.out(stage.fund.after), paid: self.out(stage.paid), unpaid: self.out(stage.unpaid) };
        if stage.mode == Mode::Unconstrained && stage.earmarks.is_empty() && stage.matches.is_empty() {
            let kinds = [(true, false), (false, true), (true, true)];
            let due = kinds.map(|(general, fund)| self.due(stage, |p| (p.eligible.general, p.eligible.fund) == (general, fund)));
            return Code::PayPlan { general, fund, due, all: self.due(stage, |_| true), outs };
        }
        let earmarks = stage.earmarks.iter().map(|pot| (self.lane(pot.before), self.out(pot.after))).collect();
        if stage.mode == Mode::Unconstrained && stage.matches.is_empty() {
            let (list, all) = (DueList::of(stage, self.shape.towns.clone(), self.plan.years), self.due(stage, |_| true));
            return Code::PayDue(Box::new(DueStage { general, fund, earmarks, list, all, outs }));
        }
        let matches = stage.matches.iter().map(|grant| {
            let mut at = |table| self.src(Arg::Table(table), Domain::Town);
            Grant { runs: at(grant.runs), share: at(grant.share), cap: grant.cap.map(at), out: self.out(grant.out) }
        });
        let matches = matches.collect();
        let finished_cost = stage.finished_cost.and_then(|lane| self.out(lane));
        Code::Projects(Box::new(Stage { general, fund, earmarks, matches, outs, due: self.out(stage.due), upkeep: self.out(stage.upkeep), finished_cost }))
    }

    /// What is due by town and year of some of the projects.
    fn due(&mut self, stage: &Projects, of: impl Fn(&crate::plan::projects::ProjectPlan) -> bool) -> super::rows::Fixed {
        let due = |year: usize, town: usize| stage.list[stage.by_town[town].clone()].iter().filter(|p| of(p)).map(|p| p.due[year]).sum();
        let rows: Vec<Vec<f64>> = (0..self.plan.years).map(|year| self.shape.towns.clone().map(|town| due(year, town)).collect()).collect();
        self.rows.keep_rows(rows, self.shape.points)
    }
}
