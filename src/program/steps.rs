//! The plan's operations rewritten for what a sweep asks: sums over what they rest on, payments over the money they draw from.
//!
//! Amounts are whole numbers that a double holds exactly, so a sum may be taken in any order and what is added and taken away
//! again may be left out: of a source's parts and the remainder to the last of them only what was shared is left.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::fuse::Stream;
use super::reach;
use crate::engine::Outcome;
use crate::plan::{Arg, Domain, Lane, Op, Plan, TableId, Unit};

/// What is done in a year.
#[derive(Clone, Debug)]
pub(super) enum Step<'p> {
    /// An operation, of the plan or rewritten.
    Op(Cow<'p, Op>),
    /// Payments made one after another, no due below nothing: what they leave of the money, `from − min(Σ dues, max(0, from))`, …
    Rest { rest: Lane, dues: Vec<Arg>, from: Lane },
    /// … and what of them cannot be paid, `Σ dues − min(Σ dues, max(0, from))`.
    Unmet { unmet: Lane, dues: Vec<Arg>, from: Lane },
    /// A sum of streams and of what else is added or taken away.
    Basket { out: Lane, streams: Vec<Stream>, plus: Vec<Arg>, minus: Vec<Arg> },
}

impl Step<'_> {
    pub fn reads(&self, plan: &Plan) -> Vec<Arg> {
        match self {
            Self::Op(op) => reach::reads(plan, op),
            Self::Rest { dues, from, .. } | Self::Unmet { dues, from, .. } => dues.iter().copied().chain([Arg::Lane(*from)]).collect(),
            Self::Basket { streams, plus, minus, .. } => streams.iter().flat_map(Stream::reads).chain(plus.iter().chain(minus).copied()).collect(),
        }
    }

    pub fn writes(&self, plan: &Plan) -> Vec<Lane> {
        match self {
            Self::Op(op) => reach::writes(plan, op),
            Self::Rest { rest: out, .. } | Self::Unmet { unmet: out, .. } | Self::Basket { out, .. } => vec![*out],
        }
    }
}

/// A sum of whole amounts: how often each is added. What varies comes first.
type Form = Vec<(Arg, i32)>;

/// Rewrites the operations of a plan.
pub(super) fn steps<'p>(plan: &'p Plan, outcome: &Outcome, tables: &[TableId], varying: &[bool]) -> Vec<Step<'p>> {
    let purses = plan.ops.iter().filter_map(|op| if let Op::Pay { from, .. } = op { Some(*from) } else { None }).collect();
    let mut rewriter = Rewriter { plan, outcome, tables, varying, purses, forms: HashMap::new(), payments: HashMap::new() };
    plan.ops.iter().flat_map(|op| rewriter.rewrite(op)).collect()
}

struct Rewriter<'p, 'a> {
    plan: &'p Plan,
    outcome: &'a Outcome,
    tables: &'a [TableId],
    varying: &'a [bool],
    /// Money that is paid from: sums rest on it, not on what it is made of, since it is needed in any case.
    purses: HashSet<Lane>,
    forms: HashMap<Lane, Form>,
    /// What earlier payments left: of which money, after which dues.
    payments: HashMap<Lane, (Lane, Vec<Arg>)>,
}

