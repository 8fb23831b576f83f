//! PRIM 情景发现: the box of inputs in which results of interest lie.
//!
//! Patient rule induction of J. H. Friedman and N. I. Fisher, Statistics and Computing 9 (1999) 123–143, as scenario discovery uses it (B. P. Bryant,
//! R. J. Lempert, Technological Forecasting & Social Change 77 (2010) 34–49): thin slices are peeled off the space of inputs as long as that raises
//! the share of results of interest, then pasted back where that costs nothing.

use std::cmp::Ordering;

use super::bootstrap::Bootstrap;
use super::fault::{Fault, finite, lengths};

/// How patiently boxes are sought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// α: the share of the box's points in one slice, both to peel and to paste.
    pub alpha: f64,
    /// β₀: the least share of all points a box may hold.
    pub least_mass: f64,
}

impl Default for Settings {
    /// 5 % slices, boxes of at least 5 % of all points.
    fn default() -> Self {
        Self { alpha: 0.05, least_mass: 0.05 }
    }
}

/// The limits of a box in one input, both inclusive; `None` where it is unlimited.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The least value inside.
    pub low: Option<f64>,
    /// The largest value inside.
    pub high: Option<f64>,
}

/// A box 情景箱 and what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// The limits, an entry an input.
    pub limits: Vec<Limits>,
    /// Points inside.
    pub points: usize,
    /// Points of interest inside.
    pub hits: usize,
    /// All points.
    pub all_points: usize,
    /// All points of interest.
    pub all_hits: usize,
}

impl Region {
    /// Coverage 覆盖率: the share of all points of interest that lie inside.
    #[must_use]
    pub fn coverage(&self) -> f64 {
        share(self.hits, self.all_hits)
    }

    /// Density 密度: the share of the points inside that are of interest.
    #[must_use]
    pub fn density(&self) -> f64 {
        share(self.hits, self.points)
    }

    /// Mass 占比: the share of all points that lie inside.
    #[must_use]
    pub fn mass(&self) -> f64 {
        share(self.points, self.all_points)
    }

    /// The inputs that are limited, from 0.
    pub fn restricted(&self) -> impl Iterator<Item = usize> + '_ {
        self.limits.iter().enumerate().filter(|(_, limits)| limits.low.is_some() || limits.high.is_some()).map(|(input, _)| input)
    }
}

/// 0 of 0 is 0.
fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { part as f64 / of as f64 }
}

/// What PRIM found.
#[derive(Clone, Debug, PartialEq)]
pub struct Discovery {
    /// The peeling trajectory 剥离轨迹, from all points to the smallest box.
    pub trajectory: Vec<Region>,
    /// Which box of the trajectory was chosen: the one with the largest harmonic mean of coverage and density, the larger of equals.
    pub chosen: usize,
    /// The chosen box after pasting, without limits that exclude nothing.
    pub region: Region,
    /// Quasi-p-values 准P值 of the limited inputs (input, p): how likely chance alone would reach the box's density if this input's limits
    /// chose points at random, from the binomial distribution with the density of the box without them.
    pub p_values: Vec<(usize, f64)>,
}

/// Seeks the box of the points of interest. `columns` has a list of values an input, `interesting` an entry a point.
///
/// Of all slices the one is peeled that leaves the highest density; of equals the thinnest, then the first input, its low end before its high
/// end. Values that stand at the end of a slice stay together: an input with few levels loses whole levels.
///
/// # Errors
/// No inputs, points or points of interest; lists of unequal length; values that are not finite; settings outside 0 < α < 1, 0 ≤ β₀ ≤ 1.
pub fn discover(columns: &[Vec<f64>], interesting: &[bool], settings: Settings) -> Result<Discovery, Fault> {
    check(columns, interesting, settings)?;
    let search = Search::new(columns, interesting, settings);
    let floors = search.peel();
    let trajectory: Vec<Region> = floors.iter().map(|floor| search.region(floor)).collect();
    let chosen = best(&trajectory);
    let floor = search.paste(floors[chosen].clone());
    let region = search.region(&floor);
    let p_values = region.restricted().map(|input| (input, search.p_value(&region, &floor, input))).collect();
    Ok(Discovery { trajectory, chosen, region, p_values })
}

