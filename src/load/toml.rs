//! TOML text to [`Table`], every key and value with its bytes; what the reader cannot understand becomes problems.

use std::ops::Range;
use std::sync::Arc;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::node::{Entry, Node, Table, Value};
use super::syntax;
use crate::base::{
    decimal::Decimal,
    place::{FileId, Place},
    when::Day,
};
use crate::diag::{Code, Problem, Problems};

/// Deeper than any rule; keeps every later walk over the tree safe from running out of stack.
const DEEPEST: usize = 32;

/// A larger file is read only up to its first syntax error: a list of all of them could fill the memory.
const MOST_RECOVERED: usize = 512 << 10;
/// More tables than any rule file has; re-opening one costs the TOML reader a walk over all of them.
const MOST_TABLES: usize = 10_000;
/// More of the problems found here (not syntax) than anybody mends at once.
const MOST_PROBLEMS: usize = 100;

/// Reads a file's text. Always gives what could be read; `problems` tells the rest.
#[must_use]
pub fn parse(text: &str, file: FileId, layer: &Arc<str>, problems: &mut Problems) -> Table {
    if let Some(place) = syntax::too_many_dots(text) {
        problems.push(too_deep(&Place::Text { file, start: place.start, end: place.end }));
        return Table::default();
    }
    if text.lines().filter(|line| line.trim_start().starts_with('[')).nth(MOST_TABLES).is_some() {
        problems.push(Problem::new(Code::E026, &Place::File(file)).with("limit", MOST_TABLES));
        return Table::default();
    }
    let (table, errors) = if text.len() <= MOST_RECOVERED {
        DeTable::parse_recoverable(text)
    } else {
        DeTable::parse(text).map_or_else(|error| (Spanned::new(0..0, DeTable::new()), vec![error]), |table| (table, Vec::new()))
    };
    syntax::explain(text, file, &errors, problems);
    let mut reader = Reader { text, place: Where::File(file), layer, inline: false, told: 0, problems };
    reader.table(table.into_inner(), 0)
}

/// Reads one value as it stands behind `=`, from the command line; `None` if it is no TOML value.
#[must_use]
pub fn value(text: &str, argument: &Place, layer: &Arc<str>, problems: &mut Problems) -> Option<Node> {
    if syntax::too_many_dots(text).is_some() {
        return None;
    }
    let value = DeValue::parse(text).ok()?;
    Some(Reader { text, place: Where::Fixed(argument), layer, inline: true, told: 0, problems }.node(value, 0))
}

enum Where<'a> {
    File(FileId),
    Fixed(&'a Place),
}

struct Reader<'a> {
    text: &'a str,
    place: Where<'a>,
    layer: &'a Arc<str>,
    /// Inside `{ }`, whose line breaks are told once, for the outermost.
    inline: bool,
    told: usize,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn tell(&mut self, problem: Problem) {
        self.told += 1;
        if self.told <= MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }

    fn place(&self, span: Range<usize>) -> Place {
        match &self.place {
            Where::File(file) => Place::Text { file: *file, start: span.start, end: span.end },
            Where::Fixed(place) => (*place).clone(),
        }
    }

    fn table(&mut self, table: DeTable<'_>, depth: usize) -> Table {
        let mut entries: Vec<Entry> = Vec::with_capacity(table.len());
        for (key, value) in table {
            let key_place = self.place(key.span());
            self.refuse_nameless(key.get_ref(), &value, &key_place);
            entries.push(Entry { key: key.into_inner().into_owned(), key_place, node: self.node(value, depth + 1) });
        }
        Table { entries }
    }

    fn node(&mut self, value: Spanned<DeValue<'_>>, depth: usize) -> Node {
        let span = value.span();
        let raw = self.text.get(span.clone()).unwrap_or("");
        let place = self.place(span.clone());
        let value = match value.into_inner() {
            DeValue::Table(_) | DeValue::Array(_) if depth > DEEPEST => {
                self.tell(too_deep(&place));
                Value::Other(String::new())
            }
            DeValue::Table(table) => Value::Table(self.inner_table(table, raw, span.start, depth)),
            DeValue::Array(list) => Value::List(list.into_iter().map(|item| self.node(item, depth + 1)).collect()),
            DeValue::String(text) => Value::Text(text.into_owned()),
            DeValue::Boolean(flag) => Value::Flag(flag),
            DeValue::Integer(number) if number.radix() != 10 => Value::Number(None, raw.to_owned()),
            DeValue::Integer(_) | DeValue::Float(_) => Value::Number(Decimal::parse(raw), raw.to_owned()),
            DeValue::Datetime(_) => Day::parse(raw).map_or_else(|| Value::Other(raw.to_owned()), Value::Day),
        };
        Node { value, place, layer: Arc::clone(self.layer) }
    }

    fn inner_table(&mut self, table: DeTable<'_>, raw: &str, start: usize, depth: usize) -> Table {
        let braces = raw.starts_with('{');
        let outermost = braces && !self.inline;
        if outermost && syntax::needs_toml_1_1(raw) {
            self.tell(Problem::new(Code::W011, &self.place(start..start + 1)));
        }
        self.inline |= braces;
        let table = self.table(table, depth);
        self.inline &= !outermost;
        table
    }

    /// `[[name]]` is the one list whose first item has the place of the list itself.
    fn refuse_nameless(&mut self, key: &str, value: &Spanned<DeValue<'_>>, key_place: &Place) {
        let DeValue::Array(list) = value.get_ref() else { return };
        let same = list.iter().next().is_some_and(|first| first.span() == value.span() && first.get_ref().is_table());
        if same {
            self.tell(Problem::new(Code::E016, key_place).with("key", key));
        }
    }
}

