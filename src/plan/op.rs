//! The closed set of numeric operations. Each has a kernel (`crate::kernel`) and an [`Expr`](super::expr::Expr).

use super::{Lane, TableId};

/// An operand: a lane of this year, a table of coefficients, or a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arg {
    /// A lane computed earlier in the year.
    Lane(Lane),
    /// A coefficient by year and town.
    Table(TableId),
    /// A number.
    Number(f64),
}

impl From<Lane> for Arg {
    fn from(lane: Lane) -> Self {
        Self::Lane(lane)
    }
}

impl From<TableId> for Arg {
    fn from(table: TableId) -> Self {
        Self::Table(table)
    }
}

/// A rung of a scale: what of x lies above `from` (up to the next rung) counts at `rate`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rung {
    /// Where the rung starts.
    pub from: Arg,
    /// The rate on it (nudged).
    pub rate: Arg,
}

/// A numeric operation over lanes. `R` rounds half away from zero to a whole number.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// `out = R(a · b · k)`
    Amount {
        /// Result.
        out: Lane,
        /// First factor.
        a: Arg,
        /// Second factor.
        b: Arg,
        /// Third factor.
        k: Arg,
    },
    /// `out = R(base · rate)`, but no more than is left (by magnitude); `rest = left − out`
    Take {
        /// What is taken.
        out: Lane,
        /// What remains.
        rest: Lane,
        /// What the rate applies to.
        base: Arg,
        /// The rate (nudged).
        rate: Arg,
        /// What there is.
        left: Lane,
    },
    /// `paid = min(due, max(0, from))`, `unmet = due − paid`, `rest = from − paid`; `due ≥ 0`
    Pay {
        /// What is paid.
        paid: Lane,
        /// What could not be paid.
        unmet: Lane,
        /// What is left of the money.
        rest: Lane,
        /// What is owed.
        due: Arg,
        /// The money there is.
        from: Lane,
    },
    /// Marginal scale: `out = Σ R(rate_k · (min(x, from_{k+1}) − from_k)⁺)`, the first rung open below;
    /// `whole`: `out = R(rate of the rung x stands in · x)`
    Rungs {
        /// Result.
        out: Lane,
        /// What is on the scale.
        x: Lane,
        /// The rungs from below; the first starts at nothing.
        rungs: Vec<Rung>,
        /// Whole-amount scale 全额累进.
        whole: bool,
    },
    /// `out = min(max(x, low), high)`
    Clamp {
        /// Result.
        out: Lane,
        /// What is kept within bounds.
        x: Arg,
        /// Lower bound.
        low: Option<Arg>,
        /// Upper bound.
        high: Option<Arg>,
    },
    /// `out = Σ plus − Σ minus`
    Sum {
        /// Result.
        out: Lane,
        /// What is added.
        plus: Vec<Arg>,
        /// What is subtracted.
        minus: Vec<Arg>,
    },
    /// `out = R(Σ of ÷ n)`
    Mean {
        /// Result.
        out: Lane,
        /// What the mean is of.
        of: Vec<Lane>,
    },
    /// `out = of` as it was `lag` years before; in the first years from `opening`
    Carry {
        /// Result.
        out: Lane,
        /// The lane carried.
        of: Lane,
        /// How many years back.
        lag: usize,
        /// What stood before the first year (its row of the year asked).
        opening: Arg,
    },
    /// `out = out of the year before · factor`, not rounded; in the first year `start · factor`
    Index {
        /// Result.
        out: Lane,
        /// The index of the year before the first.
        start: Arg,
        /// The growth factor.
        factor: Arg,
    },
    /// `out = R(a · b ÷ c)` in double precision from left to right; `none` where c = 0
    Prorate {
        /// Result.
        out: Lane,
        /// Numerator.
        a: Arg,
        /// Numerator.
        b: Arg,
        /// Denominator.
        c: Arg,
        /// Result where there is nothing to divide by.
        none: Arg,
    },
    /// `out = yes` where `when ≠ 0`, else `no`
    Select {
        /// Result.
        out: Lane,
        /// The condition.
        when: Arg,
        /// Where it holds.
        yes: Arg,
        /// Where it does not.
        no: Arg,
    },
    /// `out = (a ÷ b)^exponent`, rounded to nine decimals; 1 where b = 0
    Power {
        /// Result, a pure number.
        out: Lane,
        /// Numerator.
        a: Arg,
        /// Denominator.
        b: Arg,
        /// Exponent.
        exponent: Arg,
    },
    /// `out = x` of another town: of the one named for each town, nothing where none is
    Route {
        /// Result.
        out: Lane,
        /// A town lane.
        x: Lane,
        /// For every town the town it takes from, by its place in the plan.
        from: Vec<Option<usize>>,
    },
    /// County lane: `out = Σ over the county's towns of x`
    Gather {
        /// Result, a county lane.
        out: Lane,
        /// A town lane.
        x: Lane,
    },
    /// The project stage: all payments of the year (see [`projects`](super::projects)).
    Projects,
    /// A pool is shared among towns (see [`pool`](super::pool)), by its order.
    Pool(usize),
    /// Towns compete, by the competition's order.
    Compete(usize),
}

impl Op {
    /// The lanes it writes, in order; those of a stage stand in the stage's own plan.
    #[must_use]
    pub fn outs(&self) -> Vec<Lane> {
        match self {
            Self::Take { out, rest, .. } => vec![*out, *rest],
            Self::Pay { paid, unmet, rest, .. } => vec![*paid, *unmet, *rest],
            Self::Amount { out, .. }
            | Self::Rungs { out, .. }
            | Self::Clamp { out, .. }
            | Self::Sum { out, .. }
            | Self::Mean { out, .. }
            | Self::Carry { out, .. }
            | Self::Index { out, .. }
            | Self::Prorate { out, .. }
            | Self::Select { out, .. }
            | Self::Power { out, .. }
            | Self::Route { out, .. }
            | Self::Gather { out, .. } => vec![*out],
            Self::Projects | Self::Pool(_) | Self::Compete(_) => Vec::new(),
        }
    }
}
