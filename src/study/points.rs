//! Which points a study has: point n is known without the points before it, so that shards and resumed runs agree.

use rayon::prelude::*;

use super::correlated::Correlated;
use super::crossed::Crossed;
use super::ends;
use super::inputs::{Chosen, Drawn, Input};
use super::math::{
    correlation::autoregressive,
    grid::{Grid, Levels},
    latin::Latin,
    normal::normal_quantile,
    sobol::{MOST_DIMENSIONS, Sobol},
    uniform::Draws,
};
use super::value::Target;
use super::wrong::Wrong;
use crate::base::amount::MoneyUnit;
use crate::diag::Code;
use crate::kernel::round;
use crate::scenario::study::Acts;

/// How the uniform numbers behind draws are chosen.
#[derive(Clone, Debug)]
enum Sampler {
    /// None: a grid.
    Grid,
    /// Independent draws.
    MonteCarlo,
    /// Latin hypercube.
    Latin(Latin),
    /// Sobol' sequence.
    Sobol(Sobol),
}

/// The design that moves one input after the other.
const ONE_AT_A_TIME: &str = "one_at_a_time";
/// Designs, by their word.
pub const DESIGNS: [&str; 5] = ["grid", ONE_AT_A_TIME, "latin", "sobol", "monte_carlo"];

/// How points stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Laid {
    /// A base, and each input alone at its other levels.
    OneAtATime,
    /// So many inputs, from the first, in every combination; the others are drawn for each.
    Crossed(usize),
    /// All inputs are drawn.
    Drawn,
}

/// What a study asks for.
#[derive(Clone, Debug)]
pub struct Design {
    /// One of [`DESIGNS`].
    pub kind: String,
    /// How many draws.
    pub draws: u64,
    /// Seed.
    pub seed: u64,
    /// Levers are drawn with the uncertainties instead of crossed.
    pub paired: bool,
    /// Correlations of inputs by key, in millionths.
    pub correlation: Vec<(String, i64)>,
}

/// All points of a study.
#[derive(Clone, Debug)]
pub struct Points {
    /// The inputs: levers first.
    pub inputs: Vec<Input>,
    /// Lever combinations, crossed with the draws; `None` where nothing is crossed.
    grid: Option<Grid>,
    /// How many inputs, from the first, the grid fills.
    gridded: usize,
    draws: u64,
    seed: Draws,
    sampler: Sampler,
    /// Which inputs are correlated, and how.
    correlated: Option<Correlated>,
}

impl Points {
    /// The points of a design over inputs.
    ///
    /// # Errors
    /// Too many points, a grid over what has no step, correlations that contradict each other.
    pub fn new(inputs: Vec<Input>, design: &Design) -> Result<Self, Wrong> {
        apart(&inputs)?;
        let seed = Draws::new(design.seed);
        let sampled = matches!(design.kind.as_str(), "latin" | "sobol" | "monte_carlo");
        let levers = inputs.iter().filter(|input| !matches!(input.chosen, Chosen::Drawn(_))).count();
        let one_by_one = design.kind == ONE_AT_A_TIME;
        if !sampled && !one_by_one && levers < inputs.len() {
            return Err(Wrong::coded(
                Code::E732,
                &design.kind,
                "不确定因素要抽样：design 用 latin、sobol 或 monte_carlo；只看两端用 one_at_a_time",
                "uncertainties are drawn: use the design latin, sobol or monte_carlo, or one_at_a_time for their ends",
            ));
        }
        if sampled && design.draws == 0 {
            return Err(Wrong::coded(Code::E732, "points", "至少抽一次", "draw at least once"));
        }
        let gridded = match one_by_one {
            true => inputs.len(),
            false if sampled && (design.paired || levers == inputs.len()) => 0,
            false => levers,
        };
        let grid = if gridded == 0 { None } else { Some(grid(&inputs[..gridded], &design.kind)?) };
        let components: usize = inputs[gridded..].iter().map(Input::width).sum();
        let dimensions = u32::try_from(components).map_err(|_| Wrong::coded(Code::E732, "points", "输入太多", "too many inputs"))?;
        let fault = |fault| Wrong::of(&design.kind, fault);
        let sampler = match design.kind.as_str() {
            "latin" => Sampler::Latin(Latin::new(design.draws, dimensions, seed, 0).map_err(fault)?),
            "sobol" if dimensions > MOST_DIMENSIONS => {
                let (zh, en) = (
                    format!("要抽 {dimensions} 个数，Sobol' 序列至多 {MOST_DIMENSIONS} 维；用 latin 或 monte_carlo"),
                    format!("{dimensions} numbers are drawn, and a Sobol' sequence has {MOST_DIMENSIONS} dimensions at most: use latin or monte_carlo"),
                );
                return Err(Wrong::coded(Code::E732, &design.kind, zh, en));
            }
            "sobol" => Sampler::Sobol(Sobol::new(dimensions, seed, 0).map_err(fault)?),
            "monte_carlo" => Sampler::MonteCarlo,
            _ => Sampler::Grid,
        };
        let draws = if sampled { design.draws } else { 1 };
        let correlated = Correlated::of(&inputs, &design.correlation)?;
        let points = Self { inputs, grid, gridded, draws, seed, sampler, correlated };
        points.counted()?;
        Ok(points)
    }

