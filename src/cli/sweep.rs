//! `fencheng sweep`: many points of one scenario, in whole chunks.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Instant;

use super::args::{Global, SweepArgs};
use super::outcome::{Failure, Outcome, complain, said as coded, say};
use super::study::{Studied, declared, failure, inputs, named, said, studied};
use super::swept::{Kind, Swept, write};
use super::swept_tables::Formats;
use super::target::{When, footer, ready, told_to_program};
use crate::base::lang::Lang;
use crate::diag::{Code, nearest};
use crate::scenario::study::Sweep;
use crate::study::evaluate::Evaluator;
use crate::study::inputs::{Chosen, Input};
use crate::study::job::{Job, Sum};
use crate::study::maps::Unmapped;
use crate::study::measure::{self, Measure};
use crate::study::points::{Design, Points};
use crate::study::rows::Rows;
use crate::study::spread::MOST_GAPS;
use crate::study::wrong::Wrong;
use crate::write::chunks::{Chunks, Earlier, Lock};
use crate::write::csv::user_text;
use crate::write::folder::safe_name;

/// How often progress is told.
const PROGRESS_SECONDS: f64 = 0.5;

/// `fencheng sweep`
///
/// # Errors
/// When the scenario or the study is wrong, or results cannot be written.
pub fn sweep(args: &SweepArgs, global: &Global) -> Outcome {
    let when = When::now();
    let planned = planned(args, global)?;
    let Planned { study, studied, job, drawn, .. } = &planned;
    let (study, drawn, lang) = (study.as_ref(), *drawn, studied.lang);
    let formats = Formats::of(&args.target.format, lang)?;
    let id = study.map_or("sweep", |s| &s.id);
    let target = args.target.out.clone().unwrap_or_else(|| PathBuf::from("output").join(format!("{}-{}", safe_name(&format!("{}-{id}", studied.scenario.id)), when.stamp)));
    let kind = Kind {
        id: id.to_owned(),
        name: study.map_or_else(|| sweep_name(lang).to_owned(), |s| s.name.clone()),
        drawn,
        identity: identity(job, args, study, studied),
    };
    ready(&args.target, &args.study.scenario.scenario, lang)?;
    warn_if_slow(&job.evaluator, lang);
    let lock = locked(&target, lang)?;
    let chunks = unfinished(args, &target, &kind.identity, lang)?;
    compute(job, &chunks, lang)?;
    let swept = Swept { planned: &planned, kind: &kind, chunks: &chunks, formats };
    let (folder, summary) = write(&swept, args, &target, &when, global)?;
    drop(lock);
    chunks.remove().map_err(|t| super::target::failure(&t, lang))?;
    let words = summary.sentences(&kind.name, drawn, lang);
    if told_to_program(&folder, words.clone(), global)? {
        return Ok(());
    }
    words.into_iter().try_for_each(|line| say(format!("  {line}")))?;
    super::pictured::told(&folder, lang)?;
    footer(&folder, &args.study.scenario.scenario, studied.notes.len(), &when, lang)
}

/// A sweep ready to be computed.
pub struct Planned {
    /// The sweep the scenario declares, where it is one of those.
    pub study: Option<Sweep>,
    /// The scenario.
    pub studied: Studied,
    /// What is computed.
    pub job: Job,
    /// The points are draws.
    pub drawn: bool,
    /// How points are chosen.
    pub design: Design,
}

/// Reads the scenario and lays out the points.
///
/// # Errors
/// When the scenario or the study is wrong.
pub fn planned(args: &SweepArgs, global: &Global) -> Result<Planned, Failure> {
    let plain = declared(&args.study, global)?;
    let lang = super::outcome::language(global, Some(plain.lang));
    let typed = !args.study.lever.is_empty() || !args.study.uncertain.is_empty();
    let study = if typed && args.study.study.is_none() { None } else { named(&plain.studies.sweeps, args.study.study.as_deref(), |s| &s.id, lang)? };
    if study.is_none() && !typed {
        return Err(nothing_to_sweep(&plain.studies.sweeps, lang));
    }
    let studied = studied(&args.study, study.and_then(|s| s.variant.as_deref()), global)?;
    let (job, drawn, design) = job(args, study, &studied, global)?;
    Ok(Planned { study: study.cloned(), studied, job, drawn, design })
}