impl<'p> Rewriter<'p, '_> {
    fn rewrite(&mut self, op: &'p Op) -> Vec<Step<'p>> {
        match op {
            Op::Sum { out, plus, minus } if self.is_whole(*out) => vec![self.sum(*out, plus, minus)],
            Op::Pay { paid, unmet, rest, due, from } if self.varying[from.0 as usize] && self.is_due(*due, self.plan.lane(*rest).domain) => {
                let (root, mut dues) = self.payments.get(from).cloned().unwrap_or((*from, Vec::new()));
                dues.push(*due);
                self.payments.insert(*rest, (root, dues.clone()));
                let (from, left) = (Arg::Lane(*from), Arg::Lane(*rest));
                vec![Step::Rest { rest: *rest, dues, from: root }, self.sum(*paid, &[from], &[left]), self.sum(*unmet, &[*due, left], &[from])]
            }
            _ => vec![Step::Op(Cow::Borrowed(op))],
        }
    }

    fn is_whole(&self, lane: Lane) -> bool {
        self.plan.lane(lane).unit != Unit::One && self.varying[lane.0 as usize]
    }

    fn varies(&self, arg: Arg) -> bool {
        match arg {
            Arg::Lane(lane) => self.varying[lane.0 as usize],
            Arg::Table(table) => self.tables.contains(&table),
            Arg::Number(_) => false,
        }
    }

    /// Whether something is the same at every point and nowhere below nothing.
    fn is_due(&self, due: Arg, domain: Domain) -> bool {
        let places = if domain == Domain::Town { self.plan.towns } else { self.plan.counties.len() };
        !self.varies(due)
            && match due {
                Arg::Lane(lane) => (0..self.plan.years).all(|year| self.outcome.row(lane, year).iter().take(places).all(|due| *due >= 0.0)),
                Arg::Table(table) => self.plan.tables[table.0 as usize].values.iter().all(|due| *due >= 0.0),
                Arg::Number(due) => due >= 0.0,
            }
    }

    /// A sum over what its terms rest on, where that makes no more terms that vary.
    fn sum(&mut self, out: Lane, plus: &[Arg], minus: &[Arg]) -> Step<'p> {
        let mut form = Form::new();
        for (args, sign) in [(plus, 1), (minus, -1)] {
            for arg in args {
                match arg {
                    Arg::Lane(lane) if let Some(known) = self.forms.get(lane) => known.iter().for_each(|(arg, n)| add(&mut form, *arg, n * sign)),
                    _ => add(&mut form, *arg, sign),
                }
            }
        }
        form.retain(|(_, n)| *n != 0);
        if let Some((dues, from)) = self.unmet(&form) {
            self.forms.insert(out, form);
            return Step::Unmet { unmet: out, dues, from };
        }
        let terms = |args: &[Arg]| args.iter().filter(|arg| self.varies(**arg)).count();
        let shorter = form.iter().filter(|(arg, _)| self.varies(*arg)).map(|(_, n)| n.unsigned_abs() as usize).sum::<usize>() <= terms(plus) + terms(minus);
        let side = |sign: i32| form.iter().flat_map(|(arg, n)| std::iter::repeat_n(*arg, usize::try_from(n * sign).unwrap_or(0))).collect();
        let (plus, minus) = if shorter { (side(1), side(-1)) } else { (plus.to_vec(), minus.to_vec()) };
        if !self.purses.contains(&out) {
            self.forms.insert(out, form);
        }
        Step::Op(Cow::Owned(Op::Sum { out, plus, minus }))
    }
}

impl Rewriter<'_, '_> {
    /// Whether a sum is what payments could not pay: all that was due, and what they left of the money less the money.
    fn unmet(&self, form: &Form) -> Option<(Vec<Arg>, Lane)> {
        let (from, dues) = form.iter().find_map(|(arg, n)| if let (Arg::Lane(lane), 1) = (arg, n) { self.payments.get(lane) } else { None })?;
        let is = |(arg, n): &(Arg, i32)| match n {
            -1 => *arg == Arg::Lane(*from),
            1 => dues.contains(arg) || matches!(arg, Arg::Lane(lane) if self.payments.get(lane).is_some_and(|(money, of)| money == from && of == dues)),
            _ => false,
        };
        (form.len() == dues.len() + 2 && form.iter().all(is)).then(|| (dues.clone(), *from))
    }
}

fn add(form: &mut Form, arg: Arg, times: i32) {
    match form.iter_mut().find(|(known, _)| *known == arg) {
        Some((_, n)) => *n += times,
        None => form.push((arg, times)),
    }
}
