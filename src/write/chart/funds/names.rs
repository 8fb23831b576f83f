//! The names of the sources: inside their tallest fitting segment, else in the
//! column beside the last bar, together with the names of the lines.

use std::collections::BTreeSet;

use plotters::style::RGBColor;

use super::bars::name;
use super::plot::{Leader, Plot};
use crate::write::chart::layout::{Rect, spread};
use crate::write::chart::palette::{ALARM, FAINT, INK, SOFT};
use crate::write::chart::pen::{Hang, Text};
use crate::write::chart::text::{Face, balanced, clean, halves};

/// A label that found no place among the bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outside {
    /// The label of the red line.
    Plan,
    /// The name of a stack.
    Stack(usize),
}

/// From the end of the lines to the column.
const REACH: f64 = 26.0;
/// Side of a colour key and its distance to the name.
const KEY: f64 = 15.0;
const KEY_GAP: f64 = 7.0;

/// An entry of the column.
struct Entry {
    words: String,
    lines: Vec<String>,
    face: Face,
    color: RGBColor,
    /// The row it would like to stand at.
    wish: f64,
    /// Where its leader starts.
    from: Option<(f64, f64)>,
    key: Option<usize>,
}

impl Plot<'_> {
    /// Puts names into segments, each as large as fits. Those that fit nowhere
    /// are added to `outside`.
    pub(super) fn place_names(&mut self, outside: &mut BTreeSet<Outside>) {
        let wanted: Vec<usize> = (0..self.data.stacks.len())
            .filter(|&stack| !outside.contains(&Outside::Stack(stack)) && !name(self.data, stack).is_empty())
            .filter(|&stack| self.bars.iter().any(|bar| bar.series == stack))
            .collect();
        for stack in wanted {
            let sizes = [18.0, 17.0, 16.0, 15.0, 14.0];
            match sizes.into_iter().find_map(|size| self.inside(stack, size)) {
                Some(text) => {
                    self.scene.texts.extend(text.boxes());
                    self.texts.push(text);
                }
                None => {
                    outside.insert(Outside::Stack(stack));
                }
            }
        }
    }

    /// A name in the middle of the tallest clear part of its segments: in one
    /// line, or in two where bars are narrow.
    fn inside(&self, stack: usize, size: f64) -> Option<Text> {
        let words = name(self.data, stack);
        let face = Face::bold(size);
        let of_stack = self.bars.iter().filter(|bar| bar.series == stack);
        let parts = of_stack.filter_map(|bar| self.clear_part(&bar.rect));
        // Among equals the earliest year.
        let part = parts.reduce(|best, part| if part.height() > best.height() { part } else { best })?;
        let width = part.width() - 4.0;
        let lines = if face.width(&words) <= width {
            vec![words]
        } else if words.contains(' ') || words.chars().count() > 3 {
            halves(&words, face, width)?.to_vec()
        } else {
            return None;
        };
        let height = Text::height_of(lines.len(), face);
        let (x, y) = part.center();
        let text = Text::left(lines, face, self.paints[stack].text, x, y - height / 2.0);
        (height + 2.0 <= part.height()).then(|| text.hung(Hang::Center))
    }

    /// The tallest part of a segment that no line, label or hatching touches.
    fn clear_part(&self, segment: &Rect) -> Option<Rect> {
        let scene = &self.scene;
        let over = scene.strokes.iter().chain(&scene.texts).chain(self.gaps.iter().flatten());
        let mut blocked: Vec<(f64, f64)> = over.filter(|other| other.overlaps(segment)).map(|other| (other.y0 - 2.0, other.y1 + 2.0)).collect();
        blocked.push((segment.y1, segment.y1));
        blocked.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut best: Option<Rect> = None;
        let mut from = segment.y0;
        for (start, end) in blocked {
            if start - from > best.map_or(0.0, |part| part.height()) {
                best = Some(Rect { y0: from, y1: start.min(segment.y1), ..*segment });
            }
            from = from.max(end);
        }
        best
    }

    /// Width the column needs for these labels, with its distance to the plot.
    pub(super) fn column_width(&self, outside: &BTreeSet<Outside>) -> f64 {
        let widest = self.entries(outside).iter().map(Entry::width).fold(0.0, f64::max);
        if widest > 0.0 { widest + REACH } else { 8.0 }
    }

    /// All entries of the column, the red line before the dashed one.
    fn entries(&self, outside: &BTreeSet<Outside>) -> Vec<Entry> {
        let room = if self.data.years.len() <= 4 {
            360.0
        } else if self.data.years.len() <= 15 {
            220.0
        } else {
            190.0
        };
        let last = self.data.years.len() - 1;
        let line = |words: &str, value: f64, face: Face, color: RGBColor| Entry {
            words: clean(words),
            lines: balanced(&clean(words), face, room),
            face,
            color,
            wish: self.scale.y(value),
            from: Some((self.slots.right() + 3.0, self.scale.y(value))),
            key: None,
        };
        let mut entries = Vec::new();
        if outside.contains(&Outside::Plan) {
            entries.push(line(&self.data.plan_label, self.data.spending(last), Face::bold(18.0), ALARM));
        }
        entries.push(line(&self.data.recurrent_label, self.data.recurrent[last], Face::regular(18.0), INK));
        for stack in (0..self.data.stacks.len()).rev() {
            if outside.contains(&Outside::Stack(stack)) {
                entries.push(self.stack_entry(stack, room - KEY - KEY_GAP));
            }
        }
        entries.retain(|entry| !entry.lines.is_empty());
        self.shrink(&mut entries, room);
        entries
    }

    fn stack_entry(&self, stack: usize, room: f64) -> Entry {
        let face = Face::regular(18.0);
        let last = self.data.years.len() - 1;
        let bar = self.bars.iter().find(|bar| bar.series == stack && bar.item == last);
        // No segment in the last year: at the height of its tallest one.
        let of_stack = self.bars.iter().filter(|bar| bar.series == stack);
        let tallest = of_stack.max_by(|a, b| a.rect.height().total_cmp(&b.rect.height()));
        let middle = bar.or(tallest).map(|bar| bar.rect.center().1);
        Entry {
            words: name(self.data, stack),
            lines: balanced(&name(self.data, stack), face, room),
            face,
            color: SOFT,
            wish: middle.unwrap_or(self.area.y0 + 30.0),
            from: bar.filter(|bar| bar.rect.height() >= 3.0).map(|bar| (bar.rect.x1 + 3.0, bar.rect.center().1)),
            key: Some(stack),
        }
    }

    /// Smaller type if the column would be too high.
    fn shrink(&self, entries: &mut [Entry], room: f64) {
        for size in [16.0, 14.0, 12.0, 11.0] {
            let height: f64 = entries.iter().map(Entry::height).sum();
            if height <= self.area.height() {
                return;
            }
            for entry in entries.iter_mut() {
                entry.face.size = size;
                let room = if entry.key.is_some() { room - KEY - KEY_GAP } else { room };
                entry.lines = balanced(&entry.words, entry.face, room);
            }
        }
    }

    /// Prints the column; entries move apart, leaders show where they belong.
    pub(super) fn place_column(&mut self, outside: &BTreeSet<Outside>) {
        let entries = self.entries(outside);
        let wishes: Vec<f64> = entries.iter().map(|entry| entry.wish).collect();
        let heights: Vec<f64> = entries.iter().map(Entry::height).collect();
        let places = spread(&wishes, &heights, self.area.y0, self.area.y1 + 8.0);
        for (entry, place) in entries.into_iter().zip(places) {
            self.print_entry(entry, place);
        }
    }

    fn print_entry(&mut self, entry: Entry, place: f64) {
        let x = (self.slots.right() + REACH).round();
        let top = place - Text::height_of(entry.lines.len(), entry.face) / 2.0;
        let mut left = x;
        let mut end = place;
        if let Some(stack) = entry.key {
            let middle = top + entry.face.size * 0.55;
            let key = Rect::new(x, (middle - KEY / 2.0).round(), x + KEY, (middle - KEY / 2.0).round() + KEY);
            self.keys.push((key, stack));
            left += KEY + KEY_GAP;
            end = middle;
        }
        if let Some(from) = entry.from {
            let far = (end - from.1).abs() > 3.0 || entry.key.is_some();
            if far {
                let color = if entry.color == ALARM { ALARM } else { FAINT };
                // Level to the end of the lines, then to the label.
                let bend = (self.slots.right() + 3.0, from.1);
                if bend.0 > from.0 {
                    self.leaders.push(Leader { from, to: bend, color });
                }
                self.leaders.push(Leader { from: bend, to: (x - 5.0, end), color });
            }
        }
        self.texts.push(Text::left(entry.lines, entry.face, entry.color, left, top));
    }
}

impl Entry {
    fn width(&self) -> f64 {
        let key = if self.key.is_some() { KEY + KEY_GAP } else { 0.0 };
        self.face.widest(&self.lines) + key
    }

    fn height(&self) -> f64 {
        Text::height_of(self.lines.len(), self.face) + 6.0
    }
}
