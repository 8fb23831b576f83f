//! The NumPy peer: a child process that gets the inputs as a file and runs when it is asked, so that all peers take turns.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use super::by_hand::{Prepared, Totals};
use super::inputs::{Inputs, Row, Year, ratio};
use super::model::{COEFFICIENT, COUNTY, Point, TAX, TAXES, TIER_SHARES, Tax, UMCT};

/// A peer that is ready.
pub struct Numpy {
    child: Child,
    /// Closing it ends the child.
    ask: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// What it said about itself: version, totals, batches.
    about: Value,
}

impl Numpy {
    /// Starts it; `None` where there is no Python with NumPy.
    pub fn start(folder: &Path, inputs: &Inputs, prepared: &Prepared, points: &[Point]) -> Option<Self> {
        let file = folder.join("inputs.json");
        fs::write(&file, data(inputs, prepared, points).to_string()).unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/numpy_peer.py");
        let mut child = Command::new("python3").arg(script).arg(file).arg("--serve").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
        let (ask, mut answers) = (child.stdin.take(), BufReader::new(child.stdout.take()?));
        let about = line(&mut answers).and_then(|line| serde_json::from_str(&line).ok());
        let Some(about) = about else {
            let _ = child.wait();
            return None;
        };
        Some(Self { child, ask, answers, about })
    }

    /// What its name in the table says: the version and the batch it found to be the fastest.
    pub fn name(&self, kind: &str) -> String {
        format!("NumPy {}, batches of {} points", self.about["numpy"].as_str().unwrap_or("?"), self.about[kind]["batch"])
    }

    /// The totals of every point.
    pub fn totals(&self, kind: &str) -> Vec<Totals> {
        let rows: Vec<[i64; 6]> = serde_json::from_value(self.about[kind]["totals"].clone()).unwrap();
        rows.into_iter().map(|[planned, paid, gap, general, fund, guarantees_unpaid]| Totals { planned, paid, gap, general, fund, guarantees_unpaid }).collect()
    }

    /// Runs all points once; nanoseconds per town-year.
    pub fn run(&mut self, kind: &str) -> f64 {
        writeln!(self.ask.as_ref().unwrap(), "{kind}").unwrap();
        line(&mut self.answers).and_then(|line| line.trim().parse().ok()).unwrap()
    }
}

impl Drop for Numpy {
    fn drop(&mut self) {
        self.ask = None;
        let _ = self.child.wait();
    }
}

fn line(answers: &mut BufReader<ChildStdout>) -> Option<String> {
    let mut line = String::new();
    (answers.read_line(&mut line).ok()? > 0).then_some(line)
}

/// The inputs town by town, the lanes of all counties in one row.
fn data(inputs: &Inputs, prepared: &Prepared, points: &[Point]) -> Value {
    let years = inputs.years.len();
    let counties = 0..inputs.counties.len();
    let of_town = |get: &dyn Fn(usize) -> Row| -> Vec<f64> { counties.clone().flat_map(get).collect() };
    let by_year = |get: &dyn Fn(usize, usize) -> Row| -> Vec<Vec<f64>> { (0..years).map(|y| of_town(&|c| get(c, y))).collect() };
    let of_year = |get: fn(&Year) -> Row| by_year(&|c, y| get(&inputs.counties[c].years[y]));
    let thresholds: Vec<Vec<Vec<f64>>> = (0..years).map(|y| (0..3).map(|n| of_town(&|c| inputs.counties[c].years[y].thresholds[n])).collect()).collect();
    let bases: Vec<Vec<f64>> = (0..TAXES).map(|n| of_town(&|c| inputs.counties[c].bases[n])).collect();
    let rates = |get: fn(&Tax) -> i64| TAX.iter().map(|tax| ratio(get(tax))).collect::<Vec<f64>>();
    json!({
        "towns": inputs.towns, "years": years, "county": COUNTY, "lanes": inputs.counties.len() * COUNTY,
        "points": points.iter().map(|p| [p.scale, p.top, p.land]).collect::<Vec<_>>(),
        "bases": bases,
        "index": inputs.years.iter().map(|y| y.index).collect::<Vec<_>>(),
        "vat_central": inputs.years.iter().map(|y| y.vat_central).collect::<Vec<_>>(),
        "central": rates(|t| t.central), "province": rates(|t| t.province), "city": rates(|t| t.city),
        "umct": UMCT.map(ratio), "tiers": TIER_SHARES.map(ratio), "coefficient": ratio(COEFFICIENT),
        "thresholds": thresholds,
        "pool": inputs.years.iter().map(|y| y.pool).collect::<Vec<_>>(),
        "need": of_year(|y| y.need), "guarantees": of_year(|y| y.guarantees), "other": of_year(|y| y.other),
        "of_general": of_year(|y| y.of_general), "of_fund": of_year(|y| y.of_fund), "of_both": of_year(|y| y.of_both),
        "land": by_year(&|c, y| prepared.land[c][y]), "fee_kept": by_year(&|c, y| prepared.fee_kept[c][y]),
        "general": of_town(&|c| inputs.counties[c].general), "fund": of_town(&|c| inputs.counties[c].fund),
        "planned": inputs.planned,
    })
}
