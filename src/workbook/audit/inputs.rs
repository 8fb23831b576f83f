//! The worksheet of inputs 参数: one cell a written value, from which all its coefficients follow.

use super::Grid;
use super::coefficient::Inputs;
use crate::base::amount::MoneyUnit;
use crate::base::lang::{Lang, Words};
use crate::rules::field::Quantity;
use crate::workbook::names::{fixed, on_sheet};

/// The row of the first input.
pub const FIRST: usize = 8;
/// The column of the value as it is typed.
pub const TYPED: usize = 4;
/// … of the same as the engine's whole number.
pub const WHOLE: usize = 6;
/// … as a nudged ratio r⁺.
pub const RATIO: usize = 7;
/// … as a growth factor.
pub const FACTOR: usize = 8;
/// The cell of the nudge, by row and column.
pub const NUDGE: (usize, usize) = (5, WHOLE);

impl Grid<'_> {
    /// The cell that holds 1 + 2^-51.
    #[must_use]
    pub fn nudge(&self) -> String {
        on_sheet(&self.inputs, &fixed(NUDGE.0, NUDGE.1))
    }

    /// The inputs its worksheets follow: found by rendering every coefficient once.
    #[must_use]
    pub fn inputs<'i>(&'i self, names: &'i crate::speak::Names<'i>) -> Inputs<'i> {
        let mut first = Inputs::new(self.run, names, &self.inputs, &Default::default());
        for spot in self.spots() {
            for table in self.tables(spot.domain) {
                (0..self.run.years()).for_each(|year| {
                    let _ = first.coefficient(self, *table, year, spot);
                });
            }
        }
        let mut inputs = Inputs::new(self.run, names, &self.inputs, &first.used);
        (inputs.used, inputs.partly) = (first.used, first.partly);
        inputs
    }
}

/// How a quantity is typed: what one of its units is in the engine's whole numbers, and how it is called.
#[must_use]
pub fn typed(quantity: Quantity, unit: MoneyUnit, lang: Lang) -> (f64, String) {
    let scale = 10_i64.pow(unit.places()) as f64;
    let money = if lang == Lang::Zh { unit.symbol() } else { unit.english() };
    let say = |words: Words| words.get(lang).to_owned();
    match quantity {
        Quantity::Share | Quantity::Rate => (1e6, say(Words::new("比例", "share"))),
        Quantity::Number => (1e6, say(Words::new("数", "number"))),
        Quantity::Money | Quantity::SignedMoney => (scale, money.to_owned()),
        Quantity::MoneyPerMu => (scale, format!("{money}/{}", say(Words::new("亩", "mu")))),
        Quantity::MoneyPerSquareMetre => (100.0, say(Words::new("元/平方米", "yuan/m²"))),
        Quantity::Area => (100.0, say(Words::new("亩", "mu"))),
        Quantity::Word(_) => (1.0, String::new()),
    }
}
