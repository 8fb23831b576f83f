//! 4a. Which agreement holds 执行哪个体制.

use toml::Table;

use super::dates::Year;
use super::town::Town;
use super::written::{acts, bare, table, text, whole_number, word};

/// Forms that send money up (or down) after the sharing.
const REMITTING: [&str; 3] = ["quota", "quota_up", "levy"];

/// An agreement's hold on a town.
struct Hold<'a> {
    agreement: &'a str,
    from: Year,
    to: Year,
}

impl<'a> Town<'a> {
    fn holds(&self) -> Vec<Hold<'a>> {
        let mut holds = Vec::new();
        for (id, agreement) in acts(self.written.root, "agreement") {
            if !self.written.fits(&agreement["towns"]) {
                continue;
            }
            let from = match bare(&agreement["from"]).as_integer() {
                Some(year) => year as Year,
                None => self.written.cohort(),
            };
            let by_term = whole_number(agreement, "term").map(|years| from + years - 1);
            let end = [whole_number(agreement, "until"), by_term].into_iter().flatten().min();
            holds.push(Hold { agreement: id, from, to: end.unwrap_or(self.years.last) });
            if let (Some(end), Some(successor)) = (end, word(agreement, "successor")) {
                holds.push(Hold { agreement: successor, from: end + 1, to: self.years.last });
            }
        }
        holds
    }

    /// The agreement in force and the year its term began: of those that fit, the one with the latest start.
    pub fn agreement_of(&self, year: Year) -> (&'a str, Year) {
        let fit: Vec<Hold> = self.holds().into_iter().filter(|h| h.from <= year && year <= h.to).collect();
        let latest = fit.iter().map(|h| h.from).max().unwrap_or_else(|| panic!("{}: no agreement in {year}", self.name));
        let mut found: Vec<&str> = fit.iter().filter(|h| h.from == latest).map(|h| h.agreement).collect();
        found.dedup();
        assert_eq!(found.len(), 1, "{} {year}: {found:?} start in the same year", self.name);
        (found[0], latest)
    }

    /// The first year, within the horizon, of the run of years in which the agreement of a year is in force with the same term.
    pub fn start_of(&self, year: Year) -> Year {
        let held = &self.regime[&year];
        (self.years.first..=year).rev().take_while(|each| self.regime[each] == *held).last().unwrap_or(year)
    }

    /// The year the term began of what starts in a year: it may lie before the horizon; what comes back begins anew.
    pub fn term_start(&self, start: Year) -> Year {
        if start == self.years.first { self.regime[&start].1 } else { start }
    }

    /// The first year of something that may begin in a year, or with the town's own; `None`: it always was.
    pub fn begins(&self, on: &Table) -> Option<Year> {
        on.get("from").map(|from| bare(from).as_integer().map_or_else(|| self.written.cohort(), |year| year as Year))
    }

    /// Whether a transfer or spending line touches this town in a year: `towns`, `from`, `until`.
    pub fn runs(&self, on: &Table, year: Year) -> bool {
        let mine = on.get("towns").is_none_or(|towns| self.written.fits(towns));
        mine && self.begins(on).is_none_or(|from| from <= year) && whole_number(on, "until").is_none_or(|until| year <= until)
    }

    pub fn agreement(&self, id: &str) -> &'a Table {
        table(&table(&self.written.root["agreement"])[id])
    }
}

/// The sharing parts of an agreement, in file order.
pub fn sharing_parts(agreement: &Table) -> Vec<(&str, &Table)> {
    parts(agreement).into_iter().filter(|(_, part)| !is_remitting(part)).collect()
}

/// The remitting parts of an agreement, in file order.
pub fn remitting_parts(agreement: &Table) -> Vec<(&str, &Table)> {
    parts(agreement).into_iter().filter(|(_, part)| is_remitting(part)).collect()
}

fn parts(agreement: &Table) -> Vec<(&str, &Table)> {
    let tables = agreement.iter().filter_map(|(id, value)| value.as_table().map(|t| (id.as_str(), t)));
    tables.filter(|(_, t)| t.contains_key("form")).collect()
}

pub fn is_remitting(part: &Table) -> bool {
    REMITTING.contains(&form(part))
}

pub fn form(part: &Table) -> &str {
    text(&part["form"])
}
