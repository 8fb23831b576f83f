//! A document of text, tables and pictures laid out on A4 pages, one SVG a page, and the pages as one PDF.
//!
//! Measures are points: a page is 595 × 842. Tables run over pages and repeat their heads; a heading stays with what
//! follows it; a picture is never cut.

use std::fmt::Write as _;

use super::text::{Face, clean, ellipsis, escape, wrap};
use super::{ChartError, fonts};

/// A4 in points.
const PAGE: (f64, f64) = (595.28, 841.89);
const LEFT: f64 = 44.0;
const TOP: f64 = 48.0;
/// How wide what is printed is.
const ROOM: f64 = PAGE.0 - 2.0 * LEFT;
/// Nothing but the footer stands below.
const BOTTOM: f64 = PAGE.1 - 52.0;
/// Between two columns.
const GAP: f64 = 7.0;
/// Sizes of a table's letters: as large as fits, never smaller than can be read.
const LARGEST: f64 = 7.5;
const SMALLEST: f64 = 5.0;
/// A table of texts has columns this wide at most, in letters.
const WIDEST: f64 = 12.0;

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// What the document is called.
    Title(String),
    /// A chapter.
    Heading(String),
    /// A finding.
    Lead(String),
    /// A paragraph.
    Text(String),
    /// A warning or badge, in red.
    Alarm(String),
    /// A remark, small and grey.
    Note(String),
    /// What the finding below it is about, small and grey; stays with it.
    Kicker(String),
    /// A picture: SVG and its size in pixels.
    Picture(String, (u32, u32)),
    /// A table: headings, whether a column holds numbers, rows.
    Table(Vec<String>, Vec<bool>, Vec<Vec<String>>),
    /// What follows stands on a new page.
    NewPage,
}

/// The pages of a document as SVG.
#[must_use]
pub fn pages(blocks: &[Block], footer: &str) -> Vec<String> {
    let mut press = Press { done: Vec::new(), page: String::new(), at: TOP };
    for (n, block) in blocks.iter().enumerate() {
        // A heading takes along what stands below it.
        let below = if matches!(block, Block::Heading(_) | Block::Kicker(_) | Block::Lead(_)) { blocks.get(n + 1).map_or(0.0, least) } else { 0.0 };
        press.block(block, below);
    }
    press.turn();
    let count = press.done.len();
    press.done.iter().enumerate().map(|(n, page)| framed(page, footer, n + 1, count)).collect()
}

fn framed(page: &str, footer: &str, number: usize, count: usize) -> String {
    let mut out = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\">", PAGE.0, PAGE.1);
    out.push_str(page);
    let face = Face::regular(7.0);
    let y = PAGE.1 - 28.0;
    print(&mut out, &ellipsis(&clean(footer), face, ROOM - 60.0), LEFT, y, face, "#707070", "start");
    print(&mut out, &format!("{number} / {count}"), PAGE.0 - LEFT, y, face, "#707070", "end");
    out.push_str("</svg>");
    out
}

/// How high the least part of a block is that may not stand alone.
fn least(block: &Block) -> f64 {
    match block {
        Block::Picture(_, size) => scaled(*size).1,
        Block::Table(..) => 60.0,
        _ => 34.0,
    }
}

fn scaled((width, height): (u32, u32)) -> (f64, f64) {
    (ROOM, ROOM * f64::from(height) / f64::from(width.max(1)))
}

fn print(out: &mut String, words: &str, x: f64, y: f64, face: Face, colour: &str, anchor: &str) {
    let weight = if face.weight == fonts::Weight::Bold { " font-weight=\"bold\"" } else { "" };
    let _ = write!(
        out,
        "<text x=\"{x:.2}\" y=\"{y:.2}\" font-family=\"{}\" font-size=\"{}\"{weight} fill=\"{colour}\" text-anchor=\"{anchor}\">{}</text>",
        fonts::FAMILY,
        face.size,
        escape(words)
    );
}

/// Pages being filled from top to bottom.
struct Press {
    done: Vec<String>,
    page: String,
    at: f64,
}

impl Press {
    /// Starts a new page, unless this one is empty.
    fn turn(&mut self) {
        if !self.page.is_empty() {
            self.done.push(std::mem::take(&mut self.page));
            self.at = TOP;
        }
    }

    /// Makes sure that so much has room.
    fn need(&mut self, height: f64) {
        if self.at + height > BOTTOM {
            self.turn();
        }
    }

