//! What a chart draws on: shapes and texts in the order in which they are
//! painted, the marks that stand for values, and what is already occupied.
//!
//! A chart puts things on the canvas and cannot fail; [`Canvas::finish`] paints.

use plotters::style::RGBColor;

use super::frame::{self, Aspect, Caption, MARGIN};
use super::layout::{Rect, Scene, dashes, hatching};
use super::palette::{self, BADGE, Paint};
use super::pen::{self, Hang, Pen, Text};
use super::text::{Face, balanced, clean};
use super::{ChartError, Drawing, fonts};

/// A value and the place that shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// Which series, counted from 0; the chart says what its series are.
    pub series: usize,
    /// Which item of the series (a year, a town, …), counted from 0.
    pub item: usize,
    /// The value it shows, in the unit of the picture.
    pub value: f64,
    /// Its place. A bar or cell fills it; a point of a line is a box without size. Neighbours may share an edge.
    pub rect: Rect,
}

/// Colour, width and dashes of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    /// Its colour.
    pub color: RGBColor,
    /// Pixels.
    pub width: u32,
    /// Pixels on and off; `None` is solid.
    pub dash: Option<(f64, f64)>,
}

impl Stroke {
    /// A solid line.
    pub const fn solid(color: RGBColor, width: u32) -> Self {
        Stroke { color, width, dash: None }
    }

    /// A dashed line.
    pub const fn dashed(color: RGBColor, width: u32, on: f64, off: f64) -> Self {
        Stroke { color, width, dash: Some((on, off)) }
    }
}

/// A thing to paint.
#[derive(Debug, Clone)]
enum Item {
    Fill(Rect, RGBColor),
    Area(Vec<(f64, f64)>, RGBColor, f64),
    Line(Vec<(f64, f64)>, Stroke),
    Text(Text),
}

/// A page with a caption, waiting for its plot.
pub(super) struct Canvas {
    items: Vec<Item>,
    /// What must not be covered. Texts are added by themselves, shapes by whoever draws them where labels may come near.
    pub scene: Scene,
    /// The values shown.
    pub marks: Vec<Mark>,
    /// See [`Drawing::scales`].
    pub scales: Vec<(f64, f64)>,
    /// See [`Drawing::dropped`].
    pub dropped: Vec<String>,
    size: (u32, u32),
    headline: String,
}

impl Canvas {
    /// A page with its words (badge included), and the room left for the plot and the labels of its axes.
    pub fn new(caption: &Caption, aspect: Aspect) -> Result<(Self, Rect), ChartError> {
        fonts::register()?;
        let size = aspect.size();
        let frame = frame::frame(caption, size);
        let mut canvas = Canvas {
            items: Vec::new(),
            scene: Scene::default(),
            marks: Vec::new(),
            scales: Vec::new(),
            dropped: frame.dropped,
            size,
            headline: caption.headline.clone(),
        };
        let unit_end = frame.texts.iter().filter(|t| t.bounds().y1 > frame.room.y0 - 30.0 && t.top < frame.room.y0).map(|t| t.bounds().x1).fold(MARGIN, f64::max);
        for text in frame.texts {
            canvas.text(text);
        }
        let mut room = frame.room;
        if let Some(words) = caption.badge.as_deref().map(clean).filter(|words| !words.is_empty()) {
            canvas.badge(&words, &mut room, unit_end);
        }
        Ok((canvas, room))
    }

    /// The badge touches the plot at its upper right, so that whoever cuts the plot out takes it along. It stands beside the unit where there
    /// is room, else in a strip of its own.
    fn badge(&mut self, words: &str, room: &mut Rect, unit_end: f64) {
        let face = Face::bold(17.0);
        let lines = balanced(words, face, room.width() - 24.0);
        let (width, height) = (face.widest(&lines) + 24.0, Text::height_of(lines.len(), face) + 10.0);
        let beside = lines.len() == 1 && room.x1 - width > unit_end + 24.0;
        let top = if beside { room.y0 - height + 4.0 } else { room.y0 + 2.0 };
        let ground = Rect::new(room.x1 - width, top.round(), room.x1, (top + height).round());
        self.fill(ground.grown(1.0), BADGE[1]);
        self.fill(ground, BADGE[0]);
        self.text(Text::left(lines, face, BADGE[2], ground.x0 + 12.0, ground.y0 + 5.0));
        self.scene.areas.push(ground.grown(4.0));
        room.y0 = ground.y1 + if beside { 6.0 } else { 10.0 };
    }

    /// A filled rectangle; nothing where it is thinner than a pixel.
    pub fn fill(&mut self, rect: Rect, color: RGBColor) {
        self.items.push(Item::Fill(rect, color));
    }

    /// The edge of a rectangle, drawn inside it.
    pub fn outline(&mut self, rect: Rect, color: RGBColor, width: f64) {
        let Rect { x0, y0, x1, y1 } = rect;
        for side in [Rect::new(x0, y0, x1, y0 + width), Rect::new(x0, y1 - width, x1, y1), Rect::new(x0, y0, x0 + width, y1), Rect::new(x1 - width, y0, x1, y1)] {
            self.fill(side, color);
        }
    }

    /// A patch of a kind of money, with its edge if it has one and there is room.
    pub fn patch(&mut self, rect: Rect, paint: &Paint) {
        match paint.edge {
            Some(edge) if rect.height() > 4.0 && rect.width() > 4.0 => {
                self.fill(rect, edge);
                self.fill(rect.grown(-1.0), paint.fill);
            }
            Some(edge) => self.fill(rect, edge),
            None => self.fill(rect, paint.fill),
        }
    }

