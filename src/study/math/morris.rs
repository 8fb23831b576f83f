//! Morris screening 莫里斯筛选法: which of many inputs matter at all, from few runs.
//!
//! M. D. Morris, Technometrics 33 (1991) 161–174; μ* of F. Campolongo, J. Cariboni, A. Saltelli (2007). A trajectory starts at a random point of
//! a grid of p levels and moves every input once, in random order, by p/2 levels. Each move is an elementary effect of its input.

use super::bootstrap::{Bootstrap, Estimate, deviation, mean};
use super::fault::{Fault, MOST_INPUTS, finite};
use super::permutation::shuffled;
use super::uniform::Draws;

/// Where level l of p stands between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    /// l/(p − 1), from 0 to 1: for bounded inputs. As SALib; a move is p/(2(p − 1)).
    Edges,
    /// (l + ½)/p, strictly inside: for inputs whose quantiles at 0 and 1 are infinite, such as normals. A move is ½.
    Middles,
}

/// A Morris design: r trajectories of D + 1 points each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Morris {
    trajectories: u64,
    inputs: u32,
    levels: u32,
    spacing: Spacing,
    draws: Draws,
    stream: u32,
}

impl Morris {
    /// `trajectories` (10 to 50 are usual) over `inputs` inputs with `levels` levels p (even; 4 is usual). Uses streams `stream` and `stream + 1`.
    ///
    /// # Errors
    /// No trajectory or input; p odd or 0; more points than 2^64 − 1, or inputs than 2^20.
    pub fn new(trajectories: u64, inputs: u32, levels: u32, spacing: Spacing, draws: Draws, stream: u32) -> Result<Self, Fault> {
        if trajectories == 0 || inputs == 0 {
            return Err(Fault::Empty("trajectories or inputs"));
        }
        if levels == 0 || levels % 2 == 1 {
            return Err(Fault::OutOfRange("an even number of levels"));
        }
        if inputs > MOST_INPUTS || trajectories.checked_mul(u64::from(inputs) + 1).is_none() {
            return Err(Fault::TooMany("points or inputs"));
        }
        Ok(Self { trajectories, inputs, levels, spacing, draws, stream })
    }

    /// Points a trajectory: D + 1.
    const fn length(&self) -> u64 {
        self.inputs as u64 + 1
    }

    /// Points of the design: r·(D + 1).
    #[must_use]
    pub const fn points(&self) -> u64 {
        self.trajectories * self.length()
    }

    /// The step Δ between the two values of an input in a trajectory, in units of its range of 0 to 1.
    #[must_use]
    pub fn delta(&self) -> f64 {
        self.unit(self.levels / 2) - self.unit(0)
    }

    fn unit(&self, level: u32) -> f64 {
        match self.spacing {
            Spacing::Edges => f64::from(level) / f64::from(self.levels - 1),
            Spacing::Middles => (f64::from(level) + 0.5) / f64::from(self.levels),
        }
    }

    /// The levels of the inputs at point `number`, from 0; `None` past the last point.
    #[must_use]
    pub fn levels(&self, number: u64) -> Option<Vec<u32>> {
        if number >= self.points() {
            return None;
        }
        let (trajectory, step) = (number / self.length(), (number % self.length()) as usize);
        let mut levels: Vec<u32> = (0..self.inputs).map(|input| self.start(trajectory, input)).collect();
        for input in self.order(trajectory).into_iter().take(step) {
            let half = self.levels / 2;
            levels[input] = if levels[input] < half { levels[input] + half } else { levels[input] - half };
        }
        Some(levels)
    }

    /// The point between 0 and 1, an entry an input; `None` past the last point.
    #[must_use]
    pub fn point(&self, number: u64) -> Option<Vec<f64>> {
        Some(self.levels(number)?.into_iter().map(|level| self.unit(level)).collect())
    }

    /// The level at which an input starts: any. From the lower half it moves up, from the upper down.
    fn start(&self, trajectory: u64, input: u32) -> u32 {
        self.draws.below(u64::from(self.levels), self.stream, trajectory, input) as u32
    }

