//! Earmarks: money for a purpose.

use super::acts;
use super::read::Reader;
use crate::load::node::Table;
use crate::rules::field::{Field, Kind, required};
use crate::scenario::Earmark;

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
}
