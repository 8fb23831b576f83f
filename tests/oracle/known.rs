//! What the oracle understands: a key that stands in none of these lists stops the calculation.

use toml::{Table, Value};

use super::written::{acts, table, text, word};

/// May stand in every table.
const REMARKS: &[&str] = &["name", "source", "grade", "verified", "note"];

const ROOT: &[&str] = &[
    "scenario",
    "towns",
    "counties",
    "projects",
    "driver",
    "earmark",
    "group",
    "count",
    "source",
    "upper",
    "agreement",
    "transfer",
    "spending",
    "public_services",
    "bond",
    "reserve",
    "stabilisation",
    "transfer_in",
    "ladder",
    "carryover",
    "state_capital",
    "feedback",
    "move",
    "enclave",
    "opening",
    "county_account",
];

/// Tables of which there is one.
const SINGLE: &[(&str, &[&str])] = &[
    ("public_services", &["functions", "classes"]),
    ("reserve", &["rate"]),
    ("stabilisation", &["opening", "budget", "surplus"]),
    ("transfer_in", &["amount"]),
    ("ladder", &["transfer_in", "county_aid", "aid_limit"]),
    ("carryover", &["lapse_after", "fund_above"]),
    ("state_capital", &["transfer_in"]),
    ("feedback", &["people", "capital"]),
    ("opening", &["general", "fund"]),
    ("county_account", &["own_revenue", "three_guarantees", "debt_service", "other_spending", "opening_balance"]),
];

/// Tables of which there are several, each with an id.
const NAMED: &[(&str, &[&str])] = &[
    ("earmark", &["classes"]),
    ("count", &["value", "adds"]),
    ("spending", &["towns", "class", "per", "cost", "amount", "paid_by", "from", "until", "ramp", "contracted_out", "saving", "function"]),
    ("bond", &["towns", "principal", "rate", "years", "repay", "grace", "classes"]),
    ("move", &["of", "from", "to", "amount", "compensation"]),
    ("enclave", &["of", "host", "origin", "share"]),
];

/// Keys of every transfer, then those of its form.
const TRANSFER: &[&str] = &["form", "payer", "towns", "book", "earmark", "from", "until"];

const FORMS: &[(&str, &[&str])] = &[
    ("fixed", &["amount"]),
    ("per_unit", &["per", "rate"]),
    ("cohort", &["amount", "per_town", "years"]),
    ("project", &["projects", "amount", "share"]),
    ("rebate", &["amount", "rate", "measure", "of", "frozen", "before"]),
    ("base_return", &["year", "of", "old", "new", "gross"]),
    ("incentive", &["rate", "measure", "of", "lag", "before"]),
    ("competition", &["best", "prize", "score", "measure", "of", "before"]),
    ("matching", &["share", "cap", "classes"]),
    ("guarantee", &["share", "reference", "of_last_year", "before"]),
    (
        "pool",
        &[
            "mode",
            "amount",
            "funded_by",
            "need",
            "need_factor",
            "capacity",
            "measure",
            "of",
            "lag",
            "before",
            "coefficient",
            "weight",
            "heads",
            "floor",
            "cap",
            "last_year",
            "residue",
            "round_to",
        ],
    ),
];

const SOURCE: &[&str] = &["kind", "class", "book", "partner", "refunds", "until", "becomes", "becomes_at", "own_growth", "elasticity", "grows_by", "grows_with"];

const KINDS: &[(&str, &[&str])] = &[
    ("driven", &["base"]),
    ("series", &["amount"]),
    ("derived", &["rate", "on"]),
    ("concession", &["turnover", "rate", "minimum"]),
    ("fee", &["land", "rate", "plot_ratio", "build_out", "exempt"]),
    (
        "land",
        &[
            "mode",
            "loss",
            "instalments",
            "quota",
            "quota_extra",
            "bank",
            "use",
            "cost",
            "new_land_fee",
            "farmland_development",
            "setaside",
            "agriculture",
            "due",
            "opening",
        ],
    ),
];

/// Stops at the first key that is not understood.
pub fn refuse_the_unknown(root: &Table) {
    check("the scenario", root, &[ROOT]);
    for (kind, keys) in SINGLE {
        root.get(*kind).map(table).into_iter().for_each(|found| check(kind, found, &[keys]));
    }
    for (kind, keys) in NAMED {
        acts(root, kind).into_iter().for_each(|(id, found)| check(&format!("{kind}.{id}"), found, &[keys]));
    }
    for (id, transfer) in acts(root, "transfer") {
        let form = text(&transfer["form"]);
        let keys = keys_of(FORMS, form);
        check(&format!("transfer.{id}"), transfer, &[TRANSFER, keys]);
    }
    for (id, source) in acts(root, "source") {
        let keys = keys_of(KINDS, word(source, "kind").expect("a kind"));
        check(&format!("source.{id}"), source, &[SOURCE, keys]);
        let costs = source.get("cost").map(table).into_iter().flatten();
        costs.for_each(|(id, cost)| check(&format!("cost.{id}"), table(cost), &[&["per_mu", "share", "party", "advance"]]));
    }
    if let Some(capital) = root.get("feedback").and_then(|f| table(f).get("capital")) {
        check("feedback.capital", table(capital), &[&["sources", "elasticity", "depreciation", "reference"]]);
    }
}

fn keys_of(lists: &[(&str, &'static [&'static str])], kind: &str) -> &'static [&'static str] {
    lists.iter().find(|(name, _)| *name == kind).unwrap_or_else(|| panic!("kind {kind} is not understood")).1
}

fn check(place: &str, found: &Table, lists: &[&[&str]]) {
    let known = |key: &String| REMARKS.contains(&key.as_str()) || lists.iter().any(|list| list.contains(&key.as_str()));
    let unknown: Vec<(&String, &Value)> = found.iter().filter(|(key, _)| !known(key)).collect();
    assert!(unknown.is_empty(), "{place}: not understood: {unknown:?}");
}
