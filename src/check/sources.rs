//! Sources and what the upper levels take of them.

use std::collections::VecDeque;
use std::sync::Arc;

use super::{Head, acts};
use super::read::Reader;
use crate::base::{place::Place, ratio::Ratio};
use crate::diag::{Code, Problem, nearest};
use crate::load::node::{Entry, Table, Value};
use crate::rules::{
    field::{PROVENANCE, Quantity},
    param::{Drivers, Growth, Lives, Param, Step, StepValue},
    sources::{COMMON, Class, Derived, Driven, Fee, Kind, Land, Series, source_kinds},
    values::Values,
};
use crate::scenario::{Level, Source, Upper, UpperShare};

impl Reader<'_> {
    /// All sources. A source that cannot be read is left out; its problems are reported.
    pub fn sources(&mut self, root: &Table) -> Vec<Source> {
        let mut sources = Vec::new();
        for (id, entry) in acts(root, "source") {
            sources.extend(self.source(id, entry));
        }
        self.no_circles(&sources);
        sources
    }

    fn source(&mut self, id: &str, entry: &Entry) -> Option<Source> {
        let path = format!("source.{id}");
        let table = self.expect_table(&entry.node, &path)?.clone();
        let Some(kind) = table.get("kind") else {
            let near = nearest(id, self.names.sources.iter().map(String::as_str).filter(|s| *s != id));
            self.problems.push(
                Problem::new(Code::E104, &entry.key_place)
                    .with("name", format!("source.{id}"))
                    .with("kind", "收入")
                    .with("kind_en", "source")
                    .with_list("needed", ["name", "kind", "class", "book"])
                    .with_some("nearest", near),
            );
            return None;
        };
        let word = if let Value::Text(word) = &kind.node.value { word.clone() } else { String::new() };
        let fields = source_kinds().into_iter().find(|(card, _)| card.kind == word).map(|(_, fields)| fields);
        let scope = self.file_scope();
        let mut v = self.read(&[COMMON, fields.unwrap_or(&[])], &table, &path, scope, &entry.key_place);
        let column = if word == "driven" && !v.has("base") { self.base_column(id, &path, &entry.key_place) } else { None };
        let kind = kind_of(&word, &mut v, column);
        if let Some(Kind::Land(land)) = &kind {
            land.check(&mut self.problems);
        }
        Some(Source {
            id: id.to_owned(),
            name: v.text("name")?,
            class: v.text("class").and_then(|c| Class::parse(&c))?,
            book: v.param("book")?,
            is_returned: v.text("mode").is_some_and(|m| m == "return"),
            refunds: v.param("refunds"),
            kind: kind?,
            place: entry.key_place.clone(),
        })
    }

    /// The base of a driven source: the column of the town table headed by its title or id.
    fn base_column(&mut self, id: &str, path: &str, place: &Place) -> Option<Param> {
        let title = self.names.sources.iter().position(|s| s == id).map(|n| self.names.source_titles[n].clone())?;
        let heading = [title.as_str(), id].into_iter().find(|name| self.names.headings().any(|h| h == *name)).map(str::to_owned);
        let Some(heading) = heading else {
            if !self.names.columns.is_empty() {
                self.problems.push(Problem::new(Code::E403, place).with("path", path).with_list("tried", if title == id { vec![title.as_str()] } else { vec![title.as_str(), id] }));
            }
            return None;
        };
        let scope = self.file_scope();
        let path = format!("{path}.base");
        let value = self.column(&heading, place, None, Quantity::Money, &path, scope)?;
        let steps = vec![Step { from: None, value }];
        Some(Param { path, place: place.clone(), quantity: Quantity::Money, steps, growth: Growth::None, interpolate: false })
    }

    /// A derived source may not rest on itself.
    fn no_circles(&mut self, sources: &[Source]) {
        let on = |n: usize| -> Vec<usize> {
            let id = &self.names.sources[n];
            match sources.iter().find(|s| s.id == *id).map(|s| &s.kind) {
                Some(Kind::Derived(derived)) => derived.on.clone(),
                _ => Vec::new(),
            }
        };
        for (start, id) in self.names.sources.iter().enumerate() {
            let (mut todo, mut seen) = (on(start), Vec::new());
            while let Some(next) = todo.pop() {
                if next == start {
                    let chain = self.circle(start, &on);
                    let place = sources.iter().find(|s| s.id == *id).map(|s| s.place.clone()).unwrap_or_default();
                    self.problems.push(Problem::new(Code::E117, &place).with("chain", chain));
                    break;
                }
                if !seen.contains(&next) {
                    seen.push(next);
                    todo.extend(on(next));
                }
            }
        }
    }

    /// The way from a source back to itself, as `a → b → a`.
    fn circle(&self, start: usize, on: &dyn Fn(usize) -> Vec<usize>) -> String {
        let (mut ways, mut seen) = (VecDeque::from([vec![start]]), Vec::new());
        while let Some(way) = ways.pop_front() {
            for next in way.last().map(|n| on(*n)).unwrap_or_default() {
                let longer = [&way[..], &[next]].concat();
                if next == start {
                    return longer.iter().map(|n| self.names.source_titles[*n].as_str()).collect::<Vec<_>>().join(" → ");
                }
                if !seen.contains(&next) {
                    seen.push(next);
                    ways.push_back(longer);
                }
            }
        }
        self.names.source_titles[start].clone()
    }

    /// What central, province and city take, in this order.
    pub fn uppers(&mut self, root: &Table, sources: &[Source]) -> Vec<Upper> {
        let known = ["central", "province", "city"];
        if let Some(table) = root.get("upper").and_then(|e| e.node.table()) {
            self.unknown_keys(&table.clone(), &known, "upper");
        }
        let mut uppers = Vec::new();
        for (word, level) in known.into_iter().zip([Level::Central, Level::Province, Level::City]) {
            let Some((_, entry)) = acts(root, "upper").into_iter().find(|(id, _)| *id == word) else { continue };
            let path = format!("upper.{word}");
            if let Some(table) = self.expect_table(&entry.node, &path).cloned() {
                uppers.push(self.upper(level, &table, &path, &entry.key_place, sources));
            }
        }
        uppers
    }

    fn upper(&mut self, level: Level, table: &Table, path: &str, place: &Place, sources: &[Source]) -> Upper {
        let of_gross = self.of_gross(table, path, place);
        let scope = self.file_scope().down(table);
        self.check_provenance(table, path);
        let known: Vec<String> = self.names.sources.clone();
        let known: Vec<&str> = known.iter().map(String::as_str).chain(["of", "other"]).chain(PROVENANCE).collect();
        self.unknown_keys(table, &known, path);
        let mut share = |key: &str| {
            let entry = table.get(key)?;
            self.value(&entry.node, Quantity::Share, &format!("{path}.{key}"), &scope, &["of"]).map(Arc::new)
        };
        let other = share("other");
        let named: Vec<Option<Arc<Param>>> = sources.iter().map(|s| share(&s.id)).collect();
        let mut shares = Vec::new();
        for (source, named) in sources.iter().zip(named) {
            let own = table.get(&source.id).and_then(|e| e.node.table()).and_then(|t| t.get("of"));
            let own = own.map(|e| matches!(&e.node.value, Value::Text(t) if t == "gross"));
            let rate = named.or_else(|| other.clone());
            let skipped = matches!(source.kind, Kind::Land(_));
            if rate.is_none() && !skipped && table.get(&source.id).is_none() && table.get("other").is_none() {
                self.problems.push(Problem::new(Code::E115, place).with("party", path).with("source", &source.name));
            }
            shares.push(rate.filter(|_| !skipped).map(|rate| UpperShare { rate, of_gross: own.unwrap_or(of_gross) }));
        }
        Upper { level, shares }
    }

    /// Shares of gross must leave each level what it is to take.
    pub fn enough_for_upper_levels(&mut self, uppers: &[Upper], sources: &[Source], drivers: &Drivers, head: &Head) {
        let towns = self.names.towns.len();
        for (n, source) in sources.iter().enumerate() {
            let years = (head.first_year..=head.last_year).flat_map(|y| (0..towns).map(move |t| (y, t)));
            let by_town = uppers.iter().filter_map(|u| u.shares[n].as_ref()).any(|s| s.rate.steps.iter().any(|s| matches!(s.value, StepValue::ByTown(_))));
            let mut years = years.filter(|(_, t)| by_town || *t == 0);
            let broken = years.find_map(|(year, town)| {
                let (mut taken, mut parts) = (0_i64, Vec::new());
                for upper in uppers {
                    let Some(share) = &upper.shares[n] else { continue };
                    let Ok((rate, _)) = share.rate.at(town, year, drivers, Lives::ALL_YEAR) else { continue };
                    let part = if share.of_gross { rate } else { Ratio(rate).of(Ratio::ONE.0 - taken) };
                    taken += part;
                    parts.push((upper.level, Ratio(part)));
                    if taken > Ratio::ONE.0 {
                        return Some((year, taken, parts, share.rate.place.clone()));
                    }
                }
                None
            });
            let Some((year, sum, parts, place)) = broken else { continue };
            let list = |pick: fn((&'static str, &'static str)) -> &'static str, between| parts.iter().map(|(l, r)| format!("{} {r}", pick(level_words(*l)))).collect::<Vec<_>>().join(between);
            let problem = Problem::new(Code::E312, &place).with("source", &source.name).with("sum", Ratio(sum)).with("year", year);
            self.problems.push(problem.with_in("parts", list(|w| w.0, "、"), list(|w| w.1, ", ")));
        }
    }

    /// Groups are lists of sources; what they name exists.
    pub fn groups(&mut self, root: &Table) {
        for (id, entry) in acts(root, "group") {
            let path = format!("group.{id}");
            let Value::List(items) = &entry.node.value else {
                self.expected(&entry.node, &path, ("收入列表", "a list of sources"), &format!("{id} = [\"vat\", \"cit\"]"));
                continue;
            };
            for node in items {
                match &node.value {
                    Value::Text(name) if self.names.sources.contains(name) => {}
                    Value::Text(name) => {
                        let near = nearest(name, self.names.sources.iter().map(String::as_str));
                        self.problems.push(Problem::new(Code::E105, &node.place).with("name", name).with_some("nearest", near));
                    }
                    _ => self.expected(node, &path, ("收入的键（文字）", "the key of a source"), "\"vat\""),
                }
            }
        }
    }

    fn of_gross(&mut self, table: &Table, path: &str, place: &Place) -> bool {
        let Some(entry) = table.get("of") else {
            self.problems.push(Problem::new(Code::E102, place).with("key", "of").with("table", format!("[{path}]")).with_in("what", "比例占总额（gross）还是上级分后的余额（remainder）", "share of gross or of the remainder"));
            return true;
        };
        match &entry.node.value {
            Value::Text(text) if text == "gross" => true,
            Value::Text(text) if text == "remainder" => false,
            Value::Text(text) => {
                self.problems.push(Problem::new(Code::E107, &entry.node.place).with("key", "of").with("name", text).with_list("known", ["gross", "remainder"]).with_some("nearest", nearest(text, ["gross", "remainder"])));
                true
            }
            _ => {
                self.expected(&entry.node, &format!("{path}.of"), ("文字", "text"), "of = \"gross\"");
                true
            }
        }
    }
}

/// What one level takes, in words.
const fn level_words(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Central => ("中央", "central"),
        Level::Province => ("省", "province"),
        Level::City => ("市", "city"),
    }
}

fn kind_of(word: &str, v: &mut Values, column: Option<Param>) -> Option<Kind> {
    match word {
        "driven" => Driven::read(v, column).map(Kind::Driven),
        "series" => Series::read(v).map(Kind::Series),
        "derived" => Derived::read(v).map(Kind::Derived),
        "land" => Land::read(v).map(|l| Kind::Land(Box::new(l))),
        "fee" => Fee::read(v).map(Kind::Fee),
        _ => None,
    }
}
