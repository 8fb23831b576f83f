//! From what was read to a scenario that is valid by construction. All problems are found in one go.

mod agreements;
mod names;
mod projects;
mod quantity;
mod read;
mod regime;
mod rest;
mod scope;
mod select;
mod sources;
mod towns;
mod value;
mod warnings;

use crate::base::{
    amount::MoneyUnit,
    decimal::Decimal,
    lang::Lang,
    when::{Day, Year},
};
use crate::diag::{Code, Problem, Problems};
use crate::load::{
    Loaded,
    node::{Node, Table, Value},
};
use crate::rules::field::{Field, Kind, optional, required};
use crate::rules::param::Drivers;
use crate::scenario::{Opening, Scenario, Variant};
use names::Names;
use read::Reader;
use scope::Scope;

/// Keys of `[scenario]`.
pub const HEAD: &[Field] = &[
    required("format", Kind::Whole(1, 1), "格式版本，现为 1", "version of the format, now 1"),
    required("name", Kind::Text, "方案名称", "title"),
    optional("county", Kind::Text, "县（towns.csv 没有“县”列时用）", "county, where the town table has no such column"),
    required("first_year", Kind::Year, "测算首年", "first year"),
    required("last_year", Kind::Year, "测算末年", "last year"),
    required("base_year", Kind::Year, "towns.csv 各项收入是哪一年的数", "year of the amounts in the town table"),
    required("money_unit", Kind::Choice(&["元", "万元", "亿元"]), "金额单位", "unit of money"),
    optional("lang", Kind::Choice(&["zh", "en"]), "输出语言", "language of outputs"),
    optional("include", Kind::Texts, "引入的规则", "rules included"),
];

const TOP: &[&str] = &[
    "scenario", "towns", "projects", "driver", "source", "upper", "group", "agreement", "transfer", "spending", "earmark", "county_account", "opening",
];

/// The longest horizon; more is a slip.
const MOST_YEARS: Year = 200;

/// Checks what was loaded. `None` when an error stands in the way; the problems say all that is wrong.
#[must_use]
pub fn check(id: &str, loaded: &Loaded) -> (Option<Scenario>, Problems) {
    let mut names = Names::default();
    let scope = Scope::of_files(loaded);
    let mut problems = loaded.problems.clone();
    let Some(head) = head(loaded, &mut problems) else { return (None, problems) };
    names.collect(&loaded.root, head.unit);
    let mut reader = Reader::new(names, &scope, problems);
    reader.unknown_keys(&loaded.root, TOP, "");
    let towns = reader.towns(loaded, &head);
    let drivers = reader.drivers(&loaded.root, &head);
    let earmarks = reader.earmarks(&loaded.root);
    let sources = reader.sources(&loaded.root);
    let uppers = reader.uppers(&loaded.root, &sources);
    let agreements = reader.agreements(&loaded.root, &sources);
    let regime = reader.regime(&agreements, &towns, &head);
    let transfers = reader.transfers(&loaded.root);
    let spending = reader.spending(&loaded.root, &towns);
    let (projects, mode) = reader.projects(loaded, &towns, &head);
    let county = reader.county(&loaded.root);
    let opening = reader.opening(&loaded.root);
    reader.warn(loaded, &head, &towns);
    let Reader { mut problems, leaves, .. } = reader;
    if problems.has_errors() {
        return (None, problems);
    }
    let agreements = agreements.into_iter().map(|a| a.agreement).collect();
    let variant = variant(loaded);
    let scenario = Scenario {
        id: id.to_owned(),
        name: head.name,
        variant,
        first_year: head.first_year,
        last_year: head.last_year,
        base_year: head.base_year,
        unit: head.unit,
        lang: head.lang,
        drivers,
        towns,
        sources,
        uppers,
        agreements,
        regime,
        transfers,
        spending,
        earmarks,
        projects,
        mode,
        county,
        opening,
        leaves,
        files: loaded.files.clone(),
    };
    warnings::beyond_horizon(&scenario, &mut problems);
    (Some(scenario), problems)
}

/// What everything else needs to know first.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub name: String,
    pub county: Option<String>,
    pub first_year: Year,
    pub last_year: Year,
    pub base_year: Year,
    pub unit: MoneyUnit,
    pub lang: Lang,
}

impl Head {
    pub fn years(&self) -> usize {
        usize::try_from(self.last_year - self.first_year + 1).unwrap_or(0)
    }
}

