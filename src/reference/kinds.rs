//! What may stand behind a key: as JSON Schema, and in words.

use std::ops::Bound;

use serde_json::{Map, Value, json};

use super::{ranges, tables};
use crate::base::{decimal::Decimal, lang::Lang, when::YEARS};
use crate::rules::field::{Field, Kind, Need, Quantity};

/// A number as people write it: separators and full-width digits are read.
const NUMBER: &str = r"[+\-＋－]?[0-9０-９][0-9０-９,，_]*([.．][0-9０-９]+)?";
/// A year or a day.
pub(super) const DATE: &str = r"^\d{4}(-\d{2}-\d{2})?$";
/// Quantities that have a name among the definitions.
pub(super) const QUANTITIES: [(Quantity, &str); 8] = [
    (Quantity::Share, "share"),
    (Quantity::Rate, "rate"),
    (Quantity::Number, "number"),
    (Quantity::Money, "money"),
    (Quantity::SignedMoney, "signed_money"),
    (Quantity::MoneyPerMu, "money_per_mu"),
    (Quantity::MoneyPerSquareMetre, "money_per_square_metre"),
    (Quantity::Area, "area"),
];

/// A written quantity, without date or source.
pub(super) fn scalar(quantity: Quantity) -> Value {
    let text = |unit: &str| json!({ "type": "string", "pattern": format!(r"^\s*{NUMBER}\s*{unit}\s*$"), "examples": [quantity.example().trim_matches('"')] });
    match quantity {
        Quantity::Share | Quantity::Rate | Quantity::Number => json!({ "anyOf": [number(quantity), text("[%％]?")] }),
        Quantity::Money | Quantity::SignedMoney => json!({ "anyOf": [number(quantity), text("(元|万元|亿元)?")] }),
        Quantity::MoneyPerMu => json!({ "anyOf": [number(quantity), text("((元|万元|亿元)?(/亩|每亩))?")] }),
        Quantity::MoneyPerSquareMetre => text("(元|万元|亿元)?(/平方米|/m²|/m2|/㎡|每平方米)"),
        Quantity::Area => json!({ "anyOf": [number(quantity), text("(亩|mu)?")] }),
        Quantity::Word(words) => json!({ "enum": words }),
    }
}

/// A bare number within the range of its quantity; a far limit of money depends on the unit and is left to the reader.
fn number(quantity: Quantity) -> Value {
    let mut said = Map::from_iter([("type".to_owned(), json!("number"))]);
    let (low, high) = quantity.bare_range();
    for (bound, inclusive, exclusive) in [(low, "minimum", "exclusiveMinimum"), (high, "maximum", "exclusiveMaximum")] {
        let (name, limit) = match bound {
            Bound::Included(limit) => (inclusive, limit),
            Bound::Excluded(limit) => (exclusive, limit),
            Bound::Unbounded => continue,
        };
        if limit.abs() < ranges::FAR {
            said.insert(name.to_owned(), json!(Decimal::new(limit.into(), quantity.places()).to_f64()));
        }
    }
    Value::Object(said)
}

/// A quantity with everything it may have: dates, a column of the town table, growth, source and grade.
pub(super) fn value(scalar: &Value) -> Value {
    let step = json!({ "anyOf": [scalar, object(with_provenance([("value", scalar.clone()), ("column", json!({ "type": "string" }))]))] });
    let growth = json!({ "anyOf": [{ "$ref": "#/$defs/rate" }, object(with_provenance([("value", json!({ "$ref": "#/$defs/rate" }))]))] });
    let text = json!({ "type": "string" });
    let mut table =
        object(with_provenance([("value", scalar.clone()), ("column", text.clone()), ("grows_by", growth), ("grows_with", text), ("interpolate", json!({ "type": "boolean" }))]));
    if let Some(table) = table.as_object_mut() {
        table.insert("patternProperties".to_owned(), json!({ DATE: step }));
        table.insert("minProperties".to_owned(), json!(1));
    }
    json!({ "anyOf": [scalar, table] })
}

/// A reference to a quantity among the definitions; words are written out.
fn value_of(quantity: Quantity) -> Value {
    let named = QUANTITIES.iter().find(|(known, _)| *known == quantity);
    named.map_or_else(|| value(&scalar(quantity)), |(_, name)| json!({ "$ref": format!("#/$defs/value_{name}") }))
}

