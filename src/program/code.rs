//! The instructions of a program: the plan's operations over numbered slots, with dead results dropped.

use super::due::DueStage;
use super::rows::Fixed;
use crate::plan::Domain;

/// Where a lane is kept while a block runs: a place in the workspace, or several used in turn where past years are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub first: u32,
    pub ring: u32,
    pub domain: Domain,
}

impl Slot {
    /// The place that holds a year (or the year so many years before it).
    #[inline]
    pub const fn of(self, year: usize) -> usize {
        self.first as usize + year % self.ring as usize
    }
}

/// An operand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Src {
    /// What an earlier instruction wrote.
    Slot(Slot),
    /// A figure that is the same at every point.
    Fixed(Fixed),
    /// A table that differs from point to point, by its order among the inputs.
    Input(u32),
    /// A number.
    Number(f64),
    /// What an instruction wrote some years before, by its order among the pasts.
    Past(u32),
}

/// What stood `lag` years before, and before the first year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Past {
    pub of: Slot,
    pub lag: usize,
    pub opening: Src,
}

/// An amount on its way into a sum: `R(a · b)` or `a`, and the rates (one figure a year) taken of what is left.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    pub a: Src,
    pub b: Option<Src>,
    pub rates: Vec<Src>,
}

/// One instruction. Results nobody asks for are `None`.
#[derive(Clone, Debug)]
pub(super) enum Code {
    /// `out = R(a · b · k)`
    Amount { out: Slot, a: Src, b: Src, k: Option<Src> },
    /// A take.
    Take { out: Option<Slot>, rest: Option<Slot>, base: Src, rate: Src, left: Src },
    /// A payment.
    Pay { paid: Option<Slot>, unmet: Option<Slot>, rest: Option<Slot>, due: Src, from: Src },
    /// A scale: bounds and rates from below.
    Rungs { out: Slot, x: Src, rungs: Vec<(Src, Src)>, whole: bool },
    /// Bounds.
    Clamp { out: Slot, x: Src, low: Option<Src>, high: Option<Src> },
    /// A sum.
    Sum { out: Slot, plus: Vec<Src>, minus: Vec<Src> },
    /// A sum of flows and of what else is added or taken away.
    Basket { out: Slot, flows: Vec<Flow>, plus: Vec<Src>, minus: Vec<Src> },
    /// A mean.
    Mean { out: Slot, of: Vec<Src>, n: f64 },
    /// What stood `lag` years before.
    Carry { out: Slot, of: Src, lag: usize, opening: Src },
    /// A growing index.
    Index { out: Slot, start: Src, factor: Src },
    /// `out = R(a · b ÷ c)`
    Prorate { out: Slot, a: Src, b: Src, c: Src, none: Src },
    /// One of two.
    Select { out: Slot, when: Src, yes: Src, no: Src },
    /// A power.
    Power { out: Slot, a: Src, b: Src, exponent: Src },
    /// From another town of the group.
    Route { out: Slot, x: Src, from: Vec<Option<usize>> },
    /// The sum over each county of the group.
    Gather { out: Slot, x: Src },
    /// Projects of a plan that stands, paid from the two books alone.
    PayPlan { general: Src, fund: Src, due: [Fixed; 3], all: Fixed, outs: PlanOuts },
    /// Projects of a plan that stands, some of them from earmarked money.
    PayDue(Box<DueStage>),
    /// Projects, one by one.
    Projects(Box<Stage>),
    /// A pool, by its order in the plan.
    Pool { pool: usize, amount: Src, levied: Option<Src>, member: Src, weight: Src, low: Src, high: Option<Src>, out: Option<Slot>, rest: Option<Slot> },
    /// A competition, by its order in the plan.
    Compete { competition: usize, prize: Src, member: Src, score: Src, out: Slot },
    /// A figure past the limit marks the point.
    Guard { x: Slot },
}

/// What the payment of a plan that stands gives.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PlanOuts {
    pub general: Option<Slot>,
    pub fund: Option<Slot>,
    pub paid: Option<Slot>,
    pub unpaid: Option<Slot>,
}

/// The project stage with everything it may read and write.
#[derive(Clone, Debug)]
pub(super) struct Stage {
    pub general: Src,
    pub fund: Src,
    pub earmarks: Vec<(Src, Option<Slot>)>,
    pub matches: Vec<Grant>,
    pub outs: PlanOuts,
    pub due: Option<Slot>,
    pub upkeep: Option<Slot>,
    pub finished_cost: Option<Slot>,
}

/// A matching grant.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    pub runs: Src,
    pub share: Src,
    pub cap: Option<Src>,
    pub out: Option<Slot>,
}
