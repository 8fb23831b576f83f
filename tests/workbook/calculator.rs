//! A small spreadsheet: reads the formulas of a workbook and computes them, knowing nothing of the program that wrote it.
//!
//! Numbers are doubles, functions are what their manuals say: ROUND goes half away from zero, IF computes one branch only.

use std::collections::HashMap;
use std::io::Cursor;
use std::rc::Rc;

use calamine::{Data, Reader, Xlsx};

use super::parser::{Formula, parse};

/// A cell by worksheet, row and column, counted from 0.
pub type At = (usize, u32, u32);

/// What stands in a cell.
#[derive(Clone, Debug)]
pub enum Held {
    Number(f64),
    Text(String),
    Formula(Rc<Formula>, f64),
}

/// A workbook that computes.
pub struct Book {
    pub names: Vec<String>,
    pub cells: HashMap<At, Held>,
    values: HashMap<At, f64>,
}

impl Book {
    /// Reads a workbook from its bytes.
    pub fn open(bytes: &[u8]) -> Self {
        let mut xlsx: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
        let names = xlsx.sheet_names();
        let mut cells = HashMap::new();
        for (sheet, name) in names.iter().enumerate() {
            let values = xlsx.worksheet_range(name).expect("a worksheet");
            let start = values.start().unwrap_or_default();
            for (row, column, value) in values.used_cells() {
                let at = (sheet, start.0 + u32::try_from(row).unwrap(), start.1 + u32::try_from(column).unwrap());
                match value {
                    Data::Float(number) => drop(cells.insert(at, Held::Number(*number))),
                    Data::Int(number) => drop(cells.insert(at, Held::Number(*number as f64))),
                    Data::String(text) => drop(cells.insert(at, Held::Text(text.clone()))),
                    Data::Empty => {}
                    other => panic!("{name} {at:?}: {other:?}"),
                }
            }
            let formulas = xlsx.worksheet_formula(name).expect("formulas");
            let start = formulas.start().unwrap_or_default();
            for (row, column, text) in formulas.used_cells().filter(|(_, _, text)| !text.is_empty()) {
                let at = (sheet, start.0 + u32::try_from(row).unwrap(), start.1 + u32::try_from(column).unwrap());
                let cached = if let Some(Held::Number(number)) = cells.get(&at) { *number } else { panic!("{name} {at:?} has no cached number") };
                let formula = parse(text, sheet, &names).unwrap_or_else(|why| panic!("{name} {at:?}: {why} in {text}"));
                cells.insert(at, Held::Formula(Rc::new(formula), cached));
            }
        }
        Self { names, cells, values: HashMap::new() }
    }

    /// The texts of a workbook with the numbers another spreadsheet has computed.
    pub fn of_values(book: &Self, values: HashMap<At, f64>) -> Self {
        let texts = book.cells.iter().filter(|(_, held)| matches!(held, Held::Text(_))).map(|(at, held)| (*at, held.clone()));
        let cells = texts.chain(values.into_iter().map(|(at, value)| (at, Held::Number(value)))).collect();
        Self { names: book.names.clone(), cells, values: HashMap::new() }
    }

    /// Puts a number into a cell; everything is computed anew when it is asked for.
    pub fn put(&mut self, at: At, number: f64) {
        assert!(matches!(self.cells.get(&at), Some(Held::Number(_))), "an input is changed, no formula: {at:?}");
        self.cells.insert(at, Held::Number(number));
        self.values.clear();
    }

    /// The worksheet of a name.
    pub fn sheet(&self, name: &str) -> usize {
        self.names.iter().position(|known| known == name).unwrap_or_else(|| panic!("no worksheet {name} among {:?}", self.names))
    }

    /// The text of a cell.
    pub fn text(&self, at: At) -> &str {
        if let Some(Held::Text(text)) = self.cells.get(&at) { text } else { "" }
    }

    /// The value of a cell.
    pub fn value(&mut self, at: At) -> f64 {
        if let Some(known) = self.values.get(&at) {
            return *known;
        }
        let value = match self.cells.get(&at) {
            None | Some(Held::Text(_)) => 0.0,
            Some(Held::Number(number)) => *number,
            Some(Held::Formula(formula, _)) => {
                let formula = Rc::clone(formula);
                self.compute(&formula)
            }
        };
        self.values.insert(at, value);
        value
    }

    /// The cells of a range, row by row.
    fn range(&mut self, from: At, to: At) -> Vec<f64> {
        let cells: Vec<At> = (from.1..=to.1).flat_map(|row| (from.2..=to.2).map(move |column| (from.0, row, column))).collect();
        cells.into_iter().map(|at| self.value(at)).collect()
    }

