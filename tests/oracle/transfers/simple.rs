//! Transfers that need nothing but their own terms, one measure or one list: cohort, project, base return, incentive, guarantee.

use toml::Table;

use super::Paying;
use crate::oracle::number::{ONE, Whole, part_of};
use crate::oracle::selection::sources_of;
use crate::oracle::town::Town;
use crate::oracle::written::{flag, table, texts, whole_number};

impl Paying<'_, '_> {
    /// Towns that joined within the last `years`: a sum each, or one sum divided, the odd fen to the first by id.
    pub fn by_cohort(&self) -> Vec<Whole> {
        let years = whole_number(self.terms, "years").unwrap_or(1);
        let mut joined = self.touched();
        joined.retain(|at| {
            let cohort = self.towns[*at].written.cohort();
            self.year - years < cohort && cohort <= self.year
        });
        joined.sort_by_key(|at| self.towns[*at].id());
        let mut amounts = vec![0; self.towns.len()];
        for (order, at) in joined.iter().enumerate() {
            let written = &self.towns[*at].written;
            amounts[*at] = match self.terms.get("per_town") {
                Some(each) => written.amount(each, self.year),
                None => {
                    let (sum, count) = (written.amount(&self.terms["amount"], self.year), joined.len() as Whole);
                    sum / count + Whole::from((order as Whole) < sum % count)
                }
            };
        }
        amounts
    }

    pub fn for_projects(&self, town: &Town) -> Whole {
        let Some(share) = self.terms.get("share") else { return town.written.amount(&self.terms["amount"], self.year) };
        let named = texts(&self.terms["projects"]);
        let planned = town.projects.iter().filter(|project| named.contains(&project.id.as_str())).map(|project| project.planned_in(self.year)).sum();
        part_of(planned, town.written.ratio(share, self.year))
    }

    /// 税收返还: what a town lost of each source when the shares changed, by the gross of one year.
    pub fn base_return(&self, town: &Town) -> Whole {
        let of_year = whole_number(self.terms, "year").expect("a year");
        let of = |key: &str, source: &str| town.written.ratio(&table(&self.terms[key])[source], self.year);
        let sources = sources_of(town.written.root, &self.terms["of"]);
        let lost = sources.iter().map(|source| {
            let written = self.terms.get("gross").and_then(|gross| table(gross).get(source));
            let gross = written.map_or_else(|| town.gross[&(source.clone(), of_year)], |gross| town.written.amount(gross, self.year));
            part_of(gross, of("new", source)) - part_of(gross, of("old", source))
        });
        lost.sum()
    }

    pub fn incentive(&self, town: &Town) -> Whole {
        let measured = |year| town.measured(self.terms, "", self.stage, year);
        let (Some(now), Some(before)) = (measured(self.year), measured(self.year - 1)) else { return 0 };
        part_of((now - before).max(0), town.written.ratio(&self.terms["rate"], self.year))
    }

    pub fn guarantee(&self, town: &Town) -> Whole {
        let share = self.terms.get("share").map_or(ONE, |share| town.written.ratio(share, self.year));
        let reference = if flag(self.terms, "of_last_year") { self.last_years(town, self.terms) } else { town.written.amount(&self.terms["reference"], self.year) };
        (part_of(reference, share) - town.before_stage[&(self.stage, self.year)]).max(0)
    }

    /// Last year's general retained funds with this guarantee.
    fn last_years(&self, town: &Town, terms: &Table) -> Whole {
        if self.year == town.years.first {
            return town.written.amount(&terms["before"], self.year);
        }
        town.before_stage[&(self.stage, self.year - 1)] + town.paid_last_year(self.id, self.year).unwrap_or(0)
    }
}
