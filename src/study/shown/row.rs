//! A line of `points` as pictures need it.

use crate::base::{amount::MoneyUnit, decimal::Decimal};
use crate::study::inputs::Input;
use crate::study::job::Sum;
use crate::study::measure::{Measure, Unit};

/// Columns before the values: point, status, message.
const HEAD: usize = 3;

/// A point.
#[derive(Debug)]
pub struct Row<'l> {
    /// Its number.
    pub number: u64,
    /// The fields of the values, input by input in the order of their numbers, as they are written.
    pub values: Vec<&'l [u8]>,
    /// Of the measure shown: fen, a ratio, a count, a year; nothing where it is not defined.
    pub value: Option<f64>,
    /// It could be computed.
    pub fine: bool,
    /// Something planned stays unpaid.
    pub short: bool,
    /// A county falls short of its three guarantees.
    pub broken: bool,
}

/// Where the fields of a line stand.
#[derive(Clone, Debug)]
pub struct Rower {
    values: usize,
    /// The column of the measure, its unit, and how many decimals its money has.
    measure: (usize, Unit, u32),
    /// Columns that tell of the county's three guarantees.
    cover: Option<usize>,
    years_short: Option<usize>,
}

impl Rower {
    /// Of a sweep's columns.
    #[must_use]
    pub fn new(inputs: &[Input], kept: &[&'static Measure], shown: &Measure, unit: MoneyUnit) -> Self {
        let values = inputs.iter().map(Input::width).sum();
        let column = |key: &str| kept.iter().position(|m| m.key == key).map(|at| HEAD + values + at);
        let own = column(shown.key).unwrap_or(HEAD + values);
        Self { values, measure: (own, shown.unit, unit.places()), cover: column("county_cover"), years_short: column("county_years_short") }
    }

    /// Whether the columns tell of the county's three guarantees.
    #[must_use]
    pub const fn knows_county(&self) -> bool {
        self.cover.is_some() || self.years_short.is_some()
    }

    /// A line, with what was added up of its point.
    #[must_use]
    pub fn read<'l>(&self, line: &'l [u8], sum: Sum) -> Row<'l> {
        let fields = fields(line);
        let field = |at: usize| fields.get(at).copied().unwrap_or_default();
        let number = |at: usize| std::str::from_utf8(field(at)).ok().and_then(Decimal::parse);
        let (at, unit, places) = self.measure;
        #[expect(clippy::cast_precision_loss, reason = "amounts stay below 2^53")]
        let value = number(at).and_then(|d| if unit == Unit::Money { d.nearest(places).map(|fen| fen as f64) } else { Some(d.to_f64()) });
        let order = std::str::from_utf8(field(0)).ok().and_then(|text| text.parse().ok()).unwrap_or(0);
        let fine = field(1) == b"ok";
        let broken = self.cover.and_then(number).is_some_and(|d| d.to_f64() < 1.0) || self.years_short.and_then(number).is_some_and(|d| d.to_f64() > 0.0);
        let values = fields.get(HEAD..HEAD + self.values).map_or_else(Vec::new, <[_]>::to_vec);
        Row { number: order, values, value: value.filter(|_| fine), fine, short: fine && sum.planned > sum.paid, broken: fine && broken }
    }
}

/// The fields of a line of CSV, with their quotes; a message or a word may hold commas.
fn fields(line: &[u8]) -> Vec<&[u8]> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let (mut found, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, byte) in line.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                found.push(&line[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&line[start..]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::measure::find;

    #[test]
    fn commas_in_quotes_part_nothing() {
        assert_eq!(fields(b"1,E604,\"a, \"\"b\"\"\",0.5,\r"), [&b"1"[..], b"E604", b"\"a, \"\"b\"\"\"", b"0.5", b""]);
    }

    /// 1,200 万元 are 1.2 × 10⁹ fen; a cover below 1 is a broken guarantee.
    #[test]
    fn a_row_is_read_in_fen() {
        let kept = [find("gap").unwrap(), find("county_cover").unwrap()];
        let rower = Rower::new(&[], &kept, kept[0], MoneyUnit::WanYuan);
        let sum = Sum { planned: 10, paid: 4, failed: 0 };
        let row = rower.read(b"7,ok,,1200,0.99\r", sum);
        assert!(row.fine && row.short && row.broken && rower.knows_county());
        assert_eq!(row.value, Some(1.2e9));
        let failed = rower.read(b"8,E604,\"a, b\",,", Sum { failed: 604, ..sum });
        assert_eq!((failed.fine, failed.short, failed.broken, failed.value), (false, false, false, None));
    }
}
