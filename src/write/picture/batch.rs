//! Many pictures at once: drawn and rendered on threads, given back in order. The bytes do not depend on how many threads there are.

use rayon::prelude::*;

use super::Named;
use crate::write::chart::{ChartError, Drawing, Format, render};

/// A file of a picture: the ending of its stem, its extension, its bytes.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// `""`, or `"-outlines"`.
    pub suffix: &'static str,
    /// The usual extension.
    pub extension: &'static str,
    /// What is written.
    pub bytes: Vec<u8>,
}

/// A drawn picture in all formats asked for.
#[derive(Clone, Debug)]
pub struct Done {
    /// Its file name, without ending.
    pub name: String,
    /// Its files.
    pub files: Vec<Rendered>,
    /// Texts that found no place.
    pub dropped: Vec<String>,
}

/// So many pictures are kept in memory at a time by whoever goes through them in chunks.
pub const AT_ONCE: usize = 64;

/// Draws some pictures and renders each in all formats.
///
/// # Errors
/// The first trouble, in the order of the pictures.
pub fn render_all(pictures: &[Named], formats: &[Format]) -> Result<Vec<Done>, ChartError> {
    let done: Vec<Result<Done, ChartError>> = pictures.par_iter().map(|named| one(named, formats)).collect();
    done.into_iter().collect()
}

fn one(named: &Named, formats: &[Format]) -> Result<Done, ChartError> {
    render_one(named.name.clone(), named.picture.draw()?, formats)
}

/// Renders one drawing in all formats.
///
/// # Errors
/// When a format is not built in.
pub fn render_one(name: String, drawing: Drawing, formats: &[Format]) -> Result<Done, ChartError> {
    let file = |format: &Format| {
        let suffix = if *format == Format::SvgOutlines { "-outlines" } else { "" };
        Ok(Rendered { suffix, extension: format.extension(), bytes: render(&drawing.svg, *format, 1.0)? })
    };
    let files = formats.iter().map(file).collect::<Result<Vec<_>, ChartError>>()?;
    Ok(Done { name, files, dropped: drawing.dropped })
}
