//! Agreements: parts, what they share, and that every source is shared exactly once.

use super::acts;
use super::read::Reader;
use super::scope::provenance_of;
use crate::base::{lang::Words, place::Place, when::Year};
use crate::diag::{Code, Problem, nearest};
use crate::load::node::{Entry, Node, Table, Value};
use crate::rules::{
    agreements::{Options, Remitting, Sharing, remitting_forms, sharing_forms},
    field::{Field, Kind, optional, required},
    values::{Look, Start},
};
use crate::scenario::{Agreement, RemittingPart, SharingPart, Source};

/// Keys of an agreement beside its parts.
pub const HEAD: &[Field] = &[
    required("name", Kind::Text, "名称", "name"),
    required("towns", Kind::Towns, "适用的镇", "towns it applies to"),
    required("from", Kind::Start, "起始年，或 \"cohort\"", "first year, or \"cohort\""),
    optional("until", Kind::Year, "末年", "last year"),
    optional("term", Kind::Whole(1, 100), "期限（年）", "term in years"),
    optional("successor", Kind::Text, "期满后接续的体制", "agreement that follows"),
    optional("overrides", Kind::Flag, "从起始年起取代其他体制，不论别的何时开始（默认否）", "from its start it holds whatever else starts then or later (default no)"),
    optional(
        "treasury",
        Kind::Choice(&["own", "county_managed"]),
        "自设金库，或乡财县管（只改谁记账，不改是谁的钱）",
        "own treasury, or county-managed: who keeps the account, not whose money it is",
    )
    .or("own", "own"),
];

/// Keys of every sharing part.
pub const SHARING: &[Field] = &[required("of", Kind::Sources, "分哪几项收入：组名或列表", "which sources: a group or a list"), required("form", Kind::Text, "分法", "form")];

/// Keys of every remitting part.
pub const REMITTING: &[Field] = &[
    required("of", Kind::Part, "从哪一部分里解：kept.<部分> 或 over.<部分>", "what it remits from: kept.<part> or over.<part>"),
    required("form", Kind::Text, "解法", "form"),
];

/// The word for every source no other part names.
const REST: &str = "rest";

/// An agreement with what the regime needs to know.
#[derive(Debug)]
pub(crate) struct Read {
    pub agreement: Agreement,
    pub towns: Vec<bool>,
    pub from: Start,
    pub until: Option<Year>,
    pub term: Option<Year>,
    pub successor: Option<(String, Place)>,
    pub overrides: bool,
}

