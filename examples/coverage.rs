//! The library in one screen: read a scenario, run it, print how much of every town's plan can be paid.
//!
//! `cargo run --release --example coverage -- scenarios/mengyang pilot-reform`

use fencheng::base::lang::Lang;
use fencheng::load::{self, Request};
use fencheng::measure::{Run, finding::percent};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let scenario = arguments.next().unwrap_or_else(|| "scenarios/mengyang".to_owned()).into();
    let loaded = load::load(&Request { scenario, variants: load::stack(arguments.next().as_deref()), set: Vec::new() });
    let (scenario, problems) = fencheng::check::check("example", &loaded);
    print!("{}", fencheng::diag::render::render(&problems, &loaded.files, Lang::En, false));
    let Some(scenario) = scenario else { return };
    match Run::of(scenario) {
        Ok(run) => {
            for town in run.town_views() {
                println!("{}: {}", town.town.name, town.coverage().map_or("nothing planned".to_owned(), percent));
            }
        }
        Err(problems) => print!("{}", fencheng::diag::render::render(&problems, &loaded.files, Lang::En, false)),
    }
}
