//! Worked cases: small scenarios whose results were worked out on paper, from a document or by hand.
//!
//! Every folder under `tests/worked` holds a scenario, `paper.md` (the working, step by step) and `expected.csv`
//! (`item,town,year,amount,unit`). The amounts come from the paper, never from this program; they are compared to the fen.
//! `tests/worked/README.md` says what may stand under `item`.
//!
//! `WORKED_ONLY=07 cargo test --test worked` runs the folders whose name starts with `07`;
//! `WORKED_DUMP=1` prints every lane of them as well (with `-- --nocapture`).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use fencheng::base::lang::Lang;
use fencheng::check::check;
use fencheng::compile::accounts::Party;
use fencheng::diag::render::render;
use fencheng::load::{Request, load};
use fencheng::plan::{Domain, Lane, Unit};

/// Fewer cases than this, and somebody has lost some.
const LEAST_CASES: usize = 25;

#[test]
fn every_case_agrees_with_its_paper() {
    let only = std::env::var("WORKED_ONLY").unwrap_or_default();
    let mut report = String::new();
    for folder in folders().into_iter().filter(|folder| name_of(folder).starts_with(&only)) {
        if let Err(wrong) = case(&folder) {
            writeln!(report, "\n== {} ==\n{}", name_of(&folder), wrong.trim_end()).unwrap();
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn no_case_has_gone_missing() {
    let found = folders().len();
    assert!(found >= LEAST_CASES, "only {found} worked cases");
}

#[test]
fn the_baseline_of_mengyang_agrees_with_the_independent_program() {
    agrees_with_the_independent_program("baseline");
}

#[test]
fn the_reform_of_mengyang_agrees_with_the_independent_program() {
    agrees_with_the_independent_program("pilot-reform");
}

// ---- cases ---------------------------------------------------------------------------------------------------------

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("worked")
}

fn folders() -> Vec<PathBuf> {
    let entries = fs::read_dir(root()).expect("tests/worked is there").map(|entry| entry.expect("a readable entry").path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn name_of(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Runs a folder; what disagrees with its paper is the error.
fn case(folder: &Path) -> Result<(), String> {
    for needed in ["paper.md", "expected.csv"] {
        if !folder.join(needed).is_file() {
            return Err(format!("{needed} is missing"));
        }
    }
    let run = Run::of(folder, None, false)?;
    if std::env::var_os("WORKED_DUMP").is_some() {
        println!("== {} ==\n{}", name_of(folder), run.dump());
    }
    let rows = expected(&folder.join("expected.csv"))?;
    if rows.is_empty() {
        return Err("expected.csv expects nothing".to_owned());
    }
    let wrong: Vec<String> = rows.iter().filter_map(|row| row.compare(&run).err()).collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// One row of `expected.csv`.
struct Row {
    line: usize,
    item: String,
    town: String,
    year: String,
    amount: String,
    unit: String,
}

fn expected(path: &Path) -> Result<Vec<Row>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path).map_err(|e| e.to_string())?;
    let headings = reader.headers().map_err(|e| e.to_string())?.clone();
    if headings != vec!["item", "town", "year", "amount", "unit"] {
        return Err(format!("expected.csv: headings {headings:?}"));
    }
    let row = |(n, record): (usize, Result<csv::StringRecord, csv::Error>)| {
        let record = record.map_err(|e| e.to_string())?;
        let [item, town, year, amount, unit] = [0, 1, 2, 3, 4].map(|at| record[at].to_owned());
        Ok(Row { line: n + 2, item, town, year, amount, unit })
    };
    reader.records().enumerate().map(row).collect()
}

impl Row {
    fn compare(&self, run: &Run) -> Result<(), String> {
        let at = |what: String| format!("expected.csv:{}: {} {} {}: {what}", self.line, self.item, self.town, self.year);
        let paper = whole(&self.amount, &self.unit).ok_or_else(|| at(format!("cannot read {} {}", self.amount, self.unit)))?;
        let (found, unit) = run.value(&self.item, &self.town, &self.year).map_err(&at)?;
        if !unit.contains(&self.unit.as_str()) {
            return Err(at(format!("is counted in {}, not {}", unit.join("/"), self.unit)));
        }
        if found == paper {
            return Ok(());
        }
        let (found, difference) = (shown(found, &self.unit), shown(found - paper, &self.unit));
        Err(at(format!("paper {} {}, program {found} (program − paper = {difference})", self.amount, self.unit)))
    }
}

// ---- numbers -------------------------------------------------------------------------------------------------------

const MONEY: &[&str] = &["万元", "元", "fen"];
const AREA: &[&str] = &["亩"];
const FLOOR: &[&str] = &["m2"];
const SHARE: &[&str] = &["%"];
const YEAR: &[&str] = &["年"];

/// Decimals a unit has before it becomes a whole number of what the engine counts in (fen, 0.01 亩, m², millionths).
fn decimals(unit: &str) -> Option<u32> {
    Some(match unit {
        "万元" => 6,
        "%" => 4,
        "元" | "亩" => 2,
        "fen" | "m2" | "年" => 0,
        _ => return None,
    })
}

fn whole(text: &str, unit: &str) -> Option<i64> {
    let places = usize::try_from(decimals(unit)?).ok()?;
    let text = text.replace([',', '，'], "");
    let (sign, digits) = text.strip_prefix('-').map_or((1, text.as_str()), |rest| (-1, rest));
    let (left, right) = digits.split_once('.').unwrap_or((digits, ""));
    if right.len() > places || left.is_empty() {
        return None;
    }
    format!("{left}{right:0<places$}").parse::<i64>().ok().map(|n| sign * n)
}

fn shown(value: i64, unit: &str) -> String {
    let places = decimals(unit).unwrap_or(0);
    let one = 10_i64.pow(places);
    let sign = if value < 0 { "-" } else { "" };
    let (left, right) = (value.abs() / one, value.abs() % one);
    if places == 0 { format!("{sign}{left}") } else { format!("{sign}{left}.{right:0>width$}", width = places as usize) }
}

/// A ratio, half away from zero.
fn millionths(ratio: f64) -> i64 {
    (ratio * 1e6).round() as i64
}

// ---- a run ---------------------------------------------------------------------------------------------------------

/// A scenario that was run.
struct Run(fencheng::measure::Run);

impl std::ops::Deref for Run {
    type Target = fencheng::measure::Run;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// A value and the units it may be written in.
type Found = (i64, &'static [&'static str]);

impl Run {
    /// Loads, checks, compiles and projects. Any problem is an error; warnings only where the scenario is to be without any.
    fn of(folder: &Path, variant: Option<&str>, may_warn: bool) -> Result<Self, String> {
        let request = Request { scenario: folder.to_owned(), variants: fencheng::load::stack(variant), set: Vec::new() };
        let loaded = load(&request);
        let (scenario, problems) = check(&name_of(folder), &loaded);
        let Some(scenario) = scenario.filter(|_| may_warn || problems.is_empty()) else { return Err(render(&problems, &loaded.files, Lang::Zh, false)) };
        fencheng::measure::Run::of(scenario).map(Self).map_err(|problems| render(&problems, &loaded.files, Lang::Zh, false))
    }

    fn order_of_year(&self, text: &str) -> Result<usize, String> {
        let year: i32 = text.parse().map_err(|_| format!("no year: {text}"))?;
        usize::try_from(year - self.scenario.first_year).ok().filter(|y| *y < self.compiled.plan.years).ok_or_else(|| format!("{text} lies outside the horizon"))
    }

    fn town(&self, name: &str) -> Result<usize, String> {
        let is = |at: &usize| self.scenario.towns[*at].name == name;
        self.compiled.towns.iter().position(is).ok_or_else(|| format!("no town {name}"))
    }

    fn county(&self, name: &str) -> Result<usize, String> {
        self.compiled.counties.iter().position(|c| c == name).ok_or_else(|| format!("no county {name}"))
    }

    fn lane(&self, name: &str) -> Option<Lane> {
        let at = self.compiled.plan.lanes.iter().position(|lane| lane.name == name)?;
        u32::try_from(at).ok().map(Lane)
    }

    /// The value of an item: a measure, a project's payment, a source's part, or a lane by its name.
    fn value(&self, item: &str, town: &str, year: &str) -> Result<Found, String> {
        if let Some(measure) = item.strip_prefix("measure/") {
            return self.measure(measure, town, year);
        }
        if let Some(rest) = item.strip_prefix("project/") {
            return self.of_project(rest, year);
        }
        if let Some((source, part)) = item.strip_prefix("source.").and_then(|rest| rest.split_once('/'))
            && let Some(lane) = self.part_of_source(source, part)
        {
            let (town, year) = (self.town(town)?, self.order_of_year(year)?);
            return Ok((lane.map_or(0, |lane| self.outcome.fen(lane, year, town)), MONEY));
        }
        let lane = self.lane(item).ok_or_else(|| self.no_lane(item))?;
        let info = self.compiled.plan.lane(lane);
        let place = if info.domain == Domain::Town { self.town(town)? } else { self.county(town)? };
        let unit = match info.unit {
            Unit::Fen | Unit::FenEach => MONEY,
            Unit::CentiMu => AREA,
            Unit::SquareMetre => FLOOR,
            Unit::One => return Err("an index is not compared".to_owned()),
        };
        Ok((self.outcome.fen(lane, self.order_of_year(year)?, place), unit))
    }

    fn no_lane(&self, item: &str) -> String {
        let owner = item.split('/').next().unwrap_or(item);
        let near = self.compiled.plan.lanes.iter().filter(|lane| lane.name.starts_with(owner)).map(|lane| lane.name.as_str());
        format!("no such lane; there are {}", near.collect::<Vec<_>>().join(", "))
    }

    /// Measures of a town over all years, and a county's cover of its three guarantees in a year.
    fn measure(&self, what: &str, place: &str, year: &str) -> Result<Found, String> {
        if what == "cover" {
            let cover = self.county_years(self.county(place)?)[self.order_of_year(year)?].cover();
            return Ok((millionths(cover.ok_or("no county account")?), SHARE));
        }
        let views = self.town_views();
        let view = views.iter().find(|view| view.town.name == place).ok_or_else(|| format!("no town {place}"))?;
        match what {
            "coverage" => Ok((millionths(view.coverage().ok_or("nothing is planned")?), SHARE)),
            "gap" => Ok((view.sum(fencheng::measure::town::TownYear::gap), MONEY)),
            "peak_need" => Ok((view.peak_need(), MONEY)),
            _ => Err("no such measure".to_owned()),
        }
    }

    fn of_project(&self, rest: &str, year: &str) -> Result<Found, String> {
        let (id, what) = rest.split_once('/').ok_or("project/<id>/<what>")?;
        let is = |at: &usize| self.scenario.projects[*at].id == id;
        let at = self.compiled.projects.iter().position(is).ok_or_else(|| format!("no project {id}"))?;
        if what == "finished" {
            let finished = self.outcome.finished[at].and_then(|year| i32::try_from(year).ok());
            return Ok((finished.map_or(0, |year| i64::from(self.scenario.first_year + year)), YEAR));
        }
        let payment = self.outcome.payments[at][self.order_of_year(year)?];
        let amount = match what {
            "due" => payment.due,
            "paid" => payment.paid(),
            "earmarked" => payment.earmarked,
            "matched" => payment.matched,
            "general" => payment.general,
            "fund" => payment.fund,
            _ => return Err("due, paid, earmarked, matched, general, fund or finished".to_owned()),
        };
        Ok((amount as i64, MONEY))
    }

    /// The lane of a source's part by its meaning, whatever it is called; a level that takes nothing has none.
    fn part_of_source(&self, id: &str, part: &str) -> Option<Option<Lane>> {
        let at = self.scenario.sources.iter().position(|source| source.id == id)?;
        let lanes = self.compiled.accounts.sources.iter().find(|lanes| lanes.source == at)?;
        let party = match part {
            "gross" => return Some(Some(lanes.gross)),
            "local" => return Some(Some(lanes.local)),
            "town" => return Some(lanes.town),
            "county" => return Some(lanes.county),
            "central" => Party::Central,
            "province" => Party::Province,
            "city" => Party::City,
            _ => return None,
        };
        let name = &self.scenario.sources[at].name;
        let posting = self.compiled.accounts.postings.iter().find(|p| p.source == Some(at) && p.party == party && p.name == *name && !p.is_paid);
        // The land chain calls its dues by their own ids.
        if posting.is_none() && self.lane(&format!("source.{id}/{part}")).is_some() {
            return None;
        }
        Some(posting.map(|p| p.lane))
    }

    /// Every lane, year by year, for whoever writes a case.
    fn dump(&self) -> String {
        let mut text = String::new();
        for (n, info) in self.compiled.plan.lanes.iter().enumerate() {
            let lane = Lane(u32::try_from(n).unwrap_or(u32::MAX));
            let places = if info.domain == Domain::Town { self.compiled.plan.towns } else { self.compiled.plan.counties.len() };
            for place in 0..places {
                let values: Vec<String> = (0..self.compiled.plan.years).map(|year| self.outcome.at(lane, year, place).to_string()).collect();
                writeln!(text, "{:<50} {place} {:<10} {}", info.name, format!("{:?}", info.unit), values.join(" ")).unwrap();
            }
        }
        text
    }
}

// ---- the independent program ---------------------------------------------------------------------------------------

/// Compares `tests/independent/mengyang-<variant>.csv`, every line of it, with the engine.
fn agrees_with_the_independent_program(variant: &str) {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = Run::of(&manifest.join("scenarios").join("mengyang"), Some(variant).filter(|v| *v != "baseline"), true).unwrap_or_else(|problems| panic!("{problems}"));
    let path = manifest.join("tests").join("independent").join(format!("mengyang-{variant}.csv"));
    let mut reader = csv::Reader::from_path(&path).expect("the kept results are there");
    let (mut wrong, mut compared) = (Vec::new(), 0);
    let mut town_parts: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for record in reader.records() {
        let record = record.expect("a readable line");
        let (year, item, paper) = (&record[1], &record[2], record[3].parse::<i64>().expect("whole fen"));
        let mengyang = Mengyang { run: &run, year: run.order_of_year(year).expect("a year of the horizon") };
        let found = mengyang.value(item);
        compared += 1;
        match found {
            Some(found) if mengyang.remitted() != 0 && item.ends_with(".town") && !["land.town", "fee.town"].contains(&item) && !item.starts_with("agreement") => {
                let sum = town_parts.entry(year.to_owned()).or_insert((0, mengyang.remitted()));
                *sum = (sum.0 + paper, sum.1 + found);
            }
            Some(found) if found == paper => {}
            Some(found) => wrong.push(format!("{year} {item}: independent {}, program {} 万元", shown(paper, "万元"), shown(found, "万元"))),
            None => wrong.push(format!("{year} {item}: nothing in the program is called so")),
        }
    }
    for (year, (paper, found)) in town_parts.into_iter().filter(|(_, (paper, found))| paper != found) {
        wrong.push(format!("{year} parts of all sources: independent {}, program {} 万元", shown(paper, "万元"), shown(found, "万元")));
    }
    assert!(compared > 3_000, "only {compared} lines");
    assert!(wrong.is_empty(), "{} of {compared} lines differ:\n{}", wrong.len(), wrong[..wrong.len().min(60)].join("\n"));
}

/// One year of a run by the names of the independent program.
struct Mengyang<'r> {
    run: &'r Run,
    year: usize,
}

impl Mengyang<'_> {
    fn at(&self, lane: Lane) -> i64 {
        self.run.outcome.fen(lane, self.year, 0)
    }

    fn lane(&self, name: &str) -> Option<i64> {
        self.run.lane(name).map(|lane| self.at(lane))
    }

    /// A lane of a part, summed over the agreements: only the one in force has anything.
    fn part(&self, key: &str) -> Option<i64> {
        let (part, what) = key.split_once('.')?;
        let is_part = |path: &str| path.rsplit('.').next() == Some(part);
        let lanes = self.run.compiled.accounts.parts.iter().filter(|lanes| is_part(&lanes.path));
        let of = |pick: &dyn Fn(&fencheng::compile::accounts::PartLanes) -> i64| Some(lanes.clone().map(pick).sum());
        match what {
            "local" => of(&|p| self.at(p.local)),
            "county" => of(&|p| self.at(p.county)),
            "payment" => of(&|p| self.at(p.payment)),
            "town" => of(&|p| self.at(p.kept) + self.at(p.payment)),
            "net" => of(&|p| self.at(p.net) + self.at(p.payment)),
            "subsidy" => of(&|p| p.subsidy.map_or(0, |lane| self.at(lane))),
            "paid" => of(&|p| p.remitted.iter().map(|r| self.at(r.paid)).sum()),
            "arrears" => of(&|p| p.remitted.iter().filter_map(|r| r.arrears).map(|lane| self.at(lane)).sum()),
            "due" => of(&|p| p.remitted.iter().map(|r| self.at(r.paid) + r.arrears.map_or(0, |lane| self.at(lane))).sum()),
            _ => None,
        }
    }

    fn line(&self, id: &str, unpaid: bool) -> Option<i64> {
        let line = self.run.compiled.accounts.lines.iter().find(|line| line.path == format!("spending.{id}"))?;
        Some(self.at(if unpaid { line.unmet } else { line.due }))
    }

    fn paid_from(&self, pick: fn(&fencheng::stages::projects::Payment) -> f64) -> i64 {
        self.run.outcome.payments.iter().map(|payments| pick(&payments[self.year]) as i64).sum()
    }

    /// What the towns' parts of general sources were before remittances: the independent program divides what is kept
    /// (K) over the sources, the engine what is left after remitting. Where something is remitted only the sums compare.
    fn remitted(&self) -> i64 {
        self.run.compiled.accounts.parts.iter().flat_map(|p| &p.remitted).map(|r| self.at(r.paid)).sum()
    }

    fn value(&self, item: &str) -> Option<i64> {
        let plain = match item {
            "gap" => Some("town/unpaid"),
            "recurrent.paid" => Some("town/recurrent_paid"),
            "retained.general" => Some("town/retained_general"),
            "retained.fund" => Some("town/retained_fund"),
            "balance.general" => Some("town/balance_general"),
            "balance.fund" => Some("town/balance_fund"),
            "retained" | "recurrent" | "available" | "planned" | "paid" => return self.lane(&format!("town/{item}")),
            "transfer.general" => Some("transfer.general/amount"),
            "land.base" => Some("source.land/net"),
            "land.contract" => Some("source.land/contracts"),
            "land.new_land_fee.central" => Some("source.land/new_land_fee_central"),
            "land.new_land_fee.local" => Some("source.land/new_land_fee_local"),
            "land.cash" | "land.loss" | "land.new_land_fee" | "land.farmland_development" | "land.agriculture" => None,
            "land.shareable" => return self.source("land", "local"),
            "county.from_town" => return Some(self.lane("county/resources")? - self.lane("county/own")?),
            "county.resources" | "county.balance" | "county.three_guarantees" => return self.lane(&item.replace('.', "/")),
            "paid.earmark" => return Some(self.paid_from(|p| p.earmarked)),
            "paid.general" => return Some(self.paid_from(|p| p.general)),
            "paid.fund" => return Some(self.paid_from(|p| p.fund)),
            _ => None,
        };
        if let Some(name) = plain {
            return self.lane(name);
        }
        let (first, rest) = item.split_once('.')?;
        match first {
            "land" if rest != "town" => match rest.split_once('.') {
                Some(("cost", id)) => self.lane(&format!("source.land.cost.{id}/amount")),
                Some(("setaside" | "due", id)) => self.lane(&format!("source.land/{id}")),
                _ => self.lane(&format!("source.land/{rest}")),
            },
            "agreement" => self.part(rest),
            "spending" => rest.strip_suffix(".unpaid").map_or_else(|| self.line(rest, false), |id| self.line(id, true)),
            "balance" => self.lane(&format!("town/balance_{rest}")),
            "earmark" => {
                let id = rest.strip_suffix(".received")?;
                Some(self.lane(&format!("earmark.{id}/there"))? - self.lane(&format!("town/opening_earmark.{id}"))?)
            }
            _ => self.source(first, rest),
        }
    }

    fn source(&self, id: &str, part: &str) -> Option<i64> {
        Some(self.run.part_of_source(id, part)?.map_or(0, |lane| self.at(lane)))
    }
}
