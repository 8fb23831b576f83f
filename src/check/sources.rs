//! Sources and what the upper levels take of them.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::read::Reader;
use super::{Head, acts};
use crate::base::{place::Place, ratio::Ratio};
use crate::diag::{Code, Problem, Problems, nearest};
use crate::load::node::{Entry, Table, Value};
use crate::rules::{
    field::{PROVENANCE, Quantity},
    param::{Drivers, Growth, Lives, Param, Step, StepValue},
    sources::{COMMON, Class, Kind, Partner, source_kinds},
};
use crate::scenario::{Level, Source, Upper, UpperShare};

/// Keys of every source that land has no use for.
const NOT_OF_LAND: [&str; 2] = ["refunds", "partner"];

impl Reader<'_> {
    /// All sources. A source that cannot be read is left out; its problems are reported.
    pub fn sources(&mut self, root: &Table) -> Vec<Source> {
        let mut sources = Vec::new();
        for (id, entry) in acts(root, "source") {
            sources.extend(self.source(id, entry));
        }
        self.no_circles(&sources);
        self.rests_on_the_right_kind(root, &sources);
        sources
    }

    fn source(&mut self, id: &str, entry: &Entry) -> Option<Source> {
        let before = self.problems.len();
        let source = self.read_source(id, entry);
        if source.is_none() && self.problems.len() == before && !self.problems.has_errors() {
            // Whatever the reason, a source must not vanish without a word.
            self.expected(&entry.node, &format!("source.{id}"), ("完整的收入", "a complete source"), "name, kind, class, book");
        }
        source
    }

    fn read_source(&mut self, id: &str, entry: &Entry) -> Option<Source> {
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
        let costs = table.get("cost").and_then(|e| e.node.table()).filter(|_| word == "land");
        for cost in costs.into_iter().flat_map(|t| &t.entries) {
            if cost.node.table().is_some_and(|t| t.get("per_mu").is_some() == t.get("share").is_some()) {
                self.problems.push(Problem::new(Code::E306, &cost.key_place).with("one", "per_mu").with("other", "share"));
            }
        }
        let fields = source_kinds().into_iter().find(|(card, _)| card.kind == word).map(|(_, fields)| fields);
        let scope = self.file_scope();
        let mut v = self.read(&[COMMON, fields.unwrap_or(&[])], &table, &path, scope, &entry.key_place);
        let column = if word == "driven" && !v.has("base") { self.base_column(id, &path, &entry.key_place) } else { None };
        let kind = Kind::read(&word, &mut v, column);
        if let Some(Kind::Land(_)) = &kind {
            // A refund of land income goes back through costs and prices, and a partner's part is one of its dues; the chain has no place for either.
            let known: Vec<&str> = COMMON.iter().map(|f| f.key).filter(|k| !NOT_OF_LAND.contains(k)).chain(fields.unwrap_or(&[]).iter().map(|f| f.key)).collect();
            NOT_OF_LAND.iter().filter_map(|key| table.get(key)).for_each(|entry| self.unknown(entry, &known, &path));
        }
        if let Some(Kind::Land(land)) = &kind {
            let mut problems = Problems::default();
            land.check(&mut problems);
            problems.iter().for_each(|p| self.problems.push(placed(p.clone(), &table)));
        }
        Some(Source {
            id: id.to_owned(),
            name: v.text("name")?,
            class: v.text("class").and_then(|c| Class::parse(&c))?,
            book: v.param("book")?,
            is_returned: v.text("mode").is_some_and(|m| m == "return"),
            refunds: v.param("refunds"),
            partner: v.table("partner").and_then(Partner::read),
            outturns: None,
            kind: kind?,
            place: entry.key_place.clone(),
        })
    }

    /// The base of a driven source: the column of the town table headed by its title or id.
    fn base_column(&mut self, id: &str, path: &str, place: &Place) -> Option<Param> {
        let title = self.names.sources.iter().position(|s| s == id).map(|n| self.names.source_titles[n].clone())?;
        let heading = [title.as_str(), id].into_iter().find(|name| self.names.headings().any(|h| h == *name)).map(str::to_owned);
        let Some(heading) = heading else {
            if !self.names.columns.is_empty() && self.names.named[self.names.sources.iter().position(|s| s == id)?] {
                let near = nearest(&title, self.names.columns.iter().filter(|c| !c.used).map(|c| c.heading.as_str()));
                self.problems.push(
                    Problem::new(Code::E403, place)
                        .with_some("nearest", near)
                        .with("path", path)
                        .with_list("tried", if title == id { vec![title.as_str()] } else { vec![title.as_str(), id] }),
                );
            }
            return None;
        };
        let scope = self.file_scope();
        let path = format!("{path}.base");
        let value = self.column(&heading, place, None, Quantity::Money, &path, scope)?;
        self.every_cell_filled(&heading);
        let steps = vec![Step { from: None, value }];
        Some(Param { path, place: place.clone(), quantity: Quantity::Money, steps, growth: Growth::None, interpolate: false, changes: Vec::new() })
    }

    /// Every town has a base, even if it is 0.
    fn every_cell_filled(&mut self, heading: &str) {
        let Some(column) = self.names.column(heading).cloned() else { return };
        for (town, cell) in column.cells.iter().enumerate().filter(|(_, c)| c.text.is_empty()) {
            let id = self.names.towns.get(town).map_or("", String::as_str);
            let name = id.rsplit_once('/').map_or(id, |(_, name)| name);
            self.problems.push(Problem::new(Code::E402, &cell.place).with("town", name).with("path", &column.heading));
        }
    }

    /// A derived source may not rest on itself.
    fn no_circles(&mut self, sources: &[Source]) {
        let count = self.names.sources.len();
        let mut levied: Vec<Vec<usize>> = vec![Vec::new(); count];
        let order: HashMap<&str, usize> = self.names.sources.iter().enumerate().map(|(n, id)| (id.as_str(), n)).collect();
        for source in sources {
            if let (Kind::Derived(derived), Some(&n)) = (&source.kind, order.get(source.id.as_str())) {
                levied[n].clone_from(&derived.on);
            }
        }
        let on = |n: usize| levied[n].clone();
        let mut told = vec![false; count];
        for (start, id) in self.names.sources.iter().enumerate() {
            if told[start] {
                continue;
            }
            let (mut todo, mut seen) = (on(start), vec![false; count]);
            while let Some(next) = todo.pop() {
                if next == start {
                    let circle = Self::circle(start, &on);
                    circle.iter().for_each(|n| told[*n] = true);
                    let chain = circle.iter().map(|n| self.names.source_titles[*n].as_str()).collect::<Vec<_>>().join(" → ");
                    let place = sources.iter().find(|s| s.id == *id).map(|s| s.place.clone()).unwrap_or_default();
                    self.problems.push(Problem::new(Code::E117, &place).with("chain", chain));
                    break;
                }
                if !std::mem::replace(&mut seen[next], true) {
                    todo.extend(on(next));
                }
            }
        }
    }

    /// A fee follows land; what ends goes on in a tax or charge that has amounts of its own.
    fn rests_on_the_right_kind(&mut self, root: &Table, sources: &[Source]) {
        for source in sources {
            let (key, named, fits): (_, _, fn(&Kind) -> bool) = match &source.kind {
                Kind::Fee(fee) => ("land", &fee.land, |k| matches!(k, Kind::Land(_))),
                Kind::Driven(driven) => match driven.ending().and_then(|e| e.becomes.as_ref()) {
                    Some(becomes) => ("becomes", becomes, |k| matches!(k, Kind::Driven(_) | Kind::Series(_))),
                    None => continue,
                },
                _ => continue,
            };
            let good = |s: &&Source| fits(&s.kind) && s.id != source.id;
            // A source that could not be read was told already.
            if sources.iter().find(|s| s.id == *named).is_none_or(|s| good(&s)) {
                continue;
            }
            let place = root.get("source").and_then(|e| e.node.table()?.get(&source.id)?.node.table()?.get(key)).map_or_else(|| source.place.clone(), |e| e.node.place.clone());
            let problem = Problem::new(Code::E107, &place).with("key", format!("source.{}.{key}", source.id)).with("name", named);
            let known: Vec<&str> = sources.iter().filter(good).map(|s| s.id.as_str()).collect();
            self.problems.push(if known.is_empty() {
                problem.with_in("known", "（还没有这样的收入）", "(there is none yet)")
            } else {
                problem.with_list("known", known)
            });
        }
    }

    /// The way from a source back to itself.
    fn circle(start: usize, on: &dyn Fn(usize) -> Vec<usize>) -> Vec<usize> {
        let (mut todo, mut came_from) = (VecDeque::from([start]), HashMap::new());
        while let Some(at) = todo.pop_front() {
            for next in on(at) {
                if next == start {
                    let back = std::iter::successors(Some(at), |n| came_from.get(n).copied());
                    let mut way: Vec<usize> = std::iter::once(start).chain(back).collect();
                    if way.last() != Some(&start) {
                        way.push(start);
                    }
                    way.reverse();
                    return way;
                }
                if let std::collections::hash_map::Entry::Vacant(slot) = came_from.entry(next) {
                    slot.insert(at);
                    todo.push_back(next);
                }
            }
        }
        vec![start]
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
        let (mut shares, mut wrong_of) = (Vec::new(), Vec::new());
        for (source, named) in sources.iter().zip(named) {
            let own = table.get(&source.id).and_then(|e| e.node.table()).and_then(|t| t.get("of"));
            let own = own.map(|e| match &e.node.value {
                Value::Text(text) if text == "gross" => true,
                Value::Text(text) if text == "remainder" => false,
                _ => {
                    wrong_of.push(e.node.clone());
                    of_gross
                }
            });
            let rate = named.or_else(|| other.clone());
            let skipped = matches!(source.kind, Kind::Land(_));
            if rate.is_none() && !skipped && table.get(&source.id).is_none() && table.get("other").is_none() {
                self.problems.push(
                    Problem::new(Code::E115, place)
                        .with("table", format!("[{path}]"))
                        .with("id", &source.id)
                        .with_in("party", level_words(level).0, level_words(level).1)
                        .with("source", &source.name),
                );
            }
            shares.push(rate.filter(|_| !skipped).map(|rate| UpperShare { rate, of_gross: own.unwrap_or(of_gross) }));
        }
        for node in wrong_of {
            let Value::Text(text) = &node.value else {
                self.expected(&node, &format!("{path}.of"), ("文字", "text"), "of = \"gross\"");
                continue;
            };
            let problem = Problem::new(Code::E107, &node.place).with("key", "of").with("name", text).with_list("known", ["gross", "remainder"]);
            self.problems.push(problem.with_some("nearest", nearest(text, ["gross", "remainder"])));
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
            let list = |pick: fn((&'static str, &'static str)) -> &'static str, between| {
                parts.iter().map(|(l, r)| format!("{} {r}", pick(level_words(*l)))).collect::<Vec<_>>().join(between)
            };
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
            self.problems.push(Problem::new(Code::E102, place).with("key", "of").with("table", format!("[{path}]")).with_in(
                "what",
                "比例占总额（gross）还是上级分后的余额（remainder）",
                "share of gross or of the remainder",
            ));
            return true;
        };
        match &entry.node.value {
            Value::Text(text) if text == "gross" => true,
            Value::Text(text) if text == "remainder" => false,
            Value::Text(text) => {
                self.problems.push(
                    Problem::new(Code::E107, &entry.node.place)
                        .with("key", "of")
                        .with("name", text)
                        .with_list("known", ["gross", "remainder"])
                        .with_some("nearest", nearest(text, ["gross", "remainder"])),
                );
                true
            }
            _ => {
                self.expected(&entry.node, &format!("{path}.of"), ("文字", "text"), "of = \"gross\"");
                true
            }
        }
    }
}