    fn block(&mut self, block: &Block, below: f64) {
        match block {
            Block::Title(words) => self.lines(words, Face::bold(20.0), "#1a1a1a", 0.0, 0.0),
            Block::Heading(words) => self.lines(words, Face::bold(14.0), "#1a1a1a", 16.0, below),
            Block::Lead(words) => self.lines(words, Face::bold(10.5), "#1a1a1a", 1.0, below),
            Block::Text(words) => self.lines(words, Face::regular(9.0), "#333333", 2.0, 0.0),
            Block::Alarm(words) => self.lines(words, Face::bold(9.0), "#b21820", 2.0, 0.0),
            Block::Note(words) => self.lines(words, Face::regular(7.5), "#707070", 2.0, 0.0),
            Block::Kicker(words) => self.lines(words, Face::regular(7.5), "#707070", 12.0, below),
            Block::Picture(svg, size) => self.picture(svg, *size),
            Block::Table(heads, numbers, rows) => self.table(&Columns::of(heads, numbers, rows), rows),
            Block::NewPage => self.turn(),
        }
    }

    fn lines(&mut self, words: &str, face: Face, colour: &str, above: f64, below: f64) {
        let lines = wrap(&clean(words), face, ROOM);
        let step = face.size * 1.45;
        self.need(above + step * lines.len().min(4) as f64 + below);
        self.at += if self.page.is_empty() { 0.0 } else { above };
        for line in lines {
            self.need(step);
            print(&mut self.page, &line, LEFT, self.at + face.size, face, colour, "start");
            self.at += step;
        }
    }

    fn picture(&mut self, svg: &str, size: (u32, u32)) {
        let (width, height) = scaled(size);
        self.need(height + 10.0);
        // The picture's own element gives way to one that places and scales it.
        let inner = svg.find("<svg").and_then(|at| svg[at..].find('>').map(|end| &svg[at + end + 1..])).unwrap_or("");
        let _ = write!(self.page, "<svg x=\"{LEFT}\" y=\"{:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" viewBox=\"0 0 {} {}\">{inner}", self.at + 6.0, size.0, size.1);
        self.at += height + 10.0;
    }

    fn table(&mut self, columns: &Columns, rows: &[Vec<String>]) {
        self.at += 4.0;
        self.need(columns.head_height() + 3.0 * columns.size);
        self.head(columns);
        for row in rows {
            let cells = columns.wrapped(row);
            let height = columns.height(&cells);
            if self.at + height > BOTTOM {
                self.turn();
                self.head(columns);
            }
            self.row(columns, &cells, Face::regular(columns.size));
            self.rule(0.3, "#cccccc");
        }
        self.at += 6.0;
    }

    fn head(&mut self, columns: &Columns) {
        self.row(columns, &columns.heads, Face::bold(columns.size));
        self.rule(0.8, "#1a1a1a");
    }

    fn row(&mut self, columns: &Columns, cells: &[Vec<String>], face: Face) {
        let mut x = LEFT;
        for ((lines, width), number) in cells.iter().zip(&columns.widths).zip(&columns.numbers) {
            for (n, line) in lines.iter().enumerate() {
                let (at, anchor) = if *number { (x + width, "end") } else { (x, "start") };
                print(&mut self.page, line, at, self.at + face.size * (1.15 + 1.25 * n as f64), face, "#1a1a1a", anchor);
            }
            x += width + GAP;
        }
        self.at += columns.height(cells);
    }

    fn rule(&mut self, width: f64, colour: &str) {
        let _ = write!(self.page, "<line x1=\"{LEFT}\" x2=\"{:.2}\" y1=\"{1:.2}\" y2=\"{1:.2}\" stroke=\"{colour}\" stroke-width=\"{width}\"/>", LEFT + ROOM, self.at);
    }
}

/// How wide the columns of a table are, and how large its letters.
struct Columns {
    widths: Vec<f64>,
    numbers: Vec<bool>,
    heads: Vec<Vec<String>>,
    size: f64,
}