/// What a sweep is called that the scenario does not declare.
pub const fn sweep_name(lang: Lang) -> &'static str {
    if matches!(lang, Lang::Zh) { "扫描" } else { "sweep" }
}

fn nothing_to_sweep(sweeps: &[Sweep], lang: Lang) -> Failure {
    let ids: Vec<&str> = sweeps.iter().map(|s| s.id.as_str()).collect();
    let (zh, en) = if ids.is_empty() {
        ("方案没有声明扫描；用 --lever 路径=40%..100%/10% 写一个".to_owned(), "the scenario declares no sweep; write one with --lever PATH=40%..100%/10%".to_owned())
    } else {
        (format!("方案声明了几项扫描，写出其中一项：{}", ids.join("、")), format!("the scenario declares several sweeps; name one: {}", ids.join(", ")))
    };
    said(&Wrong::coded(Code::E734, "sweep", zh, en), lang)
}

/// The points, what is kept of them and how they are computed; whether they are draws; how they are chosen.
fn job(args: &SweepArgs, study: Option<&Sweep>, studied: &Studied, global: &Global) -> Result<(Job, bool, Design), Failure> {
    let lang = studied.lang;
    let none = Vec::new();
    let inputs = inputs(&args.study, study.map_or(&none, |s| &s.levers), study.map_or(&none, |s| &s.uncertain), studied, global)?;
    let drawn = inputs.iter().any(|input| matches!(input.chosen, Chosen::Drawn(_)));
    let design = design(args, study, &inputs);
    let measures = measures(args, study, lang)?;
    let points = Points::new(inputs, &design).map_err(|wrong| failure(wrong, studied, global))?;
    let (first, end) = shard(args.shard.as_deref(), points.count(), lang)?;
    let evaluator = Evaluator::new(studied.subject.clone(), points.targets(), &points.ranges()).map_err(|problems| failure(problems.into(), studied, global))?;
    let wanted = evaluator.wanted(args.towns || measures.iter().any(|m| m.by_town), args.quantiles, None);
    let gaps = u64::try_from(wanted.towns * wanted.years).unwrap_or(u64::MAX).saturating_mul(points.count());
    if args.quantiles && gaps > MOST_GAPS {
        let (zh, en) = (format!("分位数要存 {gaps} 个缺口，超过 {MOST_GAPS}；减少点数"), format!("quantiles keep {gaps} gaps, more than {MOST_GAPS}; take fewer points"));
        return Err(said(&Wrong::coded(Code::E732, "--quantiles", zh, en), lang));
    }
    let towns = evaluator.compiled.towns.iter().map(|t| (user_text(&studied.scenario.towns[*t].id()), user_text(&studied.scenario.towns[*t].name))).collect();
    let rows = Rows { targets: points.targets(), inputs: points.columns(), mixed: points.mixed(), measures, unit: studied.scenario.unit, towns };
    let sampled = design.kind != "grid" && design.kind != "one_at_a_time";
    Ok((Job { evaluator, points, rows, wanted, by_town: args.towns, first, end }, drawn && sampled, design))
}

fn design(args: &SweepArgs, study: Option<&Sweep>, inputs: &[Input]) -> Design {
    let own = study.map(|s| s.design.clone());
    let drawn = inputs.iter().any(|input| matches!(input.chosen, Chosen::Drawn(_)));
    let usual = || own.unwrap_or_else(|| if drawn { "monte_carlo" } else { "grid" }.to_owned());
    let count = |asked: Option<u64>, own: Option<i64>, usual: u64| asked.or_else(|| own.and_then(|n| u64::try_from(n).ok())).unwrap_or(usual);
    Design {
        kind: args.design.clone().unwrap_or_else(usual),
        draws: count(args.study.points, study.and_then(|s| s.points), 1_000),
        seed: count(args.study.seed, study.and_then(|s| s.seed), 1),
        paired: args.paired || study.is_some_and(|s| s.paired),
        correlation: study.map_or_else(Vec::new, |s| s.correlation.clone()),
    }
}

