//! 10. Projects 项目: what is due, which money pays, when a project is finished.

use std::collections::BTreeMap;

use super::dates::Year;
use super::number::{ONE, Whole, decimal, divide, part_of};
use super::site::Site;
use super::town::Town;
use super::written::{Row, flag, money, table, word};

/// A project of one town.
pub struct Project {
    pub id: String,
    pub class: String,
    priority: i64,
    /// Books that may pay, the one that pays first in front.
    pub books: Vec<&'static str>,
    pub planned: BTreeMap<Year, Whole>,
    planned_finish: Year,
    whole_cost: Whole,
    upkeep: Whole,
    backlog: Whole,
    finished: Option<Year>,
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
            let amount = if at + 1 == years { left } else { part_of(cost, *share).min(left) };
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
            id: row["编号"].clone(),
            class: row["类别"].clone(),
            priority: row["优先级"].parse().expect("a priority"),
            books,
            planned,
            planned_finish: start + years as Year - 1,
            whole_cost: wan("总投资"),
            upkeep: part_of(wan("总投资"), percent(&row["管护费率"])),
            backlog: 0,
            finished: None,
        }
    }

    /// What was due before the horizon counts as paid.
    pub fn open(&mut self, first: Year) {
        self.finished = Some(self.planned_finish).filter(|finish| *finish < first);
    }

    pub fn planned_in(&self, year: Year) -> Whole {
        self.planned.get(&year).copied().unwrap_or(0)
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

impl Town<'_> {
    /// One year of payments; gives the whole cost of the projects that were finished.
    pub fn build(&mut self, year: Year) -> Whole {
        let settings = self.written.root.get("projects").map(table);
        let constrained = settings.and_then(|s| word(s, "mode")) == Some("constrained");
        let strict = settings.is_some_and(|s| flag(s, "strict"));
        let mut projects = std::mem::take(&mut self.projects);
        let planned: Vec<Whole> = projects.iter().map(|p| p.planned_in(year)).collect();
        let due: Vec<Whole> = projects.iter().zip(&planned).map(|(p, planned)| planned + p.backlog).collect();
        let all_due: Whole = due.iter().sum();
        let mut order: Vec<usize> = (0..projects.len()).collect();
        order.sort_by_key(|at| projects[*at].priority);
        let mut site = Site::new(self, &projects, due, year);
        if constrained && strict {
            site.pay_in_order(&order);
        } else if constrained {
            order.chunk_by(|a, b| projects[*a].priority == projects[*b].priority).for_each(|level| site.pay_level(level));
        } else {
            site.pay_level(&order);
        }
        let (due, purses, grants) = site.leave();
        self.purses = purses;
        self.note_grants(year, grants);
        let unpaid: Whole = due.iter().sum();
        for (item, amount) in [("planned", planned.iter().sum()), ("due", all_due), ("paid", all_due - unpaid), ("gap", unpaid)] {
            self.note(year, item, amount);
        }
        for (project, unpaid) in projects.iter_mut().zip(&due) {
            project.backlog = if constrained { *unpaid } else { 0 };
            project.finish(year);
        }
        self.projects = projects;
        self.projects.iter().filter(|p| p.finished == Some(year)).map(|p| p.whole_cost).sum()
    }
}