impl Reader<'_> {
    /// All agreements.
    pub fn agreements(&mut self, root: &Table, sources: &[Source]) -> Vec<Read> {
        let mut found = Vec::new();
        for (id, entry) in acts(root, "agreement") {
            found.extend(self.agreement(root, id, entry, sources));
        }
        if root.get("agreement").is_none() && root.get("source").is_some() {
            let place = root.get("scenario").map_or_else(Default::default, |e| e.key_place.clone());
            self.problems.push(Problem::new(Code::E102, &place).with("key", "[agreement.…]").with("table", "scenario.toml").with_in(
                "what",
                "体制：每项收入镇留多少",
                "an agreement: what the town keeps of each source",
            ));
        }
        found
    }

    fn agreement(&mut self, root: &Table, id: &str, entry: &Entry, sources: &[Source]) -> Option<Read> {
        let path = format!("agreement.{id}");
        let table = self.expect_table(&entry.node, &path)?.clone();
        if ["name", "towns", "from"].iter().all(|key| table.get(key).is_none()) {
            let others = acts(root, "agreement").into_iter().map(|(other, _)| other).filter(|o| *o != id);
            let near = nearest(id, others);
            self.problems.push(
                Problem::new(Code::E104, &entry.key_place)
                    .with("name", &path)
                    .with("kind", "体制")
                    .with("kind_en", "agreement")
                    .with_list("needed", ["name", "towns", "from"])
                    .with_some("nearest", near),
            );
            return None;
        }
        let is_part = |e: &&Entry| e.node.table().is_some_and(|t| t.get("form").is_some() || (t.get("of").is_some() && !HEAD.iter().any(|f| f.key == e.key)));
        let own = Table { entries: table.entries.iter().filter(|e| !is_part(e)).cloned().collect() };
        let files = self.file_scope();
        let mut v = self.read(&[HEAD], &own, &path, files, &entry.key_place);
        let scope = files.down(&table);
        let (mut sharing, mut remitting, mut whole) = (Vec::new(), Vec::new(), true);
        for part in table.entries.iter().filter(is_part) {
            let path = format!("{path}.{}", part.key);
            let part = &self.with_the_rest(part, &table, &path);
            match self.part_of(part, &path, &scope) {
                // A choice by kind or class may find nothing in this scenario: the part has nothing to share.
                Some(Part::Sharing(p)) if p.of.is_empty() => {}
                Some(Part::Sharing(p)) => sharing.push(*p),
                Some(Part::Remitting(p)) => remitting.push(*p),
                None => whole = false,
            }
        }
        let place = entry.key_place.clone();
        let name = v.text("name")?;
        if whole {
            self.every_source_once(&name, &place, &sharing, sources);
        }
        // A part that is there but could not be read is not unknown.
        let unread = |part: &str| table.get(part).is_some_and(|e| is_part(&e)) && !sharing.iter().any(|s| s.id == part);
        let remitting: Vec<_> = remitting.into_iter().filter(|(_, (of, _), ..)| !unread(&of.part)).collect();
        let remitting = remitting.into_iter().filter_map(|(id, of, form, place)| self.remitting(id, &of, form, place, &sharing)).collect();
        let provenance = provenance_of(&table);
        let successor_place = v.place_of("successor");
        let county_managed = v.text("treasury").is_some_and(|t| t == "county_managed");
        let (from, until_place, until) = (v.start("from"), v.place_of("until"), v.year("until"));
        if let (Some(Start::Year(from)), Some(until)) = (from, until)
            && until < from
        {
            let problem = Problem::new(Code::E209, &until_place).with("what", format!("from {from}, until {until}"));
            self.problems.push(problem.with_in("fix", "until（末年）不早于 from（起始年）", "until, the last year, is not before from"));
            return None;
        }
        Some(Read {
            towns: v.towns("towns")?,
            from: from?,
            until,
            term: v.year("term"),
            successor: v.text("successor").map(|s| (s, successor_place)),
            overrides: v.flag("overrides").unwrap_or(false),
            agreement: Agreement { id: id.to_owned(), name, provenance, county_managed, sharing, remitting, place },
        })
    }

    /// `of = "rest"`: every source that no other part of the agreement names, written out.
    fn with_the_rest(&mut self, part: &Entry, agreement: &Table, path: &str) -> Entry {
        let mut part = part.clone();
        let rest_is_a_name = self.names.groups.contains_key(REST) || self.names.sources.iter().any(|s| s == REST);
        let Value::Table(table) = &mut part.node.value else { return part };
        let Some(of) = table.entries.iter_mut().find(|e| e.key == "of" && matches!(&e.node.value, Value::Text(t) if t == REST)) else { return part };
        if rest_is_a_name {
            return part;
        }
        // What is wrong with the others is told when they are read.
        let told = self.problems.clone();
        let others = agreement.entries.iter().filter(|e| e.key != part.key).filter_map(|e| e.node.table()?.get("of"));
        let named: Vec<usize> = others.filter_map(|of| self.sources_of(&of.node, path)).flatten().collect();
        self.problems = told;
        let rest = self.names.sources.iter().enumerate().filter(|(n, _)| !named.contains(n));
        let node = |id: &String| Node { value: Value::Text(id.clone()), ..of.node.clone() };
        let any = Node { value: Value::List(rest.map(|(_, id)| node(id)).collect()), ..of.node.clone() };
        // Nothing may be left over, which `any` says and a plain list does not.
        of.node.value = Value::Table(Table { entries: vec![Entry { key: "any".to_owned(), key_place: any.place.clone(), node: any }] });
        part
    }

    fn part_of(&mut self, entry: &Entry, path: &str, scope: &super::scope::Scope<'_>) -> Option<Part> {
        let table = self.expect_table(&entry.node, path)?.clone();
        let Some(form) = table.get("form") else {
            self.problems.push(Problem::new(Code::E102, &entry.key_place).with("key", "form").with("table", format!("[{path}]")).with_in("what", "分法", "form"));
            return None;
        };
        let Value::Text(kind) = &form.node.value else {
            self.expected(&form.node, &format!("{path}.form"), ("文字", "text"), "form = \"ratio\"");
            return None;
        };
        let place = entry.key_place.clone();
        let before = self.problems.len();
        let tiers = table.get("tier").and_then(|e| e.node.table()).filter(|_| kind == "tiers");
        for tier in tiers.into_iter().flat_map(|t| &t.entries).filter(|e| e.node.table().is_some_and(|t| t.get("above").is_some() && t.get("above_base").is_some())) {
            self.problems.push(Problem::new(Code::E306, &tier.key_place).with("one", "above").with("other", "above_base"));
        }
        if let Some(fields) = Sharing::fields(kind) {
            let mut v = self.read(&[SHARING, fields, Options::FIELDS], &table, path, scope, &place);
            let of = v.sources("of");
            let options = Options::read(&mut v);
            let form = Sharing::read(kind, &mut v)?;
            // What could not be read would be called missing.
            if self.problems.len() == before {
                form.check(&mut self.problems);
            }
            let before = self.problems.len();
            if self.problems.len() == before {
                options.check(&mut self.problems);
            }
            return Some(Part::Sharing(Box::new(SharingPart { id: entry.key.clone(), of: of?, form, options, place })));
        }
        if let Some(fields) = Remitting::fields(kind) {
            let mut v = self.read(&[REMITTING, fields], &table, path, scope, &place);
            let of_place = v.place_of("of");
            let of = v.part("of");
            let form = Remitting::read(kind, &mut v)?;
            if self.problems.len() == before {
                form.check(&mut self.problems);
            }
            return Some(Part::Remitting(Box::new((entry.key.clone(), (of?, of_place), form, place))));
        }
        let known: Vec<&str> = sharing_forms().iter().chain(&remitting_forms()).map(|(card, _)| card.kind).collect();
        let near = nearest(kind, known.iter().copied());
        let problem = Problem::new(Code::E107, &form.node.place).with("key", "form").with("name", kind).with_list("known", known.iter().copied());
        self.problems.push(problem.with_some("nearest", near));
        None
    }

    fn remitting(&mut self, id: String, (of, of_place): &(crate::rules::values::PartRef, Place), form: Remitting, place: Place, sharing: &[SharingPart]) -> Option<RemittingPart> {
        let found = RemittingPart::resolve(of, sharing);
        if found.is_none() {
            let near = nearest(&of.part, sharing.iter().map(|s| s.id.as_str()));
            self.problems.push(Problem::new(Code::E112, of_place).with("name", &of.part).with_some("nearest", near.map(|part| format!("{}.{part}", look_word(of.look)))));
        }
        Some(RemittingPart { id, of: found?, form, place })
    }

    fn every_source_once(&mut self, name: &str, place: &Place, sharing: &[SharingPart], sources: &[Source]) {
        let mut shared: Vec<Option<&Place>> = vec![None; self.names.sources.len()];
        for part in sharing {
            for &source in &part.of {
                if let Some(first) = shared[source] {
                    let title = &self.names.source_titles[source];
                    self.problems.push(Problem::new(Code::E113, &part.place).with("source", title).with("agreement", name).also_in(first, Words::new("第一次", "first time")));
                } else {
                    shared[source] = Some(&part.place);
                }
            }
        }
        let at = |id: &str| self.names.sources.iter().position(|s| s == id);
        let missing: Vec<&str> = sources.iter().filter(|s| at(&s.id).is_some_and(|n| shared[n].is_none())).map(|s| s.name.as_str()).collect();
        if !missing.is_empty() {
            self.problems.push(Problem::new(Code::E114, place).with("agreement", name).with_list("sources", missing));
        }
    }
}

const fn look_word(look: Look) -> &'static str {
    match look {
        Look::Kept => "kept",
        Look::Over => "over",
    }
}

enum Part {
    Sharing(Box<SharingPart>),
    Remitting(Box<(String, (crate::rules::values::PartRef, Place), Remitting, Place)>),
}
