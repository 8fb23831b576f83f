//! The page around the plot: headline, second line, unit and badge above it,
//! footnotes below, all on one left edge.

use plotters::style::RGBColor;

use super::layout::Rect;
use super::palette::{FAINT, INK, SOFT};
use super::pen::Text;
use super::text::{Face, clean, ellipsis, halves, wrap};

/// Free border left and right.
pub(super) const MARGIN: f64 = 64.0;
/// Free border above the headline and below the last footnote.
const TOP: f64 = 36.0;
const BOTTOM: f64 = 34.0;
/// Between the plot (with the labels of its axis) and the footnotes.
const APART: f64 = 22.0;

/// The shape of the canvas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Aspect {
    /// 16:9, 1600 × 900: slides and screens.
    #[default]
    Wide,
    /// A4 landscape, 1600 × 1131: paper.
    A4Landscape,
    /// A4 portrait, 1131 × 1600: paper, for what is long.
    A4Portrait,
}

impl Aspect {
    /// Width and height of the canvas in pixels.
    pub fn size(self) -> (u32, u32) {
        match self {
            Aspect::Wide => (1600, 900),
            Aspect::A4Landscape => (1600, 1131),
            Aspect::A4Portrait => (1131, 1600),
        }
    }
}

/// The words every chart has around its plot, ready to print.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Caption {
    /// The finding, in one sentence.
    pub headline: String,
    /// Against the baseline, and what the county pays.
    pub second_line: Option<String>,
    /// What is shown and in which unit, as "留存财力与支出计划，亿元".
    pub unit_line: String,
    /// The warning that much rests on assumptions; shown inside the picture.
    pub badge: Option<String>,
    /// Footnotes, each a paragraph; the last one, which says what this is a picture of, is set fainter.
    pub footnotes: Vec<String>,
}

/// The texts around the plot and the room left for it.
pub(super) struct Frame {
    pub texts: Vec<Text>,
    /// From just above the footnotes up to just below the unit; between the margins.
    pub room: Rect,
    /// Texts that had to be cut.
    pub dropped: Vec<String>,
}

/// Lays out everything around the plot.
pub(super) fn frame(data: &Caption, size: (u32, u32)) -> Frame {
    let (width, height) = (f64::from(size.0), f64::from(size.1));
    let room = width - 2.0 * MARGIN;
    let mut page = Page { texts: Vec::new(), y: TOP, dropped: Vec::new(), room };
    page.headline(&clean(&data.headline));
    page.second(data.second_line.as_deref().map(clean).unwrap_or_default().as_str());
    page.y += 20.0;
    page.fitted(&clean(&data.unit_line), &[Face::regular(19.0), Face::regular(16.0)], SOFT, 2);
    let top = page.y + 8.0;
    let notes: Vec<String> = data.footnotes.iter().map(|note| clean(note)).collect();
    let most = (height - top - BOTTOM) * 0.42;
    let (lines, face) = page.footnotes(&notes, most);
    let block: f64 = heights(&lines, face);
    let bottom = height - BOTTOM - block - APART;
    page.y = height - BOTTOM - block;
    page.print_footnotes(lines, face);
    Frame { texts: page.texts, room: Rect::new(MARGIN, top, width - MARGIN, bottom.round()), dropped: page.dropped }
}

/// Height of all footnotes.
fn heights(notes: &[Vec<String>], face: Face) -> f64 {
    let one = |lines: &Vec<String>| Text::height_of(lines.len(), face) + 0.3 * face.size;
    notes.iter().filter(|lines| !lines.is_empty()).map(one).sum()
}

struct Page {
    texts: Vec<Text>,
    /// Where the next text goes.
    y: f64,
    dropped: Vec<String>,
    room: f64,
}

impl Page {
    fn put(&mut self, lines: Vec<String>, face: Face, color: RGBColor) {
        if lines.is_empty() {
            return;
        }
        let height = Text::height_of(lines.len(), face);
        self.texts.push(Text::left(lines, face, color, MARGIN, self.y));
        self.y += height;
    }

    /// One large line; a little smaller; two even lines; smaller and smaller.
    fn headline(&mut self, text: &str) {
        let one = |size: f64| {
            let fits = Face::bold(size).width(text) <= self.room;
            fits.then(|| (vec![text.to_owned()], Face::bold(size)))
        };
        let two = |size: f64| halves(text, Face::bold(size), self.room).map(|lines| (lines.to_vec(), Face::bold(size)));
        let found = one(42.0).or_else(|| one(38.0)).or_else(|| two(38.0)).or_else(|| two(32.0));
        match found {
            Some((lines, face)) => self.put(lines, face, INK),
            None => self.fitted(text, &[Face::bold(28.0)], INK, 3),
        }
        self.y += 12.0;
    }

    fn second(&mut self, text: &str) {
        self.fitted(text, &[Face::regular(25.0), Face::regular(23.0)], SOFT, 1);
    }

    /// The first face in which the text fits into `few` lines; in the last face
    /// up to two lines more, then it is cut.
    fn fitted(&mut self, text: &str, faces: &[Face], color: RGBColor, few: usize) {
        let mut last = None;
        for &face in faces {
            let lines = wrap(text, face, self.room);
            if lines.len() <= few {
                return self.put(lines, face, color);
            }
            last = Some((lines, face));
        }
        if let Some((lines, face)) = last {
            let lines = self.cut(lines, face, few + 1);
            self.put(lines, face, color);
        }
    }

    /// Keeps the first lines; what is cut is noted.
    fn cut(&mut self, mut lines: Vec<String>, face: Face, most: usize) -> Vec<String> {
        if lines.len() > most {
            self.dropped.push(lines[most..].join(" "));
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                *last = ellipsis(&format!("{last}……"), face, self.room);
            }
        }
        lines
    }

    /// The footnotes in the largest size that leaves the plot its room.
    fn footnotes(&mut self, notes: &[String], most: f64) -> (Vec<Vec<String>>, Face) {
        let broken = |face: Face| notes.iter().map(|note| wrap(note, face, self.room)).collect();
        for size in [17.0, 16.0, 15.0, 14.0, 13.0] {
            let face = Face::regular(size);
            let lines: Vec<Vec<String>> = broken(face);
            if heights(&lines, face) <= most {
                return (lines, face);
            }
        }
        let face = Face::regular(13.0);
        let mut lines: Vec<Vec<String>> = broken(face);
        // The last note says where the numbers come from: it stays, the longest
        // of the others give way line by line.
        while heights(&lines, face) > most {
            let others = lines.len().saturating_sub(1).max(1);
            let Some(longest) = (0..others.min(lines.len())).max_by_key(|&at| lines[at].len()) else {
                break;
            };
            let keep = lines[longest].len().saturating_sub(1);
            if keep == 0 {
                let all: usize = lines.iter().map(Vec::len).sum();
                if all <= 2 {
                    break;
                }
                if lines[longest].is_empty() {
                    let end = lines.len() - 1;
                    lines[end].pop();
                    continue;
                }
            }
            let note = std::mem::take(&mut lines[longest]);
            if keep == 0 {
                self.dropped.extend(note);
            } else {
                lines[longest] = self.cut(note, face, keep);
            }
        }
        (lines, face)
    }

    fn print_footnotes(&mut self, notes: Vec<Vec<String>>, face: Face) {
        let count = notes.len();
        for (at, lines) in notes.into_iter().enumerate() {
            let color = if at + 1 == count && count > 1 { FAINT } else { SOFT };
            if !lines.is_empty() {
                self.put(lines, face, color);
                self.y += 0.3 * face.size;
            }
        }
    }
}