fn measures(args: &SweepArgs, study: Option<&Sweep>, lang: Lang) -> Result<Vec<&'static Measure>, Failure> {
    let none = Vec::new();
    let keys = if args.keep.is_empty() { study.map_or(&none, |s| &s.keep) } else { &args.keep };
    if keys.is_empty() {
        return Ok(measure::ALL.iter().collect());
    }
    let find = |key: &String| {
        let known = measure::ALL.iter().map(|m| m.key);
        measure::find(key).ok_or_else(|| {
            let list = known.clone().collect::<Vec<_>>().join(", ");
            let near = nearest(key, known.clone()).map_or(String::new(), |n| if lang == Lang::Zh { format!("，是否想写 {n}？") } else { format!("; did you mean {n}?") });
            said(&Wrong::coded(Code::E734, key, format!("没有这个指标；有：{list}{near}"), format!("no such measure; there are: {list}{near}")), lang)
        })
    };
    keys.iter().map(find).collect()
}

/// Which points a shard has.
fn shard(text: Option<&str>, count: u64, lang: Lang) -> Result<(u64, u64), Failure> {
    let Some(text) = text else { return Ok((0, count)) };
    let parsed = text.split_once('/').and_then(|(i, n)| Some((i.trim().parse::<u64>().ok()?, n.trim().parse::<u64>().ok()?)));
    let Some((i, n)) = parsed.filter(|(i, n)| *i >= 1 && i <= n) else {
        let args = [("option", "--shard".to_owned()), ("text", text.to_owned()), ("example", "1/4".to_owned())];
        return Err(Failure::Said(coded(Code::E701, &args, lang)));
    };
    let cut = |at: u64| u64::try_from(u128::from(count) * u128::from(at) / u128::from(n)).unwrap_or(count);
    Ok((cut(i - 1), cut(i)))
}

/// What makes it the same study: only then a chunk of an earlier attempt is taken over.
fn identity(job: &Job, args: &SweepArgs, study: Option<&Sweep>, studied: &Studied) -> String {
    let files: Vec<&str> = studied.scenario.files.iter().map(|file| file.digest.as_str()).collect();
    let keys: Vec<&str> = job.rows.measures.iter().map(|m| m.key).collect();
    let design = design(args, study, &job.points.inputs);
    let (version, sets) = (env!("CARGO_PKG_VERSION"), &args.study.scenario.set);
    let inputs = job.points.inputs.iter().map(|input| format!("{input:?}\n")).collect::<String>();
    format!(
        "fencheng {version}\nfiles {files:?}\nset {sets:?}\n{inputs}{design:?}\nkeep {keys:?}\ntowns {} quantiles {}\npoints {} {} {}\nchunk {}\n",
        job.by_town,
        job.wanted.by_year,
        job.points.count(),
        job.first,
        job.end,
        job.size()
    )
}

/// A note where every point is a whole run.
pub fn warn_if_slow(evaluator: &Evaluator, lang: Lang) {
    let Some(why) = evaluator.slow() else { return };
    let zh = lang == Lang::Zh;
    let reason = match why {
        Unmapped::Wrong if zh => "取值范围的一端方案不成立".to_owned(),
        Unmapped::Wrong => "the scenario is wrong at an end of the range".to_owned(),
        Unmapped::Many if zh => "取值太多，不逐个试".to_owned(),
        Unmapped::Many => "too many values to try one by one".to_owned(),
        Unmapped::Structure if zh => "取值改变的不只是参数表里的数".to_owned(),
        Unmapped::Structure => "more than the numbers of tables changes".to_owned(),
        Unmapped::Table(name) if zh => format!("{name} 不按已知规则随取值变化"),
        Unmapped::Table(name) => format!("{name} follows the values by no known rule"),
    };
    complain(if zh {
        format!("  提示：每个点都要整个方案重算，较慢（{reason}）")
    } else {
        format!("  note: every point is a whole run, which takes longer ({reason})")
    });
}

/// Holds a target for this sweep alone: two at once would write each other's chunks.
fn locked(target: &std::path::Path, lang: Lang) -> Result<Lock, Failure> {
    match Lock::of(target).map_err(|t| super::target::failure(&t, lang))? {
        Some(lock) => Ok(lock),
        None => Err(Failure::Said(coded(Code::E737, &[("folder", target.display().to_string())], lang))),
    }
}

