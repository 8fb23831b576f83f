//! The JSON Schema accepts what the program reads and refuses what it does not know; the reference pages are up to date.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use fencheng::reference::{groups, pages, schema};
use serde_json::{Map, Value};

/// TOML as JSON; dates as strings, as editors hand them to a schema.
fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text.clone()),
        toml::Value::Integer(number) => Value::from(*number),
        toml::Value::Float(number) => Value::from(*number),
        toml::Value::Boolean(flag) => Value::Bool(*flag),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => Value::Array(items.iter().map(json).collect()),
        toml::Value::Table(table) => Value::Object(table.iter().map(|(key, value)| (key.clone(), json(value))).collect::<Map<_, _>>()),
    }
}

fn read(text: &str) -> Value {
    json(&toml::Value::Table(toml::from_str(text).expect("TOML")))
}

/// What the schema has against a text.
fn complaints(text: &str) -> Vec<String> {
    static VALIDATOR: LazyLock<jsonschema::Validator> = LazyLock::new(|| jsonschema::draft202012::new(&schema()).expect("a schema"));
    VALIDATOR.iter_errors(&read(text)).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All TOML files below a folder.
fn toml_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            toml_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "toml") {
            found.push(path);
        }
    }
}

#[test]
fn the_schema_is_a_schema() {
    assert!(jsonschema::meta::is_valid(&schema()));
}

#[test]
fn every_bundled_file_fits_the_schema() {
    let mut files = Vec::new();
    toml_files(&root().join("scenarios"), &mut files);
    assert!(files.len() > 10, "{files:?}");
    for file in files {
        let text = fs::read_to_string(&file).expect("a file");
        assert_eq!(complaints(&text), Vec::<String>::new(), "{}", file.display());
    }
}

#[test]
fn what_the_reader_refuses_the_schema_refuses() {
    let baseline = fs::read_to_string(root().join("scenarios/mengyang/scenario.toml")).expect("the scenario");
    assert_eq!(complaints(&baseline), Vec::<String>::new(), "nothing is wrong before it is spoilt");
    let spoilt = [
        ("revenue_base     =", "revenue_bse     ="),
        ("share = \"30%\"", "share = \"30元\""),
        ("share = \"30%\"", "share = 30"),
        ("rate   = \"40元/平方米\"", "rate   = 40"),
        ("grade  = \"D\"", "grade  = \"E\""),
        ("first_year = 2012", "first_yaer = 2012"),
        ("2014 = { value = \"310亩\"", "14 = { value = \"310亩\""),
        ("form             = \"contract\"", "form             = \"contrakt\""),
        ("[county_account]", "[county_acount]"),
        ("loss   = \"county\"", "loss   = \"village\""),
    ];
    for (right, wrong) in spoilt {
        assert!(baseline.contains(right), "{right}");
        assert_ne!(complaints(&baseline.replacen(right, wrong, 1)), Vec::<String>::new(), "{wrong}");
    }
}

#[test]
fn a_form_knows_its_own_keys_only() {
    let part = |form: &str, keys: &str| format!("[variant]\nname = \"v\"\n[agreement.a.p]\nof = \"kept.tax\"\nform = \"{form}\"\n{keys}\n");
    assert_eq!(complaints(&part("levy", "above = \"100万元\"\nrate = { 2013 = \"15%\", note = \"n\" }")), Vec::<String>::new());
    assert_ne!(complaints(&part("levy", "share = \"15%\"")), Vec::<String>::new());
    // A layer that changes one key of a part need not name its form again.
    assert_eq!(complaints("[variant]\nname = \"v\"\n[scenario]\nlast_year = 2020\n[agreement.a.p]\nshare.2018 = \"60%\"\n"), Vec::<String>::new());
}

#[test]
fn every_form_is_worked_out_on_paper() {
    for (card, _) in groups().into_iter().flat_map(|group| group.forms) {
        let paper = root().join("tests/worked").join(card.case).join("paper.md");
        assert!(!card.case.is_empty() && paper.is_file(), "{} has no worked case: {}", card.kind, paper.display());
    }
}

#[test]
fn links_of_the_reference_pages_lead_somewhere() {
    let (folder, pages) = (root().join("docs/reference"), pages());
    for (name, text) in &pages {
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
            assert!(pages.iter().any(|(page, _)| page == link) || folder.join(link).is_file(), "docs/reference/{name} leads to {link}, which is not there");
        }
    }
}

#[test]
fn the_reference_pages_are_what_the_program_would_write() {
    let folder = root().join("docs/reference");
    for (name, text) in pages() {
        let path = folder.join(&name);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(&path, &text).expect("a page written");
        }
        let found = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(found == text, "docs/reference/{name} is stale: run UPDATE_DOCS=1 cargo test --test schema");
    }
}
