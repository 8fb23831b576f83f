//! The project stage: earmarked money first, then each book's own projects, then those both may pay.

use std::ops::Range;

use crate::plan::projects::{Mode, ProjectPlan};

/// What a project was paid in a year, and from what.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Payment {
    /// \[分\] Due, backlog included.
    pub due: f64,
    /// \[分\] From earmarked money.
    pub earmarked: f64,
    /// \[分\] From the general book.
    pub general: f64,
    /// \[分\] From the fund book.
    pub fund: f64,
}

impl Payment {
    /// \[分\] All that was paid.
    #[must_use]
    pub fn paid(&self) -> f64 {
        self.earmarked + self.general + self.fund
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
}

fn draw(pot: &mut f64, wanted: f64) -> f64 {
    let drawn = wanted.min(pot.max(0.0));
    *pot -= drawn;
    drawn
}

/// Pays the projects of one town in one year. `payments` holds what is due and receives what is paid.
pub fn pay(projects: &[ProjectPlan], payments: &mut [Payment], mode: Mode, money: &mut Money) {
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
    let single = |p: &ProjectPlan| p.eligible.general != p.eligible.fund;
    for wants_single in [true, false] {
        for (project, payment) in projects.iter().zip(payments.iter_mut()).filter(|(p, _)| single(p) == wants_single) {
            from_books(project, payment, money);
        }
    }
}

fn pay_in_order(projects: &[ProjectPlan], payments: &mut [Payment], money: &mut Money) {
    for (project, payment) in projects.iter().zip(payments.iter_mut()) {
        from_earmarks(project, payment, money);
        from_books(project, payment, money);
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

/// Fund money first: it may pay for less.
fn from_books(project: &ProjectPlan, payment: &mut Payment, money: &mut Money) {
    if project.eligible.fund {
        payment.fund += draw(&mut money.fund, payment.open());
    }
    if project.eligible.general {
        payment.general += draw(&mut money.general, payment.open());
    }
}
