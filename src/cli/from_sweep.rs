//! The points of a sweep that was computed before, for a discovery: `discover --from`.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::args::{DiscoverArgs, Global};
use super::inputs::SWEEP;
use super::outcome::{Failure, complain, language, said as coded};
use super::result::{self, MANIFEST, Results, digest_of, open};
use super::study::{failure, said};
use super::sweep::Planned;
use super::swept_pictures::planned_again;
use crate::base::amount::MoneyUnit;
use crate::base::lang::Lang;
use crate::diag::Code;
use crate::study::condition::Condition;
use crate::study::discover::{Discovered, Interest, seek};
use crate::study::job::Sum;
use crate::study::measure::Unit;
use crate::study::shown::row::{Row, Rower};
use crate::study::value::Target;
use crate::study::wrong::Wrong;
use crate::write::folder::Trouble;

/// The table of points.
const POINTS: &str = "tables/points.csv";
/// More than the points of any sweep a discovery can hold.
const MOST_COPIED: u64 = 16 << 30;

/// A discovery among the points of a sweep.
pub struct Taken {
    /// The sweep.
    pub planned: Planned,
    /// What is of interest.
    pub interest: Interest,
    /// What was found.
    pub found: Discovered,
    /// The folder of the sweep.
    pub folder: PathBuf,
}

/// Takes the points of a result, by its folder or a table of it.
///
/// # Errors
/// A folder that is no sweep or was changed, a measure that was not kept, what PRIM refuses.
pub fn take(from: &Path, args: &DiscoverArgs, global: &Global) -> Result<Taken, Failure> {
    let lang = language(global, None);
    let folder = folder_of(from);
    let results = Results::open(&folder, lang)?;
    unaltered(&results, lang)?;
    let planned = planned_again(&results, global)?;
    let studied = &planned.studied;
    let wrong = |wrong| failure(wrong, studied, global);
    let (condition, opposite) = Condition::typed(&args.wanted, true, &studied.scenario).map_err(wrong)?;
    let interest = Interest { condition, opposite };
    kept(&planned, &interest, studied.lang)?;
    let (columns, flags, failed) = read(&folder.join(POINTS), &planned, &interest).map_err(|why| refused(&folder, &why, &why, studied.lang))?;
    if failed > 0 {
        complain(match studied.lang {
            Lang::Zh => format!("  提示：扫描里有 {failed} 个点没有算出，不在内"),
            Lang::En => format!("  note: {failed} points of the sweep could not be computed and are left out"),
        });
    }
    let found = seek(&columns, &flags, args.study.seed.unwrap_or(1)).map_err(wrong)?;
    Ok(Taken { interest, found, folder, planned })
}

/// Copies of a sweep what a discovery among its points is computed from: the points, what was asked for, and what it was read from.
///
/// # Errors
/// What the system says.
pub fn copy(from: &Path, target: &mut super::target::Target, lang: Lang) -> Result<(), Failure> {
    let results = Results::open(from, lang)?;
    let inputs = results.inputs().into_iter().map(|input| input.copy);
    for name in [MANIFEST.to_owned(), POINTS.to_owned()].into_iter().chain(inputs) {
        let shown = from.join(&name);
        let bytes = results.path(&name).ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidInput)).and_then(|path| result::read(&path, MOST_COPIED));
        let bytes = bytes.map_err(|error| super::target::failure(&Trouble::Io(shown.clone(), error), lang))?;
        target.input(&shown.display().to_string(), format!("{SWEEP}/{name}"), &bytes)?;
    }
    Ok(())
}

/// The folder itself, or that of a table of it.
fn folder_of(from: &Path) -> PathBuf {
    let is_table = from.extension().is_some_and(|ending| ending == "csv" || ending == "parquet");
    let above = if is_table { from.parent().and_then(Path::parent) } else { None };
    above.unwrap_or(from).to_owned()
}

fn refused(what: &Path, zh: &str, en: &str, lang: Lang) -> Failure {
    said(&Wrong::coded(Code::E738, &what.display().to_string(), zh, en), lang)
}

