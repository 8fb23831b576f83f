//! What a sweep, computed here or joined from shards, has pictures of.

use super::args::{Global, PictureArgs};
use super::outcome::{Failure, Outcome};
use super::pictured::{Drawn, Of, pictures};
use super::study::failure;
use super::sweep::Planned;
use super::target::{Target, When};
use crate::base::amount::Fen;
use crate::base::lang::Lang;
use crate::study::job::Job;
use crate::study::points::Design;
use crate::study::shown::fan::Fan;
use crate::study::shown::histogram::Histogram;
use crate::study::shown::{Shape, Shown};
use crate::study::told::Summary;

/// Up to this many towns each has a fan of its own beside that of all.
const MOST_FANS: usize = 12;

/// What is gathered while the rows of a sweep go by.
#[derive(Default)]
pub struct Gathered {
    /// Of its points.
    pub shown: Option<Shown>,
    /// Of its gaps by year: the name of the town, or of all.
    fans: Vec<(Fan, String)>,
}

impl Gathered {
    /// What will be gathered: nothing without pictures, nothing of a shard.
    pub fn of(job: &Job, args: &PictureArgs) -> Self {
        let whole = job.first == 0 && job.end == job.points.count();
        Self { shown: (whole && args.is_wanted()).then(|| Shown::of(job)).flatten(), fans: Vec::new() }
    }

    /// Takes the gaps of all points, where they are draws alone.
    pub fn gaps(&mut self, all: &[Fen], job: &Job, lang: Lang) {
        let Some(shown) = self.shown.as_ref().filter(|shown| matches!(shown.shape, Shape::Spread)) else { return };
        let (towns, years, first) = (job.rows.towns.len(), job.wanted.years, job.wanted.first_year);
        let planned = shown.planned.filter(|(low, high)| low == high).map(|_| job.evaluator.planned());
        let together = if lang == Lang::Zh { "各镇合计" } else { "all towns" };
        let each = if towns <= MOST_FANS { 0..towns } else { 0..0 };
        let all_of_them = (towns > 1).then_some(None);
        for town in all_of_them.into_iter().chain(each.map(Some)) {
            let fan = Fan::of(all, town, towns, first, planned.as_deref(), years).map(Fan::until_the_plan_ends);
            let who = town.map_or_else(|| together.to_owned(), |town| plain(&job.rows.towns[town].1));
            self.fans.extend(fan.map(|fan| (fan, who)));
        }
    }

    /// Draws what was gathered.
    ///
    /// # Errors
    /// When a format is not built in, or the system refuses.
    pub fn draw(self, planned: &Planned, name: &str, summary: &Summary, args: &PictureArgs, (when, global): (&When, &Global), target: &mut Target) -> Outcome {
        let Some(shown) = &self.shown else { return Ok(()) };
        let (studied, job) = (&planned.studied, &planned.job);
        let lang = studied.lang;
        let run = studied.subject.run().map_err(|problems| failure(problems.into(), studied, global))?;
        let mut drawn = vec![Drawn::Sweep(shown)];
        if matches!(shown.shape, Shape::Spread) {
            let spread = summary.gaps().and_then(Histogram::of).zip(summary.headline(lang));
            drawn.extend(spread.map(|(histogram, headline)| Drawn::Spread(histogram, headline)));
        }
        drawn.extend(self.fans.iter().map(|(fan, who)| Drawn::Fan(fan.clone(), who.clone())));
        pictures(&drawn, &Of { run: &run, study: line(name, job, &planned.design, lang), when, lang }, args, target)
    }
}

/// The name of a town without the quotes of CSV.
fn plain(field: &str) -> String {
    field.trim_matches('"').replace("\"\"", "\"")
}

/// 研究 税收留成 · 42 个点 · 全组合
fn line(name: &str, job: &Job, design: &Design, lang: Lang) -> String {
    let points = job.points.count();
    let sampled = !matches!(design.kind.as_str(), "grid" | "one_at_a_time");
    let (zh, en) = match design.kind.as_str() {
        "grid" => ("全组合", "grid"),
        "one_at_a_time" => ("逐一变动", "one at a time"),
        "latin" => ("拉丁超立方", "Latin hypercube"),
        "sobol" => ("索博尔序列", "Sobol' sequence"),
        _ => ("蒙特卡洛", "Monte Carlo"),
    };
    match (lang, sampled) {
        (Lang::Zh, true) => format!("研究 {name} · {points} 个点 · {zh} · 种子 {}", design.seed),
        (Lang::Zh, false) => format!("研究 {name} · {points} 个点 · {zh}"),
        (Lang::En, true) => format!("study {name} · {points} points · {en} · seed {}", design.seed),
        (Lang::En, false) => format!("study {name} · {points} points · {en}"),
    }
}

/// Plans the sweep of a result anew, from the copy of its inputs: what is drawn needs its inputs, not its points.
///
/// # Errors
/// When the copy cannot be read.
pub fn planned_again(results: &super::result::Results, global: &Global) -> Result<Planned, Failure> {
    let request = results.request().and_then(|request| request.within(&results.folder, None));
    let Some(super::request::Request::Sweep(mut args)) = request else {
        let folder = results.folder.display().to_string();
        let reason = if super::outcome::language(global, None) == Lang::Zh { "没有记下是怎样的扫描" } else { "it does not say which sweep it is" };
        let lang = super::outcome::language(global, None);
        return Err(Failure::Said(super::outcome::said(crate::diag::Code::E751, &[("folder", folder), ("reason", reason.to_owned())], lang)));
    };
    // A shard is planned as the whole it is part of.
    args.shard = None;
    super::sweep::planned(&args, &Global { silent: true, ..global.clone() })
}