    fn list(&mut self, formula: &Formula) -> Vec<f64> {
        match formula {
            Formula::Range(from, to) => self.range(*from, *to),
            Formula::Two(sign, a, b) if matches!(**a, Formula::Range(..)) => {
                let (a, b) = (self.list(a), self.list(b));
                a.into_iter().zip(b).map(|(a, b)| two(*sign, a, b)).collect()
            }
            Formula::Call(name, args) if name == "ABS" => self.list(&args[0]).into_iter().map(f64::abs).collect(),
            other => vec![self.compute(other)],
        }
    }

    fn compute(&mut self, formula: &Formula) -> f64 {
        match formula {
            Formula::Number(number) => *number,
            Formula::Text(text) => panic!("a text is no number: {text}"),
            Formula::Cell(at) => self.value(*at),
            Formula::Range(..) => panic!("a range is no number"),
            Formula::Minus(a) => -self.compute(a),
            Formula::Two(sign, a, b) => {
                let (a, b) = (self.compute(a), self.compute(b));
                two(*sign, a, b)
            }
            Formula::Call(name, args) => self.call(name, args),
        }
    }

    fn call(&mut self, name: &str, args: &[Formula]) -> f64 {
        match name {
            "IF" => {
                let branch = if self.compute(&args[0]) != 0.0 { 1 } else { 2 };
                return self.compute(&args[branch]);
            }
            "SUMIF" => return self.sum_if(args),
            _ => {}
        }
        let lists: Vec<Vec<f64>> = args.iter().map(|arg| self.list(arg)).collect();
        let all = || lists.iter().flatten().copied();
        match name {
            "ROUND" => round(lists[0][0], lists[1][0]),
            "MIN" => all().fold(f64::INFINITY, f64::min),
            "MAX" => all().fold(f64::NEG_INFINITY, f64::max),
            "SUM" | "SUMPRODUCT" => all().sum(),
            "ABS" => lists[0][0].abs(),
            "MOD" => lists[0][0] - lists[1][0] * (lists[0][0] / lists[1][0]).floor(),
            "OR" => f64::from(u8::from(all().any(|x| x != 0.0))),
            "POWER" => libm::pow(lists[0][0], lists[1][0]),
            other => panic!("the function {other} is not known"),
        }
    }

    fn sum_if(&mut self, args: &[Formula]) -> f64 {
        let [Formula::Range(from, to), Formula::Text(wanted), Formula::Range(first, last)] = args else { panic!("SUMIF of {args:?}") };
        let values = self.range(*first, *last);
        let rows: Vec<bool> = (from.1..=to.1).map(|row| self.text((from.0, row, from.2)) == wanted).collect();
        values.into_iter().zip(rows).filter(|(_, fits)| *fits).map(|(value, _)| value).sum()
    }

    /// Every formula whose value is not the cached one.
    pub fn wrong(&mut self) -> Vec<String> {
        let formulas: Vec<(At, f64)> = self.cells.iter().filter_map(|(at, held)| if let Held::Formula(_, cached) = held { Some((*at, *cached)) } else { None }).collect();
        let mut wrong = Vec::new();
        for (at, cached) in formulas {
            let value = self.value(at);
            if value != cached {
                wrong.push(format!(
                    "{} {}: {value}, cached {cached}: {:?}",
                    self.names[at.0],
                    fencheng::base::place::cell_name(at.1 as usize + 1, at.2 as usize + 1),
                    self.cells[&at]
                ));
            }
        }
        wrong.sort();
        wrong
    }

    /// How many formulas there are.
    pub fn formulas(&self) -> usize {
        self.cells.values().filter(|held| matches!(held, Held::Formula(..))).count()
    }
}

fn round(x: f64, digits: f64) -> f64 {
    let scale = libm::pow(10.0, digits);
    let (x, sign) = ((x * scale).abs(), x.signum());
    sign * (x + 0.5).floor() / scale
}

fn two(sign: char, a: f64, b: f64) -> f64 {
    let truth = |is: bool| f64::from(u8::from(is));
    match sign {
        '+' => a + b,
        '-' => a - b,
        '*' => a * b,
        '/' => a / b,
        '^' => libm::pow(a, b),
        '=' => truth(a == b),
        '>' => truth(a > b),
        '<' => truth(a < b),
        '≥' => truth(a >= b),
        '≤' => truth(a <= b),
        other => panic!("the operator {other} is not known"),
    }
}
