//! The picture "retained funds 留存财力 against planned project spending".
//!
//! It is drawn once, as an SVG string, from [`FundsPicture`]: a neutral series of
//! numbers and words that knows nothing of scenarios. Every other form is made
//! from that one SVG by [`render`], so all forms show the same thing.
//!
//! ```text
//! FundsPicture ─draw→ Drawing { svg, labels, bars } ─render→ PNG | SVG | outlined SVG | PDF
//! ```
//!
//! - `funds` checks the data and runs the page: heading, plot, footnotes;
//! - `frame` places the heading, the badge and the footnotes;
//! - `bars` turns numbers into rectangles, hatching and step lines;
//! - `notes` finds free places for the labels in the plot, `names` for the sources;
//! - `layout` knows rectangles and collisions, `text` line breaking, `scale` ticks;
//! - `pen` is the only part that touches plotters, `palette` holds the colours;
//! - `fonts` holds the embedded fonts, `render` the other formats.
//!
//! The same input gives the same bytes: no clock, no random numbers, and system
//! fonts are looked at only when the embedded ones lack a character.

mod bars;
pub mod fonts;
mod frame;
mod funds;
pub mod layout;
mod names;
mod notes;
mod palette;
mod pen;
mod plot;
mod render;
mod scale;
mod text;

use std::fmt;

pub use bars::Bar;
pub use funds::{Aspect, FundsPicture, Role, Stack, draw};
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
    /// Every bar segment, in drawing order.
    pub bars: Vec<Bar>,
    /// Pixel row of the value zero, and pixels per unit of value.
    pub scale: (f64, f64),
    /// Texts that found no place (the caller should say so or list them elsewhere).
    /// Names of sources and lines are never among them.
    pub dropped: Vec<String>,
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
