//! 8. Transfers 转移支付: stage by stage over all towns, inside a stage in file order.

mod competition;
mod levels;
mod measure;
mod pool;
mod rebate;
mod simple;

use std::collections::BTreeMap;

use toml::Table;

use super::books::purse;
use super::dates::Year;
use super::number::Whole;
use super::town::Town;
use super::written::{Row, acts, text, word};

/// The forms of each stage; `matching` is worked out while projects are paid.
const STAGES: [&[&str]; 4] = [&["fixed", "per_unit", "cohort", "project", "rebate", "base_return"], &["incentive", "competition"], &["pool"], &["guarantee"]];

/// A transfer in a year, before it is worked out.
pub struct Paying<'w, 'a> {
    pub id: &'a str,
    pub terms: &'a Table,
    pub year: Year,
    pub stage: usize,
    pub towns: &'w [Town<'a>],
    /// Rows of the counties, by name.
    pub counties: &'w BTreeMap<String, Row>,
}

/// All transfers of a year.
pub fn pay_out<'a>(root: &'a Table, counties: &BTreeMap<String, Row>, towns: &mut [Town<'a>], year: Year) {
    for (stage, forms) in STAGES.iter().enumerate() {
        for town in towns.iter_mut() {
            town.before_stage.insert((stage, year), town.income.retained_in("general"));
        }
        for (id, terms) in acts(root, "transfer").into_iter().filter(|(_, terms)| forms.contains(&text(&terms["form"]))) {
            let amounts = Paying { id, terms, year, stage, towns, counties }.amounts();
            for (town, amount) in towns.iter_mut().zip(amounts) {
                town.receive(id, terms, year, amount);
            }
        }
    }
}

impl<'a> Paying<'_, 'a> {
    /// What every town gets.
    fn amounts(&self) -> Vec<Whole> {
        match text(&self.terms["form"]) {
            "cohort" => self.by_cohort(),
            "competition" => self.by_score(),
            "pool" => self.by_pool(),
            form => self.towns.iter().map(|town| if town.runs(self.terms, self.year) { self.of_town(form, town) } else { 0 }).collect(),
        }
    }

    fn of_town(&self, form: &str, town: &Town) -> Whole {
        match form {
            "fixed" => town.written.amount(&self.terms["amount"], self.year),
            "per_unit" => town.times_count(text(&self.terms["per"]), town.written.amount(&self.terms["rate"], self.year), self.year),
            "project" => self.for_projects(town),
            "rebate" => self.rebate(town),
            "base_return" => self.base_return(town),
            "incentive" => self.incentive(town),
            "guarantee" => self.guarantee(town),
            other => panic!("form {other}"),
        }
    }

    /// Towns it touches this year, by place.
    fn touched(&self) -> Vec<usize> {
        (0..self.towns.len()).filter(|at| self.towns[*at].runs(self.terms, self.year)).collect()
    }

    /// The same in groups that share one sum: a county each when the county pays, else one group.
    fn groups(&self) -> Vec<(Option<&str>, Vec<usize>)> {
        let touched = self.touched();
        if word(self.terms, "payer") != Some("county") {
            return vec![(None, touched)];
        }
        let of = |county: &String| touched.iter().copied().filter(|at| self.towns[*at].county == *county).collect();
        self.counties.keys().map(|county| (Some(county.as_str()), of(county))).collect()
    }
}

impl Town<'_> {
    /// What a transfer brings, where it goes and who pays it.
    fn receive(&mut self, id: &str, terms: &Table, year: Year, amount: Whole) {
        match (text(&terms["form"]), word(terms, "earmark")) {
            ("project", _) => self.income.put(&purse("project", id), amount),
            // A base that has to be sent up leaves the general book.
            ("base_return", _) if amount < 0 => self.income.add("general", "transfer", amount),
            (_, Some(earmark)) => self.income.put(&purse("earmark", earmark), amount),
            (_, None) => self.income.add(text(&terms["book"]), "transfer", amount),
        }
        self.book_transfer(id, terms, year, amount);
    }

    fn book_transfer(&mut self, id: &str, terms: &Table, year: Year, amount: Whole) {
        // What a base return sends up is no transfer received.
        self.note(year, format!("transfer.{id}"), amount.max(0));
        self.note(year, format!("sent_up.{id}"), (-amount).max(0));
        self.paid_by.insert((id.to_owned(), year), amount);
        if word(terms, "payer") == Some("county") {
            self.give_county(year, -amount);
        }
    }

    /// Matching grants stand in no book: they went into projects.
    pub fn note_grants(&mut self, year: Year, grants: Vec<(String, Whole)>) {
        let root = self.written.root;
        for (id, terms) in acts(root, "transfer") {
            if let Some((_, granted)) = grants.iter().find(|(other, _)| other == id) {
                self.book_transfer(id, terms, year, *granted);
            }
        }
    }

    /// What a transfer paid last year.
    fn paid_last_year(&self, id: &str, year: Year) -> Option<Whole> {
        self.paid_by.get(&(id.to_owned(), year - 1)).copied()
    }
}