/// The folder of whole chunks, new or taken over.
fn unfinished(args: &SweepArgs, target: &std::path::Path, identity: &str, lang: Lang) -> Result<Chunks, Failure> {
    let system = |t| super::target::failure(&t, lang);
    if target.exists() && !args.target.replace {
        return Err(Failure::Said(coded(Code::E702, &[("folder", target.display().to_string())], lang)));
    }
    let chunks = Chunks::beside(target);
    let shown = chunks.folder().display().to_string();
    match (chunks.earlier(identity), args.resume, args.target.replace) {
        (Earlier::Same, true, _) => {}
        (Earlier::None, ..) | (_, false, true) => chunks.start(identity).map_err(system)?,
        (Earlier::Other, true, _) => {
            return Err(said(
                &Wrong::coded(
                    Code::E733,
                    &shown,
                    "是另一项研究（方案、取值或程序版本变了），不能接着算；去掉 --resume，用 --replace 重来",
                    "belongs to another study (scenario, values or version changed); leave --resume out and use --replace to start anew",
                ),
                lang,
            ));
        }
        (_, false, false) => {
            return Err(said(
                &Wrong::coded(
                    Code::E733,
                    &shown,
                    "上次没有算完：用 --resume 接着算，或 --replace 重来",
                    "an earlier sweep was not finished: go on with --resume, or start anew with --replace",
                ),
                lang,
            ));
        }
    }
    Ok(chunks)
}

/// Whether a chunk has as many points, towns and gaps as it must: that its last part is there is not enough after a full disk or a slip.
fn is_whole(job: &Job, chunks: &Chunks, chunk: u64) -> bool {
    let read = |part: &str| chunks.has(chunk, part).then(|| chunks.read(chunk, part).ok()).flatten().unwrap_or_default();
    let first = job.first + chunk * job.size();
    let points = usize::try_from((job.end - first).min(job.size())).unwrap_or(usize::MAX);
    let sums = read("sums");
    let fine = Sum::read(&sums).filter(|sum| sum.failed == 0).count();
    let lines = |part: &str, wanted: usize| read(part).iter().filter(|byte| **byte == b'\n').count() == wanted;
    let towns = job.wanted.towns;
    sums.len() == points * Sum::BYTES
        && lines("points", points)
        && (!job.by_town || lines("towns", fine * towns))
        && (!job.wanted.by_year || read("gaps").len() == fine * towns * job.wanted.years * size_of::<i64>())
}

/// Computes the chunks that are not there yet.
fn compute(job: &Job, chunks: &Chunks, lang: Lang) -> Outcome {
    let (started, mut told) = (Instant::now(), Instant::now());
    let system = |t| super::target::failure(&t, lang);
    let terminal = std::io::stderr().is_terminal();
    let missing: Vec<u64> = (0..job.chunks()).filter(|n| !is_whole(job, chunks, *n)).collect();
    for (done, chunk) in missing.iter().enumerate() {
        let made = job.compute(*chunk);
        chunks.write(*chunk, "points", &made.points).map_err(system)?;
        if job.by_town {
            chunks.write(*chunk, "towns", &made.towns).map_err(system)?;
        }
        if job.wanted.by_year {
            chunks.write(*chunk, "gaps", &made.gaps).map_err(system)?;
        }
        // The last part makes the chunk whole.
        chunks.write(*chunk, "sums", &made.sums).map_err(system)?;
        if terminal && told.elapsed().as_secs_f64() > PROGRESS_SECONDS {
            told = Instant::now();
            progress(job, done + 1, missing.len(), started, lang);
        }
    }
    if terminal && started.elapsed().as_secs_f64() > PROGRESS_SECONDS {
        eprint_line("");
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a rate is for reading")]
fn progress(job: &Job, done: usize, all: usize, started: Instant, lang: Lang) {
    let points = (done as f64 * job.size() as f64).min((job.end - job.first) as f64);
    let seconds = started.elapsed().as_secs_f64();
    let (rate, left) = (points / seconds, seconds / done as f64 * (all - done) as f64);
    eprint_line(&match lang {
        Lang::Zh => format!("  {points:.0} 个点，每秒 {rate:.0} 个，约剩 {left:.0} 秒"),
        Lang::En => format!("  {points:.0} points, {rate:.0} a second, about {left:.0} s left"),
    });
}

/// Writes over the last line of the terminal.
fn eprint_line(text: &str) {
    use std::io::Write;
    let _ = write!(std::io::stderr().lock(), "\r\u{1b}[K{text}");
}