/// How often each input is limited when the search is repeated on resampled points 重抽样检验: an input that comes and goes was chance.
///
/// The resampling test of Bryant and Lempert (2010), with replacement. Resamples without a point of interest count as limiting nothing; 0 everywhere
/// without resamples.
///
/// # Errors
/// As [`discover`].
pub fn reproducibility(columns: &[Vec<f64>], interesting: &[bool], settings: Settings, bootstrap: Bootstrap) -> Result<Vec<f64>, Fault> {
    check(columns, interesting, settings)?;
    let mut counts = vec![0_usize; columns.len()];
    for number in 0..bootstrap.resamples {
        let points: Vec<usize> = bootstrap.resample(number, interesting.len()).collect();
        let flags: Vec<bool> = points.iter().map(|point| interesting[*point]).collect();
        let values: Vec<Vec<f64>> = columns.iter().map(|column| points.iter().map(|point| column[*point]).collect()).collect();
        if let Ok(found) = discover(&values, &flags, settings) {
            found.region.restricted().for_each(|input| counts[input] += 1);
        }
    }
    Ok(counts.into_iter().map(|count| share(count, bootstrap.resamples as usize)).collect())
}

fn check(columns: &[Vec<f64>], interesting: &[bool], settings: Settings) -> Result<(), Fault> {
    if columns.is_empty() || !interesting.contains(&true) {
        return Err(Fault::Empty("inputs or points of interest"));
    }
    for column in columns {
        lengths("values of an input", interesting.len(), column.len())?;
        finite(column, "an input")?;
    }
    let alpha = settings.alpha > 0.0 && settings.alpha < 1.0;
    if alpha && (0.0..=1.0).contains(&settings.least_mass) { Ok(()) } else { Err(Fault::OutOfRange("0 < α < 1 and 0 ≤ β₀ ≤ 1")) }
}

/// The box with the largest 2·coverage·density/(coverage + density) = 2·hits/(points + all hits), the first of equals.
fn best(trajectory: &[Region]) -> usize {
    let more = |a: &Region, b: &Region| more_dense((a.hits, a.points + a.all_hits), (b.hits, b.points + b.all_hits)).is_gt();
    (0..trajectory.len()).fold(0, |best, next| if more(&trajectory[next], &trajectory[best]) { next } else { best })
}

/// Compares two shares (part, whole) exactly.
fn more_dense(a: (usize, usize), b: (usize, usize)) -> Ordering {
    (a.0 as u128 * b.1 as u128).cmp(&(b.0 as u128 * a.1 as u128))
}

/// The lower limit of every face. Face 2d is input d, face 2d + 1 its mirror image −x: so every limit is a lower one.
type Floor = Vec<f64>;

/// A slice that may be peeled: what it would leave.
struct Slice {
    face: usize,
    floor: f64,
    hits: usize,
    points: usize,
}

struct Search<'a> {
    faces: Vec<Vec<f64>>,
    interesting: &'a [bool],
    alpha: f64,
    least: usize,
}

impl<'a> Search<'a> {
    fn new(columns: &[Vec<f64>], interesting: &'a [bool], settings: Settings) -> Self {
        let mirror = |column: &Vec<f64>| column.iter().map(|value| -value).collect();
        let faces = columns.iter().flat_map(|column| [column.clone(), mirror(column)]).collect();
        let least = (settings.least_mass * interesting.len() as f64).ceil() as usize;
        Self { faces, interesting, alpha: settings.alpha, least: least.max(1) }
    }

    /// Points in one slice of a box of this many.
    fn slice(&self, points: usize) -> usize {
        ((self.alpha * points as f64) as usize).max(1)
    }

    fn hits(&self, points: &[usize]) -> usize {
        points.iter().filter(|point| self.interesting[**point]).count()
    }

    fn inside(&self, floor: &Floor, point: usize) -> bool {
        self.faces.iter().zip(floor).all(|(face, floor)| face[point] >= *floor)
    }

    /// The floors after every peel, from none on, until no slice is left that keeps the least mass, or nothing is left to gain.
    fn peel(&self) -> Vec<Floor> {
        let mut orders: Vec<Vec<usize>> = self.faces.iter().map(|face| sorted(face)).collect();
        let mut floor = vec![f64::NEG_INFINITY; self.faces.len()];
        let mut floors = vec![floor.clone()];
        while self.hits(&orders[0]) < orders[0].len() {
            let Some(slice) = self.best_slice(&orders) else { break };
            floor[slice.face] = slice.floor;
            let face = &self.faces[slice.face];
            orders.iter_mut().for_each(|order| order.retain(|point| face[*point] >= slice.floor));
            floors.push(floor.clone());
        }
        floors
    }

    fn best_slice(&self, orders: &[Vec<usize>]) -> Option<Slice> {
        let all = self.hits(&orders[0]);
        let slices = orders.iter().enumerate().filter_map(|(face, order)| self.lowest_slice(face, order, all));
        slices.reduce(|best, next| {
            let better = more_dense((next.hits, next.points), (best.hits, best.points)).then(next.points.cmp(&best.points));
            if better.is_gt() { next } else { best }
        })
    }

