//! The pictures of studies, written beside their tables; where they stand, for the terminal.

use std::path::Path;

use super::args::PictureArgs;
use super::outcome::{Outcome, say};
use super::target::{Target, When};
use crate::base::lang::Lang;
use crate::measure::Run;
use crate::measure::compare::{Comparison, decomposition::Decomposition};
use crate::study::discover::Discovered;
use crate::study::front::{Combination, Front};
use crate::study::inputs::Input;
use crate::study::sensitivity::Analysis;
use crate::study::shown::Shown;
use crate::study::shown::{fan::Fan, histogram::Histogram};

/// What is drawn.
#[cfg_attr(not(feature = "chart"), expect(dead_code, reason = "without pictures nothing looks at it"))]
pub enum Drawn<'s> {
    /// A sweep over levers, or one input after the other; `headline` is what was found.
    Sweep(&'s Shown),
    /// How the gap spreads over draws, with the finding.
    Spread(Histogram, String),
    /// How the gap of every year spreads, of a town (with its name) or of all.
    Fan(Fan, String),
    /// The front and the present rules.
    Front(&'s Front, &'s [Input], Option<Combination>),
    /// Which inputs make a measure vary, with the finding and a warning.
    Sensitivity(&'s Analysis, &'s [Input], String, Option<String>),
    /// In which box results are of interest: the finding, and what is of interest.
    Discovery(&'s Discovered, &'s [Input], String, String),
    /// A comparison taken apart.
    Apart(&'s Decomposition, &'s Comparison<'s>),
}

/// What stands in every footnote.
#[cfg_attr(not(feature = "chart"), expect(dead_code, reason = "without pictures nothing looks at it"))]
pub struct Of<'o> {
    /// The scenario as it stands.
    pub run: &'o Run,
    /// The study: name, points, seed.
    pub study: String,
    /// When.
    pub when: &'o When,
    /// The language.
    pub lang: Lang,
}

/// The endings of pictures.
const ENDINGS: [&str; 3] = ["png", "svg", "pdf"];

/// Says where the pictures of a folder stand.
///
/// # Errors
/// When the reader is gone.
pub fn told(folder: &Path, lang: Lang) -> Outcome {
    let is_picture =
        |path: &std::path::PathBuf| path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known)) && path.file_stem().is_some_and(|stem| stem != "report");
    let mut found: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).filter(is_picture).collect();
    found.sort();
    let label = if lang == Lang::Zh { "图" } else { "Picture" };
    found.into_iter().try_for_each(|path| say(format!("  {label}  {}", path.display())))
}

/// Draws what was found in the formats asked for.
///
/// # Errors
/// When a format is not built in, or the system refuses.
#[cfg(feature = "chart")]
pub fn pictures(all: &[Drawn<'_>], of: &Of<'_>, args: &PictureArgs, target: &mut Target) -> Outcome {
    let about = crate::write::studied::About { run: of.run, when: &of.when.shown, study: of.study.clone(), aspect: args.paper.into(), lang: of.lang };
    for drawn in all {
        if let Some((name, drawing)) = drawing(drawn, &about) {
            let drawing = drawing.map_err(|e| super::drawn::chart_failure(&e, of.lang))?;
            super::drawn::store(drawing, &name, &args.chart, of.lang, target)?;
        }
    }
    Ok(())
}

/// Says that no pictures are built in.
///
/// # Errors
/// Never.
#[cfg(not(feature = "chart"))]
pub fn pictures(_: &[Drawn<'_>], of: &Of<'_>, _: &PictureArgs, _: &mut Target) -> Outcome {
    super::outcome::complain(if of.lang == Lang::Zh {
        "本程序编译时未带图（--features chart），只写表"
    } else {
        "built without pictures (--features chart): tables only"
    });
    Ok(())
}

/// A drawing with its name; nothing where there is nothing to draw.
#[cfg(feature = "chart")]
fn drawing(drawn: &Drawn<'_>, about: &crate::write::studied::About<'_>) -> Option<(String, Result<crate::write::chart::Drawing, crate::write::chart::ChartError>)> {
    use crate::study::sensitivity::Index;
    use crate::study::shown::Shape;
    use crate::write::chart::{Kind, study};
    use crate::write::studied;
    let lang = about.lang;
    let kind = |key: &str| Kind::named(key).map_or(key, |kind| kind.name(lang)).to_owned();
    Some(match drawn {
        Drawn::Sweep(shown) => match (&shown.shape, shown.headline(lang)) {
            (Shape::Cells(cells), Some(headline)) if cells.defined().next().is_some() => match cells.axes.len() {
                1 => (kind("line"), study::line::draw(&studied::line(cells, shown.measure, headline, about))),
                _ => (kind("map"), study::map::draw(&studied::map(cells, shown.measure, headline, about))),
            },
            (Shape::Tornado(tornado), Some(headline)) if !tornado.bars().is_empty() => {
                (kind("tornado"), study::tornado::draw(&studied::tornado(tornado, shown.measure, headline, about)))
            }
            _ => return None,
        },
        Drawn::Spread(histogram, headline) => (kind("spread"), study::spread::draw(&studied::spread(histogram, headline.clone(), about))),
        Drawn::Fan(fan, who) => (format!("{}-{who}", kind("fan")), study::fan::draw(&studied::fan(fan, who, about))),
        Drawn::Front(front, levers, present) => {
            front.best().first()?;
            (kind("front"), study::front::draw(&studied::front(front, levers, present.as_ref(), about)))
        }
        Drawn::Sensitivity(analysis, inputs, headline, warning) => {
            let name = |key: &str| format!("{}-{}", kind(key), analysis.measure.words.get(lang));
            match analysis.indices.first()? {
                Index::Sobol { .. } => (name("indices"), study::indices::draw(&studied::indices(analysis, inputs, headline.clone(), warning.clone(), about))),
                Index::Morris { .. } => (name("screening"), study::screening::draw(&studied::screening(analysis, inputs, headline.clone(), about))),
            }
        }
        Drawn::Discovery(found, inputs, headline, interest) => {
            let scatter = found.scatter.as_ref()?;
            (kind("box"), study::boxed::draw(&studied::discovery(scatter, inputs, headline.clone(), interest, (found.points, found.hits), about)))
        }
        Drawn::Apart(decomposition, comparison) => {
            let first = (!decomposition.groups.is_empty()).then(|| comparison.after.variant())?;
            (format!("{}-{first}", kind("waterfall")), study::waterfall::draw(&studied::waterfall(decomposition, comparison, about)))
        }
    })
}
