//! Firms that move, enclaves, the state capital book, feedback.

use super::acts;
use super::read::Reader;
use crate::base::place::Place;
use crate::diag::{Code, Problem, nearest};
use crate::load::node::{Entry, Table};
use crate::rules::values::{Item, Values};
use crate::scenario::{Enclave, Feedback, FirmMove, Source, StateCapital};

impl Reader<'_> {
    /// Firms that move.
    pub fn moves(&mut self, root: &Table, sources: &[Source]) -> Vec<FirmMove> {
        let read = |reader: &mut Self, id: &str, entry: &Entry, path: &str, v: &mut Values| {
            let source = reader.source_moved(path, v, sources);
            let (from, to) = reader.two_towns(v, path, "from", "to")?;
            let (id, place) = (id.to_owned(), entry.key_place.clone());
            Some(FirmMove { id, name: v.text("name")?, source: source?, from, to, amount: v.param("amount")?, compensation: v.param("compensation"), place })
        };
        acts(root, "move").into_iter().filter_map(|(id, entry)| self.between("move", id, entry, FirmMove::FIELDS, read)).collect()
    }

    /// Enclaves.
    pub fn enclaves(&mut self, root: &Table, sources: &[Source]) -> Vec<Enclave> {
        let read = |reader: &mut Self, id: &str, entry: &Entry, path: &str, v: &mut Values| {
            let source = reader.source_shared(path, v, sources);
            let (host, origin) = reader.two_towns(v, path, "host", "origin")?;
            let (id, place) = (id.to_owned(), entry.key_place.clone());
            Some(Enclave { id, name: v.text("name")?, source: source?, host, origin, share: v.param("share")?, place })
        };
        acts(root, "enclave").into_iter().filter_map(|(id, entry)| self.between("enclave", id, entry, Enclave::FIELDS, read)).collect()
    }

    /// One act between two towns.
    fn between<T>(
        &mut self,
        kind: &str,
        id: &str,
        entry: &Entry,
        fields: &[crate::rules::field::Field],
        read: impl Fn(&mut Self, &str, &Entry, &str, &mut Values) -> Option<T>,
    ) -> Option<T> {
        let path = format!("{kind}.{id}");
        let table = self.expect_table(&entry.node, &path)?.clone();
        let scope = self.file_scope();
        let mut values = self.read(&[fields], &table, &path, scope, &entry.key_place);
        read(self, id, entry, &path, &mut values)
    }

    /// A source with amounts of its own: land, fees and surcharges follow others and do not move by themselves.
    fn source_moved(&mut self, path: &str, v: &mut Values, sources: &[Source]) -> Option<usize> {
        self.source_that(path, v, sources, |s| s.kind.has_own_amounts())
    }

    /// Any source but land, whose chain has no local part to hand over.
    fn source_shared(&mut self, path: &str, v: &mut Values, sources: &[Source]) -> Option<usize> {
        self.source_that(path, v, sources, |s| !matches!(s.kind, crate::rules::sources::Kind::Land(_)))
    }

    fn source_that(&mut self, path: &str, v: &mut Values, sources: &[Source], fits: impl Fn(&Source) -> bool) -> Option<usize> {
        let place = v.place_of("of");
        let id = v.text("of")?;
        // A source that could not be read was told already.
        let at = sources.iter().position(|s| s.id == id)?;
        if fits(&sources[at]) {
            return Some(at);
        }
        self.not_this_kind(&format!("{path}.of"), &id, &place, sources.iter().filter(|s| fits(s)));
        None
    }

    fn not_this_kind<'s>(&mut self, key: &str, id: &str, place: &Place, known: impl Iterator<Item = &'s Source>) {
        let known: Vec<&str> = known.map(|s| s.id.as_str()).collect();
        let problem = Problem::new(Code::E107, place).with("key", key).with("name", id);
        self.problems.push(if known.is_empty() { problem.with_in("known", "（还没有这样的收入）", "(there is none yet)") } else { problem.with_list("known", known) });
    }

    /// Two towns that are not the same.
    fn two_towns(&mut self, v: &mut Values, path: &str, one: &str, other: &str) -> Option<(usize, usize)> {
        let place = v.place_of(other);
        let (first, second) = (v.town(one)?, v.town(other)?);
        if first != second {
            return Some((first, second));
        }
        let problem = Problem::new(Code::E126, &place).with("key", format!("{path}.{other}")).with("other", one);
        self.problems.push(problem.with("name", &self.names.towns[first]));
        None
    }

    /// A town by 镇, or by 县/镇 where several have the name.
    pub(super) fn town(&mut self, text: &str, place: &Place) -> Option<Item> {
        let towns = &self.names.towns;
        let short = |id: &'_ str| id.rsplit_once('/').map_or(id.to_owned(), |(_, name)| name.to_owned());
        if let Some(at) = towns.iter().position(|id| id == text) {
            return Some(Item::Town(at));
        }
        let named: Vec<usize> = (0..towns.len()).filter(|n| short(&towns[*n]) == text).collect();
        match named[..] {
            [at] => return Some(Item::Town(at)),
            [] => {
                let names: Vec<String> = towns.iter().map(|id| short(id)).collect();
                let near = nearest(text, names.iter().map(String::as_str));
                self.problems.push(Problem::new(Code::E106, place).with("name", text).with_some("nearest", near));
            }
            [first, ..] => {
                let ids: Vec<&String> = named.iter().map(|n| &towns[*n]).collect();
                self.problems.push(Problem::new(Code::E119, place).with("name", text).with_list("ids", ids).with("example", &towns[first]));
            }
        }
        None
    }

    /// The state capital book.
    pub fn state_capital(&mut self, root: &Table) -> Option<StateCapital> {
        self.table_at(root, "state_capital", StateCapital::FIELDS).as_mut().and_then(StateCapital::read)
    }

    /// What feeds back; only sources with amounts of their own can follow capital.
    pub fn feedback(&mut self, root: &Table, sources: &[Source]) -> Feedback {
        let Some(mut values) = self.table_at(root, "feedback", Feedback::FIELDS) else { return Feedback::default() };
        let mut feedback = Feedback::read(&mut values);
        if let Some(capital) = &mut feedback.capital {
            // A list names sources by their order among all that were written.
            let written: Vec<String> = capital.sources.iter().map(|n| self.names.sources[*n].clone()).collect();
            let place = capital.place.clone();
            if written.is_empty() {
                let problem = Problem::new(Code::E103, &place).with("key", "feedback.capital.sources").with("expected", "至少一项收入").with("expected_en", "at least one source");
                let found = problem.with("found", "方案里没有的收入").with("found_en", "none of the scenario's sources");
                self.problems.push(found.with("example", "sources = [\"vat\", \"cit\"]"));
            }
            capital.sources = Vec::new();
            for id in written {
                match sources.iter().position(|s| s.id == id) {
                    Some(at) if sources[at].kind.has_own_amounts() => capital.sources.push(at),
                    Some(_) => self.not_this_kind("feedback.capital.sources", &id, &place, sources.iter().filter(|s| s.kind.has_own_amounts())),
                    None => {}
                }
            }
        }
        feedback
    }
}
