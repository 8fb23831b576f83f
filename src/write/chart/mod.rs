//! Drawing: one file a kind of chart, over one foundation.
//!
//! A chart is drawn once, as an SVG string, from a neutral series: a struct of
//! numbers and words that knows nothing of scenarios. Every other form is made
//! from that one SVG by [`render`], so all forms show the same thing.
//!
//! ```text
//! FundsPicture, … ─draw→ Drawing { svg, labels, marks } ─render→ PNG | SVG | outlined SVG | PDF
//! ```
//!
//! What all charts share:
//! - `canvas` is what a chart draws on: shapes, texts, marks, what is occupied;
//! - `frame` places the words around the plot ([`Caption`]) on a page ([`Aspect`]);
//! - `axis` and `scale` turn values into pixels and back into round ticks;
//! - `kind` lists every kind of chart, for options, file names and the gallery;
//! - `key` explains colours where names find no place, `grid` divides a page;
//! - `layout` knows rectangles and collisions, `text` line breaking;
//! - `palette` holds the colours and says why they hold without colour;
//! - `pen` is the only part that touches plotters;
//! - `fonts` holds the embedded fonts, `render` the other formats.
//!
//! The same input gives the same bytes: no clock, no random numbers, and system
//! fonts are looked at only when the embedded ones lack a character.

mod axis;
pub mod calendar;
mod canvas;
#[cfg(feature = "pdf")]
pub mod document;
pub mod flow;
pub mod fonts;
mod frame;
pub mod funds;
mod grid;
pub mod heat;
mod key;
mod kind;
pub mod layout;
pub mod lorenz;
pub mod multiples;
mod palette;
mod pen;
mod render;
mod scale;
pub mod study;
mod text;

use std::fmt;

pub use canvas::Mark;
pub use frame::{Aspect, Caption};
pub use kind::{KINDS, Kind};
pub use render::render;

/// A finished drawing and what is needed to check it.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// The picture as SVG text.
    pub svg: String,
    /// Width and height of the canvas in pixels.
    pub size: (u32, u32),
    /// Every text in the picture with the box it was given.
    pub labels: Vec<Label>,
    /// Every value shown, in drawing order; the kind of chart says how its series and items are counted.
    pub marks: Vec<Mark>,
    /// For each panel with an axis of values: pixel of the value zero (row, or column where values run across), and pixels per unit.
    pub scales: Vec<(f64, f64)>,
    /// Texts that found no place (the caller should say so or list them elsewhere).
    /// Names of sources and lines are never among them.
    pub dropped: Vec<String>,
}

impl Drawing {
    /// What is wrong with the drawing, in plain words for tests: labels over each other or off the canvas, characters without a glyph.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let canvas = layout::Rect::new(0.0, 0.0, f64::from(self.size.0), f64::from(self.size.1));
        let mut faults = Vec::new();
        // From left to right, so that only near labels are compared.
        let mut labels: Vec<&Label> = self.labels.iter().collect();
        labels.sort_by(|a, b| a.rect.x0.total_cmp(&b.rect.x0));
        for (at, label) in labels.iter().enumerate() {
            if !canvas.contains(&label.rect) {
                faults.push(format!("off the canvas: {label:?}"));
            }
            let near = labels[at + 1..].iter().take_while(|other| other.rect.x0 < label.rect.x1);
            faults.extend(near.filter(|other| label.rect.overlaps(&other.rect)).map(|other| format!("{label:?} over {other:?}")));
        }
        let all: String = self.labels.iter().map(|label| label.text.as_str()).collect();
        faults.extend(fonts::missing_glyphs(&all).into_iter().map(|c| format!("no glyph for {c:?}")));
        faults
    }
}

/// A text in the picture and the box it fills.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The text of one line, as drawn.
    pub text: String,
    /// The box, in pixels from the top left of the canvas.
    pub rect: layout::Rect,
}

/// The forms in which a picture can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Pixels, for documents and screens.
    Png,
    /// Vector picture with live text.
    Svg,
    /// Vector picture whose text is outlines: needs no font, best for slides.
    SvgOutlines,
    /// PDF page with selectable text (cargo feature `pdf`).
    Pdf,
}

impl Format {
    /// The usual file extension, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Png => "png",
            Format::Svg | Format::SvgOutlines => "svg",
            Format::Pdf => "pdf",
        }
    }
}

/// Why a picture could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChartError {
    /// The series do not fit together; the text says which.
    Data(String),
    /// The embedded fonts could not be read.
    Font(String),
    /// plotters failed.
    Draw(String),
    /// The SVG could not be read back or turned into the wanted format.
    Convert(String),
    /// The program was built without a cargo feature; holds its name.
    Feature(&'static str),
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChartError::Data(why) => write!(f, "the series of the picture do not fit: {why}"),
            ChartError::Font(why) => write!(f, "the embedded fonts cannot be used: {why}"),
            ChartError::Draw(why) => write!(f, "the picture could not be drawn: {why}"),
            ChartError::Convert(why) => write!(f, "the picture could not be converted: {why}"),
            ChartError::Feature(name) => write!(f, "this program was built without the feature `{name}`; build it with `--features {name}`"),
        }
    }
}

impl std::error::Error for ChartError {}
