//! Charts of one row an item: the column of names, and how high a row is.

use super::super::canvas::Canvas;
use super::super::layout::Rect;
use super::super::palette::INK;
use super::super::pen::{Hang, Text};
use super::super::text::{Face, clean, ellipsis, halves};

/// The widest a column of names may be, as a share of the room.
const MOST_SHARE: f64 = 0.34;
/// The highest a row may be.
const HIGHEST: f64 = 116.0;
/// Between names and plot.
const APART: f64 = 14.0;

/// Rows below each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows {
    /// What is left beside the names.
    pub plot: Rect,
    /// Height of a row.
    pub height: f64,
}

impl Rows {
    /// How many rows a room has place for.
    pub fn most(room: &Rect) -> usize {
        (room.height() / 19.0).floor().max(1.0) as usize
    }

    /// The middle of a row.
    pub fn middle(&self, row: usize) -> f64 {
        (self.plot.y0 + self.height * (row as f64 + 0.5)).round()
    }

    /// The face in which a row is labelled.
    pub fn face(&self) -> Face {
        Face::regular((self.height * 0.8).clamp(11.0, 18.0).floor())
    }
}

impl Canvas {
    /// Puts names into a column on the left of a room, each in the middle of its row, in two lines where they are long.
    pub(super) fn names(&mut self, names: &[String], room: &Rect) -> Rows {
        let height = (room.height() / names.len().max(1) as f64).min(HIGHEST);
        let rows = Rows { plot: *room, height };
        let face = rows.face();
        let most = room.width() * MOST_SHARE;
        let broken = |name: &String| {
            let name = clean(name);
            if face.width(&name) <= most {
                return vec![name];
            }
            match halves(&name, face, most).filter(|_| height >= Text::height_of(2, face) + 2.0) {
                Some(lines) => lines.to_vec(),
                None => vec![ellipsis(&name, face, most)],
            }
        };
        let lines: Vec<Vec<String>> = names.iter().map(broken).collect();
        let widest = lines.iter().map(|lines| face.widest(lines)).fold(0.0, f64::max);
        let right = (room.x0 + widest).round();
        for (row, lines) in lines.into_iter().enumerate() {
            let top = rows.middle(row) - Text::height_of(lines.len(), face) / 2.0;
            self.text(Text::left(lines, face, INK, right, top).hung(Hang::Right));
        }
        Rows { plot: Rect { x0: right + APART, y1: room.y0 + height * names.len() as f64, ..*room }, height }
    }
}
