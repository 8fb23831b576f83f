//! What a scenario declares for studies, looked at before any is asked for: whether paths lead somewhere, values can be read, and
//! measures, variants and correlated inputs are those there are. All that is wrong is told at once, each where it stands.

use super::condition::{self, Condition};
use super::inputs::Input;
use super::subject::Subject;
use super::wrong::Wrong;
use crate::base::{lang::Lang, place::Place};
use crate::diag::{Code, Problem, Problems, Severity, nearest};
use crate::scenario::Scenario;
use crate::scenario::study::{Lever, Solve, Sweep, Uncertain};

/// A scenario under one of its variants.
#[derive(Debug)]
pub struct Under {
    /// The variant; `None` is the scenario itself.
    pub variant: Option<String>,
    /// As it was read.
    pub subject: Subject,
    /// Checked.
    pub scenario: Scenario,
}

/// All that is wrong with what is declared; `all` holds the scenario itself and every variant that can be run, `known` the names of all.
#[must_use]
pub fn problems(all: &[Under], known: &[String]) -> Problems {
    let mut found = Problems::default();
    let Some(plain) = all.iter().find(|one| one.variant.is_none()).map(|one| &one.scenario) else { return found };
    for sweep in &plain.studies.sweeps {
        variant(sweep.variant.as_deref(), &sweep.place, known, &mut found);
        names_of_sweep(sweep, &mut found);
    }
    for solve in &plain.studies.solves {
        variant(solve.variant.as_deref(), &solve.place, known, &mut found);
        required(solve, under(all, solve.variant.as_deref()), &mut found);
    }
    for lever in &plain.studies.levers {
        let used = plain.studies.sweeps.iter().filter(|s| s.levers.contains(&lever.id)).map(|s| &s.variant);
        let used = used.chain(plain.studies.solves.iter().filter(|s| s.lever == lever.id).map(|s| &s.variant)).map(Option::as_deref);
        input(all, &used.collect::<Vec<_>>(), &lever.place, &mut found, |at| made_lever(lever, at));
    }
    for one in &plain.studies.uncertain {
        let used = plain.studies.sweeps.iter().filter(|s| s.uncertain.contains(&one.id)).map(|s| s.variant.as_deref());
        input(all, &used.collect::<Vec<_>>(), &one.place, &mut found, |at| made_uncertain(one, at));
    }
    found
}

/// A mistake of a study as a problem at a place.
#[must_use]
pub fn placed(wrong: &Wrong, place: &Place) -> Problem {
    match wrong {
        Wrong::Said { code, what, zh, en } => Problem::new(*code, place).with("what", what.clone()).with_in("why", zh, en),
        Wrong::Scenario(problems) => {
            let first = problems.iter().find(|p| p.code.severity() == Severity::Error);
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| first.map_or_else(String::new, |p| format!("{} {}", p.code, p.code.title(lang, &p.args))));
            Problem::new(Code::E731, place).with_in("what", "取值不成立", "the values cannot be").with_in("why", &zh, &en)
        }
    }
}

fn under<'u>(all: &'u [Under], variant: Option<&str>) -> Option<&'u Under> {
    all.iter().find(|one| one.variant.as_deref() == variant)
}

fn variant(named: Option<&str>, place: &Place, known: &[String], found: &mut Problems) {
    let Some(name) = named.filter(|name| name.split('+').any(|part| !known.iter().any(|k| k == part.trim()))) else { return };
    let near = nearest(name, known.iter().map(String::as_str));
    let (zh, en) = near.map_or_else(Default::default, |near| (format!("，是否想写 {near}？"), format!("; did you mean {near}?")));
    let wrong = Wrong::coded(Code::E734, name, format!("没有这个变式；有：{}{zh}", known.join("、")), format!("there is no such variant; there are: {}{en}", known.join(", ")));
    found.push(placed(&wrong, place));
}

/// The measures kept and the inputs correlated are there.
fn names_of_sweep(sweep: &Sweep, found: &mut Problems) {
    let mut tell = |wrong: &Wrong| found.push(placed(wrong, &sweep.place));
    sweep.keep.iter().filter_map(|key| condition::named(key).err()).for_each(|wrong| tell(&wrong));
    for (pair, _) in &sweep.correlation {
        for key in pair.split('&').map(str::trim).filter(|key| !sweep.uncertain.iter().any(|known| known == key)) {
            let known = sweep.uncertain.join(", ");
            tell(&Wrong::coded(
                Code::E734,
                key,
                format!("相关系数写的不是这项扫描的不确定因素；有：{known}"),
                format!("correlated, but no uncertainty of the sweep; there are: {known}"),
            ));
        }
    }
}

/// What a search requires can be looked at.
fn required(solve: &Solve, at: Option<&Under>, found: &mut Problems) {
    let Some(at) = at else { return };
    let wrong = solve.require.iter().filter_map(|requirement| Condition::of(requirement, &at.scenario).err());
    wrong.for_each(|wrong| found.push(placed(&wrong, &solve.place)));
}

/// An input can be set under each variant it is used with; one that is not used, under any.
fn input(all: &[Under], used: &[Option<&str>], place: &Place, found: &mut Problems, make: impl Fn(&Under) -> Result<(), Wrong>) {
    if used.is_empty() {
        let mut failed = all.iter().map(&make).take_while(Result::is_err).filter_map(Result::err);
        let first = failed.next();
        if first.is_some() && 1 + failed.count() == all.len() {
            first.iter().for_each(|wrong| found.push(placed(wrong, place)));
        }
        return;
    }
    let wrong = used.iter().filter_map(|variant| under(all, *variant)).find_map(|at| make(at).err());
    wrong.iter().for_each(|wrong| found.push(placed(wrong, place)));
}

fn made_lever(lever: &Lever, at: &Under) -> Result<(), Wrong> {
    // The variant may change the lever itself.
    let own = at.scenario.studies.levers.iter().find(|own| own.id == lever.id).unwrap_or(lever);
    Input::lever(own, &at.subject, &at.scenario).map(drop)
}

fn made_uncertain(one: &Uncertain, at: &Under) -> Result<(), Wrong> {
    let own = at.scenario.studies.uncertain.iter().find(|own| own.id == one.id).unwrap_or(one);
    Input::uncertain(own, &at.subject, &at.scenario).map(drop)
}
