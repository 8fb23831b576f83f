//! The plan as text: every operation as a formula over named lanes, for reviewers who do not read code.

use std::fmt::Write;

use super::expr::Expr;
use super::pool::{CompetePlan, PoolPlan};
use super::{Arg, Lane, Op, Plan};

/// All operations, one formula a line, in the order they are computed.
#[must_use]
pub fn print(plan: &Plan) -> String {
    let mut text = String::new();
    for op in &plan.ops {
        match op {
            Op::Projects => text.push_str("projects: pay earmarked money, then single-book projects, then the others\n"),
            Op::Pool(n) => text.push_str(&pool(plan, &plan.pools[*n])),
            Op::Compete(n) => text.push_str(&competition(plan, &plan.competitions[*n])),
            _ => {}
        }
        for (lane, expr) in op.exprs() {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{} = {}", lane_name(plan, lane), formula(plan, &expr));
        }
    }
    text
}

fn pool(plan: &Plan, pool: &PoolPlan) -> String {
    let say = |arg: Arg| formula(plan, &arg.into());
    let levied = pool.levied.map_or(String::new(), |lane| format!(" + {}", lane_name(plan, lane)));
    let high = pool.high.map_or_else(|| "no limit".to_owned(), say);
    let sum = format!("({}{levied})", say(pool.amount));
    let residue = if pool.largest_remainder { "the largest remainders" } else { "the payer" };
    format!(
        "{out} = share of {sum} by {weight} within {low} .. {high} where {member}, among {groups}, in steps of {unit}, the residue to {residue}\n{rest} = {sum} - sum over them({out})\n",
        out = lane_name(plan, pool.out),
        weight = say(pool.weight),
        low = say(pool.low),
        member = say(pool.member),
        groups = among(plan, pool.groups.len()),
        unit = pool.unit,
        rest = lane_name(plan, pool.rest),
    )
}

fn competition(plan: &Plan, competition: &CompetePlan) -> String {
    let say = |arg: Arg| formula(plan, &arg.into());
    let (out, score, best) = (lane_name(plan, competition.out), say(competition.score), competition.best);
    let (prize, member, groups) = (say(competition.prize), say(competition.member), among(plan, competition.groups.len()));
    format!("{out} = 1 for the best {best} by {score} where {member} and {prize} > 0, among {groups}, else 0\n")
}

fn among(plan: &Plan, groups: usize) -> &'static str {
    if groups == plan.counties.len() { "the towns of a county" } else { "all towns" }
}

fn lane_name(plan: &Plan, lane: Lane) -> &str {
    &plan.lane(lane).name
}

/// One formula as text.
#[must_use]
pub fn formula(plan: &Plan, expr: &Expr) -> String {
    let say = |e: &Expr| formula(plan, e);
    let list = |all: &[Expr], sign: &str| all.iter().map(say).collect::<Vec<_>>().join(sign);
    match expr {
        Expr::Lane(lane) => lane_name(plan, *lane).to_owned(),
        Expr::Before(lane, lag, opening) => format!("before({}, {lag}, {})", lane_name(plan, *lane), say(opening)),
        Expr::Table(table) => format!("[{}]", plan.tables[table.0 as usize].name),
        Expr::Number(number) => number.to_string(),
        Expr::Sum(plus, minus) if minus.is_empty() => format!("({})", list(plus, " + ")),
        Expr::Sum(plus, minus) => format!("({} - {})", list(plus, " + "), list(minus, " - ")),
        Expr::Product(factors) => list(factors, " * "),
        Expr::Quotient(a, b, none) => format!("({} / {} else {})", say(a), say(b), say(none)),
        Expr::Round(inner) => format!("round({})", say(inner)),
        Expr::Min(a, b) => format!("min({}, {})", say(a), say(b)),
        Expr::Max(a, b) => format!("max({}, {})", say(a), say(b)),
        Expr::If(a, b, yes, no) => format!("if({} > {}, {}, {})", say(a), say(b), say(yes), say(no)),
        Expr::OverTowns(lane) => format!("sum over towns({})", lane_name(plan, *lane)),
        Expr::Power(base, exponent) => format!("({} ^ {})", say(base), say(exponent)),
        Expr::Of(lane, from) => format!("of another town({}, {})", lane_name(plan, *lane), ways(from)),
    }
}

/// From which town to which, by their places in the plan.
fn ways(from: &[Option<usize>]) -> String {
    let ways = from.iter().enumerate().filter_map(|(to, from)| from.map(|from| format!("{from} to {to}")));
    ways.collect::<Vec<_>>().join(", ")
}
