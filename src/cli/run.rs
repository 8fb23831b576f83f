//! `fencheng run`: the main job.

use std::path::Path;

use super::args::{Global, RunArgs};
use super::check::{only_known, project, projected, read};
use super::collected::Collected;
use super::outcome::{Failure, Outcome, complain, language, said, say};
use super::output::{Told, write};
use super::pictured;
use super::summary;
use super::target::{When, footer, told_to_program};
use crate::base::lang::Lang;
use crate::diag::{Code, Problems};
use crate::measure::Run;
use crate::measure::story::{Story, tell};

/// Up to this many towns each has its own picture and table unless towns are named.
const MOST_PICTURES: usize = 12;
/// Up to this many towns each has its own table on the terminal unless towns are named.
const MOST_TABLES: usize = 1;
/// The scenario without a variant.
pub const BASELINE: &str = "baseline";

/// `fencheng run`
///
/// # Errors
/// When the scenario is wrong or the results cannot be written.
pub fn run(args: &RunArgs, global: &Global) -> Outcome {
    let (when, args) = (When::now(), &args.meant());
    let ran = Ran::of(args, global)?;
    let lang = language(global, ran.lang());
    let (told, notes) = (ran.told(args, lang)?, &ran.notes);
    let codes = notes.iter().map(|p| p.code.to_string()).collect();
    let folder = write(&told, ran.collected.as_ref(), args, &when, codes, lang)?;
    let headlines = told.iter().flat_map(|t| &t.stories).map(|(_, s)| s.headline.clone()).collect();
    if told_to_program(&folder, headlines, global)? {
        return Ok(());
    }
    if args.meeting {
        return meeting(&told, &folder, lang).and_then(|()| footer(&folder, &args.scenario.scenario, notes.len(), &when, lang));
    }
    for told in &told {
        print(told, !args.towns.is_empty(), lang)?;
    }
    footer(&folder, &args.scenario.scenario, notes.len(), &when, lang)
}

/// The runs asked for.
pub struct Ran {
    /// The runs, in the order they were asked for.
    pub runs: Vec<Run>,
    /// What they are compared with, where it is not among them.
    other: Option<Run>,
    /// What was collected, where a table of it is used.
    collected: Option<Collected>,
    /// What is doubtful about their scenarios.
    notes: Problems,
}

impl Ran {
    /// Reads, checks and projects.
    ///
    /// # Errors
    /// When the scenario is wrong; it was reported.
    pub fn of(args: &RunArgs, global: &Global) -> Result<Self, Failure> {
        let (mut runs, mut notes) = projected(&args.scenario, global)?;
        let mut other = compared_with(args, &runs, global)?;
        let collected = Collected::read(args, other.as_ref().or(runs.first()), &mut notes, global)?;
        if let Some(collected) = &collected {
            runs = runs.into_iter().map(|run| collected.put_into(run, global)).collect::<Result<_, _>>()?;
            other = other.map(|run| collected.put_into(run, global)).transpose()?;
        }
        Ok(Self { runs, other, collected, notes })
    }

    /// The language the scenario asks for.
    pub fn lang(&self) -> Option<Lang> {
        self.runs.first().map(|r| r.scenario.lang)
    }

    /// What is shown of every run, and the words about it.
    ///
    /// # Errors
    /// When a town or years are asked for that are not there.
    pub fn told(&self, args: &RunArgs, lang: Lang) -> Result<Vec<Told<'_>>, Failure> {
        let baseline = self.other.as_ref().or_else(|| self.runs.iter().find(|r| r.variant() == wanted(args)));
        let told = |run| {
            let asked = args.against.is_some() || Run::variant(run) != BASELINE;
            let against = baseline.filter(|b| asked && b.variant() != run.variant());
            let stories = drawn(args, run, lang)?.into_iter().map(|town| (town, tell(run, against, town, lang))).collect();
            Ok(Told { run, baseline: against, towns: run.town_views(), stories, years: years_shown(args, run, lang)? })
        };
        self.runs.iter().map(told).collect()
    }
}

/// What the runs are compared with: the scenario as it is, unless a variant is named.
fn wanted(args: &RunArgs) -> &str {
    args.against.as_deref().unwrap_or(BASELINE)
}

/// The run to compare with, where something is compared and it is not among the runs asked for; `--set` holds for it too.
fn compared_with(args: &RunArgs, runs: &[Run], global: &Global) -> Result<Option<Run>, Failure> {
    let wanted = wanted(args);
    let needed = args.against.is_some() || runs.iter().any(|r| r.scenario.variant.is_some());
    if !needed || runs.iter().any(|r| r.variant() == wanted) {
        return Ok(None);
    }
    let variant = (wanted != BASELINE).then_some(wanted);
    let known = only_known(&args.scenario, variant);
    if !global.silent {
        let lang = runs.first().map_or(Lang::Zh, |run| language(global, Some(run.scenario.lang)));
        args.scenario.set.iter().filter(|set| !known.set.contains(set)).for_each(|set| complain(only_here(set, wanted, lang)));
    }
    let checked = read(&known, variant, global)?;
    project(checked.scenario, global).map(Some)
}

