//! 9. On-lent bonds 转贷专项债: the county borrows for a town, the town serves the debt from its fund book.

use toml::Table;

use super::books::{purse, spend};
use super::dates::Year;
use super::number::{Whole, divide, part_of};
use super::town::Town;
use super::written::{acts, has_year, text, whole_number, years_written};

impl Town<'_> {
    /// What is lent in a year goes into the bond's purse.
    pub fn borrow(&mut self, year: Year) {
        for (id, bond) in acts(self.written.root, "bond") {
            if self.runs(bond, year) && has_year(&bond["principal"], year) {
                let lent = self.written.amount(&bond["principal"], year);
                self.income.put(&purse("bond", id), lent);
            }
        }
    }

    /// Service of the year, with what is owed on, from the fund book; the county pays its creditors whole.
    pub fn serve_bonds(&mut self, year: Year) {
        for (id, bond) in acts(self.written.root, "bond") {
            let service = if self.runs(bond, year) { self.service(bond, year) } else { 0 };
            let mut due = service + self.aside.owed_on_bonds.get(id).copied().unwrap_or(0);
            let paid = spend(&mut self.purses, "fund", &mut due);
            self.aside.owed_on_bonds.insert(id.to_owned(), due);
            self.give_county(year, paid - service);
            for (item, amount) in [("due", service), ("paid", paid), ("owed", due)] {
                self.note(year, format!("bond.{id}/{item}"), amount);
            }
        }
    }

    /// Interest and principal of all that was lent before.
    fn service(&self, bond: &Table, year: Year) -> Whole {
        years_written(&bond["principal"]).into_iter().filter(|lent| *lent < year).map(|lent| self.service_of(bond, lent, year)).sum()
    }

    fn service_of(&self, bond: &Table, lent: Year, year: Year) -> Whole {
        let principal = self.written.amount(&bond["principal"], lent);
        let rate = self.written.ratio(&bond["rate"], lent);
        let mut outstanding = principal;
        for each in lent + 1..year {
            outstanding -= repaid(bond, principal, outstanding, each - lent);
        }
        part_of(outstanding, rate) + repaid(bond, principal, outstanding, year - lent)
    }
}

/// Principal due in the n-th year after lending.
fn repaid(bond: &Table, principal: Whole, outstanding: Whole, nth: Year) -> Whole {
    let years = whole_number(bond, "years").expect("years");
    if nth > years {
        return 0;
    }
    if nth == years {
        return outstanding;
    }
    match text(&bond["repay"]) {
        "bullet" => 0,
        "instalments" => {
            let grace = whole_number(bond, "grace").unwrap_or(0);
            if nth > grace { divide(principal, Whole::from(years - grace)).min(outstanding) } else { 0 }
        }
        other => panic!("repay {other}"),
    }
}
