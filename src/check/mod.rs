//! From what was read to a scenario that is valid by construction. All problems are found in one go.

mod agreements;
mod bonds;
mod budget;
mod counties;
mod counts;
mod earmarks;
mod fits;
mod moving;
mod names;
mod projects;
mod quantity;
mod read;
mod regime;
mod scope;
mod select;
mod sources;
mod span;
mod spending;
mod studies;
mod towns;
mod transfers;
mod value;
mod warnings;

pub(crate) use crate::load::layout::split_unit;
pub(crate) use names::canonical;
pub(crate) use projects::project_heading;
pub(crate) use quantity::measured;
pub(crate) use quantity::{in_a_cell, of_text};

pub use agreements::{HEAD as AGREEMENT, REMITTING, SHARING};
pub use earmarks::EARMARK;
pub use projects::{COLUMNS as PROJECT_COLUMNS, KEYS as PROJECT_KEYS};
pub use towns::KEYS as TOWN_KEYS;
pub use transfers::TRANSFER;

use crate::base::{
    amount::MoneyUnit,
    decimal::Decimal,
    lang::Lang,
    when::{Day, Year},
};
use crate::diag::{Code, Problem, Problems, Severity};
use crate::load::{
    Loaded,
    node::{Node, Table, Value},
    sheet_key,
};
use crate::rules::field::{Field, Kind, optional, required};
use crate::rules::param::{Drivers, Grade, Provenance};
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
    optional("lang", Kind::Choice(&["zh", "en"]), "输出语言", "language of outputs").or("zh", "zh"),
    optional("include", Kind::Texts, "引入的规则", "rules included"),
];

/// Keys of `[opening]`.
pub const OPENING: &[Field] = &[
    optional("general", Kind::Value(crate::rules::field::Quantity::Money), "期初一般公共预算净结余", "opening general balance"),
    optional("fund", Kind::Value(crate::rules::field::Quantity::Money), "期初基金净结余", "opening fund balance"),
];

/// The tables of a scenario.
pub const TOP: &[&str] = &[
    "scenario",
    "towns",
    "counties",
    "projects",
    "count",
    "driver",
    "source",
    "upper",
    "group",
    "agreement",
    "transfer",
    "spending",
    "earmark",
    "bond",
    "public_services",
    "reserve",
    "stabilisation",
    "transfer_in",
    "ladder",
    "carryover",
    "county_account",
    "opening",
    "move",
    "enclave",
    "state_capital",
    "feedback",
    "lever",
    "uncertain",
    "sweep",
    "solve",
];

/// A written value in the whole units of its quantity; `None` when it cannot be read or lies beyond what it may be.
#[must_use]
pub fn quantity_of_text(text: &str, quantity: crate::rules::field::Quantity, unit: MoneyUnit) -> Option<i64> {
    let bare = Decimal::parse(text.trim());
    of_text(text, bare, quantity, unit, "", &crate::base::place::Place::Nowhere).ok()
}

/// The longest horizon; more is a slip.
const MOST_YEARS: Year = 200;