    fn counted(&self) -> Result<u64, Wrong> {
        let crossed = self.grid.as_ref().map_or(1, Grid::points).checked_mul(u128::from(self.draws));
        let most = crate::scenario::study::MOST_POINTS;
        let few = crossed.and_then(|count| u64::try_from(count).ok()).filter(|count| i64::try_from(*count).is_ok_and(|count| count <= most));
        few.ok_or_else(|| {
            let count = crossed.map_or_else(|| "10^38+".to_owned(), |count| count.to_string());
            Wrong::coded(Code::E732, "points", format!("共 {count} 个点，超过 {most}"), format!("{count} points, more than {most}"))
        })
    }

    /// How many points.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counted().unwrap_or(0)
    }

    /// How points stand to each other.
    #[must_use]
    pub fn laid(&self) -> Laid {
        match &self.grid {
            None => Laid::Drawn,
            Some(grid) if grid.is_one_at_a_time() => Laid::OneAtATime,
            Some(_) => Laid::Crossed(self.gridded),
        }
    }

    /// How many numbers, from the first, are those of levers crossed with draws; 0 where no policy is mixed with another.
    #[must_use]
    pub fn mixed(&self) -> usize {
        match self.laid() {
            Laid::Crossed(inputs) if self.draws > 1 => self.inputs[..inputs].iter().map(Input::width).sum(),
            _ => 0,
        }
    }

    /// The policies draws are crossed with, their values written in a unit of money.
    #[must_use]
    pub fn crossed(&self, unit: MoneyUnit) -> Crossed {
        let (numbers, targets) = (self.mixed(), self.targets());
        if numbers == 0 {
            return Crossed { draws: self.count(), combinations: vec![String::new()] };
        }
        let text = |combination: u64| {
            let mut fields = Vec::new();
            for (target, value) in targets[..numbers].iter().zip(self.point(combination * self.draws)) {
                target.print(value, unit, &mut fields);
                fields.push(b',');
            }
            String::from_utf8_lossy(&fields).into_owned()
        };
        Crossed { draws: self.draws, combinations: (0..self.count() / self.draws).map(text).collect() }
    }

    /// What the numbers of a point set.
    #[must_use]
    pub fn targets(&self) -> Vec<Target> {
        self.inputs.iter().flat_map(|input| input.targets.clone()).collect()
    }

    /// The columns of the inputs.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        self.inputs.iter().flat_map(Input::columns).collect()
    }

    /// The lowest and highest value of every number over all points; a crossed lever's are its own.
    #[must_use]
    pub fn ranges(&self) -> Vec<(i64, i64)> {
        let none = || vec![(i64::MAX, i64::MIN); self.targets().len()];
        let wider = |mut ranges: Vec<(i64, i64)>, other: Vec<(i64, i64)>| {
            ranges.iter_mut().zip(other).for_each(|(range, (low, high))| *range = (range.0.min(low), range.1.max(high)));
            ranges
        };
        let see = |ranges: Vec<(i64, i64)>, point: u64| wider(ranges, self.point(point).into_iter().map(|v| (v, v)).collect());
        // Draws repeat for every lever combination, and lever combinations for every draw.
        let draws = (0..self.draws).into_par_iter().fold(none, see).reduce(none, wider);
        let combinations = self.grid.as_ref().map_or(0, |grid| u64::try_from(grid.points()).unwrap_or(0));
        let levers = (0..combinations).into_par_iter().map(|at| at * self.draws).fold(none, see).reduce(none, wider);
        wider(draws, levers)
    }

    /// The numbers of a point.
    #[must_use]
    pub fn point(&self, n: u64) -> Vec<i64> {
        let (combination, draw) = (n / self.draws, n % self.draws);
        let levels = self.grid.as_ref().and_then(|grid| grid.point(u128::from(combination))).unwrap_or_default();
        let mut values: Vec<i64> = self.inputs.iter().zip(levels).flat_map(|(input, level)| input.at(level)).collect();
        let scores = self.scores(draw);
        let mut component = 0;
        for (order, input) in self.inputs.iter().enumerate().skip(self.gridded) {
            let uniforms: Vec<f64> = (component..component + input.width()).map(|c| self.uniform(draw, c)).collect();
            component += input.width();
            match &input.chosen {
                Chosen::Drawn(drawn) => values.extend(drawn.values(&scores[order])),
                _ => values.extend(input.values(&uniforms)),
            }
        }
        values
    }

    /// The standard normal scores of every drawn input, correlated with each other and from year to year.
    fn scores(&self, draw: u64) -> Vec<Vec<f64>> {
        let mut component = 0;
        let mut scores: Vec<Vec<f64>> = vec![Vec::new(); self.inputs.len()];
        for (order, input) in self.inputs.iter().enumerate().skip(self.gridded) {
            if matches!(input.chosen, Chosen::Drawn(_)) {
                scores[order] = (component..component + input.width()).map(|c| normal_quantile(self.uniform(draw, c))).collect();
            }
            component += input.width();
        }
        if let Some(correlated) = &self.correlated {
            correlated.correlate(&mut scores);
        }
        scores
    }

    fn uniform(&self, draw: u64, component: usize) -> f64 {
        let dimension = u32::try_from(component).unwrap_or(u32::MAX);
        let value = match &self.sampler {
            Sampler::Latin(latin) => latin.value(draw, dimension),
            Sampler::Sobol(sobol) => sobol.value(draw, dimension),
            Sampler::MonteCarlo | Sampler::Grid => Some(self.seed.uniform(0, draw, dimension)),
        };
        value.unwrap_or(0.5)
    }
}

