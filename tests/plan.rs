//! The plan's four faces agree: every operation's formula, evaluated on its own, gives the kernel's bits; threads do not matter.

use std::path::Path;

use fencheng::engine::{Outcome, project};
use fencheng::load::{self, Request};
use fencheng::plan::{Domain, Lane, Plan, expr::Expr};

fn compiled(variant: Option<&str>) -> fencheng::compile::Compiled {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/mengyang");
    let loaded = load::load(&Request { scenario: folder, variant: variant.map(str::to_owned), set: Vec::new() });
    let (scenario, _) = fencheng::check::check("mengyang", &loaded);
    fencheng::compile::compile(&scenario.expect("the bundled scenario is sound")).expect("it compiles")
}

/// Half away from zero, by the library: written apart from the kernel's own.
fn round(x: f64) -> f64 {
    (x.abs() + 0.5).floor().copysign(x)
}

struct At<'a> {
    plan: &'a Plan,
    outcome: &'a Outcome,
    year: usize,
    place: usize,
}

impl At<'_> {
    fn lane(&self, lane: Lane, year: usize) -> f64 {
        self.outcome.at(lane, year, self.place)
    }

    fn eval(&self, expr: &Expr) -> f64 {
        match expr {
            Expr::Lane(lane) => self.lane(*lane, self.year),
            Expr::Before(lane, lag, opening) => {
                if self.year < *lag {
                    self.eval(opening)
                } else {
                    self.lane(*lane, self.year - lag)
                }
            }
            Expr::Table(id) => self.plan.tables[id.0 as usize].at(self.year, self.place),
            Expr::Number(number) => *number,
            Expr::Sum(plus, minus) => {
                let sum = |all: &[Expr]| all.iter().map(|e| self.eval(e)).sum::<f64>();
                sum(plus) - sum(minus)
            }
            Expr::Product(factors) => factors.iter().map(|f| self.eval(f)).reduce(|a, b| a * b).unwrap_or(1.0),
            Expr::Quotient(a, b, none) => {
                if self.eval(b) == 0.0 {
                    self.eval(none)
                } else {
                    self.eval(a) / self.eval(b)
                }
            }
            Expr::Round(inner) => round(self.eval(inner)),
            Expr::Min(a, b) => self.eval(a).min(self.eval(b)),
            Expr::Max(a, b) => self.eval(a).max(self.eval(b)),
            Expr::If(a, b, yes, no) => {
                if self.eval(a) > self.eval(b) {
                    self.eval(yes)
                } else {
                    self.eval(no)
                }
            }
            Expr::OverTowns(lane) => self.plan.counties[self.place].clone().map(|t| self.outcome.at(*lane, self.year, t)).sum(),
        }
    }
}

#[test]
fn every_formula_gives_the_kernel_s_bits() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/mengyang");
    let variants = load::variants(&folder);
    assert!(variants.len() >= 5, "{variants:?}");
    for variant in std::iter::once(None).chain(variants.iter().map(|v| Some(v.as_str()))) {
        let compiled = compiled(variant);
        let (plan, outcome) = (&compiled.plan, project(&compiled.plan).expect("it runs"));
        for op in &plan.ops {
            for (lane, expr) in op.exprs() {
                let places = if plan.lane(lane).domain == Domain::Town { plan.towns } else { plan.counties.len() };
                for year in 0..plan.years {
                    for place in 0..places {
                        let (formula, kernel) = (At { plan, outcome: &outcome, year, place }.eval(&expr), outcome.at(lane, year, place));
                        // 0 and −0 are the same amount.
                        assert!(formula == kernel, "{} {variant:?} year {year}: formula {formula}, kernel {kernel}", plan.lane(lane).name);
                    }
                }
            }
        }
    }
}

#[test]
fn the_print_out_names_what_it_computes() {
    let text = fencheng::plan::print::print(&compiled(None).plan);
    let line = text.lines().find(|l| l.starts_with("agreement.ordinary.tax/excess_to_county =")).expect("the county's part of the excess");
    assert_eq!(line, "agreement.ordinary.tax/excess_to_county = round(agreement.ordinary.tax/excess * [agreement.ordinary.tax.excess_share])");
}