    /// The order in which the inputs of a trajectory move.
    fn order(&self, trajectory: u64) -> Vec<usize> {
        shuffled(self.inputs as usize, self.draws, self.stream.wrapping_add(1), trajectory)
    }

    /// The elementary effects 基本效应, an entry an input, each with one effect a trajectory: (result above − result below) / Δ.
    ///
    /// # Errors
    /// Another number of results than points; a result that is not finite.
    pub fn elementary_effects(&self, results: &[f64]) -> Result<Vec<Vec<f64>>, Fault> {
        if results.len() as u64 != self.points() {
            return Err(Fault::Lengths { what: "results", expected: u128::from(self.points()), found: results.len() as u128 });
        }
        finite(results, "a result")?;
        let mut effects = vec![Vec::new(); self.inputs as usize];
        for (trajectory, results) in (0..).zip(results.chunks_exact(self.length() as usize)) {
            for (input, pair) in self.order(trajectory).into_iter().zip(results.windows(2)) {
                let up = self.start(trajectory, input as u32) < self.levels / 2;
                let (below, above) = if up { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
                effects[input].push((above - below) / self.delta());
            }
        }
        Ok(effects)
    }

    /// μ, μ* and σ of every input, as `morris.analyze` of SALib computes them.
    ///
    /// # Errors
    /// As [`Morris::elementary_effects`].
    pub fn analyse(&self, results: &[f64], bootstrap: Bootstrap) -> Result<Vec<Effect>, Fault> {
        Ok(self.elementary_effects(results)?.iter().map(|effects| Effect::of(effects, bootstrap)).collect())
    }
}

/// What Morris says of one input, in units of the result per full range of the input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// μ: the mean effect 平均效应. Near 0 where effects of both signs cancel.
    pub mu: f64,
    /// μ*: the mean of absolute effects 平均绝对效应, by which inputs are ranked, with its 95 % bootstrap interval.
    pub mu_star: Estimate,
    /// σ: the standard deviation of effects (n − 1): interaction or curvature 交互或非线性; 0 with one trajectory.
    pub sigma: f64,
}