/// The table is the one that was written.
fn unaltered(results: &Results, lang: Lang) -> Result<(), Failure> {
    let then = results.outputs().into_iter().find(|(name, _)| name == POINTS).map(|(_, digest)| digest);
    if then.is_none() {
        return Err(refused(&results.folder, "不是扫描的结果（没有 tables/points.csv）", "is no result of a sweep (no tables/points.csv)", lang));
    }
    let now = digest_of(&results.folder.join(POINTS)).ok();
    if results.sealed && now == then {
        return Ok(());
    }
    let file = if results.sealed { POINTS } else { MANIFEST };
    let args = [("folder", results.folder.display().to_string()), ("files", file.to_owned())];
    Err(Failure::Said(coded(Code::E754, &args, lang)))
}

/// The measure was kept, over the whole horizon.
fn kept(planned: &Planned, interest: &Interest, lang: Lang) -> Result<(), Failure> {
    let (measure, kept) = (interest.condition.measure, &planned.job.rows.measures);
    if let Some(year) = interest.condition.by {
        let what = format!("{}@{year}", measure.key);
        let (zh, en) = ("扫描的点只有全期的数，不能问到某一年", "points of a sweep hold figures of the whole horizon, not up to a year");
        return Err(said(&Wrong::coded(Code::E738, &what, zh, en), lang));
    }
    if kept.iter().any(|m| m.key == measure.key) {
        return Ok(());
    }
    let list = kept.iter().map(|m| m.key).collect::<Vec<_>>().join(", ");
    Err(said(&Wrong::coded(Code::E738, measure.key, format!("扫描没有留下这个指标；有：{list}"), format!("the sweep did not keep this measure; there are: {list}")), lang))
}

/// Columns of the inputs, what is of interest, and how many points could not be computed.
type Read = (Vec<Vec<f64>>, Vec<bool>, usize);

/// Reads the table row by row; an input drawn for several years counts by their mean.
fn read(path: &Path, planned: &Planned, interest: &Interest) -> Result<Read, String> {
    let (job, condition) = (&planned.job, &interest.condition);
    let rower = Rower::new(&job.points.inputs, &job.rows.measures, condition.measure, job.rows.unit);
    let mut columns = vec![Vec::new(); job.points.inputs.len()];
    let (mut flags, mut failed) = (Vec::new(), 0);
    let mut lines = BufReader::new(open(path).map_err(|e| e.to_string())?);
    let mut line = Vec::new();
    lines.read_until(b'\n', &mut line).map_err(|e| e.to_string())?;
    line.clear();
    while lines.read_until(b'\n', &mut line).map_err(|e| e.to_string())? > 0 {
        let row = rower.read(line.strip_suffix(b"\n").unwrap_or(&line), Sum { planned: 0, paid: 0, failed: 0 });
        if row.fine {
            let values = numbers(&row, &job.rows.targets, job.rows.unit).ok_or_else(|| String::from_utf8_lossy(&line).into_owned())?;
            let mut first = 0;
            for (column, input) in columns.iter_mut().zip(&job.points.inputs) {
                let own = &values[first..first + input.width()];
                first += input.width();
                #[expect(clippy::cast_precision_loss, reason = "few numbers")]
                column.push(own.iter().sum::<f64>() / own.len() as f64);
            }
            flags.push(interest.is_met(figure(&row, condition.measure.unit)));
        } else {
            failed += 1;
        }
        line.clear();
    }
    if flags.is_empty() { Err("points.csv: 0".to_owned()) } else { Ok((columns, flags, failed)) }
}

#[expect(clippy::cast_possible_truncation, reason = "fen, towns and years are whole")]
fn figure(row: &Row<'_>, unit: Unit) -> crate::study::measure::Figure {
    use crate::study::measure::Figure;
    match (row.value, unit) {
        (None, _) => Figure::None,
        (Some(value), Unit::Ratio) => Figure::Ratio(value),
        (Some(value), _) => Figure::Whole(value as i64),
    }
}

/// The values of a row in whole units, a word by its order.
fn numbers(row: &Row<'_>, targets: &[Target], unit: MoneyUnit) -> Option<Vec<f64>> {
    if row.values.len() != targets.len() {
        return None;
    }
    row.values.iter().zip(targets).map(|(field, target)| target.read(std::str::from_utf8(field).ok()?, unit)).collect()
}