/// What may stand behind a key of this kind.
pub(super) fn kind(kind: Kind) -> Value {
    match kind {
        Kind::Value(quantity) => value_of(quantity),
        Kind::Table(fields) => table(&[fields]),
        Kind::Keyed(fields) => keyed(&table(&[fields])),
        Kind::Map(quantity) => keyed(&value_of(quantity)),
        Kind::Towns => towns(),
        Kind::Base => base(),
        _ => with_source(&plain(kind)),
    }
}

/// A plain value, or the same with its source: `{ value = "town", grade = "D" }`.
fn with_source(plain: &Value) -> Value {
    json!({ "anyOf": [plain, object(with_provenance([("value", plain.clone())]))] })
}

fn plain(kind: Kind) -> Value {
    let year = json!({ "type": "integer", "minimum": YEARS.start(), "maximum": YEARS.end() });
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    let some_texts = json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 });
    match kind {
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Year => year,
        Kind::Start => json!({ "anyOf": [year, { "const": "cohort" }] }),
        Kind::Whole(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Kind::Day => json!({ "anyOf": [{ "type": "string", "pattern": DATE }, year] }),
        Kind::Choice(words) => json!({ "enum": words }),
        Kind::Sources => json!({ "anyOf": [{ "type": "string" }, some_texts, chosen_sources()] }),
        Kind::Part => json!({ "type": "string", "pattern": r"^(kept|over)\..+$" }),
        Kind::Written => json!({ "type": ["string", "number"] }),
        Kind::Texts => texts,
        Kind::SomeTexts => some_texts,
        Kind::Shares | Kind::Levels => json!({ "type": "array", "items": { "$ref": "#/$defs/share" }, "minItems": 1 }),
        _ => json!({ "type": "string" }),
    }
}

/// Sources by what they are.
fn chosen_sources() -> Value {
    let words = json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] });
    object(with_provenance([("kind", words.clone()), ("class", words.clone()), ("any", words)]))
}

fn towns() -> Value {
    let cell = json!({ "type": ["string", "number"] });
    let test = json!({ "anyOf": [cell, { "type": "array", "items": cell }] });
    json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }, { "type": "object", "additionalProperties": test }] })
}

fn base() -> Value {
    let year = object(with_provenance([("year", plain(Kind::Year))]));
    let mean = object(with_provenance([("mean_of", plain(Kind::Whole(1, 10))), ("rolling", json!({ "type": "boolean" }))]));
    json!({ "anyOf": [value_of(Quantity::Money), year, mean] })
}

/// A table of lists of fields; the same key in several lists may be any of them.
///
/// Nothing is required: a file is one layer of several, and what it leaves out another may hold.
pub(super) fn table(fields: &[&[Field]]) -> Value {
    let mut properties: Map<String, Value> = with_provenance([]);
    for field in fields.iter().copied().flatten() {
        let mut said = kind(field.kind);
        if let Some(said) = said.as_object_mut() {
            said.insert("description".to_owned(), json!(description(field)));
        }
        let key = field.key.to_owned();
        match properties.remove(&key) {
            Some(earlier) if earlier != said => properties.insert(key, json!({ "anyOf": [earlier, said] })),
            _ => properties.insert(key, said),
        };
    }
    object(properties)
}

/// A table whose keys the user chooses.
pub(super) fn keyed(inner: &Value) -> Value {
    json!({ "type": "object", "properties": with_provenance([]), "additionalProperties": inner })
}

