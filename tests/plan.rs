//! The plan's four faces agree: every operation's formula, evaluated on its own, gives the kernel's bits; threads do not matter.

use std::path::{Path, PathBuf};

use fencheng::engine::{Outcome, project};
use fencheng::load::{self, Request};
use fencheng::plan::{Domain, Lane, Plan, expr::Expr};

fn compiled(variant: Option<&str>) -> fencheng::compile::Compiled {
    compiled_in(&mengyang(), variant)
}

fn mengyang() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/mengyang")
}

fn compiled_in(folder: &Path, variant: Option<&str>) -> fencheng::compile::Compiled {
    let folder = folder.to_owned();
    let loaded = load::load(&Request { scenario: folder, variants: load::stack(variant), set: Vec::new() });
    let (scenario, _) = fencheng::check::check("a", &loaded);
    fencheng::compile::compile(&scenario.expect("the scenario is sound")).expect("it compiles")
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
            Expr::Power(base, exponent) => libm::pow(self.eval(base), self.eval(exponent)),
            Expr::Of(lane, from) => from[self.place].map_or(0.0, |town| self.outcome.at(*lane, self.year, town)),
            Expr::OverTowns(lane) => self.plan.counties[self.place].clone().map(|t| self.outcome.at(*lane, self.year, t)).sum(),
        }
    }
}

#[test]
fn every_formula_gives_the_kernel_s_bits() {
    let variants = load::variants(&mengyang());
    assert!(variants.len() >= 5, "{variants:?}");
    for variant in std::iter::once(None).chain(variants.iter().map(|v| Some(v.as_str()))) {
        formulas_hold(&compiled(variant).plan, &format!("{variant:?}"));
    }
}

/// Whatever mengyang has not: every worked case.
#[test]
fn every_formula_of_the_worked_cases_gives_the_kernel_s_bits() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/worked");
    let cases = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    for case in cases {
        formulas_hold(&compiled_in(&case, None).plan, &case.display().to_string());
    }
}

fn formulas_hold(plan: &Plan, which: &str) {
    let outcome = project(plan).expect("it runs");
    for op in &plan.ops {
        for (lane, expr) in op.exprs() {
            let places = if plan.lane(lane).domain == Domain::Town { plan.towns } else { plan.counties.len() };
            for year in 0..plan.years {
                for place in 0..places {
                    let (formula, kernel) = (At { plan, outcome: &outcome, year, place }.eval(&expr), outcome.at(lane, year, place));
                    // 0 and −0 are the same amount.
                    assert!(formula == kernel, "{} {which} year {year}: formula {formula}, kernel {kernel}", plan.lane(lane).name);
                }
            }
        }
    }
}

/// Two counties of 70 towns each would be two blocks; a firm that moves from one to the other makes them one.
#[test]
fn what_passes_between_counties_is_computed_together() {
    let folder = tempfile::tempdir().unwrap();
    let towns: String = (0..140).map(|n| format!("镇{n},{},100\n", if n < 70 { "东县" } else { "西县" })).collect();
    std::fs::write(folder.path().join("towns.csv"), format!("镇,县,增值税\n{towns}")).unwrap();
    let scenario = r#"
scenario = { format = 1, name = "两县", first_year = 2014, last_year = 2015, base_year = 2014, money_unit = "万元", grade = "D" }
towns.file = "towns.csv"
source.vat = { name = "增值税", kind = "driven", class = "tax", book = "general" }
agreement.a = { name = "全留", towns = "all", from = 2014, vat = { of = ["vat"], form = "full" } }
"#;
    let gross = |moves: &str| {
        std::fs::write(folder.path().join("scenario.toml"), format!("{scenario}{moves}")).unwrap();
        let compiled = compiled_in(folder.path(), None);
        let outcome = project(&compiled.plan).expect("it runs");
        let lane = compiled.accounts.sources[0].gross;
        (compiled.plan.one_block, [0, 69, 70, 139].map(|town| outcome.fen(lane, 1, town)))
    };
    let wan = 1_000_000;
    assert_eq!(gross(""), (false, [100 * wan; 4]));
    let within = r#"move.m = { name = "迁", of = "vat", from = "镇0", to = "镇69", amount = "30万元" }"#;
    assert_eq!(gross(within), (false, [70 * wan, 130 * wan, 100 * wan, 100 * wan]));
    let across = r#"move.m = { name = "迁", of = "vat", from = "镇0", to = "镇139", amount = "30万元" }"#;
    assert_eq!(gross(across), (true, [70 * wan, 100 * wan, 100 * wan, 130 * wan]));
}

#[test]
fn the_print_out_names_what_it_computes() {
    let text = fencheng::plan::print::print(&compiled(None).plan);
    let line = text.lines().find(|l| l.starts_with("agreement.ordinary.tax/excess_to_county =")).expect("the county's part of the excess");
    assert_eq!(line, "agreement.ordinary.tax/excess_to_county = round(agreement.ordinary.tax/excess * [agreement.ordinary.tax.excess_share])");
}
