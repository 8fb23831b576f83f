//! Random scenarios that the program must accept: every rule and option, in small numbers. Scenario n is a function of n.

mod agreements;
mod counties;
mod counts;
mod features;
mod household;
mod land;
mod outside;
mod parts;
mod pools;
mod quantities;
pub mod random;
mod rest;
mod sources;
mod transfers;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use features::Features;
use random::Random;

/// The files of a scenario.
pub struct Files {
    pub scenario: String,
    pub towns: String,
    pub counties: Option<String>,
    pub projects: Option<String>,
}

impl Files {
    /// Writes them into a folder.
    pub fn write(&self, folder: &Path) {
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap_or_else(|why| panic!("{name}: {why}"));
        write("scenario.toml", &self.scenario);
        write("towns.csv", &self.towns);
        for (name, table) in [("counties.csv", &self.counties), ("projects.csv", &self.projects)] {
            table.iter().for_each(|text| write(name, text));
        }
    }
}

/// Which book a source stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Book {
    Always(&'static str),
    Changing,
}

/// What later rules need to know of a source.
#[derive(Clone, Debug)]
struct Source {
    id: String,
    kind: &'static str,
    book: Book,
    may_be_negative: bool,
}

struct Town {
    name: String,
    county: String,
    class: &'static str,
    cohort: i32,
}

/// A scenario in the making.
struct Maker {
    random: Random,
    features: Features,
    out: String,
    base: i32,
    first: i32,
    last: i32,
    /// The money unit is 万元, else 元.
    wan: bool,
    towns: Vec<Town>,
    columns: Vec<(String, Vec<String>)>,
    drivers: Vec<String>,
    sources: Vec<Source>,
    earmarks: Vec<String>,
    groups: Vec<(String, Vec<String>)>,
    has_county: bool,
    /// Columns of the table of counties, if there is one.
    county_columns: Vec<(String, Vec<String>)>,
    has_county_table: bool,
    counts: Vec<String>,
    /// People who came stay.
    people: bool,
    /// Sources that end or go on as another, that have refunds, and on which others are derived.
    ended: BTreeSet<String>,
    refunded: BTreeSet<String>,
    rested_on: BTreeSet<String>,
    /// The cash of the fund book may be negative in a year.
    fund_may_fall: bool,
    /// A firm that moved is compensated for.
    compensated: bool,
    /// Projects and their towns.
    projects: Vec<(String, String)>,
}

const NAMES: [&str; 8] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"];

const COUNTIES: [&str; 3] = ["某县", "邻县", "远县"];

const TOWN_CLASSES: [&str; 2] = ["重点镇", "一般镇"];

/// Of projects.
const CLASSES: [&str; 4] = ["道路", "水利", "教育", "住房"];

/// The scenario of a seed, of the rules that are switched on.
pub fn scenario(seed: u64) -> Files {
    // Half of them without a partner: shares of gross need what it would take.
    made_of(Random::new(seed), if seed.is_multiple_of(2) { Features::chosen() } else { Features::chosen().without("partner") })
}

/// The scenario that some bytes choose, draw by draw; the last of them says whether there is a partner.
pub fn of_bytes(bytes: &[u8]) -> Files {
    let even = bytes.last().is_none_or(|byte| byte.is_multiple_of(2));
    made_of(Random::of_bytes(bytes), if even { Features::chosen() } else { Features::chosen().without("partner") })
}

/// The scenario of a seed, of all rules there are.
pub fn of_everything(seed: u64) -> Files {
    made_of(Random::new(seed), Features::all())
}

fn made_of(random: Random, features: Features) -> Files {
    let mut maker = Maker::of(random, features);
    maker.head();
    maker.drivers();
    maker.counts();
    maker.earmarks();
    maker.make_sources();
    maker.new_sources();
    maker.uppers();
    maker.moves();
    maker.agreements();
    maker.transfers();
    maker.new_transfers();
    maker.spending();
    maker.household();
    maker.opening();
    maker.county_account();
    let projects = maker.projects();
    maker.transfers_for_projects();
    maker.feedback();
    maker.groups();
    let (towns, counties) = (maker.town_table(), maker.county_table());
    Files { scenario: maker.out, towns, counties, projects }
}