impl Input {
    /// Its numbers from uniform ones, one a number: a level each as likely as the others, a range evenly, a distribution by its quantile.
    #[must_use]
    pub fn values(&self, uniforms: &[f64]) -> Vec<i64> {
        let first = uniforms.first().copied().unwrap_or(0.5);
        match &self.chosen {
            Chosen::Levels(levels) => vec![level(levels, first)],
            Chosen::Between(low, high) => vec![between(*low, *high, first)],
            Chosen::Drawn(drawn) => drawn.values(&uniforms.iter().map(|u| normal_quantile(*u)).collect::<Vec<_>>()),
        }
    }
}

impl Drawn {
    /// The numbers its normal scores stand for.
    pub(super) fn values(&self, scores: &[f64]) -> Vec<i64> {
        let path = if self.persistence == 0.0 { scores.to_vec() } else { autoregressive(self.persistence, scores).unwrap_or_else(|_| scores.to_vec()) };
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "cut to what an amount may be")]
        let number = |(score, base): (&f64, &i64)| {
            let draw = self.distribution.from_normal(*score);
            let changed = match self.acts {
                Acts::Replace => draw * self.scale,
                Acts::Add => *base as f64 + round(draw * self.scale),
                Acts::Times => *base as f64 * draw,
            };
            round(changed.clamp(-1e15, 1e15)) as i64
        };
        path.iter().zip(&self.base).map(number).collect()
    }
}

