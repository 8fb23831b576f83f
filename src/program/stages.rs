//! Stages over a block: the payment of projects, pools and competitions, town by town and point by point.

use std::ops::Range;

use super::Program;
use super::code::{Code, PlanOuts, Slot, Src, Stage};
use super::due::Purse;
use super::rows::{Fixed, Value};
use super::run::{Year, with, write};
use crate::kernel::{self, Source};
use crate::plan::Domain;
use crate::plan::pool::groups_in;
use crate::stages::compete::winners;
use crate::stages::pool::Table;
use crate::stages::projects::{Match, Money, Payment, Standing, step};

/// What stages work in.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// The projects of every point of the block, one point after another.
    standing: Vec<Standing>,
    payments: Vec<Payment>,
    money: Money,
    pub pools: Table,
    scores: Vec<Option<f64>>,
    pub purse: Purse,
    /// Lanes for results nobody asks for.
    pub spare: [Vec<f64>; 3],
}

impl Scratch {
    pub fn new(program: &Program<'_>) -> Self {
        let staged = program.assembled.code.iter().any(|code| matches!(code, Code::Projects(_)));
        let projects = if staged { projects(program).len() * program.shape.points } else { 0 };
        Self {
            standing: vec![Standing::default(); projects],
            payments: Vec::new(),
            money: Money::default(),
            pools: Table::default(),
            scores: Vec::new(),
            purse: Purse::default(),
            spare: [(); 3].map(|()| vec![0.0; program.shape.towns.len() * program.shape.points]),
        }
    }

    /// Forgets the block before.
    pub fn begin(&mut self) {
        self.standing.fill(Standing::default());
    }
}

/// The projects of a group's towns.
fn projects(program: &Program<'_>) -> Range<usize> {
    let by_town = &program.plan.projects.by_town[program.shape.towns.clone()];
    by_town.first().map_or(0, |range| range.start)..by_town.last().map_or(0, |range| range.end)
}

#[inline(always)]
pub(super) fn at(value: Value<'_>, place: usize) -> f64 {
    match value {
        Value::One(value) => value,
        Value::Many(row) => row[place],
    }
}

/// An operand that may be either kind.
#[derive(Clone, Copy)]
struct Ends<'a>(Value<'a>);

impl Source for Ends<'_> {
    #[inline(always)]
    fn at(self, place: usize) -> f64 {
        at(self.0, place)
    }
    #[inline(always)]
    fn over(self, _: usize) -> Self {
        self
    }
}

impl Year<'_, '_> {
    /// A plan that stands, paid from two books: what is payable from one only first, then what both may pay, from fund money first.
    /// Paying each project in turn comes to the same sums.
    #[inline(always)]
    pub(super) fn pay_plan(&mut self, general: Src, fund: Src, due: [Fixed; 3], all: Fixed, outs: PlanOuts) {
        let places = self.places(Domain::Town);
        let mut spare = std::mem::take(&mut self.work.scratch.spare);
        let mut lanes = [(outs.general, 0), (outs.fund, 1), (outs.paid.or(outs.unpaid), 2)].map(|(slot, n)| self.borrow(slot, &mut spare[n]));
        {
            let due = due.map(|fixed| self.program.assembled.rows.row(fixed, self.year, places));
            let [a, b, c] = &mut lanes;
            let results = [&mut a[..places], &mut b[..places], &mut c[..places]];
            match [general, fund].map(|src| self.value(src, Domain::Town)) {
                [Value::Many(general), Value::Many(fund)] => kernel::pay_plan(results, [general, fund], due),
                purses => kernel::pay_plan(results, purses.map(Ends), due),
            }
        }
        if let (None, Some(_)) = (outs.paid, outs.unpaid) {
            let [.., paid] = &mut lanes;
            self.unpaid(&mut paid[..places], all);
        }
        for ((slot, n), lane) in [(outs.general, 0), (outs.fund, 1), (outs.paid.or(outs.unpaid), 2)].into_iter().zip(lanes) {
            match slot {
                Some(slot) => self.work.slots[slot.of(self.year)] = lane,
                None => spare[n] = lane,
            }
        }
        self.work.scratch.spare = spare;
        if let (Some(paid), Some(unpaid)) = (outs.paid, outs.unpaid) {
            write!(self, unpaid, lane => {
                let [all, paid] = [Src::Fixed(all), Src::Slot(paid)].map(|src| self.value(src, Domain::Town));
                with!(all, all => with!(paid, paid => kernel::subtract(lane, all, paid)));
            });
        }
    }

