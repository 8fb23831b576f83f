//! 10. Which money pays a project: money of its own, earmarks, bonds, matching with own money, the books.

use toml::Table;

use super::books::{Purses, purse, spend};
use super::dates::Year;
use super::number::{ONE, Whole, part_of, prorate};
use super::projects::Project;
use super::town::Town;
use super::written::{acts, text, texts};

/// A matching transfer 配套 in a town and year.
struct Matching {
    id: String,
    classes: Vec<String>,
    share: Whole,
    /// What is left of the cap.
    left: Option<Whole>,
    granted: Whole,
}

/// The projects of a town in a year, what they need, and the money.
pub struct Site<'p> {
    root: &'p Table,
    projects: &'p [Project],
    due: Vec<Whole>,
    purses: Purses,
    matching: Vec<Matching>,
}

impl<'p> Site<'p> {
    pub fn new(town: &Town<'p>, projects: &'p [Project], due: Vec<Whole>, year: Year) -> Self {
        let running = acts(town.written.root, "transfer").into_iter().filter(|(_, terms)| text(&terms["form"]) == "matching" && town.runs(terms, year));
        let matching = running.map(|(id, terms)| Matching {
            id: id.to_owned(),
            classes: texts(&terms["classes"]).into_iter().map(str::to_owned).collect(),
            share: town.written.ratio(&terms["share"], year),
            left: terms.get("cap").map(|cap| town.written.amount(cap, year)),
            granted: 0,
        });
        Self { root: town.written.root, projects, due, purses: town.purses.clone(), matching: matching.collect() }
    }

    /// What is still due, what the purses hold, what was granted.
    pub fn leave(self) -> (Vec<Whole>, Purses, Vec<(String, Whole)>) {
        (self.due, self.purses, self.matching.into_iter().map(|matching| (matching.id, matching.granted)).collect())
    }

    /// The passes: money for the purpose, matching, projects of one book, projects both books may pay (fund first).
    pub fn pay_level(&mut self, level: &[usize]) {
        level.iter().for_each(|at| self.draw_on_purposes(*at));
        level.iter().for_each(|at| self.match_own(*at));
        for books in [1, 2] {
            for at in level.iter().filter(|at| self.projects[**at].books.len() == books).copied().collect::<Vec<_>>() {
                self.draw_on_books(at);
            }
        }
    }

    /// Strictly one project after another, until one cannot be paid in full.
    pub fn pay_in_order(&mut self, order: &[usize]) {
        for at in order {
            self.draw_on_purposes(*at);
            self.match_own(*at);
            self.draw_on_books(*at);
            if self.due[*at] > 0 {
                return;
            }
        }
    }

    /// Transfers for this project, then earmarks and bonds of its class, each kind in file order.
    fn draw_on_purposes(&mut self, at: usize) {
        let project = &self.projects[at];
        let names = |terms: &Table, key: &str, word: &str| terms.get(key).is_some_and(|list| texts(list).contains(&word));
        let own = acts(self.root, "transfer").into_iter().filter(|(_, terms)| text(&terms["form"]) == "project" && names(terms, "projects", &project.id));
        let of_class = |kind: &'static str| acts(self.root, kind).into_iter().filter(move |(_, terms)| names(terms, "classes", &project.class)).map(move |(id, _)| purse(kind, id));
        let purses: Vec<String> = own.map(|(id, _)| purse("project", id)).chain(of_class("earmark")).chain(of_class("bond")).collect();
        for purse in &purses {
            spend(&mut self.purses, purse, &mut self.due[at]);
        }
    }

    fn draw_on_books(&mut self, at: usize) {
        for book in &self.projects[at].books {
            spend(&mut self.purses, book, &mut self.due[at]);
        }
    }

    /// The grant follows what the town pays of its own; the town need not pay what the grant covers.
    fn match_own(&mut self, at: usize) {
        let (project, need) = (&self.projects[at], self.due[at]);
        let Some(matching) = self.matching.iter_mut().find(|matching| matching.classes.contains(&project.class)) else { return };
        let left = matching.left.unwrap_or(Whole::MAX).max(0);
        let held: Whole = project.books.iter().map(|book| self.purses[*book].max(0)).sum();
        let whole_own = need - left.min(part_of(need, matching.share));
        let own = held.min(whole_own);
        let grant = if own == whole_own { need - own } else { left.min(prorate(own, matching.share, ONE - matching.share)).min(need - own) };
        let mut to_draw = own;
        for book in &project.books {
            spend(&mut self.purses, book, &mut to_draw);
        }
        self.due[at] = need - own - grant;
        matching.granted += grant;
        matching.left = matching.left.map(|left| left - grant);
    }
}