fn too_deep(place: &Place) -> Problem {
    Problem::new(Code::E012, place).with("limit", DEEPEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Table, Vec<(Code, Option<String>)>) {
        let mut problems = Problems::default();
        let table = parse(text, FileId(0), &"".into(), &mut problems);
        let at = |place: &Place| match place {
            Place::Text { start, end, .. } => text.get(*start..*end).map(str::to_owned),
            _ => None,
        };
        (table, problems.iter().map(|p| (p.code, at(&p.place))).collect())
    }

    #[test]
    fn values_are_kept_as_written_in_the_order_of_the_file() {
        let (table, problems) = read("[b]\nz = 1_000.50\na = [1e9, 0x1F, 2016-04-30, 08:30:00, true]\n[b.\"名\"]\nx = \"60%\"\n[a]\n");
        assert_eq!(problems, []);
        assert_eq!(table.entries.iter().map(|e| e.key.as_str()).collect::<Vec<_>>(), ["b", "a"]);
        let b = table.get("b").unwrap().node.table().unwrap();
        assert_eq!(b.entries.iter().map(|e| e.key.as_str()).collect::<Vec<_>>(), ["z", "a", "名"]);
        assert!(matches!(&b.get("z").unwrap().node.value, Value::Number(Some(d), raw) if d.to_string() == "1000.5" && raw == "1_000.50"));
        let Value::List(items) = &b.get("a").unwrap().node.value else { panic!("a list") };
        assert!(matches!(&items[0].value, Value::Number(None, raw) if raw == "1e9"));
        assert!(matches!(&items[1].value, Value::Number(None, raw) if raw == "0x1F"));
        assert!(matches!(&items[2].value, Value::Day(day) if *day == Day::parse("2016-04-30").unwrap()));
        assert!(matches!(&items[3].value, Value::Other(raw) if raw == "08:30:00"));
    }

    #[test]
    fn a_nameless_table_and_a_line_break_in_braces_are_told() {
        let (_, problems) = read("[[agreement]]\nname = \"甲\"\n[a]\nb = [[1]]\nc = { x = [\n1\n], y = \"\"\"\n\"\"\" }\n");
        assert_eq!(problems, [(Code::E016, Some("agreement".into()))]);
        assert_eq!(read("a = { b = 1,\n c = { d = 2,\n } }\n").1, [(Code::W011, Some("{".into()))]);
        assert_eq!(read("a = { b = 1, }\n").1, [(Code::W011, Some("{".into()))]);
    }

    #[test]
    fn hostile_nesting_is_refused() {
        for text in [
            format!("a = {}", "[".repeat(100_000)),
            format!("a = {}1", "{a=".repeat(100_000)),
            format!("[{}a]", "a.".repeat(100_000)),
            format!("{}a = 1", "a.".repeat(60)),
            format!("x = {}1{}", "[".repeat(70), "]".repeat(70)),
        ] {
            assert!(read(&text).1.iter().any(|(code, _)| *code == Code::E012), "{:.20}", text);
        }
    }
}
