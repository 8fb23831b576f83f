//! What a projection costs: `cargo bench`. Medians of several runs; figures are kept in `docs/performance.md`.

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::time::Instant;

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

fn main() {
    println!("what                                                        median");
    let folder = common::mengyang();
    println!(
        "read, check, compile 濛阳镇                              {:>8.2} ms",
        1e3 * median(15, || {
            black_box(fencheng::compile::compile(&common::scenario(&folder, Some("pilot-reform"), &[])).unwrap());
        })
    );
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
