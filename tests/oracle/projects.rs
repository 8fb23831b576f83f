//! 7b. Projects 项目: what is due, which money pays, when a project is finished.

use std::collections::BTreeMap;

use toml::Table;

use super::dates::Year;
use super::number::{ONE, Whole, decimal, divide, part_of, pay};
use super::written::{Row, acts, flag, money, table, text, word};

/// A project of one town.
pub struct Project {
    class: String,
    priority: i64,
    /// Books that may pay, the one that pays first in front.
    books: Vec<&'static str>,
    pub planned: BTreeMap<Year, Whole>,
    planned_finish: Year,
    upkeep: Whole,
    backlog: Whole,
    finished: Option<Year>,
}

/// The money of a town: `general`, `fund` and one purse an earmark.
pub type Purses = BTreeMap<String, Whole>;

/// What the project stage did in a year.
#[derive(Debug, Default)]
pub struct Built {
    pub planned: Whole,
    pub due: Whole,
    pub paid: Whole,
}

impl Project {
    pub fn read(row: &Row) -> Self {
        let wan = |heading: &str| row.get(heading).map_or(0, |cell| if cell.is_empty() { 0 } else { money(cell, "万元") });
        let cost = wan("其中：镇级");
        let (start, years): (Year, usize) = (row["开工年"].parse().expect("a year"), row["工期（年）"].parse().expect("years"));
        let shares: Vec<Whole> = match row["进度"].as_str() {
            "" => vec![divide(ONE, years as Whole); years],
            written => written.split('/').map(percent).collect(),
        };
        assert_eq!(shares.len(), years, "the profile fits the duration");
        let mut planned = BTreeMap::new();
        let mut left = cost;
        for (at, share) in shares.iter().enumerate() {
            let amount = if at + 1 == years { left } else { part_of(cost, *share) };
            left -= amount;
            planned.insert(start + at as Year, amount);
        }
        let books = match row["可用资金"].as_str() {
            "一般预算" => vec!["general"],
            "基金" => vec!["fund"],
            "基金、一般预算" => vec!["fund", "general"],
            other => panic!("可用资金 {other}"),
        };
        Self {
            class: row["类别"].clone(),
            priority: row["优先级"].parse().expect("a priority"),
            books,
            planned,
            planned_finish: start + years as Year - 1,
            upkeep: part_of(wan("总投资"), percent(&row["管护费率"])),
            backlog: 0,
            finished: None,
        }
    }

    /// What was due before the horizon counts as paid.
    pub fn open(&mut self, first: Year) {
        self.finished = Some(self.planned_finish).filter(|finish| *finish < first);
    }

    fn finish(&mut self, year: Year) {
        if self.finished.is_none() && year >= self.planned_finish && self.backlog == 0 {
            self.finished = Some(year);
        }
    }
}

fn percent(text: &str) -> Whole {
    decimal(text.strip_suffix('%').expect("a percentage"), 4)
}

/// Upkeep of what was finished before this year.
pub fn upkeep(projects: &[Project], year: Year) -> Whole {
    projects.iter().filter(|p| p.finished.is_some_and(|finished| finished < year)).map(|p| p.upkeep).sum()
}

/// One year of payments.
pub fn build(root: &Table, projects: &mut [Project], purses: &mut Purses, year: Year) -> Built {
    let settings = root.get("projects").map(table);
    let constrained = settings.and_then(|s| word(s, "mode")) == Some("constrained");
    let strict = settings.is_some_and(|s| flag(s, "strict"));
    let planned = |p: &Project| p.planned.get(&year).copied().unwrap_or(0);
    let mut built = Built { planned: projects.iter().map(planned).sum(), ..Built::default() };
    let mut due: Vec<Whole> = projects.iter().map(|p| planned(p) + p.backlog).collect();
    built.due = due.iter().sum();
    let mut order: Vec<usize> = (0..projects.len()).collect();
    order.sort_by_key(|at| projects[*at].priority);
    if constrained && strict {
        pay_in_order(root, projects, &order, purses, &mut due);
    } else if constrained {
        for level in order.chunk_by(|a, b| projects[*a].priority == projects[*b].priority) {
            pay_level(root, projects, level, purses, &mut due);
        }
    } else {
        pay_level(root, projects, &order, purses, &mut due);
    }
    let unpaid: Whole = due.iter().sum();
    built.paid = built.due - unpaid;
    for (project, unpaid) in projects.iter_mut().zip(&due) {
        project.backlog = if constrained { *unpaid } else { 0 };
        project.finish(year);
    }
    built
}

/// The three passes: earmarked money, projects of one book, projects both books may pay (fund first).
fn pay_level(root: &Table, projects: &[Project], level: &[usize], purses: &mut Purses, due: &mut [Whole]) {
    for at in level {
        from_earmarks(root, &projects[*at], purses, &mut due[*at]);
    }
    for books in [1, 2] {
        for at in level.iter().filter(|at| projects[**at].books.len() == books) {
            from_books(&projects[*at], purses, &mut due[*at]);
        }
    }
}

/// Strictly one project after another, until one cannot be paid in full.
fn pay_in_order(root: &Table, projects: &[Project], order: &[usize], purses: &mut Purses, due: &mut [Whole]) {
    for at in order {
        from_earmarks(root, &projects[*at], purses, &mut due[*at]);
        from_books(&projects[*at], purses, &mut due[*at]);
        if due[*at] > 0 {
            return;
        }
    }
}

/// The earmarks of the project's class, in file order.
fn from_earmarks(root: &Table, project: &Project, purses: &mut Purses, due: &mut Whole) {
    for (earmark, terms) in acts(root, "earmark") {
        let classes = terms["classes"].as_array().expect("a list");
        if classes.iter().any(|class| text(class) == project.class) {
            spend(purses, earmark, due);
        }
    }
}

fn from_books(project: &Project, purses: &mut Purses, due: &mut Whole) {
    for book in &project.books {
        spend(purses, book, due);
    }
}

fn spend(purses: &mut Purses, purse: &str, due: &mut Whole) {
    let money = purses.get_mut(purse).unwrap_or_else(|| panic!("no purse {purse}"));
    let paid = pay(*due, *money);
    *money -= paid;
    *due -= paid;
}