impl Effect {
    /// From the elementary effects of one input.
    #[must_use]
    pub fn of(effects: &[f64], bootstrap: Bootstrap) -> Self {
        let sizes: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
        let resample = |number| mean(&bootstrap.resample(number, sizes.len()).map(|i| sizes[i]).collect::<Vec<_>>());
        let resampled: Vec<f64> = (0..bootstrap.resamples).map(resample).collect();
        Self { mu: mean(effects), mu_star: Estimate::new(mean(&sizes), &resampled), sigma: deviation(effects) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOTSTRAP: Bootstrap = Bootstrap { draws: Draws::new(1), stream: 99, resamples: 1_000 };

    fn results(design: Morris, model: impl Fn(&[f64]) -> f64) -> Vec<f64> {
        (0..design.points()).map(|number| model(&design.point(number).unwrap())).collect()
    }

    #[test]
    fn a_trajectory_moves_every_input_once_by_delta() {
        for (spacing, delta) in [(Spacing::Edges, 2.0 / 3.0), (Spacing::Middles, 0.5)] {
            let design = Morris::new(20, 5, 4, spacing, Draws::new(8), 0).unwrap();
            assert!((design.delta() - delta).abs() < 1e-15);
            for trajectory in 0..20 {
                let points: Vec<Vec<f64>> = (0..6).map(|step| design.point(trajectory * 6 + step).unwrap()).collect();
                let moved = |pair: &[Vec<f64>]| (0..5).filter(|d| (pair[0][*d] - pair[1][*d]).abs() > 1e-9).collect::<Vec<_>>();
                let mut inputs: Vec<usize> = points.windows(2).flat_map(moved).collect();
                inputs.sort_unstable();
                assert_eq!(inputs, [0, 1, 2, 3, 4]);
                assert!(points.windows(2).all(|pair| (0..5).all(|d| [0.0, delta].iter().any(|m| ((pair[0][d] - pair[1][d]).abs() - m).abs() < 1e-12))));
            }
        }
    }

    /// A straight line has the same effect everywhere; a product has effects that vary.
    #[test]
    fn effects_of_a_straight_line_are_its_slopes() {
        let design = Morris::new(10, 3, 6, Spacing::Edges, Draws::new(3), 0).unwrap();
        let effects = design.analyse(&results(design, |x| 2.0 * x[0] - 5.0 * x[1] + 1.0), BOOTSTRAP).unwrap();
        for (effect, (mu, star)) in effects.iter().zip([(2.0, 2.0), (-5.0, 5.0), (0.0, 0.0)]) {
            assert!((effect.mu - mu).abs() < 1e-12 && (effect.mu_star.value - star).abs() < 1e-12 && effect.sigma < 1e-12, "{effect:?}");
            assert!(effect.mu_star.half_width < 1e-12);
        }
        let product = design.analyse(&results(design, |x| x[0] * x[1]), BOOTSTRAP).unwrap();
        assert!(product[0].sigma > 0.1 && product[2].sigma == 0.0);
    }

    /// `morris.analyze(problem, X, Y, num_levels=4, seed=1, num_resamples=2000)` of SALib 1.6.0 with NumPy 2.4.6, Python 3.11, for this design and the
    /// Ishigami function on the unit cube.
    #[test]
    fn effects_are_those_of_salib() {
        let ishigami = |unit: &[f64]| {
            let x: Vec<f64> = unit.iter().map(|u| (2.0 * u - 1.0) * std::f64::consts::PI).collect();
            let square = x[2] * x[2];
            libm::sin(x[0]) + 7.0 * libm::sin(x[1]) * libm::sin(x[1]) + 0.1 * square * square * libm::sin(x[0])
        };
        let design = Morris::new(30, 3, 4, Spacing::Edges, Draws::new(21), 6).unwrap();
        let effects = design.analyse(&results(design, ishigami), BOOTSTRAP).unwrap();
        let known = [
            (9.370_399_739_148_606, 9.370_399_739_148_606, 6.125_476_335_360_364, 2.103_6),
            (-1.050_000_000_000_002_5, 7.875, 7.938_109_194_651_26, 0.0),
            (1.666_345_627_555_498_2, 5.832_209_696_444_244, 8.516_426_563_601_996, 2.235_9),
        ];
        for (effect, (mu, star, sigma, width)) in effects.iter().zip(known) {
            let found = [effect.mu - mu, effect.mu_star.value - star, effect.sigma - sigma];
            assert!(found.iter().all(|difference| difference.abs() < 1e-12), "{effect:?}");
            assert!((effect.mu_star.half_width - width).abs() <= 0.1 * width + 1e-12, "{effect:?}");
        }
    }

    #[test]
    fn what_cannot_be_screened_is_a_fault() {
        let of = |trajectories, inputs, levels| Morris::new(trajectories, inputs, levels, Spacing::Edges, Draws::new(1), 0);
        assert!(matches!((of(0, 1, 4), of(1, 0, 4)), (Err(Fault::Empty(_)), Err(Fault::Empty(_)))));
        assert!(matches!((of(1, 1, 3), of(1, 1, 0)), (Err(Fault::OutOfRange(_)), Err(Fault::OutOfRange(_)))));
        assert!(matches!((of(u64::MAX, 1, 4), of(1, u32::MAX, 4)), (Err(Fault::TooMany(_)), Err(Fault::TooMany(_)))));
        let design = of(1, 2, u32::MAX - 1).unwrap();
        assert_eq!((design.points(), design.point(3)), (3, None));
        assert!((0..3).all(|number| design.point(number).is_some_and(|point| point.len() == 2)));
        assert!(matches!(design.analyse(&[1.0], BOOTSTRAP), Err(Fault::Lengths { .. })));
        assert!(matches!(design.analyse(&[1.0, 2.0, f64::NAN], BOOTSTRAP), Err(Fault::NotFinite(_))));
        assert_eq!(design.analyse(&[1.0, 2.0, 3.0], BOOTSTRAP).unwrap()[0].sigma, 0.0);
    }
}
