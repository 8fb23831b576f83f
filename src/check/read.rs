//! Reading a table by its fields: every key known, every required key there, every value of its kind.

use super::names::Names;
use super::quantity::kind_of;
use super::scope::Scope;
use super::select;
use crate::base::{
    change::Change,
    decimal::Decimal,
    place::Place,
    ratio::Ratio,
    when::{Day, YEARS},
};
use crate::diag::{Code, Problem, Problems, nearest};
use crate::load::node::{Entry, Node, Table, Value};
use crate::rules::{
    field::{Field, Kind, Need, PROVENANCE, Quantity},
    param::{Grade, Growth, Leaves},
    values::{Base, Item, Look, PartRef, Start, Values},
};

/// The reader: names to refer to, problems and leaves collected on the way.
#[derive(Debug)]
pub(crate) struct Reader<'s> {
    pub names: Names,
    pub problems: Problems,
    pub leaves: Leaves,
    files: &'s Scope<'s>,
    columns: Vec<(String, Scope<'s>)>,
    pub changes: &'s [Change],
}

impl<'s> Reader<'s> {
    pub fn new(names: Names, files: &'s Scope<'s>, problems: Problems) -> Self {
        Self { names, problems, leaves: Leaves::default(), files, columns: Vec::new(), changes: &[] }
    }

    /// What the heads of the files say.
    pub const fn file_scope(&self) -> &'s Scope<'s> {
        self.files
    }

    /// Remembers what is said of a column's provenance.
    pub fn say_of_column(&mut self, heading: &str, scope: Scope<'s>) {
        self.columns.push((heading.to_owned(), scope));
    }

