//! A plan that stands with earmarked money: of each town and year only the projects that are due, in the order they are paid.

use super::code::{PlanOuts, Slot, Src};
use super::rows::{Fixed, Value};
use super::run::Year;
use crate::plan::Domain;
use crate::plan::projects::{Eligible, Projects};

/// A project, or several that follow each other and are paid alike, as due in a year.
#[derive(Clone, Debug)]
struct Due {
    amount: f64,
    eligible: Eligible,
    /// Which earmarked money may pay, in order: a range of [`DueList::marks`].
    marks: (usize, usize),
}

/// What is due by year and town of the group.
#[derive(Clone, Debug)]
pub(super) struct DueList {
    dues: Vec<Due>,
    marks: Vec<usize>,
    /// Where the dues of each year and town begin; one more at the end.
    starts: Vec<usize>,
    towns: usize,
    /// The most that are due at once.
    pub most: usize,
}

impl DueList {
    /// Of a plan's projects those of a group's towns.
    pub fn of(stage: &Projects, towns: std::ops::Range<usize>, years: usize) -> Self {
        let mut list = Self { dues: Vec::new(), marks: Vec::new(), starts: vec![0], towns: towns.len(), most: 0 };
        for year in 0..years {
            for town in towns.clone() {
                let first = list.dues.len();
                for project in stage.list[stage.by_town[town].clone()].iter().filter(|p| p.due[year] != 0.0) {
                    list.add(project.due[year], project.eligible, &project.earmarks, first);
                }
                list.most = list.most.max(list.dues.len() - first);
                list.starts.push(list.dues.len());
            }
        }
        list
    }

    /// Adds a project to the one before it where both are paid alike: paying them in turn comes to the same sums.
    fn add(&mut self, amount: f64, eligible: Eligible, marks: &[usize], first: usize) {
        let known = &self.marks;
        if let Some(last) = self.dues[first..].last_mut()
            && last.eligible == eligible
            && &known[last.marks.0..last.marks.1] == marks
        {
            last.amount += amount;
            return;
        }
        let start = self.marks.len();
        self.marks.extend_from_slice(marks);
        self.dues.push(Due { amount, eligible, marks: (start, self.marks.len()) });
    }

    fn at(&self, year: usize, town: usize) -> &[Due] {
        let cell = year * self.towns + town;
        &self.dues[self.starts[cell]..self.starts[cell + 1]]
    }
}

/// The project stage of a plan that stands.
#[derive(Clone, Debug)]
pub(super) struct DueStage {
    pub general: Src,
    pub fund: Src,
    pub earmarks: Vec<(Src, Option<Slot>)>,
    pub list: DueList,
    pub all: Fixed,
    pub outs: PlanOuts,
}

/// What pays the dues of a town.
#[derive(Debug, Default)]
pub(super) struct Purse {
    pots: Vec<f64>,
    open: Vec<f64>,
}

fn at(value: Value<'_>, place: usize) -> f64 {
    match value {
        Value::One(value) => value,
        Value::Many(row) => row[place],
    }
}

fn draw(pot: &mut f64, open: &mut f64) {
    let drawn = if *open < *pot {
        *open
    } else if *pot > 0.0 {
        *pot
    } else {
        0.0
    };
    *pot -= drawn;
    *open -= drawn;
}

impl Purse {
    /// Earmarked money first, then what only one book may pay, then what both may; fund money before general money.
    /// Gives what is left of both books and what stays unpaid.
    fn pay(&mut self, list: &DueList, dues: &[Due], mut general: f64, mut fund: f64) -> (f64, f64, f64) {
        self.open.clear();
        for due in dues {
            let mut open = due.amount;
            list.marks[due.marks.0..due.marks.1].iter().for_each(|mark| draw(&mut self.pots[*mark], &mut open));
            self.open.push(open);
        }
        let alone = |due: &Due| due.eligible.general != due.eligible.fund;
        for (due, open) in dues.iter().zip(&mut self.open).filter(|(due, _)| alone(due)) {
            draw(if due.eligible.fund { &mut fund } else { &mut general }, open);
        }
        for (_, open) in dues.iter().zip(&mut self.open).filter(|(due, _)| due.eligible.general && due.eligible.fund) {
            draw(&mut fund, open);
            draw(&mut general, open);
        }
        (general, fund, self.open.iter().sum())
    }
}

impl Year<'_, '_> {
    /// Pays what is due of a plan that stands.
    pub(super) fn pay_due(&mut self, stage: &DueStage) {
        let mut purse = std::mem::take(&mut self.work.scratch.purse);
        let towns = stage.list.towns;
        for place in 0..self.places(Domain::Town) {
            let dues = stage.list.at(self.year, place % towns);
            let there = |src: Src| at(self.value(src, Domain::Town), place);
            purse.pots.clear();
            purse.pots.extend(stage.earmarks.iter().map(|(before, _)| there(*before)));
            let (general, fund, unpaid) = purse.pay(&stage.list, dues, there(stage.general), there(stage.fund));
            let all = there(Src::Fixed(stage.all));
            self.put(stage.outs.general, place, general);
            self.put(stage.outs.fund, place, fund);
            self.put(stage.outs.paid, place, all - unpaid);
            self.put(stage.outs.unpaid, place, unpaid);
            for ((_, out), left) in stage.earmarks.iter().zip(&purse.pots) {
                self.put(*out, place, *left);
            }
        }
        self.work.scratch.purse = purse;
    }
}
