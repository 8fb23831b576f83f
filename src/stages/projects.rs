//! The project stage: earmarked money first, then each book's own projects, then those both may pay.

use std::ops::Range;

use crate::base::ratio::nudge;
use crate::kernel::{divide, round};
use crate::plan::projects::{Mode, ProjectPlan};

/// What a project was paid in a year, and from what.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Payment {
    /// \[分\] Due, backlog included.
    pub due: f64,
    /// \[分\] From earmarked money.
    pub earmarked: f64,
    /// \[分\] From a matching grant.
    pub matched: f64,
    /// \[分\] From the general book.
    pub general: f64,
    /// \[分\] From the fund book.
    pub fund: f64,
}

impl Payment {
    /// \[分\] All that was paid.
    #[must_use]
    pub fn paid(&self) -> f64 {
        self.earmarked + self.matched + self.general + self.fund
    }

    fn open(&self) -> f64 {
        self.due - self.paid()
    }
}

/// The money of a town, drawn down as projects are paid.
#[derive(Clone, Debug, Default)]
pub struct Money {
    /// \[分\] General book.
    pub general: f64,
    /// \[分\] Fund book.
    pub fund: f64,
    /// \[分\] By earmark.
    pub earmarks: Vec<f64>,
    /// Matching grants.
    pub matches: Vec<Match>,
}

/// A matching grant of a town and year while projects are paid.
#[derive(Clone, Copy, Debug, Default)]
pub struct Match {
    /// It runs in this town and year.
    pub runs: bool,
    /// Its share, in millionths.
    pub share: f64,
    /// \[分\] What is left of its cap.
    pub left: f64,
    /// \[分\] What was granted so far.
    pub granted: f64,
}

impl Match {
    /// Own money and grant for what is open, with so much own money at hand: the town pays its part, and the grant follows it.
    fn parts(&self, open: f64, cash: f64) -> (f64, f64) {
        let whole = open - self.left.min(round(open * nudge(self.share / 1e6)));
        let own = cash.min(whole);
        let grant = if own >= whole { open - own } else { self.left.min(divide(own * self.share, 1e6 - self.share, 0.0)).min(open - own) };
        (own, grant)
    }
}

fn draw(pot: &mut f64, wanted: f64) -> f64 {
    let drawn = wanted.min(pot.max(0.0));
    *pot -= drawn;
    drawn
}

/// A project as a year leaves it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing {
    /// \[分\] Due and unpaid so far; a constrained plan still owes it.
    pub owed: f64,
    /// The year it was finished, by its order.
    pub finished: Option<usize>,
}

/// What the projects of a town come to in a year.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    /// \[分\] Planned for the year.
    pub planned: f64,
    /// \[分\] Due, backlog included.
    pub due: f64,
    /// \[分\] Paid.
    pub paid: f64,
    /// \[分\] Upkeep of what is finished, for the year after.
    pub upkeep: f64,
    /// \[分\] Whole cost of what was finished in the year.
    pub finished_cost: f64,
}

/// One year of one town's projects: what is due is paid as far as the money goes, and what is done is finished.
pub fn step(projects: &[ProjectPlan], standing: &mut [Standing], payments: &mut Vec<Payment>, mode: Mode, year: usize, money: &mut Money) -> Totals {
    let carries = mode != Mode::Unconstrained;
    payments.clear();
    payments.extend(projects.iter().zip(&*standing).map(|(p, s)| Payment { due: p.due[year] + if carries { s.owed } else { 0.0 }, ..Payment::default() }));
    pay(projects, payments, mode, money);
    let mut totals = Totals::default();
    for ((project, payment), standing) in projects.iter().zip(&*payments).zip(standing) {
        totals.planned += project.due[year];
        totals.due += payment.due;
        totals.paid += payment.paid();
        standing.owed = payment.open();
        let scheduled = i64::try_from(year).unwrap_or(i64::MAX) >= project.planned_finish && project.planned_finish >= 0;
        let settled = !carries || standing.owed <= 0.0;
        if scheduled && settled && standing.finished.is_none() {
            standing.finished = Some(year);
            totals.finished_cost += project.cost;
        }
        if standing.finished.is_some() || project.planned_finish < 0 {
            totals.upkeep += project.upkeep;
        }
    }
    totals
}

/// Pays the projects of one town in one year. `payments` holds what is due and receives what is paid.
fn pay(projects: &[ProjectPlan], payments: &mut [Payment], mode: Mode, money: &mut Money) {
    match mode {
        Mode::Unconstrained => pay_level(projects, payments, money),
        Mode::Constrained { strict: true } => pay_in_order(projects, payments, money),
        Mode::Constrained { strict: false } => {
            for level in levels(projects) {
                pay_level(&projects[level.clone()], &mut payments[level], money);
            }
        }
    }
}

/// Runs of projects of the same priority.
fn levels(projects: &[ProjectPlan]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let first = projects.get(start)?;
        let end = start + projects[start..].iter().take_while(|p| p.priority == first.priority).count();
        Some(std::mem::replace(&mut start, end)..end)
    })
}

fn pay_level(projects: &[ProjectPlan], payments: &mut [Payment], money: &mut Money) {
    for (project, payment) in projects.iter().zip(payments.iter_mut()) {
        from_earmarks(project, payment, money);
    }
    // Own money that brings a grant goes first, then money that has only one use.
    let turn = |p: &ProjectPlan, grant: Option<usize>| match (grant, p.eligible.general != p.eligible.fund) {
        (Some(_), _) => 0,
        (None, true) => 1,
        (None, false) => 2,
    };
    for now in 0..3 {
        for (project, payment) in projects.iter().zip(payments.iter_mut()) {
            // Which grants run does not change while projects are paid.
            let grant = grant_of(project, money);
            if turn(project, grant) == now {
                from_books(project, grant, payment, money);
            }
        }
    }
}

fn pay_in_order(projects: &[ProjectPlan], payments: &mut [Payment], money: &mut Money) {
    for (project, payment) in projects.iter().zip(payments.iter_mut()) {
        from_earmarks(project, payment, money);
        from_books(project, grant_of(project, money), payment, money);
        if payment.open() > 0.0 {
            return;
        }
    }
}

fn from_earmarks(project: &ProjectPlan, payment: &mut Payment, money: &mut Money) {
    for &earmark in &project.earmarks {
        let open = payment.open();
        payment.earmarked += draw(&mut money.earmarks[earmark], open);
    }
}

/// The matching grant that runs for a project in this town and year.
fn grant_of(project: &ProjectPlan, money: &Money) -> Option<usize> {
    project.matched.iter().copied().find(|n| money.matches[*n].runs)
}

/// Fund money first: it may pay for less. Own money brings the grant that matches it.
fn from_books(project: &ProjectPlan, grant: Option<usize>, payment: &mut Payment, money: &mut Money) {
    let there = |eligible: bool, pot: f64| if eligible { pot.max(0.0) } else { 0.0 };
    let mut own = payment.open();
    if let Some(grant) = grant.map(|n| &mut money.matches[n]) {
        let cash = there(project.eligible.fund, money.fund) + there(project.eligible.general, money.general);
        let (own_part, granted) = grant.parts(own, cash);
        own = own_part;
        grant.left -= granted;
        grant.granted += granted;
        payment.matched += granted;
    }
    if project.eligible.fund {
        let drawn = draw(&mut money.fund, own);
        payment.fund += drawn;
        own -= drawn;
    }
    if project.eligible.general {
        payment.general += draw(&mut money.general, own);
    }
}