impl Columns {
    /// Numbers get the room they need, texts what is left, down to the smallest letters.
    fn of(heads: &[String], numbers: &[bool], rows: &[Vec<String>]) -> Self {
        let wish = |n: usize, number: bool| -> f64 {
            let face = Face::regular(1.0);
            let widest = rows.iter().filter_map(|row| row.get(n)).map(|cell| face.width(cell)).fold(0.0, f64::max);
            let head = face.width(&heads[n]);
            if number { widest.max(head.min(3.2)) } else { widest.clamp(2.2, WIDEST).max(head.min(3.2)) }
        };
        let wishes: Vec<f64> = numbers.iter().enumerate().map(|(n, number)| wish(n, *number)).collect();
        let room = ROOM - GAP * (wishes.len().saturating_sub(1)) as f64;
        let all: f64 = wishes.iter().sum();
        let size = (room / all.max(1.0)).clamp(SMALLEST, LARGEST);
        // What is left goes to the texts that would run over more lines; where there is too little, every column gives.
        let face = Face::regular(size);
        let longest = |n: usize| rows.iter().filter_map(|row| row.get(n)).map(|cell| face.width(cell)).fold(0.0, f64::max);
        let lacking: Vec<f64> = numbers.iter().enumerate().map(|(n, number)| if *number { 0.0 } else { (longest(n) - wishes[n] * size).max(0.0) + 1.0 }).collect();
        let share = (room - all * size).max(0.0) / lacking.iter().sum::<f64>().max(1.0);
        let shrink = (room / (all * size)).min(1.0);
        let widths: Vec<f64> = wishes.iter().zip(&lacking).map(|(wish, lacks)| wish * size * shrink + lacks * share).collect();
        let bold = Face::bold(size);
        let heads = heads.iter().zip(&widths).map(|(head, width)| wrap(&clean(head), bold, *width)).collect();
        Self { widths, numbers: numbers.to_vec(), heads, size }
    }

    fn wrapped(&self, row: &[String]) -> Vec<Vec<String>> {
        let face = Face::regular(self.size);
        let cell = |(text, (width, number)): (&String, (&f64, &bool))| if *number { vec![text.clone()] } else { wrap(&clean(text), face, *width) };
        row.iter().zip(self.widths.iter().zip(&self.numbers)).map(cell).collect()
    }

    fn height(&self, cells: &[Vec<String>]) -> f64 {
        let lines = cells.iter().map(Vec::len).max().unwrap_or(1).max(1);
        self.size * (1.25 * lines as f64 + 0.45)
    }

    fn head_height(&self) -> f64 {
        self.height(&self.heads)
    }
}

/// The pages as one PDF with selectable text.
///
/// # Errors
/// When a page cannot be read as SVG, or the PDF cannot be made.
pub fn pdf(pages: &[String], title: &str) -> Result<Vec<u8>, ChartError> {
    use krilla::geom::Size;
    use krilla::page::PageSettings;
    use krilla_svg::{SurfaceExt, SvgSettings};

    let (width, height) = (PAGE.0 as f32, PAGE.1 as f32);
    let size = Size::from_wh(width, height).ok_or_else(|| ChartError::Convert("A4".to_owned()))?;
    let mut document = krilla::Document::new();
    document.set_metadata(krilla::metadata::Metadata::new().title(clean(title)));
    for page in pages {
        let mut tree = fonts::parse(page, fonts::embedded())?;
        if !fonts::missing_in(&tree).is_empty() {
            tree = fonts::parse(page, fonts::with_system())?;
        }
        let mut sheet = document.start_page_with(PageSettings::new(size));
        let mut surface = sheet.surface();
        surface.draw_svg(&tree, size, SvgSettings::default()).ok_or_else(|| ChartError::Convert("a page".to_owned()))?;
        surface.finish();
        sheet.finish();
    }
    document.finish().map_err(|why| ChartError::Convert(format!("{why:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_table_repeats_its_head_and_keeps_every_row() {
        let rows: Vec<Vec<String>> = (0..200).map(|n| vec![format!("town {n}"), format!("{n}00")]).collect();
        let pages = pages(&[Block::Heading("H".into()), Block::Table(vec!["Town".into(), "Money".into()], vec![false, true], rows)], "foot");
        assert!(pages.len() > 2);
        assert!(pages.iter().all(|page| page.contains(">Money<") && page.contains(&format!("/ {}", pages.len()))));
        let all = pages.concat();
        assert!((0..200).all(|n| all.contains(&format!(">town {n}<"))));
    }

    #[test]
    fn a_name_cannot_become_markup() {
        let pages = pages(&[Block::Lead("<b>&\u{0}".into())], "<i>");
        assert!(pages[0].contains("&lt;b&gt;&amp;<") && pages[0].contains("&lt;i&gt;"));
    }
}
