//! The JSON Schema of scenario, variant and rule files, for editors: completion, explanation, red lines while typing.

use serde_json::{Map, Value, json};

use super::kinds::{self, QUANTITIES, keyed, kind, provenance, scalar, table, value, with_provenance};
use super::tables;
use crate::check;
use crate::rules::{
    agreements::{Options, remitting_forms, sharing_forms},
    bond, budget,
    card::Card,
    field::{Field, Kind, Need, Quantity},
    sources::{self, source_kinds},
    spending,
    transfers::giving_forms,
};
use crate::scenario::study::{Lever, Solve, Sweep, Uncertain};
use crate::scenario::{CountyAccount, Enclave, Feedback, FirmMove, StateCapital};

/// The schema (draft 2020-12) of one file: a scenario, a variant or rules, told apart by their heads.
///
/// A file is one layer of several, so only the keys of `[scenario]` are required; what is missing altogether
/// `fencheng check` says. Editors with Even Better TOML use it by a first line `#:schema fencheng.schema.json`.
///
/// ```
/// let schema = fencheng::reference::schema();
/// assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
/// assert!(schema["$defs"]["part_contract"]["properties"]["revenue_base"].is_object());
/// ```
#[must_use]
pub fn schema() -> Value {
    let head = |name: &str| json!({ "required": [name] });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "fencheng 分成",
        "description": "县镇财政体制方案：scenario.toml、variants/*.toml、规则文件\nCounty–town revenue sharing: scenario, variants, rules",
        "type": "object",
        "properties": top(),
        "additionalProperties": false,
        "anyOf": [head("scenario"), head("variant"), head("rules")],
        // A variant may change single keys of the scenario's head; the scenario itself needs them all.
        "if": { "required": ["scenario"], "not": { "required": ["variant"] } },
        "then": { "properties": { "scenario": { "required": needed(check::HEAD) } } },
        "$defs": definitions(),
    })
}

fn top() -> Map<String, Value> {
    let reference = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
    let mut properties = Map::new();
    for name in ["scenario", "variant", "rules"] {
        properties.insert(name.to_owned(), reference(name));
    }
    for name in check::TOP {
        properties.insert((*name).to_owned(), reference(name));
    }
    properties
}

fn definitions() -> Value {
    let mut all = Map::new();
    let mut define = |name: &str, schema: Value| all.insert(name.to_owned(), schema);
    for (quantity, name) in QUANTITIES {
        define(name, scalar(quantity));
        define(&format!("value_{name}"), value(&scalar(quantity)));
    }
    for field in tables::PROVENANCE {
        define(&format!("provenance_{}", field.key), provenance(field));
    }
    define("scenario", table(&[check::HEAD]));
    define("variant", table(&[tables::VARIANT]));
    define("rules", table(&[tables::RULES]));
    define("towns", table(&[tables::TOWNS]));
    define("projects", table(&[tables::PROJECTS]));
    define("driver", keyed(&driver()));
    define("group", json!({ "type": "object", "additionalProperties": { "type": "array", "items": { "type": "string" } } }));
    define("upper", uppers());
    define("counties", table(&[tables::TOWNS]));
    define("count", keyed(&table(&[crate::rules::count::FIELDS])));
    transfers(&mut define);
    define("spending", keyed(&table(&[spending::FIELDS, crate::rules::span::FIELDS])));
    define("bond", carded(keyed(&table(&[bond::FIELDS])), &bond::CARD));
    define("public_services", table(&[spending::PUBLIC_SERVICES]));
    for (card, fields) in budget::TABLES {
        define(card.kind, carded(table(&[fields]), &card));
    }
    define("earmark", keyed(&table(&[check::EARMARK])));
    define("county_account", table(&[CountyAccount::FIELDS]));
    define("opening", table(&[check::OPENING]));
    define("move", keyed(&table(&[FirmMove::FIELDS])));
    define("enclave", keyed(&table(&[Enclave::FIELDS])));
    define("state_capital", table(&[StateCapital::FIELDS]));
    define("feedback", table(&[Feedback::FIELDS]));
    define("lever", keyed(&table(&[Lever::FIELDS])));
    define("uncertain", keyed(&table(&[Uncertain::FIELDS])));
    define("sweep", keyed(&table(&[Sweep::FIELDS])));
    define("solve", keyed(&table(&[Solve::FIELDS])));
    sources_and_parts(&mut define);
    Value::Object(all)
}

