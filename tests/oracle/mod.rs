//! The oracle: a slow, plain calculation of a scenario from its files and `docs/model.md` alone. It shares no code with the crate.
//!
//! One file a section of the page, one function a rule; whole fen in `i128`, doubles only where the page asks for them.
//! What it does not understand it refuses by panicking: it guesses nothing.

pub mod compare;
pub mod generate;

mod agreement;
mod bonds;
mod books;
mod capital;
mod counts;
mod county;
mod dates;
mod known;
mod land;
mod moving;
mod number;
mod paying;
mod projects;
mod regime;
mod remitting;
mod selection;
mod sharing;
mod site;
mod sources;
mod spending;
mod town;
mod transfers;
mod world;
mod written;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use toml::Table;
use town::Years;
use world::World;
use written::{Row, table, text, whole_number};

/// Every figure: by town (empty for the county, or the county's name where there are several), year and item, in fen.
pub type Figures = BTreeMap<(String, i32, String), i128>;

/// Computes the scenario in a folder (without includes and variants).
pub fn compute(folder: &Path) -> Figures {
    let text_of = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_else(|why| panic!("{name}: {why}"));
    let mut root: Table = text_of("scenario.toml").parse().unwrap_or_else(|why| panic!("{why}"));
    known::refuse_the_unknown(&root);
    selection::write_out(&mut root);
    let head = table(&root["scenario"]);
    let year = |key: &str| whole_number(head, key).unwrap_or_else(|| panic!("{key} is missing"));
    let years = Years { base: year("base_year"), first: year("first_year"), last: year("last_year") };
    let rows = |kind: &str| root.get(kind).map_or_else(Vec::new, |t| read_csv(&text_of(text(&table(t)["file"]))));
    let (towns, projects, counties) = (rows("towns"), rows("projects"), rows("counties"));
    let mut world = World::new(&root, &towns, &counties, &projects, years);
    world.run();
    world.figures()
}

/// Rows by heading; a unit of money behind a heading is dropped (projects are written in 万元).
fn read_csv(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headings: Vec<String> = reader.headers().expect("headings").iter().map(|h| h.trim_end_matches("（万元）").to_owned()).collect();
    let row = |record: Result<csv::StringRecord, csv::Error>| headings.iter().cloned().zip(record.expect("a row").iter().map(str::to_owned)).collect();
    reader.records().map(row).collect()
}