/// Checks what was loaded. `None` when an error stands in the way; the problems say all that is wrong.
#[must_use]
pub fn check(id: &str, loaded: &Loaded) -> (Option<Scenario>, Problems) {
    let mut names = Names::default();
    let scope = Scope::of_files(loaded);
    let mut problems = loaded.problems.clone();
    let Some(head) = head(loaded, &mut problems) else { return (None, without_echoes(loaded, problems, true)) };
    names.collect(&loaded.root, head.unit);
    let mut reader = Reader::new(names, &scope, problems);
    reader.changes = &loaded.changes;
    reader.unknown_keys(&loaded.root, TOP, "");
    let towns = reader.towns(loaded, &head);
    let all_columns = reader.counties(loaded, &towns);
    let drivers = reader.drivers(&loaded.root, &head);
    let earmarks = reader.earmarks(&loaded.root);
    let sources = reader.sources(&loaded.root);
    reader.groups(&loaded.root);
    let uppers = reader.uppers(&loaded.root, &sources);
    reader.enough_for_upper_levels(&uppers, &sources, &drivers, &head);
    let agreements = reader.agreements(&loaded.root, &sources);
    let all_read = acts(&loaded.root, "agreement").len() == agreements.len();
    let regime = reader.regime(&agreements, &towns, &head, all_read);
    let counts = reader.all_counts(&loaded.root);
    let transfers = reader.transfers(&loaded.root, &towns, head.first_year);
    let spending = reader.spending(&loaded.root, &towns);
    let public_services = reader.public_services(&loaded.root);
    let bonds = reader.bonds(&loaded.root);
    let budget = reader.budget(&loaded.root);
    let (projects, mode) = reader.projects(loaded, &towns, &head);
    let county = reader.county(&loaded.root);
    let opening = reader.opening(&loaded.root);
    let moves = reader.moves(&loaded.root, &sources);
    let enclaves = reader.enclaves(&loaded.root, &sources);
    let state_capital = reader.state_capital(&loaded.root);
    let feedback = reader.feedback(&loaded.root, &sources);
    let studies = reader.studies(&loaded.root);
    reader.warn(loaded, &head);
    let Reader { mut problems, leaves, .. } = reader;
    if problems.has_errors() {
        return (None, without_echoes(loaded, problems, all_columns));
    }
    let agreements = agreements.into_iter().map(|a| a.agreement).collect();
    let variant = variant(loaded);
    let illustrative = ["towns", "counties", "projects"].into_iter().any(|key| is_illustrative(&loaded.root, key));
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
        counts,
        transfers,
        spending,
        bonds,
        budget,
        public_services,
        earmarks,
        projects,
        mode,
        county,
        opening,
        moves,
        enclaves,
        state_capital,
        feedback,
        illustrative,
        studies,
        leaves,
        rolling: None,
        files: loaded.files.clone(),
    };
    warnings::beyond_horizon(&scenario, &mut problems);
    warnings::without_projects(&loaded.root, &scenario, &mut problems);
    (Some(scenario), problems)
}

/// What a file could not say because it could not be read is not missing: such problems would only bury the real one.
fn without_echoes(loaded: &Loaded, problems: Problems, all_columns: bool) -> Problems {
    const UNREAD: [&str; 15] = ["E101", "E102", "E104", "E105", "E108", "E112", "E114", "E115", "E116", "E125", "E302", "E304", "E305", "E306", "E308"];
    const NO_COLUMN: [&str; 2] = ["E109", "E403"];
    const NO_TOWNS: [&str; 7] = ["E106", "E109", "E302", "E309", "E402", "E403", "E501"];
    let told = loaded.problems.iter().filter(|p| p.code.severity() == Severity::Error);
    let broken: Vec<(&str, usize)> = told.filter(|p| ("E010".."E020").contains(&p.code.name()) || p.code == Code::E023).map(|p| loaded.files.line_of(&p.place)).collect();
    let towns = loaded.root.get("towns").and_then(|e| e.node.table()).and_then(|t| sheet_key(t, "towns"));
    let towns = towns.is_some_and(|key| loaded.sheets.contains_key(&key));
    let known = loaded.problems.len();
    let mut kept = Problems::default();
    for (n, problem) in problems.iter().enumerate() {
        let echo = (!broken.is_empty() && (UNREAD.contains(&problem.code.name()) || broken.contains(&loaded.files.line_of(&problem.place))))
            || (!all_columns && NO_COLUMN.contains(&problem.code.name()))
            || (!towns && loaded.problems.has_errors() && NO_TOWNS.contains(&problem.code.name()));
        // What is not used may be what was misspelt elsewhere.
        let idle = problems.has_errors() && matches!(problem.code.name(), "W203" | "W204");
        if n < known || !(echo || idle) {
            kept.push(problem.clone());
        }
    }
    kept
}