    /// From what was paid to what was not.
    #[inline(always)]
    fn unpaid(&self, paid: &mut [f64], all: Fixed) {
        with!(self.value(Src::Fixed(all), Domain::Town), all => kernel::complement(paid, all));
    }

    /// Takes a slot's lane out of the workspace, or a spare one.
    pub(super) fn borrow(&mut self, slot: Option<Slot>, spare: &mut Vec<f64>) -> Vec<f64> {
        std::mem::take(slot.map_or(spare, |slot| &mut self.work.slots[slot.of(self.year)]))
    }

    pub(super) fn put(&mut self, slot: Option<Slot>, place: usize, value: f64) {
        if let Some(slot) = slot {
            self.work.slots[slot.of(self.year)][place] = value;
        }
    }

    /// Projects one by one: with backlog, earmarked money or grants.
    pub(super) fn projects(&mut self, stage: &Stage) {
        let program = self.program;
        let (towns, range) = (program.shape.towns.clone(), projects(program));
        let mut scratch = std::mem::take(&mut self.work.scratch);
        for point in 0..self.count {
            for (n, town) in towns.clone().enumerate() {
                let place = point * towns.len() + n;
                self.purse(stage, place, &mut scratch.money);
                let own = program.plan.projects.by_town[town].clone();
                let first = point * range.len() - range.start;
                let standing = &mut scratch.standing[first + own.start..first + own.end];
                let (list, mode) = (&program.plan.projects.list[own], program.plan.projects.mode);
                let totals = step(list, standing, &mut scratch.payments, mode, self.year, &mut scratch.money);
                self.put(stage.outs.general, place, scratch.money.general);
                self.put(stage.outs.fund, place, scratch.money.fund);
                self.put(stage.outs.paid, place, totals.paid);
                self.put(stage.outs.unpaid, place, totals.due - totals.paid);
                self.put(stage.due, place, totals.due);
                self.put(stage.upkeep, place, totals.upkeep);
                self.put(stage.finished_cost, place, totals.finished_cost);
                stage.earmarks.iter().zip(&scratch.money.earmarks).for_each(|((_, out), left)| self.put(*out, place, *left));
                stage.matches.iter().zip(&scratch.money.matches).for_each(|(grant, now)| self.put(grant.out, place, now.granted));
            }
        }
        self.work.scratch = scratch;
    }

    /// A town's money as the year's projects find it.
    fn purse(&self, stage: &Stage, place: usize, money: &mut Money) {
        let there = |src: Src| at(self.value(src, Domain::Town), place);
        (money.general, money.fund) = (there(stage.general), there(stage.fund));
        money.earmarks.clear();
        money.earmarks.extend(stage.earmarks.iter().map(|(before, _)| there(*before)));
        money.matches.clear();
        // Without a cap it has no end.
        money.matches.extend(stage.matches.iter().map(|g| Match { runs: there(g.runs) != 0.0, share: there(g.share), left: g.cap.map_or(f64::MAX, there), granted: 0.0 }));
    }

    pub(super) fn compete(&mut self, n: usize, [prize, member, score]: [Src; 3], out: Slot) {
        let plan = self.program.plan;
        let shape = self.program.shape.clone();
        let competition = &plan.competitions[n];
        let mut scores = std::mem::take(&mut self.work.scratch.scores);
        for point in 0..self.count {
            for group in groups_in(&competition.groups, &shape.towns) {
                let first = point * shape.towns.len() + group.start - shape.towns.start;
                let places = first..first + group.len();
                let of = |src: Src, place: usize| at(self.value(src, Domain::Town), place);
                scores.clear();
                scores.extend(places.clone().map(|place| (of(prize, place) > 0.0 && of(member, place) != 0.0).then(|| of(score, place))));
                write!(self, out, lane => winners(&scores, &competition.rank[group.clone()], competition.best, &mut lane[places]));
            }
        }
        self.work.scratch.scores = scores;
    }
}
