//! Transfers.

use super::acts;
use super::read::Reader;
use crate::base::{place::Place, when::Year};
use crate::diag::{Code, Problem, Problems, nearest};
use crate::load::node::{Entry, Table, Value};
use crate::rules::{
    field::{Field, Kind, optional, required},
    span,
    transfers::{Giving, giving_forms},
};
use crate::scenario::{Payer, Town, Transfer};

/// Keys of every transfer.
pub const TRANSFER: &[Field] = &[
    required("name", Kind::Text, "名称", "name"),
    required("form", Kind::Text, "形式", "form"),
    required("payer", Kind::Choice(&["central", "province", "city", "county"]), "由谁支付", "who pays"),
    required("towns", Kind::Towns, "给哪些镇", "which towns"),
    required("book", Kind::Choice(&["general", "fund"]), "列入哪本预算", "which budget it goes into"),
    optional("earmark", Kind::Name("earmark"), "专项（不写即一般性转移支付）", "earmark; without one it is a general transfer"),
];

impl Reader<'_> {
    /// All transfers.
    pub fn transfers(&mut self, root: &Table, towns: &[Town], first_year: Year) -> Vec<Transfer> {
        let mut found = Vec::new();
        for (id, entry) in acts(root, "transfer") {
            found.extend(self.transfer(id, entry, towns, first_year));
        }
        found
    }

    fn transfer(&mut self, id: &str, entry: &Entry, towns: &[Town], first_year: Year) -> Option<Transfer> {
        let path = format!("transfer.{id}");
        let table = self.expect_table(&entry.node, &path)?.clone();
        let (kind, fields) = self.form_of(&table, &path, &entry.key_place)?;
        let files = self.file_scope();
        let before = self.unread();
        let mut v = self.read(&[TRANSFER, span::FIELDS, fields], &table, &path, files, &entry.key_place);
        let payer_place = v.place_of("payer");
        let earmark = v.text("earmark").and_then(|e| self.names.earmarks.iter().position(|k| *k == e));
        let read = (v.text("name"), v.text("payer").and_then(|p| Payer::parse(&p)), v.towns("towns"), Giving::read(&kind, &mut v), v.text("book"));
        let (Some(name), Some(payer), Some(chosen), Some(mut form), Some(book)) = read else {
            if self.unread() == before {
                // Whatever the reason, a transfer must not vanish without a word.
                self.expected(&entry.node, &path, ("完整的转移支付", "a complete transfer"), "name, form, payer, towns, book");
            }
            return None;
        };
        let span = self.span(&mut v, &chosen, towns);
        if self.unread() == before {
            form.check(&mut self.problems);
            self.fits(&mut form, (payer, &payer_place), first_year, (&path, &entry.key_place));
        }
        Some(Transfer { id: id.to_owned(), name, payer, to_fund: book == "fund", earmark, towns: chosen, span, form })
    }

    /// How much could not be read; a key without effect could.
    fn unread(&self) -> usize {
        self.problems.iter().filter(|p| p.code != Code::E125).count()
    }

    fn form_of(&mut self, table: &Table, path: &str, place: &Place) -> Option<(String, &'static [Field])> {
        let Some(form) = table.get("form") else {
            self.problems.push(Problem::new(Code::E102, place).with("key", "form").with("table", format!("[{path}]")).with_in("what", "形式", "form"));
            return None;
        };
        let inner = form.node.table().and_then(|t| t.get("value")).map_or(&form.node, |e| &e.node);
        let Value::Text(kind) = &inner.value else {
            self.expected(inner, &format!("{path}.form"), ("文字", "text"), "form = \"fixed\"");
            return None;
        };
        if let Some(fields) = Giving::fields(kind) {
            return Some((kind.clone(), fields));
        }
        let known: Vec<&str> = giving_forms().iter().map(|(card, _)| card.kind).collect();
        let problem = Problem::new(Code::E107, &inner.place).with("key", "form").with("name", kind).with_list("known", &known);
        self.problems.push(problem.with_some("nearest", nearest(kind, known.iter().copied())));
        None
    }

    /// What a form cannot tell by itself: the keys of sources, who pays, the column of heads.
    fn fits(&mut self, form: &mut Giving, payer: (Payer, &Place), first_year: Year, (path, place): (&str, &Place)) {
        match form {
            Giving::BaseReturn(form) => {
                let mut problems = Problems::default();
                form.shares_of(&self.names.sources, first_year, (path, place), &mut problems);
                problems.iter().for_each(|p| self.problems.push(p.clone()));
            }
            Giving::Pool(pool) => {
                if pool.takes_levies() && payer.0 != Payer::County {
                    let problem = Problem::new(Code::E107, payer.1).with("key", "payer").with("name", payer.0.key());
                    self.problems.push(problem.with_list("known", ["county"]));
                }
                if pool.needs_heads()
                    && let Some(heads) = self.per("人口", place)
                {
                    pool.set_heads(heads);
                }
            }
            _ => {}
        }
    }
}
