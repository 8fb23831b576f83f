//! The neutral form of an operation: one tree from which sentences, spreadsheet formulas and the print-out are rendered.
//!
//! Evaluating it gives the kernel's result bit for bit (tested).

use super::op::{Arg, Op, Rung};
use super::{Lane, TableId};

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A lane of this year.
    Lane(Lane),
    /// A lane, so many years before; before the first year the second.
    Before(Lane, usize, Box<Expr>),
    /// A coefficient.
    Table(TableId),
    /// A number.
    Number(f64),
    /// Sum of the first minus sum of the second.
    Sum(Vec<Expr>, Vec<Expr>),
    /// Product, from left to right.
    Product(Vec<Expr>),
    /// Quotient; the third where the divisor is 0.
    Quotient(Box<Expr>, Box<Expr>, Box<Expr>),
    /// Rounded half away from zero.
    Round(Box<Expr>),
    /// The smaller.
    Min(Box<Expr>, Box<Expr>),
    /// The larger.
    Max(Box<Expr>, Box<Expr>),
    /// If first > second then third else fourth.
    If(Box<Expr>, Box<Expr>, Box<Expr>, Box<Expr>),
    /// The sum over a county's towns.
    OverTowns(Lane),
    /// The first to the power of the second.
    Power(Box<Expr>, Box<Expr>),
    /// A lane in another town: for every town the place it is taken from, nothing where there is none.
    Of(Lane, Vec<Option<usize>>),
}

impl From<Arg> for Expr {
    fn from(arg: Arg) -> Self {
        match arg {
            Arg::Lane(lane) => Self::Lane(lane),
            Arg::Table(table) => Self::Table(table),
            Arg::Number(number) => Self::Number(number),
        }
    }
}

fn boxed(arg: impl Into<Expr>) -> Box<Expr> {
    Box::new(arg.into())
}

fn rounded(factors: &[Arg]) -> Expr {
    let factors: Vec<Expr> = factors.iter().filter(|a| **a != Arg::Number(1.0)).map(|a| (*a).into()).collect();
    Expr::Round(Box::new(Expr::Product(factors)))
}

const fn zero() -> Expr {
    Expr::Number(0.0)
}

impl Op {
    /// What it computes: every lane it writes, with its formula. Stages have none; they are explained by their own lanes.
    #[must_use]
    pub fn exprs(&self) -> Vec<(Lane, Expr)> {
        match self {
            Self::Amount { out, a, b, k } => vec![(*out, rounded(&[*a, *b, *k]))],
            Self::Take { out, rest, base, rate, left } => {
                let all = || Box::new(rounded(&[*base, *rate]));
                let upward = Expr::Max(Box::new(zero()), Box::new(Expr::Min(all(), boxed(Arg::Lane(*left)))));
                let downward = Expr::Min(Box::new(zero()), Box::new(Expr::Max(all(), boxed(Arg::Lane(*left)))));
                let negative = Expr::If(Box::new(zero()), boxed(Arg::Lane(*left)), Box::new(downward), Box::new(upward));
                vec![(*out, negative), (*rest, Expr::Sum(vec![Expr::Lane(*left)], vec![Expr::Lane(*out)]))]
            }
            Self::Pay { paid, unmet, rest, due, from } => {
                let money = Expr::Max(Box::new(zero()), boxed(Arg::Lane(*from)));
                vec![
                    (*paid, Expr::Min(boxed(*due), Box::new(money))),
                    (*unmet, Expr::Sum(vec![(*due).into()], vec![Expr::Lane(*paid)])),
                    (*rest, Expr::Sum(vec![Expr::Lane(*from)], vec![Expr::Lane(*paid)])),
                ]
            }
            Self::Rungs { out, x, rungs, whole: false } => vec![(*out, Expr::Sum(marginal(*x, rungs), Vec::new()))],
            Self::Rungs { out, x, rungs, whole: true } => vec![(*out, whole_amount(*x, rungs))],
            Self::Clamp { out, x, low, high } => {
                let floor = low.map_or_else(|| (*x).into(), |low| Expr::Max(boxed(*x), boxed(low)));
                vec![(*out, high.map_or(floor.clone(), |high| Expr::Min(Box::new(floor), boxed(high))))]
            }
            Self::Sum { out, plus, minus } => {
                let side = |args: &[Arg]| args.iter().map(|a| (*a).into()).collect();
                vec![(*out, Expr::Sum(side(plus), side(minus)))]
            }
            #[expect(clippy::cast_precision_loss, reason = "a mean is of a few years")]
            Self::Mean { out, of } => {
                let sum = Expr::Sum(of.iter().map(|l| Expr::Lane(*l)).collect(), Vec::new());
                let mean = Expr::Quotient(Box::new(sum), Box::new(Expr::Number(of.len() as f64)), Box::new(zero()));
                vec![(*out, Expr::Round(Box::new(mean)))]
            }
            Self::Carry { out, of, lag, opening } => vec![(*out, Expr::Before(*of, *lag, boxed(*opening)))],
            Self::Index { out, start, factor } => {
                vec![(*out, Expr::Product(vec![Expr::Before(*out, 1, boxed(*start)), (*factor).into()]))]
            }
            Self::Prorate { out, a, b, c, none } => {
                let product = Expr::Product(vec![(*a).into(), (*b).into()]);
                vec![(*out, Expr::Round(Box::new(Expr::Quotient(Box::new(product), boxed(*c), boxed(*none)))))]
            }
            Self::Select { out, when, yes, no } => {
                let flag = Expr::Product(vec![(*when).into(), (*when).into()]);
                vec![(*out, Expr::If(Box::new(flag), Box::new(zero()), boxed(*yes), boxed(*no)))]
            }
            Self::Power { out, a, b, exponent } => {
                let ratio = Expr::Quotient(boxed(*a), boxed(*b), Box::new(Expr::Number(1.0)));
                let nine = Expr::Round(Box::new(Expr::Product(vec![Expr::Power(Box::new(ratio), boxed(*exponent)), Expr::Number(1e9)])));
                vec![(*out, Expr::Quotient(Box::new(nine), Box::new(Expr::Number(1e9)), Box::new(zero())))]
            }
            Self::Route { out, x, from } => vec![(*out, Expr::Of(*x, from.clone()))],
            Self::Gather { out, x } => vec![(*out, Expr::OverTowns(*x))],
            Self::Projects | Self::Pool(_) | Self::Compete(_) => Vec::new(),
        }
    }
}

fn marginal(x: Lane, rungs: &[Rung]) -> Vec<Expr> {
    let piece = |n: usize| {
        let top = rungs.get(n + 1).map_or(Expr::Lane(x), |next| Expr::Min(boxed(Arg::Lane(x)), boxed(next.from)));
        let width = Expr::Sum(vec![top], vec![rungs[n].from.into()]);
        let width = if n == 0 { width } else { Expr::Max(Box::new(zero()), Box::new(width)) };
        Expr::Round(Box::new(Expr::Product(vec![width, rungs[n].rate.into()])))
    };
    (0..rungs.len()).map(piece).collect()
}

fn whole_amount(x: Lane, rungs: &[Rung]) -> Expr {
    let mut rate: Expr = rungs[0].rate.into();
    for rung in &rungs[1..] {
        rate = Expr::If(boxed(Arg::Lane(x)), boxed(rung.from), boxed(rung.rate), Box::new(rate));
    }
    Expr::Round(Box::new(Expr::Product(vec![Expr::Lane(x), rate])))
}
