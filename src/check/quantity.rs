//! Written quantities to whole numbers: `"60%"`, `"27.45亿元"`, `"45元/平方米"`, `"150亩"`, or a bare number.

use crate::base::{amount::MoneyUnit, decimal::Decimal, place::Place, ratio::Ratio};
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
        let (expected, expected_en, example) = wording(quantity);
        Problem::new(Code::E202, place).with("key", key).with("text", text).with("expected", expected).with("expected_en", expected_en).with("example", example)
    };
    let value = match quantity {
        Quantity::Share | Quantity::Rate | Quantity::Number => ratio(number, &suffix, quantity, key, text, place, wrong_unit)?,
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
            number.exact(2).and_then(|v| i64::try_from(v).ok()).filter(|v| *v < 1_000_000_000_000).ok_or_else(too_fine)?
        }
        Quantity::Word(_) => 0,
    };
    let may_be_negative = matches!(quantity, Quantity::SignedMoney | Quantity::Rate | Quantity::Share);
    if value < 0 && !may_be_negative {
        return Err(Problem::new(Code::E205, place).with("key", key).with("text", text));
    }
    Ok(value)
}

fn ratio(number: Decimal, suffix: &str, quantity: Quantity, key: &str, text: &str, place: &Place, wrong_unit: impl Fn() -> Problem) -> Result<i64, Problem> {
    let percent = match suffix {
        "%" | "％" => true,
        "" => false,
        _ => return Err(wrong_unit()),
    };
    let number = if percent { number.shifted_down(2) } else { number };
    let too_fine = || Problem::new(Code::E204, place).with("key", key).with("text", text);
    let Ratio(value) = Ratio::from_decimal(number).filter(|r| r.0.abs() <= 1_000_000_000_000).ok_or_else(too_fine)?;
    let out_of_range = |code: Code, example: &str| {
        let problem = Problem::new(code, place).with("key", key).with("read", Ratio(value));
        // Bare 80 most likely means 80 %; what is out of range even so has no likely meaning.
        if !percent && (0..=100 * Ratio::ONE.0).contains(&value) {
            return problem.with_in("fix", format!("多半是漏了 %：写成 \"{text}%\""), format!("most likely the % is missing: write \"{text}%\""));
        }
        problem.with_in("fix", format!("例如 \"{example}\""), format!("for example \"{example}\""))
    };
    match quantity {
        Quantity::Share if !(0..=Ratio::ONE.0).contains(&value) => Err(out_of_range(Code::E207, "60%")),
        // Nobody means a growth of 1,300 %: a bare number past 3 is a percentage without its sign.
        Quantity::Rate if !percent && value.abs() > 3 * Ratio::ONE.0 => Err(out_of_range(Code::E208, "10%")),
        Quantity::Rate if value.abs() > 10 * Ratio::ONE.0 || value <= -Ratio::ONE.0 => Err(out_of_range(Code::E208, "10%")),
        _ => Ok(value),
    }
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

fn wording(quantity: Quantity) -> (&'static str, &'static str, &'static str) {
    match quantity {
        Quantity::Share | Quantity::Rate => ("百分比", "a percentage", "\"60%\""),
        Quantity::Number => ("一个数", "a number", "2.0"),
        Quantity::Money | Quantity::SignedMoney => ("金额（元、万元、亿元）", "money", "\"1,150万元\""),
        Quantity::MoneyPerMu => ("每亩金额", "money a mu", "\"90万元/亩\""),
        Quantity::MoneyPerSquareMetre => ("每平方米金额", "money a square metre", "\"45元/平方米\""),
        Quantity::Area => ("面积（亩）", "an area in mu", "\"150亩\""),
        Quantity::Word(_) => ("一个词", "a word", "\"general\""),
    }
}

fn not_a_number(place: &Place, key: &str, text: &str, quantity: Quantity) -> Problem {
    Problem::new(Code::E201, place).with("key", key).with("text", text).with("example", wording(quantity).2)
}

fn wrong_kind(place: &Place, key: &str, found: &Value, quantity: Quantity) -> Problem {
    let (expected, expected_en, example) = wording(quantity);
    let (zh, en) = kind_of(found);
    Problem::new(Code::E103, place).with("key", key).with("expected", expected).with("expected_en", expected_en).with("found", zh).with("found_en", en).with("example", example)
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
        Value::List(_) => ("列表", "a list"),
        Value::Table(_) => ("表", "a table"),
    }
}
