//! Written quantities to whole numbers: `"60%"`, `"27.45亿元"`, `"45元/平方米"`, `"150亩"`, or a bare number.

use std::ops::RangeBounds as _;

use crate::base::{
    amount::{Fen, MoneyUnit},
    decimal::Decimal,
    place::Place,
    ratio::Ratio,
};
use crate::diag::{Code, Problem, nearest};
use crate::load::{
    csv,
    node::{Node, Value},
};
use crate::rules::field::Quantity;

/// A quantity read: its whole number and the text it was written as.
pub(crate) struct Read {
    pub value: i64,
    pub text: String,
}

/// Reads a node.
pub(crate) fn read(node: &Node, quantity: Quantity, unit: MoneyUnit, key: &str) -> Result<Read, Problem> {
    let (text, bare) = match &node.value {
        Value::Text(text) => (text.clone(), None),
        Value::Number(Some(number), text) => (text.clone(), Some(*number)),
        Value::Number(None, text) => return Err(not_a_number(&node.place, key, text, quantity)),
        other => return Err(wrong_kind(&node.place, key, other, quantity)),
    };
    let value = of_text(&text, bare, quantity, unit, key, &node.place)?;
    Ok(Read { value, text })
}

/// Reads a text (a cell, or what stood in quotes); `bare` when it was an unquoted number.
pub(crate) fn of_text(text: &str, bare: Option<Decimal>, quantity: Quantity, unit: MoneyUnit, key: &str, place: &Place) -> Result<i64, Problem> {
    if let Quantity::Word(words) = quantity {
        let at = words.iter().position(|w| *w == text.trim());
        let near = || nearest(text, words.iter().copied());
        return at
            .and_then(|n| i64::try_from(n).ok())
            .ok_or_else(|| Problem::new(Code::E107, place).with("key", key).with("name", text).with_list("known", words.iter().copied()).with_some("nearest", near()));
    }
    let (digits, suffix) = split(text);
    let number = bare.or_else(|| csv::number(&digits)).ok_or_else(|| not_a_number(place, key, text, quantity))?;
    let wrong_unit = || {
        let words = quantity.words();
        Problem::new(Code::E202, place).with("key", key).with("text", text).with("expected", words.zh).with("expected_en", words.en).with("example", quantity.example())
    };
    let value = match quantity {
        Quantity::Share | Quantity::Rate | Quantity::Number => ratio(number, &suffix, key, text, place, wrong_unit)?,
        Quantity::Money | Quantity::SignedMoney => {
            let unit = money_unit(&suffix, unit).ok_or_else(wrong_unit)?;
            unit.fen(number).ok_or_else(|| Problem::new(Code::E203, place).with("key", key).with("text", text))?
        }
        Quantity::MoneyPerMu => {
            let unit = per(&suffix, &["/亩", "每亩"]).and_then(|s| money_unit(s, unit)).ok_or_else(wrong_unit)?;
            unit.fen(number).ok_or_else(|| Problem::new(Code::E203, place).with("key", key).with("text", text))?
        }
        Quantity::MoneyPerSquareMetre => {
            let money = per(&suffix, &["/平方米", "/m²", "/m2", "/㎡", "每平方米"]).filter(|_| !suffix.is_empty()).ok_or_else(wrong_unit)?;
            let unit = money_unit(money, MoneyUnit::Yuan).ok_or_else(wrong_unit)?;
            unit.fen(number).ok_or_else(|| Problem::new(Code::E203, place).with("key", key).with("text", text))?
        }
        Quantity::Area => {
            if !["", "亩", "mu"].contains(&suffix.as_str()) {
                return Err(wrong_unit());
            }
            let too_fine = || Problem::new(Code::E204, place).with("key", key).with("text", text);
            number.exact(quantity.places()).and_then(|v| i64::try_from(v).ok()).ok_or_else(too_fine)?
        }
        Quantity::Word(_) => 0,
    };
    let percent = !suffix.is_empty();
    let range = if percent { quantity.range() } else { quantity.bare_range() };
    if range.contains(&value) { Ok(value) } else { Err(out_of_range(value, percent, quantity, key, text, place)) }
}

/// An amount somebody measured, to the nearest fen: a quotient of a spreadsheet has more places than money has.
pub(crate) fn measured(text: &str, unit: MoneyUnit, key: &str, place: &Place) -> Result<Fen, Problem> {
    let (digits, suffix) = split(text);
    let problem = |code| Problem::new(code, place).with("key", key).with("text", text);
    let number = csv::number(&digits).ok_or_else(|| in_a_cell(not_a_number(place, key, text, Quantity::SignedMoney)))?;
    let wanted = Quantity::SignedMoney;
    let wrong_unit = || problem(Code::E202).with("expected", wanted.words().zh).with("expected_en", wanted.words().en).with("example", wanted.example());
    let unit = money_unit(&suffix, unit).ok_or_else(|| in_a_cell(wrong_unit()))?;
    unit.nearest_fen(number).ok_or_else(|| problem(Code::E203))
}