fn object(properties: Map<String, Value>) -> Value {
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// Properties and those of provenance.
pub(super) fn with_provenance<const N: usize>(properties: [(&str, Value); N]) -> Map<String, Value> {
    let mut all: Map<String, Value> = properties.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    for field in tables::PROVENANCE {
        all.insert(field.key.to_owned(), json!({ "$ref": format!("#/$defs/provenance_{}", field.key) }));
    }
    all
}

/// A provenance key, without a source of its own.
pub(super) fn provenance(field: &Field) -> Value {
    let mut said = plain(field.kind);
    if let Some(said) = said.as_object_mut() {
        said.insert("description".to_owned(), json!(description(field)));
    }
    said
}

/// Both languages, with the unit and whether it must be there.
fn description(field: &Field) -> String {
    let need = if field.need == Need::Required { "（必填 required）" } else { "" };
    let unit = match field.kind {
        Kind::Value(quantity) if quantity.unit() != "1" => format!(" [{}]", quantity.unit()),
        _ => String::new(),
    };
    let [zh, en] = field.default.map_or_else(Default::default, |default| [format!("（不写即 {}）", default.zh), format!(" (if left out: {})", default.en)]);
    format!("{}{zh}{need}{unit}\n{}{en}", meaning(field, Lang::Zh), meaning(field, Lang::En))
}

/// What a key means, and what it must stand beside.
pub(super) fn meaning(field: &Field, lang: Lang) -> String {
    let words = field.words.get(lang);
    let Some(only) = field.only else { return words.to_owned() };
    let beside: Vec<String> = only.written().into_iter().map(|line| format!("`{line}`")).collect();
    match lang {
        Lang::Zh => format!("{words}（只与 {} 同用）", beside.join(" 或 ")),
        Lang::En => format!("{words} (only with {})", beside.join(" or ")),
    }
}

/// A kind in words.
pub(super) fn in_words(kind: Kind, lang: Lang) -> String {
    let pick = |zh: &str, en: &str| if lang == Lang::Zh { zh.to_owned() } else { en.to_owned() };
    let choice = |words: &[&str]| words.iter().map(|w| format!("`\"{w}\"`")).collect::<Vec<_>>().join(" ");
    match kind {
        Kind::Text => pick("文字", "text"),
        Kind::Flag => "`true` `false`".to_owned(),
        Kind::Year => pick("年份", "year"),
        Kind::Start => pick("年份或 `\"cohort\"`（镇表的批次）", "year, or `\"cohort\"` (the town's row)"),
        Kind::Whole(low, high) if low == high => low.to_string(),
        Kind::Whole(..) => pick("整数", "whole number"),
        Kind::Day => pick("日期", "day"),
        Kind::Choice(words) | Kind::Value(Quantity::Word(words)) => choice(words),
        Kind::Sources => pick(
            "组名、收入键的列表、`{ kind = … }`、`{ class = … }`、`{ any = […] }` 或 `\"rest\"`（体制内其余各项）",
            "a group, a list of sources, `{ kind = … }`, `{ class = … }`, `{ any = […] }`, or `\"rest\"` (all that the agreement names nowhere else)",
        ),
        Kind::Part => pick("`\"kept.部分\"` 或 `\"over.部分\"`", "`\"kept.PART\"` or `\"over.PART\"`"),
        Kind::Town => pick("镇名，或 `\"县/镇\"`", "a town, or `\"county/town\"`"),
        Kind::Towns => pick("`\"all\"`、镇名列表或条件", "`\"all\"`, a list of towns, or conditions"),
        Kind::Driver => pick("增长因素的键", "key of a driver"),
        Kind::DriverOr(word) => pick(&format!("增长因素的键，或 `\"{word}\"`"), &format!("key of a driver, or `\"{word}\"`")),
        Kind::Name(what) => pick(&format!("`{what}` 的键"), &format!("key of a `{what}`")),
        Kind::Count => pick("镇表的列名，或 `[count]` 的键", "a heading of the town table, or the key of a `[count]`"),
        Kind::Written => pick("数，单位随所改的数", "a value in the unit of what it sets"),
        Kind::Texts => pick("文字的列表", "list of texts"),
        Kind::SomeTexts => pick("文字的列表，至少一项", "list of texts, at least one"),
        Kind::Shares => pick("比例的列表，合计 100%", "list of shares, 100% in all"),
        Kind::Levels => pick("比例的列表", "list of shares"),
        Kind::Base => pick("金额、`{ year = … }` 或 `{ mean_of = … }`", "amount, `{ year = … }` or `{ mean_of = … }`"),
        Kind::Table(_) => pick("表", "table"),
        Kind::Keyed(_) => pick("表，键自定", "table of tables, keys of your own"),
        Kind::Map(_) => pick("键自定的数", "values under keys of your own"),
        Kind::Value(quantity) => quantity.words().get(lang).to_owned(),
    }
}
