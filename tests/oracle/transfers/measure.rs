//! Measures 口径: what a transfer looks at of a town's own year.

use toml::Table;

use crate::oracle::dates::Year;
use crate::oracle::number::Whole;
use crate::oracle::selection::sources_of;
use crate::oracle::town::Town;
use crate::oracle::written::{whole_number, word};

impl Town<'_> {
    /// M of a year, or of the year before where `lag = 1`; before the first year what is written under `before`.
    pub fn measured(&self, terms: &Table, default: &str, stage: usize, year: Year) -> Option<Whole> {
        let at = year - whole_number(terms, "lag").unwrap_or(0);
        if at < self.years.first {
            return terms.get("before").map(|before| self.written.amount(before, self.years.first));
        }
        Some(self.measured_in(terms, word(terms, "measure").unwrap_or(default), stage, at))
    }

    fn measured_in(&self, terms: &Table, measure: &str, stage: usize, year: Year) -> Whole {
        if measure == "retained" {
            assert!(!terms.contains_key("of"), "retained funds are not those of a source");
            return self.before_stage[&(stage, year)];
        }
        let sources = sources_of(self.written.root, &terms["of"]);
        sources.iter().map(|source| self.measured_of(source, measure, year)).sum()
    }

    fn measured_of(&self, source: &str, measure: &str, year: Year) -> Whole {
        let item = |item: &str| self.noted(year, &format!("source.{source}.{item}"));
        match measure {
            "gross" | "local" | "central" | "province" | "city" | "county" | "town" => item(measure),
            "up" => item("gross") - item("town"),
            other => panic!("measure {other}"),
        }
    }
}
