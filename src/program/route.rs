//! From one place to another: from town to town, and from towns to their county.

use super::code::{Slot, Src};
use super::rows::Value;
use super::run::{Year, write};
use crate::kernel::{self, One};
use crate::plan::Domain;

impl Year<'_, '_> {
    pub(super) fn route(&mut self, out: Slot, x: Src, from: &[Option<usize>]) {
        write!(self, out, lane => {
            let value = self.value(x, out.domain);
            for (point, lane) in lane.chunks_exact_mut(from.len()).enumerate() {
                match value {
                    Value::One(value) => kernel::route(lane, One(value), from, 0),
                    Value::Many(row) => kernel::route(lane, &row[point * from.len()..(point + 1) * from.len()], from, 0),
                }
            }
        });
    }

    pub(super) fn gather(&mut self, out: Slot, x: Src) {
        let (program, towns) = (self.program, self.program.shape.towns.len());
        let first = program.shape.towns.start;
        write!(self, out, lane => {
            let value = self.value(x, Domain::Town);
            for (point, lane) in lane.chunks_exact_mut(program.shape.counties.len()).enumerate() {
                for (sum, county) in lane.iter_mut().zip(&program.plan.counties[program.shape.counties.clone()]) {
                    let range = point * towns + county.start - first..point * towns + county.end - first;
                    #[expect(clippy::cast_precision_loss, reason = "a county has few towns")]
                    let all = |value: f64| value * range.len() as f64;
                    *sum = match value {
                        Value::One(value) => all(value),
                        Value::Many(row) => row[range].iter().sum(),
                    };
                }
            }
        });
    }
}
