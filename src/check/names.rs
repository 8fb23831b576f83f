//! Names a rule may refer to: sources, groups, drivers, earmarks, towns, columns.

use std::collections::BTreeMap;

use super::acts;
use crate::base::{amount::MoneyUnit, place::Place};
use crate::diag::{Code, Problem, nearest};
use crate::load::node::{Entry, Node, Table, Value};
use crate::load::sheet::Cell;

/// All names, collected before any rule is read.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    /// Source ids in file order.
    pub sources: Vec<String>,
    /// Their titles.
    pub source_titles: Vec<String>,
    /// Whether their titles are written (else the id stands in).
    pub named: Vec<bool>,
    /// Groups of sources.
    pub groups: BTreeMap<String, Vec<String>>,
    /// Drivers.
    pub drivers: Vec<String>,
    /// Earmarks.
    pub earmarks: Vec<String>,
    /// Counts.
    pub counts: Vec<String>,
    /// What each source's `kind` and `class` say, as far as they are words.
    pub source_words: Vec<[String; 2]>,
    /// Towns in file order.
    pub towns: Vec<String>,
    /// For every town the first town of its county, once the counties' table is read.
    pub first_of_county: Vec<usize>,
    /// Agreements that follow another one when its term ends.
    pub successors: Vec<String>,
    /// The tables columns are looked for in, as `file` names them.
    pub tables: Vec<String>,
    /// Columns of the town table: heading (without unit), its unit, cells by town.
    pub columns: Vec<Column>,
    /// The scenario's unit.
    pub unit: MoneyUnit,
}

/// One column of the town table.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Heading without its unit.
    pub heading: String,
    /// Where its heading stands.
    pub place: Place,
    /// The unit in its heading, if any.
    pub unit: Option<MoneyUnit>,
    /// Its cells, one a town.
    pub cells: Vec<Cell>,
    /// Whether something asked for it.
    pub used: bool,
    /// A column of the counties' table: its cells are the same for the towns of a county.
    pub of_counties: bool,
}

impl Default for Names {
    fn default() -> Self {
        let none = Vec::new;
        Self {
            sources: none(),
            source_titles: none(),
            named: Vec::new(),
            groups: BTreeMap::new(),
            drivers: none(),
            earmarks: none(),
            counts: none(),
            source_words: Vec::new(),
            towns: none(),
            first_of_county: Vec::new(),
            successors: none(),
            tables: none(),
            columns: Vec::new(),
            unit: MoneyUnit::WanYuan,
        }
    }
}

/// Headings the program knows, Chinese and English.
const KNOWN: &[(&str, &[&str])] = &[
    ("town", &["镇", "镇名", "乡镇", "镇街", "乡镇名称", "镇（街道）", "乡镇（街道）", "town"]),
    ("county", &["县", "县（市、区）", "区县", "county"]),
    ("class", &["类别", "类型", "class"]),
    ("cohort", &["批次", "cohort"]),
    ("population", &["人口", "常住人口", "population"]),
    ("staff", &["编制", "在编人数", "staff"]),
    ("villages", &["村社区数", "villages"]),
];

impl Names {
    /// Collects ids from the tree.
    pub fn collect(&mut self, root: &Table, unit: MoneyUnit) {
        self.unit = unit;
        for (id, entry) in acts(root, "source") {
            self.sources.push(id.to_owned());
            let title = entry.node.table().and_then(|t| t.get("name")).and_then(|e| match &e.node.value {
                Value::Text(text) => Some(text.clone()),
                _ => None,
            });
            let word = |key: &str| match entry.node.table().and_then(|t| t.get(key)).map(|e| &e.node.value) {
                Some(Value::Text(text)) => text.clone(),
                _ => String::new(),
            };
            self.source_words.push(["kind", "class"].map(word));
            self.named.push(title.is_some());
            self.source_titles.push(title.unwrap_or_else(|| id.to_owned()));
        }
        let keys = |kind: &str| acts(root, kind).into_iter().map(|(id, _)| id.to_owned()).collect();
        self.drivers = keys("driver");
        self.earmarks = keys("earmark");
        self.counts = keys("count");
        let after = |entry: &Entry| entry.node.table().and_then(|t| t.get("successor")).and_then(|e| text_of(&e.node));
        self.successors = acts(root, "agreement").into_iter().filter_map(|(_, entry)| after(entry)).collect();
        for (id, entry) in acts(root, "group") {
            if let Value::List(items) = &entry.node.value {
                let ids = items.iter().filter_map(|n| if let Value::Text(t) = &n.value { Some(t.clone()) } else { None });
                self.groups.insert(id.to_owned(), ids.collect());
            }
        }
    }

    /// A column by heading, known English name or alias; marks it used.
    pub fn column(&mut self, name: &str) -> Option<&Column> {
        let wanted = canonical(name);
        let at = self.columns.iter().position(|c| c.heading == name || canonical(&c.heading) == wanted)?;
        self.columns[at].used = true;
        self.columns.get(at)
    }

    /// Whether a path is the towns of an agreement that follows another.
    pub fn follows_another(&self, path: &str) -> bool {
        let agreement = path.strip_prefix("agreement.").and_then(|rest| rest.strip_suffix(".towns"));
        agreement.is_some_and(|id| self.successors.iter().any(|s| s == id))
    }

    /// Columns are looked for in this table too.
    pub fn looked_in(&mut self, table: &Table) {
        self.tables.extend(table.get("file").and_then(|e| text_of(&e.node)));
    }

    /// No table has this column.
    pub fn no_column(&self, name: &str, place: &Place) -> Problem {
        self.not_among(name, place, self.headings().collect())
    }

    /// No table has this column, and no count is called so.
    pub fn nothing_to_count(&self, name: &str, place: &Place) -> Problem {
        self.not_among(name, place, self.headings().chain(self.counts.iter().map(String::as_str)).collect())
    }

    fn not_among(&self, name: &str, place: &Place, known: Vec<&str>) -> Problem {
        let near = nearest(name, known.iter().copied());
        let problem = Problem::new(Code::E109, place).with("name", name).with_in("tables", self.tables.join("、"), self.tables.join(" or "));
        problem.with_list("known", known).with_some("nearest", near)
    }

    /// All headings.
    pub fn headings(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|c| c.heading.as_str())
    }
}

fn text_of(node: &Node) -> Option<String> {
    if let Value::Text(text) = &node.value { Some(text.clone()) } else { None }
}

/// The English name of a known heading, else the heading itself.
pub(crate) fn canonical(heading: &str) -> &str {
    KNOWN.iter().find(|(_, all)| all.contains(&heading)).map_or(heading, |(key, _)| key)
}