fn ratio(number: Decimal, suffix: &str, key: &str, text: &str, place: &Place, wrong_unit: impl Fn() -> Problem) -> Result<i64, Problem> {
    let number = match suffix {
        "%" | "％" => number.shifted_down(2),
        "" => number,
        _ => return Err(wrong_unit()),
    };
    let too_fine = || Problem::new(Code::E204, place).with("key", key).with("text", text);
    Ratio::from_decimal(number).map(|ratio| ratio.0).ok_or_else(too_fine)
}

/// What to say of a number outside the range of its quantity.
fn out_of_range(value: i64, percent: bool, quantity: Quantity, key: &str, text: &str, place: &Place) -> Problem {
    let (code, example) = match quantity {
        Quantity::Share => (Code::E207, "60%"),
        Quantity::Rate => (Code::E208, "10%"),
        _ if value < 0 => return Problem::new(Code::E205, place).with("key", key).with("text", text),
        _ => return Problem::new(Code::E204, place).with("key", key).with("text", text),
    };
    let problem = Problem::new(code, place).with("key", key).with("read", Ratio(value));
    // Bare 80 most likely means 80 %; what is out of range even so has no likely meaning.
    if !percent && (0..=100 * Ratio::ONE.0).contains(&value) {
        return problem.with_in("fix", format!("多半是漏了 %：写成 \"{text}%\""), format!("most likely the % is missing: write \"{text}%\""));
    }
    problem.with_in("fix", format!("例如 \"{example}\""), format!("for example \"{example}\""))
}

/// In a table the example stands without quotation marks and thousands separators.
pub(crate) fn in_a_cell(mut problem: Problem) -> Problem {
    for (_, text) in problem.args.iter_mut().filter(|(name, _)| *name == "example") {
        *text = text.trim_matches('"').replace(',', "");
    }
    problem
}

fn money_unit(suffix: &str, default: MoneyUnit) -> Option<MoneyUnit> {
    if suffix.is_empty() {
        return Some(default);
    }
    MoneyUnit::ALL.into_iter().find(|u| u.symbol() == suffix)
}

/// The money in front of `/亩`; a bare number stands for the scenario's unit.
fn per<'s>(suffix: &'s str, ends: &[&str]) -> Option<&'s str> {
    if suffix.is_empty() {
        return Some("");
    }
    ends.iter().find_map(|end| suffix.strip_suffix(end))
}

/// The number in front and the unit behind it.
fn split(text: &str) -> (String, String) {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_number = |c: char| c.is_ascii_digit() || "+-.,_，．－＋０１２３４５６７８９".contains(c);
    let end = compact.find(|c| !is_number(c)).unwrap_or(compact.len());
    (compact[..end].to_owned(), compact[end..].to_owned())
}

fn not_a_number(place: &Place, key: &str, text: &str, quantity: Quantity) -> Problem {
    Problem::new(Code::E201, place).with("key", key).with("text", text).with("example", quantity.example())
}

fn wrong_kind(place: &Place, key: &str, found: &Value, quantity: Quantity) -> Problem {
    let (words, (zh, en)) = (quantity.words(), kind_of(found));
    let problem = Problem::new(Code::E103, place).with("key", key).with("expected", words.zh).with("expected_en", words.en);
    problem.with("found", zh).with("found_en", en).with("example", quantity.example())
}

/// What a value is, in words.
pub(crate) const fn kind_of(value: &Value) -> (&'static str, &'static str) {
    match value {
        Value::Text(text) if text.is_empty() => ("空的文字", "an empty text"),
        Value::Text(_) => ("文字", "text"),
        Value::Number(..) => ("数", "a number"),
        Value::Flag(_) => ("true/false", "true/false"),
        Value::Day(_) => ("日期", "a date"),
        Value::Other(_) => ("时刻", "a time"),
        Value::List(items) if items.is_empty() => ("空的列表", "an empty list"),
        Value::List(_) => ("列表", "a list"),
        Value::Table(_) => ("表", "a table"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_range_are_in_it_and_what_lies_beyond_is_not() {
        let reads = |text: &str, quantity| of_text(text, None, quantity, MoneyUnit::WanYuan, "key", &Place::Nowhere).is_ok();
        for (quantity, within, beyond) in [
            (Quantity::Share, ["0%", "100%"], ["-0.0001%", "100.0001%"]),
            (Quantity::Rate, ["-99.9999%", "1000%"], ["-100%", "1000.0001%"]),
            (Quantity::Rate, ["-0.999999", "3"], ["-1", "3.000001"]),
            (Quantity::Number, ["0", "1000000"], ["-0.000001", "1000000.000001"]),
            (Quantity::Money, ["0", "100000亿元"], ["-0.01元", "100000.0000000001亿元"]),
            (Quantity::SignedMoney, ["-100000亿元", "100000亿元"], ["-100000.0000000001亿元", "100000.0000000001亿元"]),
            (Quantity::Area, ["0", "9999999999.99亩"], ["-0.01亩", "10000000000亩"]),
        ] {
            within.iter().for_each(|text| assert!(reads(text, quantity), "{quantity:?} {text}"));
            beyond.iter().for_each(|text| assert!(!reads(text, quantity), "{quantity:?} {text}"));
        }
    }
}
