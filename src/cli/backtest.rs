//! `fencheng backtest`: a run beside observed outturns.

use super::args::{BacktestArgs, Global};
use super::check::projected;
use super::outcome::{Failure, Outcome, language, report, say};
use super::request::Request;
use super::summary::{aligned_rows, dash};
use super::target::{Target, When, footer, told_to_program};
use crate::base::{lang::Lang, place::Place};
use crate::diag::Problems;
use crate::load::single::{self, Single};
use crate::measure::Run;
use crate::measure::backtest::tables::{Backtest, Group};
use crate::measure::backtest::{Figures, finding};
use crate::measure::evidence::shares;
use crate::measure::finding::percent;
use crate::outturn::{self, Table};
use crate::write::manifest::{digest, manifest};

/// Items shown one by one; the table has them all.
const MOST_ITEMS: usize = 12;

/// `fencheng backtest`
///
/// # Errors
/// When the scenario or the observed file is wrong, or the results cannot be written.
pub fn backtest(args: &BacktestArgs, global: &Global) -> Outcome {
    let when = When::now();
    let (runs, notes) = projected(&args.scenario, global)?;
    let lang = language(global, runs.first().map(|r| r.scenario.lang));
    let observed = single::table(&args.observed, args.sheet.as_deref(), &Place::Argument(format!("--observed {}", args.observed.display()).into()));
    let (backtests, doubts) = compared(&runs, args, &observed, lang, global)?;
    let codes = notes.iter().chain(doubts.iter()).map(|p| p.code.to_string()).collect();
    let folder = write(&backtests, args, &observed, codes, &when, lang)?;
    let headlines = backtests.iter().map(|b| finding::headline(b, lang)).collect();
    if told_to_program(&folder, headlines, global)? {
        return Ok(());
    }
    backtests.iter().try_for_each(|b| print(b, args, lang))?;
    footer(&folder, &args.scenario.scenario, notes.len(), &when, lang)
}

/// Every run beside the file; the problems are what is doubtful about it.
fn compared<'r>(runs: &'r [Run], args: &BacktestArgs, observed: &Single, lang: Lang, global: &Global) -> Result<(Vec<Backtest<'r>>, Problems), Failure> {
    let mut problems = observed.problems.clone();
    let mut backtests = Vec::new();
    for run in runs {
        let figures = match &observed.sheet {
            Some(sheet) => outturn::check(Table { sheet, shown: &shown(observed), scope: args.scope.map(Into::into) }, &Figures::of(run), &mut problems),
            None => Vec::new(),
        };
        backtests.push(Backtest { run, figures });
    }
    report(&problems, &observed.files, lang, global);
    if problems.has_errors() { Err(Failure::Reported) } else { Ok((backtests, problems)) }
}

/// How the file is shown.
fn shown(observed: &Single) -> String {
    observed.files.iter().next().map_or(String::new(), |f| f.shown.clone())
}

fn write(backtests: &[Backtest<'_>], args: &BacktestArgs, observed: &Single, notes: Vec<String>, when: &When, lang: Lang) -> Result<std::path::PathBuf, Failure> {
    let Some(first) = backtests.first() else { return Err(Failure::Reported) };
    let scenario = &first.run.scenario;
    let mut target = Target::open(&args.target, &args.scenario.scenario, &format!("{}-backtest", scenario.id), when, lang)?;
    target.tables(|| backtests.iter().flat_map(Backtest::tables), scenario.unit)?;
    target.inputs(backtests.iter().map(|b| b.run))?;
    target.observed(&args.observed, observed)?;
    let runs: Vec<(&Run, [f64; 4])> = backtests.iter().map(|b| (b.run, shares(b.run, b.run.evidence()))).collect();
    let mut manifest = manifest(&runs, &target.about(when, notes, Some(&asked(backtests, args))));
    manifest["observed"] = serde_json::json!({
        "file": shown(observed),
        "sha256": digest(&observed.bytes),
        "rows": observed.sheet.as_ref().map_or(0, |s| s.rows.len()),
        "compared": first.figures.len(),
    });
    target.finish(&manifest)
}

/// What was asked for, the variants by their names.
fn asked(backtests: &[Backtest<'_>], args: &BacktestArgs) -> Request {
    let mut args = args.clone();
    args.scenario.variant = backtests.iter().map(|b| b.run.variant().to_owned()).collect();
    Request::Backtest(args)
}

fn print(backtest: &Backtest<'_>, args: &BacktestArgs, lang: Lang) -> Outcome {
    let (scenario, file) = (&backtest.run.scenario, args.observed.display());
    say(match lang {
        Lang::Zh => format!("{}（{}）与 {file} 的比较\n", scenario.name, backtest.run.variant()),
        Lang::En => format!("{} ({}) against {file}\n", scenario.name, backtest.run.variant()),
    })?;
    say(format!("  {}", finding::headline(backtest, lang)))?;
    finding::spread(backtest, lang).iter().try_for_each(|line| say(format!("  {line}")))?;
    say("")?;
    table(backtest, lang).into_iter().try_for_each(say)?;
    say(match lang {
        Lang::Zh => "  误差 = 测算 - 观测；偏差 = 误差%的平均；观测为 0 的不计百分比\n",
        Lang::En => "  Error = projected - observed; bias = mean error %; no percentage where nothing was observed\n",
    })
}

fn table(backtest: &Backtest<'_>, lang: Lang) -> Vec<String> {
    let heads = match lang {
        Lang::Zh => ["项目", "项数", "偏差", "绝对误差", "中位", "10%", "90%", "方向"],
        Lang::En => ["Item", "n", "Bias", "MAPE", "Median", "10%", "90%", "Lean"],
    };
    let groups = backtest.by_item();
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    rows.extend(groups.iter().take(MOST_ITEMS).map(|g| row(title(backtest, g, lang), g, lang)));
    if groups.len() > 1 {
        rows.push(row(if lang == Lang::Zh { "全部" } else { "All" }.to_owned(), &backtest.all(), lang));
    }
    let mut lines = aligned_rows(&rows);
    if let Some(more) = groups.len().checked_sub(MOST_ITEMS).filter(|more| *more > 0) {
        lines.push(if lang == Lang::Zh {
            format!("  另有 {more} 项，见 tables/backtest_items.csv")
        } else {
            format!("  and {more} more items, see tables/backtest_items.csv")
        });
    }
    lines
}

fn title(backtest: &Backtest<'_>, group: &Group<'_>, lang: Lang) -> String {
    group.figures.first().map_or(String::new(), |f| f.observed.item.title(&backtest.run.scenario, lang))
}

fn row(title: String, group: &Group<'_>, lang: Lang) -> Vec<String> {
    let s = &group.statistics;
    let share = |x: Option<f64>| x.map_or_else(dash, percent);
    let [low, .., high] = s.quantiles;
    vec![title, s.count.to_string(), share(s.bias), share(s.mape), share(s.median), share(low), share(high), finding::direction(s.direction, lang).to_owned()]
}