/// A problem of the land chain, put where its key stands.
fn placed(problem: Problem, land: &Table) -> Problem {
    let name = problem.args.iter().find(|(name, _)| matches!(*name, "key" | "name")).map(|(_, text)| text.as_str());
    let place = match (problem.code, name) {
        (Code::E307, _) => land.get("instalments").map(|e| &e.node.place),
        (Code::E101, Some(path)) => {
            let mut entries = path.split('.').scan(Some(land), |table, part| {
                let entry = table.and_then(|t| t.get(part));
                *table = entry.and_then(|e| e.node.table());
                Some(entry)
            });
            entries.by_ref().last().flatten().map(|e| &e.key_place)
        }
        (Code::E105, Some(id)) => land.get("agriculture").and_then(|e| e.node.table()?.get("counts")).and_then(|e| match &e.node.value {
            Value::List(items) => items.iter().find(|n| matches!(&n.value, Value::Text(t) if t == id)).map(|n| &n.place),
            _ => None,
        }),
        _ => None,
    };
    let place = place.cloned().unwrap_or_else(|| problem.place.clone());
    Problem { place, ..problem }
}

/// What one level takes, in words.
const fn level_words(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Central => ("中央", "central"),
        Level::Province => ("省", "province"),
        Level::City => ("市", "city"),
    }
}
