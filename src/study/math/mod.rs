//! The mathematics of studies 研究方法: designs of points, distributions, and what many results say together.
//!
//! Pure functions without files, clock, threads or printing. Every draw is a function of its seed, stream, point and component, and
//! every sum has a fixed order: the same bits on every machine, whoever computes which part. `docs/decisions/0008-studies.md` says
//! why these methods and not others.

pub mod bootstrap;
pub mod correlation;
pub mod distribution;
pub mod fault;
pub mod grid;
pub mod indices;
pub mod latin;
pub mod morris;
pub mod normal;
pub mod permutation;
pub mod prim;
pub mod quantile;
pub mod shapley;
pub mod sobol;
pub mod uniform;

pub use fault::Fault;

#[cfg(test)]
mod tests {
    use super::{correlation, distribution::Distribution, latin::Latin, sobol::Sobol, uniform};

    /// All bits of a few thousand values of every kind, folded into one number. It may change only with the format of studies.
    #[test]
    fn the_same_bits_on_every_machine() {
        let draws = uniform::Draws::new(20_170_730);
        let (latin, sobol) = (Latin::new(1_000, 3, draws, 1).unwrap(), Sobol::new(3, draws, 2).unwrap());
        let kinds = [Distribution::normal(0.0, 0.208), Distribution::lognormal(0.0, 0.5), Distribution::triangular(1.0, 1.1, 1.4)].map(Result::unwrap);
        let copula = correlation::Copula::new(&[vec![1.0, 0.5, 0.2], vec![0.5, 1.0, 0.4], vec![0.2, 0.4, 1.0]], kinds.to_vec()).unwrap();
        let mut fold = 0_u64;
        let mut take = |value: f64| fold = uniform::split_mix(fold ^ value.to_bits(), 1);
        for point in 0..1_000 {
            let uniforms: Vec<f64> = (0..3).map(|d| sobol.value(point, d).unwrap()).collect();
            (0..3).for_each(|d| take(kinds[d as usize].quantile(latin.value(point, d).unwrap()).unwrap()));
            copula.values(&uniforms).unwrap().into_iter().for_each(&mut take);
            correlation::autoregressive(0.3, &uniforms).unwrap().into_iter().for_each(&mut take);
        }
        assert_eq!(fold, 5_971_611_111_906_040_887);
    }
}
