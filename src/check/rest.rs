//! Transfers, recurrent spending, earmarks.

use super::acts;
use super::read::Reader;
use crate::diag::{Code, Problem, nearest};
use crate::load::node::Table;
use crate::rules::{
    field::{Field, Kind, optional, required},
    spending::{self, Class, Cost},
    transfers::Fixed,
};
use crate::scenario::{Earmark, Payer, Spending, Town, Transfer};

/// Keys of every transfer.
pub const TRANSFER: &[Field] = &[
    required("name", Kind::Text, "名称", "name"),
    required("form", Kind::Choice(&["fixed"]), "形式", "form"),
    required("payer", Kind::Choice(&["central", "province", "city", "county"]), "由谁支付", "who pays"),
    required("towns", Kind::Towns, "给哪些镇", "which towns"),
    required("book", Kind::Choice(&["general", "fund"]), "列入哪本预算", "which budget it goes into"),
    optional("earmark", Kind::Name("earmark"), "专项（不写即一般性转移支付）", "earmark; without one it is a general transfer"),
];

/// Keys of every earmark.
pub const EARMARK: &[Field] = &[required("name", Kind::Text, "名称", "name"), required("classes", Kind::Texts, "可用于哪些类别的项目", "project classes it may pay for")];

impl Reader<'_> {
    /// All earmarks.
    pub fn earmarks(&mut self, root: &Table) -> Vec<Earmark> {
        let mut found = Vec::new();
        for (id, entry) in acts(root, "earmark") {
            let path = format!("earmark.{id}");
            let Some(table) = self.expect_table(&entry.node, &path).cloned() else { continue };
            let files = self.file_scope();
            let mut v = self.read(&[EARMARK], &table, &path, files, &entry.key_place);
            let name = v.text("name").unwrap_or_else(|| id.to_owned());
            found.push(Earmark { id: id.to_owned(), name, classes: v.texts("classes").unwrap_or_default() });
        }
        found
    }

    /// All transfers.
    pub fn transfers(&mut self, root: &Table) -> Vec<Transfer> {
        let mut found = Vec::new();
        for (id, entry) in acts(root, "transfer") {
            let path = format!("transfer.{id}");
            let Some(table) = self.expect_table(&entry.node, &path).cloned() else { continue };
            let files = self.file_scope();
            let mut v = self.read(&[TRANSFER, Fixed::FIELDS], &table, &path, files, &entry.key_place);
            let earmark = v.text("earmark").and_then(|e| self.names.earmarks.iter().position(|k| *k == e));
            let read = (v.text("name"), v.text("payer").and_then(|p| Payer::parse(&p)), v.towns("towns"), Fixed::read(&mut v), v.text("book"));
            if let (Some(name), Some(payer), Some(towns), Some(form), Some(book)) = read {
                found.push(Transfer { id: id.to_owned(), name, payer, to_fund: book == "fund", earmark, towns, form });
            }
        }
        found
    }

    /// All recurrent lines.
    pub fn spending(&mut self, root: &Table, towns: &[Town]) -> Vec<Spending> {
        let mut found = Vec::new();
        for (id, entry) in acts(root, "spending") {
            let path = format!("spending.{id}");
            let Some(table) = self.expect_table(&entry.node, &path).cloned() else { continue };
            let files = self.file_scope();
            let before = self.problems.len();
            let mut v = self.read(&[spending::FIELDS], &table, &path, files, &entry.key_place);
            let name = v.text("name").unwrap_or_else(|| id.to_owned());
            let towns = v.towns("towns").unwrap_or_else(|| vec![true; towns.len()]);
            let by_county = v.text("paid_by").is_some_and(|p| p == "county");
            let place = v.place_of("per");
            let per = v.text("per");
            let cost = match (per, v.param("cost"), v.param("amount")) {
                (Some(per), Some(unit), None) => self.counts(&per, &place).map(|counts| Cost::Counted { counts, unit: Box::new(unit), column: per }),
                (None, None, Some(amount)) => Some(Cost::Amount(Box::new(amount))),
                _ => {
                    if self.problems.len() == before {
                        self.problems.push(Problem::new(Code::E306, &entry.key_place).with("one", "amount").with("other", "per + cost"));
                    }
                    None
                }
            };
            if let (Some(class), Some(cost)) = (v.text("class").and_then(|c| Class::parse(&c)), cost) {
                found.push(Spending { id: id.to_owned(), name, class, towns, cost, by_county });
            }
        }
        found
    }

    fn counts(&mut self, column: &str, place: &crate::base::place::Place) -> Option<Vec<i64>> {
        let Some(found) = self.names.column(column).cloned() else {
            let known: Vec<&str> = self.names.headings().collect();
            let near = nearest(column, self.names.headings());
            self.problems.push(Problem::new(Code::E109, place).with("name", column).with_list("known", known).with_some("nearest", near));
            return None;
        };
        let mut counts = Vec::new();
        for (town, cell) in found.cells.iter().enumerate() {
            let count = self.count(cell, &found.heading);
            if cell.text.is_empty() {
                let name = self.names.towns.get(town).cloned().unwrap_or_default();
                self.problems.push(Problem::new(Code::E402, &cell.place).with("town", name).with("path", &found.heading));
            }
            counts.push(count.unwrap_or(0));
        }
        Some(counts)
    }
}