    /// What is said of a column's provenance; `"*"` for the table as a whole.
    pub fn column_scope(&self, heading: &str) -> Option<Scope<'s>> {
        let find = |name: &str| self.columns.iter().find(|(h, _)| h == name).map(|(_, s)| s.clone());
        find(heading).or_else(|| find("*"))
    }

    /// Reads the table of a key at the root.
    pub fn table_at(&mut self, root: &Table, key: &str, fields: &[Field]) -> Option<Values> {
        let entry = root.get(key)?;
        let table = self.expect_table(&entry.node, key)?.clone();
        let scope = self.files;
        Some(self.read(&[fields], &table, key, scope, &entry.node.place))
    }

    /// Reads a table by lists of fields.
    pub fn read(&mut self, fields: &[&[Field]], table: &Table, path: &str, scope: &Scope<'_>, place: &Place) -> Values {
        let all = || fields.iter().copied().flatten();
        // A key of the rule's own (the `source` that moves) says nothing of where its numbers come from.
        let documents = Table { entries: table.entries.iter().filter(|e| all().all(|f| f.key != e.key)).cloned().collect() };
        let scope = scope.down(&documents);
        let mut values = Values::new(path.to_owned(), place.clone());
        // What was most likely misspelt is not missing as well.
        let mut meant: Vec<String> = Vec::new();
        self.check_provenance(&documents, path);
        for entry in &table.entries {
            if PROVENANCE.contains(&entry.key.as_str()) {
                continue;
            }
            match all().find(|f| f.key == entry.key) {
                Some(field) => {
                    if let Some(item) = self.item(field, &entry.node, &format!("{path}.{}", field.key), &scope) {
                        values.put(field.key, item, &entry.node.place);
                    }
                }
                None => {
                    let known: Vec<&str> = all().map(|f| f.key).collect();
                    meant.extend(nearest(&entry.key, known.iter().copied()));
                    self.unknown(entry, &known, path);
                }
            }
        }
        for field in all().filter(|f| f.need == Need::Required && table.get(f.key).is_none() && !meant.iter().any(|m| m == f.key)) {
            self.problems.push(Problem::new(Code::E102, place).with("key", field.key).with("table", format!("[{path}]")).with_in("what", field.words.zh, field.words.en));
        }
        self.without_effect(fields, table, &values);
        values
    }

    /// Reports keys of a table that are not in a list.
    pub fn unknown_keys(&mut self, table: &Table, known: &[&str], path: &str) {
        for entry in table.entries.iter().filter(|e| !known.contains(&e.key.as_str())) {
            self.unknown(entry, known, path);
        }
    }

    pub fn unknown(&mut self, entry: &Entry, known: &[&str], path: &str) {
        let near = nearest(&entry.key, known.iter().copied());
        let table = if path.is_empty() { "scenario.toml".to_owned() } else { format!("[{path}]") };
        self.problems.push(Problem::new(Code::E101, &entry.key_place).with("key", &entry.key).with("table", table).with_list("known", known).with_some("nearest", near));
    }

    /// Grades are A to D, verified is a day.
    pub fn check_provenance(&mut self, table: &Table, path: &str) {
        for entry in table.entries.iter().filter(|e| PROVENANCE.contains(&e.key.as_str())) {
            let fine = match (entry.key.as_str(), &entry.node.value) {
                ("grade", Value::Text(text)) => Grade::parse(text).is_some(),
                ("verified", Value::Day(_)) | ("source" | "note", Value::Text(_)) => true,
                ("verified", Value::Text(text)) => Day::parse(text).is_some(),
                _ => false,
            };
            if fine {
                continue;
            }
            let key = format!("{path}.{}", entry.key);
            match (entry.key.as_str(), &entry.node.value) {
                ("grade", Value::Text(text)) => {
                    let near = Grade::ALL.map(Grade::letter).into_iter().find(|l| l.eq_ignore_ascii_case(text.trim()));
                    let problem = Problem::new(Code::E107, &entry.node.place).with("key", key).with("name", text).with_list("known", Grade::ALL.map(Grade::letter));
                    self.problems.push(problem.with_some("nearest", near));
                }
                ("grade", _) => self.expected(&entry.node, &key, ("依据等级 A、B、C 或 D", "a grade: A, B, C or D"), "grade = \"B\""),
                ("verified", _) => self.expected(&entry.node, &key, ("核实日期", "the day it was verified"), "verified = 2026-11-23"),
                _ => self.expected(&entry.node, &key, ("文字", "text"), &format!("{} = \"…\"", entry.key)),
            }
        }
    }

    /// A table, or a problem.
    pub fn expect_table<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n Table> {
        if node.table().is_none() {
            self.expected(node, key, ("表", "a table"), &format!("[{key}]"));
        }
        node.table()
    }

    /// Says what was expected.
    pub fn expected(&mut self, node: &Node, key: &str, (zh, en): (&str, &str), example: &str) {
        let (found, found_en) = kind_of(&node.value);
        self.problems.push(
            Problem::new(Code::E103, &node.place)
                .with("key", key)
                .with("expected", zh)
                .with("expected_en", en)
                .with("found", found)
                .with("found_en", found_en)
                .with("example", example),
        );
    }

    fn item(&mut self, field: &Field, node: &Node, path: &str, scope: &Scope<'_>) -> Option<Item> {
        match field.kind {
            Kind::Value(quantity) => {
                let param = self.value(node, quantity, path, scope, &[])?;
                self.within(field, &param);
                if field.key == "grows_by" && (param.constant().is_none() || param.growth != Growth::None) {
                    // One factor a year is all a rule that grows can take; what changes by date is a driver.
                    let example = "[driver.vat] 2013 = \"10%\", 2016 = \"8%\"; [source.vat] grows_with = \"vat\"";
                    self.expected(
                        node,
                        path,
                        (
                            "一个全程不变、各镇相同的比率（逐年不同的写成 driver，用 grows_with）",
                            "one rate for all years and towns (rates by year are a driver, named by grows_with)",
                        ),
                        example,
                    );
                    return None;
                }
                return Some(Item::Param(param));
            }
            Kind::Table(fields) => {
                let table = self.expect_table(node, path)?.clone();
                return Some(Item::Table(self.read(&[fields], &table, path, scope, &node.place)));
            }
            Kind::Keyed(fields) => return self.keyed(fields, node, path, scope),
            Kind::Map(quantity) => return self.map(quantity, node, path, scope),
            Kind::Base => return self.base(node, path, scope),
            Kind::Towns => return select::towns(self, node, path).map(Item::Towns),
            _ => {}
        }
        // A plain value may carry its provenance: { value = "town", grade = "D" }.
        let inner = node.table().filter(|t| t.get("value").is_some());
        if let Some(table) = inner {
            let known: Vec<&str> = PROVENANCE.into_iter().chain(["value"]).collect();
            self.unknown_keys(table, &known, path);
            self.check_provenance(table, path);
        }
        let node = inner.and_then(|t| t.get("value")).map_or(node, |e| &e.node);
        self.plain(field.kind, node, path)
    }

    fn plain(&mut self, kind: Kind, node: &Node, path: &str) -> Option<Item> {
        match (kind, &node.value) {
            (Kind::Text, Value::Text(text)) if text.trim().is_empty() || text.contains(char::is_control) => {
                self.expected(node, path, ("一行文字，不空，没有控制字符", "one line of text, not empty, without control characters"), "\"濛阳镇\"");
                None
            }
            (Kind::Text, Value::Text(text)) => Some(Item::Text(text.clone())),
            (Kind::Written, Value::Text(text) | Value::Number(_, text)) => Some(Item::Text(text.clone())),
            (Kind::Flag, Value::Flag(flag)) => Some(Item::Flag(*flag)),
            (Kind::Year, Value::Number(Some(n), text)) => self.year(*n, text, &node.place).map(Item::Whole),
            (Kind::Start, Value::Number(Some(n), text)) => self.year(*n, text, &node.place).and_then(|y| i32::try_from(y).ok()).map(|y| Item::Start(Start::Year(y))),
            (Kind::Start, Value::Text(text)) if text == "cohort" => Some(Item::Start(Start::Cohort)),
            (Kind::Whole(low, high), Value::Number(Some(n), _)) => {
                let whole = n.exact(0).and_then(|v| i64::try_from(v).ok()).filter(|v| (low..=high).contains(v));
                if whole.is_none() {
                    self.expected(node, path, (&format!("{low} 到 {high} 的整数"), &format!("a whole number from {low} to {high}")), &low.to_string());
                }
                whole.map(Item::Whole)
            }
            (Kind::Day, Value::Day(day)) => Some(Item::Day(*day)),
            (Kind::Day, Value::Number(Some(n), text)) => self.year(*n, text, &node.place).and_then(|y| i32::try_from(y).ok()).map(|y| Item::Day(Day::first_of(y))),
            (Kind::Day, Value::Text(text)) if Day::parse(text).is_some() => Day::parse(text).map(Item::Day),
            (Kind::Choice(words), Value::Text(text)) => self.choice(words, text, &node.place, path),
            (Kind::DriverOr(word), Value::Text(text)) if text == word => Some(Item::Word),
            (Kind::Driver | Kind::DriverOr(_), Value::Text(_)) => self.driver(node).map(Item::Driver),
            (Kind::Name(what), Value::Text(text)) => self.name(what, text, &node.place, path),
            (Kind::Town, Value::Text(text)) => self.town(text, &node.place),
            (Kind::Part, Value::Text(text)) => self.part(text, &node.place),
            (Kind::Sources, _) => self.sources_of(node, path).map(Item::Sources),
            (Kind::Count, Value::Text(name)) => self.per(name, &node.place).map(Item::Per),
            (Kind::SomeTexts, Value::List(items)) if items.is_empty() => {
                let key = path.rsplit('.').next().unwrap_or(path);
                self.expected(node, path, ("至少一项", "at least one"), &format!("{key} = [\"…\"]"));
                None
            }
            (Kind::Texts | Kind::SomeTexts, Value::List(items)) => self.texts(items, path).map(Item::Texts),
            (Kind::Shares, Value::List(items)) => self.shares(items, node, path),
            (Kind::Levels, Value::List(items)) if !items.is_empty() => self.levels(items, path).map(Item::Shares),
            _ => {
                let (words, example) = wording(kind);
                self.expected(node, path, words, example);
                None
            }
        }
    }

    fn year(&mut self, number: Decimal, text: &str, place: &Place) -> Option<i64> {
        let year = number.exact(0).and_then(|y| i64::try_from(y).ok()).filter(|y| i32::try_from(*y).is_ok_and(|y| YEARS.contains(&y)));
        if year.is_none() {
            self.problems.push(Problem::new(Code::E206, place).with("text", text));
        }
        year
    }

    fn choice(&mut self, words: &[&str], text: &str, place: &Place, key: &str) -> Option<Item> {
        if words.contains(&text) {
            return Some(Item::Text(text.to_owned()));
        }
        let near = nearest(text, words.iter().copied());
        let problem = Problem::new(Code::E107, place).with("key", key).with("name", text).with_list("known", words);
        self.problems.push(problem.with_some("nearest", near));
        None
    }

    /// A driver by name.
    pub fn driver(&mut self, node: &Node) -> Option<usize> {
        let Value::Text(name) = &node.value else {
            self.expected(node, "grows_with", ("增长因素的键", "the key of a driver"), "grows_with = \"gdp\"");
            return None;
        };
        let at = self.names.drivers.iter().position(|d| d == name);
        if at.is_none() {
            let near = nearest(name, self.names.drivers.iter().map(String::as_str));
            self.problems.push(Problem::new(Code::E108, &node.place).with("name", name).with_some("nearest", near));
        }
        at
    }

    fn name(&mut self, what: &str, text: &str, place: &Place, path: &str) -> Option<Item> {
        let (known, code) = match what {
            "earmark" => (&self.names.earmarks, Code::E116),
            "count" => (&self.names.counts, Code::E107),
            _ => (&self.names.sources, Code::E105),
        };
        if known.iter().any(|k| k == text) {
            return Some(Item::Text(text.to_owned()));
        }
        let near = nearest(text, known.iter().map(String::as_str));
        self.problems.push(Problem::new(code, place).with("key", path).with("name", text).with_list("known", known).with_some("nearest", near));
        None
    }

    fn part(&mut self, text: &str, place: &Place) -> Option<Item> {
        let found = text.split_once('.').and_then(|(look, part)| {
            let look = match look {
                "kept" => Look::Kept,
                "over" => Look::Over,
                _ => return None,
            };
            Some(PartRef { look, part: part.to_owned() })
        });
        if found.is_none() {
            let near = (!text.trim().is_empty() && !text.contains('.')).then(|| format!("kept.{text}"));
            self.problems.push(Problem::new(Code::E112, place).with("name", text).with_some("nearest", near));
        }
        found.map(Item::Part)
    }

    /// Sources by group name, id, or a list of ids.
    pub fn sources_of(&mut self, node: &Node, path: &str) -> Option<Vec<usize>> {
        let names: Vec<(String, Place)> = match &node.value {
            Value::Text(text) => match self.names.groups.get(text) {
                // What a group names in vain is told where the group is.
                Some(ids) if !ids.iter().all(|id| self.names.sources.contains(id)) => return None,
                Some(ids) => ids.iter().map(|id| (id.clone(), node.place.clone())).collect(),
                None => vec![(text.clone(), node.place.clone())],
            },
            Value::List(items) if items.is_empty() => {
                let key = path.rsplit('.').next().unwrap_or(path);
                self.expected(node, path, ("至少一项收入", "at least one source"), &format!("{key} = [\"vat\", \"cit\"]"));
                return None;
            }
            Value::List(items) => {
                let texts = self.texts(items, path)?;
                texts.into_iter().zip(items.iter().map(|n| n.place.clone())).collect()
            }
            Value::Table(table) => return select::sources(self, table, node, path),
            _ => {
                self.expected(node, path, ("组名或收入列表", "a group or a list of sources"), "of = [\"vat\", \"cit\"]");
                return None;
            }
        };
        let (mut found, count) = (Vec::new(), names.len());
        for (name, place) in names {
            match self.names.sources.iter().position(|s| *s == name) {
                Some(at) => found.push(at),
                None => {
                    let groups = self.names.groups.keys().map(String::as_str);
                    let near = nearest(&name, self.names.sources.iter().map(String::as_str).chain(groups));
                    self.problems.push(Problem::new(Code::E105, &place).with("name", &name).with_some("nearest", near));
                }
            }
        }
        (found.len() == count).then_some(found)
    }

    fn texts(&mut self, items: &[Node], path: &str) -> Option<Vec<String>> {
        let mut texts = Vec::new();
        for node in items {
            let Value::Text(text) = &node.value else {
                self.expected(node, path, ("文字", "text"), "[\"vat\", \"cit\"]");
                return None;
            };
            texts.push(text.clone());
        }
        Some(texts)
    }

    fn shares(&mut self, items: &[Node], whole: &Node, path: &str) -> Option<Item> {
        let shares = self.levels(items, path)?;
        let sum: i64 = shares.iter().map(|r| r.0).sum();
        if sum != Ratio::ONE.0 {
            self.problems.push(Problem::new(Code::E210, &whole.place).with("sum", Ratio(sum)));
            return None;
        }
        Some(Item::Shares(shares))
    }

    /// A list of shares, whatever they add up to.
    fn levels(&mut self, items: &[Node], path: &str) -> Option<Vec<Ratio>> {
        let mut shares = Vec::new();
        for node in items {
            match super::quantity::read(node, Quantity::Share, self.names.unit, path) {
                Ok(read) => shares.push(Ratio(read.value)),
                Err(problem) => self.problems.push(problem),
            }
        }
        (shares.len() == items.len()).then_some(shares)
    }

    fn keyed(&mut self, fields: &[Field], node: &Node, path: &str, scope: &Scope<'_>) -> Option<Item> {
        let table = self.expect_table(node, path)?.clone();
        let scope = scope.down(&table);
        self.check_provenance(&table, path);
        let mut found = Vec::new();
        for entry in table.entries.iter().filter(|e| !PROVENANCE.contains(&e.key.as_str())) {
            let path = format!("{path}.{}", entry.key);
            if let Some(inner) = self.expect_table(&entry.node, &path).cloned() {
                found.push((entry.key.clone(), self.read(&[fields], &inner, &path, &scope, &entry.node.place)));
            }
        }
        Some(Item::Keyed(found))
    }

    fn map(&mut self, quantity: Quantity, node: &Node, path: &str, scope: &Scope<'_>) -> Option<Item> {
        let table = self.expect_table(node, path)?.clone();
        let scope = scope.down(&table);
        self.check_provenance(&table, path);
        let mut found = Vec::new();
        for entry in table.entries.iter().filter(|e| !PROVENANCE.contains(&e.key.as_str())) {
            if let Some(param) = self.value(&entry.node, quantity, &format!("{path}.{}", entry.key), &scope, &[]) {
                found.push((entry.key.clone(), param));
            }
        }
        Some(Item::Map(found))
    }

    fn base(&mut self, node: &Node, path: &str, scope: &Scope<'_>) -> Option<Item> {
        let table = node.table();
        let has = |key: &str| table.and_then(|t| t.get(key));
        if let (Some(table), Some(entry)) = (table, has("year")) {
            self.unknown_keys(table, &["year", "source", "grade", "verified", "note"], path);
            let item = self.plain(Kind::Year, &entry.node, path)?;
            let Item::Whole(year) = item else { return None };
            return i32::try_from(year).ok().map(|y| Item::Base(Base::Year(y)));
        }
        if let (Some(table), Some(entry)) = (table, has("mean_of")) {
            self.unknown_keys(table, &["mean_of", "rolling", "source", "grade", "verified", "note"], path);
            let item = self.plain(Kind::Whole(1, 10), &entry.node, path)?;
            let rolling = match has("rolling").map(|e| &e.node) {
                Some(Node { value: Value::Flag(flag), .. }) => *flag,
                Some(other) => {
                    self.expected(other, &format!("{path}.rolling"), ("true 或 false", "true or false"), "rolling = true");
                    false
                }
                None => false,
            };
            let Item::Whole(years) = item else { return None };
            return usize::try_from(years).ok().map(|years| Item::Base(Base::Mean { years, rolling }));
        }
        self.value(node, Quantity::Money, path, scope, &[]).map(|p| Item::Base(Base::Amount(Box::new(p))))
    }
}

const fn wording(kind: Kind) -> ((&'static str, &'static str), &'static str) {
    match kind {
        Kind::Flag => (("true 或 false", "true or false"), "true"),
        Kind::Year => (("年份", "a year"), "2012"),
        Kind::Start => (("年份或 \"cohort\"", "a year or \"cohort\""), "from = 2013"),
        Kind::Day => (("日期", "a date"), "2016-04-30"),
        Kind::Whole(..) => (("整数", "a whole number"), "3"),
        Kind::Texts | Kind::SomeTexts => (("列表", "a list"), "[\"教育\"]"),
        Kind::Shares | Kind::Levels => (("比例的列表", "a list of shares"), "[\"70%\", \"30%\"]"),
        Kind::Driver | Kind::DriverOr(_) => (("增长因素的键", "the key of a driver"), "\"gdp\""),
        Kind::Town => (("镇名", "a town"), "\"濛阳镇\""),
        Kind::Part => (("体制的一个部分", "a part of the agreement"), "\"kept.tax\""),
        _ => (("文字", "text"), "\"…\""),
    }
}
