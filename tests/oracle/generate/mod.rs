//! Random scenarios that the program must accept: every rule and option, in small numbers. Scenario n is a function of n.

mod agreements;
mod land;
mod parts;
mod quantities;
mod random;
mod rest;
mod sources;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use random::Random;

/// The files of a scenario.
pub struct Files {
    pub scenario: String,
    pub towns: String,
    pub projects: Option<String>,
}

impl Files {
    /// Writes them into a folder.
    pub fn write(&self, folder: &Path) {
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap_or_else(|why| panic!("{name}: {why}"));
        write("scenario.toml", &self.scenario);
        write("towns.csv", &self.towns);
        if let Some(projects) = &self.projects {
            write("projects.csv", projects);
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
}

const TOWN_CLASSES: [&str; 2] = ["重点镇", "一般镇"];

/// Of projects.
const CLASSES: [&str; 4] = ["道路", "水利", "教育", "住房"];

/// The scenario of a seed.
pub fn scenario(seed: u64) -> Files {
    let mut maker = Maker::new(seed);
    maker.head();
    maker.drivers();
    maker.earmarks();
    maker.make_sources();
    maker.uppers();
    maker.agreements();
    maker.transfers();
    maker.spending();
    maker.opening();
    maker.county_account();
    let projects = maker.projects();
    maker.groups();
    let towns = maker.town_table();
    Files { scenario: maker.out, towns, projects }
}

impl Maker {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let years = if random.chance(20) { random.year(1, 12) } else { random.year(1, 6) };
        let first = random.year(2008, 2024);
        let base = if random.chance(60) { first } else { first - random.year(1, 4) };
        let last = first + years - 1;
        let has_county = random.chance(60);
        let town = |at: usize, random: &mut Random| Town {
            name: format!("{}镇", ["甲", "乙", "丙", "丁", "戊"][at]),
            county: if has_county || random.chance(70) { "某县".to_owned() } else { "邻县".to_owned() },
            class: random.word(&TOWN_CLASSES),
            cohort: random.year(first - 1, last + 1),
        };
        let count = *random.pick(&[1, 1, 2, 2, 3, 5]);
        let towns = (0..count).map(|at| town(at, &mut random)).collect();
        let wan = random.chance(80);
        Self {
            random,
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
        }
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
