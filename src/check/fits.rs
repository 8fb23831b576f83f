//! What a field says beyond the kind of its value: a narrower range, and the key it needs beside it.

use std::ops::{
    Bound::{Excluded, Included},
    RangeBounds as _,
};

use super::read::Reader;
use crate::base::decimal::Decimal;
use crate::diag::{Code, Problem};
use crate::load::node::Table;
use crate::rules::{
    field::{Field, Need, Quantity, Range},
    only::idle,
    param::{Leaf, Param},
    values::Values,
};

impl Reader<'_> {
    /// Every value lies within the range of its field.
    pub(super) fn within(&mut self, field: &Field, param: &Param) {
        let Some(range) = field.range else { return };
        for leaf in param.leaves().map(|id| self.leaves.get(id)).filter(|leaf| !range.contains(&leaf.value)) {
            self.problems.push(outside(leaf, range));
        }
    }

    /// Keys that have no effect beside what the others say.
    pub(super) fn without_effect(&mut self, fields: &[&[Field]], table: &Table, values: &Values) {
        let all = || fields.iter().copied().flatten();
        for field in all() {
            let (Some(only), Some(entry)) = (field.only, table.get(field.key)) else { continue };
            let holds = match values.word(only.key) {
                Some(word) => only.holds(word),
                // What is written and could not be read was told, and so was what must be written and is not.
                None => table.get(only.key).is_some() || all().any(|f| f.key == only.key && f.need == Need::Required),
            };
            if !holds {
                self.problems.push(idle(&format!("{}.{}", values.path, field.key), &only.written(), &entry.key_place));
            }
        }
    }
}

fn outside(leaf: &Leaf, (low, high): Range) -> Problem {
    let problem = |code| Problem::new(code, &leaf.place).with("key", &leaf.path).with("text", &leaf.text);
    let shown = |limit: i64| Decimal::new(limit.into(), if matches!(leaf.quantity, Quantity::Money) { 0 } else { leaf.quantity.places() });
    match (low, high) {
        (Included(0), _) if leaf.value < 0 => problem(Code::E205),
        (Excluded(low), _) if leaf.value <= low => problem(Code::E212).with_in("range", format!("大于 {}", shown(low)), format!("above {}", shown(low))),
        (Included(low), Included(high)) => {
            let (low, high) = (shown(low), shown(high));
            problem(Code::E212).with_in("range", format!("在 {low} 与 {high} 之间"), format!("between {low} and {high}"))
        }
        _ => problem(Code::E204),
    }
}
