//! On-lent special bonds.

use super::acts;
use super::read::Reader;
use crate::diag::{Code, Problem};
use crate::load::node::Table;
use crate::rules::bond::{self, Bond};
use crate::scenario::OnLent;

impl Reader<'_> {
    /// All bonds.
    pub fn bonds(&mut self, root: &Table) -> Vec<OnLent> {
        let mut found = Vec::new();
        for (id, entry) in acts(root, "bond") {
            let path = format!("bond.{id}");
            let Some(table) = self.expect_table(&entry.node, &path).cloned() else { continue };
            let files = self.file_scope();
            let mut v = self.read(&[bond::FIELDS], &table, &path, files, &entry.key_place);
            let (lent, grace) = (v.place_of("principal"), v.place_of("grace"));
            let read = (v.text("name"), v.towns("towns"), v.texts("classes"), Bond::read(&mut v));
            let (Some(name), Some(towns), Some(classes), Some(terms)) = read else { continue };
            if !terms.is_dated() {
                let expected = Problem::new(Code::E103, &lent)
                    .with("key", format!("{path}.principal"))
                    .with("expected", "逐年的转贷数")
                    .with("expected_en", "amounts by the year they are lent");
                let found = expected.with("found", "不分年的数").with("found_en", "an amount without its year");
                self.problems.push(found.with("example", "principal = { 2014 = \"2,000万元\" }"));
            }
            if !terms.leaves_time_to_repay() {
                let problem = Problem::new(Code::E209, &grace).with("what", format!("{path}: grace ≥ years"));
                self.problems.push(problem.with_in("fix", "宽限期要短于期限", "keep the grace shorter than the term"));
            }
            found.push(OnLent { id: id.to_owned(), name, towns, classes, terms });
        }
        found
    }
}
