//! Places for the labels among the bars: badge, gaps, first shortfall, red line.

use super::plot::{Leader, Plot};
use crate::write::chart::layout::Rect;
use crate::write::chart::palette::{ALARM, BADGE};
use crate::write::chart::pen::{Hang, Text};
use crate::write::chart::text::{Face, balanced, clean, halves};

/// Free border around a label in the plot.
const AIR: f64 = 6.0;

impl Plot<'_> {
    /// The badge stands inside the plot, in an upper corner, so that whoever
    /// cuts the plot out of the picture takes the badge along.
    pub(super) fn place_badge(&mut self) {
        let Some(words) = self.data.caption.badge.as_deref().map(clean).filter(|words| !words.is_empty()) else {
            return;
        };
        let face = Face::bold(18.0);
        let room = (self.slots.right() - self.area.x0 - 24.0).max(200.0);
        let lines = balanced(&words, face, room.min(620.0));
        let width = face.widest(&lines) + 24.0;
        let height = Text::height_of(lines.len(), face) + 12.0;
        let top = self.area.y0 + 2.0;
        let right = Rect::new(self.slots.right() - width, top, self.slots.right(), top + height);
        let left = Rect::new(self.area.x0 + 2.0, top, self.area.x0 + 2.0 + width, top + height);
        let narrow = Rect { x0: left.x0, x1: left.x1, ..right };
        let right = if right.x0 < left.x0 { narrow } else { right };
        let free = [right, left].into_iter().find(|place| self.scene.free(&place.grown(10.0)));
        let ground = free.unwrap_or(right);
        if free.is_none() {
            self.penalty += 10_000;
        }
        let text = Text::left(lines, face, BADGE[2], ground.x0 + 12.0, ground.y0 + 6.0);
        self.texts.push(text);
        self.scene.texts.push(ground.grown(4.0));
        self.badge = Some(ground);
    }

    /// Gap labels stand on the red line. The first shortfall and its mark come
    /// first, then the largest gaps; where they are too many, the smallest are
    /// listed as dropped.
    pub(super) fn place_gap_labels(&mut self) {
        let gap = &self.data.gap;
        let mut order: Vec<usize> = (0..gap.len()).collect();
        order.sort_by(|&a, &b| gap[b].total_cmp(&gap[a]).then(a.cmp(&b)));
        if let Some((year, words)) = &self.data.first_shortfall {
            let words = clean(words);
            let found = self.data.years.iter().position(|other| other == year);
            match found {
                Some(at) => {
                    order.retain(|&other| other != at);
                    let top = self.place_gap_label(at);
                    self.place_first_shortfall(at, top, words);
                }
                None if words.is_empty() => {}
                None => self.dropped.push(words),
            }
        }
        for at in order {
            self.place_gap_label(at);
        }
    }

    /// Places one gap label; gives back the row above it, or above the bar and
    /// the red line if there is none.
    fn place_gap_label(&mut self, at: usize) -> f64 {
        let line = self.scale.y(self.data.spending(at)) - 5.0;
        let bare = self.stack_top(at).min(line);
        let words = self.data.gap_texts[at].as_deref().map(clean);
        let Some(words) = words.filter(|words| !words.is_empty()) else {
            return bare;
        };
        let Some((text, leader)) = self.gap_place(at, &words) else {
            self.dropped.push(format!("{} {words}", self.data.years[at]));
            self.penalty += 1;
            return bare;
        };
        let top = text.bounds().y0;
        self.keep(text);
        if let Some(line) = leader {
            self.keep_leader(line);
        }
        top
    }

    fn keep_leader(&mut self, line: Leader) {
        let ends = Rect::new(line.from.0, line.from.1, line.to.0, line.to.1);
        self.scene.strokes.push(ends.grown(1.0));
        self.leaders.push(line);
    }

    /// A place on the red line, or higher up with a leader down to it.
    fn gap_place(&self, at: usize, words: &str) -> Option<(Text, Option<Leader>)> {
        let x = self.slots.middle(at).round();
        let line = self.scale.y(self.data.spending(at));
        // Negative values can make the bar higher than the red line.
        let base = self.stack_top(at).min(line);
        let mut forms: Vec<(Vec<String>, Face)> = Vec::new();
        for size in [18.0, 16.0, 15.0, 14.0] {
            let face = Face::bold(size);
            forms.push((vec![words.to_owned()], face));
            if let Some(lines) = halves(words, face, self.slots.width) {
                forms.push((lines.to_vec(), face));
            }
        }
        // Two lines only where one does not fit in any size.
        forms.sort_by_key(|(lines, _)| lines.len());
        for lift in (0..=20).map(|lift| f64::from(lift) * 12.0) {
            for (lines, face) in &forms {
                let top = base - 6.0 - lift - Text::height_of(lines.len(), *face);
                let text = Text::left(lines.clone(), *face, ALARM, x, top).hung(Hang::Center).cleared();
                let bounds = text.bounds();
                if !self.fits(&bounds, 1.0, 2.0) {
                    continue;
                }
                let from = (x, bounds.y1 + 1.0);
                if line - bounds.y1 < 20.0 {
                    return Some((text, None));
                }
                if self.scene.clear_line(from, (x, base - 6.0)) {
                    return Some((text, Some(Leader { from, to: (x, line - 5.0), color: ALARM })));
                }
            }
        }
        None
    }

    /// Is this place inside the plot, clear of everything by `air` on the sides?
    fn fits(&self, bounds: &Rect, inner: f64, air: f64) -> bool {
        let place = Rect { x0: bounds.x0 - air, x1: bounds.x1 + air, ..*bounds };
        let limit = Rect { x0: self.area.x0 + inner, y0: self.area.y0, x1: self.slots.right() + 12.0, y1: self.area.y1 };
        limit.contains(bounds) && self.scene.free(&place)
    }

    fn keep(&mut self, text: Text) {
        let around = |line: &Rect| Rect { x0: line.x0 - 5.0, x1: line.x1 + 5.0, ..line.grown(1.0) };
        self.scene.texts.extend(text.boxes().iter().map(around));
        self.texts.push(text);
    }

    /// The first shortfall is marked by a label with a short line to its gap.
    fn place_first_shortfall(&mut self, at: usize, top: f64, words: String) {
        if words.is_empty() {
            return;
        }
        let target = (self.slots.middle(at).round(), top - 4.0);
        match self.first_place(&words, target) {
            Some((text, leader)) => {
                self.keep(text);
                self.keep_leader(leader);
            }
            None => {
                self.dropped.push(words);
                self.penalty += 1_000;
            }
        }
    }

    fn first_place(&self, words: &str, target: (f64, f64)) -> Option<(Text, Leader)> {
        let face = Face::bold(18.0);
        let mut forms = vec![vec![words.to_owned()]];
        forms.extend(halves(words, face, 400.0).map(|lines| lines.to_vec()));
        if face.width(words) > 200.0 {
            forms.push(balanced(words, face, 200.0));
        }
        let mut best: Option<(f64, Text, Leader)> = None;
        for lines in forms {
            for up in 1..=24 {
                for side in -16..=16 {
                    let x = (target.0 + f64::from(side) * 16.0).round();
                    let top = target.1 - f64::from(up) * 20.0 - Text::height_of(lines.len(), face);
                    let text = Text::left(lines.clone(), face, ALARM, x, top).hung(Hang::Center).cleared();
                    let Some((cost, leader)) = self.first_cost(&text, target) else {
                        continue;
                    };
                    if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                        best = Some((cost, text, leader));
                    }
                }
            }
        }
        best.map(|(_, text, leader)| (text, leader))
    }

    /// How good a place is: a short line, rather to the left, rather two lines.
    fn first_cost(&self, text: &Text, target: (f64, f64)) -> Option<(f64, Leader)> {
        let bounds = text.bounds();
        if !self.fits(&bounds.grown(AIR - 1.0), 0.0, 1.0) {
            return None;
        }
        let from = (target.0.clamp(bounds.x0, bounds.x1), bounds.y1 + 2.0);
        let length = (from.0 - target.0).hypot(from.1 - target.1);
        if length < 18.0 || !self.scene.clear_line(from, target) {
            return None;
        }
        let aside = (bounds.center().0 - target.0) / 16.0;
        let cost = length + 6.0 * (aside + 5.0).abs() + 8.0 / text.lines.len() as f64;
        Some((cost, Leader { from, to: target, color: ALARM }))
    }

    /// The label of the red line, beside one of its risers or above one of its
    /// treads. False when there is no free place.
    pub(super) fn place_plan_label(&mut self) -> bool {
        let words = clean(&self.data.plan_label);
        if words.is_empty() {
            return true;
        }
        let face = Face::bold(18.0);
        let mut forms = vec![vec![words.clone()]];
        forms.extend(halves(&words, face, 400.0).map(|lines| lines.to_vec()));
        forms.push(balanced(&words, face, 150.0));
        let mut best: Option<(f64, Text, Option<Leader>)> = None;
        for (rank, lines) in forms.into_iter().enumerate() {
            for (cost, text, leader) in self.plan_places(&lines, face) {
                let cost = cost + [0.0, 4.0, 60.0][rank.min(2)];
                let bounds = text.bounds();
                let better = best.as_ref().is_none_or(|(least, ..)| cost < *least);
                if better && self.fits(&bounds.grown(AIR), 0.0, 2.0) {
                    let clear = leader.is_none_or(|line| self.scene.clear_line(line.from, line.to));
                    if clear {
                        best = Some((cost, text, leader));
                    }
                }
            }
        }
        let Some((_, text, leader)) = best else {
            return false;
        };
        self.keep(text);
        self.leaders.extend(leader);
        true
    }

    /// Places for the red label with their costs: right of falling risers, left
    /// of rising ones, above treads (higher up with a leader).
    fn plan_places(&self, lines: &[String], face: Face) -> Vec<(f64, Text, Option<Leader>)> {
        let height = Text::height_of(lines.len(), face);
        let text = |x: f64, top: f64, hang: Hang| Text::left(lines.to_vec(), face, ALARM, x, top).hung(hang).cleared();
        let mut places = Vec::new();
        for ends in self.plan.windows(2) {
            let (a, b) = (ends[0], ends[1]);
            if a.0 == b.0 {
                let (hang, x) = if b.1 > a.1 { (Hang::Left, a.0 + 16.0) } else { (Hang::Right, a.0 - 16.0) };
                let side = if hang == Hang::Left { 0.0 } else { 12.0 };
                let (top, bottom) = (a.1.min(b.1), a.1.max(b.1));
                // Long risers first; beside the upper end the label reads best.
                if bottom - top >= height * 0.6 {
                    places.push((side - (bottom - top) / 40.0, text(x, top + 2.0, hang), None));
                }
            } else {
                let middle = ((a.0 + b.0) / 2.0).round();
                for lift in [10.0, 30.0, 44.0, 60.0, 80.0, 110.0] {
                    let label = text(middle, a.1 - lift - height, Hang::Center);
                    let leader = (lift > 12.0).then_some(Leader { from: (middle, a.1 - lift + 2.0), to: (middle, a.1 - 6.0), color: ALARM });
                    places.push((20.0 + lift, label, leader));
                }
            }
        }
        places
    }
}
