//! The embedded fonts: for plotters, for measuring and for reading the SVG back.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};
use usvg::fontdb::{Database, Source};

use super::ChartError;
use super::text::{clean, escape};

/// The CSS family list written into every SVG. A browser without the first
/// family goes down the list; the embedded fonts answer to the first.
pub const FAMILY: &str = "Fencheng Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif";

/// Name of the embedded family.
const EMBEDDED: &str = "Fencheng Sans SC";

static REGULAR: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/FenchengSansSC-Regular.otf"));
static BOLD: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/FenchengSansSC-Bold.otf"));

/// plotters sizes text by ascent minus descent, which is 1.24 em in these fonts.
pub(super) const PLOTTERS_EM: f64 = 1.24;

/// The two weights there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Running text.
    Regular,
    /// Headline and labels in the plot.
    Bold,
}

impl Weight {
    /// The plotters style of this weight.
    pub(super) fn style(self) -> FontStyle {
        match self {
            Weight::Regular => FontStyle::Normal,
            Weight::Bold => FontStyle::Bold,
        }
    }
}

/// Registers the embedded fonts with plotters; cheap after the first call.
///
/// # Errors
/// When the font data is damaged (a fault of the build, not of the user).
pub fn register() -> Result<(), ChartError> {
    static DONE: OnceLock<bool> = OnceLock::new();
    let done = *DONE.get_or_init(|| register_font(FAMILY, FontStyle::Normal, REGULAR).is_ok() && register_font(FAMILY, FontStyle::Bold, BOLD).is_ok());
    if done { Ok(()) } else { Err(ChartError::Font("font data damaged".into())) }
}

/// Size of the text the measure works at: 1000 pixels per em.
const MEASURE_EM: f64 = 1000.0;

/// Width of one line of text in pixels at a font size (pixels per em).
///
/// The true advance widths of the embedded fonts are added up; pair kerning of
/// Latin letters is left out, so the real text is never wider.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    static FACES: OnceLock<[FontDesc<'static>; 2]> = OnceLock::new();
    let faces = FACES.get_or_init(|| {
        // Without the fonts the guess below is used; `draw` has reported it by then.
        let _ = register();
        [Weight::Regular, Weight::Bold].map(|weight| FontDesc::new(FontFamily::Name(FAMILY), MEASURE_EM * PLOTTERS_EM, weight.style()))
    });
    let face = &faces[usize::from(weight == Weight::Bold)];
    match face.layout_box(text) {
        Ok((from, to)) => f64::from(to.0 - from.0) * size / MEASURE_EM,
        Err(_) => size * text.chars().count() as f64,
    }
}

/// The database with the embedded fonts alone: the same on every machine.
pub fn embedded() -> Arc<Database> {
    static DB: OnceLock<Arc<Database>> = OnceLock::new();
    Arc::clone(DB.get_or_init(|| Arc::new(base())))
}

/// The embedded fonts first, then whatever the system has.
pub fn with_system() -> Arc<Database> {
    static DB: OnceLock<Arc<Database>> = OnceLock::new();
    Arc::clone(DB.get_or_init(|| {
        let mut db = base();
        db.load_system_fonts();
        name_generics(&mut db);
        Arc::new(db)
    }))
}

fn base() -> Database {
    let mut db = Database::new();
    for data in [REGULAR, BOLD] {
        db.load_font_source(Source::Binary(Arc::new(data)));
    }
    name_generics(&mut db);
    db
}

/// Every generic family means the embedded one.
fn name_generics(db: &mut Database) {
    db.set_serif_family(EMBEDDED);
    db.set_sans_serif_family(EMBEDDED);
    db.set_monospace_family(EMBEDDED);
}

/// The characters of a text that neither embedded font can show, each once, in
/// order. Characters that are never drawn (controls) do not count.
pub fn missing_glyphs(text: &str) -> Vec<char> {
    let text = clean(text);
    if text.is_empty() {
        return Vec::new();
    }
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\
         <text font-family=\"{EMBEDDED}\" font-size=\"9\">{}</text></svg>",
        escape(&text)
    );
    match parse(&svg, embedded()) {
        Ok(tree) => missing_in(&tree),
        Err(_) => Vec::new(),
    }
}

/// Reads an SVG with the given fonts.
pub(super) fn parse(svg: &str, db: Arc<Database>) -> Result<usvg::Tree, ChartError> {
    let options = usvg::Options {
        fontdb: db,
        font_family: EMBEDDED.to_owned(),
        // The pictures hold no images; never follow a link to a file.
        image_href_resolver: usvg::ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) },
        ..usvg::Options::default()
    };
    usvg::Tree::from_str(svg, &options).map_err(|why| ChartError::Convert(why.to_string()))
}

/// The characters of a read SVG for which its fonts had no glyph.
pub(super) fn missing_in(tree: &usvg::Tree) -> Vec<char> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    walk(tree.root(), &mut |text| {
        for span in text.layouted() {
            for glyph in span.positioned_glyphs.iter().filter(|glyph| glyph.id.0 == 0) {
                for symbol in glyph.text.chars() {
                    if seen.insert(symbol) {
                        found.push(symbol);
                    }
                }
            }
        }
    });
    found
}

fn walk(group: &usvg::Group, seen: &mut dyn FnMut(&usvg::Text)) {
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => walk(inner, seen),
            usvg::Node::Text(text) => seen(text),
            _ => {}
        }
    }
}