/// What is said where what is compared with has no such path.
fn only_here(set: &str, against: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("  提示：{against} 里没有这个数，--set {set} 只用于变式"),
        Lang::En => format!("  note: {against} has no such value: --set {set} holds for the variant only"),
    }
}

/// Which towns are drawn: those named, or each when there are few, or all together.
fn drawn(args: &RunArgs, run: &Run, lang: Lang) -> Result<Vec<Option<usize>>, Failure> {
    let towns = &run.scenario.towns;
    if let [one] = &args.towns[..]
        && (one == "all" || one == "全部")
    {
        return Ok((0..towns.len()).map(Some).collect());
    }
    if args.towns.is_empty() {
        return Ok(if towns.len() <= MOST_PICTURES { (0..towns.len()).map(Some).collect() } else { vec![None] });
    }
    let mut found = Vec::new();
    for name in &args.towns {
        let at: Vec<usize> = (0..towns.len()).filter(|t| towns[*t].name == *name || towns[*t].id() == *name).collect();
        if at.is_empty() {
            let near = crate::diag::nearest(name, towns.iter().map(|t| t.name.as_str()));
            let hint = near.map_or(String::new(), |n| if lang == Lang::Zh { format!("\n  = 是否想写 {n}？") } else { format!("\n  = did you mean {n}?") });
            return Err(Failure::Said(said(Code::E106, &[("name", name.clone())], lang) + &hint));
        }
        found.extend(at.into_iter().map(Some));
    }
    Ok(found)
}

/// `--years 2012-2020`: what is shown, never what is computed. Without it the pictures end soon after the plan.
///
/// # Errors
/// When it is not two years within the horizon.
fn years_shown(args: &RunArgs, run: &Run, lang: Lang) -> Result<(i32, i32), Failure> {
    let (first, last) = (run.scenario.first_year, run.scenario.last_year);
    let Some(text) = &args.years else { return Ok((first, last)) };
    let parsed = text.split_once(['-', '—', '–']).or(Some((text, text))).and_then(|(a, b)| Some((a.trim().parse::<i32>().ok()?, b.trim().parse::<i32>().ok()?)));
    match parsed.filter(|(a, b)| a <= b && *a <= last && *b >= first) {
        Some((a, b)) => Ok((a.max(first), b.min(last))),
        None => {
            let args = [("option", "--years".to_owned()), ("text", text.clone()), ("example", format!("{first}-{last}"))];
            Err(Failure::Said(said(Code::E701, &args, lang)))
        }
    }
}

fn print(told: &Told<'_>, named: bool, lang: Lang) -> Outcome {
    if !named && told.stories.len() > MOST_TABLES {
        all_towns(told, &tell(told.run, told.baseline, None, lang), lang)?;
        say("")?;
        return told.stories.iter().try_for_each(|(_, story)| finding(story)).and_then(|()| say(""));
    }
    for (town, story) in &told.stories {
        match town {
            Some(town) => summary::lines(told.run, &told.towns[*town], story, told.years, lang).into_iter().try_for_each(say)?,
            None => all_towns(told, story, lang)?,
        }
        say("")?;
    }
    Ok(())
}

/// What a meeting hears first, a line a variant, and where its report and pictures are.
fn meeting(told: &[Told<'_>], folder: &Path, lang: Lang) -> Outcome {
    for told in told {
        let only = if let [(Some(town), _)] = told.stories[..] { Some(town) } else { None };
        say(format!("  · {}  {}", told.run.label(), tell(told.run, told.baseline, only, lang).headline))?;
    }
    say("")?;
    let label = if lang == Lang::Zh { "报告" } else { "Report" };
    for name in ["report.html", "report.pdf"].map(|name| folder.join(name)).iter().filter(|path| path.exists()) {
        say(format!("  {label}  {}", name.display()))?;
    }
    pictured::told(folder, lang)
}

/// What was found of a town among several, in a line or two.
fn finding(story: &Story) -> Outcome {
    say(format!("  · {}", story.headline))?;
    story.second.iter().try_for_each(|line| say(format!("    {line}")))?;
    story.warning.iter().try_for_each(|line| say(format!("    ! {line}")))
}

fn all_towns(told: &Told<'_>, story: &Story, lang: Lang) -> Outcome {
    let (run, mut views) = (told.run, told.towns.clone());
    say(match lang {
        Lang::Zh => format!("{}（{}）", run.scenario.name, run.variant()),
        Lang::En => format!("{} ({})", run.scenario.name, run.variant()),
    })?;
    say(format!("\n  {}", story.headline))?;
    story.second.iter().chain(&story.remarks).try_for_each(|line| say(format!("  {line}")))?;
    story.warning.iter().chain(&story.badge).try_for_each(|line| say(format!("  ! {line}")))?;
    if views.len() > MOST_PICTURES {
        views.sort_by_key(|v| -v.sum(|y| y.planned - y.paid));
        views.truncate(MOST_PICTURES);
    }
    say("")?;
    summary::overview(&views, run, lang).into_iter().try_for_each(say)
}
