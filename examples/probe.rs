//! probe
use fencheng::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let l = load::load(&load::Request { scenario: a[1].clone().into(), variant: a.get(2).filter(|v| !v.is_empty()).cloned(), set: a[3.min(a.len())..].to_vec() });
    let (s, p) = check::check("x", &l);
    print!("{}", diag::render::render(&p, &l.files, base::lang::Lang::Zh, false));
    let Some(s) = s else { return };
    let c = match compile::compile(&s) {
        Ok(c) => c,
        Err(p) => {
            print!("{}", diag::render::render(&p, &l.files, base::lang::Lang::Zh, false));
            return;
        }
    };
    println!("lanes {} ops {} tables {}", c.plan.lanes.len(), c.plan.ops.len(), c.plan.tables.len());
    let o = match engine::project(&c.plan) {
        Ok(o) => o,
        Err(e) => {
            println!("{e:?}");
            return;
        }
    };
    for y in 0..c.plan.years {
        let r = c.accounts.retained.unwrap();
        let u = c.accounts.purse.unwrap();
        let f = |l| o.fen(l, y, 0) as f64 / 1e6;
        println!(
            "{} ret {:.6} tax {:.4} land {:.4} fee {:.4} tr {:.4} oth {:.4} rec {:.2} av {:.4} plan {:.2} paid {:.4} gap {:.4}",
            c.plan.first_year + y as i32,
            f(r.all),
            f(r.tax),
            f(r.land),
            f(r.fee),
            f(r.transfer),
            f(r.other),
            f(u.recurrent),
            f(u.available),
            f(c.plan.projects.planned),
            f(c.plan.projects.paid),
            f(c.plan.projects.unpaid)
        );
    }
}
