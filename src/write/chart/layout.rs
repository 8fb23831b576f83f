//! Rectangles, collisions and the search for a free place.
//!
//! All of it is plain geometry in pixels with y growing downward; nothing here
//! knows what is drawn.

/// A rectangle with `x0 <= x1` and `y0 <= y1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x0: f64,
    /// Top edge.
    pub y0: f64,
    /// Right edge.
    pub x1: f64,
    /// Bottom edge.
    pub y1: f64,
}

impl Rect {
    /// A rectangle from any two opposite corners.
    pub fn new(xa: f64, ya: f64, xb: f64, yb: f64) -> Self {
        Rect { x0: xa.min(xb), y0: ya.min(yb), x1: xa.max(xb), y1: ya.max(yb) }
    }

    /// Width.
    pub fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    /// Height.
    pub fn height(&self) -> f64 {
        self.y1 - self.y0
    }

    /// The middle.
    pub fn center(&self) -> (f64, f64) {
        ((self.x0 + self.x1) / 2.0, (self.y0 + self.y1) / 2.0)
    }

    /// Larger by `by` on every side (smaller if negative, but never inside out).
    pub fn grown(&self, by: f64) -> Self {
        let x = by.max(-self.width() / 2.0);
        let y = by.max(-self.height() / 2.0);
        Rect { x0: self.x0 - x, y0: self.y0 - y, x1: self.x1 + x, y1: self.y1 + y }
    }

    /// Moved by a distance.
    pub fn moved(&self, dx: f64, dy: f64) -> Self {
        Rect { x0: self.x0 + dx, y0: self.y0 + dy, x1: self.x1 + dx, y1: self.y1 + dy }
    }

    /// Do both share an area? Touching edges do not count.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    /// Does this rectangle hold the other wholly?
    pub fn contains(&self, other: &Rect) -> bool {
        self.x0 <= other.x0 && self.y0 <= other.y0 && self.x1 >= other.x1 && self.y1 >= other.y1
    }

    /// Does the straight line from `from` to `to` pass through the inside?
    pub fn crossed(&self, from: (f64, f64), to: (f64, f64)) -> bool {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let mut enter = 0.0_f64;
        let mut leave = 1.0_f64;
        for (step, start, low, high) in [(dx, from.0, self.x0, self.x1), (dy, from.1, self.y0, self.y1)] {
            if step.abs() < 1e-9 {
                if start <= low || start >= high {
                    return false;
                }
                continue;
            }
            let (a, b) = ((low - start) / step, (high - start) / step);
            enter = enter.max(a.min(b));
            leave = leave.min(a.max(b));
        }
        enter < leave
    }
}

/// What is already on the page and must not be covered.
#[derive(Debug, Clone, Default)]
pub struct Scene {
    /// Bars and other filled areas.
    pub areas: Vec<Rect>,
    /// Strokes, as thin rectangles.
    pub strokes: Vec<Rect>,
    /// Texts.
    pub texts: Vec<Rect>,
}

impl Scene {
    /// Is the place free of everything?
    pub fn free(&self, place: &Rect) -> bool {
        !self.areas.iter().any(|other| place.overlaps(other)) && self.free_on_area(place)
    }

    /// Is the place free of strokes and texts (areas may lie under it)?
    pub fn free_on_area(&self, place: &Rect) -> bool {
        !self.strokes.iter().chain(&self.texts).any(|other| place.overlaps(other))
    }

    /// Can a thin line run here without crossing a bar, a stroke or a text?
    pub fn clear_line(&self, from: (f64, f64), to: (f64, f64)) -> bool {
        !self.areas.iter().chain(&self.strokes).chain(&self.texts).any(|other| other.crossed(from, to))
    }
}

