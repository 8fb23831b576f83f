//! Recurrent spending.

use super::acts;
use super::read::Reader;
use crate::base::place::Place;
use crate::diag::{Code, Problem, nearest};
use crate::load::node::{Entry, Table};
use crate::rules::{
    span,
    spending::{self, Class, Cost, Function, Level, PUBLIC_SERVICES, PublicServices, Purchase},
    values::Values,
};
use crate::scenario::{Payer, Spending, Town};

impl Reader<'_> {
    /// All recurrent lines.
    pub fn spending(&mut self, root: &Table, towns: &[Town]) -> Vec<Spending> {
        acts(root, "spending").into_iter().filter_map(|(id, entry)| self.line(id, entry, towns)).collect()
    }

    fn line(&mut self, id: &str, entry: &Entry, towns: &[Town]) -> Option<Spending> {
        let path = format!("spending.{id}");
        let table = self.expect_table(&entry.node, &path).cloned()?;
        let files = self.file_scope();
        let mut v = self.read(&[spending::FIELDS, span::FIELDS], &table, &path, files, &entry.key_place);
        let name = v.text("name").unwrap_or_else(|| id.to_owned());
        let chosen = v.towns("towns").unwrap_or_else(|| vec![true; towns.len()]);
        let payer = v.text("paid_by").and_then(|p| Payer::parse(&p));
        let span = self.span(&mut v, &chosen, towns);
        let level = self.level(&mut v, &table, &entry.key_place);
        let function = v.text("function").and_then(|f| Function::parse(&f));
        let class = v.text("class").and_then(|c| Class::parse(&c));
        let cost = self.cost(&mut v, &table, &entry.key_place);
        Some(Spending { id: id.to_owned(), name, class: class?, towns: chosen, span, cost: cost?, level, function, payer })
    }

    /// `per` and `cost`, or `amount`.
    fn cost(&mut self, v: &mut Values, written: &Table, head: &Place) -> Option<Cost> {
        // What is written but could not be read has been told.
        let asked = ["per", "cost", "amount"].map(|key| written.get(key).is_some());
        let place = v.place_of("per");
        match (v.text("per"), v.param("cost"), v.param("amount")) {
            (Some(per), Some(unit), None) => self.per(&per, &place).map(|per| Cost::Counted { per, unit: Box::new(unit) }),
            (None, None, Some(amount)) => Some(Cost::Amount(Box::new(amount))),
            _ => {
                if !matches!(asked, [true, true, false] | [false, false, true]) {
                    self.problems.push(Problem::new(Code::E306, head).with("one", "amount").with("other", "per + cost"));
                }
                None
            }
        }
    }

    fn level(&mut self, v: &mut Values, written: &Table, head: &Place) -> Level {
        let at = v.place_of("ramp");
        let ramp = v.shares("ramp").unwrap_or_default();
        if !ramp.is_empty() && written.get("from").is_none() {
            let problem = Problem::new(Code::E102, &at).with("key", "from").with("table", format!("[{}]", v.path));
            self.problems.push(problem.with_in("what", "从哪一年起按进度计", "the year from which the levels count"));
        }
        let asked = ["contracted_out", "saving"].map(|key| written.get(key).is_some());
        let purchase = v.param("contracted_out").zip(v.param("saving")).map(|(contracted_out, saving)| Purchase { contracted_out, saving });
        if let [true, false] | [false, true] = asked {
            let (there, missing) = if asked[0] { ("contracted_out", "saving") } else { ("saving", "contracted_out") };
            let problem = Problem::new(Code::E102, head).with("key", missing).with("table", format!("[{}]", v.path));
            self.problems.push(problem.with_in("what", format!("与 {there} 同用"), format!("goes with {there}")));
        }
        Level { ramp, purchase }
    }

    /// What counts as public services.
    pub fn public_services(&mut self, root: &Table) -> Option<PublicServices> {
        let mut values = self.table_at(root, "public_services", PUBLIC_SERVICES)?;
        let place = values.place_of("functions");
        let read = PublicServices::read(&mut values);
        for name in read.unknown() {
            let near = nearest(name, Function::KEYS.iter().copied());
            let problem = Problem::new(Code::E107, &place).with("key", "public_services.functions").with("name", name).with_list("known", Function::KEYS);
            self.problems.push(problem.with_some("nearest", near));
        }
        Some(read)
    }
}
