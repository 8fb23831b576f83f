//! Counts by year and town; with feedback of people, those who settle stay.

use crate::diag::{Problem, Problems};
use crate::rules::count::Counts;
use crate::rules::param::Lives;
use crate::scenario::{Count, Scenario};

/// Every count by year and town of the scenario, in millionths.
pub(super) fn of(scenario: &Scenario, problems: &mut Problems) -> Counts {
    let mut counts: Vec<Vec<Vec<i64>>> = scenario.counts.iter().map(|count| values(count, scenario, problems)).collect();
    if scenario.feedback.people {
        let flows = counts.clone();
        for (n, added) in scenario.counts.iter().enumerate().filter_map(|(n, count)| Some((n, count.adds?))) {
            for (year, row) in counts[n].iter_mut().enumerate() {
                for (town, value) in row.iter_mut().enumerate() {
                    *value += flows[added][..=year].iter().map(|flow| flow[town]).sum::<i64>();
                }
            }
        }
    }
    Counts(counts)
}

fn values(count: &Count, scenario: &Scenario, problems: &mut Problems) -> Vec<Vec<i64>> {
    let mut told = false;
    let mut value = |year: i32, town: usize| match count.value.at(town, year, &scenario.drivers, Lives::ALL_YEAR) {
        Ok((value, _)) => value,
        Err(missing) => {
            if !std::mem::replace(&mut told, true) {
                let (code, first) = missing.code();
                let problem = Problem::new(code, &count.value.place).with("path", &count.value.path).with("town", &scenario.towns[town].name);
                problems.push(problem.with("year", year).with_some("first", first));
            }
            0
        }
    };
    (scenario.first_year..=scenario.last_year).map(|year| (0..scenario.towns.len()).map(|town| value(year, town)).collect()).collect()
}