/// Cuts a line into dashes that run on around its corners.
pub fn dashes(points: &[(f64, f64)], on: f64, off: f64) -> Vec<Vec<(f64, f64)>> {
    let mut out = Vec::new();
    let mut dash: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
    let (mut drawing, mut left) = (true, on);
    for ends in points.windows(2) {
        let (mut at, to) = (ends[0], ends[1]);
        loop {
            let length = (to.0 - at.0).hypot(to.1 - at.1);
            if length <= left {
                left -= length;
                if drawing && length > 0.0 {
                    dash.push(to);
                }
                break;
            }
            at = (at.0 + (to.0 - at.0) * left / length, at.1 + (to.1 - at.1) * left / length);
            if drawing {
                dash.push(at);
                out.push(std::mem::take(&mut dash));
                left = off;
            } else {
                dash = vec![at];
                left = on;
            }
            drawing = !drawing;
        }
    }
    if drawing && dash.len() > 1 {
        out.push(dash);
    }
    out
}

/// The lines at 45 degrees that hatch a rectangle, `apart` pixels from each other along an edge, cut at its edges.
/// They are x + y = constant, so all hatching of one picture shares the same raster.
pub fn hatching(rect: &Rect, apart: f64) -> Vec<[(f64, f64); 2]> {
    let mut lines = Vec::new();
    let mut sum = ((rect.x0 + rect.y0) / apart).ceil() * apart;
    while sum < rect.x1 + rect.y1 {
        let low = ((sum - rect.y1).max(rect.x0), (sum - rect.x0).min(rect.y1));
        let high = ((sum - rect.y0).min(rect.x1), (sum - rect.x1).max(rect.y0));
        if high.0 > low.0 {
            lines.push([low, high]);
        }
        sum += apart;
    }
    lines
}

/// Moves boxes of the given heights apart so that none overlap, each as near to
/// its wish as can be, inside `low..high`. Wishes are the middles; the result
/// holds the middles in the same order. When they do not fit, they are stacked
/// from `low`.
pub fn spread(wishes: &[f64], heights: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|&a, &b| wishes[a].total_cmp(&wishes[b]).then(a.cmp(&b)));
    let mut places = gathered(&order, wishes, heights);
    let mut ceiling = high;
    for &at in order.iter().rev() {
        let half = heights[at] / 2.0;
        places[at] = places[at].min(ceiling - half);
        ceiling = places[at] - half;
    }
    let mut floor = low;
    for &at in &order {
        let half = heights[at] / 2.0;
        places[at] = places[at].max(floor + half);
        floor = places[at] + half;
    }
    places
}

/// Boxes that would overlap become one group around the mean of their wishes.
fn gathered(order: &[usize], wishes: &[f64], heights: &[f64]) -> Vec<f64> {
    // A group: its members' number, height, and sum of the tops they wish for it.
    let mut groups: Vec<(usize, f64, f64)> = Vec::new();
    for &at in order {
        let mut group = (1, heights[at], wishes[at] - heights[at] / 2.0);
        while let Some(&(count, height, sum)) = groups.last() {
            if sum / count as f64 + height <= group.2 / group.0 as f64 {
                break;
            }
            groups.pop();
            let later = group.2 - height * group.0 as f64;
            group = (count + group.0, height + group.1, sum + later);
        }
        groups.push(group);
    }
    let mut places = vec![0.0; order.len()];
    let mut members = order.iter();
    for (count, _, sum) in groups {
        let mut top = sum / count as f64;
        for &at in members.by_ref().take(count) {
            places[at] = top + heights[at] / 2.0;
            top += heights[at];
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_a_corner_is_seen() {
        let rect = Rect::new(10.0, 10.0, 20.0, 20.0);
        assert!(rect.crossed((5.0, 5.0), (25.0, 25.0)));
        assert!(rect.crossed((15.0, 0.0), (15.0, 30.0)));
        assert!(!rect.crossed((0.0, 0.0), (9.0, 30.0)));
        assert!(!rect.crossed((10.0, 0.0), (10.0, 30.0)));
        assert!(!rect.crossed((0.0, 0.0), (5.0, 5.0)));
    }

    #[test]
    fn spread_keeps_order_and_distance() {
        let places = spread(&[50.0, 52.0, 51.0], &[20.0, 20.0, 20.0], 0.0, 100.0);
        assert!(places[0] + 20.0 <= places[2] + 1e-9 && places[2] + 20.0 <= places[1] + 1e-9);
        let low = spread(&[99.0, 98.0], &[20.0, 20.0], 0.0, 100.0);
        assert!(low[0] <= 90.0 && low[1] <= 70.0);
    }
}
