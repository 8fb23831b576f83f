//! Which pictures of runs are asked for.

use super::args::{ChartFormat, CompareArgs, Paper, RunArgs};
use super::outcome::Failure;
#[cfg(not(feature = "chart"))]
use super::outcome::complain;
#[cfg(not(feature = "chart"))]
use super::{
    output::Told,
    target::{Target, When},
};
use crate::base::lang::Lang;

/// What a meeting asks, in its order: is it enough, which variant, where and when not, who gets each yuan, when is it built.
const MEETING: [&str; 5] = ["funds", "variants", "heat", "flow", "calendar"];

/// Which pictures are wanted, and how.
pub struct Wanted {
    /// The kinds, by their keys.
    pub kinds: Vec<&'static str>,
    /// For a meeting: only the first pictures that have something to show, of the first run.
    pub meeting: bool,
    /// `all`: kinds with nothing to show are left out without a word.
    pub all: bool,
    /// As what.
    pub chart: Vec<ChartFormat>,
    /// The shape of the page.
    pub paper: Paper,
}

impl Wanted {
    /// What `run` is asked for.
    ///
    /// # Errors
    /// When there is no such picture.
    pub fn of_run(args: &RunArgs, lang: Lang) -> Result<Self, Failure> {
        if args.meeting {
            return Ok(Self { kinds: MEETING.to_vec(), meeting: true, all: true, chart: args.chart.clone(), paper: args.paper });
        }
        let all = args.picture.iter().any(|name| name.eq_ignore_ascii_case("all") || name == "全部");
        Ok(Self { kinds: kinds(&args.picture, all, lang)?, meeting: false, all, chart: args.chart.clone(), paper: args.paper })
    }

    /// What `compare` draws: the variants side by side, then each.
    pub fn of_compare(args: &CompareArgs) -> Self {
        Self { kinds: vec!["variants", "funds"], meeting: false, all: true, chart: args.chart.clone(), paper: args.paper }
    }
}

/// The kinds named, in the order of the list; without a name the usual one.
#[cfg(feature = "chart")]
fn kinds(names: &[String], all: bool, lang: Lang) -> Result<Vec<&'static str>, Failure> {
    use super::outcome::said;
    use crate::diag::Code;
    use crate::write::chart::{KINDS, Kind};
    let known: Vec<Kind> = KINDS.iter().copied().filter(|kind| kind.is_of_run()).collect();
    if all {
        return Ok(known.iter().map(|kind| kind.key).collect());
    }
    let mut found = Vec::new();
    for name in names.iter().filter(|name| !name.trim().is_empty()) {
        match Kind::named(name).filter(|kind| kind.is_of_run()) {
            Some(kind) if found.contains(&kind.key) => {}
            Some(kind) => found.push(kind.key),
            None => {
                let shown = known.iter().map(|kind| if lang == Lang::Zh { format!("{} {}", kind.key, kind.zh) } else { kind.key.to_owned() });
                let list = shown.collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " });
                return Err(Failure::Said(said(Code::E791, &[("text", name.clone()), ("known", list)], lang)));
            }
        }
    }
    Ok(if found.is_empty() { vec!["funds"] } else { found })
}

#[cfg(not(feature = "chart"))]
fn kinds(_: &[String], _: bool, _: Lang) -> Result<Vec<&'static str>, Failure> {
    Ok(Vec::new())
}

/// Says that no pictures are built in.
///
/// # Errors
/// Never.
#[cfg(not(feature = "chart"))]
pub fn pictures(_: &[Told<'_>], wanted: &Wanted, _: &When, lang: Lang, _: &mut Target) -> Result<(), Failure> {
    let _ = (&wanted.kinds, wanted.meeting, wanted.all, wanted.paper);
    if wanted.chart.iter().any(|f| *f != ChartFormat::None) {
        complain(if lang == Lang::Zh { "本程序编译时未带图（--features chart），只写表" } else { "built without pictures (--features chart): tables only" });
    }
    Ok(())
}

#[cfg(feature = "chart")]
pub use super::drawn::pictures;