fn head(loaded: &Loaded, problems: &mut Problems) -> Option<Head> {
    let Some(entry) = loaded.root.get("scenario") else {
        if !loaded.problems.has_errors() {
            let place = loaded.layers.first().map_or_else(Default::default, |l| crate::base::place::Place::File(l.file));
            problems.push(Problem::new(Code::E102, &place).with("key", "[scenario]").with("table", "scenario.toml"));
        }
        return None;
    };
    let scope = Scope::of_files(loaded);
    let mut names = Names::default();
    names.towns.clear();
    let mut reader = Reader::new(names, &scope, std::mem::take(problems));
    let table = reader.expect_table(&entry.node, "scenario").cloned();
    let head = table.and_then(|table| {
        let mut v = reader.read(&[HEAD], &table, "scenario", &scope, &entry.node.place);
        let (name, county) = (v.text("name"), v.text("county"));
        let (first, last, base) = (v.year("first_year"), v.year("last_year"), v.year("base_year"));
        let unit = v.text("money_unit").and_then(|u| MoneyUnit::ALL.into_iter().find(|m| m.symbol() == u));
        let lang = if v.text("lang").is_some_and(|l| l == "en") { Lang::En } else { Lang::Zh };
        Some(Head { name: name?, county, first_year: first?, last_year: last?, base_year: base?, unit: unit?, lang })
    });
    *problems = reader.problems;
    let head = head?;
    let ordered = head.base_year <= head.first_year && head.first_year <= head.last_year && head.last_year - head.base_year < MOST_YEARS;
    if !ordered {
        let what = format!("base_year {}, first_year {}, last_year {}", head.base_year, head.first_year, head.last_year);
        problems.push(Problem::new(Code::E209, &entry.node.place).with("what", what));
        return None;
    }
    Some(head)
}

fn variant(loaded: &Loaded) -> Option<Variant> {
    let layer = loaded.layers.iter().find(|l| l.name.starts_with("variant "))?;
    let id = layer.name.trim_start_matches("variant ").to_owned();
    let text = |key: &str| match layer.head.get(key).map(|e| &e.node.value) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    Some(Variant { name: text("name").unwrap_or_else(|| id.clone()), id, provenance: scope::provenance_of(&layer.head) })
}

/// A bare number of a node.
pub(crate) fn number(node: &Node) -> Option<Decimal> {
    match &node.value {
        Value::Number(decimal, _) => *decimal,
        _ => None,
    }
}

/// Sub-tables of a table, in order: the acts of a kind.
pub(crate) fn acts<'t>(root: &'t Table, kind: &str) -> Vec<(&'t str, &'t crate::load::node::Entry)> {
    root.get(kind).and_then(|e| e.node.table()).map(|t| t.entries.iter().map(|e| (e.key.as_str(), e)).collect()).unwrap_or_default()
}

impl Reader<'_> {
    fn drivers(&mut self, root: &Table, head: &Head) -> Drivers {
        let mut factors = Vec::new();
        for (id, entry) in acts(root, "driver") {
            let path = format!("driver.{id}");
            let scope = self.file_scope();
            let Some(param) = self.value(&entry.node, crate::rules::field::Quantity::Rate, &path, scope, &["name"]) else {
                factors.push(Vec::new());
                continue;
            };
            let mut years = Vec::new();
            for year in head.base_year + 1..=head.last_year {
                let lives = crate::rules::param::Lives::ALL_YEAR;
                match param.at(0, year, &Drivers::default(), lives) {
                    Ok((rate, _)) => years.push(crate::base::ratio::Factor(1_000_000_000 + rate * 1_000)),
                    Err(_) => {
                        let first = param.days().next().unwrap_or(Day::first_of(year));
                        let problem = Problem::new(Code::E401, &param.place).with("path", &path).with("first", first).with("year", year);
                        self.problems.push(problem);
                        break;
                    }
                }
            }
            factors.push(years);
        }
        Drivers { first: head.base_year + 1, factors }
    }

    fn opening(&mut self, root: &Table) -> Opening {
        const FIELDS: &[Field] = &[
            optional("general", Kind::Value(crate::rules::field::Quantity::Money), "期初一般公共预算净结余", "opening general balance"),
            optional("fund", Kind::Value(crate::rules::field::Quantity::Money), "期初基金净结余", "opening fund balance"),
        ];
        let Some(mut values) = self.table_at(root, "opening", FIELDS) else { return Opening::default() };
        Opening { general: values.param("general"), fund: values.param("fund") }
    }

    fn county(&mut self, root: &Table) -> Option<crate::scenario::CountyAccount> {
        let mut values = self.table_at(root, "county_account", crate::scenario::CountyAccount::FIELDS)?;
        crate::scenario::CountyAccount::read(&mut values)
    }
}