/// Transfers by form.
fn transfers(define: &mut impl FnMut(&str, Value) -> Option<Value>) {
    let forms = giving_forms();
    for (card, fields) in &forms {
        define(&format!("transfer_{}", card.kind), carded(table(&[check::TRANSFER, crate::rules::span::FIELDS, fields]), card));
    }
    let any: Vec<&[Field]> = [check::TRANSFER, crate::rules::span::FIELDS].into_iter().chain(forms.iter().map(|(_, fields)| *fields)).collect();
    define("transfer_any", table(&any));
    let kinds: Vec<&str> = forms.iter().map(|(card, _)| card.kind).collect();
    define("transfer", keyed(&by("form", "transfer", &kinds)));
}

/// Sources by kind and parts of agreements by form, each with the keys of that kind and no other.
fn sources_and_parts(define: &mut impl FnMut(&str, Value) -> Option<Value>) {
    let kinds = source_kinds();
    for (card, fields) in &kinds {
        define(&format!("source_{}", card.kind), carded(table(&[sources::COMMON, fields]), card));
    }
    let any: Vec<&[Field]> = std::iter::once(sources::COMMON).chain(kinds.iter().map(|(_, fields)| *fields)).collect();
    define("source_any", table(&any));
    define("source", keyed(&by("kind", "source", &kinds.map(|(card, _)| card.kind))));

    let mut any: Vec<&[Field]> = vec![check::SHARING, Options::FIELDS];
    let mut forms = Vec::new();
    for (card, fields) in sharing_forms() {
        define(&format!("part_{}", card.kind), carded(table(&[check::SHARING, fields, Options::FIELDS]), &card));
        any.push(fields);
        forms.push(card.kind);
    }
    for (card, fields) in remitting_forms() {
        define(&format!("part_{}", card.kind), carded(table(&[check::REMITTING, fields]), &card));
        any.extend([check::REMITTING, fields]);
        forms.push(card.kind);
    }
    define("part_any", table(&any));
    let mut agreement = table(&[check::AGREEMENT]);
    if let Some(agreement) = agreement.as_object_mut() {
        agreement.insert("additionalProperties".to_owned(), by("form", "part", &forms));
    }
    define("agreement", keyed(&agreement));
}

/// The definition of the kind that a table names; any of their keys where it names none (another layer does).
fn by(key: &str, prefix: &str, kinds: &[&str]) -> Value {
    let named = |kind: &&str| json!({ "if": { "properties": { key: { "const": kind } }, "required": [key] }, "then": { "$ref": format!("#/$defs/{prefix}_{kind}") } });
    let mut rules: Vec<Value> = kinds.iter().map(named).collect();
    rules.push(json!({ "if": { "not": { "required": [key] } }, "then": { "$ref": format!("#/$defs/{prefix}_any") } }));
    json!({ "type": "object", "properties": { key: { "enum": kinds } }, "allOf": rules })
}

/// A table with its name, formula and source in law.
fn carded(mut table: Value, card: &Card) -> Value {
    if let Some(table) = table.as_object_mut() {
        table.insert("title".to_owned(), json!(format!("{} {}", card.name.zh, card.name.en)));
        table.insert("description".to_owned(), json!(format!("{}\n{}\n{}\n{}", card.formula.zh, card.law.zh, card.formula.en, card.law.en)));
    }
    table
}

/// The keys that must be there.
fn needed(fields: &[Field]) -> Vec<&str> {
    fields.iter().filter(|f| f.need == Need::Required).map(|f| f.key).collect()
}

/// A dated rate with a name.
fn driver() -> Value {
    let mut said = value(&scalar(Quantity::Rate));
    let named = said.pointer_mut("/anyOf/1/properties").and_then(Value::as_object_mut);
    named.map(|properties| properties.insert("name".to_owned(), json!({ "type": "string" })));
    said
}

/// Each level: `of`, `other`, and a share for every source by its key.
fn uppers() -> Value {
    let mut share = value(&scalar(Quantity::Share));
    let of = kind(Kind::Choice(&["gross", "remainder"]));
    let dated = share.pointer_mut("/anyOf/1/properties").and_then(Value::as_object_mut);
    dated.map(|properties| properties.insert("of".to_owned(), of));
    let mut level = table(&[tables::UPPER]);
    if let Some(level) = level.as_object_mut() {
        level.insert("additionalProperties".to_owned(), share);
    }
    let levels = ["central", "province", "city"].map(|name| (name, level.clone()));
    json!({ "type": "object", "properties": with_provenance(levels), "additionalProperties": false, "description": format!("日期写作键 dates as keys: {}", kinds::DATE) })
}