/// Two inputs that set the same value would silently undo each other.
fn apart(inputs: &[Input]) -> Result<(), Wrong> {
    let paths: Vec<(usize, &str)> = inputs.iter().enumerate().flat_map(|(n, input)| input.paths.iter().map(move |path| (n, path.as_str()))).collect();
    for (at, (n, path)) in paths.iter().enumerate() {
        let Some((other, same)) = paths[..at].iter().find(|(other, before)| other != n && overlap(before, path)) else { continue };
        let (a, b) = (&inputs[*other].key, &inputs[*n].key);
        let zh = format!("和 {a} 改的是同一个值（{same}、{path}），后一个会盖住前一个；只留一个");
        let en = format!("sets the same value as {a} ({same}, {path}), and the later would cover the earlier: keep one");
        return Err(Wrong::coded(Code::E732, b, zh, en));
    }
    Ok(())
}

/// Whether two paths reach the same value: the same path, or one within the other. Different dates of a value are different values.
fn overlap(a: &str, b: &str) -> bool {
    let parts = |path: &str| path.split_once('@').map_or_else(|| (path.trim().to_owned(), None), |(path, day)| (path.trim().to_owned(), Some(day.trim().to_owned())));
    let ((a, a_day), (b, b_day)) = (parts(a), parts(b));
    let within = |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
    (a == b && (a_day.is_none() || b_day.is_none() || a_day == b_day)) || within(&a, &b) || within(&b, &a)
}

fn grid(levers: &[Input], kind: &str) -> Result<Grid, Wrong> {
    let levels = |input: &Input| match &input.chosen {
        Chosen::Levels(levels) => Ok(levels.clone()),
        Chosen::Drawn(_) => Ok(ends::orders()),
        _ => Err(Wrong::coded(Code::E732, &input.key, "要逐格取值，请写 step 或 values", "write step or values, so that there is a grid")),
    };
    if kind == ONE_AT_A_TIME {
        let axis = |input: &Input| {
            let levels = levels(input)?;
            let usual = if matches!(input.chosen, Chosen::Drawn(_)) { Some(ends::MEDIAN) } else { input.now };
            if usual.is_none() && input.targets.iter().any(|target| !target.words.is_empty()) {
                let (zh, en) =
                    ("方案里现在的写法不在所列的词里，不知从哪里起一次改一个", "what the scenario says now is none of the words listed, so there is nothing to move from");
                return Err(Wrong::coded(Code::E732, &input.key, zh, en));
            }
            let now = usual.or_else(|| levels.level(0)).unwrap_or(0);
            Ok((now, levels))
        };
        let axes = levers.iter().map(axis).collect::<Result<Vec<_>, Wrong>>()?;
        return Grid::one_at_a_time(axes).map_err(|fault| Wrong::of(kind, fault));
    }
    let axis = |input: &Input| Grid::axis(levels(input)?).map_err(|fault| Wrong::of(&input.key, fault));
    Grid::crossed(levers.iter().map(axis).collect::<Result<Vec<_>, Wrong>>()?).map_err(|fault| Wrong::of(kind, fault))
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an order below the count")]
fn level(levels: &Levels, uniform: f64) -> i64 {
    let count = levels.count();
    let at = ((uniform * count as f64) as u128).min(count.saturating_sub(1));
    levels.level(at).unwrap_or(0)
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "amounts stay below 10^15")]
fn between(low: i64, high: i64, uniform: f64) -> i64 {
    low + round(uniform * (high - low) as f64) as i64
}