impl Maker {
    fn of(mut random: Random, features: Features) -> Self {
        let years = if random.chance(20) { random.year(1, 12) } else { random.year(1, 6) };
        let first = random.year(2008, 2024);
        let base = if random.chance(60) { first } else { first - random.year(1, 4) };
        let last = first + years - 1;
        let has_county = random.chance(60);
        let has_county_table = has_county && features.has("counties");
        let (counts, county_names): (&[usize], &[&'static str]) = match (features.any(), has_county, has_county_table) {
            (false, true, _) => (&[1, 1, 2, 2, 3, 5], &COUNTIES[..1]),
            (false, false, _) => (&[1, 1, 2, 2, 3, 5], &["某县", "某县", "邻县"]),
            (true, true, false) => (&[1, 2, 3, 4, 5, 6, 8], &COUNTIES[..1]),
            (true, ..) => (&[1, 2, 3, 4, 5, 6, 8], &COUNTIES),
        };
        let town = |at: usize, random: &mut Random| Town {
            name: format!("{}镇", NAMES[at]),
            county: random.word(county_names).to_owned(),
            class: random.word(&TOWN_CLASSES),
            cohort: random.year(first - 1, last + 1),
        };
        let count = *random.pick(counts);
        let towns = (0..count).map(|at| town(at, &mut random)).collect();
        let wan = random.chance(80);
        Self {
            random,
            features,
            out: String::new(),
            base,
            first,
            last,
            wan,
            towns,
            columns: Vec::new(),
            drivers: Vec::new(),
            sources: Vec::new(),
            earmarks: Vec::new(),
            groups: Vec::new(),
            has_county,
            county_columns: Vec::new(),
            has_county_table,
            counts: Vec::new(),
            people: false,
            ended: BTreeSet::new(),
            refunded: BTreeSet::new(),
            rested_on: BTreeSet::new(),
            fund_may_fall: false,
            compensated: false,
            projects: Vec::new(),
        }
    }

    /// Whether a rule that may be used is used now, in so many cases of a hundred.
    fn uses(&mut self, feature: &str, percent: i64) -> bool {
        self.features.has(feature) && self.random.chance(percent)
    }

    /// A line of the scenario.
    fn line(&mut self, text: impl AsRef<str>) {
        self.out.push_str(text.as_ref());
        self.out.push('\n');
    }

    fn head(&mut self) {
        let (first, last, base) = (self.first, self.last, self.base);
        let unit = if self.wan { "万元" } else { "元" };
        let years = format!("first_year = {first}\nlast_year = {last}\nbase_year = {base}");
        self.line(format!("[scenario]\nformat = 1\nname = \"随机方案\"\n{years}\nmoney_unit = \"{unit}\"\n\n[towns]\nfile = \"towns.csv\""));
        if self.has_county_table {
            self.line("\n[counties]\nfile = \"counties.csv\"");
        }
    }

    fn drivers(&mut self) {
        for at in 0..self.random.count(0, 2) {
            let id = format!("driver{at}");
            let mut rates = vec![format!("{} = \"{}\"", self.base - 2, self.rate())];
            for year in self.base + 1..=self.last {
                if self.random.chance(40) {
                    rates.push(format!("{year} = \"{}\"", self.rate()));
                }
            }
            self.line(format!("\n[driver.{id}]\nname = \"因素{at}\"\n{}", rates.join("\n")));
            self.drivers.push(id);
        }
    }

    fn earmarks(&mut self) {
        for at in 0..self.random.count(1, 3) {
            let id = format!("earmark{at}");
            let classes = if self.random.chance(15) { Vec::new() } else { self.random.some(&CLASSES) };
            self.line(format!("\n[earmark.{id}]\nname = \"专项{at}\"\nclasses = {}", list(&classes)));
            self.earmarks.push(id);
        }
    }

    fn groups(&mut self) {
        if !self.groups.is_empty() {
            self.line("\n[group]");
            for (id, members) in std::mem::take(&mut self.groups) {
                self.line(format!("{id} = {}", list(&members)));
            }
        }
    }

    /// Names of towns, or a condition, as a selection; and whether it is all of them.
    fn selection(&mut self) -> String {
        match self.random.within(0, 3) {
            0 => format!("{{ \"类别\" = \"{}\" }}", self.random.word(&TOWN_CLASSES)),
            1 => {
                let names: Vec<String> = self.towns.iter().map(|t| t.name.clone()).collect();
                list(&self.random.some(&names))
            }
            _ => "\"all\"".to_owned(),
        }
    }

    fn town_table(&self) -> String {
        let mut text = "镇,县,类别,批次".to_owned();
        for (heading, _) in &self.columns {
            write!(text, ",{heading}").expect("a string takes all");
        }
        for (at, town) in self.towns.iter().enumerate() {
            write!(text, "\n{},{},{},{}", town.name, town.county, town.class, town.cohort).expect("a string takes all");
            for (_, cells) in &self.columns {
                write!(text, ",{}", cells[at]).expect("a string takes all");
            }
        }
        text + "\n"
    }
}

/// A list of texts in TOML.
fn list<T: AsRef<str>>(items: &[T]) -> String {
    let quoted: Vec<String> = items.iter().map(|item| format!("\"{}\"", item.as_ref())).collect();
    format!("[{}]", quoted.join(", "))
}