    /// Hatching at 45 degrees: what is missing, negative or not there, readable without colour.
    pub fn hatch(&mut self, rect: &Rect, color: RGBColor, apart: f64, width: u32) {
        for line in hatching(rect, apart) {
            self.line(&line, Stroke::solid(color, width));
        }
    }

    /// A filled area (band, flow, marker); `opacity` from 0 to 1.
    pub fn area(&mut self, points: Vec<(f64, f64)>, color: RGBColor, opacity: f64) {
        self.items.push(Item::Area(points, color, opacity));
    }

    /// A line through points.
    pub fn line(&mut self, points: &[(f64, f64)], stroke: Stroke) {
        if points.len() > 1 {
            self.items.push(Item::Line(points.to_vec(), stroke));
        }
    }

    /// A line through points that labels must not cover.
    pub fn solid_line(&mut self, points: &[(f64, f64)], stroke: Stroke) {
        self.line(points, stroke);
        let half = f64::from(stroke.width) / 2.0 + 1.0;
        for ends in points.windows(2) {
            self.occupy(ends[0], ends[1], half);
        }
    }

    /// Marks a straight line as occupied, in pieces small enough that a slope does not block the corner beside it.
    fn occupy(&mut self, from: (f64, f64), to: (f64, f64), half: f64) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let pieces = (dx.abs().min(dy.abs()) / 12.0).ceil().max(1.0);
        for at in 0..pieces as usize {
            let part = |k: f64| (from.0 + dx * k / pieces, from.1 + dy * k / pieces);
            let (a, b) = (part(at as f64), part(at as f64 + 1.0));
            self.scene.strokes.push(Rect::new(a.0, a.1, b.0, b.1).grown(half));
        }
    }

    /// A round point of `radius` pixels with a white rim, so that points over each other can be told apart.
    pub fn dot(&mut self, (x, y): (f64, f64), radius: f64, color: RGBColor) {
        for (r, c) in [(radius + 1.5, palette::PAPER), (radius, color)] {
            let corner = |k: i32| {
                let turn = f64::from(k) * std::f64::consts::TAU / 24.0;
                (x + r * libm::cos(turn), y + r * libm::sin(turn))
            };
            self.area((0..24).map(corner).collect(), c, 1.0);
        }
    }

    /// A text; what it covers is occupied from now on.
    pub fn text(&mut self, text: Text) {
        self.scene.texts.extend(text.boxes());
        self.items.push(Item::Text(text));
    }

    /// The text if its place is free of texts and strokes (and of areas unless `on_area`) by `air` pixels and inside `within`.
    pub fn text_if_free(&mut self, text: Text, within: &Rect, air: f64, on_area: bool) -> bool {
        let place = text.bounds().grown(air);
        let free = within.contains(&text.bounds()) && if on_area { self.scene.free_on_area(&place) } else { self.scene.free(&place) };
        if free {
            self.text(text);
        }
        free
    }

    /// A label beside a point: above, below, right, left, then at the corners and farther away. What finds no place is dropped and listed.
    pub fn label_near(&mut self, words: &str, face: Face, color: RGBColor, (x, y): (f64, f64), reach: f64, within: &Rect) -> bool {
        let height = Text::height_of(1, face);
        for far in [1.0, 1.8, 3.0, 4.5] {
            let d = reach * far;
            let (right, left, up, down, level) = (x + d, x - d, y - d - height, y + d, y - height / 2.0);
            let places = [
                (x, up, Hang::Center),
                (x, down, Hang::Center),
                (right, level, Hang::Left),
                (left, level, Hang::Right),
                (right, up, Hang::Left),
                (left, up, Hang::Right),
                (right, down, Hang::Left),
                (left, down, Hang::Right),
            ];
            for (x, top, hang) in places {
                let text = Text::left(vec![words.to_owned()], face, color, x, top).hung(hang);
                if self.text_if_free(text, within, 2.0, false) {
                    return true;
                }
            }
        }
        self.dropped.push(words.to_owned());
        false
    }

    /// Records a value and its place.
    pub fn mark(&mut self, series: usize, item: usize, value: f64, rect: Rect) {
        self.marks.push(Mark { series, item, value, rect });
    }

    /// Paints everything in the order in which it came.
    pub fn finish(self) -> Result<Drawing, ChartError> {
        let mut svg = String::new();
        let mut pen = Pen::new(&mut svg, self.size, palette::PAPER)?;
        for item in &self.items {
            match item {
                Item::Fill(rect, color) => pen.fill(rect, *color)?,
                Item::Area(points, color, opacity) => pen.area(points, *color, *opacity)?,
                Item::Line(points, stroke) => paint_line(&mut pen, points, stroke)?,
                Item::Text(text) => pen.text(text)?,
            }
        }
        let (labels, fine) = pen.finish()?;
        let svg = pen::finished(svg, fine, &self.headline);
        Ok(Drawing { svg, size: self.size, labels, marks: self.marks, scales: self.scales, dropped: self.dropped })
    }
}

fn paint_line(pen: &mut Pen, points: &[(f64, f64)], stroke: &Stroke) -> Result<(), ChartError> {
    match stroke.dash {
        None => pen.curve(points, stroke.color, stroke.width),
        Some((on, off)) => dashes(points, on, off).iter().try_for_each(|dash| pen.curve(dash, stroke.color, stroke.width)),
    }
}
