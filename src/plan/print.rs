//! The plan as text: every operation as a formula over named lanes, for reviewers who do not read code.

use std::fmt::Write;

use super::expr::Expr;
use super::{Lane, Op, Plan};

/// All operations, one formula a line, in the order they are computed.
#[must_use]
pub fn print(plan: &Plan) -> String {
    let mut text = String::new();
    for op in &plan.ops {
        if *op == Op::Projects {
            text.push_str("projects: pay earmarked money, then single-book projects, then the others\n");
        }
        for (lane, expr) in op.exprs() {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{} = {}", lane_name(plan, lane), formula(plan, &expr));
        }
    }
    text
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
    }
}