    /// What is left without the lowest slice of a face; `order` are the points of the box, ascending by it, `all` its points of interest.
    fn lowest_slice(&self, face: usize, order: &[usize], all: usize) -> Option<Slice> {
        let value = |place: usize| order.get(place).map(|point| self.faces[face][*point]);
        let mut floor = value(self.slice(order.len()))?;
        if value(0)? == floor {
            // The slice ends within one level: the whole level goes.
            floor = value(order.partition_point(|point| self.faces[face][*point] <= floor))?;
        }
        let removed = order.partition_point(|point| self.faces[face][*point] < floor);
        let points = order.len() - removed;
        (points >= self.least).then(|| Slice { face, floor, hits: all - self.hits(&order[..removed]), points })
    }

    /// Moves limits outward by slices as long as the density does not fall; drops limits that exclude nothing.
    fn paste(&self, mut floor: Floor) -> Floor {
        while let Some((face, limit)) = self.best_paste(&floor) {
            floor[face] = limit;
        }
        floor
    }

    fn best_paste(&self, floor: &Floor) -> Option<(usize, f64)> {
        let now = self.count(floor);
        let mut best: Option<(usize, f64, (usize, usize))> = None;
        for face in (0..floor.len()).filter(|face| floor[*face].is_finite()) {
            let mut wider = floor.clone();
            wider[face] = self.limit_beyond(floor, face, self.slice(now.1));
            let then = self.count(&wider);
            // Not below what it was, and above the best so far: denser, or as dense and larger.
            let gain = |than: (usize, usize)| more_dense(then, than).then(then.1.cmp(&than.1));
            if more_dense(then, now).is_ge() && best.is_none_or(|(_, _, best)| gain(best).is_gt()) {
                best = Some((face, wider[face], then));
            }
        }
        best.map(|(face, limit, _)| (face, limit))
    }

    /// The limit that takes in the next `slice` points below a face; −∞ where there is none.
    fn limit_beyond(&self, floor: &Floor, face: usize, slice: usize) -> f64 {
        let mut open = floor.clone();
        open[face] = f64::NEG_INFINITY;
        let outside = |point: &usize| self.faces[face][*point] < floor[face] && self.inside(&open, *point);
        let mut values: Vec<f64> = (0..self.interesting.len()).filter(outside).map(|point| self.faces[face][point]).collect();
        values.sort_unstable_by(|a, b| b.total_cmp(a));
        values.get(slice.min(values.len()).wrapping_sub(1)).copied().unwrap_or(f64::NEG_INFINITY)
    }

    /// Points of interest and points within a floor.
    fn count(&self, floor: &Floor) -> (usize, usize) {
        let points: Vec<usize> = (0..self.interesting.len()).filter(|point| self.inside(floor, *point)).collect();
        (self.hits(&points), points.len())
    }

    fn region(&self, floor: &Floor) -> Region {
        let (hits, points) = self.count(floor);
        let limit = |value: f64| value.is_finite().then_some(value);
        let limits = floor.chunks_exact(2).map(|pair| Limits { low: limit(pair[0]), high: limit(pair[1]).map(|mirrored| -mirrored) }).collect();
        let all_hits = self.interesting.iter().filter(|flag| **flag).count();
        Region { limits, points, hits, all_points: self.interesting.len(), all_hits }
    }

    fn p_value(&self, region: &Region, floor: &Floor, input: usize) -> f64 {
        let mut without = floor.clone();
        without[2 * input] = f64::NEG_INFINITY;
        without[2 * input + 1] = f64::NEG_INFINITY;
        let (hits, points) = self.count(&without);
        at_least(region.hits, region.points, share(hits, points))
    }
}

/// The points, ascending by value, equals by number.
fn sorted(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    // Not by total order: −0 and 0 are one level.
    order.sort_by(|a, b| values[*a].partial_cmp(&values[*b]).unwrap_or(Ordering::Equal));
    order
}

/// The probability of at least `hits` of `points` when each is a hit with probability `p`: the binomial tail, summed from its far end.
fn at_least(hits: usize, points: usize, p: f64) -> f64 {
    if hits == 0 || p >= 1.0 {
        return 1.0;
    }
    if p <= 0.0 {
        return 0.0;
    }
    let factorial = |n: usize| libm::lgamma(n as f64 + 1.0);
    let (all, yes, no) = (factorial(points), libm::log(p), libm::log1p(-p));
    let term = |k: usize| libm::exp(all - factorial(k) - factorial(points - k) + k as f64 * yes + (points - k) as f64 * no);
    (hits..=points).rev().map(term).sum::<f64>().min(1.0)
}

#[cfg(test)]
mod tests;
