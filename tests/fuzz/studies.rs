//! Studies a scenario declares: levers, uncertainties, sweeps.

use fencheng::load::{Request, load};
use fencheng::scenario::Scenario;
use fencheng::scenario::study::{Studies, Sweep};
use fencheng::study::evaluate::Evaluator;
use fencheng::study::inputs::Input;
use fencheng::study::points::{Design, Points};
use fencheng::study::subject::Subject;
use fencheng::study::wrong::Wrong;

use super::{End, SCENARIO, folder, write};

/// More draws than this are counted, but take too long to look at.
const DRAWS: u64 = 64;

/// Declarations that follow the scenario's own; every sweep is laid out, and some of its points are computed both ways.
pub fn studies(bytes: &[u8]) -> End {
    let folder = folder();
    let own = SCENARIO.split_once("[lever.").map_or(SCENARIO, |(own, _)| own);
    write(folder.path(), "scenario.toml", &[own.as_bytes(), bytes].concat());
    let subject = Subject::new("fuzz", load(&Request { scenario: folder.path().to_owned(), variants: Vec::new(), set: Vec::new() }));
    let Ok(scenario) = subject.scenario() else { return End::Refused };
    let mut end = End::Refused;
    for sweep in scenario.studies.sweeps.iter().take(3) {
        if swept(sweep, &scenario, &subject).is_ok() {
            end = End::Computed;
        }
    }
    end
}

fn swept(sweep: &Sweep, scenario: &Scenario, subject: &Subject) -> Result<(), Wrong> {
    let points = Points::new(inputs(sweep, &scenario.studies, scenario, subject)?, &design(sweep))?;
    if points.count() > 10_000 || points.targets().len() > 8 {
        return Ok(());
    }
    let (targets, ranges) = (points.targets(), points.ranges());
    let Ok(evaluator) = Evaluator::new(subject.clone(), targets, &ranges) else { return Ok(()) };
    let few: Vec<i64> = (0..points.count()).step_by((points.count() / 4).max(1) as usize).take(5).flat_map(|n| points.point(n)).collect();
    assert_eq!(evaluator.differs(&few, &evaluator.wanted(true, true, None)), None, "a point is no run");
    Ok(())
}

fn inputs(sweep: &Sweep, studies: &Studies, scenario: &Scenario, subject: &Subject) -> Result<Vec<Input>, Wrong> {
    let levers = studies.levers.iter().filter(|lever| sweep.levers.contains(&lever.id)).map(|lever| Input::lever(lever, subject, scenario));
    let drawn = studies.uncertain.iter().filter(|one| sweep.uncertain.contains(&one.id)).map(|one| Input::uncertain(one, subject, scenario));
    levers.chain(drawn).collect()
}

fn design(sweep: &Sweep) -> Design {
    let draws = sweep.points.and_then(|n| u64::try_from(n).ok()).unwrap_or(DRAWS).min(DRAWS);
    let seed = sweep.seed.and_then(|n| u64::try_from(n).ok()).unwrap_or(1);
    Design { kind: sweep.design.clone(), draws, seed, paired: sweep.paired, correlation: sweep.correlation.clone() }
}
