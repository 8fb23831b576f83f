//! From the SVG to PNG, outlined SVG and PDF.

use super::{ChartError, Format, fonts};

/// Turns a drawn SVG into the bytes of a file. `zoom` multiplies the pixels of
/// a PNG (1 is the size of the drawing); the other formats have no pixels.
///
/// # Errors
/// When the SVG cannot be read, the size is out of bounds or the program was
/// built without the feature that the format needs.
pub fn render(svg: &str, format: Format, zoom: f32) -> Result<Vec<u8>, ChartError> {
    match format {
        Format::Svg => Ok(svg.as_bytes().to_vec()),
        Format::SvgOutlines => outlines(svg),
        Format::Png => png(&tree(svg)?, zoom),
        Format::Pdf => pdf(svg),
    }
}

/// The SVG read with the embedded fonts, or, when they lack a character, with
/// those of the system as well.
fn tree(svg: &str) -> Result<usvg::Tree, ChartError> {
    let tree = fonts::parse(svg, fonts::embedded())?;
    if fonts::missing_in(&tree).is_empty() { Ok(tree) } else { fonts::parse(svg, fonts::with_system()) }
}

fn outlines(svg: &str) -> Result<Vec<u8>, ChartError> {
    let options = usvg::WriteOptions { preserve_text: false, coordinates_precision: 3, ..usvg::WriteOptions::default() };
    Ok(tree(svg)?.to_string(&options).into_bytes())
}

/// The largest side of a PNG, so that a wrong zoom cannot eat the memory.
const MOST_PIXELS: f32 = 16_384.0;

fn png(tree: &usvg::Tree, zoom: f32) -> Result<Vec<u8>, ChartError> {
    let size = tree.size();
    let (width, height) = ((size.width() * zoom).round(), (size.height() * zoom).round());
    if !(1.0..=MOST_PIXELS).contains(&width) || !(1.0..=MOST_PIXELS).contains(&height) {
        return Err(ChartError::Convert(format!("PNG of {width} × {height} pixels")));
    }
    let (width, height) = (width as u32, height as u32);
    let mut canvas = tiny_skia::Pixmap::new(width, height).ok_or_else(|| ChartError::Convert("no room for the pixels".into()))?;
    canvas.fill(tiny_skia::Color::WHITE);
    resvg::render(tree, tiny_skia::Transform::from_scale(zoom, zoom), &mut canvas.as_mut());
    // The canvas is opaque, so alpha can go without unmultiplying.
    let rgb: Vec<u8> = canvas.data().chunks_exact(4).flat_map(|px| [px[0], px[1], px[2]]).collect();
    encode(&rgb, width, height).map_err(|why| ChartError::Convert(why.to_string()))
}

fn encode(rgb: &[u8], width: u32, height: u32) -> Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgb)?;
    writer.finish()?;
    Ok(out)
}

#[cfg(not(feature = "pdf"))]
fn pdf(_svg: &str) -> Result<Vec<u8>, ChartError> {
    Err(ChartError::Feature("pdf"))
}

#[cfg(feature = "pdf")]
fn pdf(svg: &str) -> Result<Vec<u8>, ChartError> {
    use krilla::geom::Size;
    use krilla::page::PageSettings;
    use krilla_svg::{SurfaceExt, SvgSettings};

    let tree = tree(svg)?;
    let (width, height) = page(tree.size().width(), tree.size().height());
    let no_page = || ChartError::Convert(format!("PDF page of {width} × {height} points"));
    let size = Size::from_wh(width, height).ok_or_else(no_page)?;
    let mut document = krilla::Document::new();
    document.set_metadata(metadata(svg));
    let mut sheet = document.start_page_with(PageSettings::new(size));
    let mut surface = sheet.surface();
    surface.draw_svg(&tree, size, SvgSettings::default()).ok_or_else(no_page)?;
    surface.finish();
    sheet.finish();
    document.finish().map_err(|why| ChartError::Convert(format!("{why:?}")))
}

/// Page size in points: A4 landscape when the picture has that shape, else a
/// slide 960 points wide.
#[cfg(feature = "pdf")]
fn page(width: f32, height: f32) -> (f32, f32) {
    let shape = width / height;
    if (shape - 297.0 / 210.0).abs() < 0.01 { (841.89, 595.28) } else { (960.0, 960.0 / shape) }
}

/// The headline becomes the title of the document. No date: same input, same bytes.
#[cfg(feature = "pdf")]
fn metadata(svg: &str) -> krilla::metadata::Metadata {
    let metadata = krilla::metadata::Metadata::new();
    let title = usvg::roxmltree::Document::parse(svg).ok().and_then(|document| {
        let node = document.descendants().find(|node| node.has_tag_name("title"))?;
        node.text().map(str::to_owned)
    });
    match title {
        Some(title) => metadata.title(title),
        None => metadata,
    }
}