/// A whole number other than 1: a scenario of another time, not a slip.
fn of_another_format(node: &Node) -> bool {
    number(node).and_then(|n| n.exact(0)).is_some_and(|n| n != 1)
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
            problems.push(Problem::new(Code::E102, &place).with("key", "[scenario]").with("table", "scenario.toml").with_in(
                "what",
                "方案的表头：名称、年份、金额单位",
                "the head of the scenario: name, years, unit of money",
            ));
        }
        return None;
    };
    let scope = Scope::of_files(loaded);
    let mut names = Names::default();
    names.towns.clear();
    let mut reader = Reader::new(names, &scope, std::mem::take(problems));
    let table = reader.expect_table(&entry.node, "scenario").cloned();
    let head = table.and_then(|table| {
        if let Some(format) = table.get("format").filter(|e| of_another_format(&e.node)) {
            let found = number(&format.node).map_or_else(String::new, |n| n.to_string());
            reader.problems.push(Problem::new(Code::E211, &format.node.place).with("found", found));
            return None;
        }
        let mut v = reader.read(&[HEAD], &table, "scenario", &scope, &entry.key_place);
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
        let wrong = if head.base_year > head.first_year { "base_year" } else { "last_year" };
        let place = entry.node.table().and_then(|t| t.get(wrong)).map_or(&entry.key_place, |e| &e.node.place);
        let rule = "base_year ≤ first_year ≤ last_year";
        let problem = Problem::new(Code::E209, place).with("what", what);
        problems.push(problem.with_in("fix", format!("改成 {rule}，前后不超过 200 年"), format!("keep {rule}, within 200 years")));
        return None;
    }
    Some(head)
}

/// `illustrative = true` on a table of towns, counties or projects.
fn is_illustrative(root: &Table, key: &str) -> bool {
    let flag = root.get(key).and_then(|e| e.node.table()?.get("illustrative"));
    matches!(flag.map(|e| &e.node.value), Some(Value::Flag(true)))
}

fn variant(loaded: &Loaded) -> Option<Variant> {
    let layers: Vec<(&str, &Table)> = loaded.layers.iter().filter_map(|l| Some((l.name.strip_prefix("variant ")?, &l.head))).collect();
    let name = |(id, head): &(&str, &Table)| match head.get("name").map(|e| &e.node.value) {
        Some(Value::Text(text)) => text.clone(),
        _ => (*id).to_owned(),
    };
    let (_, lowest) = layers.first()?;
    Some(Variant {
        id: crate::load::stack_name(layers.iter().map(|(id, _)| *id)),
        name: layers.iter().map(name).collect::<Vec<_>>().join(" + "),
        provenance: if layers.len() == 1 { scope::provenance_of(lowest) } else { stacked(&layers) },
    })
}

/// A stack rests on what each of its variants rests on, and is as weak as the weakest.
fn stacked(layers: &[(&str, &Table)]) -> Provenance {
    let each: Vec<Provenance> = layers.iter().map(|(_, head)| scope::provenance_of(head)).collect();
    let sources: Vec<&str> = each.iter().filter_map(|p| p.source.as_deref()).collect();
    Provenance {
        source: (!sources.is_empty()).then(|| sources.join("；")),
        grade: each.iter().map(|p| p.grade).max_by_key(|g| g.unwrap_or(Grade::D)).flatten(),
        ..Provenance::default()
    }
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
        let (mut factors, mut names) = (Vec::new(), Vec::new());
        for (id, entry) in acts(root, "driver") {
            let name = entry.node.table().and_then(|t| t.get("name")).map(|e| &e.node.value);
            names.push(if let Some(Value::Text(name)) = name { name.clone() } else { id.to_owned() });
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
                    Ok((rate, _)) => {
                        years.push(crate::base::ratio::Factor::growth(crate::base::ratio::Ratio(rate), crate::base::ratio::Ratio::ONE, crate::base::ratio::Ratio::ZERO))
                    }
                    Err(missing) => {
                        let (code, _) = missing.code();
                        let first = param.days().next().unwrap_or(Day::first_of(year));
                        let problem = Problem::new(code, &param.place).with("path", &path).with("first", first).with("year", year);
                        self.problems.push(problem);
                        break;
                    }
                }
            }
            factors.push(years);
        }
        Drivers { first: head.base_year + 1, factors, names }
    }

    fn opening(&mut self, root: &Table) -> Opening {
        let Some(mut values) = self.table_at(root, "opening", OPENING) else { return Opening::default() };
        Opening { general: values.param("general"), fund: values.param("fund") }
    }

    fn county(&mut self, root: &Table) -> Option<crate::scenario::CountyAccount> {
        let mut values = self.table_at(root, "county_account", crate::scenario::CountyAccount::FIELDS)?;
        crate::scenario::CountyAccount::read(&mut values)
    }
}
