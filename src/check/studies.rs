//! Levers, uncertainties, sweeps and searches. What their paths lead to shows when a study sets them.

use super::acts;
use super::read::Reader;
use crate::diag::{Code, Problem, nearest};
use crate::load::node::{Entry, Table};
use crate::rules::field::Field;
use crate::rules::values::Values;
use crate::scenario::study::{Acts, Each, Lever, Requirement, Solve, Studies, Sweep, Uncertain};

impl Reader<'_> {
    /// Everything declared for studies.
    pub fn studies(&mut self, root: &Table) -> Studies {
        let levers = self.declared(root, "lever", Lever::FIELDS, lever);
        let uncertain = self.declared(root, "uncertain", Uncertain::FIELDS, uncertain);
        let sweeps = self.declared(root, "sweep", Sweep::FIELDS, sweep);
        let solves = self.declared(root, "solve", Solve::FIELDS, solve);
        let studies = Studies { levers, uncertain, sweeps, solves };
        self.paths_in(&studies);
        self.names_in(&studies);
        studies
    }

    fn declared<T>(&mut self, root: &Table, kind: &str, fields: &[Field], read: fn(&str, &Entry, &mut Values) -> Option<T>) -> Vec<T> {
        let mut found = Vec::new();
        for (id, entry) in acts(root, kind) {
            let path = format!("{kind}.{id}");
            let Some(table) = self.expect_table(&entry.node, &path).cloned() else { continue };
            let scope = self.file_scope();
            let mut values = self.read(&[fields], &table, &path, scope, &entry.key_place);
            found.extend(read(id, entry, &mut values));
        }
        found
    }

    /// A lever sets something.
    fn paths_in(&mut self, studies: &Studies) {
        for lever in studies.levers.iter().filter(|lever| lever.paths.is_empty()) {
            self.problems.push(Problem::new(Code::E102, &lever.place).with("key", "path").with("table", format!("[lever.{}]", lever.id)));
        }
    }

    /// Studies name levers and uncertainties by their keys.
    fn names_in(&mut self, studies: &Studies) {
        let levers: Vec<&str> = studies.levers.iter().map(|l| l.id.as_str()).collect();
        let uncertain: Vec<&str> = studies.uncertain.iter().map(|u| u.id.as_str()).collect();
        let mut asked: Vec<(&str, &str, &crate::base::place::Place)> = Vec::new();
        for sweep in &studies.sweeps {
            asked.extend(sweep.levers.iter().map(|l| ("lever", l.as_str(), &sweep.place)));
            asked.extend(sweep.uncertain.iter().map(|u| ("uncertain", u.as_str(), &sweep.place)));
        }
        asked.extend(studies.solves.iter().map(|s| ("lever", s.lever.as_str(), &s.place)));
        for (kind, id, place) in asked {
            let known = if kind == "lever" { &levers } else { &uncertain };
            if !known.contains(&id) {
                let near = nearest(id, known.iter().copied());
                self.problems.push(Problem::new(Code::E107, place).with("key", kind).with("name", id).with_list("known", known.iter().copied()).with_some("nearest", near));
            }
        }
    }
}

fn lever(id: &str, entry: &Entry, v: &mut Values) -> Option<Lever> {
    let range = v.text("low").zip(v.text("high"));
    let (name, step) = (v.text("name")?, v.text("step"));
    let paths = v.text("path").into_iter().chain(v.texts("paths").unwrap_or_default()).collect();
    Some(Lever { id: id.to_owned(), name, paths, range, step, values: v.texts("values").unwrap_or_default(), place: entry.key_place.clone() })
}

fn uncertain(id: &str, entry: &Entry, v: &mut Values) -> Option<Uncertain> {
    let acts = match v.text("acts").as_deref() {
        Some("add") => Acts::Add,
        Some("times") => Acts::Times,
        _ => Acts::Replace,
    };
    let each = match v.text("each").as_deref() {
        Some("year") => Each::Year,
        Some("town") => Each::Town,
        _ => Each::Run,
    };
    let persistence = v.param("persistence").and_then(|p| p.constant()).map(|p| crate::base::ratio::Ratio(p).to_string());
    let parameters = Uncertain::PARAMETERS.map(|key| v.text(key));
    Some(Uncertain {
        id: id.to_owned(),
        name: v.text("name")?,
        path: v.text("path")?,
        acts,
        each,
        draw: v.text("draw")?,
        parameters,
        persistence,
        place: entry.key_place.clone(),
    })
}

fn sweep(id: &str, entry: &Entry, v: &mut Values) -> Option<Sweep> {
    Some(Sweep {
        id: id.to_owned(),
        name: v.text("name")?,
        variant: v.text("variant"),
        design: v.text("design").unwrap_or_else(|| "grid".to_owned()),
        levers: v.texts("levers").unwrap_or_default(),
        uncertain: v.texts("uncertain").unwrap_or_default(),
        points: v.whole("points"),
        seed: v.whole("seed"),
        keep: v.texts("keep").unwrap_or_default(),
        paired: v.flag("paired").unwrap_or(false),
        correlation: v.map("correlation").unwrap_or_default().into_iter().filter_map(|(pair, rate)| Some((pair, rate.constant()?))).collect(),
        place: entry.key_place.clone(),
    })
}

fn solve(id: &str, entry: &Entry, v: &mut Values) -> Option<Solve> {
    let require = v.keyed("require").unwrap_or_default().into_iter().map(|(measure, mut r)| Requirement {
        measure,
        at_least: r.text("at_least"),
        at_most: r.text("at_most"),
        by: r.year("by"),
    });
    let require = require.collect();
    Some(Solve {
        id: id.to_owned(),
        name: v.text("name")?,
        variant: v.text("variant"),
        lever: v.text("lever")?,
        lowest: v.text("find").as_deref() == Some("lowest"),
        require,
        place: entry.key_place.clone(),
    })
}
