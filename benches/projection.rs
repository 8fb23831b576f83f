//! What a projection costs: `cargo bench`. Medians of several runs; figures are kept in `docs/performance.md`.

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::time::Instant;

use fencheng::stages::pool::{Claim, Rounding, share};

/// The median duration of one call in seconds.
fn median(runs: usize, mut work: impl FnMut()) -> f64 {
    work();
    let mut seconds: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds[runs / 2]
}

/// Towns with needs of up to 5,000 万元 and, if asked, a floor for every third and a cap for every second.
fn claims(towns: i128, limits: bool) -> Vec<Claim> {
    let gap = |n: i128| (n * 7_919 + 104_729) % 5_003 * 100_003;
    let claim = |n: i128| Claim {
        weight: gap(n),
        low: if limits && n % 3 == 0 { 90_000_000 } else { 0 },
        high: if limits && n % 2 == 0 { 40_000_000 + gap(n) / 4 } else { i128::MAX },
    };
    (0..towns).map(claim).collect()
}

/// What it costs to share one pool.
fn pools() {
    let rank: Vec<u32> = (0..304).rev().collect();
    for (what, limits) in [("no limits", false), ("floors and caps", true)] {
        let claims = claims(304, limits);
        for (residue, largest_remainder) in [("payer", false), ("largest remainders", true)] {
            let rounding = Rounding { unit: 100, largest_remainder };
            let seconds = median(201, || {
                black_box(share(black_box(40_000_000_000), &claims, &rank, rounding)).unwrap();
            });
            println!("pool of 304 towns, {what:<15}, residue to {residue:<18} {:>8.2} µs  {:>7.0} ns a town", 1e6 * seconds, 1e9 * seconds / 304.0);
        }
    }
}

fn main() {
    println!("what                                                        median");
    let folder = common::mengyang();
    println!(
        "read, check, compile 濛阳镇                              {:>8.2} ms",
        1e3 * median(15, || {
            black_box(fencheng::compile::compile(&common::scenario(&folder, Some("pilot-reform"), &[])).unwrap());
        })
    );
    pools();
    for towns in [1, 30, 300, 3_000] {
        let folder = tempfile::tempdir().unwrap();
        common::many_towns(folder.path(), towns, 30);
        let scenario = common::scenario(folder.path(), None, &[]);
        let compiled = fencheng::compile::compile(&scenario).unwrap();
        for threads in [1, 2] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let seconds = median(15, || {
                black_box(pool.install(|| fencheng::engine::project(&compiled.plan)).unwrap());
            });
            let years = (towns * compiled.plan.years) as f64;
            println!(
                "{towns:>5} towns x {} years, {} ops, {threads} thread(s), all lanes kept {:>8.2} ms  {:>7.0} ns a town-year",
                compiled.plan.years,
                compiled.plan.ops.len(),
                1e3 * seconds,
                1e9 * seconds / years
            );
        }
    }
}
